//! did:key: the method's test vectors. Each key is decoded, compared with the vector's own copy of it and encoded again.

use std::collections::BTreeMap;
use std::path::Path;

use attesta_verify::multikey::Multikey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::suite::{Suite, Unreadable, json};

pub(crate) fn run(folder: &Path) -> Result<Suite, Unreadable> {
    let mut suite = Suite::new("did:key");
    for name in ["ed25519-x25519", "nist-curves", "rsa", "secp256k1", "bls12381"] {
        let vectors: BTreeMap<String, Value> = json(&folder.join("did-key").join(name).with_extension("json"))?;
        for (did, vector) in vectors {
            suite.case(short(&did), check(&did, &vector));
            if let Some(agreement) = vector.get("keyAgreementKeyPair") {
                suite.case(format!("{} (key agreement)", short(&did)), same_key_agreement(agreement));
            }
        }
    }
    // This file holds documents without their key pairs.
    let vectors: Value = json(&folder.join("did-key/x25519.json"))?;
    for did in vectors["didDocument"].as_object().into_iter().flatten().map(|(did, _)| did) {
        suite.case(short(did), round_trip(did));
    }
    Ok(suite)
}

fn check(did: &str, vector: &Value) -> Result<(), String> {
    round_trip(did)?;
    let key = Multikey::decode(did.trim_start_matches("did:key:")).map_err(|error| error.to_string())?;
    let stated =
        ["verificationKeyPair", "verificationMethod"].iter().find_map(|name| vector.get(name)).unwrap_or(vector);
    let found = key.bytes();
    if let Some(base58) = stated["publicKeyBase58"].as_str() {
        let expected = bs58::decode(base58).into_vec().map_err(|error| error.to_string())?;
        return same(found, &expected);
    }
    let jwk = &stated["publicKeyJwk"];
    let number = |name: &str| {
        let text = jwk[name].as_str().ok_or_else(|| format!("the vector's key has no {name}"))?;
        URL_SAFE_NO_PAD.decode(text).map_err(|error| error.to_string())
    };
    match jwk["kty"].as_str() {
        Some("OKP") if jwk["crv"] == "Ed25519" => same(found, &number("x")?),
        // A compressed point: whether y is odd, then x.
        Some("EC") if jwk["crv"] != "BLS12381_G1" && jwk["crv"] != "BLS12381_G2" => {
            let odd = number("y")?.last().is_some_and(|last| last % 2 == 1);
            same(found, &[vec![2 + u8::from(odd)], number("x")?].concat())
        }
        // DER holds the modulus as it is.
        Some("RSA") => {
            let modulus = number("n")?;
            let holds = found.windows(modulus.len()).any(|window| window == modulus);
            if holds { Ok(()) } else { Err("the key does not hold the vector's modulus".to_owned()) }
        }
        // BLS keys of both groups stand one after the other; the vector states one of them.
        Some("EC" | "OKP") => {
            let x = number("x")?;
            let holds = found.windows(x.len()).any(|window| window == x);
            if holds { Ok(()) } else { Err("the key does not hold the vector's point".to_owned()) }
        }
        other => Err(format!("the vector states its key as {other:?}")),
    }
}

fn same_key_agreement(agreement: &Value) -> Result<(), String> {
    let fragment = agreement["id"].as_str().and_then(|id| id.rsplit('#').next()).unwrap_or_default();
    let key = Multikey::decode(fragment).map_err(|error| error.to_string())?;
    match (agreement["publicKeyBase58"].as_str(), agreement["publicKeyJwk"]["x"].as_str()) {
        (Some(base58), _) => same(key.bytes(), &bs58::decode(base58).into_vec().map_err(|error| error.to_string())?),
        (None, Some(x)) => same(key.bytes(), &URL_SAFE_NO_PAD.decode(x).map_err(|error| error.to_string())?),
        (None, None) => Err("the vector states no key".to_owned()),
    }
}

fn round_trip(did: &str) -> Result<(), String> {
    let text = did.strip_prefix("did:key:").ok_or("not a did:key")?;
    let encoded = Multikey::decode(text).map_err(|error| error.to_string())?.encode();
    if encoded == text { Ok(()) } else { Err(format!("encoded again as {encoded}")) }
}

fn same(found: &[u8], expected: &[u8]) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("found {found:02x?}, expected {expected:02x?}")) }
}

fn short(did: &str) -> String {
    did.chars().take(28).collect()
}
