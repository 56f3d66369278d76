//! Does it have the form that its data model demands, and does the signature cover all that it says?

use attesta_credential::{Nonconformity, NonconformityKind};
use attesta_jsonld::{CanonicalizeError, JsonLdError, JsonLdErrorCode, Object};

use crate::authorship::Secured;
use crate::check::proof::graph::SignedGraph;
use crate::cryptosuite::TransformError;
use crate::cryptosuite::selective::SignatureBudget;
use crate::data_integrity::ParsedProof;
use crate::did::shorten;
use crate::plain_form;
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::Outcome;

/// The form of a secured document.
pub(crate) struct Form<'d> {
    outcome: Outcome,
    /// Its graph, where a proof signs one.
    pub(crate) graph: Option<SignedGraph<'d>>,
    read: Read,
}

/// Whether there is something sound that a proof could be checked against.
#[derive(PartialEq, Eq)]
enum Read {
    Whole,
    Not,
}

impl Form<'_> {
    /// Whether checking proofs makes no sense.
    pub(crate) fn stops(&self) -> bool {
        self.read == Read::Not
    }

    /// The outcome; to be taken after the proofs are checked, since they tell which edition of its contexts was signed.
    pub(crate) fn outcome(&self) -> Outcome {
        match self.graph.as_ref().and_then(SignedGraph::departure) {
            Some(pointer) if matches!(self.outcome, Outcome::Pass(_)) => own_vocabulary(pointer.to_owned()),
            _ => self.outcome.clone(),
        }
    }
}

/// Checks the data model's rules, and for proofs that sign a graph, that the graph holds all that the JSON says.
pub(crate) fn check<'d>(secured: &Secured<'d>, proofs: &[ParsedProof<'d>]) -> Form<'d> {
    let stop = |outcome| Form { outcome, graph: None, read: Read::Not };
    if let Some(first) = secured.nonconformities.first() {
        return stop(Outcome::Fail(problem_of(first)));
    }
    let conforms = Outcome::Pass(Fact::new(FactCode::Conforms, []));
    let signs_graph = |proof: &ParsedProof<'_>| matches!(proof, ParsedProof::Supported(p) if p.suite.signs_graph());
    let document = match secured.root.as_object() {
        Some(document) if proofs.iter().any(signs_graph) => document,
        _ => return Form { outcome: conforms, graph: None, read: Read::Whole },
    };
    let mut graph = SignedGraph::of(secured.root);
    if let Err(error) = graph.find_readable() {
        return stop(outcome_of(error, "", document));
    }
    let outcome = plain_form::first_departure(document).map_or(conforms, own_vocabulary);
    Form { outcome, graph: Some(graph), read: Read::Whole }
}

fn own_vocabulary(pointer: String) -> Outcome {
    Outcome::Inconclusive(Problem::new(ProblemCode::OwnVocabulary, []).at(pointer))
}

pub(crate) fn problem_of(found: &Nonconformity) -> Problem {
    let member = ("member", found.member.clone());
    let problem = match &found.kind {
        NonconformityKind::Missing => Problem::new(ProblemCode::MissingMember, [member]),
        NonconformityKind::Malformed => Problem::new(ProblemCode::MalformedMember, [member]),
        NonconformityKind::WrongBaseContext { context } => {
            Problem::new(ProblemCode::WrongBaseContext, [("context", shorten(context))])
        }
        NonconformityKind::PeriodReversed { from, until } => {
            Problem::new(ProblemCode::PeriodReversed, [("from", shorten(from)), ("until", shorten(until))])
        }
    };
    problem.at(found.pointer.clone())
}

/// What it means that a document or a proof's options have no canonical form. `at` is where the value stands.
pub(crate) fn outcome_of(error: &TransformError, at: &str, document: &Object<'_>) -> Outcome {
    match error {
        TransformError::JsonLd(error) => json_ld(error, at, document),
        TransformError::Canonicalize(CanonicalizeError::NotRdf { .. }) => {
            Outcome::Fail(Problem::new(ProblemCode::LinkedDataError, [("error", error.to_string())]))
        }
        TransformError::Canonicalize(_) => Outcome::Fail(Problem::new(ProblemCode::CanonicalizationLimit, [])),
        TransformError::NumberNotExact { pointer, written } => {
            let problem = Problem::new(ProblemCode::NumberNotExact, [("value", written.clone())]);
            Outcome::Inconclusive(problem.at(pointer.clone()))
        }
        TransformError::ContextMismatch => {
            let problem = Problem::new(ProblemCode::MalformedProof, [("member", "@context".to_owned())]);
            Outcome::Fail(problem.at(format!("{at}/@context")))
        }
        TransformError::PreviousProofMissing { previous } => {
            let problem = Problem::new(ProblemCode::PreviousProofMissing, [("previous", previous.clone())]);
            Outcome::Fail(problem.at(format!("{at}/previousProof")))
        }
        TransformError::TooManySignatures(_) => {
            let params = [("limit", SignatureBudget::MOST.to_string())];
            Outcome::Inconclusive(Problem::new(ProblemCode::TooManySignatures, params).at(at))
        }
        TransformError::PreviousProofMalformed | TransformError::SignedByStatement => {
            let problem = Problem::new(ProblemCode::MalformedProof, [("member", "previousProof".to_owned())]);
            Outcome::Fail(problem.at(format!("{at}/previousProof")))
        }
        TransformError::NotAnObject => {
            Outcome::Fail(Problem::new(ProblemCode::LinkedDataError, [("error", error.to_string())]).at(at))
        }
    }
}

fn json_ld(error: &JsonLdError, at: &str, document: &Object<'_>) -> Outcome {
    use JsonLdErrorCode as Code;
    let pointer = format!("{at}{}", error.pointer);
    let detail = error.detail.clone();
    let problem = |code, name: &str| Problem::new(code, [(name, detail.clone())]).at(pointer.clone());
    match error.code {
        Code::LoadingRemoteContextFailed => Outcome::Inconclusive(problem(ProblemCode::UnknownContext, "context")),
        Code::UnreliableNumber => Outcome::Inconclusive(problem(ProblemCode::NumberNotExact, "value")),
        // An alias of `@index` that the document itself defines: its vocabulary is its own.
        Code::UnsignedIndex if plain_form::has_inline_context(document) => own_vocabulary(pointer),
        Code::UndefinedTerm
        | Code::ReservedTerm
        | Code::RelativeProperty
        | Code::UnsignedIndex
        | Code::DroppedValue
        | Code::DroppedDirection => Outcome::Fail(problem(ProblemCode::UndefinedTerm, "term")),
        Code::RelativeType | Code::RelativeId => Outcome::Fail(problem(ProblemCode::RelativeIdentifier, "value")),
        Code::TooMuchWork | Code::ContextOverflow => {
            Outcome::Fail(Problem::new(ProblemCode::CanonicalizationLimit, []).at(pointer))
        }
        other => {
            let problem = Problem::new(ProblemCode::LinkedDataError, [("error", other.to_string())]);
            Outcome::Fail(problem.at(pointer))
        }
    }
}
