//! The values for the words of errors that come from conversations and carriers.

use attesta_carrier::UnpackError;
use attesta_claim::ClaimError;

pub(super) fn claim_params<T>(error: &ClaimError, put: &mut impl FnMut(&'static str, String) -> T) {
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

pub(super) fn unpack_params<T>(error: &UnpackError, put: &mut impl FnMut(&'static str, String) -> T) {
    match error {
        // People think in megabytes.
        UnpackError::TooLarge { limit } => drop(put("limit", (limit >> 20).to_string())),
        UnpackError::TooMany { limit } | UnpackError::TooDeep { limit } => drop(put("limit", limit.to_string())),
        UnpackError::Unsupported { what } => drop(put("what", (*what).to_owned())),
        UnpackError::Encrypted | UnpackError::Damaged | UnpackError::PrivateKeys => {}
    }
}
