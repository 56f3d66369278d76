//! The server: it starts on a loopback port and answers until it is dropped.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};

use serde::Serialize;

use crate::catalogue::BADGES;
use crate::claims::Told;
use crate::http::Request;
use crate::mail::{MailLanguage, claim_mail};
use crate::office::{Clock, NoSuchCredential, Office, number};
use crate::status::Purpose;
use crate::{hostile, links, routes};

/// Connections answered at once; one more waits for none of them and is closed.
const CONNECTIONS: usize = 64;

/// The credentials that are still good, which stand first; the last has expired.
const LASTING_BADGES: usize = BADGES.len() - 1;

/// How a demo issuer is started.
#[derive(Clone)]
pub struct IssuerOptions {
    /// The loopback port; 0 takes any that is free.
    pub port: u16,
    /// Seed of the schools' signing keys.
    pub seed: [u8; 32],
    /// The time that proofs and lists state.
    pub now: Clock,
}

/// A link by which one of the demo's credentials can be claimed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimLink {
    /// How the credential comes: `json`, `jsonapp`, `png`, `page`, `download`, `negotiated` and `share` by GET;
    /// `request…` by the credential request of the Digital Credentials Consortium, `exchange` and `interaction…` by the
    /// VC API, `offer…` by OpenID for Verifiable Credential Issuance.
    pub kind: &'static str,
    /// The address. One that opens a claim works once, for ten minutes.
    pub url: String,
    /// The credential's name.
    pub title: &'static str,
    /// The transaction code that is asked for, where one is.
    pub code: Option<&'static str>,
}

/// A link whose answer must not be fallen for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HostileLink {
    /// The case.
    pub name: &'static str,
    /// The address.
    pub url: String,
    /// What it does.
    pub does: &'static str,
}

/// A running demo issuer; it stops when dropped.
pub struct Issuer {
    /// `http://localhost:PORT`.
    pub base_url: String,
    office: Arc<Office>,
    address: SocketAddr,
    listener: Option<JoinHandle<()>>,
}

impl Issuer {
    /// Binds the port and answers from threads of its own.
    ///
    /// # Errors
    /// The port can't be bound.
    pub fn start(options: IssuerOptions) -> io::Result<Issuer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        let address = listener.local_addr()?;
        let office = Arc::new(Office::new(options, address.port()));
        let base_url = office.base_url.clone();
        let listening = Arc::clone(&office);
        let listener = thread::spawn(move || accept(&listener, &listening));
        Ok(Issuer { base_url, office, address, listener: Some(listener) })
    }

    /// One claim link of each kind, in turn over the credentials on offer, then the JSON links of the rest. Each call
    /// opens the claims of its links anew.
    pub fn claim_links(&self) -> Vec<ClaimLink> {
        let (always, opened) = links::LASTING.split_at(routes::CLAIM_KINDS.len());
        let rest =
            opened.iter().chain(&links::OPENED).enumerate().map(|(place, kind)| (*kind, place % LASTING_BADGES + 1));
        always
            .iter()
            .enumerate()
            .map(|(place, kind)| (*kind, place % BADGES.len() + 1))
            .chain([("json", 2), ("json", 3), ("json", 4), ("json", 5)])
            .chain(rest)
            .map(|(kind, n)| ClaimLink {
                kind,
                url: self.office.link(kind, n),
                title: BADGES[n - 1].name,
                code: (kind == "offer-code").then_some(links::TX_CODE),
            })
            .collect()
    }

    /// The link by which credential `n`, counted from one, is claimed as `kind`. One that opens a claim opens it anew.
    ///
    /// # Errors
    /// [`NoSuchCredential`] if the demo has no such number.
    pub fn claim_link(&self, kind: &str, n: usize) -> Result<String, NoSuchCredential> {
        number(n)?;
        Ok(self.office.link(kind, n))
    }

    /// The mail in which a school tells the learner that a credential is ready, with a page's link and a wallet's.
    pub fn claim_mail(&self, language: MailLanguage) -> Vec<u8> {
        claim_mail(&self.office, language)
    }

    /// What wallets told of the credentials that they were handed by OpenID, in order.
    pub fn told(&self) -> Vec<Told> {
        self.office.claims().told.clone()
    }

    /// Ends every claim of credential `n`: the open ones answer that they are over, its plain links that they are gone.
    ///
    /// # Errors
    /// [`NoSuchCredential`] if the demo has no such number.
    pub fn expire(&self, n: usize) -> Result<(), NoSuchCredential> {
        self.office.expire(n)
    }

    /// Lets credential `n` be claimed again by its plain links.
    ///
    /// # Errors
    /// [`NoSuchCredential`] if the demo has no such number.
    pub fn reopen(&self, n: usize) -> Result<(), NoSuchCredential> {
        self.office.reopen(n)
    }

    /// Every hostile answer.
    pub fn hostile_links(&self) -> Vec<HostileLink> {
        hostile::NAMES
            .iter()
            .map(|(name, does)| HostileLink { name, url: format!("{}/bad/{name}", self.base_url), does })
            .collect()
    }

    /// Revokes credential `n` for good.
    ///
    /// # Errors
    /// [`NoSuchCredential`] if the demo has no such number.
    pub fn revoke(&self, n: usize) -> Result<(), NoSuchCredential> {
        self.office.mark(n, Purpose::Revocation)
    }

    /// Suspends credential `n`.
    ///
    /// # Errors
    /// [`NoSuchCredential`] if the demo has no such number.
    pub fn suspend(&self, n: usize) -> Result<(), NoSuchCredential> {
        self.office.mark(n, Purpose::Suspension)
    }

    /// Ends the suspension of credential `n`.
    ///
    /// # Errors
    /// [`NoSuchCredential`] if the demo has no such number.
    pub fn unsuspend(&self, n: usize) -> Result<(), NoSuchCredential> {
        self.office.unsuspend(n)
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        self.office.stopped.store(true, Ordering::Relaxed);
        // Wakes the listener, which then sees that it is to stop.
        let _ = TcpStream::connect(self.address);
        if let Some(listener) = self.listener.take() {
            let _ = listener.join();
        }
    }
}

fn accept(listener: &TcpListener, office: &Arc<Office>) {
    for stream in listener.incoming() {
        if office.stopped.load(Ordering::Relaxed) {
            return;
        }
        let Ok(mut stream) = stream else { continue };
        if office.connections.fetch_add(1, Ordering::Relaxed) >= CONNECTIONS {
            office.connections.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        let office = Arc::clone(office);
        thread::spawn(move || {
            // A client that hangs up or talks nonsense is no concern of the others.
            let _ = Request::read(&mut stream).and_then(|request| routes::answer(&office, &request, &mut stream));
            office.connections.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::SocketAddr;

    use super::*;
    use crate::catalogue::School;

    fn issuer() -> Issuer {
        let now = Arc::new(|| "2026-06-15T12:00:00.5Z".parse().unwrap());
        Issuer::start(IssuerOptions { port: 0, seed: [7; 32], now }).unwrap()
    }

    fn ask(address: SocketAddr, head: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(format!("{head}\r\n\r\n").as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    #[test]
    fn claiming_twice_gives_the_same_bytes_and_a_picture_carries_them() {
        let issuer = issuer();
        let once = ask(issuer.address, "GET /claim/json/4 HTTP/1.1");
        assert!(once.starts_with("HTTP/1.1 200 OK") && once.contains("eddsa-rdfc-2022"), "{once}");
        assert_eq!(ask(issuer.address, "GET /claim/json/4 HTTP/1.1"), once);
        let baked = issuer.office.baked(4).unwrap();
        let found = attesta_credential::read(&baked).unwrap();
        assert_eq!(found[0].credential.bytes(), issuer.office.credential(4).unwrap().as_slice());
    }

    #[test]
    fn every_claim_link_and_document_is_there_and_nothing_else_is() {
        let issuer = issuer();
        for link in issuer.claim_links() {
            let Some(path) = link.url.strip_prefix(&issuer.base_url) else { continue };
            assert!(ask(issuer.address, &format!("GET {path} HTTP/1.1")).starts_with("HTTP/1.1 200"), "{path}");
        }
        for path in ["/claim/json/0", "/claim/json/99", "/claim/other/1", "/status/refresh", "/nowhere"] {
            assert!(ask(issuer.address, &format!("GET {path} HTTP/1.1")).starts_with("HTTP/1.1 404"), "{path}");
        }
    }

    #[test]
    fn a_web_page_can_not_revoke_and_the_operator_can() {
        let issuer = issuer();
        let list = || issuer.office.status_list(School::WapitiLake, Purpose::Revocation);
        let before = list();
        let refused = ask(issuer.address, "POST /admin/revoke/1 HTTP/1.1\r\nOrigin: http://localhost:1");
        assert!(refused.starts_with("HTTP/1.1 403"), "{refused}");
        assert_eq!(list(), before);
        assert!(ask(issuer.address, "POST /admin/revoke/1 HTTP/1.1").starts_with("HTTP/1.1 200"));
        assert_ne!(list(), before);
        assert_eq!(issuer.revoke(99), Err(NoSuchCredential(99)));
    }

    #[test]
    fn a_dropped_issuer_frees_its_port() {
        let issuer = issuer();
        let address = issuer.address;
        drop(issuer);
        assert!(TcpListener::bind(address).is_ok());
    }
}
