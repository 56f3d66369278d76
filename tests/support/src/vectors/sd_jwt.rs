//! Selective-disclosure JWTs: what the learner shows of them, and what attackers do to them.

use serde_json::{Value, json};

use super::jose::{GOOD, LISTED, UNTIED, academy, case, faculty, impostor, registry};
use crate::case::Case;
use crate::document::vc2;
use crate::jose::{TokenIssuer, TokenKey, conceal, conceal_element, digest, disclosure, with_disclosures};

/// Where the registry's metadata stand.
const METADATA: &str = "https://registry.example/.well-known/jwt-vc-issuer/issuers/7";

/// A course certificate as an SD-JWT VC of this issuer.
fn certificate(issuer: &TokenIssuer) -> Value {
    json!({
        "vct": "https://credentials.example/course-certificate",
        "iss": issuer.party.id,
        "iat": 1_770_000_000,
        "exp": 1_830_000_000,
        "sub": "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
        "given_name": "Amélie",
        "family_name": "Tremblay",
        "course": { "title": "Water Sampling", "hours": 36 },
        "languages": ["fr", "en"],
    })
}

/// The certificate with three disclosures: the family name, the hours, and one of the languages.
fn concealed(issuer: &TokenIssuer) -> (Value, Vec<String>) {
    let mut claims = certificate(issuer);
    let disclosures = vec![
        conceal(&mut claims, "", "family_name"),
        conceal(&mut claims, "/course", "hours"),
        conceal_element(&mut claims, "/languages", 1),
    ];
    claims["_sd"].as_array_mut().expect("there is a digest").push(json!(digest("a decoy")));
    (claims, disclosures)
}

fn signed(issuer: &TokenIssuer, claims: Value) -> String {
    issuer.token(claims).with_header("typ", "dc+sd-jwt").signed(&issuer.key)
}

const FLAWED: &[(&str, &str)] = &[("proof", "fail malformed_disclosures"), ("issuer", "skipped proof_failed")];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = shown();
    cases.extend(issuers());
    cases.extend(attacks());
    cases.extend(holders());
    cases
}

fn shown() -> Vec<Case> {
    let academy = academy();
    let (claims, disclosures) = concealed(&academy);
    let token = signed(&academy, claims.clone());
    let with = |shown: &[String]| with_disclosures(&token, shown);
    vec![
        case("sd_jwt_all_shown", "A course certificate with everything disclosed.", with(&disclosures))
            .expect("valid", GOOD),
        case("sd_jwt_some_shown", "The learner keeps the family name and a language back.", with(&disclosures[1..2]))
            .expect("valid", GOOD),
        case("sd_jwt_none_shown", "The learner shows only what stands in the open.", with(&[])).expect("valid", GOOD),
        case("sd_jwt_nothing_hidden", "A certificate in which nothing can be kept back.", {
            format!("{}~", signed(&academy, certificate(&academy)))
        })
        .expect("valid", GOOD),
        case("sd_jwt_older_type", "A certificate under the type's earlier name.", {
            let token = academy.token(claims.clone()).with_header("typ", "vc+sd-jwt").signed(&academy.key);
            with_disclosures(&token, &disclosures)
        })
        .expect("valid", GOOD),
        case("sd_jwt_w3c_credential", "A W3C credential whose learner's name can be kept back.", {
            let mut credential = vc2(&academy.party);
            let name = conceal(&mut credential, "/credentialSubject", "name");
            let token = academy.token(credential).with_header("typ", "vc+sd-jwt").signed(&academy.key);
            with_disclosures(&token, &[name])
        })
        .expect("valid", GOOD),
        case("sd_jwt_expired", "A certificate after its time.", with(&disclosures))
            .at("2029-06-15T12:00:00Z")
            .expect("expired", &[("proof", "pass signature_holds"), ("validity", "fail expired")]),
        case("sd_jwt_with_status", "A certificate with a kind of status that is not asked.", {
            let mut claims = claims.clone();
            claims["status"] = json!({ "status_list": { "idx": 7, "uri": "https://registry.example/statuses/1" } });
            with_disclosures(&signed(&academy, claims), &disclosures)
        })
        .expect("status_unknown", &[("status", "inconclusive unsupported_status")]),
        case("sd_jwt_without_vct", "Claims that do not say what they are.", {
            let mut claims = certificate(&academy);
            claims.as_object_mut().expect("claims are an object").remove("vct");
            format!("{}~", signed(&academy, claims))
        })
        .expect_rejected(&["not_a_credential"]),
    ]
}

fn issuers() -> Vec<Case> {
    let (registry, faculty) = (registry(), faculty());
    let token = |issuer: &TokenIssuer, kid: Value| {
        let token = issuer.token(certificate(issuer)).with_header("typ", "dc+sd-jwt").with_header("kid", kid);
        format!("{}~", token.signed(&issuer.key))
    };
    let mut key = registry.key.jwk();
    key["kid"] = json!("2026");
    let metadata = |keys: Value| json!({ "issuer": registry.party.id, "jwks": { "keys": keys } });
    vec![
        case("sd_jwt_issuer_metadata", "The issuer's site lists its keys in the place made for that.", {
            token(&registry, json!("2026"))
        })
        .answering(METADATA, &metadata(json!([impostor().jwk(), key])))
        .expect("valid", LISTED),
        case("sd_jwt_issuer_metadata_by_reference", "The issuer's metadata say where its keys are.", {
            token(&registry, Value::Null)
        })
        .answering(METADATA, &json!({ "issuer": registry.party.id, "jwks_uri": "https://registry.example/jwks" }))
        .answering("https://registry.example/jwks", &json!({ "keys": [key] }))
        .expect("valid", LISTED),
        case("sd_jwt_issuer_metadata_of_another", "The metadata are another issuer's.", token(&registry, Value::Null))
            .answering(METADATA, &json!({ "issuer": "https://registry.example/issuers/8", "jwks": { "keys": [key] } }))
            .expect("invalid", &[("proof", "fail key_document_mismatch")]),
        case("sd_jwt_issuer_metadata_without_the_key", "The metadata list other keys.", {
            token(&registry, json!("2027"))
        })
        .answering(METADATA, &metadata(json!([key])))
        .expect("unverifiable", &[("proof", "inconclusive key_not_listed")]),
        case("sd_jwt_did_web", "The issuer's domain lists the key.", token(&faculty, json!(faculty.kid)))
            .answering(super::jose::FACULTY_DOCUMENT, &faculty.key.document(&faculty.party.id))
            .expect("valid", LISTED),
        case("sd_jwt_embedded_key", "An impostor puts a key of theirs into the token.", {
            let token = registry.token(certificate(&registry)).with_header("typ", "dc+sd-jwt");
            let token = token.with_header("kid", Value::Null).with_header("jwk", impostor().jwk());
            format!("{}~", token.signed(&impostor()))
        })
        .answering(&registry.party.id, &json!({ "name": "Registry" }))
        .expect("unverifiable", UNTIED),
    ]
}

fn attacks() -> Vec<Case> {
    let academy = academy();
    let (claims, disclosures) = concealed(&academy);
    let token = signed(&academy, claims.clone());
    let with = |shown: &[String]| with_disclosures(&token, shown);
    let invented = disclosure(&json!(["salt", "degree", "Doctor of Everything"]));
    let adding = |disclosure: &str, change: &dyn Fn(&mut Value)| {
        let mut claims = certificate(&academy);
        claims["_sd"] = json!([digest(disclosure)]);
        change(&mut claims);
        with_disclosures(&signed(&academy, claims), &[disclosure.to_owned()])
    };
    let flawed = |name: &str, story: &str, token: String| case(name, story, token).expect("invalid", FLAWED);
    vec![
        flawed(
            "sd_jwt_invented_disclosure",
            "Somebody adds a degree that nobody signed.",
            with(std::slice::from_ref(&invented)),
        ),
        flawed("sd_jwt_altered_disclosure", "Somebody changes the name that is disclosed.", {
            with(&[disclosure(&json!(["salt of family_name", "family_name", "Gagnon"]))])
        }),
        flawed("sd_jwt_repeated_disclosure", "The same disclosure stands there twice.", {
            with(&[disclosures[0].clone(), disclosures[0].clone()])
        }),
        flawed("sd_jwt_broken_disclosure", "A disclosure is cut off.", with(&[disclosures[0][..20].to_owned()])),
        flawed("sd_jwt_repeated_digest", "One digest stands in two places.", {
            adding(&invented, &|claims| claims["course"]["_sd"] = json!([digest(&invented)]))
        }),
        flawed("sd_jwt_overwritten_claim", "A disclosure would replace what stands in the open.", {
            adding(&disclosure(&json!(["salt", "given_name", "Eve"])), &|_| {})
        }),
        flawed("sd_jwt_disclosed_digests", "A disclosure would bring digests of its own.", {
            adding(&disclosure(&json!(["salt", "_sd", ["a"]])), &|_| {})
        }),
        flawed("sd_jwt_hidden_end", "The end can be kept back.", {
            adding(&disclosure(&json!(["salt", "exp", 1_830_000_000])), &|claims| {
                claims.as_object_mut().expect("claims are an object").remove("exp");
            })
        }),
        flawed("sd_jwt_member_as_element", "A member's disclosure stands for an element.", {
            let claim = disclosure(&json!(["salt", "town", "Regina"]));
            let mut claims = certificate(&academy);
            claims["languages"] = json!(["fr", { "...": digest(&claim) }]);
            with_disclosures(&signed(&academy, claims), &[claim])
        }),
        case("sd_jwt_w3c_iss_mismatch", "A W3C credential whose token names another issuer.", {
            let mut credential = vc2(&academy.party);
            credential["iss"] = json!("https://registry.example/issuers/7");
            credential["vct"] = json!("https://credentials.example/course-certificate");
            format!("{}~", signed(&academy, credential))
        })
        .expect("invalid", &[("proof", "fail claim_mismatch")]),
        case("sd_jwt_hash_unknown", "The digests are of a hash that is not known here.", {
            let mut claims = claims.clone();
            claims["_sd_alg"] = json!("sha3-256");
            with_disclosures(&signed(&academy, claims), &disclosures)
        })
        .expect("unverifiable", &[("proof", "inconclusive unsupported_suite")]),
        case("sd_jwt_altered", "Somebody changes what stands in the open.", {
            let mut claims = claims.clone();
            claims["given_name"] = json!("Eve");
            let other = academy.token(claims).with_header("typ", "dc+sd-jwt").unsigned();
            let (_, signature) = token.rsplit_once('.').expect("a token has three parts");
            with_disclosures(&format!("{other}{signature}"), &disclosures)
        })
        .expect("invalid", &[("proof", "fail signature_mismatch")]),
    ]
}

fn holders() -> Vec<Case> {
    let (academy, learner) = (academy(), TokenKey::ed25519(5));
    let mut claims = certificate(&academy);
    claims["cnf"] = json!({ "jwk": learner.jwk() });
    let name = conceal(&mut claims, "", "family_name");
    let presented = with_disclosures(&signed(&academy, claims.clone()), &[name]);
    let binding = |sd_hash: String| {
        let claims =
            json!({ "aud": "https://employer.example", "nonce": "n-17", "iat": 1_781_000_000, "sd_hash": sd_hash });
        crate::jose::Token::new("EdDSA", claims).with_header("typ", "kb+jwt")
    };
    let own = binding(digest(&presented));
    let bound = |token: String| format!("{presented}{token}");
    let refused = |name: &str, story: &str, token: String| {
        let checks = [("proof", "pass signature_holds"), ("proof", "fail holder_binding_fails")];
        case(name, story, bound(token)).expect("invalid", &checks)
    };
    vec![
        case("sd_jwt_key_binding", "The learner signs the copy for an employer.", bound(own.signed(&learner))).expect(
            "valid",
            &[
                ("proof", "pass signature_holds"),
                ("proof", "pass holder_binding_holds"),
                ("issuer", "pass issuer_is_key"),
            ],
        ),
        refused("sd_jwt_key_binding_of_another", "Somebody else signs the copy.", own.signed(&TokenKey::ed25519(6))),
        refused("sd_jwt_key_binding_over_another_copy", "The learner's signature was made for another copy.", {
            binding(digest("another copy")).signed(&learner)
        }),
        refused("sd_jwt_key_binding_without_nonce", "The learner's signature does not say for what.", {
            own.clone().with_claim("nonce", Value::Null).signed(&learner)
        }),
        refused("sd_jwt_key_binding_of_another_type", "The learner's signature is of a token for something else.", {
            own.clone().with_header("typ", "JWT").signed(&learner)
        }),
        refused("sd_jwt_key_binding_of_the_future", "The learner's signature says that it was made in the future.", {
            own.clone().with_claim("iat", 1_800_000_000).signed(&learner)
        }),
        case("sd_jwt_key_binding_without_key", "The certificate is bound to nobody, and somebody signs it.", {
            let presented = format!("{}~", signed(&academy, certificate(&academy)));
            format!("{presented}{}", binding(digest(&presented)).signed(&learner))
        })
        .expect("invalid", &[("proof", "pass signature_holds"), ("proof", "fail holder_binding_fails")]),
    ]
}
