//! The four faces that documents are set in, and how a text becomes glyphs of one of them.

use std::ops::Range;

use krilla::text::Font;
use rustybuzz::{BufferClusterLevel, Direction, UnicodeBuffer};

/// What stands where a face has no glyph: a hollow box, which the faces of this crate keep under this character.
const BOX: char = '\u{FFFD}';

/// A face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Face {
    /// What the program says.
    Regular,
    /// Its labels.
    Bold,
    /// Emphasis.
    Italic,
    /// Titles: what a credential or its holder says first.
    Serif,
}

const FILES: [&[u8]; 4] = [
    include_bytes!("../../fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    include_bytes!("../../fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
    include_bytes!("../../fonts/AtkinsonHyperlegibleNext-Italic.ttf"),
    include_bytes!("../../fonts/AttestaSerif-SemiBold.ttf"),
];

/// One glyph of a text; lengths in em.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub(super) id: u32,
    pub(super) advance: f32,
    pub(super) x_offset: f32,
    pub(super) y_offset: f32,
    /// The bytes of the text that it stands for.
    pub(super) text: Range<usize>,
}

struct Loaded {
    font: Font,
    shaper: rustybuzz::Face<'static>,
    em: f32,
    missing: (u32, f32),
}

/// The faces, ready to set text.
pub(super) struct Fonts(Vec<Loaded>);

impl Fonts {
    pub(super) fn load() -> Fonts {
        let load = |file: &&'static [u8]| {
            let shaper =
                rustybuzz::Face::from_slice(file, 0).expect("the faces are part of the program; a test sets them");
            let em = shaper.units_per_em() as f32;
            let id = shaper.glyph_index(BOX).expect("every face has the box");
            let advance = f32::from(shaper.glyph_hor_advance(id).unwrap_or_default()) / em;
            let font = Font::new((*file).into(), 0).expect("the faces are part of the program; a test sets them");
            Loaded { font, shaper, em, missing: (u32::from(id.0), advance) }
        };
        Fonts(FILES.iter().map(load).collect())
    }

    fn of(&self, face: Face) -> &Loaded {
        &self.0[match face {
            Face::Regular => 0,
            Face::Bold => 1,
            Face::Italic => 2,
            Face::Serif => 3,
        }]
    }

    pub(super) fn font(&self, face: Face) -> Font {
        self.of(face).font.clone()
    }

    /// Whether a glyph is the box for what the face does not have.
    pub(super) fn is_missing(&self, face: Face, glyph: &Glyph) -> bool {
        self.of(face).missing.0 == glyph.id
    }

    /// The glyphs of a text in the order of its characters. Whatever the face has no glyph for becomes one box for each
    /// character that a reader perceives.
    pub(super) fn shape(&self, face: Face, text: &str) -> Vec<Glyph> {
        let loaded = self.of(face);
        let mut buffer = UnicodeBuffer::new();
        // A break and the narrow no-break space have no glyph of their own and show as a space.
        for (at, character) in text.char_indices() {
            let shown = match character {
                '\n' => ' ',
                '\u{202F}' => '\u{A0}',
                '\u{2010}' | '\u{2011}' => '-',
                other => other,
            };
            buffer.add(shown, u32::try_from(at).unwrap_or(u32::MAX));
        }
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_cluster_level(BufferClusterLevel::MonotoneGraphemes);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&loaded.shaper, &[], buffer);
        let (infos, positions) = (shaped.glyph_infos(), shaped.glyph_positions());

        let mut glyphs = Vec::with_capacity(infos.len());
        let mut at = 0;
        while at < infos.len() {
            let cluster = infos[at].cluster;
            let after =
                infos[at..].iter().position(|info| info.cluster != cluster).map_or(infos.len(), |length| at + length);
            let start = cluster as usize;
            let end = infos.get(after).map_or(text.len(), |info| info.cluster as usize);
            let range = start..end.max(start);
            if infos[at..after].iter().any(|info| info.glyph_id == 0) {
                let (id, advance) = loaded.missing;
                glyphs.push(Glyph { id, advance, x_offset: 0.0, y_offset: 0.0, text: range });
            } else {
                glyphs.extend(infos[at..after].iter().zip(&positions[at..after]).map(|(info, position)| Glyph {
                    id: info.glyph_id,
                    advance: position.x_advance as f32 / loaded.em,
                    x_offset: position.x_offset as f32 / loaded.em,
                    y_offset: position.y_offset as f32 / loaded.em,
                    text: range.clone(),
                }));
            }
            at = after;
        }
        glyphs
    }
}

/// A text without what no document may hold or what would lie about the order of its characters: control characters,
/// marks that turn the direction of writing, noncharacters and characters of private use.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|character| match character {
            '\n' => Some('\n'),
            '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{AD}' | '\u{FEFF}' => None,
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Some(BOX),
            '\u{FDD0}'..='\u{FDEF}' => None,
            other if u32::from(other) & 0xFFFE == 0xFFFE => None,
            control if control.is_control() => None,
            other => Some(other),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACES: [Face; 4] = [Face::Regular, Face::Bold, Face::Italic, Face::Serif];

    #[track_caller]
    fn check(text: &str, boxes: usize) {
        let fonts = Fonts::load();
        for face in FACES {
            let glyphs = fonts.shape(face, text);
            let missing = glyphs.iter().filter(|glyph| fonts.is_missing(face, glyph)).count();
            assert_eq!(missing, boxes, "{face:?} {text}");
            assert!(glyphs.iter().all(|glyph| glyph.id != 0), "nothing is left without a shape");
            let mut covered: Vec<_> = glyphs.iter().map(|glyph| glyph.text.clone()).collect();
            covered.dedup();
            let read: String = covered.iter().map(|range| &text[range.clone()]).collect();
            assert_eq!(read, text, "every character belongs to a glyph, in order");
        }
    }

    #[test]
    fn english_and_french_have_every_character() {
        check("The five boxing wizards jump quickly — “92 %”, it’s 3 × 4 · 1/2 … €5", 0);
        check("Où l’œuvre naïve çà et là : «\u{a0}Noël à Québec\u{a0}»; 1\u{202F}200 $, œ Œ Ÿ", 0);
    }

    #[test]
    fn what_a_face_lacks_becomes_one_box_for_each_character_seen() {
        check("語学", 2);
        check("שלום", 4);
        check("A 👩‍👩‍👧 b", 1);
        check("", 0);
    }

    #[test]
    fn what_no_document_may_hold_is_taken_out() {
        assert_eq!(
            clean("a\u{0}b\u{202E}c\u{FEFF}d\u{FFFE}e\te\u{E000}\u{10FFFF}\u{1F3C5}"),
            "abcde e\u{FFFD}\u{FFFD}\u{1F3C5}"
        );
        assert_eq!(clean("one\ntwo\r\n"), "one\ntwo\n");
    }
}
