//! Writes a backup that the Learner Credential Wallet restores. `docs/wallet-backup.md` describes the file.

use std::borrow::Cow;
use std::fmt;

use attesta_jsonld::{Document, Limits, Value};
use ed25519_dalek::SigningKey;

/// What a backup holds.
pub struct BackupContents<'a> {
    /// The profile's name, under which the other wallet lists it. It takes a profile of a name that it has already for
    /// that profile, and adds the credentials to it.
    pub profile_name: &'a str,
    /// An identifier for the wallet, a `urn:uuid:`.
    pub wallet_id: &'a str,
    /// An identifier for the profile's metadata, another `urn:uuid:`.
    pub metadata_id: &'a str,
    /// The seed of the holder's Ed25519 key. The file then holds it: whoever has the file can sign as the holder.
    pub seed: &'a [u8; 32],
    /// The credentials' exact bytes, JSON or tokens.
    pub credentials: &'a [&'a [u8]],
}

impl fmt::Debug for BackupContents<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the key nor a credential reaches a log line.
        write!(out, "BackupContents({} credentials)", self.credentials.len())
    }
}

const ED25519_PUBLIC: [u8; 2] = [0xed, 0x01];
const ED25519_PRIVATE: [u8; 2] = [0x80, 0x26];
const X25519_PUBLIC: [u8; 2] = [0xec, 0x01];
const X25519_PRIVATE: [u8; 2] = [0x82, 0x26];

/// Writes the backup: an array of one profile, as that wallet exports it.
pub fn write_backup(contents: &BackupContents<'_>) -> Vec<u8> {
    let key = SigningKey::from_bytes(contents.seed);
    let public = key.verifying_key();
    let signing = multibase(ED25519_PUBLIC, public.as_bytes());
    let signing_private = multibase(ED25519_PRIVATE, &key.to_keypair_bytes());
    let agreement = multibase(X25519_PUBLIC, public.to_montgomery().as_bytes());
    let agreement_private = multibase(X25519_PRIVATE, &clamped(key.to_scalar_bytes()));
    let did = format!("did:key:{signing}");
    let method = format!(
        r#"{{"id":"{did}#{signing}","type":"Ed25519VerificationKey2020","controller":"{did}","publicKeyMultibase":"{signing}""#
    );
    let agreeing = format!(
        r#"{{"id":"{did}#{agreement}","type":"X25519KeyAgreementKey2020","controller":"{did}","publicKeyMultibase":"{agreement}""#
    );
    let may = format!(r#"["{did}#{signing}"]"#);

    let mut items: Vec<Cow<'_, [u8]>> = contents.credentials.iter().map(|bytes| embedded(bytes)).collect();
    let did_document = format!(
        r#"{{"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/suites/ed25519-2020/v1","https://w3id.org/security/suites/x25519-2020/v1"],"id":"{did}","verificationMethod":[{method}}}],"authentication":{may},"assertionMethod":{may},"capabilityDelegation":{may},"capabilityInvocation":{may},"keyAgreement":[{agreeing}}}]}}"#
    );
    items.push(Cow::Owned(did_document.into_bytes()));
    items.push(Cow::Owned(format!(r#"{method},"privateKeyMultibase":"{signing_private}"}}"#).into_bytes()));
    items.push(Cow::Owned(format!(r#"{agreeing},"privateKeyMultibase":"{agreement_private}"}}"#).into_bytes()));
    let metadata = format!(
        r#"{{"@context":["https://w3id.org/wallet/v1"],"id":{},"type":"ProfileMetadata","data":{{"profileName":{}}}}}"#,
        string(contents.metadata_id),
        string(contents.profile_name)
    );
    items.push(Cow::Owned(metadata.into_bytes()));

    let mut file = format!(
        "[\n{{\"@context\":[\"https://www.w3.org/2018/credentials/v1\",\"https://w3id.org/wallet/v1\"],\"id\":{},\"type\":\"UniversalWallet2020\",\"status\":\"UNLOCKED\",\"contents\":[\n",
        string(contents.wallet_id)
    )
    .into_bytes();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            file.extend_from_slice(b",\n");
        }
        file.extend_from_slice(item);
    }
    file.extend_from_slice(b"\n]}\n]\n");
    file
}

/// A credential as it stands in the backup: itself, byte for byte, where the other wallet can hold it. Others, tokens
/// above all, would make it give up the whole profile or fail on them later; they are put as a text, which it passes
/// over and which we read back.
fn embedded<'a>(bytes: &'a [u8]) -> Cow<'a, [u8]> {
    let parsed = Document::parse_within(bytes.to_vec(), Limits::NONE);
    let is_held = parsed.is_ok_and(|document| {
        let root = document.root();
        let is_context = matches!(root.get("@context"), Some(Value::String(_) | Value::Array(_)));
        is_context && root.get("credentialSubject").is_some()
    });
    if is_held { Cow::Borrowed(bytes) } else { Cow::Owned(string(&String::from_utf8_lossy(bytes)).into_bytes()) }
}

fn string(text: &str) -> String {
    Value::String(Cow::Borrowed(text)).to_string()
}

/// [Multibase](https://www.w3.org/TR/cid-1.0/#multibase-0) of a key behind its multicodec header.
fn multibase(header: [u8; 2], key: &[u8]) -> String {
    format!("z{}", bs58::encode([&header, key].concat()).into_string())
}

/// An X25519 private key, [RFC 7748 section 5](https://www.rfc-editor.org/rfc/rfc7748#section-5).
fn clamped(mut scalar: [u8; 32]) -> [u8; 32] {
    scalar[0] &= 248;
    scalar[31] &= 127;
    scalar[31] |= 64;
    scalar
}

#[cfg(test)]
mod tests;
