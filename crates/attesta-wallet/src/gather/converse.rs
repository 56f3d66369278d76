//! Drives a conversation with an issuer: it says what it wants done, and this does it within the limits.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use attesta_carrier::{Content, unpack};
use attesta_claim::{
    Claim, ClaimAnswer, ClaimError, ClaimRequest, Claimed, ClaimedDocument, CodeQuestion, Holder, LinkKind, Method,
    Next,
};
use attesta_credential::read_each;
use attesta_net::{Answered, Ask, Budget, FetchFailureKind, limits};
use attesta_share::HolderKey;
use attesta_store::{Origin, OriginKind};
use url::Url;

use crate::address::{check_link, host_of};
use crate::error::WalletError;
use crate::gather::tell;
use crate::offer::{Item, Matter, Received};
use crate::view::{ImportProgress, ImportStep};
use crate::wallet::Wallet;

/// Most requests for one link: three times what the longest conversation that is known takes.
const REQUESTS: usize = 40;
/// How often a wait looks whether it was stopped.
const TICK: Duration = Duration::from_millis(20);

/// How a conversation stands.
pub(crate) enum Talk {
    /// The issuer wants a code before it goes on.
    Question(Claim, CodeQuestion),
    /// It is over.
    Done(Box<Claimed>),
}

impl Wallet {
    /// Has the conversation about a link, or goes on with the one that waits for a code.
    pub(crate) fn converse(
        &self,
        item: &mut Item,
        code: Option<&str>,
        budget: &Budget,
        progress: &dyn Fn(ImportProgress),
    ) -> Result<Talk, WalletError> {
        let Matter::Link(link) = &item.matter else {
            return Err(WalletError::Internal { what: "a conversation about something that is no link" });
        };
        let mut code = code;
        let mut claim = match (item.paused.take(), code) {
            (Some((claim, question)), None) => return Ok(Talk::Question(claim, question)),
            (Some((mut claim, _)), Some(given)) => {
                claim.code(given);
                code = None;
                claim
            }
            (None, _) => Claim::begin(link)?,
        };
        // Behind an ordinary address there may never have been a claim.
        let plain = matches!(link.kind, LinkKind::Web(_) | LinkKind::SharePage { .. });
        let mut status = None;
        let key = self.holder_key()?;
        let mut host = String::new();
        let mut requests = 0;
        loop {
            if budget.cancel().is_cancelled() {
                return Err(WalletError::Cancelled);
            }
            let next = claim.next(Holder { key: &key, now: self.now() }).map_err(|error| match (error, status) {
                (ClaimError::Expired { host }, Some(status)) if plain => {
                    WalletError::Fetch { host, failure: FetchFailureKind::Status(status) }
                }
                (error, _) => error.into(),
            });
            match next? {
                Next::Ask(request) => {
                    requests += 1;
                    if requests > REQUESTS {
                        return Err(ClaimError::TooManyRounds { host }.into());
                    }
                    let answer = self.ask(&request, &mut host, &key, budget, progress);
                    if budget.cancel().is_cancelled() || answer == Err(FetchFailureKind::Cancelled) {
                        return Err(WalletError::Cancelled);
                    }
                    status = answer.as_ref().ok().map(|answer| answer.status);
                    claim.answered(answer);
                }
                Next::Wait(time) => {
                    if time > budget.remaining() {
                        return Err(ClaimError::NotReady { host, seconds: Some(time.as_secs()) }.into());
                    }
                    tell(progress, ImportStep::Wait, Some(&host));
                    wait(time, budget)?;
                }
                Next::Code(question) => match code.take() {
                    Some(given) => claim.code(given),
                    None => return Ok(Talk::Question(claim, question)),
                },
                Next::Done(claimed) => return Ok(Talk::Done(Box::new(claimed))),
            }
        }
    }

    /// Makes one request of a conversation, if its address may be asked at all; its host is told first.
    fn ask(
        &self,
        request: &ClaimRequest,
        host: &mut String,
        key: &HolderKey,
        budget: &Budget,
        progress: &dyn Fn(ImportProgress),
    ) -> Result<ClaimAnswer, FetchFailureKind> {
        let url = Url::parse(&request.url).map_err(|_| FetchFailureKind::BadUrl)?;
        *host = host_of(&url);
        check_link(&url, self.loopback()).map_err(|refused| match refused {
            WalletError::Fetch { failure, .. } => failure,
            _ => FetchFailureKind::BadUrl,
        })?;
        let step = if gives_proof(request, key) { ImportStep::Prove } else { ImportStep::Contact };
        tell(progress, step, Some(host));
        if budget.cancel().is_cancelled() {
            return Err(FetchFailureKind::Cancelled);
        }
        let Answered { status, media_type, final_url, retry_after, bytes } =
            self.fetch().ask(&as_ask(request), budget)?;
        Ok(ClaimAnswer { status, media_type, final_url, retry_after, bytes })
    }
}

/// Whether a request carries the proof that this wallet holds its key: a signed presentation or token in JSON.
fn gives_proof(request: &ClaimRequest, key: &HolderKey) -> bool {
    let says = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    let body = request.body.as_ref().filter(|body| request.method == Method::Post && body.bytes.starts_with(b"{"));
    body.is_some_and(|body| says(&body.bytes, b"\"proof") || says(&body.bytes, key.did().as_bytes()))
}

/// A request of a conversation in the web's terms.
pub(crate) fn as_ask(request: &ClaimRequest) -> Ask {
    Ask {
        method: match request.method {
            Method::Get => attesta_net::Method::Get,
            Method::Post => attesta_net::Method::Post,
        },
        url: request.url.clone(),
        accept: request.accept.to_owned(),
        bearer: request.bearer.as_ref().map(|token| token.0.clone()),
        body: request.body.as_ref().map(|body| (body.media_type.to_owned(), body.bytes.clone())),
        limit: limits::INPUT_BYTES,
    }
}

/// Waits, but not beyond being stopped.
fn wait(time: Duration, budget: &Budget) -> Result<(), WalletError> {
    let mut left = time;
    loop {
        if budget.cancel().is_cancelled() {
            return Err(WalletError::Cancelled);
        }
        if left.is_zero() {
            return Ok(());
        }
        let some = left.min(TICK);
        thread::sleep(some);
        left -= some;
    }
}

/// What an issuer handed over, read. A document that is none takes nothing from the others; it is an error where there
/// is no other.
pub(crate) fn read_documents(item: &Item, documents: Vec<ClaimedDocument>) -> Result<Vec<Arc<Received>>, WalletError> {
    let Matter::Link(link) = &item.matter else { return Ok(Vec::new()) };
    let mut came: Vec<Arc<Received>> = Vec::with_capacity(documents.len());
    let mut unread: Option<WalletError> = None;
    for document in documents {
        let ClaimedDocument { bytes, media_type, url } = document;
        let host = Url::parse(&url).map(|url| host_of(&url)).ok();
        let origin = Origin {
            kind: OriginKind::Link,
            name: link.hosts().into_iter().next().or(host),
            // A link that claims holds a code or is one; it is worth nothing afterwards, and is nobody's to find.
            url: matches!(link.kind, LinkKind::Web(_) | LinkKind::SharePage { .. }).then(|| link.text.clone()),
        };
        let received = |bytes: Vec<u8>, media_type, within: Vec<String>, entries| {
            let mut carried = item.carried.clone();
            carried.within.extend(within);
            Arc::new(Received { bytes, media_type, origin: origin.clone(), carried, entries })
        };
        match read_each(&bytes) {
            Ok(entries) => came.push(received(bytes, media_type, Vec::new(), entries)),
            // A link may lead to an archive of badges as well.
            Err(error) => {
                let name = file_name(&url);
                let unpacked = unpack(&name, &bytes);
                let before = came.len();
                let pieces = unpacked.as_ref().map(|unpacked| unpacked.pieces.as_slice()).unwrap_or_default();
                for piece in pieces.iter().filter(|piece| !piece.within.is_empty()) {
                    if let Content::Document { media_type, bytes } = &piece.content
                        && let Ok(entries) = read_each(bytes)
                        && entries.iter().any(Result::is_ok)
                    {
                        came.push(received(bytes.clone(), media_type.clone(), piece.within.clone(), entries));
                    }
                }
                if came.len() == before {
                    unread.get_or_insert(match unpacked {
                        Err(why) => why.into(),
                        Ok(of) if of.pieces.iter().all(|piece| !piece.within.is_empty()) => WalletError::NothingInIt,
                        Ok(_) => error.into(),
                    });
                }
            }
        }
    }
    match unread {
        Some(error) if came.is_empty() => Err(error),
        _ => Ok(came),
    }
}

/// The last part of an address's path, as a file's name.
fn file_name(url: &str) -> String {
    let url = Url::parse(url).ok();
    let last = url.as_ref().and_then(|url| url.path_segments()?.next_back()).unwrap_or_default();
    last.chars().take(100).collect()
}
