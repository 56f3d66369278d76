//! A slice of the campaign that `cargo xtask mutate` runs in full: altered documents are never accepted, and the same
//! written otherwise is never refused.

use std::sync::OnceLock;

use attesta_mutation::campaign::{Campaign, Outcome};
use attesta_mutation::{Random, lists, rewrite, seed};
use attesta_share::ShareLink;
use attesta_verify::Verdict;

/// The number that everything here follows from.
const RUN: u64 = 2026;

fn campaign() -> &'static Campaign {
    static CAMPAIGN: OnceLock<Campaign> = OnceLock::new();
    CAMPAIGN.get_or_init(|| Campaign::new(seed::all()))
}

#[track_caller]
fn check(outcome: &Outcome, at_least: u64) {
    let told: Vec<String> = outcome
        .findings
        .iter()
        .map(|finding| {
            format!("{} of {}: {} ({})", finding.kind, finding.seed, finding.acceptance.as_str(), finding.number)
        })
        .collect();
    assert!(told.is_empty(), "{} accepted:\n{}", told.len(), told.join("\n"));
    let altered = outcome.total().altered();
    assert!(altered >= at_least, "only {altered} say something else than was signed");
}

#[test]
fn there_are_genuine_documents_of_every_kind_to_alter() {
    let seeds = campaign().seeds();
    assert!(seeds.len() >= 60, "only {}", seeds.len());
    for suite in ["eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020"] {
        for form in ["JSON", "PNG", "link"] {
            let fits = |seed: &&seed::Seed| {
                seed.suite == suite && seed.opened.as_ref().is_some_and(|(carrier, _)| carrier.name() == form)
            };
            assert!(seeds.iter().any(|seed| fits(&seed)), "{suite} in {form}");
        }
    }
    assert!(seeds.iter().any(|seed| seed.claims.iter().any(|claim| claim.verdict == Verdict::Revoked)));
}

#[test]
fn no_altered_document_is_accepted() {
    check(&campaign().run(RUN, 0..1_500), 1_200);
}

#[test]
fn no_flipped_bit_is_accepted_wherever_it_is() {
    let outcome = campaign().flip_everywhere(|seed| seed.name.starts_with("made_") && seed.name.ends_with("_plain_1"));
    check(&outcome, 2_000);
}

#[test]
fn an_altered_share_link_opens_as_what_was_shared_or_not_at_all() {
    const LETTERS: &[u8] = b"AQgw-9";
    let is_link = |seed: &&seed::Seed| seed.name == "made_rdfc_link";
    let link = campaign().seeds().iter().find(is_link).expect("a presentation is shared by link");
    let link = std::str::from_utf8(&link.received).expect("a link is text");
    let shared = ShareLink::decode(link).expect("the link is whole");
    let opens_alike = |altered: &str| ShareLink::decode(altered).is_ok_and(|opened| opened == shared);
    let start = link.find('#').expect("what is shared stands in the fragment") + 1;
    for place in start..link.len() {
        let (before, after) = (&link[..place], &link[place + 1..]);
        for letter in LETTERS.iter().filter(|letter| **letter != link.as_bytes()[place]) {
            let altered = format!("{before}{}{after}", char::from(*letter));
            // A compressed stream has bits that mean nothing; in all others the link is damaged.
            let opened = ShareLink::decode(&altered);
            assert!(opened.is_err() || opened.is_ok_and(|opened| opened == shared), "{altered}");
        }
        assert!(ShareLink::decode(&format!("{before}{after}")).is_err(), "without its letter {place}");
        assert!(ShareLink::decode(before).is_err(), "cut off at {place}");
        // Mail programs break lines, and quote them.
        assert!(opens_alike(&format!("{before}\r\n> {}", &link[place..])), "broken at {place}");
    }
    assert!(opens_alike(&link.replace("https://verify.example/", "https://elsewhere.example/page")));
}

#[test]
fn the_same_written_otherwise_is_never_refused() {
    let mut tried = 0;
    for (number, seed) in (0..).zip(campaign().seeds()) {
        for rewrite in rewrite::ALL {
            let mut random = Random::of(RUN, number);
            let Some(received) = rewrite.of(&mut random, seed) else { continue };
            tried += 1;
            let lost = rewrite::loss(seed, &received).map(|claim| claim.verdict);
            assert_eq!(lost, None, "{} in {}: {}", rewrite.name, seed.name, String::from_utf8_lossy(&received));
        }
    }
    assert!(tried >= 500, "only {tried}");
}

#[test]
fn no_altered_status_list_tells_another_status() {
    let seeds = campaign().seeds();
    let asking: Vec<_> = seeds.iter().filter(|seed| seed.signed_answers().count() == 1).collect();
    assert!(asking.len() >= 10, "only {} ask a list", asking.len());
    let mut tried = 0;
    for number in 0..400 {
        let mut random = Random::of(RUN, number);
        let Some(seed) = random.pick(&asking) else { break };
        let Some(altered) = lists::alter(&mut random, seed, seeds) else { continue };
        tried += 1;
        assert!(!altered.is_believed(seed), "{} of {}, {number}: {:?}", altered.kind, seed.name, altered.verdict);
    }
    assert!(tried >= 300, "only {tried}");
}

#[test]
fn a_run_follows_from_its_number_alone() {
    let tallies = || campaign().run(RUN, 0..200).tallies;
    assert_eq!(tallies(), tallies());
    assert_ne!(tallies(), campaign().run(RUN + 1, 0..200).tallies);
}
