//! Does what was received say what its issuer says?
//!
//! Only members that are shown are compared, and each of those must stand in the issuer's copy as well. Copies differ
//! in spelling, which changes nothing: one value or an array of it, an address or an object with it, `http` or `https`.

use attesta_credential::VerifiableCredential;
use attesta_jsonld::{Value, escape_pointer_token};

use super::address::same;
use super::linked::{Linked, id_of};
use crate::check::recipient;

const ASSERTION: [&str; 8] = ["id", "uid", "issuedOn", "expires", "narrative", "evidence", "image", "endorsement"];
const BADGE_CLASS: [&str; 11] = [
    "id",
    "name",
    "description",
    "criteria",
    "image",
    "tags",
    "alignment",
    "alignments",
    "related",
    "endorsement",
    "@language",
];
const PROFILE: [&str; 11] = [
    "id",
    "name",
    "url",
    "origin",
    "email",
    "contact",
    "telephone",
    "description",
    "image",
    "endorsement",
    "@language",
];

/// The first place, as a JSON pointer, at which a received assertion states something that the hosted one does not.
pub(super) fn first_difference(
    received: &VerifiableCredential,
    hosted: &VerifiableCredential,
    linked: &Linked,
) -> Option<String> {
    let (ours, theirs) = (received.root(), hosted.root());
    if let Some(found) = first_of(&ASSERTION, ours, theirs, "") {
        return Some(found);
    }
    if !same_recipient(received, hosted) {
        return Some("/recipient".to_owned());
    }
    let (Some(our_badge), Some(their_badge)) = (ours.get("badge"), theirs.get("badge")) else {
        return Some("/badge".to_owned());
    };
    if !same_identifier(our_badge, their_badge) {
        return Some("/badge".to_owned());
    }
    // A badge class or an issuer that is only named states nothing further.
    our_badge.as_object()?;
    let badge = linked.badge_of(theirs)?;
    if let Some(found) = first_of(&BADGE_CLASS, our_badge, badge, "/badge") {
        return Some(found);
    }
    let our_issuer = our_badge.get("issuer")?;
    let their_issuer = badge.get("issuer");
    if !their_issuer.is_some_and(|theirs| same_identifier(our_issuer, theirs)) {
        return Some("/badge/issuer".to_owned());
    }
    our_issuer.as_object()?;
    // The profile counts; what the hosted copy embeds of it is the issuer's word as well.
    let embedded = their_issuer.filter(|issuer| issuer.as_object().is_some());
    let differs = |profile: &Value<'_>| first_of(&PROFILE, our_issuer, profile, "/badge/issuer");
    let found = differs(linked.issuer.document.root())?;
    embedded.map_or(Some(found), differs)
}

fn first_of(members: &[&str], ours: &Value<'_>, theirs: &Value<'_>, at: &str) -> Option<String> {
    let stated = members.iter().filter_map(|member| Some((*member, ours.get(member)?)));
    let mut differing = stated.filter(|(member, value)| match *member {
        "issuedOn" | "expires" => !same_time(value, theirs.get(member)),
        // Pictures at an address are never fetched, so only one that is carried along is shown.
        "image" => !same_picture(value, theirs.get(member)),
        _ => !agrees(value, theirs.get(member)),
    });
    differing.next().map(|(member, _)| format!("{at}/{}", escape_pointer_token(member)))
}

/// Whether everything that a value states stands in the other as well.
fn agrees(ours: &Value<'_>, theirs: Option<&Value<'_>>) -> bool {
    let filled = |value: &&Value<'_>| !is_nothing(value);
    let ours: Vec<&Value<'_>> = ours.one_or_many().iter().filter(filled).collect();
    if ours.is_empty() {
        return true;
    }
    let Some(theirs) = theirs else { return false };
    let theirs: Vec<&Value<'_>> = theirs.one_or_many().iter().filter(filled).collect();
    ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(one, other)| item_agrees(one, other))
}

fn item_agrees(ours: &Value<'_>, theirs: &Value<'_>) -> bool {
    match (ours, theirs) {
        (Value::String(one), Value::String(other)) => one.trim() == other.trim() || same(one, other),
        (Value::String(one), Value::Object(other)) => {
            other.get("id").and_then(Value::as_str).is_some_and(|id| same(one, id))
        }
        (Value::Object(one), _) => one.iter().all(|(key, value)| match key {
            "type" | "@context" => true,
            "id" => value.as_str().zip(id_of(theirs)).is_some_and(|(one, other)| same(one, other)),
            _ => agrees(value, theirs.get(key)),
        }),
        (Value::Number(one), Value::Number(other)) => one.text() == other.text(),
        (Value::Bool(one), Value::Bool(other)) => one == other,
        _ => false,
    }
}

fn is_nothing(value: &Value<'_>) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn same_time(ours: &Value<'_>, theirs: Option<&Value<'_>>) -> bool {
    let read = attesta_credential::assertion_time;
    match (is_nothing(ours), read(ours), theirs.and_then(read)) {
        (true, _, _) => true,
        (false, Some(one), Some(other)) => one == other,
        _ => false,
    }
}

fn same_picture(ours: &Value<'_>, theirs: Option<&Value<'_>>) -> bool {
    let carried = |value: &Value<'_>| {
        let addresses = value.one_or_many().iter().filter_map(id_of).map(str::trim);
        addresses
            .filter(|address| !address.starts_with("https:") && !address.starts_with("http:"))
            .map(str::to_owned)
            .next()
    };
    carried(ours).is_none_or(|picture| theirs.and_then(carried) == Some(picture))
}

/// Whether two references name the same thing; an embedded object without an identifier is compared by its contents.
fn same_identifier(ours: &Value<'_>, theirs: &Value<'_>) -> bool {
    match (id_of(ours), id_of(theirs)) {
        (Some(one), Some(other)) => same(one, other),
        (None, None) => true,
        // A copy without the identifier states less than the issuer's.
        (None, Some(_)) => ours.as_object().is_some(),
        (Some(_), None) => false,
    }
}

/// Whether both are about the same recipient. Issuers give the learner a copy with the address in plain text and host
/// one with its hash, or the other way round.
fn same_recipient(received: &VerifiableCredential, hosted: &VerifiableCredential) -> bool {
    let identity = |credential: &VerifiableCredential| {
        let subject = credential.subjects().first()?;
        subject.identifiers.first().cloned()
    };
    let (Some(ours), Some(theirs)) = (identity(received), identity(hosted)) else { return false };
    if ours.identity_type != theirs.identity_type {
        return false;
    }
    match (ours.hashed, theirs.hashed) {
        (false, false) => ours.identity_hash.trim().to_lowercase() == theirs.identity_hash.trim().to_lowercase(),
        (true, true) => ours.identity_hash.eq_ignore_ascii_case(&theirs.identity_hash) && ours.salt == theirs.salt,
        (false, true) => recipient::is_hash_of(&theirs, &ours.identity_hash),
        (true, false) => recipient::is_hash_of(&ours, &theirs.identity_hash),
    }
}
