//! Whether each thing is described in one place.
//!
//! In a graph, everything said about one identifier is said about one thing, wherever it stands. JSON readers look at
//! one place: what is moved to another one is signed and not seen.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use attesta_jsonld::{Object, Value, escape_pointer_token};

use super::JSON_MEMBERS;

const PRESENTED: &str = "verifiableCredential";

/// The JSON pointer of the first object that says other things about an identifier than an object before it.
pub(super) fn first_scattered(document: &Object<'_>) -> Option<String> {
    let types = document.get("type").map(Value::one_or_many).unwrap_or_default();
    let endorses = types.iter().any(|name| name.as_str() == Some("EndorsementCredential"));
    let place = if endorses { Place::Endorsement } else { Place::Anywhere };
    let mut described = Described::of(document.get("issuer"));
    if !described.agrees(document, place) {
        return Some(String::new());
    }
    described.first_in_members(document, place, Some(PRESENTED)).or_else(|| {
        // Each presented credential is a graph of its own.
        let below = first_in_each_alone(document.get(PRESENTED)?, &HashMap::new())?;
        Some(format!("/{PRESENTED}{below}"))
    })
}

/// The first within one of several credentials, each read on its own, or the first that describes one of `others`.
fn first_in_each_alone(held: &Value<'_>, others: &HashMap<&str, &Object<'_>>) -> Option<String> {
    let in_array = held.as_array().is_some();
    held.one_or_many().iter().enumerate().find_map(|(index, item)| {
        let alone = Described::of(item.get("issuer")).first_in_value(item, Place::Anywhere);
        let below = alone.or_else(|| first_about(item, others))?;
        Some(if in_array { format!("/{index}{below}") } else { below })
    })
}

/// The first object that says more than an identifier about one of `others`.
fn first_about(value: &Value<'_>, others: &HashMap<&str, &Object<'_>>) -> Option<String> {
    match value {
        Value::Object(object) => {
            let id = object.get("id").and_then(Value::as_str);
            let known = id.and_then(|id| others.get(id));
            if known.is_some_and(|known| says_something(object, Place::EndorsementSubject) && *known != object) {
                return Some(String::new());
            }
            object
                .iter()
                .filter(|(key, _)| !is_apart(key))
                .find_map(|(key, value)| Some(format!("/{}{}", escape_pointer_token(key), first_about(value, others)?)))
        }
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| Some(format!("/{index}{}", first_about(item, others)?)))
        }
        _ => None,
    }
}

/// Where an object stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    Endorsement,
    EndorsementSubject,
    Criteria,
    /// A learner or an achievement: the credentials of a record say more about the same.
    Shared,
}

/// The descriptions met so far.
struct Described<'d> {
    by_id: HashMap<&'d str, &'d Object<'d>>,
    /// Those of things that only this document speaks of: itself, its status, its evidence.
    own: HashMap<&'d str, &'d Object<'d>>,
    /// The issuer, which is read in its own place: others may repeat a part of what is said there.
    issuer: Option<(&'d str, BTreeMap<&'d str, &'d Value<'d>>)>,
}

impl<'d> Described<'d> {
    fn of(issuer: Option<&'d Value<'d>>) -> Self {
        let described = issuer.and_then(Value::as_object).filter(|issuer| says_something(issuer, Place::Anywhere));
        let issuer = described.and_then(|issuer| Some((issuer.get("id")?.as_str()?, issuer.iter().collect())));
        Described { by_id: HashMap::new(), own: HashMap::new(), issuer }
    }

    fn first_in_value(&mut self, value: &'d Value<'d>, place: Place) -> Option<String> {
        match value {
            Value::Object(object) => self.first_in_object(object, place),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .find_map(|(index, item)| self.first_in_value(item, place).map(|below| format!("/{index}{below}"))),
            _ => None,
        }
    }

    fn first_in_object(&mut self, object: &'d Object<'d>, place: Place) -> Option<String> {
        if !self.agrees(object, place) {
            return Some(String::new());
        }
        self.first_in_members(object, place, None)
    }

    fn first_in_members(&mut self, of: &'d Object<'d>, place: Place, but: Option<&str>) -> Option<String> {
        let first = of.iter().filter(|(key, _)| !is_apart(key) && but != Some(key) && *key != PRESENTED).find_map(
            |(key, value)| {
                let below = match (place, key) {
                    (_, "endorsement") => Place::Endorsement,
                    (Place::Endorsement, "credentialSubject") => Place::EndorsementSubject,
                    (_, "credentialSubject" | "achievement") => Place::Shared,
                    (_, "criteria") => Place::Criteria,
                    _ => Place::Anywhere,
                };
                let below = self.first_in_value(value, below)?;
                Some(format!("/{}{below}", escape_pointer_token(key)))
            },
        );
        // A record's credentials are shown and verified each on its own, and all of them are about one learner.
        first.or_else(|| {
            let held = of.get(PRESENTED).filter(|_| but != Some(PRESENTED))?;
            Some(format!("/{PRESENTED}{}", first_in_each_alone(held, &self.own)?))
        })
    }

    /// Whether an object says nothing that an earlier one of its identifier left out, nor less than that one.
    fn agrees(&mut self, object: &'d Object<'d>, place: Place) -> bool {
        let Some(id) = object.get("id").and_then(Value::as_str) else { return true };
        if !says_something(object, place) {
            return true;
        }
        if let Some((issuer, said)) = &self.issuer
            && *issuer == id
        {
            return description(object).all(|(key, value)| said.get(key).is_some_and(|said| is_same(said, value)));
        }
        if place != Place::Shared {
            self.own.entry(id).or_insert(object);
        }
        match self.by_id.entry(id) {
            Entry::Vacant(entry) => {
                entry.insert(object);
                true
            }
            Entry::Occupied(first) => is_same_description(first.get(), object),
        }
    }
}

/// Members that are no part of the graph around them.
fn is_apart(key: &str) -> bool {
    matches!(key, "@context" | "proof") || JSON_MEMBERS.contains(&key)
}

/// What an object says itself. Who endorses it is said and proven in the endorsements, and issuers put other ones where
/// they are the issuer and where they made the achievement.
fn description<'d>(object: &'d Object<'d>) -> impl Iterator<Item = (&'d str, &'d Value<'d>)> {
    object.iter().filter(|(key, _)| !matches!(*key, "endorsement" | "endorsementJwt"))
}

fn is_same_description(one: &Object<'_>, other: &Object<'_>) -> bool {
    let (ones, others): (BTreeMap<_, _>, BTreeMap<_, _>) = (description(one).collect(), description(other).collect());
    ones.len() == others.len()
        && ones.iter().zip(&others).all(|((key, value), (name, other))| key == name && is_same(value, other))
}

/// Whether an object says more than which thing is meant. What an endorsement says of it is the endorser's word.
fn says_something(object: &Object<'_>, place: Place) -> bool {
    !object.iter().all(|(key, _)| {
        match place {
            Place::EndorsementSubject => matches!(key, "id" | "type" | "endorsementComment"),
            // The page of an achievement is often that of its criteria too.
            Place::Criteria => matches!(key, "id" | "type" | "narrative"),
            Place::Anywhere | Place::Endorsement | Place::Shared => matches!(key, "id" | "type"),
        }
    })
}

/// Whether two values say the same. Both are from outside, so that comparing must not take longer than reading did.
fn is_same(one: &Value<'_>, other: &Value<'_>) -> bool {
    let (ones, others) = (one.one_or_many(), other.one_or_many());
    ones.len() == others.len()
        && ones.iter().zip(others).all(|pair| match pair {
            (Value::Object(one), Value::Object(other)) => is_same_object(one, other),
            // `one_or_many` looks into one array only.
            (Value::Array(_), _) | (_, Value::Array(_)) => false,
            (one, other) => one == other,
        })
}

fn is_same_object(one: &Object<'_>, other: &Object<'_>) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (ones, others): (BTreeMap<_, _>, BTreeMap<_, _>) = (one.iter().collect(), other.iter().collect());
    ones.iter().zip(&others).all(|((key, value), (name, other))| key == name && is_same(value, other))
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Option<&str>) {
        let document = Document::parse(json.as_bytes().to_vec()).unwrap();
        assert_eq!(first_scattered(document.root().as_object().unwrap()).as_deref(), expected, "{json}");
    }

    #[test]
    fn a_thing_described_in_two_places_is_found() {
        check(
            r#"{"result":[{"id":"urn:r","value":"A"}],"evidence":{"id":"urn:r","status":"Failed"}}"#,
            Some("/evidence"),
        );
        check(r#"{"result":[{"id":"urn:r","value":"A"},{"id":"urn:r","status":"Failed"}]}"#, Some("/result/1"));
        check(r#"{"id":"urn:c","name":"A","evidence":[{"id":"urn:c","validUntil":"x"}]}"#, Some("/evidence/0"));
        check(r#"{"a":{"id":"urn:x","b":{"id":"urn:x","c":1}}}"#, Some("/a/b"));
    }

    #[test]
    fn references_and_exact_repetitions_pass() {
        check(r#"{"a":{"id":"urn:x","name":"A"},"b":"urn:x","c":{"id":"urn:x","type":["Profile"]}}"#, None);
        check(r#"{"a":{"id":"urn:x","b":{"c":[1],"d":2}},"e":{"b":{"d":2,"c":1},"id":"urn:x"}}"#, None);
        check(r#"{"a":{"name":"A"},"b":{"name":"B"}}"#, None);
    }

    #[test]
    fn the_issuer_may_be_described_again_in_part() {
        let with_creator = |creator: &str| {
            format!(
                r#"{{"credentialSubject":{{"achievement":{{"creator":{creator}}}}},
                     "issuer":{{"id":"urn:i","type":["Profile"],"name":"Uni","url":"https://uni.example"}}}}"#
            )
        };
        check(&with_creator(r#"{"id":"urn:i","type":"Profile","name":"Uni"}"#), None);
        let place = Some("/credentialSubject/achievement/creator");
        check(&with_creator(r#"{"id":"urn:i","name":"Another"}"#), place);
        check(&with_creator(r#"{"id":"urn:i","description":"More"}"#), place);
    }

    #[test]
    fn an_issuer_may_be_endorsed_otherwise_where_it_made_the_achievement() {
        let badge = |creator: &str| {
            format!(
                r#"{{"issuer":{{"id":"urn:i","name":"U","endorsement":[{{"id":"urn:e:1","name":"E"}}]}},
                    "credentialSubject":{{"achievement":{{"creator":{{"id":"urn:i",{creator}}}}}}}}}"#
            )
        };
        check(&badge(r#""name":"U","endorsement":[{"id":"urn:e:2","name":"F"}]"#), None);
        check(&badge(r#""name":"V","endorsement":[]"#), Some("/credentialSubject/achievement/creator"));
    }

    #[test]
    fn criteria_may_stand_at_the_address_of_the_achievement() {
        let badge = |criteria: &str| {
            format!(r#"{{"achievement":{{"id":"urn:a","name":"A","criteria":{{"id":"urn:a",{criteria}}}}}}}"#)
        };
        check(&badge(r#""narrative":"Four joints.""#), None);
        check(&badge(r#""narrative":"Four joints.","name":"B""#), Some("/achievement/criteria"));
    }

    #[test]
    fn an_endorsement_speaks_of_what_is_described_elsewhere() {
        let subject = |more: &str| {
            format!(
                r#"{{"id":"urn:c","name":"A","endorsement":[{{"id":"urn:e","issuer":"urn:j",
                     "credentialSubject":{{"id":"urn:c","type":["EndorsementSubject"],"endorsementComment":"Good"{more}}}}}]}}"#
            )
        };
        check(&subject(""), None);
        check(&subject(r#","validUntil":"2020""#), Some("/endorsement/0/credentialSubject"));
        let own = r#"{"type":["EndorsementCredential"],"issuer":{"id":"urn:i","name":"I"},
                      "credentialSubject":{"id":"urn:i","endorsementComment":"Good"}}"#;
        check(own, None);
    }

    #[test]
    fn presented_credentials_are_read_each_on_its_own() {
        let issuer =
            |name: &str| format!(r#"{{"issuer":{{"id":"urn:i","name":"{name}"}},"a":{{"id":"urn:i","b":1}}}}"#);
        let alike = r#"{"id":"urn:c","issuer":{"id":"urn:i","name":"N"}}"#;
        let renamed = r#"{"id":"urn:c","issuer":{"id":"urn:i","name":"M"}}"#;
        check(&format!(r#"{{"verifiableCredential":[{alike},{renamed}]}}"#), None);
        check(&format!(r#"{{"verifiableCredential":[{alike},{}]}}"#, issuer("N")), Some("/verifiableCredential/1/a"));
        check(&format!(r#"{{"verifiableCredential":{}}}"#, issuer("N")), Some("/verifiableCredential/a"));
    }

    #[test]
    fn the_credentials_of_a_record_are_read_each_on_its_own() {
        let badge = |more: &str| format!(r#"{{"issuer":"urn:i","credentialSubject":{{"id":"urn:l","a":1{more}}}}}"#);
        let record = |badges: &str| {
            format!(
                r#"{{"id":"urn:c","validUntil":"x","evidence":{{"id":"urn:e","name":"E"}},
                "credentialSubject":{{"id":"urn:l","type":"ClrSubject","verifiableCredential":[{badges}]}}}}"#
            )
        };
        let at = |below: &str| format!("/credentialSubject/verifiableCredential/{below}");
        check(&record(&format!("{},{}", badge(""), badge(r#","b":2"#))), None);
        let scattered = r#"{"a":{"id":"urn:x","b":1},"c":{"id":"urn:x","d":1}}"#;
        check(&record(scattered), Some(&at("0/c")));
        // What the record says of itself can't be moved into what it collects.
        check(&record(&badge(r#","p":{"id":"urn:c","validUntil":"y"}"#)), Some(&at("0/credentialSubject/p")));
        check(&record(&badge(r#","p":{"id":"urn:e","description":"y"}"#)), Some(&at("0/credentialSubject/p")));
        check(&record(&badge(r#","p":{"id":"urn:c"}"#)), None);
    }

    #[test]
    fn very_many_things_are_compared_in_one_pass() {
        let things: Vec<String> =
            (0..50_000).map(|n| format!(r#"{{"id":"urn:x:{n}","name":"E","i":{{"n":1}}}}"#)).collect();
        check(&format!(r#"{{"a":[{0}],"b":[{0}]}}"#, things.join(",")), None);
        let wide: Vec<String> = (0..50_000).map(|n| format!(r#""m{n}":1"#)).collect();
        check(&format!(r#"{{"a":{{"id":"urn:x",{0}}},"b":{{"id":"urn:x",{0}}}}}"#, wide.join(",")), None);
    }
}
