//! Issuing, for the suites alone. What is handed out was verified by the product first, so that a suite which tries to
//! have something malformed issued tests the product's own rules.

use attesta_credential::{VC1_CONTEXT, VerifiableCredential, read};
use attesta_jsonld::{Document, JsonLdErrorCode, Options, to_rdf};
use attesta_share::{ProofOptions, ProofPurpose, SignError, SigningKey, sign_document};
use attesta_test_support::document::DATA_INTEGRITY;
use attesta_verify::selective::SelectError;
use attesta_verify::{CheckKind, Cryptosuite, Outcome};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer;
use jiff::Timestamp;
use serde_json::{Value, json};
use thiserror::Error;

use crate::answer::Server;
use crate::ecdsa::{self, Curve};
use crate::{status, verify};

/// What an endpoint secures credentials with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Securing {
    /// This cryptosuite, with the Ed25519 key.
    Suite(Cryptosuite),
    /// This cryptosuite, with the key on this curve.
    Ecdsa(Cryptosuite, Curve),
    /// ecdsa-sd-2023, with what the request wants to be mandatory.
    Selective,
    /// Linked data where that gives every term its published meaning, the text itself otherwise, as the product signs
    /// presentations.
    Fitting,
    /// As [`Securing::Fitting`], and with a place in each of our status lists.
    WithStatus,
    /// A JSON Web Token in an envelope ([VC-JOSE-COSE](https://www.w3.org/TR/vc-jose-cose/)).
    Enveloped,
}

impl Securing {
    /// The endpoint's name in its path.
    pub(crate) fn named(name: &str) -> Option<Securing> {
        match name {
            "fitting" => Some(Securing::Fitting),
            "with-status" => Some(Securing::WithStatus),
            "enveloped" => Some(Securing::Enveloped),
            "eddsa-rdfc-2022" => Some(Securing::Suite(Cryptosuite::EddsaRdfc2022)),
            "eddsa-jcs-2022" => Some(Securing::Suite(Cryptosuite::EddsaJcs2022)),
            "ecdsa-rdfc-2019-p256" => Some(Securing::Ecdsa(Cryptosuite::EcdsaRdfc2019, Curve::P256)),
            "ecdsa-rdfc-2019-p384" => Some(Securing::Ecdsa(Cryptosuite::EcdsaRdfc2019, Curve::P384)),
            "ecdsa-jcs-2019-p256" => Some(Securing::Ecdsa(Cryptosuite::EcdsaJcs2019, Curve::P256)),
            "ecdsa-jcs-2019-p384" => Some(Securing::Ecdsa(Cryptosuite::EcdsaJcs2019, Curve::P384)),
            "ecdsa-sd-2023" => Some(Securing::Selective),
            _ => None,
        }
    }
}

/// Why nothing is issued.
#[derive(Debug, Error)]
pub(crate) enum Refusal {
    /// What was sent is no credential that the product reads.
    #[error("{0}")]
    Unread(&'static str),
    /// It can't be signed without losing something that it says.
    #[error("{0}")]
    Unsigned(#[from] SignError),
    /// It can't be signed statement by statement.
    #[error("{0}")]
    NotSelectable(#[from] SelectError),
    /// The product finds fault with what was signed.
    #[error("{check} {code}")]
    Faulty { check: &'static str, code: &'static str },
}

/// Signs a credential and hands it out if its form and proof hold. Whom it names as its issuer, and when it is valid,
/// are for the verifier to judge. `mandatory` are the pointers to what a holder must always show, for
/// [`Securing::Selective`].
pub(crate) fn issue(
    server: &Server,
    unsigned: &[u8],
    securing: Securing,
    mandatory: &[&str],
    now: Timestamp,
) -> Result<Vec<u8>, Refusal> {
    let mut credential: Value = serde_json::from_slice(unsigned).map_err(|_| Refusal::Unread("not_json"))?;
    if securing == Securing::WithStatus {
        credential["credentialStatus"] = status::entries(server, &credential);
    }
    let signed = match securing {
        Securing::Enveloped => enveloped(server, &credential),
        Securing::Suite(suite) => sign(server, &with_proof_context(unsigned, credential), suite, now)?,
        Securing::Ecdsa(suite, curve) => ecdsa::sign(with_proof_context(unsigned, credential), suite, curve, now)?,
        Securing::Selective => ecdsa::sign_selectively(with_proof_context(unsigned, credential), mandatory)?,
        Securing::Fitting | Securing::WithStatus => {
            let unsigned = match securing {
                Securing::WithStatus => credential.to_string().into_bytes(),
                _ => unsigned.to_vec(),
            };
            sign(server, &unsigned, fitting(&unsigned)?, now)?
        }
    };
    let found = read(&signed).map_err(|error| Refusal::Unread(error.code()))?;
    found.iter().try_for_each(|found| faultless(server, &found.credential, now))?;
    Ok(signed)
}

/// The document with the issuer's proof.
pub(crate) fn sign(server: &Server, document: &[u8], suite: Cryptosuite, now: Timestamp) -> Result<Vec<u8>, SignError> {
    let key = server.issuer();
    let method = key.verification_method();
    let options = ProofOptions {
        suite,
        verification_method: &method,
        purpose: ProofPurpose::AssertionMethod,
        created: now,
        expires: None,
        challenge: None,
        domain: None,
    };
    sign_document(document, &options, key.signing_key())
}

/// The document with the context of its proof, where it is of VCDM 1.1, whose own context has no such terms.
fn with_proof_context(unsigned: &[u8], mut credential: Value) -> Vec<u8> {
    match credential["@context"].as_array_mut() {
        Some(contexts) if contexts.first().is_some_and(|first| first == VC1_CONTEXT) => {
            if !contexts.iter().any(|context| context == DATA_INTEGRITY) {
                contexts.push(json!(DATA_INTEGRITY));
            }
            credential.to_string().into_bytes()
        }
        _ => unsigned.to_vec(),
    }
}

/// The credential as a signed token, in the envelope by which it stands for a credential.
fn enveloped(server: &Server, credential: &Value) -> Vec<u8> {
    let key: &SigningKey = server.issuer().signing_key();
    let header = json!({ "alg": "EdDSA", "typ": "vc+jwt", "kid": server.issuer().verification_method() });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(credential));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()).to_bytes());
    let envelope = json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": format!("data:application/vc+jwt,{signed}.{signature}"),
        "type": "EnvelopedVerifiableCredential",
    });
    envelope.to_string().into_bytes()
}

fn fitting(unsigned: &[u8]) -> Result<Cryptosuite, Refusal> {
    let document = Document::parse(unsigned.to_vec()).map_err(|_| Refusal::Unread("not_json"))?;
    let own = match to_rdf(document.root(), &Options::credential()) {
        Ok(rdf) => !rdf.inline_contexts.is_empty() || !rdf.open_vocabulary.is_empty(),
        // Only a vocabulary that is not built in is a reason for signing the text; any other error is one to report.
        Err(error) => error.code == JsonLdErrorCode::LoadingRemoteContextFailed,
    };
    Ok(if own { Cryptosuite::EddsaJcs2022 } else { Cryptosuite::EddsaRdfc2022 })
}

fn faultless(server: &Server, credential: &VerifiableCredential, now: Timestamp) -> Result<(), Refusal> {
    let report = verify::report(server, credential, now);
    let decides =
        |kind: &CheckKind| matches!(kind, CheckKind::Conformance | CheckKind::Proof | CheckKind::Status { .. });
    for check in report.checks.iter().filter(|check| decides(&check.kind)) {
        let problem = match (&check.kind, &check.outcome) {
            // A status that can't be asked is no fault of the credential; one that is malformed is.
            (CheckKind::Status { .. }, Outcome::Fail(problem)) => problem,
            (CheckKind::Status { .. }, _) => continue,
            (_, Outcome::Fail(problem) | Outcome::Inconclusive(problem)) => problem,
            (_, Outcome::Pass(_) | Outcome::Absent | Outcome::Skipped { .. }) => continue,
        };
        return Err(Refusal::Faulty { check: check.kind.name(), code: problem.code.as_str() });
    }
    Ok(())
}
