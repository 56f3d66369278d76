//! A server on this machine whose every byte the test decides.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than any client waits.
const PATIENCE: Duration = Duration::from_secs(60);

/// A listener; every connection is answered on a thread of its own.
pub(crate) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    connections: AtomicUsize,
    stopped: AtomicBool,
}

/// A connection whose request is read.
pub(crate) struct Connection {
    stream: Box<dyn Stream>,
    shared: Arc<Shared>,
    /// The path that was asked for, with its query.
    pub(crate) path: String,
    /// The port of the server.
    pub(crate) port: u16,
}

/// What bytes go over: a plain connection or one in TLS.
pub(crate) trait Stream: Read + Write + Send {}

impl<T: Read + Write + Send> Stream for T {}

impl Server {
    /// Reads each request and hands the connection over.
    pub(crate) fn start(answer: impl Fn(Connection) + Send + Sync + 'static) -> Server {
        Server::wrapped(|stream| Some(Box::new(stream)), answer)
    }

    /// The same over what `wrap` makes of the plain connection; nothing where it makes nothing.
    pub(crate) fn wrapped(
        wrap: impl Fn(TcpStream) -> Option<Box<dyn Stream>> + Send + Sync + 'static,
        answer: impl Fn(Connection) + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        Server::listening(listener, move |stream, shared, port| {
            let Some(mut stream) = wrap(stream) else { return };
            let Some(head) = read_head(&mut stream) else { return };
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            answer(Connection { stream, shared, path, port });
        })
    }

    /// Counts the connections to this address and answers nothing; none if it can't be listened at.
    pub(crate) fn canary(address: SocketAddr) -> Option<Server> {
        Some(Server::listening(TcpListener::bind(address).ok()?, |_, _, _| {}))
    }

    fn listening(
        listener: TcpListener,
        answer: impl Fn(TcpStream, Arc<Shared>, u16) + Send + Sync + 'static,
    ) -> Server {
        let address = listener.local_addr().expect("a listener has an address");
        let shared = Arc::new(Shared::default());
        let (answer, seen) = (Arc::new(answer), Arc::clone(&shared));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if seen.stopped.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                seen.connections.fetch_add(1, Ordering::SeqCst);
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                thread::spawn(move || answer(stream, seen, address.port()));
            }
        });
        Server { address, shared }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// How many connections were opened to it.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Wakes the listener, so that its thread ends.
        let _ = TcpStream::connect(self.address);
    }
}

impl Connection {
    /// Sends bytes; whether the other side still takes them.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        let stopped = self.shared.stopped.load(Ordering::SeqCst);
        !stopped && self.stream.write_all(bytes.as_ref()).and_then(|()| self.stream.flush()).is_ok()
    }

    /// Sends exactly these bytes and closes.
    pub(crate) fn bare(mut self, bytes: impl AsRef<[u8]>) {
        self.send(bytes);
    }

    /// A whole answer; each of the header lines ends with CR LF.
    pub(crate) fn answer(mut self, status: &str, headers: &str, body: impl AsRef<[u8]>) {
        let length = body.as_ref().len();
        self.send(format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n"));
        self.send(body);
    }

    /// A whole answer of this type.
    pub(crate) fn ok(self, media_type: &str, body: impl AsRef<[u8]>) {
        self.answer("200 OK", &format!("Content-Type: {media_type}\r\n"), body);
    }

    pub(crate) fn redirect(self, location: &str) {
        self.answer("302 Found", &format!("Location: {location}\r\n"), b"");
    }

    /// Sends this again and again, with a pause between.
    pub(crate) fn repeat(mut self, bytes: impl AsRef<[u8]>, pause: Duration) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE && self.send(bytes.as_ref()) {
            thread::sleep(pause);
        }
    }

    /// Sends nothing more and keeps the connection open.
    pub(crate) fn hold(self) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE && !self.shared.stopped.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(50));
        }
    }
}

fn read_head(stream: &mut impl Read) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) if head.len() < 1 << 20 => head.push(byte[0]),
            _ => return None,
        }
    }
    String::from_utf8(head).ok()
}
