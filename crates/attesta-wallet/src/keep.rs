//! Writes one checked credential with its report and the answers that this rests on, as the learner decided.

use std::collections::BTreeMap;

use attesta_credential::Found;
use attesta_store::{Carried, CredentialRecord, NewCredential, StoreError, Transaction};
use attesta_verify::{Resource, is_later};
use attesta_view::title;

use crate::error::WalletError;
use crate::gather::{current_of, find_same, is_the_issuers};
use crate::offer::{Received, Related, Staged};
use crate::record::{canonical_digest, comparable, read, search_text};
use crate::view::{Decision, ImportOutcome, Relation};
use crate::wallet::Wallet;

/// A file of several credentials is kept whole for each of them as long as the copies stay below this; beyond it each
/// keeps its own exact bytes alone, or a file of a thousand would be stored a thousand times.
const COPIES_BYTES: usize = 16 << 20;

/// What became of one credential.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) outcome: ImportOutcome,
    /// The record that holds it.
    pub(crate) id: Option<String>,
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

/// Carries out a decision on a staged credential. `placed` says which record holds each one that was kept of the same
/// offer.
pub(crate) fn carry_out(
    wallet: &Wallet,
    within: &Transaction<'_>,
    staged: &Staged,
    decision: Decision,
    placed: &BTreeMap<String, String>,
) -> Result<Kept, WalletError> {
    let credentials = within.credentials();
    // Asked again here, since another window or process may have kept it meanwhile.
    let same = find_same(credentials, &staged.found.credential)?;
    if decision == Decision::Decline && (same.is_none() || staged.relation != Relation::Duplicate) {
        return Ok(Kept { outcome: ImportOutcome::Declined, id: None });
    }
    if let Some(same) = same {
        return Ok(Kept { outcome: ImportOutcome::Duplicate, id: Some(same.id) });
    }
    let new = new_record(wallet, &staged.received, &staged.found)?;
    let id = new.record.id.clone();
    credentials.insert(&new)?;
    if staged.received.carried != Carried::default() {
        within.carriers().put(&id, &staged.received.carried)?;
    }
    within.reports().append(&id, &staged.report, staged.report.checked_at)?;
    let answers: Vec<(&str, &Resource)> = staged.answers.iter().map(|(url, it)| (url.as_str(), it.as_ref())).collect();
    let withdrawn: Vec<&str> = staged.withdrawn.iter().map(String::as_str).collect();
    RestsOn { answers: &answers, withdrawn: &withdrawn }.write(within)?;
    let replaced = match (&staged.related, decision) {
        (Some(Related::Record(id)), Decision::Replace) => Some(id.as_str()),
        (Some(Related::Staged(id)), Decision::Replace) => placed.get(id).map(String::as_str),
        _ => None,
    };
    // One that was removed meanwhile has no place to be taken.
    let replaced = replaced.map(|id| credentials.get(id)).transpose()?.flatten();
    let place = replaced.map(|record| place(wallet, within, staged, record)).transpose()?.flatten();
    let outcome = match place {
        Some(record) => {
            credentials.supersede(&record.id, &id)?;
            ImportOutcome::Updated
        }
        None => ImportOutcome::Imported,
    };
    Ok(Kept { outcome, id: Some(id) })
}

/// The record whose place a staged credential takes. None for a newer version that was kept since it was staged, and for
/// one of the issuer's own where nothing shows that the staged one is the issuer's too: it is then kept beside it.
fn place(
    wallet: &Wallet,
    within: &Transaction<'_>,
    staged: &Staged,
    replaced: CredentialRecord,
) -> Result<Option<CredentialRecord>, WalletError> {
    let seen = replaced.id.clone();
    let current = current_of(within.credentials(), replaced)?;
    let genuine = within.reports().latest(&current.id)?.is_some_and(|last| is_the_issuers(&last.report));
    if genuine && !is_the_issuers(&staged.report) {
        return Ok(None);
    }
    // What the learner saw was decided on knowingly, what came since was not.
    let there = read(&current)?;
    let overtaken =
        current.id != seen && genuine && is_later(&staged.found.credential, &wallet.whole(&there).credential);
    Ok((!overtaken).then_some(current))
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
