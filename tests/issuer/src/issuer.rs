//! The server: it starts on a loopback port, answers until it is dropped, and keeps what is revoked.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::Value;
use thiserror::Error;

use crate::catalogue::{BADGES, School};
use crate::hostile;
use crate::http::Request;
use crate::identity::Identity;
use crate::status::Purpose;
use crate::{credential, picture, routes, signing, status};

/// Connections answered at once; one more waits for none of them and is closed.
const CONNECTIONS: usize = 64;

/// Width of the picture that a credential is baked into, in pixels.
const BAKED_SIDE: u32 = 320;

/// Tells the server the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The clock of this machine.
pub fn system_clock() -> Clock {
    Arc::new(|| {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::UNIX_EPOCH + since_1970
    })
}

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
    /// How the credential comes: `json`, `jsonapp`, `png`, `page`, `download`, `negotiated`.
    pub kind: &'static str,
    /// The address.
    pub url: String,
    /// The credential's name.
    pub title: &'static str,
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

/// The demo offers no credential of this number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("there is no credential {0}")]
pub struct NoSuchCredential(pub usize);

/// A running demo issuer; it stops when dropped.
pub struct Issuer {
    /// `http://localhost:PORT`.
    pub base_url: String,
    office: Arc<Office>,
    address: SocketAddr,
    listener: Option<JoinHandle<()>>,
}

/// What every connection shares.
pub(crate) struct Office {
    pub(crate) base_url: String,
    started: Timestamp,
    now: Clock,
    identities: [Identity; 2],
    /// Signed once, so that claiming twice gives the same bytes.
    signed: Mutex<BTreeMap<usize, Arc<Vec<u8>>>>,
    /// Drawn once, as that takes a while.
    pictures: Mutex<BTreeMap<usize, Arc<Vec<u8>>>>,
    marked: Mutex<BTreeMap<Purpose, BTreeSet<usize>>>,
    pub(crate) stopped: AtomicBool,
    connections: AtomicUsize,
}

impl Issuer {
    /// Binds the port and answers from threads of its own.
    ///
    /// # Errors
    /// The port can't be bound.
    pub fn start(options: IssuerOptions) -> io::Result<Issuer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        let address = listener.local_addr()?;
        let base_url = format!("http://localhost:{}", address.port());
        let now = (options.now)();
        let office = Arc::new(Office {
            base_url: base_url.clone(),
            started: whole_seconds(now),
            now: options.now,
            identities: School::ALL.map(|school| Identity::new(school, address.port(), &options.seed)),
            signed: Mutex::default(),
            pictures: Mutex::default(),
            marked: Mutex::default(),
            stopped: AtomicBool::new(false),
            connections: AtomicUsize::new(0),
        });
        let listening = Arc::clone(&office);
        let listener = thread::spawn(move || accept(&listener, &listening));
        Ok(Issuer { base_url, office, address, listener: Some(listener) })
    }

    /// One claim link of each kind, in turn over the credentials on offer, then the JSON links of the rest.
    pub fn claim_links(&self) -> Vec<ClaimLink> {
        routes::CLAIM_KINDS
            .iter()
            .enumerate()
            .map(|(place, kind)| (*kind, place % BADGES.len() + 1))
            .chain([("json", 2), ("json", 3), ("json", 4), ("json", 5)])
            .map(|(kind, n)| ClaimLink {
                kind,
                url: format!("{}/claim/{kind}/{n}", self.base_url),
                title: BADGES[n - 1].name,
            })
            .collect()
    }

    /// The link by which credential `n`, counted from one, is claimed as `kind`.
    ///
    /// # Errors
    /// [`NoSuchCredential`] if the demo has no such number.
    pub fn claim_link(&self, kind: &str, n: usize) -> Result<String, NoSuchCredential> {
        number(n)?;
        Ok(format!("{}/claim/{kind}/{n}", self.base_url))
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

impl Office {
    pub(crate) fn identity(&self, school: School) -> &Identity {
        &self.identities[school as usize]
    }

    /// The signed credential `n` of the catalogue.
    pub(crate) fn credential(&self, n: usize) -> Result<Arc<Vec<u8>>, NoSuchCredential> {
        let badge = &BADGES[number(n)?];
        let mut signed = self.signed.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = signed.entry(n).or_insert_with(|| {
            let identity = self.identity(badge.school);
            let document = credential::unsigned(badge, n, &self.base_url, &identity.did, self.started);
            Arc::new(self.sign(&document, identity, self.started))
        });
        Ok(Arc::clone(bytes))
    }

    /// The same, baked into its picture.
    pub(crate) fn baked(&self, n: usize) -> Result<Vec<u8>, NoSuchCredential> {
        let credential = self.credential(n)?;
        let baked = attesta_credential::bake_png(&self.picture(n)?, &credential);
        Ok(baked.expect("a picture that was just drawn takes a credential"))
    }

    /// The picture of credential `n` alone.
    pub(crate) fn picture(&self, n: usize) -> Result<Arc<Vec<u8>>, NoSuchCredential> {
        let badge = &BADGES[number(n)?];
        let mut pictures = self.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(pictures.entry(n).or_insert_with(|| Arc::new(picture::draw(badge, BAKED_SIDE)))))
    }

    /// The signed status list of a school as it stands now.
    pub(crate) fn status_list(&self, school: School, purpose: Purpose) -> Vec<u8> {
        let now = whole_seconds((self.now)());
        let set = {
            let marked = self.marked.lock().unwrap_or_else(PoisonError::into_inner);
            marked.get(&purpose).cloned().unwrap_or_default()
        };
        let identity = self.identity(school);
        let list = status::unsigned_list(school, purpose, &self.base_url, &identity.did, &set, now);
        self.sign(&list, identity, now)
    }

    pub(crate) fn mark(&self, n: usize, purpose: Purpose) -> Result<(), NoSuchCredential> {
        number(n)?;
        self.marked.lock().unwrap_or_else(PoisonError::into_inner).entry(purpose).or_default().insert(n);
        Ok(())
    }

    pub(crate) fn unsuspend(&self, n: usize) -> Result<(), NoSuchCredential> {
        number(n)?;
        let mut marked = self.marked.lock().unwrap_or_else(PoisonError::into_inner);
        marked.entry(Purpose::Suspension).or_default().remove(&n);
        Ok(())
    }

    fn sign(&self, document: &Value, identity: &Identity, created: Timestamp) -> Vec<u8> {
        signing::sign(document, identity, created)
    }
}

/// The place in the catalogue of credential `n`, counted from one.
fn number(n: usize) -> Result<usize, NoSuchCredential> {
    if (1..=BADGES.len()).contains(&n) { Ok(n - 1) } else { Err(NoSuchCredential(n)) }
}

fn whole_seconds(time: Timestamp) -> Timestamp {
    time - SignedDuration::from_nanos(i64::from(time.subsec_nanosecond()))
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
            let path = link.url.strip_prefix(&issuer.base_url).unwrap();
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
