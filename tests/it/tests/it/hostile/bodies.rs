//! What a server hands over in place of a credential.

use std::io::Write;
use std::sync::LazyLock;

use attesta_test_support::png;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::Case;
use super::server::Connection;

const JSON: &str = "application/vc+ld+json";
const HTML: &str = "text/html; charset=utf-8";
const LOGIN: &str = "<!doctype html><html><title>Sign in</title><form method=post><input type=password></form></html>";

/// 16 MiB in a compressed chunk of a picture. Making it takes longer than a client waits.
pub(super) static PICTURE_BOMB: LazyLock<Vec<u8>> =
    LazyLock::new(|| png::picture(&[png::compressed_text("openbadgecredential", &vec![b' '; 16 << 20])]));

/// 64 MiB, packed once and twice.
pub(super) static GZIP_BOMBS: LazyLock<[Vec<u8>; 2]> = LazyLock::new(|| {
    let once = gzip(&vec![b' '; 64 << 20]);
    let twice = gzip(&once);
    [once, twice]
});

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("a vector takes every byte");
    encoder.finish().expect("a vector takes every byte")
}

fn zipped(connection: Connection, body: &[u8]) {
    connection.answer("200 OK", "Content-Type: application/vc\r\nContent-Encoding: gzip\r\n", body);
}

pub(super) const CASES: &[Case] = &[
    ("empty", "truncated", |connection| connection.ok(JSON, b"")),
    ("login-page", "sign_in_needed", |connection| connection.ok(HTML, LOGIN)),
    ("login-page-as-json", "sign_in_needed", |connection| connection.ok(JSON, LOGIN)),
    ("page-that-leads-to-itself", "no_credential_on_page", |connection| {
        let links = "<a download href=\"/page-that-leads-to-itself\">Download the badge</a>".repeat(1_000);
        connection.ok(HTML, format!("<html><body>{links}</body></html>"));
    }),
    ("page-that-leads-into-a-private-network", "address_refused", |connection| {
        let link = "<link rel=\"alternate\" type=\"application/vc+ld+json\" href=\"https://10.0.0.1/badge\">";
        connection.ok(HTML, format!("<html><head>{link}</head></html>"));
    }),
    ("page-that-leads-to-a-file", "no_credential_on_page", |connection| {
        let link = "<link rel=\"alternate\" type=\"application/vc+ld+json\" href=\"file:///etc/hostname\">";
        connection.ok(HTML, format!("<html><head>{link}</head></html>"));
    }),
    ("page-of-a-million-elements", "no_credential_on_page", |connection| {
        connection.ok(HTML, format!("<html>{}", "<a href=x>".repeat(700_000)));
    }),
    ("json-as-a-picture", "not_a_credential", |connection| connection.ok("image/png", b"{\"error\": \"no picture\"}")),
    ("a-picture-as-json", "png_without_credential", |connection| connection.ok(JSON, png::picture(&[]))),
    ("half-a-picture", "truncated", |connection| {
        let picture = png::picture(&[]);
        connection.ok("image/png", &picture[..picture.len() / 2]);
    }),
    ("a-bomb-in-a-picture", "too_large", |connection| {
        connection.ok("image/png", &*PICTURE_BOMB);
    }),
    ("a-pdf-as-json", "truncated", |connection| connection.ok(JSON, b"%PDF-1.7\n%no credential here\n")),
    ("a-program", "not_utf8", |connection| connection.ok(JSON, b"\x7fELF\x02\x01\x01\0\0\xff\xfe\xfd")),
    ("entities-in-a-picture", "svg_damaged", |connection| {
        let entities = "<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>";
        let credential = "<openbadges:credential xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0'>&c;";
        let svg = format!("<!DOCTYPE svg [{entities}]><svg xmlns='http://www.w3.org/2000/svg'>{credential}");
        connection.ok("image/svg+xml", format!("{svg}</openbadges:credential></svg>"));
    }),
    ("gzip-bomb", "too_large", |connection| zipped(connection, &GZIP_BOMBS[0])),
    ("gzip-in-gzip", "not_utf8", |connection| zipped(connection, &GZIP_BOMBS[1])),
    ("gzip-that-is-none", "fetch_failed", |connection| zipped(connection, b"{\"plain\": true}")),
    ("gzip-cut-in-half", "fetch_failed", |connection| {
        let whole = gzip(&(0..=255).cycle().take(10_000).collect::<Vec<u8>>());
        zipped(connection, &whole[..whole.len() / 2]);
    }),
    ("text-as-json", "not_json", |connection| connection.ok("application/json", b"this is not JSON")),
    ("json-cut-in-half", "truncated", |connection| connection.ok(JSON, b"{\"@context\": [\"https://www.w3.org/")),
    ("json-that-is-no-credential", "not_a_credential", |connection| {
        connection.ok(JSON, b"{\"error\": {\"code\": 17, \"message\": \"try again\"}}");
    }),
    ("json-in-latin-1", "not_utf8", |connection| connection.ok(JSON, b"{\"name\": \"Am\xe9lie\"}")),
    ("json-in-utf-16", "not_utf8", |connection| {
        let units = "\u{feff}{\"name\": \"Amélie\"}".encode_utf16();
        connection.ok(JSON, units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    }),
    ("json-behind-two-marks", "not_utf8", |connection| connection.ok(JSON, "\u{feff}\u{feff}{}")),
    ("duplicate-keys", "duplicate_key", |connection| {
        let (first, second) = ("\"issuer\": \"did:web:a.example\"", "\"issuer\": \"did:web:b.example\"");
        connection.ok(JSON, format!("{{\"@context\": [], \"type\": \"VerifiableCredential\", {first}, {second}}}"));
    }),
    ("deep-arrays", "too_deep", |connection| connection.ok(JSON, "[".repeat(1 << 20))),
    ("deep-objects", "too_deep", |connection| connection.ok(JSON, "{\"a\":".repeat(1 << 20))),
    ("a-number-of-a-megabyte", "not_json", |connection| {
        connection.ok(JSON, format!("{{\"n\": {}}}", "9".repeat(1 << 20)));
    }),
    ("a-number-beyond-all", "not_json", |connection| connection.ok(JSON, b"{\"n\": 1e999999999}")),
    ("half-a-surrogate", "not_json", |connection| connection.ok(JSON, b"{\"name\": \"\\ud800\"}")),
    ("too-many-credentials", "too_many", |connection| {
        connection.ok(JSON, format!("[{}]", vec!["{}"; 5_000].join(",")))
    }),
    ("a-token-that-is-none", "not_a_token", |connection| {
        connection.ok("application/vc+jwt", b"eyJhbGciOiJFZERTQSJ9.bm90IEpTT04.c2lnbmF0dXJl");
    }),
];
