//! Settings are text by name.

use std::collections::BTreeMap;

use attesta_store::Store;

#[test]
fn a_setting_is_the_last_value_set() {
    let store = Store::in_memory().expect("a wallet");
    assert_eq!(store.settings().get("language").expect("an answer"), None);
    for value in ["en", "fr", ""] {
        store.settings().set("language", value).expect("set");
        assert_eq!(store.settings().get("language").expect("an answer").as_deref(), Some(value));
    }
}

#[test]
fn a_removed_setting_is_gone_and_removing_it_again_is_no_error() {
    let store = Store::in_memory().expect("a wallet");
    store.settings().set("language", "fr").expect("set");
    store.settings().set("theme", "dark").expect("set");
    for _ in 0..2 {
        store.settings().remove("language").expect("removed");
    }
    let expected = BTreeMap::from([("theme".to_owned(), "dark".to_owned())]);
    assert_eq!(store.settings().all().expect("all"), expected);
}
