//! What an issuer's web site says in its 1EdTech Revocation List.

use super::*;

const EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";
const LIST: &str = "https://uni.example/revocations";
const AT: &str = "/credentialStatus";
const CLEAR: &str = "status pass not_listed_as_revoked";

fn listed(change: impl FnOnce(&mut Value)) -> Value {
    let mut document = badge(&ISSUER.did());
    document["@context"] = json!([V2, OB, EXTENSIONS]);
    document["credentialStatus"] = json!({ "id": LIST, "type": "1EdTechRevocationList" });
    change(&mut document);
    signed(document)
}

fn revoking(items: Value) -> Value {
    json!({ "id": LIST, "issuer": ISSUER.did(), "revokedCredential": items })
}

fn this_one() -> Value {
    json!({ "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33", "revocationReason": "Issued by mistake" })
}

#[track_caller]
fn check_answer(answer: Answer, verdict: Verdict, line: &str) {
    check_with(&listed(|_| {}), &[(LIST, answer)], verdict, line);
}

#[test]
fn what_is_listed_is_revoked_and_the_reason_is_told() {
    check_answer(fresh(&revoking(json!([]))), Verdict::Valid, CLEAR);
    check_answer(fresh(&revoking(json!([{ "id": "urn:uuid:1" }]))), Verdict::Valid, CLEAR);
    check_answer(fresh(&revoking(json!([this_one()]))), Verdict::Revoked, &format!("status fail revoked {AT}"));
    let report = report_with(&listed(|_| {}), &[(LIST, fresh(&revoking(json!([this_one()]))))], &Policy::default());
    let Outcome::Fail(problem) = &report.checks[4].outcome else { panic!() };
    let said = ["reason", "host", "as_of"].map(|name| problem.params[name].as_str());
    assert_eq!(said, ["Issued by mistake", "uni.example", "2026-06-15T11:00:00Z"]);
}

#[test]
fn a_page_that_is_no_list_is_not_a_clear_one() {
    let line = format!("status inconclusive status_list_malformed {AT}");
    for page in [json!({}), json!({ "error": "maintenance" }), json!([]), json!("ok")] {
        check_answer(fresh(&page), Verdict::StatusUnknown, &line);
    }
    check_answer(fresh(&revoking(json!([{ "revoked": true }]))), Verdict::StatusUnknown, &line);
}

#[test]
fn somebody_elses_list_may_revoke_but_not_clear() {
    let foreign = |items: Value| {
        let mut list = revoking(items);
        list["issuer"] = json!(ATTACKER.did());
        fresh(&list)
    };
    check_answer(foreign(json!([])), Verdict::StatusUnknown, &format!("status inconclusive status_list_foreign {AT}"));
    check_answer(foreign(json!([this_one()])), Verdict::Revoked, &format!("status fail revoked {AT}"));
}

#[test]
fn a_silent_site_leaves_it_open_and_undoes_nothing() {
    let unknown = format!("status inconclusive status_unreachable {AT}");
    check_answer(Answer::Failed(failure(FetchFailureKind::TimedOut)), Verdict::StatusUnknown, &unknown);
    let stale =
        |list: &Value| Answer::Stale { resource: resource(list), failure: failure(FetchFailureKind::Unreachable) };
    check_answer(stale(&revoking(json!([]))), Verdict::StatusUnknown, &unknown);
    let revoked = format!("status fail revoked {AT}");
    check_answer(stale(&revoking(json!([this_one()]))), Verdict::Revoked, &revoked);
}

#[test]
fn an_entry_that_can_not_be_asked_or_matched_is_malformed() {
    let line = format!("status inconclusive status_entry_malformed {AT}/id");
    for id in [json!("http://uni.example/revocations"), json!("did:web:uni.example"), json!(null), json!(7)] {
        let mut document = badge(&ISSUER.did());
        document["credentialStatus"] = json!({ "id": id, "type": "1EdTechRevocationList" });
        let credential = secured(document, options(ISSUER, Cryptosuite::EddsaJcs2022), ISSUER);
        let report = report_with(&credential, &[], &Policy::default());
        assert_ne!(judge(&report), Verdict::Valid, "{id}");
        let found = lines(&report);
        let unsound = found[0].starts_with("conformance fail");
        assert!(unsound || found.contains(&line), "{id}: {found:#?}");
    }
    let nameless = listed(|document| {
        document.as_object_mut().unwrap().remove("id");
    });
    let report = report_with(&nameless, &[(LIST, fresh(&revoking(json!([]))))], &Policy::default());
    assert_ne!(judge(&report), Verdict::Valid);
}

#[test]
fn a_list_beside_bits_is_a_second_word_on_it() {
    let both = listed(|document| {
        document["credentialStatus"] =
            json!([super::statuses::entry("revocation"), { "id": LIST, "type": "1EdTechRevocationList" }]);
    });
    let bits = super::statuses::own_list("revocation", &[]);
    let answers = [(super::statuses::LIST, fresh(&bits)), (LIST, fresh(&revoking(json!([this_one()]))))];
    let report = report_with(&both, &answers, &Policy::default());
    let status: Vec<String> = lines(&report).into_iter().filter(|line| line.starts_with("status")).collect();
    assert_eq!(status, ["status pass status_clear", "status fail revoked /credentialStatus/1"]);
    assert_eq!(judge(&report), Verdict::Revoked);
}
