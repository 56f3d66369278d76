//! Checks a source without keeping anything.

use attesta_credential::{VerifiableCredential, read_each};
use attesta_net::Budget;
use attesta_store::{Origin, OriginKind};
use attesta_verify::{Verdict, judge};
use attesta_view::{CredentialView, NestedView, ReportView};

use crate::error::WalletError;
use crate::import::router::{Recognised, recognise, trim};
use crate::import::{Received, claim};
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
        let running = self.stoppable();
        let budget = Budget::new(IMPORT_TIME).with_cancel(running.cancel.clone());
        let received = match recognise(text, self.loopback()) {
            Recognised::Link(link) => claim::claim(self, &link, &budget, &|_| {}),
            Recognised::Credential { .. } => read(trim(text).as_bytes().to_vec()),
            Recognised::ShareLink => {
                attesta_share::ShareLink::decode(text).map_err(|_| WalletError::ShareLinkDamaged).and_then(read)
            }
            Recognised::Nothing(error) => Err(error),
        };
        self.examine(received, budget)
    }

    /// Checks a file's bytes. One result for each credential in it.
    pub fn examine_bytes(&self, bytes: Vec<u8>) -> Vec<Examined> {
        let running = self.stoppable();
        let budget = Budget::new(IMPORT_TIME).with_cancel(running.cancel.clone());
        self.examine(read(bytes), budget)
    }

    fn examine(&self, received: Result<Received, WalletError>, budget: Budget) -> Vec<Examined> {
        let examined = received.and_then(|received| {
            let mut run = Run::new(self, Copies::WhenUnreachable, budget);
            let credentials: Vec<&VerifiableCredential> =
                received.entries.iter().flatten().map(|found| &found.credential).collect();
            let mut reports = run.verify(&credentials, &self.learners_policy()?)?.into_iter();
            let results = received.entries.iter().map(|entry| match entry {
                Err(unread) => Ok(Examined::rejected(&unread.error.clone().into())),
                Ok(found) => {
                    let report =
                        reports.next().ok_or(WalletError::Internal { what: "a credential without a report" })?;
                    Ok(Examined {
                        verdict: judge(&report).as_str().to_owned(),
                        credential: Some(CredentialView::from_found(&run.whole(found), self.language())),
                        nested: NestedView::of(&found.credential, &report, self.language()),
                        report: Some(ReportView::from_report(&report)),
                        error: None,
                    })
                }
            });
            results.collect::<Result<Vec<_>, WalletError>>()
        });
        examined.unwrap_or_else(|error| vec![Examined::rejected(&error)])
    }
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

fn read(bytes: Vec<u8>) -> Result<Received, WalletError> {
    if bytes.is_empty() {
        return Err(WalletError::EmptyInput);
    }
    let entries = read_each(&bytes)?;
    let origin = Origin { kind: OriginKind::File, name: None, url: None };
    Ok(Received { bytes, media_type: None, origin, entries })
}
