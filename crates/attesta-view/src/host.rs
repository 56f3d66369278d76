//! The host that an identifier speaks for.

/// The host, with its port where one is stated, of a `did:web` or of an http or https address; none for anything else.
///
/// [did:web](https://w3c-ccg.github.io/did-method-web/) writes a port as `%3A`.
pub fn host_of(identifier: &str) -> Option<String> {
    if let Some(rest) = identifier.strip_prefix("did:web:") {
        let host = rest.split([':', '/', '?', '#']).next()?;
        let host = host.replace("%3A", ":").replace("%3a", ":").to_ascii_lowercase();
        return (!host.is_empty()).then_some(host);
    }
    let (scheme, rest) = identifier.trim().split_once("://")?;
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    // A backslash ends the host too: browsers read it as a slash.
    let authority = rest.split(['/', '\\', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
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
    fn other_identifiers_have_no_host() {
        check("did:key:z6Mk", None);
        check("urn:uuid:1", None);
        check("did:web:", None);
        check("ftp://college.example/", None);
    }
}
