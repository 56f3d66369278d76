use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::files::archive;
use super::world::*;
use crate::command::{DroppedFile, DroppedFiles, Paths};
use crate::view::{OfferView, OfferedKind};

const CLAIM: &str = "https://college.example/claim/1";

fn kinds(offer: &OfferView) -> Vec<OfferedKind> {
    offer.items.iter().map(|item| item.kind).collect()
}

#[track_caller]
fn check(text: &str, kind: OfferedKind, importable: bool, error: Option<&str>) {
    let world = World::new();
    let offer = world.offered(text);
    assert_eq!(offer.items.len(), 1, "{text}: {offer:?}");
    let item = &offer.items[0];
    assert_eq!((item.kind, item.importable, item.suggested), (kind, importable, importable), "{text}");
    assert_eq!(item.error.as_ref().map(|error| error.code.as_str()), error, "{text}");
    assert!(world.web.urls().is_empty(), "nobody is asked");
}

#[test]
fn a_text_is_told_for_what_it_is_before_anybody_is_asked() {
    use OfferedKind::*;
    let badge = String::from_utf8(badge(|_| {})).unwrap();
    check(&badge, Document, true, None);
    check(CLAIM, Web, true, None);
    let request = "dccrequest://request?issuer=x&auth_type=bearer&challenge=1&vc_request_url=https://college.example/e";
    check(request, Request, true, None);
    check("https://college.example/interactions/1?iuv=1", Interaction, true, None);
    let offer = "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fcollege.example%2Foffer%2F1";
    check(offer, CredentialOffer, true, None);
    let page = "https://learner.mycreds.ca/sharelink/11111111-2222-3333-4444-555555555555/11111111-2222-3333-4444-666666666666";
    check(page, DocumentPage, false, Some("document_page"));
    check("openid4vp://?client_id=verifier.example", AsksForCredentials, false, Some("asks_for_credentials"));
    check("http://college.example/claim", Refused, false, Some("not_https"));
    check("https://192.168.0.1/claim", Refused, false, Some("address_refused"));
}

#[test]
fn an_offer_that_wants_a_code_says_so_beforehand() {
    let world = World::new();
    let json = r#"{"credential_issuer":"https://issuer.example/oid","credential_configuration_ids":["a"],"grants":{"urn:ietf:params:oauth:grant-type:pre-authorized_code":{"pre-authorized_code":"SECRET","tx_code":{"length":4,"description":"In-the-second-e-mail"}}}}"#;
    let link: String =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("credential_offer", json).finish();
    let offer = world.offered(&format!("openid-credential-offer://?{link}"));
    let code = offer.items[0].code.as_ref().unwrap();
    assert_eq!((code.host.as_str(), code.numeric, code.length, code.refused), ("issuer.example", true, Some(4), false));
    assert_eq!(code.description.as_deref(), Some("In-the-second-e-mail"));
    assert_eq!(offer.items[0].label, "issuer.example");
}

#[test]
fn what_is_nothing_says_why() {
    let world = World::new();
    for (text, code) in
        [("", "empty_input"), ("hello", "not_a_link"), ("{\"a\":", "truncated"), ("{}", "not_a_credential")]
    {
        let offer = world.offered(text);
        assert_eq!((offer.items.len(), offer.error.unwrap().code.as_str()), (0, code), "{text}");
    }
}

#[test]
fn a_mail_offers_its_links_and_attachments_each_once_with_the_mail_it_came_in() {
    let world = World::new();
    let one = badge(|_| {});
    let two = badge_with_status(2);
    let text = format!("Votre badge\u{a0}: {CLAIM}\r\nEncore\u{a0}: {CLAIM}\r\nhttps://college.example/claim/2");
    let bytes = mail(&text, &[("one.json", one.clone()), ("again.json", one), ("two.json", two)]);
    let offer = world.wallet.offer_bytes("/home/amelie/claim.eml", &bytes).unwrap();
    use OfferedKind::{Document, Web};
    let mut found = kinds(&offer);
    found.sort_by_key(|kind| format!("{kind:?}"));
    assert_eq!(found, [Document, Document, Web, Web]);
    for item in &offer.items {
        let letter = item.letter.as_ref().unwrap();
        assert_eq!(letter.subject.as_deref(), Some(SUBJECT));
        assert_eq!(letter.to, [RECIPIENT]);
        assert!(item.suggested, "{item:?}");
    }
    assert!(world.web.urls().is_empty());
}

#[test]
fn the_links_that_stand_in_every_mail_are_not_suggested() {
    let world = World::new();
    let text = format!("{CLAIM}\r\nhttps://www.facebook.com/college\r\nhttps://college.example/unsubscribe?u=1");
    let offer = world.wallet.offer_bytes("claim.eml", &mail(&text, &[])).unwrap();
    let suggested: Vec<_> = offer.items.iter().map(|item| (item.url.as_deref().unwrap(), item.suggested)).collect();
    assert_eq!(suggested[0], (CLAIM, true));
    assert!(suggested[1..].iter().all(|(_, suggested)| !suggested), "{suggested:?}");
    assert!(offer.items.iter().all(|item| item.importable));
}

#[test]
fn a_mail_pasted_with_its_source_is_a_mail() {
    let world = World::new();
    let offer = world.offered(&String::from_utf8(mail("See", &[("badge.json", badge(|_| {}))])).unwrap());
    assert_eq!(kinds(&offer), [OfferedKind::Document]);
    assert_eq!(offer.items[0].letter.as_ref().unwrap().to, [RECIPIENT]);
}

#[test]
fn of_several_files_the_good_ones_are_offered_and_the_others_named() {
    let world = World::new();
    let file = |name: &str, bytes: &[u8]| DroppedFile { name: name.to_owned(), base64: STANDARD.encode(bytes) };
    let whole = badge(|_| {});
    let mut files =
        vec![file("good.json", &whole), file("cut.json", &whole[..200]), file("link.txt", CLAIM.as_bytes())];
    files.push(DroppedFile { name: "odd.bin".to_owned(), base64: "!".to_owned() });
    let offer = world.wallet.offer_files(&DroppedFiles { files }).unwrap();
    assert_eq!(kinds(&offer), [OfferedKind::Document, OfferedKind::Web]);
    let skipped: Vec<_> = offer.skipped.iter().map(|it| (it.name.as_str(), it.error.code.as_str())).collect();
    assert_eq!(skipped, [("cut.json", "truncated"), ("odd.bin", "file_unreadable")]);
    assert_eq!((offer.items[0].label.as_str(), offer.items[0].count), ("Caring for Wound Infections", Some(1)));
    assert_eq!((offer.error, offer.items[1].label.as_str()), (None, "college.example"));
}

#[test]
fn a_folder_is_read_with_those_in_it_and_links_to_elsewhere_are_not_followed() {
    let world = World::new();
    let folder = world.folder().join("badges");
    let outside = world.folder().join("outside.json");
    fs::create_dir_all(folder.join("2025")).unwrap();
    fs::write(folder.join("a.json"), badge(|_| {})).unwrap();
    fs::write(folder.join("2025/b.json"), badge_with_status(2)).unwrap();
    fs::write(folder.join("notes.txt"), "Remember the milk.").unwrap();
    fs::write(&outside, badge_with_status(3)).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&outside, folder.join("link.json")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(world.folder(), folder.join("around")).unwrap();
    let paths = |paths: &[&std::path::Path]| {
        world.wallet.offer_paths(&Paths { paths: paths.iter().map(|it| it.display().to_string()).collect() }).unwrap()
    };
    let offer = paths(&[&folder]);
    assert_eq!(kinds(&offer), [OfferedKind::Document; 2]);
    let within: Vec<_> = offer.items.iter().map(|item| item.within.as_slice()).collect();
    assert_eq!(within, [["badges", "2025"].as_slice(), &["badges"]]);
    assert_eq!(offer.skipped, []);
    let offer = paths(&[&outside, &folder.join("nowhere.json")]);
    assert_eq!((offer.items.len(), offer.skipped[0].error.code.as_str()), (1, "file_unreadable"));
}

#[test]
fn a_folder_of_more_files_than_are_read_ends_with_what_was_read() {
    let world = World::new();
    let folder = world.folder().join("many");
    fs::create_dir_all(&folder).unwrap();
    for number in 0..1_005 {
        fs::write(folder.join(format!("{number:04}.txt")), format!("https://college.example/claim/{number}")).unwrap();
    }
    let offer = world.wallet.offer_paths(&Paths { paths: vec![folder.display().to_string()] }).unwrap();
    assert_eq!(offer.items.len(), 1_000);
    assert_eq!(offer.skipped.last().unwrap().error.code, "too_many_items");
}

#[test]
fn an_archive_of_badges_offers_each() {
    let world = World::new();
    let bytes = archive(&[("a/one.json", &badge(|_| {})), ("two.json", &badge_with_status(2))]);
    let offer = world.wallet.offer_bytes("badges.zip", &bytes).unwrap();
    assert_eq!(kinds(&offer), [OfferedKind::Document; 2]);
    assert_eq!(offer.items[0].within, ["badges.zip"]);
}
