//! A list of revoked credentials as an issuer's web site states it, unsigned:
//! [1EdTech Revocation List](https://www.imsglobal.org/spec/vcrl/v1p0/).

use std::collections::HashMap;

use attesta_credential::comparable;
use attesta_jsonld::{Document, Value};

use crate::did::shorten;
use crate::problem::{Problem, ProblemCode};

/// What the list says, by credential.
#[derive(Debug)]
pub(crate) struct RevocationList {
    /// Who keeps it, by its own account.
    pub(super) issuer: Option<String>,
    revoked: HashMap<String, Revocation>,
    /// Whether every item names a credential, so that one that is not found is not in it.
    complete: bool,
}

/// What one item says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Revocation {
    Revoked {
        reason: Option<String>,
    },
    /// `revoked` is false: it was taken back.
    NotRevoked,
}

/// What the list says of one credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is revoked.
    Revoked {
        /// Why, in the issuer's words.
        reason: Option<String>,
    },
    /// It is not in the list, or in it as not revoked.
    Clear,
    /// It was not found, and not every item could be read.
    Unreadable,
}

impl RevocationList {
    /// Reads what came from `url`.
    pub(super) fn read(url: &str, bytes: &[u8]) -> Result<Self, Problem> {
        let malformed = || Problem::new(ProblemCode::StatusListMalformed, []);
        let document = Document::parse(bytes.to_vec()).map_err(|_| malformed())?;
        let root = document.root();
        root.as_object().ok_or_else(malformed)?;
        let names_itself =
            || root.get("id").and_then(Value::as_str).is_some_and(|id| comparable(id) == comparable(url));
        let items = match root.get("revokedCredential") {
            Some(Value::Null) => return Err(malformed()),
            Some(items) => items.one_or_many(),
            // Nothing revoked yet; but a page that says nothing of revocations may be anything.
            None if names_itself() => &[],
            None => return Err(malformed()),
        };
        let mut list = RevocationList { issuer: issuer(root), revoked: HashMap::new(), complete: true };
        for item in items {
            match revocation(item) {
                Some((id, revocation)) => list.add(id, revocation),
                None => list.complete = false,
            }
        }
        Ok(list)
    }

    fn add(&mut self, id: String, revocation: Revocation) {
        match self.revoked.get_mut(&id) {
            // Of two items that contradict each other the one that revokes counts.
            Some(known) if *known == Revocation::NotRevoked => *known = revocation,
            Some(_) => {}
            None => {
                self.revoked.insert(id, revocation);
            }
        }
    }

    /// What it says of the credential with this identifier.
    pub(super) fn standing(&self, id: &str) -> Standing {
        match self.revoked.get(&comparable(id)) {
            Some(Revocation::Revoked { reason }) => Standing::Revoked { reason: reason.clone() },
            Some(Revocation::NotRevoked) => Standing::Clear,
            None if self.complete => Standing::Clear,
            None => Standing::Unreadable,
        }
    }

    /// About how many bytes of memory it takes.
    pub(crate) fn weight(&self) -> usize {
        self.revoked.keys().map(|id| id.len() + size_of::<(String, Revocation)>() + 200).sum()
    }
}

fn issuer(root: &Value<'_>) -> Option<String> {
    let issuer = root.get("issuer")?;
    issuer.as_str().or_else(|| issuer.get("id").and_then(Value::as_str)).map(str::to_owned)
}

/// One item, in the object that the specification has or as the bare identifier that older lists have. Whatever
/// `revoked` is but false counts as true, which is also what its absence means.
fn revocation(item: &Value<'_>) -> Option<(String, Revocation)> {
    let (id, revocation) = match item {
        Value::String(id) => (id.as_ref(), Revocation::Revoked { reason: None }),
        Value::Object(object) => {
            let reason = object.get("revocationReason").and_then(Value::as_str).map(shorten);
            let revocation = match object.get("revoked") {
                Some(Value::Bool(false)) => Revocation::NotRevoked,
                _ => Revocation::Revoked { reason },
            };
            (object.get("id")?.as_str()?, revocation)
        }
        _ => return None,
    };
    Some((comparable(id), revocation))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "https://uni.example/revocations";
    const ID: &str = "https://uni.example/credentials/1 a";

    #[track_caller]
    fn check(json: &str, expected: Option<Standing>) {
        assert_eq!(RevocationList::read(LIST, json.as_bytes()).ok().map(|list| list.standing(ID)), expected, "{json}");
    }

    fn revoked(reason: Option<&str>) -> Option<Standing> {
        Some(Standing::Revoked { reason: reason.map(str::to_owned) })
    }

    #[test]
    fn a_credential_is_found_by_its_identifier_however_it_is_escaped() {
        let written =
            r#"{"revokedCredential":[{"id":" https://uni.example/credentials%2F1%20a","revocationReason":"Typo"}]}"#;
        check(written, revoked(Some("Typo")));
        check(r#"{"revokedCredential":{"id":"https://uni.example/credentials/1 a","revoked":true}}"#, revoked(None));
        check(r#"{"revokedCredential":["https://uni.example/credentials/1%20a"]}"#, revoked(None));
        check(r#"{"revokedCredential":[{"id":"https://uni.example/credentials/1%20b"}]}"#, Some(Standing::Clear));
    }

    #[test]
    fn only_a_plain_false_takes_a_revocation_back() {
        let item = |revoked: &str| format!(r#"{{"revokedCredential":[{{"id":"{ID}","revoked":{revoked}}}]}}"#);
        check(&item("false"), Some(Standing::Clear));
        for text in ["true", "\"false\"", "null", "0"] {
            check(&item(text), revoked(None));
        }
        let both = format!(r#"{{"revokedCredential":[{{"id":"{ID}","revoked":false}},{{"id":"{ID}"}}]}}"#);
        check(&both, revoked(None));
    }

    #[test]
    fn an_empty_list_says_that_nothing_is_revoked_and_another_page_says_nothing() {
        check(r#"{"revokedCredential":[]}"#, Some(Standing::Clear));
        check(&format!(r#"{{"id":"{LIST}","issuer":"did:web:uni.example"}}"#), Some(Standing::Clear));
        let pages = [
            "{}",
            "[]",
            r#"{"error":"maintenance"}"#,
            r#"{"id":"https://uni.example/other"}"#,
            r#"{"revokedCredential":null}"#,
            r#"{"revokedCredential":[],"revokedCredential":[]}"#,
            "<html>",
        ];
        for page in pages {
            check(page, None);
        }
    }

    #[test]
    fn items_that_name_nothing_leave_it_open() {
        check(r#"{"revokedCredential":[{"revocationReason":"Typo"}]}"#, Some(Standing::Unreadable));
        check(&format!(r#"{{"revokedCredential":[7,"{ID}"]}}"#), revoked(None));
    }
}
