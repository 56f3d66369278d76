//! The schools' status lists ([Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/)).

use std::collections::BTreeSet;
use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::catalogue::{BADGES, School};

/// Entries in each list: the least that the specification allows, so that no single credential stands out.
const ENTRIES: usize = 131_072;

/// What a list says of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    Revocation,
    Suspension,
}

impl Purpose {
    pub(crate) const ALL: [Purpose; 2] = [Purpose::Revocation, Purpose::Suspension];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Purpose::Revocation => "revocation",
            Purpose::Suspension => "suspension",
        }
    }
}

/// Where a school's list stands.
pub(crate) fn list_url(school: School, purpose: Purpose, base_url: &str) -> String {
    format!("{base_url}{}/status/{}", school.path(), purpose.as_str())
}

/// The place of credential `n` in its lists: spread out, as an issuer would draw it.
pub(crate) fn status_index(n: usize) -> usize {
    (n * 48_271 + 11_213) % ENTRIES
}

/// The unsigned list credential of a school, with the credentials in `set` marked.
pub(crate) fn unsigned_list(
    school: School,
    purpose: Purpose,
    base_url: &str,
    did: &str,
    set: &BTreeSet<usize>,
    now: Timestamp,
) -> Value {
    let url = list_url(school, purpose, base_url);
    let marked = set.iter().copied().filter(|n| BADGES[n - 1].school == school).map(status_index);
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": (now - SignedDuration::from_mins(1)).to_string(),
        "validUntil": (now + SignedDuration::from_hours(24)).to_string(),
        "credentialSubject": {
            "id": format!("{url}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": purpose.as_str(),
            "encodedList": encoded(marked),
        },
    })
}

/// `encodedList`: multibase base64url of the gzipped bits, the first bit left-most.
fn encoded(marked: impl Iterator<Item = usize>) -> String {
    let mut bits = vec![0_u8; ENTRIES / 8];
    for index in marked {
        bits[index / 8] |= 0x80 >> (index % 8);
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&bits).expect("a vector takes every byte");
    format!("u{}", URL_SAFE_NO_PAD.encode(gzip.finish().expect("a vector takes every byte")))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_marked_credential_has_its_bit_set_and_no_other() {
        let text = encoded([status_index(2)].into_iter());
        let gzip = URL_SAFE_NO_PAD.decode(text.strip_prefix('u').unwrap()).unwrap();
        let mut bits = Vec::new();
        flate2::read::GzDecoder::new(gzip.as_slice()).read_to_end(&mut bits).unwrap();
        assert_eq!(bits.len() * 8, ENTRIES);
        let index = status_index(2);
        assert_eq!(bits[index / 8], 0x80 >> (index % 8));
        assert_eq!(bits.iter().map(|byte| byte.count_ones()).sum::<u32>(), 1);
    }
}
