use super::*;

fn read(json: &str) -> VerifiableCredential {
    VerifiableCredential::from_json(json.as_bytes().to_vec()).unwrap()
}

#[track_caller]
fn check_claims(subject: &str, expected: &[(&str, &str)]) {
    let json = format!(
        r#"{{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
            "issuer": "did:web:a.example", "credentialSubject": {subject}}}"#
    );
    let found = claims(&read(&json));
    let found: Vec<(&str, &str)> = found.iter().map(|one| (one.path.as_str(), one.value.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_credential_without_an_achievement_shows_every_claim_by_its_path() {
    check_claims(
        r#"{"id": "did:key:z6Mk", "degree": {"type": "Bachelor", "name": "Nursing"}, "gpa": 3.7, "minors": ["Art", "Law"]}"#,
        &[
            ("degree / type", "Bachelor"),
            ("degree / name", "Nursing"),
            ("gpa", "3.7"),
            ("minors", "Art"),
            ("minors", "Law"),
        ],
    );
    check_claims(r#"[{"age": 20}, {"age": true}]"#, &[("age", "20"), ("age", "true")]);
}

#[test]
fn what_is_shown_as_an_achievement_is_not_listed_a_second_time() {
    check_claims(r#"{"achievement": {"name": "Wound care"}, "extra": 1}"#, &[]);
}

#[test]
fn no_more_claims_are_listed_than_can_be_read() {
    let many: Vec<String> = (0..MOST + 5).map(|number| number.to_string()).collect();
    let json = format!(
        r#"{{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
            "issuer": "did:web:a.example", "credentialSubject": {{"n": [{}]}}}}"#,
        many.join(",")
    );
    assert_eq!(claims(&read(&json)).len(), MOST);
}

#[test]
fn parts_of_a_record_are_related_by_their_names() {
    let json = r#"{"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": "did:web:a.example", "credentialSubject": {"type": ["ClrSubject"],
        "association": [
            {"type": "Association", "associationType": "isParentOf", "sourceId": "urn:a:1", "targetId": "urn:a:2"},
            {"type": "Association", "associationType": "precedes", "sourceId": "urn:c:1", "targetId": "urn:a:9"}],
        "verifiableCredential": [
            {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "id": "urn:c:1",
             "issuer": "did:web:a.example", "credentialSubject": {"achievement": {"id": "urn:a:1", "name": "Nursing"}}},
            {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "id": "urn:c:2",
             "issuer": "did:web:a.example", "credentialSubject": {"achievement": {"id": "urn:a:2", "name": "Wound care"}}}]}}"#;
    let found = associations(&read(json), Language::En);
    let found: Vec<[&str; 3]> =
        found.iter().map(|one| [one.kind.as_str(), one.source.as_str(), one.target.as_str()]).collect();
    assert_eq!(found, [["isParentOf", "Nursing", "Wound care"], ["precedes", "Nursing", "urn:a:9"]]);
}

/// `{"alg":"ES256","typ":"dc+sd-jwt"}`, a payload with the digest of the disclosure and one of something else, and the
/// disclosure `["salt","given_name","Amélie"]`.
const TOKEN: [&str; 3] = [
    "eyJhbGciOiJFUzI1NiIsInR5cCI6ImRjK3NkLWp3dCJ9",
    "eyJpc3MiOiJodHRwczovL2EuZXhhbXBsZSIsInZjdCI6Imh0dHBzOi8vYS5leGFtcGxlL3QiLCJfc2RfYWxnIjoic2hhLTI1NiIsIl9zZCI6WyJRVmg5eTJtaEs2bUp4dVFVazJ1N3RpUVNCQ0dFeVkxbTdVZzBlZ0I5YzFRIiwiYzJWamIyNWsiXX0",
    "WyJzYWx0IiwiZ2l2ZW5fbmFtZSIsIkFtw6lsaWUiXQ",
];

#[test]
fn a_selection_names_what_was_shown_and_how_much_there_is_at_most() {
    let [header, payload, disclosure] = TOKEN;
    let token = |shown: &str| VerifiableCredential::from_bytes(format!("{header}.{payload}.c2ln~{shown}").into_bytes());
    let found = selection(&token(&format!("{disclosure}~")).unwrap()).unwrap();
    assert_eq!((found.shown, found.at_most), (vec!["given_name".to_owned()], 2));
    let found = selection(&token("").unwrap()).unwrap();
    assert_eq!((found.shown, found.at_most), (Vec::new(), 2));
    assert_eq!(selection(&read(r#"{"type": ["VerifiableCredential"], "issuer": "did:web:a.example"}"#)), None);
}
