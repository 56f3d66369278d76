//! What there is to know before a bundle is shared.

use attesta_net::FetchFailureKind;
use serde_json::json;

use super::world::*;
use crate::command::{CreateBundle, Refresh};
use crate::view::BundleReviewView;

fn bundle(world: &World, credentials: &[&str]) -> String {
    let credentials = credentials.iter().map(|&id| id.to_owned()).collect();
    let create = CreateBundle { title: "Care".to_owned(), credentials, ..CreateBundle::default() };
    world.wallet.create_bundle(&create).unwrap().id
}

fn review(world: &World, bundle: &str) -> BundleReviewView {
    world.web.forget_requests();
    let review = world.wallet.review_bundle(&by_id(bundle)).unwrap();
    assert!(world.web.urls().is_empty(), "a review asks nobody");
    review
}

fn ending(number: u32, end: &str) -> Vec<u8> {
    badge(|badge| {
        badge["id"] = json!(format!("urn:uuid:00000000-0000-4000-8000-{number:012}"));
        badge["validUntil"] = json!(end);
    })
}

/// A record, the code of what is said of it, and the values for its words.
type Concern<'c> = (&'c str, &'c str, &'c [(&'c str, &'c str)]);

#[track_caller]
fn check(world: &World, bundle: &str, expected: &[Concern<'_>]) {
    let review = review(world, bundle);
    let told: Vec<_> = review
        .concerns
        .iter()
        .map(|it| (it.credential.as_deref().unwrap(), it.code.as_str(), it.params.clone()))
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(id, code, params)| {
            (*id, *code, params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        })
        .collect();
    assert_eq!(told, expected);
}

#[test]
fn nothing_is_said_of_what_is_well() {
    let world = World::new();
    know_learner(&world);
    let [one, other] = [1, 2].map(|number| world.imported(&badge_with_status(number)));
    let bundle = bundle(&world, &[&one, &other]);
    let review = review(&world, &bundle);
    assert_eq!((review.concerns.len(), review.checked_at.as_deref()), (0, Some(NOW)));
    assert_eq!(world.wallet.review_bundle(&by_id("nope")).unwrap_err().code().as_str(), "bundle_not_found");
}

#[test]
fn what_the_last_check_found_is_said_in_the_bundles_order() {
    let world = World::new();
    know_learner(&world);
    let [one, two, three] = [1, 2, 3].map(|number| world.imported(&badge_with_status(number)));
    let forged = world.imported(&signed(
        unsigned(|badge| badge["id"] = json!("urn:uuid:00000000-0000-4000-8000-000000000009")),
        &forger_key(),
    ));
    let of_another = world.imported(&badge(|badge| {
        badge["id"] = json!("urn:uuid:00000000-0000-4000-8000-000000000008");
        badge["credentialSubject"]["identifier"][0]["identityHash"] = json!("zoe@example.org");
    }));
    world.web.answer(LIST, "application/vc", status_list(&[2]));
    world.wallet.refresh(&Refresh { ids: vec![two.clone()] }).unwrap();
    world.web.fail(LIST, FetchFailureKind::Unreachable);
    let bundle = bundle(&world, &[&three, &of_another, &forged, &two, &one]);
    check(&world, &bundle, &[(&of_another, "not_about_me", &[]), (&forged, "invalid", &[]), (&two, "revoked", &[])]);
}

#[test]
fn where_no_address_is_known_nothing_is_said_of_whom_it_is_about() {
    let world = World::new();
    assert!(world.wallet.settings().unwrap().did.starts_with("did:key:"), "a key of one's own is no address");
    let one = world.imported(&badge_with_status(1));
    let bundle = bundle(&world, &[&one]);
    check(&world, &bundle, &[]);
}

#[test]
fn time_that_has_passed_since_counts_without_asking() {
    let world = World::new();
    know_learner(&world);
    let soon = world.imported(&ending(1, "2026-12-21T12:00:00Z"));
    let later = world.imported(&ending(2, "2026-12-21T12:00:01Z"));
    let bundle = bundle(&world, &[&later, &soon]);
    check(&world, &bundle, &[(&soon, "ends_soon", &[("until", "2026-12-21T12:00:00Z")])]);
    // The last moment belongs to it.
    world.clock.set("2026-12-21T12:00:00Z".parse().unwrap());
    check(
        &world,
        &bundle,
        &[
            (&later, "ends_soon", &[("until", "2026-12-21T12:00:01Z")]),
            (&soon, "ends_soon", &[("until", "2026-12-21T12:00:00Z")]),
        ],
    );
    world.clock.set("2026-12-21T12:00:01Z".parse().unwrap());
    check(
        &world,
        &bundle,
        &[
            (&later, "ends_soon", &[("until", "2026-12-21T12:00:01Z")]),
            (&later, "old_check", &[("when", NOW)]),
            (&soon, "expired", &[("until", "2026-12-21T12:00:00Z")]),
            (&soon, "old_check", &[("when", NOW)]),
        ],
    );
}

#[test]
fn what_had_not_begun_at_its_check_counts_once_it_has() {
    let world = World::new();
    know_learner(&world);
    let coming = world.imported(&badge(|badge| badge["validFrom"] = json!("2026-12-01T00:00:00Z")));
    let bundle = bundle(&world, &[&coming]);
    check(&world, &bundle, &[(&coming, "not_yet_valid", &[])]);
    world.clock.set("2026-12-01T00:00:00Z".parse().unwrap());
    check(&world, &bundle, &[]);
}
