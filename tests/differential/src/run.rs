//! One run: generate, have signed, alter, ask both sides, compare.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use attesta_mutation::Random;
use attesta_mutation::json::Json;
use attesta_mutation::kinds::{self, Scene};
use attesta_mutation::seed::{self, Seed};
use attesta_test_support::case::Case;
use attesta_test_support::party::Party;
use attesta_verify::{Cryptosuite, Verdict};

use crate::class::{self, Class, Difference, Side};
use crate::generate::{Generator, Manner};
use crate::ours::{Judgement, judgement, sign};
use crate::peculiar::ISSUER;
use crate::peer::{PeerError, Question, Reply, ask};

const SUITES: [Cryptosuite; 3] =
    [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022, Cryptosuite::Ed25519Signature2020];

/// One credential that both sides judge.
struct Credential {
    suite: &'static str,
    signer: &'static str,
    alteration: Option<&'static str>,
    text: String,
}

/// Runs `count` credentials that follow from `run`; answers whether every difference is explained.
///
/// # Errors
/// [`PeerError`] when the other side does not answer, or the disk does not take what is to be written down.
pub(crate) fn run(script: &Path, count: u64, run: u64) -> Result<bool, PeerError> {
    let credentials = credentials(script, count, run)?;
    let questions = credentials.iter().enumerate();
    let questions = questions.map(|(n, it)| Question::Verify { n, verify: it.text.clone() }).collect();
    let replies = ask(script, questions)?;
    let mut tally = Tally::default();
    for (n, (credential, reply)) in credentials.iter().zip(&replies).enumerate() {
        let ours = judgement(credential.text.as_bytes());
        tally.note(n, credential, &ours, reply);
    }
    let folder = root().join("target/differential");
    for unexplained in &tally.unexplained {
        write_down(&folder, run, unexplained, &credentials[unexplained.n].text)?;
        println!("{} {}", unexplained.n, unexplained.told);
    }
    let tables = tally.tables();
    println!("{tables}");
    if tally.unexplained.is_empty() {
        let text = format!("{}\n## Results\n\nRun {run}.\n\n{tables}", include_str!("page.md"));
        fs::write(root().join("docs/differential.md"), text)?;
    }
    Ok(tally.unexplained.is_empty())
}

/// The credentials: signed by either side, one in three altered afterwards.
fn credentials(script: &Path, count: u64, run: u64) -> Result<Vec<Credential>, PeerError> {
    let party = Party::did_key(ISSUER);
    let mut documents = Vec::new();
    let mut by_them = Vec::new();
    for n in 0..count {
        let mut random = Random::of(run, n);
        let suite = random.one_of(&SUITES);
        let manner = if random.once_in(2) { Manner::Odd } else { Manner::Ordinary };
        let document = Generator::new(&mut random, manner).credential(&party.id, suite);
        if n % 2 == 0 {
            let text = String::from_utf8_lossy(&document.bytes()).into_owned();
            by_them.push(Question::Sign { n: documents.len(), sign: suite.as_str(), seed: ISSUER, document: text });
        }
        documents.push((suite, document, random));
    }
    let mut signed_by_them: BTreeMap<usize, String> =
        ask(script, by_them)?.into_iter().filter_map(|reply| Some((reply.n, reply.signed?))).collect();
    let pool = seed::all();
    let mut credentials = Vec::new();
    for (n, (suite, document, mut random)) in documents.into_iter().enumerate() {
        let (signer, text) = match signed_by_them.remove(&n) {
            Some(text) => ("them", text),
            // What they refuse to sign we may still sign, and what neither does is judged unsigned.
            None => {
                let signed = sign(suite, &document, &party).unwrap_or(document);
                ("us", String::from_utf8_lossy(&signed.bytes()).into_owned())
            }
        };
        let altered = (n % 3 == 0).then(|| alter(&mut random, &text, &pool)).flatten();
        let (alteration, text) = altered.map_or((None, text), |(kind, text)| (Some(kind), text));
        credentials.push(Credential { suite: suite.as_str(), signer, alteration, text });
    }
    Ok(credentials)
}

fn alter(random: &mut Random, text: &str, pool: &[Seed]) -> Option<(&'static str, String)> {
    let seed = Seed::of(Case::text("generated", "Generated.", text))?;
    for _ in 0..16 {
        let kind = random.pick(kinds::ALL)?;
        let mut json = seed.json()?.clone();
        if kind.alter_json(random, &mut json, &Scene { seed: &seed, all: pool }).is_some() {
            return Some((kind.name, String::from_utf8(json.bytes()).ok()?));
        }
    }
    None
}

/// What both sides said of all credentials.
#[derive(Default)]
struct Tally {
    /// By suite and signer: how many, agreed good, agreed not good, explained, not explained.
    rows: BTreeMap<(&'static str, &'static str), [u64; 5]>,
    classes: BTreeMap<&'static str, (u64, &'static str)>,
    altered: u64,
    unexplained: Vec<Unexplained>,
}

struct Unexplained {
    n: usize,
    told: String,
}

impl Tally {
    fn note(&mut self, n: usize, credential: &Credential, ours: &Judgement, reply: &Reply) {
        let row = self.rows.entry((credential.suite, credential.signer)).or_default();
        row[0] += 1;
        self.altered += u64::from(credential.alteration.is_some());
        let theirs = reply.error.as_deref().unwrap_or_default();
        let side = match (ours.verdict == Verdict::Valid, reply.verified) {
            (true, true) => return row[1] += 1,
            (false, false) => return row[2] += 1,
            (true, false) => Side::Ours,
            (false, true) => Side::Theirs,
        };
        let json = Json::parse(credential.text.as_bytes());
        match class::of(&Difference { side, ours, theirs, text: &credential.text, json: json.as_ref() }) {
            Some(Class { name, why, .. }) => {
                row[3] += 1;
                // The first text of a name is the one that explains.
                let why = if why.starts_with("As above") { "" } else { why };
                let class = self.classes.entry(name).or_default();
                class.0 += 1;
                if class.1.is_empty() {
                    class.1 = why;
                }
            }
            None => {
                row[4] += 1;
                let told = format!(
                    "{side:?} {} by {} {:?}: {} {:?} / {theirs}",
                    credential.suite,
                    credential.signer,
                    credential.alteration,
                    ours.verdict.as_str(),
                    ours.problems
                );
                self.unexplained.push(Unexplained { n, told });
            }
        }
    }

    fn tables(&self) -> String {
        let mut out = String::from(
            "| suite | signed by | credentials | both take it | neither takes it | explained | **unexplained** |\n\
             | --- | --- | ---: | ---: | ---: | ---: | ---: |\n",
        );
        let mut total = [0; 5];
        let mut line = |suite: &str, signer: &str, [all, good, bad, explained, open]: [u64; 5]| {
            writeln!(out, "| {suite} | {signer} | {all} | {good} | {bad} | {explained} | {open} |")
                .expect("a String takes whatever is written");
        };
        for ((suite, signer), row) in &self.rows {
            line(suite, signer, *row);
            total.iter_mut().zip(row).for_each(|(total, row)| *total += row);
        }
        line("**all**", "", total);
        writeln!(out, "\n{} of them were altered after they were signed.\n", self.altered)
            .expect("a String takes whatever is written");
        out.push_str("| difference | credentials | why |\n| --- | ---: | --- |\n");
        for (name, (count, why)) in &self.classes {
            writeln!(out, "| {name} | {count} | {why} |").expect("a String takes whatever is written");
        }
        out
    }
}

fn write_down(folder: &Path, run: u64, unexplained: &Unexplained, text: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let name = format!("{run}-{}", unexplained.n);
    fs::write(folder.join(format!("{name}.json")), text)?;
    fs::write(folder.join(format!("{name}.txt")), &unexplained.told)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_owned).unwrap_or_default()
}
