use super::world::*;
use crate::view::ImportOutcome;

const CLAIM: &str = "https://college.example/claim/1";

#[track_caller]
fn check(page: &str, elsewhere: &[(&str, &str, Vec<u8>)], expected: Result<&str, &str>) -> Vec<String> {
    let world = World::new();
    world.web.answer(CLAIM, "text/html; charset=utf-8", page);
    for (url, media_type, bytes) in elsewhere {
        world.web.answer(url, media_type, bytes.clone());
    }
    let result = world.import_text(CLAIM).remove(0);
    match expected {
        Ok(verdict) => {
            assert_eq!(result.outcome, ImportOutcome::Imported, "{:?}", result.error);
            assert_eq!(result.verdict.as_deref(), Some(verdict));
            let shown = world.wallet.show_credential(&by_id(&result.id.unwrap())).unwrap();
            assert_eq!(shown.origin_name.as_deref(), Some("college.example"), "the link's own host is remembered");
        }
        Err(code) => {
            assert_eq!(result.error.map(|error| error.code).as_deref(), Some(code));
            assert!(world.list().is_empty());
        }
    }
    world.web.urls()
}

#[test]
fn a_page_leads_to_its_credential() {
    let json = badge(|_| {});
    let page = r#"<!DOCTYPE html><html><link rel="alternate" type="application/vc" href="/c/1"></html>"#;
    check(page, &[("https://college.example/c/1", "application/vc", json.clone())], Ok("valid"));
    let page =
        r#"<html><body><a href="https://files.example/1.json" download>Download your credential</a></body></html>"#;
    check(page, &[("https://files.example/1.json", "application/octet-stream", json)], Ok("valid"));
}

#[test]
fn the_next_candidate_is_tried_when_one_is_not_it() {
    let json = badge(|_| {});
    let page = r#"<html><a href="/manifest.json">App</a><a href="/gone.json">Old credential</a><a href="/1.json">Data</a></html>"#;
    let asked = check(
        page,
        &[
            ("https://college.example/manifest.json", "application/json", b"{\"name\":\"app\"}".to_vec()),
            ("https://college.example/1.json", "application/json", json),
        ],
        Ok("valid"),
    );
    assert_eq!(
        asked[..4],
        [
            CLAIM,
            "https://college.example/gone.json",
            "https://college.example/manifest.json",
            "https://college.example/1.json"
        ]
    );
}

#[test]
fn a_page_is_followed_for_one_hop_and_four_links_at_most() {
    let another = b"<html><a href='/3.json'>credential</a></html>".to_vec();
    let page = r#"<html><a href="/2.json">Credential</a></html>"#;
    let asked = check(page, &[("https://college.example/2.json", "text/html", another)], Err("no_credential_on_page"));
    assert_eq!(asked, [CLAIM, "https://college.example/2.json"]);
    let links: String = (0..9).map(|number| format!("<a href='/{number}.json'>credential</a>")).collect();
    let asked = check(&format!("<html>{links}</html>"), &[], Err("fetch_failed"));
    assert_eq!(asked.len(), 5);
}

#[test]
fn a_page_without_a_credential_says_so() {
    check("<html><p>Please sign in</p></html>", &[], Err("no_credential_on_page"));
    let page = r#"<html><a href="/1.json">Credential</a></html>"#;
    let jwt = b"eyJhbGciOiJFZERTQSJ9.eyJ2YyI6e319.c2ln~".to_vec();
    check(page, &[("https://college.example/1.json", "text/plain", jwt)], Err("no_credential_on_page"));
}

#[test]
fn a_page_leads_to_no_address_that_a_link_may_not() {
    for href in [
        "http://169.254.169.254/credential.json",
        "https://127.0.0.1/credential.json",
        "http://a.example/credential.json",
    ] {
        let asked = check(
            &format!("<html><a href='{href}'>Credential</a></html>"),
            &[],
            Err(match href.starts_with("https") {
                true => "address_refused",
                false => "not_https",
            }),
        );
        assert_eq!(asked, [CLAIM]);
    }
}

#[test]
fn a_credential_is_told_by_what_it_is_not_by_its_media_type() {
    let world = World::new();
    world.web.answer(CLAIM, "text/html", badge(|_| {}));
    assert_eq!(world.import_text(CLAIM)[0].outcome, ImportOutcome::Imported);
}
