//! The editions' rules, and what schemas may cost.

use attesta_jsonld::Document;

use super::*;

const ADDRESS: &str = "https://uni.example/schema.json";

fn judge(schema: &str, value: &str) -> Result<Result<(), Violation>, Undecided> {
    let value = Document::parse(value.as_bytes().to_vec()).unwrap();
    let schema = JsonSchema::read(schema.as_bytes().to_vec(), ADDRESS)?;
    let mut effort = Effort::WHOLE;
    effort.lend(|effort| schema.judge(value.root(), effort))
}

#[track_caller]
fn check(schema: &str, holding: &[&str], straying: &[&str]) {
    for (values, expected) in [(holding, true), (straying, false)] {
        for value in values {
            assert_eq!(judge(schema, value).map(|held| held.is_ok()), Ok(expected), "{value}");
        }
    }
}

#[track_caller]
fn check_open(schema: &str, value: &str, expected: Undecided) {
    assert_eq!(judge(schema, value), Err(expected));
}

#[test]
fn values_are_held_against_each_keyword() {
    check(r#"{"type":["integer","null"]}"#, &["1", "1.0", "null", "1e2"], &["1.5", "\"1\"", "true"]);
    check(r#"{"enum":[1,{"a":[2]}]}"#, &["1.0", r#"{"a":[2.0]}"#], &["2", r#"{"a":[2],"b":1}"#]);
    check(r#"{"const":{"a":1,"b":2}}"#, &[r#"{"b":2,"a":1}"#], &["{}"]);
    check(r#"{"minimum":1.1,"exclusiveMaximum":3}"#, &["1.1", "2.99"], &["1.09", "3", "3.0"]);
    check(r#"{"multipleOf":0.01}"#, &["0.07", "4.35", "19.99"], &["0.075"]);
    check(r#"{"minLength":2,"maxLength":2}"#, &["\"né\"", "\"💧💧\""], &["\"a\"", "\"abc\""]);
    check(r#"{"pattern":"^did:[a-z]+:"}"#, &["\"did:web:x\"", "5"], &["\"urn:x\""]);
    check(
        r#"{"items":{"type":"string"},"minItems":1,"uniqueItems":true}"#,
        &[r#"["a"]"#],
        &["[]", "[1]", r#"["a","a"]"#],
    );
    check(r#"{"prefixItems":[{"type":"string"}],"items":false}"#, &["[]", r#"["a"]"#], &[r#"["a",1]"#, "[1]"]);
    check(r#"{"contains":{"const":1},"maxContains":1}"#, &["[0,1]"], &["[0]", "[1,1]"]);
    check(r#"{"contains":{"const":1},"minContains":0}"#, &["[]"], &[]);
    check(r#"{"properties":{"a":{"type":"string"}},"required":["a"]}"#, &[r#"{"a":"x","b":1}"#], &["{}", r#"{"a":1}"#]);
    check(r#"{"patternProperties":{"^x-":{}},"additionalProperties":false}"#, &[r#"{"x-a":1}"#], &[r#"{"a":1}"#]);
    check(r#"{"propertyNames":{"maxLength":1}}"#, &[r#"{"a":1}"#], &[r#"{"ab":1}"#]);
    check(r#"{"dependentRequired":{"a":["b"]}}"#, &["{}", r#"{"a":1,"b":1}"#], &[r#"{"a":1}"#]);
    check(r#"{"dependentSchemas":{"a":{"maxProperties":1}}}"#, &[r#"{"a":1}"#], &[r#"{"a":1,"b":1}"#]);
    check(r#"{"anyOf":[{"type":"string"},{"minimum":2}]}"#, &["2", "\"x\""], &["1"]);
    check(r#"{"oneOf":[{"type":"integer"},{"minimum":2}]}"#, &["1", "2.5"], &["2", "1.5"]);
    check(r#"{"allOf":[{"type":"integer"},{"not":{"const":3}}]}"#, &["2"], &["3"]);
    check(
        r#"{"if":{"type":"string"},"then":{"minLength":1},"else":{"type":"null"}}"#,
        &["\"x\"", "null"],
        &["\"\"", "1"],
    );
    check(r#"{"type":"string","format":"date-time"}"#, &["\"tomorrow\""], &[]);
    check("true", &["1"], &[]);
    check("false", &[], &["1"]);
}

#[test]
fn references_lead_within_the_document() {
    let tree = r##"{"properties":{"child":{"$ref":"#"},"n":{"$ref":"#/$defs/a~1b%20c"}},"$defs":{"a/b c":{"type":"number"}}}"##;
    check(tree, &[r#"{"child":{"child":{"n":1}}}"#], &[r#"{"child":{"child":{"n":"x"}}}"#]);
    let anchored = r##"{"$ref":"#text","$defs":{"x":{"$anchor":"text","type":"string"}}}"##;
    check(anchored, &["\"x\""], &["1"]);
    let by_name =
        r#"{"$id":"https://uni.example/other.json","$ref":"other.json#/$defs/t","$defs":{"t":{"type":"string"}}}"#;
    check(by_name, &["\"x\""], &["1"]);
    check_open(
        r#"{"$ref":"https://uni.example/person.json"}"#,
        "1",
        Undecided::RefersElsewhere { address: "https://uni.example/person.json".to_owned() },
    );
    check_open(r##"{"$ref":"#/$defs/none"}"##, "1", Undecided::Malformed);
}

#[test]
fn older_editions_keep_their_own_rules() {
    let draft7 = r##"{"$schema":"http://json-schema.org/draft-07/schema#","definitions":{"t":{"type":"string"}},"properties":{"a":{"$ref":"#/definitions/t","maxLength":1}},"dependencies":{"b":["a"]}}"##;
    check(draft7, &[r#"{"a":"long"}"#], &[r#"{"a":1}"#, r#"{"b":1}"#]);
    let of_2019 = r##"{"$schema":"https://json-schema.org/draft/2019-09/schema","items":[{"type":"string"}],"additionalItems":{"$recursiveRef":"#"}}"##;
    check(of_2019, &[r#"["a"]"#, r#"["a",["b"]]"#], &[r#"["a",[1]]"#]);
    let draft4 = "http://json-schema.org/draft-04/schema#";
    check_open(&format!(r#"{{"$schema":"{draft4}"}}"#), "1", Undecided::Unsupported { feature: draft4.to_owned() });
}

#[test]
fn the_first_place_that_strays_is_told_and_all_are_counted() {
    let schema = r#"{"properties":{"a/b":{"items":{"type":"string"}},"c":false},"required":["d"]}"#;
    let violation = judge(schema, r#"{"a/b":["x",1,2],"c":1}"#).unwrap().unwrap_err();
    let expected = Violation { pointer: "/a~1b/1".to_owned(), expected: "type: \"string\"".to_owned(), count: 4 };
    assert_eq!(violation, expected);
}

#[test]
fn what_is_not_known_here_leaves_the_question_open() {
    let open = |feature: &str| Undecided::Unsupported { feature: feature.to_owned() };
    check_open(r#"{"unevaluatedProperties":false}"#, "{}", open("unevaluatedProperties"));
    check_open(r#"{"pattern":"^(?!x)"}"#, "\"a\"", open("pattern: ^(?!x)"));
    check_open(r#"{"properties":{"a":{"$id":"inner"}}}"#, r#"{"a":1}"#, open("$id"));
    for malformed in ["[]", "1", "{", r#"{"type":"text"}"#, r#"{"allOf":{}}"#, r#"{"minLength":-1}"#, r#"{"type":5}"#] {
        check_open(malformed, "\"a\"", Undecided::Malformed);
    }
}

#[test]
fn what_a_schema_costs_is_bounded() {
    // Each definition demands the next one twice: the last would be looked at 2 to the 40th times.
    let defs: Vec<String> = (0..40)
        .map(|n| format!(r##""d{n}":{{"allOf":[{{"$ref":"#/$defs/d{m}"}},{{"$ref":"#/$defs/d{m}"}}]}}"##, m = n + 1))
        .collect();
    let doubling = format!(r##"{{"$ref":"#/$defs/d0","$defs":{{{},"d40":{{}}}}}}"##, defs.join(","));
    check_open(&doubling, "1", Undecided::TooCostly);
    check_open(r##"{"$ref":"#"}"##, "1", Undecided::TooCostly);
    check_open(r##"{"not":{"$ref":"#"}}"##, "1", Undecided::TooCostly);
    let text = format!("\"{}!\"", "a".repeat(3_000));
    check(r#"{"pattern":"^(a+)+$"}"#, &["\"aaa\""], &[&text]);
    let large = r#"{"pattern":"^((a{50}){50}){50}$"}"#;
    check_open(large, "\"a\"", Undecided::Unsupported { feature: "pattern: ^((a{50}){50}){50}$".to_owned() });
    let items = format!("[{}]", (0..5_000).map(|n| n.to_string()).collect::<Vec<_>>().join(","));
    check_open(r#"{"uniqueItems":true}"#, &items, Undecided::TooCostly);
}
