//! Is it intact: does each signature hold over exactly what is shown?

pub(crate) mod graph;
pub(crate) mod key;

use attesta_jsonld::{Options, Value, escape_pointer_token};
use jiff::SignedDuration;

use crate::authorship::Secured;
use crate::check::conformance::outcome_of;
use crate::cryptosuite::{Cryptosuite, TransformError, canonical_forms, hash_data};
use crate::data_integrity::{ParsedProof, Proof};
use crate::did::shorten;
use crate::inquiry::{Inquiry, Pending};
use crate::plain_form;
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::{Outcome, SkipReason};

use graph::SignedGraph;
pub(crate) use key::{Signer, SignerPlace};

/// How far ahead an issuer's clock may be.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// What came of one proof.
pub(crate) struct ProofFinding {
    pub(crate) outcome: Outcome,
    /// Whose key it is, where the signature holds.
    pub(crate) signer: Option<Signer>,
}

/// Whether a proof's signature holds, and only its dates are against it.
pub(crate) fn is_about_time(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Fail(problem) => {
            matches!(problem.code, ProblemCode::ProofExpired | ProblemCode::ProofCreatedInFuture)
        }
        _ => false,
    }
}

/// Checks every proof, in their order.
pub(crate) fn check(
    inquiry: &mut Inquiry<'_>,
    secured: &Secured<'_>,
    parsed: Vec<ParsedProof<'_>>,
    mut graph: Option<&mut SignedGraph<'_>>,
) -> Result<Vec<ProofFinding>, Pending> {
    let any_supported = parsed.iter().any(|proof| matches!(proof, ParsedProof::Supported(_)));
    let mut pending = None;
    let mut findings = Vec::with_capacity(parsed.len());
    for proof in parsed {
        let without_signer = |outcome| ProofFinding { outcome, signer: None };
        let finding = match proof {
            ParsedProof::Decided(outcome) => without_signer(outcome),
            ParsedProof::Unsupported(_) if any_supported => {
                without_signer(Outcome::Skipped { because: SkipReason::UnsupportedProofBesideSupported })
            }
            ParsedProof::Unsupported(problem) => without_signer(Outcome::Inconclusive(problem)),
            ParsedProof::Supported(proof) => match one(inquiry, secured, &proof, graph.as_deref_mut()) {
                Ok(Ok((outcome, signer))) => ProofFinding { outcome, signer: Some(signer) },
                Ok(Err(outcome)) => without_signer(outcome),
                // The others are looked at all the same, so that everything needed is asked for at once.
                Err(Pending) => {
                    pending = Some(Pending);
                    continue;
                }
            },
        };
        findings.push(finding);
    }
    pending.map_or(Ok(findings), Err)
}

/// One proof: whose key, and does it hold. `Ok(Err(_))` is a proof that does not.
fn one(
    inquiry: &mut Inquiry<'_>,
    secured: &Secured<'_>,
    proof: &Proof<'_>,
    graph: Option<&mut SignedGraph<'_>>,
) -> Result<Result<(Outcome, Signer), Outcome>, Pending> {
    let key = match key::resolve(inquiry, proof)? {
        Ok(key) => key,
        Err(outcome) => return Ok(Err(outcome)),
    };
    let Some(algorithm) = proof.suite.algorithm(key.key.kind()).filter(|algorithm| key.allows(*algorithm)) else {
        let params = [("key_type", key.key.kind().as_str().to_owned())];
        let problem = Problem::new(ProblemCode::UnsupportedKeyType, params);
        return Ok(Err(Outcome::Inconclusive(problem.at(format!("{}/verificationMethod", proof.pointer)))));
    };
    let holds = |signed: &[u8; 64]| key.key.verify(algorithm, signed, &proof.signature).is_ok();
    let found = match (proof.suite, graph) {
        (Cryptosuite::EddsaRdfc2022 | Cryptosuite::Ed25519Signature2020, Some(graph)) => {
            let found = graph.find_edition(proof.object, holds);
            found.map(|contexts| contexts.map(|contexts| inquiry.note_contexts(contexts)).is_some())
        }
        (Cryptosuite::EddsaJcs2022, _) => signed_json(secured.root, proof).map(|signed| holds(&signed)),
        // A graph is made whenever a proof signs one; without it nothing holds.
        (_, None) => Ok(false),
    };
    let outcome = match found {
        Ok(true) => match key
            .spoiled(proof, inquiry.now)
            .or_else(|| misspelt(proof))
            .or_else(|| defined_since(secured.root, proof))
        {
            Some(outcome) => return Ok(Err(outcome)),
            None => dated(inquiry, proof),
        },
        Ok(false) => {
            let params = [("method", shorten(proof.method))];
            let problem = Problem::new(ProblemCode::SignatureMismatch, params);
            return Ok(Err(Outcome::Fail(problem.at(&proof.pointer))));
        }
        Err(error) => {
            let document = secured.root.as_object().unwrap_or(proof.object);
            return Ok(Err(outcome_of(&error, &proof.pointer, document)));
        }
    };
    Ok(Ok((outcome, key.signer)))
}

fn signed_json(root: &Value<'_>, proof: &Proof<'_>) -> Result<[u8; 64], TransformError> {
    let options = Value::Object(proof.object.clone());
    canonical_forms(root, &options, proof.suite, &Options::credential()).map(|forms| hash_data(&forms))
}

/// What it means that a proof over a graph has members that proofs don't have.
fn misspelt(proof: &Proof<'_>) -> Option<Outcome> {
    let member = plain_form::first_odd_member(proof.object).filter(|_| proof.suite.signs_graph())?;
    let pointer = format!("{}/{}", proof.pointer, escape_pointer_token(member));
    Some(Outcome::Inconclusive(Problem::new(ProblemCode::OwnVocabulary, []).at(pointer)))
}

/// What it means that terms were defined in the document after its JSON was signed: the suite leaves such contexts out
/// of what it signs, so anybody can have added them.
fn defined_since(root: &Value<'_>, proof: &Proof<'_>) -> Option<Outcome> {
    let signed = match proof.suite {
        Cryptosuite::EddsaJcs2022 => proof.object.get("@context")?.one_or_many().len(),
        Cryptosuite::EddsaRdfc2022 | Cryptosuite::Ed25519Signature2020 => return None,
    };
    let contexts = root.get("@context")?.one_or_many();
    let added = contexts.iter().skip(signed).position(|context| context.as_object().is_some())?;
    let pointer = format!("/@context/{}", signed + added);
    Some(Outcome::Inconclusive(Problem::new(ProblemCode::OwnVocabulary, []).at(pointer)))
}

/// The outcome of a proof whose signature holds, by its dates.
fn dated(inquiry: &Inquiry<'_>, proof: &Proof<'_>) -> Outcome {
    if let Some(expires) = proof.expires.filter(|expires| *expires < inquiry.now) {
        let problem = Problem::new(ProblemCode::ProofExpired, [("expires", expires.to_string())]);
        return Outcome::Fail(problem.at(format!("{}/expires", proof.pointer)));
    }
    let latest = inquiry.now.saturating_add(CLOCK_SKEW).unwrap_or(inquiry.now);
    if let Some(created) = proof.created.filter(|created| *created > latest) {
        let problem = Problem::new(ProblemCode::ProofCreatedInFuture, [("created", created.to_string())]);
        return Outcome::Fail(problem.at(format!("{}/created", proof.pointer)));
    }
    let mut fact = Fact::new(
        FactCode::SignatureHolds,
        [("suite", proof.suite.as_str().to_owned()), ("method", shorten(proof.method))],
    );
    if let Some(created) = proof.created {
        fact.params.insert("created".to_owned(), created.to_string());
    }
    Outcome::Pass(fact)
}
