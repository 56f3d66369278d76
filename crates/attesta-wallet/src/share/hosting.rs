//! Copies at the VerifierPlus that the learner set: published, and withdrawn again.
//!
//! Nobody is asked but that host, and only when the learner publishes or withdraws.

use attesta_net::{Answered, Ask, Budget, FetchFailureKind, Method};
use attesta_share::verifier_plus::{ANSWER_BYTES, VerifierPlus};
use attesta_store::HostedCopy;
use url::Url;

use crate::address::{check_link, host_of};
use crate::error::WalletError;
use crate::verify::IMPORT_TIME;
use crate::wallet::Wallet;

const JSON: &str = "application/json";

/// A host that may be asked.
pub(super) struct Publisher {
    verifier_plus: VerifierPlus,
    host: String,
}

impl Wallet {
    /// The host that the learner set.
    ///
    /// # Errors
    /// [`WalletError::PublisherNotSet`]; [`WalletError::Fetch`] for an address that may not be asked, such as this
    /// machine's own where that is no longer allowed.
    pub(super) fn publisher(&self) -> Result<Publisher, WalletError> {
        let base = self.publisher_url()?.ok_or(WalletError::PublisherNotSet)?;
        let host = self.admitted(&base)?;
        let verifier_plus = VerifierPlus::at(&base).map_err(|_| WalletError::PublisherNotSet)?;
        Ok(Publisher { verifier_plus, host })
    }

    /// Publishes a signed presentation.
    ///
    /// # Errors
    /// [`WalletError::PublisherRefused`], [`WalletError::PublisherNotUnderstood`],
    /// [`WalletError::PublisherUnreachable`], [`WalletError::Cancelled`].
    pub(super) fn publish(&self, publisher: &Publisher, presentation: &[u8]) -> Result<HostedCopy, WalletError> {
        let Publisher { verifier_plus, host } = publisher;
        let answered = self.asked(Method::Post, verifier_plus.publish_address(), host, presentation);
        let not_understood = || WalletError::PublisherNotUnderstood { host: host.clone() };
        let answered = match answered {
            // It said yes, at such length that what it said is not read.
            Err(WalletError::PublisherUnreachable { failure: FetchFailureKind::TooLarge, .. }) => {
                return Err(not_understood());
            }
            answered => answered?,
        };
        if !(200..300).contains(&answered.status) {
            return Err(WalletError::PublisherRefused { host: host.clone(), status: answered.status });
        }
        let published = verifier_plus.receipt(&answered.bytes).map_err(|_| not_understood())?;
        Ok(HostedCopy { host: host.clone(), view_url: published.view, unshare_url: published.unshare })
    }

    /// Makes a host forget its copy. Only its own word counts; without it the copy is taken to be there still.
    ///
    /// # Errors
    /// As [`Wallet::publish`].
    pub(super) fn withdraw(&self, copy: &HostedCopy, presentation: &[u8]) -> Result<(), WalletError> {
        let host = self.admitted(&copy.unshare_url)?;
        let status = self.asked(Method::Delete, copy.unshare_url.clone(), &host, presentation)?.status;
        match VerifierPlus::forgot(status) {
            true => Ok(()),
            false => Err(WalletError::PublisherRefused { host, status }),
        }
    }

    /// The host of an address that may be asked.
    fn admitted(&self, address: &str) -> Result<String, WalletError> {
        let url = Url::parse(address).map_err(|_| WalletError::AddressNotAllowed)?;
        check_link(&url, self.loopback())?;
        Ok(host_of(&url))
    }

    fn asked(&self, method: Method, url: String, host: &str, presentation: &[u8]) -> Result<Answered, WalletError> {
        let running = self.stoppable();
        let budget = Budget::new(IMPORT_TIME).with_cancel(running.cancel.clone());
        let body = Some((JSON.to_owned(), VerifierPlus::body(presentation)));
        let ask = Ask { method, url, accept: JSON.to_owned(), bearer: None, body, limit: ANSWER_BYTES };
        self.fetch().ask(&ask, &budget).map_err(|failure| match failure {
            FetchFailureKind::Cancelled => WalletError::Cancelled,
            failure => WalletError::PublisherUnreachable { host: host.to_owned(), failure },
        })
    }
}
