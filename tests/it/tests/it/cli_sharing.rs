//! The built program gives bundles out in every form, opens them as a stranger, and takes back what can be taken back.

use std::fs;
#[cfg(target_os = "linux")]
use std::io::{Read, Write};
use std::path::Path;
#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};

use attesta_issuer::{Issuer, IssuerOptions, system_clock};
use attesta_test_support::program::CliWallet;
#[cfg(target_os = "linux")]
use attesta_test_support::program::attesta_bin;
use serde_json::{Value, json};

use crate::verifier_plus::VerifierPlus;

const PASSPHRASE: &str = "correct horse battery staple";

fn issuer() -> Issuer {
    Issuer::start(IssuerOptions { port: 0, seed: [3; 32], now: system_clock() }).expect("a loopback port is free")
}

#[track_caller]
fn run(wallet: &CliWallet, code: i32, arguments: &[&str]) -> Value {
    let ended = wallet.run(arguments);
    assert_eq!(ended.code, code, "{arguments:?}: {} {}", ended.json, ended.stderr);
    ended.json
}

#[track_caller]
fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is not text"))
}

/// A bundle of the issuer's first credentials, so many.
#[track_caller]
fn bundle(issuer: &Issuer, wallet: &CliWallet, count: usize) -> String {
    let links: Vec<String> = (1..=count).map(|number| issuer.claim_link("json", number).unwrap()).collect();
    let mut line = vec!["bundle", "create", "--title", "Nursing assistant"];
    let ids: Vec<String> =
        links.iter().map(|link| text(&run(wallet, 0, &["import", link])["results"][0]["id"]).to_owned()).collect();
    line.extend(ids.iter().map(String::as_str));
    text(&run(wallet, 0, &line)["bundle"]["id"]).to_owned()
}

fn path(wallet: &CliWallet, name: &str) -> String {
    wallet.folder().join(name).display().to_string()
}

#[test]
fn a_copy_is_published_seen_withdrawn_and_kept_open_where_the_host_fails() {
    let (issuer, wallet, host) = (issuer(), CliWallet::new(), VerifierPlus::start());
    let bundle = bundle(&issuer, &wallet, 2);
    let unset = run(&wallet, 1, &["share", &bundle, "--as", "hosted"]);
    assert_eq!(unset["error"]["code"], "publisher_not_set");
    let settings = run(&wallet, 0, &["settings", "--publisher-url", &format!("{}/", host.base), "--paper", "a4"]);
    assert_eq!(settings["settings"]["publisher_url"], host.base.as_str());
    assert_eq!(settings["settings"]["paper"], "a4");
    let shared = run(&wallet, 0, &["share", &bundle, "--as", "hosted", "--to", "Ms. Roy"]);
    let link = text(&shared["share"]["link"]);
    assert!(link.starts_with(&format!("{}/credentials/", host.base)), "{link}");
    assert_eq!((&shared["share"]["stopping"], &shared["share"]["recipient"]), (&json!("possible"), &json!("Ms. Roy")));
    assert_eq!(host.requests(), ["POST /api/credentials"]);
    let id = text(&shared["share"]["id"]);
    host.breaks(true);
    assert_eq!(run(&wallet, 1, &["withdraw", id])["error"]["code"], "publisher_refused");
    assert_eq!(run(&wallet, 0, &["shares"])["shares"][0]["stopping"], "possible");
    host.breaks(false);
    assert_eq!(run(&wallet, 0, &["withdraw", &id[..8]])["share"]["stopping"], "stopped");
    assert_eq!(run(&wallet, 1, &["withdraw", id])["error"]["code"], "share_stopped");
    let asked = host.requests();
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert!(asked[1..].iter().all(|line| line.starts_with("DELETE /api/credentials/")), "{asked:?}");
    let ended = wallet.run(&["share", &bundle, "--as", "link", "--json"]);
    let id = text(&ended.json["share"]["id"]).to_owned();
    assert_eq!(run(&wallet, 1, &["withdraw", &id])["error"]["code"], "share_not_stoppable");
}

#[test]
fn a_sealed_link_opens_with_the_passphrase_from_a_file_alone() {
    let (issuer, wallet, employer) = (issuer(), CliWallet::new(), CliWallet::new());
    let bundle = bundle(&issuer, &wallet, 1);
    let file = path(&wallet, "passphrase.txt");
    fs::write(&file, format!("{PASSPHRASE}\nnot this line\n")).unwrap();
    let line = ["share", &bundle, "--as", "link", "--passphrase-file", &file];
    let shared = run(&wallet, 0, &line);
    assert_eq!(shared["share"]["sealed"], true);
    let link = text(&shared["share"]["link"]);
    assert_eq!(run(&employer, 1, &["open", link])["error"]["code"], "passphrase_needed");
    assert_eq!(run(&employer, 0, &["open", link, "--passphrase-file", &file])["verdict"], "valid");
    fs::write(&file, "correct horse battery stable").unwrap();
    assert_eq!(run(&employer, 1, &["open", link, "--passphrase-file", &file])["error"]["code"], "passphrase_wrong");
    fs::write(&file, "secret").unwrap();
    assert_eq!(run(&wallet, 1, &line)["error"]["code"], "passphrase_too_weak");
    let line = ["share", &bundle, "--as", "pdf", "--passphrase-file", &file];
    assert_eq!(run(&wallet, 2, &line)["error"]["code"], "passphrase_not_for_form");
    let both = run(&employer, 2, &["open", "-", "--passphrase-file", "-"]);
    assert_eq!(both["error"]["code"], "usage");
}

/// Types each line when a passphrase is asked for, at a terminal that `script` makes, and says what stood there.
#[cfg(target_os = "linux")]
fn at_a_terminal(wallet: &CliWallet, link: &str, lines: &[&str]) -> String {
    let line = format!("'{}' --allow-loopback --lang fr --data-dir data open '{link}'", attesta_bin().display());
    let mut script = Command::new("script")
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .current_dir(wallet.folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("util-linux is there");
    let (mut keyboard, mut screen) = (script.stdin.take().unwrap(), script.stdout.take().unwrap());
    let (mut shown, mut typed) = (Vec::new(), 0);
    let mut piece = [0; 1024];
    while let Ok(count @ 1..) = screen.read(&mut piece) {
        shown.extend_from_slice(&piece[..count]);
        let asked = String::from_utf8_lossy(&shown).matches("Phrase de passe :").count();
        if asked > typed {
            keyboard.write_all(format!("{}\n", lines[typed]).as_bytes()).unwrap();
            typed += 1;
        }
    }
    assert_eq!(script.wait().unwrap().success(), lines.last() == Some(&PASSPHRASE));
    String::from_utf8_lossy(&shown).into_owned()
}

#[cfg(target_os = "linux")]
#[test]
fn a_sealed_link_asks_whoever_sits_at_a_terminal_for_its_passphrase() {
    let (issuer, wallet, employer) = (issuer(), CliWallet::new(), CliWallet::new());
    let bundle = bundle(&issuer, &wallet, 1);
    let file = path(&wallet, "passphrase.txt");
    fs::write(&file, PASSPHRASE).unwrap();
    let shared = run(&wallet, 0, &["share", &bundle, "--as", "link", "--passphrase-file", &file]);
    let link = text(&shared["share"]["link"]);
    let opened = at_a_terminal(&employer, link, &["correct horse battery stable", PASSPHRASE]);
    assert!(opened.contains("Nursing assistant"), "{opened}");
    let given_up = at_a_terminal(&employer, link, &["one", "two", "three"]);
    assert!(!given_up.contains("Nursing assistant") && given_up.contains("phrase de passe"), "{given_up}");
    assert!(!at_a_terminal(&employer, link, &[""]).contains("Nursing assistant"));
}

/// Opens what was written and finds the whole bundle in it.
#[track_caller]
fn check_opens(files: &[&str], title: bool) {
    let employer = CliWallet::new();
    let opened = run(&employer, 0, &[&["open"], files].concat());
    assert_eq!(opened["verdict"], "valid");
    let expected = if title { json!("Nursing assistant") } else { Value::Null };
    assert_eq!(opened["presentation"]["title"], expected);
}

#[test]
fn codes_in_turn_are_written_as_pictures_and_open_together() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let bundle = bundle(&issuer, &wallet, 2);
    let folder = path(&wallet, "codes");
    let shared = run(&wallet, 0, &["share", &bundle, "--as", "sequence", "--out", &folder]);
    let files: Vec<&str> = shared["share"]["files"].as_array().unwrap().iter().map(text).collect();
    assert!(files.len() > 2 && files.iter().all(|file| file.ends_with(".png")), "{files:?}");
    check_opens(&[&folder], true);
    check_opens(&files[1..], true);
    let few = run(&CliWallet::new(), 1, &["open", files[0], files[1]]);
    assert_eq!(few["error"]["code"], "codes_missing");
}

#[test]
fn a_document_and_a_file_for_the_browser_open_again_like_the_bundle() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let bundle = bundle(&issuer, &wallet, 2);
    let document = path(&wallet, "bundle.pdf");
    let shared = run(
        &wallet,
        0,
        &["share", &bundle, "--as", "pdf", "--out", &document, "--paper", "letter", "--language", "fr"],
    );
    assert_eq!(shared["share"]["files"], json!([document]));
    check_opens(&[&document], true);
    let sheet = path(&wallet, "code.png");
    // The issuer’s third is short enough for one code.
    let third = issuer.claim_link("json", 3).unwrap();
    let one = text(&run(&wallet, 0, &["import", &third])["results"][0]["id"]).to_owned();
    let one = run(&wallet, 0, &["bundle", "create", "--title", "One", &one]);
    let shared = run(&wallet, 0, &["share", text(&one["bundle"]["id"]), "--as", "qr", "--out", &sheet]);
    assert!(shared["share"]["qr_version"].as_u64().unwrap() <= 22);
    let opened = run(&CliWallet::new(), 0, &["open", &sheet]);
    assert_eq!((opened["verdict"].as_str(), opened["results"].as_array().unwrap().len()), (Some("valid"), 1));
    // The program looks for the page where it is told to, and nowhere else then.
    let page = path(&wallet, "page.html");
    let make = |page: &str| {
        let mut line = vec!["share", &bundle, "--as", "html", "--out"];
        let out = path(&wallet, "bundle.html");
        line.push(&out);
        (wallet.run_with(&[("ATTESTA_PAGE_FILE", page)], &line), out.clone())
    };
    assert_eq!(make(&page).0.json["error"]["code"], "page_file_missing");
    fs::write(
        &page,
        "<!doctype html><html lang=\"en\"><head><title>Attesta</title></head><body>\
         <script type=\"application/json\" id=\"attesta-bundle\"></script></body></html>",
    )
    .unwrap();
    let (made, out) = make(&page);
    assert_eq!(made.code, 0, "{}", made.json);
    check_opens(&[&out], true);
}

#[test]
fn what_is_revoked_after_it_was_shared_is_told_in_the_list() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let bundle = bundle(&issuer, &wallet, 2);
    run(&wallet, 0, &["share", &bundle, "--as", "link"]);
    assert_eq!(run(&wallet, 0, &["shares"])["shares"][0]["concerns"], json!([]));
    issuer.revoke(1).unwrap();
    run(&wallet, 0, &["refresh"]);
    let concerns = run(&wallet, 0, &["shares"])["shares"][0]["concerns"].clone();
    assert_eq!((concerns.as_array().unwrap().len(), &concerns[0]["code"]), (1, &json!("revoked")), "{concerns}");
}

#[test]
fn a_profile_a_calendar_and_a_badge_are_made_of_a_credential() {
    let (issuer, wallet) = (issuer(), CliWallet::new());
    let link = issuer.claim_link("json", 1).unwrap();
    let id = text(&run(&wallet, 0, &["import", &link])["results"][0]["id"]).to_owned();
    let profile = run(&wallet, 0, &["profile", &id]);
    assert!(text(&profile["profile"]["url"]).starts_with("https://www.linkedin.com/profile/add?"), "{profile}");
    assert_eq!(profile["profile"]["shown"], Value::Null);
    let valid_until = run(&wallet, 0, &["show", &id])["credential"]["valid_until"].clone();
    let out = path(&wallet, "end.ics");
    let ended = wallet.run(&["calendar", &id, "--out", &out]);
    match valid_until.is_string() {
        true => assert!(fs::read_to_string(&out).unwrap().starts_with("BEGIN:VCALENDAR\r\n")),
        false => assert_eq!(ended.json["error"]["code"], "no_end"),
    }
    assert_eq!(run(&wallet, 2, &["bake", &id, "--out", &path(&wallet, "badge.gif")])["error"]["code"], "usage");
    let out = path(&wallet, "badge.png");
    let baked = wallet.run(&["bake", &id, "--out", &out]);
    match baked.code {
        0 => assert_eq!(run(&CliWallet::new(), 0, &["verify", &out])["verdict"], "valid"),
        _ => assert_eq!(baked.json["error"]["code"], "no_picture"),
    }
    assert!(Path::new(&out).exists() == (baked.code == 0));
}
