//! What carriers hold, by building them.

mod altered;
mod archives;
mod mailboxes;
mod mails;
mod wallets;

use std::io::Write;

use attesta_carrier::{Content, Unpacked, unpack};
use flate2::Compression;
use flate2::write::DeflateEncoder;

/// A credential with odd spacing and letters of many kinds, to be had back byte for byte.
pub(crate) const CREDENTIAL: &str = "{ \"@context\" : [\"https://www.w3.org/ns/credentials/v2\"],\n  \"type\":[\"VerifiableCredential\"], \"name\":\"Comp\u{e9}tence \u{1f393} \u{0634}\u{0647}\u{0627}\u{062f}\u{0629} \u{05ea}\u{05e2}\u{05d5}\u{05d3}\u{05d4}\" }\n";

/// All pieces as lines, each with its carriers: what a test compares.
pub(crate) fn told(unpacked: &Unpacked) -> Vec<String> {
    unpacked
        .pieces
        .iter()
        .map(|piece| {
            let content = match &piece.content {
                Content::Document { bytes, .. } if bytes == CREDENTIAL.as_bytes() => "the credential".to_owned(),
                Content::Document { bytes, .. } => format!("{} bytes", bytes.len()),
                Content::Text(text) => format!("text {}", text.trim().replace("\r\n", "\n").replace('\n', " | ")),
                Content::Code(text) => format!("code {text}"),
            };
            let path: Vec<&str> = piece.within.iter().chain([&piece.name]).map(String::as_str).collect();
            format!("{}: {content}", path.join(" > "))
        })
        .chain(unpacked.skipped.iter().map(|skipped| format!("skipped {}: {}", skipped.name, skipped.why)))
        .collect()
}

#[track_caller]
pub(crate) fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &[&str]) {
    assert_eq!(told(&unpack(name, bytes.as_ref()).unwrap()), expected);
}

#[track_caller]
pub(crate) fn check_refused(name: &str, bytes: impl AsRef<[u8]>, expected: &str) {
    assert_eq!(unpack(name, bytes.as_ref()).unwrap_err().to_string(), expected);
}

/// An entry of an archive: its name, its content and how it is packed.
pub(crate) struct Packed {
    pub(crate) name: Vec<u8>,
    pub(crate) packed: Vec<u8>,
    pub(crate) size: usize,
    pub(crate) checksum: u32,
    pub(crate) method: u16,
    pub(crate) flags: u16,
}

pub(crate) fn deflated(name: &str, content: &[u8]) -> Packed {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    let mut checksum = flate2::Crc::new();
    checksum.update(content);
    let packed = encoder.finish().unwrap();
    Packed { name: name.into(), packed, size: content.len(), checksum: checksum.sum(), method: 8, flags: 1 << 11 }
}

pub(crate) fn stored(name: &str, content: &[u8]) -> Packed {
    Packed { packed: content.to_vec(), method: 0, ..deflated(name, content) }
}

fn header(entry: &Packed) -> Vec<u8> {
    let mut bytes = Vec::new();
    for value in [20, entry.flags, entry.method, 0, 0] {
        bytes.extend(value.to_le_bytes());
    }
    for value in [entry.checksum, entry.packed.len() as u32, entry.size as u32] {
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend((entry.name.len() as u16).to_le_bytes());
    bytes.extend(0u16.to_le_bytes());
    bytes
}

/// An archive, and where its directory begins.
pub(crate) fn zip(entries: &[Packed]) -> Vec<u8> {
    let (mut bytes, mut starts) = (Vec::new(), Vec::new());
    for entry in entries {
        starts.push(bytes.len() as u32);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(header(entry));
        bytes.extend(&entry.name);
        bytes.extend(&entry.packed);
    }
    with_directory(bytes, entries, &starts)
}

/// Puts a directory behind entries that begin at `starts`.
pub(crate) fn with_directory(mut bytes: Vec<u8>, entries: &[Packed], starts: &[u32]) -> Vec<u8> {
    let directory = bytes.len();
    for (entry, start) in entries.iter().zip(starts) {
        bytes.extend(b"PK\x01\x02\x14\0");
        bytes.extend(header(entry));
        bytes.extend([0; 10]);
        bytes.extend(start.to_le_bytes());
        bytes.extend(&entry.name);
    }
    let size = (bytes.len() - directory) as u32;
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([(entries.len() as u16).to_le_bytes(), (entries.len() as u16).to_le_bytes()].concat());
    bytes.extend(size.to_le_bytes());
    bytes.extend((directory as u32).to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}
