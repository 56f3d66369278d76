//! Requests in the manner of the drafts up to 14, which name the credential by its format and give one proof.

use attesta_jsonld::Value;
use serde_json::{Map, json};

/// How a Credential Request is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As draft 15 and the final text have it: `credential_configuration_id` and `proofs`.
    Final,
    /// As drafts up to 14 have it: `format` with what belongs to it, and `proof`.
    Draft,
}

impl Shape {
    /// The other one.
    pub(super) fn other(self) -> Shape {
        match self {
            Shape::Final => Shape::Draft,
            Shape::Draft => Shape::Final,
        }
    }
}

/// What a request of a draft says of the credential that it wants.
#[derive(Debug, Clone, Default)]
pub(super) struct Description {
    members: Map<String, serde_json::Value>,
}

impl Description {
    /// Takes from the metadata's description, or from an old offer's, what a request repeats.
    pub(super) fn read(format: &str, value: &Value<'_>) -> Description {
        let mut members = Map::new();
        members.insert("format".to_owned(), format.into());
        let copy = |from: &Value<'_>, keys: &[&str], into: &mut Map<String, serde_json::Value>| {
            for key in keys {
                let value = from.get(key).and_then(|value| serde_json::from_str(&value.to_string()).ok());
                into.extend(value.map(|value| ((*key).to_owned(), value)));
            }
        };
        copy(value, &["vct"], &mut members);
        match value.get("credential_definition") {
            Some(definition) => {
                let mut kept = Map::new();
                copy(definition, &["@context", "type", "types"], &mut kept);
                members.insert("credential_definition".to_owned(), kept.into());
            }
            // Draft 11 writes the types beside the format, and for JSON-LD wants them in a definition.
            None if matches!(format, "ldp_vc" | "jwt_vc_json-ld") => {
                let mut kept = Map::new();
                copy(value, &["@context", "types", "type"], &mut kept);
                members.insert("credential_definition".to_owned(), kept.into());
            }
            None => copy(value, &["types", "type"], &mut members),
        }
        Description { members }
    }

    /// The request's body; `identifier` takes the place of the description where the issuer gave one.
    pub(super) fn request(&self, identifier: Option<&str>, proof: Option<String>) -> serde_json::Value {
        let mut body = match identifier {
            Some(identifier) => Map::from_iter([("credential_identifier".to_owned(), identifier.into())]),
            None => self.members.clone(),
        };
        body.extend(proof.map(|jwt| ("proof".to_owned(), json!({"proof_type": "jwt", "jwt": jwt}))));
        body.into()
    }
}
