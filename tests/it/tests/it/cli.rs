//! The command line's contract, run against the demo issuer in a wallet folder of its own.

use std::fs;
use std::thread;

use attesta_issuer::{Issuer, IssuerOptions, LEARNER_EMAIL, system_clock};
use attesta_test_support::program::{CliWallet, Run};
use serde_json::{Value, json};

/// Keys that every result of `verify` and `open` carries.
const RESULT: &[&str] = &["source", "verdict", "checks", "credential", "checked_at", "resources", "nested", "error"];
const CREDENTIAL: &[&str] =
    &["id", "name", "issuer", "subject", "valid_from", "valid_until", "container", "data_model", "securing"];
const CHECK: &[&str] = &["check", "outcome", "code", "message", "detail"];

fn issuer() -> Issuer {
    Issuer::start(IssuerOptions { port: 0, seed: [3; 32], now: system_clock() }).expect("a loopback port is free")
}

#[track_caller]
fn run(wallet: &CliWallet, code: i32, arguments: &[&str]) -> Value {
    let Run { code: ended, json, stderr } = wallet.run(arguments);
    assert_eq!(ended, code, "{arguments:?}: {json} {stderr}");
    json
}

#[track_caller]
fn has_keys(value: &Value, keys: &[&str]) {
    for key in keys {
        assert!(value.get(key).is_some(), "no {key} in {value}");
    }
}

#[track_caller]
fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is not text"))
}

/// Imports from a link and returns the record's identifier.
#[track_caller]
fn import(wallet: &CliWallet, link: &str) -> String {
    let json = run(wallet, 0, &["import", link]);
    assert_eq!(json["results"][0]["outcome"], "imported", "{json}");
    text(&json["results"][0]["id"]).to_owned()
}

#[test]
fn verify_answers_with_every_key_of_its_contract_and_keeps_nothing() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let links = [1, 2].map(|n| issuer.claim_link("json", n).unwrap());
    let json = run(&wallet, 0, &["verify", &links[0], &links[1]]);
    assert_eq!(json["verdict"], "valid");
    for (result, link) in json["results"].as_array().unwrap().iter().zip(&links) {
        has_keys(result, RESULT);
        has_keys(&result["credential"], CREDENTIAL);
        assert_eq!((&result["source"], &result["error"]), (&json!(link), &Value::Null));
        result["checks"].as_array().unwrap().iter().for_each(|check| has_keys(check, CHECK));
        result["resources"].as_array().unwrap().iter().for_each(|used| has_keys(used, &["url", "from", "fetched_at"]));
    }
    let issuer_of_second = &json["results"][1]["credential"]["issuer"];
    assert_eq!(issuer_of_second["name"], "Collège Baie-Nordique");
    assert!(text(&issuer_of_second["id"]).starts_with("did:web:localhost%3A"), "{issuer_of_second}");
    assert_eq!(run(&wallet, 0, &["list"])["credentials"], json!([]));
}

#[test]
fn the_checks_of_a_report_stand_in_their_order() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let json = run(&wallet, 0, &["verify", &issuer.claim_link("json", 1).unwrap()]);
    let checks = json["results"][0]["checks"].as_array().unwrap();
    let names: Vec<&str> = checks.iter().map(|check| text(&check["check"])).collect();
    let expected =
        ["conformance", "proof", "issuer", "validity", "status", "status", "recipient", "endorsements", "recognition"];
    assert_eq!(names, expected);
    assert_eq!(checks[4]["detail"]["purpose"], "revocation");
    assert_eq!(checks[5]["detail"]["purpose"], "suspension");
}

#[test]
fn the_worst_verdict_is_told_and_leads_to_exit_code_one() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let good = issuer.claim_link("json", 1).unwrap();
    let expired = issuer.claim_link("json", 5).unwrap();
    let json = run(&wallet, 1, &["verify", &good, &expired, "no-such-file.json"]);
    let verdicts: Vec<&str> =
        json["results"].as_array().unwrap().iter().map(|result| text(&result["verdict"])).collect();
    assert_eq!(verdicts, ["valid", "expired", "rejected"]);
    assert_eq!(json["verdict"], "rejected");
    let rejected = &json["results"][2];
    has_keys(rejected, RESULT);
    assert_eq!((&rejected["credential"], &rejected["checks"]), (&Value::Null, &json!([])));
    has_keys(&rejected["error"], &["code", "message"]);
}

#[test]
fn every_kind_of_claim_link_leads_into_the_wallet() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    for (place, kind) in ["json", "jsonapp", "png", "page", "download"].into_iter().enumerate() {
        let json = run(&wallet, 0, &["import", &issuer.claim_link(kind, place + 1).unwrap()]);
        let result = &json["results"][0];
        has_keys(result, &["source", "outcome", "id", "name", "verdict", "error"]);
        assert_eq!(result["outcome"], "imported", "{kind}: {json}");
        assert_eq!(result["verdict"], if place == 4 { "expired" } else { "valid" }, "{kind}");
    }
    let again = run(&wallet, 0, &["import", &issuer.claim_link("negotiated", 1).unwrap()]);
    assert_eq!(again["results"][0]["outcome"], "duplicate", "{again}");
    assert_eq!(run(&wallet, 0, &["list"])["credentials"].as_array().unwrap().len(), 5);
}

#[test]
fn a_file_is_imported_as_it_lies_and_a_cut_one_is_not() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    // The credential itself, out of a presentation that carries it unchanged.
    let id = import(&wallet, &issuer.claim_link("json", 3).unwrap());
    let bundle = bundle_of(&wallet, &[&id]);
    let out = wallet.folder().join("shared.json");
    run(&wallet, 0, &["share", &bundle, "--as", "json", "--out", out.to_str().unwrap()]);
    let bytes = fs::read(&out).unwrap();
    // Cut before the holder's signature, where the text is plain.
    let end = bytes.windows(12).rposition(|window| window == b"\"proofValue\"").unwrap();
    fs::write(wallet.folder().join("cut.json"), &bytes[..end]).unwrap();
    let json = run(&wallet, 1, &["import", "cut.json"]);
    assert_eq!(json["results"][0]["error"]["code"], "truncated", "{json}");
    let other = CliWallet::new();
    let json = run(&other, 0, &["import", out.to_str().unwrap()]);
    assert_eq!(json["results"][0]["outcome"], "imported", "{json}");
    assert_eq!(json["results"][0]["verdict"], "valid", "{json}");
}

#[test]
fn what_is_in_the_wallet_is_listed_found_shown_and_removed_without_a_request() {
    let wallet = CliWallet::new();
    let ids = {
        let issuer = issuer();
        [1, 2].map(|n| import(&wallet, &issuer.claim_link("json", n).unwrap()))
    };
    // The issuer is gone now, so whatever asked it would fail.
    assert_eq!(run(&wallet, 0, &["list"])["credentials"].as_array().unwrap().len(), 2);
    let found = run(&wallet, 0, &["list", "--search", "sante"]);
    assert_eq!(found["credentials"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found["credentials"][0]["id"], json!(ids[1]));
    let shown = run(&wallet, 0, &["show", &ids[0]]);
    assert_eq!(shown["credential"]["title"]["text"], "Water Quality Technician");
    assert_eq!(shown["report"]["verdict"], "valid");
    run(&wallet, 0, &["remove", &ids[0]]);
    let missing = run(&wallet, 1, &["show", &ids[0]]);
    assert_eq!(missing["error"]["code"], "not_found", "{missing}");
    assert_eq!(run(&wallet, 0, &["list"])["credentials"].as_array().unwrap().len(), 1);
}

#[test]
fn refresh_notices_what_the_issuer_changed_and_never_forgets_a_revocation() {
    let wallet = CliWallet::new();
    let issuer = issuer();
    let ids = [1, 3].map(|n| import(&wallet, &issuer.claim_link("json", n).unwrap()));
    let refreshed = |id: &str| {
        let json = run(&wallet, 0, &["refresh", id]);
        text(&json["results"][0]["verdict"]).to_owned()
    };
    assert_eq!(refreshed(&ids[0]), "valid");
    issuer.suspend(1).unwrap();
    assert_eq!(refreshed(&ids[0]), "suspended");
    issuer.unsuspend(1).unwrap();
    assert_eq!(refreshed(&ids[0]), "valid");
    issuer.revoke(1).unwrap();
    assert_eq!(refreshed(&ids[0]), "revoked");
    assert_eq!(refreshed(&ids[1]), "valid");
    drop(issuer);
    assert_eq!(refreshed(&ids[0]), "revoked", "an issuer that is gone does not undo a revocation");
    assert_eq!(refreshed(&ids[1]), "status_unknown", "an older copy of the list is not knowledge of today");
}

#[test]
fn a_bundle_is_made_changed_shared_in_each_form_and_opened_by_somebody_else() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let ids = [3, 4].map(|n| import(&wallet, &issuer.claim_link("json", n).unwrap()));
    let bundle = bundle_of(&wallet, &[&ids[0], &ids[1]]);
    let edited = run(&wallet, 0, &["bundle", "edit", &bundle, "--note", "For the posting of 12 May"]);
    assert_eq!(edited["bundle"]["note"], "For the posting of 12 May", "{edited}");
    assert_eq!(run(&wallet, 0, &["bundle", "list"])["bundles"].as_array().unwrap().len(), 1);

    let link = run(&wallet, 0, &["share", &bundle, "--as", "link"]);
    let png = wallet.folder().join("code.png");
    let one = bundle_of(&wallet, &[&ids[0]]);
    let code = run(&wallet, 0, &["share", &one, "--as", "qr", "--out", png.to_str().unwrap()]);
    let file = wallet.folder().join("shared.json");
    let shared = run(&wallet, 0, &["share", &bundle, "--as", "json", "--out", file.to_str().unwrap()]);
    for share in [&link, &code, &shared] {
        has_keys(&share["share"], &["id", "link", "files"]);
    }
    assert_eq!(code["share"]["files"], json!([png]));
    assert!(fs::read(&png).unwrap().starts_with(b"\x89PNG"));

    let employer = CliWallet::new();
    for source in [text(&link["share"]["link"]), file.to_str().unwrap()] {
        let opened = run(&employer, 0, &["open", source]);
        assert_eq!(opened["verdict"], "valid", "{opened}");
        assert_eq!(opened["presentation"]["title"], "What I can do");
        assert_eq!(opened["presentation"]["note"], "For the posting of 12 May");
        assert_eq!(opened["results"].as_array().unwrap().len(), 2);
        opened["results"].as_array().unwrap().iter().for_each(|result| has_keys(result, RESULT));
    }
    assert_eq!(run(&employer, 0, &["open", text(&code["share"]["link"])])["results"].as_array().unwrap().len(), 1);
    assert_eq!(run(&wallet, 0, &["shares"])["shares"].as_array().unwrap().len(), 3);
}

#[test]
fn an_altered_share_is_noticed_and_a_revocation_reaches_the_employer() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let id = import(&wallet, &issuer.claim_link("json", 3).unwrap());
    let bundle = bundle_of(&wallet, &[&id]);
    let share = run(&wallet, 0, &["share", &bundle, "--as", "link"]);
    let link = text(&share["share"]["link"]);
    let employer = CliWallet::new();
    let cut = &link[..link.len() - 9];
    assert_eq!(run(&employer, 1, &["open", cut])["error"]["code"], "share_link_damaged");
    issuer.revoke(3).unwrap();
    let opened = run(&employer, 1, &["open", link]);
    assert_eq!(opened["verdict"], "revoked", "{opened}");
}

#[test]
fn a_bundle_of_nothing_or_without_a_title_is_refused() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let id = import(&wallet, &issuer.claim_link("json", 3).unwrap());
    let refused = |arguments: &[&str]| {
        let json = run(&wallet, 1, arguments);
        text(&json["error"]["code"]).to_owned()
    };
    assert_eq!(refused(&["bundle", "create", "--title", "Empty"]), "bundle_empty");
    assert_eq!(refused(&["bundle", "create", "--title", " ", &id]), "bundle_title_missing");
    assert_eq!(refused(&["bundle", "create", "--title", "Ghost", "0123456789abcdef"]), "not_found");
    assert_eq!(refused(&["bundle", "show", "0123456789abcdef"]), "bundle_not_found");
    assert_eq!(run(&wallet, 0, &["bundle", "list"])["bundles"], json!([]));
}

#[test]
fn the_learner_is_recognised_by_an_address_that_stays_at_home() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    run(&wallet, 0, &["settings", "--add-email", &LEARNER_EMAIL.to_uppercase()]);
    let recipient = || {
        let json = run(&wallet, 0, &["verify", &issuer.claim_link("json", 1).unwrap()]);
        let checks = json["results"][0]["checks"].as_array().unwrap();
        checks.iter().find(|check| check["check"] == "recipient").unwrap()["code"].clone()
    };
    assert_eq!(recipient(), "identifier_matches");
    run(&wallet, 0, &["settings", "--remove-email", &LEARNER_EMAIL.to_uppercase(), "--add-email", "x@example.org"]);
    assert_eq!(recipient(), "recipient_not_matched");
}

#[test]
fn inspect_names_who_would_be_asked_and_asks_nobody() {
    let wallet = CliWallet::new();
    // Nothing listens on this port, so a request would fail.
    let json = run(&wallet, 0, &["inspect", "http://localhost:9/claim/json/1"]);
    let link = &json["links"][0];
    has_keys(link, &["url", "kind", "hosts"]);
    assert_eq!(link["url"], "http://localhost:9/claim/json/1");
    assert_eq!(link["hosts"], json!(["localhost:9"]));
    has_keys(&json, &["attachments"]);
}

#[test]
fn offline_asks_nobody_and_says_so() {
    let wallet = CliWallet::new();
    let issuer = issuer();
    let link = issuer.claim_link("json", 1).unwrap();
    let json = run(&wallet, 1, &["--offline", "import", &link]);
    assert_eq!(json["results"][0]["error"]["code"], "offline", "{json}");
    let id = import(&wallet, &link);
    drop(issuer);
    let json = run(&wallet, 0, &["--offline", "refresh", &id]);
    assert_eq!(json["results"][0]["verdict"], "valid", "a copy that is minutes old serves offline: {json}");
}

#[test]
fn a_line_that_is_not_understood_ends_with_two() {
    let wallet = CliWallet::new();
    for arguments in [&["nonsense"] as &[&str], &["share"], &["verify"], &["share", "x", "--as", "fax"]] {
        assert_eq!(wallet.run(arguments).code, 2, "{arguments:?}");
    }
}

#[test]
fn bad_answers_end_in_a_clear_error_and_leave_the_wallet_as_it_was() {
    const ERRORS: &[(&str, &str)] = &[
        ("page", "no_credential_on_page"),
        ("large", "too_large"),
        ("redirect-private", "address_refused"),
        ("redirect-file", "not_https"),
        ("redirect-loop", "too_many_redirects"),
        ("endless", "too_large"),
        ("half-json", "truncated"),
        ("half-png", "truncated"),
        ("early-close", "fetch_failed"),
        ("not-json", "not_json"),
        ("wrong-type", "truncated"),
        ("picture", "png_without_credential"),
        ("gzip-bomb", "too_large"),
        ("empty", "truncated"),
        ("404", "link_gone"),
        ("410", "link_gone"),
        ("500", "server_fault"),
    ];
    let (issuer, wallet) = (issuer(), CliWallet::new());
    import(&wallet, &issuer.claim_link("json", 1).unwrap());
    let before = run(&wallet, 0, &["list"]);
    let links = issuer.hostile_links();
    let url = |name: &str| links.iter().find(|link| link.name == name).unwrap().url.clone();
    let slow = ["never", "drip"].map(|name| {
        let (name, url) = (name.to_owned(), url(name));
        thread::spawn(move || {
            let json = run(&CliWallet::new(), 1, &["import", &url]);
            assert_eq!(json["results"][0]["error"]["code"], "timed_out", "{name}: {json}");
        })
    });
    for (name, error) in ERRORS {
        let json = run(&wallet, 1, &["import", &url(name)]);
        let result = &json["results"][0];
        assert_eq!((&result["outcome"], &result["error"]["code"]), (&json!("failed"), &json!(error)), "{name}: {json}");
        assert!(!text(&result["error"]["message"]).is_empty());
    }
    slow.into_iter().for_each(|thread| thread.join().expect("the slow answers end in time as well"));
    assert_eq!(ERRORS.len() + 2, links.len(), "every hostile answer is tried");
    assert_eq!(run(&wallet, 0, &["list"]), before);
}

/// Makes a bundle and returns its identifier.
#[track_caller]
fn bundle_of(wallet: &CliWallet, ids: &[&str]) -> String {
    let arguments = [&["bundle", "create", "--title", "What I can do"], ids].concat();
    text(&run(wallet, 0, &arguments)["bundle"]["id"]).to_owned()
}
