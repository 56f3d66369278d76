//! Issuing with keys on the NIST curves, and showing parts of what was so issued.

use attesta_jsonld::{Document, Options};
use attesta_share::SignError;
use attesta_test_support::ecdsa::{EcdsaKey, EcdsaParty};
use attesta_test_support::selective::secured_selectively;
use attesta_test_support::signing::{Signs, encode};
use attesta_verify::selective::{DeriveError, Disclosable, SelectError, derive};
use attesta_verify::{Cryptosuite, signing_input_by};
use jiff::Timestamp;
use serde_json::{Value, json};

/// The curve of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Curve {
    P256,
    P384,
}

/// Who issues with a key on this curve.
pub(crate) fn issuer(curve: Curve) -> EcdsaParty {
    EcdsaParty::did_key(match curve {
        Curve::P256 => EcdsaKey::p256(41),
        Curve::P384 => EcdsaKey::p384(42),
    })
}

/// The document with a proof of this suite.
pub(crate) fn sign(document: Vec<u8>, suite: Cryptosuite, curve: Curve, now: Timestamp) -> Result<Vec<u8>, SignError> {
    let party = issuer(curve);
    let document = Document::parse(document).map_err(SignError::NotJson)?;
    let mut credential = value(&document);
    if !credential.is_object() {
        return Err(SignError::NotAnObject);
    }
    let mut proof = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": suite.as_str(),
        "created": now.to_string(),
        "verificationMethod": party.method,
        "proofPurpose": "assertionMethod",
    });
    if !suite.signs_graph() {
        proof["@context"] = credential["@context"].clone();
    }
    let input = signing_input_by(document.root(), parse(&proof).root(), suite, party.hash())?;
    proof["proofValue"] = json!(encode(&party.sign(&input)));
    credential["proof"] = proof;
    Ok(credential.to_string().into_bytes())
}

/// The document with a base proof of ecdsa-sd-2023.
pub(crate) fn sign_selectively(document: Vec<u8>, mandatory: &[&str]) -> Result<Vec<u8>, SelectError> {
    let Ok(document) = Document::parse(document) else { return Err(not_an_object()) };
    let object = document.root().as_object().ok_or_else(not_an_object)?;
    // The support signs only what can be signed, so that is found out first.
    Disclosable::of(object, &Options::credential())?.to_sign(mandatory, &[0; 32])?;
    Ok(secured_selectively(value(&document), mandatory, &issuer(Curve::P256)).to_string().into_bytes())
}

/// What a holder shows of a credential: what is mandatory, and what the pointers select.
pub(crate) fn show(credential: &[u8], selected: &[&str]) -> Result<Vec<u8>, DeriveError> {
    let document = Document::parse(credential.to_vec()).map_err(|_| DeriveError::NotAnObject)?;
    let proof = document.root().get("proof").ok_or(DeriveError::NotABaseProof)?;
    derive(document.root(), proof, selected, &Options::credential()).map(String::into_bytes)
}

fn not_an_object() -> SelectError {
    SelectError::Transform(attesta_verify::TransformError::NotAnObject)
}

fn value(document: &Document) -> Value {
    serde_json::from_slice(document.bytes()).unwrap_or_default()
}

fn parse(value: &Value) -> Document {
    Document::parse(value.to_string().into_bytes()).expect("serde_json writes what the strict parser reads")
}
