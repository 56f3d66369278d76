//! Asks about credentials again, adds what was found to their history, and takes in newer versions that issuers have.

use std::collections::BTreeMap;
use std::sync::Arc;

use attesta_credential::{Found, VerifiableCredential, read_each};
use attesta_net::Budget;
use attesta_store::{Carried, CredentialRecord, Origin, OriginKind};
use attesta_verify::{CheckKind, FactCode, Outcome, Policy, RefreshAccess, VerificationReport, judge, refresh_address};
use attesta_view::title;

use crate::command::Refresh;
use crate::error::WalletError;
use crate::keep::{RestsOn, carry_out};
use crate::offer::{Received, Staged};
use crate::parallel::{cores, on_all_cores};
use crate::record::Reader;
use crate::verify::{Copies, REFRESH_TIME, Run};
use crate::view::{Decision, ImportOutcome, RefreshResultView, Relation};
use crate::wallet::Wallet;

/// Most credentials that are checked in one step, so that a large wallet's answers are not all held at once.
const STEP: usize = 200;

impl Wallet {
    /// Checks the records named, or all, against what their issuers say now. Each report is added to the earlier
    /// ones; none is replaced. Where an issuer has a newer version of a credential, it takes the older one's place, which
    /// stays behind it.
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
        let asking = Policy { refresh: RefreshAccess::Asked, ..policy.clone() };
        let mut results = Vec::with_capacity(records.len());
        for step in records.chunks(STEP) {
            let found = read_on_all_cores(step, &running.cancel)?;
            let credentials: Vec<&VerifiableCredential> = found.iter().map(|found| &found.credential).collect();
            let reports = run.verify(&credentials, &asking)?;
            let mut appended = self.append(step, &found, &reports, &run)?;
            for ((result, report), credential) in appended.iter_mut().zip(&reports).zip(&credentials) {
                if has_newer_version(report) {
                    result.newer = self.take_in(credential, &policy, &mut run, || !running.cancel.is_cancelled())?;
                }
            }
            results.extend(appended);
            run.make_room();
        }
        Ok(results)
    }

    fn append(
        &self,
        records: &[CredentialRecord],
        found: &[Found],
        reports: &[VerificationReport],
        run: &Run<'_>,
    ) -> Result<Vec<RefreshResultView>, WalletError> {
        let language = self.language();
        let (answers, withdrawn) = (run.worth_keeping(reports), run.withdrawn());
        let rests_on = RestsOn { answers: &answers, withdrawn: &withdrawn };
        // Before the wallet is written to, since copies in it are read for this.
        let names: Vec<String> = found.iter().map(|found| title(&run.whole(found).credential, language).text).collect();
        self.store().transaction(|within| {
            let mut results = Vec::with_capacity(records.len());
            for ((record, name), report) in records.iter().zip(names).zip(reports) {
                let before = within.reports().latest(&record.id)?;
                within.reports().append(&record.id, report, report.checked_at)?;
                let verdict = judge(report);
                let before = before.map_or(verdict, |stored| judge(&stored.report));
                results.push(RefreshResultView {
                    id: record.id.clone(),
                    name,
                    before: before.as_str().to_owned(),
                    verdict: verdict.as_str().to_owned(),
                    changed: before != verdict,
                    checked_at: report.checked_at.to_string(),
                    newer: None,
                });
            }
            rests_on.write(within)?;
            Ok(results)
        })
    }

    /// Keeps the newer version that the refresh service answered, as an import of it would: with a report of its own, for
    /// which no service is asked in turn. The identifier of its record, where it took the older one's place.
    fn take_in(
        &self,
        older: &VerifiableCredential,
        policy: &Policy,
        run: &mut Run<'_>,
        still_wanted: impl Fn() -> bool,
    ) -> Result<Option<String>, WalletError> {
        let Some(url) = refresh_address(older) else { return Ok(None) };
        let Some(answered) = run.answered(&url) else { return Ok(None) };
        let (bytes, media_type) = (answered.bytes.clone(), answered.media_type.clone());
        let entries = read_each(&bytes)?;
        let [Ok(newer)] = entries.as_slice() else { return Ok(None) };
        let report = run.verify(&[&newer.credential], policy)?.remove(0);
        let found = run.whole(newer).into_owned();
        let answers = run.worth_keeping(std::slice::from_ref(&report));
        let answers = answers.into_iter().map(|(url, it)| (url.to_owned(), Arc::new(it.clone()))).collect();
        let withdrawn = run.withdrawn().into_iter().map(str::to_owned).collect();
        let (relation, related) = self.relate(&found.credential, &report, &[])?;
        if relation != Relation::Newer {
            return Ok(None);
        }
        let origin = Origin { kind: OriginKind::Link, name: None, url: Some(url) };
        let received = Arc::new(Received { bytes, media_type, origin, carried: Carried::default(), entries });
        let (id, item) = (String::new(), String::new());
        let staged = Staged { id, item, received, found, report, answers, withdrawn, relation, related };
        let kept = self.store().transaction(|within| {
            let kept = carry_out(self, within, &staged, Decision::Replace, &BTreeMap::new())?;
            if still_wanted() { Ok(kept) } else { Err(WalletError::Cancelled) }
        })?;
        Ok(kept.id.filter(|_| kept.outcome == ImportOutcome::Updated))
    }
}

/// The credentials of records. Each core reads neighbours, which often stand in one file.
fn read_on_all_cores(records: &[CredentialRecord], cancel: &attesta_net::Cancel) -> Result<Vec<Found>, WalletError> {
    let parts: Vec<&[CredentialRecord]> = records.chunks(records.len().div_ceil(cores()).max(1)).collect();
    let read = |part: usize| -> Result<Vec<Found>, WalletError> {
        let mut reader = Reader::default();
        parts[part].iter().map(|record| reader.read(record)).collect()
    };
    let parts = on_all_cores(parts.len(), cancel, read).ok_or(WalletError::Cancelled)?;
    Ok(parts.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn has_newer_version(report: &VerificationReport) -> bool {
    let news = |outcome: &Outcome| matches!(outcome, Outcome::Pass(fact) if fact.code == FactCode::NewerVersion);
    report.outcomes(|kind| *kind == CheckKind::Refresh).any(news)
}
