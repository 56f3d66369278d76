//! How an assertion says that it is to be verified: `verification` in Open Badges 2.0, `verify` before.

use attesta_jsonld::Value;

use super::assertion_model;
use crate::credential::{DataModel, strings};
use crate::shape::id_of;

/// What an assertion's own instructions say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadgeVerification {
    /// The issuer hosts it.
    Hosted {
        /// The addresses at which it may stand, the likeliest first: its `id`, and the `url` that 1.x names.
        addresses: Vec<String>,
    },
    /// It is signed.
    Signed {
        /// The key's address: `creator`, or the `url` that 1.x names.
        key: Option<String>,
    },
    /// In a way that no version of the specification names.
    Other {
        /// The type as written.
        kind: String,
    },
    /// It gives none.
    Unstated,
}

impl BadgeVerification {
    /// The instructions of an assertion.
    pub fn of(assertion: &Value<'_>) -> Self {
        let text = |of: &Value<'_>, member: &str| of.get(member).and_then(id_of).map(str::to_owned);
        let id = text(assertion, "id");
        let Some(stated) = assertion.get("verification").or_else(|| assertion.get("verify")) else {
            return BadgeVerification::Unstated;
        };
        let url = text(stated, "url");
        let mut kinds = strings(stated.get("type")).peekable();
        let first = kinds.peek().copied().unwrap_or_default().to_owned();
        let known = |kind: &str| match kind {
            "hosted" | "HostedBadge" | "HostedVerification" => Some(true),
            "signed" | "SignedBadge" | "SignedVerification" => Some(false),
            _ => None,
        };
        match kinds.find_map(known) {
            Some(true) => {
                // What 1.x calls the place of the assertion is its `url`; 2.0 knows the `id` alone.
                let (before, after) = match assertion_model(assertion) {
                    Some(DataModel::OpenBadges1) => (url, id),
                    _ => (id, url),
                };
                BadgeVerification::Hosted { addresses: before.into_iter().chain(after).collect() }
            }
            Some(false) => BadgeVerification::Signed { key: text(stated, "creator").or(url) },
            None if first.is_empty() => BadgeVerification::Unstated,
            None => BadgeVerification::Other { kind: first },
        }
    }
}
