//! The draft of a mail, as an address that opens the learner's own mail program, [RFC 6068].
//!
//! [RFC 6068]: https://www.rfc-editor.org/rfc/rfc6068

use attesta_view::Language;

use crate::words::Words;

/// Characters that every mail program and system takes in a `mailto:` address: some stop at 2,048.
pub const MAILTO_LIMIT: usize = 2000;

/// A mail that the learner can still change before it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailDraft {
    /// The subject.
    pub subject: String,
    /// The text, with line breaks as `\n`.
    pub body: String,
    /// The `mailto:` address; none where it would be longer than [`MAILTO_LIMIT`], so that the text has to be copied.
    pub address: Option<String>,
}

/// How a mail brings a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bears<'l> {
    /// By a file that the learner attaches.
    #[default]
    File,
    /// By this link.
    Link(&'l str),
    /// By a link that no address for a mail program holds: the learner pastes it.
    LinkToPaste,
}

impl Bears<'_> {
    /// The same without the link itself.
    pub fn without_link(self) -> Bears<'static> {
        match self {
            Bears::File => Bears::File,
            Bears::Link(_) | Bears::LinkToPaste => Bears::LinkToPaste,
        }
    }
}

/// What a mail about a share says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Letter<'l> {
    /// The title of what is shared.
    pub title: &'l str,
    /// What brings it to the reader.
    pub bears: Bears<'l>,
    /// The earner's name, who signs the mail.
    pub earner: Option<&'l str>,
    /// The recipient's address, where the learner gave one.
    pub to: Option<&'l str>,
    /// Until when it counts, RFC 3339.
    pub valid_until: Option<&'l str>,
}

/// A draft in the reader's language.
pub fn mail_draft(letter: &Letter<'_>, language: Language) -> MailDraft {
    let &Letter { title, bears, earner, to, valid_until } = letter;
    let words = Words::of(language);
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let subject = match earner {
        Some(earner) => words.with("mail.subject_named", &[("title", &one_line(title)), ("name", &one_line(earner))]),
        None => words.with("mail.subject", &[("title", &one_line(title))]),
    };
    let what = match bears {
        // On a line of its own and without anything after it, so that no mail program cuts it or takes a full stop along.
        Bears::Link(link) => format!("{}\n\n{link}", words.plain("mail.link")),
        Bears::LinkToPaste => format!("{}\n\n[{}]", words.plain("mail.link"), words.plain("mail.paste")),
        Bears::File => words.plain("mail.file").to_owned(),
    };
    let mut body = format!("{}\n\n{what}\n\n{}\n", words.plain("mail.greeting"), words.plain("mail.check"));
    if let Some(end) = valid_until {
        body.push_str(&format!("{}\n", words.with("mail.until", &[("date", &words.date(end))])));
    }
    if let Some(earner) = earner {
        body.push_str(&format!("\n{}\n", one_line(earner)));
    }
    let address = format!(
        "mailto:{}?subject={}&body={}",
        encode(to.map(str::trim).unwrap_or_default(), b"@"),
        encode(&subject, b""),
        encode(&body.replace('\n', "\r\n"), b"")
    );
    MailDraft { subject, body, address: (address.len() <= MAILTO_LIMIT).then_some(address) }
}

/// Percent-encodes everything but what RFC 3986 leaves unreserved and `kept`.
fn encode(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            byte if kept.contains(&byte) => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    const LINK: &str = "https://verify.example/#1uAB-_c";

    fn linked() -> Letter<'static> {
        Letter { title: "T", bears: Bears::Link(LINK), ..Letter::default() }
    }

    #[test]
    fn a_share_that_ends_says_when() {
        let ends = Letter { valid_until: Some("2027-01-31T23:59:59Z"), ..linked() };
        let body = |language| mail_draft(&ends, language).body.replace('\u{a0}', " ");
        assert!(body(Language::En).contains("They count until 31 January 2027."));
        assert!(body(Language::Fr).contains("jusqu’au 31 janvier 2027"));
        assert!(!mail_draft(&linked(), Language::En).body.contains("until"));
    }

    /// Subject and body as a mail program reads them.
    #[track_caller]
    fn check(title: &str, earner: Option<&str>, language: Language) {
        let draft = mail_draft(&Letter { title, earner, to: Some("jobs@example.org"), ..linked() }, language);
        let address = draft.address.as_deref().expect("it is short");
        let read = Url::parse(address).unwrap();
        assert_eq!((read.scheme(), read.path()), ("mailto", "jobs@example.org"));
        assert!(read.fragment().is_none() && !address.contains([' ', '+', '\n', '"']), "{address}");
        let pairs: Vec<_> = read.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        assert_eq!(pairs[0], ("subject".to_owned(), draft.subject.clone()));
        assert_eq!(pairs[1], ("body".to_owned(), draft.body.replace('\n', "\r\n")));
        assert_eq!(pairs.len(), 2, "no header of the learner's making");
        assert!(!draft.subject.contains(['\r', '\n']));
        assert!(draft.body.contains(&format!("\n{LINK}\n")), "the link has a line of its own");
        assert!(address.contains("%0D%0A"), "line breaks are CRLF");
    }

    #[test]
    fn a_draft_opens_in_a_mail_program_as_it_was_written() {
        check("For Bluewater Health", Some("Amélie Tremblay"), Language::En);
        check("Été & hiver = 50 %?", None, Language::Fr);
        check("A\r\nBcc: everyone@example.org", Some("B\nCc: x@y"), Language::En);
        check("🏅 語", Some("O’Neil & Sons"), Language::Fr);
    }

    #[test]
    fn a_recipient_adds_no_header() {
        let draft = mail_draft(&Letter { to: Some("a@b.example?bcc=c@d.example&body=x"), ..linked() }, Language::En);
        let read = Url::parse(&draft.address.unwrap()).unwrap();
        assert_eq!(read.query_pairs().map(|(name, _)| name.into_owned()).collect::<Vec<_>>(), ["subject", "body"]);
    }

    #[test]
    fn a_link_too_long_for_an_address_is_left_to_be_copied() {
        let long = format!("https://verify.example/#1u{}", "A".repeat(MAILTO_LIMIT));
        let draft = mail_draft(&Letter { bears: Bears::Link(&long), ..linked() }, Language::En);
        assert_eq!(draft.address, None);
        assert!(draft.body.contains(&long));
        let pasted = mail_draft(&Letter { bears: Bears::LinkToPaste, ..linked() }, Language::En);
        assert!(pasted.address.is_some() && pasted.body.contains("[Paste the link here]"));
        let fits = mail_draft(&linked(), Language::En).address.unwrap();
        assert!(fits.starts_with("mailto:?subject=") && fits.len() <= MAILTO_LIMIT);
    }

    #[test]
    fn without_a_link_the_mail_speaks_of_the_file() {
        for language in [Language::En, Language::Fr] {
            let draft = mail_draft(&Letter { bears: Bears::File, ..linked() }, language);
            assert!(!draft.body.contains("http") && draft.address.is_some());
        }
    }
}
