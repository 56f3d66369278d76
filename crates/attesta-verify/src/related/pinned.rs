//! The resources that a credential pins, and those among them that can be compared without asking anybody.

use attesta_credential::VerifiableCredential;
use attesta_jsonld::{ContextSource, Edition, Value, builtin, escape_pointer_token};
use base64::Engine;

use super::digest::{BASE64, Comparison, Digests, compare};

/// The most that are compared; each may be as long as the credential.
const MOST_COMPARED: usize = 64;

/// Parts that are secured or reported on their own: credentials inside, and proofs.
const APART: [&str; 4] = ["verifiableCredential", "endorsement", "endorsementJwt", "proof"];

/// A resource that a credential names and pins by a digest: a picture, a piece of evidence, a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedResource<'v> {
    /// JSON pointer to the object that pins it.
    pub pointer: String,
    /// Its identifier, an address as a rule.
    pub id: &'v str,
    /// What pins it.
    pub digests: Digests,
}

/// Everything that a credential pins, in the order of the document. Schemas are not among it: they have a check of their
/// own.
pub fn pinned(credential: &VerifiableCredential) -> Vec<PinnedResource<'_>> {
    let mut found = Vec::new();
    for (key, value) in credential.root().as_object().into_iter().flat_map(|root| root.iter()) {
        if key != "credentialSchema" && !APART.contains(&key) {
            gather(value, format!("/{}", escape_pointer_token(key)), &mut found);
        }
    }
    found
}

/// Whether a picture that a credential carries may be shown as what its issuer signed: `address` is a `data:` URL, and
/// nothing in the credential pins other bytes under it. Other addresses stand for what nobody fetched.
pub fn may_be_shown(credential: &VerifiableCredential, address: &str) -> bool {
    let Some(bytes) = data_of(address) else { return false };
    let pins = pinned(credential).into_iter().filter(|resource| resource.id == address);
    pins.take(MOST_COMPARED).all(|resource| compare(&bytes, &resource.digests) != Comparison::Mismatch)
}

/// Compares each resource with what is at hand: what stands in its own address, and the contexts that are built in. None
/// where it would have to be fetched.
pub(crate) fn compare_each(resources: &[PinnedResource<'_>]) -> Vec<Option<Comparison>> {
    let compared = resources.iter().take(MOST_COMPARED).map(|resource| match data_of(resource.id) {
        Some(bytes) => Some(compare(&bytes, &resource.digests)),
        None => context_matches(resource).then_some(Comparison::Match),
    });
    compared.chain(std::iter::repeat(None)).take(resources.len()).collect()
}

/// Whether it is a context in an edition that is built in. Publishers have changed layout and notes without a new
/// address, so that another digest says nothing.
fn context_matches(resource: &PinnedResource<'_>) -> bool {
    let editions = (0..builtin().editions(resource.id)).map(Edition);
    let mut documents = editions.filter_map(|edition| builtin().context(resource.id, edition));
    documents.any(|document| compare(document.bytes(), &resource.digests) == Comparison::Match)
}

fn gather<'v>(value: &'v Value<'v>, pointer: String, found: &mut Vec<PinnedResource<'v>>) {
    match value {
        Value::Object(object) => {
            if let (Some(id), Some(digests)) = (object.get("id").and_then(Value::as_str), Digests::of(value)) {
                found.push(PinnedResource { pointer: pointer.clone(), id, digests });
            }
            for (key, value) in object.iter().filter(|(key, _)| !APART.contains(key)) {
                if matches!(value, Value::Object(_) | Value::Array(_)) {
                    gather(value, format!("{pointer}/{}", escape_pointer_token(key)), found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                if matches!(item, Value::Object(_) | Value::Array(_)) {
                    gather(item, format!("{pointer}/{index}"), found);
                }
            }
        }
        _ => {}
    }
}

/// The bytes of a `data:` URL, [RFC 2397](https://www.rfc-editor.org/rfc/rfc2397).
fn data_of(address: &str) -> Option<Vec<u8>> {
    let (head, body) = address
        .get(..5)
        .filter(|scheme| scheme.eq_ignore_ascii_case("data:"))
        .and_then(|_| address[5..].split_once(','))?;
    let bytes = percent_decoded(body.trim())?;
    match head.to_ascii_lowercase().ends_with(";base64") {
        true => BASE64.decode(bytes).ok(),
        false => Some(bytes),
    }
}

/// Undoes percent-encoding, [RFC 3986 section 2.1](https://www.rfc-editor.org/rfc/rfc3986#section-2.1); none where a
/// percent sign is not followed by two digits.
pub(crate) fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at_checked(2)?;
        let plain = code.bytes().all(|digit| digit.is_ascii_hexdigit());
        bytes.push(u8::from_str_radix(code, 16).ok().filter(|_| plain)?);
        bytes.extend(rest.as_bytes());
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SHA-256 of `abc`, FIPS 180-4.
    const ABC: &str = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

    fn credential(members: &str) -> VerifiableCredential {
        let text = format!(
            r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],
                "issuer":"https://uni.example","credentialSubject":{{}},{members}}}"#
        );
        VerifiableCredential::from_json(text.into_bytes()).unwrap()
    }

    #[track_caller]
    fn check(members: &str, expected: &[(&str, Option<Comparison>)]) {
        let credential = credential(members);
        let found = pinned(&credential);
        let compared = compare_each(&found);
        let found: Vec<_> = found.iter().map(|resource| resource.pointer.as_str()).zip(compared).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_pinned_thing_is_found_and_what_is_at_hand_is_compared() {
        check(
            &format!(
                r#""evidence":[{{"id":"https://uni.example/e","digestSRI":"{ABC}"}}],
                   "image":{{"id":"data:,abc","digestSRI":"{ABC}"}},
                   "a/b":{{"c":{{"id":"data:image/png;base64,YWJk","digestSRI":"{ABC}"}}}},
                   "d":{{"id":"data:image/png;base64,YWJj","digestSRI":"md5-x"}}"#
            ),
            &[
                ("/evidence/0", None),
                ("/image", Some(Comparison::Match)),
                ("/a~1b/c", Some(Comparison::Mismatch)),
                ("/d", Some(Comparison::Unsupported)),
            ],
        );
        let inside = format!(r#"{{"id":"data:,abd","digestSRI":"{ABC}"}}"#);
        check(&format!(r#""credentialSchema":{inside},"proof":{inside},"endorsement":[{inside}]"#), &[]);
        check(&format!(r#""image":{{"digestSRI":"{ABC}"}},"evidence":{{"id":"data:,abc"}}"#), &[]);
    }

    #[test]
    fn a_context_matches_in_the_editions_at_hand_and_is_unknown_in_others() {
        let url = "https://www.w3.org/ns/credentials/v2";
        let bytes = builtin().context(url, Edition::NEWEST).unwrap().bytes();
        let sha256 = BASE64.encode(<sha2::Sha256 as sha2::Digest>::digest(bytes));
        let resource = |digest: &str| format!(r#""relatedResource":[{{"id":"{url}","digestSRI":"{digest}"}}]"#);
        check(&resource(&format!("sha256-{sha256}")), &[("/relatedResource/0", Some(Comparison::Match))]);
        check(&resource(ABC), &[("/relatedResource/0", None)]);
    }

    #[test]
    fn a_picture_is_shown_unless_other_bytes_are_pinned() {
        let pinned_elsewhere = credential(&format!(
            r#""image":"data:image/png;base64,YWJk","relatedResource":[{{"id":"data:image/png;base64,YWJk","digestSRI":"{ABC}"}}]"#
        ));
        assert!(!may_be_shown(&pinned_elsewhere, "data:image/png;base64,YWJk"));
        assert!(may_be_shown(&pinned_elsewhere, "data:image/png;base64,YWJj"));
        assert!(!may_be_shown(&pinned_elsewhere, "https://uni.example/badge.png"));
    }
}
