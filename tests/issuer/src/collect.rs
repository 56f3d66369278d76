//! What an access token is good for: nonces, the credential, now or later, and what the wallet tells of it
//! ([OpenID for Verifiable Credential Issuance 1.0](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html)
//! sections 7 to 11).

use serde_json::{Value, json};

use crate::claims::{Deferred, Ready, Told};
use crate::http::{Request, Response};
use crate::key_proof::{self, KeyProof, KeyProofError};
use crate::office::Office;
use crate::openid::{configuration, error, issuer_id};

/// How often a wallet is told to come back before a deferred credential is ready.
const PATIENCE: u8 = 1;

/// Seconds until it should.
const INTERVAL: u64 = 1;

/// `POST /oid4vci/nonce`.
pub(crate) fn nonce(office: &Office) -> Response {
    let (mut claims, now) = (office.claims(), office.now());
    let nonce = claims.draw();
    claims.nonces.keep(&nonce, 0, (), now);
    Response::json(200, &json!({ "c_nonce": nonce }))
}

/// `POST /oid4vci/credential`.
pub(crate) fn credential(office: &Office, request: &Request) -> Response {
    let now = office.now();
    let Some(token) = bearer(request) else { return no_token() };
    let Some((n, grant)) = office.claims().grants.look(token, now).map(|(n, grant)| (n, grant.clone())) else {
        return no_token();
    };
    if grant.collected {
        return error("credential_request_denied", "the credential was handed over already");
    }
    let Ok(asked) = serde_json::from_slice::<Value>(&request.body) else {
        return error("invalid_credential_request", "the body is not JSON");
    };
    if asked["credential_configuration_id"] != configuration(n) {
        return error("unknown_credential_configuration", "this credential was not offered");
    }
    let Some([Value::String(proof)]) = asked["proofs"]["jwt"].as_array().map(Vec::as_slice) else {
        return error("invalid_proof", "there is not exactly one proof of type jwt");
    };
    let holder = match key_proof::check(proof, &issuer_id(office), now) {
        Err(KeyProofError::Proof(wrong)) => return error("invalid_proof", wrong),
        Err(KeyProofError::Nonce) => return error("invalid_nonce", "the proof has no nonce"),
        Ok(KeyProof { holder, nonce }) => match office.claims().nonces.take(&nonce, now) {
            None => return error("invalid_nonce", "the nonce has expired or was used"),
            Some(_) => holder,
        },
    };
    if let Some((_, grant)) = office.claims().grants.look(token, now) {
        grant.collected = true;
    }
    match grant.ready {
        Ready::AtOnce => hand_over(office, n, &holder),
        Ready::Later => {
            let mut claims = office.claims();
            let transaction = claims.draw();
            let deferred = Deferred { token: token.to_owned(), holder, asked: 0 };
            claims.deferred.keep(&transaction, n, deferred, now);
            later(&transaction)
        }
    }
}

/// `POST /oid4vci/deferred`.
pub(crate) fn deferred(office: &Office, request: &Request) -> Response {
    let now = office.now();
    let Some(token) = bearer(request) else { return no_token() };
    if office.claims().grants.look(token, now).is_none() {
        return no_token();
    }
    let asked = serde_json::from_slice::<Value>(&request.body).unwrap_or_default();
    let transaction = asked["transaction_id"].as_str().unwrap_or_default();
    let ready = {
        let mut claims = office.claims();
        match claims.deferred.look(transaction, now) {
            Some((_, deferred)) if deferred.token == token => {
                deferred.asked += 1;
                match deferred.asked > PATIENCE {
                    true => claims.deferred.take(transaction, now),
                    false => return later(transaction),
                }
            }
            _ => None,
        }
    };
    match ready {
        Some((n, Deferred { holder, .. })) => hand_over(office, n, &holder),
        None => error("invalid_transaction_id", "the transaction has expired or was used"),
    }
}

/// `POST /oid4vci/notification`.
pub(crate) fn notification(office: &Office, request: &Request) -> Response {
    let now = office.now();
    let Some(token) = bearer(request) else { return no_token() };
    let mut claims = office.claims();
    if claims.grants.look(token, now).is_none() {
        return no_token();
    }
    let told = serde_json::from_slice::<Value>(&request.body).unwrap_or_default();
    let event = told["event"].as_str().unwrap_or_default();
    if !["credential_accepted", "credential_deleted", "credential_failure"].contains(&event) {
        return error("invalid_notification_request", "no such event");
    }
    let id = told["notification_id"].as_str().unwrap_or_default();
    let Some((n, ())) = claims.handed_over.look(id, now).map(|(n, _)| (n, ())) else {
        return error("invalid_notification_id", "no such notification");
    };
    claims.told.push(Told { n, event: event.to_owned() });
    Response::plain(204, "")
}

fn hand_over(office: &Office, n: usize, holder: &str) -> Response {
    let credential = office.issue_to(n, holder);
    let (mut claims, now) = (office.claims(), office.now());
    let notification = claims.draw();
    claims.handed_over.keep(&notification, n, (), now);
    let tail = format!("}}],\"notification_id\":\"{notification}\"}}");
    let body = [b"{\"credentials\":[{\"credential\":".as_slice(), &credential, tail.as_bytes()].concat();
    Response::ok("application/json", body).unstored()
}

fn later(transaction: &str) -> Response {
    Response::json(202, &json!({ "transaction_id": transaction, "interval": INTERVAL }))
}

fn bearer(request: &Request) -> Option<&str> {
    let (scheme, token) = request.header("authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

fn no_token() -> Response {
    Response::json(401, &json!({ "error": "invalid_token" })).with("www-authenticate", "Bearer error=\"invalid_token\"")
}
