//! What has been proven without any alteration, and whether an altered document is taken for more than that.

use std::collections::{BTreeSet, HashMap};

use attesta_verify::Verdict;

use crate::claim::{Claim, is_authored};

/// What the unaltered documents prove.
#[derive(Debug, Clone, Default)]
pub struct Known(HashMap<String, Proven>);

#[derive(Debug, Clone)]
struct Proven {
    best: Verdict,
    proofs: BTreeSet<String>,
    shown: BTreeSet<String>,
}

/// Why an altered document must not be taken as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Acceptance {
    /// It says what nobody signed, and is taken for signed.
    NeverSaid,
    /// It says what was signed, and is judged better.
    Better,
    /// It says what was signed, under a proof that says of itself what was not signed.
    ForeignProof,
    /// It says what was signed, and something else is shown.
    ShownOtherwise,
}

impl Acceptance {
    /// What is wrong, in a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            Acceptance::NeverSaid => "taken for signed",
            Acceptance::Better => "judged better",
            Acceptance::ForeignProof => "proof altered",
            Acceptance::ShownOtherwise => "shown otherwise",
        }
    }
}

impl Known {
    /// What these claims prove.
    pub fn of<'c>(claims: impl IntoIterator<Item = &'c Claim>) -> Self {
        let mut known = Known::default();
        for claim in claims.into_iter().filter(|claim| is_authored(claim.verdict)) {
            let proven = known.0.entry(claim.statement.clone()).or_insert_with(|| Proven {
                best: claim.verdict,
                proofs: BTreeSet::new(),
                shown: BTreeSet::new(),
            });
            proven.best = proven.best.max(claim.verdict);
            proven.proofs.extend(claim.proofs.iter().cloned());
            proven.shown.insert(claim.shown.clone());
        }
        known
    }

    /// Why a claim goes beyond what is known; `None` where it does not, or claims nothing.
    pub fn exceeded_by(&self, claim: &Claim) -> Option<Acceptance> {
        if !is_authored(claim.verdict) {
            return None;
        }
        let Some(proven) = self.0.get(&claim.statement) else { return Some(Acceptance::NeverSaid) };
        if claim.proofs.iter().any(|proof| !proven.proofs.contains(proof)) {
            return Some(Acceptance::ForeignProof);
        }
        if claim.verdict > proven.best {
            return Some(Acceptance::Better);
        }
        (!proven.shown.contains(&claim.shown)).then_some(Acceptance::ShownOtherwise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(statement: &str, verdict: Verdict, proof: &str, shown: &str) -> Claim {
        let (statement, proofs, shown) = (statement.to_owned(), vec![proof.to_owned()], shown.to_owned());
        Claim { statement, author: String::new(), shown, proofs, verdict }
    }

    #[test]
    fn only_what_was_said_and_proven_before_may_be_taken_for_it() {
        let known = Known::of(&[
            claim("a", Verdict::Expired, "p", "A"),
            claim("b", Verdict::Valid, "q", "B"),
            claim("c", Verdict::Invalid, "r", "C"),
        ]);
        let check = |claim: Claim, expected| assert_eq!(known.exceeded_by(&claim), expected, "{claim:?}");
        check(claim("a", Verdict::Expired, "p", "A"), None);
        check(claim("a", Verdict::Valid, "p", "A"), Some(Acceptance::Better));
        check(claim("a", Verdict::Revoked, "p", "A"), None);
        check(claim("a", Verdict::Expired, "q", "A"), Some(Acceptance::ForeignProof));
        check(claim("a", Verdict::Expired, "p", "B"), Some(Acceptance::ShownOtherwise));
        check(claim("c", Verdict::Valid, "r", "C"), Some(Acceptance::NeverSaid));
        check(claim("d", Verdict::Expired, "p", "A"), Some(Acceptance::NeverSaid));
        check(claim("d", Verdict::Unverifiable, "p", "A"), None);
    }
}
