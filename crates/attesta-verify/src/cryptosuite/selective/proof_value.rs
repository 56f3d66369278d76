//! What stands in `proofValue`: [base](https://www.w3.org/TR/vc-di-ecdsa/#parsebaseproofvalue) and
//! [derived](https://www.w3.org/TR/vc-di-ecdsa/#parsederivedproofvalue) proof values.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use thiserror::Error;

use super::cbor::{Reader, Writer};
use crate::multikey::{KeyKind, Multikey};
use crate::public_key::PublicKey;

/// The longest text that is decoded: room for as many signatures as are checked, with labels and pointers.
const LONGEST_TEXT: usize = 768 << 10;

const BASE_HEADER: [u8; 3] = [0xd9, 0x5d, 0x00];
const DERIVED_HEADER: [u8; 3] = [0xd9, 0x5d, 0x01];

/// A signature on P-256: `r` and `s` of 32 bytes each.
pub type Signature = [u8; 64];
/// The name that a blank node was signed under: an HMAC of its canonical label.
pub type BlankNodeName = [u8; 32];

/// The public key that belongs to one proof alone and signs its statements, as a P-256 multikey: two bytes of prefix and
/// a compressed point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProofScopedKey(pub [u8; 35]);

/// The proof of an issuer, from which its holder derives others. It is made for the holder alone: who has it can tell
/// every statement that a derived credential leaves out.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseProof {
    /// The issuer's signature over the proof's options, the proof-scoped key and the mandatory statements.
    pub base_signature: Signature,
    /// The key that signs the other statements.
    pub public_key: ProofScopedKey,
    /// What the names of blank nodes are made with.
    pub hmac_key: [u8; 32],
    /// One signature for each statement that is not mandatory, in their order.
    pub signatures: Vec<Signature>,
    /// What the issuer wants shown always, as JSON pointers.
    pub mandatory_pointers: Vec<String>,
}

/// The proof that a holder derived for the statements shown.
#[derive(Clone, PartialEq, Eq)]
pub struct DerivedProof {
    /// The issuer's signature, as in the base proof.
    pub base_signature: Signature,
    /// The key that signs the statements that are not mandatory.
    pub public_key: ProofScopedKey,
    /// One signature for each statement shown that is not mandatory, in their order.
    pub signatures: Vec<Signature>,
    /// For each canonical label `c14nN` of what is shown, by `N`, the name that was signed.
    pub labels: Vec<(u64, BlankNodeName)>,
    /// Which of the statements shown are mandatory, as indexes into their order.
    pub mandatory_indexes: Vec<u64>,
}

/// A proof value of ecdsa-sd-2023.
#[derive(Clone, PartialEq, Eq)]
pub enum SelectiveProof {
    /// As the issuer made it.
    Base(BaseProof),
    /// As a holder derived it.
    Derived(DerivedProof),
}

/// A text that is no proof value of ecdsa-sd-2023.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProofValueError {
    /// Not multibase base64url without padding.
    #[error("not multibase base64url")]
    NotBase64Url,
    /// Longer than is read.
    #[error("longer than is read")]
    TooLong,
    /// It begins with neither header.
    #[error("neither a base nor a derived proof")]
    UnknownHeader,
    /// What follows the header is not what it announces.
    #[error("malformed components")]
    Malformed,
}

impl ProofScopedKey {
    /// The key, where it is a point of the curve.
    pub fn public_key(&self) -> Option<PublicKey> {
        let point = self.0.strip_prefix(&[0x80, 0x24])?;
        let multikey = Multikey::new(KeyKind::P256, point.to_vec());
        PublicKey::from_multikey(&multikey).ok()
    }
}

impl SelectiveProof {
    /// Reads a `proofValue`.
    ///
    /// # Errors
    /// [`ProofValueError`] when it is none of this suite.
    pub fn decode(text: &str) -> Result<Self, ProofValueError> {
        let digits = text.strip_prefix('u').ok_or(ProofValueError::NotBase64Url)?;
        if digits.len() > LONGEST_TEXT {
            return Err(ProofValueError::TooLong);
        }
        let bytes = URL_SAFE_NO_PAD.decode(digits).map_err(|_| ProofValueError::NotBase64Url)?;
        let (header, components) = bytes.split_first_chunk().ok_or(ProofValueError::UnknownHeader)?;
        let read = match *header {
            BASE_HEADER => read_base(components).map(SelectiveProof::Base),
            DERIVED_HEADER => read_derived(components).map(SelectiveProof::Derived),
            _ => return Err(ProofValueError::UnknownHeader),
        };
        read.ok_or(ProofValueError::Malformed)
    }

    /// Writes the `proofValue`.
    pub fn encode(&self) -> String {
        let bytes = match self {
            SelectiveProof::Base(proof) => write_base(proof),
            SelectiveProof::Derived(proof) => write_derived(proof),
        };
        format!("u{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    fn signatures(&self) -> &[Signature] {
        match self {
            SelectiveProof::Base(proof) => &proof.signatures,
            SelectiveProof::Derived(proof) => &proof.signatures,
        }
    }
}

/// The HMAC key lets its owner tell what a derived credential leaves out, so it never reaches a log line.
impl std::fmt::Debug for SelectiveProof {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self {
            SelectiveProof::Base(_) => "Base",
            SelectiveProof::Derived(_) => "Derived",
        };
        write!(out, "{kind}({} signatures)", self.signatures().len())
    }
}

fn read_base(components: &[u8]) -> Option<BaseProof> {
    let mut reader = Reader::new(components);
    (reader.array()? == 5).then_some(())?;
    let base_signature = fixed(&mut reader)?;
    let public_key = ProofScopedKey(fixed(&mut reader)?);
    let hmac_key = fixed(&mut reader)?;
    let signatures = list(&mut reader, fixed)?;
    let mandatory_pointers = list(&mut reader, |reader| reader.text().map(str::to_owned))?;
    reader.end()?;
    Some(BaseProof { base_signature, public_key, hmac_key, signatures, mandatory_pointers })
}

fn read_derived(components: &[u8]) -> Option<DerivedProof> {
    let mut reader = Reader::new(components);
    (reader.array()? == 5).then_some(())?;
    let base_signature = fixed(&mut reader)?;
    let public_key = ProofScopedKey(fixed(&mut reader)?);
    let signatures = list(&mut reader, fixed)?;
    let labels = (0..reader.map()?).map(|_| Some((reader.unsigned()?, fixed(&mut reader)?))).collect::<Option<_>>()?;
    let mandatory_indexes = list(&mut reader, Reader::unsigned)?;
    reader.end()?;
    Some(DerivedProof { base_signature, public_key, signatures, labels, mandatory_indexes })
}

fn fixed<const N: usize>(reader: &mut Reader<'_>) -> Option<[u8; N]> {
    reader.bytes()?.try_into().ok()
}

fn list<'b, T>(reader: &mut Reader<'b>, item: impl Fn(&mut Reader<'b>) -> Option<T>) -> Option<Vec<T>> {
    (0..reader.array()?).map(|_| item(reader)).collect()
}

fn write_base(proof: &BaseProof) -> Vec<u8> {
    let mut writer = Writer::after(&BASE_HEADER);
    writer.array(5);
    writer.bytes(&proof.base_signature);
    writer.bytes(&proof.public_key.0);
    writer.bytes(&proof.hmac_key);
    write_signatures(&mut writer, &proof.signatures);
    writer.array(proof.mandatory_pointers.len());
    proof.mandatory_pointers.iter().for_each(|pointer| writer.text(pointer));
    writer.into_bytes()
}

fn write_derived(proof: &DerivedProof) -> Vec<u8> {
    let mut writer = Writer::after(&DERIVED_HEADER);
    writer.array(5);
    writer.bytes(&proof.base_signature);
    writer.bytes(&proof.public_key.0);
    write_signatures(&mut writer, &proof.signatures);
    writer.map(proof.labels.len());
    for (label, name) in &proof.labels {
        writer.unsigned(*label);
        writer.bytes(name);
    }
    writer.array(proof.mandatory_indexes.len());
    proof.mandatory_indexes.iter().for_each(|index| writer.unsigned(*index));
    writer.into_bytes()
}

fn write_signatures(writer: &mut Writer, signatures: &[Signature]) {
    writer.array(signatures.len());
    signatures.iter().for_each(|signature| writer.bytes(signature));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> BaseProof {
        BaseProof {
            base_signature: [1; 64],
            public_key: ProofScopedKey([2; 35]),
            hmac_key: [3; 32],
            signatures: vec![[4; 64], [5; 64]],
            mandatory_pointers: vec!["/issuer".to_owned(), "/name".to_owned()],
        }
    }

    fn derived() -> DerivedProof {
        DerivedProof {
            base_signature: [1; 64],
            public_key: ProofScopedKey([2; 35]),
            signatures: vec![[4; 64]],
            labels: vec![(0, [6; 32]), (300, [7; 32])],
            mandatory_indexes: vec![0, 24],
        }
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: ProofValueError) {
        assert_eq!(SelectiveProof::decode(&format!("u{}", URL_SAFE_NO_PAD.encode(bytes))), Err(expected));
    }

    #[test]
    fn both_kinds_come_back_as_they_were_written() {
        for proof in [SelectiveProof::Base(base()), SelectiveProof::Derived(derived())] {
            assert_eq!(SelectiveProof::decode(&proof.encode()), Ok(proof));
        }
    }

    #[test]
    fn another_encoding_or_header_is_refused() {
        assert_eq!(SelectiveProof::decode("z2V0B"), Err(ProofValueError::NotBase64Url));
        assert_eq!(SelectiveProof::decode("u2V0B=="), Err(ProofValueError::NotBase64Url));
        let long = format!("u{}", "A".repeat(LONGEST_TEXT + 1));
        assert_eq!(SelectiveProof::decode(&long), Err(ProofValueError::TooLong));
        check(&[0xd9, 0x5d], ProofValueError::UnknownHeader);
        // The header of bbs-2023.
        check(&[0xd9, 0x5d, 0x02, 0x85], ProofValueError::UnknownHeader);
    }

    #[test]
    fn a_proof_value_cut_short_or_with_something_after_it_is_refused() {
        for whole in [write_base(&base()), write_derived(&derived())] {
            for length in 3..whole.len() {
                check(&whole[..length], ProofValueError::Malformed);
            }
            check(&[&whole[..], &[0x00]].concat(), ProofValueError::Malformed);
        }
    }

    #[test]
    fn components_of_another_length_are_refused() {
        let mut wrong = write_derived(&derived());
        // The length of the base signature, which stands after header, array and major type.
        assert_eq!(wrong[5], 64);
        wrong[5] = 63;
        check(&wrong, ProofValueError::Malformed);
        let mut four = write_base(&base());
        four[3] = 0x84;
        check(&four, ProofValueError::Malformed);
    }

    #[test]
    fn a_key_that_is_no_point_of_the_curve_is_none() {
        assert_eq!(ProofScopedKey([2; 35]).public_key(), None);
        let mut beyond = [0xff; 35];
        beyond[..3].copy_from_slice(&[0x80, 0x24, 0x02]);
        assert_eq!(ProofScopedKey(beyond).public_key(), None);
    }
}
