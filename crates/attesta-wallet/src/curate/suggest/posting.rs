//! A text that is searched: where each of its words stands, and the codes in it.

use std::collections::{BTreeSet, HashMap};

use super::words::{Bearing, Word, fold, words};

/// Most places of one word that are looked at. A posting says a word some ten times; a text that says it ten thousand
/// times is no posting, and finding the first of them near the others is answer enough.
const PLACES: usize = 64;

/// How many words may stand between the words of a skill that are near one another.
const NEAR: u32 = 6;

/// Names that frameworks put before their codes, folded: National Occupational Classification, O*NET, ESCO and such.
const FRAMEWORKS: [&str; 12] =
    ["noc", "cnp", "onet", "net", "soc", "esco", "isco", "cip", "isced", "sfia", "naics", "scian"];

/// A text that is searched.
pub(super) struct Posting {
    places: HashMap<String, Vec<u32>>,
    /// Words that are at least five signs long and hold a digit, in capital letters.
    codes: BTreeSet<String>,
    /// Shorter ones, where a framework's name stands before them.
    named_codes: BTreeSet<String>,
}

/// How well a phrase is found, in thousandths; 0 where it is not.
pub(super) type Degree = u64;

/// The phrase itself.
const WHOLE: Degree = 1000;
/// All its words near one another.
const TOGETHER: Degree = 700;
/// Most words of a title near one another.
const MOSTLY: Degree = 450;

impl Posting {
    pub(super) fn of(text: &str) -> Posting {
        let mut places: HashMap<String, Vec<u32>> = HashMap::new();
        for (place, word) in (0..).zip(words(text)) {
            let known = places.entry(word.stem).or_default();
            if known.len() < PLACES {
                known.push(place);
            }
        }
        let mut posting = Posting { places, codes: BTreeSet::new(), named_codes: BTreeSet::new() };
        let mut before = String::new();
        for word in text.split(|sign: char| !is_of_code(sign)).filter(|word| !word.is_empty()) {
            let word = fold(word.trim_matches(|sign: char| !sign.is_alphanumeric()));
            if word.contains(|sign: char| sign.is_ascii_digit()) {
                if FRAMEWORKS.contains(&before.as_str()) {
                    posting.named_codes.insert(word.clone());
                }
                if word.len() >= LONG_CODE {
                    posting.codes.insert(word.clone());
                }
            }
            before = word;
        }
        posting
    }

    /// Whether the text holds a code, with or without the framework's name before it, which differs by language (NOC and
    /// CNP are one). A short one counts only behind such a name: it could be any number.
    pub(super) fn has_code(&self, code: &str) -> bool {
        let mut parts: Vec<String> = code
            .split(|sign: char| !is_of_code(sign))
            .map(|part| fold(part.trim_matches(|sign: char| !sign.is_alphanumeric())))
            .filter(|part| !part.is_empty())
            .collect();
        if parts.len() > 1 && FRAMEWORKS.contains(&parts[0].as_str()) {
            parts.remove(0);
        }
        match parts.as_slice() {
            [code] if code.contains(|sign: char| sign.is_ascii_digit()) => {
                self.codes.contains(code) || self.named_codes.contains(code)
            }
            _ => false,
        }
    }

    /// How well a skill or keyword is found: as it stands, or all its words near one another.
    pub(super) fn finds(&self, phrase: &[Word]) -> Degree {
        if !phrase.iter().any(|word| word.bearing == Bearing::Content) {
            return 0;
        }
        let stems: Vec<&str> = phrase.iter().map(|word| word.stem.as_str()).collect();
        self.nearness(&stems, stems.len())
    }

    /// How well a title is found: as a skill is, or most of its words near one another. Words that stand in every title
    /// don't count.
    pub(super) fn finds_title(&self, title: &[Word]) -> Degree {
        let content = title.iter().filter(|word| word.bearing == Bearing::Content);
        let stems: Vec<&str> = content.map(|word| word.stem.as_str()).collect();
        let most = (stems.len() * 2).div_ceil(3).max(2);
        match stems.len() {
            0 => 0,
            1 | 2 => self.nearness(&stems, stems.len()),
            _ => self.nearness(&stems, most),
        }
    }

    /// Finds these words near one another, at least `fewest` of them.
    fn nearness(&self, stems: &[&str], fewest: usize) -> Degree {
        const NOWHERE: &[u32] = &[];
        let places: Vec<&[u32]> =
            stems.iter().map(|stem| self.places.get(*stem).map_or(NOWHERE, Vec::as_slice)).collect();
        if places.iter().filter(|places| !places.is_empty()).count() < fewest {
            return 0;
        }
        let reach = NEAR + u32::try_from(stems.len()).unwrap_or(u32::MAX - NEAR);
        let mut best = 0;
        // Whichever of the words is there, one of those that must be found begins the search.
        for (first, starts) in places.iter().enumerate().take(stems.len() - fewest + 1) {
            for &start in *starts {
                if first == 0 && follows(&places, start) {
                    return WHOLE;
                }
                let near = |places: &&&[u32]| {
                    let from = places.partition_point(|&place| place < start.saturating_sub(reach));
                    places.get(from).is_some_and(|&place| place <= start.saturating_add(reach))
                };
                let found = places.iter().filter(near).count();
                if found == stems.len() {
                    best = best.max(TOGETHER);
                } else if found >= fewest {
                    best = best.max(MOSTLY);
                }
            }
        }
        best
    }
}

/// Whether the words stand one right after the other from here.
fn follows(places: &[&[u32]], start: u32) -> bool {
    (start..).zip(places).all(|(place, places)| places.binary_search(&place).is_ok())
}

fn is_of_code(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '.' | '-' | '/')
}

/// From this length on a code is hardly a number that stands there for something else.
const LONG_CODE: usize = 5;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(posting: &str, phrase: &str, expected: Degree) {
        assert_eq!(Posting::of(posting).finds(&words(phrase)), expected, "{phrase} in {posting:.60}");
    }

    #[test]
    fn a_skill_is_found_as_a_phrase_or_by_its_words_near_one_another() {
        check("Experience in wound care is needed.", "Wound care", WHOLE);
        check("You care for wounds.", "Wound care", TOGETHER);
        check("You care for patients with many different kinds of chronic wounds.", "Wound care", TOGETHER);
        check(&format!("Care. {} Wounds.", "Something else entirely happens. ".repeat(5)), "Wound care", 0);
        check("Wounds heal.", "Wound care", 0);
        check("On gère le soin des plaies infectées", "Soins de plaies", WHOLE);
        check("Programming in C++", "C++", WHOLE);
        check("Programming in C", "C++", 0);
        check("", "Wound care", 0);
        check("Wound care", "", 0);
    }

    #[test]
    fn words_of_every_posting_count_only_beside_others() {
        check("A strong team with experience", "Team experience", 0);
        check("A strong team leader", "Team leader", WHOLE);
        check("Une bonne expérience", "Expérience", 0);
    }

    #[track_caller]
    fn check_title(posting: &str, title: &str, expected: Degree) {
        assert_eq!(Posting::of(posting).finds_title(&words(title)), expected, "{title} in {posting:.60}");
    }

    #[test]
    fn of_a_long_title_most_words_are_enough() {
        check_title("wound infections", "Caring for Wound Infections", MOSTLY);
        check_title("caring for wound infections", "Caring for Wound Infections", WHOLE);
        check_title("infections of wounds, and care", "Caring for Wound Infections", TOGETHER);
        check_title("infections", "Caring for Wound Infections", 0);
        check_title("welding", "Introduction to Welding (Level 1)", WHOLE);
        check_title("introduction", "Introduction to Welding", 0);
        check_title("a level course", "Level course certificate", 0);
    }

    #[track_caller]
    fn check_code(posting: &str, code: &str, expected: bool) {
        assert_eq!(Posting::of(posting).has_code(code), expected, "{code} in {posting}");
    }

    #[test]
    fn codes_match_exactly_under_either_name_of_their_framework() {
        check_code("Nurse aide (NOC 33102)", "33102", true);
        check_code("Préposé (CNP 33102).", "NOC 33102", true);
        check_code("Code CNP : 33102", "33102", true);
        check_code("Code 33102", "CNP 33102", true);
        check_code("Code 331020", "33102", false);
        check_code("Code 33102.01", "33102", false);
        check_code("O*NET 31-1131.00", "31-1131.00", true);
        check_code("We pay 24 $ an hour in 2026", "24", false);
        check_code("We pay 24 $ an hour in 2026", "2026", false);
        check_code("NOC 2026", "2026", true);
        check_code("care", "care", false);
        check_code("", "33102", false);
    }

    #[test]
    fn a_text_that_says_one_word_without_end_is_searched_in_bounded_time() {
        let posting = Posting::of(&"wound ".repeat(30_000));
        let phrase = words(&"wound ".repeat(400));
        let began = std::time::Instant::now();
        for _ in 0..20 {
            assert!(posting.finds(&phrase) > 0);
        }
        assert!(began.elapsed() < std::time::Duration::from_secs(10), "{:?}", began.elapsed());
    }
}
