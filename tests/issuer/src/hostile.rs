//! Answers that no wallet may fall for: each ends in a clear error there, and never in a hang.

use std::io::{self, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::http::Response;
use crate::office::Office;
use crate::page::page;

/// The bytes of the over-long body: above every limit on input.
const LARGE: usize = 20 << 20;

/// The expanded bytes of the bomb, which travels as some 160 KiB: above every limit on input.
const BOMB: usize = 16 << 20;

/// How long a silent or dripping answer lasts if the client does not give up.
const PATIENCE: Duration = Duration::from_secs(120);

/// The hostile answers by their name under `/bad/`, with what each does.
pub(crate) const NAMES: [(&str, &str); 19] = [
    ("page", "an HTML page without a credential"),
    ("large", "a body of 20 MiB"),
    ("redirect-private", "a redirect to a private address"),
    ("redirect-file", "a redirect to a file on the learner's disk"),
    ("redirect-loop", "a redirect to itself"),
    ("drip", "one byte a second"),
    ("never", "a connection that never answers"),
    ("endless", "a body without end"),
    ("half-json", "a credential cut in half, its length stated as such"),
    ("half-png", "a baked picture cut in half"),
    ("early-close", "a credential whose connection breaks half way"),
    ("not-json", "text that calls itself JSON"),
    ("wrong-type", "a PDF that calls itself a credential"),
    ("picture", "a picture without a credential"),
    ("gzip-bomb", "16 MiB that travel as 160 KiB"),
    ("empty", "an empty body"),
    ("404", "not found"),
    ("410", "gone"),
    ("500", "a fault of the server"),
];

/// Answers as the hostile case `name`; `None` where there is no such case. Cut answers are of the first credential.
pub(crate) fn answer(office: &Office, name: &str, stream: &mut TcpStream) -> Option<io::Result<()>> {
    const JSON: &str = "application/vc+ld+json";
    let complete = |response: Response, stream: &mut TcpStream| response.send(stream, "GET");
    let json = || office.credential(1).expect("the catalogue has a first credential").to_vec();
    let baked = || office.baked(1).expect("the catalogue has a first credential");
    let picture = || office.picture(1).expect("the catalogue has a first credential").to_vec();
    let stopped = &office.stopped;
    Some(match name {
        "page" => complete(Response::ok("text/html", page("en-CA", "Sign in", "", "<h1>Please sign in</h1>")), stream),
        "large" => complete(Response::ok(JSON, vec![b' '; LARGE]), stream),
        "redirect-private" => complete(Response::redirect("http://10.0.0.1/"), stream),
        "redirect-file" => complete(Response::redirect("file:///etc/hostname"), stream),
        "redirect-loop" => complete(Response::redirect(&format!("{}/bad/redirect-loop", office.base_url)), stream),
        "drip" => drip(stream, stopped),
        "never" => silence(stopped),
        "endless" => endless(stream, stopped),
        "half-json" => complete(Response::ok(JSON, half(json())), stream),
        "half-png" => complete(Response::ok("image/png", half(baked())), stream),
        "early-close" => early_close(&json(), stream),
        "not-json" => complete(Response::ok("application/json", "this is not JSON"), stream),
        "wrong-type" => complete(Response::ok(JSON, "%PDF-1.7\n%no credential here\n"), stream),
        "picture" => complete(Response::ok("image/png", picture()), stream),
        "gzip-bomb" => complete(Response::ok(JSON, bomb()).with("content-encoding", "gzip"), stream),
        "empty" => complete(Response::ok(JSON, ""), stream),
        "404" => complete(Response::plain(404, "not found"), stream),
        "410" => complete(Response::plain(410, "gone"), stream),
        "500" => complete(Response::plain(500, "fault"), stream),
        _ => return None,
    })
}

fn half(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() / 2);
    bytes
}

/// Promises all and sends half.
fn early_close(json: &[u8], stream: &mut TcpStream) -> io::Result<()> {
    stream.write_all(Response::ok("application/vc+ld+json", "").head(json.len()).as_bytes())?;
    stream.write_all(&json[..json.len() / 2])
}

fn drip(stream: &mut TcpStream, stopped: &AtomicBool) -> io::Result<()> {
    stream.write_all(Response::ok("application/json", "").head(4096).as_bytes())?;
    for _ in 0..PATIENCE.as_secs() {
        if wait(Duration::from_secs(1), stopped) {
            break;
        }
        stream.write_all(b" ")?;
        stream.flush()?;
    }
    Ok(())
}

fn silence(stopped: &AtomicBool) -> io::Result<()> {
    wait(PATIENCE, stopped);
    Ok(())
}

/// Chunks without end; it ends when the client hangs up or the server stops.
fn endless(stream: &mut TcpStream, stopped: &AtomicBool) -> io::Result<()> {
    stream.write_all(
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n",
    )?;
    let chunk = [b"4000\r\n".as_slice(), &[b' '; 0x4000], b"\r\n"].concat();
    while !stopped.load(Ordering::Relaxed) {
        stream.write_all(&chunk)?;
    }
    Ok(())
}

/// Waits in small steps; says whether the server was stopped meanwhile.
fn wait(time: Duration, stopped: &AtomicBool) -> bool {
    const STEP: Duration = Duration::from_millis(50);
    for _ in 0..time.as_millis() / STEP.as_millis() {
        if stopped.load(Ordering::Relaxed) {
            return true;
        }
        thread::sleep(STEP);
    }
    false
}

fn bomb() -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    let chunk = vec![0_u8; 1 << 20];
    for _ in 0..BOMB / chunk.len() {
        gzip.write_all(&chunk).expect("a vector takes every byte");
    }
    gzip.finish().expect("a vector takes every byte")
}
