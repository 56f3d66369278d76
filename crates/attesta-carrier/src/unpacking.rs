//! One file being taken apart: what has been found so far and what is left of every bound.

use std::borrow::Cow;

use crate::kind::{self, Kind};
use crate::limits::{DEPTH, DOCUMENT_BYTES, LABEL_CHARACTERS, PARTS, SEARCHED_PIXELS_IN_ALL, UNPACKED_BYTES};
use crate::piece::{Content, Letter, Piece, Skipped, UnpackError, Unpacked};
use crate::{backpack, mail, mailbox, page, picture, shortcut, text, wallet, zip};

/// What a part is to the carrier that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The file itself.
    File,
    /// Put there for its own sake: an attachment, an entry of an archive.
    Enclosed,
    /// Part of how a mail looks: a logo, a line, a badge.
    Inline,
}

/// Where a part stands.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) within: Vec<String>,
    pub(crate) letter: Option<Letter>,
    pub(crate) depth: usize,
    pub(crate) standing: Standing,
}

impl Place {
    /// The file itself.
    pub(crate) fn of_file(name: &str) -> Place {
        Place { name: label(name), within: Vec::new(), letter: None, depth: 0, standing: Standing::File }
    }

    /// A part of the carrier that stands here. Its name is one that [`label`] or [`line`] gave.
    pub(crate) fn part(&self, name: &str, standing: Standing) -> Place {
        let within = self.within.iter().chain([&self.name]).cloned().collect();
        Place { name: name.to_owned(), within, letter: self.letter.clone(), depth: self.depth + 1, standing }
    }
}

/// A name as it is shown: its last component, on one line and not endless.
pub(crate) fn label(name: &str) -> String {
    let last = name.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default();
    line(last)
}

/// A text as one short line.
pub(crate) fn line(text: &str) -> String {
    // Marks that turn the direction of what follows would turn the words around it too.
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    let visible = |c: char| if c.is_control() || turns(c) { ' ' } else { c };
    let words: String = text.chars().take(LABEL_CHARACTERS).map(visible).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The file being taken apart.
pub(crate) struct Unpacking {
    found: Unpacked,
    unpacked_left: usize,
    parts_left: usize,
    pixels_left: u64,
    crowded: bool,
}

impl Unpacking {
    pub(crate) fn new() -> Self {
        Unpacking {
            found: Unpacked { pieces: Vec::new(), skipped: Vec::new() },
            unpacked_left: UNPACKED_BYTES,
            parts_left: PARTS,
            pixels_left: SEARCHED_PIXELS_IN_ALL,
            crowded: false,
        }
    }

    pub(crate) fn finish(self) -> Unpacked {
        self.found
    }

    /// How much was found so far, what was skipped included.
    pub(crate) fn count(&self) -> usize {
        self.found.pieces.len() + self.found.skipped.len()
    }

    /// Whether no more parts are looked at.
    pub(crate) fn is_full(&self) -> bool {
        self.crowded
    }

    /// How many bytes may still be unpacked.
    pub(crate) fn unpacked_left(&self) -> usize {
        self.unpacked_left
    }

    /// Counts bytes that were unpacked or decoded, whatever becomes of them.
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<(), UnpackError> {
        let left = self.unpacked_left.checked_sub(bytes);
        self.unpacked_left = left.unwrap_or(0);
        left.map(|_| ()).ok_or(UnpackError::TooLarge { limit: UNPACKED_BYTES as u64 })
    }

    /// Notes that a carrier is looked into that stands at `place`.
    pub(crate) fn enter(&self, place: &Place) -> Result<(), UnpackError> {
        if place.depth < DEPTH { Ok(()) } else { Err(UnpackError::TooDeep { limit: DEPTH }) }
    }

    /// Notes a part that is not looked into. That there are too many parts is said once.
    pub(crate) fn skip(&mut self, place: Place, why: UnpackError) {
        if matches!(why, UnpackError::TooMany { .. }) && std::mem::replace(&mut self.crowded, true) {
            return;
        }
        if self.found.skipped.len() < PARTS {
            self.found.skipped.push(Skipped { name: place.name, within: place.within, why });
        }
    }

    /// Adds a piece.
    pub(crate) fn push(&mut self, place: Place, content: Content) -> Result<(), UnpackError> {
        let size = match &content {
            Content::Document { bytes, .. } => bytes.len(),
            Content::Text(text) | Content::Code(text) => text.len(),
        };
        if size > DOCUMENT_BYTES {
            return Err(UnpackError::TooLarge { limit: DOCUMENT_BYTES as u64 });
        }
        if self.found.pieces.len() >= PARTS {
            return Err(UnpackError::TooMany { limit: PARTS });
        }
        let Place { name, within, letter, .. } = place;
        self.found.pieces.push(Piece { name, within, letter, content });
        Ok(())
    }

    /// Looks into a part; what can't be looked into is noted as such.
    pub(crate) fn take(&mut self, place: Place, media_type: Option<String>, bytes: &[u8]) {
        let shown = place.clone();
        if let Err(why) = self.look(place, media_type, Cow::Borrowed(bytes)) {
            self.skip(shown, why);
        }
    }

    /// As [`Unpacking::take`], for bytes that are not needed elsewhere.
    pub(crate) fn take_owned(&mut self, place: Place, media_type: Option<String>, bytes: Vec<u8>) {
        let shown = place.clone();
        if let Err(why) = self.look(place, media_type, Cow::Owned(bytes)) {
            self.skip(shown, why);
        }
    }

    /// Looks into a part.
    ///
    /// # Errors
    /// [`UnpackError`] if it as a whole can't be looked into.
    pub(crate) fn look(
        &mut self,
        place: Place,
        media_type: Option<String>,
        bytes: Cow<'_, [u8]>,
    ) -> Result<(), UnpackError> {
        self.parts_left = self.parts_left.checked_sub(1).ok_or(UnpackError::TooMany { limit: PARTS })?;
        match kind::of(&place.name, media_type.as_deref(), &bytes) {
            Kind::Ignored if place.standing != Standing::File => Ok(()),
            Kind::Mail => mail::unpack(self, &place, &bytes),
            Kind::Mailbox => mailbox::unpack(self, &place, &bytes),
            Kind::Zip => match zip::unpack(self, &place, &bytes)? {
                zip::Archive::OfFiles => Ok(()),
                zip::Archive::OfOneDocument => self.document(place, media_type, bytes),
            },
            Kind::Encrypted => Err(UnpackError::Encrypted),
            Kind::Unsupported(what) => Err(UnpackError::Unsupported { what }),
            Kind::Picture => match picture::codes_of(&bytes, &mut self.pixels_left) {
                picture::Searched::Document => self.document(place, media_type, bytes),
                picture::Searched::Nothing if place.standing == Standing::Inline => Ok(()),
                picture::Searched::Nothing => self.document(place, media_type, bytes),
                picture::Searched::Codes(codes) => {
                    codes.into_iter().try_for_each(|code| self.push(place.clone(), Content::Code(code)))
                }
            },
            Kind::Json => match wallet::unpack(self, &place, text::without_mark(&bytes))? {
                true => Ok(()),
                false if backpack::unpack(self, &place, text::without_mark(&bytes))? => Ok(()),
                false => self.document(place, media_type, bytes),
            },
            Kind::Page => page::unpack(self, &place, &text::decode(&bytes, None)),
            Kind::Shortcut => match shortcut::target(&bytes) {
                Some(target) => self.push(place, Content::Text(target)),
                None => self.document(place, media_type, bytes),
            },
            Kind::Text => {
                let text = text::decode(&bytes, None);
                if place.standing != Standing::File && !text::may_carry(&text) {
                    return Ok(());
                }
                self.push(place, Content::Text(text))
            }
            Kind::Document | Kind::Ignored => self.document(place, media_type, bytes),
        }
    }

    fn document(&mut self, place: Place, media_type: Option<String>, bytes: Cow<'_, [u8]>) -> Result<(), UnpackError> {
        if bytes.len() > DOCUMENT_BYTES {
            return Err(UnpackError::TooLarge { limit: DOCUMENT_BYTES as u64 });
        }
        self.push(place, Content::Document { media_type, bytes: bytes.into_owned() })
    }
}
