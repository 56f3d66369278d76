//! The names of entries.

/// The upper half of code page 437, in which programs write names that they do not mark as UTF-8.
const UPPER_HALF: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// A name as text. Names that are well-formed UTF-8 are taken as such, marked or not.
pub(super) fn decode(bytes: &[u8], is_utf_8: bool) -> String {
    match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) if is_utf_8 => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => bytes.iter().map(|&byte| character(byte)).collect(),
    }
}

fn character(byte: u8) -> char {
    match byte.checked_sub(0x80) {
        None => char::from(byte),
        Some(index) => UPPER_HALF.chars().nth(index.into()).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accented_names_of_any_age_are_read() {
        assert_eq!(UPPER_HALF.chars().count(), 128);
        assert_eq!(decode("compétence.png".as_bytes(), true), "compétence.png");
        assert_eq!(decode("compétence.png".as_bytes(), false), "compétence.png");
        assert_eq!(decode(b"comp\x82tence.png", false), "compétence.png");
        assert_eq!(decode(b"comp\x82tence.png", true), "comp\u{fffd}tence.png");
    }
}
