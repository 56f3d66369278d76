//! Curating bundles on the command line: notes, versions, copies, suggestions and what to mind before sharing.

use std::fs;
use std::process::Command;

use attesta_issuer::{Issuer, IssuerOptions, LEARNER_EMAIL, system_clock};
use attesta_test_support::program::{CliWallet, Run, attesta_bin};
use serde_json::{Value, json};

fn issuer() -> Issuer {
    Issuer::start(IssuerOptions { port: 0, seed: [3; 32], now: system_clock() }).expect("a loopback port is free")
}

#[track_caller]
fn run(wallet: &CliWallet, code: i32, arguments: &[&str]) -> Value {
    let Run { code: ended, json, stderr } = wallet.run(arguments);
    assert_eq!(ended, code, "{arguments:?}: {json} {stderr}");
    json
}

/// What stands on the terminal, in this language.
fn said(wallet: &CliWallet, language: &str, arguments: &[&str]) -> String {
    let output = Command::new(attesta_bin())
        .args(["--allow-loopback", "--lang", language, "--data-dir"])
        .arg(wallet.folder().join("data"))
        .args(arguments)
        .current_dir(wallet.folder())
        .output()
        .expect("the program can be started");
    String::from_utf8(output.stdout).expect("the program writes UTF-8")
}

/// Imports the demo issuer's credentials of these numbers.
#[track_caller]
fn imported(wallet: &CliWallet, issuer: &Issuer, numbers: &[usize]) -> Vec<String> {
    let one = |number: &usize| {
        let json = run(wallet, 0, &["import", &issuer.claim_link("json", *number).unwrap()]);
        json["results"][0]["id"].as_str().unwrap_or_else(|| panic!("{json}")).to_owned()
    };
    numbers.iter().map(one).collect()
}

fn id(bundle: &Value) -> String {
    bundle["bundle"]["id"].as_str().unwrap_or_else(|| panic!("{bundle}")).to_owned()
}

#[test]
fn a_bundle_is_written_changed_copied_and_brought_back() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let ids = imported(&wallet, &issuer, &[1, 3]);
    let note = format!("{}=You sample rivers: so do I = daily", &ids[0][..8]);
    let create = ["bundle", "create", "--title", "River", "--audience", "Ministry", "--note-on", &note];
    let made =
        run(&wallet, 0, &[&create, ["--hide", "results", "--hide", "picture", &ids[0], &ids[1]].as_slice()].concat());
    let bundle = &made["bundle"];
    assert_eq!((&bundle["audience"], &bundle["version"]), (&json!("Ministry"), &json!(1)));
    assert_eq!(bundle["notes"], json!({ ids[0].as_str(): "You sample rivers: so do I = daily" }));
    assert_eq!(bundle["hidden_parts"], json!(["picture", "results"]));
    let id_of = id(&made);

    let also = format!("{}=Numbers", ids[1]);
    let edited = run(&wallet, 0, &["bundle", "edit", &id_of, "--note-on", &also, "--hide", "", "--audience", ""]);
    assert_eq!(edited["bundle"]["notes"].as_object().unwrap().len(), 2, "{edited}");
    assert_eq!((&edited["bundle"]["hidden_parts"], &edited["bundle"]["audience"]), (&json!([]), &Value::Null));
    let without = format!("{}=", ids[0]);
    let edited = run(&wallet, 0, &["bundle", "edit", &id_of, "--note-on", &without]);
    assert_eq!(edited["bundle"]["notes"], json!({ ids[1].as_str(): "Numbers" }));

    let versions = run(&wallet, 0, &["bundle", "versions", &id_of]);
    let numbers: Vec<&Value> = versions["versions"].as_array().unwrap().iter().map(|it| &it["version"]).collect();
    assert_eq!(numbers, [3, 2, 1]);
    let back = run(&wallet, 0, &["bundle", "restore", &id_of[..8], "1"]);
    assert_eq!((&back["bundle"]["notes"], &back["bundle"]["version"]), (&bundle["notes"], &json!(4)));
    assert_eq!(back["bundle"]["left_out"], 0);
    let copy = run(&wallet, 0, &["bundle", "duplicate", &id_of]);
    assert_eq!((&copy["bundle"]["title"], &copy["bundle"]["notes"]), (&json!("Copy of River"), &bundle["notes"]));
    assert!(said(&wallet, "fr", &["bundle", "duplicate", &id_of]).starts_with("Copie de River\n"));
    for (language, words) in [("en", "Saved as version 4"), ("fr", "Enregistré comme version 4")] {
        let shown = said(&wallet, language, &["bundle", "show", &id_of]);
        assert!(shown.contains(words) && shown.contains("so do I = daily"), "{shown}");
    }
}

#[test]
fn what_can_not_be_done_with_a_bundle_is_refused_by_its_code() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let ids = imported(&wallet, &issuer, &[1, 3]);
    let bundle = id(&run(&wallet, 0, &["bundle", "create", "--title", "T", &ids[0]]));
    let (long, other) = ("x".repeat(201), format!("{}=Hello", ids[1]));
    let issuer_of = format!("{}=/issuer", ids[0]);
    for (arguments, code) in [
        (["bundle", "edit", &bundle, "--title", &long], "bundle_title_too_long"),
        (["bundle", "edit", &bundle, "--audience", &long], "bundle_audience_too_long"),
        (["bundle", "edit", &bundle, "--hide", "signature"], "unknown_part"),
        (["bundle", "edit", &bundle, "--note-on", &other], "not_found"),
        (["bundle", "edit", &bundle, "--withhold", &issuer_of], "not_disclosable"),
        (["bundle", "restore", &bundle, "7", "--offline"], "bundle_version_not_found"),
    ] {
        let refused = run(&wallet, 1, &arguments);
        assert_eq!(refused["error"]["code"], code, "{refused}");
    }
    assert_eq!(wallet.run(&["bundle", "edit", &bundle, "--note-on", "no-equals-sign"]).code, 2);
    assert_eq!(run(&wallet, 0, &["bundle", "versions", &bundle])["versions"].as_array().unwrap().len(), 1);
}

#[test]
fn a_posting_finds_what_fits_it() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let ids = imported(&wallet, &issuer, &[1, 2, 3]);
    let posting = "Water technician\n\nYou collect water samples and interpret the results of our laboratory.\n";
    fs::write(wallet.folder().join("posting.txt"), format!("\u{feff}{posting}")).unwrap();
    let found = run(&wallet, 0, &["bundle", "suggest", "posting.txt"]);
    assert_eq!(
        (&found["suggested"][0]["credential"]["id"], &found["title"]),
        (&json!(ids[0]), &json!("Water technician"))
    );
    let matched = found["suggested"][0]["matched"].as_array().unwrap();
    assert!(matched.contains(&json!("Collect water samples")), "{found}");
    assert_eq!(found["suggested"].as_array().unwrap().len(), 1, "{found}");
    fs::write(wallet.folder().join("offre.txt"), "Préposé : soins à domicile, accueil des personnes").unwrap();
    let found = run(&wallet, 0, &["bundle", "suggest", "offre.txt"]);
    assert_eq!(found["suggested"][0]["credential"]["id"], json!(ids[1]), "{found}");
    fs::write(wallet.folder().join("cook.txt"), "Pastry chef").unwrap();
    assert_eq!(run(&wallet, 0, &["bundle", "suggest", "cook.txt"])["suggested"], json!([]));
    let said = said(&wallet, "fr", &["bundle", "suggest", "cook.txt"]);
    assert_eq!(said, "Rien dans le portefeuille ne correspond à ce texte.\n");
    fs::write(wallet.folder().join("long.txt"), "x".repeat(200_001)).unwrap();
    assert_eq!(run(&wallet, 1, &["bundle", "suggest", "long.txt"])["error"]["code"], "posting_too_long");
    assert_eq!(run(&wallet, 1, &["bundle", "suggest", "none.txt"])["error"]["code"], "file_unreadable");
}

#[test]
fn what_to_mind_is_said_before_a_bundle_is_shared() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    run(&wallet, 0, &["settings", "--add-email", LEARNER_EMAIL]);
    let ids = imported(&wallet, &issuer, &[1, 5]);
    let good = id(&run(&wallet, 0, &["bundle", "create", "--title", "Good", &ids[0]]));
    let both = id(&run(&wallet, 0, &["bundle", "create", "--title", "Both", &ids[0], &ids[1]]));
    assert_eq!(run(&wallet, 0, &["bundle", "review", &good])["concerns"], json!([]));
    assert_eq!(said(&wallet, "en", &["bundle", "review", &good]), "There is nothing to mind before sharing.\n");
    let review = run(&wallet, 0, &["bundle", "review", &both]);
    let concern = &review["concerns"][0];
    assert_eq!((&concern["credential"], &concern["code"]), (&json!(ids[1]), &json!("expired")), "{review}");
    assert_eq!(concern["message"], "It has ended.");
    assert!(review["checked_at"].is_string());
    assert!(said(&wallet, "fr", &["bundle", "review", &both]).contains("Elle a pris fin."));
}
