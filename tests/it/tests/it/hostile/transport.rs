//! What a server does to the connection, the head and the length of its answer.

use std::time::Duration;

use super::Case;
use super::server::Connection;

const DRIP: Duration = Duration::from_millis(100);
const FLOOD: Duration = Duration::ZERO;
const JSON_HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/vc\r\n";

fn headed(mut connection: Connection, rest: &str) -> Connection {
    connection.send(format!("{JSON_HEAD}{rest}"));
    connection
}

pub(super) const CASES: &[Case] = &[
    ("never-answers", "timed_out", Connection::hold),
    ("drips-its-head", "timed_out", |connection| headed(connection, "X: ").repeat("x", DRIP)),
    ("stops-in-its-head", "timed_out", |connection| headed(connection, "X: ").hold()),
    ("drips-its-body", "timed_out", |connection| headed(connection, "Content-Length: 99999\r\n\r\n").repeat(" ", DRIP)),
    ("stops-in-its-body", "timed_out", |connection| headed(connection, "Content-Length: 99\r\n\r\n{").hold()),
    ("drips-chunks", "timed_out", |connection| {
        headed(connection, "Transfer-Encoding: chunked\r\n\r\n").repeat("1\r\n \r\n", DRIP);
    }),
    ("an-error-that-drips", "fetch_failed", |mut connection| {
        connection.send("HTTP/1.1 418 Teapot\r\nContent-Length: 99999\r\n\r\n");
        connection.repeat(" ", DRIP);
    }),
    ("endless-body", "too_large", |connection| headed(connection, "\r\n").repeat([b' '; 1 << 16], FLOOD)),
    ("endless-chunks", "too_large", |connection| {
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(1 << 16));
        headed(connection, "Transfer-Encoding: chunked\r\n\r\n").repeat(chunk, FLOOD);
    }),
    ("twenty-megabytes", "too_large", |connection| connection.ok("application/vc", vec![b' '; 20 << 20])),
    ("promises-a-terabyte", "too_large", |connection| {
        headed(connection, "Content-Length: 1099511627776\r\n\r\n").repeat([b' '; 1 << 16], FLOOD);
    }),
    ("endless-header", "fetch_failed", |connection| headed(connection, "X: ").repeat([b'x'; 4096], FLOOD)),
    ("endless-headers", "fetch_failed", |connection| headed(connection, "").repeat("X: y\r\n", FLOOD)),
    ("endless-chunk-extension", "fetch_failed", |connection| {
        headed(connection, "Transfer-Encoding: chunked\r\n\r\n5;x=").repeat([b'x'; 4096], FLOOD);
    }),
    ("endless-trailers", "fetch_failed", |connection| {
        headed(connection, "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n").repeat("X: y\r\n", FLOOD);
    }),
    ("headers-of-eighty-kilobytes", "too_large", |connection| {
        connection.answer("200 OK", &format!("X: {}\r\n", "x".repeat(4_000)).repeat(20), b"{}");
    }),
    ("closes-before-its-head", "fetch_failed", |connection| connection.bare("")),
    ("closes-in-its-head", "fetch_failed", |connection| connection.bare("HTTP/1.1 200 OK\r\nContent-")),
    ("closes-in-its-body", "fetch_failed", |connection| drop(headed(connection, "Content-Length: 99\r\n\r\n{\"a\":"))),
    ("closes-in-a-chunk", "fetch_failed", |connection| {
        drop(headed(connection, "Transfer-Encoding: chunked\r\n\r\nff\r\n{\"a\":"));
    }),
    ("states-too-little", "truncated", |connection| {
        headed(connection, "Content-Length: 20\r\n\r\n")
            .bare("{\"@context\": [\"https://www.w3.org/ns/credentials/v2\"]}");
    }),
    ("states-two-lengths", "fetch_failed", |connection| {
        headed(connection, "Content-Length: 2\r\nContent-Length: 3\r\n\r\n").bare("{}");
    }),
    ("states-a-length-that-is-no-number", "fetch_failed", |connection| {
        headed(connection, "Content-Length: two\r\n\r\n").bare("{}");
    }),
    ("malformed-chunks", "fetch_failed", |connection| {
        headed(connection, "Transfer-Encoding: chunked\r\n\r\n").bare("zz\r\n{}\r\n0\r\n\r\n");
    }),
    ("speaks-another-protocol", "fetch_failed", |connection| connection.bare("SSH-2.0-OpenSSH_9.6\r\n")),
    ("answers-without-a-head", "fetch_failed", |connection| connection.bare("<html><body>hello</body></html>")),
    ("sends-noise", "fetch_failed", |connection| connection.bare((0..=255).cycle().take(9999).collect::<Vec<u8>>())),
    ("nothing-new", "fetch_failed", |connection| connection.bare("HTTP/1.1 304 Not Modified\r\n\r\n")),
    ("no-content", "truncated", |connection| connection.bare("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")),
    ("a-part", "fetch_failed", |connection| {
        connection.answer("206 Partial Content", "Content-Range: bytes 0-1/9\r\n", b"{}");
    }),
    ("switches-protocols", "fetch_failed", |connection| {
        connection.bare("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n{}");
    }),
    ("not-signed-in", "sign_in_needed", |connection| connection.answer("401 Unauthorized", "", b"{}")),
    ("forbidden", "sign_in_needed", |connection| connection.answer("403 Forbidden", "", b"{}")),
    ("not-found", "link_gone", |connection| connection.answer("404 Not Found", "", b"{}")),
    ("gone", "link_gone", |connection| connection.answer("410 Gone", "", b"{}")),
    ("gone-with-a-page-of-twenty-megabytes", "link_gone", |connection| {
        connection.answer("410 Gone", "", vec![b' '; 20 << 20]);
    }),
    ("a-teapot", "fetch_failed", |connection| connection.answer("418 I'm a teapot", "", b"{}")),
    ("too-many-requests", "too_many_requests", |connection| {
        connection.answer("429 Too Many Requests", "Retry-After: 999999\r\n", b"{}");
    }),
    ("a-fault", "server_fault", |connection| connection.answer("500 Internal Server Error", "", b"{}")),
    ("out-of-service", "claim_not_ready", |connection| {
        connection.answer("503 Service Unavailable", "Retry-After: 60\r\n", b"{}");
    }),
    ("a-status-that-is-none", "fetch_failed", |connection| connection.answer("999 Whatever", "", b"{}")),
];
