//! What a receiver opens: a share link, a presentation's file, or credentials that came without a presentation.

use attesta_credential::limits::INPUT_BYTES;
use attesta_credential::{Found, ReadError, Unread, VerifiablePresentation, read_each};
use thiserror::Error;

use crate::link::{OpenLinkError, ShareLink};
use crate::page_file::payload_of_page;
use crate::payload::Carried;
use crate::sealed::SealedPayload;

/// What was in a link or file.
#[derive(Debug, Clone)]
pub enum Received {
    /// A presentation, whose credentials are verified each on its own.
    Presentation(VerifiablePresentation),
    /// Credentials that nobody presents: a credential's own file, or an array of several.
    Credentials(Vec<Result<Found, Unread>>),
    /// A presentation that opens with a passphrase: see [`SealedPayload::unseal`], then [`read_unsealed`].
    Sealed(SealedPayload),
}

/// Why there is nothing to open.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenError {
    /// A text that is no share link, or a link that does not open.
    #[error(transparent)]
    Link(#[from] OpenLinkError),
    /// A file, or a link's content, without a credential that we read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl OpenError {
    /// A stable code that leads to the words for people.
    pub fn code(&self) -> &'static str {
        match self {
            OpenError::Link(error) => error.code(),
            OpenError::Read(error) => error.code(),
        }
    }
}

/// Reads what a receiver was given: the text of a share link in whatever state it arrived, or a file's bytes.
///
/// # Errors
/// [`OpenError`] when it is neither, or damaged.
pub fn read_presentation(received: &[u8]) -> Result<Received, OpenError> {
    // A link in mail is far smaller than what it expands to, so one limit serves both.
    if received.len() > INPUT_BYTES {
        return Err(ReadError::TooLarge { limit: INPUT_BYTES }.into());
    }
    match std::str::from_utf8(received) {
        Ok(text) if looks_like_a_page(text) => match payload_of_page(text) {
            Some(payload) => read_link(&payload),
            None => read_content(received.to_vec()),
        },
        Ok(text) if !looks_like_a_file(text) => read_link(text),
        _ => read_content(received.to_vec()),
    }
}

/// Reads what [`SealedPayload::unseal`] gave out.
///
/// # Errors
/// [`OpenError::Read`] when it holds neither a presentation nor credentials.
pub fn read_unsealed(content: Vec<u8>) -> Result<Received, OpenError> {
    read_content(content)
}

fn read_link(text: &str) -> Result<Received, OpenError> {
    match ShareLink::decode(text)? {
        Carried::Plain(content) => read_content(content),
        Carried::Sealed(sealed) => Ok(Received::Sealed(sealed)),
    }
}

fn looks_like_a_page(text: &str) -> bool {
    let start = text.trim_start();
    ["<!doctype html", "<html"].iter().any(|tag| start.get(..tag.len()).is_some_and(|at| at.eq_ignore_ascii_case(tag)))
}

fn looks_like_a_file(text: &str) -> bool {
    let text = text.trim_start();
    // `<https://…>` is a link as mail programs frame it; `<svg`, `<?xml` and `<!` begin files.
    // So is `eyJ` the beginning of a token; a payload begins with its version.
    text.starts_with(['{', '['])
        || ["%PDF-", "eyJ"].iter().any(|start| text.starts_with(start))
        || ["<svg", "<?xml", "<!"].iter().any(|start| text.starts_with(start))
}

fn read_content(content: Vec<u8>) -> Result<Received, OpenError> {
    let presentation = match VerifiablePresentation::from_bytes(content.clone()) {
        // No presentation, or no JSON at all: a credential, an array or a picture may be in it.
        Err(ReadError::NotACredential { .. } | ReadError::NotJson(_) | ReadError::NotUtf8) => {
            return Ok(Received::Credentials(read_each(&content)?));
        }
        presentation => presentation?,
    };
    Ok(Received::Presentation(presentation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::PayloadEncoding;
    use crate::passphrase::Passphrase;
    use crate::sealed::SEAL_RANDOM_BYTES;

    const CREDENTIAL: &str = r#"{ "type":["VerifiableCredential"],"id":"urn:uuid:9d3c1f6e-07a2-4be8-8c55-41f0d2b7a936","name":"Premiers soins" }"#;

    fn presentation() -> String {
        format!(r#"{{"type":["VerifiablePresentation"],"name":"Dossier","verifiableCredential":[{CREDENTIAL}]}}"#)
    }

    fn link(content: &str) -> String {
        ShareLink::encode("https://verify.example/", content.as_bytes(), PayloadEncoding::Base64Url).to_string()
    }

    #[track_caller]
    fn check(received: impl AsRef<[u8]>, expected: &str) {
        let shown = match read_presentation(received.as_ref()) {
            Ok(Received::Presentation(presentation)) => {
                let carried: Vec<_> = presentation.credentials().map(|carried| carried.bytes).collect();
                assert_eq!(carried, [CREDENTIAL.as_bytes()]);
                "presentation".to_owned()
            }
            Ok(Received::Credentials(found)) => {
                for found in &found {
                    assert_eq!(found.as_ref().expect("a credential").credential.bytes(), CREDENTIAL.as_bytes());
                }
                format!("{} credentials", found.len())
            }
            Ok(Received::Sealed(_)) => "sealed".to_owned(),
            Err(error) => error.code().to_owned(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_link_and_a_file_open_alike() {
        check(link(&presentation()), "presentation");
        check(format!("<{}>\r\n", link(&presentation())), "presentation");
        check(presentation(), "presentation");
        check(format!("\r\n  {}\n", presentation()), "presentation");
    }

    #[test]
    fn credentials_without_a_presentation_open_too() {
        check(CREDENTIAL, "1 credentials");
        check(format!("[{CREDENTIAL},{CREDENTIAL}]"), "2 credentials");
        check(link(CREDENTIAL), "1 credentials");
        let picture = crate::QrCode::for_link("attesta:share").expect("it fits").to_png();
        let baked = attesta_credential::bake_png(&picture, CREDENTIAL.as_bytes()).expect("a picture can be baked");
        check(baked, "1 credentials");
    }

    #[test]
    fn a_sealed_link_waits_for_its_passphrase() {
        let passphrase = Passphrase::new("quatre mots pour ouvrir").expect("it is long enough");
        let link = ShareLink::encode_sealed(
            "https://verify.example/",
            presentation().as_bytes(),
            PayloadEncoding::Base64Url,
            &passphrase,
            &[7; SEAL_RANDOM_BYTES],
        );
        check(link.as_str(), "sealed");
        let Ok(Received::Sealed(sealed)) = read_presentation(link.as_str().as_bytes()) else { panic!("sealed") };
        let content = sealed.unseal("quatre mots pour ouvrir").expect("the passphrase fits");
        assert!(matches!(read_unsealed(content), Ok(Received::Presentation(_))));
    }

    #[test]
    fn a_token_alone_opens_too() {
        use base64::Engine;
        let encode = |json: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json);
        let token = format!("{}.{}.c2ln", encode(r#"{"alg":"ES256"}"#), encode(CREDENTIAL));
        let Ok(Received::Credentials(found)) = read_presentation(token.as_bytes()) else { panic!("credentials") };
        assert_eq!(found[0].as_ref().expect("a credential").credential.bytes(), token.as_bytes());
        let wrapped = format!("{}.{}.c2ln", encode(r#"{"alg":"ES256"}"#), encode(&presentation()));
        assert!(matches!(read_presentation(wrapped.as_bytes()), Ok(Received::Presentation(_))));
    }

    #[test]
    fn a_pages_file_opens_like_the_link_in_it() {
        let page = |payload: &str| {
            format!(
                "<!DOCTYPE html>\n<html><script type=\"application/json\" id=\"attesta-bundle\">\
                 {{\"payload\":\"{payload}\"}}</script></html>"
            )
        };
        let link = link(&presentation());
        let payload = link.split_once('#').expect("a link has a fragment").1;
        check(page(payload), "presentation");
        check(page(&format!("9{}", &payload[1..])), "share_link_newer");
        check(page(&payload[..payload.len() - 4]), "share_link_damaged");
        check(page("hello"), "not_a_link");
    }

    #[test]
    fn what_is_neither_is_named() {
        check("", "not_a_link");
        check("https://verify.example/", "not_a_link");
        check(link(&presentation()).replace("#2u", "#3u"), "share_link_newer");
        check(&link(&presentation())[..70], "share_link_damaged");
        check(&presentation()[..70], "truncated");
        check("{}", "not_a_credential");
        check(link("{}  and some words that make the payload long enough to be one"), "not_json");
        check(b"\x89PNG\r\n\x1a\n", "truncated");
        check("%PDF-1.7", "truncated");
        check("<!-- drawn --><svg/>", "picture_without_credential");
        check("{".repeat(INPUT_BYTES + 1), "too_large");
    }
}
