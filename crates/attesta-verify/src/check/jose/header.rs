//! What a token's header says: [RFC 7515 section 4](https://www.rfc-editor.org/rfc/rfc7515#section-4).
//!
//! `jku` and `x5u` are addresses that anybody can write; they are never asked. `x5c` would prove a certificate, which no
//! profile ties to an issuer's identifier.

use attesta_credential::CompactJws;
use attesta_jsonld::Value;

use crate::did::shorten;
use crate::problem::{Problem, ProblemCode};
use crate::public_key::SignatureAlgorithm;
use crate::report::Outcome;

/// A header that may be gone by.
#[derive(Debug)]
pub(super) struct Header<'t> {
    pub(super) algorithm: SignatureAlgorithm,
    /// The name of the key.
    pub(super) kid: Option<&'t str>,
    /// The key itself.
    pub(super) jwk: Option<&'t Value<'t>>,
}

/// A member of a token that is not in the form it must have.
pub(super) fn malformed(member: &str) -> Outcome {
    Outcome::Fail(Problem::new(ProblemCode::MalformedProof, [("member", member.to_owned())]))
}

impl<'t> Header<'t> {
    pub(super) fn read(jws: &'t CompactJws) -> Result<Self, Outcome> {
        let header = jws.header();
        if let Some(critical) = header.get("crit") {
            // No extension is known, so each one that must be understood is one too many.
            let named = critical.one_or_many().first().and_then(Value::as_str).unwrap_or("crit");
            let params = [("header", shorten(named))];
            return Err(Outcome::Fail(Problem::new(ProblemCode::UnknownCriticalHeader, params)));
        }
        if header.get("b64").is_some_and(|b64| *b64 != Value::Bool(true)) {
            return Err(malformed("b64"));
        }
        let text = |member: &str| match header.get(member) {
            None => Ok(None),
            Some(value) => value.as_str().map(Some).ok_or_else(|| malformed(member)),
        };
        let alg = text("alg")?.ok_or_else(|| malformed("alg"))?;
        if alg.eq_ignore_ascii_case("none") {
            return Err(match jws.signature() {
                [] => Outcome::Inconclusive(Problem::new(ProblemCode::NoProof, [])),
                _ => malformed("alg"),
            });
        }
        let algorithm = SignatureAlgorithm::of(alg).ok_or_else(|| {
            Outcome::Inconclusive(Problem::new(ProblemCode::UnsupportedSuite, [("suite", shorten(alg))]))
        })?;
        let jwk = match header.get("jwk") {
            Some(jwk) if jwk.as_object().is_none() => return Err(malformed("jwk")),
            jwk => jwk,
        };
        Ok(Header { algorithm, kid: text("kid")?, jwk })
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    #[track_caller]
    fn check(header: &str, signature: &str, expected: &str) {
        let jws = CompactJws::parse(&format!("{}.e30.{signature}", URL_SAFE_NO_PAD.encode(header))).unwrap();
        let shown = match Header::read(&jws) {
            Ok(header) => format!("{} {:?}", header.algorithm.as_str(), header.kid),
            Err(Outcome::Fail(problem)) => format!("fail {}", problem.code.as_str()),
            Err(Outcome::Inconclusive(problem)) => format!("inconclusive {}", problem.code.as_str()),
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(shown, expected, "{header}");
    }

    #[test]
    fn a_header_is_read_to_the_letter() {
        check(r#"{"alg":"RS256","kid":"a","x5u":"https://evil.example"}"#, "c2ln", "RS256 Some(\"a\")");
        check(r#"{"alg":"ES256","b64":true}"#, "c2ln", "ES256 None");
        for header in [
            "{}",
            r#"{"alg":7}"#,
            r#"{"alg":"RS256","kid":7}"#,
            r#"{"alg":"RS256","jwk":"a"}"#,
            r#"{"alg":"RS256","b64":false}"#,
        ] {
            check(header, "c2ln", "fail malformed_proof");
        }
    }

    #[test]
    fn an_extension_that_must_be_understood_is_not() {
        for critical in [r#"["b64"]"#, r#"["exp"]"#, "[]", "7"] {
            let header = format!(r#"{{"alg":"RS256","crit":{critical}}}"#);
            check(&header, "c2ln", "fail unknown_critical_header");
        }
    }

    #[test]
    fn without_a_signature_and_with_a_shared_secret_nothing_is_proven() {
        check(r#"{"alg":"none"}"#, "", "inconclusive no_proof");
        check(r#"{"alg":"NoNe"}"#, "c2ln", "fail malformed_proof");
        for alg in ["HS256", "ES256K", "ES512", "RSA-OAEP"] {
            check(&format!(r#"{{"alg":"{alg}"}}"#), "c2ln", "inconclusive unsupported_suite");
        }
    }
}
