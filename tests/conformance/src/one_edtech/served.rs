//! What the addresses in the fixtures answer: the folder's own files where their tests serve them, else nothing.

use std::path::{Path, PathBuf};

use attesta_credential::VerifiableCredential;
use attesta_verify::{Answer, FetchFailure, FetchFailureKind, Resource};
use jiff::Timestamp;
use serde_json::{Value, json};

/// Where a status list of the fixtures stands; the folder holds a copy.
const STATUS_LISTS: &str = "https://raw.githubusercontent.com/1EdTech/digital-credentials-public-validator/refs/heads/main/inspector-vc/src/test/resources/";
/// The hosts that 1EdTech's own tests of Open Badges 2.0 serve from a folder.
const OPEN_BADGES_2_HOSTS: [&str; 3] = ["https://www.example.org/", "https://example.org/", "http://example.org/"];

/// What stands at the address of an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IssuerPages {
    /// Nothing.
    None,
    /// A controlled identifier document that lists the keys which the fixture's proofs name.
    ListTheirKey,
}

/// What is answered for one fixture.
pub(crate) struct Served<'f> {
    folder: &'f Path,
    /// The fixture's own `id`, without its scheme, and the badge that stands there where it is a hosted one.
    hosted: Option<(String, Vec<u8>)>,
    /// The keys that all proofs and tokens in it, and those of the status lists, were made with.
    keys: Vec<Key>,
}

/// A key, and whose it is said to be.
#[derive(Debug, PartialEq, Eq)]
struct Key {
    /// The identifier before the `#`.
    id: String,
    /// What stands behind the `#`.
    fragment: String,
    /// The key in a document: the member's name and value.
    written: (&'static str, Value),
}

impl<'f> Served<'f> {
    pub(crate) fn new(folder: &'f Path, input: &[u8], pages: IssuerPages) -> Served<'f> {
        let read = attesta_credential::read(input).unwrap_or_default();
        let hosted = read.first().map(|found| &found.credential).and_then(|credential| {
            let (_, place) = credential.id()?.split_once("://")?;
            Some((place.to_owned(), credential.bytes().to_vec()))
        });
        let mut keys = Vec::new();
        if pages == IssuerPages::ListTheirKey {
            for found in &read {
                let credential = &found.credential;
                collect_methods(&serde_json::from_slice(credential.bytes()).unwrap_or_default(), &mut keys);
                keys.extend(key_in_token(credential));
            }
            let list = std::fs::read(folder.join("ob30/bit-string-list/testlist")).unwrap_or_default();
            collect_methods(&serde_json::from_slice(&list).unwrap_or_default(), &mut keys);
        }
        Served { folder, hosted, keys }
    }

    /// The answer for an address.
    pub(crate) fn answer(&self, url: &str, now: Timestamp) -> Answer {
        match self.bytes(url) {
            Some(bytes) => Answer::Fresh(Resource { bytes, media_type: None, fetched_at: now }),
            None => Answer::Failed(FetchFailure { kind: FetchFailureKind::Status(404), at: now }),
        }
    }

    fn bytes(&self, url: &str) -> Option<Vec<u8>> {
        if let Some(page) = self.issuer_page(url) {
            return Some(page.to_string().into_bytes());
        }
        let at = url.split_once("://").map(|(_, place)| place);
        if let Some((_, badge)) = self.hosted.as_ref().filter(|(place, _)| at == Some(place.as_str())) {
            return Some(badge.clone());
        }
        let listed = url.strip_prefix(STATUS_LISTS).map(|path| self.folder.join(path));
        let of_open_badges_2 = || {
            let path = OPEN_BADGES_2_HOSTS.iter().find_map(|host| url.strip_prefix(host))?;
            Some(self.folder.join("ob20/assets").join(path))
        };
        std::fs::read(listed.or_else(of_open_badges_2).filter(|path| stays_within(path, self.folder))?).ok()
    }

    /// The page of an identifier whose keys the proofs name.
    fn issuer_page(&self, url: &str) -> Option<Value> {
        let of_web = |id: &str| match id.strip_prefix("did:web:").map(|name| name.replace(':', "/")) {
            Some(name) if name.contains('/') => format!("https://{name}/did.json"),
            Some(name) => format!("https://{name}/.well-known/did.json"),
            None => id.to_owned(),
        };
        let id = &self.keys.iter().find(|key| of_web(&key.id) == url)?.id;
        let of_it = || self.keys.iter().filter(|key| key.id == *id);
        let method = |key: &Key| {
            let (member, value) = &key.written;
            let kind = if *member == "publicKeyJwk" { "JsonWebKey" } else { "Multikey" };
            json!({ "id": format!("{id}#{}", key.fragment), "type": kind, "controller": id, *member: value })
        };
        Some(json!({
            "@context": ["https://www.w3.org/ns/cid/v1"],
            "id": id,
            "verificationMethod": of_it().map(method).collect::<Vec<_>>(),
            "assertionMethod": of_it().map(|key| format!("{id}#{}", key.fragment)).collect::<Vec<_>>(),
        }))
    }
}

/// The keys that verification methods carry behind their `#`.
fn collect_methods(value: &Value, found: &mut Vec<Key>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value.as_str().filter(|_| name == "verificationMethod").and_then(|method| method.split_once('#'))
                {
                    Some((id, fragment)) => {
                        let written = ("publicKeyMultibase", json!(fragment));
                        let key = Key { id: id.to_owned(), fragment: fragment.to_owned(), written };
                        if !found.contains(&key) {
                            found.push(key);
                        }
                    }
                    None => collect_methods(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_methods(item, found)),
        _ => {}
    }
}

/// The key that a token carries in its header, as its issuer's.
fn key_in_token(credential: &VerifiableCredential) -> Option<Key> {
    let jwk = credential.securing().jws()?.header().get("jwk")?.to_string();
    let written = ("publicKeyJwk", serde_json::from_str(&jwk).ok()?);
    Some(Key { id: credential.issuer_id().to_owned(), fragment: "key-1".to_owned(), written })
}

fn stays_within(path: &Path, folder: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| PathBuf::new());
    real(path).starts_with(real(folder))
}
