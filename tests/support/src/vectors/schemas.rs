//! Does it keep to the schemas that it names? Whatever comes of it, the verdict stays.

use attesta_verify::FetchFailureKind;
use serde_json::{Value, json};

use crate::case::{Canned, Case, pretty};
use crate::document::{OPEN_BADGES_EXTENSIONS, edited, open_badge, with_context, without};
use crate::party::institute;
use crate::signing::secured;

const SCHEMA: &str = "https://institute.example/schemas/badge.json";
const EDITION: &str = "https://json-schema.org/draft/2019-09/schema";

/// A badge that names a schema.
fn badge(change: impl FnOnce(&mut Value)) -> Value {
    let unsigned = edited(with_context(open_badge(&institute()), OPEN_BADGES_EXTENSIONS), |badge| {
        badge["credentialSchema"] = json!({ "id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019" });
        change(badge);
    });
    secured(unsigned, &institute())
}

fn schema() -> Value {
    json!({
        "$schema": EDITION,
        "$id": SCHEMA,
        "type": "object",
        "required": ["issuer", "validFrom", "credentialSubject"],
        "properties": {
            "issuer": { "$ref": "#/$defs/Profile" },
            "validFrom": { "type": "string", "format": "date-time" },
        },
        "additionalProperties": true,
        "$defs": {
            "Profile": {
                "type": "object",
                "required": ["id", "type"],
                "properties": { "id": { "type": "string", "pattern": "^(did|https):" } },
            },
        },
    })
}

/// A schema in which each definition demands the next one twice.
fn doubling() -> Value {
    let next = |n: usize| json!({ "$ref": format!("#/$defs/d{n}") });
    let mut defs: serde_json::Map<String, Value> =
        (0..40).map(|n| (format!("d{n}"), json!({ "allOf": [next(n + 1), next(n + 1)] }))).collect();
    defs.insert("d40".to_owned(), json!({}));
    json!({ "$schema": EDITION, "allOf": [next(0)], "$defs": defs })
}

pub(super) fn cases() -> Vec<Case> {
    let case = |name: &str, story: &str, schema: &Value, outcome: &str| {
        Case::json(name, story, &badge(|_| {})).answering(SCHEMA, schema).expect("valid", &[("schema", outcome)])
    };
    let with = |keyword: &str, constraint: Value| edited(schema(), |schema| schema[keyword] = constraint);
    let violated = "fail schema_violated";
    vec![
        case("schema_good", "It keeps to the schema that it names.", &schema(), "pass schema_holds"),
        case(
            "schema_violated",
            "The schema demands a member that the badge does not have.",
            &with("required", json!(["termsOfUse"])),
            violated,
        ),
        case(
            "schema_violated_within",
            "The schema demands another kind of issuer.",
            &edited(schema(), |schema| schema["$defs"]["Profile"]["properties"]["id"]["pattern"] = json!("^urn:")),
            violated,
        ),
        case("schema_not_one", "A list stands where the schema should.", &json!([1]), "inconclusive schema_malformed"),
        case(
            "schema_of_another_edition",
            "The schema is written in an edition that is not known here.",
            &with("$schema", json!("http://json-schema.org/draft-03/schema#")),
            "inconclusive schema_feature_unsupported",
        ),
        case(
            "schema_resting_on_another",
            "The schema leads to another document, which is not asked for.",
            &with("allOf", json!([{ "$ref": "https://elsewhere.example/schema.json" }])),
            "inconclusive schema_refers_elsewhere",
        ),
        case(
            "schema_doubling",
            "Each part of the schema demands the next one twice, forty times over.",
            &doubling(),
            "inconclusive schema_too_costly",
        ),
        case(
            "schema_endless",
            "The schema demands itself.",
            &with("allOf", json!([{ "$ref": "#" }])),
            "inconclusive schema_too_costly",
        ),
        case(
            "schema_slow_pattern",
            "A pattern would take other readers for ever.",
            &edited(schema(), |schema| schema["properties"]["name"] = json!({ "pattern": "^(([a-zA-Z ]+)+)+$" })),
            "pass schema_holds",
        ),
        case(
            "schema_looking_around",
            "A pattern looks around, which takes other readers for ever and is not known here.",
            &edited(schema(), |schema| schema["properties"]["name"] = json!({ "pattern": "^(?!x)" })),
            "inconclusive schema_feature_unsupported",
        ),
        Case::json("schema_unreachable", "The schema's host does not answer.", &badge(|_| {}))
            .failing(SCHEMA, FetchFailureKind::TimedOut)
            .expect("valid", &[("schema", "inconclusive schema_unreachable")]),
        Case::json("schema_unreadable", "What comes as a schema is no JSON.", &badge(|_| {}))
            .with_answer(SCHEMA, Canned::Fresh(b"<html>".to_vec()))
            .expect("valid", &[("schema", "inconclusive schema_malformed")]),
        Case::json("schema_pinned", "The schema is the one that was pinned.", &{
            badge(|badge| badge["credentialSchema"]["digestSRI"] = json!(sri(&pretty(&schema()))))
        })
        .answering(SCHEMA, &schema())
        .expect("valid", &[("schema", "pass schema_holds")]),
        Case::json("schema_exchanged", "The schema is another one than was pinned.", &{
            badge(|badge| badge["credentialSchema"]["digestSRI"] = json!(sri(b"{}")))
        })
        .answering(SCHEMA, &schema())
        .expect("valid", &[("schema", "fail digest_mismatch")]),
        Case::json("schema_of_another_kind", "A credential carries the schema.", &{
            badge(|badge| badge["credentialSchema"]["type"] = json!("JsonSchemaCredential"))
        })
        .expect("valid", &[("schema", "inconclusive unsupported_schema")]),
        Case::json("schema_several", "It names two schemas and keeps to one.", &{
            badge(|badge| {
                let second = json!({ "id": "https://institute.example/schemas/2.json", "type": "JsonSchema" });
                badge["credentialSchema"] = json!([badge["credentialSchema"], second]);
            })
        })
        .answering(SCHEMA, &schema())
        .answering("https://institute.example/schemas/2.json", &json!({ "type": "array" }))
        .expect("valid", &[("schema", "pass schema_holds"), ("schema", violated)]),
        Case::json("schema_not_asked_when_unsigned", "Nobody signed it, so its schema is not asked for.", &{
            without(badge(|_| {}), "proof")
        })
        .expect("unverifiable", &[("schema", "skipped proof_not_established")]),
    ]
}

/// SHA-384 as Subresource Integrity writes it.
pub(super) fn sri(bytes: &[u8]) -> String {
    use base64::Engine;
    use sha2::{Digest, Sha384};
    format!("sha384-{}", base64::engine::general_purpose::STANDARD.encode(Sha384::digest(bytes)))
}
