use super::{OB, V2, quads};
use crate::{Document, JsonLdError, Options, RdfDocument, Value, to_rdf, to_rdf_without};

/// Leaving members out gives what a document without them gives, be it a graph or an error.
#[track_caller]
fn check(text: &str) {
    let document = Document::parse(text.as_bytes().to_vec()).unwrap();
    let shown = |result: Result<RdfDocument, JsonLdError>| {
        result.map(|rdf| (quads(&rdf), rdf.contexts, rdf.inline_contexts, rdf.open_vocabulary))
    };
    let without = Value::Object(document.root().as_object().unwrap().without(&["proof", "also"]));
    let options = Options::credential();
    let found = shown(to_rdf_without(document.root(), &["proof", "also"], &options));
    assert_eq!(found, shown(to_rdf(&without, &options)), "{text}");
}

#[test]
fn a_member_left_out_is_as_if_it_were_not_there() {
    let badge = r#""id":"urn:x:1","type":["VerifiableCredential","OpenBadgeCredential"],"name":"N""#;
    for proof in [r#"{"type":"DataIntegrityProof","cryptosuite":"x"}"#, r#"{"undefined-term":1}"#, "7", "null", "[]"] {
        check(&format!(r#"{{"@context":["{V2}","{OB}"],{badge},"proof":{proof}}}"#));
        check(&format!(r#"{{"also":1,"@context":["{V2}","{OB}"],"proof":{proof},{badge}}}"#));
    }
}

#[test]
fn the_members_of_inner_objects_stay() {
    let inner =
        r#""credentialSubject":{"id":"urn:x:2","type":"VerifiableCredential","proof":{"type":"DataIntegrityProof"}}"#;
    check(&format!(r#"{{"@context":"{V2}","type":"VerifiableCredential",{inner}}}"#));
    check(&format!(r#"{{"@context":"{V2}","type":"VerifiableCredential",{inner},"proof":{{}}}}"#));
    let document = format!(r#"{{"@context":"{V2}","type":"VerifiableCredential","proof":{{}},{inner}}}"#);
    let document = Document::parse(document.into_bytes()).unwrap();
    let rdf = to_rdf_without(document.root(), &["proof"], &Options::credential()).unwrap();
    assert_eq!(quads(&rdf).matches("security#proof").count(), 1);
}

#[test]
fn what_is_left_out_decides_nothing_by_another_name_either() {
    for meaning in ["@type", "@id", "@value", "@graph", "@nest", "@context"] {
        let context = format!(r#"[{{"proof":"{meaning}","b":"urn:b"}}]"#);
        check(&format!(r#"{{"@context":{context},"@id":"urn:a","proof":"urn:c","b":"x"}}"#));
        check(&format!(r#"{{"@context":{context},"proof":"urn:c","@id":"urn:a"}}"#));
    }
    check(r#"{"proof":{"a":1}}"#);
    check(r#"{"@context":{"@vocab":"urn:v:"},"proof":{"a":1},"also":1,"b":2}"#);
}
