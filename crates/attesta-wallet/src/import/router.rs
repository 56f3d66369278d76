//! What a pasted or opened text is, found out before anybody is contacted.

use attesta_credential::{ReadError, read_each};
use attesta_net::LoopbackAccess;
use url::{Host, Url};

use crate::error::WalletError;
use crate::view::RecognisedView;

/// What was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognised {
    /// A link that would be fetched.
    Link(Url),
    /// The text of one or several credentials.
    Credential {
        /// How many.
        count: usize,
    },
    /// A bundle that somebody shares.
    ShareLink,
    /// Nothing we can read, and why.
    Nothing(WalletError),
}

/// Recognises a text. Makes no request.
pub fn recognise(text: &str, loopback: LoopbackAccess) -> Recognised {
    let trimmed = trim(text);
    if trimmed.is_empty() {
        return Recognised::Nothing(WalletError::EmptyInput);
    }
    if trimmed.starts_with(['{', '[']) {
        return of_json(trimmed);
    }
    if attesta_share::is_share_link(trimmed) {
        return Recognised::ShareLink;
    }
    let mut links = links(trimmed);
    match links.len() {
        0 => Recognised::Nothing(unrecognised(trimmed)),
        1 => match check_link(&links[0], loopback) {
            Ok(()) => Recognised::Link(links.remove(0)),
            Err(error) => Recognised::Nothing(error),
        },
        // A whole message: which of its links is meant, only its reader knows.
        _ => Recognised::Nothing(WalletError::NotALink),
    }
}

/// JSON is what it holds: at least one credential, or why there is none.
fn of_json(text: &str) -> Recognised {
    let entries = match read_each(text.as_bytes()) {
        Ok(entries) => entries,
        Err(error) => return Recognised::Nothing(error.into()),
    };
    let count = entries.iter().flatten().count();
    match entries.into_iter().find_map(Result::err) {
        Some(unread) if count == 0 => Recognised::Nothing(unread.error.into()),
        _ => Recognised::Credential { count },
    }
}

/// Removes what a byte order mark, a mail program or a careful reader puts around a text.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
}

/// Every http and https link of a text, in order, each once. A link ends at white space or a bracket or quote that
/// can't stand in a URL; punctuation that ends a sentence is not part of it.
pub fn links(text: &str) -> Vec<Url> {
    let mut links: Vec<Url> = Vec::new();
    let mut rest = text;
    while let Some(start) = next_scheme(rest) {
        let link = &rest[start..];
        let end = link.find(|c: char| c.is_whitespace() || "<>\"“”«»`".contains(c)).unwrap_or(link.len());
        let candidate = unpunctuated(&link[..end]);
        if let Ok(url) = Url::parse(candidate)
            && url.has_host()
            && !links.contains(&url)
        {
            links.push(url);
        }
        rest = &link[end.max(1)..];
    }
    links
}

/// Where the next `http://` or `https://` begins; a scheme inside a word, as in `xhttps://`, is none.
fn next_scheme(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find("http").map(|at| at + from) {
        let rest = &lower[at..];
        let word_before = lower[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        if !word_before && (rest.starts_with("https://") || rest.starts_with("http://")) {
            return Some(at);
        }
        from = at + 4;
    }
    None
}

/// Without the full stop, comma, bracket or quote that ends the sentence around it.
fn unpunctuated(link: &str) -> &str {
    let mut link = link;
    loop {
        let shorter = link.strip_suffix(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_']).or_else(|| {
            // A closing bracket belongs to the link only where its opening one does.
            let closes = |open: char, close: char| {
                link.ends_with(close) && link.matches(close).count() > link.matches(open).count()
            };
            (closes('(', ')') || closes('[', ']') || closes('{', '}')).then(|| &link[..link.len() - 1])
        });
        match shorter {
            Some(shorter) => link = shorter,
            None => return link,
        }
    }
}

/// Whether a link may be asked at all; the address it resolves to is checked again when it is.
pub(crate) fn check_link(link: &Url, loopback: LoopbackAccess) -> Result<(), WalletError> {
    let host = host_of(link);
    let refused = |failure| Err(WalletError::Fetch { host: host.clone(), failure });
    match (link.scheme(), is_loopback(link), loopback) {
        ("https", false, _) | ("https" | "http", true, LoopbackAccess::Allowed) => Ok(()),
        ("https" | "http", true, LoopbackAccess::Refused) => refused(attesta_net::FetchFailureKind::AddressRefused),
        _ => refused(attesta_net::FetchFailureKind::NotHttps),
    }
}

/// The host of a link, with its port where that is not the scheme's own.
pub(crate) fn host_of(link: &Url) -> String {
    match (link.host_str(), link.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => String::new(),
    }
}

fn is_loopback(link: &Url) -> bool {
    match link.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Why a text without a link is nothing: a token or picture that we know by its form, else just text.
fn unrecognised(text: &str) -> WalletError {
    match read_each(text.as_bytes()) {
        Err(error @ ReadError::UnsupportedFormat { .. }) => error.into(),
        _ => WalletError::NotALink,
    }
}

impl Recognised {
    /// What the window shows of it.
    pub fn view(&self) -> RecognisedView {
        match self {
            Recognised::Link(url) => RecognisedView::Link { url: url.to_string(), host: host_of(url) },
            Recognised::Credential { count } => {
                RecognisedView::Credential { count: u32::try_from(*count).unwrap_or(u32::MAX) }
            }
            Recognised::ShareLink => RecognisedView::ShareLink,
            Recognised::Nothing(error) => RecognisedView::Nothing { error: error.view() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    #[track_caller]
    fn check_link_in(text: &str, loopback: LoopbackAccess, expected: &str) {
        match recognise(text, loopback) {
            Recognised::Link(url) => assert_eq!(url.as_str(), expected, "{text:?}"),
            other => panic!("{text:?} was taken for {other:?}"),
        }
    }

    #[track_caller]
    fn check_nothing(text: &str, loopback: LoopbackAccess, expected: ErrorCode) {
        match recognise(text, loopback) {
            Recognised::Nothing(error) => assert_eq!(error.code(), expected, "{text:?}"),
            other => panic!("{text:?} was taken for {other:?}"),
        }
    }

    #[test]
    fn a_link_is_found_however_it_was_copied() {
        let expected = "https://college.example/claim/1?t=a";
        for text in [
            "https://college.example/claim/1?t=a",
            "  https://college.example/claim/1?t=a\r\n",
            "<https://college.example/claim/1?t=a>",
            "“https://college.example/claim/1?t=a”",
            "Your badge is here: https://college.example/claim/1?t=a.",
            "(https://college.example/claim/1?t=a)",
            "HTTPS://College.example/claim/1?t=a",
            "https://college.example/claim/1?t=a or https://college.example/claim/1?t=a",
            "\u{feff}https://college.example/claim/1?t=a",
        ] {
            check_link_in(text, LoopbackAccess::Refused, expected);
        }
        check_link_in("https://a.example/x_(y)", LoopbackAccess::Refused, "https://a.example/x_(y)");
    }

    #[test]
    fn plain_http_is_refused_except_to_this_machine_where_allowed() {
        check_nothing("http://college.example/claim", LoopbackAccess::Refused, ErrorCode::NotHttps);
        check_nothing("http://college.example/claim", LoopbackAccess::Allowed, ErrorCode::NotHttps);
        check_nothing("http://127.0.0.1:4000/claim", LoopbackAccess::Refused, ErrorCode::AddressRefused);
        check_nothing("https://localhost/claim", LoopbackAccess::Refused, ErrorCode::AddressRefused);
        check_nothing("http://2130706433/claim", LoopbackAccess::Refused, ErrorCode::AddressRefused);
        check_link_in("http://127.0.0.1:4000/claim", LoopbackAccess::Allowed, "http://127.0.0.1:4000/claim");
        check_link_in("http://[::1]:4000/claim", LoopbackAccess::Allowed, "http://[::1]:4000/claim");
        check_link_in("http://localhost:4000/claim", LoopbackAccess::Allowed, "http://localhost:4000/claim");
    }

    #[test]
    fn what_is_no_link_and_no_credential_is_told_so() {
        check_nothing("", LoopbackAccess::Refused, ErrorCode::EmptyInput);
        check_nothing(" \n ", LoopbackAccess::Refused, ErrorCode::EmptyInput);
        check_nothing("hello", LoopbackAccess::Refused, ErrorCode::NotALink);
        check_nothing("college.example/claim", LoopbackAccess::Refused, ErrorCode::NotALink);
        check_nothing("ftp://college.example/", LoopbackAccess::Refused, ErrorCode::NotALink);
        check_nothing("file:///etc/passwd", LoopbackAccess::Refused, ErrorCode::NotALink);
        check_nothing("https://a.example/1 https://a.example/2", LoopbackAccess::Refused, ErrorCode::NotALink);
        check_nothing("{}", LoopbackAccess::Refused, ErrorCode::NotACredential);
        check_nothing("{\"a\":", LoopbackAccess::Refused, ErrorCode::Truncated);
    }

    #[test]
    fn an_entry_that_is_no_credential_takes_nothing_from_the_others() {
        let credential = r#"{"type":["VerifiableCredential"]}"#;
        let recognised = |text: &str| recognise(text, LoopbackAccess::Refused);
        assert_eq!(recognised(&format!("[{credential},7,{credential}]")), Recognised::Credential { count: 2 });
        check_nothing("[7,8]", LoopbackAccess::Refused, ErrorCode::NotACredential);
    }

    #[test]
    fn a_message_gives_all_its_links_once_and_in_order() {
        let text = "See https://a.example/1, https://b.example/2) and xhttps://c.example; again https://a.example/1!";
        let found: Vec<String> = links(text).iter().map(Url::to_string).collect();
        assert_eq!(found, ["https://a.example/1", "https://b.example/2"]);
    }
}
