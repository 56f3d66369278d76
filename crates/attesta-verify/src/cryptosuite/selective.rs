//! [ecdsa-sd-2023](https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023): selective disclosure by signing each statement of
//! the graph on its own.
//!
//! The issuer signs the statements that are mandatory together, and with a key of this one proof each other statement.
//! That is the base proof, which the learner's wallet receives. Whoever holds it derives a proof for the statements to be
//! shown and leaves the signatures of the others out. Blank nodes go by an HMAC of their canonical label, which stays the
//! same whatever is left out.

mod cbor;
mod derive;
mod disclosable;
mod proof_value;
mod selection;
mod statements;

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub use derive::{DeriveError, derive};
pub use disclosable::{Disclosable, SelectError};
pub use proof_value::{
    BaseProof, BlankNodeName, DerivedProof, ProofScopedKey, ProofValueError, SelectiveProof, Signature,
};

use crate::public_key::{PublicKey, SignatureAlgorithm};

/// Which kind of proof a credential carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// The issuer's, over all that it signed.
    Whole,
    /// A holder's, over what it shows.
    Selected,
}

impl SelectiveProof {
    /// Which kind of proof it is.
    pub fn disclosure(&self) -> Disclosure {
        match self {
            SelectiveProof::Base(_) => Disclosure::Whole,
            SelectiveProof::Derived(_) => Disclosure::Selected,
        }
    }

    /// The statements of a document's canonical N-Quads (its proofs left out), each blank node under the name it was
    /// signed by, and told apart into mandatory and other ones. `None` where they can't be those that were signed.
    pub fn statements(&self, canonical: &str) -> Option<Statements> {
        match self {
            SelectiveProof::Base(proof) => of_base(proof, canonical),
            SelectiveProof::Derived(proof) => of_derived(proof, canonical),
        }
    }

    /// Whether every statement is signed: the mandatory ones, the proof's options and the proof-scoped key by the
    /// issuer's key, all others by the proof-scoped one
    /// ([Verify Derived Proof](https://www.w3.org/TR/vc-di-ecdsa/#verify-derived-proof-ecdsa-sd-2023)). `canonical` is
    /// the document's canonical N-Quads without its proofs, `options` that of the proof's options.
    pub fn holds(&self, issuer: &PublicKey, canonical: &str, options: &str) -> bool {
        let holds = || {
            let statements = self.statements(canonical)?;
            let (key, base_signature, signatures) = match self {
                SelectiveProof::Base(proof) => (&proof.public_key, &proof.base_signature, &proof.signatures),
                SelectiveProof::Derived(proof) => (&proof.public_key, &proof.base_signature, &proof.signatures),
            };
            let signed = base_signing_input(options, key, &statements.mandatory);
            issuer.verify(SignatureAlgorithm::Es256, &signed, base_signature).ok()?;
            // Those of a base proof were checked when its statements were told apart.
            if let (SelectiveProof::Derived(_), key) = (self, key.public_key()?) {
                let mut signed = statements.others.iter().zip(signatures);
                signed.try_for_each(|(statement, signature)| {
                    key.verify(SignatureAlgorithm::Es256, statement.as_bytes(), signature).ok()
                })?;
            }
            Some(())
        };
        holds().is_some()
    }
}

/// What a selective proof signs of a document: N-Quads lines with their line feeds, in the order of the signatures.
#[derive(Clone, PartialEq, Eq)]
pub struct Statements {
    /// What the issuer signed as a whole.
    pub mandatory: Vec<String>,
    /// What has a signature each.
    pub others: Vec<String>,
}

/// Credential contents never reach a log line.
impl std::fmt::Debug for Statements {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Statements({} mandatory, {} others)", self.mandatory.len(), self.others.len())
    }
}

/// [createVerifyData](https://www.w3.org/TR/vc-di-ecdsa/#createverifydata), from the label map on.
fn of_derived(proof: &DerivedProof, canonical: &str) -> Option<Statements> {
    let names: BTreeMap<u64, &BlankNodeName> = proof.labels.iter().map(|(label, name)| (*label, name)).collect();
    // A map has each key once.
    (names.len() == proof.labels.len()).then_some(())?;
    let name = |label: &str| {
        let number: u64 = label.strip_prefix("c14n")?.parse().ok()?;
        names.get(&number).map(|name| multibase(name))
    };
    let all = statements::renamed(canonical, name)?;
    let mut is_mandatory = vec![false; all.len()];
    for index in &proof.mandatory_indexes {
        let named = is_mandatory.get_mut(usize::try_from(*index).ok()?)?;
        // Said once for each statement.
        (!std::mem::replace(named, true)).then_some(())?;
    }
    let (mut mandatory, mut others) = (Vec::new(), Vec::with_capacity(proof.signatures.len()));
    for (statement, is_mandatory) in all.into_iter().zip(is_mandatory) {
        if is_mandatory { mandatory.push(statement) } else { others.push(statement) }
    }
    (others.len() == proof.signatures.len()).then_some(Statements { mandatory, others })
}

/// A base proof is made ([Create Base Proof](https://www.w3.org/TR/vc-di-ecdsa/#create-base-proof-ecdsa-sd-2023)) over
/// all statements in one order, of which those that are not mandatory have signatures in that same order. So a statement
/// that the next signature does not hold for must be a mandatory one, and the issuer's signature decides whether all of
/// those are.
fn of_base(proof: &BaseProof, canonical: &str) -> Option<Statements> {
    let all = statements::renamed(canonical, |label| Some(multibase(&blank_node_name(&proof.hmac_key, label))))?;
    let most_mandatory = all.len().checked_sub(proof.signatures.len())?;
    let key = proof.public_key.public_key()?;
    let mut signatures = proof.signatures.iter().peekable();
    let (mut mandatory, mut others) = (Vec::with_capacity(most_mandatory), Vec::with_capacity(proof.signatures.len()));
    for statement in all {
        let holds = |signature: &&Signature| {
            key.verify(SignatureAlgorithm::Es256, statement.as_bytes(), signature.as_slice()).is_ok()
        };
        if signatures.next_if(holds).is_some() {
            others.push(statement);
        } else {
            mandatory.push(statement);
            (mandatory.len() <= most_mandatory).then_some(())?;
        }
    }
    Some(Statements { mandatory, others })
}

/// What the issuer's key signs: the hash of the proof's options, given as canonical N-Quads, the proof-scoped key, the
/// hash of the mandatory statements ([serializeSignData](https://www.w3.org/TR/vc-di-ecdsa/#serializesigndata)).
pub fn base_signing_input(options: &str, key: &ProofScopedKey, mandatory: &[String]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    mandatory.iter().for_each(|statement| hasher.update(statement));
    [&Sha256::digest(options)[..], &key.0, &hasher.finalize()].concat()
}

/// The name that a blank node is signed under
/// ([createHmacIdLabelMapFunction](https://www.w3.org/TR/vc-di-ecdsa/#createhmacidlabelmapfunction)).
fn blank_node_name(key: &[u8; 32], label: &str) -> BlankNodeName {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(label.as_bytes());
    mac.finalize().into_bytes().into()
}

fn multibase(name: &BlankNodeName) -> String {
    format!("u{}", URL_SAFE_NO_PAD.encode(name))
}
