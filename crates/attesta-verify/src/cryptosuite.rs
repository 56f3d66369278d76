//! The cryptosuites: what exactly is signed. Each turns a document and a proof's options into two hashes.
//!
//! To sign, take [`signing_input`]; its bytes are what the Ed25519 key signs.

mod ed25519_signature_2020;
mod eddsa_jcs_2022;
mod eddsa_rdfc_2022;
pub(crate) mod rdf;

use attesta_jsonld::{CanonicalizeError, JsonLdError, Options, Value};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::multikey::KeyKind;
use crate::public_key::SignatureAlgorithm;

/// The suites that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cryptosuite {
    /// [eddsa-rdfc-2022](https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022); `eddsa-2022` is its earlier name.
    EddsaRdfc2022,
    /// [eddsa-jcs-2022](https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022).
    EddsaJcs2022,
    /// [Ed25519Signature2020](https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020).
    Ed25519Signature2020,
}

/// The canonical forms whose hashes are signed.
#[derive(Clone, PartialEq, Eq)]
pub struct CanonicalForms {
    /// The document without its proofs.
    pub document: Vec<u8>,
    /// The proof's options.
    pub proof: Vec<u8>,
}

/// Why a document and a proof's options have no canonical forms.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TransformError {
    /// One of the two is not a JSON object.
    #[error("not a JSON object")]
    NotAnObject,
    /// Linked-data processing refuses it, or something would be dropped.
    #[error(transparent)]
    JsonLd(#[from] JsonLdError),
    /// It has no canonical form within bounded work.
    #[error(transparent)]
    Canonicalize(#[from] CanonicalizeError),
    /// A number that does not survive canonicalization.
    #[error("a number that different readers take for different values, at {pointer:?}")]
    NumberNotExact {
        /// JSON pointer of the number.
        pointer: String,
        /// The number as written.
        written: String,
    },
    /// The proof's own `@context` is not the beginning of the document's.
    #[error("the proof's context is not the beginning of the document's")]
    ContextMismatch,
}

impl Cryptosuite {
    /// The suite of a proof of this `type`, and of this `cryptosuite` where it is a `DataIntegrityProof`.
    pub(crate) fn of(kind: &str, name: &str) -> Option<Self> {
        match (kind, name) {
            ("DataIntegrityProof", "eddsa-rdfc-2022" | "eddsa-2022") => Some(Cryptosuite::EddsaRdfc2022),
            ("DataIntegrityProof", "eddsa-jcs-2022") => Some(Cryptosuite::EddsaJcs2022),
            ("Ed25519Signature2020", _) => Some(Cryptosuite::Ed25519Signature2020),
            _ => None,
        }
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Cryptosuite::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Cryptosuite::EddsaJcs2022 => "eddsa-jcs-2022",
            Cryptosuite::Ed25519Signature2020 => "Ed25519Signature2020",
        }
    }

    /// The algorithm that its signatures are made with, where the key is one that it may be used with.
    pub(crate) fn algorithm(self, key: KeyKind) -> Option<SignatureAlgorithm> {
        match (self, key) {
            (
                Cryptosuite::EddsaRdfc2022 | Cryptosuite::EddsaJcs2022 | Cryptosuite::Ed25519Signature2020,
                KeyKind::Ed25519,
            ) => Some(SignatureAlgorithm::EdDsa),
            _ => None,
        }
    }

    /// Whether it signs the RDF graph that the document stands for, rather than the JSON itself.
    pub fn signs_graph(self) -> bool {
        !matches!(self, Cryptosuite::EddsaJcs2022)
    }
}

/// The canonical forms of a document and a proof's options. A `proof` in the document and a `proofValue` in the
/// options are left out. The suites that sign a graph convert by `options`; [`Options::credential`] is what
/// [`verify`](crate::verify) goes by.
///
/// # Errors
/// [`TransformError`] when there are none.
pub fn canonical_forms(
    document: &Value<'_>,
    proof: &Value<'_>,
    suite: Cryptosuite,
    options: &Options<'_>,
) -> Result<CanonicalForms, TransformError> {
    let document = document.as_object().ok_or(TransformError::NotAnObject)?;
    let proof = proof.as_object().ok_or(TransformError::NotAnObject)?;
    match suite {
        Cryptosuite::EddsaRdfc2022 => eddsa_rdfc_2022::canonical_forms(document, proof, options),
        Cryptosuite::EddsaJcs2022 => eddsa_jcs_2022::canonical_forms(document, proof),
        Cryptosuite::Ed25519Signature2020 => ed25519_signature_2020::canonical_forms(document, proof, options),
    }
}

/// The 64 bytes that a proof's signature is made over: the hash of the proof's options, then that of the document.
///
/// For [`Cryptosuite::EddsaJcs2022`] the options must carry the document's `@context` already, as its "create proof"
/// demands; the other suites take it from the document.
///
/// # Errors
/// [`TransformError`] when the document or the options can't be signed in full.
pub fn signing_input(document: &Value<'_>, proof: &Value<'_>, suite: Cryptosuite) -> Result<Vec<u8>, TransformError> {
    let forms = canonical_forms(document, proof, suite, &Options::credential())?;
    Ok(hash_data(&forms).to_vec())
}

/// The hashes of the canonical forms, that of the proof's options first.
pub fn hash_data(forms: &CanonicalForms) -> [u8; 64] {
    join(Sha256::digest(&forms.proof).into(), Sha256::digest(&forms.document).into())
}

pub(crate) fn join(proof: [u8; 32], document: [u8; 32]) -> [u8; 64] {
    let mut joined = [0; 64];
    joined[..32].copy_from_slice(&proof);
    joined[32..].copy_from_slice(&document);
    joined
}
