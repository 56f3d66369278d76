use attesta_net::FetchFailureKind;

use super::world::*;
use crate::command::Refresh;
use crate::view::RefreshResultView;
use crate::wallet::Wallet;

fn refresh(wallet: &Wallet) -> RefreshResultView {
    let mut results = wallet.refresh(&Refresh::default()).unwrap();
    assert_eq!(results.len(), 1);
    results.remove(0)
}

fn advance(world: &World, time: &str) {
    world.clock.set(time.parse().unwrap());
}

#[test]
fn a_refresh_finds_a_revocation_and_adds_to_the_history() {
    let world = World::new();
    let id = world.imported(&badge_with_status(5));
    world.web.answer(LIST, "application/vc", status_list(&[5]));
    advance(&world, "2026-11-22T12:00:00Z");
    let result = refresh(&world.wallet);
    assert_eq!((result.before.as_str(), result.verdict.as_str(), result.changed), ("valid", "revoked", true));
    let shown = world.wallet.show_credential(&by_id(&id)).unwrap();
    assert_eq!(shown.report.verdict, "revoked");
    assert_eq!(shown.history.len(), 1);
    assert_eq!(shown.history[0].verdict, "valid");
    assert_eq!(shown.history[0].checked_at, NOW);
}

#[test]
fn an_issuer_that_goes_silent_does_not_undo_a_revocation() {
    let world = World::new();
    let id = world.imported(&badge_with_status(5));
    world.web.answer(LIST, "application/vc", status_list(&[5]));
    refresh(&world.wallet);
    world.web.fail(LIST, FetchFailureKind::Unreachable);
    world.web.fail(DID_DOCUMENT, FetchFailureKind::TimedOut);
    advance(&world, "2026-12-20T00:00:00Z");
    assert_eq!(refresh(&world.wallet).verdict, "revoked");
    assert_eq!(world.verdict(&id), "revoked");
    // A key that nobody could ask about for more than a month proves nothing any more, which is worse, not better.
    advance(&world, "2027-06-01T00:00:00Z");
    assert_eq!(refresh(&world.wallet).verdict, "unverifiable");
}

#[test]
fn a_status_that_was_fine_is_unknown_once_it_can_not_be_asked() {
    let world = World::new();
    world.imported(&badge_with_status(5));
    world.web.fail(LIST, FetchFailureKind::Status(503));
    let result = refresh(&world.wallet);
    assert_eq!((result.verdict.as_str(), result.changed), ("status_unknown", true));
}

#[test]
fn a_page_of_nonsense_does_not_take_the_last_good_copys_place() {
    let world = World::new();
    world.imported(&badge_with_status(5));
    world.web.answer(LIST, "application/vc", status_list(&[5]));
    assert_eq!(refresh(&world.wallet).verdict, "revoked");
    world.web.answer(LIST, "text/html", "<html>moved</html>");
    assert_ne!(refresh(&world.wallet).verdict, "valid");
    world.web.fail(LIST, FetchFailureKind::Unreachable);
    assert_eq!(refresh(&world.wallet).verdict, "revoked");
}

/// A list that is good in every way but what is changed before it is signed.
fn changed_list(change: impl FnOnce(&mut serde_json::Value)) -> Vec<u8> {
    let mut list: serde_json::Value = serde_json::from_slice(&status_list(&[])).unwrap();
    list.as_object_mut().unwrap().remove("proof");
    change(&mut list);
    signed(list, &issuer_key())
}

#[test]
fn an_answer_that_is_no_list_does_not_undo_a_revocation() {
    #[track_caller]
    fn check(answer: Vec<u8>, alone: &str) {
        let world = World::new();
        let id = world.imported(&badge_with_status(5));
        let clear = world.imported(&badge_with_status(6));
        world.web.answer(LIST, "application/vc", answer.clone());
        let verdicts = |id: &str| (world.verdict(id), status_code(&world, id));
        world.wallet.refresh(&Refresh::default()).unwrap();
        assert_eq!(verdicts(&id), ("status_unknown".to_owned(), alone.to_owned()), "what was clear may have changed");
        world.web.answer(LIST, "application/vc", status_list(&[5]));
        world.wallet.refresh(&Refresh::default()).unwrap();
        world.web.answer(LIST, "application/vc", answer);
        // Twice: the answer must not have taken the place of the copy that tells of the revocation.
        for _ in 0..2 {
            world.wallet.refresh(&Refresh::default()).unwrap();
            assert_eq!(verdicts(&id), ("revoked".to_owned(), "revoked".to_owned()), "{alone}");
            assert_eq!(verdicts(&clear), ("status_unknown".to_owned(), alone.to_owned()));
        }
    }
    let forged = || {
        let mut list: serde_json::Value = serde_json::from_slice(&status_list(&[])).unwrap();
        list["validFrom"] = serde_json::json!("2026-02-01T00:00:00Z");
        list.to_string().into_bytes()
    };
    check(b"<html>moved</html>".to_vec(), "status_list_malformed");
    check(forged(), "status_list_not_proven");
    check(changed_list(|list| list["validUntil"] = serde_json::json!("2026-02-01T00:00:00Z")), "status_list_expired");
    check(
        changed_list(|list| list["credentialSubject"]["statusPurpose"] = serde_json::json!("suspension")),
        "status_purpose_mismatch",
    );
}

fn status_code(world: &World, id: &str) -> String {
    let report = world.wallet.show_credential(&by_id(id)).unwrap().report;
    report.checks.into_iter().find(|check| check.check == "status").unwrap().code
}

#[test]
fn a_key_document_from_another_host_vouches_for_nobody() {
    #[track_caller]
    fn check(final_url: &str, verdict: &str) {
        let world = World::new();
        let mut fetched = attesta_net::Fetched {
            bytes: did_document(ISSUER, &issuer_key()),
            media_type: Some("application/did+json".to_owned()),
            final_url: final_url.to_owned(),
        };
        world.web.set(DID_DOCUMENT, Ok(fetched.clone()));
        let id = world.imported(&badge(|_| {}));
        assert_eq!(world.verdict(&id), verdict, "{final_url}");
        let kept = world.wallet.store().resources().get(DID_DOCUMENT).unwrap();
        assert_eq!(kept.is_some(), verdict == "valid", "{final_url}");
        let report = world.wallet.show_credential(&by_id(&id)).unwrap().report;
        let failure = report.checks.iter().find_map(|check| check.params.get("failure").cloned());
        let expected = (verdict != "valid").then(|| "redirected_elsewhere".to_owned());
        assert_eq!(failure, expected, "{final_url}");
        // A list is signed itself, so it may come from anywhere.
        world.web.answer(DID_DOCUMENT, "application/did+json", fetched.bytes);
        fetched.bytes = status_list(&[5]);
        world.web.set(LIST, Ok(attesta_net::Fetched { bytes: status_list(&[5]), ..fetched }));
        assert_eq!(world.verdict(&world.imported(&badge_with_status(5))), "revoked");
    }
    check(DID_DOCUMENT, "valid");
    check("https://college.example/dids/college.json", "valid");
    check("https://COLLEGE.example:443/did.json", "valid");
    check("https://www.college.example/.well-known/did.json", "valid");
    check("https://evil.example/.well-known/did.json", "unverifiable");
    check("https://college.example.evil.example/did.json", "unverifiable");
    check("https://sub.college.example/.well-known/did.json", "unverifiable");
    check("https://www.www.college.example/did.json", "unverifiable");
    check("https://college.example:8443/did.json", "unverifiable");
    check("https://college.example@evil.example/did.json", "unverifiable");
    check("", "unverifiable");
}

#[test]
fn without_a_connection_recent_copies_count_and_old_ones_do_not() {
    let world = World::new();
    world.imported(&badge_with_status(5));
    #[track_caller]
    fn check(world: &World, time: &str, verdict: &str) {
        advance(world, time);
        assert_eq!(refresh(&world.offline()).verdict, verdict, "{time}");
    }
    check(&world, "2026-11-22T11:59:59Z", "valid");
    check(&world, "2026-11-22T12:00:01Z", "status_unknown");
    check(&world, "2027-02-01T00:00:00Z", "unverifiable");
    check(&world, "2026-11-20T00:00:00Z", "status_unknown");
}

#[test]
fn the_report_tells_copies_from_answers() {
    let world = World::new();
    let id = world.imported(&badge_with_status(5));
    refresh(&world.offline());
    let resources = world.wallet.show_credential(&by_id(&id)).unwrap().report.resources;
    assert!(resources.iter().all(|used| used.from == "cache"), "{resources:?}");
    assert_eq!(resources.len(), 2);
}

#[test]
fn a_record_that_is_not_there_is_an_error_before_anybody_is_asked() {
    let world = World::new();
    world.imported(&badge_with_status(5));
    world.web.forget_requests();
    let error = world.wallet.refresh(&Refresh { ids: vec!["nope".to_owned()] }).unwrap_err();
    assert_eq!(error.code().as_str(), "not_found");
    assert!(world.web.urls().is_empty());
}

#[test]
fn many_credentials_of_one_issuer_take_one_list() {
    let world = World::new();
    let all: Vec<String> = (0..30).map(|number| String::from_utf8(badge_with_status(number)).unwrap()).collect();
    world.wallet.import_bytes("all.json", format!("[{}]", all.join(",")).as_bytes(), &|_| {});
    world.web.forget_requests();
    let results = world.wallet.refresh(&Refresh::default()).unwrap();
    assert_eq!(results.len(), 30);
    assert!(results.iter().all(|result| result.verdict == "valid" && !result.changed));
    assert_eq!(world.web.urls(), [DID_DOCUMENT, LIST]);
}

#[test]
fn on_all_cores_each_credential_finds_its_own_place_in_the_shared_list() {
    let world = World::new();
    let all: Vec<String> = (0..60).map(|number| String::from_utf8(badge_with_status(number)).unwrap()).collect();
    world.wallet.import_bytes("all.json", format!("[{}]", all.join(",")).as_bytes(), &|_| {});
    let revoked: Vec<usize> = (0..60).filter(|number| number % 7 == 3).collect();
    world.web.answer(LIST, "application/vc", status_list(&revoked));
    world.web.forget_requests();
    let order: Vec<String> = world.list().into_iter().map(|row| row.id).collect();
    let results = world.wallet.refresh(&Refresh::default()).unwrap();
    assert_eq!(results.iter().map(|result| result.id.clone()).collect::<Vec<_>>(), order);
    for result in results {
        let raw = world.wallet.raw_credential(&by_id(&result.id)).unwrap().json;
        let document: serde_json::Value = serde_json::from_str(&raw).unwrap();
        let index: usize = document["credentialStatus"]["statusListIndex"].as_str().unwrap().parse().unwrap();
        let expected = if revoked.contains(&index) { "revoked" } else { "valid" };
        assert_eq!(result.verdict, expected, "{index}");
    }
    assert_eq!(world.web.urls(), [DID_DOCUMENT, LIST]);
}

#[test]
fn an_endorsers_trouble_does_not_cost_the_issuers_copies() {
    let world = World::new();
    let endorser = "https://endorser.example/.well-known/did.json";
    world.web.answer(endorser, "text/html", "<html>sold</html>");
    let mut endorsement = unsigned(|it| {
        it["type"] = serde_json::json!(["VerifiableCredential", "EndorsementCredential"]);
        it["id"] = serde_json::json!("urn:uuid:00000000-0000-4000-8000-00000000000e");
        it["issuer"] = serde_json::json!({"id": "did:web:endorser.example", "type": ["Profile"], "name": "Body"});
        it["credentialSubject"] = serde_json::json!({
            "id": "https://college.example/achievements/1",
            "type": ["EndorsementSubject"],
            "endorsementComment": "Sound",
        });
    });
    endorsement["proof"] = serde_json::json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-01-01T00:00:00Z",
        "verificationMethod": "did:web:endorser.example#key-1",
        "proofPurpose": "assertionMethod",
        "proofValue": "z3FXQjecWufY46yg5abdVZsXqLhxhueuSoZgNSARiKBk9czhSePTFehP8c3PGfb6a22gkfUKods5D2UAUL5n2Brbx",
    });
    let id = world.imported(&badge(|badge| badge["endorsement"] = serde_json::json!([endorsement])));
    assert_eq!(world.verdict(&id), "valid");
    assert!(world.web.urls().contains(&endorser.to_owned()));
    let copies = world.wallet.store();
    assert!(copies.resources().get(DID_DOCUMENT).unwrap().is_some());
    assert!(copies.resources().get(endorser).unwrap().is_none());
}
