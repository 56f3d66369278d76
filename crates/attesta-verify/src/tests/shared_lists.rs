//! Many credentials, one list: what was proven for one is taken for another only where everything is the same.

use super::statuses::{LIST, entry, list, own_list, with_status};
use super::*;
use crate::{LoopbackAccess, ProvenLists, verify_sharing};

fn turn(credential: &Value, answers: &Resources, policy: &Policy, now: Timestamp, lists: &ProvenLists) -> Turn {
    verify_sharing(&read(credential), answers, policy, now, lists)
}

fn answered(list: &Value) -> Resources {
    let mut resources = Resources::new();
    resources.record(LIST, fresh(list));
    resources
}

fn at_index(index: usize) -> Value {
    let mut entry = entry("revocation");
    entry["statusListIndex"] = json!(index.to_string());
    with_status(entry)
}

/// Demands that sharing changes nothing about any of these turns, in this order.
#[track_caller]
fn check_same(turns: &[(Value, Resources, Policy, Timestamp)]) {
    let lists = ProvenLists::new();
    for (number, (credential, answers, policy, now)) in turns.iter().enumerate() {
        let alone = verify(&read(credential), answers, policy, *now);
        assert_eq!(turn(credential, answers, policy, *now, &lists), alone, "turn {number}");
    }
}

#[test]
fn each_credential_gets_the_report_that_it_gets_alone() {
    let clear = answered(&own_list("revocation", &[5]));
    let other = answered(&own_list("revocation", &[6]));
    let mut broken = own_list("revocation", &[]);
    broken["credentialSubject"]["statusPurpose"] = json!("suspension");
    let policy = Policy::default();
    let elsewhere = Policy { loopback: LoopbackAccess::Allowed, ..Policy::default() };
    let mut foreign = badge(&ATTACKER.did());
    foreign["credentialStatus"] = entry("revocation");
    let foreign = secured(foreign, options(ATTACKER, Cryptosuite::EddsaRdfc2022), ATTACKER);
    let later = time("2026-06-16T12:00:00Z");
    check_same(&[
        (at_index(5), clear.clone(), policy.clone(), now()),
        (at_index(6), clear.clone(), policy.clone(), now()),
        // Another's credential at the same list.
        (foreign, clear.clone(), policy.clone(), now()),
        // Another answer at the same address.
        (at_index(6), other.clone(), policy.clone(), now()),
        (at_index(5), clear.clone(), policy.clone(), now()),
        (at_index(5), answered(&broken), policy.clone(), now()),
        (at_index(5), Resources::new(), policy.clone(), now()),
        (at_index(5), clear.clone(), elsewhere, now()),
        (at_index(5), clear, policy, later),
    ]);
}

#[test]
fn a_list_that_ends_meanwhile_is_seen_to_have_ended() {
    let mut ending = list(&ISSUER.did(), &json!("revocation"), &[]);
    ending["validUntil"] = json!("2026-06-15T18:00:00Z");
    let answers = answered(&signed(ending));
    let (policy, later) = (Policy::default(), time("2026-06-15T19:00:00Z"));
    check_same(&[(at_index(5), answers.clone(), policy.clone(), now()), (at_index(5), answers, policy, later)]);
}

#[test]
fn the_keys_that_a_list_was_proven_with_are_asked_for_each_time() {
    let method = format!("{UNI}#key-1");
    let document = |key: Party| {
        json!({
            "id": UNI,
            "verificationMethod": [
                { "id": method, "type": "Multikey", "controller": UNI, "publicKeyMultibase": key.multikey() }
            ],
            "assertionMethod": [method],
        })
    };
    let mut with = options(ISSUER, Cryptosuite::EddsaRdfc2022);
    with["verificationMethod"] = json!(method);
    let list = secured(list(UNI, &json!("revocation"), &[5]), with, ISSUER);
    let credential = at_index(5);
    let mut known = answered(&list);
    known.record(UNI, fresh(&document(ISSUER)));
    let mut replaced = answered(&list);
    replaced.record(UNI, fresh(&document(ATTACKER)));
    let policy = Policy::default();
    check_same(&[
        (credential.clone(), answered(&list), policy.clone(), now()),
        (credential.clone(), known.clone(), policy.clone(), now()),
        (credential.clone(), replaced, policy.clone(), now()),
        (credential.clone(), answered(&list), policy.clone(), now()),
        (credential, known, policy, now()),
    ]);
}
