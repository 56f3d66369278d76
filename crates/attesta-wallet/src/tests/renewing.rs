//! Newer versions from the issuer's refresh service, and lists that its web site keeps.

use attesta_net::FetchFailureKind;
use serde_json::{Value, json};

use super::world::*;
use crate::command::{ListCredentials, Refresh};
use crate::view::RefreshResultView;

const SERVICE: &str = "https://college.example/refresh/1";
const REVOCATIONS: &str = "https://college.example/revocations";

fn extended(change: impl FnOnce(&mut Value)) -> Value {
    unsigned(|badge| {
        let contexts = badge["@context"].as_array_mut().unwrap();
        contexts.push(json!("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"));
        change(badge);
    })
}

/// The badge with a refresh service, of this date.
fn version(from: &str) -> Vec<u8> {
    let badge = extended(|badge| {
        badge["validFrom"] = json!(from);
        badge["refreshService"] = json!({ "id": SERVICE, "type": "1EdTechCredentialRefresh" });
    });
    signed(badge, &issuer_key())
}

fn refresh(world: &World) -> Vec<RefreshResultView> {
    world.wallet.refresh(&Refresh::default()).unwrap()
}

#[test]
fn a_newer_version_takes_the_place_of_the_older_one_which_stays_behind_it() {
    let world = World::new();
    let (old, new) = (version("2026-01-01T00:00:00Z"), version("2026-09-01T00:00:00Z"));
    let id = world.imported(&old);
    world.web.answer(SERVICE, "application/vc", new.clone());
    world.web.forget_requests();
    let results = refresh(&world);
    assert_eq!((results.len(), results[0].id.as_str(), results[0].verdict.as_str()), (1, id.as_str(), "valid"));
    let newer = results[0].newer.clone().unwrap();
    assert_eq!(world.web.urls(), [DID_DOCUMENT, SERVICE]);
    let listed: Vec<String> = world.list().into_iter().map(|row| row.id).collect();
    assert_eq!(listed, std::slice::from_ref(&newer));
    let credentials = world.wallet.store().credentials();
    assert_eq!(credentials.get(&newer).unwrap().unwrap().received, new);
    let kept = credentials.get(&id).unwrap().unwrap();
    assert_eq!((kept.received, kept.superseded_by), (old, Some(newer.clone())));
    let shown = world.wallet.show_credential(&by_id(&newer)).unwrap();
    assert_eq!((shown.origin.as_str(), shown.report.verdict.as_str()), ("link", "valid"));
    // What it answers is the same version from now on.
    let again = refresh(&world);
    assert_eq!((again.len(), again[0].id.as_str(), again[0].newer.as_deref()), (1, newer.as_str(), None));
}

#[test]
fn what_is_no_newer_version_changes_nothing() {
    let forged = || {
        let mut badge: Value = serde_json::from_slice(&version("2026-09-01T00:00:00Z")).unwrap();
        badge.as_object_mut().unwrap().remove("proof");
        signed(badge, &forger_key())
    };
    let answers = [
        version("2026-01-01T00:00:00Z"),
        version("2025-09-01T00:00:00Z"),
        version("2027-09-01T00:00:00Z"),
        forged(),
        b"<html>".to_vec(),
        badge(|_| {}),
    ];
    for answer in answers {
        let world = World::new();
        let id = world.imported(&version("2026-01-01T00:00:00Z"));
        world.web.answer(SERVICE, "application/vc", answer);
        let result = refresh(&world).remove(0);
        assert_eq!((result.verdict.as_str(), result.newer), ("valid", None));
        assert_eq!(world.list().into_iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
        assert!(world.wallet.store().resources().get(SERVICE).unwrap().is_none(), "another version is no copy");
    }
}

#[test]
fn a_service_that_fails_costs_neither_the_verdict_nor_the_copies() {
    let world = World::new();
    let badge = extended(|badge| {
        badge["refreshService"] = json!({ "id": SERVICE, "type": "1EdTechCredentialRefresh" });
        badge["credentialStatus"] = json!({ "id": REVOCATIONS, "type": "1EdTechRevocationList" });
    });
    let id = world.imported(&signed(badge, &issuer_key()));
    world.web.fail(SERVICE, FetchFailureKind::Status(500));
    world.web.answer(REVOCATIONS, "application/json", r#"{"revokedCredential":[]}"#);
    assert_eq!(refresh(&world)[0].verdict, "valid");
    assert_eq!(world.verdict(&id), "valid");
    assert!(world.wallet.store().resources().get(REVOCATIONS).unwrap().is_some());
}

#[test]
fn a_newer_version_is_asked_for_on_refresh_alone() {
    let world = World::new();
    let id = world.imported(&version("2026-01-01T00:00:00Z"));
    world.list();
    world.verdict(&id);
    world.wallet.list_credentials(&ListCredentials { search: "wound".to_owned() }).unwrap();
    assert!(!world.web.urls().contains(&SERVICE.to_owned()));
    refresh(&world);
    assert!(world.web.urls().contains(&SERVICE.to_owned()));
}

#[test]
fn what_the_site_revoked_stays_so_whatever_stands_there_later() {
    let world = World::new();
    let badge = extended(|badge| {
        badge["credentialStatus"] = json!({ "id": REVOCATIONS, "type": "1EdTechRevocationList" });
    });
    let number = badge["id"].clone();
    world.web.answer(REVOCATIONS, "application/json", r#"{"revokedCredential":[]}"#);
    let id = world.imported(&signed(badge, &issuer_key()));
    assert_eq!(world.verdict(&id), "valid");
    let listing = json!({ "revokedCredential": [{ "id": number, "revocationReason": "Typo" }] });
    world.web.answer(REVOCATIONS, "application/json", listing.to_string());
    assert_eq!(refresh(&world)[0].verdict, "revoked");
    let line = world.wallet.show_credential(&by_id(&id)).unwrap().report.lines.remove(2);
    assert_eq!((line.code.as_str(), line.params["reason"].as_str()), ("revoked_because", "Typo"));
    world.web.answer(REVOCATIONS, "text/html", "<html>moved</html>");
    assert_eq!(refresh(&world)[0].verdict, "revoked");
    world.web.fail(REVOCATIONS, FetchFailureKind::Unreachable);
    assert_eq!(refresh(&world)[0].verdict, "revoked");
    // Taken back in so many words.
    world.web.answer(REVOCATIONS, "application/json", r#"{"revokedCredential":[]}"#);
    assert_eq!(refresh(&world)[0].verdict, "valid");
}

#[test]
fn five_hundred_status_entries_make_sixteen_requests() {
    let world = World::new();
    let entry = |number: usize| {
        json!({
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "7",
            "statusListCredential": format!("https://slow.example/{number}"),
        })
    };
    let entries: Vec<Value> = (0..500).map(entry).collect();
    let id = world.imported(&badge(|badge| badge["credentialStatus"] = json!(entries)));
    assert_eq!(world.web.urls().len(), 16);
    assert_eq!(world.verdict(&id), "status_unknown");
}

#[test]
fn a_record_of_credentials_with_many_lists_gets_its_report() {
    let world = World::new();
    let enclosed = |number: usize| -> Value {
        let entry = |list: usize| {
            json!({
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": "7",
                "statusListCredential": format!("https://slow.example/{number}/{list}"),
            })
        };
        let badge = badge(|badge| {
            badge["id"] = json!(format!("urn:uuid:00000000-0000-4000-8000-{number:012}"));
            badge["credentialStatus"] = (0..20).map(entry).collect();
        });
        serde_json::from_slice(&badge).unwrap()
    };
    let record = json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:00000000-0000-4000-8000-00000000000c",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": { "id": ISSUER, "type": ["Profile"], "name": "Registrar" },
        "name": "Learning record",
        "validFrom": "2026-02-01T00:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:00000000-0000-4000-8000-00000000000d",
            "type": ["ClrSubject"],
            "verifiableCredential": (0..8).map(enclosed).collect::<Vec<_>>(),
        },
    });
    let id = world.imported(&signed(record, &issuer_key()));
    assert_eq!(world.verdict(&id), "valid");
    assert!((40..=attesta_verify::MOST_ADDRESSES).contains(&world.web.urls().len()), "{}", world.web.urls().len());
}

#[test]
fn a_stopped_refresh_says_so_and_a_later_one_goes_ahead() {
    let world = World::new();
    for number in 0..50 {
        world.imported(&badge_with_status(number));
    }
    let before = world.list().len();
    std::thread::scope(|scope| {
        let wallet = &world.wallet;
        let stopping = scope.spawn(move || {
            for _ in 0..2_000 {
                wallet.cancel_import();
                std::thread::yield_now();
            }
        });
        let refreshed = wallet.refresh(&Refresh::default());
        if let Err(error) = refreshed {
            assert_eq!(error.code().as_str(), "cancelled");
        }
        stopping.join().unwrap();
    });
    assert_eq!(world.list().len(), before);
    assert_eq!(refresh(&world).len(), before);
}
