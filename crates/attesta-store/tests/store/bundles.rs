//! Bundles hold credentials in the learner's order, and keep what they were each time they were saved.

use attesta_store::{BundleContent, BundleRecord, StoreError};
use rusqlite::Connection;

use crate::given::{Folder, at, bundle, credential, wallet};

#[test]
fn a_bundle_comes_back_with_its_members_in_their_order() {
    let store = wallet(&["one", "two", "three"]);
    let content = bundle("all", &["two", "three", "one"]);
    let made = store.bundles().create("all", &content, at(30)).expect("a bundle");
    let expected = BundleRecord { id: "all".to_owned(), content, version: 1, created_at: at(30), updated_at: at(30) };
    assert_eq!(made, expected);
    assert_eq!(store.bundles().get("all").expect("an answer"), Some(expected));
    assert_eq!(store.bundles().get("none").expect("an answer"), None);
    let bare = BundleContent { title: "Bare".to_owned(), ..BundleContent::default() };
    store.bundles().create("bare", &bare, at(31)).expect("a bundle");
    assert_eq!(store.bundles().get("bare").expect("an answer").expect("the bundle").content, bare);
}

#[test]
fn saving_changes_the_bundle_as_a_whole() {
    let store = wallet(&["one", "two", "three"]);
    store.bundles().create("all", &bundle("all", &["one", "two"]), at(30)).expect("a bundle");
    let content = BundleContent { title: "Another".to_owned(), note: None, ..bundle("other", &["three", "one"]) };
    let saved = store.bundles().save("all", &content, at(50)).expect("saved");
    assert_eq!((&saved.content, saved.version, saved.created_at, saved.updated_at), (&content, 2, at(30), at(50)));
    assert_eq!(store.bundles().get("all").expect("an answer"), Some(saved));
}

#[test]
fn every_save_that_changes_something_is_a_version_and_no_other() {
    let store = wallet(&["one", "two"]);
    let first = bundle("a", &["one", "two"]);
    store.bundles().create("a", &first, at(1)).expect("a bundle");
    let reordered = bundle("a", &["two", "one"]);
    let mut renoted = reordered.clone();
    renoted.members[0].note = None;
    for (content, minute, version) in
        [(&first, 2, 1), (&reordered, 3, 2), (&reordered, 4, 2), (&renoted, 5, 3), (&first, 6, 4)]
    {
        let saved = store.bundles().save("a", content, at(minute)).expect("saved");
        assert_eq!((saved.version, &saved.content), (version, content), "minute {minute}");
    }
    let kept = store.bundles().versions("a").expect("versions");
    let seen: Vec<_> = kept.iter().map(|it| (it.version, it.saved_at, &it.content)).collect();
    assert_eq!(seen, [(4, at(6), &first), (3, at(5), &renoted), (2, at(3), &reordered), (1, at(1), &first)]);
    assert_eq!(store.bundles().version("a", 3).expect("an answer").expect("the version").content, renoted);
    assert_eq!(store.bundles().version("a", 5).expect("an answer"), None);
    assert_eq!(store.bundles().version("b", 1).expect("an answer"), None);
    assert_eq!(store.bundles().versions("b").expect("versions"), []);
}

#[test]
fn of_very_many_versions_the_oldest_that_were_not_shared_are_forgotten() {
    let store = wallet(&["one"]);
    let content = bundle("a", &["one"]);
    store.bundles().create("a", &content, at(1)).expect("a bundle");
    store.shares().append(&crate::shares::share("given", 1)).expect("room");
    for number in 2..=205 {
        let content = BundleContent { title: format!("Title {number}"), ..content.clone() };
        store.bundles().save("a", &content, at(2)).expect("saved");
    }
    let kept: Vec<u32> = store.bundles().versions("a").expect("versions").iter().map(|it| it.version).collect();
    let expected: Vec<u32> = (6..=205).rev().chain([1]).collect();
    assert_eq!(kept, expected);
}

#[test]
fn a_version_names_its_credentials_after_they_are_replaced_or_removed() {
    let store = wallet(&["old", "new", "other"]);
    let made = bundle("a", &["old", "other"]);
    store.bundles().create("a", &made, at(1)).expect("a bundle");
    store.credentials().supersede("old", "new").expect("superseded");
    store.credentials().remove("other").expect("removed");
    let mut now = bundle("a", &["old"]);
    now.members[0].credential = "new".to_owned();
    let kept = store.bundles().get("a").expect("an answer").expect("the bundle");
    assert_eq!((kept.content, kept.version), (now, 1), "the note moves to the newer version");
    assert_eq!(store.bundles().version("a", 1).expect("an answer").expect("the version").content, made);
}

#[test]
fn a_version_that_this_program_did_not_write_is_not_read() {
    let folder = Folder::new();
    let store = attesta_store::Store::open(folder.path()).expect("a new wallet");
    store.credentials().insert(&credential("one", 1)).expect("room");
    store.bundles().create("a", &bundle("a", &["one"]), at(1)).expect("a bundle");
    let other = Connection::open(folder.file()).expect("the file");
    for content in ["", "{", "[]", "{\"title\":\"T\"}", "{\"title\":\"T\",\"hidden_parts\":[1],\"members\":[]}"] {
        other.execute("UPDATE bundle_versions SET content = ?1", [content]).expect("a change");
        assert_eq!(store.bundles().version("a", 1).expect_err("unreadable").code(), "wallet_damaged", "{content}");
        assert_eq!(store.bundles().versions("a").expect_err("unreadable").code(), "wallet_damaged", "{content}");
    }
    other.execute("UPDATE bundle_members SET withheld = 'no'", []).expect("a change");
    assert_eq!(store.bundles().get("a").expect_err("unreadable").code(), "wallet_damaged");
}

#[test]
fn a_bundle_that_names_a_wrong_credential_is_not_made() {
    let store = wallet(&["one"]);
    #[track_caller]
    fn check<T: std::fmt::Debug>(outcome: Result<T, StoreError>, code: &str) {
        assert_eq!(outcome.expect_err("refused").code(), code);
    }
    check(store.bundles().create("a", &bundle("a", &["one", "missing"]), at(1)), "not_found");
    check(store.bundles().create("a", &bundle("a", &["one", "one"]), at(1)), "repeated_member");
    assert_eq!(store.bundles().list().expect("a list"), []);
    assert_eq!(store.bundles().versions("a").expect("versions"), []);
}

#[test]
fn a_save_that_fails_leaves_the_bundle_as_it_was() {
    let store = wallet(&["one", "two"]);
    let made = store.bundles().create("a", &bundle("a", &["one", "two"]), at(1)).expect("a bundle");
    for members in [["two", "missing"], ["two", "two"]] {
        store.bundles().save("a", &bundle("a", &members), at(50)).expect_err("refused");
        assert_eq!(store.bundles().get("a").expect("an answer").as_ref(), Some(&made));
        assert_eq!(store.bundles().versions("a").expect("versions").len(), 1);
    }
}

#[test]
fn a_bundle_identifier_is_given_once() {
    let store = wallet(&["one"]);
    let made = store.bundles().create("a", &bundle("a", &["one"]), at(1)).expect("a bundle");
    assert_eq!(store.bundles().create("a", &bundle("a", &[]), at(2)).expect_err("taken").code(), "already_stored");
    assert_eq!(store.bundles().get("a").expect("an answer"), Some(made));
}

#[test]
fn deleting_a_bundle_leaves_its_credentials_and_no_version() {
    let folder = Folder::new();
    let store = attesta_store::Store::open(folder.path()).expect("a new wallet");
    store.credentials().insert(&credential("one", 1)).expect("room");
    let content = BundleContent { note: Some("canary-of-a-note".to_owned()), ..bundle("a", &["one"]) };
    store.bundles().create("a", &content, at(1)).expect("a bundle");
    store.bundles().save("a", &bundle("a", &["one"]), at(2)).expect("saved");
    assert!(folder.holds(b"canary-of-a-note"), "the test looks in the wrong place");
    store.bundles().delete("a").expect("deleted");
    assert_eq!(store.bundles().list().expect("a list"), []);
    assert_eq!(store.bundles().versions("a").expect("versions"), []);
    assert!(store.credentials().get("one").expect("an answer").is_some());
    assert!(!folder.holds(b"canary-of-a-note"));
}

#[test]
fn a_bundle_that_is_not_there_can_be_neither_saved_nor_deleted() {
    let store = wallet(&[]);
    assert_eq!(store.bundles().save("a", &BundleContent::default(), at(1)).expect_err("none").code(), "not_found");
    assert_eq!(store.bundles().delete("a").expect_err("none").code(), "not_found");
}

#[test]
fn lists_show_the_newest_bundle_first() {
    let store = wallet(&["one", "two"]);
    for (id, members) in [("a", ["one"].as_slice()), ("b", &["two"]), ("c", &["two", "one"])] {
        store.bundles().create(id, &bundle(id, members), at(1)).expect("a bundle");
    }
    let ids = |bundles: Vec<BundleRecord>| bundles.into_iter().map(|bundle| bundle.id).collect::<Vec<_>>();
    assert_eq!(ids(store.bundles().list().expect("a list")), ["c", "b", "a"]);
    assert_eq!(ids(store.bundles().holding("one").expect("a list")), ["c", "a"]);
}

#[test]
fn what_the_learner_writes_stands_in_no_debug_output() {
    let store = wallet(&["one"]);
    let made = store.bundles().create("a", &bundle("a", &["one"]), at(1)).expect("a bundle");
    let said = format!("{made:?} {:?}", store.bundles().versions("a").expect("versions"));
    for secret in ["Title of", "harbour", "Harbour", "matters", "credentialSubject"] {
        assert!(!said.contains(secret), "{said}");
    }
}
