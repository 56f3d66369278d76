//! The one list of commands that the window may call: names, what goes in, what comes out.
//!
//! From it come the TypeScript map that the window's calls are typed with, and the test that the
//! shell registers each. A command takes one request object and yields one answer or an
//! [`ErrorView`](crate::view::ErrorView).

mod curate;
mod share;

use attesta_view::PresentationView;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::{
    AcceptedView, ArrivalView, BundleReviewView, BundleVersionView, BundleView, ChangeSettings, CredentialDetailView,
    CredentialListView, Decision, DisclosableView, GatheredView, OfferView, RefreshResultView, SequenceView,
    SettingsView, ShareView, SuggestionView,
};

pub use curate::*;
pub use share::*;

/// No values.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// A record, bundle or share by its identifier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ById {
    /// The identifier.
    pub id: String,
}

/// A search in the list; an empty text lists all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListCredentials {
    /// What the learner typed.
    #[serde(default)]
    pub search: String,
}

/// A pasted text: a link, or a credential itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PastedText {
    /// The text as pasted.
    pub text: String,
}

/// A file's content.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DroppedFile {
    /// The file's name.
    pub name: String,
    /// Its bytes, base64 (RFC 4648 section 4).
    pub base64: String,
}

/// Files that were dropped or chosen together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DroppedFiles {
    /// The files.
    pub files: Vec<DroppedFile>,
}

/// Files and folders that the system handed over by their paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Paths {
    /// The paths.
    pub paths: Vec<String>,
}

/// One item of an offer to be gathered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GatherItem {
    /// The item.
    pub item: String,
    /// The code that its issuer wants, where it wants one.
    #[serde(default)]
    pub code: Option<String>,
}

/// The learner's yes: these items are fetched and checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Gather {
    /// The offer.
    pub id: String,
    /// The items.
    pub items: Vec<GatherItem>,
}

/// What becomes of one staged credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AcceptItem {
    /// The staged credential.
    pub staged: String,
    /// What becomes of it.
    pub decision: Decision,
}

/// The learner's decisions on what was gathered. What is not named stays staged until the offer is discarded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Accept {
    /// The offer.
    pub id: String,
    /// The decisions.
    pub decisions: Vec<AcceptItem>,
}

/// A link to a page without data, to be kept beside a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeepLink {
    /// The record.
    pub credential: String,
    /// The page.
    pub url: String,
}

/// A link that is no longer kept beside a credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RemoveLink {
    /// The record.
    pub credential: String,
    /// The page.
    pub url: String,
}

/// Records to be asked about again; none asks about all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refresh {
    /// The records' identifiers.
    #[serde(default)]
    pub ids: Vec<String>,
}

/// Where a file was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedFile {
    /// The path; none where the learner cancelled.
    pub path: Option<String>,
}

/// The exact JSON of a credential, for the raw view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RawCredential {
    /// The credential's document as received.
    pub json: String,
}

/// A link of the demo issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DemoLink {
    /// What kind of answer it gives: `json`, `png`, `page`, `negotiated`.
    pub kind: String,
    /// The claim link.
    pub url: String,
    /// The code that it wants, where it wants one.
    pub code: Option<String>,
}

/// An address to be opened in the learner's browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenAddress {
    /// An https address (http on loopback in a development build).
    pub url: String,
}

/// Whether closing the window would lose something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HoldWindow {
    /// Something in the page is not saved; the page is then asked before the window closes.
    pub unsaved: bool,
}

/// Declares every command once.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($request:ty) -> $answer:ty;)*) => {
        /// The names of all commands.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        /// The TypeScript map `Commands`: from each name to its request and answer.
        pub fn typescript_map(config: &ts_rs::Config) -> String {
            let mut map = String::from("export type Commands = {\n");
            $(map.push_str(&format!(
                "  {}: [{}, {}];\n",
                stringify!($name),
                <$request as TS>::name(config),
                <$answer as TS>::name(config),
            ));)*
            map.push_str("};\n");
            map
        }
    };
}

commands! {
    list_credentials(ListCredentials) -> Vec<CredentialListView>;
    show_credential(ById) -> CredentialDetailView;
    raw_credential(ById) -> RawCredential;
    remove_credential(ById) -> Nothing;
    take_arrivals(Nothing) -> Vec<ArrivalView>;
    offer_text(PastedText) -> OfferView;
    offer_files(DroppedFiles) -> OfferView;
    offer_paths(Paths) -> OfferView;
    gather(Gather) -> GatheredView;
    accept(Accept) -> AcceptedView;
    discard(ById) -> Nothing;
    keep_link(KeepLink) -> Nothing;
    remove_link(RemoveLink) -> Nothing;
    cancel_import(Nothing) -> Nothing;
    save_wallet_backup(Nothing) -> SavedFile;
    refresh(Refresh) -> Vec<RefreshResultView>;
    list_bundles(Nothing) -> Vec<BundleView>;
    show_bundle(ById) -> BundleView;
    create_bundle(CreateBundle) -> BundleView;
    edit_bundle(EditBundle) -> BundleView;
    delete_bundle(ById) -> Nothing;
    duplicate_bundle(ById) -> BundleView;
    bundle_versions(ById) -> Vec<BundleVersionView>;
    restore_bundle(RestoreBundle) -> BundleView;
    suggest_credentials(PastedText) -> SuggestionView;
    disclosable(ById) -> DisclosableView;
    preview_bundle(PreviewBundle) -> PresentationView;
    review_bundle(ById) -> BundleReviewView;
    share_bundle(ShareBundle) -> ShareView;
    list_shares(Nothing) -> Vec<ShareView>;
    share_sequence(ById) -> SequenceView;
    save_share(SaveShare) -> SavedFile;
    stop_share(ById) -> ShareView;
    mail_draft(ById) -> OpenAddress;
    add_to_profile(AddToProfile) -> ProfileView;
    save_calendar(ById) -> SavedFile;
    save_badge(SaveBadge) -> SavedFile;
    open_share(OpenShare) -> PresentationView;
    settings(Nothing) -> SettingsView;
    change_settings(ChangeSettings) -> SettingsView;
    copy_text(PastedText) -> Nothing;
    open_in_browser(OpenAddress) -> Nothing;
    hold_window(HoldWindow) -> Nothing;
    close_window(Nothing) -> Nothing;
    demo_links(Nothing) -> Vec<DemoLink>;
}
