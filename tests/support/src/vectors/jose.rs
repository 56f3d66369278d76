//! Credentials in tokens: each profile, each algorithm, each place where a key can be found.

use attesta_verify::FetchFailureKind;
use serde_json::{Value, json};

use crate::case::{Canned, Case, pretty};
use crate::document::{edited, open_badge, vc1, vc2, without};
use crate::jose::{Token, TokenIssuer, TokenKey, open_badges_claims, wrapped_claims};
use crate::party::institute;
use crate::rsa::RSA_2048;
use crate::signing::secured;

pub(super) const GOOD: &[(&str, &str)] = &[("proof", "pass signature_holds"), ("issuer", "pass issuer_is_key")];
pub(super) const LISTED: &[(&str, &str)] = &[("proof", "pass signature_holds"), ("issuer", "pass issuer_lists_key")];
pub(super) const HOSTED: &[(&str, &str)] = &[("proof", "pass signature_holds"), ("issuer", "pass host_lists_key")];
pub(super) const UNTIED: &[(&str, &str)] =
    &[("proof", "pass signature_holds"), ("issuer", "inconclusive signer_not_tied_to_issuer")];

/// Where the faculty's document stands.
pub(super) const FACULTY_DOCUMENT: &str = "https://faculty.example/.well-known/did.json";

/// An issuer that goes by its RSA key.
pub(super) fn academy() -> TokenIssuer {
    TokenIssuer::did_jwk(TokenKey::Rsa(RSA_2048))
}

/// An issuer on its own web domain, with a P-256 key.
pub(super) fn faculty() -> TokenIssuer {
    TokenIssuer::listed("did:web:faculty.example", TokenKey::p256(21))
}

/// An issuer that goes by an https address.
pub(super) fn registry() -> TokenIssuer {
    TokenIssuer::listed("https://registry.example/issuers/7", TokenKey::p256(22))
}

/// Somebody else.
pub(super) fn impostor() -> TokenKey {
    TokenKey::p256(66)
}

pub(super) fn case(name: &str, story: &str, token: String) -> Case {
    Case::bytes(name, story, "input.jwt", token.into_bytes())
}

/// A badge of this issuer in the Open Badges 3.0 profile.
pub(super) fn badge_of(issuer: &TokenIssuer) -> Token {
    issuer.token(open_badges_claims(&open_badge(&issuer.party))).with_header("typ", "JWT")
}

/// A credential of this issuer by VC-JOSE-COSE.
pub(super) fn enveloped_of(issuer: &TokenIssuer) -> Token {
    issuer.token(vc2(&issuer.party)).with_header("typ", "vc+jwt")
}

pub(super) fn cases() -> Vec<Case> {
    let mut cases = profiles();
    cases.extend(algorithms());
    cases.extend(key_places());
    cases.extend(hosted_keys());
    cases.extend(containers());
    cases
}

fn profiles() -> Vec<Case> {
    let academy = academy();
    let signed = |token: &Token| token.signed(&academy.key);
    vec![
        case("jwt_open_badge", "A badge in a token, as Open Badges 3.0 has it.", signed(&badge_of(&academy)))
            .expect("valid", GOOD),
        case("jwt_vc_claim", "A VCDM 1.1 credential wrapped into the claim `vc`.", {
            signed(&academy.token(wrapped_claims(&vc1(&academy.party))))
        })
        .expect("valid", GOOD),
        case("jwt_vc_claim_completed", "The claims say what the wrapped credential leaves out.", {
            let credential = vc1(&academy.party);
            let mut claims = wrapped_claims(&credential);
            claims["vc"] = ["id", "issuer", "issuanceDate", "expirationDate"]
                .iter()
                .fold(credential, |credential, member| without(credential, member));
            signed(&academy.token(claims))
        })
        .expect("valid", GOOD),
        case("jwt_vc_jose_cose", "A VCDM 2.0 credential in a token of its own type.", signed(&enveloped_of(&academy)))
            .expect("valid", GOOD),
        case("jwt_vc_jose_cose_older_type", "The same, under the type's earlier name.", {
            signed(&enveloped_of(&academy).with_header("typ", "vc+ld+json+jwt").with_header("cty", "vc"))
        })
        .expect("valid", GOOD),
        case("jwt_vc_jose_cose_signature_over", "The signature counts for less long than the credential.", {
            signed(&enveloped_of(&academy).with_claim("iat", 1_770_000_000).with_claim("exp", 1_780_000_000))
        })
        .expect("expired", &[("proof", "fail proof_expired"), ("issuer", "pass issuer_is_key")]),
        case("jwt_vc_jose_cose_signed_tomorrow", "The token says that it was signed in the future.", {
            signed(&enveloped_of(&academy).with_claim("iat", 1_790_000_000))
        })
        .expect("not_yet_valid", &[("proof", "fail proof_created_in_future")]),
        case("jwt_expired", "A badge in a token, after its time.", signed(&badge_of(&academy)))
            .at("2028-06-15T12:00:00Z")
            .expect("expired", &[("proof", "pass signature_holds"), ("validity", "fail expired")]),
        case("jwt_expired_by_claim_alone", "Only the token's own claim says when it ends.", {
            let mut credential = open_badge(&academy.party);
            credential = without(credential, "validUntil");
            signed(&academy.token(open_badges_claims(&credential)).with_claim("exp", 1_780_000_000))
        })
        .expect("expired", &[("proof", "fail proof_expired")]),
        case(
            "jwt_with_proof_inside",
            "The badge in the token carries a proof by somebody else, which adds nothing.",
            {
                let badge = secured(open_badge(&institute()), &institute());
                let badge = edited(badge, |badge| badge["issuer"]["id"] = json!(academy.party.id));
                signed(&academy.token(open_badges_claims(&badge)))
            },
        )
        .expect(
            "valid",
            &[
                ("proof", "pass signature_holds"),
                ("proof", "skipped proof_inside_token"),
                ("issuer", "pass issuer_is_key"),
            ],
        ),
        case("jwt_own_vocabulary", "A token defines terms of its own; its very bytes are signed.", {
            let mut credential = vc2(&academy.party);
            credential["@context"] = json!([credential["@context"][0], { "@vocab": "https://faculty.example/terms#" }]);
            credential["credentialSubject"]["tide"] = json!("high");
            signed(&academy.token(credential).with_header("typ", "vc+jwt"))
        })
        .expect("valid", GOOD),
    ]
}

fn algorithms() -> Vec<Case> {
    let keys = [
        ("es256", TokenKey::p256(31), "ES256"),
        ("es384", TokenKey::p384(32), "ES384"),
        ("eddsa", TokenKey::ed25519(33), "EdDSA"),
        ("ed25519", TokenKey::ed25519(33), "Ed25519"),
        ("rs384", TokenKey::Rsa(RSA_2048), "RS384"),
        ("rs512", TokenKey::Rsa(RSA_2048), "RS512"),
        ("ps256", TokenKey::Rsa(RSA_2048), "PS256"),
    ];
    keys.into_iter()
        .map(|(name, key, algorithm)| {
            let issuer = TokenIssuer::did_jwk(key);
            let token = enveloped_of(&issuer).with_header("alg", algorithm).signed(&issuer.key);
            case(&format!("jwt_{name}"), &format!("A token signed with {algorithm}."), token).expect("valid", GOOD)
        })
        .collect()
}

fn key_places() -> Vec<Case> {
    let (faculty, document) = (faculty(), faculty().key.document(&faculty().party.id));
    let signed = |token: Token| token.signed(&faculty.key);
    vec![
        case("jwt_did_web", "A faculty's domain lists the key that signed.", signed(badge_of(&faculty)))
            .answering(FACULTY_DOCUMENT, &document)
            .expect("valid", LISTED),
        case("jwt_did_web_unreachable", "The faculty's domain does not answer.", signed(enveloped_of(&faculty)))
            .failing(FACULTY_DOCUMENT, FetchFailureKind::Unreachable)
            .expect(
                "unverifiable",
                &[("proof", "inconclusive key_unreachable"), ("issuer", "skipped proof_not_established")],
            ),
        case("jwt_did_web_short_name", "The token names the issuer's key by its fragment alone.", {
            signed(enveloped_of(&faculty).with_header("kid", "#key-1"))
        })
        .answering(FACULTY_DOCUMENT, &document)
        .expect("valid", LISTED),
        case("jwt_did_web_unnamed", "The token names no key; the issuer's document lists the one that signed.", {
            signed(enveloped_of(&faculty).with_header("kid", Value::Null))
        })
        .answering(FACULTY_DOCUMENT, &document)
        .expect("valid", LISTED),
        case("jwt_embedded_key_that_is_listed", "The token carries the key, and the issuer's document lists it.", {
            signed(badge_of(&faculty).with_header("kid", Value::Null).with_header("jwk", faculty.key.jwk()))
        })
        .answering(FACULTY_DOCUMENT, &document)
        .expect("valid", LISTED),
        case("jwt_did_key", "The issuer's identifier is the key, as did:key writes it.", {
            let institute = institute();
            let key = TokenKey::Ed25519(institute.key.clone());
            Token::new("EdDSA", vc2(&institute))
                .with_header("typ", "vc+jwt")
                .with_header("kid", institute.method.as_str())
                .signed(&key)
        })
        .expect("valid", GOOD),
        case("jwt_did_key_unnamed", "The token names no key, and the issuer's identifier is one.", {
            let key = TokenKey::Ed25519(institute().key);
            Token::new("EdDSA", vc2(&institute())).with_header("typ", "vc+jwt").signed(&key)
        })
        .expect("valid", GOOD),
        case("jwt_key_for_another_algorithm", "The issuer keeps its key for another algorithm.", {
            let issuer = TokenIssuer { key: academy().key, ..faculty.clone() };
            enveloped_of(&issuer).signed(&issuer.key)
        })
        .answering(FACULTY_DOCUMENT, &{
            let mut listed = academy().key.document(&faculty.party.id);
            listed["verificationMethod"][0]["publicKeyJwk"]["alg"] = json!("PS256");
            listed
        })
        .expect("invalid", &[("proof", "fail algorithm_mismatch")]),
        case("jwt_key_ended", "The key had ended before the token was signed.", {
            signed(enveloped_of(&faculty).with_claim("iat", 1_770_000_000))
        })
        .answering(
            FACULTY_DOCUMENT,
            &edited(document.clone(), |document| {
                document["verificationMethod"][0]["revoked"] = json!("2025-12-31T00:00:00Z");
            }),
        )
        .expect("invalid", &[("proof", "fail key_no_longer_valid")]),
    ]
}

fn hosted_keys() -> Vec<Case> {
    let registry = registry();
    let id = registry.party.id.as_str();
    let key_at = "https://registry.example/keys/1";
    let named = |kid: &str| badge_of(&registry).with_header("kid", kid).signed(&registry.key);
    let set = |keys: Value| json!({ "keys": keys });
    let mut listed = registry.key.jwk();
    listed["kid"] = json!("2026");
    let other = TokenKey::p256(23).jwk();
    vec![
        case("jwt_key_of_the_same_site", "The key stands on the issuer's own site.", named(key_at))
            .answering(key_at, &registry.key.jwk())
            .expect("valid", HOSTED),
        case("jwt_key_set_of_the_same_site", "The issuer's site offers a set of keys.", {
            named("https://registry.example/jwks.json#2026")
        })
        .answering("https://registry.example/jwks.json", &set(json!([other, listed])))
        .expect("valid", HOSTED),
        case("jwt_key_not_in_the_set", "The set of keys has none of that name.", {
            named("https://registry.example/jwks.json#2027")
        })
        .answering("https://registry.example/jwks.json", &set(json!([other, listed])))
        .expect("unverifiable", &[("proof", "inconclusive key_not_listed")]),
        case("jwt_document_of_the_address", "The issuer's address answers a document that lists the key.", {
            named(&registry.kid)
        })
        .answering(id, &registry.key.document(id))
        .expect("valid", LISTED),
        case("jwt_key_of_another_site", "The key stands on another site, and the issuer's page lists none.", {
            named("https://keys.example/1")
        })
        .answering("https://keys.example/1", &registry.key.jwk())
        .with_answer(id, Canned::Fresh(b"<!doctype html><title>Registry</title>".to_vec()))
        .expect("unverifiable", UNTIED),
        case(
            "jwt_key_of_another_site_that_is_listed",
            "The key stands elsewhere; the issuer's document lists it too.",
            named("https://keys.example/1"),
        )
        .answering("https://keys.example/1", &registry.key.jwk())
        .answering(id, &registry.key.document(id))
        .expect("valid", LISTED),
        case("jwt_key_page_unreachable", "The site with the key does not answer.", named(key_at))
            .failing(key_at, FetchFailureKind::TimedOut)
            .expect("unverifiable", &[("proof", "inconclusive key_unreachable")]),
        case("jwt_key_page_is_no_key", "The address of the key answers with a page.", named(key_at))
            .with_answer(key_at, Canned::Fresh(b"<!doctype html>".to_vec()))
            .expect("unverifiable", &[("proof", "inconclusive malformed_key_document")]),
        case("jwt_key_not_named", "The token names no key, and the issuer's address is no DID.", {
            badge_of(&registry).with_header("kid", Value::Null).signed(&registry.key)
        })
        .expect("unverifiable", &[("proof", "inconclusive key_not_named")]),
        case("jwt_key_by_certificate_alone", "The token comes with a certificate and an address for more.", {
            badge_of(&registry)
                .with_header("kid", Value::Null)
                .with_header("x5u", "https://registry.example/chain.pem")
                .with_header("jku", "https://registry.example/jwks.json")
                .signed(&registry.key)
        })
        .expect("unverifiable", &[("proof", "inconclusive key_not_named")]),
    ]
}

fn containers() -> Vec<Case> {
    let academy = academy();
    let token = enveloped_of(&academy).signed(&academy.key);
    let envelope = |url: String| json!({ "@context": "https://www.w3.org/ns/credentials/v2", "type": "EnvelopedVerifiableCredential", "id": url });
    let enveloped = envelope(format!("data:application/vc+jwt,{token}"));
    let presentation = |held: Value| {
        json!({
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": held,
        })
    };
    vec![
        Case::json("enveloped_credential", "The token comes in an envelope of JSON.", &enveloped).expect("valid", GOOD),
        Case::json("enveloped_with_words", "Somebody wrote on the envelope, where nothing is signed.", &{
            edited(enveloped.clone(), |envelope| envelope["name"] = json!("Doctor of Everything"))
        })
        .expect("valid", GOOD),
        Case::json("enveloped_in_base64", "The envelope holds the token in base64.", &{
            use base64::Engine as _;
            let encoded = base64::engine::general_purpose::STANDARD.encode(&token);
            envelope(format!("data:application/vc+jwt;base64,{encoded}"))
        })
        .expect("valid", GOOD),
        Case::json("enveloped_in_cose", "The envelope holds another kind of signature.", &{
            envelope("data:application/vc+cose;base64,0oREoQE4".to_owned())
        })
        .expect_rejected(&["unsupported_format"]),
        Case::json("enveloped_in_presentation", "A presentation holds two envelopes and a plain credential.", &{
            let plain = secured(open_badge(&institute()), &institute());
            presentation(json!([enveloped, plain, enveloped]))
        })
        .expect_each("valid", &["valid", "valid", "valid"]),
        case("presentation_in_token", "A presentation in a token of its own; its credentials stand for themselves.", {
            let learner = TokenKey::ed25519(5);
            Token::new("EdDSA", presentation(json!([enveloped]))).with_header("typ", "vp+jwt").signed(&learner)
        })
        .expect_each("valid", &["valid"]),
        case("presentation_in_vp_claim", "A presentation of VCDM 1.1 in a token, with tokens in it.", {
            let learner = TokenKey::ed25519(5);
            let mut held = presentation(json!([badge_of(&academy).signed(&academy.key), token]));
            held["@context"] = json!(["https://www.w3.org/2018/credentials/v1"]);
            Token::new("EdDSA", json!({ "vp": held, "nonce": "n-1" })).signed(&learner)
        })
        .expect_each("valid", &["valid", "valid"]),
        Case::bytes("jwt_in_array", "A list of a token and a badge in JSON.", "input.json", {
            pretty(&json!([token, secured(open_badge(&institute()), &institute())]))
        })
        .expect_each("valid", &["valid", "valid"]),
        case("endorsement_in_token", "A badge carries an endorsement as a token.", {
            let mut badge = open_badge(&academy.party);
            let mut endorsement = open_badge(&academy.party);
            endorsement["type"] = json!(["VerifiableCredential", "EndorsementCredential"]);
            endorsement["credentialSubject"] =
                json!({ "id": badge["id"], "type": ["EndorsementSubject"], "endorsementComment": "Sound." });
            endorsement = without(without(endorsement, "evidence"), "awardedDate");
            badge["endorsementJwt"] = json!([academy.token(open_badges_claims(&endorsement)).signed(&academy.key)]);
            academy.token(open_badges_claims(&badge)).signed(&academy.key)
        })
        .expect("valid", &[("proof", "pass signature_holds"), ("endorsements", "pass endorsements_hold")]),
    ]
}
