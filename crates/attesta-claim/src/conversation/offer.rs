//! [OpenID for Verifiable Credential Issuance 1.0](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html),
//! with what its drafts from 11 on did otherwise: from an offer with a pre-authorized code to the credentials.
//!
//! Three stages, each of which says what it wants done until it has what the next one needs. All that can be refused
//! without asking for a token is refused before, since the offer's code works only once.

mod configuration;
mod credential;
mod credential_offer;
mod deferred;
mod discovery;
mod endpoint;
mod issuance;
mod legacy;
mod metadata;
mod notification;
mod proof;
mod reading;
mod refusal;
#[cfg(test)]
mod tests;
mod token;

use attesta_verify::FetchFailureKind;
use url::Url;

use self::credential_offer::CredentialOffer;
use self::discovery::Discovery;
use self::endpoint::Endpoint;
use self::issuance::Issuance;
use self::token::Authorization;
use crate::claim::{Holder, Next};
use crate::conversation::{Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::{ClaimAnswer, ClaimRequest};
use crate::notification::Claimed;

/// Most requests of one claim. One credential takes four to six; four of one offer take eleven.
const MOST_REQUESTS: usize = 16;

/// A claim of what is offered.
pub(crate) struct Offer {
    stage: Stage,
    answer: Option<Received>,
    requests: usize,
}

enum Stage {
    Discovery(Discovery),
    Authorization(Box<Authorization>),
    Issuance(Box<Issuance>),
    Over(Box<Result<Claimed, ClaimError>>),
}

impl Stage {
    fn over(result: Result<Claimed, ClaimError>) -> Stage {
        Stage::Over(Box::new(result))
    }
}

/// What a stage came to: something it wants done before it goes on, or what it was for.
#[allow(clippy::large_enum_variant, reason = "one is made per step of a claim, and none is kept")]
enum Progress<S, T> {
    Want(S, Next),
    Ready(T),
}

impl<S, T> Progress<S, T> {
    fn ask(stage: S, request: ClaimRequest) -> Self {
        Progress::Want(stage, Next::Ask(request))
    }
}

/// The answer to what was asked last.
struct Received(Result<ClaimAnswer, FetchFailureKind>);

impl Received {
    /// The answer.
    ///
    /// # Errors
    /// [`ClaimError::Fetch`] if nothing was answered.
    fn from(self, endpoint: &Endpoint) -> Result<ClaimAnswer, ClaimError> {
        self.0.map_err(|failure| ClaimError::Fetch { host: endpoint.host(), failure })
    }
}

/// An offer that stands in the link.
pub(crate) fn by_value(json: &str) -> Result<Box<dyn Conversation + Send>, ClaimError> {
    let offer = CredentialOffer::read(json.as_bytes(), "")?;
    Ok(Box::new(Offer::new(Discovery::of(offer))))
}

/// An offer that lies at an address.
pub(crate) fn by_reference(url: &Url) -> Box<dyn Conversation + Send> {
    Box::new(Offer::new(Discovery::at(url)))
}

impl Offer {
    fn new(discovery: Discovery) -> Offer {
        Offer { stage: Stage::Discovery(discovery), answer: None, requests: 0 }
    }

    /// Goes on from stage to stage until one wants something done, or it is over.
    fn advance(&mut self, holder: Holder<'_>) -> Result<Next, ClaimError> {
        loop {
            let stage = std::mem::replace(&mut self.stage, Stage::over(Ok(Claimed::default())));
            let answer = self.answer.take();
            let want = match stage {
                Stage::Discovery(discovery) => match discovery.next(answer)? {
                    Progress::Want(discovery, next) => {
                        self.stage = Stage::Discovery(discovery);
                        next
                    }
                    Progress::Ready(terms) => {
                        self.stage = Stage::Authorization(Box::new(Authorization::new(terms)));
                        continue;
                    }
                },
                Stage::Authorization(authorization) => match authorization.next(answer)? {
                    Progress::Want(authorization, next) => {
                        self.stage = Stage::Authorization(Box::new(authorization));
                        next
                    }
                    Progress::Ready((terms, granted)) => {
                        self.stage = Stage::Issuance(Box::new(Issuance::new(terms, granted)));
                        continue;
                    }
                },
                Stage::Issuance(issuance) => match issuance.next(answer, holder)? {
                    Progress::Want(issuance, next) => {
                        self.stage = Stage::Issuance(Box::new(issuance));
                        next
                    }
                    Progress::Ready(claimed) => {
                        self.stage = Stage::over(Ok(claimed));
                        continue;
                    }
                },
                Stage::Over(result) => return result.map(Next::Done),
            };
            return self.within_bounds(want);
        }
    }

    /// Counts a request. One too many ends the claim with what there is.
    fn within_bounds(&mut self, want: Next) -> Result<Next, ClaimError> {
        let Next::Ask(request) = &want else { return Ok(want) };
        self.requests += 1;
        if self.requests <= MOST_REQUESTS {
            return Ok(want);
        }
        let host = Url::parse(&request.url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let error = ClaimError::TooManyRounds { host };
        match std::mem::replace(&mut self.stage, Stage::over(Err(error.clone()))) {
            Stage::Issuance(issuance) => issuance.give_up(error).map(Next::Done),
            _ => Err(error),
        }
    }
}

impl Conversation for Offer {
    fn next(&mut self, holder: Holder<'_>) -> Result<Turn, ClaimError> {
        let result = self.advance(holder);
        // What is over stays over, however often it is asked for.
        match &result {
            Ok(Next::Done(claimed)) => self.stage = Stage::over(Ok(claimed.clone())),
            Err(error) => self.stage = Stage::over(Err(error.clone())),
            Ok(_) => {}
        }
        result.map(Turn::Next)
    }

    fn answered(&mut self, answer: Result<ClaimAnswer, FetchFailureKind>) {
        self.answer = Some(Received(answer));
    }

    fn code(&mut self, code: &str) {
        if let Stage::Authorization(authorization) = &mut self.stage {
            authorization.code(code);
        }
    }
}
