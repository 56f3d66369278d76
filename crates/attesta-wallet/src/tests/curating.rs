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
fn what_is_written_on_each_credential_stays_with_it() {
    let world = World::new();
    let [one, other] = two(&world);
    let create = CreateBundle {
        title: "Care".to_owned(),
        audience: Some(" Clinique Nord ".to_owned()),
        credentials: vec![one.clone(), other.clone()],
        notes: [(one.clone(), " Why it matters ".to_owned()), (other.clone(), " ".to_owned())].into(),
        hidden_parts: ["results", "picture", "results"].map(str::to_owned).into(),
        ..CreateBundle::default()
    };
    let made = world.wallet.create_bundle(&create).unwrap();
    assert_eq!((made.audience.as_deref(), made.version), (Some("Clinique Nord"), 1));
    assert_eq!(made.hidden_parts, ["picture", "results"]);
    assert_eq!(made.notes, [(one.clone(), "Why it matters".to_owned())].into());
    assert_eq!(world.wallet.show_bundle(&by_id(&made.id)).unwrap(), made);
    let edit = EditBundle { id: made.id.clone(), ..EditBundle::default() };
    let edited = |edit: EditBundle| world.wallet.edit_bundle(&edit).unwrap();
    let turned = edited(EditBundle { credentials: Some(vec![other.clone(), one.clone()]), ..edit.clone() });
    assert_eq!((turned.notes, turned.hidden_parts), (made.notes, made.hidden_parts), "what is not named stays");
    let noted = edited(EditBundle { notes: Some([(other.clone(), "Hello".to_owned())].into()), ..edit.clone() });
    assert_eq!(noted.notes, [(other.clone(), "Hello".to_owned())].into(), "all notes are named together");
    let alone = edited(EditBundle { credentials: Some(vec![one.clone()]), ..edit.clone() });
    assert!(alone.notes.is_empty());
    let plain = edited(EditBundle { audience: Some(String::new()), hidden_parts: Some(Vec::new()), ..edit });
    assert_eq!((plain.audience, plain.hidden_parts.len(), plain.version), (None, 0, 5));
}

#[test]
fn what_is_too_long_or_unknown_is_refused_by_its_own_code() {
    let world = World::new();
    let [one, _] = two(&world);
    let good = CreateBundle { title: "T".to_owned(), credentials: vec![one.clone()], ..CreateBundle::default() };
    let noted = |length: usize| [(one.clone(), "é".repeat(length))].into();
    let many = |count: usize| (0..count).map(|number| number.to_string()).collect::<Vec<_>>();
    let hidden = |name: &str| vec![name.to_owned()];
    #[track_caller]
    fn check(world: &World, request: CreateBundle, code: &str) {
        let error = world.wallet.create_bundle(&request).unwrap_err();
        assert_eq!(error.code().as_str(), code);
        let credentials = Some(request.credentials.clone());
        let edit = EditBundle {
            id: world.wallet.list_bundles().unwrap()[0].id.clone(),
            title: Some(request.title.clone()),
            note: request.note.clone(),
            audience: request.audience.clone(),
            credentials,
            notes: Some(request.notes.clone()),
            withheld: Some(request.withheld.clone()),
            hidden_parts: Some(request.hidden_parts.clone()),
        };
        assert_eq!(world.wallet.edit_bundle(&edit).unwrap_err().code().as_str(), code);
    }
    let fits = CreateBundle {
        title: "é".repeat(200),
        note: Some("é".repeat(5_000)),
        audience: Some("é".repeat(200)),
        notes: noted(1_000),
        ..good.clone()
    };
    let kept = world.wallet.create_bundle(&fits).unwrap();
    for (request, code) in [
        (CreateBundle { title: "é".repeat(201), ..good.clone() }, "bundle_title_too_long"),
        (CreateBundle { note: Some("é".repeat(5_001)), ..good.clone() }, "bundle_note_too_long"),
        (CreateBundle { audience: Some("é".repeat(201)), ..good.clone() }, "bundle_audience_too_long"),
        (CreateBundle { notes: noted(1_001), ..good.clone() }, "credential_note_too_long"),
        (CreateBundle { credentials: many(101), ..good.clone() }, "bundle_too_large"),
        (CreateBundle { credentials: many(100), ..good.clone() }, "not_found"),
        (CreateBundle { hidden_parts: hidden("signature"), ..good.clone() }, "unknown_part"),
        (CreateBundle { withheld: [(one.clone(), hidden("/name"))].into(), ..good.clone() }, "not_disclosable"),
    ] {
        check(&world, request, code);
    }
    assert_eq!(world.wallet.list_bundles().unwrap(), [kept]);
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
