//! What backpacks export as JSON: objects around badges, each in a shell of the backpack's own.
//!
//! - the Mozilla Backpack's groups: `{"userId", "groupId", "badges": [{"hostedUrl", "assertion": {…}}]}`;
//! - Open Badges Connect 2.1, `{"status", "results": [assertions]}`;
//! - Badgr and what came of it, `{"status", "result": [{"entityType", "openBadgeId"}]}`, and earlier
//!   `[{"json": {assertion}}]`;
//! - Open Badges 3.0 API, [getCredentials](https://www.imsglobal.org/spec/ob/v3p0#getopenbadgecredentialsresponse),
//!   `{"credential": [credentials], "compactJwsString": [tokens]}`.
//!
//! An array of credentials is one document, which is read as a whole.

use attesta_jsonld::{Document, Value};

use crate::piece::{Content, UnpackError};
use crate::text;
use crate::unpacking::{Place, Standing, Unpacking};
use crate::wallet::{is_credential, parsed};

/// Members under which a backpack lists badges.
const LISTS: [&str; 7] = ["badges", "assertions", "results", "result", "credential", "compactJwsString", "items"];

/// Members under which the shell around a badge holds it, or its address.
const BADGES: [&str; 4] = ["assertion", "json", "credential", "badge_assertion"];
const ADDRESSES: [&str; 4] = ["hostedUrl", "openBadgeId", "assertionUrl", "url"];

/// Takes a backpack's export apart; `false` if it is none.
///
/// # Errors
/// [`UnpackError`] if it holds more than is read.
pub(crate) fn unpack(unpacking: &mut Unpacking, place: &Place, bytes: &[u8]) -> Result<bool, UnpackError> {
    let is_possible = std::str::from_utf8(bytes)
        .is_ok_and(|text| LISTS.iter().chain(&BADGES).chain(&ADDRESSES).any(|member| text.contains(member)));
    if !is_possible {
        return Ok(false);
    }
    let Some(document) = parsed(bytes) else { return Ok(false) };
    let root = document.root();
    if is_credential(root) {
        return Ok(false);
    }
    let listed: Vec<&Value<'_>> = match root {
        Value::Array(items) if items.iter().any(|item| is_credential(item) || item.as_str().is_some()) => {
            return Ok(false);
        }
        Value::Array(items) => items.iter().collect(),
        _ => LISTS.iter().filter_map(|list| root.get(list)).flat_map(Value::one_or_many).collect(),
    };
    let found: Vec<Content> = listed.into_iter().filter_map(|item| content(&document, item)).collect();
    if found.is_empty() {
        return Ok(false);
    }
    let part = place.part(&place.name, Standing::Enclosed);
    for content in found {
        unpacking.push(part.clone(), content)?;
    }
    Ok(true)
}

fn content(document: &Document, item: &Value<'_>) -> Option<Content> {
    match item {
        Value::Object(object) if is_credential(item) => {
            let bytes = document.source_of(object).to_vec();
            Some(Content::Document { media_type: Some("application/json".to_owned()), bytes })
        }
        Value::String(text) if text.starts_with("eyJ") => {
            Some(Content::Document { media_type: None, bytes: text.as_bytes().to_vec() })
        }
        Value::String(text) if text::is_link(text) => Some(Content::Text(text.to_string())),
        Value::Object(_) => {
            let held = || {
                BADGES.iter().filter_map(|member| item.get(member)).find_map(|badge| match badge {
                    Value::Object(_) if !is_credential(badge) => None,
                    badge => content(document, badge),
                })
            };
            let named = || {
                let mut addresses = ADDRESSES.iter().filter_map(|member| item.get(member)?.as_str());
                addresses.find(|address| text::is_link(address)).map(|address| Content::Text(address.to_owned()))
            };
            held().or_else(named)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Content, unpack};

    const BADGE: &str = r#"{ "type":"Assertion",  "recipient":{}, "badge":"https://a.example/class" }"#;

    #[track_caller]
    fn check(export: &str, expected: &[&str]) {
        let unpacked = unpack("backpack.json", export.as_bytes()).unwrap();
        let texts: Vec<String> = unpacked
            .pieces
            .iter()
            .map(|piece| match &piece.content {
                Content::Document { bytes, .. } => String::from_utf8(bytes.clone()).unwrap(),
                Content::Text(text) | Content::Code(text) => format!("text {text}"),
            })
            .collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn the_badges_of_a_backpack_are_found_with_their_exact_bytes() {
        check(
            &format!(
                r#"{{"userId":1,"groupId":2,"badges":[{{"hostedUrl":"https://a.example/1","assertion":{BADGE}}}]}}"#
            ),
            &[BADGE],
        );
        check(
            r#"{"userId":1,"badges":[{"hostedUrl":"https://a.example/1","assertion":{"uid":"x"}}]}"#,
            &["text https://a.example/1"],
        );
        check(&format!(r#"{{"status":{{}},"results":[{BADGE},{BADGE}]}}"#), &[BADGE, BADGE]);
        check(
            r#"{"status":{},"result":[{"entityType":"BackpackAssertion","openBadgeId":"https://a.example/2"}]}"#,
            &["text https://a.example/2"],
        );
        check(&format!(r#"[{{"id":7,"json":{BADGE}}}]"#), &[BADGE]);
        check(
            &format!(r#"{{"credential":[{BADGE}],"compactJwsString":["eyJh.e30.c2ln"]}}"#),
            &[BADGE, "eyJh.e30.c2ln"],
        );
    }

    #[test]
    fn what_is_no_backpack_stays_one_document() {
        let array = format!("[ {BADGE} ,{BADGE}]");
        for whole in [
            &array,
            BADGE,
            r#"{"badges":[]}"#,
            r#"{"badges":[{"x":1}]}"#,
            r#"["eyJh.e30.c2ln"]"#,
            r#"{"badges":1,"badges":2}"#,
            "{\"badges\":[",
        ] {
            check(whole, &[whole]);
        }
    }
}
