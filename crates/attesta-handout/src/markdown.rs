//! Markdown of notes, descriptions and criteria as what a page can show: paragraphs, lists, emphasis and links.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use url::Url;

/// Lists and quotations within each other that are still told apart; what lies deeper joins the last of them.
const DEEPEST: usize = 4;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list, with the first number of one that is numbered.
    List { first: Option<u64>, items: Vec<Vec<Block>> },
    /// A quotation.
    Quote(Vec<Block>),
}

/// Text in one style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Inline {
    pub(crate) text: String,
    pub(crate) weight: Weight,
    /// An http, https or mailto address.
    pub(crate) link: Option<String>,
}

/// How much a text is stressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Weight {
    #[default]
    Plain,
    Emphasis,
    Strong,
}

/// What is open while a text is read.
enum Frame {
    Root(Vec<Block>),
    Quote(Vec<Block>),
    List(Option<u64>, Vec<Vec<Block>>),
    Item(Vec<Block>),
    /// A list or quotation that lies too deep to be told apart.
    Flat,
}

/// The parts of a Markdown text, [CommonMark](https://spec.commonmark.org/0.31.2/). HTML is left out, a picture is told by
/// its alternative text, and an address that is not http, https or mailto stays text.
pub(crate) fn blocks(source: &str) -> Vec<Block> {
    let mut reader =
        Reader { frames: vec![Frame::Root(Vec::new())], line: Vec::new(), emphasis: 0, strong: 0, link: None };
    for event in Parser::new_ext(source, Options::empty()) {
        reader.take(event);
    }
    reader.end_line();
    match reader.frames.into_iter().next() {
        Some(Frame::Root(blocks)) => blocks,
        _ => Vec::new(),
    }
}

struct Reader {
    frames: Vec<Frame>,
    line: Vec<Inline>,
    emphasis: usize,
    strong: usize,
    link: Option<String>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.push("\n"),
            Event::Rule => self.end_line(),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Heading { level, .. } => {
                self.end_line();
                self.strong += usize::from(level <= HeadingLevel::H6);
            }
            Tag::Link { dest_url, .. } => self.link = address(&dest_url),
            Tag::BlockQuote(_) => self.open(Frame::Quote(Vec::new())),
            Tag::List(first) => self.open(Frame::List(first, Vec::new())),
            Tag::Item => {
                self.end_line();
                let inside_list = matches!(self.frames.last(), Some(Frame::List(..)));
                self.frames.push(if inside_list { Frame::Item(Vec::new()) } else { Frame::Flat });
            }
            _ => self.end_line_at_block(&tag),
        }
    }

    fn end_line_at_block(&mut self, tag: &Tag<'_>) {
        if matches!(tag, Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock) {
            self.end_line();
        }
    }

    fn open(&mut self, frame: Frame) {
        self.end_line();
        let deep = self.frames.iter().filter(|frame| matches!(frame, Frame::List(..) | Frame::Quote(_))).count();
        self.frames.push(if deep < DEEPEST { frame } else { Frame::Flat });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Heading(_) => {
                self.end_line();
                self.strong = self.strong.saturating_sub(1);
            }
            TagEnd::Link => self.link = None,
            TagEnd::Paragraph | TagEnd::CodeBlock => self.end_line(),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            _ => {}
        }
    }

    fn close(&mut self) {
        self.end_line();
        // The root was pushed first and is closed by nothing.
        if self.frames.len() < 2 {
            return;
        }
        let done = match self.frames.pop() {
            Some(Frame::Quote(blocks)) => Block::Quote(blocks),
            Some(Frame::List(first, items)) => Block::List { first, items },
            Some(Frame::Item(blocks)) => {
                if let Some(Frame::List(_, items)) = self.frames.last_mut() {
                    items.push(blocks);
                }
                return;
            }
            Some(Frame::Flat | Frame::Root(_)) | None => return,
        };
        self.add(done);
    }

    fn add(&mut self, block: Block) {
        let holder = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Root(blocks) | Frame::Quote(blocks) | Frame::Item(blocks) => Some(blocks),
            Frame::List(..) | Frame::Flat => None,
        });
        if let Some(blocks) = holder {
            blocks.push(block);
        }
    }

    fn push(&mut self, text: &str) {
        let weight = match (self.strong, self.emphasis) {
            (0, 0) => Weight::Plain,
            (0, _) => Weight::Emphasis,
            _ => Weight::Strong,
        };
        match self.line.last_mut() {
            Some(last) if last.weight == weight && last.link == self.link => last.text.push_str(text),
            _ => self.line.push(Inline { text: text.to_owned(), weight, link: self.link.clone() }),
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.iter().any(|inline| !inline.text.trim().is_empty()) {
            self.add(Block::Paragraph(line));
        }
    }
}

/// An address that a reader may be led to, as a browser writes it.
pub(crate) fn address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http" | "mailto"))?;
    // Readers and rules set a bound to the length of a text in a document.
    Some(String::from(url)).filter(|url| url.len() <= 30_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A short account of the parts.
    fn told(blocks: &[Block]) -> String {
        let block = |block: &Block| match block {
            Block::Paragraph(line) => line
                .iter()
                .map(|inline| {
                    let text = match inline.weight {
                        Weight::Plain => inline.text.clone(),
                        Weight::Emphasis => format!("_{}_", inline.text),
                        Weight::Strong => format!("*{}*", inline.text),
                    };
                    inline.link.as_ref().map_or(text.clone(), |link| format!("<{text} {link}>"))
                })
                .collect(),
            Block::List { first, items } => {
                let items: Vec<_> = items.iter().map(|item| told(item)).collect();
                format!("{}[{}]", first.map_or_else(|| "-".to_owned(), |first| first.to_string()), items.join(", "))
            }
            Block::Quote(blocks) => format!("\"{}\"", told(blocks)),
        };
        blocks.iter().map(block).collect::<Vec<_>>().join(" | ")
    }

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(told(&blocks(source)), expected);
    }

    #[test]
    fn paragraphs_emphasis_lists_and_links_are_kept() {
        check("One *two* **three**\nfour\n\nfive", "One _two_ *three* four | five");
        check("- a\n- b\n  - c", "-[a, b | -[c]]");
        check("3. x\n4. y", "3[x, y]");
        check("> said\n\nafter", "\"said\" | after");
        check("# Head\ntext", "*Head* | text");
        check("[here](https://a.example/x) and ![alt](https://b.example/p.png)", "<here https://a.example/x> and alt");
        check("a  \nb `code`", "a\nb code");
        check("```\nlet x;\n```", "let x;\n");
    }

    #[test]
    fn nothing_hostile_gets_through() {
        check("[x](javascript:alert(1)) [y](file:///etc/passwd) <b>bold</b>", "x y bold");
        check("<script>alert(1)</script>\n\nafter", "after");
        check("", "");
        check("***", "");
    }

    #[test]
    fn what_is_nested_without_end_stays_shallow() {
        let deep = format!("{}x", "> ".repeat(5000));
        assert!(told(&blocks(&deep)).len() < 100);
        let list: String = (0..300).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect();
        fn depth(blocks: &[Block]) -> usize {
            let inside = |block: &Block| match block {
                Block::Paragraph(_) => 0,
                Block::List { items, .. } => 1 + items.iter().map(|item| depth(item)).max().unwrap_or(0),
                Block::Quote(blocks) => 1 + depth(blocks),
            };
            blocks.iter().map(inside).max().unwrap_or(0)
        }
        assert!(depth(&blocks(&list)) <= DEEPEST);
    }
}
