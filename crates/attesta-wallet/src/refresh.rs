//! Asks about credentials again and adds what was found to their history.

use attesta_credential::{Found, VerifiableCredential};
use attesta_net::Budget;
use attesta_store::CredentialRecord;
use attesta_verify::{VerificationReport, judge};
use attesta_view::title;

use crate::command::Refresh;
use crate::error::WalletError;
use crate::record::Reader;
use crate::verify::{Copies, REFRESH_TIME, Run};
use crate::view::RefreshResultView;
use crate::wallet::Wallet;

/// Most credentials that are checked in one step, so that a large wallet's answers are not all held at once.
const STEP: usize = 200;

impl Wallet {
    /// Checks the records named, or all, against what their issuers say now. Each report is added to the earlier
    /// ones; none is replaced.
    ///
    /// # Errors
    /// [`WalletError::NotFound`] for a record that is not there, before anybody is asked; [`WalletError::Cancelled`];
    /// those of the disk.
    pub fn refresh(&self, request: &Refresh) -> Result<Vec<RefreshResultView>, WalletError> {
        let running = self.stoppable();
        let records = match request.ids.as_slice() {
            [] => self.store().credentials().list()?,
            ids => ids.iter().map(|id| self.record(id)).collect::<Result<_, _>>()?,
        };
        let budget = Budget::new(REFRESH_TIME).with_cancel(running.cancel.clone());
        let mut run = Run::new(self, Copies::WhenUnreachable, budget);
        let policy = self.learners_policy()?;
        let mut reader = Reader::default();
        let mut results = Vec::with_capacity(records.len());
        for step in records.chunks(STEP) {
            let found: Vec<Found> = step.iter().map(|record| reader.read(record)).collect::<Result<_, _>>()?;
            let credentials: Vec<&VerifiableCredential> = found.iter().map(|found| &found.credential).collect();
            let reports = run.verify(&credentials, &policy)?;
            results.extend(self.append(step, &credentials, &reports, &run)?);
        }
        Ok(results)
    }

    fn append(
        &self,
        records: &[CredentialRecord],
        credentials: &[&VerifiableCredential],
        reports: &[VerificationReport],
        run: &Run<'_>,
    ) -> Result<Vec<RefreshResultView>, WalletError> {
        let language = self.language();
        let answers = run.worth_keeping(reports);
        self.store().transaction(|within| {
            let mut results = Vec::with_capacity(records.len());
            for ((record, credential), report) in records.iter().zip(credentials).zip(reports) {
                let before = within.reports().latest(&record.id)?;
                within.reports().append(&record.id, report, report.checked_at)?;
                let verdict = judge(report);
                let before = before.map_or(verdict, |stored| judge(&stored.report));
                results.push(RefreshResultView {
                    id: record.id.clone(),
                    name: title(credential, language).text,
                    before: before.as_str().to_owned(),
                    verdict: verdict.as_str().to_owned(),
                    changed: before != verdict,
                    checked_at: report.checked_at.to_string(),
                });
            }
            for (url, resource) in answers {
                within.resources().put(url, resource)?;
            }
            Ok(results)
        })
    }
}
