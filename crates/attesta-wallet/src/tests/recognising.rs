//! Registries and the address book: asked only where the learner chose them.

use super::world::*;
use crate::view::{ChangeSettings, KnownIssuerView, RegistryView};

const REGISTRY: &str = "https://registry.example/issuers.json";

fn chosen(kind: &str, url: &str) -> RegistryView {
    RegistryView {
        name: "Registry".to_owned(),
        kind: kind.to_owned(),
        url: url.to_owned(),
        chosen: true,
        offered: false,
    }
}

fn set(world: &World, registries: Vec<RegistryView>) -> Result<Vec<RegistryView>, &'static str> {
    let change = ChangeSettings { registries: Some(registries), ..ChangeSettings::default() };
    world.wallet.change_settings(&change).map(|settings| settings.registries).map_err(|error| error.code().as_str())
}

fn recognised(world: &World) -> String {
    let results = world.wallet.examine_bytes(badge(|_| {}));
    let checks = &results[0].report.as_ref().unwrap().checks;
    assert_eq!(results[0].verdict, "valid");
    checks.iter().find(|check| check.check == "recognition").unwrap().code.clone()
}

#[test]
fn a_registry_is_asked_once_the_learner_chose_it() {
    let world = World::new();
    assert!(world.wallet.settings().unwrap().registries.iter().all(|registry| registry.offered && !registry.chosen));
    assert_eq!(recognised(&world), "skipped.no_registry_asked");
    let kept = set(&world, vec![chosen("issuers", REGISTRY), chosen("issuers", REGISTRY)]).unwrap();
    assert_eq!(kept.iter().filter(|registry| registry.chosen).count(), 1);
    world.web.answer(REGISTRY, "application/json", br#"{"registry":{}}"#.to_vec());
    assert_eq!(recognised(&world), "issuer_not_listed");
    set(&world, Vec::new()).unwrap();
    assert_eq!(recognised(&world), "skipped.no_registry_asked");
}

#[test]
fn a_registry_that_is_not_https_or_of_no_known_kind_is_refused() {
    let world = World::new();
    assert_eq!(set(&world, vec![chosen("issuers", "http://registry.example/")]), Err("address_not_allowed"));
    assert_eq!(set(&world, vec![chosen("issuers", "file:///etc/passwd")]), Err("address_not_allowed"));
    assert_eq!(set(&world, vec![chosen("oracle", REGISTRY)]), Err("address_not_allowed"));
}

#[test]
fn an_issuer_in_the_address_book_is_recognised_without_asking() {
    let world = World::new();
    let issuer = world.wallet.examine_bytes(badge(|_| {}))[0].credential.as_ref().unwrap().issuer.id.clone();
    let known = vec![KnownIssuerView { id: issuer, name: "My college".to_owned() }];
    let change = ChangeSettings { known_issuers: Some(known.clone()), ..ChangeSettings::default() };
    assert_eq!(world.wallet.change_settings(&change).unwrap().known_issuers, known);
    assert_eq!(recognised(&world), "issuer_in_address_book");
}
