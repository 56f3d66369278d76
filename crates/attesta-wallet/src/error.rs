//! The errors of the use cases: a stable code, values for the words, and the facts behind both.

use std::collections::BTreeMap;

use attesta_carrier::UnpackError;
use attesta_claim::{ClaimError, Unrecognised};
use attesta_credential::ReadError;
use attesta_verify::FetchFailureKind;
use attesta_view::read_params;
use thiserror::Error;

use crate::view::ErrorView;

macro_rules! error_codes {
    ($($(#[$of_code:meta])* $code:ident = $text:literal,)*) => {
        /// The stable codes of errors; their words stand in the message files under `error.<code>`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $($(#[$of_code])* $code,)*
        }

        impl ErrorCode {
            /// Every code, so that the message files can be checked for completeness.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$code),*];

            /// The stable text of the code.
            pub fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$code => $text,)* }
            }
        }
    };
}

error_codes! {
    // what came is no credential
    /// Not JSON. Params: `offset`.
    NotJson = "not_json",
    /// A key appears twice. Params: `pointer`.
    DuplicateKey = "duplicate_key",
    /// Like a JSON Web Token, but not one.
    NotAToken = "not_a_token",
    /// Nested too deeply.
    TooDeep = "too_deep",
    /// Larger than 8 MiB.
    TooLarge = "too_large",
    /// More credentials in one file than are read. Params: `limit`.
    TooMany = "too_many",
    /// Not UTF-8.
    NotUtf8 = "not_utf8",
    /// Cut off.
    Truncated = "truncated",
    /// JSON, but no credential.
    NotACredential = "not_a_credential",
    /// A picture without a credential.
    PngWithoutCredential = "png_without_credential",
    /// A damaged picture.
    PngDamaged = "png_damaged",
    /// A picture of another kind without a credential. Params: `kind`.
    PictureWithoutCredential = "picture_without_credential",
    /// A damaged SVG picture.
    SvgDamaged = "svg_damaged",
    /// A PDF document without a credential.
    PdfWithoutCredential = "pdf_without_credential",
    /// A locked PDF document.
    PdfEncrypted = "pdf_encrypted",
    /// A damaged PDF document.
    PdfDamaged = "pdf_damaged",
    /// The address of a credential instead of the credential. Params: `url`.
    OnlyALink = "only_a_link",
    /// A form that is recognised but not read. Params: `what`.
    UnsupportedFormat = "unsupported_format",
    // links and pages
    /// Nothing was given.
    EmptyInput = "empty_input",
    /// Neither a link nor a credential.
    NotALink = "not_a_link",
    /// A bundle that somebody shares rather than a credential to keep.
    IsShareLink = "is_share_link",
    /// A page without a credential to download. Params: `host`.
    NoCredentialOnPage = "no_credential_on_page",
    /// The host did not give it. Params: `host`, `failure`, `status`.
    FetchFailed = "fetch_failed",
    /// The host says that it is no longer there. Params: `host`, `status`.
    LinkGone = "link_gone",
    /// The host could not prove who it is. Params: `host`.
    TlsFailed = "tls_failed",
    /// The host was asked too often. Params: `host`.
    TooManyRequests = "too_many_requests",
    /// The host has a fault of its own. Params: `host`, `status`.
    ServerFault = "server_fault",
    /// A private address. Params: `host`.
    AddressRefused = "address_refused",
    /// Not an https link. Params: `host`.
    NotHttps = "not_https",
    /// Sent around in circles. Params: `host`.
    TooManyRedirects = "too_many_redirects",
    /// No answer in time. Params: `host`.
    TimedOut = "timed_out",
    /// The learner stopped it.
    Cancelled = "cancelled",
    /// Not asked. Params: `host`.
    Offline = "offline",
    /// A link that lacks what its kind needs.
    LinkMalformed = "link_malformed",
    /// A page that shows a document and has no data. Params: `platform`, `host`.
    DocumentPage = "document_page",
    /// A request to show credentials. Params: `host`.
    AsksForCredentials = "asks_for_credentials",
    /// A link that claims a credential, where it was only to be looked at. Params: `host`.
    ClaimsWhenAsked = "claims_when_asked",
    /// Links, but none that looks as if it led to a credential.
    NothingSuggested = "nothing_suggested",
    /// Neither a link nor a credential in a mail, archive or folder.
    NothingInIt = "nothing_in_it",
    /// More than is looked at. Params: `limit`.
    TooManyItems = "too_many_items",
    /// The offer is over: it was accepted, discarded or forgotten.
    OfferGone = "offer_gone",
    // conversations with issuers
    /// The claim is over. Params: `host`.
    ClaimExpired = "claim_expired",
    /// The proof of the wallet's key was not accepted. Params: `host`, `said`.
    ProofRefused = "proof_refused",
    /// The issuer refused. Params: `host`.
    ClaimRefused = "claim_refused",
    /// The issuer refused in its own words. Params: `host`, `said`.
    ClaimRefusedSaying = "claim_refused_saying",
    /// Ready later. Params: `host`, `seconds`.
    ClaimNotReady = "claim_not_ready",
    /// An answer that does not follow the protocol. Params: `host`, `what`.
    ClaimNotUnderstood = "claim_not_understood",
    /// A way of claiming that is not supported. Params: `what`.
    ClaimUnsupported = "claim_unsupported",
    /// The page wants the learner to sign in. Params: `host`.
    SignInNeeded = "sign_in_needed",
    /// The issuer kept asking. Params: `host`.
    TooManyRounds = "too_many_rounds",
    /// The proof of the wallet's key can't be signed. Params: `what`.
    ProofNotSigned = "proof_not_signed",
    /// The issuer wants a code. Params: `host`.
    CodeWanted = "code_wanted",
    /// The issuer refused the code. Params: `host`.
    CodeRefused = "code_refused",
    /// The issuer goes on in the browser. Params: `url`.
    ContinueInBrowser = "continue_in_browser",
    // mails, archives and other carriers
    /// More bytes than are looked at. Params: `limit`.
    CarrierTooLarge = "carrier_too_large",
    /// More parts than are looked at. Params: `limit`.
    CarrierTooMany = "carrier_too_many",
    /// Nested too deeply. Params: `limit`.
    CarrierTooDeep = "carrier_too_deep",
    /// Locked or encrypted.
    CarrierEncrypted = "carrier_encrypted",
    /// Damaged or cut off.
    CarrierDamaged = "carrier_damaged",
    /// A form that is not read. Params: `what`.
    CarrierUnsupported = "carrier_unsupported",
    /// Private keys of another wallet, which are left alone.
    CarrierPrivateKeys = "carrier_private_keys",
    // files, records and bundles
    /// A file can't be opened. Params: `name`.
    FileUnreadable = "file_unreadable",
    /// No such record or share. Params: `id`.
    NotFound = "not_found",
    /// A bundle without credentials.
    BundleEmpty = "bundle_empty",
    /// A bundle without a title.
    BundleTitleMissing = "bundle_title_missing",
    /// No such bundle. Params: `id`.
    BundleNotFound = "bundle_not_found",
    // sharing
    /// A share link that was cut or changed.
    ShareLinkDamaged = "share_link_damaged",
    /// A share link of a newer version. Params: `version`.
    ShareLinkNewer = "share_link_newer",
    /// An address without a payload.
    ShareLinkEmpty = "share_link_empty",
    /// Too much for one code. Params: `bytes`.
    LinkTooLongForQr = "link_too_long_for_qr",
    /// The presentation can't be signed. Params: `reason`.
    CannotSign = "cannot_sign",
    /// The end is not in the future.
    ExpiryInPast = "expiry_in_past",
    /// Not a date. Params: `value`.
    ExpiryMalformed = "expiry_malformed",
    /// The page's address is not https.
    VerifierUrlNotHttps = "verifier_url_not_https",
    /// A form that can't be made yet. Params: `form`.
    FormUnavailable = "form_unavailable",
    /// An address that is not opened in the browser.
    AddressNotAllowed = "address_not_allowed",
    // the wallet itself
    /// Written by a newer version. Params: `found`, `known`.
    WalletNewer = "wallet_newer",
    /// Another program is writing.
    WalletLocked = "wallet_locked",
    /// The file can't be read.
    WalletDamaged = "wallet_damaged",
    /// The disk refuses. Params: `what`.
    Disk = "disk",
    /// A fault of ours.
    Internal = "internal",
}

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
    /// A form that can't be made yet.
    #[error("sharing as {form} is not available")]
    FormUnavailable {
        /// The form.
        form: String,
    },
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
            WalletError::ShareLinkDamaged => ErrorCode::ShareLinkDamaged,
            WalletError::ShareLinkNewer { .. } => ErrorCode::ShareLinkNewer,
            WalletError::ShareLinkEmpty => ErrorCode::ShareLinkEmpty,
            WalletError::LinkTooLongForQr { .. } => ErrorCode::LinkTooLongForQr,
            WalletError::CannotSign { .. } => ErrorCode::CannotSign,
            WalletError::ExpiryInPast => ErrorCode::ExpiryInPast,
            WalletError::ExpiryMalformed { .. } => ErrorCode::ExpiryMalformed,
            WalletError::VerifierUrlNotHttps => ErrorCode::VerifierUrlNotHttps,
            WalletError::FormUnavailable { .. } => ErrorCode::FormUnavailable,
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
        ErrorView { code: self.code().as_str().to_owned(), params: self.params() }
    }

    fn params(&self) -> BTreeMap<String, String> {
        let mut params = BTreeMap::new();
        let mut put = |name: &'static str, value: String| params.insert(name.to_owned(), value);
        match self {
            WalletError::Unreadable(error) => return read_params(error),
            WalletError::NoCredentialOnPage { host }
            | WalletError::AsksForCredentials { host }
            | WalletError::ClaimsWhenAsked { host }
            | WalletError::CodeWanted { host }
            | WalletError::CodeRefused { host } => drop(put("host", host.clone())),
            WalletError::DocumentPage { platform, host } => {
                put("platform", (*platform).to_owned());
                put("host", host.clone());
            }
            WalletError::TooManyItems { limit } => drop(put("limit", limit.to_string())),
            WalletError::Claim(error) => claim_params(error, &mut put),
            WalletError::ContinueInBrowser { url } => drop(put("url", url.clone())),
            WalletError::Unpack(error) => unpack_params(error, &mut put),
            WalletError::Fetch { host, failure } => {
                put("host", host.clone());
                put("failure", failure.as_str().to_owned());
                if let FetchFailureKind::Status(status) = failure {
                    put("status", status.to_string());
                }
            }
            WalletError::FileUnreadable { name } => drop(put("name", name.clone())),
            WalletError::NotFound { id } | WalletError::BundleNotFound { id } => drop(put("id", id.clone())),
            WalletError::ShareLinkNewer { version } => drop(put("version", version.clone())),
            WalletError::LinkTooLongForQr { bytes } => drop(put("bytes", bytes.to_string())),
            WalletError::CannotSign { reason } => drop(put("reason", reason.clone())),
            WalletError::ExpiryMalformed { value } => drop(put("value", value.clone())),
            WalletError::FormUnavailable { form } => drop(put("form", form.clone())),
            WalletError::WalletNewer { found, known } => {
                put("found", found.to_string());
                put("known", known.to_string());
            }
            WalletError::Disk { what } => drop(put("what", what.clone())),
            WalletError::EmptyInput
            | WalletError::NotALink
            | WalletError::IsShareLink
            | WalletError::LinkMalformed
            | WalletError::NothingSuggested
            | WalletError::NothingInIt
            | WalletError::OfferGone
            | WalletError::Cancelled
            | WalletError::TooLarge
            | WalletError::BundleEmpty
            | WalletError::BundleTitleMissing
            | WalletError::ShareLinkDamaged
            | WalletError::ShareLinkEmpty
            | WalletError::ExpiryInPast
            | WalletError::VerifierUrlNotHttps
            | WalletError::AddressNotAllowed
            | WalletError::WalletLocked
            | WalletError::WalletDamaged
            | WalletError::Internal { .. } => {}
        }
        params
    }
}

impl From<WalletError> for ErrorView {
    fn from(error: WalletError) -> Self {
        error.view()
    }
}

fn read_code(error: &ReadError) -> ErrorCode {
    match error {
        ReadError::NotJson(_) => ErrorCode::NotJson,
        ReadError::DuplicateKey { .. } => ErrorCode::DuplicateKey,
        ReadError::NotAToken(_) => ErrorCode::NotAToken,
        ReadError::TooDeep => ErrorCode::TooDeep,
        ReadError::TooLarge { .. } => ErrorCode::TooLarge,
        ReadError::TooMany { .. } => ErrorCode::TooMany,
        ReadError::NotUtf8 => ErrorCode::NotUtf8,
        ReadError::Truncated => ErrorCode::Truncated,
        ReadError::NotACredential { .. } => ErrorCode::NotACredential,
        ReadError::PngWithoutCredential => ErrorCode::PngWithoutCredential,
        ReadError::PngDamaged { .. } => ErrorCode::PngDamaged,
        ReadError::PictureWithoutCredential { .. } => ErrorCode::PictureWithoutCredential,
        ReadError::SvgDamaged { .. } => ErrorCode::SvgDamaged,
        ReadError::PdfWithoutCredential => ErrorCode::PdfWithoutCredential,
        ReadError::PdfEncrypted => ErrorCode::PdfEncrypted,
        ReadError::PdfDamaged => ErrorCode::PdfDamaged,
        ReadError::OnlyALink { .. } => ErrorCode::OnlyALink,
        ReadError::UnsupportedFormat { .. } => ErrorCode::UnsupportedFormat,
    }
}

fn fetch_code(failure: FetchFailureKind) -> ErrorCode {
    match failure {
        FetchFailureKind::Offline => ErrorCode::Offline,
        FetchFailureKind::TimedOut => ErrorCode::TimedOut,
        // Claim links often end: 404 and 410 deserve words of their own.
        FetchFailureKind::Status(404 | 410) => ErrorCode::LinkGone,
        FetchFailureKind::Status(401 | 403) => ErrorCode::SignInNeeded,
        FetchFailureKind::Status(429) => ErrorCode::TooManyRequests,
        FetchFailureKind::Status(500..=599) => ErrorCode::ServerFault,
        FetchFailureKind::Tls => ErrorCode::TlsFailed,
        FetchFailureKind::TooLarge => ErrorCode::TooLarge,
        FetchFailureKind::TooManyRedirects => ErrorCode::TooManyRedirects,
        FetchFailureKind::AddressRefused => ErrorCode::AddressRefused,
        FetchFailureKind::NotHttps => ErrorCode::NotHttps,
        FetchFailureKind::Cancelled => ErrorCode::Cancelled,
        FetchFailureKind::Unreachable
        | FetchFailureKind::RedirectedElsewhere
        | FetchFailureKind::Status(_)
        | FetchFailureKind::BadUrl
        | FetchFailureKind::RefusedByBrowser => ErrorCode::FetchFailed,
    }
}

fn claim_code(error: &ClaimError) -> ErrorCode {
    match error {
        ClaimError::Fetch { failure, .. } => fetch_code(*failure),
        ClaimError::Expired { .. } => ErrorCode::ClaimExpired,
        ClaimError::ProofRefused { .. } => ErrorCode::ProofRefused,
        ClaimError::Refused { said: None, .. } => ErrorCode::ClaimRefused,
        ClaimError::Refused { said: Some(_), .. } => ErrorCode::ClaimRefusedSaying,
        ClaimError::NotReady { .. } => ErrorCode::ClaimNotReady,
        ClaimError::NotUnderstood { .. } => ErrorCode::ClaimNotUnderstood,
        ClaimError::SignInNeeded { .. } => ErrorCode::SignInNeeded,
        ClaimError::NoCredentialOnPage { .. } => ErrorCode::NoCredentialOnPage,
        ClaimError::Unreadable { error, .. } => read_code(error),
        ClaimError::AsksForCredentials { .. } => ErrorCode::AsksForCredentials,
        ClaimError::Unsupported { .. } => ErrorCode::ClaimUnsupported,
        ClaimError::TooManyRounds { .. } => ErrorCode::TooManyRounds,
        ClaimError::CannotSign { .. } => ErrorCode::ProofNotSigned,
    }
}

fn claim_params<T>(error: &ClaimError, put: &mut impl FnMut(&'static str, String) -> T) {
    match error {
        ClaimError::Fetch { host, .. }
        | ClaimError::Expired { host }
        | ClaimError::ProofRefused { host, .. }
        | ClaimError::Refused { host, .. }
        | ClaimError::NotReady { host, .. }
        | ClaimError::NotUnderstood { host, .. }
        | ClaimError::SignInNeeded { host }
        | ClaimError::NoCredentialOnPage { host }
        | ClaimError::Unreadable { host, .. }
        | ClaimError::AsksForCredentials { host }
        | ClaimError::TooManyRounds { host } => drop(put("host", host.clone())),
        ClaimError::Unsupported { .. } | ClaimError::CannotSign { .. } => {}
    }
    match error {
        ClaimError::ProofRefused { said: Some(said), .. } | ClaimError::Refused { said: Some(said), .. } => {
            put("said", said.clone());
        }
        ClaimError::NotReady { seconds: Some(seconds), .. } => drop(put("seconds", seconds.to_string())),
        ClaimError::NotUnderstood { what, .. } | ClaimError::Unsupported { what } => {
            put("what", (*what).to_owned());
        }
        ClaimError::CannotSign { what } => drop(put("what", what.clone())),
        _ => {}
    }
}

fn unpack_code(error: &UnpackError) -> ErrorCode {
    match error {
        UnpackError::TooLarge { .. } => ErrorCode::CarrierTooLarge,
        UnpackError::TooMany { .. } => ErrorCode::CarrierTooMany,
        UnpackError::TooDeep { .. } => ErrorCode::CarrierTooDeep,
        UnpackError::Encrypted => ErrorCode::CarrierEncrypted,
        UnpackError::Damaged => ErrorCode::CarrierDamaged,
        UnpackError::Unsupported { .. } => ErrorCode::CarrierUnsupported,
        UnpackError::PrivateKeys => ErrorCode::CarrierPrivateKeys,
    }
}

fn unpack_params<T>(error: &UnpackError, put: &mut impl FnMut(&'static str, String) -> T) {
    match error {
        // People think in megabytes.
        UnpackError::TooLarge { limit } => drop(put("limit", (limit >> 20).to_string())),
        UnpackError::TooMany { limit } | UnpackError::TooDeep { limit } => drop(put("limit", limit.to_string())),
        UnpackError::Unsupported { what } => drop(put("what", (*what).to_owned())),
        UnpackError::Encrypted | UnpackError::Damaged | UnpackError::PrivateKeys => {}
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
