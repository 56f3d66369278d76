//! The choice among the protocols that an issuer offers,
//! [VCALM, Interaction Protocols Response](https://w3c.github.io/vcalm/#interaction-protocols-response).

use attesta_credential::limits::LINK_BYTES;
use attesta_jsonld::{Object, Value};
use url::Url;

use crate::error::ClaimError;

/// A way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::conversation) enum Way {
    /// A VC-API exchange.
    Exchange(Url),
    /// A credential offer by value.
    Offer(String),
    /// A credential offer by reference.
    OfferAt(Url),
    /// Another interaction.
    Interaction(Url),
}

/// The names of one protocol, and what to do with its value.
type Protocol = (&'static [&'static str], fn(&str) -> Option<Way>);

/// The protocols that lead to a credential, the likeliest first.
const PROTOCOLS: [Protocol; 3] = [
    (&["vcapi"], |value| web(value).map(Way::Exchange)),
    (&["oid4vci-1.0", "oid4vci"], offer),
    (&["interact"], |value| web(value).map(Way::Interaction)),
];

/// What is known and leads nowhere, as people who work with it say it.
const UNSUPPORTED: [(&str, &str); 2] = [("inviteRequest", "inviteRequest"), ("didcomm", "DIDComm")];

/// The way to go on from a map of protocols.
///
/// # Errors
/// [`ClaimError::AsksForCredentials`] where it is a way to show credentials only, [`ClaimError::Unsupported`] with the
/// name of what was offered, [`ClaimError::NotUnderstood`] where there is no map or no address in it.
pub(in crate::conversation) fn chosen(protocols: &Value<'_>, host: &str) -> Result<Way, ClaimError> {
    let not_understood = |what| ClaimError::NotUnderstood { host: host.to_owned(), what };
    let protocols = protocols.as_object().ok_or_else(|| not_understood("the answer names no protocols"))?;
    if protocols.is_empty() {
        return Err(not_understood("the answer names no protocols"));
    }
    let known =
        PROTOCOLS.iter().filter_map(|(names, way)| Some((names.iter().find_map(|name| value(protocols, name))?, way)));
    let mut offered = false;
    for (address, way) in known {
        match way(address) {
            Some(way) => return Ok(way),
            None => offered = true,
        }
    }
    if offered {
        return Err(not_understood("the address of the protocol is none"));
    }
    if ["oid4vp-1.0", "oid4vp"].iter().any(|name| value(protocols, name).is_some()) {
        return Err(ClaimError::AsksForCredentials { host: host.to_owned() });
    }
    let named = UNSUPPORTED.iter().find(|(name, _)| value(protocols, name).is_some());
    Err(ClaimError::Unsupported { what: named.map_or("this interaction protocol", |(_, what)| what) })
}

/// The text of a member, whatever the case of its name: older senders write `OID4VCI`.
fn value<'p>(protocols: &'p Object<'_>, name: &str) -> Option<&'p str> {
    protocols.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).and_then(|(_, value)| value.as_str())
}

fn web(text: &str) -> Option<Url> {
    let url = Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "https" | "http"))?;
    (text.len() <= LINK_BYTES && url.has_host()).then_some(url)
}

/// A credential offer's link, of its own scheme or of the web.
fn offer(text: &str) -> Option<Way> {
    let url = Url::parse(text.trim()).ok()?;
    let member = |name| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    match (member("credential_offer"), member("credential_offer_uri")) {
        (Some(json), None) => Some(Way::Offer(json)),
        (None, Some(address)) => web(&address).map(Way::OfferAt),
        _ => None,
    }
}
