//! Whatever is answered, a verification ends, asks for nothing twice and never calls a forgery valid.

use std::collections::BTreeSet;

use super::*;
use crate::{Resource, ResourceRequest};

/// A small generator of repeatable choices.
struct Choices(u64);

impl Choices {
    fn below(&mut self, bound: u64) -> u64 {
        // Knuth's MMIX constants.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn random_answer(choices: &mut Choices, request: &ResourceRequest, bodies: &[Value]) -> Answer {
    let body = &bodies[choices.below(bodies.len() as u64) as usize];
    let text = body.to_string().replace("ADDRESS", &request.url);
    let cut = choices.below(4) == 0;
    let length = if cut { choices.below(text.len() as u64) as usize } else { text.len() };
    let bytes = text.into_bytes()[..length].to_vec();
    let resource = Resource { bytes, media_type: None, fetched_at: now() };
    match choices.below(5) {
        0 => Answer::Failed(failure(FetchFailureKind::Offline)),
        1 => Answer::Stale { resource, failure: failure(FetchFailureKind::TimedOut) },
        2 => Answer::Cached(resource),
        _ => Answer::Fresh(resource),
    }
}

#[test]
fn random_answers_always_lead_to_a_report() {
    let method = format!("{UNI}#key-1");
    let status = |number: usize| {
        json!({
            "type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "5",
            "statusListCredential": format!("https://uni.example/lists/{number}")
        })
    };
    let mut document = badge(UNI);
    document["credentialStatus"] = json!([status(1), status(2), status(3)]);
    let mut with = options(ISSUER, Cryptosuite::EddsaRdfc2022);
    with["verificationMethod"] = json!(method);
    let honest = secured(document.clone(), with.clone(), ISSUER);
    let mut forged = honest.clone();
    forged["name"] = json!("Surgery");
    let mut list = json!({
        "@context": [V2],
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": UNI,
        "credentialSubject": { "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": "uH4sI" }
    });
    list = secured(list, with, ISSUER);
    let listing = json!({
        "id": "ADDRESS",
        "verificationMethod": [{
            "id": "ADDRESS#key-1", "type": "Multikey", "controller": "ADDRESS", "publicKeyMultibase": ISSUER.multikey()
        }],
        "assertionMethod": ["ADDRESS#key-1"]
    });
    let bodies = [listing.clone(), listing, list, honest.clone(), json!([]), json!({ "id": "ADDRESS" })];
    for seed in 0..200 {
        for (credential, is_forged) in [(&honest, false), (&forged, true)] {
            let mut choices = Choices(seed);
            let mut resources = Resources::new();
            let mut asked = BTreeSet::new();
            let credential = read(credential);
            let report = loop {
                match verify(&credential, &resources, &Policy::default(), now()) {
                    Turn::Done(report) => break report,
                    Turn::Need(requests) => {
                        assert!(!requests.is_empty());
                        for request in requests {
                            assert!(asked.insert(request.url.clone()), "{} was asked twice", request.url);
                            let answer = random_answer(&mut choices, &request, &bodies);
                            resources.record(request.url, answer);
                        }
                    }
                }
            };
            assert!(asked.len() <= crate::inquiry::MOST_RESOURCES);
            assert_ne!(judge(&report), Verdict::Valid, "no list was ever readable: {:#?}", lines(&report));
            assert!(!is_forged || judge(&report) <= Verdict::Unverifiable, "{:#?}", lines(&report));
            assert_eq!(report.resources.len(), asked.len());
            let Turn::Done(again) = verify(&credential, &resources, &Policy::default(), now()) else { panic!() };
            assert_eq!(again, report);
        }
    }
}
