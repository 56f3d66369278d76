//! Arrays and what stands in them.

use super::{Scene, any_place};
use crate::json::Json;
use crate::random::Random;

/// A value becomes an array, an array loses its brackets, or gets a second pair.
pub(super) fn nest(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_place(random, json, |_, _| true)?;
    let value = json.at_mut(&place)?;
    *value = match (random.below(5), &*value) {
        (0, Json::Array(items)) => items.first()?.clone(),
        (1, Json::Array(items)) => items.last()?.clone(),
        (2, Json::Array(items)) => {
            let names = (0..items.len()).map(|place| place.to_string());
            Json::Object(names.zip(items.iter().cloned()).collect())
        }
        (3, Json::Object(members)) => Json::Array(members.iter().map(|(_, value)| value.clone()).collect()),
        (4, value) => Json::Array(vec![value.clone(), Json::Null]),
        (_, value) => Json::Array(vec![value.clone()]),
    };
    Some(())
}

/// An item dropped, repeated, put elsewhere, or a foreign one added.
pub(super) fn change(random: &mut Random, json: &mut Json, scene: &Scene<'_>) -> Option<()> {
    let stranger = random.pick(scene.all)?.json()?;
    let place = any_place(random, json, |_, value| matches!(value, Json::Array(items) if !items.is_empty()))?;
    let key_is_ordered = random.once_in(2);
    let items = json.at_mut(&place)?.items_mut()?;
    let at = random.below(items.len());
    match random.below(6) {
        0 => drop(items.remove(at)),
        1 => {
            let repeated = items[at].clone();
            items.push(repeated);
        }
        2 if items.len() > 1 => {
            let moved = items.remove(at);
            let to = if key_is_ordered { 0 } else { items.len() };
            items.insert(to, moved);
        }
        3 => items.insert(at, Json::Array(vec![items[at].clone()])),
        4 => {
            let from = any_place(random, stranger, |_, value| {
                std::mem::discriminant(value) == std::mem::discriminant(&items[at])
            })?;
            items.push(stranger.at(&from)?.clone());
        }
        _ => items.push(Json::Null),
    }
    Some(())
}
