//! Pages of platforms, whose data lies elsewhere.

use attesta_net::Method;
use serde_json::json;

use super::*;
use crate::tests::files::picture;

const UUID: &str = "6a3b2c1d-1f2e-4a5b-8c9d-0123456789ab";
const SHA1: &str = "0123456789abcdef0123456789abcdef01234567";

pub(super) fn shapes() -> Vec<Shape> {
    let badge = badge(|_| {});
    let text = String::from_utf8(badge.clone()).unwrap();
    let read = |name, link: &str, hosts: &str, data: &[&str]| {
        let (last, before) = data.split_last().unwrap();
        let shape = before.iter().fold(Shape::text(name, link), |shape, url| {
            shape.reply(Method::Get, url, 404, "text/html", "<!doctype html><title>404</title>")
        });
        let asked: Vec<String> = data.iter().map(|url| format!("GET {url}")).chain([KEY.to_owned()]).collect();
        shape
            .get(last, "application/ld+json", badge.clone())
            .taken_for(&format!("share_page {hosts}"))
            .asks(&asked.iter().map(String::as_str).collect::<Vec<_>>())
            .gives(&[GOOD])
            .keeps(&[&badge])
    };
    let baked = attesta_credential::bake_png(&picture(), &badge).unwrap();
    let two = format!("https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}");
    let three = format!("https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{UUID}");
    let factory = format!("https://factory.cancred.ca/v1/assertion/{SHA1}");
    let mine = "https://learner.mycreds.ca/badges/public/assertion/gJ2mKjM3R_6Kbw0123456a";
    let published = format!("https://verifierplus.org/api/credentials/{UUID}");
    let collection = "https://badgr.com/public/collections/0123456789abcdef0123456789abcdef";
    let collected = format!("{collection}.json?expand=badges.badge&expand=badges.badge.issuer");
    let two_badges = [b"{\"name\":\"Mine\",\"badges\":[".as_slice(), &badge, b" , ", &other(), b"]}"].concat();
    let page = format!("https://www.credly.com/badges/{UUID}");
    vec![
        read("Badgr", "https://badgr.com/public/assertions/x_1?identity__email=a@b.example", "badgr.com api.badgr.io", &["https://badgr.com/public/assertions/x_1.json"]),
        read("Badgr whose page is no data", "https://badgr.com/public/assertions/x_1", "badgr.com api.badgr.io", &["https://badgr.com/public/assertions/x_1.json", "https://api.badgr.io/public/assertions/x_1.json"]),
        read("Canvas Credentials in Canada", "https://ca.badgr.com/public/assertions/x", "ca.badgr.com api.ca.badgr.io", &["https://ca.badgr.com/public/assertions/x.json"]),
        read("Canvas Credentials in Europe, its owner's view", "https://eu.badgr.com/backpack/badges/x", "eu.badgr.com api.eu.badgr.io", &["https://eu.badgr.com/public/assertions/x.json"]),
        Shape::text("a collection at Badgr", collection)
            .get(&collected, "application/json", two_badges)
            .taken_for("share_page badgr.com api.badgr.io")
            .asks(&[&format!("GET {collected}"), KEY])
            .gives(&[GOOD, GOOD])
            .keeps(&[&badge, &other()]),
        Shape::text("Parchment, which keeps its badge in the picture", "https://badges.parchment.com/public/assertions/x")
            .reply(Method::Get, "https://badges.parchment.com/public/assertions/x.json", 404, "text/html", "<html></html>")
            .get("https://badges.parchment.com/public/assertions/x/baked", "image/png", baked.clone())
            .taken_for("share_page badges.parchment.com")
            .asks(&["GET https://badges.parchment.com/public/assertions/x.json", "GET https://badges.parchment.com/public/assertions/x/baked", KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
            .in_file(&baked),
        read("Credly", &page, "api.credly.com www.credly.com", &[&two]),
        read("Credly with a badge of the newer standard alone", &format!("{page}/public_url"), "api.credly.com www.credly.com", &[&two, &three]),
        read("Credly as a network shares it", &format!("{page}/linked_in_profile?source=linked_in"), "api.credly.com www.credly.com", &[&two]),
        read("Credly under an organization's name", &format!("https://www.credly.com/org/college/badges/{UUID}"), "api.credly.com www.credly.com", &[&two]),
        Shape::text("Credly behind a sign-in", page.clone())
            .reply(Method::Get, &two, 403, "text/plain", "")
            .reply(Method::Get, &three, 403, "text/plain", "")
            .reply(Method::Get, &page, 403, "text/html", "")
            .taken_for("share_page api.credly.com www.credly.com")
            .asks(&[&format!("GET {two}"), &format!("GET {three}"), &format!("GET {page}")])
            .gives(&["failed sign_in_needed"]),
        read("Open Badge Passport", "https://openbadgepassport.com/app/badge/info/12345", "openbadgepassport.com", &["https://openbadgepassport.com/obpv1/p/badge/info/12345"]),
        read("the passport of eCampusOntario", "https://badges.ecampusontario.ca/app/badge/info/9", "badges.ecampusontario.ca", &["https://badges.ecampusontario.ca/obpv1/p/badge/info/9", "https://badges.ecampusontario.ca/obpv1/badge/info/9"]),
        Shape::text("CanCred Passport, which names where the badge lies", "https://passport.cancred.ca/app/badge/info/7")
            .get("https://passport.cancred.ca/obpv1/p/badge/info/7", "application/json", json!({"id": 7, "assertion_url": format!("{factory}.json")}).to_string())
            .get(&format!("{factory}.json"), "application/json", badge.clone())
            .taken_for("share_page passport.cancred.ca")
            .asks(&["GET https://passport.cancred.ca/obpv1/p/badge/info/7", &format!("GET {factory}.json"), KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        read("CanCred Factory", &format!("{factory}.html"), "factory.cancred.ca", &[&format!("{factory}.json")]),
        read("Open Badge Factory", &format!("https://openbadgefactory.com/v1/assertion/{SHA1}"), "openbadgefactory.com", &[&format!("https://openbadgefactory.com/v1/assertion/{SHA1}.json"), &format!("https://openbadgefactory.com/v1/assertion/{SHA1}")]),
        read("a badge at MyCreds", mine, "learner.mycreds.ca", &[&format!("{mine}.json")]),
        Shape::text("a presentation published at VerifierPlus", format!("https://verifierplus.org/credentials/{UUID}"))
            .get(&published, "application/json", format!(r#"{{"id":"{UUID}","controller":"did:x","vp":{{"type":["VerifiablePresentation"],"verifiableCredential":[{text}]}}}}"#))
            .taken_for("share_page verifierplus.org")
            .asks(&[&format!("GET {published}"), KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        read("a credential that VerifierPlus is pointed to", "https://verifierplus.org/#verify?vc=https%3A%2F%2Fstorage.dcc.did.coop%2Fspace%2Fx", "storage.dcc.did.coop verifierplus.org", &["https://storage.dcc.did.coop/space/x"]),
        Shape::text("a document at MyCreds", format!("https://learner.mycreds.ca/sharelink/{UUID}/{UUID}"))
            .taken_for("document_page? (document_page)")
            .gives(&["failed document_page"]),
    ]
}

#[test]
fn pages_of_platforms() {
    check(&shapes());
}
