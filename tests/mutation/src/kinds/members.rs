//! Members of objects.

use super::{Scene, any_object};
use crate::json::{ESCAPED_KEY, Json};
use crate::random::Random;

pub(super) fn drop(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_object(random, json)?;
    let members = json.at_mut(&place)?.members_mut()?;
    let member = random.below(members.len());
    members.remove(member);
    Some(())
}

/// What a forger would like a credential to say: members that the usual contexts define, and some that none does.
fn desirable(random: &mut Random) -> (&'static str, Json) {
    let text = |name, value: &str| (name, Json::text(value));
    match random.below(30) {
        0 => text("name", "Doctor of Medicine"),
        1 => text("description", "With highest distinction."),
        2 => text("validUntil", "2099-01-01T00:00:00Z"),
        3 => text("validFrom", "2001-01-01T00:00:00Z"),
        4 => text("expirationDate", "2099-01-01T00:00:00Z"),
        5 => text("issuanceDate", "2001-01-01T00:00:00Z"),
        6 => text("awardedDate", "2001-01-01T00:00:00Z"),
        7 => ("creditsEarned", Json::Number("120".to_owned())),
        8 => text("licenseNumber", "1"),
        9 => text("role", "Dean"),
        10 => text("narrative", "She was the best of all."),
        11 => text("honours", "with distinction"),
        12 => text("fieldOfStudy", "Medicine"),
        13 => text("humanCode", "MED-999"),
        14 => ("evidence", Json::Array(vec![Json::object([("id", Json::text("https://evidence.example/1"))])])),
        15 => ("tag", Json::texts(&["excellent"])),
        16 => (
            "result",
            Json::Array(vec![Json::object([("type", Json::texts(&["Result"])), ("value", Json::text("A"))])]),
        ),
        17 => ("achievement", Json::object([("type", Json::texts(&["Achievement"])), ("name", Json::text("PhD"))])),
        18 => ("alignment", Json::Array(vec![Json::object([("targetName", Json::text("Surgery"))])])),
        19 => ("credentialStatus", Json::Array(Vec::new())),
        20 => ("credentialSubject", Json::object([("id", Json::text("did:example:forger"))])),
        21 => text("holder", "did:example:forger"),
        22 => ("proof", Json::Null),
        23 => text("url", "https://forger.example"),
        24 => ("image", Json::object([("id", Json::text("https://forger.example/seal.png"))])),
        25 => text("email", "forger@forger.example"),
        26 => text("id", "urn:uuid:00000000-0000-4000-8000-000000000000"),
        27 => ("type", Json::texts(&["VerifiableCredential", "DegreeCredential"])),
        28 => text("previousProof", "urn:uuid:00000000-0000-4000-8000-000000000000"),
        _ => text("x", ""),
    }
}

pub(super) fn add(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_object(random, json)?;
    let members = json.at_mut(&place)?.members_mut()?;
    let (name, value) = desirable(random);
    // A key that is there already is a kind of its own.
    if members.iter().any(|(key, _)| key == name) {
        members.iter_mut().filter(|(key, _)| key == name).for_each(|(_, old)| *old = value.clone());
    } else {
        let at = random.below(members.len() + 1);
        members.insert(at, (name.to_owned(), value));
    }
    Some(())
}

/// The IRIs that usual terms stand for, so that a term can be spelled by what it means.
const MEANINGS: [(&str, &str); 12] = [
    ("validUntil", "https://www.w3.org/2018/credentials#validUntil"),
    ("validUntil", "cred:validUntil"),
    ("expirationDate", "https://www.w3.org/2018/credentials#expirationDate"),
    ("credentialStatus", "https://www.w3.org/2018/credentials#credentialStatus"),
    ("credentialSubject", "https://www.w3.org/2018/credentials#credentialSubject"),
    ("issuer", "https://www.w3.org/2018/credentials#issuer"),
    ("name", "https://schema.org/name"),
    ("description", "https://schema.org/description"),
    ("id", "@id"),
    ("type", "@type"),
    ("result", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#result"),
    ("achievement", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement"),
];

pub(super) fn rename(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_object(random, json)?;
    let members = json.at_mut(&place)?.members_mut()?;
    let member = random.below(members.len());
    let name = members[member].0.clone();
    let meanings: Vec<&str> = MEANINGS.iter().filter(|(term, _)| *term == name).map(|(_, iri)| *iri).collect();
    let renamed = match random.below(8) {
        0..=2 if !meanings.is_empty() => random.one_of(&meanings).to_owned(),
        0 => format!("{name}s"),
        1 => name.to_uppercase(),
        2 => format!("{name} "),
        3 => desirable(random).0.to_owned(),
        4 => format!("https://terms.example/{name}"),
        5 => format!("_:{name}"),
        6 => format!("@{name}"),
        _ => {
            let other = random.below(members.len());
            members[other].0.clone()
        }
    };
    members[member].0 = renamed;
    Some(())
}

/// The same key twice, the second one hidden behind escapes or not, in either order.
pub(super) fn repeat(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let place = any_object(random, json)?;
    let members = json.at_mut(&place)?.members_mut()?;
    let (name, value) = members[random.below(members.len())].clone();
    let value = match (random.below(3), value) {
        (0, value) => value,
        (1, Json::Text(text)) => Json::Text(format!("{text}!")),
        _ => desirable(random).1,
    };
    let name = if random.once_in(2) { format!("{ESCAPED_KEY}{name}") } else { name };
    let at = random.below(members.len() + 1);
    members.insert(at, (name, value));
    Some(())
}

/// Two members' values swapped, or a member moved or copied to another object.
pub(super) fn move_about(random: &mut Random, json: &mut Json, _: &Scene<'_>) -> Option<()> {
    let from = any_object(random, json)?;
    let to = any_object(random, json)?;
    let source = json.at_mut(&from)?.members_mut()?;
    let member = random.below(source.len());
    if random.once_in(3) {
        let other = random.below(source.len());
        let value = source[member].1.clone();
        source[member].1 = std::mem::replace(&mut source[other].1, value);
        return Some(());
    }
    let moved = if random.once_in(2) { source.remove(member) } else { source[member].clone() };
    // The way to the target may have led through what was just taken away.
    let target = json.at_mut(&to)?.members_mut()?;
    target.retain(|(key, _)| *key != moved.0);
    target.push(moved);
    Some(())
}
