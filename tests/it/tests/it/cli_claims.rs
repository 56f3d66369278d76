//! The built program claims from the demo issuer: every kind of link and the issuer's own mails, codes, what is over, what
//! is done twice, and looking without asking.

use std::fs;

use attesta_issuer::{Issuer, IssuerOptions, MailLanguage, system_clock};
use attesta_test_support::program::CliWallet;
use serde_json::{Value, json};

/// The transaction code of the demo issuer's offer that wants one.
const CODE: &str = "4271";

fn issuer() -> Issuer {
    Issuer::start(IssuerOptions { port: 0, seed: [3; 32], now: system_clock() }).expect("a loopback port is free")
}

#[track_caller]
fn run(wallet: &CliWallet, code: i32, arguments: &[&str]) -> Value {
    let ended = wallet.run(arguments);
    assert_eq!(ended.code, code, "{arguments:?}: {} {}", ended.json, ended.stderr);
    ended.json
}

/// What became of each thing: outcome and verdict, or the error's code.
fn told(json: &Value) -> Vec<String> {
    let tell = |result: &Value| match result["error"]["code"].as_str() {
        Some(code) => format!("failed {code}"),
        None => format!("{} {}", result["outcome"].as_str().unwrap(), result["verdict"].as_str().unwrap()),
    };
    json["results"].as_array().unwrap().iter().map(tell).collect()
}

/// Where the issuer answers, as hosts are named.
fn host(issuer: &Issuer) -> String {
    issuer.base_url.strip_prefix("http://").unwrap().to_owned()
}

/// The kinds of the issuer's claim links, each with what it is recognised as.
const KINDS: [(&str, &str); 18] = [
    ("json", "web"),
    ("jsonapp", "web"),
    ("png", "web"),
    ("page", "web"),
    ("download", "web"),
    ("negotiated", "web"),
    ("share", "web"),
    ("request", "request"),
    ("request-app", "request"),
    ("request-two-step", "request"),
    ("exchange", "message"),
    ("interaction", "interaction"),
    ("interaction-app", "interaction"),
    ("offer", "credential_offer"),
    ("offer-reference", "credential_offer"),
    ("offer-code", "credential_offer"),
    ("offer-deferred", "credential_offer"),
    ("offer-https", "credential_offer"),
];

#[test]
fn every_kind_of_link_that_the_issuer_has_ends_in_a_valid_credential() {
    let issuer = issuer();
    for (kind, _) in KINDS {
        let wallet = CliWallet::new();
        let link = issuer.claim_link(kind, 1).unwrap();
        let json = run(&wallet, 0, &["import", "--tx-code", CODE, &link]);
        assert_eq!(told(&json), ["imported valid"], "{kind}: {json}");
        assert_eq!(json["results"][0]["source"], json!(link), "{kind}");
        let rows = run(&wallet, 0, &["list"]);
        assert_eq!(rows["credentials"].as_array().unwrap().len(), 1, "{kind}");
    }
    let links = issuer.claim_links();
    let mut missing: Vec<&str> = links.iter().map(|link| link.kind).collect();
    missing.retain(|kind| !KINDS.iter().any(|(known, _)| known == kind));
    assert!(missing.is_empty(), "not tried: {missing:?}");
    let events: Vec<String> = issuer.told().iter().map(|told| told.event.clone()).collect();
    assert_eq!(events, vec!["credential_accepted"; 5], "each offer's issuer is told");
}

#[test]
fn looking_names_kinds_and_hosts_and_asks_nobody() {
    let issuer = issuer();
    let wallet = CliWallet::new();
    let links: Vec<(String, &str)> =
        KINDS.iter().map(|(kind, taken_for)| (issuer.claim_link(kind, 1).unwrap(), *taken_for)).collect();
    let mail = issuer.claim_mail(MailLanguage::French);
    fs::write(wallet.folder().join("mail.eml"), mail).unwrap();
    let host = host(&issuer);
    // Nobody is there any more, so a request would fail.
    drop(issuer);
    for (link, taken_for) in &links {
        let json = run(&wallet, 0, &["inspect", link]);
        let expected = (json!(taken_for), json!([host]), json!(link), Value::Null);
        let found = &json["links"][0];
        let found = (found["kind"].clone(), found["hosts"].clone(), found["url"].clone(), found["error"].clone());
        assert_eq!(found, expected, "{json}");
        assert_eq!(json["links"].as_array().unwrap().len(), 1, "{json}");
    }
    let json = run(&wallet, 0, &["inspect", "mail.eml"]);
    let kinds: Vec<&str> =
        json["links"].as_array().unwrap().iter().map(|link| link["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["web", "request"], "{json}");
    assert_eq!(
        json["links"][0]["letter"]["subject"],
        "Votre microcertification est prête : Accueil et accompagnement en santé"
    );
}

#[test]
fn looking_uses_up_no_claim() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let link = issuer.claim_link("request", 1).unwrap();
    for _ in 0..3 {
        run(&wallet, 0, &["inspect", &link]);
    }
    assert_eq!(told(&run(&wallet, 0, &["import", &link])), ["imported valid"]);
}

#[test]
fn a_code_is_given_beforehand_and_a_wrong_or_missing_one_is_told() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let link = issuer.claim_link("offer-code", 2).unwrap();
    assert_eq!(told(&run(&wallet, 1, &["import", &link])), ["failed code_wanted"]);
    assert_eq!(told(&run(&wallet, 1, &["import", "--tx-code", "0000", &link])), ["failed code_refused"]);
    assert_eq!(run(&wallet, 0, &["list"])["credentials"], json!([]));
    assert_eq!(told(&run(&wallet, 0, &["import", "--tx-code", CODE, &link])), ["imported valid"]);
}

#[test]
fn a_claim_that_is_over_says_so_whatever_its_kind() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let links = KINDS.map(|(kind, _)| (kind, issuer.claim_link(kind, 3).unwrap()));
    issuer.expire(3).unwrap();
    for (kind, link) in &links {
        // What is shown to everybody stays when the claims end.
        if *kind == "share" {
            continue;
        }
        let json = run(&wallet, 1, &["import", "--tx-code", CODE, link]);
        let code = json["results"][0]["error"]["code"].as_str().unwrap();
        assert!(["claim_expired", "link_gone"].contains(&code), "{kind}: {json}");
    }
    assert_eq!(run(&wallet, 0, &["list"])["credentials"], json!([]));
}

#[test]
fn a_claim_that_was_used_is_over_and_its_credential_stays() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    for (kind, n) in [("request", 1), ("interaction", 2), ("offer", 3)] {
        let link = issuer.claim_link(kind, n).unwrap();
        assert_eq!(run(&wallet, 0, &["import", &link])["results"][0]["verdict"], "valid", "{kind}");
        assert_eq!(told(&run(&wallet, 1, &["import", &link])), ["failed claim_expired"], "{kind}");
    }
    assert_eq!(run(&wallet, 0, &["list"])["credentials"].as_array().unwrap().len(), 3);
}

#[test]
fn the_issuers_mail_brings_what_is_behind_both_its_links_and_a_second_time_nothing_new() {
    let issuer = issuer();
    for (language, title) in [
        (MailLanguage::English, "Water Quality Technician"),
        (MailLanguage::French, "Accueil et accompagnement en santé"),
    ] {
        let wallet = CliWallet::new();
        fs::write(wallet.folder().join("mail.eml"), issuer.claim_mail(language)).unwrap();
        let json = run(&wallet, 0, &["import", "mail.eml"]);
        // The page shows the one for the learner's address, the wallet's link gives one for the wallet's key.
        assert_eq!(told(&json), ["imported valid", "imported valid"], "{json}");
        assert_eq!((&json["results"][0]["name"], &json["results"][1]["name"]), (&json!(title), &json!(title)));
        assert_eq!(json["unknown_addresses"], json!(["amelie.tremblay@example.ca"]));
        // The page can be visited again; the wallet's link was good for one visit.
        let json = run(&wallet, 1, &["import", "mail.eml"]);
        assert_eq!(told(&json), ["duplicate valid", "failed claim_expired"], "{json}");
        assert_eq!(run(&wallet, 0, &["list"])["credentials"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn the_issuers_mail_is_found_in_a_mailbox() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let text = String::from_utf8(issuer.claim_mail(MailLanguage::English)).unwrap();
    fs::write(
        wallet.folder().join("whole inbox.mbox"),
        format!("From badges@school.example Fri Nov 20 09:00:00 2026\n{text}\n"),
    )
    .unwrap();
    let json = run(&wallet, 0, &["import", "whole inbox.mbox"]);
    assert_eq!(told(&json), ["imported valid", "imported valid"], "{json}");
}
