//! The address that opens LinkedIn's form "Licenses & certifications" with a credential filled in.

use attesta_view::CredentialView;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

/// LinkedIn's form.
const FORM: &str = "https://www.linkedin.com/profile/add";

/// What LinkedIn is told of a credential, all of it in the address and only when the learner opens it.
#[derive(Debug, Clone, Copy)]
pub struct Certification<'a> {
    /// The title.
    pub name: &'a str,
    /// The issuer's name.
    pub organization: Option<&'a str>,
    /// When it was earned.
    pub issued: Option<Timestamp>,
    /// Until when it is valid.
    pub expires: Option<Timestamp>,
    /// Where anybody can open it; left out where there is no such place.
    pub certificate_url: Option<&'a str>,
}

impl<'a> Certification<'a> {
    /// What LinkedIn is told of a credential that opens at `certificate_url`. Dates that are no RFC 3339 times are left
    /// out.
    pub fn of(credential: &'a CredentialView, certificate_url: Option<&'a str>) -> Certification<'a> {
        let time = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        Certification {
            name: &credential.title.text,
            organization: credential.issuer.name.as_ref().map(|name| name.text.as_str()),
            issued: time(&credential.awarded).or_else(|| time(&credential.valid_from)),
            expires: time(&credential.valid_until),
            certificate_url,
        }
    }
}

/// The address, every value encoded, months counted from 1 in UTC: 1 January in Greenwich is not December in Canada.
/// The credential's own identifier is left out, since a `urn:uuid:` tells no reader anything.
pub fn linked_in_address(certification: &Certification<'_>) -> String {
    let mut address = Url::parse(FORM).expect("a constant that a test reads");
    {
        let mut query = address.query_pairs_mut();
        query.append_pair("startTask", "CERTIFICATION_NAME");
        query.append_pair("name", certification.name);
        if let Some(organization) = certification.organization {
            query.append_pair("organizationName", organization);
        }
        for (time, year, month) in [
            (certification.issued, "issueYear", "issueMonth"),
            (certification.expires, "expirationYear", "expirationMonth"),
        ] {
            if let Some(time) = time {
                let date = time.to_zoned(TimeZone::UTC).date();
                query.append_pair(year, &date.year().to_string());
                query.append_pair(month, &date.month().to_string());
            }
        }
        if let Some(url) = certification.certificate_url {
            query.append_pair("certUrl", url);
        }
    }
    // `+` for a space is the form encoding; `%20` is read alike by every reader.
    address.as_str().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Certification<'static> =
        Certification { name: "Wound care", organization: None, issued: None, expires: None, certificate_url: None };

    #[track_caller]
    fn check(certification: Certification<'_>, expected: &str) {
        let address = linked_in_address(&certification);
        assert_eq!(address, format!("{FORM}?startTask=CERTIFICATION_NAME&{expected}"));
    }

    /// What LinkedIn reads out of the address.
    #[track_caller]
    fn check_read(name: &str, organization: &str, link: &str) {
        let certification =
            Certification { name, organization: Some(organization), certificate_url: Some(link), ..PLAIN };
        let address = Url::parse(&linked_in_address(&certification)).unwrap();
        let read: Vec<_> = address.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            read,
            [
                pair("startTask", "CERTIFICATION_NAME"),
                pair("name", name),
                pair("organizationName", organization),
                pair("certUrl", link),
            ]
        );
        assert!(address.fragment().is_none(), "the link's fragment stays inside its value");
    }

    #[test]
    fn every_value_is_encoded() {
        check(PLAIN, "name=Wound%20care");
        check_read("Health & Safety", "Smith & Sons", "https://verify.example/#1uAB-_");
        check_read("Café = 50 % + thé?", "Collège Boréal", "https://v.example/?a=1&b=2#x");
        check_read("🏅 Gold", "語学校", "https://v.example/credentials/1");
        check_read("a+b", "C++", "https://v.example/+");
    }

    #[test]
    fn months_are_those_of_utc_and_count_from_one() {
        let dated = |issued: &str, expires: Option<&str>| Certification {
            issued: Some(issued.parse().unwrap()),
            expires: expires.map(|time| time.parse().unwrap()),
            ..PLAIN
        };
        check(dated("2026-01-01T00:00:00Z", None), "name=Wound%20care&issueYear=2026&issueMonth=1");
        check(dated("2025-12-31T20:00:00-05:00", None), "name=Wound%20care&issueYear=2026&issueMonth=1");
        check(
            dated("2026-12-31T23:59:59Z", Some("2029-11-30T00:00:00Z")),
            "name=Wound%20care&issueYear=2026&issueMonth=12&expirationYear=2029&expirationMonth=11",
        );
    }
}
