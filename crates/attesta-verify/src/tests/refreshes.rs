//! Asking the issuer for a newer version.

use super::*;
use crate::RefreshAccess;

const EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";
const SERVICE: &str = "https://uni.example/refresh/1";
const AT: &str = "/refreshService";

fn unsigned(change: impl FnOnce(&mut Value)) -> Value {
    let mut document = badge(&ISSUER.did());
    document["@context"] = json!([V2, OB, EXTENSIONS]);
    document["refreshService"] = json!({ "id": SERVICE, "type": "1EdTechCredentialRefresh" });
    change(&mut document);
    document
}

fn version(change: impl FnOnce(&mut Value)) -> Value {
    signed(unsigned(change))
}

fn asking() -> Policy {
    Policy { refresh: RefreshAccess::Asked, ..Policy::default() }
}

/// What becomes of the credential at hand with this answer of its service: the line of the check, and never more than
/// that.
#[track_caller]
fn check_answer(answer: Answer, line: &str) {
    let report = report_with(&version(|_| {}), &[(SERVICE, answer)], &asking());
    let lines = lines(&report);
    assert_eq!(judge(&report), Verdict::Valid, "{lines:#?}");
    let found: Vec<&String> = lines.iter().filter(|line| line.starts_with("refresh")).collect();
    assert_eq!(found, [line]);
}

#[test]
fn a_later_version_of_the_same_credential_is_news() {
    let later = version(|it| it["validFrom"] = json!("2026-03-01T00:00:00Z"));
    check_answer(fresh(&later), "refresh pass newer_version");
    let awarded = version(|it| it["awardedDate"] = json!("2026-03-01T00:00:00Z"));
    check_answer(fresh(&awarded), "refresh pass no_newer_version");
    let mut escaped = unsigned(|it| it["validFrom"] = json!("2026-03-01T00:00:00Z"));
    escaped["id"] = json!("urn:uuid:58172aac%2Dd8ba-11ed-83dd-0b3aef56cc33");
    check_answer(fresh(&signed(escaped)), "refresh pass newer_version");
}

#[test]
fn the_same_or_an_older_version_is_no_news() {
    check_answer(fresh(&version(|_| {})), "refresh pass no_newer_version");
    check_answer(fresh(&version(|it| it["name"] = json!("Other words"))), "refresh pass no_newer_version");
    let older = version(|it| it["validFrom"] = json!("2025-12-01T00:00:00Z"));
    check_answer(fresh(&older), "refresh pass no_newer_version");
}

#[test]
fn what_does_not_hold_on_its_own_takes_nothings_place() {
    #[track_caller]
    fn check_why(answer: Answer, why: &str) {
        check_answer(answer.clone(), &format!("refresh inconclusive refresh_not_usable {AT}"));
        let report = report_with(&version(|_| {}), &[(SERVICE, answer)], &asking());
        let Outcome::Inconclusive(problem) = &report.checks[5].outcome else { panic!() };
        assert_eq!(problem.params["why"], why);
    }
    let later = |it: &mut Value| it["validFrom"] = json!("2026-03-01T00:00:00Z");
    check_why(fresh(&json!("<html>")), "not_a_credential");
    check_why(fresh(&unsigned(later)), "not_proven");
    let mut altered = version(later);
    altered["name"] = json!("Altered");
    check_why(fresh(&altered), "not_proven");
    let forged = secured(unsigned(later), options(ATTACKER, Cryptosuite::EddsaRdfc2022), ATTACKER);
    check_why(fresh(&forged), "not_proven");
    let mut foreign = unsigned(later);
    foreign["issuer"]["id"] = json!(ATTACKER.did());
    let foreign = secured(foreign, options(ATTACKER, Cryptosuite::EddsaRdfc2022), ATTACKER);
    check_why(fresh(&foreign), "other_credential");
    let another = version(|it| {
        later(it);
        it["id"] = json!("urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc34");
    });
    check_why(fresh(&another), "other_credential");
    let ended = version(|it| {
        later(it);
        it["validUntil"] = json!("2026-04-01T00:00:00Z");
    });
    check_why(fresh(&ended), "out_of_its_dates");
    check_why(fresh(&version(|it| it["validFrom"] = json!("2026-07-01T00:00:00Z"))), "out_of_its_dates");
}

#[test]
fn a_service_that_does_not_answer_spoils_nothing() {
    let line = format!("refresh inconclusive refresh_unreachable {AT}");
    check_answer(Answer::Failed(failure(FetchFailureKind::TimedOut)), &line);
    let later = version(|it| it["validFrom"] = json!("2026-03-01T00:00:00Z"));
    check_answer(Answer::Stale { resource: resource(&later), failure: failure(FetchFailureKind::Unreachable) }, &line);
}

#[test]
fn the_service_is_asked_only_on_request_and_only_for_what_is_proven() {
    let asks = |credential: &Value, policy: &Policy| match verify(&read(credential), &Resources::new(), policy, now()) {
        Turn::Need(requests) => requests.into_iter().map(|request| request.url).collect(),
        Turn::Done(_) => Vec::new(),
    };
    assert_eq!(asks(&version(|_| {}), &asking()), [SERVICE]);
    assert_eq!(asks(&version(|_| {}), &Policy::default()), [""; 0]);
    let mut forged = version(|_| {});
    forged["name"] = json!("Altered");
    assert_eq!(asks(&forged, &asking()), [""; 0]);
    let report = report_with(&version(|_| {}), &[], &Policy::default());
    assert!(lines(&report).contains(&"refresh skipped RefreshNotAsked".to_owned()));
    assert!(!lines(&report_with(&good(), &[], &asking())).iter().any(|line| line.starts_with("refresh")));
}

#[test]
fn the_first_service_of_a_known_kind_is_asked_once() {
    let several = version(|it| {
        it["refreshService"] = json!([
            { "id": "https://uni.example/manual", "type": "https://uni.example/ManualRefresh" },
            { "id": SERVICE, "type": "1EdTechCredentialRefresh" },
            { "id": "https://uni.example/refresh/2", "type": "1EdTechCredentialRefresh" },
        ]);
    });
    assert_eq!(crate::refresh_address(&read(&several)).as_deref(), Some(SERVICE));
    let later = version(|it| {
        it["validFrom"] = json!("2026-03-01T00:00:00Z");
        it["refreshService"]["id"] = json!("https://uni.example/refresh/again");
    });
    let report = report_with(&several, &[(SERVICE, fresh(&later))], &asking());
    assert!(lines(&report).contains(&"refresh pass newer_version".to_owned()));
    assert_eq!(report.resources.iter().map(|used| used.url.as_str()).collect::<Vec<_>>(), [SERVICE]);
    let other = version(|it| it["refreshService"]["type"] = json!("https://uni.example/ManualRefresh"));
    let report = report_with(&other, &[], &asking());
    assert!(lines(&report).contains(&format!("refresh inconclusive unsupported_refresh_service {AT}")));
    assert_eq!(judge(&report), Verdict::Valid);
    let insecure = version(|it| it["refreshService"]["id"] = json!("http://uni.example/refresh/1"));
    let report = report_with(&insecure, &[], &asking());
    let Outcome::Inconclusive(problem) = &report.checks[5].outcome else { panic!() };
    assert_eq!((problem.params["host"].as_str(), problem.params["failure"].as_str()), ("uni.example", "not_https"));
}
