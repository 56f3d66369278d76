//! Checks a source without keeping anything.

use std::sync::Arc;

use attesta_claim::{Link, LinkKind};
use attesta_credential::{VerifiableCredential, read_each};
use attesta_net::Budget;
use attesta_share::{Carried, ShareLink};
use attesta_store::{Origin, OriginKind};
use attesta_verify::{Verdict, judge};
use attesta_view::{CredentialView, NestedView, ReportView};

use crate::error::WalletError;
use crate::gather::{Talk, read_documents};
use crate::offer::{Discovery, Item, Matter, Offer, Received, Standing, link_error};
use crate::verify::{Copies, IMPORT_TIME, Run};
use crate::view::ErrorView;
use crate::wallet::Wallet;

/// What was found out about one credential of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// The verdict; `rejected` where there was nothing to check.
    pub verdict: String,
    /// What the credential says.
    pub credential: Option<CredentialView>,
    /// What was found out.
    pub report: Option<ReportView>,
    /// The credentials inside it, each with its own report.
    pub nested: Vec<NestedView>,
    /// Why there is neither.
    pub error: Option<ErrorView>,
}

/// The worst verdict of several; `rejected` where there is none.
pub fn worst_verdict<'v>(verdicts: impl Iterator<Item = &'v str>) -> &'static str {
    let read = |name: &str| Verdict::ALL.into_iter().find(|verdict| verdict.as_str() == name);
    verdicts.map(|name| read(name).unwrap_or(Verdict::Rejected)).min().unwrap_or(Verdict::Rejected).as_str()
}

impl Wallet {
    /// Checks a text: a link, or the credential itself. One result for each credential in it.
    pub fn examine_text(&self, text: &str) -> Vec<Examined> {
        let mut discovery = Discovery::new(self.loopback());
        discovery.pasted(text);
        self.examine(discovery.into_offer(String::new()))
    }

    /// Checks a file's bytes, those of a mail or archive included. One result for each credential in it. Links are
    /// followed only where one is all there is.
    pub fn examine_bytes(&self, name: &str, bytes: &[u8]) -> Vec<Examined> {
        let mut discovery = Discovery::new(self.loopback());
        discovery.file(name, name, &[], bytes, Standing::Given);
        self.examine(discovery.into_offer(String::new()))
    }

    fn examine(&self, offer: Offer) -> Vec<Examined> {
        let running = self.stoppable();
        let budget = Budget::new(IMPORT_TIME).with_cancel(running.cancel.clone());
        let examined = self.received(offer, &budget).and_then(|received| self.examine_received(&received, budget));
        examined.unwrap_or_else(|error| vec![Examined::rejected(&error)])
    }

    /// What there is to check: documents that are here, else what the only link leads to.
    fn received(&self, offer: Offer, budget: &Budget) -> Result<Vec<Arc<Received>>, WalletError> {
        let mut here: Vec<Arc<Received>> = Vec::new();
        let mut others: Vec<Item> = Vec::new();
        for item in offer.items {
            match &item.matter {
                Matter::Document(received) => here.push(received.clone()),
                Matter::Link(_) => others.push(item),
            }
        }
        match (here.is_empty(), others.pop()) {
            (false, _) => Ok(here),
            (true, None) => Err(offer.error.unwrap_or(WalletError::EmptyInput)),
            // A whole message: which of its links is meant, only its reader knows.
            (true, Some(_)) if !others.is_empty() => Err(WalletError::NotALink),
            (true, Some(mut only)) => self.behind(&mut only, budget),
        }
    }

    /// What a link leads to, where looking at it leaves it as it was.
    fn behind(&self, item: &mut Item, budget: &Budget) -> Result<Vec<Arc<Received>>, WalletError> {
        let link = match &item.matter {
            Matter::Link(link) => link.clone(),
            Matter::Document(received) => return Ok(vec![received.clone()]),
        };
        match &link.kind {
            LinkKind::Share => {
                let shared = match ShareLink::decode(&link.text) {
                    Ok(Carried::Plain(shared)) => shared,
                    Ok(Carried::Sealed(_)) => return Err(WalletError::PassphraseNeeded),
                    Err(_) => return Err(WalletError::ShareLinkDamaged),
                };
                let entries = read_each(&shared)?;
                let origin = Origin { kind: OriginKind::Paste, name: None, url: None };
                let carried = item.carried.clone();
                Ok(vec![Arc::new(Received { bytes: shared, media_type: None, origin, carried, entries })])
            }
            LinkKind::Web(_) | LinkKind::SharePage { .. } => match self.converse(item, None, budget, &|_| {})? {
                Talk::Done(claimed) => read_documents(item, claimed.documents),
                Talk::Question(..) => Err(claims(&link)),
            },
            LinkKind::Request(_)
            | LinkKind::Interaction(_)
            | LinkKind::Message(_)
            | LinkKind::Offer(_)
            | LinkKind::OfferAt(_) => Err(claims(&link)),
            _ => Err(link_error(&link).unwrap_or(WalletError::NotALink)),
        }
    }

    fn examine_received(&self, received: &[Arc<Received>], budget: Budget) -> Result<Vec<Examined>, WalletError> {
        let mut run = Run::new(self, Copies::WhenUnreachable, budget);
        let entries = || received.iter().flat_map(|received| &received.entries);
        let credentials: Vec<&VerifiableCredential> = entries().flatten().map(|found| &found.credential).collect();
        let mut reports = run.verify(&credentials, &self.learners_policy()?)?.into_iter();
        let results = entries().map(|entry| match entry {
            Err(unread) => Ok(Examined::rejected(&unread.error.clone().into())),
            Ok(found) => {
                let report = reports.next().ok_or(WalletError::Internal { what: "a credential without a report" })?;
                Ok(Examined {
                    verdict: judge(&report).as_str().to_owned(),
                    credential: Some(CredentialView::from_found(&run.whole(found), self.language())),
                    nested: NestedView::of(&found.credential, &report, self.language()),
                    report: Some(ReportView::from_report(&report)),
                    error: None,
                })
            }
        });
        results.collect()
    }
}

/// A claim may work only once, and then for nothing: it is left for an import.
fn claims(link: &Link) -> WalletError {
    WalletError::ClaimsWhenAsked { host: link.hosts().into_iter().next().unwrap_or_default() }
}

impl Examined {
    /// A source that there was nothing to check in.
    pub fn rejected(error: &WalletError) -> Examined {
        Examined {
            verdict: Verdict::Rejected.as_str().to_owned(),
            credential: None,
            report: None,
            nested: Vec::new(),
            error: Some(error.view()),
        }
    }
}
