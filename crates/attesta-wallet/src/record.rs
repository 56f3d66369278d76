//! Reads a kept record back into the credential that it holds.

use std::borrow::Cow;

pub(crate) use attesta_credential::comparable;
use attesta_credential::{Found, VerifiableCredential, read_each};
use attesta_jsonld::{Value, jcs};
use attesta_store::{CredentialRecord, SearchText};
use attesta_verify::assembled;
use sha2::{Digest, Sha256};

use crate::entropy::hex;
use crate::error::WalletError;

/// Reads records one after the other. Records of one file stand side by side in a list, so the last file's
/// credentials are kept at hand instead of being read again for each.
#[derive(Default)]
pub(crate) struct Reader {
    last: Option<(Vec<u8>, Vec<Found>)>,
}

impl Reader {
    /// The credential of a record.
    pub(crate) fn read(&mut self, record: &CredentialRecord) -> Result<Found, WalletError> {
        let at_hand = self.last.as_ref().is_some_and(|(received, _)| *received == record.received);
        if !at_hand {
            let found = read_each(&record.received)?.into_iter().flatten().collect();
            self.last = Some((record.received.clone(), found));
        }
        let found = self.last.iter().flat_map(|(_, found)| found).find(|found| found.pointer == record.pointer);
        // It was read when it was kept, so only a damaged file leads here.
        found.cloned().ok_or(WalletError::WalletDamaged)
    }
}

/// The credential of one record.
pub(crate) fn read(record: &CredentialRecord) -> Result<Found, WalletError> {
    Reader::default().read(record)
}

/// What was found, with the documents that an Open Badge only names filled in from `copies`.
pub(crate) fn whole<'f>(found: &'f Found, copies: &dyn Fn(&str) -> Option<Vec<u8>>) -> Cow<'f, Found> {
    match assembled(&found.credential, copies) {
        Cow::Borrowed(_) => Cow::Borrowed(found),
        Cow::Owned(credential) => {
            Cow::Owned(Found { credential, container: found.container, pointer: found.pointer.clone() })
        }
    }
}

/// SHA-256 of the credential's canonical form (RFC 8785) in lower-case hex; none where a number would lose digits,
/// since two different credentials could then share it.
pub(crate) fn canonical_digest(credential: &VerifiableCredential) -> Option<String> {
    let root = credential.root();
    numbers_survive(root).then(|| hex(&Sha256::digest(jcs::canonicalize(root))))
}

fn numbers_survive(value: &Value<'_>) -> bool {
    match value {
        Value::Number(number) => number.survives_jcs(),
        Value::Array(items) => items.iter().all(numbers_survive),
        Value::Object(object) => object.iter().all(|(_, value)| numbers_survive(value)),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// The words by which a credential is found, in every language that it has.
pub(crate) fn search_text(credential: &VerifiableCredential) -> SearchText {
    let mut words = SearchText::default();
    let texts = |text: &attesta_credential::LocalizedText| {
        text.0.iter().map(|value| value.text.as_str()).collect::<Vec<_>>().join("\n")
    };
    let add = |to: &mut String, text: &str| {
        to.push_str(text);
        to.push('\n');
    };
    add(&mut words.title, &texts(&credential.name()));
    add(&mut words.description, &texts(&credential.description()));
    add(&mut words.issuer, &texts(&credential.issuer().name));
    for subject in credential.subjects() {
        add(&mut words.earner, subject.name.as_deref().unwrap_or_default());
        let of_results = subject.results.iter().flat_map(|result| &result.alignments);
        let of_achievement = subject.achievement.iter().flat_map(|achievement| &achievement.alignments);
        for alignment in of_achievement.chain(of_results) {
            add(&mut words.tags, &texts(&alignment.target_name));
            add(&mut words.tags, alignment.target_code.as_deref().unwrap_or_default());
            add(&mut words.tags, alignment.target_framework.as_deref().unwrap_or_default());
        }
        if let Some(achievement) = &subject.achievement {
            add(&mut words.title, &texts(&achievement.name));
            add(&mut words.description, &texts(&achievement.description));
            add(&mut words.tags, &achievement.tags.join("\n"));
            add(&mut words.tags, achievement.field_of_study.as_deref().unwrap_or_default());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_and_order_do_not_change_the_canonical_digest_but_content_does() {
        let digest = |json: &str| canonical_digest(&VerifiableCredential::from_json(json.as_bytes().to_vec()).unwrap());
        let one = digest(r#"{"type":["VerifiableCredential"],"n":1}"#);
        assert!(one.is_some());
        assert_eq!(one, digest("{ \"n\": 1.0,\n \"type\": [\"VerifiableCredential\"] }"));
        assert_ne!(one, digest(r#"{"type":["VerifiableCredential"],"n":2}"#));
        assert_eq!(digest(r#"{"type":["VerifiableCredential"],"n":1.00000000000000000001}"#), None);
    }
}
