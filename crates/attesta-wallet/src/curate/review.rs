//! What to know before a bundle is shared. It stops nobody, and asks nobody.

use std::collections::BTreeMap;

use attesta_verify::{CheckKind, Outcome, ProblemCode, Verdict, judge};
use jiff::{SignedDuration, Timestamp};

use crate::command::ById;
use crate::curate::standing::{ends, report_at};
use crate::error::WalletError;
use crate::record::Reader;
use crate::settings;
use crate::view::{BundleReviewView, ConcernView};
use crate::wallet::Wallet;

/// How long a check is fresh, and how soon an end is worth a word.
const DAYS_30: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The codes of concerns, beside the names of verdicts.
#[cfg(test)]
pub(crate) const CONCERNS: [&str; 3] = [NOT_ABOUT_ME, ENDS_SOON, OLD_CHECK];
const NOT_ABOUT_ME: &str = "not_about_me";
const ENDS_SOON: &str = "ends_soon";
const OLD_CHECK: &str = "old_check";

impl Wallet {
    /// What there is to know of a bundle's credentials before it is shared, from their last reports held against today.
    ///
    /// # Errors
    /// [`WalletError::BundleNotFound`], and those of the disk.
    pub fn review_bundle(&self, request: &ById) -> Result<BundleReviewView, WalletError> {
        let bundle = self.bundle(&request.id)?;
        let now = self.now();
        // Without any, whatever names an address would seem to be about somebody else.
        let knows_addresses = !settings::emails(self)?.is_empty();
        let mut reader = Reader::default();
        let (mut concerns, mut oldest) = (Vec::new(), None::<Timestamp>);
        for record in self.members(&bundle)? {
            let found = reader.read(&record)?;
            let found = self.whole(&found);
            let mut put = |code: &str, params: &[(&str, Timestamp)]| {
                let params = params.iter().map(|(name, time)| ((*name).to_owned(), time.to_string()));
                concerns.push(ConcernView {
                    credential: Some(record.id.clone()),
                    title: record.title.clone(),
                    code: code.to_owned(),
                    params: params.collect::<BTreeMap<_, _>>(),
                });
            };
            let Some(last) = self.store().reports().latest(&record.id)? else {
                put(Verdict::Unverifiable.as_str(), &[]);
                continue;
            };
            oldest = Some(oldest.map_or(last.checked_at, |oldest| oldest.min(last.checked_at)));
            let report = report_at(&last.report, &found.credential, now);
            let (verdict, end) = (judge(&report), ends(&found.credential));
            match (verdict, end) {
                (Verdict::Valid, _) => {}
                (Verdict::Expired, Some(end)) => put(verdict.as_str(), &[("until", end)]),
                _ => put(verdict.as_str(), &[]),
            }
            let mut about = report.outcomes(|kind| *kind == CheckKind::Recipient);
            if knows_addresses && about.any(names_another) {
                put(NOT_ABOUT_ME, &[]);
            }
            if let Some(end) = end.filter(|end| *end >= now && end.duration_since(now) <= DAYS_30) {
                put(ENDS_SOON, &[("until", end)]);
            }
            if now.duration_since(last.checked_at) > DAYS_30 {
                put(OLD_CHECK, &[("when", last.checked_at)]);
            }
        }
        Ok(BundleReviewView { concerns, checked_at: oldest.map(|oldest| oldest.to_string()) })
    }
}

/// Whether a credential names somebody, and none of the learner's addresses and keys.
fn names_another(recipient: &Outcome) -> bool {
    match recipient {
        Outcome::Fail(_) => true,
        Outcome::Inconclusive(problem) => problem.code == ProblemCode::RecipientNotMatched,
        Outcome::Pass(_) | Outcome::Absent | Outcome::Skipped { .. } => false,
    }
}
