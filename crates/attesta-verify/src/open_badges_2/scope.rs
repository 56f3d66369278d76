//! Where an issuer's assertions may stand:
//! [`allowedOrigins` and `startsWith`](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html#VerificationObject).

use attesta_jsonld::Value;

use super::address::Address;
use super::linked::Linked;
use crate::policy::LoopbackAccess;

/// Whether an assertion at `address` is within what the issuer's profile declares. Without a declaration the assertion
/// and its badge class must stand at the profile's own server. Where it declares both, both must hold.
pub(super) fn contains(linked: &Linked, address: &Address, loopback: LoopbackAccess) -> bool {
    let declared = linked.issuer.document.root().get("verification");
    let texts = |member: &str| -> Option<Vec<&str>> {
        let values = declared?.get(member)?.one_or_many();
        Some(values.iter().filter_map(Value::as_str).collect())
    };
    let prefixes = texts("startsWith");
    let origins = texts("allowedOrigins");
    if prefixes.is_none() && origins.is_none() {
        let own = |place: &Address| place.same_origin(&linked.issuer_address);
        return own(address) && linked.badge.as_ref().is_none_or(|(place, _)| own(place));
    }
    let under = |prefix: &&str| Address::read(prefix, loopback).is_some_and(|prefix| address.starts_with(&prefix));
    prefixes.is_none_or(|prefixes| prefixes.iter().any(under))
        && origins.is_none_or(|origins| origins.iter().any(|origin| address.is_at_origin(origin)))
}
