//! Credentials with ecdsa-sd-2023: as an issuer signs them, and as a holder shows parts of them.

use attesta_jsonld::{Document, Options};
use attesta_verify::selective::{BaseProof, Disclosable, ProofScopedKey, SelectiveProof, base_signing_input, derive};
use attesta_verify::{Cryptosuite, canonical_forms};
use serde_json::{Value, json};

use crate::ecdsa::{EcdsaKey, EcdsaParty};
use crate::signing::CREATED;

/// What names the blank nodes; an issuer draws it at random for each proof.
const HMAC_KEY: [u8; 32] = [11; 32];

/// The key of one proof alone; an issuer draws it at random and forgets it.
fn proof_scoped_key() -> EcdsaKey {
    EcdsaKey::p256(12)
}

/// The document with a base proof by `party`, whose key is on P-256. What the pointers select has to be shown always.
///
/// # Panics
/// When the document can't be signed so.
pub fn secured_selectively(mut document: Value, mandatory: &[&str], party: &EcdsaParty) -> Value {
    let mut proof = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": Cryptosuite::EcdsaSd2023.as_str(),
        "created": CREATED,
        "verificationMethod": party.method,
        "proofPurpose": "assertionMethod",
    });
    proof["proofValue"] = json!(SelectiveProof::Base(base_proof(&document, &proof, mandatory, party)).encode());
    document["proof"] = proof;
    document
}

fn base_proof(document: &Value, proof: &Value, mandatory: &[&str], party: &EcdsaParty) -> BaseProof {
    let (document, proof) = (parse(document), parse(proof));
    let options = Options::credential();
    let forms = canonical_forms(document.root(), proof.root(), Cryptosuite::EcdsaSd2023, &options)
        .unwrap_or_else(|error| panic!("{error}"));
    let object = document.root().as_object().expect("a document is an object");
    let statements = Disclosable::of(object, &options)
        .and_then(|disclosable| disclosable.to_sign(mandatory, &HMAC_KEY))
        .unwrap_or_else(|error| panic!("{error}"));
    let key = proof_scoped_key();
    let sized = |signature: Vec<u8>| signature.try_into().expect("a signature on P-256 has 64 bytes");
    let public_key = ProofScopedKey(key.public_bytes().try_into().expect("a key on P-256 has 35 bytes"));
    let proof_options = String::from_utf8(forms.proof).expect("N-Quads are text");
    BaseProof {
        base_signature: sized(party.key.sign(&base_signing_input(&proof_options, &public_key, &statements.mandatory))),
        public_key,
        hmac_key: HMAC_KEY,
        signatures: statements.others.iter().map(|statement| sized(key.sign(statement.as_bytes()))).collect(),
        mandatory_pointers: mandatory.iter().map(|pointer| (*pointer).to_owned()).collect(),
    }
}

/// What a holder shows of a credential with a base proof: what is mandatory and what the pointers select.
///
/// # Panics
/// When that can't be derived.
pub fn shown(credential: &Value, pointers: &[&str]) -> Value {
    let (document, proof) = (parse(credential), parse(&credential["proof"]));
    let text = derive(document.root(), proof.root(), pointers, &Options::credential())
        .unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_str(&text).expect("it was written as JSON just now")
}

/// The credential with its proof value changed.
///
/// # Panics
/// When it has no proof of ecdsa-sd-2023.
pub fn with_proof_value(mut credential: Value, change: impl FnOnce(&mut SelectiveProof)) -> Value {
    let text = credential["proof"]["proofValue"].as_str().unwrap_or_default();
    let mut value = SelectiveProof::decode(text).unwrap_or_else(|error| panic!("{error}"));
    change(&mut value);
    credential["proof"]["proofValue"] = json!(value.encode());
    credential
}

fn parse(value: &Value) -> Document {
    Document::parse(value.to_string().into_bytes()).expect("serde_json writes what the strict parser reads")
}
