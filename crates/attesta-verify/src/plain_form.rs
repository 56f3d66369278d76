//! Whether a document spells its graph the ordinary way.
//!
//! A suite that signs an RDF graph does not sign how JSON spells it. The same graph can be written so that readers of
//! plain JSON overlook half of it: the end of validity under a full IRI instead of `validUntil`, the status entry in an
//! `@included` block or under a second object with the credential's identifier. The signature would still hold. What is
//! shown and checked here is read as plain JSON, so such spellings are refused; no honest issuer uses them.

use attesta_jsonld::{Dataset, Object, Term, TermId, Value, escape_pointer_token};

/// Members of a credential or presentation that decide about its validity. All are terms of this vocabulary.
const DECISIVE: [&str; 10] = [
    "credentialStatus",
    "credentialSubject",
    "expirationDate",
    "holder",
    "issuanceDate",
    "issuer",
    "refreshService",
    "validFrom",
    "validUntil",
    "verifiableCredential",
];
const VOCABULARY: &str = "https://www.w3.org/2018/credentials#";

/// The JSON pointer of the first decisive member of which the signed graph says more, or less, than the JSON does
/// under its own name: it was spelled another way, or said in another place.
pub(crate) fn first_overlooked(document: &Object<'_>, graph: &Dataset) -> Option<String> {
    let Some(subject) = node_of(document, graph) else { return Some(String::new()) };
    let mut said = [0usize; DECISIVE.len()];
    for quad in graph.quads().filter(|quad| quad.subject == subject && quad.graph.is_none()) {
        let Term::Iri(predicate) = graph.term(quad.predicate) else { continue };
        let name = predicate.strip_prefix(VOCABULARY);
        if let Some(index) = name.and_then(|name| DECISIVE.iter().position(|member| *member == name)) {
            said[index] += 1;
        }
    }
    let written = |member: &str| {
        let items = document.get(member).map(Value::one_or_many).unwrap_or_default();
        items.iter().filter(|item| !matches!(item, Value::Null)).count()
    };
    let differs = DECISIVE.iter().zip(said).find(|(member, said)| written(member) != *said);
    differs.map(|(member, _)| format!("/{member}"))
}

/// The node that the document describes: its identifier, or the one blank node that nothing refers to.
fn node_of(document: &Object<'_>, graph: &Dataset) -> Option<TermId> {
    let mut roots = Vec::new();
    match document.get("id").and_then(Value::as_str) {
        Some(id) => {
            let of_id = |quad: &attesta_jsonld::Quad| graph.term(quad.subject) == Term::Iri(id);
            roots.extend(graph.quads().find(of_id).map(|quad| quad.subject));
        }
        None => {
            let is_blank = |term: TermId| matches!(graph.term(term), Term::Blank(_));
            let candidates = graph.quads().filter(|quad| quad.graph.is_none() && is_blank(quad.subject));
            for quad in candidates {
                if !roots.contains(&quad.subject) {
                    roots.push(quad.subject);
                }
            }
            for quad in graph.quads() {
                roots.retain(|root| *root != quad.object);
            }
        }
    }
    match roots.as_slice() {
        [root] => Some(*root),
        _ => None,
    }
}

/// The JSON pointer of the first spelling that plain JSON readers would misread.
pub(crate) fn first_departure(document: &Object<'_>) -> Option<String> {
    let id = document.get("id").and_then(Value::as_str);
    document.iter().filter(|(key, _)| *key != "proof").find_map(|(key, value)| in_member(document, key, value, id))
}

/// The first member of a proof that proofs don't have: under another context it may be another spelling of one that
/// they have, such as `expiration` for `expires`.
pub(crate) fn first_odd_member<'d>(proof: &'d Object<'_>) -> Option<&'d str> {
    const MEMBERS: [&str; 13] = [
        "@context",
        "challenge",
        "created",
        "cryptosuite",
        "domain",
        "expires",
        "id",
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

/// The pointer, relative to the object, of a departure in one of its members. Pointers are only written once there
/// is a departure, because there hardly ever is one.
fn in_member(of: &Object<'_>, key: &str, value: &Value<'_>, id: Option<&str>) -> Option<String> {
    let ordinary = match key {
        "@context" => value.one_or_many().iter().all(|item| !matches!(item, Value::Null)),
        "@value" => true,
        "@language" | "@direction" | "@type" => of.contains_key("@value"),
        // Types have capital letters, and some vocabularies give a type and a property one IRI.
        _ => !key.starts_with(|first: char| first == '@' || first.is_ascii_uppercase()) && !key.contains(':'),
    };
    let below = match (ordinary, key) {
        (false, _) => String::new(),
        (true, "@context") => return None,
        (true, _) => in_value(value, id)?,
    };
    Some(format!("/{}{below}", escape_pointer_token(key)))
}

fn in_value(value: &Value<'_>, id: Option<&str>) -> Option<String> {
    match value {
        // A blank node label joins objects that look apart.
        Value::String(text) if text.starts_with("_:") => Some(String::new()),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| in_value(item, id).map(|below| format!("/{index}{below}"))),
        Value::Object(object) => {
            let same = id.is_some() && object.get("id").and_then(Value::as_str) == id;
            if same && DECISIVE.iter().any(|member| object.contains_key(member)) {
                return Some(String::new());
            }
            object.iter().find_map(|(key, value)| in_member(object, key, value, id))
        }
        _ => None,
    }
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
                "credentialSubject":{"id":"urn:x:2","n":[1,true,null,"a"]},"proof":{"@odd":1}}"#,
            None,
        );
        check(r#"{"id":"urn:x:1","endorsement":{"credentialSubject":{"id":"urn:x:1","comment":"good"}}}"#, None);
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
    fn a_second_object_for_the_credential_is_found() {
        check(r#"{"id":"urn:x:1","evidence":[{"id":"urn:x:1","validUntil":"x"}]}"#, Some("/evidence/0"));
        check(r#"{"id":"urn:x:1","evidence":[{"id":"urn:x:2","validUntil":"x"}]}"#, None);
    }

    #[test]
    fn blank_node_labels_are_found() {
        check(r#"{"id":"_:b0"}"#, Some("/id"));
        check(r#"{"a":{"b":["_:b0"]}}"#, Some("/a/b/0"));
    }

    #[track_caller]
    fn check_overlooked(nquads: &str, expected: Option<&str>) {
        let json = r#"{"id":"urn:x:1","issuer":"urn:x:2","validUntil":"2020"}"#;
        let graph = Dataset::from_nquads(nquads).unwrap();
        for (json, graph) in [
            (json.to_owned(), graph),
            (
                json.replace(r#""id":"urn:x:1","#, ""),
                Dataset::from_nquads(&nquads.replace("<urn:x:1>", "_:b")).unwrap(),
            ),
        ] {
            let document = Document::parse(json.into_bytes()).unwrap();
            let found = first_overlooked(document.root().as_object().unwrap(), &graph);
            assert_eq!(found.as_deref(), expected, "{nquads}");
        }
    }

    #[test]
    fn what_the_graph_says_beyond_the_json_is_found() {
        let cred = "https://www.w3.org/2018/credentials#";
        let issuer = format!("<urn:x:1> <{cred}issuer> <urn:x:2> .\n");
        let until = format!("<urn:x:1> <{cred}validUntil> \"2020\" .\n");
        let status = format!("<urn:x:1> <{cred}credentialStatus> <urn:x:3> .\n");
        let of_another = format!("<urn:x:4> <{cred}credentialStatus> <urn:x:3> .\n");
        check_overlooked(&format!("{issuer}{until}"), None);
        check_overlooked(&format!("{issuer}{until}{of_another}"), None);
        check_overlooked(&format!("{issuer}{until}{status}"), Some("/credentialStatus"));
        check_overlooked(&issuer, Some("/validUntil"));
        check_overlooked("", Some(""));
    }
}
