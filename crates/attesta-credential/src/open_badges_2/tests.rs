use attesta_jsonld::Document;

use super::*;
use crate::credential::VerifiableCredential;

fn read(json: &str) -> VerifiableCredential {
    VerifiableCredential::from_json(json.as_bytes().to_vec()).unwrap()
}

fn document(json: &str) -> Document {
    Document::parse(json.as_bytes().to_vec()).unwrap()
}

const LINKED: &str = r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion",
    "id":"https://college.example/assertions/1","badge":"https://college.example/badges/weld",
    "recipient":{"type":"email","hashed":true,"salt":"s","identity":"sha256$AB"},
    "narrative":"Amy welded **four** joints.",
    "issuedOn":"2026-02-01T00:00:00Z","expires":"2028-02-01","verification":{"type":"hosted"}}"#;

#[track_caller]
fn check_model(json: &str, expected: Option<DataModel>) {
    assert_eq!(assertion_model(document(json).root()), expected, "{json}");
}

#[test]
fn an_assertion_is_told_by_its_context_in_any_spelling_or_by_its_members() {
    let with_context =
        |context: &str| format!(r#"{{"@context":{context},"type":"Assertion","badge":"https://a.example"}}"#);
    for spelling in [
        r#""https://w3id.org/openbadges/v2""#,
        r#""http://w3id.org/openbadges/v2/""#,
        r#""https://openbadgespec.org/v2/context.json""#,
        r#""https://purl.imsglobal.org/ob/v2p1/ob_v2p1.jsonld""#,
        r#"["https://w3id.org/openbadges/v2","https://ext.example/context.json"]"#,
    ] {
        check_model(&with_context(spelling), Some(DataModel::OpenBadges2));
    }
    check_model(&with_context(r#""https://w3id.org/openbadges/v1""#), Some(DataModel::OpenBadges1));
    let old = r#"{"uid":"7","recipient":{},"badge":"https://a.example/b","verify":{"type":"hosted"},"issuedOn":1}"#;
    check_model(old, Some(DataModel::OpenBadges1));
    let bare = r#"{"id":"https://a.example/1","type":"Assertion","recipient":{},"badge":"https://a.example/b"}"#;
    check_model(bare, Some(DataModel::OpenBadges2));
}

#[test]
fn what_is_no_assertion_is_not_taken_for_one() {
    check_model(r#"{"@context":"https://w3id.org/openbadges/v2","type":"BadgeClass","name":"A"}"#, None);
    check_model(r#"{"@context":"https://w3id.org/openbadges/v2","type":"Issuer","id":"https://a.example"}"#, None);
    check_model(r#"{"type":"Assertion"}"#, None);
    check_model("[]", None);
    let both = r#"{"@context":["https://www.w3.org/ns/credentials/v2","https://w3id.org/openbadges/v2"],
        "type":["Assertion"],"badge":"https://a.example","recipient":{}}"#;
    check_model(both, None);
    check_model(
        &both
            .replace("https://www.w3.org/ns/credentials/v2", "https://w3id.org/openbadges/v2")
            .replace(r#"["Assertion"]"#, r#"["Assertion","VerifiableCredential"]"#),
        None,
    );
}

#[test]
fn an_assertion_that_links_says_what_it_says_itself() {
    let badge = read(LINKED);
    assert_eq!(badge.data_model(), DataModel::OpenBadges2);
    assert_eq!(badge.bytes(), LINKED.as_bytes());
    assert_eq!(badge.id(), Some("https://college.example/assertions/1"));
    assert_eq!(badge.issuer_id(), "");
    assert_eq!(badge.valid_from().unwrap().to_string(), "2026-02-01T00:00:00Z");
    assert_eq!(badge.valid_until().unwrap().to_string(), "2028-02-01T00:00:00Z");
    assert_eq!(badge.awarded(), badge.valid_from());
    let subject = &badge.subjects()[0];
    assert_eq!(subject.achievement, None);
    assert_eq!(subject.narrative.plain(), Some("Amy welded **four** joints."));
    let identity = &subject.identifiers[0];
    assert_eq!((identity.hashed, identity.identity_type.as_str()), (true, "emailAddress"));
    assert_eq!((identity.identity_hash.as_str(), identity.salt.as_deref()), ("sha256$AB", Some("s")));
    assert_eq!(badge.nonconformities(), []);
}

#[test]
fn hosted_documents_complete_it_and_its_bytes_stay() {
    let class = document(
        r#"{"id":"https://college.example/badges/weld","@language":"fr","name":"Soudage","description":"Joindre le métal.",
            "criteria":{"id":"https://college.example/c","narrative":"Quatre joints."},"tags":["métal","acier"],
            "image":{"id":"data:image/png;base64,AA=="},"issuer":"https://college.example/issuer",
            "alignment":[{"targetName":"Weld","targetUrl":"https://esco.example/1","targetCode":"7212"}]}"#,
    );
    let profile = document(
        r#"{"id":"https://college.example/issuer","name":"Exemplary College","url":"https://college.example"}"#,
    );
    let original = read(LINKED);
    let completed = original.completed_with(
        Some(HostedPart { address: "https://college.example/badges/weld", value: class.root() }),
        Some(HostedPart { address: "https://college.example/issuer", value: profile.root() }),
    );
    assert_eq!((completed.bytes(), completed.digest()), (original.bytes(), original.digest()));
    assert_eq!(completed.issuer_id(), "https://college.example/issuer");
    assert_eq!(completed.issuer().name.plain(), Some("Exemplary College"));
    let achievement = completed.subjects()[0].achievement.clone().unwrap();
    assert_eq!(achievement.id.as_deref(), Some("https://college.example/badges/weld"));
    assert_eq!(achievement.name.0[0].text, "Soudage");
    assert_eq!(achievement.name.0[0].language.as_deref(), Some("fr"));
    assert_eq!(achievement.criteria_narrative.0[0].language.as_deref(), Some("fr"));
    assert_eq!(achievement.criteria_id.as_deref(), Some("https://college.example/c"));
    assert_eq!(achievement.tags, ["métal", "acier"]);
    assert_eq!(achievement.image.as_deref(), Some("data:image/png;base64,AA=="));
    assert_eq!(achievement.alignments[0].target_code.as_deref(), Some("7212"));
    assert_eq!(completed.subjects()[0].narrative, original.subjects()[0].narrative);
}

#[test]
fn a_profile_is_who_its_address_says() {
    let class = document(r#"{"issuer":"https://college.example/issuer"}"#);
    let profile = document(r#"{"id":"https://bank.example/issuer","name":"Bank"}"#);
    let completed = read(LINKED).completed_with(
        Some(HostedPart { address: "https://college.example/badges/weld", value: class.root() }),
        Some(HostedPart { address: "https://college.example/issuer", value: profile.root() }),
    );
    assert_eq!(completed.issuer_id(), "https://college.example/issuer");
}

#[test]
fn an_embedded_badge_is_read_as_it_stands() {
    let embedded = LINKED.replace(
        r#""https://college.example/badges/weld""#,
        r#"{"id":"https://college.example/badges/weld","name":{"en":"Welding","fr-CA":"Soudage"},
            "criteria":"https://college.example/c","tags":"metal","alignments":[{"name":"Weld","url":"https://x.example"}],
            "issuer":{"id":"https://college.example/issuer","name":"College","email":"a@college.example"}}"#,
    );
    let badge = read(&embedded);
    assert_eq!(badge.issuer_id(), "https://college.example/issuer");
    let achievement = badge.subjects()[0].achievement.clone().unwrap();
    let names: Vec<_> = achievement.name.0.iter().map(|one| (one.text.as_str(), one.language.as_deref())).collect();
    assert_eq!(names, [("Welding", Some("en")), ("Soudage", Some("fr-CA"))]);
    assert_eq!(achievement.criteria_id.as_deref(), Some("https://college.example/c"));
    assert_eq!(achievement.tags, ["metal"]);
    assert_eq!(achievement.alignments[0].target_url.as_deref(), Some("https://x.example"));
}

#[test]
fn evidence_is_an_address_an_object_or_several() {
    let with = |evidence: &str| {
        let json = LINKED.replace(r#""narrative""#, &format!(r#""evidence":{evidence},"narrative""#));
        read(&json).evidence()
    };
    assert_eq!(with(r#""https://a.example/e""#)[0].id.as_deref(), Some("https://a.example/e"));
    let both = with(r#"[{"id":"_:b1","narrative":"Rocked","name":"Work"},"https://a.example/e",7]"#);
    assert_eq!((both.len(), both[0].narrative.plain()), (2, Some("Rocked")));
}

#[test]
fn the_oldest_assertions_name_a_bare_recipient() {
    let old = r#"{"recipient":"sha256$ab","salt":"s","uid":"1","badge":{"name":"A","issuer":{"origin":"https://a.example","name":"Org"}}}"#;
    let badge = read(old);
    assert_eq!(badge.data_model(), DataModel::OpenBadges1);
    let identity = &badge.subjects()[0].identifiers[0];
    assert_eq!((identity.hashed, identity.salt.as_deref()), (true, Some("s")));
    assert_eq!(badge.issuer().name.plain(), Some("Org"));
    assert_eq!(badge.issuer().url.as_deref(), Some("https://a.example"));
    assert_eq!(badge.nonconformities(), []);
}

#[test]
fn members_of_any_other_type_are_left_out() {
    for value in
        ["7", "null", "true", "[]", "[[[1]]]", "{}", r#"{"@value":7}"#, r#"{"en":{"x":1}}"#, r#"[null,{"fr":7}]"#]
    {
        for member in ["narrative", "evidence", "image", "verification", "expires", "id", "recipient", "badge"] {
            let of = |name: &str| if name == member { value } else { "{}" };
            let more = match member {
                "recipient" | "badge" => String::new(),
                _ => format!(r#","{member}":{value}"#),
            };
            let json = format!(
                r#"{{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","recipient":{},"badge":{}{more}}}"#,
                of("recipient"),
                of("badge"),
            );
            let badge = read(&json);
            assert_eq!(badge.valid_from(), None, "{json}");
            assert_eq!((badge.subjects().len(), badge.issuer_id()), (1, ""), "{json}");
            assert!(!badge.nonconformities().is_empty(), "{json}");
        }
        let class = format!(
            r#"{{"name":{value},"description":{value},"criteria":{value},"tags":{value},"alignment":{value},"image":{value},
                "issuer":{value},"related":{value},"@language":{value}}}"#
        );
        let json = LINKED.replace(r#""https://college.example/badges/weld""#, &class);
        let badge = read(&json);
        assert_eq!(badge.subjects()[0].achievement.as_ref().unwrap().tags, Vec::<String>::new(), "{value}");
    }
}

#[track_caller]
fn check_form(change: (&str, &str), expected: &[&str]) {
    let json = LINKED.replace(change.0, change.1);
    let found: Vec<String> = read(&json).nonconformities().iter().map(|found| found.pointer.clone()).collect();
    assert_eq!(found, expected, "{json}");
}

#[test]
fn what_would_mislead_a_reader_is_named() {
    check_form(("openbadges/v2", "openbadges/invalid"), &["/@context"]);
    check_form((r#""type":"Assertion""#, r#""type":"OtherAssertion""#), &["/type"]);
    check_form((r#""2028-02-01""#, r#""next year""#), &["/expires"]);
    check_form((r#""2028-02-01""#, r#""2025-02-01""#), &["/expires"]);
    check_form((r#""2028-02-01""#, "null"), &[]);
    check_form((r#""identity":"sha256$AB""#, r#""identity":7"#), &["/recipient/identity"]);
    check_form((r#""https://college.example/badges/weld""#, "7"), &["/badge"]);
    check_form((r#"{"type":"hosted"}"#, r#""hosted""#), &["/verification"]);
    check_form((r#""issuedOn":"2026-02-01T00:00:00Z","#, ""), &["/issuedOn"]);
}

#[track_caller]
fn check_verification(json: &str, expected: BadgeVerification) {
    assert_eq!(BadgeVerification::of(document(json).root()), expected, "{json}");
}

#[test]
fn its_own_instructions_say_how_it_is_verified() {
    let hosted = |addresses: &[&str]| BadgeVerification::Hosted {
        addresses: addresses.iter().map(|&address| address.to_owned()).collect(),
    };
    check_verification(LINKED, hosted(&["https://college.example/assertions/1"]));
    let old = r#"{"uid":"7","id":"urn:x","recipient":{},"badge":"https://a.example/b",
        "verify":{"type":"hosted","url":"https://a.example/7"}}"#;
    check_verification(old, hosted(&["https://a.example/7", "urn:x"]));
    check_verification(
        &LINKED.replace(r#"{"type":"hosted"}"#, r#"{"type":["SignedBadge"],"creator":"https://college.example/key"}"#),
        BadgeVerification::Signed { key: Some("https://college.example/key".to_owned()) },
    );
    check_verification(
        &LINKED.replace("hosted", "BlockchainBadge"),
        BadgeVerification::Other { kind: "BlockchainBadge".to_owned() },
    );
    check_verification(&LINKED.replace("verification", "verified"), BadgeVerification::Unstated);
}
