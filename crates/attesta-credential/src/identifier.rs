//! Which identifiers are the same.

/// An identifier in the form in which two are compared. Open Badges 3.0 compares credentials' identifiers trimmed and
/// percent-decoded; a DID is compared exactly, since `%3A` in a did:web stands for a port.
pub fn comparable(identifier: &str) -> String {
    let trimmed = identifier.trim();
    if trimmed.starts_with("did:") { trimmed.to_owned() } else { percent_decoded(trimmed) }
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        let value = (*byte == b'%')
            .then(|| text.get(index + 1..index + 3))
            .flatten()
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(value.unwrap_or(*byte));
        index += if value.is_some() { 3 } else { 1 };
    }
    // Bytes that are no UTF-8 once decoded: the text as it was is what both sides have.
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(identifier: &str, expected: &str) {
        assert_eq!(comparable(identifier), expected);
    }

    #[test]
    fn identifiers_are_compared_trimmed_and_decoded_but_dids_exactly() {
        check(" https://a.example/c/1 \n", "https://a.example/c/1");
        check("https://a.example/c%2F1%20x", "https://a.example/c/1 x");
        check("https://a.example/100%", "https://a.example/100%");
        check("https://a.example/%zz%4", "https://a.example/%zz%4");
        check("https://a.example/%ff", "https://a.example/%ff");
        check("https://a.example/%é1", "https://a.example/%é1");
        check("did:web:a.example%3A8080", "did:web:a.example%3A8080");
    }
}
