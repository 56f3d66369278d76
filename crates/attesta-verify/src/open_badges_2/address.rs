//! Web addresses in Open Badges documents.

use url::Url;

use crate::did::is_loopback;
use crate::policy::LoopbackAccess;

/// An address that may be asked.
///
/// Badges of a decade ago say `http`. They are asked by https, at the same host and path: whoever answers there proves
/// more than an answer by http could, and nobody on the way can change it. So `http` and `https` name the same thing
/// here, except on loopback.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    url: Url,
    asked: String,
}

impl Address {
    /// The address in a text; `None` where it is none that may be asked.
    pub(super) fn read(text: &str, loopback: LoopbackAccess) -> Option<Address> {
        let text = text.trim();
        let mut url = Url::parse(text).ok()?;
        let own_machine = is_loopback(&url.host()?);
        match url.scheme() {
            "https" => {}
            "http" if own_machine && loopback == LoopbackAccess::Allowed => {}
            "http" => url.set_scheme("https").ok()?,
            _ => return None,
        }
        if !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        url.set_fragment(None);
        // As it was written where that is an address already: a driver finds its answers by it.
        let as_written = Url::parse(text).is_ok_and(|written| written == url);
        let asked = if as_written { text.to_owned() } else { url.to_string() };
        Some(Address { url, asked })
    }

    /// What to ask.
    pub(super) fn asked(&self) -> &str {
        &self.asked
    }

    /// The host that answers, for messages.
    pub(super) fn host(&self) -> String {
        self.url.host_str().unwrap_or_default().to_owned()
    }

    /// Whether the text names this address too.
    pub(super) fn is(&self, text: &str, loopback: LoopbackAccess) -> bool {
        Address::read(text, loopback).is_some_and(|other| other.url == self.url)
    }

    /// Whether both are answered by one server: the same host and port.
    pub(super) fn same_origin(&self, other: &Address) -> bool {
        self.url.origin() == other.url.origin()
    }

    /// Whether this address lies under the other: at the same server, with a path that continues the other's.
    pub(super) fn starts_with(&self, prefix: &Address) -> bool {
        let rest = |url: &Url| match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        self.same_origin(prefix) && rest(&self.url).starts_with(&rest(&prefix.url))
    }

    /// Whether an entry of `allowedOrigins` names this address's server: a host name, which may carry a scheme or port.
    pub(super) fn is_at_origin(&self, written: &str) -> bool {
        let written = written.trim().trim_end_matches('/');
        let authority = written.split_once("://").map_or(written, |(_, authority)| authority);
        let Ok(allowed) = Url::parse(&format!("{}://{authority}", self.url.scheme())) else { return false };
        let bare = allowed.path() == "/" && allowed.query().is_none() && allowed.username().is_empty();
        bare && allowed.host().is_some() && allowed.origin() == self.url.origin()
    }
}

/// Whether two texts name the same thing: the same text, or the same web address.
pub(super) fn same(one: &str, other: &str) -> bool {
    let loopback = LoopbackAccess::Refused;
    one == other || Address::read(one, loopback).is_some_and(|address| address.is(other, loopback))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::read(text, LoopbackAccess::Refused).unwrap()
    }

    #[test]
    fn http_is_asked_by_https_and_names_the_same() {
        assert_eq!(address("http://uni.example/a").asked(), "https://uni.example/a");
        assert_eq!(address("https://uni.example").asked(), "https://uni.example");
        assert_eq!(address("https://uni.example/a#x").asked(), "https://uni.example/a");
        assert!(same("http://uni.example/a", "https://UNI.example/a"));
        assert!(!same("https://uni.example/a", "https://uni.example/a/"));
        assert!(same("urn:uuid:1", "urn:uuid:1") && !same("urn:uuid:1", "urn:uuid:2"));
        let local = Address::read("http://127.0.0.1:4000/a", LoopbackAccess::Allowed).unwrap();
        assert_eq!(local.asked(), "http://127.0.0.1:4000/a");
    }

    #[test]
    fn what_may_not_be_asked_is_no_address() {
        for text in ["", "a", "urn:uuid:1", "ftp://a.example/", "https://me@uni.example/", "data:,x", "_:b0"] {
            assert_eq!(Address::read(text, LoopbackAccess::Refused), None, "{text}");
        }
    }

    #[test]
    fn a_prefix_is_of_one_server() {
        let badge = address("https://uni.example/badges/7?v=2");
        for prefix in ["https://uni.example", "http://uni.example/badges", "https://uni.example/badges/7?v"] {
            assert!(badge.starts_with(&address(prefix)), "{prefix}");
        }
        for prefix in ["https://uni.exam", "https://uni.example/other", "https://uni.example:8443/badges"] {
            assert!(!badge.starts_with(&address(prefix)), "{prefix}");
        }
        assert!(!address("https://uni.example.evil.example/").starts_with(&address("https://uni.example")));
        assert!(!address("https://uni.example/a/../b").starts_with(&address("https://uni.example/a")));
    }

    #[test]
    fn an_allowed_origin_is_a_host() {
        let badge = address("https://uni.example/badges/7");
        for origin in ["uni.example", "UNI.example", "https://uni.example/", "http://uni.example", "uni.example:443"] {
            assert!(badge.is_at_origin(origin), "{origin}");
        }
        for origin in
            ["", "example", "*.example", "evil.example", "uni.example/other", "me@uni.example", "uni.example:8443"]
        {
            assert!(!badge.is_at_origin(origin), "{origin}");
        }
    }
}
