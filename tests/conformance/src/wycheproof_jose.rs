//! Wycheproof: JSON Web Signatures and JSON Web Keys at their edges. The payloads are no JSON, so that the parts are
//! taken from the text here; keys, algorithms and signatures are judged as for credentials.

use std::path::Path;

use attesta_jsonld::{Document, Value as Json};
use attesta_verify::public_key::SignatureAlgorithm;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::suite::{Suite, Unreadable, json};
use crate::wycheproof::{agree, jwk_of};

pub(crate) fn run(folder: &Path) -> Result<Suite, Unreadable> {
    let mut suite = Suite::new("Wycheproof JOSE");
    for (file, short) in [("json_web_signature_test", "JWS"), ("json_web_key_test", "JWK")] {
        let vectors: Value = json(&folder.join("wycheproof").join(file).with_extension("json"))?;
        for group in vectors["testGroups"].as_array().into_iter().flatten() {
            let keys = group.get("public").unwrap_or(&group["private"]);
            for test in group["tests"].as_array().into_iter().flatten() {
                let found = holds(test["jws"].as_str().unwrap_or_default(), keys);
                let outcome = agree(test, found.is_ok()).map_err(|difference| match found {
                    Ok(()) => difference,
                    Err(why) => format!("{difference}: {why}"),
                });
                suite.case(format!("{short} {}", test["tcId"]), outcome);
            }
        }
    }
    Ok(suite)
}

/// Whether a token holds under a key, or under the one of a set that it names.
fn holds(token: &str, keys: &Value) -> Result<(), String> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else { return Err("not three parts".to_owned()) };
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|error| error.to_string());
    decode(payload)?;
    let header_json = Document::parse(decode(header)?).map_err(|error| error.to_string())?;
    let text = |member: &str| header_json.root().get(member).and_then(Json::as_str);
    if header_json.root().get("crit").is_some() {
        return Err("a critical header".to_owned());
    }
    let alg = text("alg").ok_or("no alg")?;
    let algorithm = SignatureAlgorithm::of(alg).ok_or_else(|| format!("{alg} is not checked"))?;
    let set: Vec<&Value> = match keys["keys"].as_array() {
        Some(set) => set.iter().filter(|key| key["kid"].as_str() == text("kid")).collect(),
        None => vec![keys],
    };
    let [key] = set.as_slice() else { return Err(format!("{} keys of that name", set.len())) };
    let key = jwk_of(key)?;
    if !key.allows(algorithm) {
        return Err("the key is for another algorithm".to_owned());
    }
    let input = format!("{header}.{payload}");
    key.key.verify(algorithm, input.as_bytes(), &decode(signature)?).map_err(|error| error.to_string())
}
