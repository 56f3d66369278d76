//! Unsigned lists: of registries, and of issuers by DID.

use attesta_jsonld::{Document, Limits, Value};

use super::{Registry, RegistryKind};

/// The largest list in bytes that is read.
const LARGEST_LIST: usize = 4 << 20;
/// The most registries of one list that are asked.
const MOST_REGISTRIES: usize = 16;

/// The registries that a list names, in its order, which is that of authority. `None` where it is no such list.
pub(crate) fn registries(bytes: &[u8]) -> Option<Vec<Registry>> {
    let list = read(bytes)?;
    let Value::Array(entries) = list.root() else { return None };
    let one = |entry: &Value<'_>| {
        let text = |member: &str| entry.get(member).and_then(Value::as_str).map(str::to_owned);
        let (kind, url) = match entry.get("type").and_then(Value::as_str)? {
            "dcc-legacy" => (RegistryKind::Issuers, text("url")?),
            "oidf" => (RegistryKind::Federation, text("trustAnchorEC")?),
            _ => return None,
        };
        Some(Registry { name: text("name")?, kind, url })
    };
    Some(entries.iter().filter_map(one).take(MOST_REGISTRIES).collect())
}

/// What a list of issuers says of one.
pub(crate) enum Listing {
    /// The name that it has there.
    Listed(String),
    NotListed,
    /// It is no such list.
    Malformed,
}

/// Looks an issuer up in a list of issuers by DID.
pub(crate) fn issuer(bytes: &[u8], id: &str) -> Listing {
    let Some(list) = read(bytes) else { return Listing::Malformed };
    let Some(Value::Object(issuers)) = list.root().get("registry") else { return Listing::Malformed };
    match issuers.get(id) {
        None => Listing::NotListed,
        Some(entry) => match entry.get("name").and_then(Value::as_str) {
            Some(name) => Listing::Listed(name.to_owned()),
            None => Listing::Malformed,
        },
    }
}

fn read(bytes: &[u8]) -> Option<Document> {
    Document::parse_within(bytes.to_vec(), Limits { bytes: LARGEST_LIST, ..Limits::default() }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &str, id: &str, expected: Option<&str>) {
        let shown = match issuer(list.as_bytes(), id) {
            Listing::Listed(name) => Some(name),
            Listing::NotListed => None,
            Listing::Malformed => Some("malformed".to_owned()),
        };
        assert_eq!(shown.as_deref(), expected);
    }

    #[test]
    fn an_issuer_is_found_by_its_exact_identifier() {
        let list = r#"{"meta":{"created":"2020"},"registry":{"did:key:z6Mk":{"name":"Uni","url":"https://uni.example"},"did:x":7}}"#;
        check(list, "did:key:z6Mk", Some("Uni"));
        check(list, "did:key:z6M", None);
        check(list, "did:x", Some("malformed"));
        check("[]", "did:x", Some("malformed"));
        check("<html>", "did:x", Some("malformed"));
    }

    #[test]
    fn registries_of_a_known_kind_are_taken_in_their_order() {
        let list = r#"[{"name":"A","type":"oidf","trustAnchorEC":"https://a.example/.well-known/openid-federation"},
            {"name":"B","type":"dcc-legacy","url":"https://b.example/r.json"},{"name":"C","type":"new"},{"type":"oidf"}]"#;
        let found = registries(list.as_bytes()).unwrap();
        let shown: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.kind.as_str())).collect();
        assert_eq!(shown, [("A", "federation"), ("B", "issuers")]);
        assert_eq!(registries(b"{}"), None);
    }
}
