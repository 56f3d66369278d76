//! A wallet that sends exactly what a test says.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use attesta_issuer::{Issuer, IssuerOptions};
use attesta_share::{HolderKey, ProofOptions, ProofPurpose, sign_document};
use attesta_verify::Cryptosuite;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer;
use jiff::Timestamp;
use serde_json::{Value, json};

const START: i64 = 1_795_300_000;

/// An issuer whose clock the test moves.
pub(crate) struct Demo {
    pub(crate) issuer: Issuer,
    now: Arc<AtomicI64>,
}

/// What was answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

/// What a presentation states.
pub(crate) struct Presents<'p> {
    pub(crate) suite: Cryptosuite,
    pub(crate) challenge: &'p str,
    pub(crate) domain: Option<&'p str>,
}

impl Demo {
    pub(crate) fn start() -> Demo {
        let now = Arc::new(AtomicI64::new(START));
        let clock = Arc::clone(&now);
        let clock = Arc::new(move || Timestamp::from_second(clock.load(Ordering::SeqCst)).expect("a time"));
        let issuer = Issuer::start(IssuerOptions { port: 0, seed: [7; 32], now: clock }).expect("a free port");
        Demo { issuer, now }
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_second(self.now.load(Ordering::SeqCst)).expect("a time")
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn link(&self, kind: &str) -> String {
        self.issuer.claim_link(kind, 1).expect("there is a first credential")
    }

    pub(crate) fn get(&self, url: &str, accept: &str) -> Answer {
        self.send(url, &format!("GET {{}} HTTP/1.1\r\nAccept: {accept}\r\n"), b"")
    }

    pub(crate) fn post(&self, url: &str, media_type: &str, bearer: Option<&str>, body: &[u8]) -> Answer {
        let bearer = bearer.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        self.send(url, &format!("POST {{}} HTTP/1.1\r\nContent-Type: {media_type}\r\n{bearer}"), body)
    }

    pub(crate) fn post_json(&self, url: &str, body: &Value) -> Answer {
        self.post(url, "application/json", None, body.to_string().as_bytes())
    }

    fn send(&self, url: &str, head: &str, body: &[u8]) -> Answer {
        let path = url.strip_prefix(&self.issuer.base_url).expect("an address of the issuer");
        let address = self.issuer.base_url.strip_prefix("http://").expect("it is plain");
        let mut stream = TcpStream::connect(address).expect("the issuer listens");
        let head = format!("{}Content-Length: {}\r\n\r\n", head.replace("{}", path), body.len());
        stream.write_all(&[head.as_bytes(), body].concat()).expect("the issuer reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("the issuer answers");
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head, body: answer[end + 4..].to_vec() }
    }
}

impl Answer {
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&self.body)))
    }

    /// The credential that was handed over, after holding that it is the holder's.
    #[track_caller]
    pub(crate) fn credential_of(&self, credential: &Value) {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        assert_eq!(credential["credentialSubject"]["id"], key().did());
        assert_eq!(credential["proof"]["cryptosuite"], "eddsa-rdfc-2022");
    }
}

pub(crate) fn key() -> HolderKey {
    HolderKey::from_seed(&[9; 32])
}

pub(crate) fn presentation(presents: &Presents<'_>, now: Timestamp) -> Value {
    let suite_context = match presents.suite {
        Cryptosuite::Ed25519Signature2020 => "https://w3id.org/security/suites/ed25519-2020/v1",
        _ => "https://w3id.org/security/data-integrity/v2",
    };
    let unsigned = json!({
        "@context": ["https://www.w3.org/2018/credentials/v1", suite_context],
        "type": ["VerifiablePresentation"],
        "holder": key().did(),
    });
    let method = key().verification_method();
    let options = ProofOptions {
        suite: presents.suite,
        verification_method: &method,
        purpose: ProofPurpose::Authentication,
        created: now,
        expires: None,
        challenge: Some(presents.challenge),
        domain: presents.domain,
    };
    let signed = sign_document(unsigned.to_string().as_bytes(), &options, key().signing_key()).expect("it is signed");
    serde_json::from_slice(&signed).expect("it is JSON")
}

/// A compact token with this header and these claims, signed by the holder.
pub(crate) fn token(head: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(head), part(claims));
    let signature = key().signing_key().sign(signed.as_bytes()).to_bytes();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}
