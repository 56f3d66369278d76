//! Runs the whole campaign, prints what came of it, and writes down what was accepted, or refused in error.
//!
//! `attesta-mutation [COUNT [RUN]]`: COUNT documents that say something else than was signed, from the number RUN on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use attesta_mutation::campaign::{Campaign, Outcome};
use attesta_mutation::findings::Record;
use attesta_mutation::{Random, lists, rewrite, seed, table};

/// How many alterations are made before it is looked whether they are enough.
const ROUND: u64 = 10_000;
/// How often each way of writing the same otherwise is tried on each document.
const REWRITES: u64 = 4;
/// The documents in which a bit is flipped at every place, by how their names end: each suite in several forms.
const FLIPPED: [&str; 4] = ["_plain_2", "_link", "_png", "made_sd_shown"];
/// How many status lists are altered on their way.
const LISTS: u64 = 5_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize, default: u64| arguments.get(place).map_or(Some(default), |text| text.parse().ok());
    let (Some(count), Some(run)) = (number(0, 100_000), number(1, 1)) else {
        eprintln!("usage: attesta-mutation [COUNT [RUN]]");
        return ExitCode::from(2);
    };
    let start = Instant::now();
    let campaign = Campaign::new(seed::all());
    eprintln!("{} genuine documents", campaign.seeds().len());

    let mut altered = Outcome::default();
    for round in 0.. {
        if altered.total().altered() >= count {
            break;
        }
        altered = altered.join(campaign.run(run, round * ROUND..(round + 1) * ROUND));
        eprintln!("{} altered in {} s", altered.total().altered(), start.elapsed().as_secs());
    }
    let flipped = campaign.flip_everywhere(|seed| FLIPPED.iter().any(|ending| seed.name.ends_with(ending)));
    eprintln!("{} bits flipped in {} s", flipped.total().altered(), start.elapsed().as_secs());
    let mut wrong = Wrong { folder: folder(), count: 0 };
    for finding in altered.findings.iter().chain(&flipped.findings) {
        let Some(seed) = campaign.seeds().iter().find(|seed| seed.name == finding.seed) else { continue };
        wrong.write(Record {
            seed,
            name: format!("accepted_{run}_{}", finding.number),
            story: format!("{} in {}: {}", finding.kind, finding.seed, finding.acceptance.as_str()),
            received: Some(&finding.received),
            answer: None,
            right: "invalid",
        });
    }
    let rewritten = rewrites(&campaign, run, &mut wrong);
    let believed = status_lists(&campaign, run, &mut wrong);

    let tables = [
        table::of_alterations(&altered.join(flipped)),
        table::of_counts("written otherwise", "refused", &rewritten),
        table::of_counts("status list altered by", "believed", &believed),
    ]
    .join("\n");
    println!("{tables}");
    println!("Run {run}, {} genuine documents, {} s.", campaign.seeds().len(), start.elapsed().as_secs());
    if wrong.count > 0 {
        println!("{} wrong; each is a folder under {}.", wrong.count, wrong.folder.display());
        return ExitCode::FAILURE;
    }
    match document(&tables, campaign.seeds().len(), run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("docs/mutation.md: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Every way of writing the same otherwise, on every document it fits.
fn rewrites(campaign: &Campaign, run: u64, wrong: &mut Wrong) -> BTreeMap<&'static str, (u64, u64)> {
    let mut counts: BTreeMap<&'static str, (u64, u64)> = BTreeMap::new();
    for (number, seed) in (0_u64..).zip(campaign.seeds()) {
        for (way, rewrite) in (0_u64..).zip(rewrite::ALL) {
            for again in 0..REWRITES {
                let mut random = Random::of(run, (number * 1_000 + way) * 1_000 + again);
                let Some(received) = rewrite.of(&mut random, seed).filter(|received| *received != seed.received) else {
                    continue;
                };
                let count = counts.entry(rewrite.name).or_default();
                count.0 += 1;
                if rewrite::loss(seed, &received).is_some() {
                    count.1 += 1;
                    wrong.write(Record {
                        seed,
                        name: format!("refused_{run}_{number}_{way}_{again}"),
                        story: format!("{} in {}", rewrite.name, seed.name),
                        received: Some(&received),
                        answer: None,
                        right: "valid",
                    });
                }
            }
        }
    }
    counts
}

/// Status lists altered on their way.
fn status_lists(campaign: &Campaign, run: u64, wrong: &mut Wrong) -> BTreeMap<&'static str, (u64, u64)> {
    let mut counts: BTreeMap<&'static str, (u64, u64)> = BTreeMap::new();
    let asking: Vec<_> = campaign.seeds().iter().filter(|seed| seed.signed_answers().count() == 1).collect();
    for number in 0..LISTS {
        let mut random = Random::of(run ^ LISTS, number);
        let Some(seed) = random.pick(&asking) else { break };
        let Some(altered) = lists::alter(&mut random, seed, campaign.seeds()) else { continue };
        let count = counts.entry(altered.kind).or_default();
        count.0 += 1;
        if altered.is_believed(seed) {
            count.1 += 1;
            wrong.write(Record {
                seed,
                name: format!("believed_{run}_{number}"),
                story: format!("the list of {} altered: {}", seed.name, altered.kind),
                received: None,
                answer: Some((&altered.url, &altered.list)),
                right: "status_unknown",
            });
        }
    }
    counts
}

/// What went wrong, one folder for each.
struct Wrong {
    folder: PathBuf,
    count: usize,
}

impl Wrong {
    fn write(&mut self, record: Record<'_>) {
        self.count += 1;
        match record.write(&self.folder) {
            Ok(folder) => eprintln!("{} {}", record.story, folder.display()),
            Err(error) => eprintln!("{} ({}: {error})", record.story, record.name),
        }
    }
}

fn folder() -> PathBuf {
    root().join("target/mutation")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).map(Path::to_owned).unwrap_or_default()
}

/// Writes the page that tells what the last run without anything wrong came to.
fn document(tables: &str, documents: usize, run: u64) -> std::io::Result<()> {
    let head = include_str!("page.md");
    let text = format!("{head}\n## Results\n\nRun {run}: {documents} genuine documents.\n\n{tables}");
    std::fs::write(root().join("docs/mutation.md"), text)
}
