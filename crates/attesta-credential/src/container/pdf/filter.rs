//! The filters of PDF streams that credentials are written with,
//! [ISO 32000-1](https://opensource.adobe.com/dc-acrobat-sdk-docs/standards/pdfstandards/pdf/PDF32000_2008.pdf) 7.4.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::syntax::{Dictionary, Object, digit, is_space};

/// The most filters one after the other; two are met.
const FILTERS: usize = 4;

/// Why a stream's data are not at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undecoded {
    /// More than `limit` bytes.
    TooLarge,
    /// Broken, or with a filter that no text is written with.
    Unreadable,
}

/// The stream's data, expanded to at most `limit` bytes at every step.
pub(super) fn decode(dictionary: &Dictionary<'_>, data: &[u8], limit: usize) -> Result<Vec<u8>, Undecoded> {
    let filters = match dictionary.get(b"Filter") {
        None => &[],
        Some(Object::Array(filters)) => filters.as_slice(),
        Some(filter) => std::slice::from_ref(filter),
    };
    if filters.len() > FILTERS || has_predictor(dictionary) {
        return Err(Undecoded::Unreadable);
    }
    if data.len() > limit {
        return Err(Undecoded::TooLarge);
    }
    filters.iter().try_fold(data.to_vec(), |data, filter| match filter {
        Object::Name(name) => match &**name {
            b"FlateDecode" => inflate(&data, limit),
            b"ASCIIHexDecode" => hexadecimal(&data),
            b"ASCII85Decode" => base85(&data, limit),
            _ => Err(Undecoded::Unreadable),
        },
        _ => Err(Undecoded::Unreadable),
    })
}

/// Predictors serve pictures and cross-reference tables, neither of which is read.
fn has_predictor(dictionary: &Dictionary<'_>) -> bool {
    let predicts = |parameters: &Object<'_>| match parameters {
        Object::Dictionary(parameters) => !matches!(parameters.get(b"Predictor"), None | Some(Object::Integer(1))),
        _ => false,
    };
    match dictionary.get(b"DecodeParms") {
        Some(Object::Array(each)) => each.iter().any(predicts),
        Some(parameters) => predicts(parameters),
        None => false,
    }
}

fn inflate(data: &[u8], limit: usize) -> Result<Vec<u8>, Undecoded> {
    let mut expanded = Vec::new();
    let read = ZlibDecoder::new(data).take(limit as u64 + 1).read_to_end(&mut expanded);
    match read {
        _ if expanded.len() > limit => Err(Undecoded::TooLarge),
        Ok(_) => Ok(expanded),
        Err(_) => Err(Undecoded::Unreadable),
    }
}

fn hexadecimal(data: &[u8]) -> Result<Vec<u8>, Undecoded> {
    let mut digits = Vec::with_capacity(data.len());
    for byte in data.iter().copied().take_while(|byte| *byte != b'>').filter(|byte| !is_space(*byte)) {
        if !byte.is_ascii_hexdigit() {
            return Err(Undecoded::Unreadable);
        }
        digits.push(digit(byte));
    }
    Ok(digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default()).collect())
}

fn base85(data: &[u8], limit: usize) -> Result<Vec<u8>, Undecoded> {
    let mut bytes = Vec::with_capacity(data.len() / 5 * 4 + 4);
    let mut group = Vec::with_capacity(5);
    for byte in data.iter().copied().take_while(|byte| *byte != b'~').filter(|byte| !is_space(*byte)) {
        match byte {
            // The one short form, which makes five of one: four zero bytes.
            b'z' if group.is_empty() => bytes.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => return Err(Undecoded::Unreadable),
        }
        if group.len() == 5 {
            bytes.extend(number85(&group)?);
            group.clear();
        }
        if bytes.len() > limit {
            return Err(Undecoded::TooLarge);
        }
    }
    match group.len() {
        0 => {}
        1 => return Err(Undecoded::Unreadable),
        written => {
            group.resize(5, 84);
            bytes.extend(&number85(&group)?[..written - 1]);
        }
    }
    Ok(bytes)
}

fn number85(group: &[u8]) -> Result<[u8; 4], Undecoded> {
    let number = group.iter().fold(0_u64, |number, digit| number * 85 + u64::from(*digit));
    u32::try_from(number).map(u32::to_be_bytes).map_err(|_| Undecoded::Unreadable)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::io::Write;

    use super::super::syntax::Syntax;
    use super::*;

    #[track_caller]
    fn check(dictionary: &str, data: &[u8], expected: Result<&[u8], Undecoded>) {
        let budget = Cell::new(1 << 20);
        let Some(Object::Dictionary(dictionary)) = Syntax::new(dictionary.as_bytes(), 0, &budget).object() else {
            panic!("{dictionary}")
        };
        assert_eq!(decode(&dictionary, data, 1_000), expected.map(<[u8]>::to_vec));
    }

    fn deflated(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn text_filters_are_undone_in_their_order() {
        check("<<>>", b"plain", Ok(b"plain"));
        check("<</Filter/FlateDecode>>", &deflated(b"packed"), Ok(b"packed"));
        check("<</Filter[/ASCIIHexDecode]>>", b"48 65 6c6C 6F>", Ok(b"Hello"));
        check("<</Filter/ASCII85Decode>>", b"87cURD]i,\"Ebo80~>", Ok(b"Hello World!"));
        check("<</Filter/ASCII85Decode>>", b"z87cUR~>", Ok(b"\0\0\0\0Hell"));
        let hex: String = deflated(b"both").iter().map(|byte| format!("{byte:02x}")).collect();
        check("<</Filter[/ASCIIHexDecode/FlateDecode]/DecodeParms[null null]>>", hex.as_bytes(), Ok(b"both"));
        check("<</Filter/FlateDecode/DecodeParms<</Predictor 1>>>>", &deflated(b"x"), Ok(b"x"));
    }

    #[test]
    fn what_is_broken_or_foreign_is_left_alone() {
        check("<</Filter/DCTDecode>>", b"", Err(Undecoded::Unreadable));
        check("<</Filter 7>>", b"", Err(Undecoded::Unreadable));
        check("<</Filter/FlateDecode>>", b"no zlib", Err(Undecoded::Unreadable));
        check("<</Filter/FlateDecode/DecodeParms<</Predictor 12>>>>", &deflated(b"x"), Err(Undecoded::Unreadable));
        check("<</Filter/ASCIIHexDecode>>", b"4x", Err(Undecoded::Unreadable));
        check("<</Filter/ASCII85Decode>>", b"s8W-\"", Err(Undecoded::Unreadable));
        check("<</Filter/ASCII85Decode>>", b"!", Err(Undecoded::Unreadable));
        check("<</Filter[/A/A/A/A/A]>>", b"", Err(Undecoded::Unreadable));
    }

    #[test]
    fn expansion_stops_at_the_bound() {
        check("<</Filter/FlateDecode>>", &deflated(&[b' '; 1_001]), Err(Undecoded::TooLarge));
        check("<</Filter/FlateDecode>>", &deflated(&[b' '; 1_000]), Ok(&[b' '; 1_000]));
        let twice = deflated(&deflated(&[b' '; 100_000]));
        check("<</Filter[/FlateDecode/FlateDecode]>>", &twice, Err(Undecoded::TooLarge));
        check("<</Filter/ASCII85Decode>>", &[b'z'; 300], Err(Undecoded::TooLarge));
        check("<<>>", &[0; 1_001], Err(Undecoded::TooLarge));
    }
}
