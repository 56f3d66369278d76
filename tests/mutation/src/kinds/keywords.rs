//! Keywords of JSON-LD, and what looks like them.

use super::{Scene, any_object, any_place};
use crate::json::Json;
use crate::random::Random;

pub(super) fn change(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let node = || {
        Json::object([
            ("id", Json::text("urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b33")),
            ("validUntil", Json::text("2099-01-01T00:00:00Z")),
        ])
    };
    let place = any_object(random, json)?;
    let object = json.at_mut(&place)?;
    match random.below(12) {
        0 => object.set("@included", Json::Array(vec![node()])),
        1 => object.set("@graph", Json::Array(vec![node()])),
        2 => object.set("@reverse", Json::object([("evidence", node())])),
        3 => object.set("@nest", Json::object([("description", Json::text("With distinction."))])),
        4 => object.set("@index", Json::text("with distinction")),
        5 => object.set("@type", Json::text("https://terms.example/Degree")),
        6 => object.set("@id", Json::text("urn:uuid:00000000-0000-4000-8000-000000000000")),
        7 => object.set("@comment", Json::text("with distinction")),
        8 => object.set("@value", Json::text("with distinction")),
        9 => {
            // The keyword in place of its alias, or the other way round.
            let members = object.members_mut()?;
            let (key, _) = members.iter_mut().find(|(key, _)| matches!(key.as_str(), "id" | "type"))?;
            *key = format!("@{key}");
        }
        10 => {
            let whole = json.clone();
            *json = Json::object([("@context", whole.get("@context")?.clone()), ("@graph", Json::Array(vec![whole]))]);
        }
        _ => {
            let place = any_place(random, json, |_, value| matches!(value, Json::Text(_)))?;
            *json.at_mut(&place)? = Json::text(random.one_of(&["@id", "@type", "@json", "@none", "@vocab", "_:b0"]));
        }
    }
    Some(())
}
