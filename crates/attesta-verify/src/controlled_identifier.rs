//! Controlled identifier documents, DID documents among them: [CID 1.0](https://www.w3.org/TR/cid-1.0/).

mod jwk;

use attesta_credential::{Zone, parse_date_time};
use attesta_jsonld::{Document, Limits, Value};
use jiff::Timestamp;
use thiserror::Error;

use crate::multikey::Multikey;
use crate::public_key::{KeyError, PublicKey};

pub use jwk::JsonWebKey;

/// The largest document in bytes that is read; real ones are a few KiB.
pub(crate) const LARGEST_DOCUMENT: usize = 1 << 20;

/// A verification relationship: what a controller allows a key to be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relationship {
    /// Making claims, such as issuing a credential.
    AssertionMethod,
    /// Proving who one is, such as presenting credentials.
    Authentication,
}

impl Relationship {
    /// The member of the document, and the `proofPurpose` that asks for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Relationship::AssertionMethod => "assertionMethod",
            Relationship::Authentication => "authentication",
        }
    }
}

/// A verification method that may be used, with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationMethod {
    /// The public key, and the algorithm that it is kept for.
    pub key: JsonWebKey,
    /// When it ceases to be used: the earlier of its `expires` and `revoked`.
    pub ends: Option<Timestamp>,
}

/// Why a verification method can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RetrieveError {
    /// What was fetched is not a controlled identifier document. (INVALID_CONTROLLED_IDENTIFIER_DOCUMENT)
    #[error("not a controlled identifier document")]
    MalformedDocument,
    /// The document names another identifier. (INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID)
    #[error("the document is that of {found}")]
    OtherIdentifier {
        /// The identifier in the document.
        found: String,
    },
    /// The document has no such method.
    #[error("the document lists no such method")]
    NotListed,
    /// The method is not well formed. (INVALID_VERIFICATION_METHOD)
    #[error("the method is not well formed")]
    MalformedMethod,
    /// The method names another controller.
    #[error("the method is controlled by {controller}")]
    OtherController {
        /// The controller it names.
        controller: String,
    },
    /// The method is not listed for this purpose. (INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD)
    #[error("the method is not for this purpose")]
    NotForThisPurpose,
    /// The key is so short that others can find the secret to it.
    #[error("a key of type {key_type}, which is too short")]
    WeakKey {
        /// The type, with its length.
        key_type: String,
    },
    /// The method's type, or its key's, is none that signatures are checked with here.
    #[error("a key of type {key_type}")]
    UnsupportedKeyType {
        /// The type.
        key_type: String,
    },
}

impl From<KeyError> for RetrieveError {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Malformed => RetrieveError::MalformedMethod,
            KeyError::Unsupported { kind } => RetrieveError::UnsupportedKeyType { key_type: kind },
            KeyError::Weak { kind } => RetrieveError::WeakKey { key_type: kind },
            KeyError::NotForSignatures => RetrieveError::NotForThisPurpose,
        }
    }
}

/// Finds a verification method in its fetched document: CID 1.0 section 3.3, "Retrieve Verification Method", from
/// step 5 on. `controller` is the method's identifier without fragment.
///
/// # Errors
/// [`RetrieveError`], for the first step that does not hold.
pub fn retrieve(
    bytes: &[u8],
    controller: &str,
    method: &str,
    relationship: Relationship,
) -> Result<VerificationMethod, RetrieveError> {
    let document = read(bytes, controller)?;
    retrieve_in(document.root(), controller, method, relationship)
}

/// A verification method that may be used, with the names that it goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedMethod {
    /// Its identifier, a URL with a fragment.
    pub id: String,
    /// The `kid` of its key, where that is a JWK with one.
    pub key_id: Option<String>,
    /// The method.
    pub method: VerificationMethod,
}

/// Every verification method of a fetched document that may be used for a purpose, each as [`retrieve`] finds it. Those
/// that can't be used are left out.
///
/// # Errors
/// [`RetrieveError`] when it is not the controller's document.
pub fn retrieve_all(
    bytes: &[u8],
    controller: &str,
    relationship: Relationship,
) -> Result<Vec<ListedMethod>, RetrieveError> {
    let document = read(bytes, controller)?;
    let mut found: Vec<ListedMethod> = Vec::new();
    for entry in methods(document.root()).filter(|entry| entry.as_object().is_some()) {
        let Some(written) = entry.get("id").and_then(Value::as_str) else { continue };
        let id = if written.starts_with('#') { format!("{controller}{written}") } else { written.to_owned() };
        if found.len() == MOST_METHODS || found.iter().any(|known| known.id == id) {
            continue;
        }
        if let Ok(method) = retrieve_in(document.root(), controller, &id, relationship) {
            let key_id = entry.get("publicKeyJwk").and_then(|jwk| jwk.get("kid")).and_then(Value::as_str);
            found.push(ListedMethod { id, key_id: key_id.map(str::to_owned), method });
        }
    }
    Ok(found)
}

/// The most methods of one document that are tried where none is named: a bound on the work.
const MOST_METHODS: usize = 16;

/// Steps 5 and 6: the document conforms, a JSON object with an identifier, and is the one asked for.
fn read(bytes: &[u8], controller: &str) -> Result<Document, RetrieveError> {
    let limits = Limits { bytes: LARGEST_DOCUMENT, ..Limits::default() };
    let document = Document::parse_within(bytes.to_vec(), limits).map_err(|_| RetrieveError::MalformedDocument)?;
    let id = document.root().get("id").and_then(Value::as_str).ok_or(RetrieveError::MalformedDocument)?;
    if id != controller {
        return Err(RetrieveError::OtherIdentifier { found: crate::did::shorten(id) });
    }
    Ok(document)
}

/// Steps 7 to 11.
fn retrieve_in(
    root: &Value<'_>,
    controller: &str,
    method: &str,
    relationship: Relationship,
) -> Result<VerificationMethod, RetrieveError> {
    // 7. and 9. The fragment leads to a method with that identifier. Two would leave open which one is meant.
    let named = |value: &&Value<'_>| {
        let id = value.as_object().and_then(|object| object.get("id")).and_then(Value::as_str);
        id.is_some_and(|id| is_same_method(id, controller, method))
    };
    let mut found = methods(root).filter(named);
    let entry = found.next().ok_or(RetrieveError::NotListed)?;
    if found.any(|other| other != entry) {
        return Err(RetrieveError::MalformedDocument);
    }
    // 8. The method conforms.
    let kind = entry.get("type").and_then(Value::as_str).ok_or(RetrieveError::MalformedMethod)?;
    let stated = entry.get("controller").and_then(Value::as_str).ok_or(RetrieveError::MalformedMethod)?;
    let ends = ends(entry)?;
    // 10. The document's subject controls it.
    if stated != controller {
        return Err(RetrieveError::OtherController { controller: crate::did::shorten(stated) });
    }
    // 11. It is listed for the purpose, by reference or by value.
    let listed = |value: &Value<'_>| match value {
        Value::String(reference) => is_same_method(reference, controller, method),
        embedded => named(&embedded),
    };
    let purposes = root.get(relationship.as_str()).map(Value::one_or_many).unwrap_or_default();
    if !purposes.iter().any(listed) {
        return Err(RetrieveError::NotForThisPurpose);
    }
    Ok(VerificationMethod { key: key(entry, kind)?, ends })
}

/// Every place of a document in which a method may be defined.
fn methods<'a>(root: &'a Value<'a>) -> impl Iterator<Item = &'a Value<'a>> {
    const PLACES: [&str; 6] = [
        "verificationMethod",
        "assertionMethod",
        "authentication",
        "keyAgreement",
        "capabilityInvocation",
        "capabilityDelegation",
    ];
    PLACES.into_iter().flat_map(|place| root.get(place).map(Value::one_or_many).unwrap_or_default())
}

/// DID documents may shorten their own identifiers to the fragment.
fn is_same_method(written: &str, controller: &str, method: &str) -> bool {
    written == method || (written.starts_with('#') && method.strip_prefix(controller) == Some(written))
}

fn ends(entry: &Value<'_>) -> Result<Option<Timestamp>, RetrieveError> {
    let time = |member: &str| match entry.get(member) {
        None => Ok(None),
        Some(value) => {
            let read = value.as_str().and_then(|text| parse_date_time(text, Zone::UtcWhenMissing));
            read.map(Some).ok_or(RetrieveError::MalformedMethod)
        }
    };
    Ok([time("expires")?, time("revoked")?].into_iter().flatten().min())
}

fn key(entry: &Value<'_>, kind: &str) -> Result<JsonWebKey, RetrieveError> {
    let unsupported = |key_type: &str| RetrieveError::UnsupportedKeyType { key_type: crate::did::shorten(key_type) };
    // A document that publishes its secret key proves nothing.
    if ["secretKeyMultibase", "privateKeyMultibase", "secretKeyJwk", "privateKeyJwk", "privateKeyBase58"]
        .iter()
        .any(|member| entry.get(member).is_some())
    {
        return Err(RetrieveError::MalformedMethod);
    }
    match kind {
        "Multikey" | "Ed25519VerificationKey2020" => {
            let text = entry.get("publicKeyMultibase").and_then(Value::as_str);
            let multikey = Multikey::decode(text.ok_or(RetrieveError::MalformedMethod)?)
                .map_err(|_| RetrieveError::MalformedMethod)?;
            Ok(JsonWebKey { key: PublicKey::from_multikey(&multikey)?, algorithm: None })
        }
        "Ed25519VerificationKey2018" => {
            let text = entry.get("publicKeyBase58").and_then(Value::as_str).filter(|text| text.len() <= 64);
            let bytes = bs58::decode(text.ok_or(RetrieveError::MalformedMethod)?).into_vec().ok();
            let bytes = bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(RetrieveError::MalformedMethod)?;
            Ok(JsonWebKey { key: PublicKey::from_ed25519(&bytes)?, algorithm: None })
        }
        "JsonWebKey" | "JsonWebKey2020" => {
            Ok(JsonWebKey::read(entry.get("publicKeyJwk").ok_or(RetrieveError::MalformedMethod)?)?)
        }
        other => Err(unsupported(other)),
    }
}

#[cfg(test)]
mod tests;
