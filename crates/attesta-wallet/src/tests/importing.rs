use std::cell::RefCell;

use attesta_credential::bake_png;
use attesta_net::FetchFailureKind;
use serde_json::json;

use super::files::{document, picture};
use super::world::*;
use crate::command::{ListCredentials, PastedText};
use crate::view::{ImportOutcome, ImportStep};

const CLAIM: &str = "https://college.example/claim/1";

#[test]
fn a_link_leads_to_a_checked_credential_in_the_wallet() {
    let world = World::new();
    know_learner(&world);
    world.web.answer(CLAIM, "application/vc", badge_with_status(3));
    let steps = RefCell::new(Vec::new());
    let results = world.wallet.import_text(&PastedText { text: format!(" {CLAIM}\n") }, &|progress| {
        steps.borrow_mut().push((progress.step, progress.host));
    });
    assert_eq!(results.len(), 1);
    assert_eq!(results[0].outcome, ImportOutcome::Imported, "{:?}", results[0].error);
    assert_eq!(results[0].verdict.as_deref(), Some("valid"));
    assert_eq!(results[0].source, CLAIM);
    assert_eq!(results[0].name.as_deref(), Some("Caring for Wound Infections"));
    let expected = [
        (ImportStep::Read, None),
        (ImportStep::Contact, Some("college.example".to_owned())),
        (ImportStep::Found, None),
        (ImportStep::Check, None),
        (ImportStep::Check, Some("college.example".to_owned())),
        (ImportStep::Check, Some("college.example".to_owned())),
        (ImportStep::Stored, None),
    ];
    assert_eq!(steps.into_inner(), expected);
    let shown = world.wallet.show_credential(&by_id(results[0].id.as_ref().unwrap())).unwrap();
    assert_eq!((shown.origin.as_str(), shown.origin_name.as_deref()), ("link", Some("college.example")));
    assert_eq!(shown.report.asked, ["college.example"]);
    let states: Vec<_> = shown.report.lines.iter().map(|line| line.code.as_str()).collect();
    assert_eq!(states, ["signature_holds", "issuer_lists_key", "still_good", "identifier_matches"]);
}

#[test]
fn each_badge_attached_to_a_document_is_a_credential_of_its_own() {
    let world = World::new();
    let [one, two] = [1, 2].map(|number| badge(|badge| badge["id"] = json!(format!("urn:uuid:{number}"))));
    let file = document(&[&one, b"Dear student,", &two]);
    let results = world.wallet.import_bytes("certificate.pdf", &file, &|_| {});
    let outcomes: Vec<_> = results.iter().map(|result| result.outcome).collect();
    assert_eq!(outcomes, [ImportOutcome::Imported, ImportOutcome::Imported]);
    for (result, credential) in results.iter().zip([one, two]) {
        let id = result.id.clone().unwrap();
        assert_eq!(world.wallet.store().credentials().get(&id).unwrap().unwrap().received, file);
        assert_eq!(world.wallet.raw_credential(&by_id(&id)).unwrap().json.as_bytes(), credential);
        assert_eq!(world.wallet.show_credential(&by_id(&id)).unwrap().credential.container, "pdf");
    }
}

#[test]
fn a_picture_with_only_an_address_leads_to_the_credential_there() {
    let world = World::new();
    let picture = b"<svg><openbadges:assertion verify='https://college.example/assertions/1'/></svg>";
    world.web.answer("https://college.example/assertions/1", "application/json", badge(|_| {}));
    let result = world.wallet.import_bytes("badge.svg", picture, &|_| {}).remove(0);
    assert_eq!((result.outcome, result.error), (ImportOutcome::Imported, None));
    assert_eq!(world.web.urls()[0], "https://college.example/assertions/1");
}

#[test]
fn what_was_received_is_kept_unchanged() {
    let world = World::new();
    let json = [b"\n  ".as_slice(), &badge(|_| {}), b"\n\n"].concat();
    let id = world.imported(&json);
    assert_eq!(world.wallet.raw_credential(&by_id(&id)).unwrap().json.as_bytes(), json);
    assert_eq!(world.wallet.store().credentials().get(&id).unwrap().unwrap().received, json);
    let baked = bake_png(&picture(), &badge(|badge| badge["id"] = json!("urn:uuid:2"))).unwrap();
    let result = world.wallet.import_bytes("badge.png", &baked, &|_| {}).remove(0);
    let id = result.id.unwrap();
    assert_eq!(world.wallet.store().credentials().get(&id).unwrap().unwrap().received, baked);
    let shown = world.wallet.show_credential(&by_id(&id)).unwrap();
    assert_eq!(shown.credential.container, "png");
    assert!(shown.credential.image.unwrap().starts_with("data:image/png;base64,"), "its own picture is shown");
}

#[test]
fn the_same_credential_again_is_a_duplicate_in_whatever_form() {
    let world = World::new();
    let json = badge(|_| {});
    let id = world.imported(&json);
    let spaced: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let spaced = serde_json::to_vec_pretty(&spaced).unwrap();
    let baked = bake_png(&picture(), &json).unwrap();
    world.web.forget_requests();
    for again in [json, spaced, baked] {
        let result = world.import(&again);
        assert_eq!(result.outcome, ImportOutcome::Duplicate);
        assert_eq!(result.id.as_ref(), Some(&id));
        assert_eq!(result.verdict.as_deref(), Some("valid"));
    }
    assert_eq!(world.list().len(), 1);
    assert!(world.web.urls().is_empty(), "what is here already needs no host to be asked");
    assert!(world.wallet.show_credential(&by_id(&id)).unwrap().history.is_empty(), "nothing was changed");
}

#[test]
fn a_newer_version_by_the_issuers_word_takes_the_old_ones_place() {
    let world = World::new();
    let old = world.imported(&badge(|_| {}));
    let newer = world.import(&badge(|badge| {
        badge["name"] = json!("Wound care, revised");
        badge["validFrom"] = json!("2026-06-01T00:00:00Z");
    }));
    assert_eq!(newer.outcome, ImportOutcome::Updated);
    let new = newer.id.unwrap();
    assert_eq!(world.list().iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), [new.as_str()]);
    assert_eq!(world.verdict(&old), "valid", "the old version is kept with its report");
    let again = world.import(&badge(|_| {}));
    assert_eq!((again.outcome, again.id), (ImportOutcome::Duplicate, Some(new)), "the old one leads to its successor");
}

#[test]
fn nobody_but_the_issuer_can_push_a_credential_aside() {
    let world = World::new();
    let genuine = world.imported(&badge(|_| {}));
    let forged = |change: &dyn Fn(&mut serde_json::Value)| {
        unsigned(|badge| {
            badge["name"] = json!("Forged");
            badge["validFrom"] = json!("2026-06-01T00:00:00Z");
            change(badge);
        })
    };
    let unsigned_copy = forged(&|_| {}).to_string().into_bytes();
    let wrong_key = signed(forged(&|_| {}), &forger_key());
    let own_key = signed_by_did_key(forged(&|_| {}), &forger_key());
    for forgery in [unsigned_copy, wrong_key, own_key] {
        let result = world.import(&forgery);
        assert_eq!(result.outcome, ImportOutcome::Imported, "kept as its own record");
        assert_ne!(result.verdict.as_deref(), Some("valid"));
    }
    let older = world.import(&badge(|badge| badge["validFrom"] = json!("2025-06-01T00:00:00Z")));
    assert_eq!(older.outcome, ImportOutcome::Declined, "an older version takes no place either");
    assert!(world.list().iter().any(|row| row.id == genuine && row.verdict == "valid"));
    assert_eq!(world.list().len(), 4);
}

#[test]
fn a_version_takes_a_place_only_by_being_newer() {
    #[track_caller]
    fn check(old: [Option<&str>; 2], new: [Option<&str>; 2], outcome: ImportOutcome) {
        let dated = |[from, awarded]: [Option<&str>; 2], name: &str| {
            badge(|badge| {
                badge["name"] = json!(name);
                // Every credential of this data model may leave its beginning out.
                badge.as_object_mut().unwrap().remove("validFrom");
                for (member, date) in [("validFrom", from), ("awardedDate", awarded)] {
                    if let Some(date) = date {
                        badge[member] = json!(format!("{date}T00:00:00Z"));
                    }
                }
            })
        };
        let world = World::new();
        world.import(&dated(old, "Old"));
        assert_eq!(world.import(&dated(new, "New")).outcome, outcome, "{old:?} {new:?}");
        assert_eq!(world.list().len(), if outcome == ImportOutcome::Imported { 2 } else { 1 });
    }
    use ImportOutcome::{Declined, Imported, Updated};
    const EARLY: Option<&str> = Some("2026-01-01");
    const LATE: Option<&str> = Some("2026-06-01");
    check([EARLY, EARLY], [LATE, EARLY], Updated);
    check([EARLY, EARLY], [EARLY, LATE], Updated);
    check([EARLY, None], [LATE, None], Updated);
    check([EARLY, EARLY], [EARLY, EARLY], Imported);
    check([EARLY, None], [EARLY, None], Imported);
    check([EARLY, LATE], [LATE, EARLY], Imported);
    check([EARLY, EARLY], [LATE, None], Imported);
    check([EARLY, None], [EARLY, LATE], Imported);
    check([LATE, None], [EARLY, None], Declined);
}

#[test]
fn an_issuer_whose_address_only_decodes_to_anothers_takes_no_place() {
    const HERE: &str = "https://college.example/a/b";
    const OTHER: &str = "https://college.example/a%2Fb";
    let world = World::new();
    let by = |issuer: &str, from: &str| {
        let key = issuer_key();
        let multikey = key.did()["did:key:".len()..].to_owned();
        let method = format!("{issuer}#key-1");
        let profile = json!({
            "@context": ["https://www.w3.org/ns/cid/v1"],
            "id": issuer,
            "verificationMethod":
                [{"id": method, "type": "Multikey", "controller": issuer, "publicKeyMultibase": multikey}],
            "assertionMethod": [method],
        });
        world.web.answer(issuer, "application/cid", profile.to_string());
        let unsigned = unsigned(|badge| {
            badge["issuer"]["id"] = json!(issuer);
            badge["validFrom"] = json!(from);
        });
        signed_with_method(unsigned, &key, &method)
    };
    assert_eq!(world.import(&by(HERE, "2026-01-01T00:00:00Z")).verdict.as_deref(), Some("valid"));
    let other = world.import(&by(OTHER, "2026-06-01T00:00:00Z"));
    assert_eq!((other.outcome, other.verdict.as_deref()), (ImportOutcome::Imported, Some("valid")));
    assert_eq!(world.list().len(), 2);
    assert_eq!(world.import(&by(HERE, "2026-06-01T00:00:00Z")).outcome, ImportOutcome::Updated);
}

#[test]
fn several_in_one_source_give_one_result_each_and_share_what_is_fetched() {
    let world = World::new();
    let (one, two) = (badge_with_status(1), badge_with_status(2));
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let array = format!("[{}, {}, {{\"type\":\"Shopping\"}}, {}]", text(&one), text(&two), text(&one));
    let results = world.wallet.import_bytes("all.json", array.as_bytes(), &|_| {});
    let outcomes: Vec<_> = results.iter().map(|result| result.outcome).collect();
    use ImportOutcome::{Duplicate, Failed, Imported};
    assert_eq!(outcomes, [Imported, Imported, Failed, Duplicate]);
    assert_eq!(results[0].id, results[3].id);
    assert_eq!(results[2].error.as_ref().unwrap().code, "not_a_credential");
    assert_eq!(results[2].verdict.as_deref(), Some("rejected"));
    let asked = world.web.urls();
    assert_eq!(asked, [DID_DOCUMENT, LIST], "each address is asked once");
    assert_eq!(world.list().len(), 2);
    let id = results[1].id.as_ref().unwrap();
    assert_eq!(world.wallet.raw_credential(&by_id(id)).unwrap().json.as_bytes(), two);
}

#[test]
fn an_altered_credential_is_kept_with_its_verdict() {
    let world = World::new();
    let altered = String::from_utf8(badge(|_| {})).unwrap().replace("Wound care", "Brain surgery");
    let result = world.import(altered.as_bytes());
    assert_eq!((result.outcome, result.verdict.as_deref()), (ImportOutcome::Imported, Some("invalid")));
}

#[test]
fn what_can_not_be_read_or_had_leaves_the_wallet_as_it_was() {
    let world = World::new();
    #[track_caller]
    fn check(world: &World, text: &str, code: &str) {
        let results = world.import_text(text);
        assert_eq!(results.len(), 1);
        assert_eq!(results[0].outcome, ImportOutcome::Failed);
        assert_eq!(results[0].error.as_ref().unwrap().code, code, "{text}");
        assert!(world.list().is_empty());
    }
    let whole = String::from_utf8(badge(|_| {})).unwrap();
    check(&world, "", "empty_input");
    check(&world, "hello", "not_a_link");
    check(&world, &whole[..whole.len() / 2], "truncated");
    check(&world, "{\"a\":1,\"a\":2}", "duplicate_key");
    check(&world, "http://college.example/1", "not_https");
    check(&world, "https://localhost/1", "address_refused");
    for (failure, code) in [
        (FetchFailureKind::Unreachable, "fetch_failed"),
        (FetchFailureKind::Tls, "tls_failed"),
        (FetchFailureKind::Status(401), "sign_in_needed"),
        (FetchFailureKind::Status(403), "sign_in_needed"),
        (FetchFailureKind::Status(418), "fetch_failed"),
        (FetchFailureKind::Status(429), "too_many_requests"),
        (FetchFailureKind::Status(500), "server_fault"),
        (FetchFailureKind::Status(503), "server_fault"),
        (FetchFailureKind::Status(410), "link_gone"),
        (FetchFailureKind::TimedOut, "timed_out"),
        (FetchFailureKind::TooLarge, "too_large"),
        (FetchFailureKind::AddressRefused, "address_refused"),
        (FetchFailureKind::TooManyRedirects, "too_many_redirects"),
    ] {
        world.web.fail(CLAIM, failure);
        check(&world, CLAIM, code);
    }
    world.web.answer(CLAIM, "image/png", picture());
    check(&world, CLAIM, "png_without_credential");
    world.web.answer(CLAIM, "image/png", &picture()[..30]);
    check(&world, CLAIM, "truncated");
    world.web.answer(CLAIM, "text/plain", "eyJhbGciOiJFZERTQSJ9.eyJ2YyI6e319.c2ln~");
    check(&world, CLAIM, "not_a_credential");
    assert!(world.wallet.store().resources().get(DID_DOCUMENT).unwrap().is_none());
}

#[test]
fn an_import_that_is_stopped_keeps_nothing() {
    let world = World::new();
    let results = world.wallet.import_bytes("badge.json", &badge(|_| {}), &|progress| {
        if progress.step == ImportStep::Check {
            world.wallet.cancel_import();
        }
    });
    assert_eq!(results[0].outcome, ImportOutcome::Failed);
    assert_eq!(results[0].error.as_ref().unwrap().code, "cancelled");
    assert!(world.list().is_empty());
    world.imported(&badge(|_| {}));
}

#[test]
fn without_a_connection_a_link_is_not_asked_and_a_file_waits_for_its_key() {
    let world = World::new();
    let offline = world.offline();
    let results = offline.import_text(&PastedText { text: CLAIM.to_owned() }, &|_| {});
    assert_eq!(results[0].error.as_ref().unwrap().code, "offline");
    let result = offline.import_bytes("badge.json", &badge(|_| {}), &|_| {}).remove(0);
    assert_eq!((result.outcome, result.verdict.as_deref()), (ImportOutcome::Imported, Some("unverifiable")));
}

#[test]
fn a_search_finds_words_without_accents_and_nothing_is_asked() {
    let world = World::new();
    let id = world.imported(&badge(|_| {}));
    world.web.forget_requests();
    let search = |text: &str| {
        let rows = world.wallet.list_credentials(&ListCredentials { search: text.to_owned() }).unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    for text in ["preparer", "example coll", "nursing"] {
        assert_eq!(search(text), [id.as_str()], "{text}");
    }
    assert!(search("welding").is_empty());
    assert!(world.web.urls().is_empty());
}

#[test]
fn removing_takes_the_older_versions_along() {
    let world = World::new();
    let old = world.imported(&badge(|_| {}));
    let newer = badge(|badge| badge["validFrom"] = json!("2026-06-01T00:00:00Z"));
    let new = world.import(&newer).id.unwrap();
    world.wallet.remove_credential(&by_id(&new)).unwrap();
    assert!(world.list().is_empty());
    for id in [&old, &new] {
        assert_eq!(world.wallet.show_credential(&by_id(id)).unwrap_err().code().as_str(), "not_found");
        assert_eq!(world.wallet.remove_credential(&by_id(id)).unwrap_err().code().as_str(), "not_found");
    }
}
