use super::{Context, ContextProcessor, Edition, Scope, initial};
use crate::builtin::builtin;
use crate::to_rdf::SafeMode;
use crate::tree::{Document, Value};

const URLS: &str =
    r#"["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]"#;

/// The context of a credential's achievement, reached the way a conversion reaches it.
fn achievement<'c>(urls: &'c Value<'c>) -> Context<'c> {
    let mut processor = ContextProcessor::new(builtin(), Edition::NEWEST, SafeMode::On, None);
    let document = processor.apply(&initial(), urls).unwrap();
    processor.apply_scoped(&document, &document, "Achievement", Scope::Type).unwrap().unwrap()
}

#[test]
fn built_in_contexts_are_processed_once_for_all_documents() {
    let [first, second] = [URLS, URLS].map(|text| Document::parse(text.as_bytes().to_vec()).unwrap());
    let (first, second) = (achievement(first.root()), achievement(second.root()));
    assert_eq!(first.number, second.number);
    assert!(matches!(first, Context::Shared(_)));
    assert!(first.term("humanCode").is_some_and(|term| term.text().is_some()));
}

#[test]
fn a_context_of_the_document_is_never_shared() {
    let text = r#"["https://www.w3.org/ns/credentials/v2",{"mine":"urn:mine"}]"#;
    let [first, second] = [text, text].map(|text| Document::parse(text.as_bytes().to_vec()).unwrap());
    let mut processor = ContextProcessor::new(builtin(), Edition::NEWEST, SafeMode::On, None);
    let own = processor.apply(&initial(), first.root()).unwrap();
    assert!(matches!(own, Context::Local(_)));
    assert!(own.term("mine").is_some() && own.term("name").is_some());
    let mut processor = ContextProcessor::new(builtin(), Edition::NEWEST, SafeMode::On, None);
    assert_ne!(processor.apply(&initial(), second.root()).unwrap().number, own.number);
}

#[test]
fn editions_do_not_mix() {
    let document = Document::parse(URLS.as_bytes().to_vec()).unwrap();
    let terms = [Edition(0), Edition(1)].map(|edition| {
        let mut processor = ContextProcessor::new(builtin(), edition, SafeMode::On, None);
        let context = processor.apply(&initial(), document.root()).unwrap();
        ["jti", "endorsementJwt", "endorsement"].map(|term| context.term(term).is_some())
    });
    assert_eq!(terms, [[true, true, true], [false, false, true]]);
}
