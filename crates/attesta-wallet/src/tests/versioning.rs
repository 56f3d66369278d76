//! A bundle's versions: kept at each save, listed, gone back to; and copies of bundles.

use attesta_view::Language;
use serde_json::json;

use super::world::*;
use crate::command::{CreateBundle, EditBundle, RestoreBundle, ShareBundle};
use crate::view::{BundleView, ChangeSettings, ShareForm};

fn made(world: &World, credentials: &[&str], notes: &[(&str, &str)]) -> BundleView {
    let create = CreateBundle {
        title: "Care".to_owned(),
        credentials: credentials.iter().map(|&id| id.to_owned()).collect(),
        notes: notes.iter().map(|(id, note)| ((*id).to_owned(), (*note).to_owned())).collect(),
        ..CreateBundle::default()
    };
    world.wallet.create_bundle(&create).unwrap()
}

fn titled(world: &World, id: &str, title: &str) -> BundleView {
    let edit = EditBundle { id: id.to_owned(), title: Some(title.to_owned()), ..EditBundle::default() };
    world.wallet.edit_bundle(&edit).unwrap()
}

fn restored(world: &World, id: &str, version: u32) -> Result<BundleView, crate::WalletError> {
    world.wallet.restore_bundle(&RestoreBundle { id: id.to_owned(), version })
}

fn ids(bundle: &BundleView) -> Vec<&str> {
    bundle.credentials.iter().map(|row| row.id.as_str()).collect()
}

#[test]
fn each_save_that_changes_something_is_listed_with_how_often_it_was_shared() {
    let world = World::new();
    let [one, other] = [1, 2].map(|number| world.imported(&badge_with_status(number)));
    let bundle = made(&world, &[&one, &other], &[]);
    world.clock.set("2026-11-22T08:00:00Z".parse().unwrap());
    assert_eq!(titled(&world, &bundle.id, "Nursing").version, 2);
    assert_eq!(titled(&world, &bundle.id, " Nursing ").version, 2, "the same again is no version");
    for _ in 0..2 {
        let request = ShareBundle {
            bundle: bundle.id.clone(),
            form: ShareForm::Json,
            expires: None,
            recipient: None,
            passphrase: None,
            language: None,
        };
        assert_eq!(world.wallet.share_bundle(&request).unwrap().version, 2);
    }
    titled(&world, &bundle.id, "Care");
    let versions = world.wallet.bundle_versions(&by_id(&bundle.id)).unwrap();
    let seen: Vec<_> = versions.iter().map(|it| (it.version, it.title.as_str(), it.count, it.shares)).collect();
    assert_eq!(seen, [(3, "Care", 2, 0), (2, "Nursing", 2, 2), (1, "Care", 2, 0)]);
    assert_eq!((versions[0].saved_at.as_str(), versions[2].saved_at.as_str()), ("2026-11-22T08:00:00Z", NOW));
    assert_eq!(world.wallet.bundle_versions(&by_id("nope")).unwrap_err().code().as_str(), "bundle_not_found");
}

#[test]
fn an_earlier_version_becomes_the_newest_again() {
    let world = World::new();
    let [one, other] = [1, 2].map(|number| world.imported(&badge_with_status(number)));
    let bundle = made(&world, &[&other, &one], &[(&one, "First"), (&other, "Second")]);
    let edit = EditBundle {
        id: bundle.id.clone(),
        title: Some("Short".to_owned()),
        credentials: Some(vec![one.clone()]),
        notes: Some(Default::default()),
        hidden_parts: Some(vec!["evidence".to_owned()]),
        ..EditBundle::default()
    };
    world.wallet.edit_bundle(&edit).unwrap();
    let back = restored(&world, &bundle.id, 1).unwrap();
    assert_eq!(back, BundleView { version: 3, ..bundle.clone() });
    assert_eq!(restored(&world, &bundle.id, 1).unwrap().version, 3, "what is so already is no version");
    assert_eq!(restored(&world, &bundle.id, 2).unwrap().hidden_parts, ["evidence"]);
    for (id, version, code) in [
        (bundle.id.as_str(), 9, "bundle_version_not_found"),
        (&bundle.id, 0, "bundle_version_not_found"),
        ("nope", 1, "bundle_not_found"),
    ] {
        assert_eq!(restored(&world, id, version).unwrap_err().code().as_str(), code);
    }
}

#[test]
fn what_was_replaced_since_comes_back_in_its_newer_version_and_what_was_removed_is_told() {
    let world = World::new();
    let [one, other] = [1, 2].map(|number| world.imported(&badge_with_status(number)));
    let bundle = made(&world, &[&one, &other], &[(&one, "Why"), (&other, "Also")]);
    titled(&world, &bundle.id, "Later");
    let newer = world.import(&badge(|badge| {
        badge["id"] = json!("urn:uuid:00000000-0000-4000-8000-000000000001");
        badge["validFrom"] = json!("2026-06-01T00:00:00Z");
    }));
    let newer = newer.id.unwrap();
    let shown = world.wallet.show_bundle(&by_id(&bundle.id)).unwrap();
    assert_eq!(shown.notes.get(&newer).map(String::as_str), Some("Why"), "the note stays on the newer version");
    world.wallet.remove_credential(&by_id(&other)).unwrap();
    let back = restored(&world, &bundle.id, 1).unwrap();
    assert_eq!((ids(&back), back.left_out, back.title.as_str()), (vec![newer.as_str()], 1, "Care"));
    assert_eq!(back.notes, [(newer.clone(), "Why".to_owned())].into());
    world.wallet.remove_credential(&by_id(&newer)).unwrap();
    assert_eq!(restored(&world, &bundle.id, 1).unwrap_err().code().as_str(), "bundle_empty");
}

#[test]
fn a_copy_is_a_bundle_of_its_own_named_in_the_learners_language() {
    let world = World::new();
    let one = world.imported(&badge_with_status(1));
    let bundle = made(&world, &[&one], &[(&one, "Why")]);
    let copy = world.wallet.duplicate_bundle(&by_id(&bundle.id)).unwrap();
    assert_eq!((copy.title.as_str(), copy.version), ("Copy of Care", 1));
    assert_eq!((ids(&copy), &copy.notes), (vec![one.as_str()], &bundle.notes));
    assert_ne!(copy.id, bundle.id);
    titled(&world, &copy.id, "Another");
    assert_eq!(world.wallet.show_bundle(&by_id(&bundle.id)).unwrap(), bundle);
    let french = ChangeSettings { language: Some("fr".to_owned()), ..Default::default() };
    assert_eq!(world.wallet.change_settings(&french).unwrap().language, Some(Language::Fr));
    assert_eq!(world.wallet.duplicate_bundle(&by_id(&bundle.id)).unwrap().title, "Copie de Care");
    assert_eq!(world.wallet.duplicate_bundle(&by_id("nope")).unwrap_err().code().as_str(), "bundle_not_found");
}
