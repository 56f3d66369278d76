//! Public keys in DER and as PEM text: PKCS #1, [RFC 8017 appendix A.1.1](https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.1),
//! and SubjectPublicKeyInfo, [RFC 5280 section 4.1](https://www.rfc-editor.org/rfc/rfc5280#section-4.1);
//! PEM is [RFC 7468](https://www.rfc-editor.org/rfc/rfc7468).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::der::{Reader, Tag};
use super::rsa::RsaPublicKey;
use super::{KeyError, PublicKey};

/// The longest PEM text that is read: several times what a key of 8192 bits takes.
const LONGEST_PEM: usize = 8 << 10;

/// `rsaEncryption`, 1.2.840.113549.1.1.1.
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// `id-ecPublicKey`, 1.2.840.10045.2.1.
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// `id-Ed25519`, 1.3.101.112.
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
/// `secp256r1`, 1.2.840.10045.3.1.7.
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// `secp384r1`, 1.3.132.0.34.
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
/// Curves that are named only to say that they are not supported: `secp521r1` and `secp256k1`.
const OTHER_CURVES: [(&[u8], &str); 2] =
    [(&[0x2b, 0x81, 0x04, 0x00, 0x23], "P-521"), (&[0x2b, 0x81, 0x04, 0x00, 0x0a], "secp256k1")];

/// An `RSAPublicKey` of PKCS #1.
pub(super) fn pkcs1(der: &[u8]) -> Result<RsaPublicKey, KeyError> {
    let mut outer = Reader::new(der);
    let mut key = outer.sequence()?;
    outer.end()?;
    let (modulus, exponent) = (key.positive_integer()?, key.positive_integer()?);
    key.end()?;
    RsaPublicKey::new(modulus, exponent)
}

/// A `SubjectPublicKeyInfo`.
pub(super) fn spki(der: &[u8]) -> Result<PublicKey, KeyError> {
    let mut outer = Reader::new(der);
    let mut info = outer.sequence()?;
    outer.end()?;
    let mut algorithm = info.sequence()?;
    let key = info.bytes_of_bit_string()?;
    info.end()?;
    let read = match algorithm.element(Tag::ObjectIdentifier)? {
        RSA_ENCRYPTION => {
            // RFC 3279 section 2.3.1 demands a NULL here; some writers leave it out.
            if !algorithm.is_empty() && !algorithm.element(Tag::Null)?.is_empty() {
                return Err(KeyError::Malformed);
            }
            pkcs1(key).map(PublicKey::Rsa)?
        }
        EC_PUBLIC_KEY => match algorithm.element(Tag::ObjectIdentifier)? {
            P256 => PublicKey::from_p256(key)?,
            P384 => PublicKey::from_p384(key)?,
            other => {
                let named = OTHER_CURVES.iter().find(|(curve, _)| *curve == other);
                let kind = named.map_or("EC", |(_, name)| name).to_owned();
                return Err(KeyError::Unsupported { kind });
            }
        },
        ED25519 => PublicKey::from_ed25519(key.try_into().map_err(|_| KeyError::Malformed)?)?,
        _ => return Err(KeyError::Unsupported { kind: "SubjectPublicKeyInfo".to_owned() }),
    };
    algorithm.end()?;
    Ok(read)
}

/// One PEM block with a public key, and nothing beside it.
pub(super) fn pem(text: &str) -> Result<PublicKey, KeyError> {
    if text.len() > LONGEST_PEM {
        return Err(KeyError::Malformed);
    }
    let (label, rest) = text
        .trim_ascii()
        .strip_prefix("-----BEGIN ")
        .and_then(|rest| rest.split_once("-----"))
        .ok_or(KeyError::Malformed)?;
    let body = rest.strip_suffix(&format!("-----END {label}-----")).ok_or(KeyError::Malformed)?;
    // Line ends suffer on their way through JSON and forms; they mean nothing.
    let body: String = body.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
    let der = STANDARD.decode(body).map_err(|_| KeyError::Malformed)?;
    match label {
        "PUBLIC KEY" => spki(&der),
        "RSA PUBLIC KEY" => pkcs1(&der).map(PublicKey::Rsa),
        other => Err(KeyError::Unsupported { kind: crate::did::shorten(other) }),
    }
}
