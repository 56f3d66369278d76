//! The addresses that an issuer names: which may be asked, and where its metadata lies.

use url::{Host, Url};

use crate::exchange::{ClaimBody, ClaimRequest, Method, Secret};

/// What we read in every answer of this protocol.
const JSON: &str = "application/json";

/// The identifier of a credential issuer or an authorization server,
/// [OpenID4VCI 1.0 section 12.2.1](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-12.2.1):
/// https without query and fragment. It is compared as text and never normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identifier {
    text: String,
    url: Url,
}

/// An address that the metadata names for one purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoint {
    url: Url,
}

impl Identifier {
    /// The identifier, if it is one.
    pub(super) fn parse(text: &str) -> Option<Identifier> {
        let url = admitted(text)?;
        let plain = url.query().is_none() && url.fragment().is_none() && !text.ends_with(['?', '#']);
        plain.then(|| Identifier { text: text.to_owned(), url })
    }

    /// Exactly as it was given.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Its host, with the port where that is not the scheme's own.
    pub(super) fn host(&self) -> String {
        host(&self.url)
    }

    /// Another party that this one names. Only an issuer on this machine may name plain http.
    pub(super) fn names(&self, other: &str) -> Option<Identifier> {
        Identifier::parse(other).filter(|other| self.may_lead_to(&other.url))
    }

    /// An endpoint that this party names.
    pub(super) fn endpoint(&self, text: &str) -> Option<Endpoint> {
        let url = admitted(text).filter(|url| self.may_lead_to(url))?;
        Some(Endpoint { url })
    }

    /// Where a document of this name may lie, likeliest first: inserted between host and path, and appended to the
    /// path as older issuers do. An identifier without a path has one place only.
    pub(super) fn inserted_then_appended(&self, name: &str) -> Vec<Endpoint> {
        let mut places = vec![self.inserted(name)];
        places.extend(Some(self.appended(name)).filter(|place| *place != places[0]));
        places
    }

    /// `https://host/.well-known/NAME/path`, [RFC 8414 section 3.1](https://www.rfc-editor.org/rfc/rfc8414#section-3.1).
    pub(super) fn inserted(&self, name: &str) -> Endpoint {
        let path = if self.url.path() == "/" { "" } else { self.url.path() };
        self.with_path(&format!("/.well-known/{name}{path}"))
    }

    /// `https://host/path/.well-known/NAME`, as OpenID Connect Discovery 1.0 has it.
    pub(super) fn appended(&self, name: &str) -> Endpoint {
        self.with_path(&format!("{}/.well-known/{name}", self.url.path().trim_end_matches('/')))
    }

    fn with_path(&self, path: &str) -> Endpoint {
        let mut url = self.url.clone();
        url.set_path(path);
        Endpoint { url }
    }

    fn may_lead_to(&self, url: &Url) -> bool {
        url.scheme() == "https" || self.url.scheme() == "http"
    }
}

impl Endpoint {
    /// The address of a link that the learner opened.
    pub(super) fn of_link(url: &Url) -> Endpoint {
        Endpoint { url: url.clone() }
    }

    /// The address.
    pub(super) fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Its host, with the port where that is not the scheme's own.
    pub(super) fn host(&self) -> String {
        host(&self.url)
    }

    /// Whether an address, to which redirects led from here, is at this host or at one above or below it, such as that
    /// with `www.` in front.
    pub(super) fn is_at_home(&self, other: &str) -> bool {
        let other = Url::parse(other).ok();
        let (Some(here), Some(there)) = (self.url.host(), other.as_ref().and_then(Url::host)) else { return false };
        match (here, there) {
            (Host::Domain(here), Host::Domain(there)) => {
                let within = |inner: &str, outer: &str| {
                    inner.strip_suffix(outer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
                };
                within(here, there) || within(there, here)
            }
            (here, there) => here == there,
        }
    }

    /// A request for what lies there.
    pub(super) fn get(&self) -> ClaimRequest {
        ClaimRequest { method: Method::Get, url: self.url.to_string(), accept: JSON, bearer: None, body: None }
    }

    /// A request that sends JSON under a token.
    pub(super) fn post_json(&self, bearer: &Secret, json: &serde_json::Value) -> ClaimRequest {
        self.post(Some(bearer.clone()), JSON, json.to_string().into_bytes())
    }

    /// A request that sends a form without a token.
    pub(super) fn post_form(&self, pairs: &[(&str, &str)]) -> ClaimRequest {
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.post(None, "application/x-www-form-urlencoded", form.into_bytes())
    }

    /// A request that sends nothing.
    pub(super) fn post_nothing(&self) -> ClaimRequest {
        ClaimRequest { method: Method::Post, ..self.get() }
    }

    fn post(&self, bearer: Option<Secret>, media_type: &'static str, bytes: Vec<u8>) -> ClaimRequest {
        ClaimRequest { bearer, body: Some(ClaimBody { media_type, bytes }), ..self.post_nothing() }
    }
}

/// An address of https, or of plain http on this machine, which the driver asks only where the learner allowed it.
fn admitted(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let fits = match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_this_machine(&url),
        _ => false,
    };
    (fits && url.username().is_empty() && url.password().is_none()).then_some(url)
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_places(identifier: &str, expected: &[&str]) {
        let places = Identifier::parse(identifier).unwrap().inserted_then_appended("openid-credential-issuer");
        assert_eq!(places.iter().map(Endpoint::url).collect::<Vec<_>>(), expected, "{identifier}");
    }

    #[test]
    fn metadata_lies_between_host_and_path_and_with_older_issuers_behind_the_path() {
        check_places("https://issuer.example", &["https://issuer.example/.well-known/openid-credential-issuer"]);
        check_places("https://issuer.example/", &["https://issuer.example/.well-known/openid-credential-issuer"]);
        check_places(
            "https://issuer.example:8443/a/b",
            &[
                "https://issuer.example:8443/.well-known/openid-credential-issuer/a/b",
                "https://issuer.example:8443/a/b/.well-known/openid-credential-issuer",
            ],
        );
    }

    #[test]
    fn an_identifier_is_https_without_query_and_fragment() {
        for text in [
            "http://issuer.example",
            "https://issuer.example/?tenant=1",
            "https://issuer.example/?",
            "https://issuer.example/#a",
            "https://learner@issuer.example/",
            "ftp://issuer.example/",
            "did:web:issuer.example",
            "issuer.example",
            "",
        ] {
            assert_eq!(Identifier::parse(text), None, "{text}");
        }
        assert_eq!(Identifier::parse("https://Issuer.example/A").unwrap().text(), "https://Issuer.example/A");
    }

    #[test]
    fn a_host_and_those_above_and_below_it_are_one_home() {
        let place = Endpoint { url: Url::parse("https://issuer.example:8443/a").unwrap() };
        for (other, expected) in [
            ("https://issuer.example/b", true),
            ("https://www.issuer.example/b", true),
            ("https://example/b", true),
            ("https://evilissuer.example/b", false),
            ("https://issuer.example.evil/b", false),
            ("https://127.0.0.1/b", false),
            ("about:blank", false),
            ("", false),
        ] {
            assert_eq!(place.is_at_home(other), expected, "{other}");
        }
    }

    #[test]
    fn only_an_issuer_on_this_machine_may_name_plain_http_and_only_there() {
        let public = Identifier::parse("https://issuer.example").unwrap();
        let local = Identifier::parse("http://localhost:7000/tenant").unwrap();
        assert_eq!(public.endpoint("http://localhost:7000/token"), None);
        assert!(public.endpoint("https://elsewhere.example/token?a=1").is_some());
        assert!(local.endpoint("http://127.0.0.1:7000/token").is_some());
        assert_eq!(local.endpoint("http://issuer.example/token"), None);
        assert_eq!(public.names("http://localhost:7000"), None);
    }
}
