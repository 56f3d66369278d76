//! Any address, and what it may answer.

use attesta_net::Method;
use serde_json::json;

use super::*;
use crate::tests::files::{archive, document, picture};

const CLAIM: &str = "https://college.example/claim/1";
const GET: &str = "GET https://college.example/claim/1";
const DATA: &str = "https://college.example/data/1.json";
const GET_DATA: &str = "GET https://college.example/data/1.json";
const WEB: &str = "web college.example";

fn page(body: &str) -> String {
    format!(
        "<!doctype html><html lang=fr><head><meta charset=utf-8><title>Votre insigne</title></head><body>{body}</body></html>"
    )
}

pub(super) fn shapes() -> Vec<Shape> {
    let badge = badge(|_| {});
    let marked = [b"\xef\xbb\xbf".as_slice(), &badge].concat();
    let text = String::from_utf8(badge.clone()).unwrap();
    let asked = |name, given: &str, media_type, bytes: Vec<u8>| {
        Shape::text(name, given)
            .get(CLAIM, media_type, bytes)
            .taken_for(WEB)
            .asks(&[GET, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
    };
    let answered = |name, media_type, bytes: Vec<u8>| asked(name, CLAIM, media_type, bytes);
    let found = |name, body: &str| {
        Shape::text(name, CLAIM)
            .get(CLAIM, "text/html; charset=utf-8", page(body))
            .get(DATA, "application/json", badge.clone())
            .taken_for(WEB)
            .asks(&[GET, GET_DATA, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
    };
    let fails = |name, status, media_type, bytes: String, code: &'static str| {
        Shape::text(name, CLAIM)
            .reply(Method::Get, CLAIM, status, media_type, bytes)
            .taken_for(WEB)
            .asks(&[GET])
            .gives(&[code])
    };
    let baked = attesta_credential::bake_png(&picture(), &badge).unwrap();
    let drawn = attesta_credential::bake_svg(b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", &badge).unwrap();
    let certificate = document(&[&badge]);
    let token = files::token("vc+jwt", &unsigned(|_| {}));
    let request = "dccrequest://request?issuer=x&amp;auth_type=bearer&amp;challenge=c1&amp;vc_request_url=https://college.example/exchange/1";
    let called = |name, body: &str| {
        Shape::text(name, CLAIM)
            .get(CLAIM, "text/html", page(body))
            .post("https://college.example/exchange/1", badge.clone())
            .taken_for(WEB)
            .asks(&[GET, "POST https://college.example/exchange/1", KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
    };
    vec![
        answered("an address that answers with the credential", "application/vc", badge.clone()),
        answered("an address that names its type wrongly", "text/html", badge.clone()),
        asked(
            "an address in a sentence in French",
            &format!("Bonjour, voici votre insigne\u{a0}: «\u{a0}{CLAIM}\u{a0}»."),
            "application/json",
            badge.clone(),
        ),
        asked(
            "an address in a sentence in Arabic",
            &format!("مرحبا {CLAIM} شكرا 🎓"),
            "application/json",
            badge.clone(),
        ),
        asked(
            "an address broken over two lines",
            "<https://college.example/\nclaim/1>",
            "application/json",
            badge.clone(),
        ),
        asked(
            "an address that a network wraps",
            &format!("https://www.google.com/url?q={CLAIM}&sa=D"),
            "application/json",
            badge.clone(),
        ),
        asked(
            "an address that the system handed over",
            "attesta://import?url=https%3A%2F%2Fcollege.example%2Fclaim%2F1",
            "application/json",
            badge.clone(),
        ),
        asked("the same address twice", &format!("{CLAIM} {CLAIM}"), "application/json", badge.clone()),
        answered("an address that answers with a baked picture", "image/png", baked.clone()).in_file(&baked),
        answered("an address that answers with a drawing", "image/svg+xml", drawn.clone()).in_file(&drawn),
        answered("an address that answers with a certificate", "application/pdf", certificate.clone())
            .in_file(&certificate),
        answered("an address that answers with a token", "application/vc+jwt", token.clone().into_bytes())
            .keeps(&[&token]),
        answered(
            "an answer with the credential inside",
            "application/json",
            format!(r#"{{"success":true,"data":{{"credential": {text} }}}}"#).into_bytes(),
        ),
        answered("an answer with a mark before it", "application/json", marked.clone())
            .keeps(&[&badge])
            .in_file(&marked),
        answered(
            "a page with the credential inside",
            "text/html",
            page(&format!("<script type=\"application/ld+json\">{text}</script>")).into_bytes(),
        ),
        Shape::text("an address that answers with an archive", CLAIM)
            .get(CLAIM, "application/zip", archive(&[("one.json", &badge), ("two.json", &other())]))
            .taken_for(WEB)
            .asks(&[GET, KEY])
            .gives(&[GOOD, GOOD])
            .keeps(&[&badge, &other()]),
        Shape::text("an answer that names where it lies", CLAIM)
            .get(CLAIM, "application/json", json!({"credential_url": DATA}).to_string())
            .get(DATA, "application/json", badge.clone())
            .taken_for(WEB)
            .asks(&[GET, GET_DATA, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        found(
            "a page with a button to download",
            "<a href=\"/data/1.json\" download>Télécharger l’attestation (JSON)</a>",
        ),
        found(
            "a page that names its data",
            "<link rel=alternate type=\"application/vc\" href=\"data/../../data/1.json\">",
        ),
        found("a page that sends its reader on", "<meta http-equiv=refresh content=\"0; url=/data/1.json\">"),
        found(
            "a page whose button is a script",
            "<button data-credential-url=\"/data/1.json\">Obtenir mon badge</button>",
        ),
        called("a page that calls a wallet", &format!("<a href=\"{request}\">Ajouter à mon portefeuille</a>")),
        called(
            "a page whose script calls a wallet",
            &format!("<script>location.href = '{}';</script>", request.replace("&amp;", "&")),
        ),
        Shape::text("a page that shows a badge", CLAIM)
            .get(CLAIM, "text/html", page("<img src=\"/badges/1.png\" alt=\"Badge\">"))
            .get("https://college.example/badges/1.png", "image/png", baked.clone())
            .taken_for(WEB)
            .asks(&[GET, "GET https://college.example/badges/1.png", KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
            .in_file(&baked),
        Shape::text("a page that leads to an offer", CLAIM)
            .get(CLAIM, "text/html", page(&format!("<a href=\"{}\">Wallet</a>", openid::by_value())))
            .with_openid_issuer(&badge)
            .taken_for(WEB)
            .asks(&[&[GET], openid::ASKED.as_slice()].concat())
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::text("two addresses", format!("{CLAIM}\nhttps://college.example/claim/2"))
            .get(CLAIM, "application/json", badge.clone())
            .get("https://college.example/claim/2", "application/json", other())
            .taken_for("web college.example; web college.example")
            .asks(&[GET, KEY, "GET https://college.example/claim/2"])
            .gives(&[GOOD, GOOD])
            .keeps(&[&badge, &other()]),
        fails(
            "a page to sign in",
            200,
            "text/html",
            page("<form><input type=password></form>"),
            "failed sign_in_needed",
        ),
        fails("a page that is not for everybody", 401, "text/html", page(""), "failed sign_in_needed"),
        fails(
            "a page without a credential",
            200,
            "text/html",
            page("<p>Félicitations\u{a0}!</p>"),
            "failed no_credential_on_page",
        ),
        fails("a page that is gone", 410, "text/html", page(""), "failed link_gone"),
        fails("a host with a fault of its own", 500, "text/html", page(""), "failed server_fault"),
        fails(
            "an answer of another kind",
            200,
            "application/json",
            "{\"hello\":1}".to_owned(),
            "failed not_a_credential",
        ),
        Shape::text("an archive without a credential", CLAIM)
            .get(CLAIM, "application/zip", archive(&[("a.txt", b"milk")]))
            .taken_for(WEB)
            .asks(&[GET])
            .gives(&["failed nothing_in_it"]),
        fails(
            "an answer that was cut off",
            200,
            "application/json",
            text[..text.len() / 2].to_owned(),
            "failed truncated",
        ),
        fails(
            "an answer with a key twice",
            200,
            "application/json",
            "{\"type\":1,\"type\":2}".to_owned(),
            "failed duplicate_key",
        ),
    ]
}

#[test]
fn addresses_and_what_they_answer() {
    check(&shapes());
}
