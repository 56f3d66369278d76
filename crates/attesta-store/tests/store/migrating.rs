//! Wallets of older versions keep all that is in them.

use attesta_store::{BundleContent, BundleMember, ShareRecord, Store};
use rusqlite::Connection;

use crate::given::{Folder, at, ids};

const FIRST: &str = include_str!("../../migrations/0001_initial.sql");
const SECOND: &str = include_str!("../../migrations/0002_import.sql");

/// A wallet as these steps leave it, with credentials, bundles and shares.
fn older(steps: &[&str]) -> Folder {
    let folder = Folder::new();
    let file = Connection::open(folder.file()).expect("a file");
    for step in steps {
        file.execute_batch(step).expect("the step");
    }
    file.pragma_update(None, "application_id", 0x4174_7374).expect("marked");
    file.pragma_update(None, "user_version", i32::try_from(steps.len()).expect("few")).expect("numbered");
    file.execute_batch(
        "INSERT INTO credentials (id, digest, issuer_id, title, pointer, origin_kind, received_at, received) VALUES \
           ('one', 'd1', 'i', 'One', '', 'file', '2026-11-21T08:01:00.000000000Z', x'7b7d'), \
           ('two', 'd2', 'i', 'Two', '', 'file', '2026-11-21T08:02:00.000000000Z', x'7b7d'); \
         INSERT INTO bundles (id, title, note, created_at, updated_at) VALUES \
           ('a', 'Soins « d''hiver »', 'Hello', '2026-11-21T08:10:00.000000000Z', '2026-11-21T08:20:00.000000000Z'), \
           ('b', 'Empty', NULL, '2026-11-21T08:11:00.000000000Z', '2026-11-21T08:11:00.000000000Z'); \
         INSERT INTO bundle_members (bundle_id, position, credential_id) VALUES ('a', 4, 'one'), ('a', 1, 'two'); \
         INSERT INTO shares (id, bundle_id, title, form, created_at, expires_at, link, payload) VALUES \
           ('early', 'a', 'Soins', 'json', '2026-11-21T08:15:00.000000000Z', NULL, NULL, x'7b7d'), \
           ('late', 'a', 'Soins', 'link', '2026-11-21T08:25:00.000000000Z', '2026-11-21T08:59:00.000000000Z', \
            'https://page.example/#1uAA', x'7b7d'), \
           ('orphan', 'gone', 'Gone', 'json', '2026-11-21T08:26:00.000000000Z', NULL, NULL, x'7b7d');",
    )
    .expect("rows");
    file.close().expect("closed");
    folder
}

fn given(id: &str, version: Option<u32>, minute: u8) -> ShareRecord {
    ShareRecord {
        id: id.to_owned(),
        bundle_id: "a".to_owned(),
        version,
        title: "Soins".to_owned(),
        recipient: None,
        form: "json".to_owned(),
        language: None,
        sealed: false,
        bare: false,
        created_at: at(minute),
        expires_at: None,
        link: None,
        hosted: None,
        stopped_at: None,
        members: Vec::new(),
        payload: b"{}".to_vec(),
    }
}

#[track_caller]
fn check(steps: &[&str]) {
    let folder = older(steps);
    let store = Store::open(folder.path()).expect("the older wallet");
    assert_eq!(ids(&store.credentials().list().expect("a list")), ["two", "one"]);

    let member = |id: &str| BundleMember { credential: id.to_owned(), ..BundleMember::default() };
    let content = BundleContent {
        title: "Soins « d'hiver »".to_owned(),
        note: Some("Hello".to_owned()),
        members: vec![member("two"), member("one")],
        ..BundleContent::default()
    };
    let bundle = store.bundles().get("a").expect("an answer").expect("the bundle");
    assert_eq!((bundle.version, bundle.created_at, bundle.updated_at), (1, at(10), at(20)));
    assert_eq!((&bundle.content, bundle.content.members.len()), (&content, 2));
    let versions = store.bundles().versions("a").expect("versions");
    assert_eq!((versions.len(), versions[0].saved_at, &versions[0].content), (1, at(20), &content));
    let empty = store.bundles().version("b", 1).expect("an answer").expect("the version");
    assert_eq!(empty.content, BundleContent { title: "Empty".to_owned(), ..BundleContent::default() });
    let changed = BundleContent { title: "Changed".to_owned(), ..content };
    assert_eq!(store.bundles().save("a", &changed, at(40)).expect("saved").version, 2);

    let orphan = ShareRecord { bundle_id: "gone".to_owned(), title: "Gone".to_owned(), ..given("orphan", None, 26) };
    let late = ShareRecord {
        form: "link".to_owned(),
        link: Some("https://page.example/#1uAA".to_owned()),
        expires_at: Some(at(59)),
        ..given("late", Some(1), 25)
    };
    // What the bundle said when `early` was given out is not known any more.
    assert_eq!(store.shares().list().expect("a list"), [orphan, late, given("early", None, 15)]);
}

#[test]
fn a_wallet_of_the_first_format_keeps_its_bundles_and_shares() {
    check(&[FIRST]);
}

#[test]
fn a_wallet_of_the_second_format_keeps_its_bundles_and_shares() {
    check(&[FIRST, SECOND]);
}
