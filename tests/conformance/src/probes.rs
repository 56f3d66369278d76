//! The probes of 1EdTech's public validator, one by one: what each asks, where the same is asked here, and the cases of
//! `tests/vectors` that show it. Every case is run; one that does not come out as the table says fails the run.

mod list;

use std::path::{Path, PathBuf};

use attesta_test_support::case::Case;
use attesta_test_support::observe::disagreements;
use attesta_test_support::vectors;

use crate::report::Report;
use list::{Here, PROBES, Probe};

/// Runs the cases of every probe and adds the table.
pub(crate) fn tell(report: &mut Report) {
    report.table(&["of", "probe", "asks", "here", "shown by"]);
    for probe in PROBES {
        let (place, shown) = match probe.here {
            Here::Checked { by, shown } => {
                for problem in differences(probe, by, shown) {
                    report.unexplained(format!("probe {} {}: {problem}", probe.of, probe.name));
                }
                let shown = shown.iter().map(|(case, verdict)| format!("`{case}` {verdict}"));
                (format!("`{by}`"), shown.collect::<Vec<_>>().join(", "))
            }
            Here::Otherwise(why) => (why.to_owned(), String::new()),
        };
        report.row(&[probe.of.to_owned(), probe.name.to_owned(), probe.asks.to_owned(), place, shown]);
    }
}

/// What is not as the row says.
fn differences(probe: &Probe, by: &str, shown: &[(&str, &str)]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    if !root.join(by).exists() {
        found.push(format!("{by} does not exist"));
    }
    if shown.is_empty() {
        found.push(format!("no case shows what {} asks", probe.name));
    }
    for (case, verdict) in shown {
        let folder: PathBuf = vectors::folder().join(case);
        match Case::load(&folder) {
            Err(error) => found.push(error.to_string()),
            Ok(case) => {
                if case.statement.expect.verdict != *verdict {
                    let stated = &case.statement.expect.verdict;
                    found.push(format!("{} states {stated}, the table says {verdict}", case.name));
                }
                found.extend(disagreements(&case));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_probe_is_shown_by_cases_that_come_out_as_the_table_says() {
        let mut report = Report::default();
        tell(&mut report);
        assert!(report.is_explained(), "{}", report.open_ends());
    }

    #[test]
    fn a_row_that_does_not_come_out_is_told() {
        let probe = &PROBES[0];
        let file = "crates/attesta-verify/src/verify.rs";
        assert_eq!(differences(probe, file, &[("integrity_good", "valid")]), [""; 0]);
        assert_eq!(differences(probe, file, &[("integrity_good", "invalid")]).len(), 1);
        assert_eq!(differences(probe, file, &[("no_such_case", "valid")]).len(), 1);
        assert_eq!(differences(probe, file, &[]).len(), 1);
        assert_eq!(differences(probe, "no/such/file.rs", &[("integrity_good", "valid")]).len(), 1);
    }
}
