//! Making proofs of ecdsa-sd-2023: what an issuer signs, and what a holder derives from it.

use std::collections::HashSet;

use attesta_jsonld::{Object, Options, Value};
use thiserror::Error;

use super::{BaseProof, DerivedProof, Disclosable, SelectError, SelectiveProof, SignatureBudget, Statements};

/// Why no proof could be derived.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeriveError {
    /// The document or its proof is no JSON object.
    #[error("not a JSON object")]
    NotAnObject,
    /// The proof is not an issuer's proof of ecdsa-sd-2023.
    #[error("not a base proof of ecdsa-sd-2023")]
    NotABaseProof,
    /// The statements can't be picked.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// The signatures are not those of the document's statements, or more than are checked, or the mandatory ones are
    /// not where the proof says.
    #[error("the base proof does not fit the document")]
    OtherStatements,
}

impl Disclosable<'_> {
    /// What an issuer signs, whose mandatory pointers these are
    /// ([Base Proof Transformation](https://www.w3.org/TR/vc-di-ecdsa/#base-proof-transformation-ecdsa-sd-2023)).
    ///
    /// # Errors
    /// [`SelectError`] when a pointer leads nowhere, or the blank nodes can't be told.
    pub fn to_sign(&self, mandatory_pointers: &[&str], hmac_key: &[u8; 32]) -> Result<Statements, SelectError> {
        let mandatory: HashSet<String> = self.selected(mandatory_pointers, hmac_key)?.into_iter().collect();
        let (mandatory, others) = self.statements(hmac_key).into_iter().partition(|line| mandatory.contains(line));
        Ok(Statements { mandatory, others })
    }
}

/// The document with what is mandatory and what the pointers select, and a proof for that
/// ([Add Derived Proof](https://www.w3.org/TR/vc-di-ecdsa/#add-derived-proof-ecdsa-sd-2023)), as JSON text. `proof` is
/// the base proof; `options` are those under which it holds.
///
/// # Errors
/// [`DeriveError`] when it can't be derived. Whether the issuer signed at all is not checked here.
pub fn derive(
    document: &Value<'_>,
    proof: &Value<'_>,
    selective_pointers: &[&str],
    options: &Options<'_>,
) -> Result<String, DeriveError> {
    let document = document.as_object().ok_or(DeriveError::NotAnObject)?;
    let proof = proof.as_object().ok_or(DeriveError::NotAnObject)?;
    let value = proof.get("proofValue").and_then(Value::as_str).ok_or(DeriveError::NotABaseProof)?;
    let Ok(SelectiveProof::Base(base)) = SelectiveProof::decode(value) else {
        return Err(DeriveError::NotABaseProof);
    };
    let disclosable = Disclosable::of(document, options)?;
    let (derived, shown) = disclose(&disclosable, &base, selective_pointers)?;
    let value = SelectiveProof::Derived(derived).encode();
    let proof = Value::Object(proof.with("proofValue", Value::String(value.into())));
    Ok(Value::Object(shown.with("proof", proof)).to_string())
}

/// [createDisclosureData](https://www.w3.org/TR/vc-di-ecdsa/#createdisclosuredata).
fn disclose<'d>(
    disclosable: &Disclosable<'d>,
    base: &BaseProof,
    selective_pointers: &[&str],
) -> Result<(DerivedProof, Object<'d>), DeriveError> {
    let mandatory_pointers: Vec<&str> = base.mandatory_pointers.iter().map(String::as_str).collect();
    let all = disclosable.to_sign(&mandatory_pointers, &base.hmac_key)?;
    // A proof derived from anything else would hold for nobody.
    let signed = SelectiveProof::Base(base.clone()).statements(disclosable.canonical(), &SignatureBudget::default());
    if signed.ok().flatten().as_ref() != Some(&all) {
        return Err(DeriveError::OtherStatements);
    }
    let combined = [mandatory_pointers.as_slice(), selective_pointers].concat();
    let part = disclosable.part(&combined, &base.hmac_key)?.ok_or(DeriveError::OtherStatements)?;
    let mandatory: HashSet<&String> = all.mandatory.iter().collect();
    let shown: HashSet<&String> = part.statements.iter().collect();
    let indexes = part.statements.iter().zip(0u64..).filter(|(statement, _)| mandatory.contains(statement));
    let signatures = all.others.iter().zip(&base.signatures).filter(|(statement, _)| shown.contains(statement));
    let derived = DerivedProof {
        base_signature: base.base_signature,
        public_key: base.public_key,
        mandatory_indexes: indexes.map(|(_, index)| index).collect(),
        signatures: signatures.map(|(_, signature)| *signature).collect(),
        labels: part.labels,
    };
    Ok((derived, part.document))
}
