//! Values: texts edited, taken from elsewhere, of another type.

use super::{Scene, any_place, change_text};
use crate::json::Json;
use crate::random::Random;

fn is_text(_: &str, value: &Json) -> bool {
    matches!(value, Json::Text(_))
}

fn is_leaf(_: &str, value: &Json) -> bool {
    !matches!(value, Json::Array(_) | Json::Object(_))
}

/// Any text with something more, less or other in it.
pub(super) fn edit(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_place(random, json, is_text)?;
    change_text(json, &place, |text| {
        let letters: Vec<char> = text.chars().collect();
        let at = random.below(letters.len() + 1);
        let (before, after): (String, String) = (letters[..at].iter().collect(), letters[at..].iter().collect());
        match random.below(10) {
            0 => format!("{before}x{after}"),
            1 => format!("{before}{}", after.chars().skip(1).collect::<String>()),
            2 => before,
            3 => String::new(),
            4 => format!("{text} "),
            5 => format!(" {text}"),
            6 => text.to_uppercase(),
            7 => format!("{before}\u{0}{after}"),
            8 => format!("{text}\n"),
            _ => format!("{after}{before}"),
        }
    })
}

/// The value of another place, of this document or another one.
pub(super) fn transplant(random: &mut Random, json: &mut Json, scene: &Scene<'_>) -> Option<()> {
    let other = if random.once_in(2) { random.pick(scene.all)?.json()? } else { scene.seed.json()? };
    let from = any_place(random, other, |_, _| true)?;
    let value = other.at(&from)?.clone();
    let to = any_place(random, json, |_, _| true)?;
    *json.at_mut(&to)? = value;
    Some(())
}

/// The same value, or none, as another type.
pub(super) fn retype(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_place(random, json, is_leaf)?;
    let value = json.at_mut(&place)?;
    let wrapped = |name: &str, value: &Json| Json::object([(name, value.clone())]);
    *value = match (random.below(12), &*value) {
        (0, value) => wrapped("@value", value),
        (1, value) => wrapped("id", value),
        (2, value) => wrapped("@id", value),
        (3, value) => wrapped("@list", &Json::Array(vec![value.clone()])),
        (4, value) => wrapped("@set", &Json::Array(vec![value.clone()])),
        (5, value) => {
            Json::object([("@type", Json::text("http://www.w3.org/2001/XMLSchema#string")), ("@value", value.clone())])
        }
        (6, _) => Json::Null,
        (7, _) => Json::Object(Vec::new()),
        (_, Json::Number(number)) => Json::Text(number.clone()),
        (_, Json::Bool(value)) if random.once_in(2) => Json::Bool(!value),
        (_, Json::Bool(value)) => Json::Text(value.to_string()),
        (8, Json::Text(text))
            if text.parse::<f64>().is_ok_and(f64::is_finite) && !text.starts_with(['+', '.', '0']) =>
        {
            Json::Number(text.clone())
        }
        (8, _) => Json::Number("1".to_owned()),
        (9, _) => Json::Bool(true),
        (10, _) => Json::Bool(false),
        (_, value) => Json::object([("@value", value.clone()), ("@type", Json::text("@json"))]),
    };
    Some(())
}
