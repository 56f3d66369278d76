//! One fetch from its first address to the last byte of the body.

use attesta_verify::{FetchFailureKind, LoopbackAccess};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{Client, Response, StatusCode};
use url::Url;

use crate::failure::kind_of;
use crate::fetch::{FetchRequest, Fetched};
use crate::limits::{HEADER_BYTES, Limits};
use crate::target;

/// Asks the address, follows its redirects one by one, and reads the body up to the request's limit. The time limit is
/// the caller's: it drops this future.
pub(crate) async fn transfer(
    client: &Client,
    request: &FetchRequest,
    loopback: LoopbackAccess,
    limits: &Limits,
) -> Result<Fetched, FetchFailureKind> {
    let mut url = target::parse(&request.url, loopback)?;
    let mut asked: Vec<Url> = Vec::new();
    loop {
        let response = client
            .get(url.clone())
            .header(ACCEPT, request.accept.header())
            .send()
            .await
            .map_err(|error| kind_of(&error))?;
        check_headers(response.headers())?;
        match response.headers().get(LOCATION) {
            Some(location) if is_redirect(response.status()) => {
                if asked.len() == limits.redirects {
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
            _ => return body(response, request.limit, url).await,
        }
    }
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

async fn body(mut response: Response, limit: u64, url: Url) -> Result<Fetched, FetchFailureKind> {
    let status = response.status();
    // A part was not asked for, and half a credential must not be taken for one.
    if !status.is_success() || status == StatusCode::PARTIAL_CONTENT {
        return Err(FetchFailureKind::Status(status.as_u16()));
    }
    if response.content_length().is_some_and(|declared| declared > limit) {
        return Err(FetchFailureKind::TooLarge);
    }
    let media_type =
        response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).map(|value| value.to_owned());
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| kind_of(&error))? {
        if (bytes.len() + chunk.len()) as u64 > limit {
            return Err(FetchFailureKind::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Fetched { bytes, media_type, final_url: url.into() })
}
