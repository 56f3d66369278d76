//! One disclosure of a selective-disclosure JWT, [RFC 9901 section 4.2](https://www.rfc-editor.org/rfc/rfc9901#section-4.2).

use std::fmt;

use attesta_jsonld::{Document, Limits, Value};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256, Sha384, Sha512};
use thiserror::Error;

use crate::limits::INPUT_BYTES;

/// What makes a selective-disclosure JWT one that must be refused, RFC 9901 section 7.1.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SdJwtFlaw {
    /// A disclosure is not base64url of a JSON array of salt, name and value, or of salt and value.
    #[error("disclosure {index} is malformed")]
    MalformedDisclosure {
        /// Its place, from 0.
        index: usize,
    },
    /// A disclosure fits no digest, or none but one that another fits.
    #[error("nothing was signed that fits disclosure {index}")]
    UnusedDisclosure {
        /// Its place, from 0.
        index: usize,
    },
    /// A member's disclosure stands for an array's element, or the other way round.
    #[error("disclosure {index} stands in the wrong place")]
    MisplacedDisclosure {
        /// Its place, from 0.
        index: usize,
    },
    /// A digest appears twice.
    #[error("a digest appears twice")]
    RepeatedDigest,
    /// The digests are not written as they must be.
    #[error("the digests are malformed at {pointer:?}")]
    MalformedDigests {
        /// JSON pointer of the object.
        pointer: String,
    },
    /// A disclosure would replace a member that is there already.
    #[error("a disclosure would replace {pointer:?}")]
    Overwrites {
        /// JSON pointer of the member.
        pointer: String,
    },
    /// A disclosure is named like the digests themselves.
    #[error("disclosure {index} has a reserved name")]
    ReservedName {
        /// Its place, from 0.
        index: usize,
    },
    /// A claim is disclosed selectively that its profile demands in the open.
    #[error("{claim:?} must not be disclosed selectively")]
    HiddenClaim {
        /// The claim.
        claim: String,
    },
    /// The digests are of a hash that is not supported.
    #[error("the hash {name:?} is not supported")]
    UnsupportedHash {
        /// The name of the hash.
        name: String,
    },
    /// More disclosures than are read, or nested deeper.
    #[error("more disclosures than are read")]
    TooMany,
}

impl SdJwtFlaw {
    /// The stable name.
    pub fn as_str(&self) -> &'static str {
        match self {
            SdJwtFlaw::MalformedDisclosure { .. } => "malformed_disclosure",
            SdJwtFlaw::UnusedDisclosure { .. } => "unused_disclosure",
            SdJwtFlaw::MisplacedDisclosure { .. } => "misplaced_disclosure",
            SdJwtFlaw::RepeatedDigest => "repeated_digest",
            SdJwtFlaw::MalformedDigests { .. } => "malformed_digests",
            SdJwtFlaw::Overwrites { .. } => "overwrites",
            SdJwtFlaw::ReservedName { .. } => "reserved_name",
            SdJwtFlaw::HiddenClaim { .. } => "hidden_claim",
            SdJwtFlaw::UnsupportedHash { .. } => "unsupported_hash",
            SdJwtFlaw::TooMany => "too_many",
        }
    }
}

/// The hashes of digests, by their names in the IANA registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DigestHash {
    Sha256,
    Sha384,
    Sha512,
}

impl DigestHash {
    /// The hash of a payload's `_sd_alg`; SHA-256 where it names none.
    pub(super) fn of(payload: &Value<'_>) -> Result<Self, SdJwtFlaw> {
        match payload.get("_sd_alg").map(|name| name.as_str().unwrap_or("?")) {
            None | Some("sha-256") => Ok(DigestHash::Sha256),
            Some("sha-384") => Ok(DigestHash::Sha384),
            Some("sha-512") => Ok(DigestHash::Sha512),
            Some(name) => Err(SdJwtFlaw::UnsupportedHash { name: name.to_owned() }),
        }
    }

    /// The digest of a text, in base64url.
    pub(super) fn digest(self, text: &str) -> String {
        match self {
            DigestHash::Sha256 => URL_SAFE_NO_PAD.encode(Sha256::digest(text)),
            DigestHash::Sha384 => URL_SAFE_NO_PAD.encode(Sha384::digest(text)),
            DigestHash::Sha512 => URL_SAFE_NO_PAD.encode(Sha512::digest(text)),
        }
    }
}

/// A claim or an array's element that the holder may show or keep back.
#[derive(Clone)]
pub struct Disclosure {
    encoded: String,
    array: Document,
    pub(super) pointer: Option<String>,
    pub(super) within: Option<usize>,
}

impl Disclosure {
    /// Reads the text between two tildes.
    pub(super) fn decode(encoded: &str) -> Option<Self> {
        let json = URL_SAFE_NO_PAD.decode(encoded).ok()?;
        let array = Document::parse_within(json, Limits { bytes: INPUT_BYTES, ..Limits::default() }).ok()?;
        let parts = array.root().as_array().unwrap_or_default();
        let fits = matches!(parts, [Value::String(_), _] | [Value::String(_), Value::String(_), _]);
        fits.then(|| Disclosure { encoded: encoded.to_owned(), array, pointer: None, within: None })
    }

    /// The text between two tildes, over which the digest is made.
    pub fn encoded(&self) -> &str {
        &self.encoded
    }

    /// The claim's name; none for an array's element.
    pub fn name(&self) -> Option<&str> {
        match self.parts() {
            [_, name, _] => name.as_str(),
            _ => None,
        }
    }

    /// The value, in which other disclosures may have their digests.
    pub fn value(&self) -> &Value<'_> {
        self.parts().last().expect("a disclosure has two or three parts")
    }

    /// JSON pointer of where it stands in what is disclosed.
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }

    fn parts(&self) -> &[Value<'_>] {
        self.array.root().one_or_many()
    }
}

impl fmt::Debug for Disclosure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Contents never reach a log line.
        write!(out, "Disclosure({} bytes)", self.encoded.len())
    }
}
