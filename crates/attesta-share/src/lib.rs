//! A bundle of credentials becomes a signed presentation, a link and a QR code, and a link becomes a presentation again.
//!
//! The way out: [`sign_presentation`], then [`ShareLink::encode`] and [`QrCode::for_link`]. The way back:
//! [`read_presentation`]. [`sign_document`] secures any JSON-LD document with a key in memory. Nothing here opens a
//! file or a socket, reads a clock or draws randomness: times, seeds and challenges are handed in.

mod arrival;
mod deflate;
mod digits;
mod encoding;
mod key;
mod link;
mod open;
mod page_file;
mod passphrase;
mod payload;
mod predict;
mod presentation;
mod qr;
mod scan;
mod sealed;
mod sequence;
mod sign;
pub mod verifier_plus;

pub use ed25519_dalek::SigningKey;

pub use encoding::PayloadEncoding;
pub use key::HolderKey;
pub use link::{COMFORTABLE_CHARS, OpenLinkError, SCHEME_BASE, ShareLink, is_share_link};
pub use open::{OpenError, Received, read_presentation, read_unsealed};
pub use page_file::payload_of_page;
pub use passphrase::{
    FEWEST_PASSPHRASE_CHARS, FEWEST_PASSPHRASE_WORDS, PASSPHRASE_RANDOM_BYTES, Passphrase, PassphraseError,
    passphrase_from,
};
pub use payload::{Carried, MAX_PRESENTATION_BYTES, payload_text, sealed_payload_text};
pub use presentation::{Bundle, BundleEntry, PresentError, PresentationTerms, SignedPresentation, sign_presentation};
pub use qr::{QrCode, TooLong};
pub use scan::{GreyPicture, read_codes, search_codes};
pub use sealed::{SEAL_RANDOM_BYTES, SealedPayload, UnsealError};
pub use sequence::{Sequence, SequenceError, SequenceProgress, SequenceReader};
pub use sign::{ProofOptions, ProofPurpose, SignError, sign_document, sign_document_in_set};

#[cfg(test)]
mod distortion_tests;
