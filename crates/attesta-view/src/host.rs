//! The host that an identifier speaks for.

use url::Url;

/// The host, with its port where one is stated, of a `did:web` or of an http or https address; none for anything else.
///
/// [did:web](https://w3c-ccg.github.io/did-method-web/) writes a port as `%3A`.
pub fn host_of(identifier: &str) -> Option<String> {
    // As whoever asks it reads it: what an address leaves out of a host or adds to it shows nobody another one.
    let url = match identifier.strip_prefix("did:web:") {
        Some(rest) => {
            let host = rest.split([':', '/', '?', '#']).next()?;
            Url::parse(&format!("https://{}/", host.replace("%3A", ":").replace("%3a", ":")))
        }
        None => Url::parse(identifier),
    };
    let url = url.ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    let host = url.host_str().filter(|host| !host.is_empty())?;
    Some(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

#[cfg(test)]
mod tests {
    use super::host_of;

    #[track_caller]
    fn check(identifier: &str, expected: Option<&str>) {
        assert_eq!(host_of(identifier).as_deref(), expected, "{identifier}");
    }

    #[test]
    fn a_web_identifier_names_its_host() {
        check("did:web:college.example", Some("college.example"));
        check("did:web:College.example:issuers:7", Some("college.example"));
        check("did:web:127.0.0.1%3A4000:issuer", Some("127.0.0.1:4000"));
        check("https://college.example/issuer#key", Some("college.example"));
        check("HTTPS://College.Example", Some("college.example"));
        check("http://127.0.0.1:4000/list", Some("127.0.0.1:4000"));
    }

    #[test]
    fn a_name_before_an_at_sign_or_after_a_backslash_is_not_the_host() {
        check("https://bank.example@evil.example/", Some("evil.example"));
        check("https://evil.example\\@bank.example/", Some("evil.example"));
    }

    #[test]
    fn a_host_is_named_as_it_is_asked_whatever_was_written_into_it() {
        check("https://evil\u{ad}.exa\tmple/", Some("evil.example"));
        check("https:evil.example/list", Some("evil.example"));
        check("https:\\\\evil.example/list", Some("evil.example"));
        check("https://bücher.example/", Some("xn--bcher-kva.example"));
        check("https://a\u{202e}b.example/", None);
        check("did:web:a\u{1b}[2Jb", None);
        check("https://a\u{1b}[2Jb/", None);
    }

    #[test]
    fn other_identifiers_have_no_host() {
        check("did:key:z6Mk", None);
        check("urn:uuid:1", None);
        check("did:web:", None);
        check("ftp://college.example/", None);
    }
}
