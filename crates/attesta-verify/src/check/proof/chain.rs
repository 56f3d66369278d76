//! Proofs that follow others: [proof chains](https://www.w3.org/TR/vc-data-integrity/#proof-chains).

use attesta_credential::ProofEntry;

use super::{ProofFinding, is_about_time};
use crate::data_integrity::{ParsedProof, Proof, id_of};
use crate::did::shorten;
use crate::problem::{Problem, ProblemCode};
use crate::report::Outcome;

/// Which proofs of a document follow which.
pub(super) struct ProofChain {
    /// For each proof the positions of those that it names as its predecessors.
    previous: Vec<Vec<usize>>,
}

impl ProofChain {
    pub(super) fn of(entries: &[ProofEntry<'_>], parsed: &[ParsedProof<'_>]) -> Self {
        let positions = |id: &str| {
            let mut named = entries.iter().enumerate().filter(|(_, entry)| id_of(entry.value) == Some(id));
            std::iter::from_fn(move || named.next().map(|(position, _)| position)).collect::<Vec<_>>()
        };
        let previous = parsed.iter().map(|proof| match proof {
            ParsedProof::Supported(proof) => proof.previous.iter().flat_map(|id| positions(id)).collect(),
            _ => Vec::new(),
        });
        ProofChain { previous: previous.collect() }
    }

    /// What is wrong with the place of a proof in its chain, whatever its signature.
    pub(super) fn fault(
        &self,
        position: usize,
        proof: &Proof<'_>,
        entries: &[ProofEntry<'_>],
        parsed: &[ParsedProof<'_>],
    ) -> Option<Outcome> {
        let problem = |code, id: &str| {
            let problem = Problem::new(code, [("previous", shorten(id))]);
            problem.at(format!("{}/previousProof", proof.pointer))
        };
        for id in &proof.previous {
            let named = entries.iter().filter(|entry| id_of(entry.value) == Some(id)).count();
            match named {
                0 => return Some(Outcome::Fail(problem(ProblemCode::PreviousProofMissing, id))),
                1 => {}
                _ => return Some(Outcome::Fail(problem(ProblemCode::AmbiguousProofChain, id))),
            }
        }
        let first = proof.previous.first()?;
        if self.leads_back(position) {
            return Some(Outcome::Fail(problem(ProblemCode::AmbiguousProofChain, first)));
        }
        let unread = |position: &&usize| !matches!(parsed[**position], ParsedProof::Supported(_));
        let unread = self.previous[position].iter().find(unread)?;
        let id = id_of(entries[*unread].value).unwrap_or_default();
        Some(Outcome::Inconclusive(problem(ProblemCode::PreviousProofNotVerified, id)))
    }

    /// Whether a proof follows itself.
    fn leads_back(&self, position: usize) -> bool {
        let mut seen = vec![false; self.previous.len()];
        let mut ahead = self.previous[position].clone();
        while let Some(next) = ahead.pop() {
            if next == position {
                return true;
            }
            if !std::mem::replace(&mut seen[next], true) {
                ahead.extend(&self.previous[next]);
            }
        }
        false
    }

    /// A proof counts only where those before it do; one that does not takes those after it along.
    pub(super) fn settle(&self, entries: &[ProofEntry<'_>], findings: &mut [ProofFinding]) {
        let counts =
            |finding: &ProofFinding| matches!(finding.outcome, Outcome::Pass(_)) || is_about_time(&finding.outcome);
        // Each round settles one link more.
        for _ in 0..findings.len() {
            let mut settled = true;
            for position in 0..findings.len() {
                let failing = self.previous[position].iter().find(|previous| !counts(&findings[**previous]));
                if let Some(failing) = failing.filter(|_| counts(&findings[position])) {
                    let id = id_of(entries[*failing].value).unwrap_or_default();
                    let problem = Problem::new(ProblemCode::PreviousProofNotVerified, [("previous", shorten(id))]);
                    let problem = problem.at(format!("{}/previousProof", entries[position].pointer));
                    findings[position] = ProofFinding { outcome: Outcome::Inconclusive(problem), signer: None };
                    settled = false;
                }
            }
            if settled {
                return;
            }
        }
    }
}
