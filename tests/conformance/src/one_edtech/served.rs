//! What the addresses in the fixtures answer: the folder's own files where their tests serve them, else nothing.

use std::path::{Path, PathBuf};

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
    input: &'f [u8],
    /// The fixture's own `id`, at which a hosted badge stands.
    id: Option<String>,
    /// The verification methods of all proofs in it and in the status lists.
    methods: Vec<String>,
}

impl<'f> Served<'f> {
    pub(crate) fn new(folder: &'f Path, input: &'f [u8], pages: IssuerPages) -> Served<'f> {
        let mut methods = Vec::new();
        let document: Value = serde_json::from_slice(input).unwrap_or_default();
        if pages == IssuerPages::ListTheirKey {
            let text = attesta_credential::read(input).ok();
            let found = text.iter().flatten().map(|found| found.credential.bytes().to_vec());
            let list = std::fs::read(folder.join("ob30/bit-string-list/testlist")).unwrap_or_default();
            for bytes in found.chain([list]) {
                collect_methods(&serde_json::from_slice(&bytes).unwrap_or_default(), &mut methods);
            }
        }
        Served { folder, input, id: document["id"].as_str().map(str::to_owned), methods }
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
        if self.id.as_deref() == Some(url) {
            return Some(self.input.to_vec());
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
        let named: Vec<(&str, &str)> = self.methods.iter().filter_map(|method| method.split_once('#')).collect();
        let id = named.iter().find(|(id, _)| of_web(id) == url)?.0;
        let fragments = || named.iter().filter(|(of, _)| *of == id).map(|(_, fragment)| fragment);
        let key = |fragment: &&str| json!({ "id": format!("{id}#{fragment}"), "type": "Multikey", "controller": id, "publicKeyMultibase": fragment });
        Some(json!({
            "@context": ["https://www.w3.org/ns/cid/v1"],
            "id": id,
            "verificationMethod": fragments().map(key).collect::<Vec<_>>(),
            "assertionMethod": fragments().map(|fragment| format!("{id}#{fragment}")).collect::<Vec<_>>(),
        }))
    }
}

fn collect_methods(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(method) if name == "verificationMethod" && !found.contains(method) => {
                        found.push(method.clone());
                    }
                    _ => collect_methods(value, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_methods(item, found)),
        _ => {}
    }
}

fn stays_within(path: &Path, folder: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| PathBuf::new());
    real(path).starts_with(real(folder))
}
