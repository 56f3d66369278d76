//! From the token to the credentials: a nonce where one is wanted, a request for each, and what was promised for later.

use std::collections::VecDeque;

use super::configuration::Configuration;
use super::credential::{CredentialResponse, Issued, Wanted};
use super::deferred::{Deferral, Patience};
use super::discovery::Terms;
use super::endpoint::Endpoint;
use super::legacy::Shape;
use super::metadata::IssuerMetadata;
use super::notification::notification;
use super::proof::ProofForm;
use super::reading::{object, text};
use super::refusal::{Refusal, not_understood};
use super::token::Granted;
use super::{Progress, Received};
use crate::claim::{Holder, Next};
use crate::error::ClaimError;
use crate::exchange::{ClaimAnswer, ClaimRequest, Secret};
use crate::notification::{Claimed, ClaimedDocument};

/// Asking for the credentials.
pub(super) struct Issuance {
    issuer: IssuerMetadata,
    token: Secret,
    asked: Option<Asked>,
    nonce: Option<String>,
    shape: Shape,
    wanted: VecDeque<Attempt>,
    promised: VecDeque<Deferral>,
    patience: Patience,
    documents: Vec<ClaimedDocument>,
    notification_ids: Vec<String>,
    missing: Option<ClaimError>,
}

/// What was asked last.
#[derive(Clone, Copy)]
enum Asked {
    Nonce,
    Credential,
    /// A pause, after which what was promised is asked for.
    Wait,
    Deferred,
}

/// One credential and what was tried for it.
struct Attempt {
    wanted: Wanted,
    proof: Option<ProofForm>,
    nonce_renewed: bool,
    /// What was refused before the request was written in the other shape.
    reshaped: Option<ClaimError>,
}

impl Issuance {
    pub(super) fn new(terms: Terms, granted: Granted) -> Issuance {
        let Terms { issuer, wanted, refused, .. } = terms;
        // A nonce with the token and no place to get one: that is how it was until draft 13.
        let old = issuer.writes_drafts || (granted.c_nonce.is_some() && issuer.nonce_endpoint.is_none());
        Issuance {
            asked: None,
            shape: if old { Shape::Draft } else { Shape::Final },
            wanted: wanted.into_iter().flat_map(|configuration| attempts(configuration, &granted)).collect(),
            promised: VecDeque::new(),
            patience: Patience::default(),
            documents: Vec::new(),
            notification_ids: Vec::new(),
            missing: refused,
            nonce: granted.c_nonce,
            token: granted.token,
            issuer,
        }
    }

    /// What is to be done next, given the answer to what was asked before; or what came of it all.
    pub(super) fn next(
        mut self,
        answer: Option<Received>,
        holder: Holder<'_>,
    ) -> Result<Progress<Issuance, Claimed>, ClaimError> {
        match (self.asked.take(), answer) {
            (Some(Asked::Nonce), Some(answer)) => {
                if let Err(error) = self.nonce_answered(answer) {
                    return self.give_up(error).map(Progress::Ready);
                }
                Ok(self.ask_credential(holder))
            }
            (Some(Asked::Nonce), None) => Ok(self.ask_nonce_or_credential(holder)),
            (Some(Asked::Credential), Some(answer)) => {
                let endpoint = self.issuer.credential_endpoint.clone();
                match answer.from(&endpoint) {
                    Ok(answer) => self.credential_answered(&answer, &endpoint),
                    // Where nothing answers, nothing will be answered to the next request either.
                    Err(error) => return self.give_up(error).map(Progress::Ready),
                }
                self.onward(holder)
            }
            (Some(Asked::Credential), None) => Ok(self.ask_credential(holder)),
            (Some(Asked::Wait), _) => self.ask_deferred(),
            (Some(Asked::Deferred), Some(answer)) => {
                let endpoint = self.deferred_endpoint();
                match answer.from(&endpoint) {
                    Ok(answer) => self.deferred_answered(&answer, &endpoint),
                    Err(error) => return self.give_up(error).map(Progress::Ready),
                }
                self.onward(holder)
            }
            (Some(Asked::Deferred), None) => self.ask_deferred(),
            (None, _) => self.onward(holder),
        }
    }

    /// Ends it with what there is.
    ///
    /// # Errors
    /// The error, if there is nothing.
    pub(super) fn give_up(mut self, error: ClaimError) -> Result<Claimed, ClaimError> {
        self.miss(error);
        self.claimed()
    }

    fn onward(mut self, holder: Holder<'_>) -> Result<Progress<Issuance, Claimed>, ClaimError> {
        if !self.wanted.is_empty() {
            return Ok(self.ask_nonce_or_credential(holder));
        }
        while let Some(deferral) = self.promised.front() {
            if let Some(pause) = self.patience.wait(deferral) {
                self.asked = Some(Asked::Wait);
                return Ok(Progress::Want(self, Next::Wait(pause)));
            }
            let error = deferral.not_ready(self.deferred_endpoint().host());
            self.promised.pop_front();
            self.miss(error);
        }
        self.claimed().map(Progress::Ready)
    }

    fn claimed(self) -> Result<Claimed, ClaimError> {
        if self.documents.is_empty() {
            let nothing = || not_understood(&self.issuer.credential_endpoint, "the issuer has nothing to hand over");
            return Err(self.missing.unwrap_or_else(nothing));
        }
        // One decision is told of one answer; where several came, each could be decided otherwise, and none is told.
        let notification = match (&self.issuer.notification_endpoint, self.notification_ids.as_slice()) {
            (Some(endpoint), [id]) => Some(notification(endpoint, &self.token, id)),
            _ => None,
        };
        Ok(Claimed { documents: self.documents, notification, then: None, missing: self.missing })
    }

    fn ask_nonce_or_credential(mut self, holder: Holder<'_>) -> Progress<Issuance, Claimed> {
        let proves = self.wanted.front().is_some_and(|attempt| attempt.proof.is_some());
        match self.issuer.nonce_endpoint.clone() {
            Some(endpoint) if proves => {
                self.asked = Some(Asked::Nonce);
                Progress::ask(self, endpoint.post_nothing())
            }
            _ => self.ask_credential(holder),
        }
    }

    fn ask_credential(mut self, holder: Holder<'_>) -> Progress<Issuance, Claimed> {
        let request = self.credential_request(holder);
        self.asked = Some(Asked::Credential);
        Progress::ask(self, request)
    }

    fn credential_request(&self, holder: Holder<'_>) -> ClaimRequest {
        let attempt = self.wanted.front().expect("a credential is asked for while one is wanted");
        let proof = attempt.proof.map(|form| form.sign(holder, &self.issuer.issuer, self.nonce.as_deref()));
        self.issuer.credential_endpoint.post_json(&self.token, &attempt.wanted.request(self.shape, proof))
    }

    fn ask_deferred(mut self) -> Result<Progress<Issuance, Claimed>, ClaimError> {
        let Some(endpoint) = self.issuer.deferred_credential_endpoint.clone() else {
            let error = not_understood(
                &self.issuer.credential_endpoint,
                "it promises a credential and takes no request for it",
            );
            return self.give_up(error).map(Progress::Ready);
        };
        let deferral = self.promised.front().expect("a promise is asked for while there is one");
        let request = deferral.request(&endpoint, &self.token);
        self.asked = Some(Asked::Deferred);
        Ok(Progress::ask(self, request))
    }

    fn nonce_answered(&mut self, answer: Received) -> Result<(), ClaimError> {
        let endpoint = self.issuer.nonce_endpoint.clone().expect("a nonce was asked for at its endpoint");
        let answer = answer.from(&endpoint)?;
        if !answer.is_success() {
            return Err(Refusal::of(&answer, &endpoint)?.into_error(&endpoint));
        }
        let document = object(&answer.bytes);
        let nonce = document.as_ref().and_then(|document| text(document.root(), "c_nonce"));
        self.nonce =
            Some(nonce.ok_or_else(|| not_understood(&endpoint, "the nonce response has no c_nonce"))?.to_owned());
        Ok(())
    }

    fn credential_answered(&mut self, answer: &ClaimAnswer, endpoint: &Endpoint) {
        if answer.is_success() {
            match CredentialResponse::read(answer, endpoint) {
                Ok(response) => self.received(response),
                Err(error) => self.miss(error),
            }
            self.wanted.pop_front();
            return;
        }
        let error = match Refusal::of(answer, endpoint) {
            Ok(refusal) if self.tries_again(&refusal, endpoint) => return,
            Ok(refusal) => refusal.meaning(endpoint),
            Err(error) => error,
        };
        // Where both shapes were refused, the first was the likelier one and its refusal says more.
        let attempt = self.wanted.pop_front().and_then(|attempt| attempt.reshaped);
        if attempt.is_some() {
            self.shape = self.shape.other();
        }
        self.miss(attempt.unwrap_or(error));
    }

    /// Whether a refusal is met by asking otherwise, each way once: with another nonce, with a proof, in another shape.
    fn tries_again(&mut self, refusal: &Refusal, endpoint: &Endpoint) -> bool {
        let renewable = refusal.c_nonce.is_some() || self.issuer.nonce_endpoint.is_some();
        self.nonce = refusal.c_nonce.clone().or(self.nonce.take());
        let attempt = self.wanted.front_mut().expect("what is refused is still wanted");
        match refusal.error.as_str() {
            "invalid_nonce" | "invalid_proof" | "invalid_or_missing_proof" | "missing_proof"
                if attempt.proof.is_none() =>
            {
                attempt.proof = Some(ProofForm::USUAL);
                true
            }
            "invalid_nonce" if renewable && !attempt.nonce_renewed => {
                attempt.nonce_renewed = true;
                true
            }
            "invalid_proof" | "invalid_or_missing_proof" if refusal.c_nonce.is_some() && !attempt.nonce_renewed => {
                attempt.nonce_renewed = true;
                true
            }
            "invalid_credential_request"
            | "invalid_request"
            | "unsupported_credential_format"
            | "unsupported_credential_type"
            | "unknown_credential_configuration"
            | "invalid_proof"
                if attempt.reshaped.is_none() && self.documents.is_empty() && self.promised.is_empty() =>
            {
                attempt.reshaped = Some(refusal.meaning(endpoint));
                self.shape = self.shape.other();
                true
            }
            _ => false,
        }
    }

    fn deferred_answered(&mut self, answer: &ClaimAnswer, endpoint: &Endpoint) {
        let Some(mut deferral) = self.promised.pop_front() else { return };
        if answer.is_success() {
            match CredentialResponse::read(answer, endpoint) {
                Ok(response) => self.received(response),
                Err(error) => self.miss(error),
            }
            return;
        }
        match Refusal::of(answer, endpoint) {
            Ok(refusal) if refusal.error == "issuance_pending" => {
                deferral.interval = refusal.interval.or(deferral.interval);
                self.promised.push_back(deferral);
            }
            Ok(refusal) => self.miss(refusal.meaning(endpoint)),
            Err(error) => self.miss(error),
        }
    }

    fn received(&mut self, response: CredentialResponse) {
        self.nonce = response.c_nonce.or(self.nonce.take());
        match response.issued {
            Issued::Credentials(documents) => {
                self.documents.extend(documents);
                self.notification_ids.extend(response.notification_id);
            }
            Issued::Deferred { ticket, interval } => self.promised.push_back(Deferral { ticket, interval }),
        }
    }

    fn deferred_endpoint(&self) -> Endpoint {
        self.issuer.deferred_credential_endpoint.clone().unwrap_or_else(|| self.issuer.credential_endpoint.clone())
    }

    /// Notes why something is not had; the first reason is the one that is told.
    fn miss(&mut self, error: ClaimError) {
        self.missing.get_or_insert(error);
    }
}

/// What is to be asked for of a configuration: each credential that the token names, or the configuration itself.
fn attempts(configuration: Configuration, granted: &Granted) -> Vec<Attempt> {
    let proof = configuration.proof.unwrap_or_default();
    let attempt = |identifier| {
        let wanted = Wanted { configuration: configuration.clone(), identifier };
        Attempt { wanted, proof, nonce_renewed: false, reshaped: None }
    };
    match granted.identifiers_of(configuration.id.as_deref()) {
        [] => vec![attempt(None)],
        identifiers => identifiers.iter().map(|identifier| attempt(Some(identifier.clone()))).collect(),
    }
}
