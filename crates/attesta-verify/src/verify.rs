//! The verification of a credential, from the top down.

use attesta_credential::VerifiableCredential;
use jiff::Timestamp;

use crate::authorship::{Secured, establish};
use crate::check::{enclosed, endorsements, recipient, recognition, refresh, related, schema, status, validity};
use crate::inquiry::{Inquiry, Pending};
use crate::open_badges_2;
use crate::policy::Policy;
use crate::report::{Check, CheckKind, Outcome, SkipReason, VerificationReport};
use crate::resources::{ResourceRequest, Resources};
use crate::status::proven::ProvenLists;

/// What one call of [`verify`] comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// These are needed first. Record an answer for each, a failure being one too, and call again.
    Need(Vec<ResourceRequest>),
    /// The report.
    Done(Box<VerificationReport>),
}

/// How deep inside others a credential stands; 0 is alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Nesting(u8);

impl Nesting {
    /// The deepest that is verified: an endorsement in a badge in a record in a record.
    const DEEPEST: u8 = 3;

    /// Whether it stands inside another.
    pub(crate) fn is_inside(self) -> bool {
        self.0 > 0
    }

    /// The place of a credential inside one at this place, unless that is too deep.
    pub(crate) fn deeper(self) -> Option<Nesting> {
        (self.0 < Self::DEEPEST).then_some(Nesting(self.0 + 1))
    }
}

/// Verifies one credential at the time `now`.
///
/// Pure: the same arguments always give the same turn. Each turn that needs something names only addresses that
/// `resources` has no answer for, and no credential may name more than a fixed number of them, so that calling again
/// with every answer recorded comes to an end.
pub fn verify(credential: &VerifiableCredential, resources: &Resources, policy: &Policy, now: Timestamp) -> Turn {
    verify_sharing(credential, resources, policy, now, &ProvenLists::default())
}

/// Verifies one of many credentials: what [`verify`] does, with the status lists that were proven for the others taken
/// from `lists` where they rest on the very same answers, and added to it otherwise. The turn is the same as without.
pub fn verify_sharing(
    credential: &VerifiableCredential,
    resources: &Resources,
    policy: &Policy,
    now: Timestamp,
    lists: &ProvenLists,
) -> Turn {
    let mut inquiry = Inquiry::new(resources, policy, now).sharing(lists);
    match report_on(&mut inquiry, credential, Nesting(0)) {
        Err(Pending) => Turn::Need(inquiry.into_needed()),
        Ok(mut report) => {
            report.resources = inquiry.used;
            Turn::Done(Box::new(report))
        }
    }
}

/// Every check of one credential, in the order of the report. The resources stand in the outermost report.
pub(crate) fn report_on(
    inquiry: &mut Inquiry<'_>,
    credential: &VerifiableCredential,
    nesting: Nesting,
) -> Result<VerificationReport, Pending> {
    if credential.data_model().is_assertion() {
        return open_badges_2::report_on(inquiry, credential);
    }
    let outer_contexts = std::mem::take(&mut inquiry.contexts);
    let authorship = establish(inquiry, &Secured::credential(credential))?;
    let contexts = std::mem::replace(&mut inquiry.contexts, outer_contexts);
    let spoiled = authorship.spoiled();
    // Whoever did not sign this must not make us ask the addresses it names.
    let asking = match (spoiled, authorship.is_established()) {
        (Some(because), _) => Err(because),
        (None, false) => Err(SkipReason::ProofNotEstablished),
        (None, true) => Ok(()),
    };
    let unless_spoiled = |outcome: &dyn Fn() -> Outcome| match spoiled {
        Some(because) => Outcome::Skipped { because },
        None => outcome(),
    };
    let validity = unless_spoiled(&|| validity::check(credential.valid_from(), credential.valid_until(), inquiry.now));
    let recipient = unless_spoiled(&|| recipient::check(credential, &inquiry.policy.learner));
    let related = related::check(credential, spoiled);
    let schemas = schema::check(inquiry, credential, asking);
    let statuses = status::check(inquiry, credential, asking);
    let newer = refresh::check(inquiry, credential, asking, nesting);
    let inside = enclosed::check(inquiry, credential, nesting);
    let recognition = recognition::check(inquiry, credential.issuer_id(), &credential.issuer().name, asking);
    let endorsements = endorsements::check(inquiry, credential, asking, nesting);
    // All are looked at before any is given up, so that everything needed is asked for at once.
    let (statuses, newer, schemas, inside, recognition) = (statuses?, newer?, schemas?, inside?, recognition?);
    let (endorsements, endorsing) = endorsements?;
    let mut nested = inside.reports;
    nested.extend(endorsing);

    let check = |kind, outcome| Check { kind, outcome };
    let mut checks = Vec::with_capacity(9);
    checks.push(check(CheckKind::Conformance, authorship.conformance));
    checks.extend(authorship.proofs.into_iter().map(|outcome| check(CheckKind::Proof, outcome)));
    checks.push(check(CheckKind::Issuer, authorship.issuer));
    checks.push(check(CheckKind::Validity, validity));
    checks.extend(statuses);
    checks.extend(newer.into_iter().map(|outcome| check(CheckKind::Refresh, outcome)));
    checks.extend(schemas.into_iter().map(|outcome| check(CheckKind::Schema, outcome)));
    checks.extend(related.map(|outcome| check(CheckKind::Related, outcome)));
    checks.push(check(CheckKind::Recipient, recipient));
    checks.extend(inside.outcome.map(|outcome| check(CheckKind::Enclosed, outcome)));
    checks.push(check(CheckKind::Endorsements, endorsements));
    checks.push(check(CheckKind::Recognition, recognition));
    Ok(VerificationReport {
        credential: credential.digest().to_owned(),
        checked_at: inquiry.now,
        checks,
        resources: Vec::new(),
        contexts,
        nested,
    })
}
