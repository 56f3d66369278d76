//! What was given out stays as it was.

use std::collections::BTreeMap;

use attesta_store::{HostedCopy, ShareMember, ShareRecord};

use crate::given::{at, bundle, wallet};

/// A share of the bundle `a` in this version, with every field of its own.
pub(crate) fn share(id: &str, version: u32) -> ShareRecord {
    let member = |credential: &str, verdict: &str| ShareMember {
        credential: credential.to_owned(),
        digest: format!("digest of {credential}"),
        title: format!("Title of {credential}"),
        verdict_then: verdict.to_owned(),
    };
    ShareRecord {
        id: id.to_owned(),
        bundle_id: "a".to_owned(),
        version: Some(version),
        title: "Title then".to_owned(),
        recipient: Some("Ms. Roy, harbour office".to_owned()),
        form: "hosted".to_owned(),
        language: Some("fr".to_owned()),
        sealed: true,
        bare: false,
        created_at: at(30),
        expires_at: Some(at(59)),
        link: Some("https://page.example/verify#1uAAAA".to_owned()),
        hosted: Some(HostedCopy {
            host: "host.example".to_owned(),
            view_url: "https://host.example/credentials/7".to_owned(),
            unshare_url: "https://host.example/api/credentials/7".to_owned(),
        }),
        stopped_at: None,
        members: vec![member("two", "expired"), member("one", "valid")],
        payload: b"{ \"verifiableCredential\" :[ ] }\n".to_vec(),
    }
}

fn least(id: &str) -> ShareRecord {
    ShareRecord {
        version: None,
        recipient: None,
        form: "json".to_owned(),
        language: None,
        sealed: false,
        bare: true,
        expires_at: None,
        link: None,
        hosted: None,
        members: Vec::new(),
        ..share(id, 1)
    }
}

#[test]
fn a_share_comes_back_as_it_was_given_out() {
    let store = wallet(&[]);
    for share in [share("full", 3), least("least")] {
        store.shares().append(&share).expect("room");
    }
    assert_eq!(store.shares().get("full").expect("an answer"), Some(share("full", 3)));
    assert_eq!(store.shares().list().expect("a list"), [least("least"), share("full", 3)]);
    assert_eq!(store.shares().get("none").expect("an answer"), None);
}

#[test]
fn a_share_is_not_overwritten() {
    let store = wallet(&[]);
    store.shares().append(&share("one", 1)).expect("room");
    let other = ShareRecord { title: "Another".to_owned(), members: Vec::new(), ..share("one", 2) };
    assert_eq!(store.shares().append(&other).expect_err("taken").code(), "already_stored");
    assert_eq!(store.shares().get("one").expect("an answer"), Some(share("one", 1)));
}

#[test]
fn a_share_that_was_stopped_says_when_and_nothing_else_of_it_changes() {
    let store = wallet(&[]);
    for id in ["one", "other"] {
        store.shares().append(&share(id, 1)).expect("room");
    }
    store.shares().stopped("one", at(40)).expect("noted");
    store.shares().stopped("one", at(50)).expect("noted already");
    let stopped = ShareRecord { stopped_at: Some(at(40)), ..share("one", 1) };
    assert_eq!(store.shares().list().expect("a list"), [share("other", 1), stopped]);
    assert_eq!(store.shares().stopped("none", at(40)).expect_err("none").code(), "not_found");
}

#[test]
fn a_share_outlives_its_bundle_and_credentials() {
    let store = wallet(&["one"]);
    store.bundles().create("a", &bundle("a", &["one"]), at(1)).expect("a bundle");
    store.shares().append(&share("given", 1)).expect("room");
    store.bundles().delete("a").expect("deleted");
    store.credentials().remove("one").expect("removed");
    assert_eq!(store.shares().list().expect("a list"), [share("given", 1)]);
}

#[test]
fn it_is_counted_how_often_each_version_was_shared() {
    let store = wallet(&[]);
    for (id, version) in [("x", 1), ("y", 3), ("z", 3)] {
        store.shares().append(&share(id, version)).expect("room");
    }
    store.shares().append(&least("before")).expect("room");
    store.shares().append(&ShareRecord { bundle_id: "b".to_owned(), ..share("other", 3) }).expect("room");
    assert_eq!(store.shares().of_versions("a").expect("numbers"), BTreeMap::from([(1, 1), (3, 2)]));
    assert_eq!(store.shares().of_versions("c").expect("numbers"), BTreeMap::new());
}

#[test]
fn what_opens_or_withdraws_a_share_stands_in_no_debug_output() {
    let record = share("given", 1);
    let said = format!("{record:?} {:?}", record.hosted);
    for secret in ["https://", "1uAAAA", "Roy", "Title", "verifiableCredential"] {
        assert!(!said.contains(secret), "{said}");
    }
}
