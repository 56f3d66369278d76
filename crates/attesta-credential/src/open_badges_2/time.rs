//! Times as Open Badges 1.0 to 2.0 write them: ISO 8601 with more or less of it, or seconds since 1970.

use attesta_jsonld::Value;
use jiff::Timestamp;

use crate::time::{Zone, parse_date_time};

/// The time that a member of an Open Badges 2.0 or 1.x document states; `None` for anything that is no time.
pub fn assertion_time(value: &Value<'_>) -> Option<Timestamp> {
    match value {
        Value::String(text) => parse(text.trim()),
        Value::Number(number) if number.is_integer_text() => parse(number.text()),
        _ => None,
    }
}

/// A date alone begins with its first moment; a time without a zone is read as UTC.
fn parse(text: &str) -> Option<Timestamp> {
    // Fewer digits are a year or a slip rather than seconds since 1970.
    if (9..=11).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Timestamp::from_second(text.parse().ok()?).ok();
    }
    let (date, rest) = match text.split_at_checked(10)? {
        (date, "") => return parse_date_time(&format!("{date}T00:00:00Z"), Zone::Required),
        (date, rest) => (date, rest.strip_prefix(['T', 't', ' '])?),
    };
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != ':' && letter != '.');
    let (clock, zone) = rest.split_at(end.unwrap_or(rest.len()));
    let seconds = if clock.matches(':').count() == 1 { ":00" } else { "" };
    let zone = match zone.as_bytes() {
        b"z" => "Z".to_owned(),
        // `+0100`, the basic form.
        [b'+' | b'-', digits @ ..] if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit) => {
            format!("{}:{}", &zone[..3], &zone[3..])
        }
        _ => zone.to_owned(),
    };
    parse_date_time(&format!("{date}T{clock}{seconds}{zone}"), Zone::UtcWhenMissing)
}

#[cfg(test)]
mod tests {
    use attesta_jsonld::Document;

    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Option<&str>) {
        let document = Document::parse(json.as_bytes().to_vec()).unwrap();
        assert_eq!(assertion_time(document.root()).map(|time| time.to_string()).as_deref(), expected, "{json}");
    }

    #[test]
    fn times_are_read_however_issuers_wrote_them() {
        check(r#""2016-12-31T23:59:59Z""#, Some("2016-12-31T23:59:59Z"));
        check(r#""2016-12-31T23:59:59+00:00""#, Some("2016-12-31T23:59:59Z"));
        check(r#""2016-12-31T23:59:59.123456+0100""#, Some("2016-12-31T22:59:59.123456Z"));
        check(r#""2016-12-31T23:59:59""#, Some("2016-12-31T23:59:59Z"));
        check(r#""2017-10-01T00:00Z""#, Some("2017-10-01T00:00:00Z"));
        check(r#""2017-10-01 08:30:00""#, Some("2017-10-01T08:30:00Z"));
        check(r#""2013-10-10""#, Some("2013-10-10T00:00:00Z"));
        check("1403120715", Some("2014-06-18T19:45:15Z"));
        check(r#""1403120715""#, Some("2014-06-18T19:45:15Z"));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "soon", "2016-13-01", "2016-12-31T25:00:00Z", "2016"] {
            check(&format!("{text:?}"), None);
        }
        for json in ["1.5", "true", "{}", "2016"] {
            check(json, None);
        }
        check(r#""2016-12-31Tnoon""#, None);
        check(r#""é016-12-31""#, None);
        check("99999999999999", None);
    }
}
