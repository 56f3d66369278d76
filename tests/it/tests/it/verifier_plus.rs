//! A host of the shape that VerifierPlus documents, on this machine: it keeps presentations in memory, and a withdrawn
//! one stays withdrawn.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// The running host.
pub(crate) struct VerifierPlus {
    /// Its base address.
    pub(crate) base: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    kept: BTreeMap<String, Kept>,
    /// Every request line, in order.
    requests: Vec<String>,
    /// Whether it answers everything with a fault.
    broken: bool,
}

struct Kept {
    presentation: Value,
    shared: bool,
}

impl VerifierPlus {
    pub(crate) fn start() -> VerifierPlus {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let base = format!("http://{}", listener.local_addr().expect("a listener has an address"));
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &shared));
            }
        });
        VerifierPlus { base, state }
    }

    /// Every request line so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.state.lock().expect("no panic").requests.clone()
    }

    /// From now on every answer is a fault, or no longer.
    pub(crate) fn breaks(&self, broken: bool) {
        self.state.lock().expect("no panic").broken = broken;
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
    let Some((line, body)) = read(&stream) else { return };
    let (status, answer) = {
        let mut state = state.lock().expect("no panic");
        state.requests.push(line.clone());
        answer(&mut state, &line, &body)
    };
    let text = answer.to_string();
    let _ = write!(
        stream,
        "HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
        text.len()
    );
}

/// The method and path of a request, and its body.
fn read(stream: &TcpStream) -> Option<(String, Vec<u8>)> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let header = header.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((line.trim_end().trim_end_matches(" HTTP/1.1").to_owned(), body))
}

fn answer(state: &mut State, line: &str, body: &[u8]) -> (u16, Value) {
    if state.broken {
        return (500, json!({"status": 500, "error": "Internal Server Error"}));
    }
    let gone = || (404, json!({"status": 404, "error": "Not found"}));
    match line.split_once(' ') {
        Some(("POST", "/api/credentials")) => {
            let body: Value = serde_json::from_slice(body).unwrap_or_default();
            if !body["vp"]["holder"].is_string() {
                return (400, json!({"status": 400, "error": "A holder is required"}));
            }
            let id = format!("9c6a0000-0000-4000-8000-{:012}", state.kept.len());
            state.kept.insert(id.clone(), Kept { presentation: body["vp"].clone(), shared: true });
            let (view, api) = (format!("/credentials/{id}"), format!("/api/credentials/{id}"));
            (201, json!({"status": "success", "url": {"view": view, "get": api, "unshare": api}}))
        }
        Some(("GET", path)) => match path.strip_prefix("/api/credentials/").and_then(|id| state.kept.get(id)) {
            Some(kept) if kept.shared => (200, json!({"vp": kept.presentation, "shared": true})),
            _ => gone(),
        },
        Some(("DELETE", path)) => match path.strip_prefix("/api/credentials/").and_then(|id| state.kept.get_mut(id)) {
            Some(kept) if kept.shared => {
                kept.shared = false;
                (200, json!({"status": "success"}))
            }
            _ => gone(),
        },
        _ => gone(),
    }
}
