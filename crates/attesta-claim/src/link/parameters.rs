//! The parameters of a link as they were written, for issuers do not all encode them.

use std::borrow::Cow;

/// How often a value that was encoded more than once is decoded.
const ENCODINGS: usize = 3;

/// The parameters of a link, undecoded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameters<'l> {
    query: &'l str,
}

impl<'l> Parameters<'l> {
    /// Those behind the first question mark, a fragment included: JSON that was not encoded may hold a `#`.
    pub(crate) fn of(link: &'l str) -> Parameters<'l> {
        Parameters { query: link.split_once('?').map_or("", |(_, query)| query) }
    }

    /// A parameter as it was written, up to the next one.
    pub(crate) fn raw(self, name: &str) -> Option<&'l str> {
        let value = self.rest(name)?;
        let end = value.find(['&', '#']).unwrap_or(value.len());
        Some(&value[..end])
    }

    /// A parameter and all that follows it.
    pub(crate) fn rest(self, name: &str) -> Option<&'l str> {
        let mut from = 0;
        for pair in self.query.split('&') {
            let value = pair.strip_prefix(name).and_then(|rest| rest.strip_prefix('='));
            if value.is_some() {
                return Some(&self.query[from + name.len() + 1..]);
            }
            from += pair.len() + 1;
        }
        None
    }

    /// A parameter's value.
    pub(crate) fn get(self, name: &str) -> Option<String> {
        self.raw(name).map(|raw| decode(&raw.replace('+', " ")).into_owned()).filter(|value| !value.is_empty())
    }

    /// A parameter that holds an address, in which a plus sign is one.
    pub(crate) fn address(self, name: &str) -> Option<String> {
        self.raw(name).map(|raw| unescaped_address(raw).into_owned()).filter(|value| !value.is_empty())
    }

    /// A parameter of a redirect: encoded once at least, be it in part.
    pub(crate) fn redirect(self, name: &str) -> Option<String> {
        let decoded = decode(self.raw(name)?);
        Some(unescaped_address(&decoded).into_owned()).filter(|value| !value.is_empty())
    }

    /// Every value of a parameter.
    pub(crate) fn all(self, name: &str) -> Vec<String> {
        self.query
            .split(['&', '#'])
            .filter_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            .map(|raw| decode(&raw.replace('+', " ")).into_owned())
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// Whether the parameter is there.
    pub(crate) fn has(self, name: &str) -> bool {
        self.rest(name).is_some()
    }

    /// The JSON object that a parameter holds, however it was encoded or not.
    pub(crate) fn json(self, name: &str) -> Option<String> {
        let rest = self.rest(name)?;
        let mut value = Cow::Borrowed(rest);
        // Whoever encodes even the colons encodes plus signs too: those that are left are a form's blanks.
        if self.raw(name).is_some_and(|raw| !raw.contains(':') && raw.to_ascii_lowercase().contains("%3a")) {
            value = Cow::Owned(rest.replace('+', " "));
        }
        for _ in 0..=ENCODINGS {
            if let Some(json) = object_at_start(&value) {
                return Some(json.to_owned());
            }
            // Of form encoding, blanks are plus signs; of the other, plus signs are.
            let spaced = value.replace('+', " ");
            if let Some(json) = object_at_start(&spaced) {
                return Some(json.to_owned());
            }
            let decoded = decode(&value).into_owned();
            if decoded == *value {
                return None;
            }
            value = Cow::Owned(decoded);
        }
        None
    }
}

/// The JSON object that a text begins with.
fn object_at_start(text: &str) -> Option<&str> {
    if !text.starts_with('{') {
        return None;
    }
    let json = &text[..object_end(text)?];
    serde_json::from_str::<serde::de::IgnoredAny>(json).ok()?;
    Some(json)
}

/// Where the JSON object ends that a text begins with.
pub(crate) fn object_end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Decodes `%XX`; what is no such sequence stays, and so does everything if the outcome were no text.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |offset: usize| bytes.get(at + offset).and_then(|byte| (*byte as char).to_digit(16));
        match (bytes[at], digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// An address that was encoded once, more often, or not at all.
pub(crate) fn unescaped_address(text: &str) -> Cow<'_, str> {
    let mut address = Cow::Borrowed(text);
    for _ in 0..ENCODINGS {
        if !has_encoded_scheme(&address) {
            break;
        }
        address = Cow::Owned(decode(&address).into_owned());
    }
    address
}

/// Whether the colon behind a scheme or the slashes behind it are encoded.
fn has_encoded_scheme(address: &str) -> bool {
    let scheme = address.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(byte)).count();
    let rest = &address.as_bytes()[scheme..];
    let begins = |with: &[u8]| rest.len() >= with.len() && rest[..with.len()].eq_ignore_ascii_case(with);
    // Some encode every character, letters too.
    begins(b"%") && scheme == 0 || scheme > 0 && (begins(b"%3a") || begins(b"%25") || begins(b":%2f"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_json(link: &str, expected: Option<&str>) {
        assert_eq!(Parameters::of(link).json("request").as_deref(), expected, "{link}");
    }

    #[test]
    fn json_in_a_parameter_is_read_however_it_was_encoded() {
        let json = r#"{"a":"x&y#z"}"#;
        check_json(r#"https://lcw.app/request?request={"a":"x&y#z"}"#, Some(json));
        check_json(r#"https://lcw.app/request?request=%7B%22a%22:%22x&y#z%22%7D"#, Some(json));
        check_json("https://lcw.app/request?request=%7B%22a%22%3A%22x%26y%23z%22%7D&b=1", Some(json));
        check_json("https://lcw.app/request?request=%257B%2522a%2522%253A%2522x%2526y%2523z%2522%257D", Some(json));
        check_json("https://lcw.app/request?b=1&request=%7B%22a%22%3A+%22b%22%7D", Some(r#"{"a": "b"}"#));
        check_json("https://lcw.app/request?request=%7B%22a%22:%22b+c%22%7D", Some(r#"{"a":"b+c"}"#));
        check_json("https://lcw.app/request?request=%7B%22a%22%3A%22b+c%2B%22%7D&d=e:f", Some(r#"{"a":"b c+"}"#));
        check_json("https://lcw.app/request?request=%7B%22a%22:", None);
        check_json("https://lcw.app/request?request=7", None);
        check_json("https://lcw.app/request?my_request={}", None);
    }

    #[test]
    fn an_address_is_decoded_only_where_it_was_encoded() {
        for (written, expected) in [
            ("https://a.example/x%20y?b=%2F", "https://a.example/x%20y?b=%2F"),
            ("https%3A%2F%2Fa.example%2Fx%2520y", "https://a.example/x%20y"),
            ("https%253A%252F%252Fa.example%252Fx", "https://a.example/x"),
            ("https:%2F%2Fa.example%2Fx", "https://a.example/x"),
            ("%68%74%74%70%73%3A%2F%2Fa.example%2Fx", "https://a.example/x"),
        ] {
            assert_eq!(unescaped_address(written), expected);
        }
    }

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%C3%A9"), "%zzé");
        assert_eq!(decode("%ff"), "%ff");
    }
}
