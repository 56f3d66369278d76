//! ZIP archives, [APPNOTE](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT): stored and deflated entries.
//! Names are labels only: nothing is ever written to them.

mod central;
mod inflate;
mod name;

use crate::limits::PARTS;
use crate::piece::UnpackError;
use crate::unpacking::{Place, Standing, Unpacking, label};

use central::{Entry, entries};

/// What an archive turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Archive {
    /// Files, which were looked into.
    OfFiles,
    /// One document that is written as an archive: a text document, a book, a program.
    OfOneDocument,
}

/// Entries by which a document that is written as an archive is known.
const DOCUMENT_ENTRIES: [&str; 4] = ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"];

/// What systems put into archives beside what people put there.
const LITTER: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX"];

/// Takes an archive apart.
///
/// # Errors
/// [`UnpackError`] if it nests too deeply, or is no archive at all.
pub(crate) fn unpack(unpacking: &mut Unpacking, place: &Place, bytes: &[u8]) -> Result<Archive, UnpackError> {
    let listed = entries(bytes)?;
    if listed.found.iter().any(|entry| DOCUMENT_ENTRIES.contains(&entry.path.as_str())) {
        return Ok(Archive::OfOneDocument);
    }
    unpacking.enter(place)?;
    if is_learncard_bundle(&listed.found, bytes) {
        return Err(UnpackError::Unsupported { what: "a LearnCard bundle" });
    }
    if listed.is_cut_off {
        unpacking.skip(place.clone(), UnpackError::Damaged);
    }
    // Entries that lie over each other are how a small archive unpacks without end: an honest one is read once.
    let mut unread = bytes.len();
    let mut taken = 0;
    for entry in listed.found.iter().filter(|entry| !is_litter(&entry.path)) {
        let part = place.part(&label(&entry.path), Standing::Enclosed);
        taken += 1;
        if taken > PARTS || unpacking.is_full() {
            unpacking.skip(part, UnpackError::TooMany { limit: PARTS });
            break;
        }
        let Some(left) = unread.checked_sub(entry.packed_size) else {
            unpacking.skip(part, UnpackError::Damaged);
            break;
        };
        unread = left;
        match entry.unpacked(bytes, unpacking.unpacked_left()) {
            Ok(content) => match unpacking.spend(content.len()) {
                Ok(()) => unpacking.take(part, None, &content),
                Err(why) => unpacking.skip(part, why),
            },
            Err(why) => {
                // What was unpacked in vain counts too.
                let is_too_large = matches!(why, UnpackError::TooLarge { .. });
                unpacking.skip(part, why);
                if is_too_large && unpacking.spend(entry.wasted()).is_err() {
                    break;
                }
            }
        }
    }
    Ok(Archive::OfFiles)
}

fn is_litter(path: &str) -> bool {
    path.ends_with('/') || path.split('/').any(|part| LITTER.contains(&part) || part.starts_with("._"))
}

/// LearnCard's backup: a readable manifest beside encrypted entries.
fn is_learncard_bundle(entries: &[Entry], bytes: &[u8]) -> bool {
    let Some(manifest) = entries.iter().find(|entry| entry.path == "manifest.json") else { return false };
    manifest.unpacked(bytes, 1 << 20).is_ok_and(|content| {
        let text = String::from_utf8_lossy(&content).to_ascii_lowercase();
        text.contains("learncard") || text.contains("argon2")
    })
}
