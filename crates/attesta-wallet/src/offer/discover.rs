//! From files and texts to the things in them, each once.

use std::collections::BTreeMap;
use std::sync::Arc;

use attesta_carrier::{Content, Piece, Unpacked, unpack};
use attesta_claim::{Link, LinkKind, Recognised, Unrecognised, recognise, trimmed};
use attesta_credential::{Found, ReadError, Unread, read_each};
use attesta_net::LoopbackAccess;
use attesta_store::{Carried, Letter, Origin, OriginKind};

use crate::error::WalletError;
use crate::offer::{Item, Matter, Offer, Received};

/// Most things that one offer holds: above any mailbox that a person goes through.
const ITEMS: usize = 1_000;

/// How a thing came into the learner's hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The learner gave this very thing, so that what can't be used of it is told.
    Given,
    /// It stood among others, of which most need not be credentials.
    Among,
}

/// What is being found.
#[derive(Debug)]
pub(crate) struct Discovery {
    loopback: LoopbackAccess,
    items: Vec<Item>,
    skipped: Vec<(String, WalletError)>,
    /// What stood among others and is no credential.
    passed_over: Vec<(String, WalletError)>,
    /// Whether something was taken apart at all.
    taken_apart: bool,
    too_many: bool,
}

/// Where a thing stands.
#[derive(Debug, Clone)]
struct Place {
    given: String,
    name: String,
    carried: Carried,
    origin: OriginKind,
    standing: Standing,
}

impl Discovery {
    pub(crate) fn new(loopback: LoopbackAccess) -> Discovery {
        Discovery {
            loopback,
            items: Vec::new(),
            skipped: Vec::new(),
            passed_over: Vec::new(),
            taken_apart: false,
            too_many: false,
        }
    }

    /// Looks into a pasted text.
    pub(crate) fn pasted(&mut self, text: &str) {
        let place = Place {
            given: "-".to_owned(),
            name: "-".to_owned(),
            carried: Carried::default(),
            origin: OriginKind::Paste,
            standing: Standing::Given,
        };
        self.text(place, text);
    }

    /// Looks into a file. `given` is how the learner named it, `folders` the folders it was found in.
    pub(crate) fn file(&mut self, given: &str, name: &str, folders: &[String], bytes: &[u8], standing: Standing) {
        if bytes.is_empty() {
            return self.unusable(name, standing, WalletError::EmptyInput);
        }
        match unpack(name, bytes) {
            Ok(unpacked) => self.unpacked(given, folders, unpacked, standing),
            Err(error) => self.skip(name, error.into()),
        }
    }

    /// Looks at the pieces of a file that was taken apart.
    pub(crate) fn unpacked(&mut self, given: &str, folders: &[String], unpacked: Unpacked, standing: Standing) {
        for skipped in unpacked.skipped {
            self.skip(&skipped.name, skipped.why.into());
        }
        self.taken_apart |= unpacked.pieces.is_empty();
        // Of several pieces of one file, as a page's text and the credential in it, none is all that was given.
        let standing = if unpacked.pieces.len() == 1 { standing } else { Standing::Among };
        for piece in unpacked.pieces {
            let Piece { name, within, letter, content } = piece;
            let alone = within.is_empty() && letter.is_none();
            self.taken_apart |= !alone || standing == Standing::Among;
            let place = Place {
                given: given.to_owned(),
                name,
                carried: Carried {
                    within: folders.iter().cloned().chain(within).collect(),
                    letter: letter.map(|it| Letter { from: it.from, subject: it.subject, to: it.to, date: it.date }),
                },
                origin: OriginKind::File,
                standing: if alone { standing } else { Standing::Among },
            };
            match content {
                Content::Document { media_type, bytes } => self.document(place, media_type, bytes),
                Content::Text(text) => self.body(&place, &text),
                Content::Code(text) => self.code(place, &text),
            }
        }
    }

    /// Notes a part that could not be looked into.
    pub(crate) fn skip(&mut self, name: &str, error: WalletError) {
        match self.skipped.len() < ITEMS {
            true => self.skipped.push((name.to_owned(), error)),
            false => self.too_many = true,
        }
    }

    /// The offer that all of this makes.
    pub(crate) fn into_offer(mut self, id: String) -> Offer {
        if self.too_many {
            self.skipped.push((String::new(), WalletError::TooManyItems { limit: ITEMS }));
        }
        let only = self.items.len() == 1;
        for item in &mut self.items {
            // The only thing that was given is what the learner means, whatever it looks like.
            item.likely |= only;
        }
        let error = self.items.is_empty().then(|| match (self.skipped.first(), self.taken_apart) {
            (Some((_, error)), _) => error.clone(),
            (None, true) => WalletError::NothingInIt,
            (None, false) => WalletError::EmptyInput,
        });
        Offer {
            id,
            items: self.items,
            skipped: self.skipped,
            passed_over: self.passed_over,
            error,
            staged: Vec::new(),
            counted: 0,
            placed: BTreeMap::new(),
        }
    }

    fn document(&mut self, place: Place, media_type: Option<String>, bytes: Vec<u8>) {
        let error = match read_each(&bytes) {
            Ok(entries) => match entries.iter().flatten().next() {
                Some(_) => return self.credentials(place, media_type, bytes, entries),
                None => entries.into_iter().find_map(Result::err).map_or(WalletError::EmptyInput, |it| it.error.into()),
            },
            // A picture that only says where its badge lies leads there.
            Err(ReadError::OnlyALink { url }) => return self.text(place, &url),
            Err(error) => error.into(),
        };
        let Ok(text) = std::str::from_utf8(&bytes) else {
            return self.unusable(&place.name, place.standing, error);
        };
        match recognise(text, self.loopback) {
            Recognised::Links(links) => self.links(&place, links),
            Recognised::Nothing(Unrecognised::Text) if is_prose(&bytes) => {
                self.unusable(&place.name, place.standing, WalletError::NotALink)
            }
            _ => self.unusable(&place.name, place.standing, error),
        }
    }

    fn text(&mut self, place: Place, text: &str) {
        match recognise(text, self.loopback) {
            Recognised::Links(links) => self.links(&place, links),
            Recognised::Document { .. } => {
                let bytes = trimmed(text).as_bytes().to_vec();
                match read_each(&bytes) {
                    Ok(entries) => self.credentials(place, None, bytes, entries),
                    Err(error) => self.unusable(&place.name, place.standing, error.into()),
                }
            }
            Recognised::Nothing(why) => self.unusable(&place.name, place.standing, why.into()),
        }
    }

    /// What people read in a mail: links stand in it, or a credential itself, and mostly neither.
    fn body(&mut self, place: &Place, text: &str) {
        match recognise(text, self.loopback) {
            Recognised::Nothing(_) if place.standing == Standing::Among => {}
            _ => self.text(place.clone(), text),
        }
    }

    /// A code says one thing, and whoever shows it means it.
    fn code(&mut self, place: Place, text: &str) {
        self.text(Place { standing: Standing::Given, ..place }, text);
    }

    fn links(&mut self, place: &Place, links: Vec<Link>) {
        let alone = links.len() == 1 && place.standing == Standing::Given;
        for link in links {
            // A document that stands in the link itself is here already.
            if let LinkKind::Inline(inline) = link.kind {
                let place = Place { origin: OriginKind::Paste, ..place.clone() };
                self.document(place, inline.media_type, inline.bytes);
                continue;
            }
            let known = |item: &Item| matches!(&item.matter, Matter::Link(known) if known.kind == link.kind);
            if !self.items.iter().any(known) {
                let likely = alone || link.is_likely();
                self.add(place, Matter::Link(Box::new(link)), likely);
            }
        }
    }

    fn credentials(
        &mut self,
        place: Place,
        media_type: Option<String>,
        bytes: Vec<u8>,
        entries: Vec<Result<Found, Unread>>,
    ) {
        let known = |item: &Item| matches!(&item.matter, Matter::Document(known) if known.bytes == bytes);
        if self.items.iter().any(known) {
            return;
        }
        let name = (place.origin == OriginKind::File).then(|| place.name.clone());
        let origin = Origin { kind: place.origin, name, url: None };
        let received = Received { bytes, media_type, origin, carried: place.carried.clone(), entries };
        self.add(&place, Matter::Document(Arc::new(received)), true);
    }

    fn unusable(&mut self, name: &str, standing: Standing, error: WalletError) {
        match standing {
            Standing::Given => self.skip(name, error),
            Standing::Among if is_flawed(&error) => self.skip(name, error),
            Standing::Among if self.passed_over.len() < ITEMS => self.passed_over.push((name.to_owned(), error)),
            Standing::Among => {}
        }
    }

    fn add(&mut self, place: &Place, matter: Matter, likely: bool) {
        if self.items.len() == ITEMS {
            self.too_many = true;
            return;
        }
        self.items.push(Item {
            id: (self.items.len() + 1).to_string(),
            given: place.given.clone(),
            name: place.name.clone(),
            carried: place.carried.clone(),
            matter,
            likely,
            paused: None,
            came: None,
            findings: Vec::new(),
            notice: None,
            then: None,
            missing: None,
        });
    }
}

/// Whether something that stood among others was likely meant to be a credential and is not whole, rather than being a
/// picture or text that never was one.
fn is_flawed(error: &WalletError) -> bool {
    match error {
        WalletError::Unreadable(error) => matches!(
            error,
            ReadError::DuplicateKey { .. }
                | ReadError::TooDeep
                | ReadError::TooLarge { .. }
                | ReadError::TooMany { .. }
                | ReadError::Truncated
                | ReadError::PngDamaged { .. }
                | ReadError::SvgDamaged { .. }
                | ReadError::UnsupportedFormat { .. }
        ),
        _ => false,
    }
}

/// Whether bytes are a text for people rather than damaged data.
fn is_prose(bytes: &[u8]) -> bool {
    let start = bytes.iter().copied().find(|byte| !byte.is_ascii_whitespace());
    start.is_some_and(|byte| !b"{[<%".contains(&byte)) && !bytes.contains(&0)
}
