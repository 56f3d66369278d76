//! The distinguished encoding rules of ASN.1, as far as public keys need them:
//! [X.690 section 10](https://www.itu.int/rec/T-REC-X.690). Every length is definite and as short as it can be.

use super::KeyError;

/// The tags that stand in public keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Integer,
    BitString,
    Null,
    ObjectIdentifier,
    Sequence,
}

impl Tag {
    fn byte(self) -> u8 {
        match self {
            Tag::Integer => 0x02,
            Tag::BitString => 0x03,
            Tag::Null => 0x05,
            Tag::ObjectIdentifier => 0x06,
            Tag::Sequence => 0x30,
        }
    }
}

/// Bytes that are read one element after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Reader(bytes)
    }

    /// The contents of the next element, which must have this tag.
    pub(super) fn element(&mut self, tag: Tag) -> Result<&'a [u8], KeyError> {
        let (&found, rest) = self.0.split_first().ok_or(KeyError::Malformed)?;
        if found != tag.byte() {
            return Err(KeyError::Malformed);
        }
        let (length, rest) = length(rest)?;
        let (contents, rest) = rest.split_at_checked(length).ok_or(KeyError::Malformed)?;
        self.0 = rest;
        Ok(contents)
    }

    /// The next element, which must be a sequence.
    pub(super) fn sequence(&mut self) -> Result<Reader<'a>, KeyError> {
        self.element(Tag::Sequence).map(Reader)
    }

    /// The magnitude of the next element, which must be a positive integer; without leading zeros.
    pub(super) fn positive_integer(&mut self) -> Result<&'a [u8], KeyError> {
        match self.element(Tag::Integer)? {
            [0, magnitude @ ..] if magnitude.first().is_some_and(|first| first & 0x80 != 0) => Ok(magnitude),
            [] | [0, ..] | [0x80..=0xff, ..] => Err(KeyError::Malformed),
            magnitude => Ok(magnitude),
        }
    }

    /// The bytes of the next element, which must be a bit string of whole bytes.
    pub(super) fn bytes_of_bit_string(&mut self) -> Result<&'a [u8], KeyError> {
        match self.element(Tag::BitString)? {
            [0, bytes @ ..] => Ok(bytes),
            _ => Err(KeyError::Malformed),
        }
    }

    /// Whether nothing is left.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Demands that nothing is left.
    pub(super) fn end(self) -> Result<(), KeyError> {
        if self.is_empty() { Ok(()) } else { Err(KeyError::Malformed) }
    }
}

/// The length that the bytes begin with, and the rest. Keys need no more than two bytes for it.
fn length(bytes: &[u8]) -> Result<(usize, &[u8]), KeyError> {
    match bytes {
        [short @ 0..=0x7f, rest @ ..] => Ok((usize::from(*short), rest)),
        [0x81, one @ 0x80..=0xff, rest @ ..] => Ok((usize::from(*one), rest)),
        [0x82, high @ 1..=0xff, low, rest @ ..] => Ok((usize::from(*high) << 8 | usize::from(*low), rest)),
        _ => Err(KeyError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Option<&[u8]>) {
        let mut reader = Reader::new(bytes);
        let read = reader.positive_integer().ok().filter(|_| reader.is_empty());
        assert_eq!(read, expected, "{bytes:x?}");
    }

    #[test]
    fn a_positive_integer_is_written_in_one_way() {
        check(&[2, 1, 3], Some(&[3]));
        check(&[2, 2, 0, 0x80], Some(&[0x80]));
        for other in [
            &[2, 1, 0][..],
            &[2, 0],
            &[2, 1, 0x80],
            &[2, 2, 0, 3],
            &[2, 0x81, 1, 3],
            &[2, 0x82, 0, 1, 3],
            &[2, 0x80, 3, 0, 0],
            &[2, 2, 3],
            &[2, 1, 3, 0],
            &[3, 1, 3],
            &[],
        ] {
            check(other, None);
        }
    }
}
