//! Conversations: what is sent, what is answered, and what is never sent on.

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use attesta_net::FetchFailureKind::{
    AddressRefused, BadUrl, Cancelled, NotHttps, Status, TimedOut, TooLarge, TooManyRedirects, Unreachable,
};
use attesta_net::{Answered, Ask, Budget, Cancel, Fetch, FetchFailureKind, HttpFetcher, HttpOptions, Limits, Method};

use crate::server::{BOUND, Connection, SHORT, Server, ample, impatient, local};

const LIMIT: u64 = 1_000;

fn get(url: &str) -> Ask {
    let accept = "application/json".to_owned();
    Ask { method: Method::Get, url: url.to_owned(), accept, bearer: None, body: None, limit: LIMIT }
}

fn post(url: &str, media_type: &str, body: &[u8]) -> Ask {
    Ask { method: Method::Post, body: Some((media_type.to_owned(), body.to_vec())), ..get(url) }
}

fn delete(url: &str, body: &[u8]) -> Ask {
    Ask { method: Method::Delete, ..post(url, "application/json", body) }
}

#[track_caller]
fn ask(options: HttpOptions, request: &Ask) -> Result<Answered, FetchFailureKind> {
    let begun = Instant::now();
    let answer = HttpFetcher::new(options).expect("a fetcher").ask(request, &ample());
    assert!(begun.elapsed() < BOUND, "it took {:?}", begun.elapsed());
    answer
}

/// Asks in every way and expects the same failure of each.
#[track_caller]
fn check_each(options: &HttpOptions, url: &str, expected: FetchFailureKind) {
    for request in [get(url), post(url, "application/json", b"{}"), delete(url, b"{}")] {
        assert_eq!(ask(options.clone(), &request).map(|answered| answered.status), Err(expected), "{request:?} {url}");
    }
}

#[test]
fn a_post_sends_its_body_type_and_token_and_nothing_about_the_learner() {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let server = {
        let sent = Arc::clone(&sent);
        Server::start(move |mut connection| {
            *sent.lock().expect("no panic") = connection.body();
            connection.answer("200 OK", "Content-Type: application/json\r\nSet-Cookie: id=1\r\n", b"{\"n\":1}");
        })
    };
    let request = Ask {
        bearer: Some("s3cret".to_owned()),
        ..post(&server.url("/token#part"), "application/x-www-form-urlencoded", b"a=1&b=%C3%A9")
    };
    let answered = ask(local(), &request).expect("an answer");
    let expected = Answered {
        status: 200,
        media_type: Some("application/json".to_owned()),
        final_url: server.url("/token"),
        retry_after: None,
        bytes: b"{\"n\":1}".to_vec(),
    };
    assert!(answered == expected, "{answered:?} of {}", answered.final_url);
    assert_eq!(*sent.lock().expect("no panic"), b"a=1&b=%C3%A9");
    let head = server.heads().pop().expect("a request").to_ascii_lowercase();
    assert!(head.starts_with("post /token http/1.1\r\n"), "{head}");
    let mut names: Vec<&str> = head.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0)).collect();
    names.sort_unstable();
    let expected =
        ["accept", "accept-encoding", "authorization", "content-length", "content-type", "host", "user-agent"];
    assert_eq!(names, expected, "{head}");
    assert!(head.contains("authorization: bearer s3cret\r\n"), "{head}");
    assert!(head.contains("content-type: application/x-www-form-urlencoded\r\n"), "{head}");
    assert!(head.contains("accept: application/json\r\n"), "{head}");
}

#[test]
fn a_post_without_a_body_says_that_it_has_none() {
    let server = Server::start(|connection| connection.answer("200 OK", "", b"{}"));
    let request = Ask { body: None, ..post(&server.url("/nonce"), "", b"") };
    assert_eq!(ask(local(), &request).map(|answered| answered.bytes), Ok(b"{}".to_vec()));
    let head = server.heads().pop().expect("a request").to_ascii_lowercase();
    assert!(head.contains("content-length: 0\r\n") && !head.contains("content-type"), "{head}");
    assert!(!head.contains("authorization"), "{head}");
}

#[test]
fn a_delete_sends_its_body_to_the_address_and_is_never_sent_on() {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let there = Server::start(|connection| connection.answer("200 OK", "", b"there"));
    let location = format!("Location: {}\r\n", there.url("/"));
    let server = {
        let sent = Arc::clone(&sent);
        Server::start(move |mut connection| match connection.path.as_str() {
            "/moved" => connection.answer("307 Temporary", &location, b""),
            _ => {
                *sent.lock().expect("no panic") = connection.body();
                connection.answer("200 OK", "", b"{}");
            }
        })
    };
    let status = |request: &Ask| ask(local(), request).map(|answered| answered.status);
    assert_eq!(status(&delete(&server.url("/copy"), b"{\"vp\":1}")), Ok(200));
    assert_eq!(*sent.lock().expect("no panic"), b"{\"vp\":1}");
    let head = server.heads().pop().expect("a request").to_ascii_lowercase();
    assert!(head.starts_with("delete /copy http/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: application/json\r\n"), "{head}");
    assert_eq!(status(&Ask { body: None, ..delete(&server.url("/copy"), b"") }), Ok(200));
    let head = server.heads().pop().expect("a request").to_ascii_lowercase();
    assert!(head.contains("content-length: 0\r\n") && !head.contains("content-type"), "{head}");
    assert_eq!(status(&delete(&server.url("/moved"), b"{}")), Ok(307));
    assert_eq!(there.connections(), 0);
}

#[test]
fn an_error_is_told_with_its_body() {
    for code in [400, 401, 403, 404, 410, 418, 429, 500, 503, 599] {
        let server = Server::start(move |connection| {
            let status = format!("{code} Sorry");
            connection.answer(&status, "Content-Type: application/json\r\n", b"{\"error\":\"invalid_proof\"}");
        });
        for request in [get(&server.url("/")), post(&server.url("/"), "application/json", b"{}")] {
            let answered = ask(local(), &request).expect("an answer");
            assert_eq!(answered.status, code);
            assert_eq!(answered.bytes, b"{\"error\":\"invalid_proof\"}");
        }
    }
}

#[test]
fn an_error_whose_body_can_not_be_had_is_told_without_it() {
    let large = Server::start(|connection| connection.answer("404 Not Found", "", &[b'x'; 2_000]));
    let broken = Server::start(|mut connection| {
        connection.send("HTTP/1.1 410 Gone\r\nContent-Length: 100\r\n\r\nhalf of it");
    });
    let dripping = Server::start(|mut connection| {
        connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 1000\r\n\r\n");
        while connection.send("x") {
            thread::sleep(Duration::from_millis(20));
        }
    });
    let options = HttpOptions { limits: Limits { fetch_time: 4 * SHORT, ..Limits::default() }, ..local() };
    for (server, status) in [(large, 404), (broken, 410), (dripping, 400)] {
        let answered = ask(options.clone(), &get(&server.url("/"))).expect("an answer");
        assert_eq!((answered.status, answered.bytes), (status, Vec::new()));
    }
}

#[test]
fn an_empty_answer_is_an_answer_and_a_part_is_none() {
    let server = Server::start(|connection| connection.bare("HTTP/1.1 204 No Content\r\n\r\n"));
    let answered = ask(local(), &post(&server.url("/notify"), "application/json", b"{}")).expect("an answer");
    assert_eq!((answered.status, answered.bytes), (204, Vec::new()));
    let server = Server::start(|connection| connection.answer("206 Partial Content", "", b"{}"));
    check_each(&local(), &server.url("/"), Status(206));
}

#[test]
fn the_pause_that_a_server_asks_for_is_told_where_it_says_one_in_seconds() {
    #[track_caller]
    fn check(value: &str, expected: Option<u64>) {
        let header = format!("Retry-After: {value}\r\n");
        let server = Server::start(move |connection| connection.answer("429 Too Many Requests", &header, b""));
        let answered = ask(local(), &get(&server.url("/"))).expect("an answer");
        assert_eq!(answered.retry_after, expected.map(Duration::from_secs), "{value}");
    }
    check("0", Some(0));
    check("120", Some(120));
    check("Fri, 31 Dec 1999 23:59:59 GMT", None);
    check("-1", None);
    check("+5", None);
    check("1.5", None);
    check("99999999999999999999999999", None);
    check("", None);
}

#[test]
fn a_get_follows_redirects_and_leaves_its_token_behind() {
    let there = Server::start(|connection| connection.answer("200 OK", "", b"there"));
    let target = there.url("/there");
    let here = Server::start(move |connection| match connection.path.as_str() {
        "/here" => connection.redirect("/again"),
        _ => connection.redirect(&target),
    });
    let request = Ask { bearer: Some("s3cret".to_owned()), ..get(&here.url("/here")) };
    let answered = ask(local(), &request).expect("an answer");
    assert_eq!((answered.bytes.as_slice(), answered.final_url), (b"there".as_slice(), there.url("/there")));
    let carries = |head: &String| head.to_ascii_lowercase().contains("authorization: bearer s3cret");
    assert_eq!(here.heads().iter().map(carries).collect::<Vec<_>>(), [true, false]);
    assert_eq!(there.heads().iter().map(carries).collect::<Vec<_>>(), [false]);
}

#[test]
fn a_post_is_never_sent_on() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let there = Server::start(|connection| connection.answer("200 OK", "", b"there"));
        let location = format!("Location: {}\r\n", there.url("/"));
        let here = Server::start(move |connection| connection.answer(status, &location, b"moved"));
        let answered = ask(local(), &post(&here.url("/"), "application/json", b"{}")).expect("an answer");
        assert_eq!(answered.status.to_string(), status[..3]);
        assert_eq!(answered.final_url, here.url("/"));
        assert_eq!(there.connections(), 0, "{status}");
    }
}

#[test]
fn redirects_of_a_get_are_checked_and_counted() {
    let server = Server::start(|connection| match connection.path.as_str() {
        "/private" => connection.redirect("https://10.0.0.1/"),
        "/file" => connection.redirect("file:///etc/passwd"),
        "/loop" => connection.redirect("/loop"),
        path => {
            let next = format!("{path}x");
            connection.redirect(&next);
        }
    });
    for (path, expected) in
        [("/private", AddressRefused), ("/file", NotHttps), ("/loop", TooManyRedirects), ("/x", TooManyRedirects)]
    {
        assert_eq!(ask(local(), &get(&server.url(path))).map(|answered| answered.status), Err(expected), "{path}");
    }
    assert_eq!(server.heads().len(), 3 + 6);
}

#[test]
fn an_address_that_may_not_be_asked_is_not_asked_any_way() {
    let server = Server::start(|connection| connection.answer("200 OK", "", b"reached"));
    let public_only = HttpOptions::new("Attesta-test/1");
    check_each(&public_only, &server.url("/"), AddressRefused);
    check_each(&public_only, "https://169.254.169.254/latest/meta-data/", AddressRefused);
    check_each(&public_only, "https://0x0a000001/", AddressRefused);
    check_each(&public_only, "http://issuer.example/", NotHttps);
    check_each(&public_only, "file:///etc/passwd", NotHttps);
    check_each(&public_only, "no address", BadUrl);
    check_each(&local(), &format!("http://learner:secret@127.0.0.1:{}/", server.port()), BadUrl);
    assert_eq!(server.connections(), 0);
}

#[test]
fn what_can_not_stand_in_a_header_is_sent_to_nobody() {
    let server = Server::start(|connection| connection.answer("200 OK", "", b"reached"));
    let token = Ask { bearer: Some("a\r\nCookie: b=c".to_owned()), ..get(&server.url("/")) };
    let accept = Ask { accept: "a/b\r\nCookie: b=c".to_owned(), ..get(&server.url("/")) };
    let media_type = post(&server.url("/"), "a/b\r\nCookie: b=c", b"{}");
    for request in [token, accept, media_type] {
        assert_eq!(ask(local(), &request).map(|answered| answered.status), Err(BadUrl));
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn an_answer_beyond_its_limit_is_too_large_any_way() {
    let announced = Server::start(|connection| connection.answer("200 OK", "", &[b'x'; LIMIT as usize + 1]));
    check_each(&local(), &announced.url("/"), TooLarge);
    let endless = Server::start(|mut connection| {
        connection.send("HTTP/1.1 200 OK\r\n\r\n");
        while connection.send([b'x'; 4_096]) {}
    });
    check_each(&local(), &endless.url("/"), TooLarge);
    let headers = format!("X-Filler: {}\r\n", "x".repeat(4_000)).repeat(20);
    let headers = Server::start(move |connection| connection.answer("200 OK", &headers, b"{}"));
    check_each(&local(), &headers.url("/"), TooLarge);
}

#[test]
fn a_server_that_does_not_answer_ends_in_time_any_way() {
    let silent = Server::start(Connection::hold);
    check_each(&impatient(), &silent.url("/"), TimedOut);
    let dripping = Server::start(|mut connection| {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        while connection.send("x") {
            thread::sleep(Duration::from_millis(50));
        }
    });
    check_each(&impatient(), &dripping.url("/"), TimedOut);
    let deaf = Server::raw(|stream| {
        thread::sleep(2 * SHORT);
        drop(stream);
    });
    let large = Ask { body: Some(("a/b".to_owned(), vec![b'x'; 16 << 20])), ..post(&deaf.url("/"), "a/b", b"") };
    assert_eq!(ask(impatient(), &large).map(|answered| answered.status), Err(TimedOut));
}

#[test]
fn what_is_no_http_is_unreachable_any_way() {
    for answer in ["SSH-2.0-OpenSSH_9.6\r\n", "<html>", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", ""] {
        let server = Server::start(move |connection| connection.bare(answer));
        check_each(&local(), &server.url("/"), Unreachable);
    }
}

#[test]
fn a_post_that_breaks_off_is_not_sent_a_second_time() {
    let server = Server::start(|mut connection| {
        connection.body();
    });
    let answer = ask(local(), &post(&server.url("/credential"), "application/json", b"{}"));
    assert_eq!(answer.map(|answered| answered.status), Err(Unreachable));
    assert_eq!(server.heads().len(), 1);
}

#[test]
fn a_budget_or_its_cancel_ends_a_conversation() {
    let server = Server::start(Connection::hold);
    let fetcher = HttpFetcher::new(local()).expect("a fetcher");
    let request = post(&server.url("/"), "application/json", b"{}");
    let status = |answer: Result<Answered, _>| answer.map(|answered| answered.status);
    assert_eq!(status(fetcher.ask(&request, &Budget::new(SHORT))), Err(TimedOut));
    let before = server.connections();
    assert_eq!(status(fetcher.ask(&request, &Budget::new(Duration::ZERO))), Err(TimedOut));
    assert_eq!(server.connections(), before, "a budget that is over asks nobody");
    let cancel = Cancel::new();
    let budget = ample().with_cancel(cancel.clone());
    let begun = Instant::now();
    let answer = thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(SHORT);
            cancel.cancel();
        });
        fetcher.ask(&request, &budget)
    });
    assert_eq!(status(answer), Err(Cancelled));
    assert!(begun.elapsed() < BOUND);
}

#[test]
fn neither_token_nor_body_nor_address_is_shown_when_a_request_is_debugged() {
    let server = Server::start(|connection| connection.answer("200 OK", "", b"c0ntent"));
    let request = Ask { bearer: Some("s3cret".to_owned()), ..post(&server.url("/claim?code=c0de"), "a/b", b"c0ntent") };
    let shown = format!("{request:?} {:?}", ask(local(), &request));
    for secret in ["s3cret", "c0ntent", "c0de"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
