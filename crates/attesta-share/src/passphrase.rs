//! The passphrase that a sealed share opens with.

use std::fmt;

use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The fewest characters of a passphrase that is no sequence of words.
pub const FEWEST_PASSPHRASE_CHARS: usize = 12;

/// The fewest words of a passphrase that has fewer characters than that, or more.
pub const FEWEST_PASSPHRASE_WORDS: usize = 4;

/// The longest passphrase, in characters: far beyond what anybody types.
const MOST_CHARS: usize = 512;

/// How many words a suggested passphrase has.
const SUGGESTED_WORDS: usize = 7;

/// How many words there are to choose from: nine bits each.
const WORDS: usize = 512;

/// How many random bytes [`passphrase_from`] uses at least: two for each word.
pub const PASSPHRASE_RANDOM_BYTES: usize = 2 * SUGGESTED_WORDS;

/// A passphrase, spelled in one way: the *OpaqueString* profile of
/// [RFC 8265](https://www.rfc-editor.org/rfc/rfc8265#section-4.2) (every kind of space is U+0020, Unicode form NFC),
/// without spaces around it. Wiped from memory when it is dropped, and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase {
    text: Zeroizing<String>,
}

/// Why a text does not do as a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PassphraseError {
    /// There is nothing in it.
    #[error("the passphrase is empty")]
    Empty,
    /// It is easily guessed: [`FEWEST_PASSPHRASE_CHARS`] characters or [`FEWEST_PASSPHRASE_WORDS`] words are asked for.
    #[error("the passphrase has fewer than {chars} characters and fewer than {words} words")]
    TooWeak {
        /// The fewest characters.
        chars: usize,
        /// The fewest words.
        words: usize,
    },
    /// It is longer than anybody types.
    #[error("the passphrase has more than {limit} characters")]
    TooLong {
        /// The limit, in characters.
        limit: usize,
    },
    /// It has a character that can't be typed, such as a line break in its midst.
    #[error("the passphrase has a control character")]
    ControlCharacter,
}

impl PassphraseError {
    /// A stable code that leads to the words for people.
    pub fn code(self) -> &'static str {
        match self {
            PassphraseError::Empty => "passphrase_needed",
            PassphraseError::TooWeak { .. } => "passphrase_too_weak",
            PassphraseError::TooLong { .. } => "passphrase_too_long",
            PassphraseError::ControlCharacter => "passphrase_malformed",
        }
    }
}

impl Passphrase {
    /// A passphrase that shall seal a share.
    ///
    /// # Errors
    /// [`PassphraseError`], also where it is too weak.
    pub fn new(typed: &str) -> Result<Passphrase, PassphraseError> {
        let passphrase = Passphrase::typed(typed)?;
        let words = passphrase.text.split([' ', '-']).filter(|word| word.chars().count() >= 3).count();
        if passphrase.text.chars().count() < FEWEST_PASSPHRASE_CHARS && words < FEWEST_PASSPHRASE_WORDS {
            return Err(PassphraseError::TooWeak { chars: FEWEST_PASSPHRASE_CHARS, words: FEWEST_PASSPHRASE_WORDS });
        }
        Ok(passphrase)
    }

    /// A passphrase that somebody types to open a share; how strong it is was for the one who sealed it to say.
    ///
    /// # Errors
    /// [`PassphraseError`], never [`PassphraseError::TooWeak`].
    pub fn typed(typed: &str) -> Result<Passphrase, PassphraseError> {
        // Each character is at most three after normalisation, so the limit also bounds the work.
        if typed.chars().nth(MOST_CHARS).is_some() {
            return Err(PassphraseError::TooLong { limit: MOST_CHARS });
        }
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(PassphraseError::Empty);
        }
        if typed.chars().any(char::is_control) {
            return Err(PassphraseError::ControlCharacter);
        }
        let spaced = Zeroizing::new(typed.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect::<String>());
        Ok(Passphrase { text: Zeroizing::new(spaced.nfc().collect()) })
    }

    /// What the key is made of.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Passphrase")
    }
}

/// A passphrase of seven words, 63 bits, from random bytes: the first [`PASSPHRASE_RANDOM_BYTES`] of them. The words are
/// spelled the same in English and French and have no accents, so that they can be told over the telephone.
///
/// `None` where there are fewer bytes.
pub fn passphrase_from(random: &[u8]) -> Option<String> {
    let random = random.get(..PASSPHRASE_RANDOM_BYTES)?;
    let words = words();
    let chosen: Vec<&str> =
        random.chunks_exact(2).map(|pair| words[usize::from(u16::from_be_bytes([pair[0], pair[1]])) % WORDS]).collect();
    Some(chosen.join(" "))
}

fn words() -> Vec<&'static str> {
    include_str!("words.txt").split_ascii_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Result<&str, PassphraseError>) {
        assert_eq!(Passphrase::new(typed).map(|passphrase| passphrase.text.to_string()), expected.map(str::to_owned));
    }

    const TOO_WEAK: PassphraseError = PassphraseError::TooWeak { chars: 12, words: 4 };

    #[test]
    fn a_passphrase_has_one_spelling_whatever_typed_it() {
        check("  correct horse battery\n", Ok("correct horse battery"));
        check("d\u{e9}j\u{e0} vu \u{e0} Montr\u{e9}al", Ok("d\u{e9}j\u{e0} vu \u{e0} Montr\u{e9}al"));
        check("de\u{301}ja\u{300} vu a\u{300} Montre\u{301}al", Ok("d\u{e9}j\u{e0} vu \u{e0} Montr\u{e9}al"));
        check("un\u{a0}deux\u{3000}trois\u{202f}quatre", Ok("un deux trois quatre"));
        // Compatibility forms and letter case are kept: they were typed on purpose.
        check("\u{fb01}n de la \u{ff21}BC", Ok("\u{fb01}n de la \u{ff21}BC"));
    }

    #[test]
    fn a_passphrase_to_seal_with_must_be_long_or_of_several_words() {
        check("elevenchars", Err(TOO_WEAK));
        check("twelve chars", Ok("twelve chars"));
        check("one two six", Err(TOO_WEAK));
        check("a b c d e f", Err(TOO_WEAK));
        check("été-bon-mai", Err(TOO_WEAK));
        check("", Err(PassphraseError::Empty));
        check(" \t\n", Err(PassphraseError::Empty));
        check("a line\nand another", Err(PassphraseError::ControlCharacter));
        check(&"x".repeat(513), Err(PassphraseError::TooLong { limit: 512 }));
        assert!(Passphrase::typed("short").is_ok(), "whoever opens types what was agreed");
    }

    #[test]
    fn a_printed_passphrase_shows_nothing_of_itself() {
        let passphrase = Passphrase::new("correct horse battery").expect("it is long enough");
        assert_eq!(format!("{passphrase:?} {passphrase:#?}"), "Passphrase Passphrase");
    }

    #[test]
    fn a_suggested_passphrase_has_sixty_three_bits_and_can_be_told_in_both_languages() {
        let words = words();
        assert_eq!(words.len(), WORDS);
        let mut sorted = words.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), WORDS, "each word stands once");
        assert!(words.iter().all(|word| (4..=8).contains(&word.len())), "words that are quickly typed");
        assert!(words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
        let suggested = passphrase_from(&[0; 14]).expect("enough bytes");
        assert_eq!(suggested, [words[0]; 7].join(" "));
        assert_eq!(passphrase_from(&[0xff; 14]).expect("enough bytes"), [words[511]; 7].join(" "));
        assert!(Passphrase::new(&suggested).is_ok());
        assert_eq!(passphrase_from(&[0; 13]), None);
    }
}
