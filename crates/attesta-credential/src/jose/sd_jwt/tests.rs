use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;

/// The digest of a disclosure of the JSON.
fn digest(json: &str) -> String {
    DigestHash::Sha256.digest(&encode(json))
}

fn encode(json: &str) -> String {
    URL_SAFE_NO_PAD.encode(json)
}

fn token(payload: &str, disclosures: &[&str]) -> String {
    let header = encode(r#"{"alg":"ES256","typ":"dc+sd-jwt"}"#);
    let disclosures: String = disclosures.iter().map(|json| format!("{}~", encode(json))).collect();
    format!("{header}.{}.c2ln~{disclosures}", encode(payload))
}

#[track_caller]
fn check(payload: &str, disclosures: &[&str], expected: Result<&str, &str>) {
    let read = SdJwt::parse(&token(payload, disclosures)).unwrap();
    let shown = read.disclosed().root().to_string();
    let found = match read.flaw() {
        None => Ok(shown.as_str()),
        Some(flaw) => Err(flaw.as_str()),
    };
    assert_eq!(found, expected, "{payload} {disclosures:?}");
}

const NAME: &str = r#"["salt1","name","Amy"]"#;
const TOWN: &str = r#"["salt2","town","Regina"]"#;
const FRENCH: &str = r#"["salt3","fr"]"#;

#[test]
fn what_is_disclosed_stands_where_its_digest_stood() {
    let payload = format!(
        r#"{{"_sd_alg":"sha-256","vct":"a","_sd":["{}","ZGVjb3k"],"tongues":[{{"...":"{}"}},"en",{{"...":"ZGVjb3kx"}}]}}"#,
        digest(NAME),
        digest(FRENCH)
    );
    check(&payload, &[NAME, FRENCH], Ok(r#"{"vct":"a","tongues":["fr","en"],"name":"Amy"}"#));
    check(&payload, &[FRENCH], Ok(r#"{"vct":"a","tongues":["fr","en"]}"#));
    check(&payload, &[], Ok(r#"{"vct":"a","tongues":["en"]}"#));
}

#[test]
fn disclosures_may_hold_others() {
    let address = format!(r#"["salt4","address",{{"_sd":["{}"],"country":"CA"}}]"#, digest(TOWN));
    let payload = format!(r#"{{"_sd":["{}"]}}"#, digest(&address));
    check(&payload, &[&address, TOWN], Ok(r#"{"address":{"country":"CA","town":"Regina"}}"#));
    check(&payload, &[&address], Ok(r#"{"address":{"country":"CA"}}"#));
    check(&payload, &[TOWN], Err("unused_disclosure"));
    let read = SdJwt::parse(&token(&payload, &[&address, TOWN])).unwrap();
    let pointers: Vec<_> = read.disclosures().iter().map(Disclosure::pointer).collect();
    assert_eq!(pointers, [Some("/address"), Some("/address/town")]);
}

#[test]
fn other_hashes_are_known_by_name() {
    let payload = format!(r#"{{"_sd_alg":"sha-512","_sd":["{}"]}}"#, DigestHash::Sha512.digest(&encode(NAME)));
    check(&payload, &[NAME], Ok(r#"{"name":"Amy"}"#));
    check(&payload.replace("512", "384"), &[NAME], Err("unused_disclosure"));
    check(&payload.replace("sha-512", "md5"), &[NAME], Err("unsupported_hash"));
    check(r#"{"_sd_alg":7}"#, &[], Err("unsupported_hash"));
}

#[test]
fn what_nobody_signed_is_refused_and_not_shown() {
    let payload = format!(r#"{{"vct":"a","_sd":["{}"]}}"#, digest(NAME));
    check(&payload, &[NAME, TOWN], Err("unused_disclosure"));
    check(&payload, &[NAME, NAME], Err("unused_disclosure"));
    check(&payload, &[r#"["salt1","name","Bob"]"#], Err("unused_disclosure"));
    let read = SdJwt::parse(&token(&payload, &[NAME, TOWN])).unwrap();
    assert_eq!(read.disclosed().root().to_string(), r#"{"vct":"a"}"#);
}

#[test]
fn a_digest_that_appears_twice_is_refused() {
    let twice = format!(r#"{{"_sd":["{0}","{0}"]}}"#, digest(NAME));
    check(&twice, &[NAME], Err("repeated_digest"));
    check(&twice, &[], Err("repeated_digest"));
    let apart = format!(r#"{{"_sd":["{0}"],"other":{{"_sd":["{0}"]}}}}"#, digest(NAME));
    check(&apart, &[NAME], Err("repeated_digest"));
    let itself = format!(r#"["salt5","self",{{"_sd":["{}"]}}]"#, digest(NAME));
    let looped = format!(r#"{{"_sd":["{}","{}"]}}"#, digest(NAME), digest(&itself));
    check(&looped, &[&itself, NAME], Err("repeated_digest"));
}

#[test]
fn a_disclosure_replaces_nothing_and_hides_nothing() {
    check(&format!(r#"{{"name":"Bob","_sd":["{}"]}}"#, digest(NAME)), &[NAME], Err("overwrites"));
    let again = r#"["salt6","name","Eve"]"#;
    check(&format!(r#"{{"_sd":["{}","{}"]}}"#, digest(NAME), digest(again)), &[NAME, again], Err("overwrites"));
    for name in ["_sd", "..."] {
        let reserved = format!(r#"["salt7","{name}",["x"]]"#);
        check(&format!(r#"{{"_sd":["{}"]}}"#, digest(&reserved)), &[&reserved], Err("reserved_name"));
    }
    for claim in ["iss", "exp", "status"] {
        let hidden = format!(r#"["salt8","{claim}","x"]"#);
        check(&format!(r#"{{"vct":"a","_sd":["{}"]}}"#, digest(&hidden)), &[&hidden], Err("hidden_claim"));
    }
}

#[test]
fn members_and_elements_are_not_confused() {
    check(&format!(r#"{{"_sd":["{}"]}}"#, digest(FRENCH)), &[FRENCH], Err("misplaced_disclosure"));
    check(&format!(r#"{{"a":[{{"...":"{}"}}]}}"#, digest(NAME)), &[NAME], Err("misplaced_disclosure"));
}

#[test]
fn digests_are_read_to_the_letter() {
    for payload in [
        r#"{"_sd":"a"}"#,
        r#"{"_sd":[7]}"#,
        r#"{"a":{"_sd":{}}}"#,
        r#"{"...":"a"}"#,
        r#"{"a":[{"...":"a","b":1}]}"#,
        r#"{"a":[{"...":7}]}"#,
    ] {
        check(payload, &[], Err("malformed_digests"));
    }
    for disclosure in ["[]", r#"["a"]"#, r#"[1,"a"]"#, r#"["s",7,"a"]"#, r#"["s","n","v","w"]"#, "{}", "x"] {
        check(&format!(r#"{{"_sd":["{}"]}}"#, digest(disclosure)), &[disclosure], Err("malformed_disclosure"));
    }
}

#[test]
fn endless_nesting_ends() {
    let mut disclosures = vec![r#"["s","leaf",1]"#.to_owned()];
    for level in 0..200 {
        let inner = digest(disclosures.last().unwrap());
        disclosures.push(format!(r#"["s","level{level}",{{"_sd":["{inner}"]}}]"#));
    }
    let payload = format!(r#"{{"_sd":["{}"]}}"#, digest(disclosures.last().unwrap()));
    let all: Vec<&str> = disclosures.iter().map(String::as_str).collect();
    check(&payload, &all, Err("too_many"));
    let many: Vec<String> = (0..=MOST_DISCLOSURES).map(|number| format!(r#"["s{number}",1]"#)).collect();
    check("{}", &many.iter().map(String::as_str).collect::<Vec<_>>(), Err("too_many"));
}

#[test]
fn a_part_of_the_disclosures_is_put_together_with_what_they_stand_in() {
    let address = format!(r#"["salt4","address",{{"_sd":["{}"]}}]"#, digest(TOWN));
    let payload = format!(r#"{{"_sd":["{}","{}"]}}"#, digest(&address), digest(NAME));
    let whole = token(&payload, &[TOWN, NAME, &address]);
    let read = SdJwt::parse(&format!("{whole}{}", token("{}", &[]).trim_end_matches('~'))).unwrap();
    assert!(read.key_binding().is_some());
    assert_eq!(read.sd_hash(), DigestHash::Sha256.digest(&whole));
    assert_eq!(read.with_disclosures(|_| true), whole);
    assert_eq!(read.with_disclosures(|_| false), token(&payload, &[]));
    assert_eq!(read.with_disclosures(|index| index == 1), token(&payload, &[NAME]));
    let town = read.with_disclosures(|index| index == 0);
    assert_eq!(town, token(&payload, &[TOWN, &address]));
    assert!(SdJwt::parse(&town).unwrap().flaw().is_none());
}
