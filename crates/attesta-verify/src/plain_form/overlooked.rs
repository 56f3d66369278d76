//! Whether the signed graph says of the document what its JSON says, where that decides about its validity.

use std::collections::HashSet;

use attesta_jsonld::{Dataset, Object, Quad, Term, TermId, Value};

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
    if let Some(id) = document.get("id").and_then(Value::as_str) {
        let of_id = |quad: &Quad| graph.term(quad.subject) == Term::Iri(id);
        return graph.quads().find(of_id).map(|quad| quad.subject);
    }
    // A document may have as many nodes as fit into it, and nothing about it is proven yet.
    let referred: HashSet<TermId> = graph.quads().map(|quad| quad.object).collect();
    let is_root = |term: &TermId| matches!(graph.term(*term), Term::Blank(_)) && !referred.contains(term);
    let subjects = graph.quads().filter(|quad| quad.graph.is_none()).map(|quad| quad.subject);
    let mut roots = subjects.filter(is_root);
    let root = roots.next()?;
    roots.all(|other| other == root).then_some(root)
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

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

    #[test]
    fn a_document_of_very_many_nodes_is_read_in_one_pass() {
        let document = Document::parse(br#"{"issuer":"urn:x:2"}"#.to_vec()).unwrap();
        let mut nquads = "_:root <https://www.w3.org/2018/credentials#issuer> <urn:x:2> .\n".to_owned();
        for node in 0..50_000 {
            nquads.push_str(&format!("_:root <urn:x:evidence> _:e{node} .\n_:e{node} <urn:x:name> \"E\" .\n"));
        }
        let graph = Dataset::from_nquads(&nquads).unwrap();
        assert_eq!(first_overlooked(document.root().as_object().unwrap(), &graph), None);
        let graph = Dataset::from_nquads(&(nquads + "_:other <urn:x:name> \"E\" .\n")).unwrap();
        assert_eq!(first_overlooked(document.root().as_object().unwrap(), &graph).as_deref(), Some(""));
    }
}
