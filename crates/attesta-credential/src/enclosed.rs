//! Credentials inside a credential: those that a [Comprehensive Learner Record 2.0](https://www.imsglobal.org/spec/clr/v2p0)
//! collects, and the endorsements that a badge carries.

use std::borrow::Cow;

use attesta_jsonld::{Document, Value};

use crate::shape;

/// A credential inside another one, unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnclosedCredential<'c> {
    /// JSON pointer from the outer credential.
    pub pointer: String,
    /// Its exact bytes: the JSON of an object, or the text of a token. `None` where it is neither.
    pub bytes: Option<Cow<'c, [u8]>>,
}

/// How two parts of a record relate, a CLR `Association`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Association {
    /// `isParentOf`, `isChildOf`, `isPartOf`, `exactMatchOf`, `precedes` … as written.
    pub kind: String,
    /// Identifier of the one it is said of.
    pub source: String,
    /// Identifier of the other.
    pub target: String,
}

/// The credentials that the subjects of a record hold.
pub(crate) fn of_subjects(document: &Document) -> Vec<EnclosedCredential<'_>> {
    let subjects = shape::items(document.root().get("credentialSubject"), "/credentialSubject");
    subjects.flat_map(|(subject, at)| members(document, subject, &at, "verifiableCredential")).collect()
}

/// The endorsements of the credential, of its issuer and of its achievements.
pub(crate) fn endorsements(document: &Document) -> Vec<EnclosedCredential<'_>> {
    let root = document.root();
    let mut endorsed = vec![(root, String::new())];
    endorsed.extend(root.get("issuer").map(|issuer| (issuer, "/issuer".to_owned())));
    for (subject, at) in shape::items(root.get("credentialSubject"), "/credentialSubject") {
        endorsed.extend(shape::items(subject.get("achievement"), format_args!("{at}/achievement")));
    }
    let of = |(value, at): &(&Value<'_>, String)| {
        ["endorsement", "endorsementJwt"].map(|member| members(document, value, at, member))
    };
    endorsed.iter().flat_map(of).flatten().collect()
}

fn members<'d>(document: &'d Document, of: &Value<'_>, at: &str, member: &str) -> Vec<EnclosedCredential<'d>> {
    let one = |(value, pointer): (&Value<'_>, String)| {
        let bytes = match value {
            Value::Object(object) => Some(Cow::Borrowed(document.source_of(object))),
            Value::String(token) => Some(Cow::Owned(token.as_bytes().to_vec())),
            _ => None,
        };
        EnclosedCredential { pointer, bytes }
    };
    shape::items(of.get(member), format_args!("{at}/{member}")).map(one).collect()
}

/// The associations that the subjects of a record state.
pub(crate) fn associations(document: &Document) -> Vec<Association> {
    let subjects = shape::items(document.root().get("credentialSubject"), "/credentialSubject");
    // In a graph a value and an array of it are the same.
    let text = |of: &Value<'_>, member: &str| {
        let first = of.get(member).and_then(|value| value.one_or_many().first());
        first.and_then(shape::id_of).unwrap_or_default().to_owned()
    };
    subjects
        .flat_map(|(subject, at)| shape::items(subject.get("association"), &at))
        .map(|(association, _)| Association {
            kind: text(association, "associationType"),
            source: text(association, "sourceId"),
            target: text(association, "targetId"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = r#"{"issuer":{"endorsementJwt":["eyJ.e30.x"]},"endorsement":{"a": 1},
        "credentialSubject":{"association":[{"associationType":"isParentOf","sourceId":"urn:1","targetId":["urn:2"]}],
            "achievement":{"endorsement":[7]},
            "verifiableCredential":[{"id": "urn:1"},"eyJhbGciOiJub25lIn0.e30."]}}"#;

    #[test]
    fn what_a_record_encloses_is_found_with_its_exact_bytes() {
        let document = Document::parse(RECORD.as_bytes().to_vec()).unwrap();
        let shown = |found: Vec<EnclosedCredential<'_>>| -> Vec<(String, Option<String>)> {
            let text = |bytes: Cow<'_, [u8]>| String::from_utf8(bytes.into_owned()).unwrap();
            found.into_iter().map(|one| (one.pointer, one.bytes.map(text))).collect()
        };
        let at = |pointer: &str, bytes: Option<&str>| (pointer.to_owned(), bytes.map(str::to_owned));
        assert_eq!(
            shown(of_subjects(&document)),
            [
                at("/credentialSubject/verifiableCredential/0", Some(r#"{"id": "urn:1"}"#)),
                at("/credentialSubject/verifiableCredential/1", Some("eyJhbGciOiJub25lIn0.e30.")),
            ]
        );
        assert_eq!(
            shown(endorsements(&document)),
            [
                at("/endorsement", Some(r#"{"a": 1}"#)),
                at("/issuer/endorsementJwt/0", Some("eyJ.e30.x")),
                at("/credentialSubject/achievement/endorsement/0", None),
            ]
        );
        let [association] = &associations(&document)[..] else { panic!("one association") };
        assert_eq!((association.kind.as_str(), association.target.as_str()), ("isParentOf", "urn:2"));
    }
}
