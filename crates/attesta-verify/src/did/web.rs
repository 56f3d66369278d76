//! [did:web](https://w3c-ccg.github.io/did-method-web/): the document stands on the subject's web site.

use thiserror::Error;
use url::{Host, Url};

use super::{Place, is_loopback};
use crate::policy::LoopbackAccess;

/// Why a did:web leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DidWebError {
    /// It is not a domain name with an optional port and path.
    #[error("not a well-formed did:web")]
    Malformed,
    /// Its host is an IP address, which the method forbids, or this machine, which the policy does not allow.
    #[error("a host that did:web can't name")]
    HostRefused,
}

/// The address of the document of a `did:web`.
///
/// # Errors
/// [`DidWebError`] when it is malformed or names a host that is not allowed.
pub fn document_url(did: &str, loopback: LoopbackAccess) -> Result<String, DidWebError> {
    let id = did.strip_prefix("did:web:").ok_or(DidWebError::Malformed)?;
    match place(id, loopback)? {
        Place::Web { url, .. } => Ok(url),
        Place::DidKey | Place::DidJwk => Err(DidWebError::Malformed),
    }
}

/// Where the document of the method-specific identifier stands.
pub(super) fn place(id: &str, loopback: LoopbackAccess) -> Result<Place, DidWebError> {
    let mut segments = id.split(':');
    let authority = segments.next().ok_or(DidWebError::Malformed)?;
    // The only escape in a host is that of the colon before a port.
    let (name, port) = match authority.split_once("%3A").or_else(|| authority.split_once("%3a")) {
        Some((name, port)) => (name, Some(port)),
        None => (authority, None),
    };
    let name_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
    let port_fits = port.is_none_or(|port| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok());
    if name.is_empty() || !name.bytes().all(name_byte) || !port_fits {
        return Err(DidWebError::Malformed);
    }
    let mut path = String::new();
    for segment in segments {
        let byte_fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._%".contains(&byte);
        if segment.is_empty() || matches!(segment, "." | "..") || !segment.bytes().all(byte_fits) || has_slash(segment)
        {
            return Err(DidWebError::Malformed);
        }
        path.push('/');
        path.push_str(segment);
    }
    if path.is_empty() {
        path.push_str("/.well-known");
    }
    let authority = port.map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
    let parsed = Url::parse(&format!("https://{authority}{path}/did.json")).map_err(|_| DidWebError::Malformed)?;
    let host = parsed.host().ok_or(DidWebError::Malformed)?;
    let local = is_loopback(&host);
    match (&host, local, loopback) {
        (_, true, LoopbackAccess::Allowed) => {}
        (_, true, LoopbackAccess::Refused) => return Err(DidWebError::HostRefused),
        (Host::Ipv4(_) | Host::Ipv6(_), false, _) => return Err(DidWebError::HostRefused),
        (Host::Domain(_), false, _) => {}
    }
    let scheme = if local { "http" } else { "https" };
    Ok(Place::Web { url: format!("{scheme}://{authority}{path}/did.json"), host: host.to_string() })
}

/// Whether a path segment hides a separator, or a step up, behind percent-encoding.
fn has_slash(segment: &str) -> bool {
    let lower = segment.to_ascii_lowercase();
    lower.contains("%2f") || lower.contains("%5c") || lower.replace("%2e", ".").trim_matches('.').is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(did: &str, loopback: LoopbackAccess, expected: Result<&str, DidWebError>) {
        assert_eq!(document_url(did, loopback).as_deref(), expected.as_ref().copied(), "{did}");
    }

    #[test]
    fn a_did_leads_to_its_document() {
        let refused = LoopbackAccess::Refused;
        check("did:web:uni.example", refused, Ok("https://uni.example/.well-known/did.json"));
        check("did:web:uni.example:dept:cs", refused, Ok("https://uni.example/dept/cs/did.json"));
        check("did:web:uni.example%3A8443", refused, Ok("https://uni.example:8443/.well-known/did.json"));
        check("did:web:uni.example%3a8443:a", refused, Ok("https://uni.example:8443/a/did.json"));
    }

    #[test]
    fn this_machine_is_asked_by_http_and_only_where_allowed() {
        let local = "did:web:127.0.0.1%3A4000:college";
        check(local, LoopbackAccess::Allowed, Ok("http://127.0.0.1:4000/college/did.json"));
        check("did:web:localhost%3A1", LoopbackAccess::Allowed, Ok("http://localhost:1/.well-known/did.json"));
        check(local, LoopbackAccess::Refused, Err(DidWebError::HostRefused));
        check("did:web:localhost", LoopbackAccess::Refused, Err(DidWebError::HostRefused));
    }

    #[test]
    fn ip_addresses_are_no_domain_names_in_any_spelling() {
        for did in ["did:web:10.0.0.1", "did:web:192.168.1.1%3A80", "did:web:0x0a000001", "did:web:167772161"] {
            check(did, LoopbackAccess::Allowed, Err(DidWebError::HostRefused));
        }
        check("did:web:2130706433", LoopbackAccess::Refused, Err(DidWebError::HostRefused));
    }

    #[test]
    fn anything_else_is_malformed() {
        for did in [
            "did:web:",
            "did:key:z6Mk",
            "did:web:uni.example%3A",
            "did:web:uni.example%3A99999",
            "did:web:uni.example%3A80%3A80",
            "did:web:uni.example%2Fevil",
            "did:web:user%40uni.example",
            "did:web:uni.example::a",
            "did:web:uni.example:..:a",
            "did:web:uni.example:%2e%2e",
            "did:web:uni.example:a%2Fb",
            "did:web:uni.example:a?b",
            "did:web:[::1]",
            "did:web:café.example",
        ] {
            check(did, LoopbackAccess::Allowed, Err(DidWebError::Malformed));
        }
    }
}
