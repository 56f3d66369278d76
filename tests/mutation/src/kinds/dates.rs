//! Dates, moved or written otherwise.

use super::{Scene, any_place, change_text};
use crate::json::Json;
use crate::random::Random;

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 19 && bytes[4] == b'-' && bytes[10] == b'T'
}

pub(super) fn change(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_place(random, json, |_, value| value.as_text().is_some_and(is_date))?;
    let way = random.below(14);
    let year = random.below(60) + 1980;
    change_text(json, &place, |date| match way {
        0 | 1 => format!("{year}{}", &date[4..]),
        2 => format!("{}-12-31{}", &date[..4], &date[10..]),
        3 => format!("{}T23:59:59{}", &date[..10], &date[19..]),
        4 => date.replace('Z', "+00:00"),
        5 => date.replace('Z', "-00:00"),
        6 => date.replace('Z', "+14:00"),
        7 => date.to_lowercase(),
        8 => date.replace('T', " "),
        9 => date.replace('Z', ".000Z"),
        10 => date.replace('Z', ".9999999999Z"),
        11 => date[..10].to_owned(),
        12 => date.replace('Z', ""),
        _ => format!("+00{date}"),
    })
}
