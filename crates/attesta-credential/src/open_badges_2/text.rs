//! Texts of Open Badges 2.0 documents: a string in the document's `@language`, a value object, or a map of languages.

use attesta_jsonld::Value;

use crate::model::{LocalizedText, TextValue};

/// A member's text. A text of another type is none.
pub(crate) fn localized(of: &Value<'_>, member: &str) -> LocalizedText {
    let language = of.get("@language").and_then(Value::as_str);
    let mut texts = Vec::new();
    for value in of.get(member).map(Value::one_or_many).unwrap_or_default() {
        read(value, language, &mut texts);
    }
    LocalizedText(texts)
}

fn read(value: &Value<'_>, language: Option<&str>, texts: &mut Vec<TextValue>) {
    let mut add = |text: &str, language: Option<&str>, direction: Option<&str>| {
        texts.push(TextValue {
            text: text.to_owned(),
            language: language.map(str::to_owned),
            direction: direction.map(str::to_owned),
        });
    };
    let Value::Object(object) = value else {
        if let Value::String(text) = value {
            add(text, language, None);
        }
        return;
    };
    let member = |name: &str| object.get(name).and_then(Value::as_str);
    match object.get("@value") {
        Some(text) => {
            if let Some(text) = text.as_str() {
                add(text, member("@language").or(language), member("@direction"));
            }
        }
        None => {
            for (tag, text) in object.iter().filter(|(tag, _)| is_language_tag(tag)) {
                for text in text.one_or_many().iter().filter_map(Value::as_str) {
                    add(text, Some(tag), None);
                }
            }
        }
    }
}

/// Whether a key looks like a BCP 47 tag: `fr`, `fr-CA`, `zh-Hant`.
fn is_language_tag(key: &str) -> bool {
    let mut parts = key.split('-');
    let primary = parts.next().unwrap_or_default();
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && letters(part))
}

/// A member's text in whatever language: a string, or a number as it was written.
pub(crate) fn plain(of: &Value<'_>, member: &str) -> Option<String> {
    of.get(member)?.one_or_many().iter().find_map(|value| match value {
        Value::String(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.text().to_owned()),
        Value::Object(object) => object.get("@value").and_then(Value::as_str).map(str::to_owned),
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    })
}
