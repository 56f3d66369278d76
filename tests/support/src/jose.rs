//! Tokens around credentials, whose every part a case may choose: JSON Web Signatures in each profile and
//! selective-disclosure JWTs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer as _;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::party::Party;
use crate::rsa::RsaKey;

/// A key that tokens are signed with.
#[derive(Clone)]
pub enum TokenKey {
    /// Ed25519: EdDSA.
    Ed25519(ed25519_dalek::SigningKey),
    /// P-256: ES256.
    P256(p256::ecdsa::SigningKey),
    /// P-384: ES384.
    P384(p384::ecdsa::SigningKey),
    /// RSA: RS256, RS384, RS512 and PS256.
    Rsa(RsaKey),
    /// A secret that both sides know: HS256. It proves nothing to anybody else.
    Shared(Vec<u8>),
}

impl TokenKey {
    /// An Ed25519 key from a seed.
    pub fn ed25519(seed: u8) -> TokenKey {
        TokenKey::Ed25519(ed25519_dalek::SigningKey::from_bytes(&[seed; 32]))
    }

    /// A P-256 key from a seed.
    pub fn p256(seed: u8) -> TokenKey {
        TokenKey::P256(p256::ecdsa::SigningKey::from_slice(&[seed; 32]).expect("the seed is a number below the order"))
    }

    /// A P-384 key from a seed.
    pub fn p384(seed: u8) -> TokenKey {
        TokenKey::P384(p384::ecdsa::SigningKey::from_slice(&[seed; 48]).expect("the seed is a number below the order"))
    }

    /// The algorithm that it is used with where a case names none.
    pub fn usual_algorithm(&self) -> &'static str {
        match self {
            TokenKey::Ed25519(_) => "EdDSA",
            TokenKey::P256(_) => "ES256",
            TokenKey::P384(_) => "ES384",
            TokenKey::Rsa(_) => "RS256",
            TokenKey::Shared(_) => "HS256",
        }
    }

    /// The public key as a JSON Web Key.
    ///
    /// # Panics
    /// For a shared secret, which has none.
    pub fn jwk(&self) -> Value {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let curve = |name: &str, point: &[u8]| {
            let (x, y) = point[1..].split_at(point.len() / 2);
            json!({ "kty": "EC", "crv": name, "x": text(x), "y": text(y) })
        };
        match self {
            TokenKey::Ed25519(key) => {
                json!({ "kty": "OKP", "crv": "Ed25519", "x": text(key.verifying_key().as_bytes()) })
            }
            TokenKey::P256(key) => curve("P-256", key.verifying_key().to_sec1_point(false).as_bytes()),
            TokenKey::P384(key) => curve("P-384", key.verifying_key().to_sec1_point(false).as_bytes()),
            TokenKey::Rsa(key) => json!({ "kty": "RSA", "n": text(&key.modulus()), "e": "AQAB" }),
            TokenKey::Shared(_) => panic!("a shared secret has no public key"),
        }
    }

    /// The identifier that is this key: did:jwk.
    pub fn did_jwk(&self) -> String {
        format!("did:jwk:{}", URL_SAFE_NO_PAD.encode(sorted(&self.jwk())))
    }

    /// The controlled identifier document of `id`, which lists the key as `#key-1` for assertions.
    pub fn document(&self, id: &str) -> Value {
        let method = format!("{id}#key-1");
        json!({
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
            "id": id,
            "verificationMethod": [{
                "id": method,
                "type": "JsonWebKey",
                "controller": id,
                "publicKeyJwk": self.jwk(),
            }],
            "assertionMethod": [method],
        })
    }

    /// A signature of this algorithm.
    ///
    /// # Panics
    /// When the key makes no such signatures.
    pub fn sign(&self, algorithm: &str, message: &[u8]) -> Vec<u8> {
        match (self, algorithm) {
            (TokenKey::Ed25519(key), _) => key.sign(message).to_bytes().to_vec(),
            (TokenKey::P256(key), _) => {
                let signature: p256::ecdsa::Signature = p256::ecdsa::signature::Signer::sign(key, message);
                signature.to_bytes().to_vec()
            }
            (TokenKey::P384(key), _) => {
                let signature: p384::ecdsa::Signature = p384::ecdsa::signature::Signer::sign(key, message);
                signature.to_bytes().to_vec()
            }
            (TokenKey::Rsa(key), "PS256") => key.sign_pss(message),
            (TokenKey::Rsa(key), "RS384") => key.sign_pkcs1(384, message),
            (TokenKey::Rsa(key), "RS512") => key.sign_pkcs1(512, message),
            (TokenKey::Rsa(key), _) => key.sign_pkcs1(256, message),
            (TokenKey::Shared(secret), _) => hmac_sha256(secret, message),
        }
    }
}

/// A party that signs tokens under this name.
#[derive(Clone)]
pub struct TokenIssuer {
    /// Its identifier: a DID or an https URL. Its key stands in its document as `#key-1`, or is the identifier.
    pub party: Party,
    /// The `kid` that its tokens name.
    pub kid: String,
    /// Its key.
    pub key: TokenKey,
}

impl TokenIssuer {
    /// An issuer that goes by its key.
    pub fn did_jwk(key: TokenKey) -> TokenIssuer {
        let id = key.did_jwk();
        TokenIssuer { kid: format!("{id}#0"), party: Party::listed(&id, 0), key }
    }

    /// An issuer whose document lists its key.
    pub fn listed(id: &str, key: TokenKey) -> TokenIssuer {
        TokenIssuer { kid: format!("{id}#key-1"), party: Party::listed(id, 0), key }
    }

    /// A token over this payload, named after its key.
    pub fn token(&self, payload: Value) -> Token {
        Token::new(self.key.usual_algorithm(), payload).with_header("kid", self.kid.as_str())
    }
}

/// A token before it is signed.
#[derive(Clone)]
pub struct Token {
    /// The header.
    pub header: Value,
    /// The payload.
    pub payload: Value,
}

impl Token {
    /// A token of this algorithm, without a type and without the name of a key.
    pub fn new(algorithm: &str, payload: Value) -> Token {
        Token { header: json!({ "alg": algorithm }), payload }
    }

    /// The same with a member of the header, or without it where `value` is null.
    pub fn with_header(mut self, member: &str, value: impl Into<Value>) -> Token {
        set(&mut self.header, member, value.into());
        self
    }

    /// The same with a claim, or without it where `value` is null.
    pub fn with_claim(mut self, claim: &str, value: impl Into<Value>) -> Token {
        set(&mut self.payload, claim, value.into());
        self
    }

    /// The compact serialization, signed with this key.
    pub fn signed(&self, key: &TokenKey) -> String {
        let algorithm = self.header["alg"].as_str().unwrap_or_default().to_owned();
        let input = self.signing_input();
        format!("{input}.{}", URL_SAFE_NO_PAD.encode(key.sign(&algorithm, input.as_bytes())))
    }

    /// The compact serialization with an empty signature.
    pub fn unsigned(&self) -> String {
        format!("{}.", self.signing_input())
    }

    fn signing_input(&self) -> String {
        let text = |value: &Value| URL_SAFE_NO_PAD.encode(sorted(value));
        format!("{}.{}", text(&self.header), text(&self.payload))
    }
}

fn set(of: &mut Value, member: &str, value: Value) {
    let of = of.as_object_mut().expect("headers and payloads are objects");
    match value {
        Value::Null => of.remove(member),
        value => of.insert(member.to_owned(), value),
    };
}

/// The payload of the Open Badges 3.0 profile: the credential and the claims that repeat what it says.
pub fn open_badges_claims(credential: &Value) -> Value {
    let mut payload = credential.clone();
    for (claim, value) in registered(credential) {
        payload[claim] = value;
    }
    payload
}

/// The payload of VCDM 1.1: the credential in a claim of its own, and the claims that repeat what it says.
pub fn wrapped_claims(credential: &Value) -> Value {
    let mut payload: Map<String, Value> =
        registered(credential).into_iter().map(|(claim, value)| (claim.to_owned(), value)).collect();
    payload.insert("vc".to_owned(), credential.clone());
    Value::Object(payload)
}

fn registered(credential: &Value) -> Vec<(&'static str, Value)> {
    let issuer = &credential["issuer"];
    let date = |names: [&str; 2]| {
        let text = names.iter().find_map(|name| credential[name].as_str())?;
        Some(json!(text.parse::<jiff::Timestamp>().expect("the credentials state times").as_second()))
    };
    let claims = [
        ("iss", Some(issuer.get("id").unwrap_or(issuer).clone())),
        ("jti", credential.get("id").cloned()),
        ("sub", credential["credentialSubject"].get("id").cloned()),
        ("nbf", date(["validFrom", "issuanceDate"])),
        ("exp", date(["validUntil", "expirationDate"])),
    ];
    claims.into_iter().filter_map(|(claim, value)| Some((claim, value?))).collect()
}

/// Takes a member of the object at `pointer` away, leaves its digest there, and gives the disclosure.
///
/// # Panics
/// When there is no such member.
pub fn conceal(payload: &mut Value, pointer: &str, member: &str) -> String {
    let of = payload.pointer_mut(pointer).and_then(Value::as_object_mut).expect("an object stands there");
    let value = of.remove(member).expect("the member stands there");
    let disclosure = disclosure(&json!([format!("salt of {member}"), member, value]));
    let digests = of.entry("_sd").or_insert_with(|| json!([]));
    digests.as_array_mut().expect("digests are a list").push(json!(digest(&disclosure)));
    disclosure
}

/// Takes an element of the array at `pointer` away, leaves its digest there, and gives the disclosure.
///
/// # Panics
/// When there is no such element.
pub fn conceal_element(payload: &mut Value, pointer: &str, index: usize) -> String {
    let of = payload.pointer_mut(pointer).and_then(Value::as_array_mut).expect("an array stands there");
    let disclosure = disclosure(&json!([format!("salt of {pointer}/{index}"), of[index]]));
    of[index] = json!({ "...": digest(&disclosure) });
    disclosure
}

/// The text of a disclosure.
pub fn disclosure(parts: &Value) -> String {
    URL_SAFE_NO_PAD.encode(sorted(parts))
}

/// The digest of a text, as `_sd` and `sd_hash` hold it.
pub fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// A token with these disclosures.
pub fn with_disclosures(token: &str, disclosures: &[String]) -> String {
    let disclosures: String = disclosures.iter().map(|disclosure| format!("{disclosure}~")).collect();
    format!("{token}~{disclosures}")
}

/// JSON with sorted keys and no white space, whatever order a build of serde_json keeps.
fn sorted(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            let members: Vec<String> =
                members.into_iter().map(|(name, value)| format!("{}:{}", json!(name), sorted(value))).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(",")),
        leaf => leaf.to_string(),
    }
}

/// HMAC, [RFC 2104](https://www.rfc-editor.org/rfc/rfc2104), for the attack that passes a public key off as a secret.
fn hmac_sha256(secret: &[u8], message: &[u8]) -> Vec<u8> {
    let mut key = [0; 64];
    match secret.len() {
        0..=64 => key[..secret.len()].copy_from_slice(secret),
        _ => key[..32].copy_from_slice(&Sha256::digest(secret)),
    }
    let pad = |with: u8| key.map(|byte| byte ^ with);
    let inner = Sha256::digest([pad(0x36).as_slice(), message].concat());
    Sha256::digest([pad(0x5c).as_slice(), &inner].concat()).to_vec()
}
