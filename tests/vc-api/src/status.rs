//! The issuer's status lists ([Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/)).

use attesta_test_support::status_list::{ENTRIES, encoded};
use attesta_verify::Cryptosuite;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::answer::Server;
use crate::http::Response;
use crate::issue::sign;

/// One list for each.
const PURPOSES: [&str; 2] = ["revocation", "suspension"];

/// An entry in each list, at a place that the credential's identifier spreads out.
pub(crate) fn entries(server: &Server, credential: &Value) -> Value {
    let id = credential["id"].as_str().unwrap_or_default();
    let spread = id.bytes().fold(11_213_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    let index = spread % ENTRIES;
    let entry = |purpose: &str| {
        let list = url(server, purpose);
        json!({
            "id": format!("{list}#{index}"),
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": index.to_string(),
            "statusListCredential": list,
        })
    };
    PURPOSES.map(entry).into_iter().collect()
}

/// The list for a purpose, with no bit set.
pub(crate) fn list(server: &Server, purpose: &str, now: Timestamp) -> Response {
    if !PURPOSES.contains(&purpose) {
        return Response::json(404, &json!({ "errors": ["not_found"] }));
    }
    let url = url(server, purpose);
    let list = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": server.issuer().did(),
        "validFrom": (now - SignedDuration::from_mins(1)).to_string(),
        "validUntil": (now + SignedDuration::from_hours(24)).to_string(),
        "credentialSubject": {
            "id": format!("{url}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(ENTRIES, &[]),
        },
    });
    match sign(server, list.to_string().as_bytes(), Cryptosuite::EddsaRdfc2022, now) {
        Ok(list) => Response::document(200, list),
        Err(error) => Response::json(500, &json!({ "errors": [error.to_string()] })),
    }
}

fn url(server: &Server, purpose: &str) -> String {
    format!("{}/status/{purpose}", server.base())
}
