//! Issuers that begin a conversation honestly and then turn: at each step of each protocol.

use std::time::Duration;

use serde_json::{Value, json};

use super::server::{Connection, Server};
use super::{ANY, Trial, check_all, trial};

const PRE_AUTHORIZED: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
const DRIP: Duration = Duration::from_millis(100);
const JSON: &str = "application/json";

/// What an issuer does when it turns, by name.
type Turn = (&'static str, fn(Connection));

const TURNS: &[Turn] = &[
    ("never-answers", Connection::hold),
    ("drips", |mut connection| {
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999\r\n\r\n");
        connection.repeat(" ", DRIP);
    }),
    ("endless", |mut connection| {
        connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
        connection.repeat([b' '; 1 << 16], Duration::ZERO);
    }),
    ("closes", |connection| connection.bare("")),
    ("nothing", |connection| connection.ok(JSON, b"")),
    ("a-page", |connection| connection.ok("text/html", b"<!doctype html><html>Please sign in</html>")),
    ("a-list", |connection| connection.ok(JSON, b"[]")),
    ("a-number", |connection| connection.ok(JSON, b"17")),
    ("half", |connection| connection.ok(JSON, b"{\"access_token\": \"abc")),
    ("deep", |connection| connection.ok(JSON, "{\"a\":".repeat(1 << 18))),
    ("not-utf-8", |connection| connection.ok(JSON, b"{\"access_token\": \"\xff\xfe\"}")),
    ("other-types", |connection| {
        let wrong = json!({
            "access_token": 17, "token_type": ["Bearer"], "c_nonce": {}, "credentials": "none", "protocols": [],
            "verifiablePresentationRequest": "yes", "verifiablePresentation": 17, "token_endpoint": [],
            "credential_endpoint": {}, "credential_issuer": 1, "interval": "soon", "transaction_id": [],
        });
        connection.ok(JSON, wrong.to_string());
    }),
    ("line-breaks", |connection| {
        let text = "x\r\nHost: elsewhere.example";
        let wrong = json!({
            "access_token": text, "token_type": "Bearer", "c_nonce": text, "credentials": [{ "credential": text }],
            "protocols": { "vcapi": text },
            "verifiablePresentationRequest": { "query": [{ "type": text }], "challenge": text, "domain": text },
        });
        connection.ok(JSON, wrong.to_string());
    }),
    ("refuses", |connection| connection.answer("400 Bad Request", "Content-Type: application/json\r\n", b"{}")),
    ("gone", |connection| connection.answer("410 Gone", "", b"")),
    ("busy", |connection| connection.answer("429 Too Many Requests", "Retry-After: 99999999\r\n", b"")),
    ("faults", |connection| connection.answer("503 Service Unavailable", "", b"")),
    ("redirects-into-a-private-network", |connection| connection.redirect("https://10.0.0.1/")),
    ("redirects-to-a-file", |connection| connection.redirect("file:///etc/hostname")),
];

/// A step of a protocol: the beginning of the paths that belong to it.
const STEPS: &[(&str, &str)] = &[
    ("offer", "/offer/"),
    ("issuer-metadata", "/.well-known/openid-credential-issuer/"),
    ("token", "/token/"),
    ("nonce", "/nonce/"),
    ("credential", "/credential/"),
    ("request", "/request/"),
    ("interaction", "/interaction/"),
    ("exchange", "/exchange/"),
];

/// A server that is honest up to the step which the last part of each path names, and then turns as it names.
fn turning(canary: u16) -> Server {
    Server::start(move |connection: Connection| {
        let path = connection.path.split('?').next().unwrap_or_default().to_owned();
        let named = path.rsplit('/').next().unwrap_or_default().to_owned();
        let base = format!("http://localhost:{}", connection.port);
        let (step, turn) = named.split_once('.').unwrap_or_default();
        let here = STEPS.iter().find(|(_, start)| path.starts_with(start)).map_or("", |(name, _)| *name);
        match TURNS.iter().find(|(name, _)| *name == turn) {
            Some((_, does)) if here == step => does(connection),
            _ if turn == "leads-away" && here == step => connection.ok(JSON, away(canary).to_string()),
            _ => connection.ok(JSON, honest(here, &base, &named).to_string()),
        }
    })
}

/// An answer whose every address leads to where nobody may be asked.
fn away(canary: u16) -> Value {
    let at = format!("http://0.0.0.0:{canary}/");
    json!({
        "credential_issuer": at, "credential_endpoint": at, "nonce_endpoint": at, "token_endpoint": at,
        "authorization_servers": [at], "protocols": { "vcapi": at },
        "credential_configuration_ids": ["badge"], "credential_configurations_supported": { "badge": { "format": "ldp_vc" } },
        "grants": { PRE_AUTHORIZED: { "pre-authorized_code": "code" } },
        "verifiablePresentationRequest": {
            "query": [{ "type": "DIDAuthentication" }], "challenge": "c", "domain": at,
            "interact": { "service": [{ "type": "UnmediatedPresentationService2021", "serviceEndpoint": at }] },
        },
    })
}

fn offer(base: &str, named: &str) -> Value {
    json!({
        "credential_issuer": format!("{base}/{named}"),
        "credential_configuration_ids": ["badge"],
        "grants": { PRE_AUTHORIZED: { "pre-authorized_code": "code" } },
    })
}

fn honest(step: &str, base: &str, named: &str) -> Value {
    match step {
        "offer" => offer(base, named),
        "issuer-metadata" => json!({
            "credential_issuer": format!("{base}/{named}"),
            "credential_endpoint": format!("{base}/credential/{named}"),
            "nonce_endpoint": format!("{base}/nonce/{named}"),
            "token_endpoint": format!("{base}/token/{named}"),
            "credential_configurations_supported": { "badge": {
                "format": "ldp_vc",
                "cryptographic_binding_methods_supported": ["did:key"],
                "proof_types_supported": { "jwt": { "proof_signing_alg_values_supported": ["EdDSA"] } },
                "credential_definition": { "type": ["VerifiableCredential", "OpenBadgeCredential"] },
            } },
        }),
        "token" => json!({ "access_token": "token", "token_type": "Bearer", "expires_in": 60 }),
        "nonce" => json!({ "c_nonce": "nonce" }),
        "interaction" => json!({ "protocols": { "vcapi": format!("{base}/exchange/{named}") } }),
        "exchange" | "request" => json!({ "verifiablePresentationRequest": {
            "query": [{ "type": "DIDAuthentication" }], "challenge": "challenge", "domain": base,
        } }),
        // The metadata of the authorization server: where the path follows the well-known part.
        _ => json!({
            "issuer": format!("{base}/{named}"),
            "token_endpoint": format!("{base}/token/{named}"),
            "grant_types_supported": [PRE_AUTHORIZED],
        }),
    }
}

/// The link that leads to the step.
fn link(base: &str, step: &str, named: &str) -> String {
    let encoded = |text: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let encode = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
        text.bytes().map(encode).collect::<String>()
    };
    match step {
        "offer" => {
            format!("openid-credential-offer://?credential_offer_uri={}", encoded(&format!("{base}/offer/{named}")))
        }
        "request" => format!(
            "https://lcw.app/request.html?issuer=issuer.example.com&auth_type=bearer&challenge=c&vc_request_url={base}/request/{named}"
        ),
        "interaction" => format!("{base}/interaction/{named}?iuv=1"),
        "exchange" => {
            let protocols = json!({ "protocols": { "vcapi": format!("{base}/exchange/{named}") } });
            format!("https://lcw.app/request?request={}", encoded(&protocols.to_string()))
        }
        _ => {
            let offer = offer(base, named).to_string();
            format!("openid-credential-offer://?credential_offer={}", encoded(&offer))
        }
    }
}

#[test]
fn an_issuer_that_turns_at_any_step_of_a_protocol_leaves_an_error_and_nothing_else() {
    let canary = Server::canary(([127, 0, 0, 1], 0).into()).expect("a port is free");
    let server = turning(canary.port());
    let base = format!("http://localhost:{}", server.port());
    let mut trials: Vec<Trial> = Vec::new();
    for (step, _) in STEPS {
        for turn in TURNS.iter().map(|(name, _)| *name).chain(["leads-away"]) {
            trials.push(trial(link(&base, step, &format!("{step}.{turn}")), ANY));
        }
    }
    let links = trials.len();
    check_all(trials);
    // Each is tried in two languages and must have begun: an error before anybody is asked would prove nothing.
    assert!(server.connections() >= 2 * links, "{} connections for {links} links", server.connections());
    assert_eq!(canary.connections(), 0, "somebody was connected to");
}
