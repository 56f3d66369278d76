//! Credentials that fit a job posting.

use serde_json::{Value, json};

use super::world::*;
use crate::command::PastedText;
use crate::view::SuggestionView;

fn skilled(number: u32, name: &str, skills: &[(&str, &str)], end: Option<&str>) -> Vec<u8> {
    badge(|badge| {
        badge["id"] = json!(format!("urn:uuid:00000000-0000-4000-8000-{number:012}"));
        if let Some(end) = end {
            badge["validUntil"] = json!(end);
        }
        let achievement = &mut badge["credentialSubject"]["achievement"];
        achievement["name"] = json!(name);
        achievement["tag"] = json!([]);
        let aligned = |(name, code): &(&str, &str)| -> Value {
            json!({
                "type": ["Alignment"], "targetName": name, "targetCode": code,
                "targetUrl": "https://frameworks.example/1", "targetFramework": "Frameworks of trades",
            })
        };
        achievement["alignment"] = skills.iter().map(aligned).collect();
        badge["name"] = json!(name);
    })
}

fn suggested(world: &World, text: &str) -> SuggestionView {
    world.wallet.suggest_credentials(&PastedText { text: text.to_owned() }).unwrap()
}

#[track_caller]
fn check(world: &World, text: &str, expected: &[(&str, &[&str])]) {
    let view = suggested(world, text);
    let found: Vec<(&str, Vec<&str>)> = view
        .suggested
        .iter()
        .map(|it| (it.credential.title.text.as_str(), it.matched.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(found, expected.iter().map(|(title, matched)| (*title, matched.to_vec())).collect::<Vec<_>>());
}

#[test]
fn a_posting_finds_credentials_by_what_they_say_and_leaves_no_trace() {
    let world = World::new();
    world.imported(&skilled(1, "Wound infections", &[("Wound care", "33102")], None));
    world.imported(&skilled(2, "Soudage de base", &[("Soudage à l’arc", "72106")], None));
    world.imported(&skilled(3, "Older wound course", &[("Wound care", "none")], Some("2026-11-22T00:00:00Z")));
    world.web.forget_requests();
    let posting = "Nursing assistant, canary-of-a-posting\nNOC 33102: wound care at night";
    let view = suggested(&world, posting);
    assert_eq!(view.title.as_deref(), Some("Nursing assistant, canary-of-a-posting"));
    check(&world, posting, &[("Wound infections", &["Wound care"]), ("Older wound course", &["Wound care"])]);
    world.clock.set("2027-01-01T00:00:00Z".parse().unwrap());
    check(&world, "Soudeuse : soudage à l'arc", &[("Soudage de base", &["Soudage à l’arc", "Soudage de base"])]);
    check(&world, "Pastry chef", &[]);
    assert!(world.web.urls().is_empty());
    for entry in std::fs::read_dir(world.folder()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(19).any(|part| part == b"canary-of-a-posting"));
    }
    let said = format!("{:?}", PastedText { text: posting.to_owned() });
    assert!(!said.contains("canary"));
}

#[test]
fn what_has_expired_stands_last_however_well_it_fits() {
    let world = World::new();
    world.imported(&skilled(1, "Rigging, hoisting and cranes", &[("Rigging", "72405")], Some("2026-11-22T00:00:00Z")));
    world.imported(&skilled(2, "Hoisting", &[], None));
    let posting = "Rigging, hoisting and cranes (NOC 72405)";
    let titles = |world: &World| {
        suggested(world, posting).suggested.into_iter().map(|it| it.credential.title.text).collect::<Vec<_>>()
    };
    assert_eq!(titles(&world), ["Rigging, hoisting and cranes", "Hoisting"]);
    world.clock.set("2026-12-01T00:00:00Z".parse().unwrap());
    assert_eq!(titles(&world), ["Hoisting", "Rigging, hoisting and cranes"]);
}

#[test]
fn a_text_longer_than_any_posting_is_refused() {
    let world = World::new();
    assert!(suggested(&world, &"é".repeat(100_000)).suggested.is_empty());
    let request = PastedText { text: "é".repeat(100_001) };
    assert_eq!(world.wallet.suggest_credentials(&request).unwrap_err().code().as_str(), "posting_too_long");
}
