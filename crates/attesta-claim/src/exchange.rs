//! One HTTP request that a claim wants made, and what was answered.

use std::fmt;
use std::time::Duration;

use url::Url;

/// A value that must not be shown or logged: an access token, a code.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// How an address is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Without a body; redirects are followed.
    Get,
    /// With a body; a redirect is an answer like any other and not followed.
    Post,
}

/// A body that is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct ClaimBody {
    /// Its Content-Type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for ClaimBody {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ClaimBody({}, {} bytes)", self.media_type, self.bytes.len())
    }
}

/// A request to be made.
#[derive(Clone, PartialEq, Eq)]
pub struct ClaimRequest {
    /// How.
    pub method: Method,
    /// An absolute https URL; the driver refuses what it may not ask.
    pub url: String,
    /// The Accept header's value.
    pub accept: &'static str,
    /// The value of `Authorization: Bearer`, where one is wanted.
    pub bearer: Option<Secret>,
    /// What is sent.
    pub body: Option<ClaimBody>,
}

impl fmt::Debug for ClaimRequest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whoever has the address of a claim can make it, so only its host is shown.
        let url = Url::parse(&self.url).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
        write!(out, "ClaimRequest({:?}, {host}, {:?})", self.method, self.body)
    }
}

/// What an address answered, whatever its status.
#[derive(Clone, PartialEq, Eq)]
pub struct ClaimAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The Content-Type as sent.
    pub media_type: Option<String>,
    /// The address that answered, after redirects.
    pub final_url: String,
    /// How long the server asks to wait, where it says so (`Retry-After`).
    pub retry_after: Option<Duration>,
    /// The body as the server has it.
    pub bytes: Vec<u8>,
}

impl ClaimAnswer {
    /// Whether the status says that it was done.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl fmt::Debug for ClaimAnswer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ClaimAnswer({}, {} bytes)", self.status, self.bytes.len())
    }
}
