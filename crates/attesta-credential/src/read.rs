//! From received bytes to the credentials in them.

use attesta_jsonld::{Document, Limits, Value};

use crate::container::{self, Container};
use crate::credential::{VerifiableCredential, token_in};
use crate::error::ReadError;
use crate::gather::gather;
use crate::jose::{Claimed, Enveloped, claimed_in, enveloped_token};
use crate::limits::{CREDENTIALS, INPUT_BYTES};
use crate::shape::{self, Shape};
use crate::shared::{self, EntryKind, Placed};

/// One credential and where it was.
#[derive(Debug, Clone)]
pub struct Found {
    /// The credential, with its exact bytes.
    pub credential: VerifiableCredential,
    /// What it arrived in.
    pub container: Container,
    /// JSON pointer within an array or presentation; empty for a credential that stood alone. In a document with
    /// attached files it begins with the file's number, from 0.
    pub pointer: String,
}

/// An entry of an array or presentation that is not a credential that we read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// JSON pointer of the entry.
    pub pointer: String,
    /// Why it is not read.
    pub error: ReadError,
}

/// Reads every credential in the bytes: JSON, a token, an array or presentation of several, a baked picture, or a PDF
/// document. Of an envelope around a token the token is kept, as the credential is of a picture: the rest of it is not
/// signed.
///
/// # Errors
/// [`ReadError`] when there is no credential in them, or when one entry of an array or presentation can't be read;
/// [`read_each`] gives the others all the same.
pub fn read(bytes: &[u8]) -> Result<Vec<Found>, ReadError> {
    read_each(bytes)?.into_iter().map(|entry| entry.map_err(|unread| unread.error)).collect()
}

/// As [`read`], with a result of its own for each entry of an array or presentation.
///
/// # Errors
/// [`ReadError`] when there is nothing in the bytes that could be one or several credentials.
pub fn read_each(bytes: &[u8]) -> Result<Vec<Result<Found, Unread>>, ReadError> {
    if bytes.len() > INPUT_BYTES {
        return Err(ReadError::TooLarge { limit: INPUT_BYTES });
    }
    match container::open(bytes)? {
        Some((container, pieces)) => gather(pieces, |bytes| read_json(bytes, container)),
        // Some programs put a mark before UTF-8 that is no part of the text,
        // [RFC 8259 section 8.1](https://www.rfc-editor.org/rfc/rfc8259#section-8.1).
        None => read_json(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).to_vec(), Container::Plain),
    }
}

pub(crate) fn read_json(bytes: Vec<u8>, container: Container) -> Result<Vec<Result<Found, Unread>>, ReadError> {
    match std::str::from_utf8(&bytes).ok().and_then(shape::token) {
        Some(Shape::Unsupported(what)) => return Err(ReadError::UnsupportedFormat { what }),
        Some(_) => return read_token(bytes, container),
        None => {}
    }
    let document = Document::parse_within(bytes, Limits { bytes: INPUT_BYTES, ..Limits::default() })?;
    let values = match (document.root(), shape::of(document.root())) {
        (_, Shape::Credential) => return Ok(vec![alone(VerifiableCredential::of(document), container)]),
        (root, Shape::EnvelopedCredential) => {
            return Ok(vec![alone(VerifiableCredential::from_envelope(root)?, container)]);
        }
        (root, Shape::EnvelopedPresentation) => {
            return read_token(enveloped_token(root, Enveloped::Presentation)?.into_bytes(), container);
        }
        (_, Shape::Unsupported(what)) => return Err(ReadError::UnsupportedFormat { what }),
        (_, Shape::Presentation) => return presented(&document, container),
        (root @ Value::Array(_), _) => shape::items(Some(root), "").collect::<Vec<_>>(),
        _ => return Err(ReadError::NotACredential { pointer: String::new() }),
    };
    check_count(values.len(), "")?;
    Ok(values.into_iter().map(|(value, pointer)| entry(&document, value, container, pointer)).collect())
}

/// Reads a token around a credential or around a presentation.
fn read_token(bytes: Vec<u8>, container: Container) -> Result<Vec<Result<Found, Unread>>, ReadError> {
    match claimed_in(&token_in(&bytes)?.1)? {
        Claimed::Presentation(document) => presented(&document, container),
        Claimed::Credential(_) | Claimed::Other(_) => {
            Ok(vec![alone(VerifiableCredential::from_token(bytes)?, container)])
        }
    }
}

fn alone(credential: VerifiableCredential, container: Container) -> Result<Found, Unread> {
    Ok(Found { credential, container, pointer: String::new() })
}

/// Everything that a presentation holds, in the order of its places.
fn presented(document: &Document, container: Container) -> Result<Vec<Result<Found, Unread>>, ReadError> {
    check_count(shared::count(document.root()), "/verifiableCredential")?;
    let entries = shared::placed(document.root()).into_iter().map(|Placed { pointer, value, kind }| match kind {
        EntryKind::Credential => entry(document, value, container, pointer),
        EntryKind::Beside => beside(value, container, pointer),
    });
    Ok(entries.collect())
}

fn check_count(count: usize, at: &str) -> Result<(), ReadError> {
    match count {
        0 => Err(ReadError::NotACredential { pointer: at.to_owned() }),
        count if count > CREDENTIALS => Err(ReadError::TooMany { limit: CREDENTIALS }),
        _ => Ok(()),
    }
}

/// What stands beside the credentials, from its own text.
fn beside(value: &Value<'_>, container: Container, pointer: String) -> Result<Found, Unread> {
    let read = match shared::beside_text(value) {
        Some(text) => VerifiableCredential::from_bytes(text.as_bytes().to_vec()),
        None => Err(ReadError::NotACredential { pointer: pointer.clone() }),
    };
    match read {
        Ok(credential) => Ok(Found { credential, container, pointer }),
        Err(error) => Err(Unread { pointer, error }),
    }
}

fn entry(document: &Document, value: &Value<'_>, container: Container, pointer: String) -> Result<Found, Unread> {
    let read = match (value, shape::of(value)) {
        (Value::Object(object), Shape::Credential) => {
            VerifiableCredential::from_json(document.source_of(object).to_vec())
        }
        (Value::String(token), Shape::Jws | Shape::SdJwt) => {
            VerifiableCredential::from_token(token.as_bytes().to_vec())
        }
        (_, Shape::EnvelopedCredential) => VerifiableCredential::from_envelope(value),
        (_, Shape::Unsupported(what)) => Err(ReadError::UnsupportedFormat { what }),
        _ => Err(ReadError::NotACredential { pointer: pointer.clone() }),
    };
    match read {
        Ok(credential) => Ok(Found { credential, container, pointer }),
        Err(error) => Err(Unread { pointer, error }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],  "type":["VerifiableCredential"]}"#;

    const CONTEXT: &str = r#""@context":"https://www.w3.org/ns/credentials/v2""#;

    #[track_caller]
    fn check(input: impl AsRef<[u8]>, expected: Result<&[&str], &str>) {
        let found = read(input.as_ref());
        let pointers = found.as_ref().map(|all| all.iter().map(|one| one.pointer.as_str()).collect::<Vec<_>>());
        assert_eq!(pointers.map_err(|error| error.code()), expected.map(<[&str]>::to_vec));
    }

    #[test]
    fn a_credential_alone_is_read_with_its_exact_bytes() {
        check(ONE, Ok(&[""]));
        assert_eq!(read(ONE.as_bytes()).unwrap()[0].credential.bytes(), ONE.as_bytes());
    }

    #[test]
    fn a_mark_before_the_text_is_no_part_of_the_credential() {
        let marked = format!("\u{feff}{ONE}");
        check(&marked, Ok(&[""]));
        assert_eq!(read(marked.as_bytes()).unwrap()[0].credential.bytes(), ONE.as_bytes());
        check(format!("\u{feff}\u{feff}{ONE}"), Err("not_utf8"));
    }

    #[test]
    fn an_array_gives_each_credential_its_own_exact_bytes() {
        let array = format!("[ {ONE} ,{ONE}]");
        check(&array, Ok(&["/0", "/1"]));
        assert_eq!(read(array.as_bytes()).unwrap()[1].credential.bytes(), ONE.as_bytes());
    }

    #[test]
    fn a_token_is_kept_as_it_came() {
        use base64::Engine;
        let encode = |json: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json);
        let token = format!("{}.{}.c2ln", encode(r#"{"alg":"ES256"}"#), encode(ONE));
        let text = format!("{token}\n");
        let found = read(text.as_bytes()).unwrap();
        assert_eq!(found[0].credential.bytes(), text.as_bytes());
        assert_eq!(found[0].credential.document().bytes(), ONE.as_bytes());
        assert_eq!(found[0].credential.securing().jws().unwrap().token(), token);
        check(format!(r#"[{ONE},"{token}"]"#), Ok(&["/0", "/1"]));
    }

    fn token(payload: &str) -> String {
        use base64::Engine;
        let encode = |json: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json);
        format!("{}.{}.c2ln", encode(r#"{"alg":"ES256"}"#), encode(payload))
    }

    #[test]
    fn an_envelope_gives_the_token_in_it() {
        let token = token(ONE);
        let envelope = format!(
            r#"{{{CONTEXT},"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,{token}","name":"X"}}"#
        );
        check(&envelope, Ok(&[""]));
        check(format!("[{ONE},{envelope}]"), Ok(&["/0", "/1"]));
        assert_eq!(read(envelope.as_bytes()).unwrap()[0].credential.bytes(), token.as_bytes());
        let again = VerifiableCredential::from_bytes(envelope.into_bytes()).unwrap();
        assert_eq!(again.bytes(), token.as_bytes());
        check(r#"{"type":"EnvelopedVerifiableCredential"}"#, Err("not_a_credential"));
    }

    #[test]
    fn a_presentation_in_a_token_gives_its_credentials() {
        let held = format!(r#"["{}",{ONE}]"#, token(ONE));
        let presentation = format!(r#"{{"type":"VerifiablePresentation","verifiableCredential":{held}}}"#);
        let pointers = ["/verifiableCredential/0", "/verifiableCredential/1"];
        check(token(&presentation), Ok(&pointers));
        let wrapped = token(&format!(r#"{{"vp":{presentation}}}"#));
        check(&wrapped, Ok(&pointers));
        let enveloped = format!(
            r#"{{{CONTEXT},"type":"EnvelopedVerifiablePresentation","id":"data:application/vp+jwt,{wrapped}"}}"#
        );
        check(&enveloped, Ok(&pointers));
        check(token(r#"{"type":"VerifiablePresentation"}"#), Err("not_a_credential"));
    }

    #[test]
    fn a_presentation_gives_its_credentials() {
        check(
            format!(r#"{{"type":"VerifiablePresentation","verifiableCredential":[{ONE}]}}"#),
            Ok(&["/verifiableCredential/0"]),
        );
        check(
            format!(r#"{{"type":"VerifiablePresentation","verifiableCredential":{ONE}}}"#),
            Ok(&["/verifiableCredential"]),
        );
        check(r#"{"type":"VerifiablePresentation"}"#, Err("not_a_credential"));
    }

    #[test]
    fn one_unreadable_entry_does_not_hide_the_others() {
        let mixed = format!(r#"[{ONE},"eyJhbGciOiJFZERTQSJ9.e30.c2ln",7]"#);
        check(&mixed, Err("not_a_credential"));
        let each = read_each(mixed.as_bytes()).unwrap();
        let codes: Vec<_> = each.iter().map(|one| one.as_ref().map_err(|unread| unread.error.code()).err()).collect();
        assert_eq!(codes, [None, Some("not_a_credential"), Some("not_a_credential")]);
        assert_eq!(each[2].as_ref().unwrap_err().pointer, "/2");
    }

    #[test]
    fn a_file_cut_in_half_is_named_so() {
        check(&ONE[..ONE.len() / 2], Err("truncated"));
        check("", Err("truncated"));
    }

    #[test]
    fn what_is_not_a_credential_is_named() {
        check("hello", Err("not_json"));
        check("[]", Err("not_a_credential"));
        check("{}", Err("not_a_credential"));
        check(b"\xff\xfe{\0", Err("not_utf8"));
        check(r#"{"type":"VerifiableCredential","type":"x"}"#, Err("duplicate_key"));
        check("[".repeat(200), Err("too_deep"));
        check(" ".repeat(INPUT_BYTES + 1), Err("too_large"));
        check(format!("[{}0]", "0,".repeat(CREDENTIALS)), Err("too_many"));
        check("%PDF-1.7", Err("truncated"));
        check("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>", Err("picture_without_credential"));
        check("<!DOCTYPE html><html><body><svg/></body></html>", Err("not_json"));
        check(b"\xff\xd8\xff\xe0\0\x10JFIF", Err("picture_without_credential"));
        check("eyJhbGciOiJFZERTQSJ9.e30.c2ln\n", Err("not_a_credential"));
        check("eyJhbGciOiJFZERTQSJ9.e30.c2ln~", Err("not_a_credential"));
        check("eyJhbGciOiJFZERTQSJ9.e30.c2ln~a", Err("not_a_token"));
        check("eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d", Err("unsupported_format"));
        check("eyJhbGciOiJFZERTQSJ9.e3.c2ln", Err("not_a_token"));
    }

    #[test]
    fn every_code_is_listed() {
        for input in ["", "hello", "{}", "[[[[", "%PDF-1"] {
            assert!(ReadError::CODES.contains(&read(input.as_bytes()).unwrap_err().code()));
        }
    }
}
