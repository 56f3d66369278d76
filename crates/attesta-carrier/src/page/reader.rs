//! Reads markup in one pass, in time that grows with its length alone. It is no tree builder: text and links need none.

use mail_parser::decoders::html::add_html_token;
use url::Url;

use crate::limits::{BASE_BYTES, LINK_BYTES, LINKS};
use crate::text;

/// What a page holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// What people read, with each link target on a line of its own where the link stands.
    pub(crate) text: String,
    /// The link targets in their order.
    pub(crate) targets: Vec<String>,
    /// Credentials in `application/ld+json` scripts, as they stand there.
    pub(crate) credentials: Vec<String>,
}

/// Elements whose content nobody reads.
const UNREAD: [&str; 8] = ["script", "style", "template", "title", "textarea", "select", "svg", "math"];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 20] = [
    "p",
    "div",
    "br",
    "tr",
    "li",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "hr",
    "section",
    "article",
    "center",
];

pub(super) fn read(markup: &str) -> Page {
    let mut reader = Reader { rest: markup, page: Page::default(), base: None, link: None };
    reader.run();
    reader.end_link();
    reader.page.text = reader.page.text.trim().to_owned();
    reader.page
}

struct Reader<'a> {
    rest: &'a str,
    page: Page,
    base: Option<Url>,
    /// The link that is open: its target and where its text begins.
    link: Option<(String, usize)>,
}

impl<'a> Reader<'a> {
    fn run(&mut self) {
        while let Some(at) = self.rest.find('<') {
            let (words, markup) = self.rest.split_at(at);
            self.words(words);
            self.rest = markup;
            if let Some(comment) = markup.strip_prefix("<!--") {
                self.rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            } else if markup[1..].starts_with(['!', '?']) {
                self.rest = markup.split_once('>').map_or("", |(_, rest)| rest);
            } else if markup[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
                self.tag();
            } else {
                self.words("<");
                self.rest = &markup[1..];
            }
        }
        self.words(self.rest);
        self.rest = "";
    }

    /// Reads a tag; one that never ends is left away with all that follows, as browsers do.
    fn tag(&mut self) {
        let inside = &self.rest[1..];
        let is_end = inside.starts_with('/');
        let inside = inside.trim_start_matches('/');
        let name_end = inside.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(inside.len());
        let name = inside[..name_end].to_ascii_lowercase();
        let mut wanted = Attributes::default();
        let Some(rest) = wanted.read(&inside[name_end..]) else {
            self.rest = "";
            return;
        };
        self.rest = rest;
        match name.as_str() {
            "a" | "area" => {
                self.end_link();
                if let (false, Some(target)) = (is_end, wanted.href.and_then(|href| self.target(&href))) {
                    self.link = Some((target, self.page.text.len()));
                    if name == "area" {
                        self.end_link();
                    }
                }
            }
            "base" if self.base.is_none() => {
                let href = wanted.href.filter(|href| href.len() <= BASE_BYTES);
                self.base = href.and_then(|href| Url::parse(&decoded(&href)).ok());
            }
            "td" | "th" => self.space(),
            name if BLOCKS.contains(&name) => self.line(),
            name if !is_end && UNREAD.contains(&name) => self.unread(name, wanted.kind.as_deref()),
            _ => {}
        }
    }

    fn unread(&mut self, name: &str, kind: Option<&str>) {
        let end = end_tag(self.rest, name).unwrap_or(self.rest.len());
        let (content, rest) = self.rest.split_at(end);
        self.rest = rest;
        let is_linked_data =
            name == "script" && kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
        if is_linked_data && attesta_credential::read_each(content.trim().as_bytes()).is_ok() {
            self.page.credentials.push(content.trim().to_owned());
        }
    }

    fn words(&mut self, words: &str) {
        let is_space = |c: char| c.is_ascii_whitespace();
        if words.starts_with(is_space) {
            self.space();
        }
        for (index, word) in words.split_ascii_whitespace().enumerate() {
            if index > 0 {
                self.space();
            }
            decode(word, &mut self.page.text);
        }
        if words.ends_with(is_space) {
            self.space();
        }
    }

    fn space(&mut self) {
        if !self.page.text.is_empty() && !self.page.text.ends_with([' ', '\n']) {
            self.page.text.push(' ');
        }
    }

    fn line(&mut self) {
        while self.page.text.ends_with(' ') {
            self.page.text.pop();
        }
        if !self.page.text.is_empty() && !self.page.text.ends_with('\n') {
            self.page.text.push('\n');
        }
    }

    /// Puts the target of the open link behind its text. A text that only repeats the target, or shows its beginning,
    /// is put away, so that it is not taken for another link.
    fn end_link(&mut self) {
        let Some((target, start)) = self.link.take() else { return };
        let start = start.min(self.page.text.len());
        let shown = self.page.text[start..].trim().trim_end_matches(['…', '.', '/']);
        let bare = target.split_once("://").map_or(target.as_str(), |(_, rest)| rest);
        if !shown.is_empty() && (target.starts_with(shown) || (shown.contains('.') && bare.starts_with(shown))) {
            self.page.text.truncate(start);
        }
        self.line();
        self.page.text.push_str(&target);
        self.page.text.push('\n');
        self.page.targets.push(target);
    }

    /// A link target as an address, on one line and without what would end it in a text.
    fn target(&self, href: &str) -> Option<String> {
        if href.len() > LINK_BYTES || self.page.targets.len() >= LINKS {
            return None;
        }
        let decoded = decoded(href);
        let cleaned: String = decoded.trim().chars().filter(|c| !matches!(c, '\t' | '\r' | '\n')).collect();
        let whole = match cleaned.split_once(':') {
            _ if cleaned.starts_with("//") => format!("https:{cleaned}"),
            Some((scheme, _)) if is_scheme(scheme) => cleaned,
            _ if cleaned.is_empty() || cleaned.starts_with('#') => return None,
            _ => self.base.as_ref()?.join(&cleaned).ok()?.into(),
        };
        let scheme = whole.split(':').next().unwrap_or_default();
        if text::is_unwanted(scheme) || whole.len() <= scheme.len() + 1 {
            return None;
        }
        let mut target = String::with_capacity(whole.len());
        for c in whole.chars() {
            match c {
                ' ' => target.push_str("%20"),
                '"' => target.push_str("%22"),
                '<' => target.push_str("%3C"),
                '>' => target.push_str("%3E"),
                c if c.is_control() => {}
                c => target.push(c),
            }
        }
        Some(target)
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// Where the end tag of an element begins.
fn end_tag(markup: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = markup[from..].find("</") {
        let after = from + at + 2;
        if markup[after..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return Some(from + at);
        }
        from = after;
    }
    None
}

/// The attributes that matter.
#[derive(Default)]
struct Attributes {
    href: Option<String>,
    kind: Option<String>,
}

impl Attributes {
    /// Reads up to the end of the tag and gives what follows it.
    fn read<'a>(&mut self, mut rest: &'a str) -> Option<&'a str> {
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(rest) = rest.strip_prefix('>') {
                return Some(rest);
            }
            // A name is at least one character, whatever it is, so that this ends.
            let first = rest.chars().next()?.len_utf8();
            let end = rest[first..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='));
            let (name, after) = rest.split_at(first + end?);
            let after_space = after.trim_ascii_start();
            let Some(value) = after_space.strip_prefix('=').map(str::trim_ascii_start) else {
                rest = after;
                continue;
            };
            let (value, after) = match value.chars().next()? {
                quote @ ('"' | '\'') => value[1..].split_once(quote)?,
                _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace() || c == '>')?),
            };
            if name.eq_ignore_ascii_case("href") && self.href.is_none() {
                self.href = Some(value.to_owned());
            } else if name.eq_ignore_ascii_case("type") && self.kind.is_none() {
                self.kind = Some(value.to_owned());
            }
            rest = after;
        }
    }
}

/// The longest name of a character reference.
const REFERENCE_BYTES: usize = 34;

/// Puts a text with its character references resolved. A reference without its semicolon stands for itself, as it does
/// in an address.
fn decode(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let seen = &rest.as_bytes()[..rest.len().min(REFERENCE_BYTES)];
        match seen.iter().position(|&byte| byte == b';') {
            Some(end) if seen[1..end].iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'#') => {
                add_html_token(out, &seen[..=end], false);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    decode(text, &mut out);
    out
}
