//! What every connection shares: the schools' keys, what they signed, and the claims that are open.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::catalogue::{BADGES, School};
use crate::claims::Claims;
use crate::identity::Identity;
use crate::issuer::IssuerOptions;
use crate::status::Purpose;
use crate::{credential, links, picture, signing, status};

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

/// The demo offers no credential of this number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("there is no credential {0}")]
pub struct NoSuchCredential(pub usize);

/// What every connection shares.
pub(crate) struct Office {
    pub(crate) base_url: String,
    pub(crate) started: Timestamp,
    now: Clock,
    identities: [Identity; 2],
    /// Signed once, so that claiming twice gives the same bytes.
    signed: Mutex<BTreeMap<usize, Arc<Vec<u8>>>>,
    /// Drawn once, as that takes a while.
    pictures: Mutex<BTreeMap<usize, Arc<Vec<u8>>>>,
    marked: Mutex<BTreeMap<Purpose, BTreeSet<usize>>>,
    pub(crate) stopped: AtomicBool,
    pub(crate) connections: AtomicUsize,
    claims: Mutex<Claims>,
}

impl Office {
    pub(crate) fn new(options: IssuerOptions, port: u16) -> Office {
        let started = whole_seconds((options.now)());
        Office {
            base_url: format!("http://localhost:{port}"),
            started,
            now: options.now,
            identities: School::ALL.map(|school| Identity::new(school, port, &options.seed)),
            signed: Mutex::default(),
            pictures: Mutex::default(),
            marked: Mutex::default(),
            stopped: AtomicBool::new(false),
            connections: AtomicUsize::new(0),
            claims: Mutex::new(Claims::new(options.seed)),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// The open claims; not to be held while anything is signed.
    pub(crate) fn claims(&self) -> MutexGuard<'_, Claims> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A link of this kind to credential `n`, which must be one of the catalogue.
    pub(crate) fn link(&self, kind: &str, n: usize) -> String {
        links::link(self, kind, n)
    }

    /// Credential `n`, which must be one of the catalogue, signed anew for the holder of a key.
    pub(crate) fn issue_to(&self, n: usize, holder: &str) -> Vec<u8> {
        let badge = &BADGES[n - 1];
        let identity = self.identity(badge.school);
        let mut document = credential::unsigned(badge, n, &self.base_url, &identity.did, self.started);
        let short: String = Sha256::digest(holder)[..6].iter().map(|byte| format!("{byte:02x}")).collect();
        document["id"] = json!(format!("{}{}/credentials/{n}/{short}", self.base_url, badge.school.path()));
        document["credentialSubject"]["id"] = json!(holder);
        self.sign(&document, identity, whole_seconds(self.now()))
    }

    /// Ends every claim of credential `n`: those that are open, and its plain links.
    pub(crate) fn expire(&self, n: usize) -> Result<(), NoSuchCredential> {
        number(n)?;
        self.claims().expire(n);
        Ok(())
    }

    /// Lets credential `n` be claimed again by its plain links.
    pub(crate) fn reopen(&self, n: usize) -> Result<(), NoSuchCredential> {
        number(n)?;
        self.claims().closed.remove(&n);
        Ok(())
    }

    /// Whether the plain links of credential `n` are over.
    pub(crate) fn is_closed(&self, n: usize) -> bool {
        self.claims().closed.contains(&n)
    }

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
pub(crate) fn number(n: usize) -> Result<usize, NoSuchCredential> {
    if (1..=BADGES.len()).contains(&n) { Ok(n - 1) } else { Err(NoSuchCredential(n)) }
}

fn whole_seconds(time: Timestamp) -> Timestamp {
    time - SignedDuration::from_nanos(i64::from(time.subsec_nanosecond()))
}
