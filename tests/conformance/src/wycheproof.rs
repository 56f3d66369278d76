//! Wycheproof: signatures at the edges of each algorithm. The key of each group is read in every way that it is written.

use std::path::Path;

use attesta_jsonld::Document;
use attesta_verify::controlled_identifier::JsonWebKey;
use attesta_verify::public_key::{PublicKey, SignatureAlgorithm};
use serde_json::Value;

use crate::suite::{Suite, Unreadable, json};

const FILES: [(&str, SignatureAlgorithm); 6] = [
    ("ed25519_test", SignatureAlgorithm::EdDsa),
    ("ecdsa_secp256r1_sha256_p1363_test", SignatureAlgorithm::Es256),
    ("ecdsa_secp384r1_sha384_p1363_test", SignatureAlgorithm::Es384),
    ("rsa_signature_2048_sha256_test", SignatureAlgorithm::Rs256),
    ("rsa_signature_3072_sha384_test", SignatureAlgorithm::Rs384),
    ("rsa_pss_2048_sha256_mgf1_32_test", SignatureAlgorithm::Ps256),
];

pub(crate) fn run(folder: &Path) -> Result<Suite, Unreadable> {
    let mut suite = Suite::new("Wycheproof signatures");
    for (file, algorithm) in FILES {
        let vectors: Value = json(&folder.join("wycheproof").join(file).with_extension("json"))?;
        for group in vectors["testGroups"].as_array().into_iter().flatten() {
            let key = key(group);
            for test in group["tests"].as_array().into_iter().flatten() {
                let name = format!("{} {}", algorithm.as_str(), test["tcId"]);
                suite.case(name, key.clone().and_then(|key| check(&key, algorithm, test)));
            }
        }
    }
    Ok(suite)
}

/// The key of a group, the same whichever way it is written.
fn key(group: &Value) -> Result<PublicKey, String> {
    let der = hex(group["publicKeyDer"].as_str().unwrap_or_default())?;
    let key = PublicKey::from_spki(&der).map_err(|error| format!("the DER is {error}"))?;
    let mut others = Vec::new();
    if let Some(pem) = group["publicKeyPem"].as_str() {
        others.push(PublicKey::from_pem(pem).map_err(|error| format!("the PEM is {error}"))?);
    }
    for jwk in ["publicKeyJwk", "keyJwk"].iter().filter_map(|name| group.get(name)) {
        others.push(jwk_of(jwk)?.key);
    }
    if others.iter().all(|other| *other == key) { Ok(key) } else { Err("the group's key is several".to_owned()) }
}

/// A key as a JWK.
pub(crate) fn jwk_of(jwk: &Value) -> Result<JsonWebKey, String> {
    let document = Document::parse(jwk.to_string().into_bytes()).map_err(|error| error.to_string())?;
    JsonWebKey::read(document.root()).map_err(|error| format!("the JWK is {error}"))
}

fn check(key: &PublicKey, algorithm: SignatureAlgorithm, test: &Value) -> Result<(), String> {
    let bytes = |name: &str| hex(test[name].as_str().unwrap_or_default());
    agree(test, key.verify(algorithm, &bytes("msg")?, &bytes("sig")?).is_ok())
}

/// Compares what was found with what the test demands; what it calls acceptable may be either.
pub(crate) fn agree(test: &Value, holds: bool) -> Result<(), String> {
    match (test["result"].as_str(), holds) {
        (Some("valid"), true) | (Some("invalid"), false) | (Some("acceptable"), _) => Ok(()),
        (result, holds) => {
            Err(format!("{}: {} expected, and it {}", test["comment"], result.unwrap_or("?"), told(holds)))
        }
    }
}

fn told(holds: bool) -> &'static str {
    if holds { "holds" } else { "does not hold" }
}

fn hex(text: &str) -> Result<Vec<u8>, String> {
    let digit = |letter: u8| char::from(letter).to_digit(16).ok_or_else(|| format!("{text:?} is not hex"));
    text.as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Ok((digit(*high)? << 4 | digit(*low)?) as u8),
            _ => Err(format!("{text:?} is not whole bytes")),
        })
        .collect()
}
