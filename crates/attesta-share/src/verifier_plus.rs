//! VerifierPlus, a host that keeps a presentation under an address of its own and shows it to whoever opens that:
//! what is sent to it and what its answers mean. Nothing here asks anybody.
//!
//! `POST {base}/api/credentials` with `{"vp": …}` is answered by 201 and
//! `{"url": {"view", "get", "unshare"}}`, addresses relative to the base; `DELETE {base}{unshare}` makes it forget.
//! Publishing and withdrawing need no more than the address: whoever has the link can ask the host to forget it too.

use std::fmt;

use attesta_jsonld::{Document, Value};
use thiserror::Error;
use url::Url;

/// Most bytes of an answer: three short addresses, and room for what a newer version may add.
pub const ANSWER_BYTES: u64 = 64 * 1024;

/// Longest address that is taken from an answer; a real one has some 80 characters.
const ADDRESS_BYTES: usize = 1_024;

/// A VerifierPlus at the address that the learner set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierPlus {
    /// Its origin and path, without a slash at the end.
    base: Url,
}

/// The text is no address that a VerifierPlus can stand at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not the base address of a host")]
pub struct NotABase;

/// What a host published, as it answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Published {
    /// The page that shows it: the link that is given out.
    pub view: String,
    /// Where it is asked to forget it.
    pub unshare: String,
}

/// Why an answer does not tell where the presentation stands.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReceiptError {
    /// Not JSON, or not of the documented shape.
    #[error("the answer is not one of VerifierPlus")]
    NotUnderstood,
    /// An address that leads to another host than the one that was asked.
    #[error("the answer leads to another host")]
    Elsewhere,
}

impl VerifierPlus {
    /// The host at a base address. Whether it may be asked at all is for the caller to check.
    ///
    /// # Errors
    /// [`NotABase`] for anything but an http or https address of a host.
    pub fn at(base: &str) -> Result<VerifierPlus, NotABase> {
        let mut base = Url::parse(base.trim()).map_err(|_| NotABase)?;
        if !matches!(base.scheme(), "https" | "http") || !base.has_host() {
            return Err(NotABase);
        }
        base.set_query(None);
        base.set_fragment(None);
        Ok(VerifierPlus { base })
    }

    /// Where a presentation is sent.
    pub fn publish_address(&self) -> String {
        self.below("/api/credentials")
    }

    /// What is sent, to publish and to withdraw: the presentation exactly as it was signed, as the value of `vp`.
    pub fn body(presentation: &[u8]) -> Vec<u8> {
        [br#"{"vp":"#, presentation, b"}"].concat()
    }

    /// Reads what a host answered that says it published.
    ///
    /// # Errors
    /// [`ReceiptError`]; no part of such an answer is used.
    pub fn receipt(&self, answer: &[u8]) -> Result<Published, ReceiptError> {
        let answer = Document::parse(answer.to_vec()).map_err(|_| ReceiptError::NotUnderstood)?;
        let address = |name: &str| answer.root().get("url").and_then(|url| url.get(name)).and_then(Value::as_str);
        let view = address("view").ok_or(ReceiptError::NotUnderstood)?;
        let unshare = address("unshare").or_else(|| address("get")).ok_or(ReceiptError::NotUnderstood)?;
        Ok(Published { view: self.of_this_host(view)?, unshare: self.of_this_host(unshare)? })
    }

    /// Whether an answer to a withdrawal means that the host no longer shows it: it said so, or says that there is no
    /// such thing.
    pub fn forgot(status: u16) -> bool {
        matches!(status, 200..=299 | 404 | 410)
    }

    /// An address of an answer, which is written relative to the base, as an absolute one.
    fn of_this_host(&self, address: &str) -> Result<String, ReceiptError> {
        let address = address.trim();
        if address.is_empty() || address.len() > ADDRESS_BYTES {
            return Err(ReceiptError::NotUnderstood);
        }
        let absolute = match Url::parse(address) {
            Ok(absolute) => absolute,
            // Programs that resolve such a reference go to the host that it names.
            Err(_) if address.starts_with("//") || address.contains('\\') => return Err(ReceiptError::Elsewhere),
            Err(_) => Url::parse(&self.below(&format!("/{}", address.trim_start_matches('/'))))
                .map_err(|_| ReceiptError::NotUnderstood)?,
        };
        let signed_in = !absolute.username().is_empty() || absolute.password().is_some();
        if absolute.origin() != self.base.origin() || !absolute.origin().is_tuple() || signed_in {
            return Err(ReceiptError::Elsewhere);
        }
        Ok(absolute.into())
    }

    fn below(&self, path: &str) -> String {
        format!("{}{path}", self.base.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for Published {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whoever has the address sees what stands there, and can have it forgotten.
        out.write_str("Published")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt(base: &str, answer: &str) -> Result<(String, String), ReceiptError> {
        let published = VerifierPlus::at(base).expect("a base").receipt(answer.as_bytes())?;
        Ok((published.view, published.unshare))
    }

    #[track_caller]
    fn check(base: &str, view: &str, expected: Result<&str, ReceiptError>) {
        let answer = format!(r#"{{"status":"success","url":{{"view":{view:?},"unshare":"/api/credentials/1"}}}}"#);
        assert_eq!(receipt(base, &answer).map(|(view, _)| view), expected.map(str::to_owned), "{base} {view}");
    }

    #[test]
    fn what_the_documented_host_answers_is_understood() {
        let answer = r#"{"status":"success","url":{"view":"/credentials/9c6a","get":"/api/credentials/9c6a",
            "unshare":"/api/credentials/9c6a"}}"#;
        let expected =
            ("https://vp.example/credentials/9c6a".to_owned(), "https://vp.example/api/credentials/9c6a".to_owned());
        assert_eq!(receipt("https://vp.example", answer), Ok(expected.clone()));
        assert_eq!(receipt("https://vp.example/", answer), Ok(expected));
        let host = VerifierPlus::at("https://vp.example/?a=1#b").expect("a base");
        assert_eq!(host.publish_address(), "https://vp.example/api/credentials");
    }

    #[test]
    fn where_only_the_address_to_read_is_named_it_is_that_to_withdraw_too() {
        let answer = r#"{"url":{"view":"/credentials/1","get":"/api/credentials/1"}}"#;
        let (_, unshare) = receipt("https://vp.example", answer).expect("a receipt");
        assert_eq!(unshare, "https://vp.example/api/credentials/1");
    }

    #[test]
    fn an_address_is_below_the_base_that_was_set() {
        check(
            "https://vp.example/tools/verifier",
            "/credentials/1",
            Ok("https://vp.example/tools/verifier/credentials/1"),
        );
        check("http://127.0.0.1:4000", "/credentials/1", Ok("http://127.0.0.1:4000/credentials/1"));
        check("https://vp.example", "credentials/1", Ok("https://vp.example/credentials/1"));
        check("https://vp.example", "@evil.example/1", Ok("https://vp.example/@evil.example/1"));
        check("https://vp.example", ".evil.example/1", Ok("https://vp.example/.evil.example/1"));
        check("https://vp.example", "https://vp.example/credentials/1", Ok("https://vp.example/credentials/1"));
    }

    #[test]
    fn an_address_of_another_host_is_refused() {
        for view in [
            "https://evil.example/credentials/1",
            "http://vp.example/credentials/1",
            "https://vp.example:8443/credentials/1",
            "https://vp.example.evil.example/",
            "https://learner@vp.example/credentials/1",
            "//evil.example/credentials/1",
            "/\\evil.example/credentials/1",
            "\\\\evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
        ] {
            check("https://vp.example", view, Err(ReceiptError::Elsewhere));
        }
    }

    #[test]
    fn what_is_no_answer_of_this_kind_is_not_understood() {
        for answer in [
            "",
            "<html>",
            "null",
            "[]",
            "{}",
            r#"{"url":"/credentials/1"}"#,
            r#"{"url":{"view":"/credentials/1"}}"#,
            r#"{"url":{"unshare":"/api/credentials/1"}}"#,
            r#"{"url":{"view":"","unshare":"/api/credentials/1"}}"#,
            r#"{"url":{"view":7,"unshare":"/api/credentials/1"}}"#,
            r#"{"url":{"view":"/a","view":"/b","unshare":"/c"}}"#,
        ] {
            assert_eq!(receipt("https://vp.example", answer), Err(ReceiptError::NotUnderstood), "{answer}");
        }
        let long = format!("/{}", "a".repeat(ADDRESS_BYTES));
        check("https://vp.example", &long, Err(ReceiptError::NotUnderstood));
    }

    #[test]
    fn only_the_address_of_a_host_is_a_base() {
        for base in ["", "vp.example", "attesta:share", "file:///tmp", "javascript:alert(1)", "data:,x"] {
            assert_eq!(VerifierPlus::at(base), Err(NotABase), "{base}");
        }
    }

    #[test]
    fn the_presentation_is_sent_as_it_was_signed() {
        let body = VerifierPlus::body(br#"{ "type" : ["VerifiablePresentation"] }"#);
        assert_eq!(body, br#"{"vp":{ "type" : ["VerifiablePresentation"] }}"#);
    }

    #[test]
    fn only_a_host_that_says_so_has_forgotten() {
        for status in [200, 202, 204, 404, 410] {
            assert!(VerifierPlus::forgot(status), "{status}");
        }
        for status in [301, 307, 400, 401, 403, 405, 409, 429, 500, 503] {
            assert!(!VerifierPlus::forgot(status), "{status}");
        }
    }

    #[test]
    fn the_address_is_not_shown_when_a_receipt_is_debugged() {
        let published = VerifierPlus::at("https://vp.example")
            .expect("a base")
            .receipt(br#"{"url":{"view":"/credentials/s3cret","get":"/api/credentials/s3cret"}}"#);
        assert!(!format!("{published:?}").contains("s3cret"));
    }
}
