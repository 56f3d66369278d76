//! Credentials that the issuer promises for later,
//! [OpenID4VCI 1.0 section 9](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-9).

use std::time::Duration;

use serde_json::json;

use super::credential::Ticket;
use super::endpoint::Endpoint;
use crate::error::ClaimError;
use crate::exchange::{ClaimRequest, Secret};

/// Longest single wait in seconds: as long as somebody looks at a window in which nothing moves.
const LONGEST_WAIT: u64 = 30;
/// Longest wait for all that was promised, in seconds.
const LONGEST_ALTOGETHER: u64 = 60;
/// What is waited where the issuer does not say, as RFC 8628 section 3.2 has it for the same purpose.
const USUAL_WAIT: u64 = 5;
/// Most waits for all that was promised.
const MOST_WAITS: u8 = 4;

/// A credential that was promised.
#[derive(Debug)]
pub(super) struct Deferral {
    /// What it is asked for with.
    pub(super) ticket: Ticket,
    /// How long to wait before asking, in seconds.
    pub(super) interval: Option<u64>,
}

impl Deferral {
    /// The request for it.
    pub(super) fn request(&self, endpoint: &Endpoint, token: &Secret) -> ClaimRequest {
        match &self.ticket {
            Ticket::Transaction(Secret(id)) => endpoint.post_json(token, &json!({"transaction_id": id})),
            Ticket::Acceptance(acceptance) => endpoint.post_json(acceptance, &json!({})),
        }
    }

    /// The error for one that was not waited for any longer.
    pub(super) fn not_ready(&self, host: String) -> ClaimError {
        ClaimError::NotReady { host, seconds: self.interval }
    }
}

/// How much was waited.
#[derive(Debug, Default)]
pub(super) struct Patience {
    waits: u8,
    seconds: u64,
}

impl Patience {
    /// The wait that a deferral asks for, unless that is more than a learner waits.
    pub(super) fn wait(&mut self, deferral: &Deferral) -> Option<Duration> {
        let seconds = deferral.interval.unwrap_or(USUAL_WAIT).max(1);
        if seconds > LONGEST_WAIT || self.seconds + seconds > LONGEST_ALTOGETHER || self.waits == MOST_WAITS {
            return None;
        }
        self.waits += 1;
        self.seconds += seconds;
        Some(Duration::from_secs(seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(intervals: &[Option<u64>], expected: &[Option<u64>]) {
        let mut patience = Patience::default();
        let waits = intervals.iter().map(|interval| {
            let ticket = Ticket::Transaction(Secret("t".to_owned()));
            patience.wait(&Deferral { ticket, interval: *interval }).map(|wait| wait.as_secs())
        });
        assert_eq!(waits.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn waits_are_short_few_and_at_most_a_minute_together() {
        check(&[None, Some(0), Some(30)], &[Some(5), Some(1), Some(30)]);
        check(&[Some(31)], &[None]);
        check(&[Some(30), Some(30), Some(1)], &[Some(30), Some(30), None]);
        check(&[Some(1); 5], &[Some(1), Some(1), Some(1), Some(1), None]);
        check(&[Some(u64::MAX)], &[None]);
    }
}
