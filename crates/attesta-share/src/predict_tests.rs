use sha2::{Digest, Sha256};

use super::*;

#[test]
fn the_text_that_is_read_first_never_changes() {
    let hash: String = Sha256::digest(DICTIONARY).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        (DICTIONARY.len(), hash.as_str()),
        (12301, "1641e4228fafcb0a361912b7a3ef687dcea8e967d7c6508882f410450b3a8114")
    );
}

#[test]
fn a_presentation_has_one_spelling() {
    let presentation = br#"{"type":["VerifiablePresentation"],"name":"Dossier"}"#;
    let compressed = compress(presentation).expect("it is short");
    assert_eq!(expand(&compressed).as_deref(), Ok(&presentation[..]));
    // A zero at the end is read as if it were not there, and a length may be spelled with more bytes than it needs.
    let longer = [&compressed[..], &[0]].concat();
    assert_eq!(expand(&longer), Err(PayloadError::Damaged));
    let respelled = [&[compressed[0] | 0x80, 0][..], &compressed[1..]].concat();
    assert_eq!(expand(&respelled), Err(PayloadError::Damaged));
}

#[test]
fn a_length_beyond_the_limit_is_refused_before_anything_is_predicted() {
    assert_eq!(expand(&[0xff, 0xff, 0x7f, 0]), Err(PayloadError::TooLarge { limit: MOST_BYTES }));
    for bytes in [&[][..], &[0x80], &[0xff; 8]] {
        assert_eq!(expand(bytes), Err(PayloadError::Damaged), "{bytes:?}");
    }
}

#[test]
fn what_is_too_long_or_no_text_is_left_to_version_1() {
    assert!(compress(&vec![b' '; MOST_BYTES]).is_some());
    assert!(compress(&vec![b' '; MOST_BYTES + 1]).is_none());
    assert!(compress(&[0xff]).is_none());
    assert!(compress(&[0xfe, b'e']).is_none());
}
