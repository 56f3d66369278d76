//! From the HTTP client's errors to the kinds that people are told.

use std::error::Error;
use std::io;

use attesta_verify::FetchFailureKind;

use crate::resolver::RefusedAddress;

/// The kind of a failed request or a body that broke off.
pub(crate) fn kind_of(error: &reqwest::Error) -> FetchFailureKind {
    if error.is_builder() {
        return FetchFailureKind::BadUrl;
    }
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(current) = cause {
        if let Some(kind) = kind_of_cause(current) {
            return kind;
        }
        // An io::Error does not name the error it wraps as its source, only that one's source.
        let wrapped = current.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        cause = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => current.source(),
        };
    }
    match error.is_timeout() {
        true => FetchFailureKind::TimedOut,
        false => FetchFailureKind::Unreachable,
    }
}

fn kind_of_cause(cause: &(dyn Error + 'static)) -> Option<FetchFailureKind> {
    if cause.is::<RefusedAddress>() {
        return Some(FetchFailureKind::AddressRefused);
    }
    cause.is::<rustls::Error>().then_some(FetchFailureKind::Tls)
}
