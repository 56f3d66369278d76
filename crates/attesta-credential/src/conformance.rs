//! Where a credential departs from its data model: [VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/),
//! [VCDM 1.1](https://www.w3.org/TR/vc-data-model/) and, for badges,
//! [Open Badges 3.0](https://www.imsglobal.org/spec/ob/v3p0). Members that a specification does not name are let be.

mod rules;

use attesta_jsonld::Value;

use crate::credential::{DataModel, VC1_CONTEXT, VC2_CONTEXT, data_model};
use crate::open_badges_2;
use rules::Rules;

/// One departure from the data model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonconformity {
    /// What is wrong.
    pub kind: NonconformityKind,
    /// JSON pointer of the member concerned, or of where it should be.
    pub pointer: String,
    /// The member's name.
    pub member: String,
}

/// The kinds of departure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NonconformityKind {
    /// A required member is missing.
    Missing,
    /// A member has the wrong type or form.
    Malformed,
    /// The first context is not that of VCDM 1.1 or 2.0.
    WrongBaseContext {
        /// What stands first.
        context: String,
    },
    /// The validity period ends before it begins.
    PeriodReversed {
        /// Its beginning as written.
        from: String,
        /// Its end as written.
        until: String,
    },
}

/// The departures of a credential.
pub(crate) fn of_credential(root: &Value<'_>) -> Vec<Nonconformity> {
    let model = data_model(root);
    if model.is_assertion() {
        return open_badges_2::nonconformities(root, model);
    }
    let mut rules = Rules::new(model);
    base_context(&mut rules, root);
    rules.types(root, "", "VerifiableCredential");
    rules.optional_id(root, "");
    rules.identified(root, "issuer");
    rules.localized(root, "", "name");
    rules.localized(root, "", "description");
    if let Some(issuer @ Value::Object(_)) = root.get("issuer") {
        rules.localized(issuer, "/issuer", "name");
        rules.localized(issuer, "/issuer", "description");
    }
    subjects(&mut rules, root);
    dates(&mut rules, root);
    for member in ["credentialStatus", "evidence", "termsOfUse", "refreshService", "credentialSchema"] {
        typed(&mut rules, root, member);
    }
    related_resources(&mut rules, root);
    rules.found
}

/// The departures of a presentation; the credentials in it are judged each on its own.
pub(crate) fn of_presentation(root: &Value<'_>) -> Vec<Nonconformity> {
    let mut rules = Rules::new(data_model(root));
    base_context(&mut rules, root);
    rules.types(root, "", "VerifiablePresentation");
    rules.optional_id(root, "");
    if root.get("holder").is_some() {
        rules.identified(root, "holder");
    }
    for member in ["validFrom", "validUntil"] {
        rules.time(root, member);
    }
    for (item, pointer) in crate::shape::items(root.get("verifiableCredential"), "/verifiableCredential") {
        // VCDM 1.1 has tokens stand as they are; 2.0 wants them enveloped.
        let is_token = rules.model == DataModel::Vc1 && item.as_str().is_some();
        if item.as_object().is_none() && !is_token {
            rules.report(NonconformityKind::Malformed, pointer, "verifiableCredential");
        }
    }
    rules.found.extend(crate::shared::nonconformities(root));
    rules.found
}

fn base_context(rules: &mut Rules, root: &Value<'_>) {
    let Some(context) = root.get("@context") else {
        return rules.report(NonconformityKind::Missing, "/@context".to_owned(), "@context");
    };
    let items = context.one_or_many();
    // VCDM 2.0 section 4.3: URLs and objects. Suites that sign the text never process them, so only this tells.
    let may_stand = |item: &Value<'_>| match item {
        Value::String(url) => crate::shape::is_url(url),
        other => other.as_object().is_some(),
    };
    if !items.iter().all(may_stand) || items.is_empty() {
        rules.report(NonconformityKind::Malformed, "/@context".to_owned(), "@context");
    }
    match items.first().and_then(Value::as_str) {
        Some(VC1_CONTEXT | VC2_CONTEXT) => {}
        other => {
            let context = other.unwrap_or_default().to_owned();
            rules.report(NonconformityKind::WrongBaseContext { context }, "/@context".to_owned(), "@context");
        }
    }
}

fn subjects(rules: &mut Rules, root: &Value<'_>) {
    const MEMBER: &str = "credentialSubject";
    let Some(value) = root.get(MEMBER) else {
        return rules.report(NonconformityKind::Missing, format!("/{MEMBER}"), MEMBER);
    };
    if value.one_or_many().is_empty() {
        rules.report(NonconformityKind::Malformed, format!("/{MEMBER}"), MEMBER);
    }
    let badge = crate::credential::strings(root.get("type"))
        .any(|name| matches!(name, "OpenBadgeCredential" | "AchievementCredential"));
    for (subject, pointer) in crate::shape::items(Some(value), "/credentialSubject") {
        match subject.as_object() {
            Some(object) if !object.is_empty() => {
                rules.optional_id(subject, &pointer);
                if badge {
                    achievement_subject(rules, subject, &pointer);
                }
            }
            _ => rules.report(NonconformityKind::Malformed, pointer, MEMBER),
        }
    }
}

/// Open Badges 3.0: an `AchievementSubject` says who and what.
fn achievement_subject(rules: &mut Rules, subject: &Value<'_>, at: &str) {
    rules.types(subject, at, "AchievementSubject");
    if subject.get("id").is_none() && subject.get("identifier").is_none_or(|all| all.one_or_many().is_empty()) {
        rules.report(NonconformityKind::Missing, format!("{at}/id"), "id");
    }
    for (identity, pointer) in crate::shape::items(subject.get("identifier"), format_args!("{at}/identifier")) {
        if identity.get("identityHash").and_then(Value::as_str).is_none() {
            rules.report(NonconformityKind::Malformed, pointer, "identifier");
        }
    }
    let achievement = subject.get("achievement");
    if achievement.is_none_or(|all| all.one_or_many().is_empty()) {
        return rules.report(NonconformityKind::Missing, format!("{at}/achievement"), "achievement");
    }
    for (achievement, pointer) in crate::shape::items(achievement, format_args!("{at}/achievement")) {
        if achievement.as_object().is_none() {
            rules.report(NonconformityKind::Malformed, pointer, "achievement");
            continue;
        }
        rules.types(achievement, &pointer, "Achievement");
        if achievement.get("name").is_none() {
            rules.report(NonconformityKind::Missing, format!("{pointer}/name"), "name");
        }
    }
}

fn dates(rules: &mut Rules, root: &Value<'_>) {
    let (from_member, until_member) = match rules.model {
        DataModel::Vc1 => ("issuanceDate", "expirationDate"),
        _ => ("validFrom", "validUntil"),
    };
    let (from, until) = match rules.model {
        DataModel::Vc1 => {
            if root.get(from_member).is_none() {
                rules.report(NonconformityKind::Missing, format!("/{from_member}"), from_member);
            }
            // 1.1 reserves the names of 2.0; where they stand they must be times too.
            rules.time(root, "validFrom");
            rules.time(root, "validUntil");
            (rules.time(root, from_member), rules.time(root, until_member))
        }
        _ => {
            // A date under its old name would be overlooked by every reader of 2.0, an end of validity among them.
            for member in ["issuanceDate", "expirationDate"] {
                if root.get(member).is_some() {
                    rules.report(NonconformityKind::Malformed, format!("/{member}"), member);
                }
            }
            (rules.time(root, from_member), rules.time(root, until_member))
        }
    };
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        let written = |member: &str| root.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
        let kind = NonconformityKind::PeriodReversed { from: written(from_member), until: written(until_member) };
        rules.report(kind, format!("/{until_member}"), until_member);
    }
}

/// Each of these is one object or several, and each says its type.
fn typed(rules: &mut Rules, root: &Value<'_>, member: &'static str) {
    for (item, pointer) in crate::shape::items(root.get(member), format_args!("/{member}")) {
        if item.as_object().is_none() {
            rules.report(NonconformityKind::Malformed, pointer, member);
            continue;
        }
        rules.some_type(item, &pointer);
        match member {
            "credentialSchema" => rules.required_id(item, &pointer),
            "credentialStatus" => rules.optional_id(item, &pointer),
            _ => {}
        }
    }
}

/// VCDM 2.0 section 5.3: each resource is named once and pinned by a digest.
fn related_resources(rules: &mut Rules, root: &Value<'_>) {
    if rules.model != DataModel::Vc2 {
        return;
    }
    let mut seen = std::collections::HashSet::new();
    for (item, pointer) in crate::shape::items(root.get("relatedResource"), "/relatedResource") {
        rules.required_id(item, &pointer);
        let pinned = item.get("digestSRI").or(item.get("digestMultibase")).and_then(Value::as_str).is_some();
        let first = item.get("id").and_then(Value::as_str).is_none_or(|id| seen.insert(id));
        if !pinned || !first {
            rules.report(NonconformityKind::Malformed, pointer, "relatedResource");
        }
    }
}

#[cfg(test)]
mod tests;
