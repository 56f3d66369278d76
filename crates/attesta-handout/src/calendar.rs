//! A calendar entry for the last day of a credential, [RFC 5545].
//!
//! [RFC 5545]: https://www.rfc-editor.org/rfc/rfc5545

use attesta_view::Language;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha256};

use crate::words::Words;

/// Octets that a content line may have, its line break aside ([RFC 5545 3.1](https://www.rfc-editor.org/rfc/rfc5545#section-3.1)).
const LINE_OCTETS: usize = 75;

/// The end of one credential.
#[derive(Debug, Clone, Copy)]
pub struct Expiry<'a> {
    /// What makes the entry the same one when it is made again: the credential's identifier, else its digest.
    pub key: &'a str,
    /// The credential's title.
    pub title: &'a str,
    /// The issuer's name.
    pub issuer: Option<&'a str>,
    /// Until when it is valid.
    pub valid_until: Timestamp,
}

/// A calendar file with an entry for each credential: the whole of its last day in UTC, with a reminder 30 days before.
///
/// `made_at` becomes the entries' `DTSTAMP`. The same credential always gets the same `UID`, so that a calendar that
/// takes the file twice does not hold it twice; the `UID` shows nothing of the credential.
pub fn calendar(expiries: &[Expiry<'_>], made_at: Timestamp, language: Language) -> String {
    let words = Words::of(language);
    let mut file = String::new();
    let mut line = |text: &str| fold(text, &mut file);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Attesta//Attesta//EN");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    for expiry in expiries {
        let last = last_day(expiry.valid_until);
        // The end of an all-day entry is the first day that it does not cover; the last day of time has none after it.
        let after = last.checked_add(1.day()).unwrap_or(last);
        let summary = words.with("calendar.summary", &[("title", expiry.title)]);
        let description = match expiry.issuer {
            Some(issuer) => words.with("calendar.description_issuer", &[("title", expiry.title), ("issuer", issuer)]),
            None => words.with("calendar.description", &[("title", expiry.title)]),
        };
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@attesta", uid(expiry.key)));
        line(&format!("DTSTAMP:{}", stamp(made_at)));
        line(&format!("DTSTART;VALUE=DATE:{}", day(last)));
        line(&format!("DTEND;VALUE=DATE:{}", day(after)));
        line(&format!("SUMMARY;LANGUAGE={}:{}", language.tag(), escape(&summary)));
        line(&format!("DESCRIPTION;LANGUAGE={}:{}", language.tag(), escape(&description)));
        line("CLASS:PRIVATE");
        line("TRANSP:TRANSPARENT");
        line("BEGIN:VALARM");
        line("ACTION:DISPLAY");
        line("TRIGGER:-P30D");
        line(&format!("DESCRIPTION:{}", escape(&summary)));
        line("END:VALARM");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    file
}

/// The last day on which the credential counts at any time. An end at midnight sharp is the end of the day before.
fn last_day(valid_until: Timestamp) -> Date {
    let last_moment = valid_until.checked_sub(1.nanosecond()).unwrap_or(valid_until);
    last_moment.to_zoned(TimeZone::UTC).date()
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A time in UTC, RFC 5545 3.3.5 form 2.
fn stamp(time: Timestamp) -> String {
    let at = time.to_zoned(TimeZone::UTC);
    format!("{}T{:02}{:02}{:02}Z", day(at.date()), at.hour(), at.minute(), at.second())
}

fn uid(key: &str) -> String {
    Sha256::digest(key.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// A text value, RFC 5545 3.3.11. Control characters other than the line break have no place in one.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\n' | '\r' => escaped.push_str("\\n"),
            control if control.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// A content line, folded at 75 octets without cutting a character in two, and its line break.
fn fold(line: &str, file: &mut String) {
    let mut room = LINE_OCTETS;
    for character in line.chars() {
        if character.len_utf8() > room {
            file.push_str("\r\n ");
            room = LINE_OCTETS - 1;
        }
        file.push(character);
        room -= character.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(title: &str, until: &str, language: Language) -> String {
        let expiry = Expiry {
            key: "urn:uuid:1",
            title,
            issuer: Some("Collège Boréal, Sudbury"),
            valid_until: until.parse().unwrap(),
        };
        calendar(&[expiry], "2026-11-22T08:09:10.5Z".parse().unwrap(), language)
    }

    /// The lines as a calendar reads them: unfolded.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[track_caller]
    fn check_days(until: &str, start: &str, end: &str) {
        let lines = unfolded(&made("T", until, Language::En));
        assert!(lines.contains(&format!("DTSTART;VALUE=DATE:{start}")), "{lines:?}");
        assert!(lines.contains(&format!("DTEND;VALUE=DATE:{end}")), "{lines:?}");
    }

    #[test]
    fn the_entry_is_the_last_day_in_utc() {
        check_days("2027-03-11T23:59:59Z", "20270311", "20270312");
        check_days("2027-03-11T00:00:00Z", "20270310", "20270311");
        check_days("2027-12-31T20:00:00-05:00", "20280101", "20280102");
        check_days("2028-02-29T12:00:00Z", "20280229", "20280301");
    }

    #[test]
    fn the_file_has_what_calendars_ask_for() {
        let lines = unfolded(&made("Soins; plaies, niveau \\1\nsuite", "2027-03-11T23:59:59Z", Language::Fr));
        for expected in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "DTSTAMP:20261122T080910Z",
            "TRIGGER:-P30D",
            "ACTION:DISPLAY",
            "SUMMARY;LANGUAGE=fr:Fin de validité : Soins\\; plaies\\, niveau \\\\1\\nsuite",
            "END:VCALENDAR",
        ] {
            assert!(lines.iter().any(|line| line.replace('\u{a0}', " ") == expected), "{expected}\n{lines:#?}");
        }
        let uid = lines.iter().find_map(|line| line.strip_prefix("UID:")).unwrap();
        assert!(uid.ends_with("@attesta") && uid.len() == 40 && !uid.contains("urn"), "{uid}");
    }

    #[test]
    fn the_same_credential_keeps_its_uid_and_another_gets_another() {
        let uid = |file: &str| unfolded(file).into_iter().find(|line| line.starts_with("UID:")).unwrap();
        let first = uid(&made("A", "2027-03-11T23:59:59Z", Language::En));
        assert_eq!(first, uid(&made("B", "2028-03-11T23:59:59Z", Language::Fr)));
        let other = Expiry { key: "urn:uuid:2", title: "A", issuer: None, valid_until: Timestamp::UNIX_EPOCH };
        assert_ne!(first, uid(&calendar(&[other], Timestamp::UNIX_EPOCH, Language::En)));
    }

    #[test]
    fn lines_are_folded_at_75_octets_and_between_characters() {
        for title in ["x".repeat(400), "é".repeat(200), "🏅".repeat(99), format!("x{}", "語".repeat(120))] {
            let file = made(&title, "2027-03-11T23:59:59Z", Language::En);
            assert!(file.ends_with("\r\n"));
            for line in file.split_terminator("\r\n") {
                assert!(line.len() <= LINE_OCTETS, "{} octets", line.len());
            }
            assert!(unfolded(&file).iter().any(|line| line.contains(&title)), "the text is whole when unfolded");
        }
    }

    #[test]
    fn no_text_adds_a_line_of_its_own() {
        let lines = unfolded(&made("A\r\nATTENDEE:mailto:x@y\rB\u{0}\u{7f}", "2027-03-11T23:59:59Z", Language::En));
        assert!(!lines.iter().any(|line| line.starts_with("ATTENDEE")));
        assert!(lines.iter().any(|line| line.contains("A\\nATTENDEE:mailto:x@y\\nB")));
    }
}
