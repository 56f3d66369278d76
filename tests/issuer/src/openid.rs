//! [OpenID for Verifiable Credential Issuance 1.0](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html)
//! with pre-authorised codes: offers, metadata and the token. What the token is good for stands in [`crate::collect`].

use serde_json::{Map, Value, json};
use url::form_urlencoded;

use crate::catalogue::BADGES;
use crate::claims::{CodeWanted, Grant, Offer};
use crate::drawer::LIFETIME;
use crate::http::{Request, Response};
use crate::office::Office;

/// The path of the issuer identifier: below the root, so that a wallet must find the metadata the way the specification
/// says.
pub(crate) const PATH: &str = "/oid4vci";

const PRE_AUTHORIZED: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// Most wrong transaction codes before an offer is over.
const WRONG_CODES: u8 = 3;

/// The credential issuer identifier.
pub(crate) fn issuer_id(office: &Office) -> String {
    format!("{}{PATH}", office.base_url)
}

/// The configuration identifier of credential `n`.
pub(crate) fn configuration(n: usize) -> &'static str {
    BADGES[n - 1].human_code
}

/// The offer of credential `n` under this code.
pub(crate) fn offer(office: &Office, n: usize, code: &str, wanted: &CodeWanted) -> Value {
    let mut grant = Map::from_iter([("pre-authorized_code".to_owned(), json!(code))]);
    if let CodeWanted::Digits { code, .. } = wanted {
        let description = match BADGES[n - 1].school.language() {
            "fr-CA" => "Le code à quatre chiffres que le collège vous a remis.",
            _ => "The four digits that the school gave you.",
        };
        let asked = json!({ "input_mode": "numeric", "length": code.len(), "description": description });
        grant.insert("tx_code".to_owned(), asked);
    }
    json!({
        "credential_issuer": issuer_id(office),
        "credential_configuration_ids": [configuration(n)],
        "grants": { PRE_AUTHORIZED: grant },
    })
}

/// `GET /oid4vci/offers/{name}`: an offer by reference.
pub(crate) fn offer_at(office: &Office, name: &str) -> Response {
    let now = office.now();
    let found = {
        let mut claims = office.claims();
        let code = claims.offered.look(name, now).map(|(_, code)| code.clone());
        code.and_then(|code| claims.offers.look(&code, now).map(|(n, offer)| (n, code, offer.code.clone())))
    };
    match found {
        Some((n, code, wanted)) => Response::json(200, &offer(office, n, &code, &wanted)),
        None => Response::plain(410, "the offer has expired or was used"),
    }
}

/// `GET /.well-known/openid-credential-issuer/oid4vci`.
pub(crate) fn issuer_metadata(office: &Office) -> Response {
    let id = issuer_id(office);
    let configurations: Map<String, Value> = BADGES
        .iter()
        .map(|badge| {
            let described = json!({
                "format": "ldp_vc",
                "cryptographic_binding_methods_supported": ["did:key", "jwk"],
                "credential_signing_alg_values_supported": ["eddsa-rdfc-2022"],
                "proof_types_supported": {
                    "jwt": { "proof_signing_alg_values_supported": ["EdDSA", "Ed25519"] },
                },
                "credential_definition": {
                    "@context": [
                        "https://www.w3.org/ns/credentials/v2",
                        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
                    ],
                    "type": ["VerifiableCredential", "OpenBadgeCredential"],
                },
                "credential_metadata": {
                    "display": [{ "name": badge.name, "locale": badge.school.language() }],
                },
            });
            (badge.human_code.to_owned(), described)
        })
        .collect();
    Response::json(
        200,
        &json!({
            "credential_issuer": id,
            "credential_endpoint": format!("{id}/credential"),
            "nonce_endpoint": format!("{id}/nonce"),
            "deferred_credential_endpoint": format!("{id}/deferred"),
            "notification_endpoint": format!("{id}/notification"),
            "display": [
                { "name": "Demo issuer", "locale": "en-CA" },
                { "name": "Émetteur de démonstration", "locale": "fr-CA" },
            ],
            "credential_configurations_supported": configurations,
        }),
    )
}

/// `GET /.well-known/oauth-authorization-server/oid4vci`.
pub(crate) fn server_metadata(office: &Office) -> Response {
    let id = issuer_id(office);
    Response::json(
        200,
        &json!({
            "issuer": id,
            "token_endpoint": format!("{id}/token"),
            "response_types_supported": [],
            "grant_types_supported": [PRE_AUTHORIZED],
            "pre-authorized_grant_anonymous_access_supported": true,
        }),
    )
}

/// `POST /oid4vci/token`.
pub(crate) fn token(office: &Office, request: &Request) -> Response {
    let media_type = request.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if media_type != "application/x-www-form-urlencoded" {
        return error("invalid_request", "the body is no form");
    }
    let form: Vec<(String, String)> = form_urlencoded::parse(&request.body).into_owned().collect();
    let field = |name: &str| {
        let mut values = form.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        values.next().filter(|_| values.next().is_none())
    };
    if field("grant_type") != Some(PRE_AUTHORIZED) {
        return error("unsupported_grant_type", "only pre-authorised codes are taken");
    }
    let Some(code) = field("pre-authorized_code") else {
        return error("invalid_request", "there is no pre-authorised code");
    };
    let (mut claims, now) = (office.claims(), office.now());
    let Some((n, offer)) = claims.offers.look(code, now) else {
        return error("invalid_grant", "the code has expired or was used");
    };
    match (&mut offer.code, field("tx_code")) {
        (CodeWanted::None, None) => {}
        (CodeWanted::None, Some(_)) => return error("invalid_request", "no transaction code is expected"),
        (CodeWanted::Digits { .. }, None) => return error("invalid_request", "a transaction code is expected"),
        (CodeWanted::Digits { code, .. }, Some(given)) if given == *code => {}
        (CodeWanted::Digits { wrong, .. }, Some(_)) => {
            *wrong += 1;
            if *wrong >= WRONG_CODES {
                claims.offers.take(code, now);
            }
            return error("invalid_grant", "the transaction code is wrong");
        }
    }
    let Offer { ready, .. } = *offer;
    claims.offers.take(code, now);
    let token = claims.draw();
    claims.grants.keep(&token, n, Grant { ready, collected: false }, now);
    let expires_in = LIFETIME.as_secs();
    Response::json(200, &json!({ "access_token": token, "token_type": "Bearer", "expires_in": expires_in }))
}

/// An error of the token or the credential endpoint.
pub(crate) fn error(code: &str, description: &str) -> Response {
    Response::json(400, &json!({ "error": code, "error_description": description }))
}
