use attesta_net::FetchFailureKind;
use attesta_view::PresentationView;
use sha2::{Digest, Sha256};

use super::world::*;
use crate::command::{CreateBundle, OpenShare, SaveShare, ShareBundle, ShareFile};
use crate::error::WalletError;
use crate::view::{ChangeSettings, ShareForm, ShareView};

fn bundle(world: &World) -> String {
    let credentials = vec![world.imported(&badge_with_status(1)), world.imported(&badge_with_status(2))];
    let create = CreateBundle {
        title: "Nursing assistant".to_owned(),
        note: Some("Hello".to_owned()),
        credentials,
        ..CreateBundle::default()
    };
    world.wallet.create_bundle(&create).unwrap().id
}

fn share(world: &World, bundle: &str, form: ShareForm, expires: Option<&str>) -> Result<ShareView, WalletError> {
    let request = ShareBundle {
        bundle: bundle.to_owned(),
        form,
        expires: expires.map(str::to_owned),
        recipient: None,
        passphrase: None,
        language: None,
    };
    world.wallet.share_bundle(&request)
}

fn pasted(text: &str) -> OpenShare {
    OpenShare { text: text.to_owned(), passphrase: None }
}

fn opened_file(world: &World, bytes: &[u8]) -> PresentationView {
    world.wallet.open_files(&[("shared", bytes)], None).unwrap()
}

#[test]
fn what_is_shared_as_a_link_opens_for_a_stranger() {
    let world = World::new();
    know_learner(&world);
    let share = share(&world, &bundle(&world), ShareForm::Link, Some("2027-01-31")).unwrap();
    assert_eq!((share.count, share.title.as_str()), (2, "Nursing assistant"));
    assert_eq!(share.expires_at.as_deref(), Some("2027-01-31T23:59:59Z"));
    let stranger = world.stranger();
    let opened = stranger.wallet.open_share(&pasted(&share.link.unwrap().replace('#', "%23"))).unwrap();
    assert_eq!((opened.title.as_deref(), opened.note.as_deref()), (Some("Nursing assistant"), Some("Hello")));
    assert_eq!(opened.holder, Some(world.wallet.settings().unwrap().did));
    assert_eq!(opened.verdict, "valid", "{:?}", opened.report.checks);
    assert_eq!(opened.valid_until.as_deref(), Some("2027-01-31T23:59:59Z"));
    let verdicts: Vec<_> = opened.credentials.iter().map(|presented| presented.verdict.as_str()).collect();
    assert_eq!(verdicts, ["valid", "valid"]);
    assert!(stranger.list().is_empty(), "opening keeps nothing");
    assert!(stranger.wallet.store().resources().get(LIST).unwrap().is_none());
}

#[test]
fn a_share_stops_counting_when_it_ends() {
    let world = World::new();
    let share = share(&world, &bundle(&world), ShareForm::Link, Some("2027-01-31")).unwrap();
    let stranger = world.stranger();
    stranger.clock.set("2027-02-01T00:00:00Z".parse().unwrap());
    let opened = stranger.wallet.open_share(&pasted(&share.link.unwrap())).unwrap();
    assert_eq!((opened.verdict.as_str(), opened.report.verdict.as_str()), ("expired", "expired"));
    assert!(opened.credentials.iter().all(|presented| presented.verdict == "valid"));
}

#[test]
fn a_reader_sees_what_is_so_now_and_no_older_copy() {
    let world = World::new();
    let link = share(&world, &bundle(&world), ShareForm::Link, None).unwrap().link.unwrap();
    world.web.answer(LIST, "application/vc", status_list(&[2]));
    let opened = world.wallet.open_share(&pasted(&link)).unwrap();
    let verdicts: Vec<_> = opened.credentials.iter().map(|presented| presented.verdict.as_str()).collect();
    assert_eq!((opened.verdict.as_str(), verdicts), ("revoked", vec!["valid", "revoked"]));
    world.web.fail(LIST, FetchFailureKind::Unreachable);
    let opened = world.wallet.open_share(&pasted(&link)).unwrap();
    assert_eq!(opened.verdict, "status_unknown");
    let used = &opened.credentials[0].report.as_ref().unwrap().resources;
    assert!(used.iter().all(|used| used.from != "cache"), "{used:?}");
    let offline = world.offline().open_share(&pasted(&link)).unwrap();
    assert_eq!(offline.verdict, "valid", "without a connection a recent copy serves");
}

#[test]
fn a_qr_code_carries_a_link_of_its_own() {
    let world = World::new();
    let create = CreateBundle {
        title: "Nursing assistant".to_owned(),
        credentials: vec![world.imported(&badge_with_status(1))],
        ..CreateBundle::default()
    };
    let bundle = world.wallet.create_bundle(&create).unwrap().id;
    let share = share(&world, &bundle, ShareForm::Qr, None).unwrap();
    assert!(share.qr_svg.unwrap().starts_with("<svg"));
    assert!((1..=22).contains(&share.qr_version.unwrap()));
    assert!(!share.qr_dense);
    let opened = world.stranger().wallet.open_share(&pasted(&share.link.unwrap())).unwrap();
    assert_eq!(opened.verdict, "valid");
    let save = |file| {
        world.wallet.share_content(&SaveShare { id: share.id.clone(), file, language: None, paper: None }).unwrap()
    };
    assert_eq!(save(ShareFile::Png).name, "nursing-assistant.png");
    assert!(save(ShareFile::Png).bytes.starts_with(b"\x89PNG"));
    assert!(save(ShareFile::Svg).bytes.starts_with(b"<svg"));
}

#[test]
fn a_file_holds_each_credential_byte_for_byte_and_opens_again() {
    let world = World::new();
    let share = share(&world, &bundle(&world), ShareForm::Json, None).unwrap();
    assert_eq!((share.link, share.qr_svg), (None, None));
    let file = world
        .wallet
        .share_content(&SaveShare { id: share.id, file: ShareFile::Json, language: None, paper: None })
        .unwrap();
    assert_eq!(file.name, "nursing-assistant.json");
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    for number in [1, 2] {
        assert!(text.contains(std::str::from_utf8(&badge_with_status(number)).unwrap()));
    }
    let opened = opened_file(&world.stranger(), &file.bytes);
    assert_eq!(opened.verdict, "valid");
    let altered = text.replace("Hello", "Hired");
    let opened = opened_file(&world.stranger(), altered.as_bytes());
    assert_eq!((opened.report.verdict.as_str(), opened.verdict.as_str()), ("invalid", "invalid"));
}

#[test]
fn a_credential_alone_opens_without_a_holder() {
    let world = World::new();
    let opened = opened_file(&world, &badge_with_status(1));
    assert_eq!((opened.holder, opened.verdict.as_str()), (None, "valid"));
    assert_eq!(opened.credentials.len(), 1);
}

#[test]
fn what_can_not_be_shared_leaves_no_trace() {
    let world = World::new();
    let bundle = bundle(&world);
    for (request, code) in [
        (share(&world, "nope", ShareForm::Link, None), "bundle_not_found"),
        (share(&world, &bundle, ShareForm::Link, Some("2020-01-01")), "expiry_in_past"),
        (share(&world, &bundle, ShareForm::Link, Some("soon")), "expiry_malformed"),
    ] {
        assert_eq!(request.unwrap_err().code().as_str(), code);
    }
    let large = world.imported(&badge(|badge| {
        // What does not compress can't be made to fit a code.
        let noise: String = (0..120_u32).map(|n| crate::entropy::hex(&Sha256::digest(n.to_be_bytes()))).collect();
        badge["credentialSubject"]["achievement"]["description"] = serde_json::json!(noise);
    }));
    let create =
        CreateBundle { title: "Large".to_owned(), note: None, credentials: vec![large], ..CreateBundle::default() };
    let large = world.wallet.create_bundle(&create).unwrap().id;
    assert_eq!(share(&world, &large, ShareForm::Qr, None).unwrap_err().code().as_str(), "link_too_long_for_qr");
    assert!(world.wallet.list_shares().unwrap().is_empty());
    assert!(share(&world, &large, ShareForm::Link, None).unwrap().long_link);
}

#[test]
fn a_link_that_does_not_open_says_why() {
    let world = World::new();
    let link = share(&world, &bundle(&world), ShareForm::Link, None).unwrap().link.unwrap();
    #[track_caller]
    fn check(world: &World, text: &str, code: &str) {
        assert_eq!(world.wallet.open_share(&pasted(text)).unwrap_err().code().as_str(), code, "{text:.60}");
    }
    check(&world, &link[..link.len() / 2], "share_link_damaged");
    check(&world, &link.replacen("#2", "#3", 1), "share_link_newer");
    check(&world, "https://verify.example/", "share_link_empty");
    check(&world, "hello", "not_a_link");
    check(&world, "", "empty_input");
    check(&world, "{}", "not_a_credential");
}

#[test]
fn a_shared_bundle_is_not_taken_for_a_credential_to_keep() {
    let world = World::new();
    let link = share(&world, &bundle(&world), ShareForm::Link, None).unwrap().link.unwrap();
    let stranger = world.stranger();
    let result = stranger.import_text(&link).remove(0);
    assert_eq!(result.error.unwrap().code, "is_share_link");
    assert!(stranger.list().is_empty());
}

#[test]
fn links_lead_to_the_page_that_is_set() {
    let world = World::new();
    let bundle = bundle(&world);
    let page = "https://verify.example/verify.html";
    let change = ChangeSettings { verifier_url: Some(page.to_owned()), ..Default::default() };
    world.wallet.change_settings(&change).unwrap();
    let share = share(&world, &bundle, ShareForm::Link, None).unwrap();
    assert!(share.link.unwrap().starts_with(&format!("{page}#2u")));
    assert!(share.opens_in_browser);
    assert_eq!(world.wallet.list_shares().unwrap().len(), 1);
}
