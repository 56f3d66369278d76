//! A bundle of credentials becomes a signed presentation, a link and a QR code, and a link becomes a presentation again.
//!
//! The way out: [`sign_presentation`], then [`ShareLink::encode`] and [`QrCode::for_link`]. The way back:
//! [`read_presentation`]. [`sign_document`] secures any JSON-LD document with a key in memory. Nothing here opens a
//! file or a socket, reads a clock or draws randomness: times, seeds and challenges are handed in.

mod digits;
mod key;
mod link;
mod open;
mod payload;
mod presentation;
mod qr;
mod sign;

pub use ed25519_dalek::SigningKey;

pub use key::HolderKey;
pub use link::{COMFORTABLE_CHARS, OpenLinkError, SCHEME_BASE, ShareLink, is_share_link};
pub use open::{OpenError, Received, read_presentation};
pub use payload::{MAX_PRESENTATION_BYTES, PayloadEncoding, VERSION};
pub use presentation::{Bundle, BundleEntry, PresentError, PresentationTerms, SignedPresentation, sign_presentation};
pub use qr::{QrCode, TooLong};
pub use sign::{ProofOptions, ProofPurpose, SignError, sign_document, sign_document_in_set};
