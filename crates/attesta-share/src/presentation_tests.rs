use attesta_verify::{Policy, PresentationTurn, Resources, Verdict, judge, verify_presentation};

use super::*;
use crate::sign::sign_document;

const NOW: &str = "2026-11-21T20:30:11Z";
const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn holder() -> HolderKey {
    HolderKey::from_seed(&[1; 32])
}

/// A badge that an issuer signed and delivered with odd spacing.
fn badge(second_context: &str, suite: Cryptosuite, extra: &str) -> Vec<u8> {
    let issuer = HolderKey::from_seed(&[2; 32]);
    let unsigned = format!(
        r#"{{ "type" : ["VerifiableCredential", "OpenBadgeCredential"],
        "@context":["https://www.w3.org/ns/credentials/v2", "{second_context}"], {extra}
        "issuer":{{"id":"{}","type":["Profile"],"name":"Coll\u00e8ge"}}, "validFrom":"2026-01-01T00:00:00Z",
        "credentialSubject":{{"id":"did:example:amelie","type":["AchievementSubject"],"achievement":{{
        "id":"https://college.example/b/1","type":["Achievement"],"name":"Tri","description":"Trie vite.",
        "criteria":{{"narrative":"Examen"}},"creditsAvailable":4.50}}}} }}"#,
        issuer.did()
    );
    let method = issuer.verification_method();
    let options = ProofOptions {
        suite,
        verification_method: &method,
        purpose: ProofPurpose::AssertionMethod,
        created: time("2026-01-01T00:00:00Z"),
        expires: None,
        challenge: None,
        domain: None,
    };
    sign_document(unsigned.as_bytes(), &options, issuer.signing_key()).expect("the issuer can sign it")
}

fn ordinary_badge() -> Vec<u8> {
    badge(OPEN_BADGES, Cryptosuite::EddsaRdfc2022, "")
}

fn bundle(credentials: Vec<Vec<u8>>) -> Bundle {
    let note = Some("Bonjour,\n\"voici\" mes attestations. \u{1F393}".to_owned());
    Bundle::new("Candidature".to_owned(), note, credentials)
}

fn terms() -> PresentationTerms<'static> {
    PresentationTerms {
        id: Some("urn:uuid:7b0f7b6e-4c3c-4a53-9e30-6f5d4a3b2c1d"),
        created: time(NOW),
        valid_until: Some(time("2027-05-31T23:59:59Z")),
        challenge: "Zk3l2mX0q9a7b5c3d1e8fg",
        digest_over: DigestOver::ExactText,
    }
}

#[track_caller]
fn verdict_on(json: &[u8], now: &str) -> Verdict {
    let presentation = VerifiablePresentation::from_json(json.to_vec()).expect("a presentation");
    match verify_presentation(&presentation, &Resources::new(), &Policy::default(), time(now)) {
        PresentationTurn::Done(report) => judge(&report),
        PresentationTurn::Need(needs) => panic!("a did:key needs no resource, yet: {needs:?}"),
    }
}

#[test]
fn a_presentation_carries_each_credential_to_the_byte_and_verifies() {
    let jcs = badge("https://college.example/own/v1", Cryptosuite::EddsaJcs2022, "\"motto\":\"Ad mare\",");
    for (credentials, suite) in [
        (vec![ordinary_badge()], Cryptosuite::EddsaRdfc2022),
        (vec![ordinary_badge(), ordinary_badge(), ordinary_badge()], Cryptosuite::EddsaRdfc2022),
        // A context that nobody published, and therefore terms without a meaning as linked data.
        (vec![ordinary_badge(), jcs], Cryptosuite::EddsaJcs2022),
    ] {
        let signed = sign_presentation(&bundle(credentials.clone()), &holder(), &terms()).expect("it can be signed");
        assert_eq!(signed.suite, suite);
        let presentation = VerifiablePresentation::from_json(signed.json.clone()).expect("a presentation");
        let carried: Vec<Vec<u8>> = presentation.credentials().map(|carried| carried.bytes.to_vec()).collect();
        assert_eq!(carried, credentials);
        assert_eq!(verdict_on(&signed.json, NOW), Verdict::Valid);
    }
}

#[test]
fn a_token_is_carried_in_an_envelope_and_read_back_to_the_byte() {
    use base64::Engine;
    let encode = |json: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json);
    let payload = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"]}"#;
    let token =
        |typ: &str| format!("{}.{}.c2ln", encode(&format!(r#"{{"alg":"ES256","typ":"{typ}"}}"#)), encode(payload));
    let tokens = [token("vc+jwt"), token("JWT"), format!("{}~", token("vc+sd-jwt"))];
    let credentials: Vec<Vec<u8>> = tokens.iter().map(|token| token.clone().into_bytes()).collect();
    let both = [credentials.clone(), vec![ordinary_badge()]].concat();
    let signed = sign_presentation(&bundle(both.clone()), &holder(), &terms()).expect("it can be signed");
    assert_eq!(signed.suite, Cryptosuite::EddsaRdfc2022);
    assert_eq!(verdict_on(&signed.json, NOW), Verdict::Valid);
    let found = attesta_credential::read(&signed.json).expect("credentials");
    let carried: Vec<Vec<u8>> = found.iter().map(|found| found.credential.bytes().to_vec()).collect();
    assert_eq!(carried, both);
    let document = Document::parse(signed.json).expect("JSON");
    for (place, media_type) in ["vc+jwt", "jwt", "vc+sd-jwt"].into_iter().enumerate() {
        let id = document.root().at(&format!("/verifiableCredential/{place}/id")).and_then(|id| id.as_str());
        assert!(id.is_some_and(|id| id.starts_with(&format!("data:application/{media_type},"))), "{id:?}");
    }
}

const HOSTED: &str = r#"{ "@context": "https://w3id.org/openbadges/v2", "type": "Assertion",
 "id": "https://badges.example/a/1", "recipient": {"type": "email", "identity": "a@b.example", "hashed": false},
 "badge": "https://badges.example/b/\u00e9", "verification": {"type": "HostedBadge"}, "issuedOn": "2020-01-01" }
"#;

/// The signed form of the same, whose signature nobody looks at here.
fn signed_assertion() -> Vec<u8> {
    use base64::Engine;
    let encode = |json: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json);
    format!("{}.{}.c2ln", encode(r#"{"alg":"RS256"}"#), encode(HOSTED)).into_bytes()
}

fn token() -> Vec<u8> {
    use base64::Engine;
    let encode = |json: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json);
    let payload = r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"]}"#;
    format!("{}.{}.c2ln", encode(r#"{"alg":"ES256","typ":"vc+jwt"}"#), encode(payload)).into_bytes()
}

fn noted(entries: &[(Vec<u8>, Option<&str>)]) -> Bundle {
    let entry =
        |(bytes, note): &(Vec<u8>, Option<&str>)| BundleEntry { bytes: bytes.clone(), note: note.map(str::to_owned) };
    Bundle {
        audience: Some(" Atelier Nord ".to_owned()),
        hidden_parts: ["skills", "picture", "skills"].map(str::to_owned).into(),
        entries: entries.iter().map(entry).collect(),
        ..bundle(Vec::new())
    }
}

/// What a reader finds in a signed bundle of these: each to the byte, in its place, with its note.
#[track_caller]
fn check_read_back(entries: &[(Vec<u8>, Option<&str>)]) -> Vec<u8> {
    let signed = sign_presentation(&noted(entries), &holder(), &terms()).expect("it can be signed");
    assert_eq!(signed.suite, Cryptosuite::EddsaRdfc2022);
    let presentation = VerifiablePresentation::from_json(signed.json.clone()).expect("a presentation");
    assert_eq!(presentation.contents(), attesta_credential::Contents::Match);
    assert_eq!(presentation.audience(), Some("Atelier Nord"));
    assert_eq!(presentation.hidden_parts(), ["picture", "skills"]);
    assert_eq!(verdict_on(&signed.json, NOW), Verdict::Valid);
    let read = attesta_credential::read_each(&signed.json).expect("entries");
    let found: Vec<(Vec<u8>, Option<&str>)> = read
        .iter()
        .zip(1..)
        .map(|(entry, place)| {
            (entry.as_ref().expect("a credential").credential.bytes().to_vec(), presentation.note_at(place))
        })
        .collect();
    assert_eq!(found, entries);
    signed.json
}

#[test]
fn every_kind_of_entry_comes_back_to_the_byte_in_the_learners_order_with_its_note() {
    let hosted = || HOSTED.as_bytes().to_vec();
    check_read_back(&[(ordinary_badge(), Some("Atelier de tri\n\"2026\""))]);
    check_read_back(&[(hosted(), Some("_:vieux")), (ordinary_badge(), None), (signed_assertion(), Some("signé"))]);
    check_read_back(&[
        (ordinary_badge(), Some("a")),
        (token(), Some("b")),
        (hosted(), Some("c")),
        (ordinary_badge(), None),
    ]);
    check_read_back(&[(token(), None), (ordinary_badge(), Some("z"))]);
    // Without any verifiable credential there is no member for them.
    let json = check_read_back(&[(signed_assertion(), Some("a")), (hosted(), Some("a"))]);
    assert!(!String::from_utf8(json).expect("JSON").contains("verifiableCredential"));
}

#[test]
fn what_the_holder_wrote_can_not_be_altered_or_moved() {
    let entries =
        [(HOSTED.as_bytes().to_vec(), Some("first")), (ordinary_badge(), Some("second")), (ordinary_badge(), None)];
    let text = String::from_utf8(check_read_back(&entries)).expect("JSON");
    for (from, to) in [
        ("Atelier Nord", "Atelier Sud"),
        (r#"["picture","skills"]"#, r#"["picture"]"#),
        (r#""attesta:text":"first""#, r#""attesta:text":"best""#),
        (r#"{"attesta:place":1,"attesta:text":"first"},"#, ""),
        (r#"{"attesta:place":2,"attesta:text":"second"}"#, r#"{"attesta:place":3,"attesta:text":"second"}"#),
        ("badges.example/a/1", "badges.example/a/2"),
        (r#""attesta:contents":"uEi"#, r#""attesta:contents":"uEj"#),
        ("4.50", "4.5"),
        (r#"Coll\u00e8ge"#, "Collège"),
        ("Candidature", "Autre"),
    ] {
        assert!(text.contains(from), "{from} in {text}");
        assert_eq!(verdict_on(text.replace(from, to).as_bytes(), NOW), Verdict::Invalid, "{from} -> {to}");
    }
}

#[test]
fn what_a_host_writes_anew_is_still_what_the_holder_signed_where_the_digest_is_over_canonical_json() {
    let spread = String::from_utf8(ordinary_badge()).expect("JSON").replace(",\"", ",\n  \"").into_bytes();
    let entries = [(HOSTED.as_bytes().to_vec(), Some("first")), (spread, Some("second")), (token(), None)];
    let written_anew = |terms: &PresentationTerms<'_>| {
        let signed = sign_presentation(&noted(&entries), &holder(), terms).expect("it can be signed");
        assert_eq!(verdict_on(&signed.json, NOW), Verdict::Valid);
        Document::parse(signed.json).expect("JSON").root().to_string()
    };
    assert_eq!(verdict_on(written_anew(&terms()).as_bytes(), NOW), Verdict::Invalid, "to the byte");
    let text = written_anew(&PresentationTerms { digest_over: DigestOver::CanonicalJson, ..terms() });
    assert_eq!(verdict_on(text.as_bytes(), NOW), Verdict::Valid);
    for (from, to) in [
        (r#"{"attesta:place":2,"attesta:text":"second"}"#, r#"{"attesta:place":3,"attesta:text":"second"}"#),
        (r#""attesta:canonicalContents":"uEi"#, r#""attesta:canonicalContents":"uEj"#),
        (r#""attesta:canonicalContents""#, r#""attesta:contents""#),
        ("Collège", "Université"),
    ] {
        assert!(text.contains(from), "{from} in {text}");
        assert_eq!(verdict_on(text.replace(from, to).as_bytes(), NOW), Verdict::Invalid, "{from} -> {to}");
    }
}

#[test]
fn a_bundle_without_anything_optional_says_nothing_of_it() {
    let bundle = Bundle::new(String::new(), Some(" ".to_owned()), vec![ordinary_badge()]);
    let terms = PresentationTerms { id: None, valid_until: None, ..terms() };
    let signed = sign_presentation(&bundle, &holder(), &terms).expect("it can be signed");
    let document = Document::parse(signed.json).expect("JSON");
    let members: Vec<&str> = document.root().as_object().expect("an object").iter().map(|(name, _)| name).collect();
    assert_eq!(members, ["@context", "type", "holder", "attesta:contents", "verifiableCredential", "proof"]);
}

#[test]
fn a_part_that_no_credential_has_is_refused() {
    let bundle = Bundle { hidden_parts: vec!["price".to_owned()], ..bundle(vec![ordinary_badge()]) };
    let error = sign_presentation(&bundle, &holder(), &terms()).expect_err("no such part");
    assert_eq!(error, PresentError::UnknownPart { name: "price".to_owned() });
}

#[test]
fn a_credential_with_an_inline_context_makes_the_presentation_sign_the_text() {
    let issuer = HolderKey::from_seed(&[2; 32]);
    let inline = format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2",{{"motto":"https://college.example/motto"}}],
        "type":["VerifiableCredential"],"issuer":"{}","motto":"Ad mare","credentialSubject":{{"id":"did:example:a"}}}}"#,
        issuer.did()
    );
    let signed = sign_presentation(&bundle(vec![inline.into_bytes()]), &holder(), &terms()).expect("it can be signed");
    assert_eq!(signed.suite, Cryptosuite::EddsaJcs2022);
    assert_eq!(verdict_on(&signed.json, NOW), Verdict::Valid);
}

#[test]
fn a_presentation_says_what_the_learner_wrote_and_who_the_holder_is() {
    let signed = sign_presentation(&bundle(vec![ordinary_badge()]), &holder(), &terms()).expect("it can be signed");
    let document = Document::parse(signed.json).expect("JSON");
    let text = |pointer: &str| document.root().at(pointer).and_then(|value| value.as_str()).unwrap_or_default();
    assert_eq!(text("/holder"), holder().did());
    assert_eq!(text("/name"), "Candidature");
    assert_eq!(text("/description"), "Bonjour,\n\"voici\" mes attestations. \u{1F393}");
    assert_eq!(text("/id"), "urn:uuid:7b0f7b6e-4c3c-4a53-9e30-6f5d4a3b2c1d");
    assert_eq!(text("/proof/0/proofPurpose"), "authentication");
    assert_eq!(text("/proof/0/challenge"), "Zk3l2mX0q9a7b5c3d1e8fg");
    assert_eq!(text("/proof/1/proofPurpose"), "assertionMethod");
    for proof in ["/proof/0", "/proof/1"] {
        assert_eq!(text(&format!("{proof}/created")), NOW);
        assert_eq!(text(&format!("{proof}/expires")), "2027-05-31T23:59:59Z");
        assert_eq!(text(&format!("{proof}/verificationMethod")), holder().verification_method());
    }
}

#[test]
fn a_bundle_without_title_note_id_and_end_leaves_them_out() {
    let plain = Bundle::new("  ".to_owned(), Some(String::new()), vec![ordinary_badge()]);
    let terms = PresentationTerms { id: None, valid_until: None, ..terms() };
    let signed = sign_presentation(&plain, &holder(), &terms).expect("it can be signed");
    let document = Document::parse(signed.json.clone()).expect("JSON");
    for absent in ["/name", "/description", "/id", "/proof/0/expires"] {
        assert!(document.root().at(absent).is_none(), "{absent}");
    }
    assert_eq!(verdict_on(&signed.json, "2099-01-01T00:00:00Z"), Verdict::Valid);
}

#[test]
fn anything_altered_in_a_presentation_makes_it_invalid() {
    let signed = sign_presentation(&bundle(vec![ordinary_badge()]), &holder(), &terms()).expect("it can be signed");
    let text = String::from_utf8(signed.json).expect("JSON");
    let other = HolderKey::from_seed(&[3; 32]).did();
    for (from, to) in [
        ("Candidature", "Recommandation"),
        ("voici", "voila"),
        ("Trie vite.", "Trie très vite."),
        ("2027-05-31T23:59:59Z", "2037-05-31T23:59:59Z"),
        ("7b0f7b6e", "7b0f7b6f"),
        (&format!("\"holder\":\"{}\"", holder().did()), &format!("\"holder\":\"{other}\"")),
    ] {
        assert!(text.contains(from), "{from}");
        assert_eq!(verdict_on(text.replace(from, to).as_bytes(), NOW), Verdict::Invalid, "{from}");
    }
}

#[test]
fn a_presentation_expires_when_the_learner_said() {
    let signed = sign_presentation(&bundle(vec![ordinary_badge()]), &holder(), &terms()).expect("it can be signed");
    assert_eq!(verdict_on(&signed.json, "2027-05-31T23:59:59Z"), Verdict::Valid);
    assert_eq!(verdict_on(&signed.json, "2027-06-01T00:00:00Z"), Verdict::Expired);
}

#[test]
fn a_bundle_that_can_not_be_presented_is_refused() {
    let sign = |bundle: &Bundle, terms: &PresentationTerms<'_>| {
        sign_presentation(bundle, &holder(), terms).map(|_| ()).expect_err("it must be refused")
    };
    assert_eq!(sign(&bundle(Vec::new()), &terms()), PresentError::NoCredentials);
    let backwards = PresentationTerms { valid_until: Some(time("2026-11-21T20:30:10Z")), ..terms() };
    assert_eq!(sign(&bundle(vec![ordinary_badge()]), &backwards), PresentError::EndsBeforeItBegins);
    let spoiled = bundle(vec![ordinary_badge(), b"{\"type\":\"Note\"}".to_vec()]);
    assert!(matches!(sign(&spoiled, &terms()), PresentError::NotACredential { index: 1, .. }));
    let many = bundle(vec![br#"{"type":"VerifiableCredential"}"#.to_vec(); CREDENTIALS + 1]);
    assert_eq!(sign(&many, &terms()), PresentError::TooMany { limit: CREDENTIALS });
    let padding = " ".repeat(INPUT_BYTES / 2);
    let large = format!("{{\"type\":\"VerifiableCredential\",{padding}\"id\":\"urn:x:1\"}}").into_bytes();
    let limit = ReadError::TooLarge { limit: INPUT_BYTES };
    assert_eq!(sign(&bundle(vec![large.clone(), large]), &terms()), PresentError::Unreadable(limit));
}

#[test]
fn printing_a_bundle_shows_nothing_of_what_it_says() {
    let printed = format!("{:?}", bundle(vec![ordinary_badge()]));
    assert!(!printed.contains("Candidature") && !printed.contains("voici"), "{printed}");
}
