//! Checks what came and says how it stands to what is kept.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use attesta_credential::{Found, VerifiableCredential};
use attesta_store::{CredentialRecord, Credentials, StoreError};
use attesta_verify::{CheckKind, Outcome, Resource, VerificationReport, is_later, is_same, judge};
use attesta_view::{CredentialView, NestedView, ReportView, title};

use crate::error::WalletError;
use crate::gather::tell;
use crate::offer::{Finding, Offer, Received, Related, Staged};
use crate::picture::{PictureSize, picture_counted};
use crate::record::{canonical_digest, comparable, read};
use crate::verify::Run;
use crate::view::{CredentialReference, ImportProgress, ImportStep, Relation, StagedView};
use crate::wallet::Wallet;

/// Most versions of one credential that follow each other; a damaged file might lead in a circle.
const VERSIONS: usize = 1_000;

/// Most pixels that are decoded for what is shown together: several hundred ordinary badges, in both sizes. A file of a
/// few KiB may hold as many as 16 million.
pub(crate) const DRAWN_PIXELS: u64 = 400_000_000;

/// A credential that came and is not known yet.
struct Pending {
    /// Which of those that came it belongs to.
    item: usize,
    id: String,
    received: Arc<Received>,
    entry: usize,
}

impl Wallet {
    /// Checks what came for each item and stages it. Where this is stopped, the offer is as it was.
    pub(crate) fn stage(
        &self,
        offer: &mut Offer,
        came: &[(usize, Arc<Received>)],
        run: &mut Run<'_>,
        progress: &dyn Fn(ImportProgress),
    ) -> Result<(), WalletError> {
        if came.is_empty() {
            return Ok(());
        }
        tell(progress, ImportStep::Found, None);
        let mut counted = offer.counted;
        let mut findings: Vec<(usize, Finding)> = Vec::new();
        let mut staged: Vec<Staged> = Vec::new();
        let mut pending: Vec<Pending> = Vec::new();
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for known in &offer.staged {
            note(&mut seen, &known.found.credential, &known.id);
        }
        for (item, received) in came {
            for (entry, found) in received.entries.iter().enumerate() {
                let finding = match found {
                    Err(unread) => Finding::Unread(unread.error.clone().into()),
                    Ok(found) => match repeated(&seen, &found.credential) {
                        Some(id) => Finding::Repeats(id),
                        None => {
                            counted += 1;
                            let id = format!("staged-{counted}");
                            note(&mut seen, &found.credential, &id);
                            // What is here already needs no host to be asked again.
                            match self.known(offer, *item, &id, received, found)? {
                                Some(known) => staged.push(known),
                                None => {
                                    let (id, received) = (id.clone(), received.clone());
                                    pending.push(Pending { item: *item, id, received, entry });
                                }
                            }
                            Finding::Staged(id)
                        }
                    },
                };
                findings.push((*item, finding));
            }
        }
        if !pending.is_empty() {
            tell(progress, ImportStep::Check, None);
            self.check(offer, &pending, run, &mut staged)?;
        }
        for (item, finding) in findings {
            offer.items[item].findings.push(finding);
        }
        offer.counted = counted;
        offer.staged.extend(staged);
        Ok(())
    }

    fn check(
        &self,
        offer: &Offer,
        pending: &[Pending],
        run: &mut Run<'_>,
        staged: &mut Vec<Staged>,
    ) -> Result<(), WalletError> {
        let entries: Vec<&Found> =
            pending.iter().filter_map(|one| one.received.entries[one.entry].as_ref().ok()).collect();
        let credentials: Vec<&VerifiableCredential> = entries.iter().map(|found| &found.credential).collect();
        let reports = run.verify(&credentials, &self.learners_policy()?)?;
        let withdrawn: BTreeSet<String> = run.withdrawn().into_iter().map(str::to_owned).collect();
        let mut shared: BTreeMap<String, Arc<Resource>> = BTreeMap::new();
        for ((one, found), report) in pending.iter().zip(entries).zip(reports) {
            let found = run.whole(found).into_owned();
            let kept = run.worth_keeping(std::slice::from_ref(&report));
            let answers = kept.into_iter().map(|(url, resource)| {
                let shared = shared.entry(url.to_owned()).or_insert_with(|| Arc::new(resource.clone()));
                (url.to_owned(), shared.clone())
            });
            let answers = answers.collect();
            let used = report.resources.iter().map(|used| used.url.clone());
            let withdrawn = used.filter(|url| withdrawn.contains(url)).collect();
            let beside: Vec<&Staged> = offer.staged.iter().chain(staged.iter()).collect();
            let (relation, related) = self.relate(&found.credential, &report, &beside)?;
            staged.push(Staged {
                id: one.id.clone(),
                item: offer.items[one.item].id.clone(),
                received: one.received.clone(),
                found,
                report,
                answers,
                withdrawn,
                relation,
                related,
            });
        }
        Ok(())
    }

    /// One that is in the wallet already, with its last report.
    fn known(
        &self,
        offer: &Offer,
        item: usize,
        id: &str,
        received: &Arc<Received>,
        found: &Found,
    ) -> Result<Option<Staged>, WalletError> {
        let Some(same) = find_same(self.store().credentials(), &found.credential)? else { return Ok(None) };
        let Some(last) = self.store().reports().latest(&same.id)? else { return Ok(None) };
        Ok(Some(Staged {
            id: id.to_owned(),
            item: offer.items[item].id.clone(),
            received: received.clone(),
            found: self.whole(found).into_owned(),
            report: last.report,
            answers: Vec::new(),
            withdrawn: Vec::new(),
            relation: Relation::Duplicate,
            related: Some(Related::Record(same.id)),
        }))
    }

    /// How a credential stands to those that are kept and to those that came before it. That it is newer needs its
    /// issuer's own word: without it anybody could push a genuine credential aside with a forged one, and so could a
    /// forged one that is kept keep a genuine one out.
    pub(crate) fn relate(
        &self,
        credential: &VerifiableCredential,
        report: &VerificationReport,
        beside: &[&Staged],
    ) -> Result<(Relation, Option<Related>), WalletError> {
        let Some(id) = credential.id() else { return Ok((Relation::New, None)) };
        let is_newer = |older: &VerifiableCredential| is_the_issuers(report) && is_later(older, credential);
        let mut alike: Option<Related> = None;
        let kept = self.store().credentials().find_by_identity(&comparable(credential.issuer_id()), &comparable(id))?;
        for record in kept {
            let there = read(&record)?;
            let there = &self.whole(&there).credential;
            if !is_same(credential, there) {
                continue;
            }
            if is_newer(there) {
                return Ok((Relation::Newer, Some(Related::Record(record.id))));
            }
            let last = self.store().reports().latest(&record.id)?;
            if is_later(credential, there) && last.is_some_and(|last| is_the_issuers(&last.report)) {
                return Ok((Relation::Older, Some(Related::Record(record.id))));
            }
            alike.get_or_insert(Related::Record(record.id));
        }
        for other in beside.iter().filter(|other| is_same(credential, &other.found.credential)) {
            let there = &other.found.credential;
            if is_newer(there) {
                return Ok((Relation::Newer, Some(Related::Staged(other.id.clone()))));
            }
            if is_later(credential, there) && is_the_issuers(&other.report) {
                return Ok((Relation::Older, Some(Related::Staged(other.id.clone()))));
            }
            alike.get_or_insert(Related::Staged(other.id.clone()));
        }
        Ok(match alike {
            Some(related) => (Relation::SameAward, Some(related)),
            None => (Relation::New, None),
        })
    }

    /// What the learner sees of a staged credential.
    /// `drawn` counts the pixels of all pictures that are shown together.
    pub(crate) fn staged_view(&self, offer: &Offer, staged: &Staged, drawn: &Cell<u64>) -> StagedView {
        let language = self.language();
        let received = &staged.received.bytes;
        let found = self.whole(&staged.found);
        let view = CredentialView::from_found(&found, language);
        let picture = |size| match drawn.get() < DRAWN_PIXELS {
            true => self.picture(&view.digest, size, || picture_counted(&found, received, size, drawn)),
            // It is not remembered as one without a picture, and shown where it is looked at by itself.
            false => None,
        };
        let (picture, image) = (picture(PictureSize::Row), picture(PictureSize::Whole));
        let credential = CredentialView { image, ..view };
        StagedView {
            id: staged.id.clone(),
            item: staged.item.clone(),
            verdict: judge(&staged.report).as_str().to_owned(),
            relation: staged.relation,
            related: staged.related.as_ref().and_then(|related| self.reference(offer, related)),
            suggested: staged.suggested(),
            picture,
            report: ReportView::from_report(&staged.report),
            nested: NestedView::of(&staged.found.credential, &staged.report, language),
            credential,
        }
    }

    fn reference(&self, offer: &Offer, related: &Related) -> Option<CredentialReference> {
        let reference = |id: &str, found: &Found, report: &VerificationReport| CredentialReference {
            id: id.to_owned(),
            name: title(&found.credential, self.language()).text,
            verdict: judge(report).as_str().to_owned(),
        };
        match related {
            Related::Record(id) => {
                let found = read(&self.record(id).ok()?).ok()?;
                let last = self.store().reports().latest(id).ok()??;
                Some(reference(id, &self.whole(&found), &last.report))
            }
            Related::Staged(id) => {
                let other = offer.staged.iter().find(|other| other.id == *id)?;
                Some(reference(id, &other.found, &other.report))
            }
        }
    }
}

/// The record that holds this very credential, in whatever spacing or container; the newest where it was superseded.
pub(crate) fn find_same(
    credentials: Credentials<'_>,
    credential: &VerifiableCredential,
) -> Result<Option<CredentialRecord>, StoreError> {
    let mut same = credentials.find_by_digest(credential.digest())?;
    if same.is_none()
        && let Some(digest) = canonical_digest(credential)
    {
        same = credentials.find_by_canonical_digest(&digest)?;
    }
    same.map(|record| current_of(credentials, record)).transpose()
}

/// The newest version of a record.
pub(crate) fn current_of(
    credentials: Credentials<'_>,
    record: CredentialRecord,
) -> Result<CredentialRecord, StoreError> {
    let mut current = record;
    for _ in 0..VERSIONS {
        let Some(newer) = &current.superseded_by else { break };
        match credentials.get(newer)? {
            Some(record) => current = record,
            None => break,
        }
    }
    Ok(current)
}

/// Whether conformance, proof and issuer each hold: each one that was checked must, and one that was not is no word of
/// the issuer's.
pub(crate) fn is_the_issuers(report: &VerificationReport) -> bool {
    let passes = |kind: CheckKind| {
        let mut outcomes = report.outcomes(|of| *of == kind).peekable();
        outcomes.peek().is_some()
            && outcomes.all(|outcome| matches!(outcome, Outcome::Pass(_) | Outcome::Skipped { .. }))
            && report.outcomes(|of| *of == kind).any(|outcome| matches!(outcome, Outcome::Pass(_)))
    };
    passes(CheckKind::Conformance) && passes(CheckKind::Proof) && passes(CheckKind::Issuer)
}

fn note(seen: &mut BTreeMap<String, String>, credential: &VerifiableCredential, id: &str) {
    for digest in [Some(credential.digest().to_owned()), canonical_digest(credential)].into_iter().flatten() {
        seen.entry(digest).or_insert_with(|| id.to_owned());
    }
}

fn repeated(seen: &BTreeMap<String, String>, credential: &VerifiableCredential) -> Option<String> {
    let canonical = || canonical_digest(credential).and_then(|digest| seen.get(&digest));
    seen.get(credential.digest()).or_else(canonical).cloned()
}
