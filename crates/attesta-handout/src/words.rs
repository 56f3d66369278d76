//! The words of what is handed out: those of the verdicts from the message files that all faces read, the rest from the
//! files beside this crate.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use attesta_view::Language;
use jiff::Timestamp;
use jiff::tz::TimeZone;

type Texts = BTreeMap<String, String>;

const ENGLISH: [&str; 2] = [include_str!("../../../messages/en.json"), include_str!("../words/en.json")];
const FRENCH: [&str; 2] = [include_str!("../../../messages/fr.json"), include_str!("../words/fr.json")];

/// Values that are times and appear as a date, and values that are codes with words of their own, as the message files
/// say.
const TIMES: [&str; 6] = ["as_of", "from", "until", "when", "created", "expires"];
const CODES: [&str; 2] = ["failure", "purpose"];

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    language: Language,
    texts: &'static Texts,
}

impl Words {
    pub(crate) fn of(language: Language) -> Words {
        static ENGLISH_TEXTS: OnceLock<Texts> = OnceLock::new();
        static FRENCH_TEXTS: OnceLock<Texts> = OnceLock::new();
        let (texts, files) = match language {
            Language::En => (&ENGLISH_TEXTS, ENGLISH),
            Language::Fr => (&FRENCH_TEXTS, FRENCH),
        };
        let read = || {
            let parse = |file| {
                serde_json::from_str::<Texts>(file).expect("word files are flat JSON objects; a test reads both")
            };
            files.into_iter().flat_map(parse).collect()
        };
        Words { language, texts: texts.get_or_init(read) }
    }

    pub(crate) fn language(self) -> Language {
        self.language
    }

    /// The text of a key that takes no values. A key without words shows as itself, so that nothing is hidden.
    pub(crate) fn plain(self, key: &str) -> &str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// Whether there are words for a key.
    pub(crate) fn has(self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// The text of a key with its values in their places.
    pub(crate) fn with(self, key: &str, values: &[(&str, &str)]) -> String {
        let find = |name: &str| values.iter().find(|(each, _)| *each == name).map(|(_, value)| (*value).to_owned());
        fill(self.plain(key), &find)
    }

    /// The sentence of a code with the values of a report: times become dates, and codes within it their own words.
    pub(crate) fn of_report(self, key: &str, values: &BTreeMap<String, String>) -> String {
        let find = |name: &str| {
            let value = values.get(name)?;
            let fragment = format!("{name}.{value}");
            Some(match name {
                _ if TIMES.contains(&name) => self.date(value),
                _ if CODES.contains(&name) && self.has(&fragment) => {
                    fill(self.plain(&fragment), &|inner: &str| values.get(inner).cloned())
                }
                _ => value.clone(),
            })
        };
        fill(self.plain(key), &find)
    }

    /// A time as the date it falls on in UTC, written out; what is no time stays as it is.
    pub(crate) fn date(self, time: &str) -> String {
        time.parse::<Timestamp>().map_or_else(|_| time.to_owned(), |time| self.day(time))
    }

    fn day(self, time: Timestamp) -> String {
        written_day(time, self.language)
    }

    /// A moment: its date and its time of day in UTC.
    pub(crate) fn moment(self, time: Timestamp) -> String {
        let at = time.to_zoned(TimeZone::UTC);
        let clock = match self.language {
            Language::En => format!("{:02}:{:02}", at.hour(), at.minute()),
            Language::Fr => format!("{:02}\u{a0}h\u{a0}{:02}", at.hour(), at.minute()),
        };
        self.with("pdf.moment", &[("date", &self.day(time)), ("time", &clock)])
    }

    /// Names in a row: `a, b and c`.
    pub(crate) fn list(self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{}{}{last}", first.join(", "), self.plain("list.and")),
        }
    }

    /// A text between the quotation marks of the language.
    pub(crate) fn quoted(self, text: &str) -> String {
        format!("{}{text}{}", self.plain("mark.open"), self.plain("mark.close"))
    }
}

/// Fills `{name}` in once: braces within a value are text, not another place to fill.
fn fill(template: &str, find: &dyn Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else { break };
        text.push_str(&rest[..open]);
        match find(&rest[open + 1..open + length]) {
            Some(value) => text.push_str(&value),
            None => text.push_str(&rest[open..=open + length]),
        }
        rest = &rest[open + length + 1..];
    }
    text.push_str(rest);
    text
}

/// The day that a time falls on in UTC, written out, with spaces at which no line ends.
pub fn written_day(time: Timestamp, language: Language) -> String {
    let date = time.to_zoned(TimeZone::UTC).date();
    let month = usize::from(date.month().unsigned_abs()) - 1;
    let (month, first) = match language {
        Language::En => (ENGLISH_MONTHS[month], "1"),
        Language::Fr => (FRENCH_MONTHS[month], "1er"),
    };
    let day = if date.day() == 1 { first.to_owned() } else { date.day().to_string() };
    format!("{day}\u{a0}{month}\u{a0}{}", date.year())
}

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn own(file: &str) -> Texts {
        serde_json::from_str(file).expect("a flat JSON object")
    }

    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name)).collect()
    }

    #[test]
    fn both_languages_have_the_same_words_with_the_same_places() {
        let (english, french) = (own(ENGLISH[1]), own(FRENCH[1]));
        assert!(english.keys().eq(french.keys()));
        for (key, text) in &english {
            assert_eq!(places(text), places(&french[key]), "{key}");
            assert!(!text.trim().is_empty() && !french[key].trim().is_empty(), "{key}");
        }
    }

    #[test]
    fn french_keeps_its_no_break_spaces_and_typographic_apostrophes() {
        for (key, text) in own(FRENCH[1]) {
            assert!(!text.contains(" :") && !text.contains("« ") && !text.contains(" »"), "{key}: {text}");
            assert!(!text.contains(['\'', '"']), "{key}: {text}");
            assert!(
                ![" ;", " !", " ?", "\u{a0};", "\u{a0}!", "\u{a0}?"].iter().any(|mark| text.contains(mark)),
                "{key}"
            );
        }
    }

    #[track_caller]
    fn check_date(language: Language, time: &str, expected: &str) {
        assert_eq!(Words::of(language).date(time).replace('\u{a0}', " "), expected);
    }

    #[test]
    fn dates_are_written_out_in_utc() {
        check_date(Language::En, "2026-03-12T00:00:00Z", "12 March 2026");
        check_date(Language::Fr, "2026-03-01T00:00:00Z", "1er mars 2026");
        check_date(Language::Fr, "2026-07-31T21:00:00-05:00", "1er août 2026");
        check_date(Language::En, "soon", "soon");
    }

    #[test]
    fn values_are_filled_in_once() {
        let words = Words::of(Language::En);
        assert_eq!(words.with("pdf.for", &[("audience", "{audience} {x}")]), "Prepared for {audience} {x}");
        let values = [("host", "a.example"), ("failure", "status"), ("status", "404")];
        let values = values.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let text = words.of_report("error.fetch_failed", &values);
        assert_eq!(text, "We could not get it from a.example: it answered with error 404.");
    }

    #[test]
    fn names_in_a_row_are_joined_as_the_language_does() {
        let names: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!(Words::of(Language::En).list(&names), "a, b and c");
        assert_eq!(Words::of(Language::Fr).list(&names[..2]), "a et b");
        assert_eq!(Words::of(Language::Fr).list(&[]), "");
    }
}
