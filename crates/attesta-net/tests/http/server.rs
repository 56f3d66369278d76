//! A server whose every byte the test decides, and the fetchers that ask it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use attesta_net::{
    Accept, Budget, Fetch, FetchFailureKind, FetchRequest, Fetched, HttpFetcher, HttpOptions, Limits, LoopbackAccess,
};

/// A listener on a port of this machine. Every connection is answered on a thread of its own.
pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    heads: Mutex<Vec<String>>,
    stopped: AtomicBool,
}

/// One connection, its request read.
pub(crate) struct Connection {
    stream: TcpStream,
    seen: Arc<Seen>,
    /// The path that was asked for.
    pub(crate) path: String,
    /// Bytes of the request's body, as its head announces them.
    length: usize,
}

impl Server {
    /// A server that reads the request's head and hands the connection to `answer`.
    pub(crate) fn start(answer: impl Fn(Connection) + Send + Sync + 'static) -> Self {
        Server::listening(move |mut stream, seen| {
            let Some(head) = read_head(&mut stream) else { return };
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            let mut lines = head.lines().filter_map(|line| line.split_once(": "));
            let length = lines.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let length = length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
            seen.heads.lock().expect("no panic in a server").push(head);
            answer(Connection { stream, seen, path, length });
        })
    }

    /// A server that hands over the bare connection, its request unread.
    pub(crate) fn raw(answer: impl Fn(TcpStream) + Send + Sync + 'static) -> Self {
        Server::listening(move |stream, _| answer(stream))
    }

    fn listening(answer: impl Fn(TcpStream, Arc<Seen>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let seen = Arc::new(Seen::default());
        let shared = Arc::clone(&seen);
        let answer = Arc::new(answer);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&shared));
                thread::spawn(move || answer(stream, seen));
            }
        });
        Server { address, seen }
    }

    /// The address of a path on this server.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The port it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// How many connections were opened to it.
    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// The heads of all requests so far.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.seen.heads.lock().expect("no panic in a server").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.seen.stopped.store(true, Ordering::SeqCst);
        // Wakes the listener so that its thread ends.
        let _ = TcpStream::connect(self.address);
    }
}

impl Connection {
    /// Reads the request's body.
    pub(crate) fn body(&mut self) -> Vec<u8> {
        let mut body = vec![0; self.length];
        match self.stream.read_exact(&mut body) {
            Ok(()) => body,
            Err(_) => Vec::new(),
        }
    }

    /// Sends bytes; whether the other side still takes them.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        !self.stopped() && self.stream.write_all(bytes.as_ref()).and_then(|()| self.stream.flush()).is_ok()
    }

    /// Sends exactly these bytes and closes.
    pub(crate) fn bare(mut self, bytes: &str) {
        self.send(bytes);
    }

    /// Sends a whole answer with a right Content-Length and closes.
    pub(crate) fn answer(mut self, status: &str, headers: &str, body: &[u8]) {
        let length = body.len();
        self.send(format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"));
        self.send(body);
    }

    /// Sends a redirect and closes.
    pub(crate) fn redirect(self, location: &str) {
        self.answer("302 Found", &format!("Location: {location}\r\n"), b"");
    }

    /// Waits until the other side has gone or the test is over, but not forever.
    pub(crate) fn hold(mut self) {
        let _ = self.stream.set_read_timeout(Some(Duration::from_millis(50)));
        let begun = Instant::now();
        while !self.stopped() && begun.elapsed() < Duration::from_secs(60) {
            if let Ok(0) = self.stream.read(&mut [0; 64]) {
                return;
            }
        }
    }

    fn stopped(&self) -> bool {
        self.seen.stopped.load(Ordering::SeqCst)
    }
}

fn read_head(stream: &mut impl Read) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return None,
        }
    }
    String::from_utf8(head).ok()
}

/// Options that let the fetcher reach the test's server.
pub(crate) fn local() -> HttpOptions {
    HttpOptions { loopback: LoopbackAccess::Allowed, ..HttpOptions::new("Attesta-test/1") }
}

/// The same with a short time for each fetch, for servers that never end by themselves.
pub(crate) fn impatient() -> HttpOptions {
    HttpOptions { limits: Limits { fetch_time: SHORT, ..Limits::default() }, ..local() }
}

/// The short time.
pub(crate) const SHORT: Duration = Duration::from_millis(400);

/// Far more than any fetch of these tests may take on a busy machine, far less than a server that never ends would.
pub(crate) const BOUND: Duration = Duration::from_secs(8);

/// A budget that no test uses up.
pub(crate) fn ample() -> Budget {
    Budget::new(Duration::from_secs(60))
}

/// Fetches one address as a credential.
pub(crate) fn fetch(options: HttpOptions, url: &str) -> Result<Fetched, FetchFailureKind> {
    fetch_up_to(options, url, Accept::Credential.limit())
}

/// Fetches one address with a limit of its own, and asserts that it ends in time.
#[track_caller]
pub(crate) fn fetch_up_to(options: HttpOptions, url: &str, limit: u64) -> Result<Fetched, FetchFailureKind> {
    let fetcher = HttpFetcher::new(options).expect("a fetcher");
    let begun = Instant::now();
    let request = FetchRequest { limit, ..FetchRequest::new(url, Accept::Credential) };
    let mut answers = fetcher.fetch(&[request], &ample());
    assert!(begun.elapsed() < BOUND, "it took {:?}", begun.elapsed());
    assert_eq!(answers.len(), 1);
    answers.remove(0)
}
