//! Whole verifications of hosted and signed badges, with answers made up on the spot.

mod signed;

use attesta_credential::VerifiableCredential;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::assembled;
use crate::{
    Answer, FetchFailure, FetchFailureKind, LearnerIdentities, Outcome, Policy, Resource, Resources, Turn, Verdict,
    VerificationReport, judge, verify,
};

const ASSERTION: &str = "https://college.example/assertions/1";
const BADGE: &str = "https://college.example/badges/weld";
const ISSUER: &str = "https://college.example/issuer";
const KEY: &str = "https://college.example/key";

fn now() -> Timestamp {
    "2026-06-15T12:00:00Z".parse().unwrap()
}

fn assertion() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": ASSERTION, "badge": BADGE,
        "recipient": { "type": "email", "hashed": false, "identity": "amy@example.ca" },
        "issuedOn": "2026-02-01T00:00:00Z", "verification": { "type": "hosted" },
        "narrative": "Four joints.",
    })
}

fn badge_class() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": BADGE, "name": "Welding",
        "description": "Joins metal.", "criteria": "https://college.example/criteria", "issuer": ISSUER,
    })
}

fn profile() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "id": ISSUER, "name": "Exemplary College",
        "url": "https://college.example", "email": "badges@college.example",
    })
}

fn with(mut value: Value, pointer: &str, to: Value) -> Value {
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    value.pointer_mut(parent).unwrap()[member] = to;
    value
}

fn without(mut value: Value, member: &str) -> Value {
    value.as_object_mut().unwrap().remove(member);
    value
}

fn resource(body: &str, at: &str) -> Resource {
    Resource { bytes: body.as_bytes().to_vec(), media_type: None, fetched_at: at.parse().unwrap() }
}

fn fresh(body: &Value) -> Answer {
    Answer::Fresh(resource(&body.to_string(), "2026-06-15T11:00:00Z"))
}

fn failed(kind: FetchFailureKind) -> Answer {
    Answer::Failed(FetchFailure { kind, at: now() })
}

fn stale(body: &Value, at: &str, kind: FetchFailureKind) -> Answer {
    Answer::Stale { resource: resource(&body.to_string(), at), failure: FetchFailure { kind, at: now() } }
}

/// What the issuer's site answers, with these changes.
fn site(changes: &[(&str, Answer)]) -> Resources {
    let mut resources = Resources::new();
    resources.record(ASSERTION, fresh(&assertion()));
    resources.record(BADGE, fresh(&badge_class()));
    resources.record(ISSUER, fresh(&profile()));
    for (url, answer) in changes {
        resources.record(*url, answer.clone());
    }
    resources
}

/// Verifies with these answers; what else is asked for is not there.
fn report_on(received: &str, mut resources: Resources, policy: &Policy) -> VerificationReport {
    let credential = VerifiableCredential::from_bytes(received.as_bytes().to_vec()).unwrap();
    for _ in 0..20 {
        match verify(&credential, &resources, policy, now()) {
            Turn::Done(report) => return *report,
            Turn::Need(requests) => {
                assert!(!requests.is_empty(), "nothing is asked for and nothing is done");
                for request in requests {
                    resources.record(request.url, failed(FetchFailureKind::Unreachable));
                }
            }
        }
    }
    panic!("it does not end");
}

fn lines(report: &VerificationReport) -> Vec<String> {
    let line = |outcome: &Outcome| match outcome {
        Outcome::Pass(fact) => format!("pass {}", fact.code.as_str()),
        Outcome::Fail(problem) => {
            format!("fail {} {}", problem.code.as_str(), problem.pointer.as_deref().unwrap_or_default())
        }
        Outcome::Inconclusive(problem) => {
            format!("inconclusive {} {}", problem.code.as_str(), problem.pointer.as_deref().unwrap_or_default())
        }
        Outcome::Absent => "absent".to_owned(),
        Outcome::Skipped { because } => format!("skipped {because:?}"),
    };
    let shown = |check: &crate::Check| format!("{} {}", check.kind.name(), line(&check.outcome));
    report.checks.iter().map(|check| shown(check).trim_end().to_owned()).collect()
}

#[track_caller]
fn check_received(received: &str, resources: Resources, verdict: Verdict, line: &str) {
    let report = report_on(received, resources, &Policy::default());
    let lines = lines(&report);
    assert_eq!(judge(&report), verdict, "{lines:#?}");
    assert!(lines.iter().any(|one| one == line), "no {line:?} in {lines:#?}");
    let mut kinds: Vec<&str> = report.checks.iter().map(|check| check.kind.name()).collect();
    kinds.retain(|kind| *kind != "schema");
    let every = ["conformance", "proof", "issuer", "validity", "status", "recipient", "endorsements", "recognition"];
    assert_eq!(kinds, every);
}

#[track_caller]
fn check(received: &Value, changes: &[(&str, Answer)], verdict: Verdict, line: &str) {
    check_received(&received.to_string(), site(changes), verdict, line);
}

#[test]
fn a_badge_that_its_issuer_hosts_is_valid() {
    for line in [
        "conformance pass conforms",
        "proof pass hosted_copy_agrees",
        "issuer pass hosted_by_issuer",
        "validity pass never_expires",
        "status pass status_clear",
    ] {
        check(&assertion(), &[], Verdict::Valid, line);
    }
}

#[test]
fn what_the_received_copy_states_beyond_the_hosted_one_is_named() {
    let altered = |pointer: &str, to: Value| with(assertion(), pointer, to);
    for (received, place) in [
        (altered("/narrative", json!("Forty joints.")), "/narrative"),
        (altered("/issuedOn", json!("2025-02-01T00:00:00Z")), "/issuedOn"),
        (altered("/expires", json!("2099-01-01T00:00:00Z")), "/expires"),
        (altered("/evidence", json!("https://college.example/e")), "/evidence"),
        (altered("/image", json!("data:image/png;base64,AA==")), "/image"),
        (altered("/endorsement", json!([{ "issuer": { "name": "MIT" } }])), "/endorsement"),
        (altered("/badge", json!("https://college.example/badges/phd")), "/badge"),
        (altered("/recipient/identity", json!("eve@example.ca")), "/recipient"),
        (altered("/badge", with(badge_class(), "/name", json!("Doctor of Welding"))), "/badge/name"),
        (altered("/badge", with(badge_class(), "/tags", json!(["phd"]))), "/badge/tags"),
        (altered("/badge", with(badge_class(), "/issuer", json!("https://mit.example/i"))), "/badge/issuer"),
        (
            altered("/badge", with(badge_class(), "/issuer", with(profile(), "/name", json!("MIT")))),
            "/badge/issuer/name",
        ),
    ] {
        check(&received, &[], Verdict::Invalid, &format!("proof fail hosted_copy_differs {place}"));
    }
}

#[test]
fn spelling_is_no_difference() {
    for received in [
        with(assertion(), "/badge", badge_class()),
        with(assertion(), "/badge", with(badge_class(), "/issuer", profile())),
        with(assertion(), "/badge", json!("http://college.example/badges/weld")),
        with(assertion(), "/issuedOn", json!("2026-02-01T01:00:00+01:00")),
        with(assertion(), "/narrative", json!(["Four joints."])),
        with(assertion(), "/image", json!("https://college.example/baked/1.png")),
        with(assertion(), "/evidence", json!([])),
        with(assertion(), "/expires", Value::Null),
        without(assertion(), "narrative"),
    ] {
        check(&received, &[], Verdict::Valid, "proof pass hosted_copy_agrees");
    }
}

#[test]
fn a_plain_address_agrees_with_its_hash_and_with_no_other() {
    let salted = crate::hex(&<sha2::Sha256 as sha2::Digest>::digest("amy@example.cas4lt"));
    let recipient =
        |hash: &str| json!({ "type": "email", "hashed": true, "salt": "s4lt", "identity": format!("sha256${hash}") });
    let hashed = |hash: &str| with(assertion(), "/recipient", recipient(hash));
    let agrees = "proof pass hosted_copy_agrees";
    check(&assertion(), &[(ASSERTION, fresh(&hashed(&salted)))], Verdict::Valid, agrees);
    check(&hashed(&salted.to_uppercase()), &[], Verdict::Valid, agrees);
    let other = salted.replace('a', "b");
    check(&hashed(&other), &[], Verdict::Invalid, "proof fail hosted_copy_differs /recipient");
}

#[test]
fn a_date_that_only_the_hosted_copy_states_counts() {
    let hosted = with(assertion(), "/expires", json!("2026-03-01T00:00:00Z"));
    check(&assertion(), &[(ASSERTION, fresh(&hosted))], Verdict::Expired, "validity fail expired");
    let undated = json!({
        "uid": "7", "badge": BADGE, "recipient": "amy@example.ca", "verify": { "type": "hosted", "url": ASSERTION },
    });
    let future = with(undated.clone(), "/issuedOn", json!("2027-01-01"));
    let line = "validity fail not_yet_valid";
    check(&undated, &[(ASSERTION, fresh(&future))], Verdict::NotYetValid, line);
}

#[test]
fn a_badge_must_stand_where_its_issuer_says() {
    let elsewhere = "https://files.example/assertions/1";
    let moved = with(assertion(), "/id", json!(elsewhere));
    let at =
        |declared: Value| [(elsewhere, fresh(&moved)), (ISSUER, fresh(&with(profile(), "/verification", declared)))];
    let own = [(elsewhere, fresh(&moved))];
    check(&moved, &own, Verdict::Invalid, "issuer fail outside_issuer_scope /id");
    for declared in [
        json!({ "allowedOrigins": "files.example" }),
        json!({ "allowedOrigins": ["college.example", "FILES.example"] }),
        json!({ "startsWith": "https://files.example/assertions/" }),
        json!({ "startsWith": ["https://college.example/", "http://files.example/ass"] }),
    ] {
        check(&moved, &at(declared), Verdict::Valid, "issuer pass hosted_by_issuer");
    }
    for declared in [
        json!({ "allowedOrigins": "college.example" }),
        json!({ "allowedOrigins": "example" }),
        json!({ "allowedOrigins": [] }),
        json!({ "startsWith": "https://files.example/other" }),
        json!({ "startsWith": "https://files.exam" }),
        json!({ "startsWith": "https://files.example/", "allowedOrigins": "college.example" }),
        json!({ "startsWith": 7 }),
        json!("files.example"),
    ] {
        check(&moved, &at(declared), Verdict::Invalid, "issuer fail outside_issuer_scope /id");
    }
}

#[test]
fn a_genuine_badge_class_does_not_lend_its_issuer_to_others() {
    let forged = with(assertion(), "/id", json!("https://evil.example/1"));
    let line = "issuer fail outside_issuer_scope /id";
    check(&forged, &[("https://evil.example/1", fresh(&forged))], Verdict::Invalid, line);
    let evil_class = with(badge_class(), "/id", json!("https://evil.example/badge"));
    let linking = with(assertion(), "/badge", json!("https://evil.example/badge"));
    let changes = [(ASSERTION, fresh(&linking)), ("https://evil.example/badge", fresh(&evil_class))];
    check(&linking, &changes, Verdict::Invalid, line);
}

#[test]
fn documents_call_themselves_by_their_address() {
    let elsewhere = |document: Value| fresh(&with(document, "/id", json!("https://evil.example/x")));
    let line = "proof fail hosted_id_mismatch";
    check(&assertion(), &[(ASSERTION, elsewhere(assertion()))], Verdict::Invalid, &format!("{line} /id"));
    check(&assertion(), &[(BADGE, elsewhere(badge_class()))], Verdict::Invalid, &format!("{line} /badge"));
    check(&assertion(), &[(ISSUER, elsewhere(profile()))], Verdict::Invalid, &format!("{line} /badge/issuer"));
    let urn = fresh(&with(profile(), "/id", json!("urn:uuid:1")));
    let open = "proof inconclusive hosted_id_mismatch /badge/issuer";
    check(&assertion(), &[(ISSUER, urn)], Verdict::Unverifiable, open);
    let same_site = fresh(&with(badge_class(), "/id", json!("https://college.example/badges/weld?v=2_0")));
    check(&assertion(), &[(BADGE, same_site)], Verdict::Valid, "issuer pass hosted_by_issuer");
    let sibling = fresh(&with(assertion(), "/id", json!("https://college.example/assertions/2")));
    check(&assertion(), &[(ASSERTION, sibling)], Verdict::Invalid, &format!("{line} /id"));
}

#[test]
fn what_can_not_be_had_proves_nothing() {
    let gone = || failed(FetchFailureKind::Status(404));
    let open = |what: &str| format!("proof inconclusive {what}");
    check(&assertion(), &[(ASSERTION, gone())], Verdict::Unverifiable, &open("hosted_copy_unreachable"));
    check(&assertion(), &[(BADGE, gone())], Verdict::Unverifiable, &open("linked_document_unreachable /badge"));
    let issuer = open("linked_document_unreachable /badge/issuer");
    check(&assertion(), &[(ISSUER, gone())], Verdict::Unverifiable, &issuer);
    let page = Answer::Fresh(resource("<html></html>", "2026-06-15T11:00:00Z"));
    check(&assertion(), &[(ASSERTION, page.clone())], Verdict::Unverifiable, &open("hosted_copy_malformed"));
    check(&assertion(), &[(BADGE, page)], Verdict::Unverifiable, &open("linked_document_malformed /badge"));
    let moved = failed(FetchFailureKind::RedirectedElsewhere);
    check(&assertion(), &[(ASSERTION, moved)], Verdict::Unverifiable, &open("hosted_copy_unreachable"));
    let unread = fresh(&with(assertion(), "/expires", json!("soon")));
    check(&assertion(), &[(ASSERTION, unread)], Verdict::Unverifiable, &open("hosted_copy_malformed"));
}

#[test]
fn a_revoked_badge_is_told_by_the_answer_or_by_a_flag() {
    let revoked = "status fail revoked";
    check(&assertion(), &[(ASSERTION, failed(FetchFailureKind::Status(410)))], Verdict::Revoked, revoked);
    let flagged = with(assertion(), "/revoked", json!(true));
    check(&assertion(), &[(ASSERTION, fresh(&flagged))], Verdict::Revoked, revoked);
    let stripped = json!({ "@context": "https://w3id.org/openbadges/v2", "id": ASSERTION, "revoked": true,
        "revocationReason": "Issued in error." });
    check(&assertion(), &[(ASSERTION, fresh(&stripped))], Verdict::Revoked, revoked);
    let report = report_on(&assertion().to_string(), site(&[(ASSERTION, fresh(&stripped))]), &Policy::default());
    let reason = report.checks.iter().find_map(|check| match &check.outcome {
        Outcome::Fail(problem) => problem.params.get("reason").cloned(),
        _ => None,
    });
    assert_eq!(reason.as_deref(), Some("Issued in error."));
    // Another site's word is none.
    let forged = with(assertion(), "/id", json!("https://evil.example/1"));
    let gone = [("https://evil.example/1", failed(FetchFailureKind::Status(410)))];
    check(&forged, &gone, Verdict::Invalid, "issuer fail outside_issuer_scope /id");
}

#[test]
fn an_older_copy_tells_who_made_it_and_not_whether_it_still_holds() {
    let copy = |at: &str, kind| [(ASSERTION, stale(&assertion(), at, kind))];
    let recent = "2026-06-01T00:00:00Z";
    let down = FetchFailureKind::Unreachable;
    check(&assertion(), &copy(recent, down), Verdict::StatusUnknown, "status inconclusive status_unreachable");
    check(&assertion(), &copy(recent, down), Verdict::StatusUnknown, "proof pass hosted_copy_agrees");
    let unreachable = "proof inconclusive hosted_copy_unreachable";
    check(&assertion(), &copy("2026-01-01T00:00:00Z", down), Verdict::Unverifiable, unreachable);
    check(&assertion(), &copy(recent, FetchFailureKind::Status(404)), Verdict::Unverifiable, unreachable);
    check(&assertion(), &copy(recent, FetchFailureKind::Status(410)), Verdict::Revoked, "status fail revoked");
    let flagged = with(assertion(), "/revoked", json!(true));
    check(&assertion(), &[(ASSERTION, stale(&flagged, recent, down))], Verdict::Revoked, "status fail revoked");
    let other = with(assertion(), "/narrative", json!("Another."));
    let differs = "proof inconclusive hosted_copy_differs /narrative";
    check(&assertion(), &[(ASSERTION, stale(&other, recent, down))], Verdict::Unverifiable, differs);
    let kept = Answer::Cached(resource(&assertion().to_string(), "2026-06-15T00:00:00Z"));
    check(&assertion(), &[(ASSERTION, kept)], Verdict::Valid, "status pass status_clear");
    let old = Answer::Cached(resource(&profile().to_string(), "2026-01-01T00:00:00Z"));
    let issuer = "proof inconclusive linked_document_unreachable /badge/issuer";
    check(&assertion(), &[(ISSUER, old)], Verdict::Unverifiable, issuer);
}

#[test]
fn a_first_version_badge_is_verified_at_the_address_it_names() {
    let old = json!({
        "uid": "7", "badge": BADGE, "issuedOn": 1_767_225_600,
        "recipient": { "type": "email", "hashed": false, "identity": "amy@example.ca" },
        "verify": { "type": "hosted", "url": "http://college.example/assertions/1" },
    });
    let class = without(without(badge_class(), "id"), "@context");
    let issuer = without(without(profile(), "id"), "@context");
    let answers = [(ASSERTION, fresh(&old)), (BADGE, fresh(&class)), (ISSUER, fresh(&issuer))];
    check(&old, &answers, Verdict::Valid, "issuer pass hosted_by_issuer");
    check(&with(old.clone(), "/uid", json!("8")), &answers, Verdict::Invalid, "proof fail hosted_copy_differs /uid");
    let unstated = without(old.clone(), "verify");
    check(&unstated, &[], Verdict::Unverifiable, "proof inconclusive hosted_address_missing");
    let embedded = with(old, "/badge", json!({ "name": "A", "issuer": { "name": "Org" } }));
    let answers = [(ASSERTION, fresh(&embedded))];
    check(&embedded, &answers, Verdict::Unverifiable, "proof inconclusive issuer_not_hosted /badge/issuer");
}

#[test]
fn its_own_instructions_must_be_understood() {
    let other = with(assertion(), "/verification/type", json!("BlockchainBadge"));
    check(&other, &[], Verdict::Unverifiable, "proof inconclusive unsupported_suite /verification/type");
    let urn = with(assertion(), "/id", json!("urn:uuid:1"));
    check(&urn, &[], Verdict::Unverifiable, "proof inconclusive hosted_address_missing /id");
    let unsigned = with(assertion(), "/verification", json!({ "type": "signed", "creator": KEY }));
    check(&unsigned, &[], Verdict::Unverifiable, "proof inconclusive no_proof");
    let broken = with(assertion(), "/issuedOn", json!("soon"));
    check(&broken, &[], Verdict::Invalid, "conformance fail malformed_member /issuedOn");
}

#[test]
fn endorsements_and_extensions_are_told_of() {
    let endorsed = with(assertion(), "/endorsement", json!(["https://a.example/1"]));
    let class = with(badge_class(), "/endorsement", json!("https://a.example/2"));
    let changes = [(ASSERTION, fresh(&endorsed)), (BADGE, fresh(&class))];
    check(&endorsed, &changes, Verdict::Valid, "endorsements inconclusive endorsements_not_checked");
    let extended = with(assertion(), "/extensions:applyLink", json!({ "type": ["Extension"], "url": "x" }));
    check(&extended, &[], Verdict::Valid, "schema skipped ExtensionsNotValidated");
}

#[test]
fn the_learner_is_known_by_either_hash() {
    let policy = Policy {
        learner: LearnerIdentities { emails: vec!["Amy@Example.ca".to_owned()], ..Default::default() },
        ..Policy::default()
    };
    let hex = |digest: &[u8]| crate::hex(digest);
    let sha = hex(&<sha2::Sha256 as sha2::Digest>::digest("amy@example.cas"));
    let md5 = hex(&<md5::Md5 as md5::Digest>::digest("amy@example.cas"));
    for (identity, expected) in [
        (format!("sha256${sha}"), "recipient pass identifier_matches"),
        (format!("md5${}", md5.to_uppercase()), "recipient pass identifier_matches"),
        (format!("sha1${sha}"), "recipient inconclusive recipient_not_matched /recipient"),
        (format!("md5${sha}"), "recipient inconclusive recipient_not_matched /recipient"),
    ] {
        let recipient = json!({ "type": "email", "hashed": true, "salt": "s", "identity": identity });
        let badge = with(assertion(), "/recipient", recipient);
        let report = report_on(&badge.to_string(), site(&[(ASSERTION, fresh(&badge))]), &policy);
        assert!(lines(&report).iter().any(|line| line == expected), "{:#?}", lines(&report));
    }
}

#[test]
fn a_badge_is_shown_with_the_documents_at_hand() {
    let read = |value: &Value| VerifiableCredential::from_json(value.to_string().into_bytes()).unwrap();
    let at_hand = |url: &str| match url {
        BADGE => Some(badge_class().to_string().into_bytes()),
        ISSUER => Some(profile().to_string().into_bytes()),
        _ => None,
    };
    let linking = read(&with(assertion(), "/badge", json!("http://college.example/badges/weld")));
    let whole = assembled(&linking, &at_hand);
    assert_eq!(whole.subjects()[0].achievement.as_ref().unwrap().name.plain(), Some("Welding"));
    assert_eq!((whole.issuer_id(), whole.issuer().name.plain()), (ISSUER, Some("Exemplary College")));
    assert_eq!(whole.bytes(), linking.bytes());
    let bare = assembled(&linking, &|_| None);
    assert_eq!((bare.subjects()[0].achievement.as_ref(), bare.issuer_id()), (None, ""));
    let embedded = read(&with(assertion(), "/badge", with(badge_class(), "/name", json!("As received"))));
    let whole = assembled(&embedded, &at_hand);
    assert_eq!(whole.subjects()[0].achievement.as_ref().unwrap().name.plain(), Some("As received"));
    assert_eq!(whole.issuer().name.plain(), Some("Exemplary College"));
}
