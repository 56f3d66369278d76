//! Where the document stands that a verification method is listed in.

pub mod jwk;
pub mod key;
pub mod web;

use url::{Host, Url};

use crate::controlled_identifier::JsonWebKey;
use crate::policy::LoopbackAccess;
use crate::problem::{Problem, ProblemCode};
use crate::public_key::KeyError;
use crate::report::Outcome;

/// The two parts of a verification method's identifier and where its document is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MethodAddress<'m> {
    /// The whole identifier, a URL with a fragment.
    pub(crate) method: &'m str,
    /// The identifier of the document: everything before the fragment.
    pub(crate) document: &'m str,
    /// Where the document comes from.
    pub(crate) place: Place,
}

/// Where a controlled identifier document comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// The document follows from the identifier, which is its own key.
    DidKey,
    /// The same, with the key as a JSON Web Key.
    DidJwk,
    /// It is fetched from here.
    Web {
        /// The address to fetch.
        url: String,
        /// The host that vouches for it.
        host: String,
    },
}

/// What came of looking for a method in a document that follows from its identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// The key.
    Key(JsonWebKey),
    /// No key that signatures can be checked with.
    Unusable(KeyError),
    /// The document lists one method for signing, and this is not it.
    NotListed,
}

/// Takes a verification method's identifier apart, CID 1.0 section 3.3 steps 1 to 3.
pub(crate) fn locate(method: &str, loopback: LoopbackAccess) -> Result<MethodAddress<'_>, Outcome> {
    let malformed =
        || Outcome::Fail(Problem::new(ProblemCode::MalformedVerificationMethod, [("method", shorten(method))]));
    let unsupported =
        || Outcome::Inconclusive(Problem::new(ProblemCode::UnsupportedDidMethod, [("method", shorten(method))]));
    let (document, fragment) = method.split_once('#').ok_or_else(malformed)?;
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic()) && !text.contains(['#', '"', '<', '>']);
    if fragment.is_empty() || !plain(document) || !plain(fragment) || method.len() > LONGEST_IDENTIFIER {
        return Err(malformed());
    }
    let place = match document.split_once(':').ok_or_else(malformed)? {
        ("did", rest) => {
            // A DID URL with a path or query names something other than the DID's own document.
            if rest.contains(['/', '?']) {
                return Err(malformed());
            }
            match rest.split_once(':').ok_or_else(malformed)? {
                ("key", _) => Place::DidKey,
                ("jwk", _) => Place::DidJwk,
                ("web", id) => web::place(id, loopback).map_err(|error| match error {
                    web::DidWebError::Malformed => malformed(),
                    web::DidWebError::HostRefused => unsupported(),
                })?,
                _ => return Err(unsupported()),
            }
        }
        ("https" | "http", _) => {
            let url = Url::parse(document).map_err(|_| malformed())?;
            let host = url.host().ok_or_else(malformed)?;
            if !url.username().is_empty() || url.password().is_some() {
                return Err(malformed());
            }
            if url.scheme() == "http" && !(loopback == LoopbackAccess::Allowed && is_loopback(&host)) {
                return Err(unsupported());
            }
            Place::Web { url: document.to_owned(), host: host.to_string() }
        }
        _ => return Err(unsupported()),
    };
    Ok(MethodAddress { method, document, place })
}

/// The longest identifier of a verification method: a did:key of an RSA-8192 key, twice over, fits, and so does a
/// did:jwk.
const LONGEST_IDENTIFIER: usize = 9_000;

/// Whether the host is this machine.
pub(crate) fn is_loopback<S: AsRef<str>>(host: &Host<S>) -> bool {
    match host {
        Host::Domain(name) => {
            let name = name.as_ref();
            name == "localhost" || name.ends_with(".localhost")
        }
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// The host of an address that may be asked: https, or http on loopback where the policy allows it.
pub(crate) fn askable_host(url: &str, loopback: LoopbackAccess) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let host = parsed.host()?;
    let allowed = match parsed.scheme() {
        "https" => true,
        "http" => loopback == LoopbackAccess::Allowed && is_loopback(&host),
        _ => false,
    };
    (allowed && parsed.username().is_empty() && parsed.password().is_none()).then(|| host.to_string())
}

/// Cuts text from a credential to what a message can carry.
pub(crate) fn shorten(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: &str, loopback: LoopbackAccess, expected: Result<(&str, Option<&str>), ProblemCode>) {
        let found = locate(method, loopback);
        let shown = found.as_ref().map(|address| match &address.place {
            Place::DidKey | Place::DidJwk => (address.document, None),
            Place::Web { url, .. } => (address.document, Some(url.as_str())),
        });
        let shown = shown.map_err(|outcome| match outcome {
            Outcome::Fail(problem) | Outcome::Inconclusive(problem) => problem.code,
            other => panic!("{other:?}"),
        });
        assert_eq!(shown, expected, "{method}");
    }

    #[test]
    fn a_method_is_a_url_with_a_fragment() {
        check("did:key:z6Mk#z6Mk", LoopbackAccess::Refused, Ok(("did:key:z6Mk", None)));
        check("did:jwk:e30#0", LoopbackAccess::Refused, Ok(("did:jwk:e30", None)));
        let page = "https://uni.example/issuers/1";
        check(&format!("{page}#key-1"), LoopbackAccess::Refused, Ok((page, Some(page))));
        for bad in [
            "",
            "did:key:z6Mk",
            "did:key:z6Mk#",
            "#key",
            "z6Mk",
            "xxx:z6Mk",
            "did:#k",
            "did:web#k",
            "did:web:uni.example/path#k",
            "did:web:uni.example?versionId=1#k",
            "https://#k",
            "https://user:secret@uni.example/#k",
            "https://uni.example/a b#k",
            "https://uni.example/#a#b",
        ] {
            check(bad, LoopbackAccess::Refused, Err(ProblemCode::MalformedVerificationMethod));
        }
    }

    #[test]
    fn other_did_methods_and_schemes_are_not_known() {
        for method in ["did:example:1#k", "did:ion:abc#k", "urn:uuid:1#k", "http://uni.example/1#k"] {
            check(method, LoopbackAccess::Refused, Err(ProblemCode::UnsupportedDidMethod));
        }
    }

    #[test]
    fn http_is_for_loopback_and_only_where_allowed() {
        let local = "http://127.0.0.1:4000/issuer";
        check(&format!("{local}#k"), LoopbackAccess::Allowed, Ok((local, Some(local))));
        check(&format!("{local}#k"), LoopbackAccess::Refused, Err(ProblemCode::UnsupportedDidMethod));
        check("http://uni.example/1#k", LoopbackAccess::Allowed, Err(ProblemCode::UnsupportedDidMethod));
        check("http://localhost.uni.example/1#k", LoopbackAccess::Allowed, Err(ProblemCode::UnsupportedDidMethod));
    }
}
