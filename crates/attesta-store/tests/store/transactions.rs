//! Several steps happen wholly or not at all.

use attesta_store::{Store, StoreError};

use crate::given::{Folder, at, bundle, credential, ids, report, wallet};

/// An error of the caller's own.
#[derive(Debug)]
enum Stopped {
    Store(StoreError),
    ByTheLearner,
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        Stopped::Store(error)
    }
}

#[test]
fn what_a_transaction_did_is_there_afterwards() {
    let store = wallet(&["old"]);
    let done: Result<usize, StoreError> = store.transaction(|wallet| {
        wallet.credentials().insert(&credential("new", 5))?;
        wallet.reports().append("new", &report("new"), at(6))?;
        wallet.credentials().supersede("old", "new")?;
        Ok(wallet.credentials().list()?.len())
    });
    assert_eq!(done.expect("done"), 1);
    assert_eq!(ids(&store.credentials().list().expect("a list")), ["new"]);
    assert_eq!(store.reports().history("new").expect("a history").len(), 1);
}

#[test]
fn a_transaction_that_fails_leaves_the_wallet_as_it_was() {
    let store = wallet(&["one"]);
    store.bundles().create("a", &bundle("a", &["one"]), at(30)).expect("a bundle");
    let outcome = store.transaction(|wallet| {
        wallet.credentials().insert(&credential("two", 5))?;
        wallet.reports().append("two", &report("two"), at(6))?;
        wallet.settings().set("language", "fr")?;
        wallet.credentials().remove("one")?;
        Err::<(), Stopped>(Stopped::ByTheLearner)
    });
    assert!(matches!(outcome, Err(Stopped::ByTheLearner)), "{outcome:?}");
    assert_eq!(ids(&store.credentials().list().expect("a list")), ["one"]);
    assert_eq!(store.credentials().search("title").expect("an answer"), ["one"]);
    let kept = store.bundles().get("a").expect("an answer").expect("the bundle");
    assert_eq!(kept.content, bundle("a", &["one"]));
    assert_eq!(store.settings().get("language").expect("an answer"), None);
}

#[test]
fn the_store_s_own_error_stops_a_transaction() {
    let store = wallet(&["one"]);
    let outcome: Result<(), Stopped> = store.transaction(|wallet| {
        wallet.settings().set("language", "fr")?;
        wallet.credentials().insert(&credential("one", 5))?;
        Ok(())
    });
    assert!(matches!(outcome, Err(Stopped::Store(StoreError::AlreadyStored { .. }))), "{outcome:?}");
    assert_eq!(store.settings().get("language").expect("an answer"), None);
}

#[test]
fn a_step_that_fails_is_undone_even_if_the_transaction_goes_on() {
    let store = wallet(&["one"]);
    let outcome: Result<(), StoreError> = store.transaction(|wallet| {
        wallet.bundles().create("a", &bundle("a", &["one", "missing"]), at(30)).expect_err("refused");
        wallet.settings().set("language", "fr")
    });
    outcome.expect("done");
    assert_eq!(store.bundles().list().expect("a list"), []);
    assert_eq!(store.settings().get("language").expect("an answer").as_deref(), Some("fr"));
}

#[test]
fn a_panic_in_a_transaction_leaves_the_wallet_as_it_was_and_usable() {
    let store = wallet(&["one"]);
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _: Result<(), StoreError> = store.transaction(|wallet| {
            wallet.credentials().remove("one")?;
            panic!("as a defect would");
        });
    }));
    assert!(outcome.is_err());
    assert_eq!(ids(&store.credentials().list().expect("a list")), ["one"]);
    store.credentials().insert(&credential("two", 2)).expect("room");
}

#[test]
fn what_a_transaction_removed_no_file_holds_any_more() {
    let folder = Folder::new();
    let store = Store::open(folder.path()).expect("a new wallet");
    let mut new = credential("one", 1);
    new.record.received = b"canary-of-a-transaction".to_vec();
    store.credentials().insert(&new).expect("room");
    assert!(folder.holds(b"canary-of-a-transaction"), "the test looks in the wrong place");
    let done: Result<(), StoreError> = store.transaction(|wallet| wallet.credentials().remove("one"));
    done.expect("removed");
    assert!(!folder.holds(b"canary-of-a-transaction"));
}

#[test]
fn another_process_sees_nothing_of_a_transaction_before_it_ends() {
    let folder = Folder::new();
    let ours = Store::open(folder.path()).expect("a new wallet");
    let theirs = Store::open(folder.path()).expect("the wallet");
    let done: Result<(), StoreError> = ours.transaction(|wallet| {
        wallet.credentials().insert(&credential("one", 1))?;
        assert_eq!(theirs.credentials().list().expect("a list"), []);
        Ok(())
    });
    done.expect("done");
    assert_eq!(ids(&theirs.credentials().list().expect("a list")), ["one"]);
}

#[test]
fn one_open_wallet_serves_many_threads() {
    let store = wallet(&[]);
    std::thread::scope(|scope| {
        for number in 0..8 {
            let store = &store;
            scope.spawn(move || {
                store.credentials().insert(&credential(&format!("from-{number}"), number)).expect("room");
                store.credentials().search("title").expect("an answer");
            });
        }
    });
    assert_eq!(store.credentials().list().expect("a list").len(), 8);
}
