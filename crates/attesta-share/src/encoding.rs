//! How a payload's bytes are written as text, and the character that says so.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::digits;

/// URL-safe alphabet without padding; left-over bits must be zero, so that bytes have one text.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_encode_padding(false).with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// How the payload's bytes are written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PayloadEncoding {
    /// Base64url without padding, the shortest text: for links.
    Base64Url,
    /// Decimal digits, which a QR code stores in 3⅓ bits each: for QR codes.
    Digits,
}

/// Whether anybody who has the payload can read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Secrecy {
    /// The presentation is compressed and nothing else.
    Open,
    /// It opens with a passphrase.
    Sealed,
}

impl PayloadEncoding {
    /// The character that names the encoding: `u` and `n`, or `s` and `d` where the payload is sealed.
    pub(crate) fn marker(self, secrecy: Secrecy) -> char {
        match (self, secrecy) {
            (PayloadEncoding::Base64Url, Secrecy::Open) => 'u',
            (PayloadEncoding::Digits, Secrecy::Open) => 'n',
            (PayloadEncoding::Base64Url, Secrecy::Sealed) => 's',
            (PayloadEncoding::Digits, Secrecy::Sealed) => 'd',
        }
    }

    /// What a character names.
    pub(crate) fn from_marker(marker: char) -> Option<(Self, Secrecy)> {
        Some(match marker {
            'u' => (PayloadEncoding::Base64Url, Secrecy::Open),
            'n' => (PayloadEncoding::Digits, Secrecy::Open),
            's' => (PayloadEncoding::Base64Url, Secrecy::Sealed),
            'd' => (PayloadEncoding::Digits, Secrecy::Sealed),
            _ => return None,
        })
    }

    /// Whether a byte can stand in text of this encoding.
    pub(crate) fn admits(self, byte: u8) -> bool {
        match self {
            PayloadEncoding::Base64Url => byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_',
            PayloadEncoding::Digits => byte.is_ascii_digit(),
        }
    }

    pub(crate) fn write(self, bytes: &[u8]) -> String {
        match self {
            PayloadEncoding::Base64Url => BASE64URL.encode(bytes),
            PayloadEncoding::Digits => digits::write(bytes),
        }
    }

    /// The bytes of a text; `None` where [`write`](Self::write) can't have written it.
    pub(crate) fn read(self, text: &str) -> Option<Vec<u8>> {
        match self {
            PayloadEncoding::Base64Url => BASE64URL.decode(text).ok(),
            PayloadEncoding::Digits => digits::read(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_marker_leads_back_to_what_it_names() {
        for encoding in [PayloadEncoding::Base64Url, PayloadEncoding::Digits] {
            for secrecy in [Secrecy::Open, Secrecy::Sealed] {
                assert_eq!(PayloadEncoding::from_marker(encoding.marker(secrecy)), Some((encoding, secrecy)));
            }
        }
        assert_eq!(PayloadEncoding::from_marker('U'), None);
    }

    #[test]
    fn bytes_have_one_text_in_each_encoding() {
        for text in ["AA==", "AB", "AA AA", "A", "+/+/", "é"] {
            assert_eq!(PayloadEncoding::Base64Url.read(text), None, "{text}");
        }
        assert_eq!(PayloadEncoding::Base64Url.read("AA"), Some(vec![0]));
        assert_eq!(PayloadEncoding::Digits.read("000"), Some(vec![0]));
    }
}
