//! Where an assertion departs from Open Badges 2.0 or 1.x. Issuers of more than a decade wrote these by hand: what is
//! merely missing is let be where no reader is misled by it.

use attesta_jsonld::Value;

use super::{assertion_time, context_model};
use crate::conformance::{Nonconformity, NonconformityKind};
use crate::credential::{DataModel, strings};
use crate::shape::id_of;

/// The departures of an assertion, in a fixed order.
pub(crate) fn nonconformities(root: &Value<'_>, model: DataModel) -> Vec<Nonconformity> {
    let mut found = Vec::new();
    let mut report = |kind: NonconformityKind, pointer: &str, member: &str| {
        found.push(Nonconformity { kind, pointer: pointer.to_owned(), member: member.to_owned() });
    };
    if root.get("@context").is_some() && context_model(root).is_none() {
        let context = strings(root.get("@context")).next().unwrap_or_default().to_owned();
        report(NonconformityKind::WrongBaseContext { context }, "/@context", "@context");
    }
    if root.get("type").is_some() && !strings(root.get("type")).any(|name| name == "Assertion") {
        report(NonconformityKind::Malformed, "/type", "type");
    }
    if root.get("id").is_some_and(|id| id.as_str().is_none_or(str::is_empty)) {
        report(NonconformityKind::Malformed, "/id", "id");
    }
    // Only its identifier need be left of an assertion that was revoked.
    if matches!(root.get("revoked"), Some(Value::Bool(true))) {
        return found;
    }
    match root.get("recipient") {
        None => report(NonconformityKind::Missing, "/recipient", "recipient"),
        Some(Value::Object(recipient)) => match recipient.get("identity") {
            None => report(NonconformityKind::Missing, "/recipient/identity", "identity"),
            Some(identity) if identity.as_str().is_none() => {
                report(NonconformityKind::Malformed, "/recipient/identity", "identity");
            }
            Some(_) => {}
        },
        // The form before 1.0.
        Some(Value::String(_)) if model == DataModel::OpenBadges1 => {}
        Some(_) => report(NonconformityKind::Malformed, "/recipient", "recipient"),
    }
    match root.get("badge") {
        None => report(NonconformityKind::Missing, "/badge", "badge"),
        Some(Value::Object(_)) => {}
        Some(badge) if id_of(badge).is_some_and(|id| !id.is_empty()) => {}
        Some(_) => report(NonconformityKind::Malformed, "/badge", "badge"),
    }
    for member in ["verification", "verify"] {
        if root.get(member).is_some_and(|stated| stated.as_object().is_none()) {
            report(NonconformityKind::Malformed, &format!("/{member}"), member);
        }
    }
    let issued = root.get("issuedOn");
    if issued.is_none() && model == DataModel::OpenBadges2 {
        report(NonconformityKind::Missing, "/issuedOn", "issuedOn");
    }
    for (member, value) in [("issuedOn", issued), ("expires", root.get("expires"))] {
        // An end that can't be read would be overlooked.
        if value.is_some_and(|value| !matches!(value, Value::Null) && assertion_time(value).is_none()) {
            report(NonconformityKind::Malformed, &format!("/{member}"), member);
        }
    }
    let time = |member: &str| root.get(member).and_then(assertion_time);
    if let (Some(from), Some(until)) = (time("issuedOn"), time("expires"))
        && until < from
    {
        let written = |member: &str| root.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
        let kind = NonconformityKind::PeriodReversed { from: written("issuedOn"), until: written("expires") };
        report(kind, "/expires", "expires");
    }
    found
}
