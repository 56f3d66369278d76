//! The language and direction of a text.

use super::{Scene, any_place};
use crate::json::Json;
use crate::random::Random;

pub(super) fn change(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    const TAGS: [&str; 8] = ["fr", "en", "FR-ca", "fr-CA", "ar", "x-none", "not a tag", ""];
    let tagged = json.places(|_, value| value.get("@value").is_some());
    let plain = random.once_in(2);
    if let Some(place) = random.pick(&tagged).filter(|_| !plain) {
        let text = json.at_mut(place)?;
        match random.below(6) {
            0 => drop(text.remove("@language")),
            1 => drop(text.remove("@direction")),
            2 => text.set("@direction", Json::text(random.one_of(&["ltr", "rtl", "up"]))),
            3 => text.set("@language", Json::text(random.one_of(&TAGS))),
            4 => text.set("@value", Json::text("Docteur en médecine")),
            _ => *text = text.get("@value")?.clone(),
        }
        return Some(());
    }
    let place = any_place(random, json, |key, value| {
        matches!(value, Json::Text(_)) && matches!(key, "name" | "description" | "narrative" | "value" | "tag")
    })?;
    let value = json.at_mut(&place)?;
    let text = value.clone();
    let language = Json::text(random.one_of(&TAGS));
    *value = match random.below(4) {
        0 => Json::object([("@value", text), ("@language", language)]),
        1 => Json::object([("@value", text), ("@direction", Json::text("rtl"))]),
        2 => Json::object([("@language", language), ("@value", text), ("@index", Json::text("x"))]),
        _ => Json::Object(vec![(language.as_text()?.to_owned(), text)]),
    };
    Some(())
}
