//! What the tests start from.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use attesta_store::{
    BundleContent, BundleMember, CredentialRecord, NewCredential, Origin, OriginKind, SearchText, Store,
};
use attesta_verify::{Check, CheckKind, Outcome, VerificationReport};
use jiff::Timestamp;

/// A time in the morning of one day.
pub(crate) fn at(minute: u8) -> Timestamp {
    format!("2026-11-21T08:{minute:02}:00Z").parse().expect("a time")
}

/// A credential with every field of its own, received in that minute.
pub(crate) fn credential(id: &str, minute: u8) -> NewCredential {
    NewCredential {
        record: CredentialRecord {
            id: id.to_owned(),
            digest: format!("digest of {id}"),
            canonical_digest: Some(format!("canonical digest of {id}")),
            received: format!("{{\"id\": \"urn:{id}\"}}").into_bytes(),
            pointer: String::new(),
            media_type: Some("application/vc".to_owned()),
            origin: Origin {
                kind: OriginKind::Link,
                name: Some("issuer.example".to_owned()),
                url: Some(format!("https://issuer.example/claim/{id}")),
            },
            received_at: at(minute),
            issuer_id: "did:web:issuer.example".to_owned(),
            credential_id: Some(format!("urn:{id}")),
            title: format!("Title of {id}"),
            superseded_by: None,
        },
        search: SearchText { title: format!("Title of {id}"), ..SearchText::default() },
    }
}

/// A wallet in memory that holds these credentials, received one after the other.
pub(crate) fn wallet(ids: &[&str]) -> Store {
    let store = Store::in_memory().expect("a wallet in memory");
    for (minute, id) in (0..).zip(ids) {
        store.credentials().insert(&credential(id, minute)).expect("room for a credential");
    }
    store
}

/// What a bundle of these credentials says and holds, every field its own.
pub(crate) fn bundle(id: &str, credentials: &[&str]) -> BundleContent {
    let member = |&credential: &&str| BundleMember {
        credential: credential.to_owned(),
        note: Some(format!("Why {credential} matters")),
        withheld: vec![format!("/credentialSubject/of~1{credential}")],
    };
    BundleContent {
        title: format!("Title of {id}"),
        note: Some("For the harbour office".to_owned()),
        audience: Some("Harbour office".to_owned()),
        hidden_parts: vec!["evidence".to_owned(), "results".to_owned()],
        members: credentials.iter().map(member).collect(),
    }
}

/// A report that can be told from others by its credential's digest.
pub(crate) fn report(digest: &str) -> VerificationReport {
    VerificationReport {
        credential: digest.to_owned(),
        checked_at: at(40),
        checks: vec![Check { kind: CheckKind::Status { purpose: None }, outcome: Outcome::Absent }],
        resources: Vec::new(),
        contexts: vec!["https://www.w3.org/ns/credentials/v2".to_owned()],
        nested: Vec::new(),
    }
}

/// The identifiers of the records that a list shows.
pub(crate) fn ids(records: &[CredentialRecord]) -> Vec<&str> {
    records.iter().map(|record| record.id.as_str()).collect()
}

/// A folder that is gone when the test ends.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// A new empty folder.
    pub(crate) fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("attesta-store-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder");
        Folder(path)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The wallet's file in it.
    pub(crate) fn file(&self) -> PathBuf {
        self.0.join(attesta_store::FILE_NAME)
    }

    /// Whether any file in it holds these bytes.
    pub(crate) fn holds(&self, bytes: &[u8]) -> bool {
        let files = fs::read_dir(&self.0).expect("the folder");
        let contents = files.map(|entry| fs::read(entry.expect("an entry").path()).expect("a readable file"));
        contents.into_iter().any(|content| content.windows(bytes.len()).any(|part| part == bytes))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
