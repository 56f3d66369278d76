use super::world::*;
use crate::inspect::{AttachmentKind, Inspected};
use crate::view::OfferedKind;

fn links(inspected: &Inspected) -> Vec<(&str, OfferedKind, Vec<&str>)> {
    inspected
        .links
        .iter()
        .map(|link| (link.url.as_str(), link.kind, link.hosts.iter().map(String::as_str).collect()))
        .collect()
}

#[test]
fn a_text_gives_its_links_and_whom_they_would_contact() {
    let world = World::new();
    let text =
        "Claim: https://college.example/claim/1. Also http://college.example/x and https://10.0.0.1.nip.example/";
    let inspected = world.wallet.inspect_text(text).unwrap();
    assert_eq!(
        links(&inspected),
        [
            ("https://college.example/claim/1", OfferedKind::Web, vec!["college.example"]),
            ("http://college.example/x", OfferedKind::Refused, vec![]),
            ("https://10.0.0.1.nip.example/", OfferedKind::Web, vec!["10.0.0.1.nip.example"]),
        ]
    );
    assert_eq!(inspected.links[1].error.as_ref().unwrap().code, "not_https");
    assert!(world.web.urls().is_empty());
}

#[test]
fn a_credential_names_the_hosts_that_checking_it_would_ask() {
    let world = World::new();
    let inspected = world.wallet.inspect_bytes("badge.json", &badge_with_status(1)).unwrap();
    assert_eq!(inspected.attachments.len(), 1);
    assert_eq!(inspected.attachments[0].kind, AttachmentKind::Credential);
    assert_eq!(inspected.attachments[0].hosts, ["college.example"]);
    assert!(world.web.urls().is_empty());
}

#[test]
fn a_picture_with_only_an_address_is_the_link_that_it_carries() {
    let world = World::new();
    let picture = "<svg><openbadges:assertion verify='https://college.example/assertions/1'/></svg>";
    let inspected = world.wallet.inspect_bytes("badge.svg", picture.as_bytes()).unwrap();
    assert_eq!(inspected.attachments, []);
    assert_eq!(
        links(&inspected),
        [("https://college.example/assertions/1", OfferedKind::Web, vec!["college.example"])]
    );
    assert!(world.web.urls().is_empty());
}

#[test]
fn every_link_and_attachment_of_a_mail_is_named() {
    let world = World::new();
    let attached = [("badge.json", badge_with_status(1)), ("logo.png", b"\x89PNG\r\n\x1a\n and so on".to_vec())];
    let inspected =
        world.wallet.inspect_bytes("claim.eml", &mail("Claim it: https://college.example/claim/1", &attached));
    let inspected = inspected.unwrap();
    assert_eq!(links(&inspected)[0].0, "https://college.example/claim/1");
    let letter = inspected.links[0].letter.as_ref().unwrap();
    assert_eq!((letter.subject.as_deref(), letter.to.as_slice()), (Some(SUBJECT), [RECIPIENT.to_owned()].as_slice()));
    let kinds: Vec<_> = inspected.attachments.iter().map(|it| (it.name.as_str(), it.kind)).collect();
    assert_eq!(kinds, [("badge.json", AttachmentKind::Credential), ("logo.png", AttachmentKind::Unsupported)]);
    assert!(world.web.urls().is_empty());
}

#[test]
fn what_can_not_be_read_is_named() {
    let world = World::new();
    #[track_caller]
    fn check(world: &World, name: &str, bytes: &[u8], expected: &str) {
        let inspected = world.wallet.inspect_bytes(name, bytes).unwrap();
        assert_eq!(inspected.links, []);
        assert_eq!(inspected.error.map(|error| error.code).as_deref(), Some(expected), "{name}");
    }
    check(&world, "message.eml", &mail("Congratulations!", &[]), "nothing_in_it");
    let locked = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R/Encrypt 2 0 R>>%%EOF";
    check(&world, "badge.pdf", locked, "pdf_encrypted");
    check(&world, "x.json", b"{}", "not_a_credential");
    check(&world, "note.txt", b"hello", "not_a_link");
    check(&world, "empty", b"", "empty_input");
}
