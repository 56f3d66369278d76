//! The stable codes of errors.

use attesta_carrier::UnpackError;
use attesta_claim::ClaimError;
use attesta_credential::ReadError;
use attesta_verify::FetchFailureKind;

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
    /// A version that a bundle does not have. Params: `version`.
    BundleVersionNotFound = "bundle_version_not_found",
    /// A title that is too long. Params: `limit`, in characters.
    BundleTitleTooLong = "bundle_title_too_long",
    /// A note to the reader that is too long. Params: `limit`, in characters.
    BundleNoteTooLong = "bundle_note_too_long",
    /// An audience that is too long. Params: `limit`, in characters.
    BundleAudienceTooLong = "bundle_audience_too_long",
    /// A note on one credential that is too long. Params: `limit`, in characters.
    CredentialNoteTooLong = "credential_note_too_long",
    /// Too many credentials in a bundle. Params: `limit`.
    BundleTooLarge = "bundle_too_large",
    /// A part that no credential has. Params: `part`.
    UnknownPart = "unknown_part",
    /// Something that can't be left out of a credential. Params: `id`.
    NotDisclosable = "not_disclosable",
    /// A posting that is too long. Params: `limit`, in kilobytes.
    PostingTooLong = "posting_too_long",
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
    /// What was shared opens only with its passphrase.
    PassphraseNeeded = "passphrase_needed",
    /// The passphrase does not open it.
    PassphraseWrong = "passphrase_wrong",
    /// A passphrase that is easily guessed. Params: `chars`, `words`.
    PassphraseTooWeak = "passphrase_too_weak",
    /// A passphrase longer than anybody types. Params: `limit`.
    PassphraseTooLong = "passphrase_too_long",
    /// A passphrase with characters that can't be typed.
    PassphraseMalformed = "passphrase_malformed",
    /// Not enough memory to open or seal it.
    OutOfMemory = "out_of_memory",
    /// A form that is never sealed. Params: `form`.
    PassphraseNotForForm = "passphrase_not_for_form",
    /// No host to publish at is set.
    PublisherNotSet = "publisher_not_set",
    /// The host said no. Params: `host`, `status`.
    PublisherRefused = "publisher_refused",
    /// The host said yes, but not where the copy stands. Params: `host`.
    PublisherNotUnderstood = "publisher_not_understood",
    /// The host gave no answer. Params: `host`, `failure`.
    PublisherUnreachable = "publisher_unreachable",
    /// A published copy could be neither noted nor withdrawn. Params: `host`, `url`.
    ShareNotNoted = "share_not_noted",
    /// A share that can't be taken back.
    ShareNotStoppable = "share_not_stoppable",
    /// A share that was stopped before.
    ShareStopped = "share_stopped",
    /// More codes than anybody holds a camera up to. Params: `codes`, `limit`.
    SequenceTooLong = "sequence_too_long",
    /// Too few of the codes that are shown in turn. Params: `received`, `enough`.
    CodesMissing = "codes_missing",
    /// A share that is not given out as such a file. Params: `file`.
    ShareFileNotThere = "share_file_not_there",
    /// The program came without the page for files.
    PageFileMissing = "page_file_missing",
    /// A badge without such a picture of its own.
    NoPicture = "no_picture",
    /// Nothing that ends.
    NoEnd = "no_end",
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

pub(super) fn read_code(error: &ReadError) -> ErrorCode {
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

pub(super) fn fetch_code(failure: FetchFailureKind) -> ErrorCode {
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

pub(super) fn claim_code(error: &ClaimError) -> ErrorCode {
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

pub(super) fn unpack_code(error: &UnpackError) -> ErrorCode {
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
