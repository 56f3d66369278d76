//! What attackers do to tokens, and what issuers get wrong.

use serde_json::{Value, json};

use super::jose::{FACULTY_DOCUMENT, UNTIED, academy, badge_of, case, enveloped_of, faculty, impostor, registry};
use crate::case::Case;
use crate::document::{edited, open_badge, vc1, vc2};
use crate::jose::{Token, TokenIssuer, TokenKey, open_badges_claims, wrapped_claims};
use crate::party::institute;
use crate::rsa::{RSA_1024, RSA_2048};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = signatures();
    cases.extend(keys());
    cases.extend(headers());
    cases.extend(claims());
    cases.extend(shapes());
    cases
}

fn signatures() -> Vec<Case> {
    let academy = academy();
    let token = badge_of(&academy);
    let signed = token.signed(&academy.key);
    let (input, signature) = signed.rsplit_once('.').expect("a token has three parts");
    let altered = edited(open_badge(&academy.party), |badge| badge["name"] = json!("Water Sampling II"));
    let altered = academy.token(open_badges_claims(&altered)).with_header("typ", "JWT").unsigned();
    let secret = TokenKey::Shared(RSA_2048.modulus());
    vec![
        case("jwt_altered", "The badge in the token was changed, its signature kept.", format!("{altered}{signature}"))
            .expect("invalid", &[("proof", "fail signature_mismatch"), ("issuer", "skipped proof_failed")]),
        case("jwt_signature_cut", "The end of the signature is missing.", format!("{input}.{}", &signature[..340]))
            .expect("invalid", &[("proof", "fail signature_mismatch")]),
        case("jwt_signature_missing", "The signature was taken away.", format!("{input}."))
            .expect("invalid", &[("proof", "fail signature_mismatch")]),
        case("jwt_alg_none", "The token says that it needs no signature.", {
            token.clone().with_header("alg", "none").unsigned()
        })
        .expect("unverifiable", &[("proof", "inconclusive no_proof"), ("issuer", "skipped proof_not_established")]),
        case("jwt_alg_none_with_signature", "The token says so, and carries a signature all the same.", {
            token.clone().with_header("alg", "None").signed(&academy.key)
        })
        .expect("invalid", &[("proof", "fail malformed_proof")]),
        case("jwt_public_key_as_secret", "The issuer's public key was used as if it were a shared secret.", {
            token.clone().with_header("alg", "HS256").signed(&secret)
        })
        .expect("unverifiable", &[("proof", "inconclusive unsupported_suite")]),
        case("jwt_alg_of_another_key", "An RSA key, and a signature that calls itself ES256.", {
            token.clone().with_header("alg", "ES256").signed(&impostor())
        })
        .expect("invalid", &[("proof", "fail algorithm_mismatch")]),
        case("jwt_alg_swapped", "Signed with RS256, and said to be PS256.", {
            let other = token.clone().with_header("alg", "PS256").unsigned();
            format!("{other}{signature}")
        })
        .expect("invalid", &[("proof", "fail signature_mismatch")]),
        case("jwt_alg_unknown", "Signed on a curve that is not checked here.", {
            token.clone().with_header("alg", "ES256K").signed(&academy.key)
        })
        .expect("unverifiable", &[("proof", "inconclusive unsupported_suite")]),
        case("jwt_alg_missing", "The header names no algorithm.", {
            token.with_header("alg", Value::Null).signed(&academy.key)
        })
        .expect("invalid", &[("proof", "fail malformed_proof")]),
    ]
}

fn keys() -> Vec<Case> {
    let (academy, faculty, registry, impostor) = (academy(), faculty(), registry(), impostor());
    let document = faculty.key.document(&faculty.party.id);
    let embedded = |issuer: &TokenIssuer, key: &TokenKey| {
        let token = badge_of(issuer).with_header("kid", Value::Null).with_header("alg", key.usual_algorithm());
        token.with_header("jwk", key.jwk()).signed(key)
    };
    let weak = TokenIssuer::did_jwk(TokenKey::Rsa(RSA_1024));
    let own = TokenIssuer::did_jwk(impostor.clone());
    let borrowed = |kid: &str| enveloped_of(&faculty).with_header("kid", kid).signed(&impostor);
    let page = "https://registry.example/issuers/7";
    vec![
        case("jwt_embedded_key_of_impostor", "An impostor puts a key of theirs into the token.", {
            embedded(&faculty, &impostor)
        })
        .answering(FACULTY_DOCUMENT, &document)
        .expect("unverifiable", UNTIED),
        case("jwt_embedded_key_for_an_address", "The same, for an issuer that goes by an address.", {
            embedded(&registry, &impostor)
        })
        .answering(page, &json!({ "type": "Profile", "id": page }))
        .expect("unverifiable", UNTIED),
        case("jwt_embedded_key_for_a_key", "The same, for an issuer whose identifier is another key.", {
            embedded(&academy, &impostor)
        })
        .expect("invalid", &[("proof", "pass signature_holds"), ("issuer", "fail key_of_another")]),
        case("jwt_embedded_key_altered", "The key in the token is not the one that signed it.", {
            let token = badge_of(&registry).with_header("kid", Value::Null).with_header("jwk", registry.key.jwk());
            token.signed(&impostor)
        })
        .expect("invalid", &[("proof", "fail signature_mismatch")]),
        case("jwt_embedded_secret_key", "The token carries a key, secret and all.", {
            let mut jwk = impostor.jwk();
            jwk["d"] = jwk["x"].clone();
            let token = badge_of(&registry).with_header("kid", Value::Null).with_header("jwk", jwk);
            token.signed(&impostor)
        })
        .expect("invalid", &[("proof", "fail malformed_proof")]),
        case("jwt_embedded_key_beside_a_named_one", "The token names the issuer's key and carries another.", {
            enveloped_of(&faculty).with_header("jwk", impostor.jwk()).signed(&impostor)
        })
        .answering(FACULTY_DOCUMENT, &document)
        .expect("invalid", &[("proof", "fail malformed_proof")]),
        case("jwt_key_of_another_did", "The token names an impostor's DID as its key.", borrowed(&own.kid))
            .expect("invalid", &[("proof", "pass signature_holds"), ("issuer", "fail key_of_another")]),
        case("jwt_key_smuggled_in_fragment", "The impostor's key stands in the fragment of the issuer's DID.", {
            borrowed(&format!("did:web:faculty.example#{}", institute().multikey()))
        })
        .answering(FACULTY_DOCUMENT, &document)
        .expect("invalid", &[("proof", "fail key_not_listed")]),
        case("jwt_key_path_within_did", "The name of the key leads to a path beside the DID's document.", {
            borrowed("did:web:faculty.example/../evil#key-1")
        })
        .expect("invalid", &[("proof", "fail malformed_verification_method")]),
        case("jwt_key_replaced", "The document lists another key under the name.", {
            enveloped_of(&faculty).signed(&impostor)
        })
        .answering(FACULTY_DOCUMENT, &document)
        .expect("invalid", &[("proof", "fail signature_mismatch")]),
        case("jwt_key_for_login", "The key may log in, but not make statements.", {
            enveloped_of(&faculty).signed(&faculty.key)
        })
        .answering(
            FACULTY_DOCUMENT,
            &edited(document.clone(), |document| {
                document["authentication"] = document["assertionMethod"].take();
                document["assertionMethod"] = json!([]);
            }),
        )
        .expect("invalid", &[("proof", "fail key_not_for_this_purpose")]),
        case("jwt_key_at_a_look_alike_site", "The key stands on a site whose name begins like the issuer's.", {
            let kid = "https://registry.example.evil.example/keys/1";
            badge_of(&registry).with_header("kid", kid).signed(&impostor)
        })
        .answering("https://registry.example.evil.example/keys/1", &impostor.jwk())
        .answering(page, &registry.key.document(page))
        .expect("unverifiable", UNTIED),
        case("jwt_key_at_another_port", "The key stands on another port of the issuer's host.", {
            let kid = "https://registry.example:8443/keys/1";
            badge_of(&registry).with_header("kid", kid).signed(&impostor)
        })
        .answering("https://registry.example:8443/keys/1", &impostor.jwk())
        .answering(page, &registry.key.document(page))
        .expect("unverifiable", UNTIED),
        case("jwt_key_in_another_folder", "The key stands in the folder of another user of the host.", {
            let shared = TokenIssuer::listed("https://files.example/uni/badges/issuer.json", registry.key.clone());
            badge_of(&shared).with_header("kid", "https://files.example/evil/keys/1").signed(&impostor)
        })
        .answering("https://files.example/evil/keys/1", &impostor.jwk())
        .answering("https://files.example/uni/badges/issuer.json", &json!({ "type": "Profile" }))
        .expect("unverifiable", UNTIED),
        case(
            "jwt_key_of_a_neighbour",
            "Another issuer on the same site signed it with the key that its own page lists.",
            {
                let neighbour = "https://registry.example/issuers/8";
                badge_of(&registry).with_header("kid", format!("{neighbour}#key-1")).signed(&impostor)
            },
        )
        .answering("https://registry.example/issuers/8", &impostor.document("https://registry.example/issuers/8"))
        .answering(page, &registry.key.document(page))
        .expect("invalid", &[("proof", "pass signature_holds"), ("issuer", "fail key_of_another")]),
        case("jwt_key_without_encryption", "The name of the key is an address that anybody on the way can answer.", {
            badge_of(&registry).with_header("kid", "http://registry.example/keys/1").signed(&registry.key)
        })
        .expect("unverifiable", &[("proof", "inconclusive unsupported_did_method")]),
        case("jwt_key_on_this_machine", "The name of the key leads to this machine.", {
            badge_of(&registry).with_header("kid", "http://127.0.0.1:9/keys/1").signed(&registry.key)
        })
        .expect("unverifiable", &[("proof", "inconclusive unsupported_did_method")]),
        case("jwt_key_with_password", "The name of the key carries a user and a password.", {
            badge_of(&registry).with_header("kid", "https://registry.example@evil.example/1").signed(&impostor)
        })
        .expect("unverifiable", &[("proof", "inconclusive unsupported_did_method")]),
        case("jwt_key_too_short", "The issuer's RSA key has 1024 bits.", badge_of(&weak).signed(&weak.key))
            .expect("unverifiable", &[("proof", "inconclusive weak_key")]),
        case("jwt_issuer_without_identifier", "The issuer's identifier is a number in a register.", {
            let own = TokenIssuer { party: crate::party::Party::listed("urn:uuid:5d1c0a38", 0), ..own };
            badge_of(&own).signed(&own.key)
        })
        .expect("unverifiable", UNTIED),
    ]
}

fn headers() -> Vec<Case> {
    let academy = academy();
    let with = |member: &str, value: Value| badge_of(&academy).with_header(member, value).signed(&academy.key);
    let refused = |code: &'static str| [("proof", code)];
    vec![
        case("jwt_critical_header", "The header demands an extension that nobody here knows.", {
            with("crit", json!(["https://evil.example/ext"]))
        })
        .expect("invalid", &refused("fail unknown_critical_header")),
        case("jwt_critical_b64", "The header demands that the payload be read without base64.", {
            badge_of(&academy).with_header("crit", json!(["b64"])).with_header("b64", false).signed(&academy.key)
        })
        .expect("invalid", &refused("fail unknown_critical_header")),
        case("jwt_b64_false", "The header says that the payload is not in base64.", with("b64", json!(false)))
            .expect("invalid", &refused("fail malformed_proof")),
        case("jwt_kid_is_no_text", "The name of the key is a list.", with("kid", json!(["a"])))
            .expect("invalid", &refused("fail malformed_proof")),
        case("jwt_of_another_type", "A token for logging in somewhere, with a badge's claims.", {
            with("typ", json!("at+jwt"))
        })
        .expect("unverifiable", &refused("inconclusive unsupported_token_type")),
        case("jwt_repeated_header", "The header names its algorithm twice.", {
            let token = badge_of(&academy).signed(&academy.key);
            let (_, rest) = token.split_once('.').expect("a token has three parts");
            format!("{}.{rest}", encode(r#"{"alg":"RS256","alg":"none"}"#))
        })
        .expect_rejected(&["not_a_token"]),
        case("jwt_repeated_claim", "The payload states the end twice.", {
            let payload = encode(r#"{"type":"VerifiableCredential","exp":1,"exp":2}"#);
            format!("{}.{payload}.c2ln", encode(r#"{"alg":"RS256"}"#))
        })
        .expect_rejected(&["not_a_token"]),
        case("jwt_nested", "A token in a token.", {
            let inner = badge_of(&academy).signed(&academy.key);
            format!("{}.{}.c2ln", encode(r#"{"alg":"RS256","cty":"JWT"}"#), encode(&inner))
        })
        .expect_rejected(&["not_a_token"]),
        case("jwt_encrypted", "A token that only its addressee can open.", {
            format!("{}.a.b.c.d", encode(r#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#))
        })
        .expect_rejected(&["unsupported_format"]),
    ]
}

fn encode(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}

fn claims() -> Vec<Case> {
    let academy = academy();
    let mismatch = |name: &str, story: &str, claim: &str, value: Value| {
        case(name, story, badge_of(&academy).with_claim(claim, value).signed(&academy.key))
            .expect("invalid", &[("proof", "fail claim_mismatch")])
    };
    let malformed = |name: &str, story: &str, claim: &str, value: Value| {
        case(name, story, badge_of(&academy).with_claim(claim, value).signed(&academy.key))
            .expect("invalid", &[("proof", "fail malformed_proof")])
    };
    let wrapped = |claim: &str, value: Value| {
        academy.token(wrapped_claims(&vc1(&academy.party))).with_claim(claim, value).signed(&academy.key)
    };
    let enveloped = |claim: &str, value: Value| enveloped_of(&academy).with_claim(claim, value).signed(&academy.key);
    vec![
        mismatch(
            "jwt_iss_mismatch",
            "The token names another issuer than the badge.",
            "iss",
            json!("did:web:a.example"),
        ),
        mismatch("jwt_jti_mismatch", "The token names another badge.", "jti", json!("urn:uuid:1")),
        mismatch("jwt_sub_mismatch", "The token names another learner.", "sub", json!("did:key:z6Mk")),
        mismatch("jwt_nbf_mismatch", "The token begins at another time.", "nbf", json!(1_770_000_000)),
        mismatch("jwt_exp_mismatch", "The token ends sooner than the badge.", "exp", json!(1_800_000_000)),
        mismatch("jwt_exp_later", "The token ends later than the badge.", "exp", json!(2_000_000_000)),
        malformed("jwt_iss_is_no_text", "The token's issuer is an object.", "iss", json!({ "id": "a" })),
        malformed("jwt_exp_is_no_number", "The token's end is a text.", "exp", json!("1900000000")),
        malformed("jwt_nbf_is_no_date", "The token begins beyond any calendar.", "nbf", json!(1e300)),
        case("jwt_vc_iss_mismatch", "The wrapped credential names another issuer.", {
            wrapped("iss", json!("did:web:a.example"))
        })
        .expect("invalid", &[("proof", "fail claim_mismatch")]),
        case("jwt_vc_exp_mismatch", "The wrapped credential ends at another time.", {
            wrapped("exp", json!(1_800_000_000))
        })
        .expect("invalid", &[("proof", "fail claim_mismatch")]),
        case("jwt_vc_jose_cose_iss_mismatch", "The token's issuer is not the credential's.", {
            enveloped("iss", json!("did:web:a.example"))
        })
        .expect("invalid", &[("proof", "fail claim_mismatch")]),
        case("jwt_vc_jose_cose_with_vc_claim", "The credential stands there twice, once as a claim.", {
            enveloped("vc", vc1(&academy.party))
        })
        .expect("invalid", &[("proof", "fail mixed_token_profiles")]),
        case("jwt_two_credentials", "The payload is one credential and wraps another.", {
            let mut claims = open_badges_claims(&open_badge(&academy.party));
            claims["vc"] = vc1(&academy.party);
            academy.token(claims).signed(&academy.key)
        })
        .expect("invalid", &[("proof", "fail mixed_token_profiles")]),
        case("jwt_claims_agree_to_the_second", "The token leaves out the fraction of a second.", {
            let badge =
                edited(open_badge(&academy.party), |badge| badge["validFrom"] = json!("2026-02-01T00:00:00.750Z"));
            academy.token(open_badges_claims(&badge)).signed(&academy.key)
        })
        .expect("valid", &[("proof", "pass signature_holds")]),
    ]
}

fn shapes() -> Vec<Case> {
    let academy = academy();
    let incomplete = edited(vc2(&academy.party), |credential| {
        credential.as_object_mut().expect("a credential is an object").remove("credentialSubject");
    });
    vec![
        case("jwt_incomplete", "The credential in the token says nothing about anybody.", {
            academy.token(incomplete).with_header("typ", "vc+jwt").signed(&academy.key)
        })
        .expect("invalid", &[("conformance", "fail missing_member"), ("proof", "skipped conformance_failed")]),
        case("jwt_about_something_else", "A signed token about the weather.", {
            Token::new("RS256", json!({ "temperature": -31 })).signed(&academy.key)
        })
        .expect_rejected(&["not_a_credential"]),
        case("jwt_vc_claim_is_text", "The claim `vc` is a text.", {
            Token::new("RS256", json!({ "vc": "a" })).signed(&academy.key)
        })
        .expect_rejected(&["not_a_credential"]),
    ]
}
