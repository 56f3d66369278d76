//! Data Integrity proofs: [VC Data Integrity 1.0](https://www.w3.org/TR/vc-data-integrity/).

use std::borrow::Cow;

use attesta_credential::{Zone, parse_date_time};
use attesta_jsonld::{Object, Value};
use jiff::Timestamp;

use crate::controlled_identifier::Relationship;
use crate::cryptosuite::Cryptosuite;
use crate::multikey::decode_base58btc;
use crate::problem::{Problem, ProblemCode};
use crate::report::Outcome;

/// A proof of a suite that is supported, with every member in the form it must have.
#[derive(Debug)]
pub(crate) struct Proof<'d> {
    /// JSON pointer of the proof.
    pub(crate) pointer: String,
    /// The proof as written.
    pub(crate) object: &'d Object<'d>,
    pub(crate) suite: Cryptosuite,
    pub(crate) method: &'d str,
    pub(crate) purpose: Relationship,
    pub(crate) created: Option<Timestamp>,
    pub(crate) expires: Option<Timestamp>,
    pub(crate) signature: [u8; 64],
}

/// What an entry of `proof` turned out to be.
#[derive(Debug)]
pub(crate) enum ParsedProof<'d> {
    /// It can be checked.
    Supported(Proof<'d>),
    /// A type or cryptosuite that can't be checked.
    Unsupported(Problem),
    /// It can't hold, or not be checked, whatever the document says.
    Decided(Outcome),
}

/// Reads one entry of `proof`. `purposes` are those that the secured document may be signed for.
pub(crate) fn parse<'d>(value: &'d Value<'d>, pointer: &str, purposes: &[Relationship]) -> ParsedProof<'d> {
    match parse_object(value, pointer, purposes) {
        Ok(proof) => proof,
        Err(outcome) => ParsedProof::Decided(outcome),
    }
}

fn parse_object<'d>(
    value: &'d Value<'d>,
    pointer: &str,
    purposes: &[Relationship],
) -> Result<ParsedProof<'d>, Outcome> {
    let malformed = |member: &str| {
        let problem = Problem::new(ProblemCode::MalformedProof, [("member", member.to_owned())]);
        let place = if member == "proof" { pointer.to_owned() } else { format!("{pointer}/{member}") };
        Outcome::Fail(problem.at(place))
    };
    let object = value.as_object().ok_or_else(|| malformed("proof"))?;
    let string = |member: &str| object.get(member).and_then(Value::as_str).ok_or_else(|| malformed(member));
    let kind = string("type")?;
    let named = if kind == "DataIntegrityProof" { string("cryptosuite")? } else { kind };
    let Some(suite) = Cryptosuite::of(kind, named) else {
        let problem = Problem::new(ProblemCode::UnsupportedSuite, [("suite", crate::did::shorten(named))]);
        return Ok(ParsedProof::Unsupported(problem.at(pointer)));
    };
    if let Some(previous) = object.get("previousProof") {
        let previous = previous.one_or_many().first().and_then(Value::as_str).unwrap_or_default();
        let params = [("previous", crate::did::shorten(previous))];
        let problem = Problem::new(ProblemCode::UnsupportedProofChain, params);
        return Err(Outcome::Inconclusive(problem.at(format!("{pointer}/previousProof"))));
    }
    if object.get("id").is_some_and(|id| id.as_str().is_none()) {
        return Err(malformed("id"));
    }
    let method = string("verificationMethod")?;
    let purpose = string("proofPurpose")?;
    let purpose = purposes.iter().copied().find(|allowed| allowed.as_str() == purpose).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::WrongProofPurpose, [("purpose", crate::did::shorten(purpose))]);
        Outcome::Fail(problem.at(format!("{pointer}/proofPurpose")))
    })?;
    let time = |member: &str| match object.get(member) {
        None => Ok(None),
        Some(value) => {
            let read = value.as_str().and_then(|text| parse_date_time(text, Zone::UtcWhenMissing));
            read.map(Some).ok_or_else(|| malformed(member))
        }
    };
    let (created, expires) = (time("created")?, time("expires")?);
    if created.is_none() && suite == Cryptosuite::Ed25519Signature2020 {
        return Err(malformed("created"));
    }
    let signature = decode_base58btc(string("proofValue")?).ok().and_then(|bytes| bytes.try_into().ok());
    let signature = signature.ok_or_else(|| malformed("proofValue"))?;
    let pointer = pointer.to_owned();
    Ok(ParsedProof::Supported(Proof { pointer, object, suite, method, purpose, created, expires, signature }))
}

/// The document without its proofs, which is what each proof of a set signs.
pub(crate) fn unsecured<'d>(document: &'d Object<'d>) -> Object<'d> {
    document.without(&["proof"])
}

/// The options of a proof as they are signed: without the signature and with the context given.
pub(crate) fn proof_config<'d>(proof: &'d Object<'d>, context: Option<&Value<'d>>) -> Value<'d> {
    let members = proof.iter().filter(|(key, _)| *key != "proofValue" && *key != "@context");
    let members = members.map(|(key, value)| (Cow::Borrowed(key), value.clone()));
    let context = context.map(|context| (Cow::Borrowed("@context"), context.clone()));
    Value::Object(context.into_iter().chain(members).collect())
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    const MEMBERS: &str = r#""type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022",
        "verificationMethod":"did:key:z6Mk#z6Mk","proofPurpose":"assertionMethod","created":"2024-01-01T00:00:00Z""#;

    fn value() -> String {
        format!("z{}", bs58::encode([7; 64]).into_string())
    }

    #[track_caller]
    fn check(json: &str, expected: &str) {
        let document = Document::parse(json.as_bytes().to_vec()).unwrap();
        let problem =
            |problem: &Problem| format!("{} {}", problem.code.as_str(), problem.pointer.as_deref().unwrap_or_default());
        let shown = match parse(document.root(), "/proof", &[Relationship::AssertionMethod]) {
            ParsedProof::Supported(proof) => format!("supported {}", proof.suite.as_str()),
            ParsedProof::Unsupported(problem) => format!("unsupported {}", problem.params["suite"]),
            ParsedProof::Decided(Outcome::Fail(found)) => format!("fail {}", problem(&found)),
            ParsedProof::Decided(Outcome::Inconclusive(found)) => format!("inconclusive {}", problem(&found)),
            ParsedProof::Decided(other) => panic!("{other:?}"),
        };
        assert_eq!(shown, expected, "{json}");
    }

    fn with(change: impl Fn(String) -> String) -> String {
        change(format!(r#"{{{MEMBERS},"proofValue":"{}"}}"#, value()))
    }

    #[test]
    fn each_suite_is_recognised() {
        check(&with(|json| json), "supported eddsa-rdfc-2022");
        check(&with(|json| json.replace("eddsa-rdfc-2022", "eddsa-2022")), "supported eddsa-rdfc-2022");
        check(&with(|json| json.replace("eddsa-rdfc-2022", "eddsa-jcs-2022")), "supported eddsa-jcs-2022");
        let old = with(|json| json.replace("DataIntegrityProof", "Ed25519Signature2020"));
        check(&old, "supported Ed25519Signature2020");
        check(&with(|json| json.replace("eddsa-rdfc-2022", "bbs-2023")), "unsupported bbs-2023");
        check(r#"{"type":"RsaSignature2018"}"#, "unsupported RsaSignature2018");
    }

    #[test]
    fn a_malformed_member_is_named() {
        for (from, to, member) in [
            ("proofValue\":\"z", "proofValue\":\"u", "/proofValue"),
            ("proofValue\":\"z", "proofValue\":\"z222", "/proofValue"),
            ("2024-01-01T00:00:00Z", "soon", "/created"),
            ("\"created\"", "\"expires\":7,\"created\"", "/expires"),
            ("\"verificationMethod\"", "\"method\"", "/verificationMethod"),
            ("\"proofPurpose\"", "\"purpose\"", "/proofPurpose"),
            ("\"cryptosuite\"", "\"suite\"", "/cryptosuite"),
            ("\"type\"", "\"id\":7,\"type\"", "/id"),
        ] {
            check(&with(|json| json.replace(from, to)), &format!("fail malformed_proof /proof{member}"));
        }
        check("7", "fail malformed_proof /proof");
        let undated =
            with(|json| json.replace("DataIntegrityProof", "Ed25519Signature2020").replace("created", "made"));
        check(&undated, "fail malformed_proof /proof/created");
    }

    #[test]
    fn other_purposes_and_chains_are_told_apart() {
        let login = with(|json| json.replace("\"assertionMethod\"", "\"authentication\""));
        check(&login, "fail wrong_proof_purpose /proof/proofPurpose");
        let chained = with(|json| json.replace("\"created\"", "\"previousProof\":\"urn:x:1\",\"created\""));
        check(&chained, "inconclusive unsupported_proof_chain /proof/previousProof");
    }
}
