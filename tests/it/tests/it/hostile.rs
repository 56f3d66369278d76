//! Servers that mean no good, through the whole import: each ends in an error of its own in both languages, soon, in
//! little memory, with the wallet as it was, and without a connection to where none may go.

mod bodies;
mod child;
mod protocols;
mod redirects;
mod server;
mod tls;
mod transport;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;
use std::time::Duration;

use attesta_issuer::{Issuer, IssuerOptions, system_clock};
use attesta_test_support::program::TemporaryFolder;
use serde_json::Value;

use child::{Child, Loopback, Ran};
use server::{Connection, Server};

/// A behaviour by its path, the error's code that it ends in (or those, with a bar between), and what it does. Where the
/// same answer means one thing from a page and another in a conversation, either is clear.
type Case = (&'static str, &'static str, fn(Connection));

/// Any error but a fault of ours.
const ANY: &str = "";

/// A link and the error's code that it ends in, as in a [`Case`].
struct Trial {
    link: String,
    code: &'static str,
    environment: Vec<(&'static str, String)>,
}

/// The longest that an import may take.
const LONGEST: Duration = Duration::from_secs(30);

/// How much more memory a hostile import may take than a friendly one.
const GROWTH_KIB: u64 = 64 << 10;

/// Imports at once: most of the time is spent waiting.
const AT_ONCE: usize = 12;

/// A wallet with one credential in it.
struct Wallet {
    folder: TemporaryFolder,
    listed: Value,
    peak_kib: u64,
}

impl Wallet {
    fn new(issuer: &Issuer) -> Wallet {
        let mut wallet = Wallet { folder: TemporaryFolder::new("hostile"), listed: Value::Null, peak_kib: 0 };
        let link = issuer.claim_link("json", 1).expect("there is a first credential");
        let ran = wallet.run("en", &[], &["import", &link]);
        assert_eq!(ran.json["results"][0]["outcome"], "imported", "{ran:?}");
        wallet.peak_kib = ran.peak_kib;
        wallet.listed = wallet.run("en", &[], &["list"]).json;
        wallet
    }

    fn run(&self, language: &'static str, environment: &[(&'static str, String)], arguments: &[&str]) -> Ran {
        let child = Child { folder: self.folder.path(), language, loopback: Loopback::Allowed, environment };
        child.run(arguments)
    }

    /// Imports in both languages and says what is wrong with how that ended, or each code and its words if
    /// nothing is.
    fn try_out(&self, trial: &Trial) -> Result<Vec<(String, String)>, String> {
        let mut told = Vec::new();
        for language in ["en", "fr"] {
            let ran = self.run(language, &trial.environment, &["import", &trial.link]);
            let result = &ran.json["results"][0];
            let error = &result["error"];
            let code = error["code"].as_str().unwrap_or("internal");
            let expected = match trial.code {
                ANY => code != "internal",
                codes => codes.split('|').any(|expected| code == expected),
            };
            if ran.code != 1 || result["outcome"] != "failed" || !expected {
                return Err(format!("exit {} with {}", ran.code, ran.json));
            }
            if ran.took > LONGEST {
                return Err(format!("it took {:?}", ran.took));
            }
            if ran.peak_kib > self.peak_kib + GROWTH_KIB {
                return Err(format!("{} KiB where a friendly import takes {}", ran.peak_kib, self.peak_kib));
            }
            println!("{:>6} ms {:>7} KiB {code:<24} {}", ran.took.as_millis(), ran.peak_kib, trial.link);
            told.push((code.to_owned(), error["message"].as_str().unwrap_or_default().to_owned()));
        }
        if self.run("en", &[], &["list"]).json != self.listed {
            return Err("the wallet is not as it was".to_owned());
        }
        Ok(told)
    }
}

/// Tries all links, several at a time, and holds that each ends as it must and that each code has words of its own.
#[track_caller]
fn check_all(trials: Vec<Trial>) {
    let issuer = Issuer::start(IssuerOptions { port: 0, seed: [5; 32], now: system_clock() }).expect("a free port");
    let count = trials.len();
    let (trials, ended) = (Mutex::new(trials), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(count) {
            scope.spawn(|| {
                let wallet = Wallet::new(&issuer);
                loop {
                    let Some(trial) = trials.lock().expect("no panic").pop() else { return };
                    let how = wallet.try_out(&trial);
                    ended.lock().expect("no panic").push((trial, how));
                }
            });
        }
    });
    let ended = ended.into_inner().expect("no panic");
    assert_eq!(ended.len(), count, "every link is tried");
    let mut wrong = Vec::new();
    let mut words: BTreeMap<String, &str> = BTreeMap::new();
    for (trial, how) in &ended {
        match how {
            Err(what) => wrong.push(format!("{} was to end in {}: {what}", trial.link, trial.code)),
            Ok(told) => {
                for (code, text) in told {
                    let said = words.entry(text.clone()).or_insert(code);
                    if text.is_empty() || *said != code {
                        wrong.push(format!("{}: {code} says “{text}” as {said} does", trial.link));
                    }
                }
                if told[0].1 == told[1].1 {
                    wrong.push(format!("{}: “{}” in both languages", trial.link, told[0].1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

fn trial(link: String, code: &'static str) -> Trial {
    Trial { link, code, environment: Vec::new() }
}

/// A server with these behaviours, and a trial for each.
fn serve(cases: &'static [Case]) -> (Server, Vec<Trial>) {
    let server = Server::start(move |connection: Connection| {
        let name = connection.path.trim_start_matches('/').split('?').next().unwrap_or_default().to_owned();
        match cases.iter().find(|(path, ..)| *path == name) {
            Some((_, _, does)) => does(connection),
            None => connection.answer("404 Not Found", "", b"no such behaviour"),
        }
    });
    let trials =
        cases.iter().map(|(name, code, _)| trial(format!("http://localhost:{}/{name}", server.port()), code)).collect();
    (server, trials)
}

#[test]
fn whatever_a_server_does_to_the_connection_ends_in_an_error_of_its_own() {
    let (_server, mut trials) = serve(transport::CASES);
    // Its connections are made by the system and accepted by nobody.
    let deaf = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = |listener: &TcpListener| listener.local_addr().expect("it has an address").port();
    trials.push(trial(format!("http://localhost:{}/", port(&deaf)), "timed_out"));
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let link = format!("http://localhost:{}/", port(&closed));
    drop(closed);
    trials.push(trial(link, "fetch_failed"));
    check_all(trials);
}

#[test]
fn whatever_a_server_hands_over_in_place_of_a_credential_ends_in_an_error_of_its_own() {
    LazyLock::force(&bodies::PICTURE_BOMB);
    LazyLock::force(&bodies::GZIP_BOMBS);
    let (_server, trials) = serve(bodies::CASES);
    check_all(trials);
}

#[test]
fn wherever_a_server_sends_the_wallet_it_goes_nowhere_it_may_not() {
    let (server, mut trials) = serve(redirects::CASES);
    // Addresses that lead here and are refused even where this machine may be asked: that of no network, and that
    // which this machine has in its own.
    let own = own_address().and_then(|address| Server::canary(SocketAddr::new(address.into(), 0)));
    let here = Server::canary(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0)).expect("a port is free");
    let mut targets: Vec<String> = ["0.0.0.0", "0", "[::]", "[::ffff:0.0.0.0]"]
        .iter()
        .flat_map(|host| ["http", "https"].map(|scheme| format!("{scheme}://{host}:{}/", here.port())))
        .collect();
    if let (Some(own), Some(address)) = (&own, own_address()) {
        targets.extend(["http", "https"].map(|scheme| format!("{scheme}://{address}:{}/", own.port())));
    }
    let targets = Arc::new(targets);
    let list = Arc::clone(&targets);
    let sender = Server::start(move |connection| {
        let place = connection.path.trim_start_matches('/').parse::<usize>().unwrap_or(usize::MAX);
        match list.get(place) {
            Some(target) => connection.redirect(target),
            None => connection.answer("404 Not Found", "", b""),
        }
    });
    for place in 0..targets.len() {
        trials.push(trial(format!("http://localhost:{}/{place}", sender.port()), "address_refused"));
    }
    // The same as the link itself; plain http is refused there already for being what it is.
    let themselves = targets.iter().filter(|target| target.starts_with("https"));
    trials.extend(themselves.map(|target| trial(target.clone(), "address_refused")));
    check_all(trials);
    assert_eq!(here.connections() + own.map_or(0, |own| own.connections()), 0, "somebody was connected to");
    assert!(server.connections() > 0);
}

#[test]
fn this_machine_is_never_connected_to_unless_that_is_allowed() {
    let canary = Server::canary(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0)).expect("a port is free");
    let folder = TemporaryFolder::new("hostile-refused");
    let child = Child { folder: folder.path(), language: "en", loopback: Loopback::Refused, environment: &[] };
    for host in
        ["127.0.0.1", "localhost", "localhost.", "issuer.localhost", "[::1]", "[::ffff:7f00:1]", "2130706433", "0x7f.1"]
    {
        for scheme in ["http", "https"] {
            let link = format!("{scheme}://{host}:{}/badge", canary.port());
            let ran = child.run(&["import", &link]);
            let code = ran.json["results"][0]["error"]["code"].as_str().unwrap_or_default();
            assert_eq!(ran.code, 1, "{link}: {}", ran.json);
            // Plain http may be named as the reason before the address is.
            assert!(code == "address_refused" || (scheme == "http" && code == "not_https"), "{link}: {}", ran.json);
        }
    }
    assert_eq!(canary.connections(), 0);
}

/// The address that this machine has in the network around it, if that is a private one. Nothing is sent.
fn own_address() -> Option<Ipv4Addr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    match socket.local_addr().ok()? {
        SocketAddr::V4(address) if address.ip().is_private() => Some(*address.ip()),
        _ => None,
    }
}
