//! The four plain questions, answered from a report's checks.
//!
//! A line never says yes where the verdict does not rest on it: what an unproven credential says of its own
//! dates and its subject is no answer.

use attesta_verify::{Check, CheckKind, FactCode, Outcome, Params, ProblemCode, VerificationReport};

use crate::report::{Line, LineState, LineView, check_code, outcome_params};

/// Intact, signer, current, about; always four, in this order.
pub(crate) fn lines(report: &VerificationReport) -> Vec<LineView> {
    let intact = intact(report);
    let signer = signer(report);
    let proven = match (intact.state, signer.state) {
        (LineState::Yes, LineState::Yes) => None,
        (LineState::No, _) | (_, LineState::No) => Some("skipped.proof_failed"),
        _ => Some("skipped.proof_not_established"),
    };
    let current = unless(proven, current(report));
    let about = unless(proven, about(report));
    vec![intact, signer, current, about]
}

/// A yes counts only where the credential is proven.
fn unless(unproven: Option<&str>, line: LineView) -> LineView {
    match (unproven, line.state) {
        (Some(code), LineState::Yes) => {
            LineView { state: LineState::Unknown, code: code.to_owned(), params: Default::default(), ..line }
        }
        _ => line,
    }
}

/// The worst that conformance and the proofs say of the content itself.
fn intact(report: &VerificationReport) -> LineView {
    let about_content = [CheckKind::Conformance, CheckKind::Proof];
    let checks = report.checks.iter().filter(|check| about_content.contains(&check.kind));
    let rank = |kind: &CheckKind, outcome: &Outcome| match outcome {
        // What is wrong with the key is the signer's line; here it means only that nothing could be compared.
        Outcome::Fail(problem) if is_of_key(problem.code) || is_of_time(problem.code) => (LineState::Unknown, 2),
        Outcome::Fail(_) => (LineState::No, 3),
        Outcome::Inconclusive(_) => (LineState::Unknown, 2),
        Outcome::Pass(_) if *kind == CheckKind::Proof => (LineState::Yes, 1),
        Outcome::Pass(_) => (LineState::Unknown, 0),
        Outcome::Absent | Outcome::Skipped { .. } if *kind == CheckKind::Conformance => (LineState::Unknown, 2),
        Outcome::Absent | Outcome::Skipped { .. } => (LineState::Unknown, 0),
    };
    let mut decided: Option<(LineState, u8, &CheckKind, &Outcome)> = None;
    for check in checks {
        let (state, weight) = rank(&check.kind, &check.outcome);
        // Of equals the first decides; where nothing is decided, the proof speaks rather than the form.
        if decided.is_none_or(|(_, known, _, _)| weight > known || known == 0) {
            decided = Some((state, weight, &check.kind, &check.outcome));
        }
    }
    match decided {
        Some((state, _, kind, outcome)) => line(Line::Intact, state, kind, outcome),
        None => missing(Line::Intact, "absent.proof"),
    }
}

/// Whether the key belongs to the issuer; a key that could not be had or may not sign is answered here too.
fn signer(report: &VerificationReport) -> LineView {
    let proofs = || report.checks.iter().filter(|check| check.kind == CheckKind::Proof);
    let key_trouble = proofs().find(|check| match &check.outcome {
        Outcome::Fail(problem) | Outcome::Inconclusive(problem) => is_of_key(problem.code),
        _ => false,
    });
    if let Some(check) = key_trouble {
        let state = match check.outcome {
            Outcome::Fail(_) => LineState::No,
            _ => LineState::Unknown,
        };
        return line(Line::Signer, state, &check.kind, &check.outcome);
    }
    let Some(check) = report.checks.iter().find(|check| check.kind == CheckKind::Issuer) else {
        return missing(Line::Signer, "absent.issuer");
    };
    let mut answer = line(Line::Signer, plain_state(&check.outcome), &check.kind, &check.outcome);
    if answer.state == LineState::Yes {
        let signature = proofs().find_map(|check| match &check.outcome {
            Outcome::Pass(fact) => Some(&fact.params),
            _ => None,
        });
        for (name, value) in signature.into_iter().flatten() {
            answer.params.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
    answer
}

/// Within its dates and not withdrawn. Withdrawn comes before out of date, and both before what could not be asked.
fn current(report: &VerificationReport) -> LineView {
    let of_status = |kind: &CheckKind| matches!(kind, CheckKind::Status { .. });
    let decides = |check: &&Check| match &check.outcome {
        // A proof's own dates count like the credential's.
        Outcome::Fail(problem) if check.kind == CheckKind::Proof => is_of_time(problem.code),
        _ => of_status(&check.kind) || check.kind == CheckKind::Validity,
    };
    let weight = |check: &Check| match &check.outcome {
        Outcome::Fail(problem) if problem.code == ProblemCode::Suspended => (LineState::Care, 4),
        Outcome::Fail(problem) if is_of_time(problem.code) => (LineState::Care, 3),
        Outcome::Fail(_) => (LineState::No, 5),
        Outcome::Inconclusive(_) | Outcome::Skipped { .. } => (LineState::Unknown, 2),
        Outcome::Absent if !of_status(&check.kind) => (LineState::Unknown, 2),
        Outcome::Pass(_) | Outcome::Absent => (LineState::Yes, 1),
    };
    let mut worst: Option<(LineState, u8, &Check)> = None;
    for check in report.checks.iter().filter(decides) {
        let (state, heavy) = weight(check);
        if worst.is_none_or(|(_, known, _)| heavy > known) {
            worst = Some((state, heavy, check));
        }
    }
    let asked = |kind: fn(&CheckKind) -> bool| report.outcomes(kind).next().is_some();
    match worst {
        Some((LineState::Yes, _, _)) => {
            if !asked(|kind| *kind == CheckKind::Validity) {
                return missing(Line::Current, "absent.validity");
            }
            if !asked(|kind| matches!(kind, CheckKind::Status { .. })) {
                return missing(Line::Current, "skipped.proof_not_established");
            }
            still_good(report)
        }
        Some((state, _, check)) => {
            let mut answer = line(Line::Current, state, &check.kind, &check.outcome);
            if answer.code == ProblemCode::StatusUnreachable.as_str() && answer.params.contains_key("last_known") {
                answer.code = "status_last_known".to_owned();
            } else if answer.code == ProblemCode::Revoked.as_str() && answer.params.contains_key("reason") {
                answer.code = "revoked_because".to_owned();
            }
            answer
        }
        None => missing(Line::Current, "absent.validity"),
    }
}

/// Every date and status is fine; `as_of` is the oldest answer that this rests on.
fn still_good(report: &VerificationReport) -> LineView {
    let mut params: Params = report
        .outcomes(|kind| *kind == CheckKind::Validity)
        .filter_map(|outcome| match outcome {
            Outcome::Pass(fact) => Some(fact.params.clone()),
            _ => None,
        })
        .next()
        .unwrap_or_default();
    let said = |code: FactCode| {
        let facts =
            report.outcomes(|kind| matches!(kind, CheckKind::Status { .. })).filter_map(|outcome| match outcome {
                Outcome::Pass(fact) => Some(fact),
                _ => None,
            });
        // RFC 3339 times in UTC sort as text.
        facts.filter(move |fact| fact.code == code).map(|fact| &fact.params).min_by_key(|params| params.get("as_of"))
    };
    // A site's own word is weaker than a signed list, so where both were asked the site is named.
    let (oldest, code) = match (said(FactCode::NotListedAsRevoked), said(FactCode::StatusClear)) {
        (Some(by_site), _) => (Some(by_site), "still_good_by_site"),
        (None, Some(by_list)) => (Some(by_list), "still_good"),
        (None, None) => (None, "good_without_status"),
    };
    for name in ["as_of", "host"] {
        if let Some(value) = oldest.and_then(|params| params.get(name)) {
            params.insert(name.to_owned(), value.clone());
        }
    }
    LineView { line: Line::Current, state: LineState::Yes, code: code.to_owned(), params }
}

fn about(report: &VerificationReport) -> LineView {
    match report.checks.iter().find(|check| check.kind == CheckKind::Recipient) {
        Some(check) => line(Line::About, plain_state(&check.outcome), &check.kind, &check.outcome),
        None => missing(Line::About, "absent.recipient"),
    }
}

fn plain_state(outcome: &Outcome) -> LineState {
    match outcome {
        Outcome::Pass(_) => LineState::Yes,
        Outcome::Fail(_) => LineState::No,
        Outcome::Inconclusive(_) | Outcome::Absent | Outcome::Skipped { .. } => LineState::Unknown,
    }
}

fn line(line: Line, state: LineState, kind: &CheckKind, outcome: &Outcome) -> LineView {
    LineView { line, state, code: check_code(kind, outcome), params: outcome_params(outcome) }
}

fn missing(line: Line, code: &str) -> LineView {
    LineView { line, state: LineState::Unknown, code: code.to_owned(), params: Default::default() }
}

/// Problems of the key or of its document rather than of the signed content.
fn is_of_key(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::MalformedVerificationMethod
            | ProblemCode::UnsupportedDidMethod
            | ProblemCode::KeyUnreachable
            | ProblemCode::MalformedKeyDocument
            | ProblemCode::KeyDocumentMismatch
            | ProblemCode::KeyNotListed
            | ProblemCode::KeyNotForThisPurpose
            | ProblemCode::KeyControllerMismatch
            | ProblemCode::KeyNoLongerValid
            | ProblemCode::UnsupportedKeyType
            | ProblemCode::WeakKey
            | ProblemCode::KeyNotNamed
    )
}

/// Problems that time alone makes.
fn is_of_time(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::Expired | ProblemCode::NotYetValid | ProblemCode::ProofExpired | ProblemCode::ProofCreatedInFuture
    )
}

#[cfg(test)]
mod tests;
