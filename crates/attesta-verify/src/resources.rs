//! What the verifying core asks for and what the driver answers.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a resource is for; decides which media types to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// A DID document or another controlled identifier document, [CID 1.0](https://www.w3.org/TR/cid-1.0/).
    ControlledIdentifierDocument,
    /// A verifiable credential that carries a status list, [Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/).
    StatusListCredential,
    /// An unsigned list of revoked credentials, [1EdTech Revocation List](https://www.imsglobal.org/spec/vcrl/v1p0/), or that of an Open Badges 2.0 issuer.
    RevocationList,
    /// A newer version of the credential itself, [1EdTech Credential Refresh](https://www.imsglobal.org/spec/vccr/v1p0/).
    RefreshedCredential,
    /// A JSON Web Key or a set of them, [RFC 7517](https://www.rfc-editor.org/rfc/rfc7517).
    JsonWebKey,
    /// A JSON Schema.
    JsonSchema,
    /// An assertion, badge class or profile of [Open Badges 2.0](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html) as its issuer hosts it.
    HostedBadge,
    /// A registry of issuers, or a registry's statement on one.
    IssuerRegistry,
    /// A picture or document that a signed digest pins.
    RelatedResource,
}

impl ResourceKind {
    /// Every kind.
    pub const ALL: [ResourceKind; 9] = [
        ResourceKind::ControlledIdentifierDocument,
        ResourceKind::StatusListCredential,
        ResourceKind::RevocationList,
        ResourceKind::RefreshedCredential,
        ResourceKind::JsonWebKey,
        ResourceKind::JsonSchema,
        ResourceKind::HostedBadge,
        ResourceKind::IssuerRegistry,
        ResourceKind::RelatedResource,
    ];
}

/// One thing the core needs before it can go on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ResourceRequest {
    /// An absolute https URL (http on loopback where the policy allows it).
    pub url: String,
    /// What it is for.
    pub kind: ResourceKind,
}

/// What came back from an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// The body, unchanged.
    pub bytes: Vec<u8>,
    /// The Content-Type as sent, if any.
    pub media_type: Option<String>,
    /// When it was fetched.
    pub fetched_at: Timestamp,
}

/// Why a resource could not be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchFailure {
    /// The kind of failure.
    pub kind: FetchFailureKind,
    /// When it was tried.
    pub at: Timestamp,
}

/// The kinds of failure that the words for people tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FetchFailureKind {
    /// Not tried: the caller works offline.
    Offline,
    /// No such host, no connection, or the connection broke.
    Unreachable,
    /// Nothing, or not everything, came within the time limit.
    TimedOut,
    /// The TLS certificate or handshake was not acceptable.
    Tls,
    /// The server answered with this HTTP status.
    Status(u16),
    /// More bytes than the limit for this kind of resource.
    TooLarge,
    /// More than five redirects, or a loop.
    TooManyRedirects,
    /// It redirects to another host, which can't vouch for the one that was asked.
    RedirectedElsewhere,
    /// The address, or one it redirects to, is private, loopback or link-local.
    AddressRefused,
    /// Not an https address.
    NotHttps,
    /// Not a URL at all.
    BadUrl,
    /// A browser was not allowed to read the answer (CORS), or could not reach the host; it does not tell which.
    RefusedByBrowser,
    /// The learner stopped it.
    Cancelled,
}

/// The driver's answer to one request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Fetched for this verification.
    Fresh(Resource),
    /// Fetched before and still good by the driver's rules; the learner works offline or it is minutes old.
    Cached(Resource),
    /// Could not be had now; an older copy is at hand. The core says what it proves and what it does not.
    Stale {
        /// The older copy.
        resource: Resource,
        /// Why there is no newer one.
        failure: FetchFailure,
    },
    /// Could not be had.
    Failed(FetchFailure),
}

/// Everything answered so far, by URL. Clones share the answers, so that many credentials can rest on one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, Answer>", into = "BTreeMap<String, Answer>")]
pub struct Resources(BTreeMap<String, Arc<Recorded>>);

/// An answer and the digest of its bytes, taken once for all who rest on it.
#[derive(Debug)]
pub(crate) struct Recorded {
    pub(crate) answer: Answer,
    sha256: OnceLock<Option<String>>,
}

impl Recorded {
    fn new(answer: Answer) -> Self {
        Recorded { answer, sha256: OnceLock::new() }
    }

    /// SHA-256 of the bytes in lower-case hex, where there are any.
    pub(crate) fn sha256(&self) -> Option<&str> {
        let digest = || self.answer.resource().map(|resource| crate::hex(&Sha256::digest(&resource.bytes)));
        self.sha256.get_or_init(digest).as_deref()
    }
}

impl PartialEq for Recorded {
    fn eq(&self, other: &Self) -> bool {
        self.answer == other.answer
    }
}

impl Eq for Recorded {}

impl From<BTreeMap<String, Answer>> for Resources {
    fn from(answers: BTreeMap<String, Answer>) -> Self {
        Resources(answers.into_iter().map(|(url, answer)| (url, Arc::new(Recorded::new(answer)))).collect())
    }
}

impl From<Resources> for BTreeMap<String, Answer> {
    fn from(resources: Resources) -> Self {
        resources.0.into_iter().map(|(url, recorded)| (url, recorded.answer.clone())).collect()
    }
}

impl Answer {
    /// The bytes that it gives, whatever their age.
    pub fn resource(&self) -> Option<&Resource> {
        match self {
            Answer::Fresh(resource) | Answer::Cached(resource) | Answer::Stale { resource, .. } => Some(resource),
            Answer::Failed(_) => None,
        }
    }
}

impl Resources {
    /// Nothing answered yet.
    pub fn new() -> Self {
        Resources::default()
    }

    /// Records the answer for an address; a later one replaces it.
    pub fn record(&mut self, url: impl Into<String>, answer: Answer) {
        self.0.insert(url.into(), Arc::new(Recorded::new(answer)));
    }

    /// The answer for an address, if it was asked.
    pub fn answer(&self, url: &str) -> Option<&Answer> {
        self.recorded(url).map(|recorded| &recorded.answer)
    }

    /// The answer for an address together with its digest.
    pub(crate) fn recorded(&self, url: &str) -> Option<&Arc<Recorded>> {
        self.0.get(url)
    }

    /// Every address with its answer, in the addresses' order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0.iter().map(|(url, recorded)| (url.as_str(), &recorded.answer))
    }

    /// The answers for these addresses alone.
    pub fn only<'u>(&self, urls: impl IntoIterator<Item = &'u str>) -> Resources {
        let found = urls.into_iter().filter_map(|url| self.0.get_key_value(url));
        Resources(found.map(|(url, recorded)| (url.clone(), Arc::clone(recorded))).collect())
    }
}

impl FetchFailureKind {
    /// The stable name; the number of an HTTP status stands apart.
    pub fn as_str(self) -> &'static str {
        match self {
            FetchFailureKind::Offline => "offline",
            FetchFailureKind::Unreachable => "unreachable",
            FetchFailureKind::TimedOut => "timed_out",
            FetchFailureKind::Tls => "tls",
            FetchFailureKind::Status(_) => "status",
            FetchFailureKind::TooLarge => "too_large",
            FetchFailureKind::TooManyRedirects => "too_many_redirects",
            FetchFailureKind::RedirectedElsewhere => "redirected_elsewhere",
            FetchFailureKind::AddressRefused => "address_refused",
            FetchFailureKind::NotHttps => "not_https",
            FetchFailureKind::BadUrl => "bad_url",
            FetchFailureKind::RefusedByBrowser => "refused_by_browser",
            FetchFailureKind::Cancelled => "cancelled",
        }
    }
}

impl FetchFailure {
    /// Of an address that is not asked: its host, or what stands in its place, and why.
    pub(crate) fn of_unaskable(url: &str, now: Timestamp) -> (String, FetchFailure) {
        let parsed = url::Url::parse(url).ok();
        let host = parsed.as_ref().and_then(url::Url::host_str).map_or_else(|| crate::did::shorten(url), str::to_owned);
        let kind = match parsed.is_some_and(|url| url.scheme() == "http") {
            true => FetchFailureKind::NotHttps,
            false => FetchFailureKind::BadUrl,
        };
        (host, FetchFailure { kind, at: now })
    }

    /// Adds `failure`, and `status` where the server answered with one, to a problem's parameters.
    pub(crate) fn describe(&self, params: &mut crate::Params) {
        params.insert("failure".to_owned(), self.kind.as_str().to_owned());
        if let FetchFailureKind::Status(status) = self.kind {
            params.insert("status".to_owned(), status.to_string());
        }
    }
}
