//! Whether an address may be asked at all: its scheme, its host and what else it carries.
//!
//! Every address passes here before a connection is opened, the caller's own and each one that a redirect names. A host
//! that is a name passes [`crate::resolver`] as well, on the addresses it resolves to.

use std::net::IpAddr;

use attesta_verify::{FetchFailureKind, LoopbackAccess};
use url::{Host, Url};

use crate::address::Reach;
use crate::limits::URL_BYTES;

/// Parses and checks an address that the caller asks for.
pub(crate) fn parse(url: &str, loopback: LoopbackAccess) -> Result<Url, FetchFailureKind> {
    if url.len() > URL_BYTES {
        return Err(FetchFailureKind::BadUrl);
    }
    admit(Url::parse(url).map_err(|_| FetchFailureKind::BadUrl)?, loopback)
}

/// Resolves the Location of a redirect against the address that sent it, and checks the result.
pub(crate) fn redirected(from: &Url, location: &[u8], loopback: LoopbackAccess) -> Result<Url, FetchFailureKind> {
    if location.len() > URL_BYTES {
        return Err(FetchFailureKind::BadUrl);
    }
    let location = std::str::from_utf8(location).map_err(|_| FetchFailureKind::BadUrl)?;
    admit(from.join(location).map_err(|_| FetchFailureKind::BadUrl)?, loopback)
}

/// Whether a host name means this machine by definition,
/// [RFC 6761 section 6.3](https://www.rfc-editor.org/rfc/rfc6761#section-6.3).
pub(crate) fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

fn admit(mut url: Url, loopback: LoopbackAccess) -> Result<Url, FetchFailureKind> {
    if !matches!(url.scheme(), "https" | "http") {
        return Err(FetchFailureKind::NotHttps);
    }
    // The url crate has already turned decimal, octal, hexadecimal and shortened spellings into plain addresses.
    let reach = match url.host().ok_or(FetchFailureKind::BadUrl)? {
        Host::Ipv4(address) => Some(Reach::of(IpAddr::V4(address))),
        Host::Ipv6(address) => Some(Reach::of(IpAddr::V6(address))),
        Host::Domain(name) => is_localhost(name).then_some(Reach::Loopback),
    };
    if reach.is_some_and(|reach| !reach.admitted(loopback)) {
        return Err(FetchFailureKind::AddressRefused);
    }
    if url.scheme() == "http" && reach != Some(Reach::Loopback) {
        return Err(FetchFailureKind::NotHttps);
    }
    // A password in an address would go to whoever the address names, and into whatever the address is written to.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FetchFailureKind::BadUrl);
    }
    url.set_fragment(None);
    Ok(url)
}

#[cfg(test)]
mod tests {
    use attesta_verify::FetchFailureKind::{self, AddressRefused, BadUrl, NotHttps};
    use attesta_verify::LoopbackAccess::{self, Allowed, Refused};

    use super::{parse, redirected};

    #[track_caller]
    fn check(url: &str, loopback: LoopbackAccess, expected: Result<&str, FetchFailureKind>) {
        let result = parse(url, loopback).map(String::from);
        assert_eq!(result, expected.map(str::to_owned), "{url}");
    }

    #[test]
    fn https_to_a_public_host_is_asked_without_the_fragment() {
        check("https://issuer.example/badge?n=1#key-1", Refused, Ok("https://issuer.example/badge?n=1"));
        check("HTTPS://Issuer.Example:443/", Refused, Ok("https://issuer.example/"));
        check("https://1.1.1.1/", Refused, Ok("https://1.1.1.1/"));
    }

    #[test]
    fn other_schemes_are_not_https() {
        for url in [
            "http://issuer.example/",
            "file:///etc/passwd",
            "data:text/plain,x",
            "ftp://issuer.example/",
            "did:web:issuer.example",
            "javascript:alert(1)",
        ] {
            check(url, Refused, Err(NotHttps));
            check(url, Allowed, Err(NotHttps));
        }
    }

    #[test]
    fn what_is_no_absolute_url_is_a_bad_url() {
        for url in
            ["", "badge.json", "//issuer.example/", "https://", "https://[::1", "https://a b/", "https://1.2.3.4.5/"]
        {
            check(url, Refused, Err(BadUrl));
        }
        check(&format!("https://issuer.example/{}", "a".repeat(20_000)), Refused, Err(BadUrl));
    }

    #[test]
    fn a_name_and_password_in_the_address_are_refused() {
        check("https://learner@issuer.example/", Refused, Err(BadUrl));
        check("https://learner:secret@issuer.example/", Refused, Err(BadUrl));
        check("https://:secret@issuer.example/", Refused, Err(BadUrl));
    }

    #[test]
    fn private_hosts_are_refused_in_every_spelling() {
        for url in [
            "https://10.0.0.1/",
            "https://192.168.1.1:8443/",
            "https://169.254.169.254/latest/meta-data/",
            "http://169.254.169.254/latest/meta-data/",
            "https://167772161/",
            "https://0x0a000001/",
            "https://012.0.0.1/",
            "https://0xa.0x0.0x0.0x1/",
            "https://10.1/",
            "https://10.0.0.1./",
            "https://%31%30.0.0.1/",
            "https://１０.0.0.1/",
            "https://[fc00::1]/",
            "https://[fe80::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[::ffff:a00:1]/",
            "https://[64:ff9b::a00:1]/",
            "https://[2002:a00:1::]/",
            "https://0/",
            "https://0.0.0.0/",
            "https://[::]/",
        ] {
            check(url, Refused, Err(AddressRefused));
            check(url, Allowed, Err(AddressRefused));
        }
    }

    #[test]
    fn loopback_is_refused_unless_it_is_allowed_and_then_http_is_too() {
        for url in [
            "http://localhost/",
            "http://LocalHost:8080/",
            "http://localhost./",
            "http://issuer.localhost/",
            "http://127.0.0.1:8080/",
            "http://127.9.9.9/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]:8080/",
            "http://[::ffff:127.0.0.1]/",
            "https://localhost/",
            "https://127.0.0.1/",
        ] {
            check(url, Refused, Err(AddressRefused));
            assert!(parse(url, Allowed).is_ok(), "{url}");
        }
    }

    #[test]
    fn a_name_that_only_looks_like_localhost_is_an_ordinary_name() {
        for url in ["http://localhost.example/", "http://notlocalhost/", "http://127.0.0.1.example/"] {
            check(url, Allowed, Err(NotHttps));
        }
    }

    #[test]
    fn a_redirect_is_resolved_against_its_sender_and_checked_like_any_address() {
        let from = parse("https://issuer.example/a/b?n=1", Refused).expect("a good address");
        let check = |location: &[u8], expected: Result<&str, FetchFailureKind>| {
            let result = redirected(&from, location, Refused).map(String::from);
            assert_eq!(result, expected.map(str::to_owned), "{}", String::from_utf8_lossy(location));
        };
        check(b"c", Ok("https://issuer.example/a/c"));
        check(b"/c", Ok("https://issuer.example/c"));
        check(b"//other.example/c#part", Ok("https://other.example/c"));
        check("/médaille".as_bytes(), Ok("https://issuer.example/m%C3%A9daille"));
        check(b"http://issuer.example/", Err(NotHttps));
        check(b"file:///etc/passwd", Err(NotHttps));
        check(b"https://10.0.0.1/", Err(AddressRefused));
        check(b"//169.254.169.254/", Err(AddressRefused));
        check(b"https://localhost/", Err(AddressRefused));
        check(b"https://user@issuer.example/", Err(BadUrl));
        check(b"/\xff", Err(BadUrl));
    }
}
