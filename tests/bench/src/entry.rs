//! What is measured: one badge, secured in every way. A new way is one entry.

use attesta_jsonld::Document;
use attesta_test_support::ecdsa::{EcdsaKey, EcdsaParty};
use attesta_test_support::jose::{TokenIssuer, TokenKey, open_badges_claims};
use attesta_test_support::party::Party;
use attesta_test_support::rsa::RSA_2048;
use attesta_test_support::signing::{Proof, Signs};
use attesta_verify::public_key::{PublicKey, SignatureAlgorithm};
use attesta_verify::{Cryptosuite, signing_input_by};
use ed25519_dalek::SigningKey;
use p256::ecdsa::signature::Verifier;

pub(crate) const BADGE: &str = include_str!("../badge.json");

/// The badge secured in one way.
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    /// The secured badge as a learner would receive it.
    pub(crate) received: Vec<u8>,
    /// The check of the signature alone: same key, same message, same library.
    pub(crate) bare: BareCheck,
    pub(crate) peer: PeerReads,
}

/// Whether the npm peer reads it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeerReads {
    Yes,
    /// It has no library for this at hand.
    No,
}

/// Every entry, in the order of the table.
pub(crate) fn all() -> Vec<Entry> {
    use PeerReads::{No, Yes};
    let (ed25519, p256, p384) = (Party::did_key(7), EcdsaKey::p256(7), EcdsaKey::p384(7));
    let on = EcdsaParty::did_key;
    vec![
        proven("eddsa-rdfc-2022", Cryptosuite::EddsaRdfc2022, &ed25519, Yes),
        proven("eddsa-jcs-2022", Cryptosuite::EddsaJcs2022, &ed25519, Yes),
        proven("Ed25519Signature2020", Cryptosuite::Ed25519Signature2020, &ed25519, Yes),
        proven("ecdsa-rdfc-2019, P-256", Cryptosuite::EcdsaRdfc2019, &on(p256.clone()), No),
        proven("ecdsa-rdfc-2019, P-384", Cryptosuite::EcdsaRdfc2019, &on(p384.clone()), No),
        proven("ecdsa-jcs-2019, P-256", Cryptosuite::EcdsaJcs2019, &on(p256), No),
        proven("ecdsa-jcs-2019, P-384", Cryptosuite::EcdsaJcs2019, &on(p384), No),
        token("token, EdDSA", TokenKey::ed25519(7)),
        token("token, ES256", TokenKey::p256(7)),
        token("token, ES384", TokenKey::p384(7)),
        token("token, RS256", TokenKey::Rsa(RSA_2048)),
    ]
}

/// Checks one signature over one message, with the key decoded before.
type BareCheck = Box<dyn FnMut()>;

const JUST_NOW: &str = "it was signed just now";

fn bare_ed25519(key: &SigningKey, message: Vec<u8>, signature: &[u8]) -> BareCheck {
    let key = key.verifying_key();
    let signature = ed25519_dalek::Signature::from_slice(signature).expect(JUST_NOW);
    Box::new(move || key.verify_strict(&message, &signature).expect(JUST_NOW))
}

fn bare_p256(key: &p256::ecdsa::SigningKey, message: Vec<u8>, signature: &[u8]) -> BareCheck {
    let key = *key.verifying_key();
    let signature = p256::ecdsa::Signature::from_slice(signature).expect(JUST_NOW);
    Box::new(move || key.verify(&message, &signature).expect(JUST_NOW))
}

fn bare_p384(key: &p384::ecdsa::SigningKey, message: Vec<u8>, signature: &[u8]) -> BareCheck {
    let key = *key.verifying_key();
    let signature = p384::ecdsa::Signature::from_slice(signature).expect(JUST_NOW);
    Box::new(move || key.verify(&message, &signature).expect(JUST_NOW))
}

/// Whoever makes proofs.
trait Prover: Signs {
    /// The identifier.
    fn id(&self) -> &str;
    /// The check of a signature of its own.
    fn bare(&self, message: Vec<u8>, signature: &[u8]) -> BareCheck;
}

impl Prover for Party {
    fn id(&self) -> &str {
        &self.id
    }

    fn bare(&self, message: Vec<u8>, signature: &[u8]) -> BareCheck {
        bare_ed25519(&self.key, message, signature)
    }
}

impl Prover for EcdsaParty {
    fn id(&self) -> &str {
        &self.id
    }

    fn bare(&self, message: Vec<u8>, signature: &[u8]) -> BareCheck {
        match &self.key {
            EcdsaKey::P256(key) => bare_p256(key, message, signature),
            EcdsaKey::P384(key) => bare_p384(key, message, signature),
        }
    }
}

/// The badge with an embedded proof.
fn proven(name: &'static str, suite: Cryptosuite, party: &impl Prover, peer: PeerReads) -> Entry {
    let mut badge = BADGE.replace("ISSUER", party.id());
    if suite == Cryptosuite::Ed25519Signature2020 {
        let context = "\"https://w3id.org/security/suites/ed25519-2020/v1\"";
        badge = badge.replacen("extensions.json\"", &format!("extensions.json\",\n    {context}"), 1);
    }
    let received = secured(&badge, suite, party);
    let document = Document::parse(received.clone()).expect("it was written just now");
    let proof = document.root().get("proof").expect("it was written just now");
    let message = signing_input_by(document.root(), proof, suite, party.hash()).expect("it was signed just now");
    let signature = party.sign(&message);
    Entry { name, received, bare: party.bare(message, &signature), peer }
}

/// The badge as a token of the Open Badges 3.0 profile, by an issuer that goes by its key.
fn token(name: &'static str, key: TokenKey) -> Entry {
    let issuer = TokenIssuer::did_jwk(key);
    let badge = serde_json::from_str(&BADGE.replace("ISSUER", &issuer.party.id)).expect("the badge is JSON");
    let token = issuer.token(open_badges_claims(&badge)).signed(&issuer.key);
    let (message, _) = token.rsplit_once('.').expect("a token has three parts");
    let message = message.as_bytes().to_vec();
    let signature = issuer.key.sign(issuer.key.usual_algorithm(), &message);
    let bare: BareCheck = match &issuer.key {
        TokenKey::Ed25519(key) => bare_ed25519(key, message, &signature),
        TokenKey::P256(key) => bare_p256(key, message, &signature),
        TokenKey::P384(key) => bare_p384(key, message, &signature),
        TokenKey::Rsa(key) => {
            let key = PublicKey::from_rsa(&key.modulus(), &[1, 0, 1]).expect("it is long enough");
            Box::new(move || key.verify(SignatureAlgorithm::Rs256, &message, &signature).expect(JUST_NOW))
        }
        TokenKey::Shared(_) => unreachable!("no entry has a shared secret"),
    };
    Entry { name, received: token.into_bytes(), bare, peer: PeerReads::No }
}

/// An unsecured document with a proof, every byte before its last brace as it was.
pub(crate) fn secured(document: &str, suite: Cryptosuite, party: &impl Signs) -> Vec<u8> {
    let value = serde_json::from_str(document).expect("the document is JSON");
    let proof = Proof::new(suite, party).of(&value, party);
    let open = document.trim_end().strip_suffix('}').expect("the document is an object").trim_end();
    format!("{open},\n  \"proof\": {proof}\n}}\n").into_bytes()
}
