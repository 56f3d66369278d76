use super::{Contexts, V2, check_refused, convert, convert_with};
use crate::JsonLdErrorCode as Code;
use crate::Options;

#[test]
fn thousands_of_inline_contexts_are_refused() {
    let nodes = vec![r#"{"@context":{"p":"urn:p"},"p":"x"}"#; 5000].join(",");
    let text = format!(r#"{{"@context":"{V2}","@graph":[{nodes}]}}"#);
    check_refused(&text, Code::ContextOverflow, "/@graph/256/@context");
    let list = vec![r#"{"p":"urn:p"}"#; 5000].join(",");
    assert_eq!(convert(&format!(r#"{{"@context":[{list}],"p":"x"}}"#)).unwrap_err().code, Code::ContextOverflow);
}

#[test]
fn ever_new_combinations_of_built_in_contexts_are_refused() {
    let list = vec![format!(r#""{V2}","https://w3id.org/security/multikey/v1""#); 2000].join(",");
    let error = convert(&format!(r#"{{"@context":[{list}],"name":"x"}}"#)).unwrap_err();
    assert_eq!((error.code, error.pointer.as_str()), (Code::TooMuchWork, "/@context"));
}

#[test]
fn contexts_that_lead_to_each_other_are_refused() {
    let contexts = Contexts::new(&[
        ("https://example.org/a", r#"{"@context":"https://example.org/b"}"#),
        ("https://example.org/b", r#"{"@context":"https://example.org/a"}"#),
        ("https://example.org/c", r#"{"@context":{"p":{"@id":"urn:p","@context":"https://example.org/c"}}}"#),
    ]);
    let options = Options { contexts: &contexts, ..Options::credential() };
    let error = convert_with(r#"{"@context":"https://example.org/a","urn:p":"x"}"#, &options).unwrap_err();
    assert_eq!(error.code, Code::ContextOverflow);
    // A scoped context may lead to itself: it is processed where it is used.
    let text = r#"{"@context":"https://example.org/c","@id":"urn:a","p":{"@id":"urn:b","p":"x"}}"#;
    assert_eq!(convert_with(text, &options).unwrap().dataset.len(), 2);
}

#[test]
fn scoped_contexts_that_multiply_are_refused() {
    let scoped = |next: &str| {
        let terms: Vec<String> = (0..12)
            .map(|at| format!(r#""t{at}":{{"@id":"urn:t{at}","@context":"https://example.org/{next}"}}"#))
            .collect();
        format!(r#"{{"@context":{{{}}}}}"#, terms.join(","))
    };
    let texts: Vec<(String, String)> =
        (0..8).map(|at| (format!("https://example.org/{at}"), scoped(&format!("{}", at + 1)))).collect();
    let mut documents: Vec<(&str, &str)> = texts.iter().map(|(url, text)| (url.as_str(), text.as_str())).collect();
    documents.push(("https://example.org/8", r#"{"@context":{}}"#));
    let contexts = Contexts::new(&documents);
    let options = Options { contexts: &contexts, ..Options::credential() };
    let error = convert_with(r#"{"@context":"https://example.org/0","urn:p":"x"}"#, &options).unwrap_err();
    assert_eq!(error.code, Code::TooMuchWork);
}

#[test]
fn a_long_chain_of_terms_is_refused() {
    let terms: Vec<String> = (0..20_000).map(|at| format!(r#""t{at}":"t{}:x""#, at + 1)).collect();
    let text = format!(r#"{{"@context":{{{}}},"urn:p":"x"}}"#, terms.join(","));
    check_refused(&text, Code::ContextOverflow, "/@context");
}

#[test]
fn short_names_for_long_iris_are_refused() {
    let long = "x".repeat(1 << 19);
    let names: Vec<String> = (0..200).map(|at| format!(r#""p:{at}":"x""#)).collect();
    let text = format!(r#"{{"@context":{{"p":"urn:{long}:"}},{}}}"#, names.join(","));
    assert_eq!(convert(&text).unwrap_err().code, Code::TooMuchWork);
    let terms: Vec<String> = (0..200).map(|at| format!(r#""t{at}":"p:{at}""#)).collect();
    let text = format!(r#"{{"@context":{{"p":"urn:{long}:",{}}},"urn:p":"x"}}"#, terms.join(","));
    assert_eq!(convert(&text).unwrap_err().code, Code::TooMuchWork);
}

#[test]
fn the_deepest_document_that_can_be_read_is_converted() {
    let deep = |levels: usize| format!("{}\"x\"{}", r#"{"urn:p":"#.repeat(levels), "}".repeat(levels));
    assert_eq!(convert(&deep(128)).unwrap().dataset.len(), 128);
    let arrays = format!(r#"{{"urn:p":{{"@list":{}"x"{}}}}}"#, "[".repeat(120), "]".repeat(120));
    assert!(convert(&arrays).is_ok());
    let contexts = format!(
        r#"{{"@context":{}{{}}{},"urn:p":"x"}}"#,
        r#"{"t":{"@id":"urn:t","@context":"#.repeat(60),
        "}}".repeat(60)
    );
    check_refused(&contexts, Code::ContextOverflow, "/@context");
}
