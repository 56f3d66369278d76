use super::{Contexts, OB, V2, check, check_refused, convert, convert_with, quads};
use crate::JsonLdErrorCode as Code;
use crate::{ContextSource, Edition, Options, builtin};

#[test]
fn inline_contexts_are_reported_where_they_stand() {
    let text = format!(
        r#"{{"@context":["{V2}",{{"ex":"http://example.org/"}}],"id":"urn:a","ex:p":{{"@context":{{}},"ex:q":"x"}}}}"#
    );
    let rdf = convert(&text).unwrap();
    assert_eq!(rdf.inline_contexts, ["/@context/1", "/ex:p/@context"]);
    let rdf = convert(&format!(r#"{{"@context":"{V2}","id":"urn:a","name":"x"}}"#)).unwrap();
    assert!(rdf.inline_contexts.is_empty());
}

#[test]
fn names_that_only_vocab_knows_are_reported() {
    let text = format!(
        r#"{{"@context":["{V2}","https://www.w3.org/ns/credentials/undefined-terms/v2"],"id":"urn:a","name":"x",
            "type":["VerifiableCredential","Mine"],"own":{{"more":"y"}}}}"#
    );
    let mut pointers = convert(&text).unwrap().open_vocabulary;
    pointers.sort();
    assert_eq!(pointers, ["/own", "/own/more", "/type/1"]);
    let inline = r#"{"@context":{"@vocab":"http://example.org/"},"@id":"urn:a","own":"x"}"#;
    let rdf = convert(inline).unwrap();
    assert_eq!((rdf.open_vocabulary, rdf.inline_contexts), (vec!["/own".to_owned()], vec!["/@context".to_owned()]));
}

#[test]
fn every_context_used_is_named_with_its_hash() {
    let rdf = convert(&format!(r#"{{"@context":["{V2}","{OB}"],"id":"urn:a","name":"x"}}"#)).unwrap();
    let used: Vec<(&str, &str)> = rdf.contexts.iter().map(|used| (&*used.url, &*used.sha256)).collect();
    let newest = builtin().context(OB, Edition::NEWEST).unwrap();
    assert_eq!(used, [(V2, "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f"), (OB, newest.sha256())]);
    assert_eq!(rdf.editions, 2);
    assert_eq!(&*rdf.contexts[1].edition, newest.label());
}

#[test]
fn an_older_edition_knows_the_terms_of_its_time() {
    let text = format!(r#"{{"@context":["{V2}","{OB}"],"id":"urn:a","endorsementJwt":["x"]}}"#);
    assert!(convert(&text).is_ok());
    let error = convert_with(&text, &Options { edition: Edition(1), ..Options::credential() }).unwrap_err();
    assert_eq!((error.code, error.pointer.as_str()), (Code::UndefinedTerm, "/endorsementJwt"));
}

#[test]
fn a_context_that_is_not_at_hand_is_named_by_its_url() {
    let error = convert(r#"{"@context":["https://example.org/unknown"],"urn:p":"x"}"#).unwrap_err();
    assert_eq!(error.code, Code::LoadingRemoteContextFailed);
    assert_eq!(error.detail, "https://example.org/unknown");
}

#[test]
fn a_protected_term_can_not_be_redefined() {
    let text = |own: &str| format!(r#"{{"@context":["{V2}",{own}],"id":"urn:a","name":"x"}}"#);
    check_refused(&text(r#"{"name":"http://example.org/other"}"#), Code::ProtectedTermRedefinition, "/@context");
    check_refused(&text("null"), Code::InvalidContextNullification, "/@context");
    check_refused(
        &format!(r#"{{"@context":"{V2}","id":"urn:a","urn:p":{{"@context":null,"urn:q":"x"}}}}"#),
        Code::InvalidContextNullification,
        "/urn:p/@context",
    );
    check(&text(r#"{"name":"https://schema.org/name"}"#), &[r#"<urn:a> <https://schema.org/name> "x" ."#]);
}

#[test]
fn null_empties_the_context_where_nothing_is_protected() {
    check(
        r#"{"@context":[{"p":"http://example.org/old"},null,{"q":"http://example.org/new"}],"@id":"urn:a","q":"x"}"#,
        &[r#"<urn:a> <ex:new> "x" ."#],
    );
    check_refused(
        r#"{"@context":[{"p":"http://example.org/old"},null],"@id":"urn:a","p":"x"}"#,
        Code::UndefinedTerm,
        "/p",
    );
}

#[test]
fn the_context_of_a_type_ends_with_the_node() {
    let context = r#""@context":{"ex":"http://example.org/","p":"ex:outer","link":"ex:link",
        "T":{"@id":"ex:T","@context":{"p":"ex:inner"}}}"#;
    check(
        &format!(r#"{{{context},"@id":"urn:a","@type":"T","p":"x","link":{{"@id":"urn:b","p":"y"}}}}"#),
        &[
            "<urn:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <ex:T> .",
            r#"<urn:a> <ex:inner> "x" ."#,
            "<urn:a> <ex:link> <urn:b> .",
            r#"<urn:b> <ex:outer> "y" ."#,
        ],
    );
}

#[test]
fn the_context_of_a_property_reaches_into_nested_nodes() {
    let context = r#""@context":{"ex":"http://example.org/","p":"ex:outer",
        "link":{"@id":"ex:link","@context":{"p":"ex:inner"}}}"#;
    check(
        &format!(r#"{{{context},"@id":"urn:a","p":"x","link":{{"@id":"urn:b","ex:to":{{"@id":"urn:c","p":"y"}}}}}}"#),
        &[
            r#"<urn:a> <ex:outer> "x" ."#,
            "<urn:a> <ex:link> <urn:b> .",
            "<urn:b> <ex:to> <urn:c> .",
            r#"<urn:c> <ex:inner> "y" ."#,
        ],
    );
}

#[test]
fn types_apply_their_contexts_in_code_point_order() {
    let context = r#""@context":{"ex":"http://example.org/","A":{"@id":"ex:A","@context":{"p":"ex:a"}},
        "B":{"@id":"ex:B","@context":{"p":"ex:b"}}}"#;
    for types in [r#"["A","B"]"#, r#"["B","A"]"#] {
        let rdf = convert(&format!(r#"{{{context},"@id":"urn:a","@type":{types},"p":"x"}}"#)).unwrap();
        assert!(quads(&rdf).contains(r#"<urn:a> <ex:b> "x" ."#), "{types}");
    }
}

#[test]
fn contexts_may_import_and_refer_to_others() {
    let contexts = Contexts::new(&[
        ("https://example.org/base", r#"{"@context":{"ex":"http://example.org/","p":"ex:p","q":"ex:q"}}"#),
        ("https://example.org/more", r#"{"@context":[{"@import":"base","q":"ex:other"},"base/../last"]}"#),
        ("https://example.org/last", r#"{"@context":{"r":"http://example.org/r"}}"#),
        ("https://example.org/broken", r#"{"context":{}}"#),
    ]);
    let options = Options { contexts: &contexts, ..Options::credential() };
    let text = |url: &str| format!(r#"{{"@context":"{url}","@id":"urn:a","p":"1","q":"2","r":"3"}}"#);
    super::check_with(
        &text("https://example.org/more"),
        &options,
        &[r#"<urn:a> <ex:p> "1" ."#, r#"<urn:a> <ex:other> "2" ."#, r#"<urn:a> <ex:r> "3" ."#],
    );
    let error = convert_with(&text("https://example.org/broken"), &options).unwrap_err();
    assert_eq!(error.code, Code::InvalidRemoteContext);
    assert!(convert_with(&text(V2), &options).is_err(), "a source of one's own has no built-in contexts");
}

#[test]
fn a_faulty_context_is_refused_with_the_code_of_the_specification() {
    for (context, code) in [
        (r#"{"a":{"@id":"b:c"},"b":{"@id":"a:d"}}"#, Code::CyclicIriMapping),
        (r#"{"":"urn:a"}"#, Code::InvalidTermDefinition),
        (r#"{"a":{"@id":"urn:a","x":1}}"#, Code::InvalidTermDefinition),
        (r#"{"a":"no-iri"}"#, Code::InvalidIriMapping),
        (r#"{"a":"@context"}"#, Code::InvalidKeywordAlias),
        (r#"{"@id":"urn:a"}"#, Code::KeywordRedefinition),
        (r#"{"a":{"@id":"urn:a","@type":"x"}}"#, Code::InvalidTypeMapping),
        (r#"{"a":{"@id":"urn:a","@container":["@list","@set"]}}"#, Code::InvalidContainerMapping),
        (r#"{"a":{"@id":"urn:a","@context":{"b":"no-iri"}}}"#, Code::InvalidScopedContext),
        (r#"{"@version":1.0}"#, Code::InvalidVersionValue),
        (r#"{"@propagate":"yes"}"#, Code::InvalidPropagateValue),
        (r#"{"@language":1}"#, Code::InvalidDefaultLanguage),
        (r#"{"@direction":"up"}"#, Code::InvalidBaseDirection),
        (r#"{"@base":"relative"}"#, Code::InvalidBaseIri),
        (r#"{"@vocab":1}"#, Code::InvalidVocabMapping),
        (r#"{"@import":1}"#, Code::InvalidImportValue),
        (r#"{"@protected":1}"#, Code::InvalidProtectedValue),
        (r#"{"@foo":"urn:a"}"#, Code::ReservedTerm),
        (r#"{"a":"@foo"}"#, Code::ReservedTerm),
        ("1", Code::InvalidLocalContext),
    ] {
        check_refused(&format!(r#"{{"@context":{context},"urn:p":"x"}}"#), code, "/@context");
    }
}
