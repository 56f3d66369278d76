//! JSON that can be written wrongly: keys in their order and as often as one likes, numbers as they were written.

use std::fmt::Write as _;

use attesta_jsonld::{Document, Value};

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as written.
    Number(String),
    /// A text.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object, whose keys may repeat.
    Object(Vec<(String, Json)>),
}

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The n-th member of an object.
    Member(usize),
    /// The n-th item of an array.
    Item(usize),
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Nothing that need not be there.
    Compact,
    /// Two spaces for each level, line feeds.
    Indented,
    /// Tabs, carriage returns and spaces wherever they may be.
    Airy,
    /// Every character of every text as `\uXXXX`.
    Escaped,
}

/// A key that begins with this is written with escapes, so that it reads as a key that is there already.
pub const ESCAPED_KEY: char = '\u{E000}';

impl Json {
    /// Reads JSON; `None` where it is none, or repeats a key.
    pub fn parse(bytes: &[u8]) -> Option<Json> {
        Some(Json::of(Document::parse(bytes.to_vec()).ok()?.root()))
    }

    /// The same value as the strict tree holds.
    pub fn of(value: &Value<'_>) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(number) => Json::Number(number.text().to_owned()),
            Value::String(text) => Json::Text(text.to_string()),
            Value::Array(items) => Json::Array(items.iter().map(Json::of).collect()),
            Value::Object(object) => {
                Json::Object(object.iter().map(|(key, value)| (key.to_owned(), Json::of(value))).collect())
            }
        }
    }

    /// A text.
    pub fn text(text: &str) -> Json {
        Json::Text(text.to_owned())
    }

    /// An object with these members.
    pub fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
        Json::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// An array of these texts.
    pub fn texts(texts: &[&str]) -> Json {
        Json::Array(texts.iter().map(|text| Json::text(text)).collect())
    }

    /// The text, if this is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The members, if this is an object.
    pub fn members(&self) -> Option<&[(String, Json)]> {
        match self {
            Json::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The members, to be changed.
    pub fn members_mut(&mut self) -> Option<&mut Vec<(String, Json)>> {
        match self {
            Json::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The items, to be changed.
    pub fn items_mut(&mut self) -> Option<&mut Vec<Json>> {
        match self {
            Json::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The first member of this name.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.members()?.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The first member of this name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Json> {
        self.members_mut()?.iter_mut().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Gives a member this value, whether or not it was there.
    pub fn set(&mut self, name: &str, value: Json) {
        match self.get_mut(name) {
            Some(member) => *member = value,
            None => self.members_mut().into_iter().for_each(|members| members.push((name.to_owned(), value.clone()))),
        }
    }

    /// Takes every member of this name away.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        let members = self.members_mut()?;
        let place = members.iter().position(|(key, _)| key == name)?;
        Some(members.remove(place).1)
    }

    /// The value, or the items of an array.
    pub fn one_or_many(&self) -> &[Json] {
        match self {
            Json::Array(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    /// The same as an array, one value becoming an array of it.
    pub fn to_array(&self) -> Vec<Json> {
        self.one_or_many().to_vec()
    }

    /// The value at a path.
    pub fn at(&self, path: &[Step]) -> Option<&Json> {
        path.iter().try_fold(self, |value, step| match (value, step) {
            (Json::Object(members), Step::Member(place)) => members.get(*place).map(|(_, value)| value),
            (Json::Array(items), Step::Item(place)) => items.get(*place),
            _ => None,
        })
    }

    /// The value at a path, to be changed.
    pub fn at_mut(&mut self, path: &[Step]) -> Option<&mut Json> {
        path.iter().try_fold(self, |value, step| match (value, step) {
            (Json::Object(members), Step::Member(place)) => members.get_mut(*place).map(|(_, value)| value),
            (Json::Array(items), Step::Item(place)) => items.get_mut(*place),
            _ => None,
        })
    }

    /// The paths of all values for which `wanted` holds, this one first. It is told the key that a value stands under.
    pub fn places(&self, wanted: impl Fn(&str, &Json) -> bool) -> Vec<Vec<Step>> {
        let mut found = Vec::new();
        self.collect("", &mut Vec::new(), &wanted, &mut found);
        found
    }

    fn collect(
        &self,
        key: &str,
        path: &mut Vec<Step>,
        wanted: &impl Fn(&str, &Json) -> bool,
        found: &mut Vec<Vec<Step>>,
    ) {
        if wanted(key, self) {
            found.push(path.clone());
        }
        let mut below = |step, key: &str, value: &Json| {
            path.push(step);
            value.collect(key, path, wanted, found);
            path.pop();
        };
        match self {
            Json::Object(members) => {
                members.iter().enumerate().for_each(|(place, (key, value))| below(Step::Member(place), key, value));
            }
            Json::Array(items) => {
                items.iter().enumerate().for_each(|(place, item)| below(Step::Item(place), key, item));
            }
            _ => {}
        }
    }

    /// The value as JSON text.
    pub fn write(&self, style: Style) -> String {
        let mut out = String::new();
        self.write_into(&mut out, style, 0);
        out
    }

    /// The value as compact JSON bytes.
    pub fn bytes(&self) -> Vec<u8> {
        self.write(Style::Compact).into_bytes()
    }

    fn write_into(&self, out: &mut String, style: Style, level: usize) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Number(text) => out.push_str(text),
            Json::Text(text) => write_text(out, text, style == Style::Escaped),
            Json::Array(items) => {
                out.push('[');
                for (place, item) in items.iter().enumerate() {
                    separate(out, style, level + 1, place > 0);
                    item.write_into(out, style, level + 1);
                }
                close(out, style, level, items.is_empty(), ']');
            }
            Json::Object(members) => {
                out.push('{');
                for (place, (key, value)) in members.iter().enumerate() {
                    separate(out, style, level + 1, place > 0);
                    match key.strip_prefix(ESCAPED_KEY) {
                        Some(key) => write_text(out, key, true),
                        None => write_text(out, key, style == Style::Escaped),
                    }
                    out.push_str(match style {
                        Style::Compact | Style::Escaped => ":",
                        Style::Indented => ": ",
                        Style::Airy => " \t:\r\n ",
                    });
                    value.write_into(out, style, level + 1);
                }
                close(out, style, level, members.is_empty(), '}');
            }
        }
    }
}

fn separate(out: &mut String, style: Style, level: usize, follows: bool) {
    if follows {
        out.push(',');
    }
    match style {
        Style::Compact | Style::Escaped => {}
        Style::Indented => {
            out.push('\n');
            (0..level).for_each(|_| out.push_str("  "));
        }
        Style::Airy => out.push_str(" \r\n\t"),
    }
}

fn close(out: &mut String, style: Style, level: usize, empty: bool, bracket: char) {
    if !empty {
        separate(out, style, level, false);
    }
    out.push(bracket);
}

fn write_text(out: &mut String, text: &str, escaped: bool) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' if !escaped => out.push_str("\\\""),
            '\\' if !escaped => out.push_str("\\\\"),
            letter if escaped || letter < ' ' => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}").expect("a String takes whatever is written");
                }
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_reads_as_the_same_value() {
        let json = Json::parse(r#"{"a":[1.50,-0,{"b":"é\"\\\n\u001f🎓"}],"c":{},"d":[],"e":null,"f":true}"#.as_bytes());
        let json = json.expect("it is JSON");
        for style in [Style::Compact, Style::Indented, Style::Airy, Style::Escaped] {
            assert_eq!(Json::parse(json.write(style).as_bytes()).as_ref(), Some(&json), "{style:?}");
        }
    }

    #[test]
    fn a_key_can_be_hidden_behind_escapes() {
        let json = Json::object([("\u{E000}id", Json::Null)]);
        assert_eq!(json.write(Style::Compact), "{\"\\u0069\\u0064\":null}");
    }

    #[test]
    fn places_lead_to_their_values() {
        let json = Json::parse(br#"{"a":[1,{"b":2}]}"#).expect("it is JSON");
        let numbers = json.places(|key, value| key == "b" && matches!(value, Json::Number(_)));
        assert_eq!(numbers, [[Step::Member(0), Step::Item(1), Step::Member(0)]]);
        assert_eq!(json.at(&numbers[0]), Some(&Json::Number("2".to_owned())));
    }
}
