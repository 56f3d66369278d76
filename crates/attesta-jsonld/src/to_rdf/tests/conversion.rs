use super::{OB, V2, check, check_with, convert, quads};
use crate::{GeneralizedRdf, Options, RdfDirection, SafeMode};

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

#[test]
fn text_with_a_direction_becomes_an_i18n_literal() {
    let text = r#"{"ex:p":[{"@value":"שלום","@language":"HE","@direction":"rtl"},{"@value":"a","@direction":"ltr"}],
        "@context":{"ex":"http://example.org/"}}"#;
    check(
        text,
        &[
            r#"_:b0 <ex:p> "a"^^<https://www.w3.org/ns/i18n#_ltr> ."#,
            r#"_:b0 <ex:p> "שלום"^^<https://www.w3.org/ns/i18n#he_rtl> ."#,
        ],
    );
    let compound = Options { rdf_direction: Some(RdfDirection::CompoundLiteral), ..Options::credential() };
    check_with(
        r#"{"http://example.org/p":{"@value":"a","@language":"en","@direction":"ltr"}}"#,
        &compound,
        &[
            "_:b0 <ex:p> _:b1 .",
            r#"_:b1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#direction> "ltr" ."#,
            r#"_:b1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#language> "en" ."#,
            r#"_:b1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> "a" ."#,
        ],
    );
}

#[test]
fn numbers_and_booleans_get_their_canonical_form() {
    for (written, expected) in [
        ("1e-7", format!(r#""1.0E-7"^^<{XSD}double>"#)),
        ("4.5", format!(r#""4.5E0"^^<{XSD}double>"#)),
        ("5.0", format!(r#""5"^^<{XSD}integer>"#)),
        ("1e21", format!(r#""1.0E21"^^<{XSD}double>"#)),
        ("true", format!(r#""true"^^<{XSD}boolean>"#)),
        (r#"{"@value":5,"@type":"http://www.w3.org/2001/XMLSchema#double"}"#, format!(r#""5.0E0"^^<{XSD}double>"#)),
    ] {
        check(&format!(r#"{{"http://example.org/p":{written}}}"#), &[&format!("_:b0 <ex:p> {expected} .")]);
    }
}

#[test]
fn the_https_datatypes_of_open_badges_are_kept_as_they_are() {
    let text = format!(
        r#"{{"@context":["{V2}","{OB}"],"id":"urn:s","type":"AchievementSubject","creditsEarned":4.5,
            "identifier":{{"type":"IdentityObject","hashed":true}}}}"#
    );
    let quads = quads(&convert(&text).unwrap());
    assert!(quads.contains(r#""4.5E0"^^<https://www.w3.org/2001/XMLSchema#float>"#), "{quads}");
    assert!(quads.contains(r#""true"^^<https://www.w3.org/2001/XMLSchema#boolean>"#), "{quads}");
}

#[test]
fn a_list_of_strings_keeps_every_item() {
    let text = format!(
        r#"{{"@context":["{V2}","{OB}"],"id":"urn:r","type":"ResultDescription","allowedValue":["a","b","a"]}}"#
    );
    let quads = quads(&convert(&text).unwrap());
    let first = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>";
    assert_eq!(quads.matches(&format!("{first} \"a\"")).count(), 2, "{quads}");
    assert_eq!(quads.matches(&format!("{first} \"b\"")).count(), 1, "{quads}");
}

#[test]
fn lists_nest_and_an_empty_list_is_nil() {
    let nil = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>";
    let first = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>";
    let rest = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>";
    check(
        r#"{"@id":"urn:a","http://example.org/p":{"@list":[["x"],[]]}}"#,
        &[
            "<urn:a> <ex:p> _:b1 .",
            &format!("_:b0 {first} {nil} ."),
            &format!("_:b0 {rest} {nil} ."),
            &format!("_:b1 {first} _:b2 ."),
            &format!("_:b1 {rest} _:b0 ."),
            &format!("_:b2 {first} \"x\" ."),
            &format!("_:b2 {rest} {nil} ."),
        ],
    );
}

#[test]
fn a_value_that_stands_twice_is_one_quad() {
    check(r#"{"@id":"urn:a","http://example.org/p":["x","x",{"@value":"x"}]}"#, &[r#"<urn:a> <ex:p> "x" ."#]);
}

#[test]
fn a_proof_is_a_graph_of_its_own_inside_the_document() {
    let text = format!(
        r#"{{"@context":"{V2}","id":"urn:c","type":"VerifiableCredential","proof":{{"type":"DataIntegrityProof",
            "cryptosuite":"eddsa-rdfc-2022"}}}}"#
    );
    check(
        &text,
        &[
            "<urn:c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .",
            "<urn:c> <https://w3id.org/security#proof> _:b0 .",
            "_:b1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> _:b0 .",
            r#"_:b1 <https://w3id.org/security#cryptosuite> "eddsa-rdfc-2022"^^<https://w3id.org/security#cryptosuiteString> _:b0 ."#,
        ],
    );
}

#[test]
fn a_json_literal_is_canonical() {
    check(
        r#"{"http://example.org/p":{"@type":"@json","@value":{"b":1.0,"a":[null]}}}"#,
        &[r#"_:b0 <ex:p> "{\"a\":[null],\"b\":1}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> ."#],
    );
}

#[test]
fn only_a_document_that_is_nothing_but_a_graph_is_the_default_graph() {
    let node = r#"{"@id":"urn:a","http://example.org/p":"x"}"#;
    check(&format!(r#"{{"@graph":[{node}]}}"#), &[r#"<urn:a> <ex:p> "x" ."#]);
    check(&format!(r#"{{"@id":"urn:g","@graph":[{node}]}}"#), &[r#"<urn:a> <ex:p> "x" <urn:g> ."#]);
    check(&format!(r#"[{{"@graph":[{node}]}}]"#), &[r#"<urn:a> <ex:p> "x" _:b0 ."#]);
    check(
        &format!(r#"{{"@graph":[{node}],"http://example.org/q":"y"}}"#),
        &[r#"<urn:a> <ex:p> "x" _:b0 ."#, r#"_:b0 <ex:q> "y" ."#],
    );
}

#[test]
fn maps_give_their_keys_to_what_they_hold() {
    let context = r#""@context":{"ex":"http://example.org/","T":"ex:T",
        "lang":{"@id":"ex:lang","@container":"@language"},"ids":{"@id":"ex:ids","@container":"@id"},
        "types":{"@id":"ex:types","@container":"@type"},"graphs":{"@id":"ex:graphs","@container":["@graph","@id"]},
        "keys":{"@id":"ex:keys","@container":"@index","@index":"ex:key"}}"#;
    let rdf_type = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";
    for (member, expected) in [
        (
            r#""lang":{"FR":["oui","si"],"@none":"x"}"#,
            vec![
                r#"<urn:a> <ex:lang> "oui"@fr ."#.to_owned(),
                r#"<urn:a> <ex:lang> "si"@fr ."#.to_owned(),
                r#"<urn:a> <ex:lang> "x" ."#.to_owned(),
            ],
        ),
        (
            r#""ids":{"urn:b":{"ex:p":"x"}}"#,
            vec!["<urn:a> <ex:ids> <urn:b> .".to_owned(), r#"<urn:b> <ex:p> "x" ."#.to_owned()],
        ),
        (
            r#""types":{"T":{"@id":"urn:b"}}"#,
            vec!["<urn:a> <ex:types> <urn:b> .".to_owned(), format!("<urn:b> {rdf_type} <ex:T> .")],
        ),
        (
            r#""graphs":{"urn:g":{"@id":"urn:b","ex:p":"x"}}"#,
            vec!["<urn:a> <ex:graphs> <urn:g> .".to_owned(), r#"<urn:b> <ex:p> "x" <urn:g> ."#.to_owned()],
        ),
        (
            r#""keys":{"k":{"@id":"urn:b"}}"#,
            vec!["<urn:a> <ex:keys> <urn:b> .".to_owned(), r#"<urn:b> <ex:key> "k" ."#.to_owned()],
        ),
    ] {
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        check(&format!(r#"{{{context},"@id":"urn:a",{member}}}"#), &expected);
    }
}

#[test]
fn reverse_properties_point_to_the_node() {
    let context = r#""@context":{"ex":"http://example.org/","of":{"@reverse":"ex:has"}}"#;
    check(&format!(r#"{{{context},"@id":"urn:a","of":{{"@id":"urn:b"}}}}"#), &["<urn:b> <ex:has> <urn:a> ."]);
    check(
        &format!(r#"{{{context},"@id":"urn:a","@reverse":{{"ex:q":{{"@id":"urn:b"}}}}}}"#),
        &["<urn:b> <ex:q> <urn:a> ."],
    );
    check(
        &format!(r#"{{{context},"@id":"urn:a","@reverse":{{"of":{{"@id":"urn:b"}}}}}}"#),
        &["<urn:a> <ex:has> <urn:b> ."],
    );
}

#[test]
fn nested_members_belong_to_the_node_around_them() {
    check(
        r#"{"@context":{"ex":"http://example.org/","labels":"@nest"},"labels":{"@id":"urn:a","ex:p":"x",
            "labels":[{"ex:q":"y"}]}}"#,
        &[r#"<urn:a> <ex:p> "x" ."#, r#"<urn:a> <ex:q> "y" ."#],
    );
}

#[test]
fn relative_references_resolve_where_there_is_a_base() {
    let options = Options { base: Some("http://example.org/dir/doc"), ..Options::credential() };
    check_with(
        r##"{"@id":"#me","http://example.org/p":{"@id":"../x"}}"##,
        &options,
        &["<ex:dir/doc#me> <ex:p> <ex:x> ."],
    );
}

#[test]
fn blank_nodes_are_predicates_in_generalized_rdf_only() {
    let text = r#"{"@id":"urn:a","_:p":"x"}"#;
    let options = Options { generalized_rdf: GeneralizedRdf::Produce, ..Options::credential() };
    check_with(text, &options, &[r#"<urn:a> _:p "x" ."#]);
    check_with(text, &Options { safe: SafeMode::Off, ..Options::credential() }, &[]);
}

#[test]
fn a_label_written_in_the_document_never_meets_one_that_we_make() {
    let rdf = convert(r#"{"http://example.org/p":{"@id":"_:b0"},"http://example.org/q":{"@id":"_:b0"}}"#).unwrap();
    let quads: Vec<_> = rdf.dataset.quads().collect();
    assert_eq!(quads[0].object, quads[1].object);
    assert_ne!(quads[0].subject, quads[0].object);
}

#[test]
fn null_says_nothing_anywhere() {
    check(
        r#"{"@id":"urn:a","http://example.org/p":null,"http://example.org/q":["x",null],"http://example.org/r":[]}"#,
        &[r#"<urn:a> <ex:q> "x" ."#],
    );
}
