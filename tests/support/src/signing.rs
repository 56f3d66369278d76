//! Secures JSON values with a proof whose every member a case may choose.

use attesta_jsonld::Document;
use attesta_verify::{Cryptosuite, signing_input};
use ed25519_dalek::Signer;
use serde_json::{Value, json};

use crate::party::Party;

/// When the usual proof was made.
pub const CREATED: &str = "2026-02-02T09:00:00Z";

/// The members of a proof but for its value, and how it is made.
#[derive(Clone)]
pub struct Proof {
    suite: Cryptosuite,
    members: Value,
}

impl Proof {
    /// The usual proof by `party` with this suite.
    pub fn new(suite: Cryptosuite, party: &Party) -> Proof {
        let mut members = json!({
            "type": "DataIntegrityProof",
            "created": CREATED,
            "verificationMethod": party.method,
            "proofPurpose": "assertionMethod",
        });
        match suite {
            Cryptosuite::EddsaRdfc2022 => members["cryptosuite"] = json!("eddsa-rdfc-2022"),
            Cryptosuite::EddsaJcs2022 => members["cryptosuite"] = json!("eddsa-jcs-2022"),
            Cryptosuite::Ed25519Signature2020 => members["type"] = json!("Ed25519Signature2020"),
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

    /// The proof of `document`, made with the party's key.
    pub fn of(&self, document: &Value, party: &Party) -> Value {
        let mut unsecured = document.clone();
        unsecured.as_object_mut().expect("a document is an object").remove("proof");
        let mut proof = self.members.clone();
        if self.suite == Cryptosuite::EddsaJcs2022 && proof.get("@context").is_none() {
            proof["@context"] = unsecured["@context"].clone();
        }
        let parse = |value: &Value| {
            Document::parse(value.to_string().into_bytes()).expect("serde_json writes what the strict parser reads")
        };
        let input = signing_input(parse(&unsecured).root(), parse(&proof).root(), self.suite)
            .unwrap_or_else(|error| panic!("{error} while signing {unsecured}"));
        proof["proofValue"] = json!(encode(&party.key.sign(&input).to_bytes()));
        proof
    }
}

/// `proofValue` of a signature: multibase base58btc.
pub fn encode(signature: &[u8]) -> String {
    format!("z{}", bs58::encode(signature).into_string())
}

/// The document with the usual proof by `party`: eddsa-rdfc-2022.
pub fn secured(document: Value, party: &Party) -> Value {
    secured_as(Cryptosuite::EddsaRdfc2022, document, party)
}

/// The document with the usual proof by `party` with this suite.
pub fn secured_as(suite: Cryptosuite, document: Value, party: &Party) -> Value {
    secured_with(&Proof::new(suite, party), document, party)
}

/// The document with this proof, made with the party's key.
pub fn secured_with(proof: &Proof, mut document: Value, party: &Party) -> Value {
    document["proof"] = proof.of(&document, party);
    document
}
