//! In a development build: the employer's page on loopback, so that share links open in a browser.
//!
//! It serves what is built into the program and nothing else: `verify.html` and the files beside it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use tauri::{AssetResolver, Wry};
use url::Url;

/// A browser that has said nothing for this long is not going to.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait for the port of a window that is closing.
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(500);
/// A request line and headers of a browser fit easily.
const LONGEST_REQUEST: u64 = 16 << 10;

/// Starts serving at the address that share links of a development build begin with. While another window of Attesta
/// has the port, that one serves the same page; when it closes, this one takes over.
pub(crate) fn serve(assets: AssetResolver<Wry>, page: &str) {
    let Some(port) = Url::parse(page).ok().and_then(|page| page.port()) else { return };
    thread::spawn(move || {
        let listener = loop {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                Ok(listener) => break listener,
                Err(_) => thread::sleep(TRY_AGAIN_AFTER),
            }
        };
        for stream in listener.incoming().flatten() {
            // One that breaks off only harms itself.
            let _ = answer(stream, &assets);
        }
    });
}

fn answer(mut stream: TcpStream, assets: &AssetResolver<Wry>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut line = String::new();
    let mut reader = BufReader::new(stream.try_clone()?.take(LONGEST_REQUEST));
    reader.read_line(&mut line)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = line.strip_prefix("GET ").and_then(|rest| rest.split([' ', '?']).next()).unwrap_or_default();
    let served = path == "/verify.html" || path.starts_with("/assets/");
    match served.then(|| assets.get(path.trim_start_matches('/').to_owned())).flatten() {
        Some(asset) => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
                 X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nConnection: close\r\n\r\n",
                asset.mime_type(),
                asset.bytes().len()
            )?;
            stream.write_all(asset.bytes())
        }
        None => stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    }
}
