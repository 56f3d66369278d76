//! The worst that a document of some size may ask of us: the time it takes, and what twice the size takes.

use std::path::PathBuf;

use attesta_jsonld::{Document, HashAlgorithm, Options, StepBudget, canonical_nquads, to_rdf};
use attesta_test_support::party::Party;
use attesta_verify::Cryptosuite;
use serde_json::{Value, json};

use crate::clock::seconds;
use crate::entry::{BADGE, secured};
use crate::verdict;

/// Prints the table of worst cases and of the files given.
pub(crate) fn print(files: &[PathBuf]) -> Result<(), String> {
    println!("\n| document | bytes | ms | verdict | twice the size takes |");
    println!("| --- | ---: | ---: | --- | ---: |");
    let ordinary = made(|_, _| {}, 0);
    println!("| an ordinary badge | {} | {:.2} | {} | |", ordinary.len(), milliseconds(&ordinary), shown(&ordinary));
    for (name, change, size) in CASES {
        let (once, twice) = (made(change, size), made(change, size * 2));
        let time = milliseconds(&once);
        let growth = milliseconds(&twice) / time;
        println!("| {name} | {} | {time:.2} | {} | {growth:.1} × |", once.len(), shown(&once));
    }
    for file in files {
        let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        println!("| {name} | {} | {:.2} | {} | |", bytes.len(), milliseconds(&bytes), shown(&bytes));
    }
    Ok(())
}

/// What makes an achievement one of a size.
type Change = fn(&mut Value, usize);

const CASES: [(&str, Change, usize); 8] = [
    ("1,000 different alignments", |of, size| of["alignment"] = (0..size).map(alignment).collect(), 1_000),
    ("1,000 identical alignments", |of, size| of["alignment"] = vec![alignment(0); size].into(), 1_000),
    ("10,000 identical alignments", |of, size| of["alignment"] = vec![alignment(0); size].into(), 10_000),
    ("organizations within organizations, 25 deep", |of, size| of["creator"] = nested(size), 25),
    ("10,000 tags", |of, size| of["tag"] = (0..size).map(|n| format!("tag {n}")).collect(), 10_000),
    ("10,000 tags, all the same", |of, size| of["tag"] = vec!["tag"; size].into(), 10_000),
    ("10,000 members that nothing defines", many_members, 10_000),
    ("a name of 1 MB", |of, size| of["name"] = "word ".repeat(size / 5).into(), 1_000_000),
];

fn alignment(number: usize) -> Value {
    json!({"type": ["Alignment"], "targetName": format!("Skill {number}"), "targetUrl": "https://skills.example/"})
}

fn nested(depth: usize) -> Value {
    let around = |inner| json!({"type": ["Profile"], "name": "N", "parentOrg": inner});
    (0..depth).fold(json!({"type": ["Profile"], "name": "N"}), |inner, _| around(inner))
}

fn many_members(of: &mut Value, count: usize) {
    for number in 0..count {
        of[format!("member{number}")] = number.into();
    }
}

/// The badge with another achievement, signed so that nothing ends the checks early. What can't be signed, because
/// verifiers refuse it, carries a proof over its JSON that says to be one over the graph.
fn made(change: Change, size: usize) -> Vec<u8> {
    let issuer = Party::did_key(7);
    let mut badge: Value = serde_json::from_str(&BADGE.replace("ISSUER", &issuer.id)).expect("the badge is JSON");
    change(&mut badge["credentialSubject"]["achievement"], size);
    let badge = badge.to_string();
    if has_canonical_form(&badge) {
        return secured(&badge, Cryptosuite::EddsaRdfc2022, &issuer);
    }
    let signed = String::from_utf8(secured(&badge, Cryptosuite::EddsaJcs2022, &issuer)).expect("it was text before");
    signed.replacen("eddsa-jcs-2022", "eddsa-rdfc-2022", 1).into_bytes()
}

fn has_canonical_form(document: &str) -> bool {
    let document = Document::parse(document.as_bytes().to_vec()).expect("it was written as JSON just now");
    let options = Options::credential();
    let graph = to_rdf(document.root(), &options);
    graph.is_ok_and(|rdf| canonical_nquads(&rdf.dataset, HashAlgorithm::Sha256, StepBudget::default()).is_ok())
}

fn milliseconds(document: &[u8]) -> f64 {
    seconds(|| drop(std::hint::black_box(verdict(document)))) * 1e3
}

fn shown(document: &[u8]) -> String {
    verdict(document).map_or_else(|error| error, |verdict| verdict.as_str().to_owned())
}
