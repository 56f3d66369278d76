//! Finding credentials by what the learner types.

use attesta_store::{SearchText, Store};

use crate::given::{credential, wallet};

fn library() -> Store {
    let store = wallet(&[]);
    let texts = [
        (
            "diving",
            "Préparer une plongée",
            "École de la mer",
            "sécurité; océan",
            "Vérifier l'équipement.",
            "Zoë Müller",
        ),
        ("tides", "Reading tide tables", "Harbour College", "tides navigation C++", "Sea level by the hour", "Ana"),
        ("heart", "Cœur et sœurs", "Croix-Rouge", "premiers secours", "Réanimation", "Renée"),
        ("bread", "面包 baking", "Backstraße", "夢", "Dough's rest \"overnight\"", "Søren"),
    ];
    // They came in another order than they were received in, as after a restored backup.
    for (minute, (id, title, issuer, tags, description, earner)) in [1, 9, 7, 3].into_iter().zip(texts) {
        let mut new = credential(id, minute);
        new.search = SearchText {
            title: title.to_owned(),
            issuer: issuer.to_owned(),
            tags: tags.to_owned(),
            description: description.to_owned(),
            earner: earner.to_owned(),
        };
        store.credentials().insert(&new).expect("room");
    }
    store
}

#[track_caller]
fn check(query: &str, expected: &[&str]) {
    assert_eq!(library().credentials().search(query).expect("an answer"), expected, "{query}");
}

#[test]
fn accents_and_case_do_not_count() {
    for query in ["preparer", "Préparer", "PRE\u{301}PARER", "pre\u{301}parer"] {
        check(query, &["diving"]);
    }
    check("ecole", &["diving"]);
    check("reanimation", &["heart"]);
    check("zoe muller", &["diving"]);
}

#[test]
fn ligatures_are_found_as_they_are_and_as_they_are_typed() {
    for query in ["coeur", "cœur", "CŒUR", "soeurs"] {
        check(query, &["heart"]);
    }
    check("backstrasse", &["bread"]);
}

#[test]
fn the_beginning_of_a_word_is_enough() {
    check("p", &["heart", "diving"]);
    check("pl", &["diving"]);
    check("plong", &["diving"]);
    check("ti ta", &["tides"]);
    check("longee", &[]);
}

#[test]
fn every_word_is_wanted_in_whatever_field() {
    check("tide harbour", &["tides"]);
    check("harbour tide ana sea", &["tides"]);
    check("tide ecole", &[]);
}

#[test]
fn every_field_is_searched() {
    check("plongee", &["diving"]);
    check("croix-rouge", &["heart"]);
    check("secours", &["heart"]);
    check("overnight", &["bread"]);
    check("renee", &["heart"]);
    check("夢", &["bread"]);
}

#[test]
fn results_come_newest_received_first() {
    check("re", &["tides", "heart", "bread"]);
}

#[test]
fn nothing_typed_finds_nothing() {
    for query in ["", " ", "\t\n", "\"", "\"\"", "*", "- + ( ) : ^ { }", "\0", "'"] {
        check(query, &[]);
    }
}

#[test]
fn signs_between_words_are_passed_over() {
    check("c++", &["tides", "heart"]);
    check("l'équipement", &["diving"]);
    check("l’equipement", &["diving"]);
    check("tide +", &["tides"]);
    check("\"tide tables\"", &["tides"]);
}

#[test]
fn operators_and_injections_are_only_words() {
    for query in [
        "tide OR plongée",
        "tide NOT plongee",
        "NOT",
        "tide AND",
        "NEAR(tide tables)",
        "title:tide",
        "{title issuer} : tide",
        "^tide ^plongee",
        "tide* OR *",
        "\" OR \"a",
        "tide\" OR title MATCH \"plongee",
        "'; DROP TABLE credentials; --",
        "\\\" OR 1=1",
        "a\0plongee",
        "%",
        "credential_search",
        "secure-delete",
    ] {
        check(query, &[]);
    }
    assert_eq!(library().credentials().list().expect("still there").len(), 4);
}

#[test]
fn a_query_of_any_length_is_answered() {
    let store = library();
    for query in ["tide ".repeat(5_000), "x".repeat(100_000), "\"".repeat(10_000), "(".repeat(10_000)] {
        store.credentials().search(&query).expect("an answer");
    }
    assert_eq!(store.credentials().search(&"tide ".repeat(5_000)).expect("an answer"), ["tides"]);
}

#[test]
fn superseded_records_are_not_found() {
    let store = library();
    store.credentials().supersede("tides", "bread").expect("superseded");
    assert_eq!(store.credentials().search("tide").expect("an answer"), [] as [&str; 0]);
}
