//! Our side: signing what is generated, and the verdict with its reasons.

use attesta_credential::read;
use attesta_jsonld::Document;
use attesta_mutation::json::Json;
use attesta_test_support::case::{NOW, time};
use attesta_test_support::party::Party;
use attesta_test_support::signing::{CREATED, encode};
use attesta_verify::{Cryptosuite, Outcome, Policy, Resources, Turn, Verdict, judge, signing_input, verify};
use ed25519_dalek::Signer as _;

/// What we say of a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The codes of every problem, and of the error where nothing was read.
    pub problems: Vec<String>,
}

/// The verdict on a credential's JSON, with nobody to ask.
pub(crate) fn judgement(received: &[u8]) -> Judgement {
    let found = match read(received) {
        Ok(found) => found,
        Err(error) => return Judgement { verdict: Verdict::Rejected, problems: vec![error.code().to_owned()] },
    };
    let mut worst = Judgement { verdict: Verdict::Valid, problems: Vec::new() };
    for found in &found {
        let turn = verify(&found.credential, &Resources::new(), &Policy::default(), time(NOW));
        let Turn::Done(report) = turn else {
            worst.verdict = worst.verdict.min(Verdict::Unverifiable);
            worst.problems.push("asks".to_owned());
            continue;
        };
        worst.verdict = worst.verdict.min(judge(&report));
        worst.problems.extend(report.checks.iter().filter_map(|check| match &check.outcome {
            Outcome::Fail(problem) | Outcome::Inconclusive(problem) => {
                let pointer = problem.pointer.as_deref().unwrap_or_default();
                Some(format!("{} {} {pointer} {:?}", check.kind.name(), problem.code.as_str(), problem.params))
            }
            _ => None,
        }));
    }
    worst
}

/// The document with our proof; `None` where the suite can't sign it.
pub(crate) fn sign(suite: Cryptosuite, document: &Json, party: &Party) -> Option<Json> {
    let mut options = Json::object([
        ("type", Json::text("DataIntegrityProof")),
        ("cryptosuite", Json::text(suite.as_str())),
        ("created", Json::text(CREATED)),
        ("verificationMethod", Json::text(&party.method)),
        ("proofPurpose", Json::text("assertionMethod")),
    ]);
    if suite == Cryptosuite::Ed25519Signature2020 {
        options.set("type", Json::text(suite.as_str()));
        options.remove("cryptosuite");
    }
    if suite == Cryptosuite::EddsaJcs2022 {
        options.set("@context", document.get("@context")?.clone());
    }
    let parse = |json: &Json| Document::parse(json.bytes()).ok();
    let input = signing_input(parse(document)?.root(), parse(&options)?.root(), suite).ok()?;
    options.set("proofValue", Json::Text(encode(&party.key.sign(&input).to_bytes())));
    let mut signed = document.clone();
    signed.set("proof", options);
    Some(signed)
}
