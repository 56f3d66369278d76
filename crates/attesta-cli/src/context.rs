//! What every command works with: the wallet, the web, the language.

use std::cell::RefCell;
use std::io::{BufRead, IsTerminal, Write, stderr, stdin};
use std::sync::Arc;

use attesta_view::Language;
use attesta_wallet::clock::SystemClock;
use attesta_wallet::entropy::SystemEntropy;
use attesta_wallet::view::{CodeQuestionView, ImportProgress, ImportStep};
use attesta_wallet::words::Words;
use attesta_wallet::{
    Fetch, HttpFetcher, HttpOptions, LoopbackAccess, OfflineFetcher, Wallet, WalletError, WalletOptions, paths,
};

use crate::arguments::Global;
use crate::labels::{Label, label, labelled};
use crate::outcome::CommandError;
use crate::page::Page;
use crate::template;

/// Whether a command keeps something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It works in the wallet, which is made on first use.
    Keeping,
    /// It only looks; where there is no wallet, none is made.
    Looking,
}

/// The open wallet and how to speak.
pub(crate) struct Context {
    pub(crate) wallet: Wallet,
    pub(crate) words: Words,
    pub(crate) language: Language,
    /// Whether somebody is there to answer a question.
    attended: bool,
    asks: bool,
    /// Whether somebody looks on.
    tells: bool,
}

impl Context {
    pub(crate) fn open(global: &Global, purpose: Purpose) -> Result<Context, CommandError> {
        let folder = paths::data_dir(global.data_dir.clone()).ok_or(CommandError::NoDataDir)?;
        let loopback = if global.allow_loopback { LoopbackAccess::Allowed } else { LoopbackAccess::Refused };
        let options = WalletOptions {
            folder,
            fetch: fetch(global, loopback)?,
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            loopback,
            language: spoken(global),
        };
        let wallet = match purpose {
            Purpose::Keeping => Wallet::open(options)?,
            Purpose::Looking => Wallet::open_for_looking(options)?,
        };
        let wallet = wallet.with_page(Arc::new(template::page));
        let wallet = match global.lang {
            Some(lang) => wallet.in_language(lang.into()),
            None => wallet,
        };
        let language = wallet.language();
        // Where nobody can answer, there is nobody to ask.
        let attended = !global.json && stdin().is_terminal() && stderr().is_terminal();
        let tells = !global.json && stderr().is_terminal();
        Ok(Context { wallet, words: Words::of(language), language, attended, asks: attended && !global.yes, tells })
    }

    pub(crate) fn label(&self, name: Label) -> &'static str {
        label(self.language, name)
    }

    pub(crate) fn labelled(&self, name: Label, text: &str) -> String {
        labelled(self.language, name, text)
    }

    /// Whether the learner is asked before hosts are contacted.
    pub(crate) fn asks(&self) -> bool {
        self.asks
    }

    /// Says on the terminal whom an import is asking, each once in a row; results alone go to standard output.
    pub(crate) fn told(&self) -> impl Fn(ImportProgress) + use<> {
        let (tells, language) = (self.tells, self.language);
        let last = RefCell::new(None);
        move |progress: ImportProgress| {
            let name = match progress.step {
                ImportStep::Contact => Label::Asking,
                ImportStep::Prove => Label::Proving,
                ImportStep::Wait => Label::Waiting,
                ImportStep::Check => Label::Checking,
                ImportStep::Read | ImportStep::Found | ImportStep::Stored => return,
            };
            let Some(host) = progress.host.filter(|_| tells) else { return };
            let line = Some(format!("{} {host}", label(language, name)));
            if let Some(said) = line.as_ref().filter(|_| *last.borrow() != line) {
                let mut page = Page::new();
                page.line(said);
                let _ = write!(stderr(), "{}", page.into_text());
            }
            last.replace(line);
        }
    }

    /// Asks for the code that an issuer wants, where somebody is there to answer.
    pub(crate) fn code(&self, question: &CodeQuestionView) -> Option<String> {
        if !self.attended {
            return None;
        }
        let mut page = Page::new();
        let asked = if question.refused { Label::CodeRefused } else { Label::CodeWanted };
        page.line(&self.labelled(asked, &question.host));
        if let Some(description) = &question.description {
            page.under(&self.labelled(Label::IssuerSays, description));
        }
        let _ = write!(stderr(), "{}> ", page.into_text());
        let mut answer = String::new();
        stdin().lock().read_line(&mut answer).ok()?;
        Some(answer.trim().to_owned()).filter(|code| !code.is_empty())
    }

    /// Asks for the passphrase of what is sealed, where somebody is there to answer; it is not shown. `refused` is what
    /// was wrong with the one before.
    pub(crate) fn passphrase(&self, refused: &WalletError) -> Option<String> {
        if !self.attended {
            return None;
        }
        let mut page = Page::new();
        page.line(&self.words.error(&refused.view()));
        let _ = write!(stderr(), "{}{} ", page.into_text(), self.label(Label::Passphrase));
        rpassword::read_password().ok().filter(|passphrase| !passphrase.trim().is_empty())
    }

    /// Says who will be contacted and asks whether to go ahead, where somebody is there to answer.
    pub(crate) fn confirm(&self, hosts: &[String]) -> Result<(), CommandError> {
        if !self.asks || hosts.is_empty() {
            return Ok(());
        }
        let mut page = Page::new();
        page.line(&format!("{} {}", self.label(Label::Contact), hosts.join(", ")));
        let _ = write!(stderr(), "{}{} ", page.into_text(), self.label(Label::YesNo));
        let mut answer = String::new();
        let read = stdin().lock().read_line(&mut answer);
        let yes = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "o" | "oui");
        if read.is_ok() && yes { Ok(()) } else { Err(CommandError::NotConfirmed) }
    }

    /// The full identifier for one of which the beginning is given; an unknown or ambiguous one stays as it is and is
    /// then not found.
    pub(crate) fn full_id(given: &str, known: impl Iterator<Item = String>) -> String {
        let mut begins: Vec<String> = known.filter(|id| id.starts_with(given)).collect();
        match begins.len() {
            1 if given.len() >= SHORTEST_ID => begins.remove(0),
            _ => given.to_owned(),
        }
    }
}

/// Fewer characters than this are too easily typed by accident.
const SHORTEST_ID: usize = 4;

/// The language asked for, else the system's, else English.
pub(crate) fn spoken(global: &Global) -> Language {
    let of_system = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())
            .and_then(|tag| Language::of_tag(&tag))
    };
    global.lang.map(Language::from).or_else(of_system).unwrap_or_default()
}

fn fetch(global: &Global, loopback: LoopbackAccess) -> Result<Arc<dyn Fetch>, WalletError> {
    if global.offline {
        return Ok(Arc::new(OfflineFetcher));
    }
    let options = HttpOptions { loopback, ..HttpOptions::new(concat!("Attesta/", env!("CARGO_PKG_VERSION"))) };
    match HttpFetcher::new(options) {
        Ok(fetcher) => Ok(Arc::new(fetcher)),
        Err(_) => Err(WalletError::Internal { what: "the network could not be set up" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_an_identifier_is_enough_when_it_is_unique() {
        #[track_caller]
        fn check(given: &str, expected: &str) {
            let known = ["abcd1111", "abce2222", "ffff3333"].map(str::to_owned);
            assert_eq!(Context::full_id(given, known.into_iter()), expected);
        }
        check("abcd", "abcd1111");
        check("ffff3333", "ffff3333");
        check("abc", "abc");
        check("fff", "fff");
        check("0000", "0000");
    }
}
