//! Verification speed as ratios in one run: the same Open Badge verified by us from its bytes, by the npm peer, and
//! by the bare signature check alone. `attesta-bench PEER.mjs`, where PEER.mjs verifies one file.
//!
//! Rates are per second of processor time, so that a busy machine does not change the ratios.

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

use attesta_credential::VerifiableCredential;
use attesta_share::{HolderKey, ProofOptions, ProofPurpose, sign_document};
use attesta_verify::{Cryptosuite, Policy, Resources, Turn, Verdict, canonical_forms, hash_data, judge, verify};
use ed25519_dalek::Signer;
use jiff::Timestamp;

const BADGE: &str = include_str!("../badge.json");
/// Rounds of each side, taken in turn; the median of the rounds' ratios counts.
const ROUNDS: usize = 11;
/// Verifications in a round; the kernel counts in ticks of some milliseconds, so a round lasts many.
const IN_A_ROUND: u32 = 3_000;

fn main() -> ExitCode {
    let peer = std::env::args_os().nth(1).map(PathBuf::from);
    println!(
        "| cryptosuite | bytes | ours, per s | bare signature check, per s | ours / bare | npm peer, per s | ours / peer |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for suite in [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022, Cryptosuite::Ed25519Signature2020] {
        let badge = signed_badge(suite);
        let (ours, bare, of_bare) = beside_the_bare_check(&badge, suite);
        let peer_rate = match peer.as_ref().map(|peer| ask_peer(peer, &badge)) {
            Some(Ok(rate)) => Some(rate),
            Some(Err(reason)) => {
                eprintln!("the npm peer did not measure {}: {reason}", suite.as_str());
                return ExitCode::FAILURE;
            }
            None => None,
        };
        let (peer_shown, of_peer) = peer_rate
            .map_or(("-".to_owned(), "-".to_owned()), |rate| (format!("{rate:.0}"), format!("{:.0}", ours / rate)));
        println!(
            "| {} | {} | {ours:.0} | {bare:.0} | {of_bare:.2} | {peer_shown} | {of_peer} |",
            suite.as_str(),
            badge.len()
        );
    }
    ExitCode::SUCCESS
}

fn signed_badge(suite: Cryptosuite) -> Vec<u8> {
    let key = HolderKey::from_seed(&[7; 32]);
    let method = key.verification_method();
    let mut badge = BADGE.replace("ISSUER", &key.did());
    if suite == Cryptosuite::Ed25519Signature2020 {
        let context = "\"https://w3id.org/security/suites/ed25519-2020/v1\"";
        badge = badge.replacen("extensions.json\"", &format!("extensions.json\",\n    {context}"), 1);
    }
    let options = ProofOptions {
        suite,
        verification_method: &method,
        purpose: ProofPurpose::AssertionMethod,
        created: now(),
        expires: None,
        challenge: None,
        domain: None,
    };
    sign_document(badge.as_bytes(), &options, key.signing_key()).expect("the badge is sound")
}

/// Ours and the bare check in turn: their rates and the median ratio.
fn beside_the_bare_check(badge: &[u8], suite: Cryptosuite) -> (f64, f64, f64) {
    let key = HolderKey::from_seed(&[7; 32]);
    let credential = VerifiableCredential::from_json(badge.to_vec()).expect("the badge was signed just now");
    let proof = credential.root().get("proof").expect("it has a proof");
    let forms = canonical_forms(credential.root(), proof, suite, &attesta_jsonld::Options::credential())
        .expect("it was signed");
    let message = hash_data(&forms);
    let signature = key.signing_key().sign(&message);
    let public = key.signing_key().verifying_key();
    let mut bare = || public.verify_strict(&message, &signature).expect("it was signed just now");
    let mut ours = || assert_eq!(verdict(badge), Verdict::Valid);
    (0..IN_A_ROUND).for_each(|_| ours());
    let mut rounds: Vec<(f64, f64)> = (0..ROUNDS).map(|_| (rate(&mut ours), rate(&mut bare))).collect();
    rounds.sort_by(|one, other| (one.0 / one.1).total_cmp(&(other.0 / other.1)));
    let (ours, bare) = rounds[ROUNDS / 2];
    (ours, bare, ours / bare)
}

/// From bytes to verdict, as a program does it that has nothing but the bytes.
fn verdict(badge: &[u8]) -> Verdict {
    let credential = VerifiableCredential::from_json(badge.to_vec()).expect("the badge is sound");
    match verify(&credential, &Resources::new(), &Policy::default(), now()) {
        Turn::Done(report) => judge(&report),
        Turn::Need(_) => panic!("a did:key needs nothing"),
    }
}

fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().expect("a time")
}

fn rate(act: &mut impl FnMut()) -> f64 {
    let before = processor_seconds();
    (0..IN_A_ROUND).for_each(|_| act());
    f64::from(IN_A_ROUND) / (processor_seconds() - before)
}

/// Seconds this thread has run, from the kernel's own count where there is one, else wall time.
fn processor_seconds() -> f64 {
    thread_local! { static START: Instant = Instant::now(); }
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = counted.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.with(|start| start.elapsed().as_secs_f64()), |count| count / 1e9)
}

fn ask_peer(peer: &PathBuf, badge: &[u8]) -> Result<f64, String> {
    let file = std::env::temp_dir().join(format!("attesta-bench-{}.json", std::process::id()));
    std::fs::write(&file, badge).map_err(|error| error.to_string())?;
    let output = Command::new("node").arg(peer).arg(&file).output().map_err(|error| error.to_string());
    // A leftover in the system's temporary folder does no harm.
    let _ = std::fs::remove_file(&file);
    let output = output?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    answer["per_second"].as_f64().ok_or_else(|| "it printed no rate".to_owned())
}
