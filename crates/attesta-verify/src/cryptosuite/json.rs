//! What the suites that sign the JSON itself share, so that what a context means can't change what the signature covers:
//! JCS of the document and of the proof's options.

use attesta_jsonld::{HashAlgorithm, Object, Value, escape_pointer_token, jcs};

use super::{CanonicalForms, TransformError};
use crate::data_integrity::Content;

/// Steps 1 to 4 of "Verify Proof" ([eddsa-jcs-2022](https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-jcs-2022),
/// [ecdsa-jcs-2019](https://www.w3.org/TR/vc-di-ecdsa/#verify-proof-ecdsa-jcs-2019)), with transformation and proof
/// configuration. `content` is the document without its proofs, or with those that the proof follows.
pub(super) fn canonical_forms(
    content: &Content<'_>,
    proof: &Object<'_>,
    hash: HashAlgorithm,
) -> Result<CanonicalForms, TransformError> {
    let context = proof.get("@context");
    if let Some(context) = context {
        let own = content.value().get("@context").map(Value::one_or_many).unwrap_or_default();
        if !own.starts_with(context.one_or_many()) {
            return Err(TransformError::ContextMismatch);
        }
    }
    // What the document adds to the context of the proof was not there when it was signed.
    let context = || context.into_iter().map(|context| ("@context", context));
    let rest = content.members().filter(|(key, _)| *key != "@context" || context().next().is_none());
    let document = context().chain(rest);
    let config = proof.iter().filter(|(key, _)| *key != "proofValue");
    exact_numbers("", document.clone())?;
    exact_numbers("/proof", config.clone())?;
    let (document, proof) = (jcs::canonicalize_members(document), jcs::canonicalize_members(config));
    Ok(CanonicalForms { document, proof, hash })
}

/// Refuses numbers whose canonical form says something other than what is written. The members are those of an object
/// that stands at `at`.
fn exact_numbers<'v>(
    at: &str,
    mut members: impl Iterator<Item = (&'v str, &'v Value<'v>)>,
) -> Result<(), TransformError> {
    let found = members.find_map(|(key, value)| jcs::first_inexact(value).map(|found| (key, found)));
    found.map_or(Ok(()), |(key, (below, number))| {
        let pointer = format!("{at}/{}{below}", escape_pointer_token(key));
        Err(TransformError::NumberNotExact { pointer, written: crate::did::shorten(number.text()) })
    })
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    #[track_caller]
    fn check(document: &str, proof: &str, expected: Result<(&str, &str), &TransformError>) {
        let parse = |json: &str| Document::parse(json.as_bytes().to_vec()).unwrap();
        let (document, proof) = (parse(document), parse(proof));
        let content = Content::Unsecured(document.root());
        let forms = canonical_forms(&content, proof.root().as_object().unwrap(), HashAlgorithm::Sha256);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let shown = forms.as_ref().map(|forms| (text(&forms.document), text(&forms.proof)));
        assert_eq!(shown, expected.map(|(document, proof)| (document.to_owned(), proof.to_owned())));
    }

    #[test]
    fn proof_and_signature_are_left_out() {
        check(
            r#"{"b":1.0,"a":"x","proof":{"x":1}}"#,
            r#"{"type":"T","proofValue":"z"}"#,
            Ok((r#"{"a":"x","b":1}"#, r#"{"type":"T"}"#)),
        );
    }

    #[test]
    fn the_context_is_the_one_that_was_signed() {
        check(
            r#"{"@context":["u:1","u:2","u:3"]}"#,
            r#"{"@context":["u:1","u:2"]}"#,
            Ok((r#"{"@context":["u:1","u:2"]}"#, r#"{"@context":["u:1","u:2"]}"#)),
        );
        check(r#"{"@context":"u:1"}"#, "{}", Ok((r#"{"@context":"u:1"}"#, "{}")));
    }

    #[test]
    fn a_context_that_does_not_begin_the_documents_is_refused() {
        for (own, of_proof) in
            [(r#"["u:1","u:2"]"#, r#"["u:2"]"#), (r#"["u:1"]"#, r#"["u:1","u:2"]"#), (r#""u:1""#, r#""u:2""#)]
        {
            let (document, proof) = (format!(r#"{{"@context":{own}}}"#), format!(r#"{{"@context":{of_proof}}}"#));
            check(&document, &proof, Err(&TransformError::ContextMismatch));
        }
        check("{}", r#"{"@context":"u:1"}"#, Err(&TransformError::ContextMismatch));
    }

    #[test]
    fn a_number_that_readers_disagree_about_is_refused() {
        let error =
            TransformError::NumberNotExact { pointer: "/a/1/b".to_owned(), written: "9007199254740993".to_owned() };
        check(r#"{"a":[1,{"b":9007199254740993}]}"#, "{}", Err(&error));
    }
}
