//! What came of a run, as tables for a terminal and for the documentation.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::campaign::{Outcome, Tally};

/// The tallies by suite, then by kind.
pub fn of_alterations(outcome: &Outcome) -> String {
    let by_suite = sums(outcome, |(suite, _)| suite.clone());
    let by_kind = sums(outcome, |(_, kind)| (*kind).to_owned());
    format!("{}\n{}", written("secured with", &by_suite), written("altered by", &by_kind))
}

fn sums(outcome: &Outcome, name: impl Fn(&(String, &'static str)) -> String) -> BTreeMap<String, Tally> {
    let mut sums: BTreeMap<String, Tally> = BTreeMap::new();
    for (key, tally) in &outcome.tallies {
        sums.entry(name(key)).or_default().add(*tally);
    }
    sums
}

fn written(head: &str, rows: &BTreeMap<String, Tally>) -> String {
    let mut out = format!(
        "| {head} | altered | not read | invalid | unverifiable | **accepted** | left whole |\n\
         | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    );
    let mut row = |name: &str, tally: Tally| {
        let Tally { unread, invalid, unverifiable, harmless, accepted } = tally;
        let altered = tally.altered();
        writeln!(out, "| {name} | {altered} | {unread} | {invalid} | {unverifiable} | {accepted} | {harmless} |")
            .expect("a String takes whatever is written");
    };
    let mut total = Tally::default();
    for (name, tally) in rows {
        row(name, *tally);
        total.add(*tally);
    }
    row("**all**", total);
    out
}

/// Numbers by name: how many, and how many of those went wrong.
pub fn of_counts(head: &str, wrong: &str, rows: &BTreeMap<&'static str, (u64, u64)>) -> String {
    let mut out = format!("| {head} | tried | **{wrong}** |\n| --- | ---: | ---: |\n");
    let total = rows.values().fold((0, 0), |total, row| (total.0 + row.0, total.1 + row.1));
    for (name, (tried, failed)) in rows.iter().chain([(&"**all**", &total)]) {
        writeln!(out, "| {name} | {tried} | {failed} |").expect("a String takes whatever is written");
    }
    out
}
