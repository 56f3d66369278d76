//! What a file or part is, by its content first and by its name or stated type where that leaves it open.

use crate::text;

/// What a file or part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Mail,
    Mailbox,
    Zip,
    /// A picture in pixels that is not a document of its own kind.
    Picture,
    /// An object or array.
    Json,
    /// A web page.
    Page,
    /// A file that holds nothing but an address.
    Shortcut,
    /// A text that people read.
    Text,
    /// Anything else: it speaks for itself.
    Document,
    Encrypted,
    Unsupported(&'static str),
    /// What mails carry beside what they say: signatures, invitations, cards.
    Ignored,
}

const CFB: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// `__substg1.0_` in UTF-16, the name that every property of an Outlook message begins with.
const OUTLOOK_PROPERTY: &[u8] = b"_\x00_\x00s\x00u\x00b\x00s\x00t\x00g\x001\x00.\x000\x00_\x00";

const ARCHIVES: [(&[u8], &str); 6] = [
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an XZ archive"),
    (b"\x78\x9f\x3e\x22", "winmail.dat (TNEF)"),
];

/// What a file or part is.
pub(crate) fn of(name: &str, media_type: Option<&str>, bytes: &[u8]) -> Kind {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if let Some(kind) = by_first_bytes(bytes, &ending) {
        return kind;
    }
    match media_type {
        Some("message/rfc822" | "message/global") => return Kind::Mail,
        Some("application/mbox") => return Kind::Mailbox,
        Some(
            "text/calendar"
            | "application/ics"
            | "text/vcard"
            | "text/x-vcard"
            | "text/directory"
            | "application/pgp-signature"
            | "application/pgp-keys"
            | "application/pkcs7-signature"
            | "application/x-pkcs7-signature"
            | "application/applefile",
        ) => return Kind::Ignored,
        Some("application/pgp-encrypted") => return Kind::Encrypted,
        Some("application/ms-tnef" | "application/vnd.ms-tnef") => return Kind::Unsupported("winmail.dat (TNEF)"),
        _ => {}
    }
    if matches!(ending.as_str(), "ics" | "vcf" | "p7s" | "asc" | "sig") && !is_armored_message(bytes) {
        return Kind::Ignored;
    }
    by_text(&ending, media_type, bytes)
}

fn by_first_bytes(bytes: &[u8], ending: &str) -> Option<Kind> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let is_webp = starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    if starts(b"\x89PNG\r\n\x1a\n") || starts(b"\xff\xd8\xff") || starts(b"GIF8") || is_webp {
        return Some(Kind::Picture);
    }
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Some(Kind::Zip);
    }
    if starts(b"%PDF") {
        return Some(Kind::Document);
    }
    if starts(CFB) {
        let is_message = ending == "msg" || bytes.windows(OUTLOOK_PROPERTY.len()).any(|at| at == OUTLOOK_PROPERTY);
        return Some(if is_message { Kind::Unsupported("an Outlook message (.msg)") } else { Kind::Document });
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(Kind::Unsupported("a TAR archive"));
    }
    ARCHIVES.iter().find(|(magic, _)| starts(magic)).map(|(_, what)| Kind::Unsupported(what))
}

fn is_armored_message(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"-----BEGIN PGP MESSAGE-----")
}

fn by_text(ending: &str, media_type: Option<&str>, bytes: &[u8]) -> Kind {
    if is_armored_message(bytes) {
        return Kind::Encrypted;
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    match start.first() {
        Some(b'{') => return Kind::Json,
        Some(b'[')
            if !starts_ignoring_case(start, b"[internetshortcut]") && !starts_ignoring_case(start, b"[desktop") =>
        {
            return Kind::Json;
        }
        _ => {}
    }
    if is_mailbox(start) {
        return Kind::Mailbox;
    }
    if is_mail(start, ending) {
        return Kind::Mail;
    }
    match ending {
        "url" | "desktop" | "webloc" => return Kind::Shortcut,
        "htm" | "html" | "xhtml" => return Kind::Page,
        "json" | "jsonld" | "jwt" | "jws" | "vc" | "vp" | "svg" | "xml" | "cbor" => return Kind::Document,
        _ => {}
    }
    if is_page(start) || media_type == Some("text/html") {
        return Kind::Page;
    }
    let is_token = start.starts_with(b"eyJ") && !start.trim_ascii_end().iter().any(u8::is_ascii_whitespace);
    if is_token || start.starts_with(b"<") || start.is_empty() {
        return Kind::Document;
    }
    let is_named_text =
        matches!(ending, "txt" | "text" | "md") || media_type.is_some_and(|kind| kind.starts_with("text/"));
    if text::is_text(bytes, is_named_text) { Kind::Text } else { Kind::Document }
}

fn starts_ignoring_case(bytes: &[u8], start: &[u8]) -> bool {
    bytes.get(..start.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(start))
}

fn is_page(start: &[u8]) -> bool {
    let mut rest = start;
    while rest.starts_with(b"<!--") {
        match rest.windows(3).position(|at| at == b"-->") {
            Some(end) => rest = rest[end + 3..].trim_ascii_start(),
            None => return false,
        }
    }
    [&b"<!doctype html"[..], b"<html", b"<head", b"<body"].iter().any(|tag| starts_ignoring_case(rest, tag))
}

/// Whether it begins as a mailbox does: a line `From …`, then a mail's header.
fn is_mailbox(start: &[u8]) -> bool {
    start.starts_with(b"From ")
        && start.iter().position(|&byte| byte == b'\n').is_some_and(|end| {
            let mut rest = &start[end + 1..];
            // Some programs write a quoted line of their own before the header.
            if rest.starts_with(b">From ") {
                rest = rest.iter().position(|&byte| byte == b'\n').map_or(rest, |end| &rest[end + 1..]);
            }
            field_name(rest).is_some()
        })
}

/// The name of the header field that a text begins with.
pub(crate) fn field_name(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().take(80).position(|&byte| !matches!(byte, b'!'..=b'9' | b';'..=b'~'))?;
    let rest = text[end..].trim_ascii_start();
    (end > 0 && text[end..].first().is_some_and(|byte| matches!(byte, b':' | b' ' | b'\t')) && rest.starts_with(b":"))
        .then_some(&text[..end])
}

/// Fields that stand in mails and hardly anywhere else at the start of a line.
const MAIL_FIELDS: [&str; 19] = [
    "from",
    "to",
    "subject",
    "date",
    "received",
    "return-path",
    "delivered-to",
    "x-original-to",
    "message-id",
    "mime-version",
    "content-type",
    "reply-to",
    "dkim-signature",
    "arc-seal",
    "sender",
    "cc",
    "received-spf",
    "authentication-results",
    "content-transfer-encoding",
];

/// How many fields are looked at to tell a mail: providers put some forty of their own in front.
const FIELDS_SEEN: usize = 100;

fn is_mail(start: &[u8], ending: &str) -> bool {
    let start = without_length_line(start, ending);
    let wanted = if matches!(ending, "eml" | "emlx" | "mht" | "mhtml") { 1 } else { 2 };
    let mut known = 0;
    for line in start.split(|&byte| byte == b'\n').take(20 * FIELDS_SEEN).filter(|line| !line.is_empty()) {
        if matches!(line[0], b' ' | b'\t') {
            continue;
        }
        let Some(name) = field_name(line) else { break };
        known += usize::from(MAIL_FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field.as_bytes())));
        if known >= wanted {
            return true;
        }
    }
    false
}

/// Apple Mail writes the mail's length on a line before it.
pub(crate) fn without_length_line<'a>(start: &'a [u8], ending: &str) -> &'a [u8] {
    match start.iter().position(|&byte| byte == b'\n') {
        Some(end) if ending == "emlx" && start[..end].trim_ascii().iter().all(u8::is_ascii_digit) => &start[end + 1..],
        _ => start,
    }
}
