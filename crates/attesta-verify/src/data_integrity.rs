//! Data Integrity proofs: [VC Data Integrity 1.0](https://www.w3.org/TR/vc-data-integrity/).

use std::borrow::Cow;

use attesta_credential::{Zone, parse_date_time};
use attesta_jsonld::{Object, Value};
use jiff::Timestamp;

use crate::controlled_identifier::Relationship;
use crate::cryptosuite::detached_jws::DetachedJws;
use crate::cryptosuite::selective::{ProofValueError, SelectiveProof, SignatureBudget};
use crate::cryptosuite::{Cryptosuite, TransformError};
use crate::did::shorten;
use crate::multikey::decode_base58btc;
use crate::problem::{Problem, ProblemCode};
use crate::public_key::SignatureAlgorithm;
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
    /// The proofs that it names as its predecessors, by identifier.
    pub(crate) previous: Vec<&'d str>,
    pub(crate) value: ProofValue,
}

/// What `proofValue` holds.
#[derive(Debug)]
pub(crate) enum ProofValue {
    /// One signature over hashes of the whole document.
    Signature(Vec<u8>),
    /// The same, as a JSON Web Signature without its payload.
    Detached(DetachedJws),
    /// Signatures over statements, of ecdsa-sd-2023.
    Selective(Box<SelectiveProof>),
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
        let problem = Problem::new(ProblemCode::UnsupportedSuite, [("suite", shorten(named))]);
        return Ok(ParsedProof::Unsupported(problem.at(pointer)));
    };
    let previous = previous_proofs(object).ok_or_else(|| malformed("previousProof"))?;
    if let (Cryptosuite::EcdsaSd2023, Some(first)) = (suite, previous.first()) {
        // Which of its predecessors' statements it would sign is not specified.
        let problem = Problem::new(ProblemCode::UnsupportedProofChain, [("previous", shorten(first))]);
        return Err(Outcome::Inconclusive(problem.at(format!("{pointer}/previousProof"))));
    }
    if object.get("id").is_some_and(|id| id.as_str().is_none()) {
        return Err(malformed("id"));
    }
    let method = string("verificationMethod")?;
    let purpose = string("proofPurpose")?;
    let purpose = purposes.iter().copied().find(|allowed| allowed.as_str() == purpose).ok_or_else(|| {
        let problem = Problem::new(ProblemCode::WrongProofPurpose, [("purpose", shorten(purpose))]);
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
    let dated = matches!(suite, Cryptosuite::Ed25519Signature2020 | Cryptosuite::Ed25519Signature2018);
    if created.is_none() && dated {
        return Err(malformed("created"));
    }
    let member = if suite == Cryptosuite::Ed25519Signature2018 { "jws" } else { "proofValue" };
    let value = proof_value(suite, string(member)?).map_err(|error| match error {
        ProofValueError::TooLong => {
            let params = [("limit", SignatureBudget::MOST.to_string())];
            let problem = Problem::new(ProblemCode::TooManySignatures, params);
            Outcome::Inconclusive(problem.at(format!("{pointer}/{member}")))
        }
        _ => malformed(member),
    })?;
    let pointer = pointer.to_owned();
    Ok(ParsedProof::Supported(Proof { pointer, object, suite, method, purpose, created, expires, previous, value }))
}

fn proof_value(suite: Cryptosuite, text: &str) -> Result<ProofValue, ProofValueError> {
    if suite == Cryptosuite::EcdsaSd2023 {
        return SelectiveProof::decode(text).map(|proof| ProofValue::Selective(Box::new(proof)));
    }
    if suite == Cryptosuite::Ed25519Signature2018 {
        let jws = DetachedJws::read(text, SignatureAlgorithm::EdDsa.as_str());
        return jws.filter(|jws| jws.signature.len() == 64).map(ProofValue::Detached).ok_or(ProofValueError::Malformed);
    }
    let signature = decode_base58btc(text).map_err(|_| ProofValueError::Malformed)?;
    match suite.signature_lengths().contains(&signature.len()) {
        true => Ok(ProofValue::Signature(signature)),
        false => Err(ProofValueError::Malformed),
    }
}

/// The document without its proofs, which is what each proof of a set signs.
pub(crate) fn unsecured<'d>(document: &Object<'d>) -> Object<'d> {
    document.without(&["proof"])
}

/// What a proof signs.
pub(crate) enum Content<'d> {
    /// A document without its proofs.
    Unsecured(&'d Value<'d>),
    /// All of a value.
    Whole(Value<'d>),
}

impl<'d> Content<'d> {
    /// The value, which may have more members than are signed.
    pub(crate) fn value(&self) -> &Value<'d> {
        match self {
            Content::Unsecured(document) => document,
            Content::Whole(value) => value,
        }
    }

    /// The members of the value that are not signed.
    pub(crate) fn left_out(&self) -> &'static [&'static str] {
        match self {
            Content::Unsecured(_) => &["proof"],
            Content::Whole(_) => &[],
        }
    }

    /// The members that are signed.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &Value<'d>)> + Clone {
        let members = self.value().as_object().into_iter().flat_map(Object::iter);
        members.filter(|(key, _)| !self.left_out().contains(key))
    }
}

/// What a proof with these options signs of a document: all but its proofs, of which those stay that the proof names as
/// its predecessors ([Verify Proof Sets and Chains](https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains),
/// steps 1 to 3 of the loop).
pub(crate) fn secured_content<'d>(document: &'d Value<'d>, proof: &Object<'_>) -> Result<Content<'d>, TransformError> {
    let object = document.as_object().ok_or(TransformError::NotAnObject)?;
    let previous = previous_proofs(proof).ok_or(TransformError::PreviousProofMalformed)?;
    if previous.is_empty() {
        return Ok(Content::Unsecured(document));
    }
    let all = object.get("proof").map(Value::one_or_many).unwrap_or_default();
    if let Some(missing) = previous.iter().find(|id| !all.iter().any(|other| id_of(other) == Some(id))) {
        return Err(TransformError::PreviousProofMissing { previous: shorten(missing) });
    }
    let matching = all.iter().filter(|other| id_of(other).is_some_and(|id| previous.contains(&id)));
    Ok(Content::Whole(Value::Object(object.with("proof", Value::Array(matching.cloned().collect())))))
}

/// The identifiers that `previousProof` names: none, one or several. `None` where it is something else.
pub(crate) fn previous_proofs<'p>(proof: &'p Object<'_>) -> Option<Vec<&'p str>> {
    let named = proof.get("previousProof").map(Value::one_or_many).unwrap_or_default();
    named.iter().map(Value::as_str).collect()
}

/// The identifier of an entry of `proof`.
pub(crate) fn id_of<'p>(proof: &'p Value<'_>) -> Option<&'p str> {
    proof.get("id").and_then(Value::as_str)
}

/// The options of a proof as they are signed: without the signature and with the context given.
pub(crate) fn proof_config<'d>(proof: &'d Object<'d>, context: Option<&Value<'d>>) -> Value<'d> {
    let members = proof.iter().filter(|(key, _)| *key != "proofValue" && *key != "@context");
    let members = members.map(|(key, value)| (Cow::Borrowed(key), value.clone()));
    let context = context.map(|context| (Cow::Borrowed("@context"), context.clone()));
    Value::Object(context.into_iter().chain(members).collect())
}

/// The context in which the words of an Ed25519Signature2018 have their meaning.
const SECURITY_VOCABULARY: &str = "https://w3id.org/security/v2";

/// The options of a proof over a graph, which take the document's context but for the oldest suite.
pub(crate) fn graph_config<'d>(proof: &'d Object<'d>, context: Option<&Value<'d>>) -> Value<'d> {
    if proof.get("type").and_then(Value::as_str) != Some(Cryptosuite::Ed25519Signature2018.as_str()) {
        return proof_config(proof, context);
    }
    let context = (Cow::Borrowed("@context"), Value::String(Cow::Borrowed(SECURITY_VOCABULARY)));
    let members = proof.iter().filter(|(key, _)| !matches!(*key, "@context" | "jws"));
    let members = members.map(|(key, value)| (Cow::Borrowed(key), value.clone()));
    Value::Object(std::iter::once(context).chain(members).collect())
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
    fn another_purpose_is_told_apart() {
        let login = with(|json| json.replace("\"assertionMethod\"", "\"authentication\""));
        check(&login, "fail wrong_proof_purpose /proof/proofPurpose");
    }

    #[test]
    fn a_predecessor_is_named_by_its_identifier() {
        let after = |previous: &str| {
            with(|json| json.replace("\"created\"", &format!("\"previousProof\":{previous},\"created\"")))
        };
        for previous in ["\"urn:x:1\"", "[\"urn:x:1\",\"urn:x:2\"]", "[]"] {
            check(&after(previous), "supported eddsa-rdfc-2022");
        }
        for previous in ["7", "[\"urn:x:1\",7]", "{}", "null"] {
            check(&after(previous), "fail malformed_proof /proof/previousProof");
        }
    }

    #[test]
    fn a_signature_has_a_length_that_its_suite_knows() {
        let of = |suite: &str, length: usize| {
            let value = format!("z{}", bs58::encode(vec![7; length]).into_string());
            let members = MEMBERS.replace("eddsa-rdfc-2022", suite);
            format!(r#"{{{members},"proofValue":"{value}"}}"#)
        };
        for (suite, length) in [("ecdsa-rdfc-2019", 64), ("ecdsa-rdfc-2019", 96), ("ecdsa-jcs-2019", 96)] {
            check(&of(suite, length), &format!("supported {suite}"));
        }
        for (suite, length) in [("eddsa-rdfc-2022", 96), ("ecdsa-rdfc-2019", 63), ("ecdsa-jcs-2019", 65)] {
            check(&of(suite, length), "fail malformed_proof /proof/proofValue");
        }
        check(&of("ecdsa-sd-2023", 64), "fail malformed_proof /proof/proofValue");
    }
}
