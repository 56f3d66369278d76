//! Answers whose body is not what was announced, or not to be had within the limits.

use std::io::Write;
use std::time::Duration;

use attesta_net::FetchFailureKind::{TimedOut, TooLarge, Unreachable};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::server::{Connection, Server, fetch, fetch_up_to, impatient, local};

const MIB: usize = 1024 * 1024;
/// The header of a gzip file without options (RFC 1952 section 2.3).
const GZIP_HEAD: &[u8] = b"\x1f\x8b\x08\0\0\0\0\0\0\xff";
const GZIP: &str = "Content-Encoding: gzip\r\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn a_body_is_taken_up_to_its_limit_and_not_a_byte_beyond() {
    let server = Server::start(|connection| connection.answer("200 OK", "", &[b'x'; 1000]));
    assert_eq!(fetch_up_to(local(), &server.url("/"), 1000).map(|fetched| fetched.bytes.len()), Ok(1000));
    assert_eq!(fetch_up_to(local(), &server.url("/"), 999), Err(TooLarge));
    assert_eq!(fetch_up_to(local(), &server.url("/"), 0), Err(TooLarge));
}

#[test]
fn the_limit_holds_where_no_length_is_announced() {
    let server = Server::start(|mut connection| {
        connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        connection.send([b'x'; 1000]);
    });
    assert_eq!(fetch_up_to(local(), &server.url("/"), 1000).map(|fetched| fetched.bytes.len()), Ok(1000));
    assert_eq!(fetch_up_to(local(), &server.url("/"), 999), Err(TooLarge));
}

#[test]
fn the_limit_holds_for_a_body_in_chunks() {
    let server = Server::start(|mut connection| {
        connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        connection.send("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n");
    });
    assert_eq!(fetch_up_to(local(), &server.url("/"), 10).map(|fetched| fetched.bytes), Ok(b"helloworld".to_vec()));
    assert_eq!(fetch_up_to(local(), &server.url("/"), 9), Err(TooLarge));
}

#[test]
fn twenty_megabytes_are_too_large_for_a_credential() {
    let announced = Server::start(|connection| connection.answer("200 OK", "", &vec![b'x'; 20 * MIB]));
    assert_eq!(fetch(local(), &announced.url("/")), Err(TooLarge));
    let unannounced = Server::start(|mut connection| {
        connection.send("HTTP/1.1 200 OK\r\n\r\n");
        connection.send(vec![b'x'; 20 * MIB]);
    });
    assert_eq!(fetch(local(), &unannounced.url("/")), Err(TooLarge));
}

#[test]
fn an_endless_body_is_too_large() {
    let server = Server::start(|mut connection| {
        connection.send("HTTP/1.1 200 OK\r\n\r\n");
        while connection.send([b'x'; 64 * 1024]) {}
    });
    assert_eq!(fetch(local(), &server.url("/")), Err(TooLarge));
}

#[test]
fn a_body_that_drips_ends_in_time() {
    let server = Server::start(|mut connection| {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        while connection.send("x") {
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    assert_eq!(fetch(impatient(), &server.url("/")), Err(TimedOut));
}

#[test]
fn a_body_that_stops_without_closing_ends_in_time() {
    let server = Server::start(|mut connection| {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it");
        connection.hold();
    });
    assert_eq!(fetch(impatient(), &server.url("/")), Err(TimedOut));
}

#[test]
fn a_body_shorter_than_announced_is_no_answer() {
    let server = Server::start(|mut connection| {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it");
    });
    assert_eq!(fetch(local(), &server.url("/")), Err(Unreachable));
}

#[test]
fn a_body_in_chunks_that_breaks_off_or_is_malformed_is_no_answer() {
    for chunks in [
        "5\r\nhello\r\n",
        "5\r\nhello\r\n5\r\nwo",
        "5\r\nhello\r\n0",
        "x\r\nhello\r\n0\r\n\r\n",
        "ffffffffffffffffff\r\n",
    ] {
        let server = Server::start(move |mut connection: Connection| {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.send(chunks);
        });
        assert_eq!(fetch(local(), &server.url("/")), Err(Unreachable), "{chunks:?}");
    }
}

#[test]
fn bytes_beyond_the_announced_length_are_not_taken() {
    let server = Server::start(|mut connection| {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}{\"more\":true}");
    });
    assert_eq!(fetch(local(), &server.url("/")).map(|fetched| fetched.bytes), Ok(b"{}".to_vec()));
}

#[test]
fn a_gzip_transfer_is_unpacked() {
    let server = Server::start(|connection| connection.answer("200 OK", GZIP, &gzip(b"{\"a\": 1}\n")));
    assert_eq!(fetch(local(), &server.url("/")).map(|fetched| fetched.bytes), Ok(b"{\"a\": 1}\n".to_vec()));
}

#[test]
fn the_limit_counts_what_gzip_unpacks_to() {
    let server = Server::start(|connection| connection.answer("200 OK", GZIP, &gzip(&[b'x'; 1000])));
    assert_eq!(fetch_up_to(local(), &server.url("/"), 1000).map(|fetched| fetched.bytes.len()), Ok(1000));
    assert_eq!(fetch_up_to(local(), &server.url("/"), 999), Err(TooLarge));
}

#[test]
fn a_gzip_bomb_is_too_large() {
    let server = Server::start(|mut connection| {
        // A megabyte of zeros in a block that ends at a byte, and so can follow itself as often as one likes.
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&vec![0; MIB]).and_then(|()| encoder.flush()).expect("memory");
        let (head, block) = encoder.get_ref().split_at(GZIP_HEAD.len());
        assert!(block.len() < MIB / 100, "it hides its size");
        connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
        connection.send(head);
        while connection.send(block) {}
    });
    assert_eq!(fetch(local(), &server.url("/")), Err(TooLarge));
}

#[test]
fn a_gzip_stream_that_unpacks_to_nothing_ends_in_time() {
    let server = Server::start(|mut connection| {
        connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
        connection.send(GZIP_HEAD);
        // Empty stored blocks without end (RFC 1951 section 3.2.4): the limit on bytes is never reached.
        let blocks = b"\x00\x00\x00\xff\xff".repeat(1_000);
        while connection.send(&blocks) {}
    });
    assert_eq!(fetch(impatient(), &server.url("/")), Err(TimedOut));
}

#[test]
fn a_gzip_transfer_that_breaks_off_or_is_malformed_is_no_answer() {
    let whole = gzip(&(0..=255).cycle().take(10_000).collect::<Vec<u8>>());
    let cut = whole[..whole.len() / 2].to_vec();
    let mut wrong_sum = whole.clone();
    let sum = wrong_sum.len() - 8;
    wrong_sum[sum] ^= 1;
    for body in [cut, wrong_sum, b"not gzip at all".to_vec()] {
        let server = Server::start(move |connection| connection.answer("200 OK", GZIP, &body));
        assert_eq!(fetch(local(), &server.url("/")), Err(Unreachable));
    }
}
