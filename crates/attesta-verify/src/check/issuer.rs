//! Does a key that signed belong to the issuer it names?

use crate::check::proof::{Signer, SignerPlace, is_about_time};
use crate::did::shorten;
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::{Outcome, SkipReason};

/// Compares the identifier that the document names with those whose keys signed it.
pub(crate) fn check(issuer: &str, signers: &[&Signer], proofs: &[&Outcome]) -> Outcome {
    if proofs.iter().any(|outcome| matches!(outcome, Outcome::Fail(_)) && !is_about_time(outcome)) {
        return Outcome::Skipped { because: SkipReason::ProofFailed };
    }
    if let Some(own) = signers.iter().find(|signer| signer.controller == issuer) {
        let mut fact = Fact::new(FactCode::IssuerIsKey, [("issuer", shorten(issuer))]);
        if let SignerPlace::Web { host, as_of } = &own.place {
            fact.code = FactCode::IssuerListsKey;
            fact.params.insert("host".to_owned(), host.clone());
            fact.params.insert("as_of".to_owned(), as_of.to_string());
        }
        return Outcome::Pass(fact);
    }
    // A proof that could not be checked may be the issuer's own.
    let unknown = proofs.iter().any(|outcome| matches!(outcome, Outcome::Inconclusive(_)));
    let Some(other) = signers.first().filter(|_| !unknown) else {
        return Outcome::Skipped { because: SkipReason::ProofNotEstablished };
    };
    let params = [("issuer", shorten(issuer)), ("controller", shorten(&other.controller))];
    let forged = issuer.starts_with("did:") || signers.iter().any(|signer| !signer.controller.starts_with("did:"));
    if forged {
        Outcome::Fail(Problem::new(ProblemCode::KeyOfAnother, params))
    } else {
        Outcome::Inconclusive(Problem::new(ProblemCode::SignerNotTiedToIssuer, params))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELD: Outcome = Outcome::Absent;

    fn signer(controller: &str) -> Signer {
        let place = match controller.starts_with("did:key:") {
            true => SignerPlace::Identifier,
            false => SignerPlace::Web { host: "uni.example".to_owned(), as_of: jiff::Timestamp::UNIX_EPOCH },
        };
        Signer { controller: controller.to_owned(), place }
    }

    #[track_caller]
    fn check_code(issuer: &str, signers: &[&str], expected: &str) {
        let signers: Vec<Signer> = signers.iter().map(|controller| signer(controller)).collect();
        let shown = match check(issuer, &signers.iter().collect::<Vec<_>>(), &[&HELD]) {
            Outcome::Pass(fact) => format!("pass {}", fact.code.as_str()),
            Outcome::Fail(problem) => format!("fail {}", problem.code.as_str()),
            Outcome::Inconclusive(problem) => format!("inconclusive {}", problem.code.as_str()),
            Outcome::Skipped { because } => format!("skipped {because:?}"),
            Outcome::Absent => "absent".to_owned(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_issuers_own_key_ties_it() {
        check_code("did:key:z6Mk", &["did:key:z6Mk"], "pass issuer_is_key");
        check_code("did:web:uni.example", &["did:web:uni.example"], "pass issuer_lists_key");
        check_code("https://uni.example/1", &["https://uni.example/1"], "pass issuer_lists_key");
        check_code("did:web:uni.example", &["did:key:z6Mk", "did:web:uni.example"], "pass issuer_lists_key");
    }

    #[test]
    fn the_key_of_another_is_a_forgery() {
        check_code("did:web:uni.example", &["did:key:z6Mk"], "fail key_of_another");
        check_code("did:key:z6Mk", &["did:key:z6Mj"], "fail key_of_another");
        check_code("https://uni.example/1", &["https://uni.example/2"], "fail key_of_another");
        check_code("https://uni.example/1", &["https://uni.example/1/"], "fail key_of_another");
    }

    #[test]
    fn a_did_does_not_prove_a_web_address() {
        check_code("https://uni.example/1", &["did:key:z6Mk"], "inconclusive signer_not_tied_to_issuer");
        check_code("urn:uuid:1", &["did:key:z6Mk"], "inconclusive signer_not_tied_to_issuer");
        check_code("https://uni.example", &["did:web:uni.example"], "inconclusive signer_not_tied_to_issuer");
        check_code("", &["did:key:z6Mk"], "inconclusive signer_not_tied_to_issuer");
    }

    #[test]
    fn without_a_signature_that_holds_it_is_not_asked() {
        check_code("did:key:z6Mk", &[], "skipped ProofNotEstablished");
    }

    #[test]
    fn a_proof_that_could_not_be_checked_may_be_the_issuers() {
        let unknown = Outcome::Inconclusive(Problem::new(ProblemCode::KeyUnreachable, []));
        let (own, other) = (signer("did:key:z6Mk"), signer("did:key:z6Mj"));
        let skipped = Outcome::Skipped { because: SkipReason::ProofNotEstablished };
        assert_eq!(check("did:key:z6Mk", &[&other], &[&HELD, &unknown]), skipped);
        let found = check("did:key:z6Mk", &[&other, &own], &[&HELD, &unknown, &HELD]);
        assert!(matches!(found, Outcome::Pass(_)), "{found:?}");
    }
}
