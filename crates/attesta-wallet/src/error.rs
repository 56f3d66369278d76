//! The errors of the use cases: a stable code, values for the words, and the facts behind both.

mod code;
mod params;

use attesta_carrier::UnpackError;
use attesta_claim::{ClaimError, Unrecognised};
use attesta_credential::ReadError;
use attesta_verify::FetchFailureKind;
use thiserror::Error;

use crate::view::ErrorView;

pub use code::ErrorCode;
use code::{claim_code, fetch_code, read_code, unpack_code};
use params::error_params;

/// Why a use case could not be done.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WalletError {
    /// What came can't be read as a credential.
    #[error(transparent)]
    Unreadable(#[from] ReadError),
    /// Nothing was given.
    #[error("nothing was given")]
    EmptyInput,
    /// Neither a link nor a credential.
    #[error("neither a link nor a credential")]
    NotALink,
    /// A bundle that somebody shares rather than a credential to keep.
    #[error("a share link, not a credential")]
    IsShareLink,
    /// A page without a credential to download.
    #[error("no credential on the page at {host}")]
    NoCredentialOnPage {
        /// The page's host.
        host: String,
    },
    /// A host was asked, or should have been, and gave nothing.
    #[error("{host} gave nothing: {failure:?}")]
    Fetch {
        /// The host.
        host: String,
        /// Why.
        failure: FetchFailureKind,
    },
    /// A link that lacks what its kind needs.
    #[error("the link is not whole")]
    LinkMalformed,
    /// A page that shows a document and has no data.
    #[error("{platform} at {host} shows a document and has no data")]
    DocumentPage {
        /// The platform, as people call it.
        platform: &'static str,
        /// The page's host.
        host: String,
    },
    /// A request to show credentials.
    #[error("{host} asks for credentials")]
    AsksForCredentials {
        /// Who would get them, where the link says so.
        host: String,
    },
    /// A link that claims a credential, where it was only to be looked at: it may work only once.
    #[error("the link to {host} claims a credential")]
    ClaimsWhenAsked {
        /// The host.
        host: String,
    },
    /// Links, but none that looks as if it led to a credential.
    #[error("no link looks as if it led to a credential")]
    NothingSuggested,
    /// Neither a link nor a credential in a mail, archive or folder.
    #[error("neither a link nor a credential in it")]
    NothingInIt,
    /// More than is looked at.
    #[error("more than {limit}")]
    TooManyItems {
        /// The limit.
        limit: usize,
    },
    /// The offer is over: it was accepted, discarded or forgotten.
    #[error("the offer is over")]
    OfferGone,
    /// A conversation with an issuer gave nothing.
    #[error(transparent)]
    Claim(ClaimError),
    /// The issuer wants a code that nobody gave.
    #[error("{host} wants a code")]
    CodeWanted {
        /// The host.
        host: String,
    },
    /// The issuer refused the code.
    #[error("{host} refused the code")]
    CodeRefused {
        /// The host.
        host: String,
    },
    /// The issuer goes on in the browser.
    #[error("the issuer goes on in the browser")]
    ContinueInBrowser {
        /// The page.
        url: String,
    },
    /// A file can't be taken apart.
    #[error(transparent)]
    Unpack(#[from] UnpackError),
    /// The learner stopped it.
    #[error("stopped")]
    Cancelled,
    /// A file can't be opened.
    #[error("the file {name} can't be read")]
    FileUnreadable {
        /// Its name.
        name: String,
    },
    /// More bytes than are read.
    #[error("larger than is read")]
    TooLarge,
    /// No such record or share.
    #[error("nothing under {id}")]
    NotFound {
        /// The identifier.
        id: String,
    },
    /// A bundle without credentials.
    #[error("a bundle needs a credential")]
    BundleEmpty,
    /// A bundle without a title.
    #[error("a bundle needs a title")]
    BundleTitleMissing,
    /// No such bundle.
    #[error("no bundle under {id}")]
    BundleNotFound {
        /// The identifier.
        id: String,
    },
    /// A bundle never had such a version, or it is no longer kept.
    #[error("the bundle {id} has no version {version}")]
    BundleVersionNotFound {
        /// The bundle's identifier.
        id: String,
        /// The version.
        version: u32,
    },
    /// A text of a bundle is too long.
    #[error("more than {limit} characters in {what:?}")]
    BundleTextTooLong {
        /// Which text.
        what: BundleText,
        /// Most characters.
        limit: usize,
    },
    /// More credentials than a bundle holds.
    #[error("more than {limit} credentials")]
    BundleTooLarge {
        /// Most credentials.
        limit: usize,
    },
    /// A part of credentials that can't be folded away, because there is none of that name.
    #[error("no credential has a part {part:?}")]
    UnknownPart {
        /// Its name.
        part: String,
    },
    /// What can't be left out of a credential.
    #[error("something can't be left out of {id}")]
    NotDisclosable {
        /// The record.
        id: String,
    },
    /// A text to find credentials for that is longer than any posting.
    #[error("more than {limit} bytes")]
    PostingTooLong {
        /// Most bytes.
        limit: usize,
    },
    /// A share link that was cut or changed.
    #[error("the share link is damaged")]
    ShareLinkDamaged,
    /// A share link of a newer version.
    #[error("the share link is of version {version}")]
    ShareLinkNewer {
        /// The link's version.
        version: String,
    },
    /// An address without a payload.
    #[error("the address carries no share")]
    ShareLinkEmpty,
    /// Too much for one code.
    #[error("{bytes} bytes are too many for one QR code")]
    LinkTooLongForQr {
        /// The link's length in bytes.
        bytes: usize,
    },
    /// The presentation can't be signed.
    #[error("the presentation can't be signed: {reason}")]
    CannotSign {
        /// Why, in a few words without content.
        reason: String,
    },
    /// The end is not in the future.
    #[error("the end is not in the future")]
    ExpiryInPast,
    /// Not a date.
    #[error("{value:?} is no date")]
    ExpiryMalformed {
        /// What was given.
        value: String,
    },
    /// The page's address is not https.
    #[error("the page's address is not https")]
    VerifierUrlNotHttps,
    /// What was shared opens only with its passphrase, and none was given.
    #[error("it opens only with its passphrase")]
    PassphraseNeeded,
    /// The passphrase does not open it.
    #[error("the passphrase does not open it")]
    PassphraseWrong,
    /// A passphrase that is easily guessed.
    #[error("fewer than {chars} characters and fewer than {words} words")]
    PassphraseTooWeak {
        /// The fewest characters.
        chars: usize,
        /// The fewest words.
        words: usize,
    },
    /// A passphrase longer than anybody types.
    #[error("more than {limit} characters")]
    PassphraseTooLong {
        /// The limit, in characters.
        limit: usize,
    },
    /// A passphrase with characters that can't be typed.
    #[error("the passphrase has a control character")]
    PassphraseMalformed,
    /// Opening or sealing takes more memory than there is.
    #[error("not enough memory")]
    OutOfMemory,
    /// A form that is never sealed.
    #[error("sharing as {form} takes no passphrase")]
    PassphraseNotForForm {
        /// The form.
        form: String,
    },
    /// No host is set that bundles may be published at.
    #[error("no host to publish at is set")]
    PublisherNotSet,
    /// The host that bundles are published at said no.
    #[error("{host} answered {status}")]
    PublisherRefused {
        /// The host.
        host: String,
        /// Its HTTP status.
        status: u16,
    },
    /// That host said yes, but not where the copy stands.
    #[error("{host} did not say where the copy stands")]
    PublisherNotUnderstood {
        /// The host.
        host: String,
    },
    /// That host gave no answer.
    #[error("{host} gave no answer: {failure:?}")]
    PublisherUnreachable {
        /// The host.
        host: String,
        /// Why.
        failure: FetchFailureKind,
    },
    /// A copy was published, could not be noted here, and could not be withdrawn again.
    #[error("a copy at {host} could not be noted")]
    ShareNotNoted {
        /// The host.
        host: String,
        /// Where the copy stands.
        url: String,
    },
    /// What was given out is whole in itself and can't be taken back.
    #[error("it can't be stopped")]
    ShareNotStoppable,
    /// It was stopped before.
    #[error("it was stopped")]
    ShareStopped,
    /// More codes than anybody holds a camera up to.
    #[error("{codes} codes, more than {limit}")]
    SequenceTooLong {
        /// How many it would be at least.
        codes: usize,
        /// The limit.
        limit: usize,
    },
    /// Too few of the codes that are shown in turn.
    #[error("{received} of {enough} codes")]
    CodesMissing {
        /// How many told something.
        received: usize,
        /// How many are needed.
        enough: usize,
    },
    /// This share is not given out as such a file.
    #[error("this share has no {file}")]
    ShareFileNotThere {
        /// The file.
        file: &'static str,
    },
    /// This program came without the page that a file for the browser is made of.
    #[error("the page for files is missing")]
    PageFileMissing,
    /// A badge without a picture of its own here.
    #[error("there is no such picture")]
    NoPicture,
    /// Nothing that ends, and so nothing to be reminded of.
    #[error("it has no end")]
    NoEnd,
    /// An address that is not opened in the browser.
    #[error("the address is not opened")]
    AddressNotAllowed,
    /// Written by a newer version.
    #[error("the wallet has format {found}, known is {known}")]
    WalletNewer {
        /// The wallet's format.
        found: u32,
        /// The newest that we know.
        known: u32,
    },
    /// Another program is writing.
    #[error("another program is writing to the wallet")]
    WalletLocked,
    /// The file can't be read.
    #[error("the wallet can't be read")]
    WalletDamaged,
    /// The disk refuses.
    #[error("the disk refuses: {what}")]
    Disk {
        /// What the system says.
        what: String,
    },
    /// A fault of ours.
    #[error("a fault of ours: {what}")]
    Internal {
        /// Where, in a few words without content.
        what: &'static str,
    },
}

/// What a learner writes of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BundleText {
    /// Its title.
    Title,
    /// The note to the reader.
    Note,
    /// Whom it is for.
    Audience,
    /// The note on one credential.
    CredentialNote,
}

impl WalletError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            WalletError::Unreadable(error) => read_code(error),
            WalletError::EmptyInput => ErrorCode::EmptyInput,
            WalletError::NotALink => ErrorCode::NotALink,
            WalletError::IsShareLink => ErrorCode::IsShareLink,
            WalletError::NoCredentialOnPage { .. } => ErrorCode::NoCredentialOnPage,
            WalletError::Fetch { failure, .. } => fetch_code(*failure),
            WalletError::LinkMalformed => ErrorCode::LinkMalformed,
            WalletError::DocumentPage { .. } => ErrorCode::DocumentPage,
            WalletError::AsksForCredentials { .. } => ErrorCode::AsksForCredentials,
            WalletError::ClaimsWhenAsked { .. } => ErrorCode::ClaimsWhenAsked,
            WalletError::NothingSuggested => ErrorCode::NothingSuggested,
            WalletError::NothingInIt => ErrorCode::NothingInIt,
            WalletError::TooManyItems { .. } => ErrorCode::TooManyItems,
            WalletError::OfferGone => ErrorCode::OfferGone,
            WalletError::Claim(error) => claim_code(error),
            WalletError::CodeWanted { .. } => ErrorCode::CodeWanted,
            WalletError::CodeRefused { .. } => ErrorCode::CodeRefused,
            WalletError::ContinueInBrowser { .. } => ErrorCode::ContinueInBrowser,
            WalletError::Unpack(error) => unpack_code(error),
            WalletError::Cancelled => ErrorCode::Cancelled,
            WalletError::FileUnreadable { .. } => ErrorCode::FileUnreadable,
            WalletError::TooLarge => ErrorCode::TooLarge,
            WalletError::NotFound { .. } => ErrorCode::NotFound,
            WalletError::BundleEmpty => ErrorCode::BundleEmpty,
            WalletError::BundleTitleMissing => ErrorCode::BundleTitleMissing,
            WalletError::BundleNotFound { .. } => ErrorCode::BundleNotFound,
            WalletError::BundleVersionNotFound { .. } => ErrorCode::BundleVersionNotFound,
            WalletError::BundleTextTooLong { what: BundleText::Title, .. } => ErrorCode::BundleTitleTooLong,
            WalletError::BundleTextTooLong { what: BundleText::Note, .. } => ErrorCode::BundleNoteTooLong,
            WalletError::BundleTextTooLong { what: BundleText::Audience, .. } => ErrorCode::BundleAudienceTooLong,
            WalletError::BundleTextTooLong { what: BundleText::CredentialNote, .. } => ErrorCode::CredentialNoteTooLong,
            WalletError::BundleTooLarge { .. } => ErrorCode::BundleTooLarge,
            WalletError::UnknownPart { .. } => ErrorCode::UnknownPart,
            WalletError::NotDisclosable { .. } => ErrorCode::NotDisclosable,
            WalletError::PostingTooLong { .. } => ErrorCode::PostingTooLong,
            WalletError::ShareLinkDamaged => ErrorCode::ShareLinkDamaged,
            WalletError::ShareLinkNewer { .. } => ErrorCode::ShareLinkNewer,
            WalletError::ShareLinkEmpty => ErrorCode::ShareLinkEmpty,
            WalletError::LinkTooLongForQr { .. } => ErrorCode::LinkTooLongForQr,
            WalletError::CannotSign { .. } => ErrorCode::CannotSign,
            WalletError::ExpiryInPast => ErrorCode::ExpiryInPast,
            WalletError::ExpiryMalformed { .. } => ErrorCode::ExpiryMalformed,
            WalletError::VerifierUrlNotHttps => ErrorCode::VerifierUrlNotHttps,
            WalletError::PassphraseNeeded => ErrorCode::PassphraseNeeded,
            WalletError::PassphraseWrong => ErrorCode::PassphraseWrong,
            WalletError::PassphraseTooWeak { .. } => ErrorCode::PassphraseTooWeak,
            WalletError::PassphraseTooLong { .. } => ErrorCode::PassphraseTooLong,
            WalletError::PassphraseMalformed => ErrorCode::PassphraseMalformed,
            WalletError::OutOfMemory => ErrorCode::OutOfMemory,
            WalletError::PassphraseNotForForm { .. } => ErrorCode::PassphraseNotForForm,
            WalletError::PublisherNotSet => ErrorCode::PublisherNotSet,
            WalletError::PublisherRefused { .. } => ErrorCode::PublisherRefused,
            WalletError::PublisherNotUnderstood { .. } => ErrorCode::PublisherNotUnderstood,
            WalletError::PublisherUnreachable { .. } => ErrorCode::PublisherUnreachable,
            WalletError::ShareNotNoted { .. } => ErrorCode::ShareNotNoted,
            WalletError::ShareNotStoppable => ErrorCode::ShareNotStoppable,
            WalletError::ShareStopped => ErrorCode::ShareStopped,
            WalletError::SequenceTooLong { .. } => ErrorCode::SequenceTooLong,
            WalletError::CodesMissing { .. } => ErrorCode::CodesMissing,
            WalletError::ShareFileNotThere { .. } => ErrorCode::ShareFileNotThere,
            WalletError::PageFileMissing => ErrorCode::PageFileMissing,
            WalletError::NoPicture => ErrorCode::NoPicture,
            WalletError::NoEnd => ErrorCode::NoEnd,
            WalletError::AddressNotAllowed => ErrorCode::AddressNotAllowed,
            WalletError::WalletNewer { .. } => ErrorCode::WalletNewer,
            WalletError::WalletLocked => ErrorCode::WalletLocked,
            WalletError::WalletDamaged => ErrorCode::WalletDamaged,
            WalletError::Disk { .. } => ErrorCode::Disk,
            WalletError::Internal { .. } => ErrorCode::Internal,
        }
    }

    /// The error as it crosses to a face.
    pub fn view(&self) -> ErrorView {
        ErrorView { code: self.code().as_str().to_owned(), params: error_params(self) }
    }
}

impl From<WalletError> for ErrorView {
    fn from(error: WalletError) -> Self {
        error.view()
    }
}

/// A failed fetch, and what could not be read, are the same errors wherever they happen.
impl From<ClaimError> for WalletError {
    fn from(error: ClaimError) -> Self {
        match error {
            ClaimError::Fetch { failure: FetchFailureKind::Cancelled, .. } => WalletError::Cancelled,
            ClaimError::Fetch { host, failure } => WalletError::Fetch { host, failure },
            ClaimError::AsksForCredentials { host } => WalletError::AsksForCredentials { host },
            ClaimError::NoCredentialOnPage { host } => WalletError::NoCredentialOnPage { host },
            ClaimError::Unreadable { error, .. } => WalletError::Unreadable(error),
            error => WalletError::Claim(error),
        }
    }
}

impl From<Unrecognised> for WalletError {
    fn from(why: Unrecognised) -> Self {
        match why {
            Unrecognised::Empty => WalletError::EmptyInput,
            Unrecognised::Text => WalletError::NotALink,
            Unrecognised::Unreadable(error) => WalletError::Unreadable(error),
        }
    }
}
