//! The JSON that crosses the border, beside the view types.

use std::collections::BTreeMap;

use attesta_share::SequenceReader;
use attesta_verify::{FetchFailureKind, ResourceRequest};
use attesta_view::PresentationView;
use serde::{Deserialize, Serialize};

/// What a turn ends in.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TurnView {
    /// Resources that the page is to fetch.
    Need(Vec<ResourceRequest>),
    /// Everything that was found out.
    Done(Box<FoundView>),
    /// There is nothing to find out.
    Error(ErrorView),
}

/// An error: a code that leads to the words for people, and their values.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ErrorView {
    pub(crate) code: &'static str,
    pub(crate) params: BTreeMap<String, String>,
}

impl ErrorView {
    /// A code whose words need no values.
    pub(crate) fn plain(code: &'static str) -> ErrorView {
        ErrorView { code, params: BTreeMap::new() }
    }

    /// A code with the values of its words.
    pub(crate) fn of<const N: usize>(code: &'static str, params: [(&str, String); N]) -> ErrorView {
        ErrorView { code, params: params.map(|(name, value)| (name.to_owned(), value)).into() }
    }
}

/// Everything that was found in what a visitor opened together.
#[derive(Debug, Default, Serialize)]
pub(crate) struct FoundView {
    /// Each bundle by itself, in the order in which it was opened, then the credentials that nobody presents.
    pub(crate) shown: Vec<ShownView>,
    /// What does not open, and why.
    pub(crate) unread: Vec<UnreadView>,
}

/// A bundle, or credentials that nobody presents.
#[derive(Debug, Serialize)]
pub(crate) struct ShownView {
    /// The names of the files that it was in.
    pub(crate) names: Vec<String>,
    pub(crate) presentation: PresentationView,
}

/// A file or text that does not open.
#[derive(Debug, Serialize)]
pub(crate) struct UnreadView {
    /// The file's name; empty where there is none.
    pub(crate) name: String,
    pub(crate) error: ErrorView,
}

/// What became of a passphrase.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UnsealView {
    /// Whether it was the right one.
    Unsealed(bool),
    /// There was nothing to try it on.
    Error(ErrorView),
}

/// How the codes of a sequence begin, in
/// [BCR-2020-005](https://github.com/BlockchainCommons/Research/blob/master/papers/bcr-2020-005-ur.md).
const PART: &str = "ur:bytes/";

/// What a code's text added to a sequence.
#[derive(Debug, Serialize)]
pub(crate) struct SequenceView {
    /// Whether it is part of a sequence at all.
    part: bool,
    /// How many different parts were seen.
    received: usize,
    /// About how many it takes.
    enough: usize,
    /// The text to open, once it is whole.
    done: Option<String>,
}

impl SequenceView {
    /// Hands a text to the reader.
    pub(crate) fn of(reader: &mut SequenceReader, text: &str) -> SequenceView {
        let progress = reader.receive(text);
        let part = text.trim_start().get(..PART.len()).is_some_and(|start| start.eq_ignore_ascii_case(PART));
        SequenceView { part, received: progress.received, enough: progress.enough, done: progress.done }
    }
}

/// The page's answer to one need.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageAnswer {
    pub(crate) url: String,
    pub(crate) ok: bool,
    #[serde(default)]
    pub(crate) base64: String,
    #[serde(default)]
    pub(crate) media_type: Option<String>,
    #[serde(default)]
    pub(crate) failure: String,
    #[serde(default)]
    pub(crate) status: Option<u16>,
}

impl PageAnswer {
    /// The failure that the page names. A browser tells little, so a name that is not known counts as unreachable.
    pub(crate) fn failure_kind(&self) -> FetchFailureKind {
        match (self.failure.as_str(), self.status) {
            ("status", Some(status)) => FetchFailureKind::Status(status),
            ("offline", _) => FetchFailureKind::Offline,
            ("refused_by_browser", _) => FetchFailureKind::RefusedByBrowser,
            ("timed_out", _) => FetchFailureKind::TimedOut,
            ("too_large", _) => FetchFailureKind::TooLarge,
            ("too_many_redirects", _) => FetchFailureKind::TooManyRedirects,
            ("redirected_elsewhere", _) => FetchFailureKind::RedirectedElsewhere,
            ("not_https", _) => FetchFailureKind::NotHttps,
            ("bad_url", _) => FetchFailureKind::BadUrl,
            ("cancelled", _) => FetchFailureKind::Cancelled,
            _ => FetchFailureKind::Unreachable,
        }
    }
}
