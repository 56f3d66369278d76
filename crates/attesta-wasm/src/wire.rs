//! The JSON that crosses the border, beside the view types.

use std::collections::BTreeMap;

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
    Done(Box<PresentationView>),
    /// There is nothing to find out.
    Error(ErrorView),
}

/// An error: a code that leads to the words for people, and their values.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ErrorView {
    pub(crate) code: &'static str,
    pub(crate) params: BTreeMap<String, String>,
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
