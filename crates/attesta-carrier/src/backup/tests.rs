use super::{BackupContents, write_backup};
use crate::{Content, UnpackError, unpack};
use attesta_jsonld::{Document, Value};

const CREDENTIAL: &str = "{ \"@context\" : [\"https://www.w3.org/ns/credentials/v2\"],\n  \"type\":[\"VerifiableCredential\"], \"name\":\"Comp\u{e9}tence \u{1f393}\", \"credentialSubject\":{\"x\":1.0e0}}";
const TOKEN: &str = "eyJhbGciOiJFZERTQSJ9.e30.c2ln";
const FIRST_BADGE: &str =
    r#"{"@context":{"x":"https://x.example"},"type":"Assertion","recipient":{},"badge":"https://a.example"}"#;

fn written(credentials: &[&[u8]]) -> Vec<u8> {
    write_backup(&BackupContents {
        profile_name: "Zoé \"Z\"",
        wallet_id: "urn:uuid:1",
        metadata_id: "urn:uuid:2",
        seed: &[7; 32],
        credentials,
    })
}

#[test]
fn a_backup_that_was_written_is_read_back_byte_for_byte() {
    let credentials = [CREDENTIAL.as_bytes(), TOKEN.as_bytes(), FIRST_BADGE.as_bytes()];
    let unpacked = unpack("Wallet Backup.json", &written(&credentials)).unwrap();
    let bytes: Vec<&[u8]> = unpacked
        .pieces
        .iter()
        .map(|piece| match &piece.content {
            Content::Document { bytes, .. } => bytes.as_slice(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(bytes, credentials);
    assert_eq!(unpacked.pieces[0].name, "Compétence 🎓");
    assert_eq!(unpacked.pieces[0].within, ["Wallet Backup.json", "Zoé \"Z\""]);
    let skipped: Vec<_> = unpacked.skipped.iter().map(|skipped| &skipped.why).collect();
    assert_eq!(skipped, [&UnpackError::PrivateKeys]);
}

/// What the Learner Credential Wallet looks for: it takes the first of each, and refuses the file without them.
#[test]
fn a_backup_has_what_the_learner_credential_wallet_asks_for() {
    let document = Document::parse(written(&[CREDENTIAL.as_bytes()])).unwrap();
    let profile = &document.root().as_array().unwrap()[0];
    let contents = profile.get("contents").unwrap().as_array().unwrap();
    let of_type =
        |wanted: &str| contents.iter().find(|item| item.get("type").and_then(Value::as_str) == Some(wanted)).unwrap();
    assert_eq!(profile.get("type").unwrap().as_str(), Some("UniversalWallet2020"));
    assert_eq!(profile.get("status").unwrap().as_str(), Some("UNLOCKED"));
    assert_eq!(of_type("ProfileMetadata").at("/data/profileName").unwrap().as_str(), Some("Zoé \"Z\""));
    let did = contents
        .iter()
        .find(|item| item.at("/@context/0").and_then(Value::as_str) == Some("https://www.w3.org/ns/did/v1"))
        .unwrap();
    let key = of_type("Ed25519VerificationKey2020");
    assert_eq!(key.get("controller"), did.get("id"));
    assert_eq!(key.get("id"), did.at("/authentication/0"));
    assert_eq!(key.get("publicKeyMultibase"), did.at("/verificationMethod/0/publicKeyMultibase"));
    let agreement = of_type("X25519KeyAgreementKey2020");
    assert_eq!(agreement.get("id"), did.at("/keyAgreement/0/id"));
    for item in contents {
        assert!(
            matches!(item.get("@context"), None | Some(Value::String(_) | Value::Array(_))),
            "its reader calls includes on it"
        );
    }
}

#[test]
fn the_keys_are_those_of_the_seed() {
    let document = Document::parse(written(&[])).unwrap();
    let contents = document.root().at("/0/contents").unwrap();
    let key = |index: usize, member: &str, header: [u8; 2]| {
        let text = contents.at(&format!("/{index}/{member}")).unwrap().as_str().unwrap();
        let bytes = bs58::decode(text.strip_prefix('z').unwrap()).into_vec().unwrap();
        bytes.strip_prefix(&header).unwrap().to_vec()
    };
    let signing = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    assert_eq!(key(1, "privateKeyMultibase", [0x80, 0x26]), signing.to_keypair_bytes());
    assert_eq!(key(1, "publicKeyMultibase", [0xed, 1]), signing.verifying_key().as_bytes());
    let private: [u8; 32] = key(2, "privateKeyMultibase", [0x82, 0x26]).try_into().unwrap();
    assert_eq!((private[0] & 7, private[31] & 192), (0, 64));
    // The public key is the private one times the base point, RFC 7748 section 6.1.
    let public = curve25519_dalek::MontgomeryPoint::mul_base_clamped(private);
    assert_eq!(key(2, "publicKeyMultibase", [0xec, 1]), public.as_bytes());
}

#[test]
fn a_backup_never_shows_its_key_or_credentials_in_a_log() {
    let contents = BackupContents {
        profile_name: "P",
        wallet_id: "w",
        metadata_id: "m",
        seed: &[7; 32],
        credentials: &[b"secret"],
    };
    assert_eq!(format!("{contents:?}"), "BackupContents(1 credentials)");
}
