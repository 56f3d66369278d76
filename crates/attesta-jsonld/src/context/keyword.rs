//! The keywords of [JSON-LD 1.1 section 1.7](https://www.w3.org/TR/json-ld11/#syntax-tokens-and-keywords).

macro_rules! keywords {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// A keyword of JSON-LD 1.1.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Keyword { $($name),* }

        impl Keyword {
            /// The keyword that is spelled so.
            pub(crate) fn parse(text: &str) -> Option<Keyword> {
                if !text.starts_with('@') {
                    return None;
                }
                match text {
                    $($text => Some(Keyword::$name),)*
                    _ => None,
                }
            }

            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Keyword::$name => $text),* }
            }
        }
    };
}

keywords! {
    Base = "@base", Container = "@container", Context = "@context", Direction = "@direction", Graph = "@graph",
    Id = "@id", Import = "@import", Included = "@included", Index = "@index", Json = "@json",
    Language = "@language", List = "@list", Nest = "@nest", None = "@none", Prefix = "@prefix",
    Propagate = "@propagate", Protected = "@protected", Reverse = "@reverse", Set = "@set", Type = "@type",
    Value = "@value", Version = "@version", Vocab = "@vocab",
}

/// Whether the text is `"@" 1*ALPHA`: reserved for keywords to come, and never a term.
pub(crate) fn has_keyword_form(text: &str) -> bool {
    text.strip_prefix('@').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

/// A set of keywords.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct KeywordSet(u32);

impl KeywordSet {
    pub(crate) fn contains(self, keyword: Keyword) -> bool {
        self.0 & (1 << keyword as u32) != 0
    }

    /// Adds a keyword and says whether it is new.
    pub(crate) fn insert(&mut self, keyword: Keyword) -> bool {
        let new = !self.contains(keyword);
        self.0 |= 1 << keyword as u32;
        new
    }

    /// Whether nothing but the keywords given is in the set.
    pub(crate) fn is_within(self, keywords: &[Keyword]) -> bool {
        keywords.iter().fold(self.0, |rest, keyword| rest & !(1 << *keyword as u32)) == 0
    }
}

impl FromIterator<Keyword> for KeywordSet {
    fn from_iter<I: IntoIterator<Item = Keyword>>(keywords: I) -> Self {
        let mut set = KeywordSet::default();
        for keyword in keywords {
            set.insert(keyword);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_after_the_at_sign_have_the_form_of_a_keyword() {
        for (text, expected) in
            [("@foo", true), ("@id", true), ("@", false), ("@foo.bar", false), ("foo", false), ("@a1", false)]
        {
            assert_eq!(has_keyword_form(text), expected, "{text}");
        }
        assert_eq!(Keyword::parse("@included").map(Keyword::as_str), Some("@included"));
        assert_eq!(Keyword::parse("@foo"), None);
    }

    #[test]
    fn a_keyword_is_new_to_a_set_once() {
        let mut set = KeywordSet::default();
        assert!(set.insert(Keyword::Vocab));
        assert!(!set.insert(Keyword::Vocab));
        assert!(set.is_within(&[Keyword::Vocab, Keyword::Id]) && !set.is_within(&[Keyword::Id]));
    }
}
