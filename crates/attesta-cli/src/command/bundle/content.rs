//! From the line to what a bundle says of its credentials.

use std::collections::BTreeMap;

use attesta_wallet::WalletError;

use crate::arguments::bundle::{BundleContent, OnCredential};
use crate::context::Context;
use crate::outcome::CommandError;

/// The notes on single credentials after what the line says; those that it does not name stay.
pub(super) fn notes(
    content: &BundleContent,
    held: &[String],
    before: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, CommandError> {
    let mut notes = before;
    for named in &content.note_on {
        notes.insert(member(named, held)?, named.value.clone());
    }
    Ok(notes)
}

/// What is left out of single credentials after what the line says; what it does not name stays.
pub(super) fn withheld(
    content: &BundleContent,
    held: &[String],
    before: BTreeMap<String, Vec<String>>,
) -> Result<BTreeMap<String, Vec<String>>, CommandError> {
    let mut withheld = before;
    for named in &content.withhold {
        let of_member = withheld.entry(member(named, held)?).or_default();
        match named.value.as_str() {
            "" => of_member.clear(),
            pointer => of_member.push(pointer.to_owned()),
        }
    }
    Ok(withheld)
}

/// The parts that are folded away; none where the line says nothing of them.
pub(super) fn hidden_parts(content: &BundleContent) -> Option<Vec<String>> {
    let named = content.hide.iter().filter(|part| !part.is_empty()).cloned();
    (!content.hide.is_empty()).then(|| named.collect())
}

/// The full identifier of a credential that the bundle holds.
fn member(named: &OnCredential, held: &[String]) -> Result<String, CommandError> {
    let id = Context::full_id(&named.id, held.iter().cloned());
    match held.contains(&id) {
        true => Ok(id),
        false => Err(WalletError::NotFound { id: named.id.clone() }.into()),
    }
}
