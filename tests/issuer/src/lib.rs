//! A demo issuer: two invented schools that issue real, signed Open Badges 3.0 from a loopback port.
//!
//! [`Issuer::start`] serves their DID documents, status lists, claim links of every kind that a wallet meets, and
//! answers that no wallet may fall for. Nothing leaves the machine.

mod catalogue;
mod credential;
mod hostile;
mod http;
mod identity;
mod issuer;
mod page;
mod picture;
mod routes;
mod signing;
mod status;

pub use catalogue::{LEARNER_EMAIL, LEARNER_NAME};
pub use issuer::{ClaimLink, Clock, HostileLink, Issuer, IssuerOptions, NoSuchCredential, system_clock};
