//! The values for the words of errors.

use std::collections::BTreeMap;

use attesta_carrier::UnpackError;
use attesta_claim::ClaimError;
use attesta_verify::FetchFailureKind;
use attesta_view::read_params;

use super::WalletError;

/// The values that the words of an error need, by name.
pub(super) fn error_params(error: &WalletError) -> BTreeMap<String, String> {
    let mut params = BTreeMap::new();
    let mut put = |name: &'static str, value: String| params.insert(name.to_owned(), value);
    match error {
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
        WalletError::BundleVersionNotFound { version, .. } => drop(put("version", version.to_string())),
        WalletError::BundleTextTooLong { limit, .. } | WalletError::BundleTooLarge { limit } => {
            put("limit", limit.to_string());
        }
        WalletError::UnknownPart { part } => drop(put("part", part.clone())),
        WalletError::NotDisclosable { id } => drop(put("id", id.clone())),
        WalletError::PostingTooLong { limit } => drop(put("limit", (limit / 1_000).to_string())),
        WalletError::ShareLinkNewer { version } => drop(put("version", version.clone())),
        WalletError::LinkTooLongForQr { bytes } => drop(put("bytes", bytes.to_string())),
        WalletError::CannotSign { reason } => drop(put("reason", reason.clone())),
        WalletError::ExpiryMalformed { value } => drop(put("value", value.clone())),
        WalletError::PassphraseNotForForm { form } => drop(put("form", form.clone())),
        WalletError::PassphraseTooWeak { chars, words } => {
            put("chars", chars.to_string());
            put("words", words.to_string());
        }
        WalletError::PassphraseTooLong { limit } => drop(put("limit", limit.to_string())),
        WalletError::PublisherRefused { host, status } => {
            put("host", host.clone());
            put("status", status.to_string());
        }
        WalletError::PublisherNotUnderstood { host } => drop(put("host", host.clone())),
        WalletError::PublisherUnreachable { host, failure } => {
            put("host", host.clone());
            put("failure", failure.as_str().to_owned());
            if let FetchFailureKind::Status(status) = failure {
                put("status", status.to_string());
            }
        }
        WalletError::ShareNotNoted { host, url } => {
            put("host", host.clone());
            put("url", url.clone());
        }
        WalletError::SequenceTooLong { codes, limit } => {
            put("codes", codes.to_string());
            put("limit", limit.to_string());
        }
        WalletError::CodesMissing { received, enough } => {
            put("received", received.to_string());
            put("enough", enough.to_string());
        }
        WalletError::ShareFileNotThere { file } => drop(put("file", (*file).to_owned())),
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
        | WalletError::PassphraseNeeded
        | WalletError::PassphraseWrong
        | WalletError::PassphraseMalformed
        | WalletError::OutOfMemory
        | WalletError::PublisherNotSet
        | WalletError::ShareNotStoppable
        | WalletError::ShareStopped
        | WalletError::PageFileMissing
        | WalletError::NoPicture
        | WalletError::NoEnd
        | WalletError::WalletLocked
        | WalletError::WalletDamaged
        | WalletError::Internal { .. } => {}
    }
    params
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

fn unpack_params<T>(error: &UnpackError, put: &mut impl FnMut(&'static str, String) -> T) {
    match error {
        // People think in megabytes.
        UnpackError::TooLarge { limit } => drop(put("limit", (limit >> 20).to_string())),
        UnpackError::TooMany { limit } | UnpackError::TooDeep { limit } => drop(put("limit", limit.to_string())),
        UnpackError::Unsupported { what } => drop(put("what", (*what).to_owned())),
        UnpackError::Encrypted | UnpackError::Damaged | UnpackError::PrivateKeys => {}
    }
}
