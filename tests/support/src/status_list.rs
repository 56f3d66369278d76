//! Status list credentials ([Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/)).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::deflate::gzip;
use crate::party::Party;

/// The fewest entries that a list may have.
pub const ENTRIES: usize = 131_072;

/// Where the usual list stands.
pub const LIST: &str = "https://status.institute.example/1";

/// The usual place in the list.
pub const INDEX: usize = 94_567;

/// `encodedList` of a list of `entries` bits with those at `set` set.
pub fn encoded(entries: usize, set: &[usize]) -> String {
    let mut bits = vec![0_u8; entries / 8];
    for index in set {
        bits[index / 8] |= 0x80 >> (index % 8);
    }
    format!("u{}", URL_SAFE_NO_PAD.encode(gzip(&bits)))
}

/// An unsecured list credential at `url`.
pub fn list(url: &str, issuer: &Party, purpose: impl Into<Value>, encoded: &str) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.id,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("{url}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": purpose.into(),
            "encodedList": encoded,
        },
    })
}

/// A `credentialStatus` entry.
pub fn entry(url: &str, purpose: &str, index: impl Into<Value>) -> Value {
    json!({
        "id": format!("{url}#entry"),
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": index.into(),
        "statusListCredential": url,
    })
}
