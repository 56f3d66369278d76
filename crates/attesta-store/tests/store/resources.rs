//! The last good answer of each address.

use attesta_store::Store;
use attesta_verify::Resource;

use crate::given::{Folder, at};

fn resource(bytes: &[u8], minute: u8) -> Resource {
    Resource { bytes: bytes.to_vec(), media_type: Some("application/did+json".to_owned()), fetched_at: at(minute) }
}

#[test]
fn an_answer_comes_back_unchanged() {
    let folder = Folder::new();
    let table = [
        ("https://a.example/", resource(b"{ \"a\" : 1 }\r\n", 1)),
        ("https://b.example/", resource(&[0, 255, 0xEF, 0xBB, 0xBF], 2)),
        ("https://c.example/", Resource { media_type: None, ..resource(b"", 3) }),
    ];
    let store = Store::open(folder.path()).expect("a new wallet");
    for (url, resource) in &table {
        store.resources().put(url, resource).expect("room");
    }
    drop(store);
    let store = Store::open(folder.path()).expect("the wallet");
    for (url, resource) in table {
        assert_eq!(store.resources().get(url).expect("an answer"), Some(resource), "{url}");
    }
    assert_eq!(store.resources().get("https://d.example/").expect("an answer"), None);
}

#[test]
fn a_later_answer_takes_the_place_of_the_earlier() {
    let store = Store::in_memory().expect("a wallet");
    for answer in [resource(b"first", 20), resource(b"second", 10)] {
        store.resources().put("https://a.example/", &answer).expect("room");
    }
    let kept = store.resources().get("https://a.example/").expect("an answer");
    assert_eq!(kept, Some(resource(b"second", 10)));
}

#[test]
fn answers_older_than_a_time_are_forgotten_and_those_of_that_time_kept() {
    let store = Store::in_memory().expect("a wallet");
    for minute in [10, 20, 30] {
        store.resources().put(&format!("https://{minute}.example/"), &resource(b"x", minute)).expect("room");
    }
    assert_eq!(store.resources().forget(at(20)).expect("a number"), 1);
    let kept = [10, 20, 30]
        .map(|minute| store.resources().get(&format!("https://{minute}.example/")).expect("an answer").is_some());
    assert_eq!(kept, [false, true, true]);
}
