//! Statements: the lines of a canonical graph, with its blank nodes under names of one's own.

use std::collections::{HashMap, HashSet};

/// The lines of a canonical N-Quads document with each blank node's label replaced by what `name` gives for it, sorted
/// anew ([labelReplacementCanonicalizeNQuads](https://www.w3.org/TR/vc-di-ecdsa/#labelreplacementcanonicalizenquads)).
/// Labels go without `_:`. `None` where a label has no name, or shares it with another: under one name two things would
/// pass for one.
pub(super) fn renamed(canonical: &str, name: impl Fn(&str) -> Option<String>) -> Option<Vec<String>> {
    let mut names: HashMap<&str, String> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut lines = Vec::with_capacity(canonical.len() / 100);
    for line in canonical.split_inclusive('\n') {
        let mut renamed = String::with_capacity(line.len() + 64);
        let mut rest = line;
        while let Some((before, label, after)) = next_label(rest) {
            if !names.contains_key(label) {
                let given = name(label)?;
                if !taken.insert(given.clone()) {
                    return None;
                }
                names.insert(label, given);
            }
            renamed.push_str(before);
            renamed.push_str(&names[label]);
            rest = after;
        }
        renamed.push_str(rest);
        lines.push(renamed);
    }
    lines.sort_unstable();
    Some(lines)
}

/// The next blank node's label in what is left of a line, with what stands before and after it. A literal is skipped:
/// what looks like a label in there is text.
fn next_label(rest: &str) -> Option<(&str, &str, &str)> {
    let mut at = 0;
    loop {
        let term = &rest[at..];
        match term.bytes().next()? {
            b'_' => {
                let start = at + "_:".len();
                let end = rest[start..].find(' ').map_or(rest.len(), |length| start + length);
                return Some((&rest[..start], &rest[start..end], &rest[end..]));
            }
            b'"' => {
                let mut escaped = false;
                let closing = term[1..].find(|character| {
                    let closes = character == '"' && !escaped;
                    escaped = character == '\\' && !escaped;
                    closes
                })?;
                // Language or datatype have no spaces.
                at += 1 + closing + 1;
                at += rest[at..].find(' ')? + 1;
            }
            _ => at += term.find(' ')? + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(canonical: &str, expected: Option<&[&str]>) {
        let name = |label: &str| match label {
            "c14n0" => Some("uz".to_owned()),
            "c14n1" => Some("ua".to_owned()),
            "c14n2" => Some("uz".to_owned()),
            _ => None,
        };
        let expected = expected.map(|lines| lines.iter().map(|line| (*line).to_owned()).collect());
        assert_eq!(renamed(canonical, name), expected);
    }

    #[test]
    fn labels_are_replaced_wherever_a_node_may_stand_and_the_lines_sorted_anew() {
        check(
            "<urn:s> <urn:p> _:c14n0 .\n_:c14n0 <urn:p> _:c14n1 _:c14n1 .\n_:c14n1 <urn:p> \"x\"@en _:c14n0 .\n",
            Some(&["<urn:s> <urn:p> _:uz .\n", "_:ua <urn:p> \"x\"@en _:uz .\n", "_:uz <urn:p> _:ua _:ua .\n"]),
        );
    }

    #[test]
    fn text_that_looks_like_a_label_is_left_alone() {
        let text = "<urn:s> <urn:p> \"a _:c14n0 \\\" _:c14n0 \\\\\"^^<urn:_:c14n0> .\n";
        check(text, Some(&[text]));
        check("<urn:s> <urn:p> \"_:c14n0\" _:c14n1 .\n", Some(&["<urn:s> <urn:p> \"_:c14n0\" _:ua .\n"]));
    }

    #[test]
    fn a_label_without_a_name_is_refused() {
        check("_:c14n3 <urn:p> <urn:o> .\n", None);
    }

    #[test]
    fn two_nodes_never_share_a_name() {
        check("_:c14n0 <urn:p> <urn:o> .\n_:c14n2 <urn:p> <urn:o> .\n", None);
    }
}
