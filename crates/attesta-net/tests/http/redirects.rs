//! Redirects are followed one by one, each checked like the first address.

use attesta_net::FetchFailureKind::{self, AddressRefused, BadUrl, NotHttps, TooManyRedirects};
use attesta_net::{HttpOptions, Limits};

use crate::server::{Server, fetch, local};

/// A server that redirects to the location in its path's query, which is sent as it stands.
#[track_caller]
fn check(location: &'static str, expected: FetchFailureKind) {
    let server = Server::start(move |connection| connection.redirect(location));
    assert_eq!(fetch(local(), &server.url("/")), Err(expected), "{location}");
    assert_eq!(server.connections(), 1, "{location}");
}

/// A server on which `/n` redirects to `/n-1`, down to `/0` which answers.
fn staircase() -> Server {
    Server::start(|connection| match connection.path.trim_start_matches('/').parse::<u32>() {
        Ok(0) => connection.answer("200 OK", "", b"arrived"),
        Ok(step) => {
            let next = format!("/{}", step - 1);
            connection.redirect(&next);
        }
        Err(_) => connection.answer("404 Not Found", "", b""),
    })
}

#[test]
fn five_redirects_arrive_and_the_sixth_is_one_too_many() {
    let server = staircase();
    let fetched = fetch(local(), &server.url("/5")).expect("an answer");
    assert_eq!((fetched.bytes.as_slice(), fetched.final_url), (b"arrived".as_slice(), server.url("/0")));
    assert_eq!(server.heads().len(), 6);
    assert_eq!(fetch(local(), &server.url("/6")), Err(TooManyRedirects));
    assert_eq!(server.heads().len(), 12);
}

#[test]
fn the_limit_on_redirects_is_the_one_that_was_set() {
    let server = staircase();
    let options = HttpOptions { limits: Limits { redirects: 0, ..Limits::default() }, ..local() };
    assert!(fetch(options.clone(), &server.url("/0")).is_ok());
    assert_eq!(fetch(options, &server.url("/1")), Err(TooManyRedirects));
}

#[test]
fn every_kind_of_redirect_is_followed() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let server = Server::start(move |connection| match connection.path.as_str() {
            "/there?n=1" => connection.answer("200 OK", "", b"there"),
            _ => connection.answer(status, "Location: there?n=1#part\r\n", b"moved"),
        });
        let fetched = fetch(local(), &server.url("/here")).expect(status);
        assert_eq!((fetched.bytes.as_slice(), fetched.final_url), (b"there".as_slice(), server.url("/there?n=1")));
    }
}

#[test]
fn a_loop_is_left_as_soon_as_it_closes() {
    let own = Server::start(|connection| connection.redirect("/"));
    assert_eq!(fetch(local(), &own.url("/")), Err(TooManyRedirects));
    assert_eq!(own.heads().len(), 1);

    let two = Server::start(|connection| match connection.path.as_str() {
        "/a" => connection.redirect("/b#again"),
        _ => connection.redirect("/a#again"),
    });
    assert_eq!(fetch(local(), &two.url("/a")), Err(TooManyRedirects));
    assert_eq!(two.heads().len(), 2);
}

#[test]
fn a_redirect_into_a_private_network_is_refused() {
    for location in [
        "http://10.0.0.1/",
        "https://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "https://192.168.0.1:8443/",
        "//172.16.0.1/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://0xa9fea9fe/",
        "https://2852039166/",
        "https://0/",
    ] {
        check(location, AddressRefused);
    }
}

#[test]
fn a_redirect_to_another_scheme_is_refused() {
    for location in ["file:///etc/passwd", "ftp://issuer.example/", "data:text/plain,x", "gopher://127.0.0.1/"] {
        check(location, NotHttps);
    }
    check("http://issuer.example/", NotHttps);
}

#[test]
fn a_redirect_that_carries_a_password_or_is_no_address_is_refused() {
    check("https://learner:secret@issuer.example/", BadUrl);
    check("https://", BadUrl);
    check("http://[::1", BadUrl);
}

#[test]
fn a_redirect_carries_neither_cookie_nor_referrer() {
    let server = Server::start(|connection| match connection.path.as_str() {
        "/arrived" => connection.answer("200 OK", "", b"{}"),
        _ => connection.answer("302 Found", "Set-Cookie: learner=1\r\nLocation: /arrived\r\n", b""),
    });
    fetch(local(), &server.url("/claim?token=secret")).expect("an answer");
    let last = server.heads().pop().expect("a request").to_ascii_lowercase();
    assert!(last.starts_with("get /arrived "), "{last}");
    assert!(!last.contains("cookie") && !last.contains("referer") && !last.contains("secret"), "{last}");
}

#[test]
fn a_redirect_to_another_host_of_this_machine_is_followed_where_loopback_is_allowed() {
    let there = Server::start(|connection| connection.answer("200 OK", "", b"there"));
    let target = there.url("/");
    let here = Server::start(move |connection| connection.redirect(&target));
    assert_eq!(fetch(local(), &here.url("/")).map(|fetched| fetched.bytes), Ok(b"there".to_vec()));
}
