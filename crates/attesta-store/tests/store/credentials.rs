//! Keeping, finding, superseding and removing credentials.

use attesta_store::{CredentialRecord, Origin, OriginKind, Store, StoreError};

use crate::given::{Folder, at, bundle, credential, ids, report, wallet};

#[test]
fn a_record_comes_back_with_every_field() {
    let store = wallet(&[]);
    let new = credential("one", 1);
    store.credentials().insert(&new).expect("room");
    assert_eq!(store.credentials().get("one").expect("an answer"), Some(new.record));
}

#[test]
fn a_record_without_its_optional_fields_comes_back_without_them() {
    let store = wallet(&[]);
    let mut new = credential("one", 1);
    new.record = CredentialRecord {
        canonical_digest: None,
        media_type: None,
        origin: Origin { kind: OriginKind::Paste, name: None, url: None },
        credential_id: None,
        ..new.record
    };
    store.credentials().insert(&new).expect("room");
    assert_eq!(store.credentials().get("one").expect("an answer"), Some(new.record));
}

#[test]
fn received_bytes_come_back_unchanged() {
    let folder = Folder::new();
    let every_byte: Vec<u8> = (0..=255).collect();
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &every_byte.repeat(5_000)].concat();
    let table: &[(&str, &[u8])] = &[
        ("odd spacing", b"\xEF\xBB\xBF{ \"a\" :\t1.0e0 ,\r\n\r\n  \"a\":\"\\u00e9\"}  \n"),
        ("a picture", &png),
        ("not utf-8", b"\xff\xfe\x00\x00"),
        ("zeros", b"\0\0\0"),
        ("nothing", b""),
    ];
    for (id, bytes) in table {
        let store = Store::open(folder.path()).expect("the wallet");
        let mut new = credential(id, 1);
        new.record.received = bytes.to_vec();
        store.credentials().insert(&new).expect("room");
    }
    let store = Store::open(folder.path()).expect("the wallet");
    for (id, bytes) in table {
        let record = store.credentials().get(id).expect("an answer").expect("the record");
        assert!(record.received == *bytes, "{id}");
    }
}

#[test]
fn the_list_shows_the_newest_received_first() {
    let store = wallet(&[]);
    for (id, minute) in [("second", 20), ("first", 10), ("third", 30), ("third too", 30)] {
        store.credentials().insert(&credential(id, minute)).expect("room");
    }
    assert_eq!(ids(&store.credentials().list().expect("a list")), ["third too", "third", "second", "first"]);
    assert_eq!(ids(&store.credentials().list_all().expect("a list")), ["second", "first", "third", "third too"]);
}

#[test]
fn the_same_document_is_kept_once() {
    let store = wallet(&["one"]);
    let mut again = credential("two", 2);
    again.record.digest = "digest of one".to_owned();
    match store.credentials().insert(&again) {
        Err(StoreError::AlreadyStored { id, .. }) => assert_eq!(id, "one"),
        other => panic!("{other:?}"),
    }
    assert_eq!(ids(&store.credentials().list().expect("a list")), ["one"]);
}

#[test]
fn an_identifier_is_given_once() {
    let store = wallet(&["one"]);
    let mut other = credential("one", 2);
    other.record.digest = "another digest".to_owned();
    assert_eq!(store.credentials().insert(&other).expect_err("taken").code(), "already_stored");
}

#[test]
fn a_record_is_found_by_its_digests() {
    let store = wallet(&["one", "two"]);
    let credentials = store.credentials();
    let found = credentials.find_by_digest("digest of one").expect("an answer").map(|record| record.id);
    assert_eq!(found.as_deref(), Some("one"));
    let found = credentials.find_by_canonical_digest("canonical digest of two").expect("an answer");
    assert_eq!(found.map(|record| record.id).as_deref(), Some("two"));
    assert_eq!(credentials.find_by_digest("digest of three").expect("an answer"), None);
    assert_eq!(credentials.find_by_canonical_digest("digest of one").expect("an answer"), None);
}

#[test]
fn current_records_are_found_by_issuer_and_identifier_together() {
    let store = wallet(&["old"]);
    let mut newer = credential("new", 2);
    newer.record.credential_id = Some("urn:old".to_owned());
    store.credentials().insert(&newer).expect("room");
    let mut foreign = credential("foreign", 3);
    foreign.record.credential_id = Some("urn:old".to_owned());
    foreign.record.issuer_id = "did:web:other.example".to_owned();
    store.credentials().insert(&foreign).expect("room");

    let find = || store.credentials().find_by_identity("did:web:issuer.example", "urn:old").expect("an answer");
    assert_eq!(ids(&find()), ["new", "old"]);
    store.credentials().supersede("old", "new").expect("superseded");
    assert_eq!(ids(&find()), ["new"]);
}

#[test]
fn a_superseded_record_is_kept_behind_the_newer_one() {
    let store = wallet(&["old", "new"]);
    store.credentials().supersede("old", "new").expect("superseded");
    assert_eq!(ids(&store.credentials().list().expect("a list")), ["new"]);
    assert_eq!(ids(&store.credentials().earlier_versions("new").expect("a list")), ["old"]);
    let old = store.credentials().get("old").expect("an answer").expect("still there");
    assert_eq!(old.superseded_by.as_deref(), Some("new"));
    assert!(store.credentials().find_by_digest("digest of old").expect("an answer").is_some());
}

#[test]
fn bundles_hold_the_newer_one_in_the_place_of_the_superseded() {
    let store = wallet(&["first", "old", "last", "new"]);
    store.bundles().create("with old", &bundle("with old", &["first", "old", "last"]), at(30)).expect("a bundle");
    store.bundles().create("with both", &bundle("with both", &["new", "first", "old"]), at(30)).expect("a bundle");
    store.credentials().supersede("old", "new").expect("superseded");
    let members = |id| {
        let bundle = store.bundles().get(id).expect("an answer").expect("the bundle");
        bundle.content.credentials().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(members("with old"), ["first", "new", "last"]);
    assert_eq!(members("with both"), ["new", "first"]);
}

#[test]
fn only_a_current_record_can_supersede_another() {
    let store = wallet(&["one", "two", "three"]);
    store.credentials().supersede("one", "two").expect("superseded");
    let check = |old, new, code| {
        assert_eq!(store.credentials().supersede(old, new).expect_err("a wrong order").code(), code, "{old} {new}");
    };
    check("two", "one", "not_current");
    check("three", "one", "not_current");
    check("three", "three", "not_current");
    check("three", "four", "not_found");
    check("four", "three", "not_found");
    assert_eq!(ids(&store.credentials().list().expect("a list")), ["three", "two"]);
}

#[test]
fn removing_takes_the_reports_and_places_in_bundles_and_nothing_else() {
    let store = wallet(&["one", "two"]);
    for id in ["one", "two"] {
        store.reports().append(id, &report(id), at(40)).expect("a report");
    }
    store.bundles().create("both", &bundle("both", &["one", "two"]), at(30)).expect("a bundle");
    store.credentials().remove("one").expect("removed");

    assert_eq!(store.credentials().get("one").expect("an answer"), None);
    assert_eq!(store.reports().history("one").expect("a history"), []);
    assert_eq!(store.credentials().search("one").expect("an answer"), [] as [&str; 0]);
    let left = store.bundles().get("both").expect("an answer").expect("the bundle").content;
    assert_eq!(left.credentials().collect::<Vec<_>>(), ["two"]);
    assert_eq!(ids(&store.credentials().list().expect("a list")), ["two"]);
    assert_eq!(store.reports().history("two").expect("a history").len(), 1);
    assert_eq!(store.credentials().search("title").expect("an answer"), ["two"]);
}

#[test]
fn removing_the_newer_one_makes_the_superseded_current_again() {
    let store = wallet(&["old", "new"]);
    store.credentials().supersede("old", "new").expect("superseded");
    store.credentials().remove("new").expect("removed");
    assert_eq!(ids(&store.credentials().list().expect("a list")), ["old"]);
}

#[test]
fn removing_what_is_not_there_is_an_error() {
    let store = wallet(&["one"]);
    assert_eq!(store.credentials().remove("two").expect_err("none").code(), "not_found");
}

#[test]
fn a_removed_credential_can_come_again() {
    let store = wallet(&["one"]);
    store.credentials().remove("one").expect("removed");
    store.credentials().insert(&credential("one", 5)).expect("room");
    assert_eq!(store.credentials().search("one").expect("an answer"), ["one"]);
}

#[test]
fn no_file_of_the_wallet_holds_what_was_removed() {
    let folder = Folder::new();
    let store = Store::open(folder.path()).expect("a new wallet");
    let mut new = credential("one", 1);
    new.record.received = b"canary-in-bytes ".repeat(1_000);
    new.search.earner = "canaryinsearch".to_owned();
    store.credentials().insert(&new).expect("room");
    store.reports().append("one", &report("canary-in-report"), at(2)).expect("a report");
    for (number, id) in (3..).zip(["two", "three", "four"]) {
        store.credentials().insert(&credential(id, number)).expect("room");
    }
    let canaries = [b"canary-in-bytes".as_slice(), b"canaryinsearch", b"canary-in-report"];
    for canary in canaries {
        assert!(folder.holds(canary), "the test looks in the wrong place");
    }
    store.credentials().remove("one").expect("removed");
    for canary in canaries {
        assert!(!folder.holds(canary), "{}", String::from_utf8_lossy(canary));
    }
}
