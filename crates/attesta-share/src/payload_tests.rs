use super::*;

fn read(version: FormatVersion, secrecy: Secrecy, bytes: &[u8]) -> Result<Carried, PayloadError> {
    super::read(version, secrecy, bytes, &mut usize::MAX.clone())
}

fn unpack(bytes: &[u8]) -> Result<Carried, PayloadError> {
    read(FormatVersion::One, Secrecy::Open, bytes)
}

/// The bytes of what [`payload_text`] writes.
fn packed(presentation: &[u8]) -> (FormatVersion, Vec<u8>) {
    let text = payload_text(presentation, PayloadEncoding::Base64Url);
    let version = FormatVersion::from_char(text.chars().next().expect("a version")).expect("a version that is read");
    (version, PayloadEncoding::Base64Url.read(&text[2..]).expect("the text is base64url"))
}

#[track_caller]
fn check_round_trip(presentation: &[u8]) {
    let (version, bytes) = packed(presentation);
    assert_eq!(read(version, Secrecy::Open, &bytes), Ok(Carried::Plain(presentation.to_vec())));
    let digits = payload_text(presentation, PayloadEncoding::Digits);
    assert_eq!(PayloadEncoding::Digits.read(&digits[2..]), Some(bytes));
}

/// Bytes without any pattern that a compressor could use.
fn noise(length: usize) -> Vec<u8> {
    (0_u32..).flat_map(|block| Sha256::digest(block.to_be_bytes()).to_vec()).take(length).collect()
}

#[test]
fn a_payload_gives_back_exactly_the_bytes_that_went_in() {
    check_round_trip(b"");
    check_round_trip(b"{}");
    check_round_trip("{\r\n \"name\" : \"Données\\u00e9 \u{1F393}\" }\n".as_bytes());
    check_round_trip(deflate::DICTIONARY);
    check_round_trip(&noise(1_000));
    check_round_trip(&noise(100_000));
    check_round_trip(&vec![b' '; MAX_PRESENTATION_BYTES]);
}

#[test]
fn a_payload_cut_anywhere_is_noticed() {
    let (version, bytes) = packed(br#"{"type":["VerifiablePresentation"],"name":"Application to the city library"}"#);
    for length in 0..bytes.len() {
        assert_eq!(read(version, Secrecy::Open, &bytes[..length]), Err(PayloadError::Damaged), "cut to {length}");
    }
}

#[test]
fn a_payload_of_version_1_with_any_one_bit_altered_is_noticed() {
    let presentation = br#"{"type":["VerifiablePresentation"],"name":"Application to the city library"}"#;
    let bytes = [&checksum(&[presentation])[..], &deflate::deflate(presentation)].concat();
    for bit in 0..bytes.len() * 8 {
        let mut altered = bytes.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        // The bits behind the end of the stream within its last byte mean nothing.
        let end_padding = bit / 8 == bytes.len() - 1 && unpack(&altered).is_ok();
        assert!(end_padding || unpack(&altered) == Err(PayloadError::Damaged), "bit {bit}");
    }
}
