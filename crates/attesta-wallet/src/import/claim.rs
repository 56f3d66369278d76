//! Gets what a claim link leads to: a credential, or a page that links to one.

use attesta_credential::{ReadError, read_each};
use attesta_net::{Accept, Budget, FetchFailureKind, FetchRequest, Fetched};
use attesta_store::{Origin, OriginKind};
use url::Url;

use crate::error::WalletError;
use crate::import::Received;
use crate::import::page;
use crate::import::router::{check_link, host_of};
use crate::wallet::Wallet;

/// Fetches a link. Where it leads to a page, the page's likeliest links are tried, and none of theirs: one hop.
///
/// `contacting` is told each host before it is asked.
pub(crate) fn claim(
    wallet: &Wallet,
    link: &Url,
    budget: &Budget,
    contacting: &dyn Fn(&str),
) -> Result<Received, WalletError> {
    check_link(link, wallet.loopback())?;
    let fetched = fetch(wallet, link, budget, contacting)?;
    if !is_page(&fetched) {
        return received(link, fetched);
    }
    let address = Url::parse(&fetched.final_url).unwrap_or_else(|_| link.clone());
    let mut failure: Option<WalletError> = None;
    for candidate in page::candidates(&fetched.bytes, &address) {
        let outcome = check_link(&candidate, wallet.loopback())
            .and_then(|()| fetch(wallet, &candidate, budget, contacting))
            .and_then(|fetched| match is_page(&fetched) {
                true => Err(WalletError::NoCredentialOnPage { host: host_of(&address) }),
                false => received(link, fetched),
            });
        match outcome {
            Ok(received) => return Ok(received),
            Err(error @ WalletError::Cancelled) => return Err(error),
            Err(error) => failure = Some(telling(failure, error)),
        }
    }
    Err(match failure {
        // What was found and can't be read, or could not be had, says more than that nothing was there.
        Some(error @ (WalletError::Fetch { .. } | WalletError::Unreadable(ReadError::UnsupportedFormat { .. }))) => {
            error
        }
        _ => WalletError::NoCredentialOnPage { host: host_of(&address) },
    })
}

/// Of two failures the one that tells the learner more.
fn telling(known: Option<WalletError>, new: WalletError) -> WalletError {
    let weight = |error: &WalletError| match error {
        WalletError::Unreadable(ReadError::UnsupportedFormat { .. }) => 2,
        WalletError::Fetch { .. } => 1,
        _ => 0,
    };
    match known {
        Some(known) if weight(&known) >= weight(&new) => known,
        _ => new,
    }
}

fn fetch(wallet: &Wallet, url: &Url, budget: &Budget, contacting: &dyn Fn(&str)) -> Result<Fetched, WalletError> {
    let host = host_of(url);
    contacting(&host);
    let mut answers = wallet.fetch().fetch(&[FetchRequest::new(url.as_str(), Accept::Credential)], budget);
    match answers.pop() {
        _ if budget.cancel().is_cancelled() => Err(WalletError::Cancelled),
        Some(Ok(fetched)) => Ok(fetched),
        Some(Err(FetchFailureKind::Cancelled)) => Err(WalletError::Cancelled),
        Some(Err(failure)) => Err(WalletError::Fetch { host, failure }),
        None => Err(WalletError::Internal { what: "a fetch without an answer" }),
    }
}

/// What came, if a credential can be read from it.
fn received(link: &Url, fetched: Fetched) -> Result<Received, WalletError> {
    let entries = read_each(&fetched.bytes)?;
    let origin = Origin { kind: OriginKind::Link, name: Some(host_of(link)), url: Some(link.to_string()) };
    Ok(Received { bytes: fetched.bytes, media_type: fetched.media_type, origin, entries })
}

/// Whether a body is a page: told by what it is first, since servers often name the wrong type.
fn is_page(fetched: &Fetched) -> bool {
    let head = &fetched.bytes[..fetched.bytes.len().min(1024)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.starts_with(['{', '[', '\u{fffd}']) || start.starts_with("<svg") {
        return false;
    }
    let named = fetched.media_type.as_deref().is_some_and(|name| name.to_ascii_lowercase().contains("html"));
    start.starts_with('<') && (named || start.contains("<!doctype html") || start.contains("<html"))
}
