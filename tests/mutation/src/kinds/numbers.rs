//! Numbers, written otherwise or changed.

use super::{Scene, any_place};
use crate::json::Json;
use crate::random::Random;

pub(super) fn change(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_place(random, json, |_, value| match value {
        Json::Number(_) => true,
        Json::Text(text) => text.len() < 12 && text.parse::<f64>().is_ok(),
        _ => false,
    })?;
    let value = json.at_mut(&place)?;
    let (Json::Number(written) | Json::Text(written)) = value.clone() else { return None };
    let number: f64 = written.parse().ok()?;
    let changed = match random.below(14) {
        0 => format!("{written}0"),
        1 => format!("{number}e1"),
        2 => format!("{number:e}").replace("e0", "e+00"),
        3 => format!("-{written}"),
        4 => format!("{number}.0000000000000001"),
        5 => format!("{}", number + 1e-9),
        6 => "1e999".to_owned(),
        7 => "9007199254740993".to_owned(),
        8 => "123456789012345678901234567890".to_owned(),
        9 => "1e-7".to_owned(),
        10 => "-0".to_owned(),
        11 => format!("0{written}"),
        12 => format!("{}", number * 10.0),
        _ => format!("{}", number + 1.0),
    };
    *value = match value {
        Json::Number(_) if random.once_in(4) => Json::Text(changed),
        Json::Text(_) if !random.once_in(4) => Json::Text(changed),
        _ => Json::Number(changed),
    };
    Some(())
}
