//! From an offer to all that must be known before its code is used: who issues, who grants tokens, what can be had.

use std::collections::VecDeque;

use url::Url;

use super::configuration::Configuration;
use super::credential_offer::CredentialOffer;
use super::endpoint::{Endpoint, Identifier};
use super::metadata::{IssuerMetadata, ServerMetadata};
use super::refusal::{not_understood, status};
use super::{Progress, Received};
use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;

/// Most authorization servers of one issuer that are looked at.
const MOST_SERVERS: usize = 3;

/// All that is known of an offer before its code is used.
#[derive(Debug)]
pub(super) struct Terms {
    /// The offer.
    pub(super) offer: CredentialOffer,
    /// What the issuer says of itself.
    pub(super) issuer: IssuerMetadata,
    /// Where the token is asked for.
    pub(super) token_endpoint: Endpoint,
    /// What will be asked for; never empty.
    pub(super) wanted: Vec<Configuration>,
    /// Why something else that is offered can't be had.
    pub(super) refused: Option<ClaimError>,
}

/// Finding out.
pub(super) struct Discovery {
    looking: Looking,
}

enum Looking {
    /// For the offer, at its address.
    Offer(Endpoint),
    /// For the issuer's metadata.
    Issuer(Box<CredentialOffer>, Places),
    /// For the metadata of one of the authorization servers.
    Server(Box<ForServer>),
}

struct ForServer {
    offer: CredentialOffer,
    issuer: IssuerMetadata,
    wanted: Vec<Configuration>,
    refused: Option<ClaimError>,
    server: Identifier,
    places: Places,
    others: VecDeque<Identifier>,
    /// A token endpoint whose server does not say which grants it knows.
    silent: Option<Endpoint>,
}

/// Where a document may lie, and why it was not found where we looked.
struct Places {
    here: Endpoint,
    next: VecDeque<Endpoint>,
    failure: Option<ClaimError>,
}

impl Discovery {
    /// For an offer that is at hand.
    pub(super) fn of(offer: CredentialOffer) -> Discovery {
        let places = Places::new(offer.issuer.inserted_then_appended("openid-credential-issuer"));
        Discovery { looking: Looking::Issuer(Box::new(offer), places) }
    }

    /// For an offer that lies at an address.
    pub(super) fn at(url: &Url) -> Discovery {
        Discovery { looking: Looking::Offer(Endpoint::of_link(url)) }
    }

    /// What to ask next, given the answer to what was asked before; or all that is to be known.
    pub(super) fn next(self, answer: Option<Received>) -> Result<Progress<Discovery, Terms>, ClaimError> {
        let asked = |looking: Looking, request| Ok(Progress::ask(Discovery { looking }, request));
        match (self.looking, answer) {
            (Looking::Offer(place), None) => {
                let request = place.get();
                asked(Looking::Offer(place), request)
            }
            (Looking::Offer(place), Some(answer)) => {
                let answer = answer.from(&place)?;
                if matches!(answer.status, 404 | 410) {
                    return Err(ClaimError::Expired { host: place.host() });
                }
                if !answer.is_success() {
                    return Err(status(&answer, &place));
                }
                Discovery::of(CredentialOffer::read(&answer.bytes, &place.host())?).next(None)
            }
            (Looking::Issuer(offer, places), None) => {
                let request = places.here.get();
                asked(Looking::Issuer(offer, places), request)
            }
            (Looking::Issuer(offer, places), Some(answer)) => {
                let answer = answer.from(&places.here)?;
                match found(&answer, &places.here, |bytes| IssuerMetadata::read(bytes, &offer.issuer, &places.here)) {
                    Ok(issuer) => Discovery::for_server(*offer, issuer, &places.here)?.next(None),
                    Err(error) => Discovery { looking: Looking::Issuer(offer, places.after(error)?) }.next(None),
                }
            }
            (Looking::Server(looking), None) => {
                let request = looking.places.here.get();
                asked(Looking::Server(looking), request)
            }
            (Looking::Server(looking), Some(answer)) => looking.answered(answer),
        }
    }

    fn for_server(offer: CredentialOffer, issuer: IssuerMetadata, place: &Endpoint) -> Result<Discovery, ClaimError> {
        let (wanted, refused) = issuer.wanted(&offer, place)?;
        let mut others: VecDeque<Identifier> =
            issuer.authorization_servers.iter().take(MOST_SERVERS).cloned().collect();
        if let Some(named) = &offer.grant.authorization_server {
            let named = issuer.authorization_servers.iter().find(|server| server.text() == named);
            let what = "the offer names an authorization server that is not the issuer's";
            let named = named.ok_or_else(|| ClaimError::NotUnderstood { host: place.host(), what })?;
            others = VecDeque::from([named.clone()]);
        }
        let server = others.pop_front().unwrap_or_else(|| issuer.issuer.clone());
        let places = places_of(&server);
        let looking = ForServer { offer, issuer, wanted, refused, server, places, others, silent: None };
        Ok(Discovery { looking: Looking::Server(Box::new(looking)) })
    }
}

impl ForServer {
    fn answered(mut self: Box<Self>, answer: Received) -> Result<Progress<Discovery, Terms>, ClaimError> {
        let answer = answer.from(&self.places.here)?;
        let error = match found(&answer, &self.places.here, |bytes| {
            ServerMetadata::read(bytes, &self.server, &self.places.here)
        }) {
            Ok(known) if known.names_the_grant || (self.others.is_empty() && self.silent.is_none()) => {
                return Ok(Progress::Ready(self.terms(known.token_endpoint)));
            }
            Ok(known) => {
                self.silent.get_or_insert(known.token_endpoint);
                None
            }
            Err(error) => Some(error),
        };
        match error {
            Some(error) if !self.places.next.is_empty() => self.places = self.places.after(error)?,
            error => {
                let failure = self.places.failure.take().or(error);
                if let Some(server) = self.others.pop_front() {
                    self.places = places_of(&server);
                    self.server = server;
                } else if let Some(endpoint) = self.silent.take().or_else(|| self.issuer.token_endpoint.clone()) {
                    return Ok(Progress::Ready(self.terms(endpoint)));
                } else {
                    return Err(failure.unwrap_or_else(|| status(&answer, &self.places.here)));
                }
            }
        }
        Discovery { looking: Looking::Server(self) }.next(None)
    }

    fn terms(self, token_endpoint: Endpoint) -> Terms {
        let ForServer { offer, issuer, wanted, refused, .. } = self;
        Terms { offer, issuer, token_endpoint, wanted, refused }
    }
}

impl Places {
    fn new(places: Vec<Endpoint>) -> Places {
        let mut next = VecDeque::from(places);
        let here = next.pop_front().expect("an identifier has a place for each document");
        Places { here, next, failure: None }
    }

    /// The next place, or the first failure where there is none.
    fn after(mut self, error: ClaimError) -> Result<Places, ClaimError> {
        let failure = self.failure.take().unwrap_or(error);
        let here = self.next.pop_front().ok_or_else(|| failure.clone())?;
        Ok(Places { here, next: self.next, failure: Some(failure) })
    }
}

/// Where a server's metadata may lie: as [RFC 8414](https://www.rfc-editor.org/rfc/rfc8414#section-3) has it, as OpenID
/// Connect has it, and appended to the path, as some do.
fn places_of(server: &Identifier) -> Places {
    let mut places = vec![server.inserted("oauth-authorization-server"), server.appended("openid-configuration")];
    let appended = server.appended("oauth-authorization-server");
    places.extend(Some(appended).filter(|appended| *appended != places[0]));
    Places::new(places)
}

fn found<T>(
    answer: &ClaimAnswer,
    place: &Endpoint,
    read: impl FnOnce(&[u8]) -> Result<T, ClaimError>,
) -> Result<T, ClaimError> {
    match answer.is_success() {
        // Many sites redirect to wherever a link tells them, and whoever wrote the offer chose the path: the learner
        // would be asked for a code, and told to trust what comes, in the name of a host that says nothing of it.
        true if !place.is_at_home(&answer.final_url) => Err(not_understood(place, "its metadata lies at another host")),
        true => read(&answer.bytes),
        false => Err(status(answer, place)),
    }
}
