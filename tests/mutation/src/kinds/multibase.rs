//! Other spellings of signatures and keys: other alphabets, leading zeros, padding, another encoding of one point.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};

use super::{Scene, any_place, change_text};
use crate::json::Json;
use crate::random::Random;

/// The order of the group that Ed25519 signatures are numbers of, little-endian,
/// [RFC 8032 section 5.1](https://www.rfc-editor.org/rfc/rfc8032#section-5.1).
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

pub(super) fn respell(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_place(random, json, |key, value| {
        matches!(key, "proofValue" | "verificationMethod") && value.as_text().is_some()
    })?;
    let way = random.below(16);
    change_text(json, &place, |text| {
        let bytes = text.strip_prefix('z').and_then(|text| bs58::decode(text).into_vec().ok()).unwrap_or_default();
        match way {
            0 => format!("u{}", URL_SAFE_NO_PAD.encode(&bytes)),
            1 => format!("U{}", URL_SAFE.encode(&bytes)),
            2 => format!("M{}", STANDARD.encode(&bytes)),
            3 => format!("f{}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
            4 => format!("z1{}", text.get(1..).unwrap_or_default()),
            5 => format!("Z{}", text.get(1..).unwrap_or_default()),
            6 => text.get(1..).unwrap_or_default().to_owned(),
            7 => format!("{text}1"),
            8 => format!("{text} "),
            9 => format!("\u{a0}{text}"),
            10 => text.replace('z', "zz"),
            11 => spelled(&doubled(&bytes)),
            12 => spelled(&bytes[..bytes.len().saturating_sub(1)]),
            13 => spelled(&[bytes.as_slice(), &[0]].concat()),
            14 => spelled(&vec![0; bytes.len()]),
            _ => spelled(&bytes.iter().rev().copied().collect::<Vec<_>>()),
        }
    })
}

fn spelled(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

/// The same signature with the group's order added to its second half: the same number to whoever does not look.
fn doubled(signature: &[u8]) -> Vec<u8> {
    let mut sum = signature.to_vec();
    let mut carry = 0;
    for (place, byte) in sum.iter_mut().skip(32).enumerate().take(32) {
        let total = u16::from(*byte) + u16::from(ORDER[place]) + carry;
        *byte = u8::try_from(total & 0xff).expect("one byte is left");
        carry = total >> 8;
    }
    sum
}
