//! What the suites that sign the JSON itself share, so that what a context means can't change what the signature covers:
//! JCS of the document and of the proof's options.

use attesta_jsonld::{HashAlgorithm, Object, Value, escape_pointer_token, jcs};

use super::{CanonicalForms, TransformError};
use crate::data_integrity::proof_config;

/// Steps 1 to 4 of "Verify Proof" ([eddsa-jcs-2022](https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-jcs-2022),
/// [ecdsa-jcs-2019](https://www.w3.org/TR/vc-di-ecdsa/#verify-proof-ecdsa-jcs-2019)), with transformation and proof
/// configuration. `content` is the document without its proofs, or with those that the proof follows.
pub(super) fn canonical_forms(
    content: Object<'_>,
    proof: &Object<'_>,
    hash: HashAlgorithm,
) -> Result<CanonicalForms, TransformError> {
    let mut content = content;
    let context = proof.get("@context");
    if let Some(context) = context {
        let own = content.get("@context").map(Value::one_or_many).unwrap_or_default();
        if !own.starts_with(context.one_or_many()) {
            return Err(TransformError::ContextMismatch);
        }
        // What the document adds to it was not there when it was signed.
        content = content.with("@context", context.clone());
    }
    let content = Value::Object(content);
    let config = proof_config(proof, context);
    exact_numbers(&content, &mut String::new())?;
    exact_numbers(&config, &mut "/proof".to_owned())?;
    Ok(CanonicalForms { document: jcs::canonicalize(&content), proof: jcs::canonicalize(&config), hash })
}

/// Refuses numbers whose canonical form says something other than what is written.
fn exact_numbers(value: &Value<'_>, pointer: &mut String) -> Result<(), TransformError> {
    let length = pointer.len();
    match value {
        Value::Number(number) if !number.survives_jcs() => Err(TransformError::NumberNotExact {
            pointer: pointer.clone(),
            written: crate::did::shorten(number.text()),
        }),
        Value::Array(items) => items.iter().enumerate().try_for_each(|(index, item)| {
            pointer.push_str(&format!("/{index}"));
            exact_numbers(item, pointer)?;
            pointer.truncate(length);
            Ok(())
        }),
        Value::Object(object) => object.iter().try_for_each(|(key, member)| {
            pointer.push('/');
            pointer.push_str(&escape_pointer_token(key));
            exact_numbers(member, pointer)?;
            pointer.truncate(length);
            Ok(())
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    #[track_caller]
    fn check(document: &str, proof: &str, expected: Result<(&str, &str), &TransformError>) {
        let parse = |json: &str| Document::parse(json.as_bytes().to_vec()).unwrap();
        let (document, proof) = (parse(document), parse(proof));
        let objects = (document.root().as_object().unwrap(), proof.root().as_object().unwrap());
        let forms = canonical_forms(objects.0.without(&["proof"]), objects.1, HashAlgorithm::Sha256);
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
