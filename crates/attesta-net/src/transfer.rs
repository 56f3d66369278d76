//! One request from its first address to the last byte of the body.

use std::time::Duration;

use attesta_verify::{FetchFailureKind, LoopbackAccess};
use reqwest::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER};
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use tokio::time::timeout;
use url::Url;

use crate::failure::kind_of;
use crate::fetch::{Answered, Ask, FetchRequest, Fetched, Method};
use crate::limits::{ERROR_BODY_SHARE, HEADER_BYTES, Limits};
use crate::target;

/// Asks the address, follows its redirects one by one, and reads the body up to the request's limit. The time limit is
/// the caller's: it drops this future.
pub(crate) async fn fetch(
    client: &Client,
    request: &FetchRequest,
    loopback: LoopbackAccess,
    limits: &Limits,
) -> Result<Fetched, FetchFailureKind> {
    let url = target::parse(&request.url, loopback)?;
    let get = |url: &Url, _| client.get(url.clone()).header(ACCEPT, request.accept.header());
    let (response, url) = follow(url, loopback, limits.redirects, get).await?;
    let status = response.status();
    // A part was not asked for, and half a credential must not be taken for one.
    if !status.is_success() || status == StatusCode::PARTIAL_CONTENT {
        return Err(FetchFailureKind::Status(status.as_u16()));
    }
    let media_type = media_type(response.headers());
    Ok(Fetched { bytes: body(response, request.limit).await?, media_type, final_url: url.into() })
}

/// Makes one request of a conversation. The time limit is the caller's, as with [`fetch`].
pub(crate) async fn ask(
    client: &Client,
    request: &Ask,
    loopback: LoopbackAccess,
    limits: &Limits,
) -> Result<Answered, FetchFailureKind> {
    let url = target::parse(&request.url, loopback)?;
    let (response, url) = match request.method {
        Method::Get => {
            let get = |url: &Url, hop| signed(client.get(url.clone()), request, hop);
            follow(url, loopback, limits.redirects, get).await?
        }
        Method::Post => (sent(laden(client.post(url.clone()), request)).await?, url),
        Method::Delete => (sent(laden(client.delete(url.clone()), request)).await?, url),
    };
    answered(response, url, request.limit, limits.fetch_time / ERROR_BODY_SHARE).await
}

/// A request with its headers and what it carries, for the host that was named and no other.
fn laden(builder: RequestBuilder, request: &Ask) -> RequestBuilder {
    let builder = signed(builder, request, Hop::First);
    match &request.body {
        Some((media_type, bytes)) => {
            builder.header(CONTENT_TYPE, media_type).header(CONTENT_LENGTH, bytes.len()).body(bytes.clone())
        }
        // Without this the client says nothing of a length, which some servers answer with 411.
        None => builder.header(CONTENT_LENGTH, 0),
    }
}

/// Which request of a chain of redirects it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hop {
    /// The one that the caller asked for.
    First,
    /// One that a redirect asks for.
    Redirected,
}

/// The headers of a conversation. The token is for the address that the caller named and for no other.
fn signed(builder: RequestBuilder, request: &Ask, hop: Hop) -> RequestBuilder {
    let builder = builder.header(ACCEPT, &request.accept);
    match (&request.bearer, hop) {
        (Some(token), Hop::First) => builder.bearer_auth(token),
        _ => builder,
    }
}

/// Asks `url` and every address that it is redirected to, each checked like the first.
async fn follow(
    mut url: Url,
    loopback: LoopbackAccess,
    redirects: usize,
    get: impl Fn(&Url, Hop) -> RequestBuilder,
) -> Result<(Response, Url), FetchFailureKind> {
    let mut asked: Vec<Url> = Vec::new();
    loop {
        let hop = if asked.is_empty() { Hop::First } else { Hop::Redirected };
        let response = sent(get(&url, hop)).await?;
        match response.headers().get(LOCATION) {
            Some(location) if is_redirect(response.status()) => {
                if asked.len() == redirects {
                    return Err(FetchFailureKind::TooManyRedirects);
                }
                let next = target::redirected(&url, location.as_bytes(), loopback)?;
                asked.push(url);
                // Without cookies the same address gives the same answer, so coming back to one is a loop.
                if asked.contains(&next) {
                    return Err(FetchFailureKind::TooManyRedirects);
                }
                url = next;
            }
            _ => return Ok((response, url)),
        }
    }
}

async fn sent(builder: RequestBuilder) -> Result<Response, FetchFailureKind> {
    let response = builder.send().await.map_err(|error| kind_of(&error))?;
    check_headers(response.headers())?;
    Ok(response)
}

/// The redirects of [RFC 9110 section 15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4) that a GET follows.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn check_headers(headers: &HeaderMap) -> Result<(), FetchFailureKind> {
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    match bytes > HEADER_BYTES {
        true => Err(FetchFailureKind::TooLarge),
        false => Ok(()),
    }
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// `Retry-After` in seconds, [RFC 9110 section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3). Its
/// other form, a date, is left to the caller's own patience: it would rest on two clocks that need not agree.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match value.bytes().all(|byte| byte.is_ascii_digit()) {
        true => value.parse().ok().map(Duration::from_secs),
        false => None,
    }
}

async fn answered(
    response: Response,
    url: Url,
    limit: u64,
    error_time: Duration,
) -> Result<Answered, FetchFailureKind> {
    let status = response.status();
    if status == StatusCode::PARTIAL_CONTENT {
        return Err(FetchFailureKind::Status(status.as_u16()));
    }
    let (media_type, retry_after) = (media_type(response.headers()), retry_after(response.headers()));
    let bytes = match status.is_success() {
        true => body(response, limit).await?,
        // What an error page says is a help; that it is one is known already and must not be lost over it.
        false => match timeout(error_time, body(response, limit)).await {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(_)) | Err(_) => Vec::new(),
        },
    };
    Ok(Answered { status: status.as_u16(), media_type, final_url: url.into(), retry_after, bytes })
}

async fn body(mut response: Response, limit: u64) -> Result<Vec<u8>, FetchFailureKind> {
    if response.content_length().is_some_and(|declared| declared > limit) {
        return Err(FetchFailureKind::TooLarge);
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| kind_of(&error))? {
        if (bytes.len() + chunk.len()) as u64 > limit {
            return Err(FetchFailureKind::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
