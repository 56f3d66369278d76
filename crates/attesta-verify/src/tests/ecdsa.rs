use attesta_jsonld::HashAlgorithm;
use p256::ecdsa::signature::Signer as _;

use super::*;
use crate::multikey::{KeyKind, Multikey};
use crate::signing_input_by;

/// A party with a key on a NIST curve.
#[derive(Clone)]
enum EcdsaParty {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
}

const SUITES: [Cryptosuite; 2] = [Cryptosuite::EcdsaRdfc2019, Cryptosuite::EcdsaJcs2019];

fn on_p256() -> EcdsaParty {
    EcdsaParty::P256(p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap())
}

fn on_p384() -> EcdsaParty {
    EcdsaParty::P384(p384::ecdsa::SigningKey::from_slice(&[7; 48]).unwrap())
}

impl EcdsaParty {
    fn multikey(&self) -> String {
        match self {
            EcdsaParty::P256(key) => {
                Multikey::new(KeyKind::P256, key.verifying_key().to_sec1_point(true).as_bytes().to_vec()).encode()
            }
            EcdsaParty::P384(key) => {
                Multikey::new(KeyKind::P384, key.verifying_key().to_sec1_point(true).as_bytes().to_vec()).encode()
            }
        }
    }

    fn did(&self) -> String {
        format!("did:key:{}", self.multikey())
    }

    fn hash(&self) -> HashAlgorithm {
        match self {
            EcdsaParty::P256(_) => HashAlgorithm::Sha256,
            EcdsaParty::P384(_) => HashAlgorithm::Sha384,
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            EcdsaParty::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
            EcdsaParty::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
        }
    }
}

/// The badge of this issuer with the signature that `finish` makes of its own one.
fn issued_with(party: &EcdsaParty, suite: Cryptosuite, finish: impl Fn(Vec<u8>) -> Vec<u8>) -> Value {
    let mut document = badge(&party.did());
    let mut with = options(ISSUER, suite);
    with["verificationMethod"] = json!(format!("{}#{}", party.did(), party.multikey()));
    if suite == Cryptosuite::EcdsaJcs2019 {
        with["@context"] = document["@context"].clone();
    }
    let parse = |value: &Value| Document::parse(value.to_string().into_bytes()).unwrap();
    let input = signing_input_by(parse(&document).root(), parse(&with).root(), suite, party.hash()).unwrap();
    let signature = finish(party.sign(&input));
    with["proofValue"] = json!(format!("z{}", bs58::encode(signature).into_string()));
    document["proof"] = with;
    document
}

fn issued(party: &EcdsaParty, suite: Cryptosuite) -> Value {
    issued_with(party, suite, |signature| signature)
}

#[test]
fn a_badge_signed_on_either_curve_is_valid_under_either_suite() {
    for (party, suite) in [on_p256(), on_p384()].iter().flat_map(|party| SUITES.map(|suite| (party, suite))) {
        let credential = issued(party, suite);
        check(&credential, Verdict::Valid, "proof pass signature_holds");
        check(&credential, Verdict::Valid, "issuer pass issuer_is_key");
    }
}

#[test]
fn a_change_after_signing_is_noticed_on_either_curve() {
    for (party, suite) in [on_p256(), on_p384()].iter().flat_map(|party| SUITES.map(|suite| (party, suite))) {
        let mut renamed = issued(party, suite);
        renamed["credentialSubject"]["achievement"]["name"] = json!("Welding, level 3");
        check(&renamed, Verdict::Invalid, "proof fail signature_mismatch /proof");
        let mut redated = issued(party, suite);
        redated["proof"]["created"] = json!("2026-01-03T00:00:00Z");
        check(&redated, Verdict::Invalid, "proof fail signature_mismatch /proof");
        let mut added = issued(party, suite);
        added["honours"] = json!("yes");
        assert_ne!(judge(&report_with(&added, &[], &Policy::default())), Verdict::Valid);
    }
}

#[test]
fn the_hash_function_is_that_of_the_curve() {
    let (document, party) = (badge(&on_p384().did()), on_p384());
    let mut with = options(ISSUER, Cryptosuite::EcdsaRdfc2019);
    with["verificationMethod"] = json!(format!("{}#{}", party.did(), party.multikey()));
    let parse = |value: &Value| Document::parse(value.to_string().into_bytes()).unwrap();
    let input = signing_input(parse(&document).root(), parse(&with).root(), Cryptosuite::EcdsaRdfc2019).unwrap();
    assert_eq!(input.len(), 64);
    with["proofValue"] = json!(format!("z{}", bs58::encode(party.sign(&input)).into_string()));
    let mut credential = document;
    credential["proof"] = with;
    check(&credential, Verdict::Invalid, "proof fail signature_mismatch /proof");
}

#[test]
fn a_signature_of_another_length_or_curve_is_refused() {
    for suite in SUITES {
        let cut = issued_with(&on_p256(), suite, |signature| signature[..63].to_vec());
        check(&cut, Verdict::Invalid, "proof fail malformed_proof /proof/proofValue");
        let longer = issued_with(&on_p256(), suite, |signature| [&signature[..], &[0; 32]].concat());
        check(&longer, Verdict::Invalid, "proof fail signature_mismatch /proof");
        let zero = issued_with(&on_p256(), suite, |_| vec![0; 64]);
        check(&zero, Verdict::Invalid, "proof fail signature_mismatch /proof");
    }
}

#[test]
fn either_of_the_two_forms_of_a_signature_is_taken() {
    // The suite does not ask for the lower one of `s` and `n - s`.
    let turned = |signature: Vec<u8>| {
        let signature = p256::ecdsa::Signature::from_slice(&signature).unwrap();
        p256::ecdsa::Signature::from_scalars(*signature.r(), -*signature.s()).unwrap().to_bytes().to_vec()
    };
    for suite in SUITES {
        check(&issued_with(&on_p256(), suite, turned), Verdict::Valid, "proof pass signature_holds");
    }
}

#[test]
fn a_key_of_another_kind_does_not_fit_the_suite() {
    let mut credential = issued(&on_p256(), Cryptosuite::EcdsaRdfc2019);
    credential["proof"]["verificationMethod"] = json!(ISSUER.method());
    check(&credential, Verdict::Unverifiable, "proof inconclusive unsupported_key_type /proof/verificationMethod");
    let mut claimed = good();
    claimed["proof"]["verificationMethod"] = json!(format!("{}#{}", on_p256().did(), on_p256().multikey()));
    check(&claimed, Verdict::Unverifiable, "proof inconclusive unsupported_key_type /proof/verificationMethod");
}

#[test]
fn a_document_with_its_own_words_is_not_established_on_either_curve() {
    for party in [on_p256(), on_p384()] {
        let mut document = badge(&party.did());
        document["@context"] = json!([V2, OB, { "honours": "urn:x:honours" }]);
        document["honours"] = json!("yes");
        let mut with = options(ISSUER, Cryptosuite::EcdsaRdfc2019);
        with["verificationMethod"] = json!(format!("{}#{}", party.did(), party.multikey()));
        let parse = |value: &Value| Document::parse(value.to_string().into_bytes()).unwrap();
        let (parsed, parsed_options) = (parse(&document), parse(&with));
        let input =
            signing_input_by(parsed.root(), parsed_options.root(), Cryptosuite::EcdsaRdfc2019, party.hash()).unwrap();
        with["proofValue"] = json!(format!("z{}", bs58::encode(party.sign(&input)).into_string()));
        document["proof"] = with;
        check(&document, Verdict::Unverifiable, "conformance inconclusive own_vocabulary /@context/2");
    }
}
