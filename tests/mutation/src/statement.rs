//! What a document says, in a form that is the same for every way of writing it.
//!
//! Signed graphs know no order among the values of a member, no difference between one value and an array of it, and
//! numbers by their value. So two documents that say the same have the same statement, and a signature that holds over
//! two statements is a forgery.

use crate::json::Json;

/// Members whose values stand in an order that is signed.
const ORDERED: [&str; 1] = ["allowedValue"];
/// The type of a plain text.
const STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// What a credential or presentation says: everything but its own proofs and the contexts that explain its terms.
pub fn of_document(document: &Json) -> String {
    let mut document = document.clone();
    document.remove("proof");
    leave_enclosed_to_themselves(&mut document);
    let issuer = document.get("issuer").cloned();
    if let Some(issuer @ Json::Object(_)) = issuer {
        document.members_mut().into_iter().flatten().filter(|(key, _)| key != "issuer").for_each(|(_, value)| {
            refer_to(&issuer, value);
        });
    }
    normal("", &document).unwrap_or_default()
}

/// The credentials in a record speak for themselves: each is judged by its own proof. In the graph that the record's
/// signature covers, what two of them say of one learner is said by both, and an issuer whom one of them describes is
/// described.
fn leave_enclosed_to_themselves(document: &mut Json) {
    let mut encloses = false;
    match document.get_mut("credentialSubject") {
        Some(Json::Array(subjects)) => {
            subjects.iter_mut().for_each(|subject| encloses |= subject.remove("verifiableCredential").is_some());
        }
        Some(subject) => encloses = subject.remove("verifiableCredential").is_some(),
        None => {}
    }
    let issuer = document.get("issuer").and_then(|issuer| issuer.get("id")).cloned();
    if let Some(id) = issuer.filter(|_| encloses) {
        document.set("issuer", id);
    }
}

/// The document as it is compared by what is shown of it: its types and subjects in an order that follows from what
/// they say, for whoever reads only the first or last of them, and a record without what it encloses.
pub fn in_order(document: &Json) -> Json {
    let mut document = document.clone();
    leave_enclosed_to_themselves(&mut document);
    for member in ["type", "credentialSubject"] {
        if let Some(Json::Array(items)) = document.get_mut(member) {
            items.sort_by_key(|item| normal(member, item));
        }
    }
    document
}

/// Where the issuer is described again, in words that stand at the issuer already, only its name is said.
fn refer_to(issuer: &Json, value: &mut Json) {
    let repeats = |value: &Json| {
        let said =
            |(key, value): &(String, Json)| normal(key, value) == issuer.get(key).and_then(|own| normal(key, own));
        value.get("id").is_some() && value.members().is_some_and(|members| members.iter().all(said))
    };
    if repeats(value) {
        *value = issuer.get("id").cloned().unwrap_or(Json::Null);
    }
    match value {
        Json::Array(items) => items.iter_mut().for_each(|item| refer_to(issuer, item)),
        // What stands in another credential says so there.
        Json::Object(members) if !members.iter().any(|(key, _)| key == "issuer") => {
            members.iter_mut().for_each(|(_, value)| refer_to(issuer, value));
        }
        _ => {}
    }
}

/// What a proof says of itself: everything but its value and context.
pub fn of_proof(proof: &Json) -> String {
    let mut proof = proof.clone();
    proof.remove("proofValue");
    normal("", &proof).unwrap_or_default()
}

/// The normal form of a value under a key; `None` where nothing is said.
fn normal(key: &str, value: &Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::Bool(value) => Some(quoted(&value.to_string())),
        Json::Number(written) => Some(quoted(&number(written))),
        Json::Text(text) if key == "@language" => Some(quoted(&text.to_lowercase())),
        Json::Text(text) => Some(quoted(text)),
        Json::Array(items) => {
            let mut items: Vec<String> = items.iter().filter_map(|item| normal(key, item)).collect();
            if !ORDERED.contains(&key) {
                items.sort();
            }
            match items.as_slice() {
                [] => None,
                [one] => Some(one.clone()),
                _ => Some(format!("[{}]", items.join(","))),
            }
        }
        Json::Object(members) => {
            let said = members.iter().filter(|(key, _)| key != "@context");
            let mut said: Vec<(&str, String)> =
                said.filter_map(|(key, value)| Some((key.as_str(), normal(key, value)?))).collect();
            said.sort();
            match said.as_slice() {
                [("id" | "@value" | "@set", alone)] => return Some(alone.clone()),
                [("@type", kind), ("@value", text)] if *kind == quoted(STRING) => return Some(text.clone()),
                _ => {}
            }
            let said: Vec<String> = said.into_iter().map(|(key, value)| format!("{}:{value}", quoted(key))).collect();
            Some(format!("{{{}}}", said.join(",")))
        }
    }
}

/// A number by its value, as [JSON-LD](https://www.w3.org/TR/json-ld11-api/#data-round-tripping) writes it for a graph.
pub(crate) fn number(written: &str) -> String {
    match written.parse::<f64>() {
        Ok(value) if value.fract() == 0.0 && value.abs() < 1e21 => format!("{:.0}", value + 0.0),
        Ok(value) => {
            let written = format!("{value:E}");
            match written.split_once('E') {
                Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
                _ => written,
            }
        }
        Err(_) => written.to_owned(),
    }
}

fn quoted(text: &str) -> String {
    Json::text(text).write(crate::json::Style::Compact)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, same: bool) {
        let of = |json: &str| of_document(&Json::parse(json.as_bytes()).expect("it is JSON"));
        assert_eq!(of(one) == of(other), same, "{one}\n{other}");
    }

    #[test]
    fn ways_of_writing_are_no_statement() {
        check(r#"{"a":["x","y"],"b":1}"#, r#"{ "b": 1.0, "a": ["y", "x"], "proof": {"a": 1} }"#, true);
        check(r#"{"issuer":"urn:i","c":[]}"#, r#"{"issuer":[{"id":"urn:i"}],"c":null}"#, true);
        check(
            r#"{"issuer":{"id":"urn:i","name":"I","url":"u"},"creator":{"id":"urn:i","name":"I"}}"#,
            r#"{"issuer":{"id":"urn:i","name":"I","url":"u"},"creator":"urn:i"}"#,
            true,
        );
        check(r#"{"n":1.5,"@context":"a"}"#, r#"{"n":"1.5E0","@context":"b"}"#, true);
        check(r#"{"t":{"@value":"x","@language":"fr-CA"}}"#, r#"{"t":{"@value":"x","@language":"fr-ca"}}"#, true);
    }

    #[test]
    fn whatever_changes_the_meaning_is_another_statement() {
        check(r#"{"a":"x"}"#, r#"{"a":"x "}"#, false);
        check(r#"{"a":"é"}"#, "{\"a\":\"e\u{301}\"}", false);
        check(
            r#"{"issuer":{"id":"urn:i","name":"I"},"creator":{"id":"urn:i","name":"J"}}"#,
            r#"{"issuer":{"id":"urn:i","name":"I"},"creator":"urn:i"}"#,
            false,
        );
        check(r#"{"allowedValue":["a","b"]}"#, r#"{"allowedValue":["b","a"]}"#, false);
        check(r#"{"a":1.5}"#, r#"{"a":1.5000000001}"#, false);
        check(r#"{"a":{"id":"x","n":1}}"#, r#"{"a":"x"}"#, false);
        check(r#"{"a":"x","b":"y"}"#, r#"{"a":"y","b":"x"}"#, false);
        check(r#"{"t":{"@value":"x","@language":"fr"}}"#, r#"{"t":"x"}"#, false);
    }
}
