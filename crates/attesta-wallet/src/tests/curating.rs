use serde_json::json;

use super::world::*;
use crate::command::{CreateBundle, EditBundle};
use crate::view::{BundleView, ChangeSettings};

fn titles(bundle: &BundleView) -> Vec<&str> {
    bundle.credentials.iter().map(|row| row.id.as_str()).collect()
}

fn two(world: &World) -> [String; 2] {
    [1, 2].map(|number| world.imported(&badge_with_status(number)))
}

#[test]
fn a_bundle_keeps_the_learners_order_and_changes_only_what_is_named() {
    let world = World::new();
    let [one, other] = two(&world);
    let create = CreateBundle {
        title: "  Nursing assistant ".to_owned(),
        note: Some(" ".to_owned()),
        credentials: vec![other.clone(), one.clone(), other.clone()],
        ..CreateBundle::default()
    };
    let made = world.wallet.create_bundle(&create).unwrap();
    assert_eq!(made.title, "Nursing assistant");
    assert_eq!(made.note, None);
    assert_eq!(titles(&made), [other.as_str(), one.as_str()]);
    let edit = |title: Option<&str>, note: Option<&str>, credentials: Option<Vec<String>>| EditBundle {
        id: made.id.clone(),
        title: title.map(str::to_owned),
        note: note.map(str::to_owned),
        credentials,
        ..EditBundle::default()
    };
    let edited = world.wallet.edit_bundle(&edit(None, Some("Hello"), None)).unwrap();
    assert_eq!((edited.title.as_str(), edited.note.as_deref()), ("Nursing assistant", Some("Hello")));
    let edited = world.wallet.edit_bundle(&edit(Some("Care"), None, Some(vec![one.clone()]))).unwrap();
    assert_eq!((edited.title.as_str(), edited.note.as_deref()), ("Care", Some("Hello")));
    assert_eq!(titles(&edited), [one.as_str()]);
    assert_eq!(world.wallet.edit_bundle(&edit(None, Some(""), None)).unwrap().note, None);
    for (change, code) in [
        (edit(Some(" "), None, None), "bundle_title_missing"),
        (edit(None, None, Some(Vec::new())), "bundle_empty"),
        (edit(Some("X"), None, Some(vec!["nope".to_owned()])), "not_found"),
        (EditBundle { id: "nope".to_owned(), ..edit(None, None, None) }, "bundle_not_found"),
    ] {
        assert_eq!(world.wallet.edit_bundle(&change).unwrap_err().code().as_str(), code);
    }
    let unchanged = world.wallet.show_bundle(&by_id(&made.id)).unwrap();
    assert_eq!((unchanged.title.as_str(), titles(&unchanged)), ("Care", vec![one.as_str()]));
}

#[test]
fn a_newer_version_stands_in_the_bundle_in_the_old_ones_place() {
    let world = World::new();
    let [one, other] = two(&world);
    let create = CreateBundle {
        title: "Care".to_owned(),
        note: None,
        credentials: vec![one, other.clone()],
        ..CreateBundle::default()
    };
    let made = world.wallet.create_bundle(&create).unwrap();
    let newer = world.import(&badge(|badge| {
        badge["id"] = json!("urn:uuid:00000000-0000-4000-8000-000000000001");
        badge["validFrom"] = json!("2026-06-01T00:00:00Z");
    }));
    let shown = world.wallet.show_bundle(&by_id(&made.id)).unwrap();
    assert_eq!(titles(&shown), [newer.id.unwrap().as_str(), other.as_str()]);
}

#[test]
fn deleting_a_bundle_leaves_its_credentials() {
    let world = World::new();
    let [one, _] = two(&world);
    let create = CreateBundle {
        title: "Care".to_owned(),
        note: None,
        credentials: vec![one.clone()],
        ..CreateBundle::default()
    };
    let made = world.wallet.create_bundle(&create).unwrap();
    assert_eq!(world.wallet.show_credential(&by_id(&one)).unwrap().bundles[0].title, "Care");
    world.wallet.delete_bundle(&by_id(&made.id)).unwrap();
    assert!(world.wallet.list_bundles().unwrap().is_empty());
    assert_eq!(world.list().len(), 2);
    assert_eq!(world.wallet.delete_bundle(&by_id(&made.id)).unwrap_err().code().as_str(), "bundle_not_found");
}

#[test]
fn a_preview_shows_what_a_reader_will_see_and_asks_nobody() {
    let world = World::new();
    know_learner(&world);
    let [one, other] = two(&world);
    let create = CreateBundle {
        title: "Care".to_owned(),
        note: Some("Hello".to_owned()),
        credentials: vec![one, other],
        ..CreateBundle::default()
    };
    let made = world.wallet.create_bundle(&create).unwrap();
    world.web.forget_requests();
    let preview = world.wallet.preview_bundle(&by_id(&made.id)).unwrap();
    assert_eq!((preview.title.as_deref(), preview.note.as_deref()), (Some("Care"), Some("Hello")));
    assert_eq!((preview.verdict.as_str(), preview.report.verdict.as_str()), ("valid", "valid"));
    assert_eq!(preview.credentials.len(), 2);
    for presented in &preview.credentials {
        let about = &presented.report.as_ref().unwrap().lines[3];
        assert_eq!(about.code, "skipped.no_identities_known", "a reader does not know the learner's addresses");
    }
    assert!(world.web.urls().is_empty());
    assert!(world.wallet.list_shares().unwrap().is_empty());
}

#[test]
fn settings_change_only_what_is_named() {
    let world = World::new();
    let before = world.wallet.settings().unwrap();
    assert!(before.did.starts_with("did:key:z6Mk"));
    assert_eq!(before.language, None);
    let change = ChangeSettings {
        language: Some("fr".to_owned()),
        verifier_url: Some("https://verify.example/page.html#old".to_owned()),
        emails: Some(vec![" a@example.org ".to_owned(), String::new(), "a@example.org".to_owned()]),
        ..Default::default()
    };
    let after = world.wallet.change_settings(&change).unwrap();
    assert_eq!(after.language, Some(attesta_view::Language::Fr));
    assert_eq!(after.verifier_url.as_deref(), Some("https://verify.example/page.html"));
    assert_eq!(after.emails, ["a@example.org"]);
    assert_eq!(after.did, before.did);
    for page in ["http://verify.example/", "ftp://verify.example/", "verify.example", "javascript:alert(1)"] {
        let change = ChangeSettings {
            verifier_url: Some(page.to_owned()),
            theme: Some("dark".to_owned()),
            ..Default::default()
        };
        assert_eq!(world.wallet.change_settings(&change).unwrap_err().code().as_str(), "verifier_url_not_https");
    }
    let back =
        ChangeSettings { language: Some(String::new()), verifier_url: Some(String::new()), ..Default::default() };
    let back = world.wallet.change_settings(&back).unwrap();
    assert_eq!((back.language, back.theme, back.verifier_url), (None, None, before.verifier_url));
    assert_eq!(back.emails, ["a@example.org"]);
}
