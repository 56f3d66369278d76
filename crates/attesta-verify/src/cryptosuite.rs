//! The cryptosuites: what exactly is signed. Each turns a document and a proof's options into two hashes.
//!
//! To sign, take [`signing_input`]; its bytes are what the key signs.

pub mod detached_jws;
mod json;
pub(crate) mod rdf;
pub mod selective;

use attesta_jsonld::{CanonicalizeError, HashAlgorithm, JsonLdError, Object, Options, Value};
use sha2::{Digest, Sha256, Sha384};
use thiserror::Error;

use crate::data_integrity::secured_content;
use crate::multikey::KeyKind;
use crate::public_key::SignatureAlgorithm;

/// The suites that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cryptosuite {
    /// [eddsa-rdfc-2022](https://www.w3.org/TR/vc-di-eddsa/#eddsa-rdfc-2022): RDFC-1.0, SHA-256, Ed25519; `eddsa-2022`
    /// is its earlier name.
    EddsaRdfc2022,
    /// [eddsa-jcs-2022](https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022): JCS, SHA-256, Ed25519.
    EddsaJcs2022,
    /// [Ed25519Signature2020](https://www.w3.org/TR/vc-di-eddsa/#ed25519signature2020): the suite before
    /// `DataIntegrityProof`. It signs the same bytes in the same order as eddsa-rdfc-2022; its proof has a type of its
    /// own and no `cryptosuite`.
    Ed25519Signature2020,
    /// [Ed25519Signature2018](https://w3c-ccg.github.io/lds-ed25519-2018/): the suite before that one, met in credentials
    /// of its years. The same hashes, signed as a detached JSON Web Signature in `jws`; the words of its proofs are those
    /// of the security vocabulary, whatever the document's contexts are.
    Ed25519Signature2018,
    /// [ecdsa-rdfc-2019](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-rdfc-2019): RDFC-1.0 with SHA-256 and P-256, or with
    /// SHA-384 throughout and P-384; the key decides.
    EcdsaRdfc2019,
    /// [ecdsa-jcs-2019](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019): JCS with SHA-256 and P-256, or with SHA-384
    /// and P-384; the key decides.
    EcdsaJcs2019,
    /// [ecdsa-sd-2023](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023): each statement of the graph signed on its own,
    /// so that the holder may leave some out; P-256. See [`selective`].
    EcdsaSd2023,
}

/// The hash function of the suites that sign with an algorithm: that of ECDSA's own, and SHA-256 with Ed25519.
pub(crate) fn hash_beside(algorithm: SignatureAlgorithm) -> HashAlgorithm {
    match algorithm {
        SignatureAlgorithm::Es384 => HashAlgorithm::Sha384,
        _ => HashAlgorithm::Sha256,
    }
}

/// The canonical forms whose hashes are signed.
#[derive(Clone, PartialEq, Eq)]
pub struct CanonicalForms {
    /// The document without its proofs.
    pub document: Vec<u8>,
    /// The proof's options.
    pub proof: Vec<u8>,
    /// What they are hashed with.
    pub hash: HashAlgorithm,
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
    /// `previousProof` is neither an identifier nor a list of them.
    #[error("previousProof is neither an identifier nor a list of them")]
    PreviousProofMalformed,
    /// The proof follows another one that the document does not carry.
    #[error("the document has no proof {previous}")]
    PreviousProofMissing {
        /// The identifier of that proof, shortened.
        previous: String,
    },
    /// The suite has no single input to a signature: it signs statement by statement.
    #[error("the suite signs each statement on its own")]
    SignedByStatement,
    /// Checking it would take more signature checks than one verification may cost.
    #[error(transparent)]
    TooManySignatures(#[from] selective::BudgetSpent),
}

impl Cryptosuite {
    /// The suite of a proof of this `type`, and of this `cryptosuite` where it is a `DataIntegrityProof`.
    pub(crate) fn of(kind: &str, name: &str) -> Option<Self> {
        match (kind, name) {
            ("DataIntegrityProof", "eddsa-rdfc-2022" | "eddsa-2022") => Some(Cryptosuite::EddsaRdfc2022),
            ("DataIntegrityProof", "eddsa-jcs-2022") => Some(Cryptosuite::EddsaJcs2022),
            ("DataIntegrityProof", "ecdsa-rdfc-2019") => Some(Cryptosuite::EcdsaRdfc2019),
            ("DataIntegrityProof", "ecdsa-jcs-2019") => Some(Cryptosuite::EcdsaJcs2019),
            ("DataIntegrityProof", "ecdsa-sd-2023") => Some(Cryptosuite::EcdsaSd2023),
            ("Ed25519Signature2018", _) => Some(Cryptosuite::Ed25519Signature2018),
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
            Cryptosuite::Ed25519Signature2018 => "Ed25519Signature2018",
            Cryptosuite::EcdsaRdfc2019 => "ecdsa-rdfc-2019",
            Cryptosuite::EcdsaJcs2019 => "ecdsa-jcs-2019",
            Cryptosuite::EcdsaSd2023 => "ecdsa-sd-2023",
        }
    }

    /// The algorithm that its signatures are made with, where the key is one that it may be used with.
    pub(crate) fn algorithm(self, key: KeyKind) -> Option<SignatureAlgorithm> {
        match (self, key) {
            (
                Cryptosuite::EddsaRdfc2022
                | Cryptosuite::EddsaJcs2022
                | Cryptosuite::Ed25519Signature2020
                | Cryptosuite::Ed25519Signature2018,
                KeyKind::Ed25519,
            ) => Some(SignatureAlgorithm::EdDsa),
            (Cryptosuite::EcdsaRdfc2019 | Cryptosuite::EcdsaJcs2019 | Cryptosuite::EcdsaSd2023, KeyKind::P256) => {
                Some(SignatureAlgorithm::Es256)
            }
            (Cryptosuite::EcdsaRdfc2019 | Cryptosuite::EcdsaJcs2019, KeyKind::P384) => Some(SignatureAlgorithm::Es384),
            _ => None,
        }
    }

    /// Whether it signs the RDF graph that the document stands for, rather than the JSON itself.
    pub fn signs_graph(self) -> bool {
        !matches!(self, Cryptosuite::EddsaJcs2022 | Cryptosuite::EcdsaJcs2019)
    }

    /// How many bytes its signatures may have.
    pub(crate) fn signature_lengths(self) -> &'static [usize] {
        match self {
            Cryptosuite::EcdsaRdfc2019 | Cryptosuite::EcdsaJcs2019 => &[64, 96],
            _ => &[64],
        }
    }
}

/// The canonical forms of a document and a proof's options, for a suite that hashes with SHA-256: every one but those
/// over P-384. The document's proofs are left out but for those that the options name as `previousProof`, and so is a
/// `proofValue` in the options. The suites that sign a graph convert by `options`; [`Options::credential`] is what
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
    canonical_forms_by(document, proof, suite, HashAlgorithm::Sha256, options)
}

/// As [`canonical_forms`], by the hash function that fits the key: SHA-384 for P-384.
///
/// # Errors
/// [`TransformError`] when there are none.
pub fn canonical_forms_by(
    document: &Value<'_>,
    proof: &Value<'_>,
    suite: Cryptosuite,
    hash: HashAlgorithm,
    options: &Options<'_>,
) -> Result<CanonicalForms, TransformError> {
    let proof = proof.as_object().ok_or(TransformError::NotAnObject)?;
    canonical_forms_of(document, proof, suite, hash, options)
}

/// As [`canonical_forms_by`], of options that are an object.
pub(crate) fn canonical_forms_of(
    document: &Value<'_>,
    proof: &Object<'_>,
    suite: Cryptosuite,
    hash: HashAlgorithm,
    options: &Options<'_>,
) -> Result<CanonicalForms, TransformError> {
    let content = secured_content(document, proof)?;
    match suite.signs_graph() {
        true => rdf::canonical_forms(&content, proof, hash, options),
        false => json::canonical_forms(&content, proof, hash),
    }
}

/// The bytes that a proof's signature is made over, for a suite that hashes with SHA-256: the hash of the proof's
/// options, then that of the document. Where the options name a `previousProof`, the document must carry it.
///
/// Ed25519Signature2018 has [`detached_jws::ED25519_HEADER`] before these. For the suites over JCS the options must carry the document's `@context` already, as their "create proof" demands;
/// the other suites take it from the document.
///
/// # Errors
/// [`TransformError`] when the document or the options can't be signed in full.
pub fn signing_input(document: &Value<'_>, proof: &Value<'_>, suite: Cryptosuite) -> Result<Vec<u8>, TransformError> {
    signing_input_by(document, proof, suite, HashAlgorithm::Sha256)
}

/// As [`signing_input`], by the hash function that fits the key: SHA-384 for P-384.
///
/// # Errors
/// As [`signing_input`].
pub fn signing_input_by(
    document: &Value<'_>,
    proof: &Value<'_>,
    suite: Cryptosuite,
    hash: HashAlgorithm,
) -> Result<Vec<u8>, TransformError> {
    if suite == Cryptosuite::EcdsaSd2023 {
        return Err(TransformError::SignedByStatement);
    }
    let forms = canonical_forms_by(document, proof, suite, hash, &Options::credential())?;
    let hashes = hash_data(&forms);
    Ok(match suite {
        Cryptosuite::Ed25519Signature2018 => detached_jws::with_header(detached_jws::ED25519_HEADER, &hashes),
        _ => hashes,
    })
}

/// The hashes of the canonical forms, that of the proof's options first: 64 bytes, or 96 of SHA-384.
pub fn hash_data(forms: &CanonicalForms) -> Vec<u8> {
    let mut joined = Vec::with_capacity(96);
    for form in [&forms.proof, &forms.document] {
        extend_with_digest(&mut joined, forms.hash, form);
    }
    joined
}

/// Appends a digest.
pub(crate) fn extend_with_digest(joined: &mut Vec<u8>, hash: HashAlgorithm, bytes: &[u8]) {
    match hash {
        HashAlgorithm::Sha256 => joined.extend_from_slice(&Sha256::digest(bytes)),
        HashAlgorithm::Sha384 => joined.extend_from_slice(&Sha384::digest(bytes)),
    }
}
