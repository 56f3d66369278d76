//! An expanded list in little memory. Lists are nearly all zeros, and a list that is made to be large repeats itself,
//! so a stretch of one repeated byte is kept as that byte.

use std::io::{self, ErrorKind, Read};

/// Bytes of one stretch.
const STRETCH: usize = 4096;

/// Bytes in stretches of [`STRETCH`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chunks {
    length: usize,
    stretches: Vec<Stretch>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Stretch {
    Same(u8),
    Mixed(Box<[u8]>),
}

/// Why bytes could not be read.
#[derive(Debug)]
pub(super) enum ReadError {
    /// There are more than allowed.
    TooLong,
    /// The source failed.
    Source,
}

impl Chunks {
    /// Reads to the source's end, so that whatever it checks there is checked; never holds more than one stretch beyond
    /// what it keeps, and stops one byte past `most`.
    pub(super) fn read(source: impl Read, most: usize) -> Result<Self, ReadError> {
        let mut source = source.take(most as u64 + 1);
        let mut chunks = Chunks { length: 0, stretches: Vec::new() };
        let mut buffer = [0; STRETCH];
        loop {
            let filled = fill(&mut source, &mut buffer).map_err(|_| ReadError::Source)?;
            chunks.length += filled;
            if chunks.length > most {
                return Err(ReadError::TooLong);
            }
            match buffer[..filled].split_first() {
                None => return Ok(chunks),
                Some((first, rest)) if rest.iter().all(|byte| byte == first) => {
                    chunks.stretches.push(Stretch::Same(*first));
                }
                Some(_) => chunks.stretches.push(Stretch::Mixed(buffer[..filled].into())),
            }
        }
    }

    /// How many bytes there are.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// The byte at a place.
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        if at >= self.length {
            return None;
        }
        match self.stretches.get(at / STRETCH)? {
            Stretch::Same(byte) => Some(*byte),
            Stretch::Mixed(bytes) => bytes.get(at % STRETCH).copied(),
        }
    }

    /// About how many bytes of memory they take.
    pub(super) fn weight(&self) -> usize {
        let mixed = self.stretches.iter().filter(|stretch| matches!(stretch, Stretch::Mixed(_))).count();
        self.stretches.len() * size_of::<Stretch>() + mixed * STRETCH
    }
}

/// Fills the buffer as far as the source goes.
fn fill(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match source.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_where_it_was() {
        let mut bytes = vec![0; 3 * STRETCH + 7];
        (bytes[0], bytes[STRETCH + 1], bytes[3 * STRETCH + 6]) = (1, 2, 3);
        let chunks = Chunks::read(bytes.as_slice(), bytes.len()).unwrap();
        assert_eq!(chunks.length(), bytes.len());
        assert!((0..bytes.len()).all(|at| chunks.byte(at) == Some(bytes[at])));
        assert_eq!(chunks.byte(bytes.len()), None);
        assert!(matches!(chunks.stretches[2], Stretch::Same(0)));
    }

    #[test]
    fn what_repeats_takes_no_room() {
        let chunks = Chunks::read(io::repeat(0xff).take(8 << 20), 8 << 20).unwrap();
        assert_eq!((chunks.byte(0), chunks.byte((8 << 20) - 1)), (Some(0xff), Some(0xff)));
        assert!(chunks.weight() < 1 << 17, "{}", chunks.weight());
    }

    #[test]
    fn too_much_and_a_broken_source_are_told_apart() {
        assert!(matches!(Chunks::read([0; 9].as_slice(), 8), Err(ReadError::TooLong)));
        assert!(Chunks::read([0; 8].as_slice(), 8).is_ok());
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        assert!(matches!(Chunks::read(Broken, 8), Err(ReadError::Source)));
    }
}
