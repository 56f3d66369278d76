//! Claims by their place: which of them stay, and how they read.

use attesta_credential::VerifiableCredential;
use attesta_jsonld::Value;

use super::Claim;

/// Members of a credential, or claims of a token, that are always shown: which text it follows, who issued it, when it
/// counts, and what its reader has to look up or keep to.
const ALWAYS_SHOWN: [&str; 23] = [
    "@context",
    "cnf",
    "credentialSchema",
    "credentialStatus",
    "exp",
    "expirationDate",
    "iat",
    "id",
    "iss",
    "issuanceDate",
    "issuer",
    "jti",
    "nbf",
    "proof",
    "refreshService",
    "relatedResource",
    "status",
    "termsOfUse",
    "type",
    "validFrom",
    "validUntil",
    "vct",
    "vct#integrity",
];

/// The longest text of a claim, in characters.
const MOST_CHARS: usize = 200;

/// Whether what one pointer leads to is, or holds, what the other leads to.
pub(super) fn covers(pointer: &str, other: &str) -> bool {
    other.strip_prefix(pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The names on the way to a place; an element of an array has none.
pub(super) fn path(root: &Value<'_>, pointer: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut value = Some(root);
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        value = match value {
            Some(Value::Array(items)) => token.parse::<usize>().ok().and_then(|index| items.get(index)),
            other => {
                let below = other.and_then(|value| value.get(&token));
                names.push(token);
                below
            }
        };
    }
    names
}

/// Whether a claim may be left out as far as the data model and honesty go.
pub(super) fn may_be_left_out(credential: &VerifiableCredential, path: &[String]) -> bool {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    // VCDM 1.1 has a token hold the whole credential as one of its claims.
    let names = names.strip_prefix(&["vc"]).unwrap_or(&names);
    let is_badge = ["OpenBadgeCredential", "AchievementCredential"].iter().any(|name| credential.has_type(name));
    let identified = credential.subjects().iter().all(|subject| subject.id.is_some());
    match names {
        [] | ["credentialSubject"] => false,
        [first, ..] if ALWAYS_SHOWN.contains(first) => false,
        // Open Badges 3.0: whom it is about, and what for.
        ["credentialSubject", "achievement"] | ["credentialSubject", "achievement", "name"] => !is_badge,
        ["credentialSubject", "identifier", ..] => !is_badge || identified,
        // Which kind of thing each is goes with it.
        [.., last] => !matches!(*last, "type" | "@context"),
    }
}

/// A claim at a place.
pub(super) fn claim(root: &Value<'_>, pointer: &str) -> Option<Claim> {
    let mut value = String::new();
    let found = root.at(pointer)?;
    write_text(found, &mut value);
    if value.is_empty() {
        // Nothing is known of it but which thing it is.
        value = found.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    }
    Some(Claim { key: pointer.to_owned(), path: path(root, pointer), value: shortened(&value) })
}

/// Writes the texts in a value one after the other, without what only tells programs which kind of thing each is.
fn write_text(value: &Value<'_>, text: &mut String) {
    let mut write = |more: &str| {
        // What is cut off later is not collected first.
        if text.len() < 8 * MOST_CHARS && !more.is_empty() {
            text.push_str(if text.is_empty() { "" } else { ", " });
            text.push_str(more);
        }
    };
    match value {
        Value::Object(object) => {
            let speaks = |name: &str, value: &Value<'_>| match name {
                "@value" => true,
                "type" | "id" | "proof" => false,
                // A yes or no says nothing without its name.
                _ => !name.starts_with('@') && !matches!(value, Value::Bool(_)),
            };
            object.iter().filter(|(name, value)| speaks(name, value)).for_each(|(_, value)| write_text(value, text));
        }
        Value::Array(items) => items.iter().for_each(|item| write_text(item, text)),
        Value::String(shown) => match shown.strip_prefix("data:").and_then(|data| data.split_once([';', ','])) {
            Some((kind, _)) => write(kind),
            // One more than is shown, so that it is seen to go on.
            None => write(first_chars(shown, MOST_CHARS + 1)),
        },
        Value::Null => {}
        other => write(&other.to_string()),
    }
}

fn shortened(text: &str) -> String {
    let first = first_chars(text, MOST_CHARS);
    if first.len() < text.len() { format!("{first}…") } else { text.to_owned() }
}

fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}
