//! What the window and the command line get from the wallet, beside what every face shows.

mod bundle;
mod offer;
mod share;

use std::collections::BTreeMap;

use attesta_view::{CredentialView, Language, NestedView, ReportView, TextView};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use bundle::*;
pub use offer::*;
pub use share::*;

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CredentialListView {
    /// The wallet's own identifier of the record.
    pub id: String,
    /// The title.
    pub title: TextView,
    /// The issuer's name, else its host or identifier.
    pub issuer: TextView,
    /// Up to four skills or keywords.
    pub skills: Vec<String>,
    /// A small picture as a `data:` URL.
    pub image: Option<String>,
    /// The verdict of the last report.
    pub verdict: String,
    /// Until when it is valid, RFC 3339.
    pub valid_until: Option<String>,
    /// From when it is valid, RFC 3339.
    pub valid_from: Option<String>,
    /// When it was awarded, else when it begins, RFC 3339.
    pub awarded: Option<String>,
    /// When it was last checked, RFC 3339.
    pub checked_at: String,
    /// When it came into the wallet, RFC 3339.
    pub received_at: String,
}

/// Everything about one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CredentialDetailView {
    /// The wallet's own identifier of the record.
    pub id: String,
    /// When it came, RFC 3339.
    pub received_at: String,
    /// Where it came from: `link`, `file`, `paste`.
    pub origin: String,
    /// The link's host or the file's name.
    pub origin_name: Option<String>,
    /// The carriers it stood in, outermost first: a mailbox, a mail's subject, an archive.
    pub origin_within: Vec<String>,
    /// The mail it came with.
    pub letter: Option<LetterView>,
    /// Pages kept beside it as links.
    pub links: Vec<KeptLinkView>,
    /// What it says.
    pub credential: CredentialView,
    /// The last report.
    pub report: ReportView,
    /// The credentials inside it, each with its own report.
    pub nested: Vec<NestedView>,
    /// Earlier reports, newest first.
    pub history: Vec<ReportSummaryView>,
    /// The bundles that hold it: identifier and title.
    pub bundles: Vec<BundleReference>,
}

/// A page without data that the learner keeps beside a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeptLinkView {
    /// The page.
    pub url: String,
    /// The platform, as people call it, where one was recognised.
    pub platform: Option<String>,
    /// When it was kept, RFC 3339.
    pub added_at: String,
}

/// One line of a credential's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportSummaryView {
    /// When, RFC 3339.
    pub checked_at: String,
    /// The verdict then.
    pub verdict: String,
}

/// A bundle's name where only that is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BundleReference {
    /// The bundle's identifier.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A stage of an import, in the order the learner sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportStep {
    /// The link or file was read.
    Read,
    /// A host is being contacted.
    Contact,
    /// The issuer is given the proof that this wallet holds its key.
    Prove,
    /// The issuer has asked to wait.
    Wait,
    /// A credential was found in what came.
    Found,
    /// Its signature, issuer, dates and status are being checked.
    Check,
    /// It is in the wallet.
    Stored,
}

/// How far an import is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportProgress {
    /// The stage that begins.
    pub step: ImportStep,
    /// The host that is contacted, where one is.
    pub host: Option<String>,
}

/// What became of one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// New in the wallet.
    Imported,
    /// Was there already; nothing was changed.
    Duplicate,
    /// The learner did not want it; nothing was changed.
    Declined,
    /// A newer version of one that was there; the old one is kept behind it.
    Updated,
    /// Not imported; the wallet is as before.
    Failed,
}

/// What became of one credential of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportResultView {
    /// The link, file name, or `-` as given.
    pub source: String,
    /// What became of it.
    pub outcome: ImportOutcome,
    /// The record's identifier.
    pub id: Option<String>,
    /// The credential's title.
    pub name: Option<String>,
    /// The verdict.
    pub verdict: Option<String>,
    /// Why it failed.
    pub error: Option<ErrorView>,
}

/// What a refresh found for one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RefreshResultView {
    /// The record's identifier.
    pub id: String,
    /// The credential's title.
    pub name: String,
    /// The verdict before.
    pub before: String,
    /// The verdict now.
    pub verdict: String,
    /// Whether the two differ.
    pub changed: bool,
    /// When, RFC 3339.
    pub checked_at: String,
    /// The record of a newer version that the issuer had, which has taken this one's place; this one stays behind it.
    pub newer: Option<String>,
}

/// What the learner has set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SettingsView {
    /// The language of the program; none follows the system.
    pub language: Option<Language>,
    /// `light`, `dark`, or none for the system's.
    pub theme: Option<String>,
    /// The address of the employer's page; none where the build brings none either.
    pub verifier_url: Option<String>,
    /// The address that the build brings.
    pub default_verifier_url: Option<String>,
    /// The base address of the VerifierPlus where bundles are published; none unless the learner sets one.
    pub publisher_url: Option<String>,
    /// The paper that documents are made for.
    pub paper: Paper,
    /// The learner's own e-mail addresses, to answer "is it about me?". Never sent.
    pub emails: Vec<String>,
    /// The registries of issuers that are asked, then those offered.
    pub registries: Vec<RegistryView>,
    /// The learner's address book of issuers.
    pub known_issuers: Vec<KnownIssuerView>,
    /// The wallet's own DID.
    pub did: String,
    /// The folder the wallet lives in.
    pub data_dir: String,
    /// The program's version.
    pub version: String,
    /// Whether this is a development build, which offers the demo issuer.
    pub development: bool,
}

/// A change to the settings; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeSettings {
    /// `en`, `fr`, or an empty text for the system's.
    #[serde(default)]
    pub language: Option<String>,
    /// `light`, `dark`, or an empty text for the system's.
    #[serde(default)]
    pub theme: Option<String>,
    /// An https address, or an empty text for the build's own.
    #[serde(default)]
    pub verifier_url: Option<String>,
    /// An https address, or an empty text for none.
    #[serde(default)]
    pub publisher_url: Option<String>,
    /// Another paper.
    #[serde(default)]
    pub paper: Option<Paper>,
    /// All of the learner's addresses.
    #[serde(default)]
    pub emails: Option<Vec<String>>,
    /// All registries; those that are not chosen are not asked.
    #[serde(default)]
    pub registries: Option<Vec<RegistryView>>,
    /// The whole address book.
    #[serde(default)]
    pub known_issuers: Option<Vec<KnownIssuerView>>,
}

/// A registry of issuers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RegistryView {
    /// The name that the learner knows it by.
    pub name: String,
    /// `registries` (a list of registries), `issuers` (a list of issuers) or `federation` (an OpenID Federation trust anchor).
    pub kind: String,
    /// Its https address.
    pub url: String,
    /// Whether it is asked.
    pub chosen: bool,
    /// Whether the program offers it by itself.
    pub offered: bool,
}

/// An issuer in the learner's address book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnownIssuerView {
    /// The issuer's identifier, exactly.
    pub id: String,
    /// The name that the learner gave it.
    pub name: String,
}

/// An error as it crosses to a face: a stable code and values; the words stand in the message files under `error.<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ErrorView {
    /// The stable code.
    pub code: String,
    /// Values for the words.
    pub params: BTreeMap<String, String>,
}
