//! How fast a wallet of 10,000 badges is asked about again, from the stored bytes to the stored reports: each badge has
//! its own place in one status list, so two addresses are asked in all, the list and the issuer's key. `refresh [COUNT]`.
//!
//! The web is a table in memory, so what is measured is the work and no network.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use attesta_net::LoopbackAccess;
use attesta_net::fake::FakeFetcher;
use attesta_share::{HolderKey, ProofOptions, ProofPurpose, sign_document};
use attesta_verify::Cryptosuite;
use attesta_view::Language;
use attesta_wallet::clock::FixedClock;
use attesta_wallet::command::Refresh;
use attesta_wallet::entropy::PredictableEntropy;
use attesta_wallet::{Wallet, WalletOptions};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde_json::{Value, json};

const BADGE: &str = include_str!("../../badge.json");
const ISSUER: &str = "did:web:rives.example";
const KEY_DOCUMENT: &str = "https://rives.example/.well-known/did.json";
const LIST: &str = "https://rives.example/status/1";
const NOW: &str = "2026-11-21T12:00:00Z";
/// Badges in one imported file, so that it stays below the limit for one input.
const IN_A_FILE: usize = 1_000;
type Answer<T> = Result<T, Box<dyn Error>>;

fn main() -> Answer<()> {
    let count = std::env::args().nth(1).map_or(Ok(10_000), |text| text.parse::<usize>())?;
    let folder = std::env::temp_dir().join(format!("attesta-bench-refresh-{}", std::process::id()));
    let measured = measure(count, &folder);
    std::fs::remove_dir_all(&folder)?;
    measured
}

fn measure(count: usize, folder: &Path) -> Answer<()> {
    let web = FakeFetcher::new();
    let key = HolderKey::from_seed(&[7; 32]);
    web.answer(KEY_DOCUMENT, "application/did+json", key_document(&key));
    web.answer(LIST, "application/vc", sign(&key, &list()?)?);
    let wallet = Wallet::open(WalletOptions {
        folder: folder.to_owned(),
        fetch: Arc::new(web.clone()),
        clock: Arc::new(FixedClock::at(time(NOW)?)),
        entropy: Arc::new(PredictableEntropy::default()),
        loopback: LoopbackAccess::Refused,
        language: Language::En,
    })?;
    let mut base: Value = serde_json::from_str(BADGE)?;
    base["issuer"]["id"] = json!(ISSUER);
    for first in (0..count).step_by(IN_A_FILE) {
        let mut file = b"[".to_vec();
        for number in first..count.min(first + IN_A_FILE) {
            if number > first {
                file.push(b',');
            }
            file.extend(sign(&key, &badge(&base, number))?);
        }
        file.push(b']');
        wallet.import_bytes("badges.json", &file, &|_| {});
    }
    web.forget_requests();
    let (start, worked) = (Instant::now(), processor_seconds());
    let results = wallet.refresh(&Refresh::default())?;
    let (took, worked) = (start.elapsed().as_secs_f64(), processor_seconds() - worked);
    let valid = results.iter().filter(|result| result.verdict == "valid").count();
    if valid != count {
        return Err(format!("{valid} of {count} are valid").into());
    }
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("| credentials | seconds | per second | cores | cores busy | addresses asked |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    let (rate, busy) = (count as f64 / took, worked / took);
    println!("| {count} | {took:.2} | {rate:.0} | {cores} | {busy:.2} | {} |", web.urls().len());
    Ok(())
}

fn time(text: &str) -> Answer<Timestamp> {
    text.parse().map_err(|error: jiff::Error| error.to_string().into())
}

fn badge(base: &Value, number: usize) -> Value {
    let mut badge = base.clone();
    badge["id"] = json!(format!("urn:uuid:00000000-0000-4000-8000-{number:012}"));
    badge["credentialStatus"] = json!({
        "id": format!("{LIST}#{number}"),
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": number.to_string(),
        "statusListCredential": LIST,
    });
    badge
}

fn list() -> Answer<Value> {
    Ok(json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": ISSUER,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded_list()?,
        },
    }))
}

fn key_document(key: &HolderKey) -> Vec<u8> {
    let method = format!("{ISSUER}#key-1");
    let multikey = &key.did()["did:key:".len()..];
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": ISSUER,
        "verificationMethod": [
            { "id": method, "type": "Multikey", "controller": ISSUER, "publicKeyMultibase": multikey }
        ],
        "assertionMethod": [method],
    })
    .to_string()
    .into_bytes()
}

fn sign(key: &HolderKey, document: &Value) -> Answer<Vec<u8>> {
    let options = ProofOptions {
        suite: Cryptosuite::EddsaRdfc2022,
        verification_method: &format!("{ISSUER}#key-1"),
        purpose: ProofPurpose::AssertionMethod,
        created: time("2026-03-12T14:05:00Z")?,
        expires: None,
        challenge: None,
        domain: None,
    };
    Ok(sign_document(document.to_string().as_bytes(), &options, key.signing_key())?)
}

/// 131,072 entries, of which some are set in the half beyond the badges' own places.
fn encoded_list() -> Answer<String> {
    let mut bits = vec![0_u8; 16 << 10];
    for byte in (8 << 10..16 << 10).step_by(7) {
        bits[byte] = 0x40;
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&bits)?;
    Ok(format!("u{}", URL_SAFE_NO_PAD.encode(packed.finish()?)))
}

/// Processor time of this process so far, in seconds, all threads together, those that ended included.
fn processor_seconds() -> f64 {
    // Fields 14 and 15 of proc_pid_stat(5), in ticks of a hundredth of a second; the name before them is in brackets.
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
