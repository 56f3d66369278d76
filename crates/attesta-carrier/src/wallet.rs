//! Backups of the Learner Credential Wallet: one profile or an array of them, each a
//! [Universal Wallet](https://w3c-ccg.github.io/universal-wallet-interop-spec/) whose contents stand side by side.
//! `docs/wallet-backup.md` describes the file.

use attesta_jsonld::{Document, Limits, Object, Value};

use crate::limits::BACKUP_BYTES;
use crate::piece::{Content, UnpackError};
use crate::unpacking::{Place, Standing, Unpacking, line};

const WALLET: &str = "UniversalWallet2020";
const LOCKED: &str = "EncryptedWallet";

/// Takes a wallet's backup apart: each credential is a piece with its exact bytes. Keys and DID documents are no pieces.
/// `false` if the file is no such backup.
///
/// # Errors
/// [`UnpackError::Encrypted`] if the backup is locked.
pub(crate) fn unpack(unpacking: &mut Unpacking, place: &Place, bytes: &[u8]) -> Result<bool, UnpackError> {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(BACKUP_BYTES + 1)]);
    let (may_be_wallet, may_be_locked) = (text.contains(WALLET), text.contains(LOCKED));
    if !may_be_wallet && !may_be_locked {
        return Ok(false);
    }
    if bytes.len() > BACKUP_BYTES {
        return Err(UnpackError::TooLarge { limit: BACKUP_BYTES as u64 });
    }
    let Some(document) = parsed(bytes) else { return Ok(false) };
    let profiles = document.root().one_or_many();
    if profiles.iter().any(|profile| is_of_type(profile, LOCKED)) {
        return Err(UnpackError::Encrypted);
    }
    if profiles.is_empty() || !profiles.iter().all(|profile| is_of_type(profile, WALLET)) {
        return Ok(false);
    }
    for profile in profiles {
        unpack_profile(unpacking, place, &document, profile)?;
    }
    Ok(true)
}

/// A document that is taken apart; `None` if it is not the strict JSON that credentials are.
pub(crate) fn parsed(bytes: &[u8]) -> Option<Document> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    Document::parse_within(bytes.to_vec(), Limits { bytes: BACKUP_BYTES, ..Limits::default() }).ok()
}

fn unpack_profile(
    unpacking: &mut Unpacking,
    place: &Place,
    document: &Document,
    profile: &Value<'_>,
) -> Result<(), UnpackError> {
    let contents = profile.get("contents").map(Value::one_or_many).unwrap_or_default();
    let mut inside = place.part(&place.name, Standing::Enclosed);
    let metadata = contents.iter().find(|item| is_of_type(item, "ProfileMetadata"));
    let name = metadata.and_then(|item| item.at("/data/profileName")).and_then(Value::as_str).map(line);
    inside.within.extend(name.filter(|name| !name.is_empty()));
    for item in contents {
        let part = |name: Option<String>| Place { name: name.unwrap_or_else(|| place.name.clone()), ..inside.clone() };
        match item {
            Value::Object(object) if holds_private_key(object) => {}
            Value::Object(object) if is_credential(item) => {
                let bytes = document.source_of(object).to_vec();
                let media_type = Some("application/json".to_owned());
                unpacking.spend(bytes.len())?;
                unpacking.push(part(name_of(item)), Content::Document { media_type, bytes })?;
            }
            // A credential that other wallets can't hold is written as a text; see `backup`.
            Value::String(text) if text.starts_with("eyJ") || text.trim_start().starts_with('{') => {
                let bytes = text.as_bytes().to_vec();
                unpacking.spend(bytes.len())?;
                unpacking.push(part(None), Content::Document { media_type: None, bytes })?;
            }
            _ => {}
        }
    }
    if contents.iter().filter_map(Value::as_object).any(holds_private_key) {
        unpacking.skip(part_of(&inside, place), UnpackError::PrivateKeys);
    }
    Ok(())
}

fn part_of(inside: &Place, place: &Place) -> Place {
    Place { name: place.name.clone(), ..inside.clone() }
}

/// Whether a value has a type, alone or among others.
pub(crate) fn is_of_type(value: &Value<'_>, wanted: &str) -> bool {
    let stated = value.get("type").or_else(|| value.get("@type"));
    stated.is_some_and(|stated| stated.one_or_many().iter().any(|one| one.as_str() == Some(wanted)))
}

fn holds_private_key(object: &Object<'_>) -> bool {
    const MEMBERS: [&str; 5] =
        ["privateKeyMultibase", "privateKeyBase58", "privateKeyJwk", "secretKeyMultibase", "secretKeyJwk"];
    MEMBERS.iter().any(|member| object.contains_key(member))
}

/// Whether an object is a credential of a kind that is read, told by its type alone.
pub(crate) fn is_credential(value: &Value<'_>) -> bool {
    const TYPES: [&str; 6] = [
        "VerifiableCredential",
        "EnvelopedVerifiableCredential",
        "VerifiablePresentation",
        "OpenBadgeCredential",
        "Assertion",
        "ClrCredential",
    ];
    let is_first_badge = || value.get("recipient").is_some() && value.get("badge").is_some();
    TYPES.iter().any(|kind| is_of_type(value, kind)) || is_first_badge()
}

fn name_of(credential: &Value<'_>) -> Option<String> {
    const PLACES: [&str; 4] =
        ["/name", "/credentialSubject/achievement/name", "/credentialSubject/hasCredential/name", "/badge/name"];
    PLACES.iter().find_map(|at| credential.at(at)?.as_str()).map(line).filter(|name| !name.is_empty())
}
