use serde_json::json;

use super::world::*;
use crate::command::{Accept, AcceptItem, KeepLink, RemoveLink};
use crate::view::{Decision, GatheredView, ImportOutcome};

fn decided(gathered: &GatheredView, decision: Decision) -> Accept {
    let decisions = gathered.staged.iter().map(|it| AcceptItem { staged: it.id.clone(), decision }).collect();
    Accept { id: gathered.id.clone(), decisions }
}

fn version(from: &str) -> Vec<u8> {
    badge(|badge| badge["validFrom"] = json!(format!("{from}T00:00:00Z")))
}

#[test]
fn a_kept_credential_is_replaced_only_where_the_learner_says_so() {
    for (decision, outcome, listed) in [
        (Decision::Replace, ImportOutcome::Updated, 1),
        (Decision::Keep, ImportOutcome::Imported, 2),
        (Decision::Decline, ImportOutcome::Declined, 1),
    ] {
        let world = World::new();
        let old = world.imported(&version("2026-01-01"));
        let offer = world.wallet.offer_bytes("new.json", &version("2026-06-01")).unwrap();
        let gathered = world.gathered(&offer);
        let accepted = world.wallet.accept(&decided(&gathered, decision)).unwrap();
        assert_eq!(accepted.results[0].outcome, outcome);
        let rows = world.list();
        assert_eq!(rows.len(), listed, "{decision:?}");
        assert_eq!(rows.iter().any(|row| row.id == old), decision != Decision::Replace);
        assert_eq!(world.verdict(&old), "valid", "the older one stays behind it");
    }
}

#[test]
fn a_decision_counts_once_and_the_rest_waits() {
    let world = World::new();
    let both = [b"[".as_slice(), &badge_with_status(1), b",", &badge_with_status(2), b"]"].concat();
    let gathered = world.gathered(&world.wallet.offer_bytes("both.json", &both).unwrap());
    let mut request = decided(&gathered, Decision::Keep);
    let rest = request.decisions.split_off(1);
    request.decisions.push(request.decisions[0].clone());
    let first = world.wallet.accept(&request).unwrap();
    assert_eq!(first.results[0].outcome, ImportOutcome::Imported);
    assert_eq!(first.results[1].error.as_ref().unwrap().code, "not_found");
    assert_eq!(world.list().len(), 1);
    let second = world.wallet.accept(&Accept { id: gathered.id, decisions: rest }).unwrap();
    assert_eq!(second.results[0].outcome, ImportOutcome::Imported);
    assert_eq!(world.list().len(), 2);
}

#[test]
fn what_another_window_kept_meanwhile_is_a_duplicate() {
    let world = World::new();
    let json = badge(|_| {});
    let gathered = world.gathered(&world.wallet.offer_bytes("badge.json", &json).unwrap());
    let id = world.imported(&json);
    let accepted = world.accepted(&gathered);
    assert_eq!((accepted.results[0].outcome, accepted.results[0].id.as_ref()), (ImportOutcome::Duplicate, Some(&id)));
    assert_eq!(world.list().len(), 1);
}

#[test]
fn a_record_that_was_removed_meanwhile_is_not_missed() {
    let world = World::new();
    let old = world.imported(&version("2026-01-01"));
    let gathered = world.gathered(&world.wallet.offer_bytes("new.json", &version("2026-06-01")).unwrap());
    world.wallet.remove_credential(&by_id(&old)).unwrap();
    let accepted = world.wallet.accept(&decided(&gathered, Decision::Replace)).unwrap();
    assert_eq!(accepted.results[0].outcome, ImportOutcome::Imported);
}

#[test]
fn an_older_version_does_not_push_aside_a_newer_one_that_was_kept_meanwhile() {
    let world = World::new();
    world.imported(&version("2026-01-01"));
    let middle = world.gathered(&world.wallet.offer_bytes("middle.json", &version("2026-03-01")).unwrap());
    let newest =
        world.accepted(&world.gathered(&world.wallet.offer_bytes("newest.json", &version("2026-06-01")).unwrap()));
    let newest = newest.results[0].id.clone().unwrap();
    let accepted = world.wallet.accept(&decided(&middle, Decision::Replace)).unwrap();
    assert_eq!(accepted.results[0].outcome, ImportOutcome::Imported);
    assert!(world.list().iter().any(|row| row.id == newest), "the newest is still the one that counts");
}

#[test]
fn a_forged_one_takes_no_genuine_ones_place_even_where_the_learner_says_so() {
    let world = World::new();
    let genuine = world.imported(&version("2026-01-01"));
    let forged = signed(unsigned(|badge| badge["validFrom"] = json!("2026-06-01T00:00:00Z")), &forger_key());
    let gathered = world.gathered(&world.wallet.offer_bytes("forged.json", &forged).unwrap());
    let accepted = world.wallet.accept(&decided(&gathered, Decision::Replace)).unwrap();
    assert_eq!(accepted.results[0].outcome, ImportOutcome::Imported);
    assert!(world.list().iter().any(|row| row.id == genuine));
    // The other way round it may.
    let world = World::new();
    let forged = world.imported(&forged);
    let gathered = world.gathered(&world.wallet.offer_bytes("genuine.json", &version("2026-01-01")).unwrap());
    let accepted = world.wallet.accept(&decided(&gathered, Decision::Replace)).unwrap();
    assert_eq!(accepted.results[0].outcome, ImportOutcome::Updated);
    assert!(world.list().iter().all(|row| row.id != forged));
}

#[test]
fn the_mail_is_kept_with_what_it_brought_and_new_addresses_are_named() {
    let world = World::new();
    let gathered = |world: &World, number: u32| {
        let bytes = mail("Bravo!", &[("badge.json", badge_with_status(number))]);
        world.gathered(&world.wallet.offer_bytes("claim.eml", &bytes).unwrap())
    };
    let declined = world.wallet.accept(&decided(&gathered(&world, 1), Decision::Decline)).unwrap();
    assert!(declined.unknown_addresses.is_empty(), "what was not kept says nothing of the learner");
    let accepted = world.accepted(&gathered(&world, 1));
    assert_eq!(accepted.unknown_addresses, [RECIPIENT]);
    let shown = world.wallet.show_credential(&by_id(accepted.results[0].id.as_ref().unwrap())).unwrap();
    let letter = shown.letter.unwrap();
    assert_eq!((letter.subject.as_deref(), letter.to), (Some(SUBJECT), vec![RECIPIENT.to_owned()]));
    assert_eq!((shown.origin.as_str(), shown.origin_name.as_deref()), ("file", Some("badge.json")));
    let emails = vec![RECIPIENT.to_uppercase()];
    let change = crate::view::ChangeSettings { emails: Some(emails), ..Default::default() };
    world.wallet.change_settings(&change).unwrap();
    assert!(world.accepted(&gathered(&world, 2)).unknown_addresses.is_empty());
}

#[test]
fn a_mail_with_two_links_brings_both_and_the_second_time_nothing() {
    let world = World::new();
    let links = ["https://college.example/claim/1", "https://college.example/claim/2"];
    for (number, link) in (1..).zip(links) {
        world.web.answer(link, "application/vc", badge_with_status(number));
    }
    let bytes = mail(&format!("Vos badges\u{a0}:\r\n{}", links.join("\r\n")), &[]);
    for outcome in [ImportOutcome::Imported, ImportOutcome::Duplicate] {
        let results = world.wallet.import_bytes("claim.eml", &bytes, &|_| {});
        let found: Vec<_> = results.iter().map(|it| (it.source.as_str(), it.outcome)).collect();
        assert_eq!(found, [(links[0], outcome), (links[1], outcome)]);
        assert_eq!(world.list().len(), 2);
    }
}

#[test]
fn a_backup_for_another_wallet_comes_back_whole_and_without_its_keys() {
    let world = World::new();
    let ids = [world.imported(&badge(|_| {})), world.imported(&badge_with_status(2))];
    let before = world.list().len();
    let backup = world.wallet.wallet_backup().unwrap();
    assert_eq!(backup.name, "attesta-wallet-2026-11-21.json");
    let other = world.stranger();
    for outcome in [ImportOutcome::Imported, ImportOutcome::Duplicate] {
        let results = other.wallet.import_bytes("backup.json", &backup.bytes, &|_| {});
        assert_eq!(results.iter().map(|it| it.outcome).collect::<Vec<_>>(), [outcome; 2]);
        assert_eq!(other.list().len(), before);
    }
    let raw = |world: &World, id: &str| world.wallet.raw_credential(&by_id(id)).unwrap().json;
    let here: std::collections::BTreeSet<String> = ids.iter().map(|id| raw(&world, id)).collect();
    let there = other.list().iter().map(|row| raw(&other, &row.id)).collect();
    assert_eq!(here, there, "byte for byte");
    let offer = other.wallet.offer_bytes("backup.json", &backup.bytes).unwrap();
    assert!(offer.skipped.iter().any(|part| part.error.code == "carrier_private_keys"), "{:?}", offer.skipped);
    other.wallet.discard(&by_id(&offer.id)).unwrap();
}

#[test]
fn pages_are_kept_beside_a_credential_and_removed() {
    let world = World::new();
    let id = world.imported(&badge(|_| {}));
    let page = "https://learner.mycreds.ca/sharelink/11111111-2222-3333-4444-555555555555/11111111-2222-3333-4444-666666666666";
    let links = || world.wallet.show_credential(&by_id(&id)).unwrap().links;
    let keep = |url: &str| world.wallet.keep_link(&KeepLink { credential: id.clone(), url: url.to_owned() });
    world.web.forget_requests();
    keep(&format!(" {page}\n")).unwrap();
    keep(page).unwrap();
    assert_eq!(links().len(), 1);
    assert_eq!((links()[0].url.as_str(), links()[0].platform.as_deref()), (page, Some("MyCreds | MesCertif")));
    for bad in [
        "",
        "hello",
        "http://college.example/",
        "https://192.168.0.1/",
        "https://a:b@college.example/",
        "file:///etc/passwd",
    ] {
        assert_eq!(keep(bad).unwrap_err().code().as_str(), "address_not_allowed", "{bad}");
    }
    let missing = KeepLink { credential: "nobody".to_owned(), url: page.to_owned() };
    assert_eq!(world.wallet.keep_link(&missing).unwrap_err().code().as_str(), "not_found");
    world.wallet.remove_link(&RemoveLink { credential: id.clone(), url: page.to_owned() }).unwrap();
    assert!(links().is_empty());
    assert!(world.web.urls().is_empty(), "nobody is asked for any of it");
}
