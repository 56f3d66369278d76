//! The texts of a mail. Most mails say the same twice, as plain text and as a page; it is kept once.

use crate::text;

/// A text of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Plain text.
    Plain(String),
    /// A page's text with each link target on a line of its own, and the targets by themselves.
    Page { text: String, targets: Vec<String> },
}

impl Block {
    pub(super) fn into_text(self) -> String {
        match self {
            Block::Plain(text) | Block::Page { text, .. } => text,
        }
    }

    /// One text for what the blocks say alike. The page is preferred where it has links: they are whole there, while
    /// plain text breaks long ones. A link that only the plain text has is put behind.
    pub(super) fn alternative(blocks: Vec<Block>) -> Option<Block> {
        let (mut plain, mut pages, mut targets) = (Vec::new(), Vec::new(), Vec::new());
        for block in blocks {
            match block {
                Block::Plain(text) => plain.push(text),
                Block::Page { text, targets: more } => {
                    pages.push(text);
                    targets.extend(more);
                }
            }
        }
        let (plain, mut page) = (plain.join("\n\n"), pages.join("\n\n"));
        if targets.is_empty() && (!plain.trim().is_empty() || page.is_empty()) {
            return (!plain.is_empty()).then_some(Block::Plain(plain));
        }
        let known = |link: &str| targets.iter().any(|target| target.starts_with(link)) || page.contains(link);
        let mut missing: Vec<&str> = Vec::new();
        for link in text::links(&plain).take(MISSING_LINKS_SEEN) {
            if !known(link) && !missing.contains(&link) {
                missing.push(link);
            }
        }
        let missing: Vec<String> = missing.into_iter().map(str::to_owned).collect();
        if !missing.is_empty() {
            page.truncate(page.trim_end().len());
            page.push('\n');
        }
        for link in missing {
            page.push_str(&link);
            page.push('\n');
            targets.push(link);
        }
        Some(Block::Page { text: page, targets })
    }
}

/// How many links of the plain text are compared with the page's, each with each.
const MISSING_LINKS_SEEN: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str, targets: &[&str]) -> Block {
        Block::Page { text: text.to_owned(), targets: targets.iter().map(|&target| target.to_owned()).collect() }
    }

    #[track_caller]
    fn check(blocks: Vec<Block>, expected: &str) {
        assert_eq!(Block::alternative(blocks).map(Block::into_text).unwrap_or_default(), expected);
    }

    #[test]
    fn what_is_said_twice_is_kept_once() {
        let plain = |text: &str| Block::Plain(text.to_owned());
        check(
            vec![plain("See https://a.example/1."), page("See\nhttps://a.example/1\n", &["https://a.example/1"])],
            "See\nhttps://a.example/1\n",
        );
        check(vec![plain("Hello https://a.example/1"), page("Hello", &[])], "Hello https://a.example/1");
        check(vec![plain("  "), page("Hello", &[])], "Hello");
        check(vec![plain("Hello")], "Hello");
        check(vec![], "");
    }

    #[test]
    fn a_link_that_only_the_plain_text_has_is_kept_and_one_that_it_cuts_is_not() {
        let both = page("Claim\nhttps://a.example/claim/123456\n", &["https://a.example/claim/123456"]);
        let plain = Block::Plain("Claim https://a.example/claim/123\n456 or https://b.example/2, yes".to_owned());
        check(vec![plain, both], "Claim\nhttps://a.example/claim/123456\nhttps://b.example/2\n");
    }
}
