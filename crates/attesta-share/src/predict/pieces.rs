//! What nobody can foresee: keys, signatures, digests and identifiers, as the bytes that their characters stand for.

use std::ops::Range;

use crate::encoding::PayloadEncoding::Base64Url;

/// The fewest and the most characters of a number in base58, with its `z`. The most bounds the time it takes.
const BASE58_CHARS: Range<usize> = 20..513;

/// The most bytes that so many characters can stand for, were all of them `1`, which is a byte of zero.
const MOST_BASE58_BYTES: usize = 511;

/// The fewest characters of base64url.
const FEWEST_BASE64URL_CHARS: usize = 20;

/// The fewest hexadecimal digits.
const FEWEST_HEX_DIGITS: usize = 16;

/// What a [multikey](https://www.w3.org/TR/cid-1.0/#Multikey) of Ed25519 begins with.
const ED25519: [u8; 2] = [0xed, 0x01];

/// The digits of a UUID between its dashes.
const UUID: [usize; 5] = [8, 4, 4, 4, 12];
const UUID_CHARS: usize = 36;

/// How bytes are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// `z` and base58btc, of a public Ed25519 key behind its two bytes of a header.
    Ed25519Key,
    /// A UUID in small letters.
    Uuid,
    /// Hexadecimal digits in small letters.
    Hex,
    /// `z` and base58btc.
    Base58,
    /// Base64url without padding.
    Base64Url,
}

impl Spelling {
    /// How many bytes there are, where that is the same each time.
    pub(super) fn bytes(self) -> Option<usize> {
        match self {
            Spelling::Ed25519Key => Some(32),
            Spelling::Uuid => Some(16),
            Spelling::Hex | Spelling::Base58 | Spelling::Base64Url => None,
        }
    }

    /// Bytes as they are spelled; `None` where nothing is spelled so.
    pub(super) fn text(self, bytes: &[u8]) -> Option<String> {
        Some(match self {
            Spelling::Ed25519Key => format!("z{}", bs58::encode([&ED25519, bytes].concat()).into_string()),
            Spelling::Base58 if bytes.len() > MOST_BASE58_BYTES => return None,
            Spelling::Base58 => format!("z{}", bs58::encode(bytes).into_string()),
            Spelling::Base64Url => Base64Url.write(bytes),
            Spelling::Hex => hex(bytes),
            Spelling::Uuid => {
                let digits = hex(bytes);
                let mut rest = digits.as_str();
                let groups = UUID.map(|width| {
                    let (group, after) = rest.split_at(width);
                    rest = after;
                    group
                });
                groups.join("-")
            }
        })
    }
}

/// A part of a run of `A–Z a–z 0–9 - _`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// As it is.
    Text(&'t str),
    /// A text that stands for bytes.
    Bytes { text: &'t str, spelling: Spelling, bytes: Vec<u8> },
}

impl<'t> Piece<'t> {
    /// Its characters.
    pub(super) fn text(&self) -> &'t str {
        match self {
            Piece::Text(text) | Piece::Bytes { text, .. } => text,
        }
    }
}

/// A run, taken apart.
pub(super) fn pieces(run: &str) -> Vec<Piece<'_>> {
    if let Some(behind) = run.strip_prefix('u').and_then(base64url) {
        // The `u` of a multibase.
        return vec![Piece::Text(&run[..1]), behind];
    }
    match base58(run).or_else(|| base64url(run)) {
        Some(whole) => vec![whole],
        None => words(run),
    }
}

/// What stands between dashes and underscores, and those.
fn words(run: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = run;
    while !rest.is_empty() {
        let end = rest.find(['-', '_']).unwrap_or(rest.len());
        let word = uuid(rest).or_else(|| hexadecimal(&rest[..end])).unwrap_or(Piece::Text(&rest[..end.max(1)]));
        rest = &rest[word.text().len()..];
        pieces.push(word);
    }
    pieces
}

fn base58(run: &str) -> Option<Piece<'_>> {
    if !BASE58_CHARS.contains(&run.len()) || !is_mixed(run, 3) {
        return None;
    }
    let bytes = bs58::decode(run.strip_prefix('z')?).into_vec().ok()?;
    Some(match bytes.strip_prefix(&ED25519) {
        Some(key) if key.len() == 32 => Piece::Bytes { text: run, spelling: Spelling::Ed25519Key, bytes: key.to_vec() },
        _ => Piece::Bytes { text: run, spelling: Spelling::Base58, bytes },
    })
}

fn base64url(text: &str) -> Option<Piece<'_>> {
    let is_likely = text.len() >= FEWEST_BASE64URL_CHARS
        && text.bytes().any(|byte| byte.is_ascii_uppercase())
        && text.bytes().any(|byte| byte.is_ascii_lowercase())
        && is_mixed(text, 3);
    let bytes = Base64Url.read(text).filter(|_| is_likely)?;
    Some(Piece::Bytes { text, spelling: Spelling::Base64Url, bytes })
}

fn uuid(rest: &str) -> Option<Piece<'_>> {
    let text = rest.get(..UUID_CHARS)?;
    if rest[UUID_CHARS..].starts_with(|next: char| next.is_ascii_alphanumeric()) {
        return None;
    }
    let groups: Vec<&str> = text.split('-').collect();
    if !groups.iter().map(|group| group.len()).eq(UUID) {
        return None;
    }
    let bytes = of_hex(&groups.concat())?;
    Some(Piece::Bytes { text, spelling: Spelling::Uuid, bytes })
}

fn hexadecimal(text: &str) -> Option<Piece<'_>> {
    let bytes = of_hex(text).filter(|_| text.len() >= FEWEST_HEX_DIGITS && is_mixed(text, 4))?;
    Some(Piece::Bytes { text, spelling: Spelling::Hex, bytes })
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// The bytes of hexadecimal digits in small letters, two for each.
fn of_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().map(digit_value).collect::<Option<_>>()?;
    digits.len().is_multiple_of(2).then(|| digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

fn digit_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Whether small letters, capitals, digits and others change about as often as by chance, and not as in words: one time
/// in `share` characters.
fn is_mixed(text: &str, share: usize) -> bool {
    let kind = |byte: u8| match byte {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    };
    let changes = text.as_bytes().windows(2).filter(|pair| kind(pair[0]) != kind(pair[1])).count();
    changes * share >= text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a run is taken apart into: a spelling's name in front of what it spells, texts as they are.
    #[track_caller]
    fn check(run: &str, expected: &[&str]) {
        let told: Vec<String> = pieces(run)
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => (*text).to_owned(),
                Piece::Bytes { text, spelling, bytes } => {
                    assert_eq!(spelling.text(bytes).as_deref(), Some(*text));
                    format!("{spelling:?}({}) {text}", bytes.len())
                }
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn keys_signatures_digests_and_identifiers_are_known_by_their_looks() {
        let key = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi";
        check(key, &[&format!("Ed25519Key(32) {key}")]);
        let proof = "z4n5KtSZ8e82sETGaURmVCksz97ZTnMQCVnm6UfTobPKsm3Nn6UaenmB3mTTyEXetHq5GbRAbR4PrYnnzCggPik3X";
        check(proof, &[&format!("Base58(64) {proof}")]);
        let uuid = "4ca4a241-fc3b-4d92-978e-f56fa96ae795";
        check(uuid, &[&format!("Uuid(16) {uuid}")]);
        check(&format!("ce-{uuid}"), &["ce", "-", &format!("Uuid(16) {uuid}")]);
        check(&format!("{uuid}_{uuid}-a"), &[&format!("Uuid(16) {uuid}"), "_", &format!("Uuid(16) {uuid}"), "-", "a"]);
        let digits = "28326f9c00864ecf9c7065119658ca14";
        check(digits, &[&format!("Hex(16) {digits}")]);
        let digest = "EiBkX0nnIyZVb3ZbAe4MVRPJVAc8vq0kZLp0rY7ZKcV1zg";
        check(digest, &[&format!("Base64Url(34) {digest}")]);
        check(&format!("u{digest}"), &["u", &format!("Base64Url(34) {digest}")]);
    }

    #[test]
    fn words_and_numbers_stay_as_they_are() {
        for run in [
            "",
            "AchievementCredential",
            "ob_v3p0_achievementcredential_schema",
            "1EdTechJsonSchemaValidator2019",
            "EnvelopedVerifiableCredential",
            "zusammengehoerigkeitsgefuehl",
            "00000000000000000000000000000000",
            "20261122T000000000000000000000",
            "deadbeefdeadbeefdeadbeef",
            // Odd, or in capital letters: these don't come back.
            "28326f9c00864ecf9c7065119658ca1",
            "4CA4A241-FC3B-4D92-978E-F56FA96AE795",
            // Left-over bits that are not zero.
            "EiBkX0nnIyZVb3ZbAe4MVRPJVAc8vq0kZLp0rY7ZKcV1zh",
            // No base58, and no base64url of whole bytes.
            "z0n5KtSZ8e82sETGaURmVCksz97ZTnMQCVnm6",
        ] {
            assert!(pieces(run).iter().all(|piece| matches!(piece, Piece::Text(_))), "{run}: {:?}", pieces(run));
            assert_eq!(pieces(run).iter().map(Piece::text).collect::<String>(), run);
        }
    }

    #[test]
    fn zeros_in_front_are_kept() {
        let spelled = Spelling::Base58.text(&[0, 0, 7, 1]).expect("it is short");
        assert_eq!(spelled, "z11Xv");
        assert_eq!(bs58::decode(&spelled[1..]).into_vec().expect("it is base58"), [0, 0, 7, 1]);
        let mostly_zeros = format!("z{}{}", "1".repeat(300), "aA2".repeat(70));
        check(&mostly_zeros, &[&format!("Base58(454) {mostly_zeros}")]);
        assert_eq!(Spelling::Base58.text(&[1; 512]), None, "nothing so long is spelled so");
    }
}
