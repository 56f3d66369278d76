//! One badge in each form.

use std::io::Write;

use attesta_share::{PayloadEncoding, QrCode, ShareLink, payload_text};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::cbor::cbor;
use crate::families::Badge;

/// The address in front of each payload: 28 characters.
pub(crate) const BASE: &str = "https://verify.example.org/b";

/// The version up to which a telephone reads a code off a laptop's screen.
pub(crate) const SCANS_WELL: u8 = 22;

/// What one badge comes to.
pub(crate) struct Measured {
    pub(crate) family: &'static str,
    /// Its own bytes.
    pub(crate) json: usize,
    /// The payload's bytes: checksum and all.
    pub(crate) ours: usize,
    /// Raw DEFLATE of the same bytes, at its best.
    pub(crate) deflate: usize,
    /// Raw DEFLATE of the badge in CBOR; a token, which is no JSON, as its text.
    pub(crate) cbor: usize,
    /// The characters of the link.
    pub(crate) link: usize,
    /// The least QR version of the link in digits at level L, with each compression; 41 where none holds it.
    pub(crate) version: u8,
    pub(crate) version_deflate: u8,
    pub(crate) version_cbor: u8,
}

pub(crate) fn measure(badge: &Badge) -> Measured {
    let link = ShareLink::encode(BASE, &badge.bytes, PayloadEncoding::Base64Url);
    let text = payload_text(&badge.bytes, PayloadEncoding::Base64Url);
    let ours = URL_SAFE_NO_PAD.decode(&text[2..]).expect("a payload is base64url");
    let deflated = deflate(&badge.bytes);
    let compact = match serde_json::from_slice(&badge.bytes) {
        Ok(value) => deflate(&cbor(&value)),
        Err(_) => deflated.clone(),
    };
    Measured {
        family: badge.family,
        json: badge.bytes.len(),
        ours: ours.len(),
        deflate: deflated.len(),
        cbor: compact.len(),
        link: link.as_str().len(),
        version: version(&ours),
        version_deflate: version(&deflated),
        version_cbor: version(&compact),
    }
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("writing to memory does not fail")
}

/// The least version that holds a link with these bytes in digits, at level L.
fn version(bytes: &[u8]) -> u8 {
    // Seven bytes take seventeen digits, a shorter last group 3, 5, 8, 10, 13 or 15.
    let digits = bytes.len() / 7 * 17 + [0, 3, 5, 8, 10, 13, 15][bytes.len() % 7];
    let link = format!("{BASE}#2n{}", "0".repeat(digits));
    QrCode::least_version(&link).unwrap_or(41)
}
