//! The verification of a presentation: who hands the credentials over, and is it as they handed it over? The
//! credentials in it are verified each on its own, from their exact bytes.

use attesta_credential::{Contents, DigestOver, VerifiablePresentation};
use jiff::Timestamp;

use crate::authorship::{Secured, establish};
use crate::check::validity;
use crate::inquiry::{Inquiry, Pending};
use crate::policy::Policy;
use crate::problem::{Problem, ProblemCode};
use crate::report::{Check, CheckKind, Outcome, SkipReason, VerificationReport};
use crate::resources::{ResourceRequest, Resources};

/// What one call of [`verify_presentation`] comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PresentationTurn {
    /// These are needed first. Record an answer for each, a failure being one too, and call again.
    Need(Vec<ResourceRequest>),
    /// The report on the holder's proof: the checks of a credential, with the holder in the issuer's place and
    /// without status, recipient and endorsements.
    Done(Box<VerificationReport>),
}

/// Verifies the holder's proof over a presentation at the time `now`; pure as [`verify`](crate::verify) is.
pub fn verify_presentation(
    presentation: &VerifiablePresentation,
    resources: &Resources,
    policy: &Policy,
    now: Timestamp,
) -> PresentationTurn {
    let mut inquiry = Inquiry::new(resources, policy, now);
    match report_on(&mut inquiry, presentation) {
        Err(Pending) => PresentationTurn::Need(inquiry.into_needed()),
        Ok(mut report) => {
            report.resources = inquiry.used;
            PresentationTurn::Done(Box::new(report))
        }
    }
}

fn report_on(inquiry: &mut Inquiry<'_>, presentation: &VerifiablePresentation) -> Result<VerificationReport, Pending> {
    let authorship = establish(inquiry, &Secured::presentation(presentation))?;
    let validity = match authorship.spoiled() {
        Some(because) => Outcome::Skipped { because },
        None => validity::check(presentation.valid_from(), presentation.valid_until(), inquiry.now),
    };
    let check = |kind, outcome| Check { kind, outcome };
    let conformance = match authorship.conformance {
        Outcome::Pass(found) => match presentation.contents() {
            Contents::Differ(over) => contents_differ(over),
            Contents::Absent | Contents::Match => Outcome::Pass(found),
        },
        found => found,
    };
    let mut checks = vec![check(CheckKind::Conformance, conformance)];
    checks.extend(authorship.proofs.into_iter().map(|outcome| check(CheckKind::Proof, outcome)));
    checks.extend([
        check(CheckKind::Issuer, authorship.issuer),
        check(CheckKind::Validity, validity),
        check(CheckKind::Status { purpose: None }, Outcome::Absent),
        check(CheckKind::Recipient, Outcome::Absent),
        check(CheckKind::Endorsements, Outcome::Absent),
        check(CheckKind::Recognition, Outcome::Skipped { because: SkipReason::NoRegistryAsked }),
    ]);
    Ok(VerificationReport {
        credential: presentation.digest().to_owned(),
        checked_at: inquiry.now,
        checks,
        resources: Vec::new(),
        contexts: std::mem::take(&mut inquiry.contexts),
        nested: Vec::new(),
    })
}

/// A graph has no order, and a signature over it leaves open how its parts are written: the digest alone shows that
/// each note is on the credential that its holder wrote it on.
fn contents_differ(over: DigestOver) -> Outcome {
    let problem = Problem::new(ProblemCode::ContentsDiffer, []);
    Outcome::Fail(problem.at(format!("/{}", over.member())))
}
