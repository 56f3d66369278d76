//! Reports are added, kept in order, and read as they were.

use std::collections::BTreeMap;

use attesta_store::{Store, StoredReport};
use rusqlite::Connection;

use crate::given::{Folder, at, credential, report, wallet};

#[test]
fn a_report_comes_back_as_it_was_made() {
    let store = wallet(&["one"]);
    store.reports().append("one", &report("first"), at(41)).expect("a report");
    let expected = StoredReport { checked_at: at(41), report: report("first") };
    assert_eq!(store.reports().latest("one").expect("an answer"), Some(expected));
}

#[test]
fn the_history_keeps_every_report_with_the_last_first() {
    let store = wallet(&["one", "two"]);
    for (minute, digest) in [(41, "first"), (42, "second"), (43, "third")] {
        store.reports().append("one", &report(digest), at(minute)).expect("a report");
    }
    let history = store.reports().history("one").expect("a history");
    let digests: Vec<&str> = history.iter().map(|stored| stored.report.credential.as_str()).collect();
    assert_eq!(digests, ["third", "second", "first"]);
    assert_eq!(store.reports().history("two").expect("a history"), []);
    assert_eq!(store.reports().latest("two").expect("an answer"), None);
}

#[test]
fn the_report_added_last_is_the_latest_even_if_a_clock_ran_ahead_before() {
    let store = wallet(&["one"]);
    store.reports().append("one", &report("in the future"), at(59)).expect("a report");
    store.reports().append("one", &report("now"), at(10)).expect("a report");
    let latest = store.reports().latest("one").expect("an answer").expect("a report");
    assert_eq!(latest.report.credential, "now");
    let all = store.reports().latest_of_all().expect("all");
    assert_eq!(all["one"].report.credential, "now");
}

#[test]
fn the_latest_of_all_holds_one_report_per_checked_credential() {
    let store = wallet(&["one", "two", "unchecked"]);
    for (id, digest) in [("one", "a"), ("two", "b"), ("one", "c")] {
        store.reports().append(id, &report(digest), at(41)).expect("a report");
    }
    let expected = [("one", "c"), ("two", "b")]
        .map(|(id, digest)| (id.to_owned(), StoredReport { checked_at: at(41), report: report(digest) }));
    assert_eq!(store.reports().latest_of_all().expect("all"), BTreeMap::from(expected));
}

#[test]
fn a_report_on_no_credential_is_refused() {
    let store = wallet(&[]);
    assert_eq!(store.reports().append("one", &report("a"), at(1)).expect_err("none").code(), "not_found");
}

#[test]
fn a_report_that_cannot_be_read_is_an_error_alone_and_absent_among_all() {
    let folder = Folder::new();
    let store = Store::open(folder.path()).expect("a new wallet");
    for (minute, id) in [(1, "one"), (2, "two")] {
        store.credentials().insert(&credential(id, minute)).expect("room");
        store.reports().append(id, &report(id), at(3)).expect("a report");
    }
    let other = Connection::open(folder.file()).expect("the file");
    other
        .execute("UPDATE reports SET report = '{\"verdict\":\"valid\"}' WHERE credential_id = 'one'", [])
        .expect("a change");
    assert_eq!(store.reports().latest("one").expect_err("unreadable").code(), "wallet_damaged");
    assert_eq!(store.reports().history("one").expect_err("unreadable").code(), "wallet_damaged");
    let all = store.reports().latest_of_all().expect("all");
    assert_eq!(all.keys().collect::<Vec<_>>(), ["two"]);
}

#[test]
fn no_column_of_the_database_holds_a_verdict_but_that_of_what_was_given_out_then() {
    let folder = Folder::new();
    drop(Store::open(folder.path()).expect("a new wallet"));
    let file = Connection::open(folder.file()).expect("the file");
    let columns: i64 = file
        .query_row(
            "SELECT count(*) FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns \
             WHERE (columns.name LIKE '%verdict%' OR columns.name LIKE '%valid%' OR columns.name LIKE 'status%') \
             AND NOT (tables.name = 'share_members' AND columns.name = 'verdict_then')",
            [],
            |row| row.get(0),
        )
        .expect("a count");
    assert_eq!(columns, 0);
}
