//! What a presentation of ours says beside the [W3C's members](https://www.w3.org/TR/vc-data-model-2.0/#presentations-0):
//! for whom it is, which parts stay folded away, a note on each entry, badges that are no verifiable credentials, and a
//! digest over all entries. Every name is an absolute IRI, so that whatever signs linked data signs it without a context.
//!
//! An entry is a credential or something beside. Its place counts from 1 over both: what stands beside says its own, and
//! the credentials fill the others in their order.

use std::borrow::Cow;

use attesta_jsonld::{Document, Value, jcs};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::conformance::{Nonconformity, NonconformityKind};
use crate::jose::{Enveloped, enveloped_token};
use crate::shape::{self, Shape};

/// Whom the presentation is for: a text.
pub const AUDIENCE: &str = "attesta:audience";
/// The parts that the receiver finds folded away: an array of names.
pub const HIDDEN: &str = "attesta:hidden";
/// The digest over all entries in their order: [`contents_digest`].
pub const CONTENTS: &str = "attesta:contents";
/// The same digest where credentials in JSON count in their canonical form: [`DigestOver::CanonicalJson`].
pub const CANONICAL_CONTENTS: &str = "attesta:canonicalContents";
/// The holder's notes: an array of objects with a place and a text.
pub const NOTES: &str = "attesta:notes";
/// What is no verifiable credential: an array of objects with a place and a text.
pub const BESIDE: &str = "attesta:beside";
/// Which entry, from 1.
pub const PLACE: &str = "attesta:place";
/// A note, or the exact text of an entry.
pub const TEXT: &str = "attesta:text";

/// The members above that stand in the presentation itself.
pub const SHARED_MEMBERS: [&str; 6] = [AUDIENCE, HIDDEN, CONTENTS, CANONICAL_CONTENTS, NOTES, BESIDE];

/// The parts of a credential that its holder may have folded away, by their names.
pub const OPTIONAL_PARTS: [&str; 7] =
    ["picture", "description", "criteria", "skills", "results", "evidence", "endorsements"];

/// What the digest of a presentation is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DigestOver {
    /// Each entry's exact text.
    ExactText,
    /// Credentials in JSON in their canonical form ([RFC 8785](https://www.rfc-editor.org/rfc/rfc8785)), which outlasts a
    /// host that reads the presentation and writes it anew; tokens and what stands beside as they are.
    CanonicalJson,
}

impl DigestOver {
    /// The member that states the digest.
    pub fn member(self) -> &'static str {
        match self {
            DigestOver::ExactText => CONTENTS,
            DigestOver::CanonicalJson => CANONICAL_CONTENTS,
        }
    }
}

/// What the entries of a presentation come to, held against the digest that its holder signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contents {
    /// It states no digest.
    Absent,
    /// They are what the holder put together, in the same order, and as far as the digest goes to the byte.
    Match,
    /// Something was taken out, added, moved or rewritten, as this digest says.
    Differ(DigestOver),
}

/// What stands at one place of a presentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'p> {
    /// Its place, from 1.
    pub place: usize,
    /// JSON pointer of it in the presentation.
    pub pointer: String,
    /// What kind of entry it is.
    pub kind: EntryKind,
    /// Its exact text: a credential's JSON, a token without its envelope, or what stands beside; empty where it is
    /// none of these.
    pub text: Cow<'p, [u8]>,
}

/// How an entry stands in a presentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// In `verifiableCredential`.
    Credential,
    /// Beside it, as text.
    Beside,
}

/// The digest over the texts of a presentation's entries in the order of their places: the SHA-256 of their
/// SHA-256 one after the other, as a [Multihash in Multibase](https://www.w3.org/TR/cid-1.0/#multihash) (base64url).
pub fn contents_digest<'t>(texts: impl IntoIterator<Item = &'t [u8]>) -> String {
    let mut all = Sha256::new();
    texts.into_iter().for_each(|text| all.update(Sha256::digest(text)));
    let multihash: Vec<u8> = [0x12, 0x20].into_iter().chain(all.finalize()).collect();
    format!("u{}", URL_SAFE_NO_PAD.encode(multihash))
}

/// How many entries a presentation has.
pub(crate) fn count(root: &Value<'_>) -> usize {
    items(root, "verifiableCredential").len() + items(root, BESIDE).len()
}

/// Something at a place: the value in `verifiableCredential`, or the text beside it.
pub(crate) struct Placed<'p> {
    pub(crate) pointer: String,
    pub(crate) value: &'p Value<'p>,
    pub(crate) kind: EntryKind,
}

/// Everything presented in the order of its places. What says no place that it can have comes last; there is always one
/// entry for each credential and each thing beside.
pub(crate) fn placed<'p>(root: &'p Value<'p>) -> Vec<Placed<'p>> {
    let mut slots: Vec<Option<Placed<'p>>> = Vec::new();
    slots.resize_with(count(root), || None);
    let mut homeless = Vec::new();
    for (item, pointer) in shape::items(root.get(BESIDE).filter(|value| !is_null(value)), format_args!("/{BESIDE}")) {
        let placed = Placed { pointer, value: item, kind: EntryKind::Beside };
        match place_of(item, slots.len()).and_then(|place| slots.get_mut(place - 1)) {
            Some(slot @ None) => *slot = Some(placed),
            _ => homeless.push(placed),
        }
    }
    let held = root.get("verifiableCredential").filter(|value| !is_null(value));
    let credentials = shape::items(held, "/verifiableCredential").map(|(value, pointer)| Placed {
        pointer,
        value,
        kind: EntryKind::Credential,
    });
    let mut others = credentials.chain(homeless);
    slots.into_iter().filter_map(|slot| slot.or_else(|| others.next())).collect()
}

/// Each entry with its exact text.
pub(crate) fn entries(document: &Document) -> Vec<Entry<'_>> {
    let placed = placed(document.root()).into_iter().zip(1..);
    let entry = |(Placed { pointer, value, kind }, place)| {
        let text = text_at(document, kind, value, DigestOver::ExactText);
        Entry { place, pointer, kind, text }
    };
    placed.map(entry).collect()
}

fn text_at<'d>(document: &'d Document, kind: EntryKind, value: &'d Value<'_>, over: DigestOver) -> Cow<'d, [u8]> {
    match (kind, value) {
        (EntryKind::Beside, value) => Cow::Borrowed(beside_text(value).unwrap_or_default().as_bytes()),
        (EntryKind::Credential, value @ Value::Object(object)) => match (token_of(value), over) {
            (Some(token), _) => Cow::Owned(token.into_bytes()),
            (None, DigestOver::ExactText) => Cow::Borrowed(document.source_of(object)),
            (None, DigestOver::CanonicalJson) => Cow::Owned(jcs::canonicalize(value)),
        },
        (EntryKind::Credential, other) => Cow::Borrowed(other.as_str().unwrap_or_default().as_bytes()),
    }
}

fn token_of(value: &Value<'_>) -> Option<String> {
    let is_envelope = shape::of(value) == Shape::EnvelopedCredential;
    is_envelope.then(|| enveloped_token(value, Enveloped::Credential).ok()).flatten()
}

/// What the presentation's digest says of its entries; where it states both, both must say so.
pub(crate) fn contents(document: &Document) -> Contents {
    let said = [DigestOver::ExactText, DigestOver::CanonicalJson].map(|over| contents_over(document, over));
    let worst = said.into_iter().find(|said| matches!(said, Contents::Differ(_)));
    worst.unwrap_or(if said.contains(&Contents::Match) { Contents::Match } else { Contents::Absent })
}

fn contents_over(document: &Document, over: DigestOver) -> Contents {
    let stated = document.root().get(over.member()).filter(|value| !is_null(value));
    let Some(stated) = stated else { return Contents::Absent };
    let placed = placed(document.root());
    let texts: Vec<Cow<'_, [u8]>> =
        placed.iter().map(|placed| text_at(document, placed.kind, placed.value, over)).collect();
    let digest = contents_digest(texts.iter().map(AsRef::as_ref));
    if text_of(stated) == Some(digest.as_str()) { Contents::Match } else { Contents::Differ(over) }
}

/// Whom it is for.
pub(crate) fn audience<'p>(root: &'p Value<'_>) -> Option<&'p str> {
    root.get(AUDIENCE).and_then(text_of)
}

/// The parts that stay folded away, each once; names that are not known are passed over.
pub(crate) fn hidden_parts(root: &Value<'_>) -> Vec<&'static str> {
    let named = items(root, HIDDEN);
    let is_named = |part: &&str| named.iter().any(|name| name.as_str() == Some(part));
    OPTIONAL_PARTS.into_iter().filter(is_named).collect()
}

/// The holder's note on the entry at a place; the first where there are several.
pub(crate) fn note_at<'p>(root: &'p Value<'_>, place: usize) -> Option<&'p str> {
    let last = count(root);
    items(root, NOTES)
        .iter()
        .find(|note| place_of(note, last) == Some(place))
        .and_then(|note| note.get(TEXT).and_then(text_of))
}

/// The text of something beside.
pub(crate) fn beside_text<'p>(item: &'p Value<'_>) -> Option<&'p str> {
    item.get(TEXT).and_then(text_of)
}

/// Where the members depart from what they must be. What a member says twice, or of a place that is not there, would be
/// read in one way here and in another way elsewhere.
pub(crate) fn nonconformities(root: &Value<'_>) -> Vec<Nonconformity> {
    let mut found = Vec::new();
    let mut report = |pointer: String, member: &str| {
        found.push(Nonconformity { kind: NonconformityKind::Malformed, pointer, member: member.to_owned() });
    };
    for member in [AUDIENCE, CONTENTS, CANONICAL_CONTENTS] {
        if root.get(member).is_some_and(|value| !is_null(value) && text_of(value).is_none()) {
            report(format!("/{member}"), member);
        }
    }
    if items(root, HIDDEN).iter().any(|name| name.as_str().is_none()) {
        report(format!("/{HIDDEN}"), HIDDEN);
    }
    // Without a digest, whoever passes it on could move the credentials under the notes.
    let placed = [NOTES, BESIDE].into_iter().any(|member| !items(root, member).is_empty());
    let digested = [CONTENTS, CANONICAL_CONTENTS].into_iter().any(|member| !root.get(member).is_none_or(is_null));
    if placed && !digested {
        found.push(Nonconformity {
            kind: NonconformityKind::Missing,
            pointer: format!("/{CONTENTS}"),
            member: CONTENTS.to_owned(),
        });
    }
    let mut report = |pointer: String, member: &str| {
        found.push(Nonconformity { kind: NonconformityKind::Malformed, pointer, member: member.to_owned() });
    };
    let last = count(root);
    for member in [NOTES, BESIDE] {
        let mut taken = vec![false; last];
        for (item, pointer) in shape::items(root.get(member).filter(|value| !is_null(value)), format_args!("/{member}"))
        {
            let alone = item.as_object().is_some_and(|object| object.len() == 2);
            if !alone || item.get(TEXT).and_then(text_of).is_none() {
                report(pointer, member);
                continue;
            }
            let free = place_of(item, last).and_then(|place| taken.get_mut(place - 1)).filter(|taken| !**taken);
            match free {
                Some(taken) => *taken = true,
                None => report(format!("{pointer}/{PLACE}"), PLACE),
            }
        }
    }
    found
}

/// The place that an item says, from 1 to `last`.
fn place_of(item: &Value<'_>, last: usize) -> Option<usize> {
    let [Value::Number(number)] = item.get(PLACE)?.one_or_many() else { return None };
    let stated = number.as_f64();
    // No presentation has so many entries that two places are one double.
    (1..=last).find(|place| *place as f64 == stated)
}

/// One text, also where it is written as an array of one: that is the same to whoever signs linked data.
fn text_of<'p>(value: &'p Value<'_>) -> Option<&'p str> {
    match value.one_or_many() {
        [Value::String(text)] => Some(text),
        _ => None,
    }
}

fn items<'p, 'v>(root: &'p Value<'v>, member: &str) -> &'p [Value<'v>] {
    root.get(member).filter(|value| !is_null(value)).map(Value::one_or_many).unwrap_or_default()
}

fn is_null(value: &Value<'_>) -> bool {
    matches!(value, Value::Null)
}

#[cfg(test)]
#[path = "shared_tests.rs"]
mod tests;
