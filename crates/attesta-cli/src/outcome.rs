//! What a command comes to: text for people, JSON for scripts, a code for both.

use attesta_view::Language;
use attesta_wallet::view::ErrorView;
use attesta_wallet::words::Words;
use attesta_wallet::{ErrorCode, WalletError};
use serde_json::{Value, json};
use thiserror::Error;

use crate::labels::{Label, label};
use crate::page::Page;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done; what was verified is valid.
    Done,
    /// Done but not so: something is not valid, or something failed.
    NotSo,
    /// The line was not understood.
    Usage,
    /// A fault of ours.
    Fault,
}

impl Exit {
    pub(crate) fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::NotSo => 1,
            Exit::Usage => 2,
            Exit::Fault => 3,
        }
    }

    /// Done if all is well.
    pub(crate) fn when(well: bool) -> Exit {
        if well { Exit::Done } else { Exit::NotSo }
    }
}

/// What is printed, and the exit code.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) json: Value,
    /// For the standard output.
    pub(crate) text: String,
    /// For the standard error.
    pub(crate) complaint: String,
    pub(crate) exit: Exit,
}

/// Why a command was not done.
#[derive(Debug, Error)]
pub(crate) enum CommandError {
    /// The use case failed.
    #[error(transparent)]
    Wallet(#[from] WalletError),
    /// `--out` names something that this form can't be written to.
    #[error("--out must be a folder or end in .png or .svg")]
    OutForQr,
    /// `--out` names a file where a folder is needed.
    #[error("--out must be a folder")]
    OutForSequence,
    /// `--out` names no picture.
    #[error("--out must end in .png or .svg")]
    OutForBadge,
    /// The standard input is wanted for two things.
    #[error("the standard input can't be both")]
    InputTwice,
    /// The system names no home folder and none was given.
    #[error("no folder for the wallet")]
    NoDataDir,
    /// The learner said no.
    #[error("not confirmed")]
    NotConfirmed,
}

impl Outcome {
    pub(crate) fn new(json: Value, page: Page, exit: Exit) -> Outcome {
        Outcome { json, text: page.into_text(), complaint: String::new(), exit }
    }

    pub(crate) fn failed(error: &CommandError, language: Language) -> Outcome {
        let words = Words::of(language);
        let usage = |name: Label| ("usage".to_owned(), label(language, name).to_owned(), None, Exit::Usage);
        let (code, message, advice, exit) = match error {
            CommandError::Wallet(error) => {
                let view = error.view();
                let exit = match error.code() {
                    ErrorCode::Internal => Exit::Fault,
                    ErrorCode::PassphraseNotForForm => Exit::Usage,
                    _ => Exit::NotSo,
                };
                let advice = match error.code() {
                    ErrorCode::PassphraseNeeded => Some(label(language, Label::GivePassphrase).to_owned()),
                    _ => words.error_advice(&view),
                };
                (view.code.clone(), words.error(&view), advice, exit)
            }
            CommandError::OutForQr => usage(Label::OutForQr),
            CommandError::OutForSequence => usage(Label::OutForSequence),
            CommandError::OutForBadge => usage(Label::OutForBadge),
            CommandError::InputTwice => usage(Label::InputTwice),
            CommandError::NoDataDir => usage(Label::NoDataDir),
            CommandError::NotConfirmed => {
                let view = WalletError::Cancelled.view();
                (view.code.clone(), words.error(&view), None, Exit::NotSo)
            }
        };
        let mut page = Page::new();
        page.line(&message);
        if let Some(advice) = advice {
            page.line(&advice);
        }
        Outcome {
            json: json!({ "error": { "code": code, "message": message } }),
            text: String::new(),
            complaint: page.into_text(),
            exit,
        }
    }
}

/// An error within a result: its code and its sentence.
pub(crate) fn error_json(error: &ErrorView, words: &Words) -> Value {
    json!({ "code": error.code, "message": words.error(error) })
}
