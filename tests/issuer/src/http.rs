//! HTTP/1.1 as far as a loopback issuer needs it: one bounded request, one answer, then the connection closes.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

/// The longest request head in bytes; a browser's is under two KiB.
const HEAD_BYTES: usize = 16 << 10;

/// The longest request body in bytes; a presentation without credentials is under two KiB.
const BODY_BYTES: usize = 256 << 10;

/// How long a client may take to send its request head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);

/// What a client asked for.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// The path without query.
    pub(crate) path: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The value of a header, by its lower-case name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Reads a request from a client.
    pub(crate) fn read(stream: &mut TcpStream) -> io::Result<Request> {
        stream.set_read_timeout(Some(HEAD_TIMEOUT))?;
        let invalid = || io::Error::from(io::ErrorKind::InvalidData);
        let mut bytes = Vec::new();
        let mut chunk = [0; 1024];
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
            let read = stream.read(&mut chunk)?;
            if read == 0 || bytes.len() + read > HEAD_BYTES {
                return Err(invalid());
            }
            bytes.extend_from_slice(&chunk[..read]);
        };
        let mut request = Request::parse(&String::from_utf8_lossy(&bytes[..end])).ok_or_else(invalid)?;
        let length = request.header("content-length").map_or(Ok(0), str::parse::<usize>).map_err(|_| invalid())?;
        if length > BODY_BYTES {
            return Err(invalid());
        }
        let mut body = bytes.split_off(end);
        body.truncate(length);
        let rest = length - body.len();
        stream.take(rest as u64).read_to_end(&mut body)?;
        match body.len() == length {
            true => request.body = body,
            false => return Err(invalid()),
        }
        Ok(request)
    }

    pub(crate) fn parse(head: &str) -> Option<Request> {
        let mut lines = head.split("\r\n");
        let mut start = lines.next()?.split(' ');
        let (method, target, version) = (start.next()?, start.next()?, start.next()?);
        if !version.starts_with("HTTP/1.") || !target.starts_with('/') {
            return None;
        }
        let path = target.split('?').next()?.to_owned();
        let headers = lines
            .take_while(|line| !line.is_empty())
            .map(|line| line.split_once(':').map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())))
            .collect::<Option<_>>()?;
        Some(Request { method: method.to_owned(), path, headers, body: Vec::new() })
    }
}

/// An answer that is complete in memory.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// 200 with a body of this media type.
    pub(crate) fn ok(media_type: &str, body: impl Into<Vec<u8>>) -> Response {
        Response { status: 200, headers: vec![("content-type", media_type.to_owned())], body: body.into() }
    }

    /// A message of a protocol, which nobody on the way may keep.
    pub(crate) fn json(status: u16, message: &Value) -> Response {
        Response { status, ..Response::ok("application/json", message.to_string()) }.unstored()
    }

    /// The same answer, to be kept by nobody on the way.
    pub(crate) fn unstored(self) -> Response {
        self.with("cache-control", "no-store")
    }

    /// A status with a short plain text.
    pub(crate) fn plain(status: u16, text: &str) -> Response {
        Response { status, ..Response::ok("text/plain; charset=utf-8", text) }
    }

    /// 302 to another address.
    pub(crate) fn redirect(to: &str) -> Response {
        Response::plain(302, "").with("location", to)
    }

    /// The same answer with one header more.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Response {
        self.headers.push((name, value.into()));
        self
    }

    /// Sends the answer; `HEAD` gets the head alone.
    pub(crate) fn send(&self, stream: &mut TcpStream, method: &str) -> io::Result<()> {
        stream.write_all(self.head(self.body.len()).as_bytes())?;
        if method != "HEAD" {
            stream.write_all(&self.body)?;
        }
        stream.flush()
    }

    /// The head, promising `length` bytes of body, which a hostile answer need not keep.
    pub(crate) fn head(&self, length: usize) -> String {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        // A page that asked the employer's questions may come from anywhere, so browsers must be let read.
        head.push_str("access-control-allow-origin: *\r\n");
        head.push_str(&format!("content-length: {length}\r\nconnection: close\r\n\r\n"));
        head
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        202 => "Accepted",
        204 => "No Content",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        410 => "Gone",
        _ => "Internal Server Error",
    }
}

/// Whether a client rather wants JSON than a page, by its `Accept` header: a browser names `text/html` first.
pub(crate) fn prefers_json(accept: &str) -> bool {
    let weight_of = |wanted: &[&str]| {
        accept
            .split(',')
            .filter_map(|range| {
                let mut parts = range.split(';').map(str::trim);
                let media_type = parts.next()?;
                let weight = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>).ok()?;
                wanted.contains(&media_type).then_some(weight)
            })
            .fold(0.0, f32::max)
    };
    let json = weight_of(&["application/vc+ld+json", "application/vc", "application/ld+json", "application/json"]);
    json > weight_of(&["text/html", "application/xhtml+xml"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_head_is_read_and_a_malformed_one_refused() {
        let request =
            Request::parse("GET /claim/json/1?x=2 HTTP/1.1\r\nHost: localhost\r\nAccept: a/b\r\n\r\n").unwrap();
        assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", "/claim/json/1"));
        assert_eq!(request.header("accept"), Some("a/b"));
        for head in
            ["", "GET\r\n\r\n", "GET / SPDY\r\n\r\n", "GET http://a/ HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nx\r\n\r\n"]
        {
            assert!(Request::parse(head).is_none(), "{head:?}");
        }
    }

    #[test]
    fn a_browser_gets_the_page_and_a_wallet_the_json() {
        #[track_caller]
        fn check(accept: &str, json: bool) {
            assert_eq!(prefers_json(accept), json, "{accept}");
        }
        check("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", false);
        check("application/vc+ld+json, application/json, text/html;q=0.5", true);
        check("application/json", true);
        check("*/*", false);
        check("", false);
    }
}
