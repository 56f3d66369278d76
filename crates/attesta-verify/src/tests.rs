//! Whole verifications: credentials signed in memory with fixed keys, answers made up on the spot.

mod chains;
mod disclosing;
mod ecdsa;
mod forgeries;
mod keys;
mod linked_data;
mod presentations;
mod proofs;
mod recognition;
mod refreshes;
mod revocations;
mod selective;
mod shared_lists;
mod status_kinds;
mod statuses;
mod termination;
mod validity;

use attesta_credential::VerifiableCredential;
use attesta_jsonld::Document;
use ed25519_dalek::{Signer, SigningKey};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    Answer, Cryptosuite, FetchFailure, FetchFailureKind, Outcome, Policy, Resource, Resources, Turn, Verdict,
    VerificationReport, did, judge, signing_input, verify,
};

const V2: &str = "https://www.w3.org/ns/credentials/v2";
const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const UNI: &str = "https://uni.example/issuers/1";

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    time("2026-06-15T12:00:00Z")
}

/// A party with a key of its own.
#[derive(Clone, Copy)]
struct Party(u8);

const ISSUER: Party = Party(7);
const ATTACKER: Party = Party(66);
const LEARNER: Party = Party(9);

impl Party {
    fn key(self) -> SigningKey {
        SigningKey::from_bytes(&[self.0; 32])
    }

    fn public(self) -> [u8; 32] {
        self.key().verifying_key().to_bytes()
    }

    fn did(self) -> String {
        did::key::from_ed25519(self.public())
    }

    fn method(self) -> String {
        did::key::verification_method(self.public())
    }

    fn multikey(self) -> String {
        self.did().replace("did:key:", "")
    }
}

/// A badge issued by `issuer`, a DID or URL.
fn badge(issuer: &str) -> Value {
    json!({
        "@context": [V2, OB],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Welding, level 2",
        "issuer": { "id": issuer, "type": ["Profile"], "name": "Exemplary College" },
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": LEARNER.did(),
            "type": ["AchievementSubject"],
            "creditsEarned": 4.5,
            "achievement": {
                "id": "https://uni.example/achievements/welding",
                "type": ["Achievement"],
                "name": "Welding, level 2",
                "description": "Joins metal safely.",
                "criteria": { "narrative": "Four joints, inspected." }
            }
        }
    })
}

/// The options of a proof that `party` makes.
fn options(party: Party, suite: Cryptosuite) -> Value {
    let mut options = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": suite.as_str(),
        "created": "2026-01-02T00:00:00Z",
        "verificationMethod": party.method(),
        "proofPurpose": "assertionMethod"
    });
    if suite == Cryptosuite::Ed25519Signature2020 {
        options["type"] = json!("Ed25519Signature2020");
        options.as_object_mut().unwrap().remove("cryptosuite");
    }
    options
}

fn suite_of(options: &Value) -> Cryptosuite {
    match options["cryptosuite"].as_str() {
        Some("eddsa-jcs-2022") => Cryptosuite::EddsaJcs2022,
        Some(_) => Cryptosuite::EddsaRdfc2022,
        None => Cryptosuite::Ed25519Signature2020,
    }
}

/// The proof over a document with these options.
fn proof(document: &Value, mut options: Value, party: Party) -> Value {
    let suite = suite_of(&options);
    if suite == Cryptosuite::EddsaJcs2022 && options.get("@context").is_none() {
        options["@context"] = document["@context"].clone();
    }
    let parse = |value: &Value| Document::parse(value.to_string().into_bytes()).unwrap();
    let input = signing_input(parse(document).root(), parse(&options).root(), suite).unwrap();
    let signature = party.key().sign(&input);
    options["proofValue"] = json!(format!("z{}", bs58::encode(signature.to_bytes()).into_string()));
    options
}

/// The document, secured with these options.
fn secured(mut document: Value, options: Value, party: Party) -> Value {
    document["proof"] = proof(&document, options, party);
    document
}

/// The document, secured by its did:key issuer.
fn signed(document: Value) -> Value {
    secured(document, options(ISSUER, Cryptosuite::EddsaRdfc2022), ISSUER)
}

/// A valid badge of a did:key issuer.
fn good() -> Value {
    signed(badge(&ISSUER.did()))
}

fn fresh(body: &Value) -> Answer {
    Answer::Fresh(resource(body))
}

fn resource(body: &Value) -> Resource {
    Resource { bytes: body.to_string().into_bytes(), media_type: None, fetched_at: time("2026-06-15T11:00:00Z") }
}

fn failure(kind: FetchFailureKind) -> FetchFailure {
    FetchFailure { kind, at: now() }
}

fn read(credential: &Value) -> VerifiableCredential {
    VerifiableCredential::from_json(credential.to_string().into_bytes()).unwrap()
}

/// Verifies with these answers; anything else that is asked for is not there.
fn report_with(credential: &Value, answers: &[(&str, Answer)], policy: &Policy) -> VerificationReport {
    let credential = read(credential);
    let mut resources = Resources::new();
    for _ in 0..20 {
        match verify(&credential, &resources, policy, now()) {
            Turn::Done(report) => return *report,
            Turn::Need(requests) => {
                for request in requests {
                    let answer = answers.iter().find(|(url, _)| *url == request.url).map(|(_, answer)| answer.clone());
                    let answer = answer.unwrap_or(Answer::Failed(failure(FetchFailureKind::Unreachable)));
                    resources.record(request.url, answer);
                }
            }
        }
    }
    panic!("it does not end");
}

/// One line per check, such as `proof fail signature_mismatch /proof`.
fn lines(report: &VerificationReport) -> Vec<String> {
    let line = |outcome: &Outcome| match outcome {
        Outcome::Pass(fact) => format!("pass {}", fact.code.as_str()),
        Outcome::Fail(problem) => {
            format!("fail {} {}", problem.code.as_str(), problem.pointer.as_deref().unwrap_or_default())
        }
        Outcome::Inconclusive(problem) => {
            format!("inconclusive {} {}", problem.code.as_str(), problem.pointer.as_deref().unwrap_or_default())
        }
        Outcome::Absent => "absent".to_owned(),
        Outcome::Skipped { because } => format!("skipped {because:?}"),
    };
    let shown = |check: &crate::Check| format!("{} {}", check.kind.name(), line(&check.outcome));
    report.checks.iter().map(|check| shown(check).trim_end().to_owned()).collect()
}

/// Demands a verdict and one line of the report.
#[track_caller]
fn check_with(credential: &Value, answers: &[(&str, Answer)], verdict: Verdict, line: &str) {
    let report = report_with(credential, answers, &Policy::default());
    let lines = lines(&report);
    assert_eq!(judge(&report), verdict, "{lines:#?}");
    assert!(lines.iter().any(|one| one == line), "no {line:?} in {lines:#?}");
    let mut kinds: Vec<&str> = report.checks.iter().map(|check| check.kind.name()).collect();
    kinds.dedup();
    let every_kind =
        ["conformance", "proof", "issuer", "validity", "status", "recipient", "endorsements", "recognition"];
    assert_eq!(kinds, every_kind, "the checks are incomplete or out of order");
}

/// As [`check_with`], for a credential that needs nothing.
#[track_caller]
fn check(credential: &Value, verdict: Verdict, line: &str) {
    check_with(credential, &[], verdict, line);
}
