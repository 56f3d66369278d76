//! Whether a document spells its graph the ordinary way.
//!
//! A suite that signs an RDF graph does not sign how JSON spells it. The same graph can be written so that readers of
//! plain JSON overlook half of it: the end of validity under a full IRI instead of `validUntil`, the status entry in an
//! `@included` block or under a second object with the credential's identifier, a failed result twice in an array where
//! readers expect one. The signature would still hold. What is shown and checked here is read as plain JSON, so such
//! spellings are refused; no honest issuer uses them.

mod described;
mod overlooked;

use std::collections::HashSet;

use attesta_credential::shared::SHARED_MEMBERS;
use attesta_jsonld::{Object, Value, escape_pointer_token};

pub(crate) use overlooked::first_overlooked;

/// Members whose value the contexts take as JSON, which is signed as it stands.
pub(crate) const JSON_MEMBERS: [&str; 3] = ["_sd", "jsonSchema", "jwk"];

/// How a value is signed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signed {
    /// As a part of the graph, where arrays are sets.
    AsGraph,
    /// As JSON.
    AsJson,
}

/// The JSON pointer of the first spelling that plain JSON readers would misread.
pub(crate) fn first_departure(document: &Object<'_>) -> Option<String> {
    let types = document.get("type").map(Value::one_or_many).unwrap_or_default();
    let presents = types.iter().any(|name| name.as_str() == Some("VerifiablePresentation"));
    // Of these the data model admits one spelling, and no published context knows another.
    let ours = |key: &str| presents && SHARED_MEMBERS.contains(&key);
    let members = document.iter().filter(|(key, _)| *key != "proof" && !ours(key));
    let mut odd = members.map(|(key, value)| in_member(ObjectKind::of(document), key, value, Signed::AsGraph));
    odd.find_map(|found| found).or_else(|| described::first_scattered(document))
}

/// The first member of a proof that proofs don't have: under another context it may be another spelling of one that
/// they have, such as `expiration` for `expires`.
pub(crate) fn first_odd_member<'d>(proof: &'d Object<'_>) -> Option<&'d str> {
    const MEMBERS: [&str; 14] = [
        "@context",
        "challenge",
        "created",
        "cryptosuite",
        "domain",
        "expires",
        "id",
        "jws",
        "nonce",
        "previousProof",
        "proofPurpose",
        "proofValue",
        "type",
        "verificationMethod",
    ];
    proof.iter().map(|(key, _)| key).find(|key| !MEMBERS.contains(key))
}

/// Whether a context stands in the document itself, anywhere, rather than being named by its URL.
pub(crate) fn has_inline_context(document: &Object<'_>) -> bool {
    document.iter().any(|(key, value)| match (key, value) {
        ("@context", context) => context.one_or_many().iter().any(|item| item.as_object().is_some()),
        (_, Value::Object(object)) => has_inline_context(object),
        (_, Value::Array(items)) => items.iter().filter_map(Value::as_object).any(has_inline_context),
        _ => false,
    })
}

/// Whether an object stands for a thing or for a text with its language.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ObjectKind {
    /// A thing.
    Node,
    /// A [value object](https://www.w3.org/TR/json-ld11/#value-objects) with a language or a direction.
    Text,
    /// Another value object: the same value as its `@value` alone, in a form that readers take for no value.
    Value,
}

impl ObjectKind {
    fn of(object: &Object<'_>) -> Self {
        let has = |keyword: &str| object.contains_key(keyword);
        // Most objects have no keyword at all.
        if object.iter().all(|(key, _)| !key.starts_with('@')) || !has("@value") {
            return ObjectKind::Node;
        }
        if has("@language") || has("@direction") { ObjectKind::Text } else { ObjectKind::Value }
    }
}

/// The pointer, relative to the object, of a departure in one of its members. Pointers are only written once there
/// is a departure, because there hardly ever is one.
fn in_member(of: ObjectKind, key: &str, value: &Value<'_>, signed: Signed) -> Option<String> {
    let ordinary = match (of, key) {
        (_, "@context") => value.one_or_many().iter().all(|item| !matches!(item, Value::Null)),
        (ObjectKind::Text, "@value" | "@language" | "@direction") => value.as_str().is_some(),
        (ObjectKind::Text | ObjectKind::Value, _) => false,
        // A text in its place has the same meaning in the graph, and another one to readers.
        (ObjectKind::Node, "hashed") => value.one_or_many().iter().all(|item| matches!(item, Value::Bool(_))),
        // Types have capital letters, and some vocabularies give a type and a property one IRI.
        (ObjectKind::Node, _) => {
            !key.starts_with(|first: char| first == '@' || first.is_ascii_uppercase())
                && !key.bytes().any(|byte| byte == b':')
        }
    };
    let signed = if JSON_MEMBERS.contains(&key) { Signed::AsJson } else { signed };
    let below = match (ordinary, key) {
        (false, _) => String::new(),
        (true, "@context") => return None,
        (true, _) => in_value(key, value, signed)?,
    };
    Some(format!("/{}{below}", escape_pointer_token(key)))
}

/// The pointer, relative to the value of the member `key`, of a departure in it.
fn in_value(key: &str, value: &Value<'_>, signed: Signed) -> Option<String> {
    match value {
        // A blank node label joins objects that look apart.
        Value::String(text) if text.starts_with("_:") => Some(String::new()),
        Value::Array(items) => {
            let odd = (signed == Signed::AsGraph).then(|| first_merged(key, items)).flatten();
            odd.map(|index| format!("/{index}")).or_else(|| {
                let mut items = items.iter().enumerate();
                items.find_map(|(index, item)| in_value(key, item, signed).map(|below| format!("/{index}{below}")))
            })
        }
        Value::Object(object) => {
            let kind = ObjectKind::of(object);
            object.iter().find_map(|(key, value)| in_member(kind, key, value, signed))
        }
        _ => None,
    }
}

/// What a graph can't tell from an equal item of the same array.
#[derive(PartialEq, Eq, Hash)]
enum Item<'d> {
    /// A text, or the identifier of a thing.
    Text(&'d str),
    /// A text with language and direction.
    InLanguage(&'d str, String, &'d str),
    /// A number by the bits of its value.
    Number(u64),
    Bool(bool),
}

/// The place of the first item that is lost in the graph because an array is a set there: a repetition, a `null`, an
/// array inside the array, or a value of another kind than those before it, which may stand for the same.
fn first_merged(key: &str, items: &[Value<'_>]) -> Option<usize> {
    // Going through a few is faster than hashing them.
    const FEW: usize = 16;
    let mut few = Vec::new();
    let mut many = HashSet::new();
    let mut is_new = |item| match items.len() <= FEW {
        true if items.len() == 1 => true,
        true if few.contains(&item) => false,
        true => {
            few.push(item);
            true
        }
        false => many.insert(item),
    };
    let mut scalars = None;
    items.iter().position(|item| {
        let read = match item {
            Value::Null | Value::Array(_) => return true,
            Value::String(text) => Item::Text(text),
            Value::Number(number) => Item::Number((number.as_f64() + 0.0).to_bits()),
            Value::Bool(value) => Item::Bool(*value),
            Value::Object(object) => match in_language(object) {
                Some(text) => text,
                None => match object.get("id").and_then(Value::as_str) {
                    Some(id) => Item::Text(id),
                    None => return false,
                },
            },
        };
        if !matches!(item, Value::Object(_)) {
            let kind = std::mem::discriminant(&read);
            if *scalars.get_or_insert(kind) != kind {
                return true;
            }
        }
        // `allowedValue` is an ordered list. What stands in the other two is read, and proven, each on its own.
        let kept_apart = matches!(key, "allowedValue" | "endorsement" | "verifiableCredential");
        !is_new(read) && !kept_apart
    })
}

fn in_language<'d>(object: &'d Object<'_>) -> Option<Item<'d>> {
    let text = |member: &str| object.get(member).and_then(Value::as_str);
    let language = text("@language").unwrap_or_default().to_ascii_lowercase();
    Some(Item::InLanguage(text("@value")?, language, text("@direction").unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Option<&str>) {
        let document = Document::parse(json.as_bytes().to_vec()).unwrap();
        assert_eq!(first_departure(document.root().as_object().unwrap()).as_deref(), expected, "{json}");
    }

    #[test]
    fn ordinary_documents_pass() {
        check(
            r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"id":"urn:x:1","type":["A"],
                "name":{"@value":"x","@language":"fr","@direction":"ltr"},
                "credentialSubject":{"id":"urn:x:2","n":[1,2.5],"t":["a","b"],"b":true,"x":null},"proof":{"@odd":1}}"#,
            None,
        );
        check(
            r#"{"id":"urn:x:1","endorsement":{"credentialSubject":{"id":"urn:x:1","endorsementComment":"good"}}}"#,
            None,
        );
    }

    #[test]
    fn a_member_under_its_full_iri_is_found() {
        check(
            r#"{"https://www.w3.org/2018/credentials#validUntil":"2020-01-01T00:00:00Z"}"#,
            Some("/https:~1~1www.w3.org~12018~1credentials#validUntil"),
        );
        check(r#"{"a":[{"cred:validUntil":1}]}"#, Some("/a/0/cred:validUntil"));
    }

    #[test]
    fn our_own_members_are_ordinary_in_a_presentation_alone() {
        let members = r#""attesta:audience":"_:a","attesta:hidden":["skills"],"attesta:contents":"u","attesta:notes":
            [{"attesta:place":1,"attesta:text":"_:a"}],"attesta:beside":[{"attesta:place":1,"attesta:text":"x"}]"#;
        check(&format!(r#"{{"type":["VerifiablePresentation"],{members}}}"#), None);
        check(r#"{"type":["VerifiableCredential"],"attesta:audience":"a"}"#, Some("/attesta:audience"));
        check(r#"{"type":"VerifiablePresentation","attesta:place":1}"#, Some("/attesta:place"));
        check(
            r#"{"type":"VerifiablePresentation","verifiableCredential":[{"attesta:notes":[]}]}"#,
            Some("/verifiableCredential/0/attesta:notes"),
        );
    }

    #[test]
    fn a_type_in_place_of_a_property_is_found() {
        check(
            r#"{"credentialSubject":{"achievement":{"Criteria":{}}}}"#,
            Some("/credentialSubject/achievement/Criteria"),
        );
    }

    #[test]
    fn structural_keywords_are_found() {
        for key in ["@included", "@graph", "@nest", "@reverse", "@id", "@type", "@index", "@set", "@list", "@none"] {
            check(&format!(r#"{{"a":{{"{key}":[]}}}}"#), Some(&format!("/a/{key}")));
        }
        check(r#"{"a":{"@context":[null]}}"#, Some("/a/@context"));
        check(r#"{"a":{"@language":"fr"}}"#, Some("/a/@language"));
    }

    #[test]
    fn a_second_description_of_the_credential_is_found() {
        check(r#"{"id":"urn:x:1","evidence":[{"id":"urn:x:1","validUntil":"x"}]}"#, Some("/evidence/0"));
        check(r#"{"id":"urn:x:1","evidence":[{"id":"urn:x:2","validUntil":"x"}]}"#, None);
    }

    #[test]
    fn a_value_wrapped_without_need_is_found() {
        check(r#"{"status":{"@value":"Failed"}}"#, Some("/status/@value"));
        check(
            r#"{"status":[{"@value":"Failed","@type":"http://www.w3.org/2001/XMLSchema#string"}]}"#,
            Some("/status/0/@value"),
        );
        check(r#"{"status":{"type":"xsd","@value":"Failed"}}"#, Some("/status/type"));
        check(r#"{"name":{"@value":null,"@language":"en"}}"#, Some("/name/@value"));
        check(r#"{"name":{"@value":"x","@language":"en","@type":"y"}}"#, Some("/name/@type"));
        check(r#"{"name":{"@value":"x","@language":null}}"#, Some("/name/@language"));
    }

    #[test]
    fn what_an_array_says_twice_is_found() {
        check(r#"{"status":["Failed","Failed"]}"#, Some("/status/1"));
        check(r#"{"creditsEarned":[4,4.0]}"#, Some("/creditsEarned/1"));
        check(r#"{"creditsEarned":[0,-0.0]}"#, Some("/creditsEarned/1"));
        check(r#"{"creditsEarned":[4.5,"4.5E0"]}"#, Some("/creditsEarned/1"));
        check(r#"{"status":["Failed",null]}"#, Some("/status/1"));
        check(r#"{"name":[{"@value":"x","@language":"fr"},{"@value":"x","@language":"FR"}]}"#, Some("/name/1"));
        check(r#"{"name":[{"@value":"x","@language":"fr"},{"@value":"x","@language":"en"},"x"]}"#, None);
        check(r#"{"criteria":["urn:c",{"id":"urn:c","narrative":"x"}]}"#, Some("/criteria/1"));
        check(r#"{"criteria":[{"id":"urn:c"},{"id":"urn:c","narrative":"x"}]}"#, Some("/criteria/1"));
        check(r#"{"criteria":[{"id":"urn:c","narrative":"x"},{"id":"urn:c","narrative":"x"}]}"#, Some("/criteria/1"));
        check(r#"{"alignment":[{"targetName":"x"},{"targetName":"x"}]}"#, None);
    }

    #[test]
    fn an_ordered_list_may_repeat_its_values() {
        check(r#"{"resultDescription":{"allowedValue":["A","B","A"]}}"#, None);
        check(r#"{"resultDescription":{"allowedValue":["A",["B"]]}}"#, Some("/resultDescription/allowedValue/1"));
    }

    #[test]
    fn an_array_in_an_array_is_found() {
        check(r#"{"result":[[{"status":"Failed"}]]}"#, Some("/result/0"));
        check(r#"{"result":[[]]}"#, Some("/result/0"));
    }

    #[test]
    fn what_is_signed_as_json_may_repeat_and_nest() {
        check(r#"{"credentialSchema":{"jsonSchema":{"enum":["a","a",null,[1,"1"]],"d":{"id":"x","e":1}}}}"#, None);
        check(r#"{"jsonSchema":{"a:b":1}}"#, Some("/jsonSchema/a:b"));
    }

    #[test]
    fn hashed_is_true_or_false() {
        check(r#"{"identifier":{"hashed":true}}"#, None);
        check(r#"{"identifier":{"hashed":[false]}}"#, None);
        for odd in [r#""true""#, r#"["true"]"#, "1", r#"{"@value":true}"#] {
            check(&format!(r#"{{"identifier":{{"hashed":{odd}}}}}"#), Some("/identifier/hashed"));
        }
    }

    #[test]
    fn blank_node_labels_are_found() {
        check(r#"{"id":"_:b0"}"#, Some("/id"));
        check(r#"{"a":{"b":["_:b0"]}}"#, Some("/a/b/0"));
    }
}
