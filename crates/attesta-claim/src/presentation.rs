//! The proof that the wallet holds its key: a presentation without credentials, signed for one challenge.
//!
//! It is all that an issuer can get the wallet to sign. The text around the challenge and the domain is fixed, so that
//! no request can turn it into a statement about anything.

use attesta_credential::{VC1_CONTEXT, VC2_CONTEXT};
use attesta_share::{ProofOptions, ProofPurpose, sign_document};
use attesta_verify::Cryptosuite;

use crate::claim::Holder;
use crate::error::ClaimError;

/// The longest challenge and the longest domain that are signed, in bytes. A UUID has 36, an exchange's address rarely
/// more than 200; what is longer is no challenge.
pub(crate) const LONGEST_SIGNED_TEXT: usize = 512;

/// Gives the terms of an `Ed25519Signature2020` proof their meaning; the first context of VCDM 1.1 has none for them.
const ED25519_2020_CONTEXT: &str = "https://w3id.org/security/suites/ed25519-2020/v1";

/// What an issuer wants signed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Authentication {
    /// The value that ties the proof to this exchange.
    pub challenge: String,
    /// Whom the proof is meant for.
    pub domain: Option<String>,
    /// How it is signed.
    pub suite: Cryptosuite,
}

/// Whether a text is one that is signed as a challenge or a domain.
pub(crate) fn is_signable(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST_SIGNED_TEXT && !text.contains(char::is_control)
}

/// The signed presentation's JSON, [DID authentication](https://w3c.github.io/vcalm/#did-authentication).
///
/// `Ed25519Signature2020` is signed under VCDM 1.1, which the servers that ask for it read; every other suite under
/// VCDM 2.0, whose context has the terms of a Data Integrity proof.
///
/// # Errors
/// [`ClaimError::CannotSign`] for a suite that nothing is signed with.
pub(crate) fn authenticate(authentication: &Authentication, holder: Holder<'_>) -> Result<Vec<u8>, ClaimError> {
    let contexts: &[&str] = match authentication.suite {
        Cryptosuite::Ed25519Signature2020 => &[VC1_CONTEXT, ED25519_2020_CONTEXT],
        _ => &[VC2_CONTEXT],
    };
    let unsigned = serde_json::json!({
        "@context": contexts,
        "type": ["VerifiablePresentation"],
        "holder": holder.key.did(),
    });
    let options = ProofOptions {
        suite: authentication.suite,
        verification_method: &holder.key.verification_method(),
        purpose: ProofPurpose::Authentication,
        created: holder.now,
        expires: None,
        challenge: Some(&authentication.challenge),
        domain: authentication.domain.as_deref(),
    };
    sign_document(unsigned.to_string().as_bytes(), &options, holder.key.signing_key())
        .map_err(|error| ClaimError::CannotSign { what: error.to_string() })
}

#[cfg(test)]
mod tests {
    use attesta_credential::VerifiablePresentation;
    use attesta_share::HolderKey;
    use attesta_verify::{Outcome, Policy, PresentationTurn, Resources, verify_presentation};

    use super::*;

    const SUITES: [Cryptosuite; 3] =
        [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022, Cryptosuite::Ed25519Signature2020];

    fn signed(suite: Cryptosuite, domain: Option<&str>) -> Vec<u8> {
        let key = HolderKey::from_seed(&[7; 32]);
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        let authentication =
            Authentication { challenge: "défi \"1\"".to_owned(), domain: domain.map(str::to_owned), suite };
        authenticate(&authentication, Holder { key: &key, now }).unwrap()
    }

    #[test]
    fn the_proof_holds_in_every_suite_and_names_what_it_was_made_for() {
        for suite in SUITES {
            let json: serde_json::Value = serde_json::from_slice(&signed(suite, Some("uni.example"))).unwrap();
            assert_eq!(json["proof"]["challenge"], "défi \"1\"");
            assert_eq!(json["proof"]["domain"], "uni.example");
            assert_eq!(json["proof"]["proofPurpose"], "authentication");
            assert_eq!(json.get("verifiableCredential"), None);
            let presentation = VerifiablePresentation::from_json(signed(suite, None)).unwrap();
            let now = "2026-11-22T12:00:01Z".parse().unwrap();
            let turn = verify_presentation(&presentation, &Resources::new(), &Policy::default(), now);
            let PresentationTurn::Done(report) = turn else { panic!("a did:key needs no resource") };
            let proofs = report.checks.iter().filter(|check| check.kind == attesta_verify::CheckKind::Proof);
            let outcomes: Vec<_> = proofs.map(|check| &check.outcome).collect();
            assert!(!outcomes.is_empty(), "{report:#?}");
            assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Pass(_))), "{report:#?}");
        }
    }

    #[test]
    fn no_domain_is_signed_where_none_was_given() {
        let json: serde_json::Value = serde_json::from_slice(&signed(Cryptosuite::Ed25519Signature2020, None)).unwrap();
        assert_eq!(json["proof"].get("domain"), None);
    }

    #[test]
    fn what_is_no_challenge_is_not_signed() {
        for (text, expected) in [
            ("99612b24-63d9-11ea-b99f-4f66f3e4f81a".to_owned(), true),
            (String::new(), false),
            ("a\nb".to_owned(), false),
            ("x".repeat(LONGEST_SIGNED_TEXT), true),
            ("x".repeat(LONGEST_SIGNED_TEXT + 1), false),
        ] {
            assert_eq!(is_signable(&text), expected, "{} bytes", text.len());
        }
    }
}
