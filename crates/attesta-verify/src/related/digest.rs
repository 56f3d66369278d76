//! Digests of resources: [Subresource Integrity](https://www.w3.org/TR/SRI/) and
//! [multihash in multibase](https://www.w3.org/TR/cid-1.0/#multihash), of the SHA-2 family.

use attesta_jsonld::Value;
use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::base58;

/// The longest digest that is read, in characters: three times what SHA-512 takes.
const LONGEST: usize = 256;
/// The most digests of one resource that are read.
const MOST: usize = 16;

/// What two kinds of base64 have in common: padding may be there or not.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

/// The functions that are known, from weakest to strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Algorithm {
    Sha256,
    Sha384,
    Sha512,
}

/// The digests that an object states of the resource it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    /// Those of `digestSRI`; none where it is not stated.
    sri: Option<Vec<Pinned>>,
    /// Those of `digestMultibase`; none where it is not stated.
    multibase: Option<Vec<Pinned>>,
}

/// A digest that can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pinned {
    algorithm: Algorithm,
    digest: Vec<u8>,
}

/// What comparing bytes with digests comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// They are the bytes that were pinned.
    Match,
    /// They are not.
    Mismatch,
    /// No digest is of a kind that is known here.
    Unsupported,
}

impl Digests {
    /// The digests in an object; none where it has neither member.
    pub fn of(object: &Value<'_>) -> Option<Digests> {
        let read = |member: &str, read: fn(&str) -> Option<Pinned>| {
            let stated = object.get(member)?.one_or_many().iter().filter_map(Value::as_str);
            let tokens = stated.flat_map(str::split_ascii_whitespace).take(MOST);
            Some(tokens.filter(|token| token.len() <= LONGEST).filter_map(read).collect())
        };
        let digests = Digests { sri: read("digestSRI", sri), multibase: read("digestMultibase", multibase) };
        (digests.sri.is_some() || digests.multibase.is_some()).then_some(digests)
    }
}

/// Whether these are the bytes that were pinned. Of digests of several strengths the strongest counts, as Subresource
/// Integrity has it; where both members are stated, neither may differ.
pub fn compare(bytes: &[u8], digests: &Digests) -> Comparison {
    let of = |pinned: &Option<Vec<Pinned>>| pinned.as_ref().map(|pinned| compare_all(bytes, pinned));
    match (of(&digests.sri), of(&digests.multibase)) {
        (Some(Comparison::Mismatch), _) | (_, Some(Comparison::Mismatch)) => Comparison::Mismatch,
        (Some(Comparison::Match), _) | (_, Some(Comparison::Match)) => Comparison::Match,
        _ => Comparison::Unsupported,
    }
}

fn compare_all(bytes: &[u8], pinned: &[Pinned]) -> Comparison {
    let Some(strongest) = pinned.iter().map(|pinned| pinned.algorithm).max() else { return Comparison::Unsupported };
    let actual = strongest.digest(bytes);
    match pinned.iter().any(|pinned| pinned.algorithm == strongest && pinned.digest == actual) {
        true => Comparison::Match,
        false => Comparison::Mismatch,
    }
}

impl Algorithm {
    fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Algorithm::Sha256 => Sha256::digest(bytes).to_vec(),
            Algorithm::Sha384 => Sha384::digest(bytes).to_vec(),
            Algorithm::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }

    fn length(self) -> usize {
        match self {
            Algorithm::Sha256 => 32,
            Algorithm::Sha384 => 48,
            Algorithm::Sha512 => 64,
        }
    }
}

/// `sha384-` and base64, with options that mean nothing here after a question mark.
fn sri(token: &str) -> Option<Pinned> {
    let (name, rest) = token.split_once('-')?;
    let algorithm = match name {
        "sha256" => Algorithm::Sha256,
        "sha384" => Algorithm::Sha384,
        "sha512" => Algorithm::Sha512,
        _ => return None,
    };
    let text = rest.split('?').next().unwrap_or_default();
    let decoded = BASE64.decode(text).or_else(|_| BASE64_URL.decode(text));
    // A digest that can't be one pins nothing that could match.
    Some(Pinned { algorithm, digest: decoded.unwrap_or_default() })
}

/// `u` and base64url, or `z` and base58: the function's code, the length and the digest.
fn multibase(text: &str) -> Option<Pinned> {
    let decoded = match text.split_at_checked(1)? {
        ("u" | "U", rest) => BASE64_URL.decode(rest).ok()?,
        ("m" | "M", rest) => BASE64.decode(rest).ok()?,
        ("z", rest) => base58::decode(rest)?,
        _ => return None,
    };
    let [code, length, digest @ ..] = decoded.as_slice() else { return None };
    let algorithm = match code {
        0x12 => Algorithm::Sha256,
        0x20 => Algorithm::Sha384,
        0x13 => Algorithm::Sha512,
        _ => return None,
    };
    let whole = digest.len() == algorithm.length() && usize::from(*length) == digest.len();
    whole.then(|| Pinned { algorithm, digest: digest.to_vec() })
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    /// `sha256` of `abc` and so on, from FIPS 180-4's examples.
    const SHA_256: &str = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
    const MULTIHASH_256: &str = "uEiC6eBa_jwHP6kFBQN5driIjsANho5YXepy0EP9h8gAVrQ";

    #[track_caller]
    fn check(object: &str, expected: Option<Comparison>) {
        let document = Document::parse(object.as_bytes().to_vec()).unwrap();
        assert_eq!(Digests::of(document.root()).map(|digests| compare(b"abc", &digests)), expected);
    }

    #[test]
    fn bytes_are_held_against_each_kind_of_digest() {
        check(&format!(r#"{{"digestSRI":"{SHA_256}"}}"#), Some(Comparison::Match));
        check(&format!(r#"{{"digestSRI":"{}"}}"#, SHA_256.trim_end_matches('=')), Some(Comparison::Match));
        check(&format!(r#"{{"digestSRI":"{SHA_256}?ct=image/png"}}"#), Some(Comparison::Match));
        check(&format!(r#"{{"digestMultibase":"{MULTIHASH_256}"}}"#), Some(Comparison::Match));
        check(&format!(r#"{{"digestMultibase":"{MULTIHASH_256}","digestSRI":"{SHA_256}"}}"#), Some(Comparison::Match));
        let sha384 = BASE64.encode(Sha384::digest(b"abc"));
        check(&format!(r#"{{"digestSRI":"sha384-{sha384}"}}"#), Some(Comparison::Match));
        check(r#"{"id":"https://uni.example/badge.png"}"#, None);
    }

    #[test]
    fn other_bytes_are_told_apart() {
        check(&format!(r#"{{"digestSRI":"{}"}}"#, SHA_256.replace('u', "v")), Some(Comparison::Mismatch));
        check(r#"{"digestSRI":"sha256-"}"#, Some(Comparison::Mismatch));
        let other = Sha256::digest(b"abd");
        let multihash = BASE64_URL.encode([&[0x12, 0x20][..], &other[..]].concat());
        check(&format!(r#"{{"digestMultibase":"u{multihash}"}}"#), Some(Comparison::Mismatch));
        check(&format!(r#"{{"digestMultibase":"u{multihash}","digestSRI":"{SHA_256}"}}"#), Some(Comparison::Mismatch));
    }

    #[test]
    fn the_strongest_of_several_counts() {
        let sha512 = BASE64.encode(Sha512::digest(b"abc"));
        let other = BASE64.encode(Sha512::digest(b"abd"));
        check(&format!(r#"{{"digestSRI":"{SHA_256} sha512-{sha512}"}}"#), Some(Comparison::Match));
        check(&format!(r#"{{"digestSRI":"{SHA_256} sha512-{other}"}}"#), Some(Comparison::Mismatch));
        check(&format!(r#"{{"digestSRI":["sha512-{other}","sha512-{sha512}"]}}"#), Some(Comparison::Match));
    }

    #[test]
    fn a_digest_of_another_kind_says_nothing() {
        check(r#"{"digestSRI":"md5-kAFQmDzST7DWlj99KOF/cg=="}"#, Some(Comparison::Unsupported));
        check(r#"{"digestSRI":5}"#, Some(Comparison::Unsupported));
        check(r#"{"digestMultibase":"f1220ba78"}"#, Some(Comparison::Unsupported));
        check(r#"{"digestMultibase":"uEiA"}"#, Some(Comparison::Unsupported));
        check(r#"{"digestMultibase":""}"#, Some(Comparison::Unsupported));
    }
}
