//! Texts of issuers and learners on a page: Markdown, languages, and what is too long for paper.

use attesta_view::{Language, TextView};

use super::face::Face;
use super::layout::{Column, Layout, Marks, Node, Role};
use super::palette::{ACCENT, Colour, INK, INK_2};
use super::paragraph::Span;
use crate::markdown::{Block, Inline, Weight, address, blocks};

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub(super) size: f32,
    pub(super) leading: f32,
    pub(super) colour: Colour,
}

pub(super) const BODY: Setting = Setting { size: 10.0, leading: 14.5, colour: INK };
pub(super) const SMALL: Setting = Setting { size: 9.0, leading: 13.0, colour: INK_2 };

impl Setting {
    pub(super) fn span(self, text: &str) -> Span {
        Span::new(text, Face::Regular, self.size, self.colour)
    }

    pub(super) fn bold(self, text: &str) -> Span {
        Span::new(text, Face::Bold, self.size, self.colour)
    }

    pub(super) fn link(self, text: &str, to: &str) -> Span {
        let span = Span::new(text, Face::Regular, self.size, ACCENT);
        match address(to) {
            Some(address) => span.linked(&address),
            None => Span { colour: self.colour, ..span },
        }
    }
}

/// A text of at most `limit` characters, and whether something is missing of it.
pub(super) fn shortened(text: &str, limit: usize) -> (String, bool) {
    match text.char_indices().nth(limit) {
        None => (text.to_owned(), false),
        Some((cut, _)) => {
            // Not within a word, where there is one to end with.
            let end = text[..cut].rfind(char::is_whitespace).filter(|end| *end > cut / 2).unwrap_or(cut);
            (format!("{} …", text[..end].trim_end()), true)
        }
    }
}

/// One line of a text: no breaks, no more than `limit` characters. A no-break space stays one.
pub(super) fn one_line(text: &str, limit: usize) -> String {
    let breaking = |character: char| character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{202f}');
    let parts: Vec<&str> = text.trim().split(breaking).filter(|part| !part.is_empty()).collect();
    shortened(&parts.join(" "), limit).0
}

/// The language tag of a text, where it is one and not that of the document.
pub(super) fn foreign(text: &TextView, language: Language) -> Option<&str> {
    let tag = text.language.as_deref()?;
    let well_formed = tag.len() <= 35
        && tag
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let own = Language::of_tag(tag) == Some(language);
    (well_formed && !own).then_some(tag)
}

/// A Markdown text under a node.
pub(super) fn markdown(
    layout: &mut Layout,
    parent: Node,
    source: &str,
    tag: Option<&str>,
    column: Column,
    setting: Setting,
) {
    set_blocks(layout, parent, &blocks(source), tag, column, setting);
}

fn set_blocks(
    layout: &mut Layout,
    parent: Node,
    blocks: &[Block],
    tag: Option<&str>,
    column: Column,
    setting: Setting,
) {
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            layout.space(setting.leading * 0.4);
        }
        match block {
            Block::Paragraph(line) => {
                layout.text(parent, Role::Paragraph, &spans(line, tag, setting), column, setting.leading);
            }
            Block::Quote(inside) => {
                let node = layout.child(parent, Role::Quote);
                set_blocks(layout, node, inside, tag, indented(column, 12.0), setting);
            }
            Block::List { first, items } => {
                let marks = if first.is_some() { Marks::Numbers } else { Marks::Dots };
                let list = layout.child(parent, Role::List(marks));
                for (place, item) in items.iter().enumerate() {
                    let label = match first {
                        Some(first) => format!("{}.", first.saturating_add(place as u64)),
                        None => "•".to_owned(),
                    };
                    let item_node = layout.child(list, Role::Item);
                    let indent = layout.width(&setting.span(&label)).max(6.0) + 7.0;
                    layout.reserve(2.0 * setting.leading);
                    let y = layout.y;
                    layout.text(item_node, Role::Label, &[setting.span(&label)], column, setting.leading);
                    layout.y = y;
                    let body = layout.child(item_node, Role::Body);
                    set_blocks(layout, body, item, tag, indented(column, indent), setting);
                    if item.is_empty() {
                        layout.space(setting.leading);
                    }
                    layout.space(setting.leading * 0.15);
                }
            }
        }
    }
}

/// Never narrower than what still holds a word or two.
fn indented(column: Column, by: f32) -> Column {
    let by = by.min((column.width - 60.0).max(0.0));
    Column { x: column.x + by, width: column.width - by }
}

fn spans(line: &[Inline], tag: Option<&str>, setting: Setting) -> Vec<Span> {
    line.iter()
        .map(|inline| {
            let face = match inline.weight {
                Weight::Plain => Face::Regular,
                Weight::Emphasis => Face::Italic,
                Weight::Strong => Face::Bold,
            };
            let colour = if inline.link.is_some() { ACCENT } else { setting.colour };
            let span = Span::new(&inline.text, face, setting.size, colour).in_language(tag);
            match &inline.link {
                Some(link) => span.linked(link),
                None => span,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_ends_after_a_word() {
        assert_eq!(shortened("one two three", 20), ("one two three".to_owned(), false));
        assert_eq!(shortened("one two three", 9), ("one two …".to_owned(), true));
        assert_eq!(shortened("éééééééééé", 4), ("éééé …".to_owned(), true));
        assert_eq!(one_line(" a\n b\t c ", 50), "a b c");
        assert_eq!(one_line("11\u{a0}mars\u{a0}2029\u{a0}", 50), "11\u{a0}mars\u{a0}2029");
    }

    #[track_caller]
    fn check(tag: Option<&str>, expected: Option<&str>) {
        let text = TextView { text: String::new(), language: tag.map(str::to_owned), direction: None };
        assert_eq!(foreign(&text, Language::En), expected);
    }

    #[test]
    fn a_language_is_told_where_it_differs_and_is_one() {
        check(Some("fr-CA"), Some("fr-CA"));
        check(Some("en-GB"), None);
        check(None, None);
        check(Some("not a tag"), None);
        check(Some(&"a".repeat(40)), None);
        check(Some(""), None);
    }
}
