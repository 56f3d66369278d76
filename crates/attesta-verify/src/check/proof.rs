//! Is it intact: does each signature hold over exactly what is shown?

mod chain;
pub(crate) mod graph;
pub(crate) mod key;

use attesta_jsonld::{Options, Value, escape_pointer_token};
use jiff::SignedDuration;

use crate::authorship::Secured;
use crate::check::conformance::outcome_of;
use crate::cryptosuite::selective::Disclosure;
use crate::cryptosuite::{TransformError, canonical_forms_of, hash_beside, hash_data};
use crate::data_integrity::{ParsedProof, Proof, ProofValue, secured_content};
use crate::did::shorten;
use crate::inquiry::{Inquiry, Pending};
use crate::plain_form;
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::public_key::{PublicKey, SignatureAlgorithm};
use crate::report::{Outcome, SkipReason};

use chain::ProofChain;
use graph::{Candidate, SignedGraph};
pub(crate) use key::{Signer, SignerPlace};

/// How far ahead an issuer's clock may be.
pub(crate) const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

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
    let chain = ProofChain::of(&secured.proofs, &parsed);
    let mut pending = None;
    let mut findings = Vec::with_capacity(parsed.len());
    for (position, proof) in parsed.iter().enumerate() {
        let without_signer = |outcome| ProofFinding { outcome, signer: None };
        let finding = match proof {
            ParsedProof::Decided(outcome) => without_signer(outcome.clone()),
            ParsedProof::Unsupported(_) if any_supported => {
                without_signer(Outcome::Skipped { because: SkipReason::UnsupportedProofBesideSupported })
            }
            ParsedProof::Unsupported(problem) => without_signer(Outcome::Inconclusive(problem.clone())),
            ParsedProof::Supported(proof) => match chain.fault(position, proof, &secured.proofs, &parsed) {
                Some(outcome) => without_signer(outcome),
                None => match one(inquiry, secured, proof, graph.as_deref_mut()) {
                    Ok(Ok((outcome, signer))) => ProofFinding { outcome, signer: Some(signer) },
                    Ok(Err(outcome)) => without_signer(outcome),
                    // The others are looked at all the same, so that everything needed is asked for at once.
                    Err(Pending) => {
                        pending = Some(Pending);
                        continue;
                    }
                },
            },
        };
        findings.push(finding);
    }
    if let Some(pending) = pending {
        return Err(pending);
    }
    chain.settle(&secured.proofs, &mut findings);
    Ok(findings)
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
    let found = match (proof.suite.signs_graph(), graph) {
        (true, Some(graph)) => signed_graph(inquiry, secured.root, proof, &key.key, algorithm, graph),
        (false, _) => signed_json(secured.root, proof, &key.key, algorithm).map(Signed::or_not),
        // A graph is made whenever a proof signs one; without it nothing holds.
        (true, None) => Ok(Signed::Not),
    };
    let outcome = match found {
        Ok(Signed::Wholly) => match key
            .spoiled(proof, inquiry.now)
            .or_else(|| misspelt(proof))
            .or_else(|| defined_since(secured.root, proof))
        {
            Some(outcome) => return Ok(Err(outcome)),
            None => dated(inquiry, proof),
        },
        Ok(Signed::InOwnWords(pointer)) => {
            let problem = Problem::new(ProblemCode::OwnVocabulary, []);
            return Ok(Err(Outcome::Inconclusive(problem.at(pointer))));
        }
        Ok(Signed::Not) => {
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

/// Whether a proof's signature covers what is shown.
enum Signed {
    Wholly,
    /// It holds, but what the proof follows defines its own terms, at this pointer.
    InOwnWords(String),
    Not,
}

impl Signed {
    fn or_not(holds: bool) -> Self {
        if holds { Signed::Wholly } else { Signed::Not }
    }
}

/// A signature over the graph, under one of the editions of its contexts.
fn signed_graph<'d>(
    inquiry: &mut Inquiry<'_>,
    root: &'d Value<'d>,
    proof: &Proof<'_>,
    key: &PublicKey,
    algorithm: SignatureAlgorithm,
    graph: &mut SignedGraph<'_>,
) -> Result<Signed, TransformError> {
    let budget = &inquiry.signatures;
    let holds = |candidate: &Candidate<'_>| match &proof.value {
        ProofValue::Signature(signature) => Ok(key.verify(algorithm, &candidate.hash_data()?, signature).is_ok()),
        ProofValue::Detached(jws) => {
            let signed = jws.signing_input(&candidate.hash_data()?);
            Ok(key.verify(algorithm, &signed, &jws.signature).is_ok())
        }
        ProofValue::Selective(value) => Ok(value.holds(key, candidate.statements(), &candidate.options, budget)?),
    };
    let hash = hash_beside(algorithm);
    if proof.previous.is_empty() {
        let Some(edition) = graph.find_edition(proof.object, hash, holds)? else { return Ok(Signed::Not) };
        inquiry.note_contexts(graph.contexts(edition));
        return Ok(Signed::Wholly);
    }
    let mut with_previous = SignedGraph::of_content(secured_content(root, proof.object)?);
    let Some(edition) = with_previous.find_edition(proof.object, hash, holds)? else { return Ok(Signed::Not) };
    graph.hold(edition);
    inquiry.note_contexts(with_previous.contexts(edition));
    Ok(with_previous.departure().map_or(Signed::Wholly, |pointer| Signed::InOwnWords(pointer.to_owned())))
}

fn signed_json(
    root: &Value<'_>,
    proof: &Proof<'_>,
    key: &PublicKey,
    algorithm: SignatureAlgorithm,
) -> Result<bool, TransformError> {
    let ProofValue::Signature(signature) = &proof.value else { return Ok(false) };
    let options = Options::credential();
    let forms = canonical_forms_of(root, proof.object, proof.suite, hash_beside(algorithm), &options)?;
    Ok(key.verify(algorithm, &hash_data(&forms), signature).is_ok())
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
    if proof.suite.signs_graph() {
        return None;
    }
    let signed = proof.object.get("@context")?.one_or_many().len();
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
    let code = match &proof.value {
        ProofValue::Signature(_) | ProofValue::Detached(_) => FactCode::SignatureHolds,
        ProofValue::Selective(value) => match value.disclosure() {
            Disclosure::Whole => FactCode::BaseSignatureHolds,
            Disclosure::Selected => FactCode::SelectionSignatureHolds,
        },
    };
    let mut fact = Fact::new(code, [("suite", proof.suite.as_str().to_owned()), ("method", shorten(proof.method))]);
    if let Some(created) = proof.created {
        fact.params.insert("created".to_owned(), created.to_string());
    }
    Outcome::Pass(fact)
}
