//! What a credential says beyond the parts that have a place of their own, so that nothing signed stays unseen.

use std::collections::{BTreeMap, BTreeSet};

use attesta_credential::{SdJwt, VerifiableCredential};
use attesta_jsonld::Value;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::credential::Language;
use crate::describe::title;
use crate::text::pick;

/// The most claims that are listed one by one; the raw data holds them all.
const MOST: usize = 1000;

/// Members of a subject that are shown in another place, or that say what it is rather than something about it.
const SHOWN_ELSEWHERE: [&str; 8] = [
    "id",
    "type",
    "@context",
    "achievement",
    "verifiableCredential",
    "association",
    "identifier",
    "endorsementComment",
];

/// One thing that a credential says, by the names that its issuer gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClaimView {
    /// The path to it, such as `address / locality`.
    pub path: String,
    /// Its value.
    pub value: String,
}

/// What a holder chose to show of what the issuer signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SelectionView {
    /// The details that were disclosed, each by its name, else by its place.
    pub shown: Vec<String>,
    /// How many there are at most; an issuer may add empty places so that their number tells nothing.
    pub at_most: u32,
}

/// How two parts of a record relate, as the record says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AssociationView {
    /// `isParentOf`, `isChildOf`, `isPartOf`, `exactMatchOf`, `precedes` … as written.
    pub kind: String,
    /// The name, else the identifier, of the one it is said of.
    pub source: String,
    /// The name, else the identifier, of the other.
    pub target: String,
}

/// The claims of a credential that has no achievement, in the issuer's order.
pub(crate) fn claims(credential: &VerifiableCredential) -> Vec<ClaimView> {
    let mut found = credential.plain_claims();
    if found.is_empty() && !credential.data_model().is_assertion() {
        let subjects = credential.root().get("credentialSubject").map(Value::one_or_many).unwrap_or_default();
        for subject in subjects.iter().filter(|subject| subject.get("achievement").is_none()) {
            let members = subject.as_object().into_iter().flat_map(|object| object.iter());
            for (name, value) in members.filter(|(name, _)| !SHOWN_ELSEWHERE.contains(name)) {
                flatten(name, value, &mut found);
            }
        }
    }
    found.into_iter().take(MOST).map(|(path, value)| ClaimView { path, value }).collect()
}

fn flatten(path: &str, value: &Value<'_>, found: &mut Vec<(String, String)>) {
    if found.len() == MOST {
        return;
    }
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| flatten(&format!("{path} / {name}"), value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| flatten(path, item, found)),
        Value::String(text) => found.push((path.to_owned(), text.to_string())),
        // Says nothing, and is signed by none of the suites that sign a graph.
        Value::Null => {}
        other => found.push((path.to_owned(), other.to_string())),
    }
}

/// What a selective-disclosure token shows of what was signed; nothing for everything else.
pub(crate) fn selection(credential: &VerifiableCredential) -> Option<SelectionView> {
    let token = credential.securing().sd_jwt()?;
    let named = |disclosure: &attesta_credential::Disclosure| {
        disclosure.name().or(disclosure.pointer()).map(str::to_owned).unwrap_or_else(|| disclosure.value().to_string())
    };
    Some(SelectionView { shown: token.disclosures().iter().map(named).collect(), at_most: places(token) })
}

/// The digests in the issuer's payload and in what was disclosed of it.
fn places(token: &SdJwt) -> u32 {
    let mut digests = BTreeSet::new();
    gather(token.issuer_signed().payload().root(), &mut digests);
    for disclosure in token.disclosures() {
        gather(disclosure.value(), &mut digests);
    }
    u32::try_from(digests.len()).unwrap_or(u32::MAX)
}

fn gather<'v>(value: &'v Value<'v>, digests: &mut BTreeSet<&'v str>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter() {
                match (name, member) {
                    ("_sd", Value::Array(items)) => digests.extend(items.iter().filter_map(Value::as_str)),
                    ("...", Value::String(digest)) => drop(digests.insert(digest)),
                    _ => gather(member, digests),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, digests)),
        _ => {}
    }
}

/// How the parts of a record relate, with names instead of identifiers where the record has them.
pub(crate) fn associations(credential: &VerifiableCredential, language: Language) -> Vec<AssociationView> {
    let stated = credential.associations();
    if stated.is_empty() {
        return Vec::new();
    }
    let names = names(credential, language);
    let name = |id: String| names.get(&id).cloned().unwrap_or(id);
    let view = |one: attesta_credential::Association| AssociationView {
        kind: one.kind,
        source: name(one.source),
        target: name(one.target),
    };
    stated.into_iter().take(MOST).map(view).collect()
}

/// What the achievements and the credentials in a record are called, by their identifiers.
fn names(credential: &VerifiableCredential, language: Language) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let inside = credential.enclosed().into_iter().filter_map(|one| one.bytes);
    let read = inside.filter_map(|bytes| VerifiableCredential::from_bytes(bytes.into_owned()).ok());
    for one in read {
        let called = title(&one, language).text;
        let achievements = one.subjects().iter().filter_map(|subject| subject.achievement.as_ref()?.id.clone());
        for id in achievements.chain(one.id().map(str::to_owned)) {
            names.entry(id).or_insert_with(|| called.clone());
        }
    }
    // What the record says of its own achievements comes last: the credentials inside know their names better.
    for achievement in credential.subjects().iter().filter_map(|subject| subject.achievement.as_ref()) {
        if let (Some(id), Some(name)) = (&achievement.id, pick(&achievement.name, language)) {
            names.entry(id.clone()).or_insert(name.text);
        }
    }
    names
}

#[cfg(test)]
mod tests;
