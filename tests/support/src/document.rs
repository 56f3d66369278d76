//! The credentials that the cases start from, unsecured.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::party::{Party, learner};

/// The base context of VCDM 1.1.
pub const VC1: &str = "https://www.w3.org/2018/credentials/v1";
/// The base context of VCDM 2.0.
pub const VC2: &str = "https://www.w3.org/ns/credentials/v2";
/// The Open Badges 3.0 context.
pub const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
/// The Open Badges 3.0 extensions.
pub const OPEN_BADGES_EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";
/// The context of Data Integrity proofs, which VCDM 1.1 lacks.
pub const DATA_INTEGRITY: &str = "https://w3id.org/security/data-integrity/v2";
/// The context of Ed25519Signature2020.
pub const ED25519_2020: &str = "https://w3id.org/security/suites/ed25519-2020/v1";
/// The context that gives every term a meaning.
pub const UNDEFINED_TERMS: &str = "https://www.w3.org/ns/credentials/undefined-terms/v2";

/// From when the usual credential is valid.
pub const VALID_FROM: &str = "2026-02-01T00:00:00Z";
/// Until when the usual credential is valid.
pub const VALID_UNTIL: &str = "2028-02-01T00:00:00Z";

/// The learner's e-mail address, which an Open Badge carries as a salted hash.
pub const EMAIL: &str = "amelie.tremblay@example.ca";
const SALT: &str = "s4lt";

/// A plain VCDM 1.1 credential.
pub fn vc1(issuer: &Party) -> Value {
    json!({
        "@context": [VC1],
        "id": "urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b11",
        "type": ["VerifiableCredential"],
        "issuer": issuer.id,
        "issuanceDate": VALID_FROM,
        "expirationDate": VALID_UNTIL,
        "credentialSubject": { "id": learner().id },
    })
}

/// A plain VCDM 2.0 credential.
pub fn vc2(issuer: &Party) -> Value {
    json!({
        "@context": [VC2],
        "id": "urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b22",
        "type": ["VerifiableCredential"],
        "name": "Record of attendance",
        "issuer": { "id": issuer.id, "name": "Northern Institute" },
        "validFrom": VALID_FROM,
        "validUntil": VALID_UNTIL,
        "credentialSubject": { "id": learner().id, "name": "Amélie Tremblay" },
    })
}

/// An Open Badges 3.0 credential with what ordinary ones carry.
pub fn open_badge(issuer: &Party) -> Value {
    json!({
        "@context": [VC2, OPEN_BADGES],
        "id": "urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b33",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Water Sampling",
        "issuer": {
            "id": issuer.id,
            "type": ["Profile"],
            "name": "Northern Institute",
            "url": "https://institute.example/",
        },
        "validFrom": VALID_FROM,
        "validUntil": VALID_UNTIL,
        "awardedDate": VALID_FROM,
        "credentialSubject": {
            "id": learner().id,
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject",
                "hashed": true,
                "identityType": "emailAddress",
                "identityHash": identity_hash(EMAIL),
                "salt": SALT,
            }],
            "achievement": {
                "id": "https://institute.example/achievements/water-sampling",
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "name": "Water Sampling",
                "description": "Takes and documents water samples that a laboratory can rely on.",
                "criteria": { "narrative": "Complete **six** field sessions." },
                "creditsAvailable": 1.5,
                "tag": ["water", "sampling"],
                "alignment": [{
                    "type": ["Alignment"],
                    "targetName": "Collect water samples",
                    "targetUrl": "https://skills.example/env-2-1",
                    "targetFramework": "Skills Register",
                }],
                "resultDescription": [{
                    "id": "urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b44",
                    "type": ["ResultDescription"],
                    "name": "Field assessment",
                    "resultType": "LetterGrade",
                    "allowedValue": ["D", "C", "B", "A"],
                    "requiredValue": "C",
                }],
            },
            "result": [{
                "type": ["Result"],
                "resultDescription": "urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b44",
                "value": "B",
            }],
        },
        "evidence": [{
            "id": "https://institute.example/evidence/17",
            "type": ["Evidence"],
            "name": "Field notebook",
        }],
    })
}

/// The document with one context more, at the end.
pub fn with_context(mut document: Value, context: impl Into<Value>) -> Value {
    document["@context"].as_array_mut().expect("the base documents have an array of contexts").push(context.into());
    document
}

/// The document with this `credentialStatus`.
pub fn with_status(mut document: Value, status: Value) -> Value {
    document["credentialStatus"] = status;
    document
}

/// The document after a change.
pub fn edited(mut document: Value, change: impl FnOnce(&mut Value)) -> Value {
    change(&mut document);
    document
}

/// The document without a member.
pub fn without(mut document: Value, member: &str) -> Value {
    document.as_object_mut().expect("a document is an object").remove(member);
    document
}

/// An Open Badges identity hash of an address with the usual salt.
pub fn identity_hash(address: &str) -> String {
    let digest = Sha256::digest(format!("{address}{SALT}"));
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256${hex}")
}
