//! Who presents: the proof of a holder's key that an exchange asks for, checked strictly.

use attesta_credential::VerifiablePresentation;
use attesta_verify::{CheckKind, Outcome, Policy, PresentationTurn, Resources, verify_presentation};
use jiff::Timestamp;
use serde_json::Value;

/// What a presentation must state to answer an exchange.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected<'e> {
    pub(crate) challenge: &'e str,
    pub(crate) domain: Option<&'e str>,
    /// `type` and `cryptosuite` of the proofs that are taken.
    pub(crate) suites: &'e [&'e str],
}

/// The challenge that a presentation answers, not checked yet.
pub(crate) fn challenge_of(presentation: &Value) -> Option<&str> {
    proofs(presentation).find_map(|proof| proof["challenge"].as_str())
}

/// The holder's DID, if the presentation is the holder's own and answers what was asked; else what is wrong with it.
pub(crate) fn holder_of(presentation: &Value, expected: Expected<'_>, now: Timestamp) -> Result<String, &'static str> {
    let read = VerifiablePresentation::from_json(presentation.to_string().into_bytes())
        .map_err(|_| "this is no verifiable presentation")?;
    // A did:key needs nothing fetched, and no other holder is known here.
    let PresentationTurn::Done(report) = verify_presentation(&read, &Resources::default(), &Policy::default(), now)
    else {
        return Err("the holder's key is not a did:key");
    };
    let holds = |kind: &CheckKind| {
        let mut of_kind = report.checks.iter().filter(|check| check.kind == *kind).peekable();
        of_kind.peek().is_some() && of_kind.all(|check| matches!(check.outcome, Outcome::Pass(_)))
    };
    if ![CheckKind::Conformance, CheckKind::Proof, CheckKind::Issuer].iter().all(holds) {
        return Err("the presentation's proof does not hold");
    }
    let holder = match &presentation["holder"] {
        Value::String(holder) => holder,
        Value::Object(holder) => holder.get("id").and_then(Value::as_str).ok_or("the holder has no identifier")?,
        _ => return Err("the presentation has no holder"),
    };
    let answers = |proof: &Value| {
        let suite = proof["cryptosuite"].as_str().or(proof["type"].as_str()).unwrap_or_default();
        let method = proof["verificationMethod"].as_str().unwrap_or_default();
        proof["proofPurpose"] == "authentication"
            && proof["challenge"] == expected.challenge
            && expected.domain.is_none_or(|domain| proof["domain"] == domain)
            && expected.suites.contains(&suite)
            && method.split('#').next() == Some(holder)
    };
    match proofs(presentation).any(answers) {
        true => Ok(holder.to_owned()),
        false => Err("no proof answers this challenge for this domain"),
    }
}

fn proofs(presentation: &Value) -> impl Iterator<Item = &Value> {
    let one = presentation.get("proof").filter(|proof| proof.is_object());
    presentation.get("proof").and_then(Value::as_array).into_iter().flatten().chain(one)
}
