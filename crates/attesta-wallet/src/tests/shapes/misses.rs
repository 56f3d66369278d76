//! What holds no credential: each says so, and nobody is asked who need not be.

use super::*;
use crate::tests::files::archive;

const UUID: &str = "6a3b2c1d-1f2e-4a5b-8c9d-0123456789ab";

pub(super) fn shapes() -> Vec<Shape> {
    let badge = badge(|_| {});
    let text = String::from_utf8(badge.clone()).unwrap();
    let nothing = |name, given: &str, code: &str| {
        Shape::text(name, given)
            .taken_for(&format!("skipped - ({code}); nothing ({code})"))
            .gives(&[&format!("failed {code}")])
    };
    let refused = |name, given: &str, kind: &str, code: &str| {
        Shape::text(name, given).taken_for(&format!("{kind}? ({code})")).gives(&[&format!("failed {code}")])
    };
    let file = |name, file: &'static str, bytes: Vec<u8>, code: &str| {
        Shape::file(name, file, bytes)
            .taken_for(&format!("skipped {file} ({code}); nothing ({code})"))
            .gives(&[&format!("failed {code}")])
    };
    let mut outlook = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    outlook.resize(600, 0);
    vec![
        nothing("nothing", "", "empty_input"),
        nothing("a greeting", "Bonjour Amélie", "not_a_link"),
        nothing("half a credential", &text[..text.len() / 2], "truncated"),
        nothing("some other JSON", "{\"a\":1}", "not_a_credential"),
        nothing("a key that stands twice", "{\"a\":1,\"a\":2}", "duplicate_key"),
        nothing("an encrypted token", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..aXY.Y3Q.dGFn", "unsupported_format"),
        refused("a link without encryption", "http://college.example/claim/1", "refused", "not_https"),
        refused("a link to this machine", "https://localhost/claim/1", "refused", "address_refused"),
        refused("a link into the learner's own network", "https://192.168.1.1/claim/1", "refused", "address_refused"),
        refused("a link with a name before its host", "https://college.example@evil.example/", "refused", "link_malformed"),
        refused("a request to show credentials", "openid4vp://?client_id=verifier.example", "asks_for_credentials", "asks_for_credentials"),
        refused("a request of a wallet's own to show credentials", "dccrequest://present?client_id=x&nonce=n&redirect_uri=https://v.example/r", "asks_for_credentials", "asks_for_credentials"),
        refused("a shared document at MyCreds", &format!("https://learner.mycreds.ca/r/sharelink/{UUID}/{UUID}"), "document_page", "document_page"),
        Shape::file("a newsletter", "news.eml", mail("Nouvelles du collège\r\nhttps://www.facebook.com/college\r\nhttps://college.example/unsubscribe?u=1\r\nhttps://college.example/", &[]))
            .taken_for("web? www.facebook.com; web? college.example; web? college.example")
            .gives(&["failed nothing_suggested"]),
        Shape::file("a mail without a link", "mail.eml", mail("À demain\u{a0}!", &[]))
            .taken_for("nothing (nothing_in_it)")
            .gives(&["failed nothing_in_it"]),
        Shape::file("a mail that asks for credentials", "mail.eml", mail("openid4vp://?client_id=verifier.example", &[]))
            .taken_for("asks_for_credentials? (asks_for_credentials)")
            .gives(&["failed asks_for_credentials"]),
        Shape::file("a mail with a cut file and a good one", "mail.eml", mail("Voir", &[("cut.json", badge[..300].to_vec()), ("good.json", badge.clone())]))
            .taken_for("document college.example; skipped cut.json (truncated)")
            .asks(&[KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::file("an archive of notes", "notes.zip", archive(&[("a.txt", b"milk")]))
            .taken_for("nothing (nothing_in_it)")
            .gives(&["failed nothing_in_it"]),
        file("an empty file", "badge.json", Vec::new(), "empty_input"),
        file("a message of Outlook", "mail.msg", outlook, "carrier_unsupported"),
        file("an archive of another kind", "badges.7z", b"7z\xbc\xaf\x27\x1c\0\x04".to_vec(), "carrier_unsupported"),
        file("a locked wallet", "wallet.json", br#"{"@context":["https://www.w3.org/2018/credentials/v1"],"type":["VerifiableCredential","EncryptedWallet"],"credentialSubject":{"jwe":{}}}"#.to_vec(), "carrier_encrypted"),
    ]
}

#[test]
fn what_holds_no_credential() {
    check(&shapes());
}
