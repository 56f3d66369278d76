//! [Open Badges 2.0](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html) assertions and those
//! of 1.0 and 1.1: what they say, read into the same model as Open Badges 3.0. They are read as plain JSON, as every
//! reader of their time did, and are never rewritten into another data model.
//!
//! An assertion may name its badge class, and the badge class its issuer's profile, by an address alone;
//! [`crate::VerifiableCredential::completed_with`] takes those documents where they are at hand.

mod form;
mod parts;
mod text;
mod time;
mod verification;

use attesta_jsonld::Value;

use crate::credential::{DataModel, VC1_CONTEXT, VC2_CONTEXT, strings};
pub use parts::HostedPart;
pub use time::assertion_time;
pub use verification::BadgeVerification;

pub(crate) use form::nonconformities;
pub(crate) use parts::{Parts, endorsements, evidence};

/// The published contexts, without their scheme and without what varies at their end.
const CONTEXTS: [(&str, DataModel); 5] = [
    ("w3id.org/openbadges/v2", DataModel::OpenBadges2),
    ("openbadgespec.org/v2", DataModel::OpenBadges2),
    ("purl.imsglobal.org/ob/v2p1/ob_v2p1.jsonld", DataModel::OpenBadges2),
    ("w3id.org/openbadges/v1", DataModel::OpenBadges1),
    ("openbadgespec.org/v1", DataModel::OpenBadges1),
];

/// The data model of an assertion, however its context is spelled, and without one too; `None` for anything else, a
/// badge class or profile that stands alone included.
pub fn assertion_model(value: &Value<'_>) -> Option<DataModel> {
    value.as_object()?;
    let is = |name: &str| strings(value.get("type")).any(|written| written == name);
    let first_context = strings(value.get("@context")).next();
    let verifiable = is("VerifiableCredential") || is("VerifiablePresentation");
    if verifiable || matches!(first_context, Some(VC1_CONTEXT | VC2_CONTEXT)) {
        return None;
    }
    let has = |member: &str| value.get(member).is_some();
    let of_context = context_model(value);
    let awards = has("badge") && has("recipient");
    let stated = has("verification") || has("verify") || has("uid") || has("issuedOn") || has("issued_on");
    let typed = is("Assertion") && (of_context.is_some() || has("badge") || has("recipient"));
    let model = of_context.unwrap_or(match is("Assertion") && has("id") && !has("uid") {
        true => DataModel::OpenBadges2,
        false => DataModel::OpenBadges1,
    });
    (typed || (awards && stated)).then_some(model)
}

/// The data model that a published context among a document's own names.
fn context_model(value: &Value<'_>) -> Option<DataModel> {
    let known = |context: &str| {
        let bare = context.strip_prefix("https://").or_else(|| context.strip_prefix("http://"))?;
        let bare = bare.trim_end_matches('/').trim_end_matches("/context.json").trim_end_matches(".jsonld");
        CONTEXTS.iter().find(|(name, _)| name.trim_end_matches(".jsonld") == bare).map(|(_, model)| *model)
    };
    strings(value.get("@context")).find_map(known)
}

#[cfg(test)]
mod tests;
