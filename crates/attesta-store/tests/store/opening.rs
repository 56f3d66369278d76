//! Opening, refusing, and what a second process sees.

use std::fs;
use std::thread;

use attesta_store::{OpenError, Store};
use rusqlite::Connection;

use crate::given::{Folder, credential, ids};

#[track_caller]
fn check_refused(folder: &Folder, code: &str) {
    let before = fs::read(folder.file()).expect("the file before");
    let error = Store::open(folder.path()).expect_err("a file that must be refused");
    assert_eq!(error.code(), code, "{error}");
    assert_eq!(fs::read(folder.file()).expect("the file after"), before, "the file was changed");
}

#[test]
fn a_wallet_is_made_on_first_use_and_found_again() {
    let folder = Folder::new();
    let inner = folder.path().join("a").join("b");
    Store::open(&inner).expect("a new wallet").credentials().insert(&credential("one", 1)).expect("room");
    let again = Store::open(&inner).expect("the same wallet");
    assert_eq!(ids(&again.credentials().list().expect("a list")), ["one"]);
}

#[test]
fn a_newer_database_is_refused_and_untouched() {
    let folder = Folder::new();
    Store::open(folder.path()).expect("a new wallet").credentials().insert(&credential("one", 1)).expect("room");
    let newer = Connection::open(folder.file()).expect("the file");
    newer.execute_batch("PRAGMA user_version = 4711; CREATE TABLE of_tomorrow (a)").expect("a change");
    newer.close().expect("closed");
    check_refused(&folder, "wallet_newer");
    match Store::open(folder.path()) {
        Err(OpenError::Newer { found: 4711, known }) => assert!(known >= 1),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_database_of_another_program_is_refused_and_untouched() {
    let folder = Folder::new();
    let other = Connection::open(folder.file()).expect("a file");
    other.execute_batch("PRAGMA application_id = 7; CREATE TABLE theirs (a)").expect("their table");
    other.close().expect("closed");
    check_refused(&folder, "not_a_wallet");
}

#[test]
fn a_database_without_a_mark_but_with_tables_is_refused_and_untouched() {
    let folder = Folder::new();
    let other = Connection::open(folder.file()).expect("a file");
    other.execute_batch("CREATE TABLE theirs (a)").expect("their table");
    other.close().expect("closed");
    check_refused(&folder, "not_a_wallet");
}

#[test]
fn a_file_that_is_no_database_is_refused_and_untouched() {
    let folder = Folder::new();
    fs::write(folder.file(), "Dear diary, ".repeat(200)).expect("a text file");
    check_refused(&folder, "not_a_wallet");
}

#[test]
fn a_wallet_whose_pages_are_overwritten_is_called_damaged() {
    let folder = Folder::new();
    Store::open(folder.path()).expect("a new wallet");
    let mut bytes = fs::read(folder.file()).expect("the wallet");
    // The header of the file stays; that of its first page, which lists the tables, goes.
    bytes[100..4096].fill(0xA5);
    fs::write(folder.file(), bytes).expect("a damaged wallet");
    let outcome = Store::open(folder.path())
        .map_err(OpenErrorCode::from)
        .and_then(|store| store.credentials().list().map(|_| ()).map_err(|error| OpenErrorCode(error.code())));
    assert_eq!(outcome, Err(OpenErrorCode("wallet_damaged")));
}

#[derive(Debug, PartialEq)]
struct OpenErrorCode(&'static str);

impl From<OpenError> for OpenErrorCode {
    fn from(error: OpenError) -> Self {
        OpenErrorCode(error.code())
    }
}

#[test]
fn a_folder_that_is_a_file_is_a_disk_error() {
    let folder = Folder::new();
    let file = folder.path().join("not-a-folder");
    fs::write(&file, "").expect("a file");
    assert_eq!(Store::open(&file).expect_err("a file is no folder").code(), "disk");
}

#[cfg(unix)]
#[test]
fn folder_file_and_log_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let inner = folder.path().join("wallet");
    let store = Store::open(&inner).expect("a new wallet");
    store.credentials().insert(&credential("one", 1)).expect("room");
    let rights = |path: &std::path::Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(rights(&inner), 0o700);
    let files: Vec<_> =
        fs::read_dir(&inner).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    assert!(files.len() >= 2, "a log stands beside the file while it is open: {files:?}");
    for file in files {
        assert_eq!(rights(&file), 0o600, "{}", file.display());
    }
}

#[cfg(unix)]
#[test]
fn a_wallet_that_others_could_read_is_closed_to_them() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    drop(Store::open(folder.path()).expect("a new wallet"));
    fs::set_permissions(folder.file(), fs::Permissions::from_mode(0o644)).expect("changed rights");
    drop(Store::open(folder.path()).expect("the wallet"));
    assert_eq!(fs::metadata(folder.file()).expect("there").permissions().mode() & 0o777, 0o600);
}

#[test]
fn many_that_open_a_new_wallet_at_once_all_get_the_same() {
    let folder = Folder::new();
    thread::scope(|scope| {
        for number in 0..8 {
            let folder = &folder;
            scope.spawn(move || {
                let store = Store::open(folder.path()).expect("the wallet");
                store.credentials().insert(&credential(&format!("from-{number}"), number)).expect("room");
            });
        }
    });
    let store = Store::open(folder.path()).expect("the wallet");
    assert_eq!(store.credentials().list().expect("a list").len(), 8);
}

#[test]
fn what_one_process_writes_the_other_sees_at_once() {
    let folder = Folder::new();
    let window = Store::open(folder.path()).expect("the window's");
    let command_line = Store::open(folder.path()).expect("the command line's");
    command_line.credentials().insert(&credential("one", 1)).expect("room");
    assert_eq!(ids(&window.credentials().list().expect("a list")), ["one"]);
    window.credentials().remove("one").expect("removed");
    assert_eq!(command_line.credentials().list().expect("a list"), []);
}

#[test]
fn writers_in_several_processes_wait_for_each_other() {
    let folder = Folder::new();
    drop(Store::open(folder.path()).expect("a new wallet"));
    thread::scope(|scope| {
        for writer in 0..4 {
            let folder = &folder;
            scope.spawn(move || {
                let store = Store::open(folder.path()).expect("the wallet");
                for number in 0..10 {
                    store.credentials().insert(&credential(&format!("{writer}-{number}"), number)).expect("its turn");
                }
            });
        }
    });
    let store = Store::open(folder.path()).expect("the wallet");
    assert_eq!(store.credentials().list().expect("a list").len(), 40);
}

#[test]
fn a_wallet_that_another_program_holds_for_too_long_is_called_locked() {
    let folder = Folder::new();
    let store = Store::open(folder.path()).expect("a new wallet");
    let other = Connection::open(folder.file()).expect("the file");
    other.execute_batch("BEGIN IMMEDIATE").expect("the write lock");
    assert_eq!(store.credentials().insert(&credential("one", 1)).expect_err("locked").code(), "wallet_locked");
    assert_eq!(store.credentials().list().expect("reading goes on"), []);
    other.execute_batch("ROLLBACK").expect("unlocked");
    store.credentials().insert(&credential("one", 1)).expect("room");
}

#[test]
fn a_wallet_of_the_first_format_opens_with_all_it_held() {
    let folder = Folder::new();
    let old = Connection::open(folder.file()).expect("a file");
    old.execute_batch(include_str!("../../migrations/0001_initial.sql")).expect("the first format");
    old.execute_batch(
        "PRAGMA application_id = 1098150772; PRAGMA user_version = 1; \
         INSERT INTO credentials (id, digest, issuer_id, title, pointer, origin_kind, received_at, received) \
         VALUES ('one', 'digest', 'did:web:issuer.example', 'Title', '', 'file', \
         '2026-11-21T08:00:00.000000000Z', x'7b7d'); \
         INSERT INTO settings (name, value) VALUES ('language', 'fr');",
    )
    .expect("what a learner kept");
    old.close().expect("closed");
    let store = Store::open(folder.path()).expect("the wallet, brought up to date");
    let records = store.credentials().list().expect("a list");
    assert_eq!((ids(&records), records[0].received.as_slice()), (vec!["one"], b"{}".as_slice()));
    assert_eq!(store.settings().get("language").expect("an answer").as_deref(), Some("fr"));
    assert_eq!(store.carriers().get("one").expect("an answer"), None);
    store.links().add("one", "https://a.example/", records[0].received_at).expect("the new table is there");
    drop(store);
    let again = Store::open(folder.path()).expect("the wallet again");
    assert_eq!(again.links().list("one").expect("a list").len(), 1);
}
