//! What happens to bytes on their way, and what somebody does who knows no JSON.

use super::Scene;
use crate::random::Random;

pub(super) fn flip(random: &mut Random, received: &[u8], _: &Scene<'_>) -> Option<Vec<u8>> {
    let mut altered = received.to_vec();
    let place = random.below(altered.len().max(1));
    *altered.get_mut(place)? ^= 1 << random.below(8);
    Some(altered)
}

/// A piece of bytes dropped, repeated, moved, replaced or cut off.
pub(super) fn cut(random: &mut Random, received: &[u8], _: &Scene<'_>) -> Option<Vec<u8>> {
    if received.len() < 4 {
        return None;
    }
    let start = random.below(received.len() - 2);
    let end = (start + 1 + random.below(24)).min(received.len());
    let (before, piece, after) = (&received[..start], &received[start..end], &received[end..]);
    Some(match random.below(6) {
        0 => [before, after].concat(),
        1 => [before, piece, piece, after].concat(),
        2 => {
            let place = random.below(after.len() + 1);
            [before, &after[..place], piece, &after[place..]].concat()
        }
        3 => before.to_vec(),
        4 => [before, &[random.one_of(b"\0 \x80\xff\"{}[],:")], piece, after].concat(),
        _ => [before, piece.iter().rev().copied().collect::<Vec<_>>().as_slice(), after].concat(),
    })
}

pub(super) fn cut_text(random: &mut Random, json: &[u8], scene: &Scene<'_>) -> Option<Vec<u8>> {
    // Beyond ASCII a piece may end within a character, and then what is left is no text.
    cut(random, json, scene)
}

/// A printable character in place of another.
pub(super) fn retype(random: &mut Random, json: &[u8], _: &Scene<'_>) -> Option<Vec<u8>> {
    let mut altered = json.to_vec();
    let place = random.below(altered.len().max(1));
    let letter = altered.get_mut(place).filter(|byte| byte.is_ascii_alphanumeric())?;
    *letter = match (random.below(3), letter.is_ascii_alphabetic()) {
        (0, true) => *letter ^ 0x20,
        (1, _) => letter.wrapping_add(1),
        _ => random.one_of(b"abcxyzABCXYZ0189 -_./#?:\\"),
    };
    (altered != json).then_some(altered)
}
