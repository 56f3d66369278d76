//! Secures JSON values with a proof whose every member a case may choose.

use attesta_jsonld::{Document, HashAlgorithm};
use attesta_verify::{Cryptosuite, detached_jws, signing_input_by};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer;
use serde_json::{Value, json};

use crate::party::Party;

/// When the usual proof was made.
pub const CREATED: &str = "2026-02-02T09:00:00Z";

/// Whoever can make a proof.
pub trait Signs {
    /// The URL of the verification method.
    fn method(&self) -> &str;
    /// The hash function that fits the key.
    fn hash(&self) -> HashAlgorithm;
    /// The signature over a message.
    fn sign(&self, message: &[u8]) -> Vec<u8>;
}

impl Signs for Party {
    fn method(&self) -> &str {
        &self.method
    }

    fn hash(&self) -> HashAlgorithm {
        HashAlgorithm::Sha256
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.key.sign(message).to_bytes().to_vec()
    }
}

/// The members of a proof but for its value, and how it is made.
#[derive(Clone)]
pub struct Proof {
    suite: Cryptosuite,
    members: Value,
}

impl Proof {
    /// The usual proof by `party` with this suite.
    pub fn new(suite: Cryptosuite, party: &impl Signs) -> Proof {
        let mut members = json!({
            "type": "DataIntegrityProof",
            "created": CREATED,
            "verificationMethod": party.method(),
            "proofPurpose": "assertionMethod",
        });
        match suite {
            Cryptosuite::Ed25519Signature2020 | Cryptosuite::Ed25519Signature2018 => {
                members["type"] = json!(suite.as_str());
            }
            of_data_integrity => members["cryptosuite"] = json!(of_data_integrity.as_str()),
        }
        Proof { suite, members }
    }

    /// The same proof with a member of another value, or without it where `value` is null.
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Proof {
        match value.into() {
            Value::Null => {
                self.members.as_object_mut().expect("a proof is an object").remove(member);
            }
            value => self.members[member] = value,
        }
        self
    }

    /// The proof of `document`, made with the party's key. The document's own proofs are left out but for those that
    /// this one names as its predecessors.
    pub fn of(&self, document: &Value, party: &impl Signs) -> Value {
        let mut proof = self.members.clone();
        if !self.suite.signs_graph() && proof.get("@context").is_none() {
            proof["@context"] = document["@context"].clone();
        }
        let parse = |value: &Value| {
            Document::parse(value.to_string().into_bytes()).expect("serde_json writes what the strict parser reads")
        };
        let input = signing_input_by(parse(document).root(), parse(&proof).root(), self.suite, party.hash())
            .unwrap_or_else(|error| panic!("{error} while signing {document}"));
        let signature = party.sign(&input);
        match self.suite {
            Cryptosuite::Ed25519Signature2018 => {
                let signature = URL_SAFE_NO_PAD.encode(signature);
                proof["jws"] = json!(format!("{}..{signature}", detached_jws::ED25519_HEADER));
            }
            _ => proof["proofValue"] = json!(encode(&signature)),
        }
        proof
    }
}

/// `proofValue` of a signature: multibase base58btc.
pub fn encode(signature: &[u8]) -> String {
    format!("z{}", bs58::encode(signature).into_string())
}

/// The document with the usual proof by `party`: eddsa-rdfc-2022.
pub fn secured(document: Value, party: &impl Signs) -> Value {
    secured_as(Cryptosuite::EddsaRdfc2022, document, party)
}

/// The document with the usual proof by `party` with this suite.
pub fn secured_as(suite: Cryptosuite, document: Value, party: &impl Signs) -> Value {
    secured_with(&Proof::new(suite, party), document, party)
}

/// The document with this proof, made with the party's key.
pub fn secured_with(proof: &Proof, mut document: Value, party: &impl Signs) -> Value {
    document["proof"] = proof.of(&document, party);
    document
}

/// The document with this proof after those that it has, made with the party's key.
pub fn secured_after(proof: &Proof, mut document: Value, party: &impl Signs) -> Value {
    let proof = proof.of(&document, party);
    let earlier = match document.get("proof") {
        Some(Value::Array(proofs)) => proofs.clone(),
        Some(proof) => vec![proof.clone()],
        None => Vec::new(),
    };
    document["proof"] = json!([earlier, vec![proof]].concat());
    document
}
