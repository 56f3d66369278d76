//! Open Badges 2.0, whose names and issuers stand at addresses of their own.

use attesta_net::{FetchFailureKind, Fetched};
use serde_json::{Value, json};

use super::world::*;
use crate::command::{CreateBundle, ListCredentials, Refresh, SaveShare, ShareBundle, ShareFile};
use crate::view::ShareForm;

const ASSERTION: &str = "https://college.example/assertions/1";
const BADGE: &str = "https://college.example/badges/weld";
const PROFILE: &str = "https://college.example/issuer";

fn assertion() -> Value {
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": ASSERTION, "badge": BADGE,
        "recipient": {"type": "email", "hashed": false, "identity": "amelie@example.org"},
        "issuedOn": "2026-02-01T00:00:00Z", "verification": {"type": "hosted"},
    })
}

/// A wallet on a web where the college hosts its badge.
fn world() -> World {
    let world = World::new();
    host(&world, ASSERTION, &assertion());
    host(
        &world,
        BADGE,
        &json!({
            "@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": BADGE, "name": "Welding",
            "description": "Joins metal.", "criteria": "https://college.example/c", "issuer": PROFILE,
        }),
    );
    host(
        &world,
        PROFILE,
        &json!({
            "@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "id": PROFILE, "name": "Exemplary College",
            "url": "https://college.example", "email": "badges@college.example",
        }),
    );
    world
}

fn host(world: &World, url: &str, document: &Value) {
    world.web.answer(url, "application/ld+json", document.to_string().into_bytes());
}

fn import(world: &World) -> String {
    world.imported(assertion().to_string().as_bytes())
}

#[test]
fn a_hosted_badge_is_imported_with_its_name_and_issuer() {
    let world = world();
    let result = world.import(assertion().to_string().as_bytes());
    assert_eq!((result.name.as_deref(), result.verdict.as_deref()), (Some("Welding"), Some("valid")));
    let again = world.import(assertion().to_string().as_bytes());
    assert_eq!(again.name.as_deref(), Some("Welding"));
    for search in ["welding", "exemplary", "metal"] {
        let found = world.wallet.list_credentials(&ListCredentials { search: search.to_owned() }).unwrap();
        assert_eq!(found.len(), 1, "{search}");
    }
}

#[test]
fn it_is_shown_whole_without_a_connection() {
    let world = world();
    let id = import(&world);
    let offline = world.offline();
    let row = offline.list_credentials(&ListCredentials::default()).unwrap().remove(0);
    assert_eq!((row.title.text.as_str(), row.issuer.text.as_str()), ("Welding", "Exemplary College"));
    let shown = offline.show_credential(&by_id(&id)).unwrap();
    assert_eq!(shown.credential.issuer.host.as_deref(), Some("college.example"));
    assert_eq!(
        (shown.credential.data_model.as_str(), shown.credential.securing.join(" ")),
        ("ob_2.0", "hosted".to_owned())
    );
    assert_eq!(shown.credential.criteria_url.as_deref(), Some("https://college.example/c"));
    let raw = offline.raw_credential(&by_id(&id)).unwrap();
    assert_eq!(raw.json, assertion().to_string());
}

#[test]
fn without_its_badge_class_it_says_what_it_says_itself() {
    let world = world();
    world.web.fail(BADGE, FetchFailureKind::Unreachable);
    let result = world.import(assertion().to_string().as_bytes());
    assert_eq!((result.name.as_deref(), result.verdict.as_deref()), (Some("Open Badge"), Some("unverifiable")));
}

#[test]
fn a_badge_that_its_site_withdrew_is_revoked_and_its_copy_speaks_no_longer() {
    let world = world();
    let id = import(&world);
    world.web.fail(ASSERTION, FetchFailureKind::Status(410));
    let result = world.wallet.refresh(&Refresh::default()).unwrap().remove(0);
    assert_eq!((result.verdict.as_str(), result.name.as_str()), ("revoked", "Welding"));
    let offline = world.offline();
    assert_eq!(offline.refresh(&Refresh::default()).unwrap().remove(0).verdict, "unverifiable");
    assert_eq!(offline.show_credential(&by_id(&id)).unwrap().credential.title.text, "Welding");
}

#[test]
fn a_redirect_to_another_host_does_not_make_it_that_issuers() {
    let world = world();
    let elsewhere = "https://evil.example/a";
    let redirected =
        Fetched { bytes: assertion().to_string().into_bytes(), media_type: None, final_url: elsewhere.to_owned() };
    world.web.set(ASSERTION, Ok(redirected));
    let result = world.import(assertion().to_string().as_bytes());
    assert_eq!(result.verdict.as_deref(), Some("unverifiable"));
}

#[test]
fn a_stranger_sees_it_whole_and_checks_it_anew() {
    let world = world();
    let id = import(&world);
    let bundle =
        CreateBundle { title: "For you".to_owned(), note: None, credentials: vec![id], ..CreateBundle::default() };
    let bundle = world.wallet.create_bundle(&bundle).unwrap().id;
    let share =
        ShareBundle { bundle, form: ShareForm::Json, expires: None, recipient: None, passphrase: None, language: None };
    let save = SaveShare {
        id: world.wallet.share_bundle(&share).unwrap().id,
        file: ShareFile::Json,
        language: None,
        paper: None,
    };
    let payload = world.wallet.share_content(&save).unwrap();
    let seen = world.stranger().wallet.open_files(&[("bundle.json", &payload.bytes)], None).unwrap();
    assert_eq!(seen.credentials[0].credential.as_ref().unwrap().title.text, "Welding");
    assert_eq!(seen.credentials[0].report.as_ref().unwrap().verdict, "valid");
}
