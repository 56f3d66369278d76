//! What the issuer wants to be told,
//! [OpenID4VCI 1.0 section 11](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-11).

use serde_json::json;

use super::endpoint::Endpoint;
use crate::exchange::Secret;
use crate::notification::Notification;

/// The three things that the issuer may be told under an identifier, of which the learner's decision picks one.
pub(super) fn notification(endpoint: &Endpoint, token: &Secret, id: &str) -> Notification {
    let told = |event: &str| endpoint.post_json(token, &json!({"notification_id": id, "event": event}));
    Notification {
        accepted: told("credential_accepted"),
        declined: told("credential_deleted"),
        failed: told("credential_failure"),
    }
}
