//! Mailboxes, [RFC 4155](https://www.rfc-editor.org/rfc/rfc4155): mails one after another, each behind a line that
//! begins with `From `. Programs differ in how they write a line of a mail that begins so itself: `mboxo` and `mboxrd`
//! put `>` before it, `mboxcl` and `mboxcl2` say how long each mail is.

use std::borrow::Cow;

use crate::kind::field_name;
use crate::limits::MAILS;
use crate::mail;
use crate::mail::entity::lines;
use crate::piece::UnpackError;
use crate::unpacking::{Place, Standing, Unpacking};

/// Takes a mailbox apart.
///
/// # Errors
/// [`UnpackError`] if it nests too deeply.
pub(crate) fn unpack(unpacking: &mut Unpacking, place: &Place, bytes: &[u8]) -> Result<(), UnpackError> {
    unpacking.enter(place)?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    for (index, letter) in (Mails { rest: bytes }).enumerate() {
        if unpacking.is_full() {
            break;
        }
        if index >= MAILS {
            unpacking.skip(place.clone(), UnpackError::TooMany { limit: MAILS });
            break;
        }
        let whole = letter.unescaped();
        let name = mail::subject_of(&whole).unwrap_or_else(|| format!("{} ({})", place.name, index + 1));
        let mut stands = place.part(&name, Standing::Enclosed);
        // A mailbox is no more than a list of mails: it counts with them as one carrier.
        stands.depth = place.depth;
        if let Err(why) = mail::unpack(unpacking, &stands, &whole) {
            unpacking.skip(stands, why);
        }
    }
    Ok(())
}

/// One mail of a mailbox.
struct Stored<'a> {
    bytes: &'a [u8],
    /// Whether lines that begin with `From ` were marked.
    is_marked: bool,
}

impl<'a> Stored<'a> {
    /// The mail as it was before it was put into the mailbox.
    fn unescaped(&self) -> Cow<'a, [u8]> {
        let is_escaped = |line: &[u8]| {
            let marks = line.iter().take_while(|&&byte| byte == b'>').count();
            marks > 0 && line[marks..].starts_with(b"From ")
        };
        if !self.is_marked || !lines(self.bytes).any(|(_, line)| is_escaped(line)) {
            return Cow::Borrowed(self.bytes);
        }
        let kept = lines(self.bytes).flat_map(|(_, line)| &line[usize::from(is_escaped(line))..]);
        Cow::Owned(kept.copied().collect())
    }
}

struct Mails<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Mails<'a> {
    type Item = Stored<'a>;

    fn next(&mut self) -> Option<Stored<'a>> {
        let (_, first) = lines(self.rest).next()?;
        let bytes = if first.starts_with(b"From ") { &self.rest[first.len()..] } else { self.rest };
        if let Some(end) = stated_end(bytes) {
            let (mail, rest) = bytes.split_at(end);
            self.rest = rest.trim_ascii_start();
            // Where the length is stated, marking is needless; a line that is not marked shows that none is.
            let is_marked = !lines(mail).any(|(_, line)| line.starts_with(b"From "));
            return Some(Stored { bytes: mail, is_marked });
        }
        let mut is_after_empty = false;
        let mut end = bytes.len();
        for (start, line) in lines(bytes) {
            if is_after_empty && is_separator(line, &bytes[start + line.len()..]) {
                end = start;
                break;
            }
            is_after_empty = line.trim_ascii().is_empty();
        }
        let (mail, rest) = bytes.split_at(end);
        self.rest = rest;
        Some(Stored { bytes: mail, is_marked: true })
    }
}

/// Whether a line divides two mails: some programs mark no line of a mail, and a sentence may begin with the word too.
fn is_separator(line: &[u8], after: &[u8]) -> bool {
    line.starts_with(b"From ") && (field_name(after).is_some() || after.starts_with(b">From "))
}

/// Where a mail ends by its own word, if the next one or the mailbox's end is there.
fn stated_end(bytes: &[u8]) -> Option<usize> {
    let mut stated = None;
    for (start, line) in lines(bytes) {
        if line.trim_ascii().is_empty() {
            let end = (start + line.len()).checked_add(stated?)?;
            let rest = bytes.get(end..)?.trim_ascii_start();
            return (rest.is_empty() || rest.starts_with(b"From ")).then_some(end);
        }
        if field_name(line).is_some_and(|name| name.eq_ignore_ascii_case(b"content-length")) {
            let value = line.splitn(2, |&byte| byte == b':').nth(1)?;
            stated = std::str::from_utf8(value.trim_ascii()).ok()?.parse::<usize>().ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mailbox: &str, expected: &[&str]) {
        let mails = Mails { rest: mailbox.as_bytes() };
        let found: Vec<String> = mails.map(|mail| String::from_utf8(mail.unescaped().into_owned()).unwrap()).collect();
        assert_eq!(found, expected);
    }

    const FROM: &str = "From a@example.org Thu Nov 19 10:00:00 2026\n";

    #[test]
    fn each_mail_of_a_mailbox_is_found() {
        check(&format!("{FROM}To: a\n\nOne\n\n{FROM}To: b\n\nTwo\n"), &["To: a\n\nOne\n\n", "To: b\n\nTwo\n"]);
        check(&format!("{FROM}To: a\r\n\r\nOne\r\n"), &["To: a\r\n\r\nOne\r\n"]);
        check("", &[]);
    }

    #[test]
    fn a_marked_line_loses_one_mark() {
        check(
            &format!("{FROM}To: a\n\n>From here\n>>From there\n> From\n"),
            &["To: a\n\nFrom here\n>From there\n> From\n"],
        );
    }

    #[test]
    fn a_sentence_that_begins_with_from_does_not_divide_a_mail() {
        let mail = "To: a\n\nHello\n\nFrom now on it counts.\nYours\n";
        check(&format!("{FROM}{mail}"), &[mail]);
    }

    #[test]
    fn a_stated_length_is_believed_where_it_leads_to_the_next_mail() {
        let body = "Hi\n\nFrom: not a header\n\nFrom x\nTo: y\n";
        let mail = format!("To: a\nContent-Length: {}\n\n{body}", body.len());
        check(&format!("{FROM}{mail}\n{FROM}To: b\n\nTwo\n"), &[&mail, "To: b\n\nTwo\n"]);
        let wrong = "To: a\nContent-Length: 3\n\nLonger\n\n";
        check(&format!("{FROM}{wrong}{FROM}To: b\n\nTwo\n"), &[wrong, "To: b\n\nTwo\n"]);
        let endless = "To: a\nContent-Length: 99999999999999999999\n\nOne\n";
        check(&format!("{FROM}{endless}"), &[endless]);
    }
}
