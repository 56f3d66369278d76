//! Decides what becomes of each checked credential and writes all of it at once.

use attesta_credential::{Found, VerifiableCredential};
use attesta_store::{CredentialRecord, NewCredential, StoreError, Transaction};
use attesta_verify::{CheckKind, Outcome, Resource, VerificationReport, is_later, is_same, judge};
use attesta_view::title;

use crate::error::WalletError;
use crate::import::Received;
use crate::record::{self, canonical_digest, comparable, search_text};
use crate::view::ImportOutcome;
use crate::wallet::Wallet;

/// A file of several credentials is kept whole for each of them as long as the copies stay below this; beyond it each
/// keeps its own exact bytes alone, or a file of a thousand would be stored a thousand times.
const COPIES_BYTES: usize = 16 << 20;

/// What became of one credential.
pub(crate) struct Kept {
    pub(crate) outcome: ImportOutcome,
    pub(crate) id: String,
    pub(crate) verdict: String,
}

/// What the reports rest on.
pub(crate) struct RestsOn<'r> {
    /// The answers worth keeping.
    pub(crate) answers: &'r [(&'r str, &'r Resource)],
    /// The addresses whose earlier answers must not be kept any longer.
    pub(crate) withdrawn: &'r [&'r str],
}

impl RestsOn<'_> {
    /// Writes what is worth keeping and removes what is not.
    pub(crate) fn write(&self, within: &Transaction<'_>) -> Result<(), StoreError> {
        for (url, resource) in self.answers {
            within.resources().put(url, resource)?;
        }
        self.withdrawn.iter().try_for_each(|url| within.resources().remove(url))
    }
}

/// The record that holds this very credential, in whatever spacing or container; the newest where it was superseded.
pub(crate) fn find_same(
    within: &Transaction<'_>,
    credential: &VerifiableCredential,
) -> Result<Option<CredentialRecord>, StoreError> {
    let credentials = within.credentials();
    let mut same = credentials.find_by_digest(credential.digest())?;
    if same.is_none()
        && let Some(digest) = canonical_digest(credential)
    {
        same = credentials.find_by_canonical_digest(&digest)?;
    }
    // A chain of versions never leads back, but a damaged file might.
    let mut steps = 0;
    while let Some(newer) = same.as_ref().and_then(|record| record.superseded_by.clone()) {
        match credentials.get(&newer)? {
            Some(record) if steps < 1_000 => same = Some(record),
            _ => break,
        }
        steps += 1;
    }
    Ok(same)
}

/// Writes checked credentials with their reports and the answers that these rest on: all of it or nothing.
pub(crate) fn keep(
    wallet: &Wallet,
    received: &Received,
    checked: &[(&Found, VerificationReport)],
    rests_on: &RestsOn<'_>,
    still_wanted: impl Fn() -> bool,
) -> Result<Vec<Kept>, WalletError> {
    wallet.store().transaction(|within| {
        let mut kept = Vec::with_capacity(checked.len());
        for (found, report) in checked {
            kept.push(keep_one(wallet, within, received, found, report)?);
        }
        rests_on.write(within)?;
        if still_wanted() { Ok(kept) } else { Err(WalletError::Cancelled) }
    })
}

fn keep_one(
    wallet: &Wallet,
    within: &Transaction<'_>,
    received: &Received,
    found: &Found,
    report: &VerificationReport,
) -> Result<Kept, WalletError> {
    let verdict = judge(report).as_str().to_owned();
    if let Some(same) = find_same(within, &found.credential)? {
        return Ok(Kept { outcome: ImportOutcome::Duplicate, id: same.id, verdict });
    }
    let older = older_version(within, &found.credential, report)?;
    let new = new_record(wallet, received, found)?;
    let id = new.record.id.clone();
    within.credentials().insert(&new)?;
    within.reports().append(&id, report, report.checked_at)?;
    let outcome = match older {
        Some(older) => {
            within.credentials().supersede(&older.id, &id)?;
            ImportOutcome::Updated
        }
        None => ImportOutcome::Imported,
    };
    Ok(Kept { outcome, id, verdict })
}

/// The current record of which this credential is a newer version by the issuer's own word: the same identifiers, a
/// date that is newer and none that is older, and a signature that is the issuer's. Without that word anybody could
/// push a genuine credential aside with a forged one.
fn older_version(
    within: &Transaction<'_>,
    credential: &VerifiableCredential,
    report: &VerificationReport,
) -> Result<Option<CredentialRecord>, WalletError> {
    let Some(id) = credential.id().filter(|_| is_the_issuers(report)) else { return Ok(None) };
    let candidates = within.credentials().find_by_identity(&comparable(credential.issuer_id()), &comparable(id))?;
    for candidate in candidates {
        let copies = |url: &str| Some(within.resources().get(url).ok()??.bytes);
        let older = record::read(&candidate)?;
        let older = &record::whole(&older, &copies).credential;
        if is_same(credential, older) && is_later(older, credential) {
            return Ok(Some(candidate));
        }
    }
    Ok(None)
}

fn is_the_issuers(report: &VerificationReport) -> bool {
    let passes = |kind: CheckKind| {
        let mut outcomes = report.outcomes(|of| *of == kind).peekable();
        // Each one that was checked must hold; one that was not is no word of the issuer's.
        outcomes.peek().is_some()
            && outcomes.all(|outcome| matches!(outcome, Outcome::Pass(_) | Outcome::Skipped { .. }))
            && report.outcomes(|of| *of == kind).any(|outcome| matches!(outcome, Outcome::Pass(_)))
    };
    passes(CheckKind::Conformance) && passes(CheckKind::Proof) && passes(CheckKind::Issuer)
}

fn new_record(wallet: &Wallet, received: &Received, found: &Found) -> Result<NewCredential, WalletError> {
    let credential = &found.credential;
    let whole = received.entries.len() * received.bytes.len() <= COPIES_BYTES || received.entries.len() == 1;
    let (bytes, pointer) = match whole {
        true => (received.bytes.clone(), found.pointer.clone()),
        false => (credential.bytes().to_vec(), String::new()),
    };
    let record = CredentialRecord {
        id: wallet.new_id()?,
        digest: credential.digest().to_owned(),
        canonical_digest: canonical_digest(credential),
        received: bytes,
        pointer,
        media_type: received.media_type.clone(),
        origin: received.origin.clone(),
        received_at: wallet.now(),
        issuer_id: comparable(credential.issuer_id()),
        credential_id: credential.id().map(comparable),
        title: title(credential, wallet.default_language()).text,
        superseded_by: None,
    };
    Ok(NewCredential { record, search: search_text(credential) })
}
