//! RSA signatures, checked and never made: [RFC 8017](https://www.rfc-editor.org/rfc/rfc8017). Only public values go
//! through this arithmetic, so that nothing depends on its timing.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use sha2::digest::Digest;
use sha2::{Sha256, Sha384, Sha512};

use super::{KeyError, SignatureError};

/// The shortest modulus in bits: shorter ones can be factored, or soon can.
const SHORTEST_MODULUS: u32 = 2048;
/// The longest modulus in bits: longer ones only cost time.
const LONGEST_MODULUS: u32 = 8192;
/// The longest exponent in bits: real ones are 3 or 65537, and a long one makes each check slow.
const LONGEST_EXPONENT: u32 = 33;

/// An RSA public key of 2048 to 8192 bits with a small odd exponent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RsaPublicKey {
    modulus: Odd<BoxedUint>,
    exponent: u64,
}

/// The hashes that signatures are made over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            Hash::Sha256 => Sha256::digest(message).to_vec(),
            Hash::Sha384 => Sha384::digest(message).to_vec(),
            Hash::Sha512 => Sha512::digest(message).to_vec(),
        }
    }

    /// The DER of a `DigestInfo` up to the digest, RFC 8017 section 9.2 note 1.
    fn digest_info(self) -> [u8; 19] {
        let (hash, length) = match self {
            Hash::Sha256 => (1, 32),
            Hash::Sha384 => (2, 48),
            Hash::Sha512 => (3, 64),
        };
        let outer = length + 17;
        [0x30, outer, 0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, hash, 5, 0, 4, length]
    }
}

impl RsaPublicKey {
    /// The key of these big-endian numbers, each without leading zeros.
    pub(super) fn new(modulus: &[u8], exponent: &[u8]) -> Result<Self, KeyError> {
        let is_shortest = |number: &[u8]| number.first().is_some_and(|first| *first != 0);
        if !is_shortest(modulus) || !is_shortest(exponent) {
            return Err(KeyError::Malformed);
        }
        let bits = |number: &[u8]| number.len() as u64 * 8 - u64::from(number[0].leading_zeros());
        let length = bits(modulus);
        if length < u64::from(SHORTEST_MODULUS) {
            return Err(KeyError::Weak { kind: format!("RSA-{length}") });
        }
        if length > u64::from(LONGEST_MODULUS) || bits(exponent) > u64::from(LONGEST_EXPONENT) {
            return Err(KeyError::Unsupported { kind: format!("RSA-{length}") });
        }
        let exponent = exponent.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        if exponent < 3 || exponent % 2 == 0 {
            return Err(KeyError::Malformed);
        }
        if has_roca(modulus) {
            return Err(KeyError::Weak { kind: format!("RSA-{length}, ROCA") });
        }
        let modulus = Odd::new(BoxedUint::from_be_slice_vartime(modulus)).into_option().ok_or(KeyError::Malformed)?;
        Ok(RsaPublicKey { modulus, exponent })
    }

    /// The modulus's length in bits.
    pub fn bits(&self) -> u32 {
        self.modulus.bits_vartime()
    }

    /// The modulus and the exponent as big-endian numbers without leading zeros.
    pub fn components(&self) -> (Vec<u8>, Vec<u8>) {
        let exponent = self.exponent.to_be_bytes();
        let zeros = exponent.iter().take_while(|byte| **byte == 0).count();
        (self.modulus.to_be_bytes_trimmed_vartime().to_vec(), exponent[zeros..].to_vec())
    }

    /// RSASSA-PKCS1-v1_5, section 8.2.2: the encoding is made anew and compared as a whole, so that no reader of it
    /// can be led astray.
    pub(super) fn verify_pkcs1(&self, hash: Hash, message: &[u8], signature: &[u8]) -> Result<(), SignatureError> {
        let encoded = self.open(signature)?;
        let ending = [hash.digest_info().as_slice(), &hash.digest(message)].concat();
        let padding = encoded.len().checked_sub(ending.len() + 3).ok_or(SignatureError)?;
        let expected = [&[0, 1], vec![0xff; padding].as_slice(), &[0], &ending].concat();
        if encoded == expected { Ok(()) } else { Err(SignatureError) }
    }

    /// RSASSA-PSS, section 8.1.2, with MGF1 over the same hash and a salt as long as the hash, as RFC 7518 demands.
    pub(super) fn verify_pss(&self, hash: Hash, message: &[u8], signature: &[u8]) -> Result<(), SignatureError> {
        let digest = hash.digest(message);
        let length = digest.len();
        let bits = self.bits() as usize - 1;
        let opened = self.open(signature)?;
        // With a modulus of 8k + 1 bits the encoding is one byte shorter than the signature.
        let (leading, encoded) = opened.split_at(opened.len() - bits.div_ceil(8));
        let (body, trailer) = encoded.split_at_checked(encoded.len() - 1).ok_or(SignatureError)?;
        let (masked, seed) = body.split_at_checked(body.len() - length).ok_or(SignatureError)?;
        // The encoding has at most seven bits more than the numbers below the modulus; they are zero.
        let unused = !(0xff_u8 >> (encoded.len() * 8 - bits));
        if leading.iter().any(|byte| *byte != 0) || trailer != [0xbc] || masked[0] & unused != 0 {
            return Err(SignatureError);
        }
        let mut block = masked.to_vec();
        mask(hash, seed, &mut block);
        block[0] &= !unused;
        let (padding, salt) = block.split_at_checked(block.len() - length).ok_or(SignatureError)?;
        let (one, zeros) = padding.split_last().ok_or(SignatureError)?;
        if *one != 1 || zeros.iter().any(|byte| *byte != 0) {
            return Err(SignatureError);
        }
        let again = hash.digest(&[&[0; 8], digest.as_slice(), salt].concat());
        if again == seed { Ok(()) } else { Err(SignatureError) }
    }

    /// RSAVP1, section 5.2.2: the signature to the power of the exponent, as long as the modulus.
    fn open(&self, signature: &[u8]) -> Result<Vec<u8>, SignatureError> {
        let length = self.bits().div_ceil(8) as usize;
        if signature.len() != length {
            return Err(SignatureError);
        }
        let precision = self.modulus.bits_precision();
        let signature = BoxedUint::from_be_slice(signature, precision).map_err(|_| SignatureError)?;
        if signature >= *self.modulus.as_ref() {
            return Err(SignatureError);
        }
        let parameters = BoxedMontyParams::new_vartime(self.modulus.clone());
        let exponent = BoxedUint::from(self.exponent);
        let bits = u64::BITS - self.exponent.leading_zeros();
        let opened = BoxedMontyForm::new(signature, &parameters).pow_bounded_exp(&exponent, bits).retrieve();
        let bytes = opened.to_be_bytes();
        Ok(bytes[bytes.len() - length..].to_vec())
    }
}

/// Whether the key was made by the library whose primes can be guessed, [ROCA](https://doi.org/10.1145/3133956.3133969):
/// modulo each of these primes its moduli are powers of 65537. Any other key passes for one with a chance below 2^-150.
fn has_roca(modulus: &[u8]) -> bool {
    const PRIMES: [u32; 38] = [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
        109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ];
    PRIMES.iter().all(|prime| {
        let rest = modulus.iter().fold(0, |rest, byte| (rest << 8 | u32::from(*byte)) % prime);
        let mut powers = std::iter::successors(Some(1), |power| Some(power * 65_537 % prime)).take(*prime as usize);
        powers.any(|power| power == rest)
    })
}

/// MGF1, appendix B.2.1: masks the block with a stream made of the seed.
fn mask(hash: Hash, seed: &[u8], block: &mut [u8]) {
    let stream = (0_u32..).flat_map(|counter| hash.digest(&[seed, &counter.to_be_bytes()].concat()));
    block.iter_mut().zip(stream).for_each(|(byte, mask)| *byte ^= mask);
}
