//! Whatever is received ends in a stated result, soon and in little memory: each hostile input is read in a process of
//! its own, whose largest use of memory the system tells.

use std::env;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use attesta_test_support::case::Case;
use attesta_test_support::document::{OPEN_BADGES, VC2, edited, open_badge, vc2, with_status};
use attesta_test_support::observe::{Observed, observe};
use attesta_test_support::party::institute;
use attesta_test_support::png::{chunk, compressed_text, picture, text};
use attesta_test_support::signing::secured;
use attesta_test_support::status_list::{ENTRIES, INDEX, LIST, encoded, entry, list};
use attesta_test_support::vectors;
use attesta_verify::{FetchFailureKind, Outcome, VerificationReport, judge};
use serde_json::{Value, json};

/// What tells a test that it is the process of its own.
const ALONE: &str = "ATTESTA_TEST_ALONE";
/// The most memory that reading anything may take.
const MOST_KIB: u64 = 256 << 10;
/// Longer than any of these takes, unoptimised and on a busy machine; far shorter than what has no bound.
const LONGEST: Duration = Duration::from_secs(600);

/// Does `work` in a process of its own and holds that it ends well, soon and in little memory. `test` is the name of
/// the test that calls this.
#[track_caller]
fn within_limits(test: &str, work: fn()) {
    if env::var_os(ALONE).is_some() {
        work();
        println!("PEAK {}", peak_kib());
        return;
    }
    let start = Instant::now();
    let this = env::current_exe().expect("a running test has a path");
    let child = Command::new(this)
        .args(["--exact", &format!("limits::{test}"), "--nocapture", "--test-threads=1"])
        .env(ALONE, "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .expect("this test can be started once more");
    let told = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success(), "{told}\n{}", String::from_utf8_lossy(&child.stderr));
    let peak = told.split("PEAK ").nth(1).and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
    let peak = peak.unwrap_or_else(|| panic!("no use of memory in {told}"));
    assert!(peak < MOST_KIB, "{peak} KiB");
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
}

/// The most memory that this process has had, in KiB; 0 where the system does not tell.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// What comes of bytes that nobody is asked about: the error's code, or each verdict.
fn result_of(received: Vec<u8>) -> Vec<String> {
    match observe(&Case::bytes("limits", "Limits.", "input", received)) {
        Ok(Observed::Rejected(code)) => vec![format!("rejected {code}")],
        Ok(Observed::Reports(reports)) => reports.iter().map(verdict).collect(),
        Err(stuck) => panic!("{stuck}"),
    }
}

fn verdict(report: &VerificationReport) -> String {
    judge(report).as_str().to_owned()
}

#[track_caller]
fn check(received: impl Into<Vec<u8>>, expected: &str) {
    assert_eq!(result_of(received.into()), [expected]);
}

fn good() -> Value {
    secured(open_badge(&institute()), &institute())
}

fn poison() -> Value {
    let case = vectors::all().into_iter().find(|case| case.name == "graph_poison").expect("there is a poison graph");
    serde_json::from_slice(&case.input).expect("the case is JSON")
}

#[test]
fn ten_thousand_levels_are_too_deep() {
    within_limits("ten_thousand_levels_are_too_deep", || {
        let nested = |open: &str, close: &str| {
            let deep = [&open.repeat(10_000), "1", &close.repeat(10_000)].concat();
            good().to_string().replacen("\"Water Sampling\"", &deep, 1)
        };
        check(nested("[", "]"), "rejected too_deep");
        check(nested("{\"name\":", "}"), "rejected too_deep");
        check("[".repeat(8 << 20), "rejected too_deep");
    });
}

#[test]
fn thousands_of_contexts_are_refused() {
    within_limits("thousands_of_contexts_are_refused", || {
        let with = |context: &dyn Fn(usize) -> Value| {
            let contexts = (0..5_000).map(context);
            let contexts: Vec<Value> = [json!(VC2), json!(OPEN_BADGES)].into_iter().chain(contexts).collect();
            result_of(edited(good(), |badge| badge["@context"] = json!(contexts)).to_string().into_bytes())
        };
        for verdicts in [
            with(&|_| json!(OPEN_BADGES)),
            with(&|n| json!(format!("https://contexts.example/{n}"))),
            with(&|n| json!({ format!("term{n}"): format!("https://terms.example/{n}") })),
            with(&|_| json!({ "@import": VC2, "@version": 1.1 })),
        ] {
            assert!(!verdicts.contains(&"valid".to_owned()) || verdicts == ["valid"], "{verdicts:?}");
            assert_eq!(verdicts.len(), 1);
        }
    });
}

#[test]
fn five_hundred_status_entries_ask_sixteen_addresses_at_most() {
    within_limits("five_hundred_status_entries_ask_sixteen_addresses_at_most", || {
        let url = |n: usize| format!("https://status.institute.example/{n}");
        let entries: Vec<Value> = (0..500).map(|n| entry(&url(n), "revocation", n.to_string())).collect();
        let badge = secured(with_status(open_badge(&institute()), json!(entries)), &institute());
        // Each of them would keep us waiting for ten seconds.
        let slow = |case: Case, n| case.failing(&url(n), FetchFailureKind::TimedOut);
        let case = (0..500).fold(Case::json("limits", "Limits.", &badge), slow);
        let Ok(Observed::Reports(reports)) = observe(&case) else { panic!("it is read and comes to an end") };
        let [report] = reports.as_slice() else { panic!("it is one credential") };
        assert_eq!(verdict(report), "status_unknown");
        assert!(report.resources.len() <= 16, "{} addresses were asked", report.resources.len());
        let told = report.checks.iter().filter(|check| match &check.outcome {
            Outcome::Inconclusive(problem) => problem.code.as_str() == "too_many_resources",
            _ => false,
        });
        assert!(told.count() >= 484, "each entry that is not asked says so");
    });
}

#[test]
fn what_expands_beyond_measure_is_given_up() {
    within_limits("what_expands_beyond_measure_is_given_up", || {
        let zeros = vec![b' '; 16 << 20];
        check(picture(&[compressed_text("openbadgecredential", &zeros)]), "rejected too_large");
        let many: Vec<Vec<u8>> = (0..200).map(|_| compressed_text("comment", &zeros[..1 << 16])).collect();
        check(picture(&many), "rejected png_without_credential");

        let badge =
            secured(with_status(open_badge(&institute()), entry(LIST, "revocation", INDEX.to_string())), &institute());
        let listed = |entries| {
            let list = list(LIST, &institute(), "revocation", &encoded(entries, &[]));
            let case = Case::json("limits", "Limits.", &badge).answering(LIST, &secured(list, &institute()));
            let Ok(Observed::Reports(reports)) = observe(&case) else { panic!("it is read and comes to an end") };
            reports.iter().map(verdict).collect::<Vec<_>>()
        };
        assert_eq!(listed(ENTRIES), ["valid"]);
        assert_eq!(listed(16 << 23), ["status_unknown"], "16 MiB of zeros in a list of some KiB");
    });
}

#[test]
fn huge_numbers_and_long_texts_are_read_or_refused() {
    within_limits("huge_numbers_and_long_texts_are_read_or_refused", || {
        let with_number = |number: &str| {
            let badge = secured(open_badge(&institute()), &institute()).to_string();
            assert!(badge.contains("\"creditsAvailable\":1.5"));
            badge.replacen("\"creditsAvailable\":1.5", &format!("\"creditsAvailable\":{number}"), 1)
        };
        for number in ["1e400", "-1e400", &"9".repeat(1 << 20), &format!("0.{}1", "0".repeat(1 << 20)), "1e999999999"] {
            let verdicts = result_of(with_number(number).into_bytes());
            assert_eq!(verdicts.len(), 1);
            assert!(verdicts[0] != "valid", "a number of {} digits", number.len());
        }
        let long = "é".repeat(3 << 20);
        let signed = secured(edited(vc2(&institute()), |credential| credential["name"] = json!(long)), &institute());
        check(signed.to_string(), "valid");
        check(edited(signed, |credential| credential["name"] = json!("é")).to_string(), "invalid");
        let key = format!("https://terms.example/{}", "k".repeat(1 << 20));
        check(edited(good(), |badge| badge[&key] = json!("x")).to_string(), "invalid");
        check(" ".repeat((8 << 20) + 1), "rejected too_large");
        check(format!("[{}]", vec!["{}"; 1_001].join(",")), "rejected too_many");
    });
}

#[test]
fn many_alike_things_end_soon() {
    within_limits("many_alike_things_end_soon", || {
        let with = |evidence: Value| {
            let badge = edited(good(), |badge| badge["evidence"] = evidence);
            let verdicts = result_of(badge.to_string().into_bytes());
            assert!(verdicts == ["invalid"] || verdicts == ["unverifiable"], "{verdicts:?}");
        };
        with(json!(vec![json!({ "type": ["Evidence"], "name": "Field notebook" }); 20_000]));
        let chain =
            (0..40).fold(json!({ "type": ["Related"] }), |inner, _| json!({ "type": ["Related"], "related": inner }));
        with(json!(vec![json!({ "type": ["Evidence"], "related": chain }); 500]));
        let named = |n: usize| json!({ "id": format!("urn:x:{n}"), "type": ["Evidence"], "name": format!("Page {n}") });
        with(json!((0..30_000).map(named).collect::<Vec<_>>()));
        with(json!((0..30_000).map(|n| format!("urn:x:{n}")).collect::<Vec<_>>()));
    });
}

#[test]
fn a_bundle_of_poison_graphs_ends_soon() {
    within_limits("a_bundle_of_poison_graphs_ends_soon", || {
        let bundle = vec![poison(); 20];
        let verdicts = result_of(json!(bundle).to_string().into_bytes());
        assert_eq!(verdicts, vec!["invalid"; 20]);
    });
}

#[test]
fn pictures_of_many_chunks_and_false_lengths_are_refused() {
    within_limits("pictures_of_many_chunks_and_false_lengths_are_refused", || {
        let empty: Vec<Vec<u8>> = vec![chunk(b"tEXt", b"a\0"); 400_000];
        check(picture(&empty), "rejected png_without_credential");
        let mut long = picture(&[text("openbadgecredential", good().to_string().as_bytes())]);
        long[33..37].copy_from_slice(&u32::MAX.to_be_bytes());
        assert!(result_of(long)[0].starts_with("rejected "));
    });
}
