use std::io::Write;

use base64::Engine;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

pub(super) const LIST: &str = "https://uni.example/lists/1";

pub(super) fn bits(set: &[usize], bytes: usize) -> String {
    let mut bits = vec![0u8; bytes];
    set.iter().for_each(|index| bits[index / 8] |= 0x80 >> (index % 8));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&bits).unwrap();
    format!("u{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(encoder.finish().unwrap()))
}

/// The list of `issuer` with these bits set, unsigned.
pub(super) fn list(issuer: &str, purpose: &Value, set: &[usize]) -> Value {
    json!({
        "@context": [V2],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": bits(set, 16 << 10)
        }
    })
}

pub(super) fn entry(purpose: &str) -> Value {
    json!({
        "id": format!("{LIST}#{purpose}-5"),
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": "5",
        "statusListCredential": LIST
    })
}

pub(super) fn with_status(status: Value) -> Value {
    let mut document = badge(&ISSUER.did());
    document["credentialStatus"] = status;
    signed(document)
}

pub(super) fn own_list(purpose: &str, set: &[usize]) -> Value {
    signed(list(&ISSUER.did(), &json!(purpose), set))
}

#[track_caller]
fn check_list(purpose: &str, list: &Value, verdict: Verdict, line: &str) {
    check_with(&with_status(entry(purpose)), &[(LIST, fresh(list))], verdict, line);
}

#[test]
fn each_purpose_says_what_it_says() {
    check_list("revocation", &own_list("revocation", &[4, 6]), Verdict::Valid, "status pass status_clear");
    check_list("revocation", &own_list("revocation", &[5]), Verdict::Revoked, "status fail revoked /credentialStatus");
    let suspended = "status fail suspended /credentialStatus";
    check_list("suspension", &own_list("suspension", &[5]), Verdict::Suspended, suspended);
    check_list("refresh", &own_list("refresh", &[5]), Verdict::Valid, "status pass status_notice");
    check_list("message", &own_list("message", &[5]), Verdict::Valid, "status pass status_notice");
    let unknown = "status inconclusive unsupported_status /credentialStatus";
    check_list("audit", &own_list("audit", &[5]), Verdict::StatusUnknown, unknown);
    check_list("audit", &own_list("audit", &[]), Verdict::Valid, "status pass status_clear");
    let several = signed(list(&ISSUER.did(), &json!(["suspension", "revocation"]), &[5]));
    check_list("revocation", &several, Verdict::Revoked, "status fail revoked /credentialStatus");
}

#[test]
fn each_entry_gets_a_check_of_its_own() {
    let credential = with_status(json!([entry("revocation"), entry("suspension")]));
    let both = signed(list(&ISSUER.did(), &json!(["suspension", "revocation"]), &[5]));
    let report = report_with(&credential, &[(LIST, fresh(&both))], &Policy::default());
    let status: Vec<String> = lines(&report).into_iter().filter(|line| line.starts_with("status")).collect();
    assert_eq!(status, ["status fail revoked /credentialStatus/0", "status fail suspended /credentialStatus/1"]);
    assert_eq!(judge(&report), Verdict::Revoked);
}

#[test]
fn a_list_that_proves_nothing_leaves_the_status_unknown() {
    let at = "/credentialStatus";
    let check_code = |list: &Value, code: &str| {
        check_list("revocation", list, Verdict::StatusUnknown, &format!("status inconclusive {code} {at}"));
    };
    let good = own_list("revocation", &[]);
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut list = list(&ISSUER.did(), &json!("revocation"), &[]);
        change(&mut list);
        signed(list)
    };
    check_code(&json!("<html>"), "status_list_malformed");
    let mut unsigned = good.clone();
    unsigned.as_object_mut().unwrap().remove("proof");
    check_code(&unsigned, "status_list_not_proven");
    let mut tampered = good.clone();
    tampered["credentialSubject"]["encodedList"] = json!(bits(&[9], 16 << 10));
    check_code(&tampered, "status_list_not_proven");
    let foreign = secured(
        list(&ATTACKER.did(), &json!("revocation"), &[]),
        options(ATTACKER, Cryptosuite::EddsaRdfc2022),
        ATTACKER,
    );
    check_code(&foreign, "status_list_foreign");
    let forged = secured(
        list(&ISSUER.did(), &json!("revocation"), &[]),
        options(ATTACKER, Cryptosuite::EddsaRdfc2022),
        ATTACKER,
    );
    check_code(&forged, "status_list_not_proven");
    check_code(&changed(&|list| list["validUntil"] = json!("2026-06-01T00:00:00Z")), "status_list_expired");
    check_code(&changed(&|list| list["validFrom"] = json!("2026-07-01T00:00:00Z")), "status_list_expired");
    check_code(&changed(&|list| list["id"] = json!("https://uni.example/lists/2")), "status_list_malformed");
    check_code(&own_list("suspension", &[]), "status_purpose_mismatch");
    let short = json!(bits(&[], (16 << 10) - 1));
    check_code(&changed(&|list| list["credentialSubject"]["encodedList"] = short.clone()), "status_list_too_short");
    let padded = json!("uH4sI");
    check_code(&changed(&|list| list["credentialSubject"]["encodedList"] = padded.clone()), "status_list_malformed");
    check_code(&changed(&|list| list["type"] = json!(["VerifiableCredential"])), "status_list_malformed");
}

#[test]
fn an_entry_that_is_malformed_or_out_of_range_leaves_the_status_unknown() {
    let list = own_list("revocation", &[]);
    let with = |member: &str, value: Value| {
        let mut entry = entry("revocation");
        entry[member] = value;
        with_status(entry)
    };
    let at = "/credentialStatus";
    let beyond = with("statusListIndex", json!("131072"));
    let line = format!("status inconclusive status_index_out_of_range {at}");
    check_with(&beyond, &[(LIST, fresh(&list))], Verdict::StatusUnknown, &line);
    let number = with("statusListIndex", json!(5));
    let line = format!("status inconclusive status_entry_malformed {at}/statusListIndex");
    check(&number, Verdict::StatusUnknown, &line);
    let mut other = entry("revocation");
    other["type"] = json!("https://uni.example/OwnStatus");
    for member in ["statusPurpose", "statusListIndex", "statusListCredential"] {
        other.as_object_mut().unwrap().remove(member);
    }
    let line = format!("status inconclusive unsupported_status {at}");
    check(&with_status(other), Verdict::StatusUnknown, &line);
}

#[test]
fn an_issuer_that_goes_offline_makes_nothing_better() {
    let stale =
        |list: &Value| Answer::Stale { resource: resource(list), failure: failure(FetchFailureKind::Unreachable) };
    let check_stale = |purpose: &str, list: &Value, verdict, line: &str| {
        check_with(&with_status(entry(purpose)), &[(LIST, stale(list))], verdict, line);
    };
    let open = "status inconclusive status_unreachable /credentialStatus";
    let revoked = "status fail revoked /credentialStatus";
    check_stale("revocation", &own_list("revocation", &[5]), Verdict::Revoked, revoked);
    check_stale("revocation", &own_list("revocation", &[]), Verdict::StatusUnknown, open);
    let suspended = "status fail suspended /credentialStatus";
    check_stale("suspension", &own_list("suspension", &[5]), Verdict::Suspended, suspended);
    let mut outdated = list(&ISSUER.did(), &json!("revocation"), &[5]);
    outdated["validUntil"] = json!("2026-06-01T00:00:00Z");
    check_stale("revocation", &signed(outdated.clone()), Verdict::Revoked, revoked);
    check_list("revocation", &signed(outdated), Verdict::Revoked, revoked);
    let answers = [(LIST, Answer::Failed(failure(FetchFailureKind::TimedOut)))];
    check_with(&with_status(entry("revocation")), &answers, Verdict::StatusUnknown, open);
    let report = report_with(
        &with_status(entry("revocation")),
        &[(LIST, stale(&own_list("revocation", &[])))],
        &Policy::default(),
    );
    let Outcome::Inconclusive(problem) = &report.checks[4].outcome else { panic!() };
    assert_eq!(problem.params["last_known"], "clear");
    assert_eq!(problem.params["as_of"], "2026-06-15T11:00:00Z");
}

#[test]
fn nothing_that_the_credential_names_is_asked_before_its_issuer_is_established() {
    let asks = |credential: &Value| match verify(&read(credential), &Resources::new(), &Policy::default(), now()) {
        Turn::Need(requests) => requests.into_iter().map(|request| request.url).collect(),
        Turn::Done(_) => Vec::new(),
    };
    assert_eq!(asks(&with_status(entry("revocation"))), [LIST]);
    let mut forged = with_status(entry("revocation"));
    forged["name"] = json!("changed");
    assert_eq!(asks(&forged), [""; 0]);
    let mut unsigned = with_status(entry("revocation"));
    unsigned.as_object_mut().unwrap().remove("proof");
    assert_eq!(asks(&unsigned), [""; 0]);
    let mut untied = badge(UNI);
    untied["credentialStatus"] = entry("revocation");
    assert_eq!(asks(&signed(untied)), [""; 0]);
    let mut own_words = badge(&ISSUER.did());
    own_words["credentialStatus"] = entry("revocation");
    own_words["@context"] = json!([V2, OB, { "@vocab": "urn:x:" }]);
    assert_eq!(asks(&signed(own_words)), [""; 0]);
}

#[test]
fn the_lists_own_key_is_fetched_too() {
    let method = format!("{UNI}#key-1");
    let document = json!({
        "id": UNI,
        "verificationMethod": [{
            "id": method, "type": "Multikey", "controller": UNI, "publicKeyMultibase": ISSUER.multikey()
        }],
        "assertionMethod": [method]
    });
    let mut with = options(ISSUER, Cryptosuite::EddsaRdfc2022);
    with["verificationMethod"] = json!(method);
    let list = secured(list(UNI, &json!("revocation"), &[5]), with.clone(), ISSUER);
    let mut credential = badge(UNI);
    credential["credentialStatus"] = entry("revocation");
    let credential = secured(credential, with, ISSUER);
    let answers = [(LIST, fresh(&list)), (UNI, fresh(&document))];
    check_with(&credential, &answers, Verdict::Revoked, "status fail revoked /credentialStatus");
}

#[test]
fn a_credential_can_not_make_us_ask_without_end() {
    let entries: Vec<Value> = (0..20)
        .map(|number| {
            let mut entry = entry("revocation");
            entry["id"] = json!(format!("urn:entry:{number}"));
            entry["statusListCredential"] = json!(format!("https://uni.example/lists/{number}"));
            entry
        })
        .collect();
    let credential = with_status(json!(entries));
    let Turn::Need(requests) = verify(&read(&credential), &Resources::new(), &Policy::default(), now()) else {
        panic!()
    };
    assert_eq!(requests.len(), crate::inquiry::MOST_RESOURCES);
    let line = "status inconclusive too_many_resources /credentialStatus/16";
    check(&credential, Verdict::StatusUnknown, line);
}
