//! Pages, mails, and what the operator does.

use attesta_issuer::MailLanguage;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::wallet::Demo;

const WALLET: &str = "application/vc+ld+json, application/json;q=0.9, text/html;q=0.5";

#[test]
fn a_shared_badge_is_a_page_to_a_browser_and_its_data_to_who_asks_for_it() {
    let demo = Demo::start();
    let link = demo.link("share");
    let page = demo.get(&link, WALLET);
    assert!(
        page.head.contains("text/html") && String::from_utf8_lossy(&page.body).contains("/public/assertions/1.json")
    );
    let data = demo.get(&format!("{link}.json"), "text/html");
    assert_eq!(data.json()["name"]["@value"], "Water Quality Technician");
    assert_eq!(demo.get(&link, "application/json").body, data.body);
    assert_eq!(demo.get(&format!("{}/public/assertions/9.json", demo.issuer.base_url), "*/*").status, 404);
}

#[test]
fn links_of_a_credential_whose_claim_is_over_are_gone_until_it_is_opened_again() {
    let demo = Demo::start();
    let status = |kind: &str| demo.get(&demo.link(kind), WALLET).status;
    let all = || ["json", "jsonapp", "png", "page", "download", "negotiated", "share"].map(status);
    assert_eq!(all(), [200; 7]);
    let act = |act: &str| demo.post(&format!("{}/admin/{act}/1", demo.issuer.base_url), "text/plain", None, b"").status;
    assert_eq!(act("expire"), 200);
    assert_eq!(all(), [410; 7]);
    assert_eq!(demo.get(&demo.issuer.claim_link("json", 2).expect("a second"), WALLET).status, 200);
    assert_eq!(act("reopen"), 200);
    assert_eq!(all(), [200; 7]);
}

#[test]
fn a_claim_mail_carries_a_page_s_link_and_a_wallet_s_in_both_of_its_forms() {
    let demo = Demo::start();
    let cases = [(MailLanguage::English, "page/1", "Hello"), (MailLanguage::French, "page/2", "Bonjour")];
    for (language, page, greeting) in cases {
        let mail = String::from_utf8(demo.issuer.claim_mail(language)).expect("it is plain");
        assert!(mail.is_ascii() && mail.lines().all(|line| line.len() <= 78), "{mail}");
        let parts: Vec<&str> = mail.split("--=_demo_issuer_mail").collect();
        assert_eq!(parts.len(), 4, "{mail}");
        let plain = parts[1].replace("=\r\n", "").replace("=3D", "=");
        let encoded = parts[2].split("\r\n\r\n").nth(1).expect("a body").replace("\r\n", "");
        let html = String::from_utf8(STANDARD.decode(encoded).expect("base64")).expect("text");
        for text in [plain, html.replace("&amp;", "&")] {
            assert!(text.contains(greeting), "{text}");
            assert!(text.contains(&format!("{}/claim/{page}", demo.issuer.base_url)), "{text}");
            let link = "https://lcw.app/request.html?issuer=issuer.example.com&auth_type=bearer&challenge=";
            assert!(text.contains(link), "{text}");
        }
    }
    let mail = demo.get(&format!("{}/mail/2.eml", demo.issuer.base_url), "*/*");
    assert!(mail.head.contains("message/rfc822") && mail.body.starts_with(b"From: "));
}
