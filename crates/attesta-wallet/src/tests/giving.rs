//! The forms in which a bundle is given out, and how each opens again for a stranger.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::world::*;
use crate::command::{CreateBundle, OpenShare, SaveShare, ShareBundle, ShareFile};
use crate::error::WalletError;
use crate::share::ShareContent;
use crate::view::{ChangeSettings, Paper, ShareForm, ShareView};

pub(super) const PASSPHRASE: &str = "correct horse battery staple";

/// A bundle of the badges with these numbers.
pub(super) fn bundle_of(world: &World, numbers: &[u32]) -> String {
    let credentials = numbers.iter().map(|number| world.imported(&badge_with_status(*number))).collect();
    let create = CreateBundle { title: "Nursing assistant".to_owned(), credentials, ..CreateBundle::default() };
    world.wallet.create_bundle(&create).unwrap().id
}

pub(super) fn request(bundle: &str, form: ShareForm) -> ShareBundle {
    ShareBundle { bundle: bundle.to_owned(), form, expires: None, recipient: None, passphrase: None, language: None }
}

fn sealed(bundle: &str, form: ShareForm) -> ShareBundle {
    ShareBundle { passphrase: Some(PASSPHRASE.to_owned()), ..request(bundle, form) }
}

fn saved(world: &World, share: &ShareView, file: ShareFile) -> Result<ShareContent, WalletError> {
    world.wallet.share_content(&SaveShare { id: share.id.clone(), file, language: None, paper: None })
}

/// A badge that says this many characters that don't compress.
pub(super) fn long_badge(characters: usize) -> Vec<u8> {
    badge(|badge| {
        let noise: String = (0..60_u32).map(|n| crate::entropy::hex(&Sha256::digest(n.to_be_bytes()))).collect();
        badge["credentialSubject"]["achievement"]["description"] = json!(&noise[..characters]);
    })
}

pub(super) fn bundle_with(world: &World, credential: &[u8]) -> String {
    let credentials = vec![world.imported(credential)];
    let create = CreateBundle { title: "Large".to_owned(), credentials, ..CreateBundle::default() };
    world.wallet.create_bundle(&create).unwrap().id
}

#[test]
fn what_a_bundle_says_reaches_its_reader_and_whom_it_was_given_to_does_not() {
    let world = World::new();
    let bundle = bundle_of(&world, &[1, 2]);
    let bundles = world.wallet.store().bundles();
    let mut content = bundles.get(&bundle).unwrap().unwrap().content;
    content.audience = Some("St. Mary’s".to_owned());
    content.hidden_parts = vec!["evidence".to_owned()];
    content.members[1].note = Some("You asked for this one".to_owned());
    bundles.save(&bundle, &content, NOW.parse().unwrap()).unwrap();
    let asked = ShareBundle { recipient: Some(" Ms. Roy ".to_owned()), ..request(&bundle, ShareForm::Json) };
    let share = world.wallet.share_bundle(&asked).unwrap();
    assert_eq!((share.recipient.as_deref(), share.version), (Some("Ms. Roy"), 2));
    let file = saved(&world, &share, ShareFile::Json).unwrap().bytes;
    assert!(!String::from_utf8(file.clone()).unwrap().contains("Roy"));
    let opened = world.stranger().wallet.open_files(&[("bundle.json", &file)], None).unwrap();
    assert_eq!(opened.verdict, "valid", "{:?}", opened.report.checks);
    assert_eq!(opened.audience.as_deref(), Some("St. Mary’s"));
    assert_eq!(opened.hidden_parts, ["evidence"]);
    let notes: Vec<_> = opened.credentials.iter().map(|presented| presented.note.as_deref()).collect();
    assert_eq!(notes, [None, Some("You asked for this one")]);
}

#[test]
fn a_sealed_share_opens_with_its_passphrase_alone_and_is_kept_sealed() {
    let world = World::new();
    let share = world.wallet.share_bundle(&sealed(&bundle_of(&world, &[1]), ShareForm::Link)).unwrap();
    assert!(share.sealed && !share.bare);
    let stranger = world.stranger();
    let open = |passphrase: Option<&str>| {
        let text = share.link.clone().unwrap();
        stranger.wallet.open_share(&OpenShare { text, passphrase: passphrase.map(str::to_owned) })
    };
    assert_eq!(open(None).unwrap_err(), WalletError::PassphraseNeeded);
    assert_eq!(open(Some("")).unwrap_err(), WalletError::PassphraseNeeded);
    assert_eq!(open(Some("correct horse battery stable")).unwrap_err(), WalletError::PassphraseWrong);
    assert_eq!(open(Some(&format!(" {PASSPHRASE}\n"))).unwrap().verdict, "valid");
    let kept = world.wallet.store().shares().get(&share.id).unwrap().unwrap();
    assert!(kept.payload.is_ascii() && kept.payload.starts_with(b"2s"), "what is kept is the sealed text");
    assert_eq!(saved(&world, &share, ShareFile::Json).unwrap_err().code().as_str(), "share_file_not_there");
    assert_eq!(saved(&world, &share, ShareFile::Pdf).unwrap_err().code().as_str(), "share_file_not_there");
    let page = saved(&world, &share, ShareFile::Html).unwrap();
    let text = std::str::from_utf8(&page.bytes).unwrap();
    assert!(!text.contains("Nursing"), "the file itself does not tell the title");
    assert_eq!(
        stranger.wallet.open_files(&[("a.html", &page.bytes)], None).unwrap_err(),
        WalletError::PassphraseNeeded
    );
    assert_eq!(stranger.wallet.open_files(&[("a.html", &page.bytes)], Some(PASSPHRASE)).unwrap().verdict, "valid");
    let pictures = world.wallet.sequence_pictures(&by_id(&share.id)).unwrap();
    let pictures: Vec<(&str, &[u8])> = pictures.iter().map(|it| (it.name.as_str(), it.bytes.as_slice())).collect();
    assert_eq!(stranger.wallet.open_files(&pictures, Some(PASSPHRASE)).unwrap().verdict, "valid");
}

#[test]
fn a_passphrase_that_does_not_do_leaves_nothing_behind() {
    let world = World::new();
    let bundle = bundle_of(&world, &[1]);
    let with = |form, passphrase: &str| {
        let asked = ShareBundle { passphrase: Some(passphrase.to_owned()), ..request(&bundle, form) };
        world.wallet.share_bundle(&asked).unwrap_err().code().as_str()
    };
    for form in [ShareForm::Hosted, ShareForm::Pdf, ShareForm::Json] {
        assert_eq!(with(form, PASSPHRASE), "passphrase_not_for_form");
    }
    assert_eq!(with(ShareForm::Link, "secret"), "passphrase_too_weak");
    assert_eq!(with(ShareForm::Link, ""), "passphrase_too_weak", "an empty one is not taken for none");
    assert_eq!(with(ShareForm::Link, &"long ".repeat(200)), "passphrase_too_long");
    assert_eq!(with(ShareForm::Link, "correct horse\nbattery staple"), "passphrase_malformed");
    assert!(world.wallet.list_shares().unwrap().is_empty());
}

#[test]
fn neither_passphrase_nor_link_stands_in_debug_output() {
    let asked = sealed("1", ShareForm::Link);
    let open = OpenShare { text: "attesta:share#1uSECRET".to_owned(), passphrase: Some("SECRET".to_owned()) };
    let shown = format!("{asked:?} {open:?}");
    assert!(!shown.contains("SECRET") && !shown.contains("horse"), "{shown}");
}

#[test]
fn a_credential_too_large_for_one_code_with_its_bundle_goes_alone() {
    let world = World::new();
    // Found by measuring: with the bundle's signature around it this passes version 22, alone it does not.
    let bundle = bundle_with(&world, &long_badge(1_200));
    let share = world.wallet.share_bundle(&request(&bundle, ShareForm::Qr)).unwrap();
    assert!(share.bare, "version {:?}", share.qr_version);
    assert!(share.qr_version.unwrap() <= 22 && !share.qr_dense && share.count == 1);
    let text = share.link.clone().unwrap();
    let opened = world.stranger().wallet.open_share(&OpenShare { text, passphrase: None }).unwrap();
    assert_eq!((opened.holder, opened.verdict.as_str()), (None, "valid"));
    let picture = saved(&world, &share, ShareFile::Png).unwrap();
    let opened = world.stranger().wallet.open_files(&[("code.png", &picture.bytes)], None).unwrap();
    assert_eq!(opened.verdict, "valid", "the picture of the code opens like its link");
    assert_eq!(saved(&world, &share, ShareFile::Json).unwrap().bytes, long_badge(1_200));
    assert_eq!(saved(&world, &share, ShareFile::Pdf).unwrap_err().code().as_str(), "share_file_not_there");
    let ends = ShareBundle { expires: Some("2027-01-31".to_owned()), ..request(&bundle, ShareForm::Qr) };
    let whole = world.wallet.share_bundle(&ends).unwrap();
    assert!(!whole.bare && whole.qr_dense, "a credential alone can't say when the share ends");
    assert!(whole.qr_version.unwrap() <= 25);
}

#[test]
fn what_even_a_dense_code_does_not_hold_is_refused() {
    let world = World::new();
    let mut versions = Vec::new();
    // Found by measuring: alone these need versions 23, 25 and more.
    for chars in [1_600, 1_900, 2_600] {
        let bundle = bundle_with(&world, &long_badge(chars));
        match world.wallet.share_bundle(&request(&bundle, ShareForm::Qr)) {
            Ok(share) => {
                assert!(share.qr_dense && share.bare, "{chars}: version {:?}", share.qr_version);
                versions.push(share.qr_version.unwrap());
            }
            Err(error) => assert_eq!((chars, error.code().as_str()), (2_600, "link_too_long_for_qr")),
        }
    }
    assert!(versions.len() == 2 && versions.iter().all(|version| (23..=25).contains(version)), "{versions:?}");
}

#[test]
fn more_than_one_code_holds_is_shown_as_codes_in_turn_of_which_some_may_be_missed() {
    let world = World::new();
    let bundle = bundle_with(&world, &long_badge(3_000));
    let share = world.wallet.share_bundle(&request(&bundle, ShareForm::Sequence)).unwrap();
    assert_eq!((share.link.as_deref(), share.qr_svg.as_deref()), (None, None));
    let sequence = world.wallet.share_sequence(&by_id(&share.id)).unwrap();
    let pictures = world.wallet.sequence_pictures(&by_id(&share.id)).unwrap();
    assert_eq!(sequence.codes.len(), pictures.len());
    assert!(sequence.enough > 1 && sequence.qr_version <= 15);
    let page = ChangeSettings { verifier_url: Some("https://verify.example/".to_owned()), ..ChangeSettings::default() };
    world.wallet.change_settings(&page).unwrap();
    let page = world.wallet.share_sequence(&by_id(&share.id)).unwrap().page;
    assert_eq!(page.as_deref(), Some("https://verify.example/"), "where they can be read");
    assert!(sequence.codes.iter().all(|code| code.starts_with("<svg")));
    let named = |pictures: &[ShareContent]| -> Vec<(String, Vec<u8>)> {
        pictures.iter().map(|picture| (picture.name.clone(), picture.bytes.clone())).collect()
    };
    let open = |pictures: &[(String, Vec<u8>)]| {
        let pictures: Vec<(&str, &[u8])> =
            pictures.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        world.stranger().wallet.open_files(&pictures, None)
    };
    let mut all = named(&pictures);
    all.reverse();
    all.remove(1);
    assert_eq!(open(&all).unwrap().verdict, "valid", "in any order, and one missing");
    assert_eq!(
        open(&named(&pictures[..2])).unwrap_err(),
        WalletError::CodesMissing { received: 2, enough: usize::try_from(sequence.enough).unwrap() }
    );
    let strange = [("a.png".to_owned(), b"hello".to_vec()), ("b.png".to_owned(), b"hello".to_vec())];
    assert_eq!(open(&strange).unwrap_err().code().as_str(), "png_without_credential");
}

#[test]
fn a_file_for_the_browser_opens_again_and_needs_the_page() {
    let world = World::new();
    let bundle = bundle_of(&world, &[1, 2]);
    let missing = world.pageless().share_bundle(&request(&bundle, ShareForm::Html)).unwrap_err();
    assert_eq!(missing, WalletError::PageFileMissing);
    assert!(world.wallet.list_shares().unwrap().is_empty());
    let share = world.wallet.share_bundle(&request(&bundle, ShareForm::Html)).unwrap();
    let page = saved(&world, &share, ShareFile::Html).unwrap();
    assert_eq!(page.name, "nursing-assistant.html");
    assert!(std::str::from_utf8(&page.bytes).unwrap().contains("<title>Nursing assistant"));
    let opened = world.stranger().wallet.open_files(&[("a.html", &page.bytes)], None).unwrap();
    assert_eq!((opened.verdict.as_str(), opened.credentials.len()), ("valid", 2));
}

#[test]
fn a_document_carries_the_bundle_inside_and_is_the_same_until_something_changes() {
    let world = World::new();
    let bundle = bundle_of(&world, &[1, 2]);
    let share = world.wallet.share_bundle(&request(&bundle, ShareForm::Pdf)).unwrap();
    world.web.forget_requests();
    let save = |paper| {
        let save = SaveShare { id: share.id.clone(), file: ShareFile::Pdf, language: None, paper: Some(paper) };
        world.wallet.share_content(&save).unwrap().bytes
    };
    let letter = save(Paper::Letter);
    assert!(letter.starts_with(b"%PDF-"));
    world.clock.set("2026-11-25T12:00:00Z".parse().unwrap());
    assert!(letter == save(Paper::Letter), "the same another day");
    assert!(letter != save(Paper::A4));
    assert!(world.web.urls().is_empty(), "nobody is asked");
    let opened = world.stranger().wallet.open_files(&[("a.pdf", &letter)], None).unwrap();
    assert_eq!((opened.title.as_deref(), opened.verdict.as_str()), (Some("Nursing assistant"), "valid"));
    assert_eq!(opened.credentials.len(), 2, "each is shown once, though it is attached by itself too");
    world.web.answer(LIST, "application/vc", status_list(&[2]));
    world.wallet.refresh(&crate::command::Refresh::default()).unwrap();
    assert!(letter != save(Paper::Letter), "it shows what was found out since");
}

#[test]
fn a_sheet_with_the_code_is_made_for_paper() {
    let world = World::new();
    let share = world.wallet.share_bundle(&request(&bundle_of(&world, &[1]), ShareForm::Qr)).unwrap();
    let sheet = saved(&world, &share, ShareFile::Sheet).unwrap();
    assert_eq!(sheet.name, "nursing-assistant-qr.pdf");
    assert!(sheet.bytes.starts_with(b"%PDF-"));
}
