//! Data Integrity proofs with an Ed25519 key in memory.
//!
//! [Verifiable Credential Data Integrity 1.0](https://www.w3.org/TR/vc-data-integrity/),
//! [Data Integrity EdDSA Cryptosuites 1.0](https://www.w3.org/TR/vc-di-eddsa/).

use attesta_jsonld::{Document, ParseError, Value};
use attesta_verify::{Cryptosuite, TransformError, signing_input};
use ed25519_dalek::{Signer, SigningKey};
use jiff::Timestamp;
use thiserror::Error;

/// What a proof is made for, [Controlled Identifiers 1.0 section 2.3](https://www.w3.org/TR/cid-1.0/#verification-relationships).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProofPurpose {
    /// The signer states what the document says.
    AssertionMethod,
    /// The signer shows that it controls the identifier it goes by.
    Authentication,
}

impl ProofPurpose {
    /// The term that stands in the proof.
    pub fn as_str(self) -> &'static str {
        match self {
            ProofPurpose::AssertionMethod => "assertionMethod",
            ProofPurpose::Authentication => "authentication",
        }
    }
}

/// What a proof states beside the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofOptions<'o> {
    /// How the document is transformed before it is signed.
    pub suite: Cryptosuite,
    /// DID URL of the public key.
    pub verification_method: &'o str,
    /// What the proof is made for.
    pub purpose: ProofPurpose,
    /// When it is made, written in whole seconds.
    pub created: Timestamp,
    /// When it ceases to count, written in whole seconds.
    pub expires: Option<Timestamp>,
    /// A value that ties the proof to one session.
    pub challenge: Option<&'o str>,
    /// Whom the proof is meant for.
    pub domain: Option<&'o str>,
}

/// Why a document was not signed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignError {
    /// The document is not strict JSON.
    #[error("the document can't be read: {0}")]
    NotJson(ParseError),
    /// The document is JSON, but no object.
    #[error("the document is not a JSON object")]
    NotAnObject,
    /// The document has a `proof` already; a proof beside it would leave it open which parts the older one covers.
    #[error("the document has a proof already")]
    AlreadySigned,
    /// The document can't be transformed in a way that keeps everything it says.
    #[error("the document can't be canonicalised: {0}")]
    Transform(#[from] TransformError),
    /// The suite is checked, and not used for signing: it takes keys of another kind, or is of the past.
    #[error("nothing is signed with {}", suite.as_str())]
    SuiteOnlyRead {
        /// The suite.
        suite: Cryptosuite,
    },
}

/// The document with a proof, every byte before the closing brace as it was.
///
/// # Errors
/// [`SignError`]; a document that would lose something in canonicalisation is never signed.
pub fn sign_document(document: &[u8], options: &ProofOptions<'_>, key: &SigningKey) -> Result<Vec<u8>, SignError> {
    let document = read(document)?;
    let proof = proof(&document, options, key)?;
    Ok(with_proof(&document, &proof))
}

/// The document with a [proof set](https://www.w3.org/TR/vc-data-integrity/#proof-sets): one proof for each of the
/// options, each over the document without any proof.
///
/// # Errors
/// As [`sign_document`].
pub fn sign_document_in_set(
    document: &[u8],
    options: &[ProofOptions<'_>],
    key: &SigningKey,
) -> Result<Vec<u8>, SignError> {
    let document = read(document)?;
    let proofs: Vec<String> = options.iter().map(|options| proof(&document, options, key)).collect::<Result<_, _>>()?;
    Ok(with_proof(&document, &format!("[{}]", proofs.join(","))))
}

fn read(document: &[u8]) -> Result<Document, SignError> {
    let document = Document::parse(document.to_vec()).map_err(SignError::NotJson)?;
    match document.root() {
        Value::Object(object) if object.contains_key("proof") => Err(SignError::AlreadySigned),
        Value::Object(_) => Ok(document),
        _ => Err(SignError::NotAnObject),
    }
}

/// The proof of an unsecured document, as JSON text.
fn proof(document: &Document, options: &ProofOptions<'_>, key: &SigningKey) -> Result<String, SignError> {
    if !matches!(
        options.suite,
        Cryptosuite::EddsaRdfc2022 | Cryptosuite::EddsaJcs2022 | Cryptosuite::Ed25519Signature2020
    ) {
        return Err(SignError::SuiteOnlyRead { suite: options.suite });
    }
    let unsigned = proof_without_value(document.root(), options);
    let config = Document::parse(unsigned.clone().into_bytes()).expect("the proof was written as JSON just now");
    let input = signing_input(document.root(), config.root(), options.suite)?;
    let signature = bs58::encode(key.sign(&input).to_bytes()).into_string();
    let open = unsigned.strip_suffix('}').expect("the proof is an object");
    Ok(format!("{open},\"proofValue\":\"z{signature}\"}}"))
}

fn proof_without_value(document: &Value<'_>, options: &ProofOptions<'_>) -> String {
    let mut members = Vec::with_capacity(9);
    // JCS signs the proof as written, so the context that gives its terms their meaning is written into it.
    if let (Cryptosuite::EddsaJcs2022, Some(context)) = (options.suite, document.get("@context")) {
        members.push(format!("\"@context\":{context}"));
    }
    match options.suite {
        Cryptosuite::Ed25519Signature2020 => members.push(member("type", options.suite.as_str())),
        of_data_integrity => {
            members.push(member("type", "DataIntegrityProof"));
            members.push(member("cryptosuite", of_data_integrity.as_str()));
        }
    }
    members.push(member("created", &date_time_stamp(options.created)));
    members.extend(options.expires.map(|expires| member("expires", &date_time_stamp(expires))));
    members.push(member("verificationMethod", options.verification_method));
    members.push(member("proofPurpose", options.purpose.as_str()));
    members.extend(options.challenge.map(|challenge| member("challenge", challenge)));
    members.extend(options.domain.map(|domain| member("domain", domain)));
    format!("{{{}}}", members.join(","))
}

/// A time as `xsd:dateTimeStamp`, in whole seconds: fractions trip some readers.
fn date_time_stamp(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A member of a JSON object.
pub(crate) fn member(name: &str, value: &str) -> String {
    format!("{}:{}", Value::String(name.into()), Value::String(value.into()))
}

fn with_proof(document: &Document, proof: &str) -> Vec<u8> {
    let object = document.root().as_object().expect("what was signed is an object");
    let (start, end) = (object.source_range().start, object.source_range().end);
    let bytes = document.bytes();
    let comma = if object.is_empty() { "" } else { "," };
    [&bytes[..start], &bytes[start..end - 1], format!("{comma}\"proof\":{proof}}}").as_bytes(), &bytes[end..]].concat()
}

#[cfg(test)]
#[path = "sign_tests.rs"]
mod tests;
