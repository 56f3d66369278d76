//! The JSON of checks, reports and credentials: a contract with scripts, every key always there.

use attesta_view::{CheckView, CredentialView, NestedView, PresentationView, PresentedCredentialView, ReportView};
use attesta_wallet::Examined;
use attesta_wallet::view::{CredentialDetailView, CredentialListView, ErrorView};
use attesta_wallet::words::Words;
use serde_json::{Value, json};

use crate::outcome::error_json;

/// One result of `verify`.
pub(crate) fn result(source: &str, examined: &Examined, words: &Words) -> Value {
    let mut result = checked(
        source,
        &examined.verdict,
        examined.credential.as_ref(),
        examined.report.as_ref(),
        examined.error.as_ref(),
        words,
    );
    result["nested"] = nested(&examined.nested, words);
    result
}

/// The credentials inside one, each with its own checks and those inside it in turn.
fn nested(inside: &[NestedView], words: &Words) -> Value {
    let one = |one: &NestedView| {
        json!({
            "path": one.path,
            "role": one.role,
            "verdict": one.report.verdict,
            "checks": checks(&one.report, words),
            "credential": one.credential.as_ref().map(credential_json),
            "checked_at": one.report.checked_at,
            "resources": resources(&one.report),
            "nested": nested(&one.nested, words),
        })
    };
    inside.iter().map(one).collect()
}

/// One result of `open`, of the same form as one of `verify`.
pub(crate) fn presented(source: &str, presented: &PresentedCredentialView, words: &Words) -> Value {
    let params = || presented.error_params.clone();
    let error = presented.error.as_ref().map(|code| ErrorView { code: code.clone(), params: params() });
    let (credential, report) = (presented.credential.as_ref(), presented.report.as_ref());
    let mut result = checked(source, &presented.verdict, credential, report, error.as_ref(), words);
    result["nested"] = nested(&presented.nested, words);
    result["note"] = json!(presented.note);
    result
}

/// The presentation itself: what its holder says and how the holder's signature stands.
pub(crate) fn presentation(view: &PresentationView, words: &Words) -> Value {
    json!({
        "holder": view.holder,
        "title": view.title,
        "note": view.note,
        "audience": view.audience,
        "hidden_parts": view.hidden_parts,
        "earner": view.earner,
        "created": view.created,
        "valid_until": view.valid_until,
        "verdict": view.report.verdict,
        "report": {
            "verdict": view.report.verdict,
            "checks": checks(&view.report, words),
            "checked_at": view.report.checked_at,
            "resources": resources(&view.report),
        },
    })
}

fn checked(
    source: &str,
    verdict: &str,
    credential: Option<&CredentialView>,
    report: Option<&ReportView>,
    error: Option<&ErrorView>,
    words: &Words,
) -> Value {
    json!({
        "source": source,
        "verdict": verdict,
        "checks": report.map(|report| checks(report, words)).unwrap_or_default(),
        "credential": credential.map(credential_json),
        "checked_at": report.map(|report| &report.checked_at),
        "resources": report.map(resources).unwrap_or_default(),
        "nested": [],
        "error": error.map(|error| error_json(error, words)),
    })
}

fn checks(report: &ReportView, words: &Words) -> Vec<Value> {
    report.checks.iter().map(|check| check_json(check, words)).collect()
}

fn check_json(check: &CheckView, words: &Words) -> Value {
    json!({
        "check": check.check,
        "outcome": check.outcome.as_str(),
        "code": check.code,
        "message": words.check(check),
        "detail": { "params": check.params, "pointer": check.pointer, "purpose": check.purpose },
    })
}

fn resources(report: &ReportView) -> Vec<Value> {
    let used = report.resources.iter();
    used.map(
        |used| json!({ "url": used.url, "from": used.from, "fetched_at": used.fetched_at, "failure": used.failure }),
    )
    .collect()
}

fn credential_json(credential: &CredentialView) -> Value {
    json!({
        "id": credential.id,
        "name": credential.title.text,
        "issuer": { "id": credential.issuer.id, "name": credential.issuer.name.as_ref().map(|name| &name.text) },
        "subject": credential.subject,
        "valid_from": credential.valid_from,
        "valid_until": credential.valid_until,
        "container": credential.container,
        "data_model": credential.data_model,
        "securing": credential.securing.join(", "),
    })
}

/// A row of the list, with its title as plain text under `name` too.
pub(crate) fn row(row: &CredentialListView) -> Value {
    let mut value = json!(row);
    value["name"] = json!(row.title.text);
    value
}

/// The full view of one record, with `name` and `verdict` of its last report at the top too.
pub(crate) fn detail(detail: &CredentialDetailView) -> Value {
    let mut value = json!(detail);
    value["name"] = json!(detail.credential.title.text);
    value["verdict"] = json!(detail.report.verdict);
    value
}
