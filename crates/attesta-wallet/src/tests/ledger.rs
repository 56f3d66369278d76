//! What has become of shares since, and what leads others to them.

use attesta_net::Method;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::giving::{bundle_of, bundle_with, long_badge, request};
use super::publishing::{HOST, PUBLISH, UNSHARE, publish, published_at, receipt};
use super::world::*;
use crate::command::{AddToProfile, CreateBundle, Refresh, SaveBadge, ShareBundle};
use crate::error::WalletError;
use crate::view::{ChangeSettings, ShareForm};

fn concerns(world: &World) -> Vec<(String, bool)> {
    let shares = world.wallet.list_shares().unwrap();
    shares.into_iter().flat_map(|share| share.concerns).map(|it| (it.code, it.credential.is_some())).collect()
}

#[test]
fn what_becomes_of_a_shared_credential_is_told() {
    let world = World::new();
    let bundle = bundle_of(&world, &[1, 2]);
    world.wallet.share_bundle(&request(&bundle, ShareForm::Json)).unwrap();
    assert_eq!(concerns(&world), [], "nothing at first");
    world.web.answer(LIST, "application/vc", status_list(&[2]));
    assert_eq!(concerns(&world), [], "nobody is asked by looking");
    world.wallet.refresh(&Refresh::default()).unwrap();
    assert_eq!(concerns(&world), [("revoked".to_owned(), true)]);
    let one = world.list().into_iter().find(|row| row.verdict == "valid").unwrap().id;
    world.wallet.remove_credential(&by_id(&one)).unwrap();
    assert_eq!(concerns(&world), [("removed".to_owned(), false), ("revoked".to_owned(), true)]);
}

#[test]
fn a_credential_that_was_shared_as_what_it_is_raises_no_note() {
    let world = World::new();
    world.web.answer(LIST, "application/vc", status_list(&[1]));
    let bundle = bundle_of(&world, &[1]);
    world.wallet.share_bundle(&request(&bundle, ShareForm::Json)).unwrap();
    assert_eq!(world.list()[0].verdict, "revoked");
    assert_eq!(concerns(&world), []);
}

#[test]
fn what_ends_after_it_was_shared_is_told_without_asking_anybody() {
    let world = World::new();
    let ending = badge(|badge| badge["validUntil"] = json!("2026-12-31T23:59:59Z"));
    let credentials = vec![world.imported(&ending)];
    let create = CreateBundle { title: "Care".to_owned(), credentials, ..CreateBundle::default() };
    let bundle = world.wallet.create_bundle(&create).unwrap().id;
    world.wallet.share_bundle(&request(&bundle, ShareForm::Json)).unwrap();
    assert_eq!(concerns(&world), []);
    world.clock.set("2027-01-01T00:00:00Z".parse().unwrap());
    world.web.forget_requests();
    assert_eq!(concerns(&world), [("expired".to_owned(), true)]);
    world.wallet.share_bundle(&request(&bundle, ShareForm::Json)).unwrap();
    assert_eq!(concerns(&world).len(), 1, "shared when it had ended, it is what it was");
    assert!(world.web.urls().is_empty());
}

#[test]
fn a_stopped_copy_concerns_nobody() {
    let world = published_at(HOST);
    let bundle = bundle_of(&world, &[1]);
    world.web.reply(Method::Post, PUBLISH, 201, "application/json", receipt());
    let share = publish(&world, &bundle).unwrap();
    world.web.answer(LIST, "application/vc", status_list(&[1]));
    world.wallet.refresh(&Refresh::default()).unwrap();
    assert_eq!(concerns(&world).len(), 1);
    world.web.reply(Method::Delete, UNSHARE, 200, "application/json", "");
    world.wallet.stop_share(&by_id(&share.id)).unwrap();
    assert_eq!(concerns(&world), []);
}

#[test]
fn a_mail_brings_the_link_where_an_address_holds_it() {
    let world = published_at(HOST);
    let bundle = bundle_of(&world, &[1, 2]);
    world.web.reply(Method::Post, PUBLISH, 201, "application/json", receipt());
    let asked = ShareBundle { recipient: Some("jobs@example.org".to_owned()), ..request(&bundle, ShareForm::Hosted) };
    let share = world.wallet.share_bundle(&asked).unwrap();
    let draft = world.wallet.mail_draft(&by_id(&share.id)).unwrap().url;
    assert!(draft.starts_with("mailto:jobs@example.org?subject="), "{draft}");
    assert!(draft.contains("https%3A%2F%2Fvp.example%2Fcredentials%2F9c6a") && draft.contains("%0D%0A"), "{draft}");
    let asked = ShareBundle {
        recipient: Some("Ms. Roy".to_owned()),
        ..request(&bundle_with(&world, &long_badge(3_000)), ShareForm::Link)
    };
    let long = world.wallet.share_bundle(&asked).unwrap();
    assert!(long.link.as_ref().unwrap().len() > 1_900);
    let draft = world.wallet.mail_draft(&by_id(&long.id)).unwrap().url;
    assert!(draft.starts_with("mailto:?subject=") && draft.len() <= 2_000, "{draft}");
    assert!(!draft.contains("attesta%3A") && !draft.contains("verify.html"), "a link that is too long is left out");
    assert!(draft.contains("Paste%20the%20link%20here"), "and has its place: {draft}");
}

#[test]
fn a_profile_shows_a_copy_that_opens_and_none_that_was_stopped() {
    let world = published_at(HOST);
    let bundle = bundle_of(&world, &[1]);
    let credential = world.list()[0].id.clone();
    let profile = || world.wallet.add_to_profile(&AddToProfile { credential: credential.clone() }).unwrap();
    assert_eq!(profile().shown, None);
    assert!(profile().url.starts_with("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name="));
    assert!(!profile().url.contains("certUrl") && !profile().url.contains("certId"));
    world.web.reply(Method::Post, PUBLISH, 201, "application/json", receipt());
    let share = publish(&world, &bundle).unwrap();
    assert_eq!(profile().shown.as_deref(), Some("https://vp.example/credentials/9c6a"));
    assert!(profile().url.contains("&certUrl=https%3A%2F%2Fvp.example%2Fcredentials%2F9c6a"));
    world.web.reply(Method::Delete, UNSHARE, 200, "application/json", "");
    world.wallet.stop_share(&by_id(&share.id)).unwrap();
    assert_eq!(profile().shown, None);
    let page = ChangeSettings { verifier_url: Some("https://verify.example/".to_owned()), ..ChangeSettings::default() };
    world.wallet.change_settings(&page).unwrap();
    let link = world.wallet.share_bundle(&request(&bundle, ShareForm::Link)).unwrap().link.unwrap();
    assert_eq!(profile().shown, (link.len() <= 2_000).then_some(link));
}

#[test]
fn what_ends_can_be_put_into_a_calendar() {
    let world = World::new();
    let ending = world.imported(&badge(|badge| badge["validUntil"] = json!("2027-03-11T23:59:59Z")));
    let endless = world.imported(&badge_with_status(1));
    let lines = |id: &str| {
        let file = world.wallet.calendar(&by_id(id)).unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        (file.name, text.matches("BEGIN:VEVENT").count(), text.contains("DTSTART;VALUE=DATE:20270311"))
    };
    assert_eq!(lines(&ending), ("caring-for-wound-infections.ics".to_owned(), 1, true));
    assert_eq!(world.wallet.calendar(&by_id(&endless)).unwrap_err(), WalletError::NoEnd);
    let credentials = vec![endless.clone(), ending];
    let create = CreateBundle { title: "Care".to_owned(), credentials, ..CreateBundle::default() };
    let bundle = world.wallet.create_bundle(&create).unwrap().id;
    assert_eq!(lines(&bundle), ("care.ics".to_owned(), 1, true));
    let share = world.wallet.share_bundle(&request(&bundle, ShareForm::Json)).unwrap();
    assert_eq!(world.wallet.calendar(&by_id(&share.id)).unwrap_err(), WalletError::NoEnd);
    let asked = ShareBundle { expires: Some("2027-03-11".to_owned()), ..request(&bundle, ShareForm::Json) };
    let share = world.wallet.share_bundle(&asked).unwrap();
    assert_eq!(lines(&share.id), ("care.ics".to_owned(), 1, true));
    assert_eq!(world.wallet.calendar(&by_id("nope")).unwrap_err().code().as_str(), "not_found");
}

fn bake(world: &World, credential: &str, picture: &str) -> Result<Vec<u8>, WalletError> {
    let save = SaveBadge { credential: credential.to_owned(), picture: picture.to_owned() };
    Ok(world.wallet.baked_badge(&save)?.bytes)
}

/// A badge with this picture.
fn pictured(media_type: &str, picture: &[u8]) -> Vec<u8> {
    let address = format!("data:{media_type};base64,{}", STANDARD.encode(picture));
    badge(|badge| badge["credentialSubject"]["achievement"]["image"] = json!({"id": address, "type": "Image"}))
}

#[test]
fn a_badges_own_picture_carries_its_credential_byte_for_byte() {
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(8, 8).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><circle r=\"1\"/></svg>".to_vec();
    for (media_type, picture, kind) in [("image/png", png.into_inner(), "png"), ("image/svg+xml", svg, "svg")] {
        let world = World::new();
        let credential = pictured(media_type, &picture);
        let id = world.imported(&credential);
        let baked = bake(&world, &id, kind).unwrap();
        let read = attesta_credential::read_each(&baked).unwrap().remove(0).unwrap();
        assert_eq!(read.credential.bytes(), credential, "{kind}");
        let other = if kind == "png" { "svg" } else { "png" };
        assert_eq!(bake(&world, &id, other).unwrap_err(), WalletError::NoPicture, "no {other} of a {kind}");
    }
}

#[test]
fn a_badge_without_a_picture_here_is_not_baked_and_nothing_is_fetched() {
    let world = World::new();
    let remote = badge(|badge| {
        badge["credentialSubject"]["achievement"]["image"] =
            json!({"id": "https://college.example/badge.png", "type": "Image"});
    });
    let id = world.imported(&remote);
    world.web.forget_requests();
    for kind in ["png", "svg"] {
        assert_eq!(bake(&world, &id, kind).unwrap_err(), WalletError::NoPicture);
    }
    assert!(world.web.urls().is_empty());
}
