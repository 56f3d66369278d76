//! Is now within its validity period?

use jiff::Timestamp;

use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::Outcome;

/// Compares a period with now; both of its ends belong to it.
pub(crate) fn check(from: Option<Timestamp>, until: Option<Timestamp>, now: Timestamp) -> Outcome {
    if let Some(until) = until.filter(|until| now > *until) {
        return Outcome::Fail(Problem::new(ProblemCode::Expired, [("until", until.to_string())]));
    }
    if let Some(from) = from.filter(|from| now < *from) {
        return Outcome::Fail(Problem::new(ProblemCode::NotYetValid, [("from", from.to_string())]));
    }
    let code = if until.is_some() { FactCode::WithinValidity } else { FactCode::NeverExpires };
    let mut fact = Fact::new(code, []);
    for (name, time) in [("from", from), ("until", until)] {
        if let Some(time) = time {
            fact.params.insert(name.to_owned(), time.to_string());
        }
    }
    Outcome::Pass(fact)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_code(from: Option<&str>, until: Option<&str>, expected: &str) {
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        let outcome = check(from.map(time), until.map(time), time("2026-06-15T12:00:00Z"));
        let code = match &outcome {
            Outcome::Pass(fact) => fact.code.as_str(),
            Outcome::Fail(problem) => problem.code.as_str(),
            other => panic!("{other:?}"),
        };
        assert_eq!(code, expected);
    }

    #[test]
    fn both_ends_belong_to_the_period() {
        check_code(Some("2026-06-15T12:00:00Z"), Some("2026-06-15T12:00:00Z"), "within_validity");
        check_code(None, Some("2026-06-15T11:59:59.999Z"), "expired");
        check_code(Some("2026-06-15T12:00:00.001Z"), None, "not_yet_valid");
    }

    #[test]
    fn a_missing_end_is_no_end() {
        check_code(None, None, "never_expires");
        check_code(Some("2020-01-01T00:00:00Z"), None, "never_expires");
        check_code(None, Some("2030-01-01T00:00:00Z"), "within_validity");
    }
}
