//! Other wallets' backups.

use crate::{check, check_refused};

const CREDENTIAL: &str =
    r#"{ "@context":["https://www.w3.org/2018/credentials/v1"],  "type":["VerifiableCredential"], "name":"Badge" }"#;
const KEY: &str = r#"{"id":"did:key:z6Mk#z6Mk","type":"Ed25519VerificationKey2020","privateKeyMultibase":"zrv"}"#;
const DID: &str = r#"{"@context":["https://www.w3.org/ns/did/v1"],"id":"did:key:z6Mk"}"#;

fn profile(name: &str, contents: &[&str]) -> String {
    let metadata = format!(r#"{{"type":"ProfileMetadata","data":{{"profileName":"{name}"}}}}"#);
    let contents = [contents, &[&metadata]].concat().join(" , ");
    format!(
        r#"{{"@context":["https://w3id.org/wallet/v1"],"type":"UniversalWallet2020","status":"UNLOCKED","contents":[{contents}]}}"#
    )
}

#[test]
fn the_credentials_of_each_profile_are_found_and_its_keys_are_left_alone() {
    let length = CREDENTIAL.len();
    let one = profile("Zoé", &[CREDENTIAL, DID, KEY]);
    check(
        "Profile Backup.json",
        &one,
        &[
            &format!("Profile Backup.json > Zoé > Badge: {length} bytes"),
            "skipped Profile Backup.json: holds private keys, which are left alone",
        ],
    );
    let two = format!("[\n{one},\n{}]", profile("Work", &[CREDENTIAL, r#""eyJh.e30.c2ln""#]));
    check(
        "w.json",
        two,
        &[
            &format!("w.json > Zoé > Badge: {length} bytes"),
            &format!("w.json > Work > Badge: {length} bytes"),
            "w.json > Work > w.json: 13 bytes",
            "skipped w.json: holds private keys, which are left alone",
        ],
    );
}

#[test]
fn a_locked_backup_is_named() {
    let locked = r#"{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential","EncryptedWallet"],"credentialSubject":{"jwe":{}}}"#;
    check_refused("w.json", locked, "encrypted");
    check_refused("w.json", format!("[{locked}]"), "encrypted");
}

#[test]
fn what_only_mentions_a_wallet_stays_one_document() {
    for text in [
        r#"{"type":"X","name":"UniversalWallet2020"}"#,
        r#"{"type":"UniversalWallet2020","type":"X"}"#,
        r#"[{"type":"UniversalWallet2020"},{}]"#,
        r#"{"type":"UniversalWallet2020""#,
    ] {
        check("w.json", text, &[&format!("w.json: {} bytes", text.len())]);
    }
    check("w.json", r#"{"type":"UniversalWallet2020"}"#, &[]);
}
