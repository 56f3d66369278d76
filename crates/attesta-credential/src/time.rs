//! Times as credentials write them: [`xsd:dateTimeStamp`](https://www.w3.org/TR/xmlschema11-2/#dateTimeStamp).

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// Whether a time without a zone is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// `xsd:dateTimeStamp`: the zone must be written.
    Required,
    /// `xsd:dateTime`: without a zone it is read as UTC.
    UtcWhenMissing,
}

/// Reads a time strictly: `2025-06-30T23:59:59Z`, with an optional fraction and an offset instead of `Z`.
/// A time later than [`Timestamp::MAX`] is read as that one; `None` for anything else, a date that does not exist included.
pub fn parse_date_time(text: &str, zone: Zone) -> Option<Timestamp> {
    let (year, rest) = text.split_at_checked(4)?;
    let rest = rest.strip_prefix('-')?;
    let (month, rest) = two_digits(rest)?;
    let (day, rest) = two_digits(rest.strip_prefix('-')?)?;
    let (hour, rest) = two_digits(rest.strip_prefix('T')?)?;
    let (minute, rest) = two_digits(rest.strip_prefix(':')?)?;
    let (second, rest) = two_digits(rest.strip_prefix(':')?)?;
    let (nanosecond, rest) = fraction(rest)?;
    let offset = match (rest, zone) {
        ("", Zone::UtcWhenMissing) => Offset::UTC,
        _ => offset(rest)?,
    };
    let year = i16::try_from(number(year)?).ok()?;
    let civil = DateTime::new(year, month, day, hour, minute, second, nanosecond).ok()?;
    // The very last hours of the year 9999, which issuers write for "without end", are later than any timestamp.
    Some(offset.to_timestamp(civil).unwrap_or(if year < 5_000 { Timestamp::MIN } else { Timestamp::MAX }))
}

fn number(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn two_digits(text: &str) -> Option<(i8, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    Some((i8::try_from(number(digits)?).ok()?, rest))
}

/// Nanoseconds; digits beyond the ninth are cut off.
fn fraction(text: &str) -> Option<(i32, &str)> {
    let Some(rest) = text.strip_prefix('.') else { return Some((0, text)) };
    let end = rest.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, rest) = rest.split_at(end);
    if digits.is_empty() {
        return None;
    }
    let nanoseconds =
        digits.bytes().chain(std::iter::repeat(b'0')).take(9).fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0'));
    Some((nanoseconds, rest))
}

fn offset(text: &str) -> Option<Offset> {
    if text == "Z" {
        return Some(Offset::UTC);
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'+' => (1, &text[1..]),
        b'-' => (-1, &text[1..]),
        _ => return None,
    };
    let (hours, rest) = two_digits(rest)?;
    let (minutes, rest) = two_digits(rest.strip_prefix(':')?)?;
    let minutes_in_all = i32::from(hours) * 60 + i32::from(minutes);
    // 14:00 is the largest offset of xsd:dateTime.
    if !rest.is_empty() || minutes > 59 || minutes_in_all > 14 * 60 {
        return None;
    }
    Offset::from_seconds(sign * minutes_in_all * 60).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, zone: Zone, expected: Option<&str>) {
        let read = parse_date_time(text, zone).map(|time| time.to_string());
        assert_eq!(read.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_date_time_stamp_is_read_with_fraction_and_offset() {
        check("2010-01-01T00:00:00Z", Zone::Required, Some("2010-01-01T00:00:00Z"));
        check("2022-11-10T07:38:00-08:00", Zone::Required, Some("2022-11-10T15:38:00Z"));
        check("2022-11-10T07:38:00.5+05:30", Zone::Required, Some("2022-11-10T02:08:00.5Z"));
        check("2022-11-10T07:38:00.1234567899Z", Zone::Required, Some("2022-11-10T07:38:00.123456789Z"));
    }

    #[test]
    fn the_last_moment_that_can_be_written_is_read() {
        for last in ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999-14:00", "9999-12-31T00:00:00Z"] {
            check(last, Zone::Required, Some(&Timestamp::MAX.to_string()));
        }
        check("9999-12-30T21:59:59Z", Zone::Required, Some("9999-12-30T21:59:59Z"));
        check("9999-12-31T00:00:00+14:00", Zone::Required, Some("9999-12-30T10:00:00Z"));
        check("9999-12-32T00:00:00Z", Zone::Required, None);
    }

    #[test]
    fn a_missing_zone_is_read_as_utc_only_where_the_data_model_allows_it() {
        check("2010-01-01T00:00:00", Zone::UtcWhenMissing, Some("2010-01-01T00:00:00Z"));
        check("2010-01-01T00:00:00", Zone::Required, None);
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "2010-01-01",
            "2010-01-01 00:00:00Z",
            "2010-01-01t00:00:00z",
            "2010-02-30T00:00:00Z",
            "2010-01-01T25:00:00Z",
            "2010-01-01T00:00:60Z",
            "2010-01-01T00:00:00.Z",
            "2010-01-01T00:00:00+15:00",
            "2010-01-01T00:00:00+0100",
            "2010-01-01T00:00:00Z[UTC]",
            "+2010-01-01T00:00:00Z",
            "２010-01-01T00:00:00Z",
            "20100-01-01T00:00:00Z",
            " 2010-01-01T00:00:00Z",
        ] {
            check(text, Zone::UtcWhenMissing, None);
        }
    }
}
