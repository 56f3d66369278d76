//! The port: what is asked for and what comes back.

use std::fmt;
use std::time::Duration;

use attesta_verify::{FetchFailureKind, ResourceKind};

use crate::budget::Budget;
use crate::limits;

/// Gets resources from the web, or says for each why not.
pub trait Fetch: Send + Sync {
    /// Fetches all requests, several at once, and returns one answer per request in the same order.
    ///
    /// Returns when all are answered, when the budget's time is over ([`FetchFailureKind::TimedOut`] for those that
    /// are not) or soon after it is cancelled ([`FetchFailureKind::Cancelled`]). It blocks the calling thread.
    fn fetch(&self, requests: &[FetchRequest], within: &Budget) -> Vec<Result<Fetched, FetchFailureKind>>;

    /// Makes one request of a conversation and returns what is answered, whatever its status: an issuer says in the
    /// body of a 400 what it misses. Every other limit is that of [`Fetch::fetch`]. A GET follows redirects, without
    /// its token. A POST or DELETE does not, since what it carries is meant for the host that was named; the redirect is
    /// then the answer. The body of an error is left out where it can't be had soon and within the request's limit.
    ///
    /// # Errors
    /// The kind of failure where nothing was answered, more than the request's limit, or only a part
    /// ([`FetchFailureKind::Status`] 206). A token or Content-Type that can't stand in a header is
    /// [`FetchFailureKind::BadUrl`].
    fn ask(&self, request: &Ask, within: &Budget) -> Result<Answered, FetchFailureKind>;
}

/// How an address is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Without a body.
    Get,
    /// With one.
    Post,
    /// Asks the host to forget what stands at the address, with or without a body.
    Delete,
}

/// One request of a conversation.
#[derive(Clone, PartialEq, Eq)]
pub struct Ask {
    /// How.
    pub method: Method,
    /// An absolute https URL; http to loopback where the fetcher allows it.
    pub url: String,
    /// The value of the Accept header.
    pub accept: String,
    /// The token of `Authorization: Bearer`; never shown in `Debug`, never sent on in a redirect.
    pub bearer: Option<String>,
    /// The Content-Type and bytes of what is sent.
    pub body: Option<(String, Vec<u8>)>,
    /// Most bytes of the answer's body.
    pub limit: u64,
}

impl fmt::Debug for Ask {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Ask({:?}, {} bytes)", self.method, self.body.as_ref().map_or(0, |(_, bytes)| bytes.len()))
    }
}

/// What was answered in a conversation.
#[derive(Clone, PartialEq, Eq)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// The Content-Type as sent, if any.
    pub media_type: Option<String>,
    /// The address that answered, after redirects.
    pub final_url: String,
    /// The pause that the server asks for, where it says one in seconds (`Retry-After`).
    pub retry_after: Option<Duration>,
    /// The body: only the transfer's own gzip is undone.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for Answered {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Answered({}, {} bytes)", self.status, self.bytes.len())
    }
}

/// One address to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchRequest {
    /// An absolute https URL; http to loopback where the fetcher allows it.
    pub url: String,
    /// What is wanted, which decides the media types asked for.
    pub accept: Accept,
    /// Most bytes of the body, counted after a gzip transfer is unpacked. One more is [`FetchFailureKind::TooLarge`].
    pub limit: u64,
}

impl FetchRequest {
    /// A request with the limit that belongs to what is wanted.
    pub fn new(url: impl Into<String>, accept: Accept) -> Self {
        FetchRequest { url: url.into(), accept, limit: accept.limit() }
    }
}

/// What is wanted from an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Accept {
    /// A credential in JSON, else a baked picture, else a page that links to one.
    Credential,
    /// A DID document or another controlled identifier document, [CID 1.0](https://www.w3.org/TR/cid-1.0/).
    ControlledIdentifierDocument,
    /// A credential that carries a status list,
    /// [Bitstring Status List 1.0](https://www.w3.org/TR/vc-bitstring-status-list/).
    StatusListCredential,
    /// A JSON Web Key, a set of them, or a registry's signed statement.
    JsonWebKey,
    /// JSON of another kind: a revocation list, a schema, a registry, an Open Badges 2.0 assertion.
    Json,
    /// A picture or document whose digest is known.
    Anything,
}

impl Accept {
    /// The value of the Accept header, [RFC 9110 section 12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1).
    pub fn header(self) -> &'static str {
        match self {
            // A claim link often answers a browser with a page and a wallet with the credential; the weights say which
            // of the two we are.
            Accept::Credential => {
                "application/vc+ld+json, application/vc, application/vc+jwt, application/vp+ld+json, application/vp, \
                 application/ld+json;q=0.95, application/json;q=0.9, image/png;q=0.8, image/svg+xml;q=0.8, \
                 text/html;q=0.5, application/xhtml+xml;q=0.5, */*;q=0.1"
            }
            Accept::ControlledIdentifierDocument => {
                "application/did+json, application/did+ld+json, application/did, application/cid, \
                 application/ld+json;q=0.9, application/json;q=0.9, */*;q=0.1"
            }
            Accept::StatusListCredential => {
                "application/vc+ld+json, application/vc, application/vc+jwt, application/ld+json;q=0.9, \
                 application/json;q=0.9, */*;q=0.1"
            }
            Accept::JsonWebKey => {
                "application/jwk-set+json, application/jwk+json, application/json;q=0.9, application/jwt;q=0.9, \
                 */*;q=0.1"
            }
            Accept::Json => "application/ld+json, application/json, application/schema+json, */*;q=0.1",
            Accept::Anything => "*/*",
        }
    }

    /// Most bytes of a body of this kind.
    pub fn limit(self) -> u64 {
        match self {
            Accept::Credential => limits::INPUT_BYTES,
            Accept::ControlledIdentifierDocument => limits::KEY_DOCUMENT_BYTES,
            Accept::StatusListCredential => limits::STATUS_LIST_BYTES,
            Accept::JsonWebKey => limits::KEY_DOCUMENT_BYTES,
            Accept::Json => limits::JSON_BYTES,
            Accept::Anything => limits::INPUT_BYTES,
        }
    }
}

impl From<ResourceKind> for Accept {
    fn from(kind: ResourceKind) -> Self {
        match kind {
            ResourceKind::ControlledIdentifierDocument => Accept::ControlledIdentifierDocument,
            ResourceKind::StatusListCredential => Accept::StatusListCredential,
            ResourceKind::RefreshedCredential => Accept::Credential,
            ResourceKind::JsonWebKey => Accept::JsonWebKey,
            ResourceKind::RevocationList
            | ResourceKind::JsonSchema
            | ResourceKind::HostedBadge
            | ResourceKind::IssuerRegistry => Accept::Json,
            ResourceKind::RelatedResource => Accept::Anything,
        }
    }
}

/// What an address answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The body as the server has it: only the transfer's own gzip is undone.
    pub bytes: Vec<u8>,
    /// The Content-Type as sent, if any.
    pub media_type: Option<String>,
    /// The address that answered, after redirects. It decides nothing about who issued what came.
    pub final_url: String,
}
