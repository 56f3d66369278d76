//! The mail in which a school tells a learner that a credential is ready, with two links: a page to claim it from, and
//! one for wallets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::fmt::rfc2822;

use crate::catalogue::{BADGES, LEARNER_EMAIL, LEARNER_NAME};
use crate::office::Office;

/// The language of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailLanguage {
    /// English; the first credential.
    English,
    /// French; the second.
    French,
}

const BOUNDARY: &str = "=_demo_issuer_mail";

/// Most characters in a line of an encoded body, [RFC 2045 section 6.7](https://www.rfc-editor.org/rfc/rfc2045#section-6.7).
const LINE: usize = 76;

/// The mail, with a fresh claim behind its second link.
pub(crate) fn claim_mail(office: &Office, language: MailLanguage) -> Vec<u8> {
    let n = match language {
        MailLanguage::English => 1,
        MailLanguage::French => 2,
    };
    let badge = &BADGES[n - 1];
    let (page, request) = (office.link("page", n), office.link("request", n));
    let Words { subject, greeting, ready, at_page, in_wallet, closing } = words(language);
    let school = badge.school.name();
    let date = rfc2822::to_string(&office.started.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default();
    let plain = format!(
        "{greeting} {LEARNER_NAME},\r\n\r\n{ready} {}.\r\n\r\n{at_page}\r\n{page}\r\n\r\n{in_wallet}\r\n{request}\r\n\r\n\
         {closing}\r\n-- \r\n{school}\r\n",
        badge.name
    );
    let (page, request) = (page.replace('&', "&amp;"), request.replace('&', "&amp;"));
    let html = format!(
        "<!doctype html><html lang=\"{}\"><body><p>{greeting} {LEARNER_NAME},</p><p>{ready} <b>{}</b>.</p>\
         <p><a href=\"{page}\">{at_page}</a></p><p><a href=\"{request}\">{in_wallet}</a></p><p>{closing}<br>{school}</p>\
         </body></html>",
        badge.school.language(),
        badge.name
    );
    format!(
        "From: {from} <registrar@school.example>\r\nTo: {to} <{LEARNER_EMAIL}>\r\nSubject: {subject}\r\nDate: {date}\r\n\
         Message-ID: <claim-{n}@school.example>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=\"{BOUNDARY}\"\r\n\r\n\
         --{BOUNDARY}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         {plain}\r\n\
         --{BOUNDARY}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
         {html}\r\n--{BOUNDARY}--\r\n",
        from = encoded_word(school),
        to = encoded_word(LEARNER_NAME),
        subject = encoded_word(&format!("{subject} {}", badge.name)),
        plain = quoted_printable(&plain),
        html = in_lines(&STANDARD.encode(html)),
    )
    .into_bytes()
}

struct Words {
    subject: &'static str,
    greeting: &'static str,
    ready: &'static str,
    at_page: &'static str,
    in_wallet: &'static str,
    closing: &'static str,
}

fn words(language: MailLanguage) -> Words {
    match language {
        MailLanguage::English => Words {
            subject: "Your micro-credential is ready:",
            greeting: "Hello",
            ready: "You have earned",
            at_page: "See it on our page:",
            in_wallet: "Add it to your wallet (this link works once, for ten minutes):",
            closing: "Questions? Write to registrar@school.example.",
        },
        MailLanguage::French => Words {
            subject: "Votre microcertification est prête :",
            greeting: "Bonjour",
            ready: "Vous avez obtenu",
            at_page: "Consultez-la sur notre page :",
            in_wallet: "Ajoutez-la à votre portefeuille (ce lien sert une seule fois, pendant dix minutes) :",
            closing: "Des questions ? Écrivez à registrar@school.example.",
        },
    }
}

/// A header's text, [RFC 2047](https://www.rfc-editor.org/rfc/rfc2047): in words of at most 75 characters where it is
/// not plain.
fn encoded_word(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut words = vec![String::new()];
    for character in text.chars() {
        let last = words.last_mut().expect("there is a first word");
        match last.len() + character.len_utf8() > 40 {
            true => words.push(character.to_string()),
            false => last.push(character),
        }
    }
    let words: Vec<String> = words.iter().map(|word| format!("=?UTF-8?B?{}?=", STANDARD.encode(word))).collect();
    words.join("\r\n ")
}

fn quoted_printable(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.split("\r\n") {
        let mut out = String::new();
        let last = line.len().saturating_sub(1);
        for (place, byte) in line.bytes().enumerate() {
            let plain = match byte {
                b'=' => false,
                b' ' => place != last,
                b'!'..=b'~' => true,
                _ => false,
            };
            let encoded = if plain { char::from(byte).to_string() } else { format!("={byte:02X}") };
            if out.len() + encoded.len() >= LINE {
                lines.push(format!("{out}="));
                out.clear();
            }
            out.push_str(&encoded);
        }
        lines.push(out);
    }
    lines.join("\r\n")
}

fn in_lines(text: &str) -> String {
    let lines: Vec<&str> = text.as_bytes().chunks(LINE).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    lines.join("\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_an_encoded_text_are_short_and_nothing_is_lost() {
        let text = format!("a = é \r\n{}", "https://school.example/?a=1&b=2".repeat(9));
        let encoded = quoted_printable(&text);
        assert!(encoded.lines().all(|line| line.len() <= LINE), "{encoded}");
        assert!(encoded.starts_with("a =3D =C3=A9=20\r\nhttps://school.example/?a=3D1&b=3D2"), "{encoded}");
        let joined = encoded.replace("=\r\n", "").replace("=3D", "=").replace("=C3=A9", "é").replace("=20", " ");
        assert_eq!(joined, text);
    }

    #[test]
    fn a_header_that_is_not_plain_is_in_encoded_words() {
        assert_eq!(encoded_word("Hello"), "Hello");
        let encoded = encoded_word("Votre microcertification est prête : Accueil et accompagnement en santé");
        assert!(encoded.split("\r\n ").all(|word| word.len() <= 75 && word.starts_with("=?UTF-8?B?")), "{encoded}");
    }
}
