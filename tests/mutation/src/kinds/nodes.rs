//! Things of a graph: what is said of one thing in two places, and things that become one.

use super::{Scene, any_object, any_place};
use crate::json::{Json, Step};
use crate::random::Random;

fn has_id(_: &str, value: &Json) -> bool {
    value.get("id").and_then(Json::as_text).is_some()
}

/// A part of what is said of a thing goes to where it is named again.
pub(super) fn scatter(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let from = any_place(random, json, has_id)?;
    let to = any_object(random, json)?;
    let thing = json.at_mut(&from)?;
    let id = thing.get("id")?.clone();
    let members = thing.members_mut()?;
    let member = random.below(members.len());
    if matches!(members[member].0.as_str(), "id" | "@context" | "proof") {
        return None;
    }
    let (key, value) = members.remove(member);
    let rest = Json::Object(vec![("id".to_owned(), id), (key, value)]);
    let place = random.one_of(&["evidence", "related", "image", "relatedResource", "@included", "refreshService"]);
    let target = json.at_mut(&to)?;
    match target.get(place).map(Json::to_array) {
        Some(mut items) => {
            items.push(rest);
            target.set(place, Json::Array(items));
        }
        None => target.set(place, rest),
    }
    Some(())
}

/// Two things get one name, one thing loses its name, or a thing stands where only its name stood.
pub(super) fn regroup(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let places = json.places(has_id);
    let one = random.pick(&places)?.clone();
    let id = |json: &Json, place: &[Step]| json.at(place)?.get("id").cloned();
    match random.below(6) {
        0 => {
            let other = random.pick(&places)?.clone();
            let name = id(json, &other)?;
            json.at_mut(&one)?.set("id", name);
        }
        1 => drop(json.at_mut(&one)?.remove("id")),
        2 => json.at_mut(&one)?.set("id", Json::text(random.one_of(&["_:b0", "_:c14n0", "", "urn:x", "relative"]))),
        3 => {
            let name = id(json, &one)?;
            *json.at_mut(&one)? = name;
        }
        4 => {
            let thing = json.at(&one)?.clone();
            let named = any_place(random, json, |_, value| Some(value) == thing.get("id"))?;
            *json.at_mut(&named)? = thing;
        }
        _ => {
            let other = any_object(random, json)?;
            let inner = json.at(&one)?.clone();
            json.at_mut(&other)?.set(random.one_of(&["evidence", "related", "issuer", "credentialSubject"]), inner);
        }
    }
    Some(())
}
