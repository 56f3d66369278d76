use attesta_jsonld::Document;

use super::*;

const V2: &str = r#""@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],
    "issuer":"did:key:z6Mk","credentialSubject":{"id":"did:example:1"}"#;
const V1: &str = r#""@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential"],
    "issuer":{"id":"https://issuer.example"},"credentialSubject":{"id":"did:example:1"}"#;
const BADGE: &str = r#""@context":["https://www.w3.org/ns/credentials/v2"],
    "type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{"id":"did:key:z6Mk","type":"Profile"}"#;

#[track_caller]
fn check(json: &str, expected: &[&str]) {
    let document = Document::parse(json.as_bytes().to_vec()).unwrap();
    let found: Vec<String> = of_credential(document.root())
        .into_iter()
        .map(|one| {
            let kind = match one.kind {
                NonconformityKind::Missing => "missing",
                NonconformityKind::Malformed => "malformed",
                NonconformityKind::WrongBaseContext { .. } => "context",
                NonconformityKind::PeriodReversed { .. } => "reversed",
            };
            format!("{kind} {}", one.pointer)
        })
        .collect();
    assert_eq!(found, expected, "{json}");
}

#[track_caller]
fn check_v2(more: &str, expected: &[&str]) {
    check(&format!("{{{V2}{more}}}"), expected);
}

#[test]
fn plain_credentials_conform() {
    check_v2("", &[]);
    check(&format!(r#"{{{V1},"issuanceDate":"2020-01-01T00:00:00"}}"#), &[]);
    check_v2(r#","name":[{"@value":"Élan","@language":"fr","@direction":"ltr"},"Drive"],"anything":7"#, &[]);
}

#[test]
fn an_empty_credential_lacks_everything_required() {
    let missing = ["missing /@context", "missing /type", "missing /issuer", "missing /credentialSubject"];
    check("{}", &missing);
}

#[test]
fn the_first_context_decides() {
    check(&format!("{{{V2}}}").replace("ns/credentials/v2", "ns/other"), &["context /@context"]);
    check(
        &format!("{{{V2}}}").replace(r#"["https://www.w3.org/ns/credentials/v2"]"#, "[7]"),
        &["malformed /@context", "context /@context"],
    );
    check(
        &format!("{{{V2}}}").replace(r#"["https://www.w3.org/ns/credentials/v2"]"#, "[]"),
        &["malformed /@context", "context /@context"],
    );
}

#[test]
fn further_contexts_are_urls_or_objects() {
    let with = |context: &str| format!("{{{V2}}}").replace(r#"v2"]"#, &format!(r#"v2",{context}]"#));
    check(&with(r#""https://example.org/ns""#), &[]);
    check(&with(r#"{"seal":"https://example.org/#seal"}"#), &[]);
    for context in [r#""https ://example.org/ns""#, r#""ns""#, r#""""#, "7", "null"] {
        check(&with(context), &["malformed /@context"]);
    }
}

#[test]
fn identifiers_are_single_urls() {
    check_v2(r#","id":"urn:uuid:1""#, &[]);
    check_v2(r#","id":"relative""#, &["malformed /id"]);
    check_v2(r#","id":"_:b0""#, &["malformed /id"]);
    check_v2(r#","id":["urn:uuid:1"]"#, &["malformed /id"]);
    check_v2(r#","id":null"#, &["malformed /id"]);
    check(&format!("{{{V2}}}").replace("did:example:1", "somebody"), &["malformed /credentialSubject/id"]);
}

#[test]
fn the_issuer_is_a_url_or_an_object_with_one() {
    let with = |issuer: &str| format!("{{{V2}}}").replace(r#""did:key:z6Mk""#, issuer);
    check(&with(r#"{"id":"did:key:z6Mk","name":"A"}"#), &[]);
    check(&with(r#"{"name":"A"}"#), &["missing /issuer/id"]);
    check(&with(r#"["did:key:z6Mk"]"#), &["malformed /issuer"]);
    check(&with(r#""the college""#), &["malformed /issuer"]);
    check(&with(r#"{"id":"did:key:z6Mk","name":7}"#), &["malformed /issuer/name"]);
}

#[test]
fn subjects_are_objects_that_say_something() {
    let with = |subject: &str| format!("{{{V2}}}").replace(r#"{"id":"did:example:1"}"#, subject);
    check(&with(r#"[{"id":"did:example:1"},{"name":"x"}]"#), &[]);
    check(&with("{}"), &["malformed /credentialSubject"]);
    check(&with("[]"), &["malformed /credentialSubject"]);
    check(&with(r#"[{"id":"did:example:1"},"did:example:2"]"#), &["malformed /credentialSubject/1"]);
}

#[test]
fn dates_are_well_formed_and_in_order() {
    check_v2(r#","validFrom":"2020-01-01T00:00:00Z","validUntil":"2020-01-01T00:00:00Z""#, &[]);
    check_v2(r#","validFrom":"2020-01-01T00:00:00""#, &["malformed /validFrom"]);
    check_v2(r#","validUntil":["2020-01-01T00:00:00Z"]"#, &["malformed /validUntil"]);
    check_v2(
        r#","validFrom":"2020-01-01T00:00:00Z","validUntil":"2020-01-01T00:30:00+01:00""#,
        &["reversed /validUntil"],
    );
    check_v2(r#","expirationDate":"2020-01-01T00:00:00Z""#, &["malformed /expirationDate"]);
    check(&format!("{{{V1}}}"), &["missing /issuanceDate"]);
    let v1 = format!(r#"{{{V1},"issuanceDate":"2021-01-01T00:00:00Z","expirationDate":"2020-01-01T00:00:00Z"}}"#);
    check(&v1, &["reversed /expirationDate"]);
}

#[test]
fn status_evidence_and_schema_say_their_type() {
    check_v2(r#","credentialStatus":{"type":"X"},"evidence":[{"type":"Evidence"}]"#, &[]);
    check_v2(r#","credentialStatus":{"id":"urn:x:1"}"#, &["missing /credentialStatus/type"]);
    check_v2(r#","credentialStatus":"urn:x:1""#, &["malformed /credentialStatus"]);
    check_v2(r#","evidence":[{"type":"Evidence"},{"id":"urn:x:1"}]"#, &["missing /evidence/1/type"]);
    check_v2(r#","credentialSchema":{"type":"JsonSchema"}"#, &["missing /credentialSchema/id"]);
    check_v2(r#","termsOfUse":{"type":[]}"#, &["malformed /termsOfUse/type"]);
}

#[test]
fn related_resources_are_pinned_and_named_once() {
    check_v2(r#","relatedResource":[{"id":"https://a.example/x","digestSRI":"sha384-x"}]"#, &[]);
    check_v2(r#","relatedResource":[{"id":"https://a.example/x"}]"#, &["malformed /relatedResource/0"]);
    let twice = r#","relatedResource":[{"id":"urn:a:1","digestSRI":"x"},{"id":"urn:a:1","digestSRI":"x"}]"#;
    check_v2(twice, &["malformed /relatedResource/1"]);
}

#[test]
fn a_badge_says_who_and_what() {
    let badge = |subject: &str| format!(r#"{{{BADGE},"credentialSubject":{subject}}}"#);
    let achievement = r#""achievement":{"id":"urn:a:1","type":["Achievement"],"name":"Welding"}"#;
    check(&badge(&format!(r#"{{"id":"urn:s:1","type":["AchievementSubject"],{achievement}}}"#)), &[]);
    let by_mail = format!(
        r#"{{"type":"AchievementSubject","identifier":{{"type":"IdentityObject","identityHash":"x"}},{achievement}}}"#
    );
    check(&badge(&by_mail), &[]);
    check(&badge(&format!(r#"{{"type":["AchievementSubject"],{achievement}}}"#)), &["missing /credentialSubject/id"]);
    check(&badge(r#"{"id":"urn:s:1","type":["AchievementSubject"]}"#), &["missing /credentialSubject/achievement"]);
    check(
        &badge(&format!(r#"{{"id":"urn:s:1","type":["Person"],{achievement}}}"#)),
        &["malformed /credentialSubject/type"],
    );
    check(
        &badge(r#"{"id":"urn:s:1","type":"AchievementSubject","achievement":{"type":"Achievement"}}"#),
        &["missing /credentialSubject/achievement/name"],
    );
}

#[test]
fn a_presentation_holds_credentials_as_objects() {
    let json = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":"VerifiablePresentation",
        "holder":"nobody","verifiableCredential":[{},"jwt"]}"#;
    let document = Document::parse(json.as_bytes().to_vec()).unwrap();
    let found: Vec<String> = of_presentation(document.root()).into_iter().map(|one| one.pointer).collect();
    assert_eq!(found, ["/holder", "/verifiableCredential/1"]);
}
