//! Who made a secured document, and whether it is as they made it: conformance, proofs and issuer in one pass.
//!
//! Credentials, presentations and status lists all go through here.

use attesta_credential::{Nonconformity, ProofEntry, Securing, VerifiableCredential, VerifiablePresentation};
use attesta_jsonld::Value;

use crate::check::proof::{ProofFinding, Signer};
use crate::check::{conformance, issuer, jose, proof};
use crate::controlled_identifier::Relationship;
use crate::data_integrity::{self, ParsedProof};
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Problem, ProblemCode};
use crate::report::{Outcome, SkipReason};

/// A document with proofs, and who it says made it.
pub(crate) struct Secured<'d> {
    pub(crate) root: &'d Value<'d>,
    pub(crate) securing: &'d Securing,
    pub(crate) proofs: Vec<ProofEntry<'d>>,
    pub(crate) nonconformities: &'d [Nonconformity],
    pub(crate) purposes: &'static [Relationship],
    pub(crate) author: &'d str,
}

impl<'d> Secured<'d> {
    pub(crate) fn credential(credential: &'d VerifiableCredential) -> Self {
        Secured {
            root: credential.root(),
            securing: credential.securing(),
            proofs: credential.proofs(),
            nonconformities: credential.nonconformities(),
            purposes: &[Relationship::AssertionMethod],
            author: credential.issuer_id(),
        }
    }

    pub(crate) fn presentation(presentation: &'d VerifiablePresentation) -> Self {
        Secured {
            root: presentation.root(),
            securing: presentation.securing(),
            proofs: presentation.proofs(),
            nonconformities: presentation.nonconformities(),
            purposes: &[Relationship::Authentication, Relationship::AssertionMethod],
            author: presentation.holder().unwrap_or_default(),
        }
    }
}

/// What was found out about a document's authorship.
pub(crate) struct Authorship {
    pub(crate) conformance: Outcome,
    /// One per proof; one in all where there is none.
    pub(crate) proofs: Vec<Outcome>,
    pub(crate) issuer: Outcome,
}

impl Authorship {
    /// Whether the named author is shown to have signed exactly this.
    pub(crate) fn is_established(&self) -> bool {
        let passes = |outcome: &Outcome| matches!(outcome, Outcome::Pass(_));
        passes(&self.conformance)
            && passes(&self.issuer)
            && self.proofs.iter().any(passes)
            && self.proofs.iter().all(|outcome| matches!(outcome, Outcome::Pass(_) | Outcome::Skipped { .. }))
    }

    /// Why nothing further can be said about what the document states, where that is so.
    pub(crate) fn spoiled(&self) -> Option<SkipReason> {
        if !matches!(self.conformance, Outcome::Pass(_))
            && self.proofs.iter().all(|outcome| matches!(outcome, Outcome::Skipped { .. }))
        {
            return Some(SkipReason::ConformanceFailed);
        }
        let failed = |outcome: &Outcome| matches!(outcome, Outcome::Fail(_)) && !proof::is_about_time(outcome);
        self.proofs.iter().any(failed).then_some(SkipReason::ProofFailed)
    }

    pub(crate) fn unread(conformance: Outcome, proofs: usize) -> Self {
        let skipped = || Outcome::Skipped { because: SkipReason::ConformanceFailed };
        Authorship { conformance, proofs: (0..proofs.max(1)).map(|_| skipped()).collect(), issuer: skipped() }
    }
}

/// The most proofs that one document may have us check: far above any real set, and a bound on the work.
const MOST_PROOFS: usize = 16;

/// Checks form, proofs and issuer.
pub(crate) fn establish(inquiry: &mut Inquiry<'_>, secured: &Secured<'_>) -> Result<Authorship, Pending> {
    match secured.securing {
        Securing::Embedded => establish_embedded(inquiry, secured),
        Securing::Jws(jws) => jose::establish(inquiry, secured, jws, None),
        Securing::SdJwt(sd_jwt) => jose::establish(inquiry, secured, sd_jwt.issuer_signed(), Some(sd_jwt)),
    }
}

/// A document that carries its proofs, or none.
fn establish_embedded(inquiry: &mut Inquiry<'_>, secured: &Secured<'_>) -> Result<Authorship, Pending> {
    if secured.proofs.len() > MOST_PROOFS {
        let problem = Problem::new(ProblemCode::TooManyResources, [("limit", MOST_PROOFS.to_string())]);
        return Ok(Authorship {
            conformance: conformance::check(secured, &[]).outcome(),
            proofs: vec![Outcome::Inconclusive(problem.at("/proof"))],
            issuer: Outcome::Skipped { because: SkipReason::ProofNotEstablished },
        });
    }
    let parsed: Vec<ParsedProof<'_>> = secured
        .proofs
        .iter()
        .map(|entry| data_integrity::parse(entry.value, &entry.pointer, secured.purposes))
        .collect();
    let mut form = conformance::check(secured, &parsed);
    if form.stops() {
        return Ok(Authorship::unread(form.outcome(), parsed.len()));
    }
    if parsed.is_empty() {
        return Ok(Authorship {
            conformance: form.outcome(),
            proofs: vec![Outcome::Inconclusive(Problem::new(ProblemCode::NoProof, []))],
            issuer: Outcome::Skipped { because: SkipReason::ProofNotEstablished },
        });
    }
    let findings = proof::check(inquiry, secured, parsed, form.graph.as_mut())?;
    let signers: Vec<&Signer> = findings.iter().filter_map(|finding| finding.signer.as_ref()).collect();
    let proofs: Vec<&Outcome> = findings.iter().map(|finding| &finding.outcome).collect();
    let issuer = issuer::check(secured.author, &signers, &proofs);
    let proofs = findings.into_iter().map(|ProofFinding { outcome, .. }| outcome).collect();
    Ok(Authorship { conformance: form.outcome(), proofs, issuer })
}
