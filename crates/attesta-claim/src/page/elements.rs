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
/// Most attributes of one tag that are read; the page is cut at the tag that has more, for the tokenizer compares each
/// with all others.
const ATTRIBUTES: usize = 200;

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

/// As much of a page as is read: it ends where the attributes of one tag pass their limit.
fn bounded(page: &str) -> &str {
    let mut attributes = 0;
    let mut place = Place::Text;
    // A quotation mark opens a value only after an equals sign; elsewhere it is taken for part of a name.
    let mut before = b' ';
    let bytes = page.as_bytes();
    for (at, byte) in bytes.iter().copied().enumerate() {
        match (place, byte) {
            (Place::Text, b'<')
                if bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') =>
            {
                attributes = 0;
                place = Place::Tag;
            }
            (Place::Text, _) => {}
            (Place::Tag, b'>') => place = Place::Text,
            (Place::Tag, b'"' | b'\'') if before == b'=' => place = Place::Value(byte),
            (Place::Tag, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/') if !before.is_ascii_whitespace() => {
                attributes += 1
            }
            (Place::Value(mark), _) if byte == mark => {
                attributes += 1;
                place = Place::Tag;
            }
            (Place::Tag | Place::Value(_), _) => {}
        }
        if attributes > ATTRIBUTES {
            return &page[..at];
        }
        before = byte;
    }
    page
}

/// Where in a page a byte stands.
#[derive(Clone, Copy)]
enum Place {
    /// Between tags.
    Text,
    /// In a tag.
    Tag,
    /// In a value, up to this quotation mark.
    Value(u8),
}
