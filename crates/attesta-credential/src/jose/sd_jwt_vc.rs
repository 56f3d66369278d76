//! SD-JWT VC, [draft-ietf-oauth-sd-jwt-vc](https://datatracker.ietf.org/doc/draft-ietf-oauth-sd-jwt-vc/): a credential
//! that is a set of claims, read into the same model as the others where a claim has the meaning of a member.

use attesta_jsonld::Value;
use jiff::Timestamp;

use super::claims::numeric_date;
use super::disclosure::{Disclosure, SdJwtFlaw};
use crate::conformance::{Nonconformity, NonconformityKind};
use crate::credential::strings;
use crate::model::{AchievementSubject, CredentialStatus, Issuer, LocalizedText, TextValue};

/// Section 3.2.2.2: the claims that must stand in the open.
const NEVER_HIDDEN: [&str; 7] = ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"];

/// The claims that say something about the credential rather than about its subject.
const OF_THE_TOKEN: [&str; 11] =
    ["iss", "nbf", "exp", "iat", "cnf", "vct", "vct#integrity", "status", "jti", "sub", "aud"];

/// Whether claims are those of an SD-JWT VC: they name their type and are no W3C credential.
pub(crate) fn is_one(claims: &Value<'_>) -> bool {
    claims.get("vct").is_some_and(|vct| vct.as_str().is_some())
        && claims.get("@context").is_none()
        && !strings(claims.get("type")).any(|name| matches!(name, "VerifiableCredential" | "VerifiablePresentation"))
}

/// Refuses disclosures of claims that must stand in the open.
pub(super) fn check_disclosures(disclosures: &[Disclosure]) -> Result<(), SdJwtFlaw> {
    let hidden = disclosures.iter().filter(|disclosure| disclosure.within.is_none()).find_map(|disclosure| {
        let claim = disclosure.pointer()?.strip_prefix('/')?;
        NEVER_HIDDEN.contains(&claim).then(|| claim.to_owned())
    });
    hidden.map_or(Ok(()), |claim| Err(SdJwtFlaw::HiddenClaim { claim }))
}

pub(crate) fn issuer_id<'c>(claims: &'c Value<'_>) -> &'c str {
    claims.get("iss").and_then(Value::as_str).unwrap_or_default()
}

pub(crate) fn issuer(claims: &Value<'_>) -> Issuer {
    Issuer { id: issuer_id(claims).to_owned(), ..Issuer::default() }
}

/// The name of its type, the only title that such a credential carries within itself.
pub(crate) fn name(claims: &Value<'_>) -> LocalizedText {
    let vct = claims.get("vct").and_then(Value::as_str).unwrap_or_default();
    LocalizedText(vec![TextValue { text: vct.to_owned(), language: None, direction: None }])
}

/// From when it counts: `nbf`, else when it was issued.
pub(crate) fn valid_from(claims: &Value<'_>) -> Option<Timestamp> {
    claims.get("nbf").or_else(|| claims.get("iat")).and_then(numeric_date)
}

pub(crate) fn valid_until(claims: &Value<'_>) -> Option<Timestamp> {
    claims.get("exp").and_then(numeric_date)
}

/// Whom it is about, by the names of [OpenID Connect](https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims).
pub(crate) fn subject(claims: &Value<'_>) -> AchievementSubject {
    let text = |claim: &str| claims.get(claim).and_then(Value::as_str).map(str::to_owned);
    let parts: Vec<String> = ["given_name", "family_name"].into_iter().filter_map(text).collect();
    let name = text("name").or_else(|| (!parts.is_empty()).then(|| parts.join(" ")));
    AchievementSubject { id: text("sub"), name, ..AchievementSubject::default() }
}

/// The members of `status`: each is a kind of status, and none of them is a `credentialStatus`.
pub(crate) fn statuses(claims: &Value<'_>) -> Vec<CredentialStatus> {
    let Some(status) = claims.get("status") else { return Vec::new() };
    let one = |kind: &str, pointer: String| CredentialStatus {
        pointer,
        types: vec![kind.to_owned()],
        ..CredentialStatus::default()
    };
    match status {
        Value::Object(kinds) if !kinds.is_empty() => kinds
            .iter()
            .map(|(kind, _)| one(kind, format!("/status/{}", attesta_jsonld::escape_pointer_token(kind))))
            .collect(),
        _ => vec![one("status", "/status".to_owned())],
    }
}

/// What its subject's claims say, each by the path to it.
pub(crate) fn details(claims: &Value<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if let Value::Object(claims) = claims {
        for (claim, value) in claims.iter().filter(|(claim, _)| !OF_THE_TOKEN.contains(claim)) {
            flatten(claim, value, &mut found);
        }
    }
    found
}

fn flatten(path: &str, value: &Value<'_>, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| flatten(&format!("{path} / {name}"), value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| flatten(path, item, found)),
        Value::String(text) => found.push((path.to_owned(), text.to_string())),
        other => found.push((path.to_owned(), other.to_string())),
    }
}

/// Where the claims depart from the draft's section 3.2.2.
pub(crate) fn nonconformities(claims: &Value<'_>) -> Vec<Nonconformity> {
    let mut found = Vec::new();
    let mut report = |kind, member: &str| {
        found.push(Nonconformity { kind, pointer: format!("/{member}"), member: member.to_owned() });
    };
    let text = |member: &str| claims.get(member).map(|value| value.as_str().is_some_and(|text| !text.is_empty()));
    for member in ["vct", "iss", "sub", "jti"] {
        if text(member) == Some(false) {
            report(NonconformityKind::Malformed, member);
        }
    }
    if text("vct").is_none() {
        report(NonconformityKind::Missing, "vct");
    }
    for member in ["nbf", "exp", "iat"] {
        if claims.get(member).is_some_and(|value| numeric_date(value).is_none()) {
            report(NonconformityKind::Malformed, member);
        }
    }
    for member in ["cnf", "status"] {
        if claims.get(member).is_some_and(|value| value.as_object().is_none()) {
            report(NonconformityKind::Malformed, member);
        }
    }
    if let (Some(from), Some(until)) = (claims.get("nbf").and_then(numeric_date), valid_until(claims))
        && until < from
    {
        report(NonconformityKind::PeriodReversed { from: from.to_string(), until: until.to_string() }, "exp");
    }
    found
}
