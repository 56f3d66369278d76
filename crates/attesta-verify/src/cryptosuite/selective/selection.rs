//! Parts of a document by JSON pointers ([selectJsonLd](https://www.w3.org/TR/vc-di-ecdsa/#selectjsonld)): what a pointer
//! leads to, and on the way there which thing each object is and of what types.

use std::borrow::Cow;
use std::collections::BTreeMap;

use attesta_jsonld::{Object, Value};

/// A pointer that leads nowhere in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeadsNowhere<'p>(pub(super) &'p str);

/// What is selected below a value.
#[derive(Default)]
struct Selection {
    /// All of it.
    whole: bool,
    /// By reference token, unescaped.
    below: BTreeMap<String, Selection>,
}

/// The document with what the pointers select, and its contexts.
pub(super) fn select<'d, 'p>(document: &Object<'d>, pointers: &[&'p str]) -> Result<Object<'d>, LeadsNowhere<'p>> {
    let mut selection = Selection::default();
    for pointer in pointers {
        let tokens = tokens(pointer).ok_or(LeadsNowhere(pointer))?;
        leads_somewhere(document, &tokens).then_some(()).ok_or(LeadsNowhere(pointer))?;
        let place =
            tokens.into_iter().fold(&mut selection, |selection, token| selection.below.entry(token).or_default());
        place.whole = true;
    }
    let kept = |key: &str| key == "@context" || is_kept(key) || selection.whole;
    Ok(object(document, &selection, kept))
}

fn tokens(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    Some(pointer.strip_prefix('/')?.split('/').map(|token| token.replace("~1", "/").replace("~0", "~")).collect())
}

fn leads_somewhere(document: &Object<'_>, tokens: &[String]) -> bool {
    let Some((first, rest)) = tokens.split_first() else { return true };
    let Some(start) = document.get(first) else { return false };
    rest.iter().try_fold(start, |value, token| step(value, token)).is_some()
}

fn step<'v, 'd>(value: &'v Value<'d>, token: &str) -> Option<&'v Value<'d>> {
    match value {
        Value::Object(object) => object.get(token),
        Value::Array(items) => items.get(index(token)?),
        _ => None,
    }
}

/// An array index as RFC 6901 writes it: no sign, no leading zero.
fn index(token: &str) -> Option<usize> {
    let plain = token == "0" || (!token.starts_with('0') && token.bytes().all(|byte| byte.is_ascii_digit()));
    plain.then(|| token.parse().ok())?
}

/// Members that go with whatever is selected in an object.
fn is_kept(key: &str) -> bool {
    matches!(key, "id" | "type")
}

fn object<'d>(object: &Object<'d>, selection: &Selection, kept: impl Fn(&str) -> bool) -> Object<'d> {
    let members = object.iter().filter_map(|(key, member)| {
        let selected = match selection.below.get(key) {
            _ if kept(key) => member.clone(),
            Some(below) => value(member, below),
            None => return None,
        };
        Some((Cow::Owned(key.to_owned()), selected))
    });
    members.collect()
}

fn value<'d>(whole: &Value<'d>, selection: &Selection) -> Value<'d> {
    match whole {
        Value::Object(whole) if !selection.whole => Value::Object(object(whole, selection, is_kept)),
        Value::Array(items) if !selection.whole => {
            let mut selected: Vec<(usize, &Selection)> =
                selection.below.iter().filter_map(|(token, below)| Some((index(token)?, below))).collect();
            selected.sort_by_key(|(position, _)| *position);
            let items = selected.into_iter().filter_map(|(position, below)| Some(value(items.get(position)?, below)));
            Value::Array(items.collect())
        }
        whole => whole.clone(),
    }
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    const DOCUMENT: &str = r#"{"@context":["u:1"],"id":"u:c","type":["A"],"name":"N",
        "issuer":{"id":"u:i","name":"I","url":"u:u"},
        "subject":{"type":"S","results":[{"type":"R","value":1},{"type":"R","value":2},{"value":3,"a/b":{"c~d":4}}]}}"#;

    #[track_caller]
    fn check(pointers: &[&str], expected: Result<&str, &str>) {
        let document = Document::parse(DOCUMENT.as_bytes().to_vec()).unwrap();
        let selected = select(document.root().as_object().unwrap(), pointers);
        let shown = selected.map(|object| Value::Object(object).to_string());
        assert_eq!(shown, expected.map(str::to_owned).map_err(LeadsNowhere));
    }

    #[test]
    fn what_is_on_the_way_keeps_its_identifier_and_types() {
        check(
            &["/issuer/name"],
            Ok(r#"{"@context":["u:1"],"id":"u:c","type":["A"],"issuer":{"id":"u:i","name":"I"}}"#),
        );
        check(
            &["/subject/results/1/value"],
            Ok(
                r#"{"@context":["u:1"],"id":"u:c","type":["A"],"subject":{"type":"S","results":[{"type":"R","value":2}]}}"#,
            ),
        );
    }

    #[test]
    fn what_a_pointer_leads_to_is_whole() {
        check(&[], Ok(r#"{"@context":["u:1"],"id":"u:c","type":["A"]}"#));
        let issuer = r#""issuer":{"id":"u:i","name":"I","url":"u:u"}"#;
        let expected = format!(r#"{{"@context":["u:1"],"id":"u:c","type":["A"],"name":"N",{issuer}}}"#);
        check(&["/issuer/name", "/issuer", "/name"], Ok(&expected));
        check(&["/issuer", "/name", "/issuer/name"], Ok(&expected));
    }

    #[test]
    fn items_close_ranks_in_their_order() {
        check(
            &["/subject/results/2/a~1b/c~0d", "/subject/results/0"],
            Ok(
                r#"{"@context":["u:1"],"id":"u:c","type":["A"],"subject":{"type":"S","results":[{"type":"R","value":1},{"a/b":{"c~d":4}}]}}"#,
            ),
        );
    }

    #[test]
    fn a_pointer_that_leads_nowhere_is_named() {
        for pointer in ["issuer", "/nothing", "/name/0", "/subject/results/3", "/subject/results/01", "/issuer/"] {
            check(&["/name", pointer], Err(pointer));
        }
    }

    #[test]
    fn the_empty_pointer_selects_everything() {
        let document = Document::parse(DOCUMENT.as_bytes().to_vec()).unwrap();
        let object = document.root().as_object().unwrap();
        assert_eq!(select(object, &[""]), Ok(object.clone()));
    }
}
