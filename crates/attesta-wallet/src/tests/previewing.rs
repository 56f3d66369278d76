//! What a reader will see of a bundle while it is being written.

use std::time::{Duration, Instant};

use serde_json::json;

use super::world::*;
use crate::command::{CreateBundle, PreviewBundle, SaveShare, ShareBundle, ShareFile};
use crate::view::ShareForm;

fn draft(credentials: &[&str]) -> CreateBundle {
    CreateBundle {
        title: "Care".to_owned(),
        note: Some("Hello".to_owned()),
        audience: Some("Clinique Nord".to_owned()),
        credentials: credentials.iter().map(|&id| id.to_owned()).collect(),
        notes: [(credentials[0].to_owned(), "Why".to_owned())].into(),
        hidden_parts: vec!["evidence".to_owned()],
        ..CreateBundle::default()
    }
}

#[test]
fn a_preview_shows_what_the_reader_of_the_share_sees_and_asks_nobody() {
    let world = World::new();
    know_learner(&world);
    let [one, other] = [1, 2].map(|number| world.imported(&badge_with_status(number)));
    let draft = draft(&[&other, &one]);
    world.web.forget_requests();
    let preview = world.wallet.preview_bundle(&PreviewBundle { draft: draft.clone() }).unwrap();
    assert!(world.web.urls().is_empty());
    assert!(world.wallet.list_bundles().unwrap().is_empty());
    assert!(world.wallet.list_shares().unwrap().is_empty());

    let bundle = world.wallet.create_bundle(&draft).unwrap().id;
    let request =
        ShareBundle { bundle, form: ShareForm::Json, expires: None, recipient: None, passphrase: None, language: None };
    let share = world.wallet.share_bundle(&request).unwrap();
    let save = SaveShare { id: share.id, file: ShareFile::Json, language: None, paper: None };
    let file = world.wallet.share_content(&save).unwrap();
    let opened = world.stranger().wallet.open_files(&[(file.name.as_str(), file.bytes.as_slice())], None).unwrap();
    assert_eq!((&preview.title, &preview.note), (&opened.title, &opened.note));
    assert_eq!((&preview.audience, &preview.hidden_parts), (&opened.audience, &opened.hidden_parts));
    assert_eq!((&preview.verdict, &preview.earner), (&opened.verdict, &opened.earner));
    assert_eq!(preview.report.verdict, opened.report.verdict);
    let shown = |view: &attesta_view::PresentationView| {
        view.credentials
            .iter()
            .map(|it| {
                let report = it.report.as_ref().unwrap();
                let checks: Vec<_> =
                    report.checks.iter().map(|check| (check.check.clone(), check.code.clone())).collect();
                (it.note.clone(), it.credential.clone(), it.verdict.clone(), report.lines.clone(), checks)
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(&preview), shown(&opened));
}

#[test]
fn a_preview_needs_no_title_no_credential_and_no_key() {
    let world = World::new();
    let empty = world.wallet.preview_bundle(&PreviewBundle::default()).unwrap();
    assert_eq!((empty.title, empty.credentials.len(), empty.verdict.as_str()), (None, 0, "valid"));
    assert_eq!(empty.holder, None);
    assert!(world.wallet.store().keys().holder_seed().unwrap().is_none(), "no key was made");
    let unknown = CreateBundle { credentials: vec!["nope".to_owned()], ..CreateBundle::default() };
    let error = world.wallet.preview_bundle(&PreviewBundle { draft: unknown }).unwrap_err();
    assert_eq!(error.code().as_str(), "not_found");
    let long = CreateBundle { title: "é".repeat(201), ..CreateBundle::default() };
    let error = world.wallet.preview_bundle(&PreviewBundle { draft: long }).unwrap_err();
    assert_eq!(error.code().as_str(), "bundle_title_too_long");
}

#[test]
fn a_preview_tells_what_has_run_out_since_the_last_check() {
    let world = World::new();
    let one = world.imported(&badge(|badge| badge["validUntil"] = json!("2026-12-01T00:00:00Z")));
    let preview = || world.wallet.preview_bundle(&PreviewBundle { draft: draft(&[&one]) }).unwrap();
    assert_eq!(preview().verdict, "valid");
    world.clock.set("2026-12-02T00:00:00Z".parse().unwrap());
    let over = preview();
    assert_eq!((over.verdict.as_str(), over.credentials[0].verdict.as_str()), ("expired", "expired"));
    assert_eq!(over.report.verdict, "valid", "the holder's own signature has nothing to do with it");
}

#[test]
fn a_preview_of_twenty_is_there_while_somebody_types() {
    let world = World::new();
    let ids: Vec<String> = (0..20).map(|number| world.imported(&badge_with_status(number))).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let request = PreviewBundle { draft: draft(&ids) };
    let began = Instant::now();
    assert_eq!(world.wallet.preview_bundle(&request).unwrap().credentials.len(), 20);
    // An unoptimised build on a busy machine; an optimised one takes a twentieth of it.
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}
