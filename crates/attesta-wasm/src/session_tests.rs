use attesta_credential::DigestOver;
use attesta_share::{
    Bundle, HolderKey, Passphrase, PayloadEncoding, PresentationTerms, ProofOptions, ProofPurpose, SEAL_RANDOM_BYTES,
    ShareLink, sign_document, sign_presentation,
};
use attesta_verify::Cryptosuite;
use serde_json::{Value, json};

use super::*;

const NOW: &str = "2026-11-21T20:30:11Z";
const DID_WEB: &str = "did:web:college.example";
const DID_DOCUMENT: &str = "https://college.example/.well-known/did.json";

fn issuer() -> HolderKey {
    HolderKey::from_seed(&[2; 32])
}

fn badge(issuer_id: &str, method: &str) -> Vec<u8> {
    let unsigned = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:0c07c1ce-57cb-41af-bef2-1b932b986873",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer_id, "type": ["Profile"], "name": "Collège du Littoral"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:amelie", "type": ["AchievementSubject"], "name": "Amélie Roy", "achievement": {
            "id": "https://college.example/b/1", "type": ["Achievement"], "name": "Tri",
            "description": "Trie vite.", "criteria": {"narrative": "Examen"}}}
    });
    let options = ProofOptions {
        suite: Cryptosuite::EddsaRdfc2022,
        verification_method: method,
        purpose: ProofPurpose::AssertionMethod,
        created: "2026-01-01T00:00:00Z".parse().expect("a time"),
        expires: None,
        challenge: None,
        domain: None,
    };
    sign_document(unsigned.to_string().as_bytes(), &options, issuer().signing_key()).expect("it can be signed")
}

fn key_badge() -> Vec<u8> {
    badge(&issuer().did(), &issuer().verification_method())
}

fn web_badge() -> Vec<u8> {
    badge(DID_WEB, &format!("{DID_WEB}#key-0"))
}

fn did_document() -> String {
    let multikey = issuer().did()["did:key:".len()..].to_owned();
    let method = format!("{DID_WEB}#key-0");
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": DID_WEB,
        "verificationMethod": [
            {"id": method, "type": "Multikey", "controller": DID_WEB, "publicKeyMultibase": multikey}
        ],
        "assertionMethod": [method]
    })
    .to_string()
}

fn link(credentials: Vec<Vec<u8>>) -> String {
    let bundle = Bundle::new("Candidature".to_owned(), Some("Bonjour".to_owned()), credentials);
    let terms = PresentationTerms {
        id: None,
        created: NOW.parse().expect("a time"),
        valid_until: Some("2027-05-31T23:59:59Z".parse().expect("a time")),
        challenge: "Zk3l2mX0q9a7b5c3d1e8fg",
        digest_over: DigestOver::ExactText,
    };
    let signed = sign_presentation(&bundle, &HolderKey::from_seed(&[1; 32]), &terms).expect("it can be signed");
    ShareLink::encode("https://verify.example/", &signed.json, PayloadEncoding::Base64Url).to_string()
}

fn open(text: &str) -> Session {
    open_all("en", &[("", text.as_bytes())])
}

fn open_all(language: &str, items: &[(&str, &[u8])]) -> Session {
    let mut session = Session::new(language, false);
    for (name, bytes) in items {
        session.add(name, bytes);
    }
    session
}

fn turn(session: &mut Session, answers: &Value) -> Value {
    serde_json::from_str(&session.turn(NOW, &answers.to_string())).expect("a turn is JSON")
}

fn needed_document() -> Value {
    json!({"need": [{"url": DID_DOCUMENT, "kind": "controlled_identifier_document"}]})
}

fn answer(body: &str) -> Value {
    json!([{"url": DID_DOCUMENT, "ok": true, "base64": STANDARD.encode(body), "mediaType": "application/did+json"}])
}

#[test]
fn a_share_link_of_did_key_badges_is_checked_in_one_turn() {
    let view = turn(&mut open(&link(vec![key_badge(), key_badge()])), &json!([]));
    assert_eq!(view["done"]["shown"][0]["presentation"]["verdict"], "valid", "{view:#}");
    assert_eq!(view["done"]["shown"][0]["presentation"]["title"], "Candidature");
    assert_eq!(view["done"]["shown"][0]["presentation"]["note"], "Bonjour");
    assert_eq!(view["done"]["shown"][0]["presentation"]["earner"], "Amélie Roy");
    assert_eq!(view["done"]["shown"][0]["presentation"]["valid_until"], "2027-05-31T23:59:59Z");
    assert_eq!(view["done"]["shown"][0]["presentation"]["credentials"].as_array().map(Vec::len), Some(2));
    assert_eq!(view["done"]["shown"][0]["presentation"]["credentials"][1]["credential"]["title"]["text"], "Tri");
}

#[test]
fn the_page_is_asked_for_what_is_missing_and_its_answer_decides() {
    let mut session = open(&link(vec![web_badge(), web_badge()]));
    assert_eq!(turn(&mut session, &json!([])), needed_document());
    let view = turn(&mut session, &answer(&did_document()));
    assert_eq!(view["done"]["shown"][0]["presentation"]["verdict"], "valid", "{view:#}");
    assert_eq!(
        view["done"]["shown"][0]["presentation"]["credentials"][0]["report"]["asked"],
        json!(["college.example"])
    );
}

#[test]
fn a_failure_is_an_answer_and_never_makes_anything_valid() {
    for answers in [
        json!([{"url": DID_DOCUMENT, "ok": false, "failure": "refused_by_browser"}]),
        json!([{"url": DID_DOCUMENT, "ok": false, "failure": "status", "status": 404}]),
        json!([{"url": DID_DOCUMENT, "ok": false, "failure": "something else"}]),
        json!([{"url": DID_DOCUMENT, "ok": true, "base64": "not base64!"}]),
        json!([{"url": DID_DOCUMENT, "ok": true}]),
        // No answer at all: the page gave up.
        json!([]),
    ] {
        let mut session = open(&link(vec![web_badge()]));
        assert_eq!(turn(&mut session, &json!([])), needed_document());
        let view = turn(&mut session, &answers);
        assert_eq!(view["done"]["shown"][0]["presentation"]["verdict"], "unverifiable", "{answers} {view:#}");
        assert_eq!(
            view["done"]["shown"][0]["presentation"]["report"]["verdict"], "valid",
            "the holder's own signature needs nobody"
        );
    }
}

#[test]
fn the_kind_of_a_failure_reaches_the_report() {
    for (failure, status, code) in [
        ("refused_by_browser", None, "refused_by_browser"),
        ("timed_out", None, "timed_out"),
        ("too_large", None, "too_large"),
        ("redirected_elsewhere", None, "redirected_elsewhere"),
        ("status", Some(410), "status"),
    ] {
        let mut session = open(&link(vec![web_badge()]));
        turn(&mut session, &json!([]));
        let view =
            turn(&mut session, &json!([{"url": DID_DOCUMENT, "ok": false, "failure": failure, "status": status}]));
        let resources = view["done"]["shown"][0]["presentation"]["credentials"][0]["report"]["resources"].to_string();
        assert!(resources.contains(code), "{failure}: {resources}");
    }
}

#[test]
fn answers_to_questions_that_were_not_asked_are_ignored() {
    let mut session = open(&link(vec![web_badge()]));
    assert_eq!(turn(&mut session, &answer(&did_document())), needed_document());
    let view = turn(&mut session, &json!([{"url": DID_DOCUMENT, "ok": false, "failure": "timed_out"}]));
    assert_eq!(view["done"]["shown"][0]["presentation"]["verdict"], "unverifiable");
    let late = turn(&mut session, &answer(&did_document()));
    assert_eq!(
        late["done"]["shown"][0]["presentation"]["verdict"], "unverifiable",
        "what a finding rests on is not replaced"
    );
}

#[test]
fn a_bundle_can_not_make_the_page_call_on_hosts_without_end() {
    let foreign = |number: usize| {
        let did = format!("did:web:host{number:03}.example");
        badge(&did, &format!("{did}#key-0"))
    };
    let credentials: Vec<Vec<u8>> = (0..MOST_REQUESTS + 6).map(foreign).collect();
    let mut session = open(&format!("[{}]", join(&credentials)));
    let asked = turn(&mut session, &json!([]));
    assert_eq!(asked["need"].as_array().map(Vec::len), Some(MOST_REQUESTS));
    let view = turn(&mut session, &json!([]));
    assert_eq!(view["done"]["shown"][0]["presentation"]["verdict"], "unverifiable");
    assert_eq!(
        view["done"]["shown"][0]["presentation"]["credentials"].as_array().map(Vec::len),
        Some(credentials.len())
    );
}

fn join(credentials: &[Vec<u8>]) -> String {
    let texts: Vec<&str> = credentials.iter().map(|bytes| std::str::from_utf8(bytes).expect("JSON")).collect();
    texts.join(",")
}

#[test]
fn a_credential_file_opens_without_a_holder() {
    let mut session = open_all("fr", &[("badge.json", &key_badge())]);
    let view = turn(&mut session, &json!([]));
    assert_eq!(view["done"]["shown"][0]["presentation"]["verdict"], "valid", "{view:#}");
    assert_eq!(view["done"]["shown"][0]["presentation"]["holder"], Value::Null);
    assert_eq!(view["done"]["shown"][0]["presentation"]["credentials"].as_array().map(Vec::len), Some(1));
}

#[test]
fn an_altered_credential_in_a_sound_presentation_is_invalid() {
    let altered = String::from_utf8(key_badge()).expect("JSON").replace("Trie vite.", "Trie tout.");
    let view = turn(&mut open(&link(vec![key_badge(), altered.into_bytes()])), &json!([]));
    let verdicts: Vec<_> = [0, 1]
        .map(|index| view["done"]["shown"][0]["presentation"]["credentials"][index]["verdict"].clone())
        .into_iter()
        .collect();
    assert_eq!(verdicts, [json!("valid"), json!("invalid")]);
    assert_eq!(view["done"]["shown"][0]["presentation"]["verdict"], "invalid");
    assert_eq!(view["done"]["shown"][0]["presentation"]["report"]["verdict"], "valid");
}

#[test]
fn an_entry_that_can_not_be_read_brings_the_values_of_its_words() {
    let jwt = r#""eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..aXY.Y2lwaGVydGV4dA.dGFn""#;
    let badge = String::from_utf8(key_badge()).expect("JSON");
    let view = turn(&mut open(&format!("[{badge},{jwt}]")), &json!([]));
    let unreadable = &view["done"]["shown"][0]["presentation"]["credentials"][1];
    assert_eq!(unreadable["error"], "unsupported_format", "{view:#}");
    assert_eq!(unreadable["error_params"], json!({"what": "JWT"}));
    assert_eq!(view["done"]["shown"][0]["presentation"]["credentials"][0]["error_params"], json!({}));
}

#[track_caller]
fn check_error(text: &str, code: &str, params: &Value) {
    let view = turn(&mut open(text), &json!([]));
    assert_eq!(view, json!({"error": {"code": code, "params": params}}));
}

#[test]
fn what_does_not_open_is_named_with_its_values() {
    let whole = link(vec![key_badge()]);
    check_error("", "share_link_empty", &json!({}));
    check_error(" #\n", "share_link_empty", &json!({}));
    check_error("https://verify.example/", "not_a_link", &json!({}));
    check_error(&whole[..whole.len() - 9], "share_link_damaged", &json!({}));
    check_error(&whole.replace("#2u", "#3u"), "share_link_newer", &json!({"version": "3"}));
    check_error("{\"type\":\"VerifiableCredential\"", "truncated", &json!({}));
    check_error("{\"a\":1,\"a\":2}", "duplicate_key", &json!({"pointer": "/a"}));
    check_error("{}", "not_a_credential", &json!({}));
}

#[test]
fn a_page_that_breaks_the_agreement_is_told_so() {
    let mut session = open(&link(vec![key_badge()]));
    for (now, answers, what) in [("today", "[]", "now"), (NOW, "{", "answers"), (NOW, "[{\"ok\":true}]", "answers")] {
        let view: Value = serde_json::from_str(&session.turn(now, answers)).expect("a turn is JSON");
        assert_eq!(view, json!({"error": {"code": "internal", "params": {"what": what}}}));
    }
    assert_eq!(turn(&mut session, &json!([]))["done"]["shown"][0]["presentation"]["verdict"], "valid", "and can go on");
}

const PASSPHRASE: &str = "quatre mots pour ouvrir";

fn sealed_link() -> String {
    let passphrase = Passphrase::new(PASSPHRASE).expect("it is long enough");
    let bundle = Bundle::new("Candidature".to_owned(), None, vec![web_badge()]);
    let terms = PresentationTerms {
        id: None,
        created: NOW.parse().expect("a time"),
        valid_until: None,
        challenge: "Zk3l2mX0q9a7b5c3d1e8fg",
        digest_over: DigestOver::ExactText,
    };
    let signed = sign_presentation(&bundle, &HolderKey::from_seed(&[1; 32]), &terms).expect("it can be signed");
    let randomness = [7; SEAL_RANDOM_BYTES];
    ShareLink::encode_sealed(
        "https://verify.example/",
        &signed.json,
        PayloadEncoding::Base64Url,
        &passphrase,
        &randomness,
    )
    .to_string()
}

#[test]
fn something_sealed_shows_nothing_and_asks_nobody_before_its_passphrase_fits() {
    let link = sealed_link();
    let mut session = open_all("en", &[("badge.json", &key_badge()), ("sealed.txt", link.as_bytes())]);
    let needed = json!({"error": {"code": "passphrase_needed", "params": {"name": "sealed.txt"}}});
    assert_eq!(turn(&mut session, &json!([])), needed);
    for wrong in ["", "quatre mots pour fermer"] {
        assert_eq!(session.unseal(wrong), r#"{"unsealed":false}"#);
        assert_eq!(turn(&mut session, &json!([])), needed);
    }
    assert_eq!(session.unseal(PASSPHRASE), r#"{"unsealed":true}"#);
    assert_eq!(turn(&mut session, &json!([])), needed_document());
    let view = turn(&mut session, &answer(&did_document()));
    assert_eq!(view["done"]["shown"][0]["presentation"]["title"], "Candidature", "{view:#}");
    assert_eq!(view["done"]["shown"][0]["presentation"]["verdict"], "valid");
    let nothing_left: Value = serde_json::from_str(&session.unseal(PASSPHRASE)).expect("an answer is JSON");
    assert_eq!(nothing_left["error"]["code"], "internal");
}

#[test]
fn what_is_opened_together_is_told_apart() {
    let bundle = link(vec![key_badge()]);
    let (first, second) = (key_badge(), web_badge());
    let items: [(&str, &[u8]); 5] = [
        ("one.json", &first),
        ("bundle.txt", bundle.as_bytes()),
        ("broken.json", b"{"),
        ("two.json", &second),
        ("again.json", &first),
    ];
    let mut session = open_all("en", &items);
    assert_eq!(turn(&mut session, &json!([])), needed_document());
    let found = turn(&mut session, &answer(&did_document()))["done"].clone();
    assert_eq!(found["shown"][0]["names"], json!(["bundle.txt"]));
    assert_eq!(found["shown"][0]["presentation"]["title"], "Candidature");
    assert_eq!(found["shown"][1]["names"], json!(["one.json", "two.json", "again.json"]));
    assert_eq!(found["shown"][1]["presentation"]["holder"], Value::Null);
    let credentials = found["shown"][1]["presentation"]["credentials"].as_array().map(Vec::len);
    assert_eq!(credentials, Some(2), "the same credential is shown once");
    assert_eq!(found["unread"], json!([{"name": "broken.json", "error": {"code": "truncated", "params": {}}}]));
}

#[test]
fn more_than_anybody_looks_through_is_said_to_be_too_much() {
    let badge = key_badge();
    let items: Vec<(&str, &[u8])> = vec![("a.json", &badge); MOST_ITEMS + 5];
    let found = turn(&mut open_all("en", &items), &json!([]))["done"].clone();
    assert_eq!(found["unread"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["unread"][0]["error"]["code"], "too_many_items");
}

#[test]
fn another_language_says_the_same_of_the_same_answers() {
    let mut session = open(&link(vec![web_badge()]));
    turn(&mut session, &json!([]));
    let english = turn(&mut session, &answer(&did_document()));
    session.speak("fr");
    let french = turn(&mut session, &json!([]));
    let verdict = |view: &Value| view["done"]["shown"][0]["presentation"]["verdict"].clone();
    assert_eq!((verdict(&english), verdict(&french)), (json!("valid"), json!("valid")));
}
