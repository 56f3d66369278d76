//! The elements of baked SVG pictures and XMP packets that carry a credential,
//! [Open Badges 3.0, "SVG"](https://www.imsglobal.org/spec/ob/v3p0#svg) and
//! [Open Badges 2.0, "Baking"](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/baking/index.html).
//!
//! The text is walked once as a stream: nothing is built from it, drawn, run or loaded. Document type declarations are
//! passed over, so that no entity but the five of XML itself is ever expanded, however a file declares others.

use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::errors::{Error, SyntaxError};
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::Carried;
use crate::error::{ReadError, SvgFlaw};

/// The namespace of Open Badges 3.0's element.
pub(super) const NAMESPACE_3: &str = "https://purl.imsglobal.org/ob/v3p0";
/// The namespace of the element of Open Badges 1 and 2.
const NAMESPACE_2: &str = "http://openbadges.org";
/// The prefix of every example, which some bakers write without declaring it.
pub(super) const PREFIX: &str = "openbadges";

/// Which specification's element it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edition {
    /// `credential` of Open Badges 3.0.
    Three,
    /// `assertion` of Open Badges 1 and 2.
    Two,
}

/// An element that is there to carry a credential.
#[derive(Debug)]
pub(super) struct Carrier {
    pub(super) edition: Edition,
    /// What it carries; `None` when it is empty.
    pub(super) carried: Result<Option<Carried>, SvgFlaw>,
    /// Where it stands, tags included.
    pub(super) span: Range<usize>,
}

/// The root element's start tag.
#[derive(Debug)]
pub(super) struct Root {
    /// The name with its prefix.
    pub(super) name: String,
    /// Where the tag stands.
    pub(super) tag: Range<usize>,
    /// What the tag binds [`PREFIX`] to.
    pub(super) binding: Option<String>,
}

/// What a walk through the whole text found.
#[derive(Debug)]
pub(super) struct Walked {
    pub(super) root: Root,
    /// In the order of the text.
    pub(super) carriers: Vec<Carrier>,
}

impl Walked {
    /// The first credential, Open Badges 3.0 before the earlier ones that a picture may carry beside it.
    pub(super) fn first(self) -> Result<Option<Carried>, SvgFlaw> {
        let (three, two): (Vec<Carrier>, Vec<Carrier>) =
            self.carriers.into_iter().partition(|carrier| carrier.edition == Edition::Three);
        let mut filled = three.into_iter().chain(two).map(|carrier| carrier.carried);
        filled.find(|carried| *carried != Ok(None)).unwrap_or(Ok(None))
    }
}

/// Walks a whole XML document.
///
/// # Errors
/// [`ReadError::Truncated`] when it ends too early, [`ReadError::SvgDamaged`] when it is not well formed.
pub(super) fn walk(text: &str) -> Result<Walked, ReadError> {
    let mut reader = NsReader::from_str(text);
    // `<a/>` comes as a start and an end, so that there is one way through the loop.
    reader.config_mut().expand_empty_elements = true;
    let mut root = None;
    let mut carriers = Vec::new();
    let mut open: Option<Open> = None;
    let mut depth = 0_usize;
    loop {
        let from = position(&reader);
        let event = reader.read_event().map_err(|error| damage(&error, &text[from..]))?;
        let to = position(&reader);
        match event {
            Event::Start(tag) => {
                match (&mut open, depth) {
                    (_, 0) if root.is_some() => return Err(ReadError::SvgDamaged { what: SvgFlaw::Markup }),
                    (_, 0) => root = Some(root_of(&tag, from..to)),
                    (Some(inside), _) => inside.spoil(),
                    (None, _) => {}
                }
                if open.is_none() {
                    open = edition(&reader, &tag).map(|edition| Open::of(edition, &tag, from, depth));
                }
                depth += 1;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if let Some(done) = open.take_if(|open| open.depth == depth) {
                    carriers.push(done.close(to));
                }
            }
            Event::Eof if depth > 0 => return Err(ReadError::Truncated),
            Event::Eof => {
                let root = root.ok_or(ReadError::SvgDamaged { what: SvgFlaw::Markup })?;
                return Ok(Walked { root, carriers });
            }
            event => {
                if let Some(inside) = &mut open {
                    inside.add(&event);
                }
            }
        }
    }
}

fn position(reader: &NsReader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// What the error says of the file, of which `rest` could not be read.
fn damage(error: &Error, rest: &str) -> ReadError {
    let unfinished = || ["<!--", "<![CDATA[", "<!DOCTYPE"].iter().any(|opening| opening.starts_with(rest));
    match error {
        Error::Syntax(SyntaxError::InvalidBangMarkup) if !unfinished() => {
            ReadError::SvgDamaged { what: SvgFlaw::Markup }
        }
        // Every other fault of syntax is something that was opened and does not end.
        Error::Syntax(_) => ReadError::Truncated,
        _ => ReadError::SvgDamaged { what: SvgFlaw::Markup },
    }
}

fn root_of(tag: &BytesStart<'_>, span: Range<usize>) -> Root {
    let binds = |key: &str| key.strip_prefix("xmlns:") == Some(PREFIX);
    let mut attributes = tag.attributes();
    // Checking for repeated attributes takes time in the square of their number.
    let binding = attributes.with_checks(false).flatten().find(|attribute| binds(attribute.key.into_inner()));
    Root {
        name: tag.name().into_inner().to_owned(),
        tag: span,
        binding: binding.map(|attribute| attribute.value.into_owned()),
    }
}

/// The edition whose element the tag opens. The namespace decides, whatever the prefix.
fn edition(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Option<Edition> {
    let local = tag.local_name();
    if !matches!(local.into_inner(), "credential" | "assertion") {
        return None;
    }
    match reader.resolver().resolve_element(tag.name()).0 {
        ResolveResult::Bound(Namespace(name)) if name == NAMESPACE_3 => Some(Edition::Three),
        ResolveResult::Bound(Namespace(name)) if name.trim_end_matches('/') == NAMESPACE_2 => Some(Edition::Two),
        ResolveResult::Unknown(prefix) if prefix == PREFIX => match local.into_inner() {
            "credential" => Some(Edition::Three),
            _ => Some(Edition::Two),
        },
        _ => None,
    }
}

/// A carrier whose end is still to come.
struct Open {
    edition: Edition,
    from: usize,
    /// How many elements it stands in.
    depth: usize,
    verify: Result<Option<String>, SvgFlaw>,
    body: Result<String, SvgFlaw>,
}

impl Open {
    fn of(edition: Edition, tag: &BytesStart<'_>, from: usize, depth: usize) -> Self {
        Open { edition, from, depth, verify: verify(tag), body: Ok(String::new()) }
    }

    /// Other markup in the element: readers would disagree about what it says.
    fn spoil(&mut self) {
        self.body = Err(SvgFlaw::Content);
    }

    fn add(&mut self, event: &Event<'_>) {
        let Ok(body) = &mut self.body else { return };
        match event {
            Event::Text(text) => body.push_str(&text.xml10_content()),
            Event::CData(text) => body.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => match resolved(reference) {
                Some(letters) => body.push_str(&letters),
                None => self.spoil(),
            },
            _ => self.spoil(),
        }
    }

    fn close(self, to: usize) -> Carrier {
        let carried = self.verify.and_then(|verify| {
            let body = Carried::of(self.body?.as_bytes());
            // A hosted badge has its address in the attribute and may have its JSON in the body, which says more.
            Ok(match (verify.and_then(|verify| Carried::of(verify.as_bytes())), body) {
                (Some(credential @ Carried::Credential(_)), _) => Some(credential),
                (Some(Carried::Link(_)), Some(credential @ Carried::Credential(_))) => Some(credential),
                (link @ Some(_), _) => link,
                (None, body) => body,
            })
        });
        Carrier { edition: self.edition, carried, span: self.from..to }
    }
}

fn verify(tag: &BytesStart<'_>) -> Result<Option<String>, SvgFlaw> {
    let mut value = None;
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| SvgFlaw::Content)?;
        if attribute.key.into_inner() == "verify" {
            if value.is_some() {
                return Err(SvgFlaw::Content);
            }
            let text = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| SvgFlaw::Content)?;
            value = Some(text.into_owned());
        }
    }
    Ok(value)
}

/// A character reference, or one of XML's own five entities.
fn resolved(reference: &BytesRef<'_>) -> Option<String> {
    match reference.resolve_char_ref() {
        Ok(Some(letter)) => Some(letter.to_string()),
        Ok(None) => resolve_predefined_entity(reference).map(str::to_owned),
        Err(_) => None,
    }
}
