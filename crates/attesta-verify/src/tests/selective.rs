use attesta_jsonld::Options;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey as P256Key};

use super::*;
use crate::canonical_forms;
use crate::multikey::{KeyKind, Multikey};
use crate::selective::{
    BaseProof, DeriveError, Disclosable, ProofScopedKey, SelectError, SelectiveProof, base_signing_input, derive,
};

const HMAC_KEY: [u8; 32] = [3; 32];

fn key(seed: u8) -> P256Key {
    P256Key::from_slice(&[seed; 32]).unwrap()
}

fn multikey(key: &P256Key) -> String {
    Multikey::new(KeyKind::P256, key.verifying_key().to_sec1_point(true).as_bytes().to_vec()).encode()
}

fn sign(key: &P256Key, message: &[u8]) -> [u8; 64] {
    let signature: Signature = key.sign(message);
    signature.to_bytes().into()
}

fn parse(value: &Value) -> Document {
    Document::parse(value.to_string().into_bytes()).unwrap()
}

/// The badge with a base proof by its issuer.
fn issued(mandatory: &[&str]) -> Value {
    issued_as(badge(&issuer_did()), mandatory)
}

/// Whom `issued_as` signs for.
pub(super) fn issuer_did() -> String {
    format!("did:key:{}", multikey(&key(7)))
}

/// Another credential of the same issuer with a base proof.
pub(super) fn issued_as(mut document: Value, mandatory: &[&str]) -> Value {
    let (issuer, scoped) = (key(7), key(8));
    let mut proof = options(ISSUER, Cryptosuite::EcdsaSd2023);
    proof["verificationMethod"] = json!(format!("did:key:{0}#{0}", multikey(&issuer)));
    let (parsed, parsed_proof) = (parse(&document), parse(&proof));
    let convert = Options::credential();
    let disclosable = Disclosable::of(parsed.root().as_object().unwrap(), &convert).unwrap();
    let statements = disclosable.to_sign(mandatory, &HMAC_KEY).unwrap();
    let forms = canonical_forms(parsed.root(), parsed_proof.root(), Cryptosuite::EcdsaSd2023, &convert).unwrap();
    let mut public_key = [0x80; 35];
    public_key[1] = 0x24;
    public_key[2..].copy_from_slice(scoped.verifying_key().to_sec1_point(true).as_bytes());
    let public_key = ProofScopedKey(public_key);
    let options = String::from_utf8(forms.proof).unwrap();
    let base = BaseProof {
        base_signature: sign(&issuer, &base_signing_input(&options, &public_key, &statements.mandatory)),
        public_key,
        hmac_key: HMAC_KEY,
        signatures: statements.others.iter().map(|statement| sign(&scoped, statement.as_bytes())).collect(),
        mandatory_pointers: mandatory.iter().map(|pointer| (*pointer).to_owned()).collect(),
    };
    proof["proofValue"] = json!(SelectiveProof::Base(base).encode());
    document["proof"] = proof;
    document
}

fn derived(credential: &Value, pointers: &[&str]) -> Result<Value, DeriveError> {
    let (document, proof) = (parse(credential), parse(&credential["proof"]));
    let text = derive(document.root(), proof.root(), pointers, &Options::credential())?;
    Ok(serde_json::from_str(&text).unwrap())
}

pub(super) const SUBJECT: [&str; 3] = ["/issuer", "/validFrom", "/credentialSubject/id"];

#[test]
fn what_an_issuer_signed_for_its_holder_is_valid_as_received() {
    for mandatory in [&[][..], &SUBJECT, &[""]] {
        check(&issued(mandatory), Verdict::Valid, "proof pass base_signature_holds");
    }
}

#[test]
fn a_selection_holds_and_shows_nothing_else() {
    let shown = derived(&issued(&SUBJECT), &["/credentialSubject/achievement/name"]).unwrap();
    check(&shown, Verdict::Valid, "proof pass selection_signature_holds");
    let achievement = &shown["credentialSubject"]["achievement"];
    let mut members: Vec<&String> = achievement.as_object().unwrap().keys().collect();
    members.sort();
    assert_eq!(members, ["id", "name", "type"]);
    assert_eq!(shown.get("name"), None);
}

#[test]
fn a_selection_does_not_betray_how_blank_nodes_are_named() {
    let shown = derived(&issued(&SUBJECT), &["/name"]).unwrap();
    let value = SelectiveProof::decode(shown["proof"]["proofValue"].as_str().unwrap()).unwrap();
    assert!(matches!(value, SelectiveProof::Derived(_)), "{value:?}");
    let again = derived(&shown, &["/name"]);
    assert_eq!(again, Err(DeriveError::NotABaseProof));
}

#[test]
fn a_statement_that_is_mandatory_or_shown_can_not_be_changed_taken_out_or_added() {
    let shown = derived(&issued(&SUBJECT), &["/credentialSubject/achievement"]).unwrap();
    let changes: [fn(&mut Value); 4] = [
        |credential| credential["validFrom"] = json!("2025-01-01T00:00:00Z"),
        |credential| credential["credentialSubject"]["achievement"]["name"] = json!("Welding, level 3"),
        |credential| {
            credential["credentialSubject"]["achievement"].as_object_mut().unwrap().remove("description");
        },
        |credential| credential["validUntil"] = json!("2030-01-01T00:00:00Z"),
    ];
    for (credential, change) in [issued(&SUBJECT), shown].iter().flat_map(|c| changes.iter().map(move |x| (c, x))) {
        let mut changed = credential.clone();
        change(&mut changed);
        check(&changed, Verdict::Invalid, "proof fail signature_mismatch /proof");
    }
}

#[test]
fn the_rules_of_suites_that_sign_the_graph_hold_here_too() {
    let mut undefined = issued(&SUBJECT);
    undefined["honours"] = json!("yes");
    check(&undefined, Verdict::Invalid, "conformance fail undefined_term /honours");
    let mut own = issued(&SUBJECT);
    own["@context"].as_array_mut().unwrap().push(json!({ "name": "https://schema.org/name" }));
    assert_ne!(judge(&report_with(&own, &[], &Policy::default())), Verdict::Valid);
    let mut odd = issued(&SUBJECT);
    odd["proof"]["note"] = json!("unsigned");
    check(&odd, Verdict::Invalid, "proof fail undefined_term /proof/note");
    let mut spelt = issued(&SUBJECT);
    spelt["https://schema.org/name"] = spelt.as_object_mut().unwrap().remove("name").unwrap();
    assert_ne!(judge(&report_with(&spelt, &[], &Policy::default())), Verdict::Valid);
}

#[test]
fn a_proof_after_another_is_not_checked_under_this_suite() {
    let mut credential = issued(&SUBJECT);
    credential["proof"]["previousProof"] = json!("urn:uuid:1");
    check(&credential, Verdict::Unverifiable, "proof inconclusive unsupported_proof_chain /proof/previousProof");
}

#[test]
fn the_edition_of_the_contexts_is_named() {
    let report = report_with(&issued(&SUBJECT), &[], &Policy::default());
    assert!(report.contexts.iter().any(|context| context.starts_with(OB)), "{:?}", report.contexts);
}

#[test]
fn nothing_is_derived_that_would_not_hold() {
    let nowhere = SelectError::PointerLeadsNowhere { pointer: "/nothing".to_owned() };
    assert_eq!(derived(&issued(&SUBJECT), &["/nothing"]), Err(DeriveError::Select(nowhere)));
    let mut altered = issued(&SUBJECT);
    altered["name"] = json!("Welding, level 3");
    assert_eq!(derived(&altered, &["/name"]), Err(DeriveError::OtherStatements));
    assert_eq!(derived(&good(), &["/name"]), Err(DeriveError::NotABaseProof));
}

#[test]
fn a_credential_can_not_make_us_check_statements_without_end() {
    // Every statement is tried as the one that the only signature belongs to.
    let mut endless = issued(&SUBJECT);
    let text = endless["proof"]["proofValue"].as_str().unwrap();
    let Ok(SelectiveProof::Base(mut base)) = SelectiveProof::decode(text) else { panic!("it has a base proof") };
    base.signatures.truncate(1);
    base.signatures[0] = sign(&key(8), b"no statement");
    endless["proof"]["proofValue"] = json!(SelectiveProof::Base(base).encode());
    let tags: Vec<String> = (0..6_000).map(|number| format!("tag {number}")).collect();
    endless["credentialSubject"]["achievement"]["tag"] = json!(tags);
    check(&endless, Verdict::Unverifiable, "proof inconclusive too_many_signatures /proof");
    let mut long = issued(&SUBJECT);
    long["proof"]["proofValue"] = json!(format!("u{}", "A".repeat(800_000)));
    check(&long, Verdict::Unverifiable, "proof inconclusive too_many_signatures /proof/proofValue");
}
