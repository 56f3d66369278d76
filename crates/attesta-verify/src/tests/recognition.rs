//! Registries and the reader's address book: what is known of an issuer never changes a verdict.

use super::*;
use crate::{Recognition, Registry, RegistryKind};

const LIST: &str = "https://registries.example/known.json";
const ISSUERS: &str = "https://registry.example/issuers.json";

fn registry(kind: RegistryKind, url: &str) -> Registry {
    Registry { name: "Registry of Colleges".to_owned(), kind, url: url.to_owned() }
}

fn issuers(name: &str) -> Value {
    json!({ "registry": { ISSUER.did(): { "name": name } } })
}

#[track_caller]
fn check_recognition(registries: &[Registry], noted: Option<&str>, answers: &[(&str, Answer)], expected: &str) {
    let known_issuers = noted.map(|name| (ISSUER.did(), name.to_owned())).into_iter().collect();
    let recognition = Recognition { registries: registries.to_vec(), known_issuers };
    let policy = Policy { recognition, ..Policy::default() };
    let report = report_with(&good(), answers, &policy);
    assert_eq!(judge(&report), Verdict::Valid);
    assert_eq!(lines(&report).last().unwrap(), &format!("recognition {expected}"));
}

#[test]
fn nobody_is_asked_where_no_registry_is_chosen() {
    check_recognition(&[], None, &[], "skipped NoRegistryAsked");
    check_recognition(&[], Some("My college"), &[], "pass issuer_in_address_book");
}

#[test]
fn a_list_of_issuers_is_believed_on_the_issuers_it_names() {
    let registries = [registry(RegistryKind::Issuers, ISSUERS)];
    let answer = |body: &Value| [(ISSUERS, fresh(body))];
    check_recognition(&registries, None, &answer(&issuers("exemplary  college")), "pass issuer_listed");
    check_recognition(&registries, None, &answer(&issuers("Other")), "pass issuer_listed_under_other_name");
    let empty = json!({ "registry": {} });
    check_recognition(&registries, None, &answer(&empty), "inconclusive issuer_not_listed");
    check_recognition(&registries, Some("My college"), &answer(&empty), "pass issuer_in_address_book");
    check_recognition(&registries, None, &answer(&json!([])), "inconclusive registries_unreachable");
    check_recognition(&registries, None, &[], "inconclusive registries_unreachable");
}

#[test]
fn every_registry_of_a_list_is_asked() {
    let list = json!([
        { "name": "Gone", "type": "dcc-legacy", "url": "https://gone.example/issuers.json" },
        { "name": "Registry of Colleges", "type": "dcc-legacy", "url": ISSUERS },
        { "name": "Plain http", "type": "dcc-legacy", "url": "http://registry.example/issuers.json" },
    ]);
    let registries = [registry(RegistryKind::Registries, LIST)];
    let answers = [(LIST, fresh(&list)), (ISSUERS, fresh(&issuers("Exemplary College")))];
    check_recognition(&registries, None, &answers, "pass issuer_listed");
    let answers = [(LIST, fresh(&list)), (ISSUERS, fresh(&json!({ "registry": {} })))];
    check_recognition(&registries, None, &answers, "inconclusive issuer_not_listed");
    // A list that names lists is not followed further.
    let round = json!([{ "name": "Itself", "type": "dcc-legacy", "url": LIST }]);
    check_recognition(&registries, None, &[(LIST, fresh(&round))], "inconclusive registries_unreachable");
}

#[test]
fn nobody_is_asked_about_an_issuer_that_is_not_shown_to_be_it() {
    let mut forged = good();
    forged["name"] = json!("Welding, level 3");
    let registries = vec![registry(RegistryKind::Issuers, ISSUERS)];
    let recognition = Recognition { registries, known_issuers: [(ISSUER.did(), "Mine".to_owned())].into() };
    let policy = Policy { recognition, ..Policy::default() };
    let Turn::Done(report) = verify(&read(&forged), &Resources::new(), &policy, now()) else { panic!() };
    assert_eq!(lines(&report).last().unwrap(), "recognition skipped ProofFailed");
}
