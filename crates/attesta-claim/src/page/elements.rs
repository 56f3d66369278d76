//! The parts of a page that may lead to a credential, split as browsers split it.
//!
//! Only the tokens are looked at, not the tree that a browser would build of them: which element stands in which tells
//! nothing here, and the time that a tree takes grows faster than a page that is made to be slow.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};

/// Most elements of a page that are kept.
const ELEMENTS: usize = 4_000;
/// Most bytes of text of an anchor or button.
const WORDS: usize = 400;
/// About the most bytes of text between two tags; JSON of an offer fits.
const LONGEST_TEXT: usize = 64 << 10;
/// How many names of attributes the tokenizer may compare in one page: it compares each with all others of its tag. A
/// tag of a thousand takes half a million.
const COMPARISONS: u32 = 20_000_000;

/// A part of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// The tag's name in lower case; `#text` for text that names a link by which wallets are called.
    pub(crate) name: String,
    /// Its attributes, entities read.
    pub(crate) attributes: Vec<(String, String)>,
    /// The text of an anchor, button or script.
    pub(crate) text: String,
}

impl Element {
    /// What a person reads in it, as much as an anchor or button may say; each attribute is weighed with it.
    pub(crate) fn words(&self) -> &str {
        let end = self.text.char_indices().nth(WORDS).map_or(self.text.len(), |(at, _)| at);
        if self.name == "script" { "" } else { &self.text[..end] }
    }

    /// An attribute's value.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Whether a text has the scheme of a link by which wallets are called.
pub(crate) fn calls_a_wallet(text: &str) -> bool {
    const SCHEMES: [&str; 8] = [
        "dccrequest:",
        "org.dcconsortium:",
        "msprequest:",
        "asuprequest:",
        "interaction:",
        "openid-credential-offer:",
        "openid-initiate-issuance:",
        "haip",
    ];
    SCHEMES.iter().any(|scheme| text.contains(scheme))
}

/// The parts of a page.
pub(crate) fn elements(page: &str) -> Vec<Element> {
    let tokenizer = Tokenizer::new(Collector::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(bounded(page)));
    // It would stop only for scripts that are to be run, and none is.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut collected = tokenizer.sink.collected.into_inner();
    if let Some(last) = collected.open.take() {
        collected.elements.push(last);
    }
    collected.elements
}

#[derive(Default)]
struct Collector {
    collected: RefCell<Collected>,
}

#[derive(Default)]
struct Collected {
    elements: Vec<Element>,
    /// The anchor, button or script whose text is being read.
    open: Option<Element>,
    /// The text since the last tag; the tokenizer gives it in pieces.
    words: String,
}

impl Collected {
    fn begin(&mut self, tag: &Tag) {
        let element = Element {
            name: tag.name.to_string(),
            attributes: tag
                .attrs
                .iter()
                .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
                .collect(),
            text: String::new(),
        };
        let has_text = matches!(element.name.as_str(), "a" | "button" | "script");
        if has_text {
            self.close();
            self.open = Some(element);
        } else if matches!(element.name.as_str(), "link" | "meta" | "base" | "img" | "source" | "area" | "input")
            || element.attributes.iter().any(|(name, value)| name.starts_with("data-") || calls_a_wallet(value))
        {
            self.keep(element);
        }
    }

    fn close(&mut self) {
        if let Some(element) = self.open.take() {
            self.keep(element);
        }
    }

    fn keep(&mut self, element: Element) {
        if self.elements.len() < ELEMENTS {
            self.elements.push(element);
        }
    }

    fn text(&mut self, text: &str) {
        match &mut self.open {
            Some(open) if open.name == "script" => open.text.push_str(text),
            _ if self.words.len() < LONGEST_TEXT => self.words.push_str(text),
            _ => {}
        }
    }

    /// The text up to a tag is all there.
    fn end_text(&mut self) {
        let words = std::mem::take(&mut self.words);
        if let Some(open) = &mut self.open
            && open.text.len() < WORDS
        {
            open.text.push_str(&words);
        }
        if calls_a_wallet(&words) {
            self.keep(Element { name: "#text".to_owned(), text: words, ..Element::default() });
        }
    }
}

impl TokenSink for Collector {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut collected = self.collected.borrow_mut();
        if !matches!(token, CharacterTokens(_)) {
            collected.end_text();
        }
        match token {
            TagToken(tag) if tag.kind == StartTag => {
                collected.begin(&tag);
                match &*tag.name {
                    "script" => return TokenSinkResult::RawData(ScriptData),
                    "style" | "xmp" | "iframe" | "noembed" | "noframes" => return TokenSinkResult::RawData(Rawtext),
                    "title" | "textarea" => return TokenSinkResult::RawData(Rcdata),
                    _ => {}
                }
            }
            TagToken(tag) if tag.kind == EndTag && matches!(&*tag.name, "a" | "button" | "script") => collected.close(),
            CharacterTokens(text) => collected.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// As much of a page as is read: it ends where the tokenizer would have compared more names of attributes than
/// [`COMPARISONS`].
fn bounded(page: &str) -> &str {
    let bytes = page.as_bytes();
    // How many attributes a tag has so far that may be open, by the place in it; zero where none can be.
    let mut open = [0_u32; PLACES];
    let mut any = false;
    let mut left = COMPARISONS;
    for (at, byte) in bytes.iter().copied().enumerate() {
        if any {
            let mut next = [0_u32; PLACES];
            any = false;
            for (place, count) in open.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                let (place, another) = step(place, byte);
                let count = count + u32::from(another);
                if another {
                    let Some(rest) = left.checked_sub(count) else { return &page[..at] };
                    left = rest;
                }
                if place != OVER {
                    any = true;
                    next[place] = next[place].max(count);
                }
            }
            open = next;
        }
        // What stands in comments, scripts and values begins no tag, but to know which of it does would take a tokenizer.
        if byte == b'<' && bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') {
            open[NAME] = open[NAME].max(1);
            any = true;
        }
    }
    page
}

/// The places in a tag, [HTML, tokenization](https://html.spec.whatwg.org/multipage/parsing.html#tag-name-state).
const NAME: usize = 0;
const BEFORE_ATTRIBUTE: usize = 1;
const ATTRIBUTE: usize = 2;
const AFTER_ATTRIBUTE: usize = 3;
const BEFORE_VALUE: usize = 4;
const DOUBLE_QUOTED: usize = 5;
const SINGLE_QUOTED: usize = 6;
const UNQUOTED: usize = 7;
const PLACES: usize = 8;
/// Behind the tag.
const OVER: usize = PLACES;

/// Where a byte leads from a place, and whether an attribute begins with it.
fn step(place: usize, byte: u8) -> (usize, bool) {
    let blank = matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c);
    match (place, byte) {
        (DOUBLE_QUOTED, b'"') | (SINGLE_QUOTED, b'\'') => (BEFORE_ATTRIBUTE, false),
        (DOUBLE_QUOTED | SINGLE_QUOTED, _) => (place, false),
        (_, b'>') => (OVER, false),
        (UNQUOTED, _) => (if blank { BEFORE_ATTRIBUTE } else { UNQUOTED }, false),
        (BEFORE_VALUE, b'"') => (DOUBLE_QUOTED, false),
        (BEFORE_VALUE, b'\'') => (SINGLE_QUOTED, false),
        (BEFORE_VALUE, _) => (if blank { BEFORE_VALUE } else { UNQUOTED }, false),
        (_, b'/') => (BEFORE_ATTRIBUTE, false),
        (ATTRIBUTE | AFTER_ATTRIBUTE, b'=') => (BEFORE_VALUE, false),
        (ATTRIBUTE | AFTER_ATTRIBUTE, _) if blank => (AFTER_ATTRIBUTE, false),
        (ATTRIBUTE, _) => (ATTRIBUTE, false),
        (NAME | BEFORE_ATTRIBUTE, _) if blank => (BEFORE_ATTRIBUTE, false),
        (NAME, _) => (NAME, false),
        _ => (ATTRIBUTE, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_a_great_many_attributes_ends_the_page_wherever_it_hides() {
        let many: String = (0..200_000).map(|number| format!(" a{number:x}")).collect();
        for before in [
            "",
            "<!-- <a b=\"--><p",
            "<script><a b='</script><p",
            "<title><a b=\"</title><p",
            "<p a= \">\"",
            "<p a==\"",
            "<!doctype \"<a b='\"><p",
            "<p a='\"' b=\"'\"",
        ] {
            let page = format!("{}{many}>", if before.is_empty() { "<p" } else { before });
            assert!(bounded(&page).len() < 64 << 10, "{before}");
        }
        let quoted: String = (0..200_000).map(|number| format!(" a{number:x}= \">\"")).collect();
        assert!(bounded(&format!("<p{quoted}>")).len() < 128 << 10);
    }

    #[test]
    fn an_ordinary_page_is_read_whole_however_much_stands_in_it() {
        let words = "a word, l’autre & “more” / else ".repeat(20_000);
        let rows = "<tr class=\"a b c\" data-x='1 2 3'><td>1 < 2 <b>x</b></td></tr>\n".repeat(20_000);
        let state = format!("<div data-page=\"{words}\" data-more='{words}'>{words}</div>{rows}");
        assert_eq!(bounded(&state).len(), state.len());
        let script = "for (let i = 0; i<n; i += 1) { if (a <b) { f(i, \"x = y\"); } }\n".repeat(20);
        let script = format!("<script>{script}</script><a href=\"/claim\">Claim</a>");
        assert_eq!(bounded(&script).len(), script.len());
    }
}
