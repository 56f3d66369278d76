//! A verifiable presentation: several credentials that a holder hands over together.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use attesta_jsonld::{Document, Limits, Value, jcs};
use jiff::Timestamp;

use crate::conformance::{self, Nonconformity};
use crate::container::{self, Carried, Container};
use crate::credential::{
    DataModel, ProofEntry, VerifiableCredential, data_model, proofs, sha256_hex, strings, token_in, zone,
};
use crate::error::ReadError;
use crate::jose::{Claimed, Enveloped, claimed_in, enveloped, enveloped_token};
use crate::limits::{CREDENTIALS, INPUT_BYTES};
use crate::model::LocalizedText;
use crate::securing::Securing;
use crate::shape::{self, Shape};
use crate::shared::{self, Contents, DigestOver, Entry};
use crate::time::parse_date_time;

/// A credential inside a presentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PresentedCredential<'p> {
    /// Its place in `verifiableCredential`, from 0.
    pub index: usize,
    /// Its exact bytes: the JSON of a credential or of an envelope, or a token.
    pub bytes: &'p [u8],
}

/// A [verifiable presentation](https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations) with its exact bytes.
#[derive(Clone)]
pub struct VerifiablePresentation {
    /// The bytes as received, where they are not the JSON of `document`.
    received: Option<Vec<u8>>,
    securing: Securing,
    document: Document,
    digest: OnceLock<String>,
    nonconformities: OnceLock<Vec<Nonconformity>>,
}

impl VerifiablePresentation {
    /// Reads one presentation's JSON.
    ///
    /// # Errors
    /// [`ReadError`] when the bytes are not JSON, not a presentation, or over a limit.
    pub fn from_json(bytes: Vec<u8>) -> Result<Self, ReadError> {
        let document = Document::parse_within(bytes, Limits { bytes: INPUT_BYTES, ..Limits::default() })?;
        match shape::of(document.root()) {
            Shape::Presentation => {}
            Shape::Unsupported(what) => return Err(ReadError::UnsupportedFormat { what }),
            _ => return Err(ReadError::NotACredential { pointer: String::new() }),
        }
        VerifiablePresentation::of(document)
    }

    /// Reads one presentation as it was received: its JSON, a token around it, an enveloped token, or a PDF document that
    /// has one of these attached. Where several are attached, nobody can say which one the document speaks of, and none
    /// is taken.
    ///
    /// # Errors
    /// [`ReadError`] when the bytes are no presentation, or over a limit.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, ReadError> {
        match attached(&bytes) {
            Some(presentation) => Ok(presentation),
            None => VerifiablePresentation::from_text(bytes),
        }
    }

    fn from_text(bytes: Vec<u8>) -> Result<Self, ReadError> {
        match std::str::from_utf8(&bytes).ok().and_then(shape::token) {
            Some(Shape::Unsupported(what)) => return Err(ReadError::UnsupportedFormat { what }),
            Some(_) => return VerifiablePresentation::from_token(bytes),
            None => {}
        }
        let document = Document::parse_within(bytes, Limits { bytes: INPUT_BYTES, ..Limits::default() })?;
        match shape::of(document.root()) {
            Shape::Presentation => VerifiablePresentation::of(document),
            Shape::EnvelopedPresentation => {
                let token = enveloped_token(document.root(), Enveloped::Presentation)?;
                VerifiablePresentation::from_token(token.into_bytes())
            }
            Shape::Unsupported(what) => Err(ReadError::UnsupportedFormat { what }),
            _ => Err(ReadError::NotACredential { pointer: String::new() }),
        }
    }

    fn from_token(bytes: Vec<u8>) -> Result<Self, ReadError> {
        let (securing, payload) = token_in(&bytes)?;
        match claimed_in(&payload)? {
            Claimed::Presentation(document) => {
                let received = Some(bytes);
                Ok(VerifiablePresentation { received, securing, ..VerifiablePresentation::of(document)? })
            }
            Claimed::Other(Shape::Unsupported(what)) => Err(ReadError::UnsupportedFormat { what }),
            Claimed::Credential(_) | Claimed::Other(_) => Err(ReadError::NotACredential { pointer: String::new() }),
        }
    }

    fn of(document: Document) -> Result<Self, ReadError> {
        if shared::count(document.root()) > CREDENTIALS {
            return Err(ReadError::TooMany { limit: CREDENTIALS });
        }
        Ok(VerifiablePresentation {
            received: None,
            securing: Securing::Embedded,
            document,
            digest: OnceLock::new(),
            nonconformities: OnceLock::new(),
        })
    }

    /// The bytes as received; of an envelope, the token in it.
    pub fn bytes(&self) -> &[u8] {
        self.received.as_deref().unwrap_or_else(|| self.document.bytes())
    }

    /// How it is secured.
    pub fn securing(&self) -> &Securing {
        &self.securing
    }

    /// The tree of the whole presentation.
    pub fn root(&self) -> &Value<'_> {
        self.document.root()
    }

    /// SHA-256 of the bytes in lower-case hex.
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| sha256_hex(self.bytes()))
    }

    /// The data model, told by its first context.
    pub fn data_model(&self) -> DataModel {
        data_model(self.root())
    }

    /// Its types as written.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        strings(self.root().get("type"))
    }

    /// Its identifier, if it is one string.
    pub fn id(&self) -> Option<&str> {
        self.root().get("id").and_then(Value::as_str)
    }

    /// The holder's identifier, where it names one: `holder`, or in a token of VCDM 1.1 the claim `iss`.
    pub fn holder(&self) -> Option<&str> {
        let claimed = || self.securing.jws()?.payload().root().get("iss").and_then(Value::as_str);
        self.root().get("holder").and_then(shape::id_of).or_else(claimed)
    }

    /// The title that the holder gave it.
    pub fn name(&self) -> LocalizedText {
        LocalizedText::read(self.root().get("name"))
    }

    /// The note that the holder wrote.
    pub fn description(&self) -> LocalizedText {
        LocalizedText::read(self.root().get("description"))
    }

    /// When it becomes valid, where it says so.
    pub fn valid_from(&self) -> Option<Timestamp> {
        self.time("validFrom")
    }

    /// When it ceases to be valid, where it says so.
    pub fn valid_until(&self) -> Option<Timestamp> {
        self.time("validUntil")
    }

    fn time(&self, member: &str) -> Option<Timestamp> {
        parse_date_time(self.root().get(member)?.as_str()?, zone(self.data_model()))
    }

    /// Its proofs.
    pub fn proofs(&self) -> Vec<ProofEntry<'_>> {
        proofs(self.root())
    }

    /// The exact bytes of each credential in it, in order; [`crate::read_each`] also tells what is not one.
    pub fn credentials(&self) -> impl Iterator<Item = PresentedCredential<'_>> {
        let held = self.root().get("verifiableCredential").map(Value::one_or_many).unwrap_or_default();
        held.iter().enumerate().filter_map(|(index, value)| {
            let bytes = match value {
                Value::Object(object) => self.document.source_of(object),
                Value::String(token) if shape::token(token).is_some() => token.as_bytes(),
                _ => return None,
            };
            Some(PresentedCredential { index, bytes })
        })
    }

    /// Everything presented with its exact text, in the order of the holder's places: the credentials and what stands
    /// beside them.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        shared::entries(&self.document)
    }

    /// Whom the holder says that it is for.
    pub fn audience(&self) -> Option<&str> {
        shared::audience(self.root())
    }

    /// The parts of its credentials that the holder would have folded away, of [`crate::OPTIONAL_PARTS`]; others are
    /// passed over.
    pub fn hidden_parts(&self) -> Vec<&'static str> {
        shared::hidden_parts(self.root())
    }

    /// The holder's note on the entry at a place, from 1.
    pub fn note_at(&self, place: usize) -> Option<&str> {
        shared::note_at(self.root(), place)
    }

    /// Whether its entries are those that its holder put together, in the same order.
    pub fn contents(&self) -> Contents {
        shared::contents(&self.document)
    }

    /// Where it departs from its data model; empty when it conforms.
    pub fn nonconformities(&self) -> &[Nonconformity] {
        self.nonconformities.get_or_init(|| conformance::of_presentation(self.root()))
    }
}

impl VerifiableCredential {
    /// How it stands in a presentation of VCDM 2.0: its own bytes, or an envelope around its token.
    pub fn presented(&self) -> Cow<'_, [u8]> {
        let token = std::str::from_utf8(self.bytes()).map(str::trim);
        match (self.securing().jws(), token, self.root().as_object()) {
            (Some(_), Ok(token), _) => Cow::Owned(enveloped(token, self.securing()).into_bytes()),
            (None, _, Some(object)) => Cow::Borrowed(self.document().source_of(object)),
            _ => Cow::Borrowed(self.bytes()),
        }
    }

    /// What the digest of a presentation counts of it: its JSON or its token without white space around it, or the
    /// canonical form of its JSON.
    pub fn digested_text(&self, over: DigestOver) -> Cow<'_, [u8]> {
        match (self.securing().jws(), self.root().as_object(), over) {
            (None, Some(object), DigestOver::ExactText) => Cow::Borrowed(self.document().source_of(object)),
            (None, Some(_), DigestOver::CanonicalJson) => Cow::Owned(jcs::canonicalize(self.root())),
            _ => Cow::Borrowed(self.bytes().trim_ascii()),
        }
    }
}

impl fmt::Debug for VerifiablePresentation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Contents never reach a log line.
        write!(out, "VerifiablePresentation({} bytes)", self.bytes().len())
    }
}

/// The one presentation that is attached to a PDF document.
fn attached(bytes: &[u8]) -> Option<VerifiablePresentation> {
    let Ok(Some((Container::Pdf, pieces))) = container::open(bytes) else { return None };
    let mut presentations = pieces.into_iter().filter_map(|piece| match piece.carried {
        Carried::Credential(text) => VerifiablePresentation::from_text(text).ok(),
        Carried::Link(_) => None,
    });
    let first = presentations.next()?;
    presentations.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_credential_keeps_its_exact_bytes() {
        let json = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],
            "holder":{"id":"did:key:z6Mk"},"name":"For you","verifiableCredential":[ {"a" : 1.0} , "jwt", {"b":2}]}"#;
        let presentation = VerifiablePresentation::from_json(json.as_bytes().to_vec()).unwrap();
        let held: Vec<_> = presentation.credentials().map(|held| (held.index, held.bytes)).collect();
        assert_eq!(held, [(0, br#"{"a" : 1.0}"#.as_slice()), (2, br#"{"b":2}"#)]);
        assert_eq!(presentation.holder(), Some("did:key:z6Mk"));
        assert_eq!(presentation.name().plain(), Some("For you"));
    }

    #[test]
    fn a_credential_is_not_a_presentation() {
        let error = VerifiablePresentation::from_json(br#"{"type":"VerifiableCredential"}"#.to_vec()).unwrap_err();
        assert_eq!(error.code(), "not_a_credential");
    }

    /// A PDF document with these files attached.
    fn document(attached: &[&str]) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n".to_vec();
        for (index, text) in attached.iter().enumerate() {
            let (specification, stream) = (10 + 2 * index, 11 + 2 * index);
            let object = format!(
                "{specification} 0 obj\n<</Type/Filespec/F(a)/EF<</F {stream} 0 R>>>>\nendobj\n\
                 {stream} 0 obj\n<</Type/EmbeddedFile/Length {}>>\nstream\n{text}\nendstream\nendobj\n",
                text.len()
            );
            file.extend(object.bytes());
        }
        file.extend(b"trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n");
        file
    }

    #[test]
    fn the_one_presentation_attached_to_a_document_is_read_and_of_several_none() {
        let presentation = r#"{ "type":["VerifiablePresentation"],"name":"Dossier","verifiableCredential":[] }"#;
        let credential = r#"{"type":["VerifiableCredential"],"id":"urn:uuid:1"}"#;
        let read = |attached: &[&str]| VerifiablePresentation::from_bytes(document(attached));
        let found = read(&[credential, "Dear reader", presentation]).unwrap();
        assert_eq!(found.bytes(), presentation.as_bytes());
        for attached in [&[credential][..], &[presentation, presentation], &[]] {
            assert_eq!(read(attached).unwrap_err().code(), "not_json");
        }
    }
}
