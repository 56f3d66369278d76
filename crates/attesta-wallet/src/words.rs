//! The words for people, in each language, from the message files that the window reads too.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use attesta_handout::written_day;
use attesta_view::{CheckView, Language};
use jiff::Timestamp;

use crate::view::ErrorView;

const ENGLISH: &str = include_str!("../../../messages/en.json");
const FRENCH: &str = include_str!("../../../messages/fr.json");

/// Parameters that are times and are shown as a date.
const TIMES: [&str; 6] = ["as_of", "from", "until", "when", "created", "expires"];

type Messages = BTreeMap<String, String>;

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    language: Language,
    messages: &'static Messages,
}

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> Words {
        static ENGLISH_MESSAGES: OnceLock<Messages> = OnceLock::new();
        static FRENCH_MESSAGES: OnceLock<Messages> = OnceLock::new();
        let (messages, text) = match language {
            Language::En => (&ENGLISH_MESSAGES, ENGLISH),
            Language::Fr => (&FRENCH_MESSAGES, FRENCH),
        };
        let read = || serde_json::from_str(text).expect("the message files are flat JSON objects; a test reads both");
        Words { language, messages: messages.get_or_init(read) }
    }

    /// Whether there are words for a key.
    pub fn has(&self, key: &str) -> bool {
        self.messages.contains_key(key)
    }

    /// The text of a key with its values filled in. A key without words shows as itself, so that nothing is hidden.
    pub fn text(&self, key: &str, params: &BTreeMap<String, String>) -> String {
        match self.messages.get(key) {
            Some(template) => self.fill(template, params),
            None => key.to_owned(),
        }
    }

    /// The text of a key that takes no values.
    pub fn plain(&self, key: &str) -> String {
        self.text(key, &BTreeMap::new())
    }

    /// The sentence of one check: what happened.
    pub fn check(&self, check: &CheckView) -> String {
        self.text(&format!("code.{}", spoken_code(check)), &check.params)
    }

    /// What can be done about a check's problem, where there is something.
    pub fn advice(&self, check: &CheckView) -> Option<String> {
        let key = format!("code.{}.advice", spoken_code(check));
        self.has(&key).then(|| self.text(&key, &check.params))
    }

    /// The sentence of an error.
    pub fn error(&self, error: &ErrorView) -> String {
        self.text(&format!("error.{}", error.code), &error.params)
    }

    /// What can be done about an error, where there is something.
    pub fn error_advice(&self, error: &ErrorView) -> Option<String> {
        let key = format!("error.{}.advice", error.code);
        self.has(&key).then(|| self.text(&key, &error.params))
    }

    /// The word for a verdict.
    pub fn verdict(&self, verdict: &str) -> String {
        self.plain(&format!("verdict.{verdict}"))
    }

    /// A time as the date it falls on in UTC, written out; what is no time stays as it is.
    pub fn date(&self, time: &str) -> String {
        let Ok(time) = time.parse::<Timestamp>() else { return time.to_owned() };
        written_day(time, self.language).replace('\u{a0}', " ")
    }

    /// Fills `{name}` in once: braces within a value are text, not another place to fill.
    fn fill(&self, template: &str, params: &BTreeMap<String, String>) -> String {
        let mut text = String::with_capacity(template.len() + 32);
        let mut rest = template;
        while let Some(open) = rest.find('{') {
            let Some(length) = rest[open..].find('}') else { break };
            let name = &rest[open + 1..open + length];
            text.push_str(&rest[..open]);
            match params.get(name) {
                Some(value) => text.push_str(&self.value(name, value, params)),
                None => text.push_str(&rest[open..=open + length]),
            }
            rest = &rest[open + length + 1..];
        }
        text.push_str(rest);
        text
    }

    fn value(&self, name: &str, value: &str, params: &BTreeMap<String, String>) -> String {
        let translated = |key: String| self.messages.get(&key);
        match name {
            _ if TIMES.contains(&name) => self.date(value),
            "failure" => match translated(format!("failure.{value}")) {
                // The words of a failure may name the HTTP status, but never the failure itself.
                Some(template) if !template.contains("{failure}") => self.fill(template, params),
                _ => value.to_owned(),
            },
            "purpose" => translated(format!("purpose.{value}")).cloned().unwrap_or_else(|| value.to_owned()),
            _ => value.to_owned(),
        }
    }
}

/// What an older copy, a reason or a message adds has a sentence of its own.
fn spoken_code(check: &CheckView) -> &str {
    let known = check.params.get("last_known").is_some_and(|last| last == "clear");
    match check.code.as_str() {
        "status_unreachable" if known => "status_last_known",
        "revoked" if check.params.contains_key("reason") => "revoked_because",
        "status_notice" if check.params.contains_key("message") => "status_message",
        "status_notice" if check.params.get("purpose").is_some_and(|purpose| purpose == "refresh") => "status_newer",
        code => code,
    }
}

#[cfg(test)]
mod tests {
    use attesta_verify::{CheckKind, FactCode, ProblemCode, Verdict};
    use attesta_view::skip_code;

    use super::*;
    use crate::error::ErrorCode;

    const BOTH: [Language; 2] = [Language::En, Language::Fr];

    /// Every key that the code can ask for.
    fn keys() -> Vec<String> {
        use attesta_verify::{FetchFailureKind as Failure, SkipReason as Skip};
        let mut keys = Vec::new();
        keys.extend(Verdict::ALL.map(|verdict| format!("verdict.{}", verdict.as_str())));
        keys.extend(FactCode::ALL.iter().map(|code| format!("code.{}", code.as_str())));
        keys.extend(
            ["status_last_known", "revoked_because", "status_message", "status_newer"]
                .map(|code| format!("code.{code}")),
        );
        keys.extend(ProblemCode::ALL.iter().map(|code| format!("code.{}", code.as_str())));
        keys.extend(ErrorCode::ALL.iter().map(|code| format!("error.{}", code.as_str())));
        keys.extend(["pass", "fail", "inconclusive", "absent", "skipped"].map(|name| format!("outcome.{name}")));
        for kind in [
            CheckKind::Conformance,
            CheckKind::Proof,
            CheckKind::Issuer,
            CheckKind::Validity,
            CheckKind::Status { purpose: None },
            CheckKind::Recipient,
            CheckKind::Endorsements,
            CheckKind::Recognition,
        ] {
            keys.push(format!("code.absent.{}", kind.name()));
            keys.push(format!("check.{}", kind.name()));
        }
        // There is one of these per entry, and none where there is nothing to check.
        keys.extend(
            [CheckKind::Refresh, CheckKind::Schema, CheckKind::Related].map(|kind| format!("check.{}", kind.name())),
        );
        for reason in [
            Skip::ConformanceFailed,
            Skip::ProofFailed,
            Skip::ProofNotEstablished,
            Skip::UnsupportedProofBesideSupported,
            Skip::RefreshNotAsked,
            Skip::SchemasNotAsked,
            Skip::ExtensionsNotValidated,
            Skip::NoRegistryAsked,
            Skip::NoIdentitiesKnown,
        ] {
            keys.push(format!("code.skipped.{}", skip_code(reason)));
        }
        for failure in [
            Failure::Offline,
            Failure::Unreachable,
            Failure::TimedOut,
            Failure::Tls,
            Failure::Status(404),
            Failure::TooLarge,
            Failure::TooManyRedirects,
            Failure::RedirectedElsewhere,
            Failure::AddressRefused,
            Failure::NotHttps,
            Failure::BadUrl,
            Failure::RefusedByBrowser,
            Failure::Cancelled,
        ] {
            keys.push(format!("failure.{}", failure.as_str()));
        }
        keys.extend(["still_good", "still_good_by_site", "good_without_status"].map(|code| format!("code.{code}")));
        keys.extend(ProblemCode::ALL.iter().map(|code| format!("code.{}.advice", code.as_str())));
        keys.extend(ErrorCode::ALL.iter().map(|code| format!("error.{}.advice", code.as_str())));
        keys.extend(["revocation", "suspension", "refresh", "message"].map(|purpose| format!("purpose.{purpose}")));
        for line in ["intact", "signer", "current", "about"] {
            keys.extend(["yes", "no", "unknown", "care"].map(|state| format!("line.title.{line}.{state}")));
        }
        keys.push("line.title.signer.hosted".to_owned());
        keys.extend(
            ["read", "contact", "prove", "wait", "found", "check", "stored"].map(|step| format!("import_step.{step}")),
        );
        keys.push("share.sealed_title".to_owned());
        keys.push("dialog.save".to_owned());
        keys.extend(
            ["link", "qr", "sequence", "hosted", "html", "pdf", "json"].map(|form| format!("share_form.{form}")),
        );
        keys.push("bundle.copy_title".to_owned());
        let concerns = Verdict::ALL.map(Verdict::as_str).into_iter().filter(|verdict| *verdict != "valid");
        keys.extend(concerns.chain(crate::curate::CONCERNS).map(|code| format!("concern.{code}")));
        keys
    }

    #[test]
    fn every_code_has_words_in_both_languages() {
        let missing: Vec<_> = BOTH
            .iter()
            .flat_map(|language| keys().into_iter().map(move |key| (language, key)))
            .filter(|(language, key)| !Words::of(**language).has(key))
            .collect();
        assert!(missing.is_empty(), "no words for {missing:?}");
    }

    #[test]
    fn both_files_hold_the_same_keys_and_places_to_fill() {
        let (english, french) = (Words::of(Language::En).messages, Words::of(Language::Fr).messages);
        assert_eq!(english.keys().collect::<Vec<_>>(), french.keys().collect::<Vec<_>>());
        for (key, text) in english {
            let places = |text: &str| {
                let mut names: Vec<String> =
                    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
                names.sort();
                names.dedup();
                names
            };
            assert_eq!(places(text), places(&french[key]), "{key}");
        }
    }

    #[test]
    fn french_is_not_english() {
        let (english, french) = (Words::of(Language::En).messages, Words::of(Language::Fr).messages);
        let alike: Vec<_> = english.iter().filter(|(key, text)| text.contains(' ') && french[*key] == **text).collect();
        assert!(alike.is_empty(), "{alike:?}");
    }

    #[track_caller]
    fn check(language: Language, time: &str, expected: &str) {
        assert_eq!(Words::of(language).date(time), expected);
    }

    #[test]
    fn times_are_shown_as_dates_of_the_language() {
        check(Language::En, "2026-03-12T23:59:59Z", "12 March 2026");
        check(Language::Fr, "2026-03-12T23:59:59Z", "12 mars 2026");
        check(Language::Fr, "2026-08-01T00:00:00Z", "1er août 2026");
        check(Language::En, "2026-03-12T23:59:59-05:00", "13 March 2026");
        check(Language::En, "soon", "soon");
    }

    #[test]
    fn a_value_is_filled_in_once_and_never_read_as_a_place_to_fill() {
        let words = Words::of(Language::En);
        let params = [("term", "{host}"), ("host", "evil.example")];
        let params = params.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        assert_eq!(words.fill("Term {term} and {other} {", &params), "Term {host} and {other} {");
    }
}
