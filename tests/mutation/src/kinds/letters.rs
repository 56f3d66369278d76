//! Letters that look the same, or are taken for the same by some program.

use super::{Scene, any_place, change_text};
use crate::json::Json;
use crate::random::Random;

/// A letter, and what it is easily taken for.
const ALIKE: [(char, &str); 24] = [
    ('a', "а"),
    ('e', "е"),
    ('o', "о"),
    ('c', "с"),
    ('p', "р"),
    ('x', "х"),
    ('i', "і"),
    ('A', "Α"),
    ('B', "Β"),
    ('E', "Ε"),
    ('O', "0"),
    ('l', "I"),
    ('I', "l"),
    ('1', "１"),
    ('0', "０"),
    ('é', "e\u{301}"),
    ('É', "E\u{301}"),
    ('è', "e\u{300}"),
    ('’', "'"),
    ('-', "‐"),
    (' ', "\u{a0}"),
    ('s', "ſ"),
    ('K', "\u{212a}"),
    ('.', "．"),
];

/// Characters that are not seen.
const UNSEEN: [char; 8] = ['\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}', '\u{202e}', '\u{61c}', '\u{fe0f}'];

pub(super) fn change(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_place(random, json, |_, value| value.as_text().is_some_and(|text| !text.is_empty()))?;
    if random.once_in(4) {
        let unseen = random.one_of(&UNSEEN);
        let share = random.below(1_000);
        return change_text(json, &place, |text| {
            let letters: Vec<char> = text.chars().collect();
            let at = share * (letters.len() + 1) / 1_000;
            letters[..at].iter().chain([&unseen]).chain(&letters[at..]).collect()
        });
    }
    if random.once_in(8) {
        // The same, for keys.
        let object = super::any_object(random, json)?;
        let members = json.at_mut(&object)?.members_mut()?;
        let member = random.below(members.len());
        members[member].0 = members[member].0.replacen('e', "е", 1).replacen('i', "і", 1);
        return Some(());
    }
    let text = json.at(&place)?.as_text()?.to_owned();
    let fitting: Vec<_> = ALIKE.iter().filter(|(letter, _)| text.contains(*letter)).copied().collect();
    let (letter, alike) = *random.pick(&fitting)?;
    change_text(json, &place, |text| text.replacen(letter, alike, 1))
}
