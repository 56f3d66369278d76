//! Where a server sends the wallet.

use super::Case;
use super::server::Connection;

macro_rules! to {
    ($name:literal, $code:literal, $location:literal) => {
        ($name, $code, |connection: Connection| connection.redirect($location))
    };
}

pub(super) const CASES: &[Case] = &[
    ("redirect-loop", "too_many_redirects", |connection| connection.redirect("/redirect-loop")),
    ("redirect-back-and-forth", "too_many_redirects", |connection| {
        let there = if connection.path.contains("there") { "" } else { "?there" };
        connection.redirect(&format!("/redirect-back-and-forth{there}"));
    }),
    ("redirect-chain", "too_many_redirects", |connection| {
        let next = connection.path.split('?').nth(1).and_then(|step| step.parse().ok()).unwrap_or(0) + 1;
        connection.redirect(&format!("/redirect-chain?{next}"));
    }),
    ("redirect-to-nowhere", "fetch_failed", |connection| connection.answer("301 Moved Permanently", "", b"")),
    to!("redirect-to-a-file", "not_https", "file:///etc/hostname"),
    to!("redirect-to-data", "not_https", "data:application/vc,%7B%7D"),
    to!("redirect-to-ftp", "not_https", "ftp://issuer.example/badge"),
    to!("redirect-to-a-script", "not_https", "javascript:alert(1)"),
    to!("redirect-to-http", "not_https", "http://issuer.example/badge"),
    to!("redirect-to-a-password", "fetch_failed", "https://learner:secret@issuer.example/"),
    to!("redirect-to-no-address", "fetch_failed", "https://[::1"),
    to!("redirect-to-ten", "address_refused", "https://10.0.0.1/"),
    to!("redirect-to-ten-by-http", "address_refused", "http://10.0.0.1/"),
    to!("redirect-to-172-16", "address_refused", "https://172.16.0.1/"),
    to!("redirect-to-192-168", "address_refused", "https://192.168.1.1/"),
    to!("redirect-to-metadata", "address_refused", "http://169.254.169.254/latest/meta-data/"),
    to!("redirect-to-a-carrier-s-network", "address_refused", "https://100.64.0.1/"),
    to!("redirect-to-link-local-six", "address_refused", "https://[fe80::1]/"),
    to!("redirect-to-unique-local-six", "address_refused", "https://[fd00::1]/"),
    to!("redirect-to-four-in-six", "address_refused", "https://[::ffff:10.0.0.1]/"),
    to!("redirect-to-nat64", "address_refused", "https://[64:ff9b::10.0.0.1]/"),
    to!("redirect-to-decimal", "address_refused", "https://167772161/"),
    to!("redirect-to-hexadecimal", "address_refused", "https://0xa000001/"),
    to!("redirect-to-octal", "address_refused", "https://012.0.0.1/"),
    to!("redirect-to-short", "address_refused", "https://10.1/"),
    to!("redirect-to-wide-digits", "address_refused", "https://１０.0.0.1/"),
    to!("redirect-to-broadcast", "address_refused", "https://255.255.255.255/"),
];
