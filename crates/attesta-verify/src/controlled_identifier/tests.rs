use super::*;

const ISSUER: &str = "https://uni.example/issuers/1";
const METHOD: &str = "https://uni.example/issuers/1#key-1";
const KEY: &str = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";

fn document(method: &str, relationships: &str) -> String {
    format!(r#"{{"id":"{ISSUER}","verificationMethod":[{method}],{relationships}}}"#)
}

fn multikey(more: &str) -> String {
    format!(r#"{{"id":"{METHOD}","type":"Multikey","controller":"{ISSUER}","publicKeyMultibase":"{KEY}"{more}}}"#)
}

fn listed() -> String {
    format!(r#""assertionMethod":["{METHOD}"]"#)
}

#[track_caller]
fn check(json: &str, expected: Result<Option<&str>, &RetrieveError>) {
    let read = retrieve(json.as_bytes(), ISSUER, METHOD, Relationship::AssertionMethod);
    let ends = read.as_ref().map(|method| method.ends.map(|ends| ends.to_string()));
    assert_eq!(ends, expected.map(|ends| ends.map(str::to_owned)), "{json}");
}

#[test]
fn a_listed_method_is_found_by_reference_by_value_and_by_fragment() {
    check(&document(&multikey(""), &listed()), Ok(None));
    check(&document(&multikey(""), r##""assertionMethod":"#key-1""##), Ok(None));
    check(&format!(r#"{{"id":"{ISSUER}","assertionMethod":[{}]}}"#, multikey("")), Ok(None));
    let short = multikey("").replace(METHOD, "#key-1");
    check(&document(&short, r##""assertionMethod":["#key-1"]"##), Ok(None));
}

#[test]
fn the_key_may_be_written_in_three_ways() {
    let named = format!(
        r#"{{"id":"{METHOD}","type":"Ed25519VerificationKey2020","controller":"{ISSUER}","publicKeyMultibase":"{KEY}"}}"#
    );
    check(&document(&named, &listed()), Ok(None));
    let jwk =
        |jwk: &str| format!(r#"{{"id":"{METHOD}","type":"JsonWebKey","controller":"{ISSUER}","publicKeyJwk":{jwk}}}"#);
    let x = "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik";
    check(&document(&jwk(&format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}"}}"#)), &listed()), Ok(None));
    let secret = jwk(&format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{x}","d":"{x}"}}"#));
    check(&document(&secret, &listed()), Err(&RetrieveError::MalformedMethod));
    let empty = jwk(r#"{"kty":"EC","crv":"P-256","x":"","y":""}"#);
    check(&document(&empty, &listed()), Err(&RetrieveError::MalformedMethod));
    let p521 = jwk(r#"{"kty":"EC","crv":"P-521","x":"","y":""}"#);
    let unsupported = RetrieveError::UnsupportedKeyType { key_type: "P-521".to_owned() };
    check(&document(&p521, &listed()), Err(&unsupported));
}

#[test]
fn each_step_of_the_algorithm_can_fail() {
    check("<html>", Err(&RetrieveError::MalformedDocument));
    check("[]", Err(&RetrieveError::MalformedDocument));
    let found = "https://evil.example/1".to_owned();
    let other = document(&multikey(""), &listed()).replacen(ISSUER, &found, 1);
    check(&other, Err(&RetrieveError::OtherIdentifier { found }));
    check(&document("", &listed()), Err(&RetrieveError::NotListed));
    check(&document(&format!(r#"{{"id":"{METHOD}"}}"#), &listed()), Err(&RetrieveError::MalformedMethod));
    let controller = "https://evil.example/1".to_owned();
    let foreign =
        multikey("").replace(&format!(r#""controller":"{ISSUER}""#), &format!(r#""controller":"{controller}""#));
    check(&document(&foreign, &listed()), Err(&RetrieveError::OtherController { controller }));
    let for_login = format!(r#""authentication":["{METHOD}"]"#);
    check(&document(&multikey(""), &for_login), Err(&RetrieveError::NotForThisPurpose));
    let old = multikey("").replace(r#""Multikey""#, r#""RsaVerificationKey2018""#);
    let unsupported = RetrieveError::UnsupportedKeyType { key_type: "RsaVerificationKey2018".to_owned() };
    check(&document(&old, &listed()), Err(&unsupported));
    check(&document(&multikey(r#","secretKeyMultibase":"z3u2"#), &listed()), Err(&RetrieveError::MalformedDocument));
    check(&document(&multikey(r#","secretKeyMultibase":"z3u2""#), &listed()), Err(&RetrieveError::MalformedMethod));
}

#[test]
fn two_different_keys_under_one_name_are_refused() {
    let other = multikey("").replace(KEY, "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi");
    let twice = document(&format!("{},{other}", multikey("")), &listed());
    check(&twice, Err(&RetrieveError::MalformedDocument));
    check(&document(&format!("{},{}", multikey(""), multikey("")), &listed()), Ok(None));
}

#[test]
fn the_earlier_of_expiry_and_revocation_ends_a_key() {
    let dated = multikey(r#","expires":"2030-01-01T00:00:00Z","revoked":"2025-01-01T00:00:00Z""#);
    check(&document(&dated, &listed()), Ok(Some("2025-01-01T00:00:00Z")));
    check(&document(&multikey(r#","revoked":"yesterday""#), &listed()), Err(&RetrieveError::MalformedMethod));
}

#[test]
fn all_methods_that_may_be_used_are_found_with_their_names() {
    let jwk = r##"{"id":"#key-2","type":"JsonWebKey","controller":"ISSUER","publicKeyJwk":{"kid":"second",
        "kty":"OKP","crv":"Ed25519","x":"O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik"}}"##
        .replace("ISSUER", ISSUER);
    let for_login = multikey("").replace("key-1", "key-3");
    let several = document(
        &format!("{},{jwk},{for_login}", multikey("")),
        &format!(r##""assertionMethod":["{METHOD}","#key-2","#key-4"],"authentication":["{ISSUER}#key-3"]"##),
    );
    let found = retrieve_all(several.as_bytes(), ISSUER, Relationship::AssertionMethod).unwrap();
    let names: Vec<_> = found.iter().map(|listed| (listed.id.as_str(), listed.key_id.as_deref())).collect();
    assert_eq!(names, [(METHOD, None), ("https://uni.example/issuers/1#key-2", Some("second"))]);
    let other = retrieve_all(several.as_bytes(), "https://evil.example/1", Relationship::AssertionMethod);
    assert!(matches!(other, Err(RetrieveError::OtherIdentifier { .. })));
}
