//! Mails, [RFC 5322](https://www.rfc-editor.org/rfc/rfc5322) and MIME
//! ([RFC 2045](https://www.rfc-editor.org/rfc/rfc2045), [RFC 2046](https://www.rfc-editor.org/rfc/rfc2046)): the text
//! with its links, and what is attached.

mod body;
pub(crate) mod entity;
mod letter;
mod transfer;

use crate::kind;
use crate::limits::{HEADER_BYTES, MULTIPART_DEPTH, TEXT_BYTES};
use crate::page;
use crate::piece::{Content, UnpackError};
use crate::text;
use crate::unpacking::{Place, Standing, Unpacking};

use body::Block;
use entity::Entity;

/// Takes a mail apart.
///
/// # Errors
/// [`UnpackError`] if it nests too deeply or all of it is encrypted.
pub(crate) fn unpack(unpacking: &mut Unpacking, place: &Place, bytes: &[u8]) -> Result<(), UnpackError> {
    unpacking.enter(place)?;
    let ending = place.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let root = Entity::of(kind::without_length_line(bytes, &ending));
    let letter = letter::of(&root);
    let subject = letter.subject.clone();
    let mut inside = place.part(subject.as_deref().unwrap_or(&place.name), Standing::Enclosed);
    inside.letter = Some(letter);
    let found_before = unpacking.count();
    let mut walk = Walk { unpacking, inside, pages: Vec::new() };
    let blocks = walk.entity(&root, 0, None);
    let Walk { inside, pages, .. } = walk;
    for script in pages {
        unpacking.take_owned(Place { name: "credential.jsonld".into(), ..inside.clone() }, None, script.into_bytes());
    }
    let whole = blocks.into_iter().map(Block::into_text).collect::<Vec<_>>().join("\n\n");
    let kept = text::start_of(&whole, TEXT_BYTES);
    if kept.len() < whole.len() {
        unpacking.skip(inside.clone(), UnpackError::TooLarge { limit: TEXT_BYTES as u64 });
    }
    // A mail that was chosen by itself is told about even if there is nothing in it; one of many is passed over.
    let is_alone = place.standing == Standing::File && unpacking.count() == found_before;
    if is_alone || text::may_carry(kept) {
        unpacking.spend(kept.len())?;
        unpacking.push(inside, Content::Text(kept.to_owned()))?;
    }
    Ok(())
}

/// A mail's subject, where it has one.
pub(crate) fn subject_of(bytes: &[u8]) -> Option<String> {
    letter::of(&Entity::of(bytes)).subject
}

/// Going through the parts of one mail.
struct Walk<'u> {
    unpacking: &'u mut Unpacking,
    /// Where the parts stand; the name is the mail's own.
    inside: Place,
    /// Credentials that stand in the text's own markup.
    pages: Vec<String>,
}

impl Walk<'_> {
    fn skip(&mut self, name: Option<String>, why: UnpackError) {
        let place = match name {
            Some(name) => Place { name, ..self.inside.clone() },
            None => self.inside.clone(),
        };
        self.unpacking.skip(place, why);
    }

    /// Goes through a part and gives the texts in it, in their order.
    fn entity(&mut self, entity: &Entity<'_>, level: usize, among: Option<&str>) -> Vec<Block> {
        if self.unpacking.is_full() {
            return Vec::new();
        }
        if entity.has_oversized_header() {
            self.skip(entity.file_name(), UnpackError::TooLarge { limit: HEADER_BYTES as u64 });
            return Vec::new();
        }
        let media_type = entity.media_type(among);
        match media_type.as_str() {
            "multipart/encrypted" => self.skip(None, UnpackError::Encrypted),
            kind if kind.starts_with("multipart/") => return self.parts(entity, level, kind),
            "message/delivery-status" | "message/disposition-notification" | "text/rfc822-headers" => {}
            "message/partial" | "message/external-body" => {
                self.skip(entity.file_name(), UnpackError::Unsupported { what: "a mail in several parts" });
            }
            "application/pkcs7-mime" | "application/x-pkcs7-mime" => {
                let is_signed = matches!(entity.parameter("smime-type").as_deref(), Some("signed-data"));
                let what = "a mail that S/MIME signed and wrapped";
                let why = if is_signed { UnpackError::Unsupported { what } } else { UnpackError::Encrypted };
                self.skip(None, why);
            }
            "text/plain" | "text/html" if entity.file_name().is_none() && !entity.is_attachment() => {
                return self.text(entity, &media_type).into_iter().collect();
            }
            _ => self.enclosed(entity, media_type),
        }
        Vec::new()
    }

    fn parts(&mut self, entity: &Entity<'_>, level: usize, media_type: &str) -> Vec<Block> {
        if level >= MULTIPART_DEPTH {
            self.skip(None, UnpackError::TooDeep { limit: MULTIPART_DEPTH });
            return Vec::new();
        }
        let mut children = entity.parts();
        if children.is_empty() {
            // A boundary that never comes: what stands there is read as the text that it most likely is.
            return self.text(entity, "text/plain").into_iter().collect();
        }
        if media_type == "multipart/signed" {
            // The second part is the signature.
            children.truncate(1);
        }
        let mut blocks = Vec::new();
        for child in &children {
            blocks.extend(self.entity(child, level + 1, Some(media_type)));
        }
        if media_type == "multipart/alternative" { Block::alternative(blocks).into_iter().collect() } else { blocks }
    }

    fn text(&mut self, entity: &Entity<'_>, media_type: &str) -> Option<Block> {
        let bytes = entity.decoded();
        if let Err(why) = self.unpacking.spend(bytes.len()) {
            self.skip(entity.file_name(), why);
            return None;
        }
        let text = text::decode(&bytes, entity.parameter("charset").as_deref());
        if text.trim_start().starts_with("-----BEGIN PGP MESSAGE-----") {
            self.skip(None, UnpackError::Encrypted);
            return None;
        }
        if media_type == "text/html" {
            let page = page::read(&text);
            self.pages.extend(page.credentials);
            return Some(Block::Page { text: page.text, targets: page.targets });
        }
        if matches!(text.trim_start().get(..1), Some("{" | "[" | "e")) && attesta_credential::read_each(&bytes).is_ok()
        {
            let place = Place { name: "credential.json".into(), ..self.inside.clone() };
            self.unpacking.take_owned(place, None, bytes.into_owned());
            return None;
        }
        Some(Block::Plain(text))
    }

    fn enclosed(&mut self, entity: &Entity<'_>, media_type: String) {
        let bytes = entity.decoded();
        let mut place = self.inside.clone();
        let is_mail = matches!(media_type.as_str(), "message/rfc822" | "message/global");
        place.name = match entity.file_name() {
            _ if is_mail => subject_of(&bytes).or_else(|| entity.file_name()),
            name => name,
        }
        .unwrap_or_else(|| if is_mail { "mail.eml".into() } else { unnamed(&media_type) });
        place.standing = if entity.is_inline() { Standing::Inline } else { Standing::Enclosed };
        if let Err(why) = self.unpacking.spend(bytes.len()) {
            return self.skip(Some(place.name), why);
        }
        let stated = (media_type != "application/octet-stream").then_some(media_type);
        self.unpacking.take(place, stated, &bytes);
    }
}

/// A name for a part without one, so that it can be told from others.
fn unnamed(media_type: &str) -> String {
    let ending = match media_type {
        "application/pdf" => "pdf",
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/svg+xml" => "svg",
        "application/zip" => "zip",
        "application/jwt" | "application/vc+jwt" | "application/vc+sd-jwt" => "jwt",
        kind if kind.ends_with("json") => "json",
        kind if kind.starts_with("text/") => "txt",
        _ => "bin",
    };
    format!("attachment.{ending}")
}
