//! What `import`, `inspect`, `attach` and `export` make of mails, folders and other wallets' files.

use std::fs;

use attesta_issuer::{Issuer, IssuerOptions, system_clock};
use attesta_test_support::program::CliWallet;
use serde_json::{Value, json};

fn issuer() -> Issuer {
    Issuer::start(IssuerOptions { port: 0, seed: [3; 32], now: system_clock() }).expect("a loopback port is free")
}

#[track_caller]
fn run(wallet: &CliWallet, code: i32, arguments: &[&str]) -> Value {
    let ended = wallet.run(arguments);
    assert_eq!(ended.code, code, "{arguments:?}: {} {}", ended.json, ended.stderr);
    ended.json
}

/// A mail in which these links stand, and this credential is attached.
fn mail(links: &[String], badge: &str) -> String {
    format!(
        "From: College <badges@college.example>\r\nTo: <amelie@example.org>\r\nSubject: Vos badges\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"edge\"\r\n\r\n--edge\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         {}\r\nhttps://www.facebook.com/college\r\n--edge\r\nContent-Type: application/json; name=\"badge.json\"\r\n\
         Content-Disposition: attachment; filename=\"badge.json\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{badge}\r\n\
         --edge--\r\n",
        links.join("\r\n")
    )
}

/// A credential of the issuer's as it stands in a wallet.
fn badge(issuer: &Issuer, number: usize) -> String {
    let wallet = CliWallet::new();
    let id = run(&wallet, 0, &["import", &issuer.claim_link("json", number).unwrap()])["results"][0]["id"].clone();
    let out = wallet.folder().join("backup.json");
    run(&wallet, 0, &["export", "--as", "lcw", out.to_str().unwrap()]);
    let backup: Value = serde_json::from_slice(&fs::read(out).unwrap()).unwrap();
    assert!(id.is_string());
    backup[0]["contents"][0].to_string()
}

#[test]
fn a_mail_brings_its_links_and_attachments_and_the_second_time_nothing_new() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let links = [1, 2].map(|number| issuer.claim_link("json", number).unwrap());
    fs::write(wallet.folder().join("mail.eml"), mail(&links, &badge(&issuer, 3))).unwrap();
    let inspected = run(&wallet, 0, &["inspect", "mail.eml"]);
    let found: Vec<&Value> = inspected["links"].as_array().unwrap().iter().map(|link| &link["url"]).collect();
    assert_eq!(found, [links[0].as_str(), &links[1], "https://www.facebook.com/college"]);
    assert_eq!(inspected["attachments"][0]["name"], "badge.json");
    assert_eq!(inspected["attachments"][0]["kind"], "credential");
    for outcome in ["imported", "duplicate"] {
        let json = run(&wallet, 0, &["import", "mail.eml"]);
        let results = json["results"].as_array().unwrap();
        let mut told: Vec<(&str, &str)> = results
            .iter()
            .map(|result| (result["source"].as_str().unwrap(), result["outcome"].as_str().unwrap()))
            .collect();
        told.sort();
        let mut expected =
            vec![(links[0].as_str(), outcome), (links[1].as_str(), outcome), ("mail.eml: badge.json", outcome)];
        expected.sort();
        assert_eq!(told, expected, "{json}");
        assert_eq!(json["unknown_addresses"], json!(["amelie@example.org"]));
    }
    let rows = run(&wallet, 0, &["list"]);
    assert_eq!(rows["credentials"].as_array().unwrap().len(), 3);
    let shown = run(&wallet, 0, &["show", rows["credentials"][0]["id"].as_str().unwrap()]);
    assert_eq!(shown["letter"]["subject"], "Vos badges");
}

#[test]
fn a_folder_and_several_sources_are_imported_with_a_result_each() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let folder = wallet.folder().join("badges");
    fs::create_dir_all(folder.join("old")).unwrap();
    fs::write(folder.join("one.json"), badge(&issuer, 1)).unwrap();
    fs::write(folder.join("old/two.json"), badge(&issuer, 2)).unwrap();
    fs::write(folder.join("notes.txt"), "Remember the milk.").unwrap();
    let json = run(&wallet, 1, &["import", "badges", "nowhere.json", &issuer.claim_link("json", 3).unwrap()]);
    let outcomes: Vec<&str> =
        json["results"].as_array().unwrap().iter().map(|result| result["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["imported", "imported", "failed", "imported"], "{json}");
    assert_eq!(json["results"][2]["error"]["code"], "file_unreadable");
}

#[test]
fn a_wallet_goes_through_another_wallets_file_and_comes_back_whole() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    for number in [1, 3] {
        run(&wallet, 0, &["import", &issuer.claim_link("json", number).unwrap()]);
    }
    let out = wallet.folder().join("wallet.json");
    run(&wallet, 0, &["export", "--as", "lcw", out.to_str().unwrap()]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600, "it holds a key");
    }
    let other = CliWallet::new();
    for outcome in ["imported", "duplicate"] {
        let json = run(&other, 0, &["import", out.to_str().unwrap()]);
        let results = json["results"].as_array().unwrap();
        assert_eq!(results.len(), 2, "{json}");
        assert!(results.iter().all(|result| result["outcome"] == outcome && result["verdict"] == "valid"), "{json}");
    }
}

#[test]
fn a_page_without_data_is_named_and_kept_beside_a_credential() {
    const PAGE: &str = "https://learner.mycreds.ca/sharelink/11111111-2222-3333-4444-555555555555/11111111-2222-3333-4444-666666666666";
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let json = run(&wallet, 1, &["import", PAGE]);
    assert_eq!(json["results"][0]["error"]["code"], "document_page", "{json}");
    let json = run(&wallet, 0, &["import", &issuer.claim_link("json", 1).unwrap()]);
    let id = json["results"][0]["id"].as_str().unwrap();
    let kept = run(&wallet, 0, &["attach", id, PAGE]);
    assert_eq!(
        (&kept["links"][0]["url"], &kept["links"][0]["platform"]),
        (&json!(PAGE), &json!("MyCreds | MesCertif"))
    );
    assert_eq!(run(&wallet, 0, &["detach", &id[..8], PAGE])["links"], json!([]));
    assert_eq!(run(&wallet, 1, &["attach", id, "hello"])["error"]["code"], "address_not_allowed");
}

#[test]
fn a_link_that_asks_for_credentials_is_named_and_not_answered() {
    let wallet = CliWallet::new();
    let json = run(&wallet, 1, &["import", "openid4vp://?client_id=verifier.example"]);
    assert_eq!(json["results"][0]["error"]["code"], "asks_for_credentials", "{json}");
}
