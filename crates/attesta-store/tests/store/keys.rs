//! The holder's seed is made once and never shown.

use std::sync::Barrier;
use std::thread;

use attesta_store::{HolderSeed, Store};

use crate::given::{Folder, at};

#[test]
fn the_seed_that_was_put_is_found_again() {
    let folder = Folder::new();
    let seed = HolderSeed(std::array::from_fn(|index| index as u8));
    let store = Store::open(folder.path()).expect("a new wallet");
    assert_eq!(store.keys().holder_seed().expect("an answer"), None);
    assert_eq!(store.keys().put_holder_seed(&seed, at(1)).expect("put"), seed);
    drop(store);
    let store = Store::open(folder.path()).expect("the wallet");
    assert_eq!(store.keys().holder_seed().expect("an answer"), Some(seed));
}

#[test]
fn a_second_seed_does_not_replace_the_first() {
    let store = Store::in_memory().expect("a wallet");
    store.keys().put_holder_seed(&HolderSeed([1; 32]), at(1)).expect("put");
    assert_eq!(store.keys().put_holder_seed(&HolderSeed([2; 32]), at(2)).expect("put"), HolderSeed([1; 32]));
    assert_eq!(store.keys().holder_seed().expect("an answer"), Some(HolderSeed([1; 32])));
}

#[test]
fn processes_that_make_a_seed_at_once_end_with_the_same() {
    let folder = Folder::new();
    drop(Store::open(folder.path()).expect("a new wallet"));
    let together = Barrier::new(4);
    let mut kept: Vec<HolderSeed> = thread::scope(|scope| {
        let threads: Vec<_> = (1..=4)
            .map(|number| {
                let (folder, together) = (&folder, &together);
                scope.spawn(move || {
                    let store = Store::open(folder.path()).expect("the wallet");
                    together.wait();
                    store.keys().put_holder_seed(&HolderSeed([number; 32]), at(number)).expect("put")
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    kept.dedup();
    assert_eq!(kept.len(), 1);
}

#[test]
fn a_restored_seed_replaces_the_old_one_and_no_file_holds_that_any_more() {
    let folder = Folder::new();
    let store = Store::open(folder.path()).expect("a new wallet");
    let old = HolderSeed(*b"canary: the seed that was before");
    store.keys().put_holder_seed(&old, at(1)).expect("put");
    assert!(folder.holds(&old.0), "the test looks in the wrong place");
    store.keys().replace_holder_seed(&HolderSeed([2; 32]), at(2)).expect("replaced");
    assert_eq!(store.keys().holder_seed().expect("an answer"), Some(HolderSeed([2; 32])));
    assert!(!folder.holds(&old.0));
}

#[test]
fn the_debug_form_of_a_seed_does_not_show_it() {
    assert_eq!(format!("{:?}", HolderSeed([7; 32])), "HolderSeed(..)");
}
