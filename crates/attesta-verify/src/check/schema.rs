//! Does it keep to the schemas that it names? [VC JSON Schema](https://www.w3.org/TR/vc-json-schema/) and Open Badges
//! 3.0. A check of its own that never changes the verdict: a badge that strays from its schema is as genuine as one that
//! does not.

use attesta_credential::VerifiableCredential;
use attesta_jsonld::Value;

use crate::did::{askable_host, shorten};
use crate::inquiry::{Inquiry, Lookup, MOST_RESOURCES, Pending};
use crate::json_schema::{Effort, JsonSchema, Undecided, Violation};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::related::{Comparison, Digests, compare};
use crate::report::{Outcome, SkipReason};
use crate::resources::{Answer, FetchFailure, Resource, ResourceKind};

/// The types whose address leads to a JSON Schema.
const TYPES: [&str; 3] = ["1EdTechJsonSchemaValidator2019", "JsonSchema", "JsonSchemaValidator2018"];

/// One outcome per `credentialSchema` entry. Nothing is asked unless `asking` allows it.
pub(crate) fn check(
    inquiry: &mut Inquiry<'_>,
    credential: &VerifiableCredential,
    asking: Result<(), SkipReason>,
) -> Result<Vec<Outcome>, Pending> {
    let Some(named) = credential.root().get("credentialSchema") else { return Ok(Vec::new()) };
    let entries = named.one_or_many();
    if let Err(because) = asking {
        return Ok(entries.iter().map(|_| Outcome::Skipped { because }).collect());
    }
    // All are asked before any answer is waited for.
    let mut outcomes = Vec::with_capacity(entries.len());
    let mut pending = None;
    for (index, entry) in entries.iter().enumerate() {
        let pointer = match named {
            Value::Array(_) => format!("/credentialSchema/{index}"),
            _ => "/credentialSchema".to_owned(),
        };
        match hold_against(inquiry, credential, entry, &pointer) {
            Ok(outcome) => outcomes.push(outcome),
            Err(Pending) => pending = Some(Pending),
        }
    }
    pending.map_or(Ok(outcomes), Err)
}

fn hold_against(
    inquiry: &mut Inquiry<'_>,
    credential: &VerifiableCredential,
    entry: &Value<'_>,
    pointer: &str,
) -> Result<Outcome, Pending> {
    let open = |problem: Problem| Ok(Outcome::Inconclusive(problem.at(pointer)));
    let types: Vec<&str> =
        entry.get("type").map(Value::one_or_many).unwrap_or_default().iter().filter_map(Value::as_str).collect();
    if !types.iter().any(|name| TYPES.contains(name)) {
        let name = types.first().copied().unwrap_or_default();
        return open(Problem::new(ProblemCode::UnsupportedSchema, [("type", shorten(name))]));
    }
    let url = entry.get("id").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let Some(host) = askable_host(url, inquiry.policy.loopback) else {
        let (host, failure) = FetchFailure::of_unaskable(url, inquiry.now);
        return open(unreachable(host, &failure));
    };
    let resource = match inquiry.ask(url, ResourceKind::JsonSchema) {
        Lookup::Pending => return Err(Pending),
        Lookup::OverLimit => {
            return open(Problem::new(ProblemCode::TooManyResources, [("limit", MOST_RESOURCES.to_string())]));
        }
        Lookup::Answered(Answer::Failed(failure)) => return open(unreachable(host, failure)),
        // A published schema hardly ever changes, so that an older copy tells as much.
        Lookup::Answered(Answer::Fresh(resource) | Answer::Cached(resource) | Answer::Stale { resource, .. }) => {
            resource
        }
    };
    match Digests::of(entry).map(|digests| compare(&resource.bytes, &digests)) {
        Some(Comparison::Mismatch) => {
            let problem = Problem::new(ProblemCode::DigestMismatch, [("host", host)]);
            return Ok(Outcome::Fail(problem.at(pointer)));
        }
        Some(Comparison::Unsupported) => return open(Problem::new(ProblemCode::UnsupportedDigest, [("host", host)])),
        Some(Comparison::Match) | None => {}
    }
    let judged = inquiry.schema_effort.lend(|effort| judge(resource, url, credential, effort));
    Ok(match judged {
        Ok(Ok(())) => Outcome::Pass(Fact::new(FactCode::SchemaHolds, [("host", host)])),
        Ok(Err(violation)) => {
            let params =
                [("host", host), ("expected", shorten(&violation.expected)), ("count", violation.count.to_string())];
            Outcome::Fail(Problem::new(ProblemCode::SchemaViolated, params).at(violation.pointer))
        }
        Err(undecided) => Outcome::Inconclusive(describe(undecided, host).at(pointer)),
    })
}

fn judge(
    resource: &Resource,
    url: &str,
    credential: &VerifiableCredential,
    effort: &mut Effort,
) -> Result<Result<(), Violation>, Undecided> {
    JsonSchema::read(resource.bytes.clone(), url)?.judge(credential.root(), effort)
}

fn describe(undecided: Undecided, host: String) -> Problem {
    let host = ("host", host);
    match undecided {
        Undecided::Malformed => Problem::new(ProblemCode::SchemaMalformed, [host]),
        Undecided::Unsupported { feature } => {
            Problem::new(ProblemCode::SchemaFeatureUnsupported, [host, ("feature", shorten(&feature))])
        }
        Undecided::RefersElsewhere { address } => {
            Problem::new(ProblemCode::SchemaRefersElsewhere, [host, ("address", shorten(&address))])
        }
        Undecided::TooCostly => Problem::new(ProblemCode::SchemaTooCostly, [host]),
    }
}

fn unreachable(host: String, failure: &FetchFailure) -> Problem {
    let mut problem = Problem::new(ProblemCode::SchemaUnreachable, [("host", host)]);
    failure.describe(&mut problem.params);
    problem
}
