use attesta_verify::{Fact, Problem, SkipReason, Verdict, judge};
use jiff::Timestamp;

use super::*;

fn pass<const N: usize>(code: FactCode, params: [(&str, &str); N]) -> Outcome {
    Outcome::Pass(Fact::new(code, params.map(|(name, value)| (name, value.to_owned()))))
}

fn fail(code: ProblemCode) -> Outcome {
    Outcome::Fail(Problem::new(code, []))
}

fn unsure(code: ProblemCode) -> Outcome {
    Outcome::Inconclusive(Problem::new(code, []))
}

/// A good report in which some outcomes are replaced, by check name.
fn report(changes: &[(&str, Outcome)]) -> VerificationReport {
    let good = [
        (CheckKind::Conformance, pass(FactCode::Conforms, [])),
        (
            CheckKind::Proof,
            pass(FactCode::SignatureHolds, [("method", "did:web:a.example#1"), ("suite", "eddsa-rdfc-2022")]),
        ),
        (
            CheckKind::Issuer,
            pass(
                FactCode::IssuerListsKey,
                [("issuer", "did:web:a.example"), ("host", "a.example"), ("as_of", "2026-03-01T00:00:00Z")],
            ),
        ),
        (CheckKind::Validity, pass(FactCode::NeverExpires, [("from", "2026-01-01T00:00:00Z")])),
        (
            CheckKind::Status { purpose: Some("revocation".to_owned()) },
            pass(FactCode::StatusClear, [("as_of", "2026-03-02T00:00:00Z"), ("host", "a.example")]),
        ),
        (CheckKind::Recipient, pass(FactCode::IdentifierMatches, [("email", "a…@example.org")])),
        (CheckKind::Endorsements, Outcome::Absent),
        (CheckKind::Recognition, Outcome::Skipped { because: SkipReason::NoRegistryAsked }),
    ];
    let checks = good.map(|(kind, outcome)| {
        let changed = changes.iter().find(|(name, _)| *name == kind.name());
        Check { outcome: changed.map_or(outcome, |(_, outcome)| outcome.clone()), kind }
    });
    VerificationReport {
        credential: String::new(),
        checked_at: Timestamp::UNIX_EPOCH,
        checks: checks.into(),
        resources: Vec::new(),
        contexts: Vec::new(),
        nested: Vec::new(),
    }
}

use LineState::{Care, No, Unknown, Yes};

#[track_caller]
fn check(changes: &[(&str, Outcome)], states: [LineState; 4], codes: [&str; 4]) {
    let lines = lines(&report(changes));
    assert_eq!(
        lines.iter().map(|line| line.line).collect::<Vec<_>>(),
        [Line::Intact, Line::Signer, Line::Current, Line::About]
    );
    assert_eq!(lines.iter().map(|line| line.state).collect::<Vec<_>>(), states);
    assert_eq!(lines.iter().map(|line| line.code.as_str()).collect::<Vec<_>>(), codes);
}

#[test]
fn a_good_credential_answers_yes_four_times() {
    check(&[], [Yes; 4], ["signature_holds", "issuer_lists_key", "still_good", "identifier_matches"]);
    let lines = lines(&report(&[]));
    assert_eq!(lines[1].params["method"], "did:web:a.example#1");
    assert_eq!(lines[1].params["host"], "a.example");
    assert_eq!(lines[2].params["as_of"], "2026-03-02T00:00:00Z");
    assert_eq!(lines[2].params["from"], "2026-01-01T00:00:00Z");
}

#[test]
fn without_a_status_the_dates_answer_alone() {
    check(
        &[("status", Outcome::Absent)],
        [Yes; 4],
        ["signature_holds", "issuer_lists_key", "good_without_status", "identifier_matches"],
    );
}

#[test]
fn a_sites_own_word_is_told_from_a_signed_list() {
    let by_site = || pass(FactCode::NotListedAsRevoked, [("as_of", "2026-03-02T00:00:00Z"), ("host", "site.example")]);
    let (intact, signer, about) = ("signature_holds", "issuer_lists_key", "identifier_matches");
    check(&[("status", by_site())], [Yes; 4], [intact, signer, "still_good_by_site", about]);
    assert_eq!(lines(&report(&[("status", by_site())]))[2].params["host"], "site.example");
    let because = Outcome::Fail(Problem::new(ProblemCode::Revoked, [("reason", "Typo".to_owned())]));
    check(&[("status", because)], [Yes, Yes, No, Yes], [intact, signer, "revoked_because", about]);
}

#[test]
fn a_newer_version_or_the_lack_of_it_leaves_the_four_answers_alone() {
    let refreshes = [
        pass(FactCode::NewerVersion, [("host", "a.example")]),
        unsure(ProblemCode::RefreshUnreachable),
        Outcome::Skipped { because: SkipReason::RefreshNotAsked },
    ];
    for outcome in refreshes {
        let mut with_refresh = report(&[]);
        with_refresh.checks.insert(5, Check { kind: CheckKind::Refresh, outcome });
        assert_eq!(lines(&with_refresh), lines(&report(&[])));
        assert_eq!(judge(&with_refresh), Verdict::Valid);
    }
}

#[test]
fn an_altered_credential_says_nothing_of_itself() {
    let skipped = Outcome::Skipped { because: SkipReason::ProofFailed };
    check(
        &[
            ("proof", fail(ProblemCode::SignatureMismatch)),
            ("issuer", skipped.clone()),
            ("validity", skipped.clone()),
            ("status", skipped),
        ],
        [No, Unknown, Unknown, Unknown],
        ["signature_mismatch", "skipped.proof_failed", "skipped.proof_failed", "skipped.proof_failed"],
    );
}

#[test]
fn a_key_that_cannot_be_had_leaves_both_questions_open() {
    let skipped = Outcome::Skipped { because: SkipReason::ProofNotEstablished };
    check(
        &[("proof", unsure(ProblemCode::KeyUnreachable)), ("issuer", skipped.clone()), ("status", skipped)],
        [Unknown, Unknown, Unknown, Unknown],
        ["key_unreachable", "key_unreachable", "skipped.proof_not_established", "skipped.proof_not_established"],
    );
}

#[test]
fn a_key_that_is_not_listed_is_the_signers_fault_not_the_contents() {
    check(
        &[("proof", fail(ProblemCode::KeyNotListed))],
        [Unknown, No, Unknown, Unknown],
        ["key_not_listed", "key_not_listed", "skipped.proof_failed", "skipped.proof_failed"],
    );
}

#[test]
fn a_signature_whose_owner_is_unproven_makes_no_line_but_intact_say_yes() {
    check(
        &[("issuer", unsure(ProblemCode::SignerNotTiedToIssuer)), ("status", Outcome::Absent)],
        [Yes, Unknown, Unknown, Unknown],
        [
            "signature_holds",
            "signer_not_tied_to_issuer",
            "skipped.proof_not_established",
            "skipped.proof_not_established",
        ],
    );
}

#[test]
fn what_no_longer_counts_is_told_from_what_could_not_be_asked() {
    let about = "identifier_matches";
    let (intact, signer) = ("signature_holds", "issuer_lists_key");
    check(&[("status", fail(ProblemCode::Revoked))], [Yes, Yes, No, Yes], [intact, signer, "revoked", about]);
    check(&[("status", fail(ProblemCode::Suspended))], [Yes, Yes, Care, Yes], [intact, signer, "suspended", about]);
    check(&[("validity", fail(ProblemCode::Expired))], [Yes, Yes, Care, Yes], [intact, signer, "expired", about]);
    check(
        &[("validity", fail(ProblemCode::Expired)), ("status", fail(ProblemCode::Revoked))],
        [Yes, Yes, No, Yes],
        [intact, signer, "revoked", about],
    );
    check(
        &[("status", unsure(ProblemCode::StatusUnreachable))],
        [Yes, Yes, Unknown, Yes],
        [intact, signer, "status_unreachable", about],
    );
    let known = Problem::new(ProblemCode::StatusUnreachable, [("last_known", "clear".to_owned())]);
    check(
        &[("status", Outcome::Inconclusive(known))],
        [Yes, Yes, Unknown, Yes],
        [intact, signer, "status_last_known", about],
    );
}

#[test]
fn an_expired_proof_is_a_matter_of_time() {
    check(
        &[("proof", fail(ProblemCode::ProofExpired))],
        [Unknown, Yes, Care, Unknown],
        ["proof_expired", "issuer_lists_key", "proof_expired", "skipped.proof_not_established"],
    );
}

#[test]
fn form_and_vocabulary_count_toward_intact() {
    check(
        &[("conformance", fail(ProblemCode::UndefinedTerm))],
        [No, Yes, Unknown, Unknown],
        ["undefined_term", "issuer_lists_key", "skipped.proof_failed", "skipped.proof_failed"],
    );
    check(
        &[("conformance", unsure(ProblemCode::OwnVocabulary))],
        [Unknown, Yes, Unknown, Unknown],
        ["own_vocabulary", "issuer_lists_key", "skipped.proof_not_established", "skipped.proof_not_established"],
    );
}

#[test]
fn a_report_without_checks_answers_nothing() {
    let mut empty = report(&[]);
    empty.checks.clear();
    assert!(lines(&empty).iter().all(|line| line.state == Unknown));
}

/// The four lines and the verdict may not tell different stories, whatever the checks say.
#[test]
fn the_first_three_lines_say_yes_exactly_when_the_verdict_is_valid() {
    let outcomes = |kind: &str| -> Vec<Outcome> {
        let mut all = vec![
            pass(FactCode::Conforms, []),
            Outcome::Absent,
            Outcome::Skipped { because: SkipReason::ProofNotEstablished },
            unsure(ProblemCode::KeyUnreachable),
            unsure(ProblemCode::OwnVocabulary),
        ];
        let codes: &[ProblemCode] = match kind {
            "validity" => &[ProblemCode::Expired, ProblemCode::NotYetValid],
            "status" => &[ProblemCode::Revoked, ProblemCode::Suspended],
            "proof" => &[ProblemCode::SignatureMismatch, ProblemCode::ProofExpired, ProblemCode::KeyNotListed],
            _ => &[ProblemCode::MalformedMember],
        };
        all.extend(codes.iter().map(|code| fail(*code)));
        all
    };
    for conformance in outcomes("conformance") {
        for proof in outcomes("proof") {
            for issuer in outcomes("issuer") {
                for validity in outcomes("validity") {
                    for status in outcomes("status") {
                        let report = report(&[
                            ("conformance", conformance.clone()),
                            ("proof", proof.clone()),
                            ("issuer", issuer.clone()),
                            ("validity", validity.clone()),
                            ("status", status.clone()),
                        ]);
                        let all_yes = lines(&report)[..3].iter().all(|line| line.state == Yes);
                        assert_eq!(all_yes, judge(&report) == Verdict::Valid, "{:?}", report.checks);
                    }
                }
            }
        }
    }
}
