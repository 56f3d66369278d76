use super::*;

const BADGE: &str = r#"{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
  "id": "urn:uuid:1",
  "type": ["VerifiableCredential", "OpenBadgeCredential"],
  "name": "Amélie Tremblay",
  "issuer": {"id": "did:web:college.example", "type": ["Profile"], "name": {"@value": "Collège", "@language": "fr"}},
  "validFrom": "2026-01-01T00:00:00-05:00",
  "awardedDate": "2026-01-02T00:00:00Z",
  "endorsement": [{"issuer": {"id": "https://body.example", "name": "Quality Body"}}, {"issuer": "https://other.example"}],
  "credentialSubject": {
    "type": ["AchievementSubject"],
    "id": "did:key:z6Mk",
    "identifier": [{"type": "IdentityObject", "hashed": false, "identityHash": "Amélie Tremblay", "identityType": "name"}],
    "creditsEarned": 3,
    "achievement": {
      "id": "https://college.example/a/1",
      "type": ["Achievement"],
      "achievementType": "MicroCredential",
      "name": [{"@value": "Caring for Wound Infections", "@language": "en"}, {"@value": "Soin des plaies", "@language": "fr"}],
      "description": "What it is",
      "criteria": {"id": "https://college.example/c", "narrative": "**How** it is earned"},
      "tag": ["nursing"],
      "image": {"id": "https://tracker.example/pixel.png", "type": "Image"},
      "alignment": [
        {"type": ["Alignment"], "targetName": "Asepsis", "targetUrl": "https://skills.example/1", "targetCode": "A1"},
        {"type": ["Alignment"], "targetName": "Asepsis", "targetUrl": "https://skills.example/1", "targetCode": "A1"}
      ],
      "resultDescription": [
        {"id": "urn:r:1", "type": ["ResultDescription"], "name": "Exam", "resultType": "Percent", "valueMin": "0", "valueMax": "100", "requiredValue": "60"},
        {"id": "urn:r:2", "type": ["ResultDescription"], "name": "Practice", "resultType": "RubricCriterionLevel", "requiredLevel": "urn:l:1",
         "rubricCriterionLevel": [{"id": "urn:l:1", "type": ["RubricCriterionLevel"], "name": "Sound"}, {"id": "urn:l:2", "type": ["RubricCriterionLevel"], "name": "Masterly"}]},
        {"id": "urn:r:3", "type": ["ResultDescription"], "name": "Attendance", "resultType": "Status"}
      ]
    },
    "result": [
      {"type": ["Result"], "resultDescription": "urn:r:1", "value": "87"},
      {"type": ["Result"], "resultDescription": "urn:r:2", "achievedLevel": "urn:l:2", "status": "Completed"},
      {"type": ["Result"], "resultDescription": "urn:r:9", "value": "7"}
    ]
  },
  "evidence": [{"id": "javascript:alert(1)", "type": ["Evidence"], "name": "Report"}, {"id": "https://college.example/e", "type": ["Evidence"]}],
  "proof": [{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}, {"type": "Ed25519Signature2020"}]
}"#;

fn view(json: &str, language: Language) -> CredentialView {
    let credential = VerifiableCredential::from_json(json.as_bytes().to_vec()).unwrap();
    CredentialView::from_credential(&credential, language)
}

#[test]
fn the_title_is_the_achievements_then_the_credentials_then_a_type() {
    #[track_caller]
    fn check(json: &str, language: Language, expected: &str) {
        assert_eq!(view(json, language).title.text, expected);
    }
    check(BADGE, Language::En, "Caring for Wound Infections");
    check(BADGE, Language::Fr, "Soin des plaies");
    let base =
        r#""@context":["https://www.w3.org/ns/credentials/v2"],"issuer":"https://a.example","credentialSubject":{}"#;
    check(&format!(r#"{{{base},"type":["VerifiableCredential","Diploma"],"name":"Own"}}"#), Language::En, "Own");
    check(&format!(r#"{{{base},"type":["VerifiableCredential","Diploma"]}}"#), Language::En, "Diploma");
    check(&format!(r#"{{{base},"type":"VerifiableCredential","name":" "}}"#), Language::En, "VerifiableCredential");
}

#[test]
fn results_stand_with_what_they_are_results_of() {
    let assessments = view(BADGE, Language::En).assessments;
    let rows: Vec<_> = assessments
        .iter()
        .map(|it| (it.name.as_ref().map(|name| name.text.as_str()), it.reached.as_deref(), it.required.as_deref()))
        .collect();
    assert_eq!(
        rows,
        [
            (Some("Exam"), Some("87"), Some("60")),
            (Some("Practice"), Some("Masterly"), Some("Sound")),
            (None, Some("7"), None),
            (Some("Attendance"), None, None),
        ]
    );
    assert_eq!(assessments[0].maximum.as_deref(), Some("100"));
    assert_eq!(assessments[1].status.as_deref(), Some("Completed"));
}

#[test]
fn who_what_and_when_are_read() {
    let view = view(BADGE, Language::En);
    assert_eq!(view.issuer.name.unwrap().language.as_deref(), Some("fr"));
    assert_eq!(view.issuer.host.as_deref(), Some("college.example"));
    assert_eq!(view.earner.as_deref(), Some("Amélie Tremblay"));
    assert_eq!(view.valid_from.as_deref(), Some("2026-01-01T05:00:00Z"));
    assert_eq!(view.awarded.as_deref(), Some("2026-01-02T00:00:00Z"));
    assert_eq!(view.credits.as_deref(), Some("3"));
    assert_eq!(view.criteria.unwrap().text, "**How** it is earned");
    assert_eq!(view.endorsers, ["Quality Body", "https://other.example"]);
    assert_eq!(view.data_model, "vcdm_2.0+ob_3.0");
    assert_eq!(view.securing, ["eddsa-rdfc-2022", "Ed25519Signature2020"]);
    assert_eq!(view.skills.len(), 1, "a skill named twice is shown once");
    assert_eq!(view.tags, ["nursing"]);
}

#[test]
fn no_remote_picture_and_no_script_address_reaches_a_face() {
    let view = view(BADGE, Language::En);
    assert_eq!(view.image, None);
    assert_eq!(view.evidence[0].url, None);
    assert_eq!(view.evidence[1].url.as_deref(), Some("https://college.example/e"));
}

#[test]
fn an_open_badge_2_shows_only_what_its_issuers_copy_is_compared_with() {
    let json = r#"{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://college.example/1",
        "badge":{"id":"https://college.example/b","issuer":"https://college.example/i",
            "endorsement":{"issuer":{"name":"Guild"}}},
        "recipient":{"type":"email","hashed":false,"identity":"amy@example.ca"},"issuedOn":"2026-01-01T00:00:00Z",
        "verification":{"type":"hosted"},
        "name":"Surgery","description":"Operates.","image":"https://tracker.example/pixel.png",
        "issuer":{"name":"Grand University","endorsement":{"issuer":{"name":"MIT"}}},
        "credentialSubject":{"name":"Eve","role":"Surgeon","achievement":{"name":"Surgery","endorsement":{"issuer":"MIT"}},
            "verifiableCredential":[{}],"association":{"associationType":"isPartOf","sourceId":"a","targetId":"b"}},
        "validUntil":"2099-01-01T00:00:00Z","awardedDate":"2001-01-01T00:00:00Z","proof":{"type":"X"}}"#;
    let credential = VerifiableCredential::from_json(json.as_bytes().to_vec()).unwrap();
    let view = CredentialView::from_credential(&credential, Language::En);
    assert_eq!((view.title.text.as_str(), view.description), ("Open Badge", None));
    assert_eq!((view.issuer.id.as_str(), view.issuer.name), ("https://college.example/i", None));
    assert_eq!((view.earner, view.subject, view.claims.len(), view.associations.len()), (None, None, 0, 0));
    assert_eq!(view.endorsers, ["Guild"]);
    assert_eq!((view.valid_until, view.awarded.as_deref()), (None, Some("2026-01-01T00:00:00Z")));
    assert_eq!((view.data_model.as_str(), view.securing), ("ob_2.0", vec!["hosted".to_owned()]));
    assert!(credential.enclosed().is_empty());
}
