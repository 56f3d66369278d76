//! A demo issuer: two invented schools that issue real, signed Open Badges 3.0 from a loopback port.
//!
//! [`Issuer::start`] serves their DID documents, status lists, claim links of every kind that a wallet meets, the
//! protocols behind them (which it keeps to strictly: a proof is verified, a claim ends when it is used or old), and
//! answers that no wallet may fall for. Nothing leaves the machine.

mod catalogue;
mod claims;
mod collect;
mod credential;
mod drawer;
mod exchange;
mod hostile;
mod http;
mod identity;
mod issuer;
mod key_proof;
mod links;
mod mail;
mod office;
mod openid;
mod page;
mod picture;
mod presented;
mod routes;
mod signing;
mod status;

pub use catalogue::{LEARNER_EMAIL, LEARNER_NAME};
pub use claims::Told;
pub use issuer::{ClaimLink, HostileLink, Issuer, IssuerOptions};
pub use mail::MailLanguage;
pub use office::{Clock, NoSuchCredential, system_clock};
