//! `attesta-vc-api SUITE [--accept-all | --reject-all]`: a [VC-API](https://www.w3.org/TR/vcalm/) server on loopback.
//!
//! Published test suites ask it to verify and to issue. Verifying goes through the very `verify` of the product, its
//! resources through the product's own fetcher. Issuing exists for the suites alone: the key is a fixed one that
//! attests nothing, and what is issued was verified by the product first. The two baselines answer without looking,
//! so that a suite's free passes can be told from its tests.
//!
//! It prints one line, the `localConfig.cjs` that leads the suite here, and serves until it is stopped.

mod answer;
mod ecdsa;
mod http;
mod issue;
mod status;
mod suites;
#[cfg(test)]
mod tests;
mod verify;

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::process::ExitCode;
use std::sync::Arc;
use std::{env, io, thread};

use answer::{Behaviour, Server};

const USAGE: &str = "usage: attesta-vc-api SUITE [--accept-all | --reject-all]";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (name, behaviour) = match arguments.as_slice() {
        [name] => (*name, Behaviour::Attesta),
        [name, "--accept-all"] => (*name, Behaviour::AcceptAll),
        [name, "--reject-all"] => (*name, Behaviour::RejectAll),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let Some(suite) = suites::named(name) else {
        eprintln!("{USAGE}\nSuites: {}", suites::names().collect::<Vec<_>>().join(", "));
        return ExitCode::from(2);
    };
    match serve(suite, behaviour) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("attesta-vc-api: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the configuration and answers until the listener breaks.
fn serve(suite: &suites::Suite, behaviour: Behaviour) -> io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let base = format!("http://{}", listener.local_addr()?);
    let server = Arc::new(Server::new(base, behaviour, answer::system_clock).map_err(io::Error::other)?);
    let mut out = io::stdout().lock();
    writeln!(out, "{}", suite.local_config(&server))?;
    out.flush()?;
    for stream in listener.incoming() {
        let (server, mut stream) = (Arc::clone(&server), stream?);
        // A suite that breaks a connection off loses its answer and nothing else.
        thread::spawn(move || http::serve(&mut stream, |request| server.answer(request)));
    }
    Ok(())
}
