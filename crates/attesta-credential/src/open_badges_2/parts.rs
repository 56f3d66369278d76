//! An assertion, its badge class and its issuer's profile together, read into the model of Open Badges 3.0.

use attesta_jsonld::Value;

use super::text::{localized, plain};
use crate::credential::strings;
use crate::enclosed::EnclosedCredential;
use crate::model::{
    Achievement, AchievementSubject, Alignment, Evidence, IdentityObject, Issuer, LocalizedText, TextValue,
};
use crate::shape::{id_of, items};

/// A badge class or profile as it stood at its address.
#[derive(Debug, Clone, Copy)]
pub struct HostedPart<'v> {
    /// The address.
    pub address: &'v str,
    /// What stood there.
    pub value: &'v Value<'v>,
}

/// An assertion with what it embeds, or with the documents that stand at the addresses it names.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'v> {
    assertion: &'v Value<'v>,
    badge: Option<HostedPart<'v>>,
    issuer: Option<HostedPart<'v>>,
}

impl<'v> Parts<'v> {
    /// An assertion with these documents; what it embeds itself goes before them.
    pub(crate) fn new(assertion: &'v Value<'v>, badge: Option<HostedPart<'v>>, issuer: Option<HostedPart<'v>>) -> Self {
        let badge = embedded(assertion.get("badge")).or(badge);
        let issuer = match badge.and_then(|badge| embedded(badge.value.get("issuer"))) {
            // An object with nothing but an identifier says no more than an address.
            Some(own) if own.value.get("name").is_some() || issuer.is_none() => Some(own),
            _ => issuer,
        };
        Parts { assertion, badge, issuer }
    }

    /// Who issued it, by its own account.
    pub(crate) fn issuer(&self) -> Issuer {
        let named = self.badge.and_then(|badge| badge.value.get("issuer")).and_then(id_of);
        let Some(profile) = self.issuer else {
            return Issuer { id: named.unwrap_or_default().to_owned(), ..Issuer::default() };
        };
        Issuer {
            // The address at which a profile stood is who it is; what it calls itself is its word.
            id: Some(profile.address).filter(|id| !id.is_empty()).or(named).unwrap_or_default().to_owned(),
            name: localized(profile.value, "name"),
            url: plain(profile.value, "url").or_else(|| plain(profile.value, "origin")),
            email: plain(profile.value, "email").or_else(|| plain(profile.value, "contact")),
            image: picture(profile.value),
            description: localized(profile.value, "description"),
        }
    }

    /// Whom it is about and what they achieved.
    pub(crate) fn subject(&self) -> AchievementSubject {
        AchievementSubject {
            identifiers: identity(self.assertion).into_iter().collect(),
            achievement: self.badge.map(|badge| achievement(&badge)),
            narrative: localized(self.assertion, "narrative"),
            ..AchievementSubject::default()
        }
    }
}

fn embedded<'v>(value: Option<&'v Value<'v>>) -> Option<HostedPart<'v>> {
    let value = value.filter(|value| value.as_object().is_some())?;
    Some(HostedPart { address: id_of(value).unwrap_or_default(), value })
}

/// The picture of an image member: its address, or the data URL that it is.
fn picture(of: &Value<'_>) -> Option<String> {
    of.get("image")?.one_or_many().iter().find_map(id_of).map(str::to_owned)
}

fn achievement(badge: &HostedPart<'_>) -> Achievement {
    let value = badge.value;
    let tags = strings(value.get("tags")).map(str::to_owned).collect();
    let alignments = ["alignment", "alignments"].iter().flat_map(|member| objects(value, member));
    let criteria = value.get("criteria").map(Value::one_or_many).unwrap_or_default();
    let narratives = criteria.iter().flat_map(|criteria| localized(criteria, "narrative").0);
    let language = value.get("@language").and_then(Value::as_str);
    let in_document_language =
        |text: TextValue| TextValue { language: text.language.or_else(|| language.map(str::to_owned)), ..text };
    let related = objects(value, "related")
        .filter_map(|related| localized(related, "name").plain().map(str::to_owned).or_else(|| plain(related, "id")));
    Achievement {
        id: Some(badge.address).filter(|id| !id.is_empty()).map(str::to_owned),
        name: localized(value, "name"),
        description: localized(value, "description"),
        criteria_narrative: LocalizedText(narratives.map(in_document_language).collect()),
        criteria_id: criteria.iter().find_map(id_of).map(str::to_owned),
        image: picture(value),
        tags,
        alignments: alignments.map(alignment).collect(),
        related: related.collect(),
        ..Achievement::default()
    }
}

/// 2.0 names what it aligns to with `target…`; 1.x had `name`, `url` and `description`.
fn alignment(value: &Value<'_>) -> Alignment {
    let either = |new: &str, old: &str| match localized(value, new) {
        text if text.is_empty() => localized(value, old),
        text => text,
    };
    Alignment {
        target_name: either("targetName", "name"),
        target_url: plain(value, "targetUrl").or_else(|| plain(value, "url")),
        target_code: plain(value, "targetCode"),
        target_framework: plain(value, "targetFramework"),
        target_type: None,
        target_description: either("targetDescription", "description"),
    }
}

fn objects<'v>(of: &'v Value<'v>, member: &str) -> impl Iterator<Item = &'v Value<'v>> + use<'v> {
    let values = of.get(member).map(Value::one_or_many).unwrap_or_default();
    values.iter().filter(|value| value.as_object().is_some())
}

/// How the issuer knows the learner. Before 1.0 the recipient was the bare hash or address, with its salt beside it.
fn identity(assertion: &Value<'_>) -> Option<IdentityObject> {
    let recipient = assertion.get("recipient")?;
    let (identity, of) = match recipient {
        Value::String(text) => (text.to_string(), assertion),
        other => (plain(other, "identity")?, other),
    };
    let looks_hashed = || ["sha256$", "md5$"].iter().any(|kind| identity.starts_with(kind));
    let hashed = match of.get("hashed") {
        Some(Value::Bool(hashed)) => *hashed,
        Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
        _ => looks_hashed(),
    };
    let kind = match of.get("type").and_then(Value::as_str) {
        Some(kind) if recipient.as_object().is_some() => kind,
        _ => "email",
    };
    let identity_type = match kind {
        "email" | "schema:email" | "http://schema.org/email" => "emailAddress",
        other => other,
    };
    Some(IdentityObject {
        hashed,
        identity_type: identity_type.to_owned(),
        salt: plain(of, "salt"),
        identity_hash: identity,
    })
}

/// The evidence of an assertion: addresses, objects or several of either.
pub(crate) fn evidence(assertion: &Value<'_>) -> Vec<Evidence> {
    let all = assertion.get("evidence").map(Value::one_or_many).unwrap_or_default();
    let one = |value: &Value<'_>| match value {
        Value::String(url) => Some(Evidence { id: Some(url.to_string()), ..Evidence::default() }),
        Value::Object(_) => Some(Evidence {
            id: plain(value, "id"),
            name: localized(value, "name"),
            description: localized(value, "description"),
            narrative: localized(value, "narrative"),
            genre: plain(value, "genre"),
        }),
        _ => None,
    };
    all.iter().filter_map(one).collect()
}

/// Where endorsements are named: of the assertion, of an embedded badge class and of its embedded issuer. In this version
/// they are documents at addresses of their own rather than credentials within.
pub(crate) fn endorsements(assertion: &Value<'_>) -> Vec<EnclosedCredential<'static>> {
    let badge = assertion.get("badge");
    let issuer = badge.and_then(|badge| badge.get("issuer"));
    let places = [(Some(assertion), ""), (badge, "/badge"), (issuer, "/badge/issuer")];
    let of_place = |(of, at): (Option<&Value<'_>>, &str)| {
        let named = items(of.and_then(|of| of.get("endorsement")), format_args!("{at}/endorsement"));
        named.map(|(_, pointer)| EnclosedCredential { pointer, bytes: None }).collect::<Vec<_>>()
    };
    places.into_iter().flat_map(of_place).collect()
}
