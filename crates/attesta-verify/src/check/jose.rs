//! A credential secured as a JSON Web Signature: is it intact, and whose key signed it?

use attesta_credential::CompactJws;

use crate::authorship::{Authorship, Secured};
use crate::check::conformance;
use crate::did::shorten;
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Problem, ProblemCode};
use crate::report::{Outcome, SkipReason};

/// Checks form, signature and issuer.
pub(crate) fn establish(
    _inquiry: &mut Inquiry<'_>,
    secured: &Secured<'_>,
    jws: &CompactJws,
) -> Result<Authorship, Pending> {
    let algorithm = jws.header_text("alg").unwrap_or_default();
    let problem = Problem::new(ProblemCode::UnsupportedSuite, [("suite", shorten(algorithm))]);
    Ok(Authorship {
        conformance: conformance::check(secured, &[]).outcome(),
        proofs: vec![Outcome::Inconclusive(problem)],
        issuer: Outcome::Skipped { because: SkipReason::ProofNotEstablished },
    })
}
