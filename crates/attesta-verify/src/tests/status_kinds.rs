//! Entries of several bits, lists with a time to live, and the kinds of list before Bitstring Status List.

use super::statuses::{LIST, bits, entry, list, own_list, with_status};
use super::*;

const LIST_2021: &str = "https://w3id.org/vc/status-list/2021/v1";
const V1: &str = "https://www.w3.org/2018/credentials/v1";
const DATA_INTEGRITY: &str = "https://w3id.org/security/data-integrity/v2";
const AT: &str = "/credentialStatus";

/// The outcome of the only status entry.
fn outcome(credential: &Value, answer: Answer) -> Outcome {
    let report = report_with(credential, &[(LIST, answer)], &Policy::default());
    report.checks.into_iter().find(|check| check.kind.name() == "status").unwrap().outcome
}

/// An entry for messages of `size` bits at index 5.
fn message_entry(size: u32) -> Value {
    let mut entry = entry("message");
    entry["statusSize"] = json!(size);
    let message = |value: u32| json!({ "status": format!("{value:#x}"), "message": format!("means {value}") });
    entry["statusMessage"] = (0..1_u32 << size).map(message).collect();
    entry["statusReference"] = json!("https://uni.example/words");
    entry
}

/// The list with entries of `size` bits of which number 5 has this value.
fn list_of_size(size: usize, value: usize) -> Value {
    let set: Vec<usize> =
        (0..size).filter(|bit| value >> (size - 1 - bit) & 1 == 1).map(|bit| 5 * size + bit).collect();
    let mut list = list(&ISSUER.did(), &json!("message"), &[]);
    list["credentialSubject"]["encodedList"] = json!(bits(&set, (16 << 10) * size));
    signed(list)
}

#[test]
fn an_entry_of_several_bits_has_the_words_of_its_value() {
    for (size, value) in [(1, 1), (2, 2), (3, 5), (3, 7), (5, 21), (8, 200)] {
        let credential = with_status(message_entry(size));
        let Outcome::Pass(fact) = outcome(&credential, fresh(&list_of_size(size as usize, value))) else {
            panic!("{size} bits");
        };
        assert_eq!(fact.code.as_str(), "status_notice", "{size} bits");
        assert_eq!(fact.params["value"], format!("{value:#x}"));
        assert_eq!(fact.params["message"], format!("means {value}"));
        assert_eq!(fact.params["reference"], "https://uni.example/words");
        assert_eq!(
            (fact.params["host"].as_str(), fact.params["as_of"].as_str()),
            ("uni.example", "2026-06-15T11:00:00Z")
        );
        check_with(
            &credential,
            &[(LIST, fresh(&list_of_size(size as usize, 0)))],
            Verdict::Valid,
            "status pass status_clear",
        );
    }
    let short = with_status(message_entry(3));
    let list = own_list("message", &[]);
    check_with(
        &short,
        &[(LIST, fresh(&list))],
        Verdict::StatusUnknown,
        &format!("status inconclusive status_list_too_short {AT}"),
    );
}

#[test]
fn a_wide_revocation_entry_revokes_whatever_its_value_but_0() {
    for value in 0..8 {
        let mut entry = message_entry(3);
        entry["statusPurpose"] = json!("revocation");
        let mut list = list_of_size(3, value);
        list.as_object_mut().unwrap().remove("proof");
        list["credentialSubject"]["statusPurpose"] = json!("revocation");
        let verdict = if value == 0 { Verdict::Valid } else { Verdict::Revoked };
        let report = report_with(&with_status(entry), &[(LIST, fresh(&signed(list)))], &Policy::default());
        assert_eq!(judge(&report), verdict, "{value}");
    }
}

#[test]
fn messages_that_do_not_fit_the_size_are_malformed() {
    let line = format!("status inconclusive status_entry_malformed {AT}/statusMessage");
    let spoil: [&dyn Fn(&mut Value); 4] = [
        &|messages| *messages = json!([messages[0]]),
        &|messages| messages[2] = json!("0x2"),
        &|messages| messages[2] = json!({ "status": "0x2" }),
        &|messages| messages[2] = json!({ "status": "2", "message": "two" }),
    ];
    for spoil in spoil {
        let mut entry = message_entry(2);
        spoil(&mut entry["statusMessage"]);
        let report = report_with(&with_status(entry.clone()), &[], &Policy::default());
        assert!(lines(&report).contains(&line), "{entry}");
    }
}

#[test]
fn the_purpose_is_compared_before_the_bits_are_expanded() {
    let mut list = list(&ISSUER.did(), &json!("suspension"), &[]);
    list["credentialSubject"]["encodedList"] = json!("uH4sI");
    let line = format!("status inconclusive status_purpose_mismatch {AT}");
    check_with(&with_status(entry("revocation")), &[(LIST, fresh(&signed(list)))], Verdict::StatusUnknown, &line);
}

#[test]
fn a_purpose_that_is_no_text_spoils_the_list() {
    let line = format!("status inconclusive status_list_malformed {AT}");
    for purpose in [json!(["revocation", true]), json!([]), json!(7)] {
        let list = signed(list(&ISSUER.did(), &purpose, &[]));
        let report = report_with(&with_status(entry("revocation")), &[(LIST, fresh(&list))], &Policy::default());
        assert_ne!(judge(&report), Verdict::Valid, "{purpose}");
        let found = lines(&report);
        // Data that no reader agrees on does not get as far as the list's own rules.
        let unproven = line.replace("malformed", "not_proven");
        assert!(found.contains(&line) || found.contains(&unproven), "{purpose}: {found:#?}");
    }
}

#[test]
fn a_kept_copy_counts_for_its_time_to_live_and_no_longer() {
    let with_ttl = |ttl: Value, set: &[usize]| {
        let mut list = list(&ISSUER.did(), &json!("revocation"), set);
        list["credentialSubject"]["ttl"] = ttl;
        signed(list)
    };
    let cached = |list: &Value, at: &str| Answer::Cached(Resource { fetched_at: time(at), ..resource(list) });
    let credential = with_status(entry("revocation"));
    let hour = || with_ttl(json!(3_600_000), &[]);
    let unknown = format!("status inconclusive status_unreachable {AT}");
    let clear = "status pass status_clear";
    // The time to live is in milliseconds; now is 12:00.
    check_with(&credential, &[(LIST, cached(&hour(), "2026-06-15T11:00:00Z"))], Verdict::Valid, clear);
    check_with(&credential, &[(LIST, cached(&hour(), "2026-06-15T10:59:59Z"))], Verdict::StatusUnknown, &unknown);
    check_with(&credential, &[(LIST, cached(&hour(), "2026-06-15T12:00:01Z"))], Verdict::StatusUnknown, &unknown);
    // It says nothing about an answer of now, and makes no revocation undone.
    check_with(&credential, &[(LIST, fresh(&with_ttl(json!(1), &[])))], Verdict::Valid, clear);
    let revoked = cached(&with_ttl(json!(1), &[5]), "2026-06-14T12:00:00Z");
    check_with(&credential, &[(LIST, revoked)], Verdict::Revoked, &format!("status fail revoked {AT}"));
    // It does not outlive the list's own end.
    let mut ended = list(&ISSUER.did(), &json!("revocation"), &[]);
    ended["credentialSubject"]["ttl"] = json!(86_400_000);
    ended["validUntil"] = json!("2026-06-15T11:30:00Z");
    let line = format!("status inconclusive status_list_expired {AT}");
    check_with(&credential, &[(LIST, cached(&signed(ended), "2026-06-15T11:00:00Z"))], Verdict::StatusUnknown, &line);
    let Outcome::Inconclusive(problem) = outcome(&credential, cached(&hour(), "2026-06-15T08:00:00Z")) else {
        panic!()
    };
    let said = ["failure", "last_known", "as_of", "host"].map(|name| problem.params[name].as_str());
    assert_eq!(said, ["offline", "clear", "2026-06-15T08:00:00Z", "uni.example"]);
}

#[test]
fn a_time_to_live_that_is_no_number_of_milliseconds_spoils_the_list() {
    for ttl in [json!(-1), json!("3600000"), json!(1.5)] {
        let mut list = list(&ISSUER.did(), &json!("revocation"), &[]);
        list["credentialSubject"]["ttl"] = ttl.clone();
        let list = secured(list, options(ISSUER, Cryptosuite::EddsaJcs2022), ISSUER);
        let line = format!("status inconclusive status_list_malformed {AT}");
        check_with(&with_status(entry("revocation")), &[(LIST, fresh(&list))], Verdict::StatusUnknown, &line);
    }
}

/// A credential of VCDM 1.1 with an entry of 2021, and its list.
fn of_2021(set: &[usize], change: impl Fn(&mut Value)) -> (Value, Value) {
    let mut entry = entry("revocation");
    entry["type"] = json!("StatusList2021Entry");
    let document = |types: &[&str], subject: Value| {
        json!({
            "@context": [V1, LIST_2021, DATA_INTEGRITY],
            "type": types,
            "issuer": ISSUER.did(),
            "issuanceDate": "2026-01-01T00:00:00Z",
            "credentialSubject": subject,
        })
    };
    let mut credential = document(&["VerifiableCredential"], json!({ "id": LEARNER.did() }));
    credential["credentialStatus"] = entry;
    let subject = json!({
        "id": format!("{LIST}#list"),
        "type": "StatusList2021",
        "statusPurpose": "revocation",
        "encodedList": &bits(set, 16 << 10)[1..],
    });
    let mut list = document(&["VerifiableCredential", "StatusList2021Credential"], subject);
    list["id"] = json!(LIST);
    change(&mut list);
    (signed(credential), signed(list))
}

#[test]
fn a_list_of_2021_is_read_by_its_own_encoding() {
    #[track_caller]
    fn check_2021(set: &[usize], change: impl Fn(&mut Value), verdict: Verdict, line: &str) {
        let (credential, list) = of_2021(set, change);
        check_with(&credential, &[(LIST, fresh(&list))], verdict, line);
    }
    let open = |code: &str| format!("status inconclusive {code} {AT}");
    check_2021(&[], |_| {}, Verdict::Valid, "status pass status_clear");
    check_2021(&[5], |_| {}, Verdict::Revoked, &format!("status fail revoked {AT}"));
    let short = |list: &mut Value| list["credentialSubject"]["encodedList"] = json!(&bits(&[5], 12_500)[1..]);
    check_2021(&[], short, Verdict::Revoked, &format!("status fail revoked {AT}"));
    let suspension = |list: &mut Value| list["credentialSubject"]["statusPurpose"] = json!("suspension");
    check_2021(&[], suspension, Verdict::StatusUnknown, &open("status_purpose_mismatch"));
    let prefixed = |list: &mut Value| list["credentialSubject"]["encodedList"] = json!(bits(&[], 16 << 10));
    check_2021(&[], prefixed, Verdict::StatusUnknown, &open("status_list_malformed"));
    let renamed = |list: &mut Value| list["type"] = json!(["VerifiableCredential"]);
    check_2021(&[], renamed, Verdict::StatusUnknown, &open("status_list_malformed"));
}

#[test]
fn a_list_of_2020_has_one_purpose_and_names_of_its_own() {
    let mut credential = badge(&ISSUER.did());
    credential["credentialStatus"] = json!({
        "id": format!("{LIST}#5"),
        "type": "RevocationList2020Status",
        "revocationListIndex": "5",
        "revocationListCredential": LIST,
    });
    // The context of 2020 is not built in; where the bytes are signed, none is needed.
    let in_bytes = |document| secured(document, options(ISSUER, Cryptosuite::EddsaJcs2022), ISSUER);
    let credential = in_bytes(credential);
    for (set, verdict, line) in [
        (&[][..], Verdict::Valid, "status pass status_clear".to_owned()),
        (&[5], Verdict::Revoked, format!("status fail revoked {AT}")),
    ] {
        let mut list = list(&ISSUER.did(), &json!(null), set);
        list["type"] = json!(["VerifiableCredential", "RevocationList2020Credential"]);
        list["credentialSubject"] = json!({
            "id": format!("{LIST}#list"),
            "type": "RevocationList2020",
            "encodedList": &bits(set, 16 << 10)[1..],
        });
        check_with(&credential, &[(LIST, fresh(&in_bytes(list)))], verdict, &line);
    }
}

#[test]
fn every_problem_of_a_list_says_which_host_and_as_of_when() {
    let answers = [
        json!("<html>"),
        own_list("suspension", &[]),
        secured(
            list(&ATTACKER.did(), &json!("revocation"), &[]),
            options(ATTACKER, Cryptosuite::EddsaRdfc2022),
            ATTACKER,
        ),
        list(&ISSUER.did(), &json!("revocation"), &[]),
    ];
    for answer in answers {
        let Outcome::Inconclusive(problem) = outcome(&with_status(entry("revocation")), fresh(&answer)) else {
            panic!("{answer}");
        };
        assert_eq!(problem.params["host"], "uni.example", "{:?}", problem.code);
        assert_eq!(problem.params["as_of"], "2026-06-15T11:00:00Z", "{:?}", problem.code);
    }
}

#[test]
fn a_list_may_be_named_with_a_fragment() {
    let mut entry = entry("revocation");
    let url = format!("{LIST}#list");
    entry["statusListCredential"] = json!(url);
    let answers = [(url.as_str(), fresh(&own_list("revocation", &[5])))];
    check_with(&with_status(entry), &answers, Verdict::Revoked, &format!("status fail revoked {AT}"));
}
