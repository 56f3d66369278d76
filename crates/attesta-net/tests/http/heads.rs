//! Answers whose status or headers are not what was hoped for.

use attesta_net::FetchFailureKind::{self, Status, TimedOut, TooLarge, Unreachable};

use crate::server::{Connection, Server, fetch, impatient, local};

#[track_caller]
fn check(answer: impl Fn(Connection) + Send + Sync + 'static, expected: FetchFailureKind) {
    let server = Server::start(answer);
    assert_eq!(fetch(local(), &server.url("/")), Err(expected));
}

#[test]
fn an_error_status_is_told_as_it_is() {
    for code in [400, 401, 403, 404, 410, 429, 500, 503, 599] {
        check(move |connection| connection.answer(&format!("{code} Sorry"), "", b"<h1>Sorry</h1>"), Status(code));
    }
}

#[test]
fn a_part_a_redirect_to_nowhere_and_not_modified_are_no_answers() {
    check(|connection| connection.answer("206 Partial Content", "Content-Range: bytes 0-1/9\r\n", b"{}"), Status(206));
    check(|connection| connection.answer("302 Found", "", b""), Status(302));
    check(|connection| connection.answer("300 Multiple Choices", "Location: /other\r\n", b""), Status(300));
    check(|connection| connection.bare("HTTP/1.1 304 Not Modified\r\n\r\n"), Status(304));
}

#[test]
fn headers_beyond_their_limit_are_too_large() {
    let header = format!("X-Filler: {}\r\n", "x".repeat(4_000));
    check(move |connection| connection.answer("200 OK", &header.repeat(20), b"{}"), TooLarge);
}

#[test]
fn a_flood_of_header_lines_is_cut_off() {
    check(|connection| connection.answer("200 OK", &"X: y\r\n".repeat(200), b"{}"), Unreachable);
}

#[test]
fn headers_that_never_end_are_cut_off() {
    let endless = |mut connection: Connection| {
        connection.send("HTTP/1.1 200 OK\r\nX-Filler: ");
        while connection.send([b'x'; 4_096]) {}
    };
    check(endless, Unreachable);
}

#[test]
fn what_is_no_http_is_unreachable() {
    for answer in [
        "SSH-2.0-OpenSSH_9.6\r\n",
        "<html>no head</html>",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n{}",
        "HTTP/1.1 200",
        "",
    ] {
        check(move |connection| connection.bare(answer), Unreachable);
    }
}

#[test]
fn a_server_that_never_answers_ends_in_time() {
    let server = Server::start(Connection::hold);
    assert_eq!(fetch(impatient(), &server.url("/")), Err(TimedOut));
}

#[test]
fn a_server_that_never_reads_ends_in_time() {
    let server = Server::raw(|stream| {
        std::thread::sleep(std::time::Duration::from_secs(2));
        drop(stream);
    });
    assert_eq!(fetch(impatient(), &server.url("/")), Err(TimedOut));
}

#[test]
fn a_server_that_drips_its_headers_ends_in_time() {
    let server = Server::start(|mut connection| {
        let drip = |byte: &u8| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            connection.send([*byte])
        };
        let _ = b"HTTP/1.1 200 OK\r\nX-Filler: ".iter().chain(std::iter::repeat(&b'x')).all(drip);
    });
    assert_eq!(fetch(impatient(), &server.url("/")), Err(TimedOut));
}

#[test]
fn interim_answers_without_end_are_cut_off_in_time() {
    let server = Server::start(|mut connection| while connection.send("HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n") {});
    let outcome = fetch(impatient(), &server.url("/"));
    assert!(matches!(outcome, Err(TimedOut | Unreachable)), "{outcome:?}");
}
