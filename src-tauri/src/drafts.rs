//! The e-mail drafts that the wallet has written, which alone may go to the system's mail program.
//!
//! The page asks for an address to be opened by its text. Were every `mailto:` let through, a page that something
//! hostile has got into could put any letter, to anybody, in front of the learner.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many drafts are remembered; the oldest is forgotten first. A learner has one share before them at a time.
const MOST_DRAFTS: usize = 16;

/// The drafts of this run, never written anywhere.
#[derive(Default)]
pub(crate) struct Drafts(Mutex<VecDeque<String>>);

impl Drafts {
    /// Remembers a draft that the wallet wrote.
    pub(crate) fn keep(&self, draft: &str) {
        let mut drafts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        drafts.retain(|kept| kept != draft);
        if drafts.len() == MOST_DRAFTS {
            drafts.pop_front();
        }
        drafts.push_back(draft.to_owned());
    }

    /// Whether an address is such a draft, letter by letter, and nothing but a mail.
    pub(crate) fn made(&self, address: &str) -> bool {
        address.starts_with("mailto:")
            && self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|kept| kept == address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kept: &[&str], asked: &str, made: bool) {
        let drafts = Drafts::default();
        kept.iter().for_each(|draft| drafts.keep(draft));
        assert_eq!(drafts.made(asked), made, "{asked} after {kept:?}");
    }

    #[test]
    fn only_a_draft_of_the_wallets_own_goes_to_the_mail_program() {
        let draft = "mailto:?subject=Winter%20session&body=Bonjour";
        check(&[draft], draft, true);
        check(&[], draft, false);
        check(&[draft], "mailto:?subject=Winter%20session&body=Bonjour&attach=/etc/passwd", false);
        check(&[draft], "mailto:?subject=Winter%20session", false);
        check(&[draft], "mailto:somebody@example.com", false);
    }

    #[test]
    fn what_is_no_mail_is_never_a_draft() {
        for other in ["https://example.com", "file:///etc/passwd", "javascript:alert(1)", ""] {
            check(&[other], other, false);
        }
    }

    #[test]
    fn the_oldest_drafts_are_forgotten_and_a_repeated_one_is_not_old() {
        let drafts: Vec<String> = (0..=MOST_DRAFTS).map(|number| format!("mailto:?subject={number}")).collect();
        let drafts: Vec<&str> = drafts.iter().map(String::as_str).collect();
        check(&drafts, drafts[0], false);
        check(&drafts, drafts[1], true);
        let mut again = drafts[..MOST_DRAFTS].to_vec();
        again.extend([drafts[0], drafts[MOST_DRAFTS]]);
        check(&again, drafts[0], true);
        check(&again, drafts[1], false);
    }
}
