//! What a credential stood in, and the pages kept beside it.

use attesta_store::{Carried, Letter};

use crate::given::{Folder, at, wallet};

fn carried() -> Carried {
    Carried {
        within: vec!["inbox.mbox".to_owned(), "Votre badge « Soins »".to_owned()],
        letter: Some(Letter {
            from: Some("Collège Baie-Nordique".to_owned()),
            subject: None,
            to: vec!["amelie@example.org".to_owned(), "a.tremblay@college.example".to_owned()],
            date: Some("2026-11-20T09:00:00Z".to_owned()),
        }),
    }
}

#[test]
fn what_a_credential_stood_in_comes_back_as_it_was() {
    let store = wallet(&["one", "two", "three"]);
    let plain = Carried { within: vec!["badges.zip".to_owned()], letter: None };
    store.carriers().put("one", &carried()).expect("room");
    store.carriers().put("two", &plain).expect("room");
    assert_eq!(store.carriers().get("one").expect("an answer"), Some(carried()));
    assert_eq!(store.carriers().get("two").expect("an answer"), Some(plain.clone()));
    assert_eq!(store.carriers().get("three").expect("an answer"), None);
    store.carriers().put("one", &plain).expect("room");
    assert_eq!(store.carriers().get("one").expect("an answer"), Some(plain));
    assert_eq!(store.carriers().put("four", &carried()).expect_err("no such credential").code(), "not_found");
}

#[test]
fn a_mail_is_not_shown_in_debug_output() {
    assert!(!format!("{:?}", carried()).contains("amelie"));
}

#[test]
fn pages_are_kept_once_in_order_and_removed() {
    let store = wallet(&["one", "two"]);
    let urls = |id: &str| {
        let links = store.links().list(id).expect("a list");
        links.into_iter().map(|link| (link.url, link.added_at)).collect::<Vec<_>>()
    };
    store.links().add("one", "https://b.example/", at(1)).expect("room");
    store.links().add("one", "https://a.example/", at(2)).expect("room");
    store.links().add("one", "https://b.example/", at(3)).expect("room");
    assert_eq!(urls("one"), [("https://b.example/".to_owned(), at(1)), ("https://a.example/".to_owned(), at(2))]);
    assert_eq!(urls("two"), []);
    store.links().remove("one", "https://b.example/").expect("removed");
    store.links().remove("one", "https://nowhere.example/").expect("none is fine");
    assert_eq!(urls("one").len(), 1);
    assert_eq!(store.links().add("three", "https://a.example/", at(4)).expect_err("none").code(), "not_found");
    assert_eq!(store.links().remove("three", "https://a.example/").expect_err("none").code(), "not_found");
}

#[test]
fn a_newer_version_takes_the_pages_along() {
    let store = wallet(&["old", "new"]);
    for (id, url) in [("old", "https://a.example/"), ("old", "https://b.example/"), ("new", "https://b.example/")] {
        store.links().add(id, url, at(1)).expect("room");
    }
    store.credentials().supersede("old", "new").expect("a newer version");
    assert_eq!(store.links().list("old").expect("a list"), []);
    assert_eq!(store.links().list("new").expect("a list").len(), 2);
}

#[test]
fn what_is_removed_stands_in_no_file_any_more() {
    let folder = Folder::new();
    let store = attesta_store::Store::open(folder.path()).expect("a wallet");
    for id in ["one", "two"] {
        store.credentials().insert(&crate::given::credential(id, 1)).expect("room");
    }
    store.carriers().put("one", &carried()).expect("room");
    store.links().add("one", "https://pages.example/secret-one", at(1)).expect("room");
    store.links().add("two", "https://pages.example/secret-two", at(1)).expect("room");
    assert!(folder.holds(b"secret-one") && folder.holds(b"secret-two") && folder.holds(b"amelie@"));
    store.links().remove("two", "https://pages.example/secret-two").expect("removed");
    assert!(folder.holds(b"secret-one") && !folder.holds(b"secret-two"));
    store.credentials().remove("one").expect("removed");
    assert!(!folder.holds(b"secret-one") && !folder.holds(b"amelie@"));
}
