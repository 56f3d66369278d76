//! Why an address gave nothing, and which of several reasons tells the learner most.

use attesta_credential::ReadError;
use attesta_verify::FetchFailureKind;

use crate::error::ClaimError;
use crate::exchange::ClaimAnswer;
use crate::link::RefusedLink;

/// What a status other than success means to the learner.
pub(crate) fn of_status(host: String, answer: &ClaimAnswer) -> ClaimError {
    let seconds = answer.retry_after.map(|wait| wait.as_secs());
    match answer.status {
        401 | 403 => ClaimError::SignInNeeded { host },
        404 | 410 => ClaimError::Expired { host },
        503 if seconds.is_some() => ClaimError::NotReady { host, seconds },
        status => ClaimError::Fetch { host, failure: FetchFailureKind::Status(status) },
    }
}

/// What an address is that a page names and that is never asked.
pub(crate) fn of_refused(host: String, refused: RefusedLink) -> ClaimError {
    ClaimError::Fetch { host, failure: refused.failure() }
}

/// Of two reasons the one that tells the learner more; the earlier of two that tell the same.
pub(crate) fn telling(known: Option<ClaimError>, new: ClaimError) -> ClaimError {
    match known {
        Some(known) if weight(&known) >= weight(&new) => known,
        _ => new,
    }
}

fn weight(error: &ClaimError) -> u8 {
    match error {
        // There is a credential, and we know what it is.
        ClaimError::Unreadable { error: ReadError::UnsupportedFormat { .. }, .. } => 6,
        ClaimError::SignInNeeded { .. } => 5,
        ClaimError::NotReady { .. } => 4,
        ClaimError::Expired { .. } => 3,
        ClaimError::Fetch { .. } => 2,
        // JSON of another kind and pictures without a credential stand on every page.
        ClaimError::Unreadable { error, .. } if !is_ordinary(error) => 2,
        ClaimError::Unreadable { .. } => 1,
        _ => 0,
    }
}

fn is_ordinary(error: &ReadError) -> bool {
    matches!(
        error,
        ReadError::NotACredential { .. }
            | ReadError::PngWithoutCredential
            | ReadError::PictureWithoutCredential { .. }
            | ReadError::PdfWithoutCredential
            | ReadError::NotJson(_)
    )
}
