//! The claims that are open: what was promised to whom, and how far each conversation has come.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::drawer::Drawer;

/// The form of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// A credential request of the Digital Credentials Consortium.
    CredentialRequest,
    /// An exchange of the VC API.
    VcApi,
}

/// A challenge that was given out and the exchange that it belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Challenge {
    pub(crate) exchange: String,
    pub(crate) way: Way,
}

/// What is asked beside the pre-authorised code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CodeWanted {
    None,
    /// This code, which the learner gets another way; wrong answers so far.
    Digits {
        code: &'static str,
        wrong: u8,
    },
}

/// When a credential is ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ready {
    AtOnce,
    Later,
}

/// A credential offer, kept under its pre-authorised code.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    pub(crate) code: CodeWanted,
    pub(crate) ready: Ready,
}

/// What an access token allows.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) ready: Ready,
    pub(crate) collected: bool,
}

/// A credential that is handed over later.
#[derive(Debug, Clone)]
pub(crate) struct Deferred {
    pub(crate) token: String,
    pub(crate) holder: String,
    pub(crate) asked: u8,
}

/// What a wallet told of a credential that was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The credential's number.
    pub n: usize,
    /// `credential_accepted`, `credential_deleted` or `credential_failure`.
    pub event: String,
}

/// All open claims.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    seed: [u8; 32],
    drawn: u64,
    /// Credentials whose plain claim links are over.
    pub(crate) closed: BTreeSet<usize>,
    /// By the name in the exchange's address.
    pub(crate) exchanges: Drawer<Way>,
    /// By the challenge.
    pub(crate) challenges: Drawer<Challenge>,
    /// By the pre-authorised code.
    pub(crate) offers: Drawer<Offer>,
    /// Pre-authorised codes by the name in the offer's address.
    pub(crate) offered: Drawer<String>,
    /// By the access token.
    pub(crate) grants: Drawer<Grant>,
    /// Nonces that may stand in a proof.
    pub(crate) nonces: Drawer<()>,
    /// By the transaction's name.
    pub(crate) deferred: Drawer<Deferred>,
    /// By the name in a notification.
    pub(crate) handed_over: Drawer<()>,
    /// What was told of them, in order.
    pub(crate) told: Vec<Told>,
}

impl Claims {
    pub(crate) fn new(seed: [u8; 32]) -> Claims {
        Claims { seed, ..Claims::default() }
    }

    /// A name that was not given out before. It follows from the seed, as this issuer guards nothing of value.
    pub(crate) fn draw(&mut self) -> String {
        self.drawn += 1;
        let digest = Sha256::new().chain_update(self.seed).chain_update(self.drawn.to_be_bytes()).finalize();
        URL_SAFE_NO_PAD.encode(&digest[..16])
    }

    /// An exchange for credential `n`, and a challenge of it.
    pub(crate) fn open_exchange(&mut self, n: usize, way: Way, now: Timestamp) -> String {
        let name = self.draw();
        self.exchanges.keep(&name, n, way, now);
        name
    }

    /// A challenge for an open exchange; none where there is no such exchange.
    pub(crate) fn challenge(&mut self, exchange: &str, way: Way, now: Timestamp) -> Option<String> {
        let (n, found) = self.exchanges.look(exchange, now).map(|(n, way)| (n, *way))?;
        if found != way {
            return None;
        }
        let challenge = self.draw();
        self.challenges.keep(&challenge, n, Challenge { exchange: exchange.to_owned(), way }, now);
        Some(challenge)
    }

    /// Ends an exchange with the challenge that was answered: its credential's number, once.
    pub(crate) fn settle(&mut self, challenge: &str, now: Timestamp) -> Option<usize> {
        let (n, Challenge { exchange, .. }) = self.challenges.take(challenge, now)?;
        self.exchanges.take(&exchange, now).map(|_| n)
    }

    /// A pre-authorised code for credential `n`.
    pub(crate) fn open_offer(&mut self, n: usize, offer: Offer, now: Timestamp) -> String {
        let code = self.draw();
        self.offers.keep(&code, n, offer, now);
        code
    }

    /// Ends every claim of credential `n`, and its plain links.
    pub(crate) fn expire(&mut self, n: usize) {
        self.closed.insert(n);
        self.exchanges.forget(n);
        self.challenges.forget(n);
        self.offers.forget(n);
        self.offered.forget(n);
        self.grants.forget(n);
        self.deferred.forget(n);
        self.handed_over.forget(n);
    }
}
