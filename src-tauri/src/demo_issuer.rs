//! In a development build: the demo issuer on loopback, started when it is first asked for.

use std::sync::{Arc, Mutex, PoisonError};

use attesta_issuer::{Issuer, IssuerOptions};
use attesta_wallet::clock::{Clock, SystemClock};
use attesta_wallet::command::DemoLink;

/// A fixed key, as this issuer attests nothing to anybody.
const SEED: [u8; 32] = *b"the demo issuer attests nothing.";

/// The demo issuer, once it runs.
#[derive(Default)]
pub(crate) struct DemoIssuer(Mutex<Option<Issuer>>);

impl DemoIssuer {
    /// Its claim links; none where it can't be started.
    pub(crate) fn links(&self) -> Vec<DemoLink> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_none() {
            let now = Arc::new(|| SystemClock.now());
            *running = Issuer::start(IssuerOptions { port: 0, seed: SEED, now }).ok();
        }
        let links = running.as_ref().map(Issuer::claim_links).unwrap_or_default();
        links
            .into_iter()
            .map(|link| DemoLink {
                kind: link.kind.to_owned(),
                url: link.url,
                code: link.code.map(|code| code.to_owned()),
            })
            .collect()
    }
}
