//! Bundles hold credentials in the learner's order.

use attesta_store::{BundleChange, StoreError};

use crate::given::{at, bundle, wallet};

#[test]
fn a_bundle_comes_back_with_its_members_in_their_order() {
    let store = wallet(&["one", "two", "three"]);
    let made = bundle("all", &["two", "three", "one"]);
    store.bundles().create(&made).expect("a bundle");
    assert_eq!(store.bundles().get("all").expect("an answer"), Some(made));
    assert_eq!(store.bundles().get("none").expect("an answer"), None);
}

#[test]
fn an_edit_changes_the_bundle_as_a_whole() {
    let store = wallet(&["one", "two", "three"]);
    let made = bundle("all", &["one", "two"]);
    store.bundles().create(&made).expect("a bundle");
    let change = BundleChange {
        title: "Another title".to_owned(),
        note: None,
        credentials: vec!["three".to_owned(), "one".to_owned()],
    };
    store.bundles().edit("all", &change, at(50)).expect("edited");
    let edited = store.bundles().get("all").expect("an answer").expect("the bundle");
    assert_eq!((edited.title, edited.note, edited.credentials), (change.title, change.note, change.credentials));
    assert_eq!((edited.created_at, edited.updated_at), (made.created_at, at(50)));
}

#[test]
fn a_bundle_that_names_a_wrong_credential_is_not_made() {
    let store = wallet(&["one"]);
    #[track_caller]
    fn check(outcome: Result<(), StoreError>, code: &str) {
        assert_eq!(outcome.expect_err("refused").code(), code);
    }
    check(store.bundles().create(&bundle("a", &["one", "missing"])), "not_found");
    check(store.bundles().create(&bundle("a", &["one", "one"])), "repeated_member");
    assert_eq!(store.bundles().list().expect("a list"), []);
}

#[test]
fn an_edit_that_fails_leaves_the_bundle_as_it_was() {
    let store = wallet(&["one", "two"]);
    let made = bundle("a", &["one", "two"]);
    store.bundles().create(&made).expect("a bundle");
    for credentials in [vec!["two".to_owned(), "missing".to_owned()], vec!["two".to_owned(), "two".to_owned()]] {
        let change = BundleChange { title: "Another".to_owned(), note: None, credentials };
        store.bundles().edit("a", &change, at(50)).expect_err("refused");
        assert_eq!(store.bundles().get("a").expect("an answer").as_ref(), Some(&made));
    }
}

#[test]
fn a_bundle_identifier_is_given_once() {
    let store = wallet(&["one"]);
    store.bundles().create(&bundle("a", &["one"])).expect("a bundle");
    assert_eq!(store.bundles().create(&bundle("a", &[])).expect_err("taken").code(), "already_stored");
    assert_eq!(store.bundles().get("a").expect("an answer").expect("the bundle").credentials, ["one"]);
}

#[test]
fn deleting_a_bundle_leaves_its_credentials() {
    let store = wallet(&["one"]);
    store.bundles().create(&bundle("a", &["one"])).expect("a bundle");
    store.bundles().delete("a").expect("deleted");
    assert_eq!(store.bundles().list().expect("a list"), []);
    assert!(store.credentials().get("one").expect("an answer").is_some());
}

#[test]
fn a_bundle_that_is_not_there_can_be_neither_edited_nor_deleted() {
    let store = wallet(&[]);
    let change = BundleChange { title: String::new(), note: None, credentials: Vec::new() };
    assert_eq!(store.bundles().edit("a", &change, at(1)).expect_err("none").code(), "not_found");
    assert_eq!(store.bundles().delete("a").expect_err("none").code(), "not_found");
}

#[test]
fn lists_show_the_newest_bundle_first() {
    let store = wallet(&["one", "two"]);
    for (id, members) in [("a", ["one"].as_slice()), ("b", &["two"]), ("c", &["two", "one"])] {
        store.bundles().create(&bundle(id, members)).expect("a bundle");
    }
    let ids =
        |bundles: Vec<attesta_store::BundleRecord>| bundles.into_iter().map(|bundle| bundle.id).collect::<Vec<_>>();
    assert_eq!(ids(store.bundles().list().expect("a list")), ["c", "b", "a"]);
    assert_eq!(ids(store.bundles().holding("one").expect("a list")), ["c", "a"]);
}
