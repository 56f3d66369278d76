//! Reads the model's types from the tree. Sloppy members are left out rather than refused: what must hold is judged
//! by `conformance`.

use std::collections::HashSet;

use attesta_jsonld::Value;

use crate::credential::strings;
use crate::model::{
    Achievement, AchievementSubject, Alignment, CredentialStatus, Evidence, IdentityObject, Issuer, LocalizedText,
    RefreshService, ResultDescription, SubjectResult, TextValue,
};
use crate::shape::{id_of, items};

/// A member's values. JSON-LD makes no difference between a value and an array of it alone, nor between an array and
/// the same items in arrays within it.
fn values<'a>(of: &'a Value<'_>, member: &str) -> Vec<&'a Value<'a>> {
    let mut found = Vec::new();
    if let Some(value) = of.get(member) {
        flatten(value, &mut found);
    }
    found
}

fn flatten<'a>(value: &'a Value<'a>, found: &mut Vec<&'a Value<'a>>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| flatten(item, found)),
        other => found.push(other),
    }
}

/// The text of a string, a number as it was written, a value object or a reference.
fn text_of(value: &Value<'_>) -> Option<String> {
    match value {
        Value::String(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.text().to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Object(object) => object.get("@value").and_then(text_of).or_else(|| id_of(value).map(str::to_owned)),
        Value::Null | Value::Array(_) => None,
    }
}

/// A member's texts, in their order.
fn texts(of: &Value<'_>, member: &str) -> Vec<String> {
    values(of, member).into_iter().filter_map(text_of).collect()
}

/// A member's text. Where an issuer wrote several for one, all are shown: none of them is less signed than another.
fn text(of: &Value<'_>, member: &str) -> Option<String> {
    let mut seen = HashSet::new();
    let texts: Vec<String> = texts(of, member).into_iter().filter(|text| seen.insert(text.clone())).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}

/// Whether a member is true, in any of the ways to write that.
fn is_true(of: &Value<'_>, member: &str) -> bool {
    texts(of, member).iter().any(|text| text == "true")
}

/// A member that may be a URL or an object with an `id`, such as an image.
fn link(of: &Value<'_>, member: &str) -> Option<String> {
    values(of, member).into_iter().find_map(id_of).map(str::to_owned)
}

fn localized(of: &Value<'_>, member: &str) -> LocalizedText {
    LocalizedText::read(of.get(member))
}

/// A member's value where it has only one. In the graph that is signed, a value and an array of it are the same, so that
/// whoever holds a revoked credential may put either.
fn alone<'a>(of: &'a Value<'a>, member: &str) -> Option<&'a Value<'a>> {
    match of.get(member)?.one_or_many() {
        [one] => Some(one),
        _ => None,
    }
}

fn objects<'a>(of: &'a Value<'a>, member: &str) -> impl Iterator<Item = &'a Value<'a>> {
    values(of, member).into_iter().filter(|item| item.as_object().is_some())
}

impl LocalizedText {
    /// Reads a string, a value object (`@value`, `@language`, `@direction`) or an array of them.
    pub(crate) fn read(value: Option<&Value<'_>>) -> Self {
        let mut values = Vec::new();
        if let Some(value) = value {
            flatten(value, &mut values);
        }
        LocalizedText(values.into_iter().filter_map(TextValue::read).collect())
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first text, in whatever language.
    pub fn plain(&self) -> Option<&str> {
        self.0.first().map(|value| value.text.as_str())
    }

    /// The text in the first of these languages that is at hand (`fr` takes `fr-CA`), else one without a language,
    /// else the first.
    pub fn in_language(&self, wanted: &[&str]) -> Option<&TextValue> {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        wanted
            .iter()
            .find_map(|tag| {
                let tagged = |value: &&TextValue| value.language.as_deref().map(primary) == Some(primary(tag));
                self.0.iter().find(tagged)
            })
            .or_else(|| self.0.iter().find(|value| value.language.is_none()))
            .or_else(|| self.0.first())
    }
}

impl TextValue {
    fn read(value: &Value<'_>) -> Option<Self> {
        match value {
            Value::String(text) => Some(TextValue { text: text.to_string(), language: None, direction: None }),
            Value::Object(object) => Some(TextValue {
                text: object.get("@value")?.as_str()?.to_owned(),
                language: text(value, "@language"),
                direction: text(value, "@direction"),
            }),
            _ => None,
        }
    }
}

impl Issuer {
    pub(crate) fn read(value: &Value<'_>) -> Self {
        Issuer {
            id: id_of(value).unwrap_or_default().to_owned(),
            name: localized(value, "name"),
            url: text(value, "url"),
            email: text(value, "email"),
            image: link(value, "image"),
            description: localized(value, "description"),
        }
    }
}

impl AchievementSubject {
    /// Whether what is read from a value has an identifier.
    pub(crate) fn is_identified(value: &Value<'_>) -> bool {
        value.as_object().is_some()
            && (values(value, "id").into_iter().any(|id| text_of(id).is_some())
                || objects(value, "identifier").next().is_some())
    }

    pub(crate) fn read(value: &Value<'_>) -> Option<Self> {
        value.as_object()?;
        let identifiers: Vec<IdentityObject> = objects(value, "identifier").map(IdentityObject::read).collect();
        let plain_name = |identity: &&IdentityObject| identity.identity_type == "name" && !identity.hashed;
        let named = identifiers.iter().find(plain_name).map(|identity| identity.identity_hash.clone());
        Some(AchievementSubject {
            id: text(value, "id"),
            name: localized(value, "name").plain().map(str::to_owned).or(named),
            identifiers,
            achievement: objects(value, "achievement").next().map(Achievement::read),
            results: objects(value, "result").map(SubjectResult::read).collect(),
            credits_earned: text(value, "creditsEarned"),
            activity_start: text(value, "activityStartDate"),
            activity_end: text(value, "activityEndDate"),
            role: text(value, "role"),
            term: text(value, "term"),
            license_number: text(value, "licenseNumber"),
            narrative: localized(value, "narrative"),
        })
    }
}

impl IdentityObject {
    fn read(value: &Value<'_>) -> Self {
        IdentityObject {
            hashed: is_true(value, "hashed"),
            identity_hash: text(value, "identityHash").unwrap_or_default(),
            identity_type: text(value, "identityType").unwrap_or_default(),
            salt: text(value, "salt"),
        }
    }
}

impl Achievement {
    fn read(value: &Value<'_>) -> Self {
        let related = objects(value, "related").filter_map(|related| {
            localized(related, "name").plain().map(str::to_owned).or_else(|| text(related, "id"))
        });
        let narratives =
            objects(value, "criteria").flat_map(|criteria| LocalizedText::read(criteria.get("narrative")).0);
        Achievement {
            id: text(value, "id"),
            achievement_type: text(value, "achievementType"),
            name: localized(value, "name"),
            description: localized(value, "description"),
            criteria_narrative: LocalizedText(narratives.collect()),
            criteria_id: link(value, "criteria"),
            image: link(value, "image"),
            tags: texts(value, "tag"),
            alignments: objects(value, "alignment").map(Alignment::read).collect(),
            result_descriptions: objects(value, "resultDescription").map(ResultDescription::read).collect(),
            credits_available: text(value, "creditsAvailable"),
            field_of_study: text(value, "fieldOfStudy"),
            specialization: text(value, "specialization"),
            human_code: text(value, "humanCode"),
            in_language: text(value, "inLanguage"),
            creator: values(value, "creator").first().map(|creator| Issuer::read(creator)),
            related: related.collect(),
        }
    }
}

impl Alignment {
    fn read(value: &Value<'_>) -> Self {
        Alignment {
            target_name: localized(value, "targetName"),
            target_url: text(value, "targetUrl"),
            target_code: text(value, "targetCode"),
            target_framework: text(value, "targetFramework"),
            target_type: text(value, "targetType"),
            target_description: localized(value, "targetDescription"),
        }
    }
}

impl ResultDescription {
    fn read(value: &Value<'_>) -> Self {
        let level = |level: &Value<'_>| (text(level, "id"), localized(level, "name"));
        ResultDescription {
            id: text(value, "id"),
            name: localized(value, "name"),
            result_type: text(value, "resultType"),
            value_min: text(value, "valueMin"),
            value_max: text(value, "valueMax"),
            required_value: text(value, "requiredValue"),
            required_level: text(value, "requiredLevel"),
            allowed_values: texts(value, "allowedValue"),
            levels: objects(value, "rubricCriterionLevel").map(level).collect(),
        }
    }
}

impl SubjectResult {
    fn read(value: &Value<'_>) -> Self {
        SubjectResult {
            result_description: link(value, "resultDescription"),
            value: text(value, "value"),
            status: text(value, "status"),
            achieved_level: link(value, "achievedLevel"),
            alignments: objects(value, "alignment").map(Alignment::read).collect(),
        }
    }
}

impl Evidence {
    pub(crate) fn read(value: &Value<'_>) -> Option<Self> {
        value.as_object()?;
        Some(Evidence {
            id: text(value, "id"),
            name: localized(value, "name"),
            description: localized(value, "description"),
            narrative: localized(value, "narrative"),
            genre: text(value, "genre"),
        })
    }
}

impl CredentialStatus {
    pub(crate) fn read_all(value: Option<&Value<'_>>) -> Vec<Self> {
        items(value, "/credentialStatus").map(|(value, pointer)| CredentialStatus::read(value, pointer)).collect()
    }

    fn read(value: &Value<'_>, pointer: String) -> Self {
        let types: Vec<String> = strings(value.get("type")).map(str::to_owned).collect();
        let (index, list) = match types.iter().any(|kind| kind == CredentialStatus::REVOCATION_LIST_2020) {
            true => ("revocationListIndex", "revocationListCredential"),
            false => ("statusListIndex", "statusListCredential"),
        };
        let references = value.get("statusReference").map(Value::one_or_many).unwrap_or_default();
        CredentialStatus {
            pointer,
            id: string(value, "id"),
            types,
            purpose: string(value, "statusPurpose"),
            index: string(value, index),
            list: alone(value, list).and_then(id_of).map(str::to_owned),
            size: value.get("statusSize").map(|size| match alone(value, "statusSize") {
                // The same number, however it is written: `1.0` and `"1"` are signed as `1` is.
                Some(Value::Number(number)) if number.as_f64().fract() == 0.0 => format!("{:.0}", number.as_f64()),
                Some(Value::String(text)) => text.to_string(),
                _ => size.to_string(),
            }),
            messages: objects(value, "statusMessage")
                .map(|message| (string(message, "status"), string(message, "message")))
                .collect(),
            message_count: value.get("statusMessage").map(|messages| messages.one_or_many().len()),
            references: references.iter().map(|reference| reference.as_str().map(str::to_owned)).collect(),
        }
    }
}

impl RefreshService {
    pub(crate) fn read_all(value: Option<&Value<'_>>) -> Vec<Self> {
        let one = |(value, pointer): (&Value<'_>, String)| RefreshService {
            pointer,
            id: string(value, "id"),
            types: strings(value.get("type")).map(str::to_owned).collect(),
        };
        items(value, "/refreshService").map(one).collect()
    }
}

/// A member that is one string.
fn string(of: &Value<'_>, member: &str) -> Option<String> {
    alone(of, member)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    fn subject(json: &str) -> AchievementSubject {
        let document = Document::parse(json.as_bytes().to_vec()).unwrap();
        AchievementSubject::read(document.root()).unwrap()
    }

    #[test]
    fn a_badge_is_read_whole() {
        let read = subject(
            r#"{"id":"urn:s:1","creditsEarned":4.50,"role":"Welder",
                "identifier":[{"type":"IdentityObject","hashed":true,"identityHash":"sha256$ab","salt":"s",
                    "identityType":"emailAddress"},
                    {"hashed":false,"identityHash":"Amy","identityType":"name"}],
                "result":[{"type":["Result"],"resultDescription":"urn:r:1","value":"A"}],
                "achievement":{"id":"urn:a:1","name":{"@value":"Soudage","@language":"fr"},"tag":["metal"],
                    "criteria":{"id":"https://uni.example/c","narrative":"Four joints."},
                    "image":{"id":"https://uni.example/i.png","type":"Image"},
                    "alignment":[{"targetName":"Weld","targetUrl":"https://esco.example/1"}],
                    "resultDescription":[{"id":"urn:r:1","name":"Grade","allowedValue":["C","B","A"],
                        "rubricCriterionLevel":[{"id":"urn:l:1","name":"Good"}]}]}}"#,
        );
        let achievement = read.achievement.unwrap();
        assert_eq!(read.credits_earned.as_deref(), Some("4.50"));
        assert_eq!(read.name.as_deref(), Some("Amy"));
        assert!(read.identifiers[0].hashed && !read.identifiers[1].hashed);
        assert_eq!(read.results[0].value.as_deref(), Some("A"));
        assert_eq!(achievement.name.0[0].language.as_deref(), Some("fr"));
        assert_eq!(achievement.criteria_narrative.plain(), Some("Four joints."));
        assert_eq!(achievement.criteria_id.as_deref(), Some("https://uni.example/c"));
        assert_eq!(achievement.image.as_deref(), Some("https://uni.example/i.png"));
        assert_eq!(achievement.alignments[0].target_name.plain(), Some("Weld"));
        assert_eq!(achievement.result_descriptions[0].allowed_values, ["C", "B", "A"]);
        assert_eq!(achievement.result_descriptions[0].levels[0].1.plain(), Some("Good"));
    }

    #[test]
    fn an_array_of_one_says_the_same_as_the_value() {
        let plain = subject(
            r#"{"id":"urn:s:1","term":"2026","identifier":{"hashed":true,"identityHash":"x"},
                "achievement":{"name":"A","criteria":{"narrative":"B"},"image":"urn:i:1"}}"#,
        );
        let wrapped = subject(
            r#"{"id":"urn:s:1","term":["2026"],"identifier":[{"hashed":[true],"identityHash":["x"]}],
                "achievement":[{"name":["A"],"criteria":[{"narrative":["B"]}],"image":["urn:i:1"]}]}"#,
        );
        assert_eq!(plain, wrapped);
    }

    #[test]
    fn what_the_graph_says_is_read_however_it_is_spelled() {
        let plain = subject(
            r#"{"identifier":{"hashed":true,"identityHash":"x","identityType":"name"},
                "result":[{"status":"Failed","value":"F"}],
                "achievement":{"criteria":{"id":"urn:c","narrative":"B"},"tag":["a","b"]}}"#,
        );
        let odd = subject(
            r#"{"identifier":{"hashed":"true","identityHash":{"@value":"x"},"identityType":[["name"]]},
                "result":[[{"status":["Failed","Failed"],"value":["F",null]}]],
                "achievement":{"criteria":["urn:c",{"id":"urn:c","narrative":["B"]}],"tag":["a",{"@value":"b"}]}}"#,
        );
        assert_eq!(plain, odd);
        let several = subject(r#"{"result":[{"status":["Failed","Completed"]}]}"#);
        assert_eq!(several.results[0].status.as_deref(), Some("Failed, Completed"));
    }

    #[test]
    fn a_subject_is_identified_where_reading_it_gives_an_identifier() {
        for (json, expected) in [
            (r#"{"id":"urn:s"}"#, true),
            (r#"{"id":[["urn:s"]]}"#, true),
            (r#"{"id":null}"#, false),
            (r#"{"id":[]}"#, false),
            (r#"{"identifier":{"type":"IdentityObject"}}"#, true),
            (r#"{"identifier":["x",7]}"#, false),
            (r#"{"name":"N"}"#, false),
            (r#""urn:s""#, false),
        ] {
            let document = Document::parse(json.as_bytes().to_vec()).unwrap();
            let read = AchievementSubject::read(document.root());
            let has_one = read.is_some_and(|subject| subject.id.is_some() || !subject.identifiers.is_empty());
            assert_eq!((has_one, AchievementSubject::is_identified(document.root())), (expected, expected), "{json}");
        }
    }

    #[test]
    fn text_is_found_in_the_language_wanted() {
        let text = |json: &str| {
            let document = Document::parse(json.as_bytes().to_vec()).unwrap();
            LocalizedText::read(Some(document.root()))
        };
        let both = text(r#"[{"@value":"Soudage","@language":"fr-CA"},{"@value":"Welding","@language":"en"},"Weld"]"#);
        let found = |wanted: &[&str]| both.in_language(wanted).map(|value| value.text.as_str());
        assert_eq!(found(&["fr"]), Some("Soudage"));
        assert_eq!(found(&["en-CA", "fr"]), Some("Welding"));
        assert_eq!(found(&["de"]), Some("Weld"));
        assert_eq!(text("7").in_language(&["en"]), None);
        assert!(text("[]").is_empty());
    }

    #[test]
    fn a_status_is_read_in_each_of_its_spellings() {
        let read = |json: &str| {
            let document = Document::parse(json.as_bytes().to_vec()).unwrap();
            CredentialStatus::read_all(Some(document.root()))
        };
        let both = read(
            r#"[{"type":"BitstringStatusListEntry","statusListIndex":"7","statusListCredential":"https://a.example/1",
                 "statusMessage":[{"status":"0x0","message":"ok"},7],"statusReference":["https://a.example/r",5]},
                {"type":["RevocationList2020Status"],"revocationListIndex":"8","statusListIndex":"9",
                 "revocationListCredential":"https://a.example/2"},
                {"id":"https://a.example/3","type":"1EdTechRevocationList"}]"#,
        );
        let shown: Vec<_> = both.iter().map(|status| (status.index.as_deref(), status.address())).collect();
        let expected = [
            (Some("7"), Some("https://a.example/1")),
            (Some("8"), Some("https://a.example/2")),
            (None, Some("https://a.example/3")),
        ];
        assert_eq!(shown, expected);
        assert_eq!((both[0].messages.len(), both[0].message_count), (1, Some(2)));
        assert_eq!(both[0].references, [Some("https://a.example/r".to_owned()), None]);
        assert_eq!((both[1].pointer.as_str(), both[1].message_count), ("/credentialStatus/1", None));
    }
}
