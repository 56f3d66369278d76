//! What was given out stays as it was.

use attesta_store::ShareRecord;

use crate::given::{at, bundle, wallet};

fn share(id: &str) -> ShareRecord {
    ShareRecord {
        id: id.to_owned(),
        bundle_id: "a".to_owned(),
        title: "Title then".to_owned(),
        form: "link".to_owned(),
        created_at: at(30),
        expires_at: Some(at(59)),
        link: Some("https://page.example/verify#1uAAAA".to_owned()),
        payload: b"{ \"verifiableCredential\" :[ ] }\n".to_vec(),
    }
}

#[test]
fn a_share_comes_back_as_it_was_given_out() {
    let store = wallet(&[]);
    let bare = ShareRecord { expires_at: None, link: None, form: "json".to_owned(), ..share("bare") };
    for share in [share("full"), bare.clone()] {
        store.shares().append(&share).expect("room");
    }
    assert_eq!(store.shares().get("full").expect("an answer"), Some(share("full")));
    assert_eq!(store.shares().list().expect("a list"), [bare, share("full")]);
    assert_eq!(store.shares().get("none").expect("an answer"), None);
}

#[test]
fn a_share_is_not_overwritten() {
    let store = wallet(&[]);
    store.shares().append(&share("one")).expect("room");
    let other = ShareRecord { title: "Another".to_owned(), ..share("one") };
    assert_eq!(store.shares().append(&other).expect_err("taken").code(), "already_stored");
    assert_eq!(store.shares().get("one").expect("an answer"), Some(share("one")));
}

#[test]
fn a_share_outlives_its_bundle_and_credentials() {
    let store = wallet(&["one"]);
    store.bundles().create(&bundle("a", &["one"])).expect("a bundle");
    store.shares().append(&share("given")).expect("room");
    store.bundles().delete("a").expect("deleted");
    store.credentials().remove("one").expect("removed");
    assert_eq!(store.shares().list().expect("a list"), [share("given")]);
}
