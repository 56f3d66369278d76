//! Text in lines: where a line ends, and in which order its parts stand.

use std::ops::Range;
use std::rc::Rc;

use unicode_bidi::BidiInfo;
use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::face::{Face, Fonts, Glyph, clean};
use super::palette::Colour;

/// A stretch of text in one style.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) face: Face,
    pub(super) size: f32,
    pub(super) colour: Colour,
    /// The address that it leads to.
    pub(super) link: Option<Rc<str>>,
    /// Its language, where it is not that of the document.
    pub(super) language: Option<Rc<str>>,
}

impl Span {
    pub(super) fn new(text: &str, face: Face, size: f32, colour: Colour) -> Span {
        Span { text: clean(text), face, size, colour, link: None, language: None }
    }

    pub(super) fn linked(mut self, address: &str) -> Span {
        self.link = Some(address.into());
        self
    }

    pub(super) fn in_language(mut self, language: Option<&str>) -> Span {
        self.language = language.map(Into::into);
        self
    }
}

/// Glyphs that stand side by side, from `x` on.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    pub(super) x: f32,
    pub(super) glyphs: Vec<Glyph>,
}

/// What one span has on one line.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) span: usize,
    pub(super) chunks: Vec<Chunk>,
    /// From where to where it reaches on the line.
    pub(super) reach: (f32, f32),
}

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// In the order of reading.
    pub(super) pieces: Vec<Piece>,
    /// The width without the space at its end.
    pub(super) width: f32,
    /// Whether it begins at the right.
    pub(super) from_right: bool,
}

/// A glyph with the span that it belongs to; its text counts from the start of the paragraph.
struct Placed {
    span: usize,
    width: f32,
    text: Range<usize>,
    glyph: Glyph,
}

/// The lines of a paragraph that is `width` wide. What is wider than a line by itself is cut between characters.
pub(super) fn lines(fonts: &Fonts, spans: &[Span], width: f32) -> Vec<Line> {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    if text.trim().is_empty() {
        return Vec::new();
    }
    let glyphs = placed(fonts, spans);
    // A break inside the text ends a line, not the paragraph that decides the direction.
    let flat = text.replace('\n', " ");
    let bidi = BidiInfo::new(&flat, None);
    let mut lines = Vec::new();
    for range in ranges(&text, &glyphs, width) {
        let visible = visible_width(&text, &glyphs[range.clone()]);
        lines.push(line(fonts, &flat, &glyphs[range], spans, &bidi, visible));
    }
    lines
}

fn placed(fonts: &Fonts, spans: &[Span]) -> Vec<Placed> {
    let mut placed = Vec::new();
    let mut offset = 0;
    for (index, span) in spans.iter().enumerate() {
        for glyph in fonts.shape(span.face, &span.text) {
            let text = offset + glyph.text.start..offset + glyph.text.end;
            placed.push(Placed { span: index, width: glyph.advance * span.size, text, glyph });
        }
        offset += span.text.len();
    }
    placed
}

/// Which glyphs stand on which line.
fn ranges(text: &str, glyphs: &[Placed], width: f32) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    // The line so far, and the words before the next place where it may end.
    let (mut start, mut end, mut length) = (0, 0, 0.0);
    for (at, opportunity) in linebreaks(text) {
        let next = end + glyphs[end..].iter().take_while(|placed| placed.text.start < at).count();
        let word = &glyphs[end..next];
        if end > start && length + visible_width(text, word) > width {
            ranges.push(start..end);
            (start, length) = (end, 0.0);
        }
        if visible_width(text, word) > width {
            let mut cut = end;
            while cut < next {
                let cluster =
                    cut + glyphs[cut..next].iter().take_while(|placed| placed.text == glyphs[cut].text).count();
                let wide: f32 = glyphs[cut..cluster].iter().map(|placed| placed.width).sum();
                if cut > start && length + wide > width {
                    ranges.push(start..cut);
                    (start, length) = (cut, 0.0);
                }
                length += wide;
                cut = cluster;
            }
        } else {
            length += word.iter().map(|placed| placed.width).sum::<f32>();
        }
        end = next;
        if opportunity == BreakOpportunity::Mandatory && end > start {
            ranges.push(start..end);
            (start, length) = (end, 0.0);
        }
    }
    if end > start {
        ranges.push(start..end);
    }
    ranges
}

/// How wide glyphs are without the space at their end.
fn visible_width(text: &str, glyphs: &[Placed]) -> f32 {
    let blank =
        |placed: &&Placed| text[placed.text.clone()].chars().all(|character| character == ' ' || character == '\n');
    let trailing = glyphs.iter().rev().take_while(blank).count();
    glyphs[..glyphs.len() - trailing].iter().map(|placed| placed.width).sum()
}

fn line(fonts: &Fonts, text: &str, glyphs: &[Placed], spans: &[Span], bidi: &BidiInfo<'_>, width: f32) -> Line {
    let paragraph = &bidi.paragraphs[0];
    let mut order: Vec<(usize, Option<Glyph>)> = (0..glyphs.len()).map(|index| (index, None)).collect();
    if bidi.has_rtl()
        && let (Some(first), Some(last)) = (glyphs.first(), glyphs.last())
    {
        let (levels, runs) = bidi.visual_runs(paragraph, first.text.start..last.text.end.min(text.len()));
        order.clear();
        for run in runs {
            let inside = |index: &usize| run.contains(&glyphs[*index].text.start);
            let run_glyphs = (0..glyphs.len()).filter(inside);
            if levels[run.start].is_rtl() {
                // Clusters turn round, the glyphs within one do not.
                let mut turned: Vec<usize> = run_glyphs.collect();
                turned.sort_by_key(|index| (std::cmp::Reverse(glyphs[*index].text.start), *index));
                order.extend(turned.into_iter().map(|index| (index, turned_round(fonts, text, &glyphs[index], spans))));
            } else {
                order.extend(run_glyphs.map(|index| (index, None)));
            }
        }
    }
    Line { pieces: pieces(glyphs, &order, spans), width, from_right: paragraph.level.is_rtl() }
}

/// What opens when it is read from the left closes when it is read from the right.
fn turned_round(fonts: &Fonts, text: &str, placed: &Placed, spans: &[Span]) -> Option<Glyph> {
    const PAIRS: [(&str, &str); 5] = [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("«", "»")];
    let shown = &text[placed.text.clone()];
    let other = PAIRS.iter().find_map(|(left, right)| match shown {
        _ if shown == *left => Some(*right),
        _ if shown == *right => Some(*left),
        _ => None,
    })?;
    fonts.shape(spans[placed.span].face, other).into_iter().next()
}

/// Glyphs from left to right, each by its number, with another shape where it is turned round.
fn pieces(glyphs: &[Placed], order: &[(usize, Option<Glyph>)], spans: &[Span]) -> Vec<Piece> {
    let offsets: Vec<usize> = spans
        .iter()
        .scan(0, |offset, span| {
            let here = *offset;
            *offset += span.text.len();
            Some(here)
        })
        .collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut x = 0.0;
    let mut previous = None;
    for (index, turned) in order {
        let placed = &glyphs[*index];
        let glyph = Glyph {
            text: placed.text.start - offsets[placed.span]..placed.text.end - offsets[placed.span],
            ..turned.clone().unwrap_or_else(|| placed.glyph.clone())
        };
        let position = match pieces.iter().position(|piece| piece.span == placed.span) {
            Some(position) => position,
            None => {
                pieces.push(Piece { span: placed.span, chunks: Vec::new(), reach: (x, x) });
                pieces.len() - 1
            }
        };
        let piece = &mut pieces[position];
        match piece.chunks.last_mut() {
            Some(chunk) if previous == Some(placed.span) => chunk.glyphs.push(glyph),
            _ => piece.chunks.push(Chunk { x, glyphs: vec![glyph] }),
        }
        x += placed.width;
        piece.reach = (piece.reach.0.min(x - placed.width), x);
        previous = Some(placed.span);
    }
    pieces.sort_by_key(|piece| piece.span);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::palette::INK;

    fn set(text: &str, width: f32) -> Vec<String> {
        let spans = [Span::new(text, Face::Regular, 10.0, INK)];
        let shown = |line: Line| {
            assert!(line.width <= width + 0.01 || line.pieces[0].chunks[0].glyphs.len() == 1, "no line is too wide");
            let glyphs = line.pieces.into_iter().flat_map(|piece| piece.chunks).flat_map(|chunk| chunk.glyphs);
            let mut ranges: Vec<_> = glyphs.map(|glyph| glyph.text).collect();
            ranges.dedup();
            ranges.into_iter().map(|range| &spans[0].text[range]).collect()
        };
        lines(&Fonts::load(), &spans, width).into_iter().map(shown).collect()
    }

    #[track_caller]
    fn check(text: &str, width: f32, expected: &[&str]) {
        assert_eq!(set(text, width), expected);
    }

    #[test]
    fn lines_end_between_words_and_long_words_are_cut() {
        check("wash your hands", 1000.0, &["wash your hands"]);
        check("wash your hands", 50.0, &["wash your ", "hands"]);
        check("one\ntwo", 1000.0, &["one\n", "two"]);
        let cut = set(&"w".repeat(400), 60.0);
        assert!(cut.len() > 30 && cut.concat().len() == 400);
        check("", 10.0, &[]);
        check("  \n ", 10.0, &[]);
        assert_eq!(set("mmm", 1.0), ["m", "m", "m"], "even where nothing fits");
    }

    #[test]
    fn brackets_open_on_the_side_where_reading_begins() {
        let fonts = Fonts::load();
        let drawn = |text: &str| {
            let spans = [Span::new(text, Face::Regular, 10.0, INK)];
            let pieces = lines(&fonts, &spans, 500.0).remove(0).pieces.remove(0);
            pieces.chunks.into_iter().flat_map(|chunk| chunk.glyphs).map(|glyph| glyph.id).collect::<Vec<_>>()
        };
        let (open, close) = (drawn("a(")[1], drawn("a)")[1]);
        assert_eq!(drawn("(א)"), [open, drawn("א")[0], close], "as in the other direction, not )א(");
    }

    #[test]
    fn text_from_right_to_left_stands_in_the_order_it_is_read() {
        // As drawn from left to right; the Hebrew word is turned round, the Latin and the number in it are not.
        check("a שלום b", 1000.0, &["a םולש b"]);
        let spans = [Span::new("שלום 2026", Face::Regular, 10.0, INK)];
        assert!(lines(&Fonts::load(), &spans, 500.0)[0].from_right);
        check("שלום 2026", 1000.0, &["2026 םולש"]);
    }
}
