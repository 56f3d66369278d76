//! Why a claim gave no credential.

use attesta_credential::ReadError;
use attesta_verify::FetchFailureKind;
use thiserror::Error;

/// Why a claim gave no credential.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClaimError {
    /// A host did not answer as it should.
    #[error("{host} could not be asked")]
    Fetch {
        /// The host.
        host: String,
        /// Why.
        failure: FetchFailureKind,
    },
    /// The claim is over: it has expired, was used, or never was. The learner needs a fresh link.
    #[error("the claim at {host} has expired or was used")]
    Expired {
        /// The host.
        host: String,
    },
    /// The issuer did not accept the proof of the wallet's key.
    #[error("{host} did not accept the proof")]
    ProofRefused {
        /// The host.
        host: String,
        /// The issuer's own words or code, at most 300 characters.
        said: Option<String>,
    },
    /// The issuer refused for another reason that it names.
    #[error("{host} refused")]
    Refused {
        /// The host.
        host: String,
        /// The issuer's own words or code, at most 300 characters.
        said: Option<String>,
    },
    /// The issuer has the credential ready later.
    #[error("{host} has it ready later")]
    NotReady {
        /// The host.
        host: String,
        /// When to try again, in seconds, where the issuer says so.
        seconds: Option<u64>,
    },
    /// The issuer's answer does not follow the protocol.
    #[error("the answer of {host} can't be understood: {what}")]
    NotUnderstood {
        /// The host.
        host: String,
        /// What is wrong, a fixed text for bug reports.
        what: &'static str,
    },
    /// The page wants the learner to sign in, which only a browser can do: the badge file can be downloaded there.
    #[error("{host} wants the learner to sign in")]
    SignInNeeded {
        /// The host.
        host: String,
    },
    /// The page carries no credential and leads to none.
    #[error("the page of {host} leads to no credential")]
    NoCredentialOnPage {
        /// The host.
        host: String,
    },
    /// What the address gave is no credential that we read.
    #[error("what {host} gave can't be read: {error}")]
    Unreadable {
        /// The host.
        host: String,
        /// Why.
        error: ReadError,
    },
    /// The link asks the learner to show credentials rather than to take one.
    #[error("{host} asks for credentials")]
    AsksForCredentials {
        /// The host.
        host: String,
    },
    /// A way of claiming that is recognised and not supported.
    #[error("{what} is not supported")]
    Unsupported {
        /// Its name, as people who work with it say it.
        what: &'static str,
    },
    /// The issuer kept asking without end.
    #[error("{host} kept asking")]
    TooManyRounds {
        /// The host.
        host: String,
    },
    /// The wallet could not sign its proof.
    #[error("the proof can't be signed: {what}")]
    CannotSign {
        /// Why.
        what: String,
    },
}
