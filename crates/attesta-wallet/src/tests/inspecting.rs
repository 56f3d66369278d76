use super::world::*;
use crate::inspect::{AttachmentKind, Inspected, LinkKind};

fn links(inspected: &Inspected) -> Vec<(&str, LinkKind, Vec<&str>)> {
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
    let inspected = world.wallet.inspect_text("-", text);
    assert_eq!(
        links(&inspected),
        [
            ("https://college.example/claim/1", LinkKind::Claim, vec!["college.example"]),
            ("http://college.example/x", LinkKind::Refused, vec![]),
            ("https://10.0.0.1.nip.example/", LinkKind::Claim, vec!["10.0.0.1.nip.example"]),
        ]
    );
    assert!(world.web.urls().is_empty());
}

#[test]
fn a_credential_names_the_hosts_that_checking_it_would_ask() {
    let world = World::new();
    let inspected = world.wallet.inspect_bytes("badge.json", &badge_with_status(1));
    assert_eq!(inspected.attachments.len(), 1);
    assert_eq!(inspected.attachments[0].kind, AttachmentKind::Credential);
    assert_eq!(inspected.attachments[0].hosts, ["college.example"]);
    assert!(world.web.urls().is_empty());
}

#[test]
fn a_picture_with_only_an_address_is_the_link_that_it_carries() {
    let world = World::new();
    let picture = "<svg><openbadges:assertion verify='https://college.example/assertions/1'/></svg>";
    let inspected = world.wallet.inspect_bytes("badge.svg", picture.as_bytes());
    assert_eq!(inspected.attachments, []);
    assert_eq!(inspected.links.len(), 1);
    assert_eq!(inspected.links[0].url, "https://college.example/assertions/1");
    assert_eq!(
        (inspected.links[0].kind, inspected.links[0].hosts.as_slice()),
        (LinkKind::Claim, ["college.example".to_owned()].as_slice())
    );
    assert!(world.web.urls().is_empty());
}

#[test]
fn what_can_not_be_read_yet_is_named() {
    let world = World::new();
    #[track_caller]
    fn check(world: &World, name: &str, bytes: &[u8], expected: AttachmentKind) {
        let inspected = world.wallet.inspect_bytes(name, bytes);
        assert_eq!(inspected.attachments.iter().map(|it| it.kind).collect::<Vec<_>>(), [expected]);
    }
    check(&world, "message.eml", b"Subject: your badge", AttachmentKind::Mail);
    check(&world, "message", b"Return-Path: <a@b.example>\r\n", AttachmentKind::Mail);
    let locked = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R/Encrypt 2 0 R>>%%EOF";
    check(&world, "badge.pdf", locked, AttachmentKind::Unsupported);
    assert_eq!(world.wallet.inspect_bytes("badge.pdf", b"%PDF-1.7"), Inspected::default());
    assert_eq!(world.wallet.inspect_bytes("x.json", b"{}"), Inspected::default());
}
