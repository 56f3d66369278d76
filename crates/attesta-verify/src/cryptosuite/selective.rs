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

use std::cell::Cell;
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use thiserror::Error;

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
    ///
    /// # Errors
    /// [`BudgetSpent`] when telling them apart takes more signature checks than are left.
    pub fn statements(&self, canonical: &str, budget: &SignatureBudget) -> Result<Option<Statements>, BudgetSpent> {
        match self {
            SelectiveProof::Base(proof) => of_base(proof, canonical, budget),
            SelectiveProof::Derived(proof) => Ok(of_derived(proof, canonical)),
        }
    }

    /// Whether every statement is signed: the mandatory ones, the proof's options and the proof-scoped key by the
    /// issuer's key, all others by the proof-scoped one
    /// ([Verify Derived Proof](https://www.w3.org/TR/vc-di-ecdsa/#verify-derived-proof-ecdsa-sd-2023)). `canonical` is
    /// the document's canonical N-Quads without its proofs, `options` that of the proof's options.
    ///
    /// # Errors
    /// [`BudgetSpent`] when that takes more signature checks than are left.
    pub fn holds(
        &self,
        issuer: &PublicKey,
        canonical: &str,
        options: &str,
        budget: &SignatureBudget,
    ) -> Result<bool, BudgetSpent> {
        let Some(statements) = self.statements(canonical, budget)? else { return Ok(false) };
        let (key, base_signature, signatures) = match self {
            SelectiveProof::Base(proof) => (&proof.public_key, &proof.base_signature, &proof.signatures),
            SelectiveProof::Derived(proof) => (&proof.public_key, &proof.base_signature, &proof.signatures),
        };
        let Some(scoped) = key.public_key() else { return Ok(false) };
        let signed = base_signing_input(options, key, &statements.mandatory);
        if issuer.verify(SignatureAlgorithm::Es256, &signed, base_signature).is_err() {
            return Ok(false);
        }
        // Those of a base proof were checked when its statements were told apart.
        if let SelectiveProof::Derived(_) = self {
            for (statement, signature) in statements.others.iter().zip(signatures) {
                budget.spend()?;
                if scoped.verify(SignatureAlgorithm::Es256, statement.as_bytes(), signature).is_err() {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

/// How many signatures over single statements may still be checked. Whoever signs with a key of their own can make all
/// of them hold, or make a verifier look for the statement that each belongs to.
#[derive(Debug)]
pub struct SignatureBudget(Cell<u32>);

/// More signatures over single statements would have to be checked than one verification may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("more than {} signatures over single statements", SignatureBudget::MOST)]
pub struct BudgetSpent;

impl SignatureBudget {
    /// The most in one verification: some forty times an ordinary badge, done within a second.
    pub const MOST: u32 = 5_000;

    fn spend(&self) -> Result<(), BudgetSpent> {
        self.0.set(self.0.get().checked_sub(1).ok_or(BudgetSpent)?);
        Ok(())
    }
}

impl Default for SignatureBudget {
    fn default() -> Self {
        SignatureBudget(Cell::new(SignatureBudget::MOST))
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
fn of_base(proof: &BaseProof, canonical: &str, budget: &SignatureBudget) -> Result<Option<Statements>, BudgetSpent> {
    let renamed = statements::renamed(canonical, |label| Some(multibase(&blank_node_name(&proof.hmac_key, label))));
    let (Some(all), Some(key)) = (renamed, proof.public_key.public_key()) else { return Ok(None) };
    let Some(most_mandatory) = all.len().checked_sub(proof.signatures.len()) else { return Ok(None) };
    let mut signatures = proof.signatures.iter().peekable();
    let (mut mandatory, mut others) = (Vec::with_capacity(most_mandatory), Vec::with_capacity(proof.signatures.len()));
    for statement in all {
        let next_holds = match signatures.peek() {
            Some(signature) => {
                budget.spend()?;
                key.verify(SignatureAlgorithm::Es256, statement.as_bytes(), signature.as_slice()).is_ok()
            }
            None => false,
        };
        if next_holds {
            signatures.next();
            others.push(statement);
        } else if mandatory.len() < most_mandatory {
            mandatory.push(statement);
        } else {
            return Ok(None);
        }
    }
    Ok(Some(Statements { mandatory, others }))
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
