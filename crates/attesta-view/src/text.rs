//! Which of an issuer's texts to show in which language.

use attesta_credential::LocalizedText;

use crate::credential::{Language, TextView};

impl Language {
    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Fr => "fr",
        }
    }

    /// The language of a tag such as `fr_CA.UTF-8` or `en-GB`, where Attesta speaks it.
    pub fn of_tag(tag: &str) -> Option<Language> {
        match tag.split(['-', '_', '.', '@']).next().map(str::to_ascii_lowercase).as_deref() {
            Some("en") => Some(Language::En),
            Some("fr") => Some(Language::Fr),
            _ => None,
        }
    }
}

/// The text in the language asked for, else the one whose language is not stated, else the first; none where all are blank.
pub(crate) fn pick(text: &LocalizedText, language: Language) -> Option<TextView> {
    let filled = || text.0.iter().filter(|value| !value.text.trim().is_empty());
    filled()
        .find(|value| value.language.as_deref().and_then(Language::of_tag) == Some(language))
        .or_else(|| filled().find(|value| value.language.is_none()))
        .or_else(|| filled().next())
        .map(|value| TextView {
            text: value.text.clone(),
            language: value.language.clone(),
            direction: value.direction.clone(),
        })
}

/// A text that states neither language nor direction.
pub(crate) fn plain(text: impl Into<String>) -> TextView {
    TextView { text: text.into(), language: None, direction: None }
}

#[cfg(test)]
mod tests {
    use attesta_credential::TextValue;

    use super::*;

    #[track_caller]
    fn check(values: &[(&str, Option<&str>)], language: Language, expected: Option<&str>) {
        let values = values.iter().map(|(text, language)| TextValue {
            text: (*text).to_owned(),
            language: language.map(str::to_owned),
            direction: None,
        });
        let picked = pick(&LocalizedText(values.collect()), language);
        assert_eq!(picked.map(|text| text.text).as_deref(), expected);
    }

    #[test]
    fn the_readers_language_comes_first_then_the_unmarked_then_any() {
        let both = [("Wound care", Some("en-CA")), ("Soin des plaies", Some("fr-CA"))];
        check(&both, Language::Fr, Some("Soin des plaies"));
        check(&both, Language::En, Some("Wound care"));
        check(&[("Wundpflege", Some("de")), ("Wound care", None)], Language::Fr, Some("Wound care"));
        check(&[("Wundpflege", Some("de"))], Language::Fr, Some("Wundpflege"));
        check(&[("  ", Some("fr")), ("Wound care", Some("en"))], Language::Fr, Some("Wound care"));
        check(&[], Language::En, None);
    }

    #[test]
    fn a_locale_names_its_language() {
        assert_eq!(Language::of_tag("fr_CA.UTF-8"), Some(Language::Fr));
        assert_eq!(Language::of_tag("en"), Some(Language::En));
        assert_eq!(Language::of_tag("C"), None);
    }
}
