//! Ed25519: keys decoded once, and the strict check of signatures.

use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock};

use ed25519_dalek::{Signature, SignatureError, Verifier, VerifyingKey};

/// A learner's wallet meets some dozens of issuers. Whoever makes keys without end must not fill the memory, so the
/// table starts anew beyond this.
const MOST_KEPT: usize = 512;

/// Decodes a key. Finding its point takes a tenth of the time that a signature takes, and the same issuers come again,
/// so that keys are remembered; the answer is the same either way.
pub(super) fn decode(bytes: &[u8; 32]) -> Result<VerifyingKey, SignatureError> {
    static KNOWN: OnceLock<RwLock<HashMap<[u8; 32], VerifyingKey>>> = OnceLock::new();
    let known = KNOWN.get_or_init(RwLock::default);
    if let Some(key) = known.read().unwrap_or_else(PoisonError::into_inner).get(bytes) {
        return Ok(*key);
    }
    let key = VerifyingKey::from_bytes(bytes)?;
    let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= MOST_KEPT {
        known.clear();
    }
    known.insert(*bytes, key);
    Ok(key)
}

/// The y coordinates of the eight points whose order divides 8, as RFC 8032 writes them.
const SMALL_ORDER: [[u8; 32]; 5] = [
    [
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    ],
    [
        0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    ],
    [
        0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f,
    ],
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5, 0xdf,
        0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a, 0x20,
        0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
];

/// Checks a signature as strictly as [`VerifyingKey::verify_strict`] does: neither the key nor the point R of the
/// signature may be of small order, so that no signature holds for two messages, nor for two keys.
///
/// A signature that holds has for its R exactly the text of the point that the check computes, which is how that point
/// is written and no other way. So R is of small order where its text is one of these, and it need not be decoded.
pub(super) fn verify_strict(key: &VerifyingKey, message: &[u8], signature: &Signature) -> Result<(), SignatureError> {
    let mut y = *signature.r_bytes();
    y[31] &= 0x7f;
    if key.is_weak() || SMALL_ORDER.contains(&y) {
        return Err(SignatureError::new());
    }
    key.verify(message, signature)
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};

    use super::*;

    /// Every way to write the points of small order, with the sign that belongs to them or the other one.
    fn small_order() -> Vec<[u8; 32]> {
        let signed = |y: &[u8; 32], sign| {
            let mut point = *y;
            point[31] |= sign;
            point
        };
        SMALL_ORDER.iter().flat_map(|y| [signed(y, 0), signed(y, 0x80)]).collect()
    }

    #[test]
    fn the_points_of_small_order_are_all_there() {
        let points: Vec<VerifyingKey> =
            small_order().iter().filter_map(|bytes| VerifyingKey::from_bytes(bytes).ok()).collect();
        assert!(points.iter().all(VerifyingKey::is_weak));
        let mut different: Vec<[u8; 32]> =
            points.iter().map(|point| point.to_edwards().compress().to_bytes()).collect();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), 8);
    }

    /// Ours and the library's strict check say the same; the answer is whether the lax one would have accepted it.
    #[track_caller]
    fn check(key: &VerifyingKey, message: &[u8], signature: &Signature) -> bool {
        let strict = key.verify_strict(message, signature).is_ok();
        assert_eq!(verify_strict(key, message, signature).is_ok(), strict, "{key:?} {signature:?}");
        key.verify(message, signature).is_ok() && !strict
    }

    #[test]
    fn what_only_a_lax_check_accepts_is_refused() {
        let mut accepted_by_lax = 0;
        for key in small_order().iter().filter_map(|bytes| VerifyingKey::from_bytes(bytes).ok()) {
            for r in small_order() {
                for message in 0..32u8 {
                    let signature = Signature::from_components(r, [0; 32]);
                    accepted_by_lax += usize::from(check(&key, &[message], &signature));
                }
            }
        }
        assert!(accepted_by_lax > 50, "{accepted_by_lax}");
    }

    #[test]
    fn sound_signatures_hold_and_changed_ones_do_not() {
        for seed in 0..8 {
            let secret = SigningKey::from_bytes(&[seed; 32]);
            let key = decode(&secret.verifying_key().to_bytes()).unwrap();
            let signature = secret.sign(b"message");
            assert!(verify_strict(&key, b"message", &signature).is_ok());
            check(&key, b"massage", &signature);
            for place in 0..64 {
                for bit in [0x01, 0x80] {
                    let mut bytes = signature.to_bytes();
                    bytes[place] ^= bit;
                    assert!(!check(&key, b"message", &Signature::from_bytes(&bytes)));
                    assert!(verify_strict(&key, b"message", &Signature::from_bytes(&bytes)).is_err());
                }
            }
        }
    }

    #[test]
    fn a_key_known_already_is_the_same_key_and_what_is_none_stays_none() {
        let none = (2u8..).map(|byte| [byte; 32]).find(|bytes| VerifyingKey::from_bytes(bytes).is_err()).unwrap();
        for round in 0..2 {
            for seed in 0..=255u8 {
                for other in 0..3 {
                    let bytes = SigningKey::from_bytes(&[[seed; 31].as_slice(), &[other]].concat().try_into().unwrap());
                    let bytes = bytes.verifying_key().to_bytes();
                    assert_eq!(decode(&bytes).unwrap(), VerifyingKey::from_bytes(&bytes).unwrap(), "{round}");
                }
            }
            assert!(decode(&none).is_err());
        }
    }
}
