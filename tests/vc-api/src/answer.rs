//! Which endpoint does what, and what each of the three behaviours answers.

use attesta_jsonld::{Document, Value};
use attesta_net::{HttpFetcher, HttpOptions, LoopbackAccess, StartError};
use attesta_share::HolderKey;
use jiff::Timestamp;
use serde_json::json;

use crate::ecdsa;
use crate::http::{Request, Response};
use crate::issue::{self, Securing};
use crate::status;
use crate::verify::{self, Verification};

/// Seed of the key that issues for the suites; anybody can have it, so nobody may trust it.
const SEED: [u8; 32] = *b"what the suites get is no claim.";

/// How requests are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behaviour {
    /// As the product finds.
    Attesta,
    /// Everything verifies, and everything asked for is handed back as if it were issued.
    AcceptAll,
    /// Nothing verifies and nothing is issued.
    RejectAll,
}

/// What answers requests.
pub(crate) struct Server {
    base: String,
    behaviour: Behaviour,
    key: HolderKey,
    fetcher: HttpFetcher,
    clock: fn() -> Timestamp,
}

impl Server {
    /// A server that is reached at `base`.
    pub(crate) fn new(base: String, behaviour: Behaviour, clock: fn() -> Timestamp) -> Result<Server, StartError> {
        let mut options = HttpOptions::new("attesta-vc-api");
        options.loopback = LoopbackAccess::Allowed;
        let fetcher = HttpFetcher::new(options)?;
        Ok(Server { base, behaviour, key: HolderKey::from_seed(&SEED), fetcher, clock })
    }

    /// Where it is reached.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Who issues.
    pub(crate) fn issuer(&self) -> &HolderKey {
        &self.key
    }

    pub(crate) fn fetcher(&self) -> &HttpFetcher {
        &self.fetcher
    }

    /// Answers one request.
    pub(crate) fn answer(&self, request: &Request) -> Response {
        let segments: Vec<&str> = request.path.trim_matches('/').split('/').collect();
        match (request.method.as_str(), segments.as_slice()) {
            ("GET", ["status", purpose]) => status::list(self, purpose, (self.clock)()),
            ("POST", ["credentials", "verify"]) => self.verify(request, "verifiableCredential", verify::credential),
            ("POST", ["presentations", "verify"]) => {
                self.verify(request, "verifiablePresentation", verify::presentation)
            }
            ("POST", ["credentials", "derive"]) => self.derive(request),
            ("POST", [securing, "credentials", "issue"]) => match Securing::named(securing) {
                Some(securing) => self.issue(request, securing),
                None => not_found(),
            },
            _ => not_found(),
        }
    }

    fn verify(
        &self,
        request: &Request,
        member: &str,
        verify: fn(&Server, &[u8], Timestamp) -> Verification,
    ) -> Response {
        let verification = match self.behaviour {
            Behaviour::AcceptAll => Verification::passed(),
            Behaviour::RejectAll => Verification::refused("reject_all"),
            Behaviour::Attesta => match part(&request.body, member) {
                Some(bytes) => verify(self, &bytes, (self.clock)()),
                None => Verification::refused("not_an_object"),
            },
        };
        let status = if verification.errors.is_empty() { 200 } else { 400 };
        let body = json!({
            "verified": verification.errors.is_empty(),
            "verdicts": verification.verdicts,
            "errors": verification.errors,
        });
        Response::json(status, &body)
    }

    fn issue(&self, request: &Request, securing: Securing) -> Response {
        let refused = |error: &str| Response::json(400, &json!({ "errors": [error] }));
        match (self.behaviour, part(&request.body, "credential")) {
            (Behaviour::RejectAll, _) => refused("reject_all"),
            (_, None) => refused("not_an_object"),
            (Behaviour::AcceptAll, Some(credential)) => Response::document(201, credential),
            // The suites that speak plain http take the whole body for the credential, the others accept that.
            (Behaviour::Attesta, Some(credential)) => {
                let mandatory = pointers(&request.body, "mandatoryPointers");
                let mandatory: Vec<&str> = mandatory.iter().map(String::as_str).collect();
                match issue::issue(self, &credential, securing, &mandatory, (self.clock)()) {
                    Ok(credential) => Response::document(201, credential),
                    Err(error) => refused(&error.to_string()),
                }
            }
        }
    }

    /// What a holder shows of a credential.
    fn derive(&self, request: &Request) -> Response {
        let refused = |error: &str| Response::json(400, &json!({ "errors": [error] }));
        match (self.behaviour, part(&request.body, "verifiableCredential")) {
            (Behaviour::RejectAll, _) => refused("reject_all"),
            (_, None) => refused("not_an_object"),
            (Behaviour::AcceptAll, Some(credential)) => Response::document(201, credential),
            (Behaviour::Attesta, Some(credential)) => {
                let selected = pointers(&request.body, "selectivePointers");
                let selected: Vec<&str> = selected.iter().map(String::as_str).collect();
                match ecdsa::show(&credential, &selected) {
                    Ok(shown) => Response::document(201, shown),
                    Err(error) => refused(&error.to_string()),
                }
            }
        }
    }
}

fn not_found() -> Response {
    Response::json(404, &json!({ "errors": ["not_found"] }))
}

/// The exact bytes of an object in the request's body.
fn part(body: &[u8], member: &str) -> Option<Vec<u8>> {
    let document = Document::parse(body.to_vec()).ok()?;
    match document.root().get(member)? {
        Value::Object(object) => Some(document.source_of(object).to_vec()),
        _ => None,
    }
}

/// A list of JSON pointers among the request's options.
fn pointers(body: &[u8], name: &str) -> Vec<String> {
    let body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let pointers = body["options"][name].as_array().into_iter().flatten();
    pointers.filter_map(|pointer| pointer.as_str().map(str::to_owned)).collect()
}

/// The system's clock, in whole seconds.
pub(crate) fn system_clock() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs())
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .unwrap_or(Timestamp::MAX)
}
