//! HTTP/1.1 as far as the suites use it: one bounded request with a body, one answer, then the connection closes.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// The longest request head in bytes.
const HEAD_BYTES: usize = 16 << 10;
/// The longest body in bytes: what the product reads at most, and the request's own wrapping.
const BODY_BYTES: usize = attesta_credential::limits::INPUT_BYTES + (1 << 20);
/// How long a client may take to send its request.
const TIMEOUT: Duration = Duration::from_secs(10);

/// What a client asked for.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The path without query.
    pub(crate) path: String,
    pub(crate) body: Vec<u8>,
}

/// An answer in JSON.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// A status with a JSON value.
    pub(crate) fn json(status: u16, body: &Value) -> Response {
        Response { status, body: body.to_string().into_bytes() }
    }

    /// A document as it stands.
    pub(crate) fn document(status: u16, body: Vec<u8>) -> Response {
        Response { status, body }
    }
}

/// Reads one request and sends its answer; an error on the way closes the connection.
pub(crate) fn serve(stream: &mut TcpStream, answer: impl FnOnce(&Request) -> Response) {
    let served = stream
        .set_read_timeout(Some(TIMEOUT))
        .and_then(|()| read(stream))
        .map(|request| answer(&request))
        .and_then(|response| send(stream, &response));
    if let Err(error) = served {
        eprintln!("a connection was closed: {error}");
    }
}

fn read(stream: &mut impl Read) -> io::Result<Request> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    let mut more = |bytes: &mut Vec<u8>| {
        let read = stream.read(&mut chunk)?;
        bytes.extend_from_slice(&chunk[..read]);
        if read == 0 { Err(io::Error::from(io::ErrorKind::UnexpectedEof)) } else { Ok(()) }
    };
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if bytes.len() > HEAD_BYTES {
            return Err(io::ErrorKind::InvalidData.into());
        }
        more(&mut bytes)?;
    };
    let mut body = bytes.split_off(end + 4);
    let head = String::from_utf8_lossy(&bytes[..end]);
    let (method, path, length) = parse(&head).ok_or(io::ErrorKind::InvalidData)?;
    if length > BODY_BYTES {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    while body.len() < length {
        more(&mut body)?;
    }
    body.truncate(length);
    Ok(Request { method, path, body })
}

/// Method, path and length of the body.
fn parse(head: &str) -> Option<(String, String, usize)> {
    let mut lines = head.split("\r\n");
    let mut start = lines.next()?.split(' ');
    let (method, target, version) = (start.next()?, start.next()?, start.next()?);
    if !version.starts_with("HTTP/1.") || !target.starts_with('/') {
        return None;
    }
    let mut length = 0;
    for line in lines {
        let (name, value) = line.split_once(':')?;
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
        // The suites send whole bodies; a chunked one would be read as empty.
        if name.eq_ignore_ascii_case("transfer-encoding") {
            return None;
        }
    }
    Some((method.to_owned(), target.split('?').next()?.to_owned(), length))
}

fn send(stream: &mut impl Write, response: &Response) -> io::Result<()> {
    let reason = match response.status {
        200 => "OK",
        201 => "Created",
        400 => "Bad Request",
        404 => "Not Found",
        _ => "Internal Server Error",
    };
    let head = format!(
        "HTTP/1.1 {} {reason}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        response.status,
        response.body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&response.body)?;
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(request: &str, expected: Option<(&str, &str, &str)>) {
        let found = read(&mut request.as_bytes()).ok();
        let shown = found.as_ref().map(|request| {
            (request.method.as_str(), request.path.as_str(), std::str::from_utf8(&request.body).unwrap())
        });
        assert_eq!(shown, expected, "{request:?}");
    }

    #[test]
    fn a_request_is_read_with_exactly_its_body() {
        check("POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}", Some(("POST", "/a", "{}")));
        check("POST /a?b=c HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}rest", Some(("POST", "/a", "{}")));
        check("GET /status HTTP/1.1\r\nHost: x\r\n\r\n", Some(("GET", "/status", "")));
    }

    #[test]
    fn what_is_cut_off_or_no_request_is_refused() {
        for request in [
            "POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\n{}",
            "POST /a HTTP/1.1\r\nContent-Length: three\r\n\r\n{}",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            "POST /a HTTP/1.1\r\n",
            "GET http://a/ HTTP/1.1\r\n\r\n",
            "GET / SPDY\r\n\r\n",
            "",
        ] {
            check(request, None);
        }
    }
}
