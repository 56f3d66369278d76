use super::*;
use crate::payload;

const PRESENTATION: &[u8] = br#"{"type":["VerifiablePresentation"],"name":"Dossier de candidature"}"#;

fn passphrase() -> Passphrase {
    Passphrase::new("Montréal en février").expect("it is long enough")
}

fn randomness() -> [u8; SEAL_RANDOM_BYTES] {
    std::array::from_fn(|at| u8::try_from(at * 5 % 251).expect("a byte"))
}

fn sealed() -> SealedPayload {
    SealedPayload::seal(PRESENTATION, &passphrase(), &randomness())
}

#[test]
fn the_passphrase_opens_what_it_sealed_however_it_is_typed() {
    let sealed = sealed();
    for typed in ["Montréal en février", " Montre\u{301}al en fe\u{301}vrier\n", "Montréal\u{a0}en février"] {
        assert_eq!(sealed.unseal(typed).as_deref(), Ok(PRESENTATION), "{typed:?}");
    }
}

#[test]
fn another_passphrase_opens_nothing() {
    let sealed = sealed();
    for typed in ["montréal en février", "Montreal en fevrier", "Montréal en février.", "x", "a\nb"] {
        assert_eq!(sealed.unseal(typed), Err(UnsealError::WrongPassphrase), "{typed:?}");
    }
    for empty in ["", "  "] {
        assert_eq!(sealed.unseal(empty), Err(UnsealError::PassphraseNeeded));
    }
}

#[test]
fn the_same_presentation_sealed_twice_has_nothing_in_common() {
    let mut other = randomness();
    other[0] ^= 1;
    let (one, two) = (sealed(), SealedPayload::seal(PRESENTATION, &passphrase(), &other));
    assert_ne!(one.body[SEAL_RANDOM_BYTES..], two.body[SEAL_RANDOM_BYTES..]);
    let equal = one.body[SEAL_RANDOM_BYTES..].iter().zip(&two.body[SEAL_RANDOM_BYTES..]).filter(|(a, b)| a == b);
    assert!(equal.count() < 8, "no more than chance");
}

#[test]
fn salt_nonce_text_and_header_are_all_authenticated() {
    let sealed = sealed();
    // Whoever alters it on purpose fits the checksum to it; then the seal is what refuses.
    for at in [0, 15, 16, 39, 40, 60, sealed.body.len() - 1] {
        let mut altered = sealed.clone();
        altered.body[at] ^= 1;
        assert_eq!(altered.unseal("Montréal en février"), Err(UnsealError::WrongPassphrase), "byte {at}");
    }
    let key = derive(&passphrase(), &sealed.body[..SALT_BYTES], blocks());
    let (nonce_bytes, text) = sealed.body[SALT_BYTES..].split_at(NONCE_BYTES);
    let with = |aad: &[u8]| cipher(&key).decrypt(&nonce(nonce_bytes), Payload { msg: text, aad }).is_ok();
    assert!(with(&header(sealed.version, Secrecy::Sealed)));
    assert!(!with(b"attesta:share#9s") && !with(b""));
}

#[test]
fn damage_is_told_apart_from_a_wrong_passphrase_without_making_a_key() {
    for encoding in [PayloadEncoding::Base64Url, PayloadEncoding::Digits] {
        let text = sealed().to_text(encoding);
        let bytes = encoding.read(&text[2..]).expect("the text is whole");
        let version = sealed().version;
        let read = |secrecy, bytes: &[u8]| payload::read(version, secrecy, bytes, &mut usize::MAX.clone());
        for bit in 0..bytes.len() * 8 {
            let mut altered = bytes.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(read(Secrecy::Sealed, &altered), Err(PayloadError::Damaged), "bit {bit}");
        }
        for length in 0..bytes.len() {
            let cut = read(Secrecy::Sealed, &bytes[..length]);
            assert_eq!(cut, Err(PayloadError::Damaged), "cut to {length}");
        }
        assert_eq!(read(Secrecy::Open, &bytes), Err(PayloadError::Damaged));
    }
}

#[test]
fn what_was_sealed_is_not_printed() {
    assert_eq!(format!("{:?}", sealed()), format!("SealedPayload({} bytes)", sealed().body.len()));
}

#[test]
fn every_reason_not_to_open_has_a_code() {
    assert_eq!(UnsealError::PassphraseNeeded.code(), "passphrase_needed");
    assert_eq!(UnsealError::WrongPassphrase.code(), "passphrase_wrong");
    assert_eq!(UnsealError::Damaged.code(), "share_link_damaged");
    assert_eq!(UnsealError::TooLarge { limit: 8 }.code(), "too_large");
    assert_eq!(UnsealError::OutOfMemory { bytes: 8 }.code(), "out_of_memory");
}
