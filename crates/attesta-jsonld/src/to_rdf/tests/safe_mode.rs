use super::{OB, V2, check, check_refused, check_with, convert};
use crate::JsonLdErrorCode as Code;
use crate::{Options, SafeMode};

#[test]
fn an_undefined_term_is_found_however_deep_it_hides() {
    let text = format!(
        r#"{{"@context":["{V2}","{OB}"],"type":["VerifiableCredential","OpenBadgeCredential"],
            "credentialSubject":{{"type":"AchievementSubject","achievement":{{"type":"Achievement",
            "alignment":[{{"type":"Alignment","targetName":"a"}},{{"type":"Alignment","grade":"A+"}}]}}}}}}"#
    );
    check_refused(&text, Code::UndefinedTerm, "/credentialSubject/achievement/alignment/1/grade");
}

#[test]
fn a_member_that_would_be_dropped_is_refused_and_its_place_named() {
    for (member, code, pointer) in [
        (r#""term":"x""#, Code::UndefinedTerm, "/term"),
        (r#""term":null"#, Code::UndefinedTerm, "/term"),
        (r#""a/b":"x""#, Code::UndefinedTerm, "/a~1b"),
        (r#""@foo":"x""#, Code::ReservedTerm, "/@foo"),
        (r#""@none":"x""#, Code::DroppedValue, "/@none"),
        (r#""@language":"en""#, Code::DroppedValue, "/@language"),
        (r#""@index":"i""#, Code::UnsignedIndex, "/@index"),
        (r#""_:p":"x""#, Code::RelativeProperty, "/_:p"),
        (r#""http://a b":"x""#, Code::RelativeProperty, "/http:~1~1a b"),
        (r#""@type":"T""#, Code::RelativeType, "/@type"),
        (r#""@type":["urn:T","T"]"#, Code::RelativeType, "/@type/1"),
        (r#""@type":"@json""#, Code::RelativeType, "/@type"),
        (r#""@id":"a""#, Code::RelativeId, "/@id"),
        (r#""@id":"@foo""#, Code::ReservedTerm, "/@id"),
        (r#""@id":"http://a b""#, Code::RelativeId, "/@id"),
        (r#""@graph":["x"]"#, Code::DroppedValue, "/@graph/0"),
        (r#""@graph":[{"@id":"urn:a"}]"#, Code::DroppedValue, "/@graph/0"),
        (r#""@graph":[{"@list":["x"]}]"#, Code::DroppedValue, "/@graph/0/@list"),
        (r#""@reverse":{"term":{}}"#, Code::UndefinedTerm, "/@reverse/term"),
        (r#""@nest":{"term":"x"}"#, Code::UndefinedTerm, "/@nest/term"),
    ] {
        check_refused(&format!(r#"{{"urn:p":"x",{member}}}"#), code, pointer);
    }
}

#[test]
fn a_value_that_would_be_dropped_is_refused_and_its_place_named() {
    for (value, code, pointer) in [
        (r#"{"@value":null}"#, Code::DroppedValue, "/urn:p"),
        (r#"{"@language":"en"}"#, Code::DroppedValue, "/urn:p"),
        (r#"{"@value":"x","term":"y"}"#, Code::UndefinedTerm, "/urn:p/term"),
        (r#"{"@list":["x"],"term":"y"}"#, Code::UndefinedTerm, "/urn:p/term"),
        (r#"{"@value":"x","@language":"e n"}"#, Code::InvalidLanguageTag, "/urn:p"),
        (r#"{"@value":"x","@index":"i"}"#, Code::UnsignedIndex, "/urn:p/@index"),
        (r#"{"@list":["x"],"@index":"i"}"#, Code::UnsignedIndex, "/urn:p/@index"),
        (r#"{"@value":true,"@direction":"rtl"}"#, Code::DroppedDirection, "/urn:p"),
        ("9007199254740993", Code::UnreliableNumber, "/urn:p"),
        ("[1,0.12345678901234567]", Code::UnreliableNumber, "/urn:p/1"),
        (r#"{"@id":"a"}"#, Code::RelativeId, "/urn:p/@id"),
        (r#"[{"@id":"urn:x"},{"@set":[{"@id":""}]}]"#, Code::RelativeId, "/urn:p/1/@set/0/@id"),
    ] {
        check_refused(&format!(r#"{{"urn:p":{value}}}"#), code, pointer);
    }
}

#[test]
fn text_beside_the_nodes_is_refused() {
    for text in [r#""x""#, r#"["x"]"#, "{}", r#"{"@id":"urn:a"}"#, r#"{"@value":"x"}"#, r#"{"@set":["x"]}"#] {
        assert_eq!(convert(text).unwrap_err().code, Code::DroppedValue, "{text}");
    }
}

#[test]
fn the_same_documents_lose_text_without_safe_mode() {
    let off = Options { safe: SafeMode::Off, ..Options::credential() };
    for text in [
        r#"{"@id":"urn:a","urn:p":"x","term":"y"}"#,
        r#"{"@id":"urn:a","urn:p":"x","@language":"en"}"#,
        r#"{"@id":"urn:a","urn:p":["x",{"@value":null}],"@index":"i"}"#,
        r#"{"@id":"urn:a","urn:p":"x","urn:q":{"@id":"relative"},"_:p":"x","@type":"T"}"#,
        r#"{"@id":"urn:a","urn:p":"x","urn:q":{"@value":"x","@language":"e n"},"@foo":{"a":"b"}}"#,
    ] {
        assert!(convert(text).is_err(), "{text}");
        check_with(text, &off, &[r#"<urn:a> <urn:p> "x" ."#]);
    }
}

#[test]
fn coerced_references_must_be_iris() {
    let context = r#""@context":{"ex":"http://example.org/","ref":{"@id":"ex:ref","@type":"@id"},
        "word":{"@id":"ex:word","@type":"@vocab"},"T":"ex:T"}"#;
    check_refused(&format!(r#"{{{context},"ref":"picture.png"}}"#), Code::RelativeId, "/ref");
    check_refused(&format!(r#"{{{context},"word":["T","nothing"]}}"#), Code::RelativeId, "/word/1");
    check(
        &format!(r#"{{{context},"@id":"urn:a","word":"T","ref":"ex:x"}}"#),
        &["<urn:a> <ex:word> <ex:T> .", "<urn:a> <ex:ref> <ex:x> ."],
    );
}

#[test]
fn an_alias_of_index_hides_no_text() {
    let context =
        r#""@context":{"ex":"http://example.org/","note":"@index","by":{"@id":"ex:by","@container":"@index"}}"#;
    check_refused(&format!(r#"{{{context},"ex:p":"x","note":"unsigned"}}"#), Code::UnsignedIndex, "/note");
    check_refused(&format!(r#"{{{context},"by":{{"unsigned":"x"}}}}"#), Code::UnsignedIndex, "/by/unsigned");
    check(&format!(r#"{{{context},"@id":"urn:a","by":{{"@none":"x"}}}}"#), &[r#"<urn:a> <ex:by> "x" ."#]);
}

#[test]
fn what_a_graph_container_can_not_hold_is_refused() {
    let context = r#""@context":{"ex":"http://example.org/","g":{"@id":"ex:g","@container":"@graph","@type":"@id"}}"#;
    check_refused(&format!(r#"{{{context},"g":"urn:a"}}"#), Code::DroppedValue, "/g");
    check_refused(&format!(r#"{{{context},"g":[{{"@id":"urn:a"}}]}}"#), Code::DroppedValue, "/g/0");
    check_refused(&format!(r#"{{{context},"g":[{{}}]}}"#), Code::DroppedValue, "/g/0");
}

#[test]
fn a_direction_needs_a_form_to_be_written_in() {
    let options = Options { rdf_direction: None, ..Options::credential() };
    let text = r#"{"urn:p":{"@value":"x","@direction":"ltr"}}"#;
    let error = super::convert_with(text, &options).unwrap_err();
    assert_eq!((error.code, error.pointer.as_str()), (Code::DroppedDirection, "/urn:p"));
}

#[test]
fn an_error_repeats_no_long_text() {
    let long = "x".repeat(5000);
    let error = convert(&format!(r#"{{"urn:p":{{"@id":"{long}"}}}}"#)).unwrap_err();
    assert!(error.detail.chars().count() <= 121, "{}", error.detail.len());
    assert!(!error.to_string().contains(&long));
}
