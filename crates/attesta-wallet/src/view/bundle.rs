//! Bundles as the window and the command line see them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::CredentialListView;

/// A curated bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleView {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The learner's note to the reader, Markdown.
    pub note: Option<String>,
    /// Whom it is for, as the reader will see it.
    pub audience: Option<String>,
    /// What it holds, in the order it will be read.
    pub credentials: Vec<CredentialListView>,
    /// The learner's note on single credentials ("why this matters for you"), by the record's identifier.
    pub notes: BTreeMap<String, String>,
    /// What is not shown of credentials whose issuer's proof allows that: the `key`s of [`DisclosableClaimView`], by the
    /// record's identifier.
    pub withheld: BTreeMap<String, Vec<String>>,
    /// The parts that the reader finds folded away; they stay in the signed credential.
    pub hidden_parts: Vec<String>,
    /// How often it was saved, from 1.
    pub version: u32,
    /// How many credentials of the version that was just restored are no longer in the wallet and were left out.
    pub left_out: u32,
    /// When it was made, RFC 3339.
    pub created_at: String,
    /// When it was last changed, RFC 3339.
    pub updated_at: String,
}

/// An earlier version of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleVersionView {
    /// Its number, from 1.
    pub version: u32,
    /// When it was saved, RFC 3339.
    pub saved_at: String,
    /// Its title then.
    pub title: String,
    /// How many credentials it held.
    pub count: u32,
    /// How often exactly this version was shared.
    pub shares: u32,
}

/// Credentials that fit a text, a job posting say, the best first. The text never leaves the wallet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SuggestionView {
    /// Those that fit.
    pub suggested: Vec<SuggestedView>,
    /// A title for the bundle, from the text's first line, where that reads like one.
    pub title: Option<String>,
}

/// A credential that fits a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SuggestedView {
    /// The credential.
    pub credential: CredentialListView,
    /// The skills, alignments and titles of the credential that the text asks for, as the credential words them.
    pub matched: Vec<String>,
}

/// What to know before a bundle is shared. It never stops anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleReviewView {
    /// Each credential that there is something to say about, in the bundle's order.
    pub concerns: Vec<ConcernView>,
    /// When the oldest of the reports that this rests on was made, RFC 3339; none for an empty bundle.
    pub checked_at: Option<String>,
}

/// Something to know about one credential of a bundle or share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConcernView {
    /// The record; none where it is no longer in the wallet.
    pub credential: Option<String>,
    /// Its title.
    pub title: String,
    /// A stable code: a verdict other than `valid`, `not_about_me`, `ends_soon` (within 30 days), or `old_check`
    /// (last checked more than 30 days ago).
    pub code: String,
    /// Values for the code's words.
    pub params: BTreeMap<String, String>,
}

/// How a credential lets its holder show a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DisclosableView {
    /// `sd_jwt`, `ecdsa_sd_2023`, or `none`: it is shown whole or not at all.
    pub by: String,
    /// Everything that can be shown or not, in the document's order.
    pub claims: Vec<DisclosableClaimView>,
}

/// One claim that the holder can leave out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DisclosableClaimView {
    /// What names it in a bundle: a JSON pointer into the credential.
    pub key: String,
    /// The names on the way to it, as people read them.
    pub path: Vec<String>,
    /// Its value as text, shortened.
    pub value: String,
}
