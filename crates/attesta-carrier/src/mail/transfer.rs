//! Transfer encodings, [RFC 2045 section 6](https://www.rfc-editor.org/rfc/rfc2045#section-6), read leniently as its
//! text asks for.

use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true),
);

/// What base64 stands for. Anything outside its alphabet is passed over; padding ends a run, and another may follow.
pub(super) fn from_base64(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len() / 4 * 3);
    let mut run = Vec::with_capacity(bytes.len().min(1 << 20));
    for &byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => run.push(byte),
            b'=' => end_run(&mut run, &mut decoded),
            _ => {}
        }
    }
    end_run(&mut run, &mut decoded);
    decoded
}

fn end_run(run: &mut Vec<u8>, decoded: &mut Vec<u8>) {
    if run.len() % 4 == 1 {
        // Six bits are no byte: the run was cut off.
        run.pop();
    }
    // Nothing but letters of the alphabet in a possible number is left, so that this can't fail.
    let _ = LENIENT.decode_vec(&*run, decoded);
    run.clear();
}

/// What quoted-printable stands for. What is no escape stands for itself.
pub(super) fn from_quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte != b'=' {
            decoded.push(byte);
            at += 1;
            continue;
        }
        let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        if let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2)) {
            decoded.push(u8::try_from(16 * high + low).expect("two hexadecimal digits are a byte"));
            at += 3;
            continue;
        }
        let rest = &bytes[at + 1..];
        let spaces = rest.iter().take_while(|&&byte| matches!(byte, b' ' | b'\t')).count();
        match &rest[spaces..] {
            [b'\r', b'\n', ..] => at += 3 + spaces,
            [b'\n', ..] => at += 2 + spaces,
            [] => at = bytes.len(),
            _ => {
                decoded.push(b'=');
                at += 1;
            }
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_through_what_mail_programs_do_to_it() {
        #[track_caller]
        fn check(encoded: &str, expected: &str) {
            assert_eq!(String::from_utf8_lossy(&from_base64(encoded.as_bytes())), expected);
        }
        check("QmFkZ2U=", "Badge");
        check("QmFk\r\nZ2U", "Badge");
        check("  QmFk !\n>Z2U= \n", "Badge");
        check("QmFkZ2U=QmFkZ2U=", "BadgeBadge");
        check("QmFkZ2UhQ", "Badge!");
        check("", "");
    }

    #[test]
    fn quoted_printable_is_read_through_what_mail_programs_do_to_it() {
        #[track_caller]
        fn check(encoded: &str, expected: &str) {
            assert_eq!(String::from_utf8_lossy(&from_quoted_printable(encoded.as_bytes())), expected);
        }
        check("comp=C3=A9tence", "compétence");
        check("comp=c3=a9tence", "compétence");
        check("https://a.example/=\r\n1?x=3D1", "https://a.example/1?x=1");
        check("https://a.example/= \t\n1", "https://a.example/1");
        check("a=zb=", "a=zb");
        check("https://a.example/?x=1", "https://a.example/?x=1");
    }
}
