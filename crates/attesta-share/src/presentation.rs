//! A bundle as a [verifiable presentation](https://www.w3.org/TR/vc-data-model-2.0/#presentations-0) signed by its holder.

use std::borrow::Cow;

use attesta_credential::limits::{CREDENTIALS, INPUT_BYTES};
use attesta_credential::{
    DigestOver, OPTIONAL_PARTS, ReadError, VC2_CONTEXT, VerifiableCredential, VerifiablePresentation, contents_digest,
    shared,
};
use attesta_jsonld::{Document, Options, Value, to_rdf};
use attesta_verify::Cryptosuite;
use jiff::Timestamp;
use thiserror::Error;

use crate::key::HolderKey;
use crate::sign::{ProofOptions, ProofPurpose, SignError, member, sign_document_in_set};

/// What the learner puts together.
#[derive(Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The title, shown to the receiver.
    pub title: String,
    /// A note to the receiver, Markdown.
    pub note: Option<String>,
    /// Whom it is for, shown to the receiver.
    pub audience: Option<String>,
    /// The parts that the receiver finds folded away, of [`OPTIONAL_PARTS`].
    pub hidden_parts: Vec<String>,
    /// The credentials in the learner's order.
    pub entries: Vec<BundleEntry>,
}

/// One credential of a bundle.
#[derive(Clone, PartialEq, Eq)]
pub struct BundleEntry {
    /// The credential exactly as received, its JSON or its token, or what its holder shows of it.
    pub bytes: Vec<u8>,
    /// The learner's note on it, plain text.
    pub note: Option<String>,
}

impl Bundle {
    /// A bundle without anything that is optional but the note.
    pub fn new(title: String, note: Option<String>, credentials: Vec<Vec<u8>>) -> Bundle {
        let entries = credentials.into_iter().map(|bytes| BundleEntry { bytes, note: None }).collect();
        Bundle { title, note, audience: None, hidden_parts: Vec::new(), entries }
    }
}

/// What a presentation states beside the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresentationTerms<'t> {
    /// The presentation's own identifier, a URL such as `urn:uuid:…`, where it shall have one.
    pub id: Option<&'t str>,
    /// When it is signed.
    pub created: Timestamp,
    /// When it ceases to count.
    pub valid_until: Option<Timestamp>,
    /// An unguessable value for the proof, so that it can't stand in for one that a verifier asks for in a session of its
    /// own: at least 64 random bits as text.
    pub challenge: &'t str,
    /// What the digest over its entries is over: their canonical form where a host will write them anew.
    pub digest_over: DigestOver,
}

/// A presentation with its holder's proofs.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedPresentation {
    /// The presentation's JSON.
    pub json: Vec<u8>,
    /// The cryptosuite of its proofs.
    pub suite: Cryptosuite,
}

/// Why a bundle does not become a presentation.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PresentError {
    /// There is nothing to present.
    #[error("the bundle has no credentials")]
    NoCredentials,
    /// More credentials than one presentation may hold.
    #[error("the bundle has more than {limit} credentials")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// One of the credentials can't be read.
    #[error("credential {index} can't be read: {error}")]
    NotACredential {
        /// Its place in the bundle, from 0.
        index: usize,
        /// What is wrong with it.
        error: ReadError,
    },
    /// A part that can't be folded away, because no credential has it.
    #[error("no credential has a part {name:?}")]
    UnknownPart {
        /// Its name.
        name: String,
    },
    /// The end comes before the beginning.
    #[error("the presentation would end before it is signed")]
    EndsBeforeItBegins,
    /// The whole would pass a limit that readers hold it to.
    #[error("the presentation can't be read back: {0}")]
    Unreadable(ReadError),
    /// It can't be signed without losing something that it says.
    #[error(transparent)]
    Sign(SignError),
}

/// Assembles a presentation in which every credential stands byte for byte as it was received, tokens in envelopes and
/// assertions of Open Badges 2.0 and earlier, which are no verifiable credentials, as texts beside them, and signs it.
///
/// Its digest ([`contents_digest`]) keeps the entries in their order, and to the byte unless the terms say otherwise,
/// also where the signature is over a graph and leaves that open.
///
/// It carries a proof set: one proof of purpose `authentication` with the challenge and one of purpose
/// `assertionMethod`. Verifiers differ in which of the two they look for, and each finds its own. Both are
/// `eddsa-rdfc-2022`, unless something in a credential has no meaning as linked data (an unknown or inline context,
/// say): then they are `eddsa-jcs-2022`, which signs the text instead.
///
/// # Errors
/// [`PresentError`]; what is returned can be read back and was signed whole.
pub fn sign_presentation(
    bundle: &Bundle,
    key: &HolderKey,
    terms: &PresentationTerms<'_>,
) -> Result<SignedPresentation, PresentError> {
    if terms.valid_until.is_some_and(|until| until < terms.created) {
        return Err(PresentError::EndsBeforeItBegins);
    }
    let unsigned = assemble(bundle, key, terms)?;
    let suite = suite_for(&unsigned)?;
    let (json, suite) = match sign(&unsigned, key, terms, suite) {
        Err(SignError::Transform(_)) if suite == Cryptosuite::EddsaRdfc2022 => {
            let suite = Cryptosuite::EddsaJcs2022;
            (sign(&unsigned, key, terms, suite).map_err(PresentError::Sign)?, suite)
        }
        signed => (signed.map_err(PresentError::Sign)?, suite),
    };
    VerifiablePresentation::from_json(json.clone()).map_err(PresentError::Unreadable)?;
    Ok(SignedPresentation { json, suite })
}

/// The presentation without proofs, written as text around the credentials' own bytes.
fn assemble(bundle: &Bundle, key: &HolderKey, terms: &PresentationTerms<'_>) -> Result<Vec<u8>, PresentError> {
    if let Some(name) = bundle.hidden_parts.iter().find(|name| !OPTIONAL_PARTS.contains(&name.as_str())) {
        return Err(PresentError::UnknownPart { name: name.clone() });
    }
    match bundle.entries.len() {
        0 => return Err(PresentError::NoCredentials),
        count if count > CREDENTIALS => return Err(PresentError::TooMany { limit: CREDENTIALS }),
        _ => {}
    }
    let mut members = vec![format!("\"@context\":[\"{VC2_CONTEXT}\"]")];
    members.extend(terms.id.map(|id| member("id", id)));
    members.push("\"type\":[\"VerifiablePresentation\"]".to_owned());
    members.push(member("holder", &key.did()));
    members.extend(present(&bundle.title).map(|title| member("name", title)));
    members.extend(bundle.note.as_deref().and_then(present).map(|note| member("description", note)));
    members.extend(bundle.audience.as_deref().and_then(present).map(|audience| member(shared::AUDIENCE, audience)));
    let hidden = OPTIONAL_PARTS.into_iter().filter(|part| bundle.hidden_parts.iter().any(|name| name == part));
    members.extend(array(shared::HIDDEN, hidden.map(text).collect()));
    let notes =
        bundle.entries.iter().zip(1..).filter_map(|(entry, place)| Some((place, present(entry.note.as_deref()?)?)));
    members.extend(array(shared::NOTES, notes.map(|(place, note)| at_place(place, note)).collect()));
    let presented = entries(bundle)?;
    let texts: Vec<Cow<'_, [u8]>> = presented.iter().map(|entry| entry.text(terms.digest_over)).collect();
    members.push(member(terms.digest_over.member(), &contents_digest(texts.iter().map(AsRef::as_ref))));
    let (mut credentials, mut beside) = (Vec::new(), Vec::new());
    for (entry, place) in presented.iter().zip(1..) {
        match entry {
            Presented::Credential(credential) => credentials.push(credential.presented()),
            Presented::Beside(text) => beside.push(at_place(place, text)),
        }
    }
    members.extend(array(shared::BESIDE, beside));
    let mut json = format!("{{{}", members.join(",")).into_bytes();
    for (position, credential) in credentials.iter().enumerate() {
        json.extend_from_slice(if position == 0 { b",\"verifiableCredential\":[" } else { b"," });
        json.extend_from_slice(credential);
    }
    json.extend_from_slice(if credentials.is_empty() { b"}" } else { b"]}" });
    match json.len() {
        size if size > INPUT_BYTES => Err(PresentError::Unreadable(ReadError::TooLarge { limit: INPUT_BYTES })),
        _ => Ok(json),
    }
}

/// An entry of a bundle as it is presented.
enum Presented<'b> {
    /// A verifiable credential.
    Credential(Box<VerifiableCredential>),
    /// The text of something that is none.
    Beside(&'b str),
}

impl Presented<'_> {
    /// What the digest is over.
    fn text(&self, over: DigestOver) -> Cow<'_, [u8]> {
        match self {
            Presented::Credential(credential) => credential.digested_text(over),
            Presented::Beside(text) => Cow::Borrowed(text.as_bytes()),
        }
    }
}

fn entries(bundle: &Bundle) -> Result<Vec<Presented<'_>>, PresentError> {
    let mut presented = Vec::with_capacity(bundle.entries.len());
    let mut size = 0;
    for (index, BundleEntry { bytes, .. }) in bundle.entries.iter().enumerate() {
        size += bytes.len();
        if size > INPUT_BYTES {
            return Err(PresentError::Unreadable(ReadError::TooLarge { limit: INPUT_BYTES }));
        }
        let not_one = |error| PresentError::NotACredential { index, error };
        let credential = VerifiableCredential::from_bytes(bytes.clone()).map_err(not_one)?;
        presented.push(match credential.data_model().is_assertion() {
            true => Presented::Beside(std::str::from_utf8(bytes).map_err(|_| not_one(ReadError::NotUtf8))?),
            false => Presented::Credential(Box::new(credential)),
        });
    }
    Ok(presented)
}

/// A member that is an array, where there is anything in it.
fn array(name: &str, items: Vec<String>) -> Option<String> {
    (!items.is_empty()).then(|| format!("{}:[{}]", text(name), items.join(",")))
}

fn at_place(place: usize, written: &str) -> String {
    format!("{{{}:{place},{}}}", text(shared::PLACE), member(shared::TEXT, written))
}

fn text(text: &str) -> String {
    Value::String(text.into()).to_string()
}

fn present(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty()).then_some(text)
}

/// Linked data where that gives everything in the presentation its published meaning, the text itself otherwise.
fn suite_for(unsigned: &[u8]) -> Result<Cryptosuite, PresentError> {
    let document = Document::parse(unsigned.to_vec()).map_err(|error| PresentError::Unreadable(error.into()))?;
    let published = to_rdf(document.root(), &Options::credential())
        .is_ok_and(|rdf| rdf.inline_contexts.is_empty() && rdf.open_vocabulary.is_empty());
    Ok(if published { Cryptosuite::EddsaRdfc2022 } else { Cryptosuite::EddsaJcs2022 })
}

fn sign(
    unsigned: &[u8],
    key: &HolderKey,
    terms: &PresentationTerms<'_>,
    suite: Cryptosuite,
) -> Result<Vec<u8>, SignError> {
    let method = key.verification_method();
    let authentication = ProofOptions {
        suite,
        verification_method: &method,
        purpose: ProofPurpose::Authentication,
        created: terms.created,
        expires: terms.valid_until,
        challenge: Some(terms.challenge),
        domain: None,
    };
    let assertion = ProofOptions { purpose: ProofPurpose::AssertionMethod, challenge: None, ..authentication.clone() };
    sign_document_in_set(unsigned, &[authentication, assertion], key.signing_key())
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // What a learner writes and holds never reaches a log line.
        write!(out, "Bundle({} credentials)", self.entries.len())
    }
}

impl std::fmt::Debug for SignedPresentation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "SignedPresentation({} bytes, {:?})", self.json.len(), self.suite)
    }
}

#[cfg(test)]
#[path = "presentation_tests.rs"]
mod tests;
