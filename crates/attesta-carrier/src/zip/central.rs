//! The list of an archive's entries: the central directory, or, where an archive was cut off before it, the headers
//! before the entries themselves.

use super::inflate;
use super::name;
use crate::limits::{PARTS, RATIO, RATIO_FROM_BYTES};
use crate::piece::UnpackError;

const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LISTED: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

const ENCRYPTED: u16 = 1;
const SIZES_FOLLOW: u16 = 8;
const UTF_8: u16 = 1 << 11;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// A file in an archive.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) packed_size: usize,
    flags: u16,
    method: u16,
    checksum: u32,
    /// Where its own header begins.
    header_at: usize,
}

/// The entries of an archive.
pub(super) struct Listed {
    pub(super) found: Vec<Entry>,
    /// Whether the archive ends before its directory, so that there may have been more.
    pub(super) is_cut_off: bool,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

fn long_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?)).ok()
}

/// What stands in a field that is too short for its value.
const ELSEWHERE: usize = u32::MAX as usize;

/// The entries, up to the bound and some more.
///
/// # Errors
/// [`UnpackError::Damaged`] if there is none to be found.
pub(super) fn entries(bytes: &[u8]) -> Result<Listed, UnpackError> {
    match directory(bytes) {
        Some(found) => Ok(Listed { found, is_cut_off: false }),
        None => {
            let found = local_entries(bytes);
            if found.is_empty() { Err(UnpackError::Damaged) } else { Ok(Listed { found, is_cut_off: true }) }
        }
    }
}

/// The longest comment of an archive, and the record before it.
const END_WITHIN: usize = (1 << 16) + 22;

fn directory(bytes: &[u8]) -> Option<Vec<Entry>> {
    let from = bytes.len().saturating_sub(END_WITHIN);
    let end = from + bytes[from..].windows(END.len()).rposition(|at| at == END)?;
    let (mut size, mut start) = (size_at(bytes, end + 12)?, size_at(bytes, end + 16)?);
    let mut before = end;
    if size == ELSEWHERE || start == ELSEWHERE || u16_at(bytes, end + 10)? == u16::MAX {
        let long = bytes[..end].windows(END_64.len()).rposition(|at| at == END_64);
        if let Some(long) = long {
            (size, start) = (long_at(bytes, long + 40)?, long_at(bytes, long + 48)?);
            before = long;
        }
    }
    // A program may stand before the archive; the directory then lies that much later than it says.
    let first = before.checked_sub(size)?;
    let shift = first.checked_sub(start)?;
    let mut found = Vec::new();
    let mut at = first;
    while found.len() <= 2 * PARTS && bytes.get(at..)?.starts_with(LISTED) {
        let (name_size, extra_size) = (usize::from(u16_at(bytes, at + 28)?), usize::from(u16_at(bytes, at + 30)?));
        let comment_size = usize::from(u16_at(bytes, at + 32)?);
        let flags = u16_at(bytes, at + 8)?;
        let name = bytes.get(at + 46..at + 46 + name_size)?;
        let extra = bytes.get(at + 46 + name_size..at + 46 + name_size + extra_size)?;
        let (mut packed_size, mut header_at) = (size_at(bytes, at + 20)?, size_at(bytes, at + 42)?);
        let mut longer = long_fields(extra).into_iter();
        if size_at(bytes, at + 24)? == ELSEWHERE {
            longer.next();
        }
        if packed_size == ELSEWHERE {
            packed_size = longer.next()?;
        }
        if header_at == ELSEWHERE {
            header_at = longer.next()?;
        }
        found.push(Entry {
            path: name::decode(name, flags & UTF_8 != 0),
            packed_size,
            flags,
            method: u16_at(bytes, at + 10)?,
            checksum: u32_at(bytes, at + 16)?,
            header_at: header_at.checked_add(shift)?,
        });
        at += 46 + name_size + extra_size + comment_size;
    }
    Some(found)
}

/// The fields of the ZIP64 extra field, in the order in which they replace short ones.
fn long_fields(mut extra: &[u8]) -> Vec<usize> {
    while let (Some(kind), Some(size)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let Some(field) = extra.get(4..4 + usize::from(size)) else { break };
        if kind == 1 {
            return field.chunks_exact(8).filter_map(|field| long_at(field, 0)).collect();
        }
        extra = &extra[4 + usize::from(size)..];
    }
    Vec::new()
}

/// The entries by their own headers, as far as each says where the next one begins.
fn local_entries(bytes: &[u8]) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut at = 0;
    while found.len() <= PARTS && bytes.get(at..).is_some_and(|rest| rest.starts_with(LOCAL)) {
        let read = || {
            let name_size = usize::from(u16_at(bytes, at + 26)?);
            let extra_size = usize::from(u16_at(bytes, at + 28)?);
            let flags = u16_at(bytes, at + 6)?;
            let entry = Entry {
                path: name::decode(bytes.get(at + 30..at + 30 + name_size)?, flags & UTF_8 != 0),
                packed_size: size_at(bytes, at + 18)?,
                flags,
                method: u16_at(bytes, at + 8)?,
                checksum: u32_at(bytes, at + 14)?,
                header_at: at,
            };
            Some((entry, at + 30 + name_size + extra_size))
        };
        let Some((entry, content_at)) = read() else { break };
        if entry.flags & SIZES_FOLLOW != 0 || entry.packed_size == ELSEWHERE {
            break;
        }
        at = content_at + entry.packed_size;
        found.push(entry);
    }
    found
}

impl Entry {
    /// The file as it was before it was packed.
    ///
    /// # Errors
    /// [`UnpackError`] if it is encrypted, damaged, packed in a way that is not read, or larger than `limit` or than
    /// honest files are.
    pub(super) fn unpacked(&self, bytes: &[u8], limit: usize) -> Result<Vec<u8>, UnpackError> {
        if self.flags & ENCRYPTED != 0 {
            return Err(UnpackError::Encrypted);
        }
        let packed = self.packed(bytes).ok_or(UnpackError::Damaged)?;
        let content = match self.method {
            STORED if packed.len() > limit => return Err(UnpackError::TooLarge { limit: limit as u64 }),
            STORED => packed.to_vec(),
            DEFLATED => inflate::inflated(packed, limit.min(self.honest_size()))?,
            _ => return Err(UnpackError::Unsupported { what: "a way of packing other than DEFLATE" }),
        };
        let mut checksum = flate2::Crc::new();
        checksum.update(&content);
        if checksum.sum() == self.checksum { Ok(content) } else { Err(UnpackError::Damaged) }
    }

    fn packed<'a>(&self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let header = bytes.get(self.header_at..).filter(|header| header.starts_with(LOCAL))?;
        let skipped = 30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?);
        header.get(skipped..)?.get(..self.packed_size)
    }

    fn honest_size(&self) -> usize {
        self.packed_size.saturating_mul(RATIO).max(RATIO_FROM_BYTES)
    }

    /// How many bytes are unpacked before it is given up as too large.
    pub(super) fn wasted(&self) -> usize {
        self.honest_size()
    }
}
