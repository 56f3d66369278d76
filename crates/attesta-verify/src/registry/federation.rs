//! Signed statements of an OpenID Federation trust anchor:
//! [OpenID Federation 1.0](https://openid.net/specs/openid-federation-1_0.html) sections 3 and 8.1.

use attesta_credential::CompactJws;
use attesta_jsonld::Value;
use jiff::{SignedDuration, Timestamp};

use crate::controlled_identifier::JsonWebKey;
use crate::public_key::SignatureAlgorithm;

/// How far ahead the anchor's clock may be.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);
/// The longest statement in bytes that is read.
const LONGEST_STATEMENT: usize = 1 << 18;

/// A trust anchor by its own, self-signed configuration.
pub(crate) struct TrustAnchor {
    configuration: CompactJws,
    id: String,
    /// Where statements on others are asked for.
    pub(crate) fetch_endpoint: String,
}

/// Reads the configuration that stands at an anchor's address. `None` where it does not hold together: who it is for
/// and by must be one, and one of its own keys must have signed it.
pub(crate) fn trust_anchor(bytes: &[u8], now: Timestamp) -> Option<TrustAnchor> {
    let configuration = parse(bytes)?;
    let id = text(&configuration, "iss")?.to_owned();
    if text(&configuration, "sub") != Some(id.as_str()) || !is_current(&configuration, now) {
        return None;
    }
    if !is_signed_by(&configuration, &configuration) {
        return None;
    }
    let metadata = configuration.payload().root().get("metadata")?.get("federation_entity")?;
    let fetch_endpoint = metadata.get("federation_fetch_endpoint")?.as_str()?.to_owned();
    Some(TrustAnchor { configuration, id, fetch_endpoint })
}

impl TrustAnchor {
    /// Where the statement on an entity stands.
    pub(crate) fn statement_url(&self, entity: &str) -> Option<String> {
        let mut url = url::Url::parse(&self.fetch_endpoint).ok()?;
        url.query_pairs_mut().append_pair("sub", entity);
        Some(url.into())
    }

    /// The name under which the anchor vouches for an entity; `None` where what came is no statement of the anchor on
    /// exactly this entity that holds now.
    pub(crate) fn name_in_statement(&self, bytes: &[u8], entity: &str, now: Timestamp) -> Option<String> {
        let statement = parse(bytes)?;
        let holds = text(&statement, "iss") == Some(&self.id)
            && text(&statement, "sub") == Some(entity)
            && is_current(&statement, now)
            && is_signed_by(&statement, &self.configuration);
        let metadata = statement.payload().root().get("metadata").filter(|_| holds)?;
        let name = |kind: &str, member: &str| metadata.get(kind)?.get(member)?.as_str().map(str::to_owned);
        name("federation_entity", "organization_name")
            .or_else(|| name("institution_additional_information", "legal_name"))
            .or_else(|| Some(entity.to_owned()))
    }
}

fn parse(bytes: &[u8]) -> Option<CompactJws> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= LONGEST_STATEMENT)?;
    CompactJws::parse(text).ok()
}

fn text<'j>(jws: &'j CompactJws, claim: &str) -> Option<&'j str> {
    jws.payload().root().get(claim)?.as_str()
}

/// `iat` and `exp` are required, section 3.
fn is_current(jws: &CompactJws, now: Timestamp) -> bool {
    let time = |claim: &str| match jws.payload().root().get(claim) {
        Some(Value::Number(seconds)) => Timestamp::from_second(seconds.as_f64() as i64).ok(),
        _ => None,
    };
    let latest = now.saturating_add(CLOCK_SKEW).unwrap_or(now);
    matches!((time("iat"), time("exp")), (Some(made), Some(ends)) if made <= latest && now < ends)
}

/// Whether a key that the anchor's configuration lists under the statement's `kid` signed it.
fn is_signed_by(statement: &CompactJws, configuration: &CompactJws) -> bool {
    if statement.header().get("crit").is_some() {
        return false;
    }
    let (Some(kid), Some(alg)) = (statement.header_text("kid"), statement.header_text("alg")) else { return false };
    let Some(algorithm) = SignatureAlgorithm::of(alg) else { return false };
    let keys = configuration.payload().root().get("jwks").and_then(|jwks| jwks.get("keys")).and_then(Value::as_array);
    let named = |key: &&Value<'_>| key.get("kid").and_then(Value::as_str) == Some(kid);
    keys.unwrap_or_default().iter().filter(named).any(|key| {
        JsonWebKey::read(key).is_ok_and(|key| {
            key.allows(algorithm) && key.key.verify(algorithm, statement.signing_input(), statement.signature()).is_ok()
        })
    })
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use ed25519_dalek::{Signer, SigningKey};
    use serde_json::{Value, json};

    use super::*;

    const ANCHOR: &str = "https://registry.example";
    const ISSUER: &str = "did:web:uni.example";

    fn now() -> Timestamp {
        "2026-06-15T12:00:00Z".parse().unwrap()
    }

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn signed(by: &SigningKey, kid: &str, payload: &Value) -> Vec<u8> {
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let header = json!({ "alg": "EdDSA", "kid": kid, "typ": "entity-statement+jwt" });
        let input = format!("{}.{}", encode(&header), encode(payload));
        let signature = URL_SAFE_NO_PAD.encode(by.sign(input.as_bytes()).to_bytes());
        format!("{input}.{signature}").into_bytes()
    }

    fn configuration() -> Value {
        let x = URL_SAFE_NO_PAD.encode(key(1).verifying_key().as_bytes());
        json!({
            "iss": ANCHOR, "sub": ANCHOR, "iat": 1_780_000_000, "exp": 1_790_000_000,
            "jwks": { "keys": [{ "kty": "OKP", "crv": "Ed25519", "kid": "k", "x": x }] },
            "metadata": { "federation_entity": { "federation_fetch_endpoint": "https://registry.example/fetch" } },
        })
    }

    fn statement() -> Value {
        json!({
            "iss": ANCHOR, "sub": ISSUER, "iat": 1_780_000_000, "exp": 1_790_000_000,
            "metadata": { "federation_entity": { "organization_name": "Uni" } },
        })
    }

    fn edited(mut value: Value, pointer: &str, to: Value) -> Value {
        *value.pointer_mut(pointer).unwrap() = to;
        value
    }

    #[track_caller]
    fn check(statement: &[u8], expected: Option<&str>) {
        let anchor = trust_anchor(&signed(&key(1), "k", &configuration()), now()).unwrap();
        assert_eq!(anchor.name_in_statement(statement, ISSUER, now()).as_deref(), expected);
    }

    #[test]
    fn a_statement_signed_by_the_anchor_names_the_issuer() {
        check(&signed(&key(1), "k", &statement()), Some("Uni"));
        let anchor = trust_anchor(&signed(&key(1), "k", &configuration()), now()).unwrap();
        let url = "https://registry.example/fetch?sub=did%3Aweb%3Auni.example";
        assert_eq!(anchor.statement_url(ISSUER).as_deref(), Some(url));
    }

    #[test]
    fn a_statement_of_another_or_on_another_or_out_of_date_is_none() {
        check(&signed(&key(2), "k", &statement()), None);
        check(&signed(&key(1), "other", &statement()), None);
        check(&signed(&key(1), "k", &edited(statement(), "/sub", json!("did:web:evil.example"))), None);
        check(&signed(&key(1), "k", &edited(statement(), "/iss", json!("https://evil.example"))), None);
        check(&signed(&key(1), "k", &edited(statement(), "/exp", json!(1_781_000_000))), None);
        check(&signed(&key(1), "k", &edited(statement(), "/exp", json!("never"))), None);
        check(b"<html>", None);
    }

    #[test]
    fn a_configuration_must_be_its_own_and_signed_by_a_key_that_it_lists() {
        let is_read = |bytes: &[u8]| trust_anchor(bytes, now()).is_some();
        assert!(is_read(&signed(&key(1), "k", &configuration())));
        assert!(!is_read(&signed(&key(2), "k", &configuration())));
        let foreign = edited(configuration(), "/sub", json!("https://evil.example"));
        assert!(!is_read(&signed(&key(1), "k", &foreign)));
        assert!(!is_read(b"{}"));
    }
}
