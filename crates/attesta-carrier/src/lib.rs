//! What carries credentials and links without being one: mails and mailboxes, archives, other wallets' backup files,
//! pictures of QR codes.
//!
//! [`unpack`] takes a file apart until only documents and texts are left. It judges nothing, touches no file, socket or
//! clock, and holds every limit of its own. [`write_backup`] writes what other wallets read.

mod backpack;
mod backup;
mod kind;
pub mod limits;
mod mail;
mod mailbox;
mod page;
mod picture;
mod piece;
mod shortcut;
mod text;
mod unpacking;
mod wallet;
mod zip;

use std::borrow::Cow;

pub use backup::{BackupContents, write_backup};
pub use piece::{Content, Letter, Piece, Skipped, UnpackError, Unpacked};

use unpacking::{Place, Unpacking};

/// Takes a file apart. What it does not recognise as a carrier is one piece: the file itself.
///
/// # Errors
/// [`UnpackError`] if the file as a whole can't be taken apart; parts that can't be are [`Skipped`].
pub fn unpack(name: &str, bytes: &[u8]) -> Result<Unpacked, UnpackError> {
    if bytes.len() > limits::INPUT_BYTES {
        return Err(UnpackError::TooLarge { limit: limits::INPUT_BYTES as u64 });
    }
    let mut unpacking = Unpacking::new();
    unpacking.look(Place::of_file(name), None, Cow::Borrowed(bytes))?;
    Ok(unpacking.finish())
}
