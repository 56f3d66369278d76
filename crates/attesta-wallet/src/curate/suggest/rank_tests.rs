//! Postings against wallets: which credentials are found, in which order, and by which of their words.

use std::time::{Duration, Instant};

use super::rank::{Candidate, Phrase, PhraseKind, Standing, rank};

fn candidate(id: &str, phrases: &[(PhraseKind, &[&str])]) -> Candidate {
    let phrases = phrases
        .iter()
        .filter_map(|(kind, wordings)| Phrase::of(*kind, wordings.iter().map(|&wording| wording.to_owned())));
    Candidate { id: id.to_owned(), phrases: phrases.collect(), standing: Standing::Sound }
}

use PhraseKind::{Code, Field, Framework, Skill, Tag, Title};

/// What somebody might hold who worked in care, in a workshop and in an office.
fn wallet() -> Vec<Candidate> {
    vec![
        candidate(
            "wounds",
            &[
                (Title, &["Caring for Wound Infections"]),
                (Skill, &["Wound care", "Soin des plaies"]),
                (Code, &["33102"]),
                (Framework, &["National Occupational Classification"]),
                (Tag, &["nursing"]),
            ],
        ),
        candidate(
            "lifting",
            &[
                (Title, &["Safe patient handling"]),
                (Skill, &["Patient transfer", "Transfert de patients"]),
                (Tag, &["nursing"]),
                (Tag, &["ergonomics"]),
            ],
        ),
        candidate(
            "welding",
            &[
                (Title, &["Introduction to Welding", "Introduction au soudage"]),
                (Skill, &["Gas metal arc welding", "Soudage à l’arc sous gaz"]),
                (Tag, &["GMAW"]),
                (Field, &["Metal fabrication"]),
            ],
        ),
        candidate(
            "sheets",
            &[(Title, &["Spreadsheets that add up"]), (Skill, &["Data analysis"]), (Tag, &["Excel"]), (Tag, &["C++"])],
        ),
        candidate("aid", &[(Title, &["First aid", "Secourisme"]), (Skill, &["Cardiopulmonary resuscitation"])]),
    ]
}

#[track_caller]
fn check(posting: &str, expected: &[(&str, &[&str])]) {
    let found = rank(posting, &wallet());
    let found: Vec<(&str, Vec<&str>)> =
        found.iter().map(|it| (it.id.as_str(), it.matched.iter().map(String::as_str).collect())).collect();
    let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(id, matched)| (*id, matched.to_vec())).collect();
    assert_eq!(found, expected, "{posting}");
}

#[test]
fn english_postings_find_what_they_ask_for() {
    check(
        "Nurse aide, nights. You care for wounds, transfer patients safely and keep records.\n\
         Experience in nursing is an asset.",
        &[
            ("wounds", &["Wound care", "nursing", "Caring for Wound Infections"]),
            ("lifting", &["Patient transfer", "nursing"]),
        ],
    );
    check(
        "Welder (GMAW). Gas metal arc welding of frames; first aid is required.",
        &[("welding", &["Gas metal arc welding", "GMAW", "Introduction to Welding"]), ("aid", &["First aid"])],
    );
    check("Analyst: analysing data in EXCEL and C++", &[("sheets", &["Data analysis", "C++", "Excel"])]);
    check("NOC 33102, full time", &[("wounds", &["33102"])]);
}

#[test]
fn french_postings_find_what_they_ask_for() {
    check(
        "Préposé aux bénéficiaires (CNP 33102). Soins des plaies, transferts de patients.",
        &[("wounds", &["33102", "Soin des plaies"]), ("lifting", &["Transfert de patients"])],
    );
    check(
        "SOUDEUR : vous maîtrisez le soudage à l'arc sous gaz. Le secourisme est un atout.",
        &[("welding", &["Soudage à l’arc sous gaz", "Introduction au soudage"]), ("aid", &["Secourisme"])],
    );
}

#[test]
fn a_posting_that_asks_for_nothing_of_it_finds_nothing() {
    for posting in [
        "",
        " \n ",
        "Pastry chef wanted for a small team, experience required.",
        "Pâtissière recherchée, expérience requise, travail d’équipe.",
        "33103 (102) 33 102",
        "care",
        "🍰 — ???",
    ] {
        check(posting, &[]);
    }
}

#[test]
fn what_does_not_count_any_more_stands_after_what_does() {
    let mut wallet = wallet();
    wallet[0].standing = Standing::Spent;
    let posting = "Wound care (NOC 33102), nursing, patient transfer";
    let found: Vec<String> = rank(posting, &wallet).into_iter().map(|it| it.id).collect();
    assert_eq!(found, ["lifting", "wounds"]);
}

#[test]
fn what_few_credentials_say_weighs_more_than_what_all_say() {
    let mut wallet: Vec<Candidate> =
        (0..9).map(|number| candidate(&format!("common-{number}"), &[(Tag, &["safety"])])).collect();
    wallet.push(candidate("rare", &[(Tag, &["rigging"])]));
    let found: Vec<String> = rank("Safety and rigging", &wallet).into_iter().map(|it| it.id).collect();
    assert_eq!(found[0], "rare");
    // Equally good ones stand in the order of their identifiers, whatever order they came in.
    assert_eq!(found[1..3], ["common-0", "common-1"]);
    wallet.reverse();
    assert_eq!(rank("Safety and rigging", &wallet).into_iter().map(|it| it.id).collect::<Vec<_>>(), found);
}

#[test]
fn the_same_wording_counts_once() {
    let repeated = candidate("repeated", &[(Tag, &["Rigging"]), (Tag, &["rigging"]), (Skill, &["Rigging"])]);
    let once = candidate("once", &[(Skill, &["Rigging"])]);
    let found = rank("rigging", &[repeated, once]);
    assert_eq!(found[0].score, found[1].score);
    assert_eq!(found[0].matched.len(), 1);
}

#[test]
fn a_thousand_credentials_against_a_long_posting_take_a_moment() {
    let words = ["safety", "care", "metal", "water", "records", "patients", "data", "crew", "forest", "kitchen"];
    let named = |number: usize| format!("{} {}", words[number % 10], words[number / 10 % 10]);
    let wallet: Vec<Candidate> = (0..1_000)
        .map(|number| {
            let skills: Vec<_> = (0..12).map(|step| named(number * 7 + step * 13)).collect();
            let phrases: Vec<(PhraseKind, Vec<&str>)> =
                skills.iter().map(|skill| (Skill, vec![skill.as_str()])).collect();
            let phrases: Vec<(PhraseKind, &[&str])> = phrases.iter().map(|(kind, it)| (*kind, it.as_slice())).collect();
            candidate(&format!("{number:04}"), &phrases)
        })
        .collect();
    let posting = (0..4_000).map(|number| words[number * number % 10]).collect::<Vec<_>>().join(" and ");
    assert!(posting.len() > 20_000);
    let began = Instant::now();
    assert_eq!(rank(&posting, &wallet).len(), 1_000);
    let taken = began.elapsed();
    println!("{taken:?}");
    // An unoptimised build on a busy machine; an optimised one takes a small part of it.
    assert!(taken < Duration::from_secs(20), "{taken:?}");
}

#[test]
fn a_credential_that_says_more_than_anybody_reads_is_looked_at_in_part() {
    let tags: Vec<String> = (0..5_000).map(|number| format!("tag{number}")).collect();
    let tags: Vec<[&str; 1]> = tags.iter().map(|tag| [tag.as_str()]).collect();
    let mut phrases: Vec<(PhraseKind, &[&str])> = vec![(Title, &["Rigging"])];
    phrases.extend(tags.iter().map(|tag| (Tag, tag.as_slice())));
    let long = "rigging ".repeat(100_000);
    let wallet = [candidate("many", &phrases), candidate("long", &[(Skill, &[long.as_str()])])];
    let posting: String = (0..20_000).map(|number| format!("tag{number} ")).collect::<String>() + "rigging";
    let began = Instant::now();
    let found = rank(&posting, &wallet);
    assert_eq!(found[0].id, "many");
    assert!(found[0].matched.len() <= 12);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}
