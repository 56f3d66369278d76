//! Whether an address may be asked at all, as an error of the wallet.

use attesta_claim::check;
use attesta_net::LoopbackAccess;
use url::Url;

use crate::error::WalletError;

pub(crate) use attesta_claim::host_of;

/// Whether a link may be asked at all; the address it resolves to is checked again when it is.
pub(crate) fn check_link(link: &Url, loopback: LoopbackAccess) -> Result<(), WalletError> {
    check(link, loopback).map_err(|refused| WalletError::Fetch { host: host_of(link), failure: refused.failure() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    #[track_caller]
    fn check(url: &str, loopback: LoopbackAccess, expected: Result<(), ErrorCode>) {
        let checked = check_link(&Url::parse(url).unwrap(), loopback);
        assert_eq!(checked.map_err(|error| error.code()), expected, "{url}");
    }

    #[test]
    fn plain_http_is_refused_except_to_this_machine_where_allowed() {
        use LoopbackAccess::{Allowed, Refused};
        for loopback in [Allowed, Refused] {
            check("https://college.example/claim", loopback, Ok(()));
            check("http://college.example/claim", loopback, Err(ErrorCode::NotHttps));
            check("file:///etc/passwd", loopback, Err(ErrorCode::NotHttps));
        }
        for url in
            ["http://127.0.0.1:4000/claim", "http://[::1]:4000/claim", "https://localhost/claim", "http://2130706433/"]
        {
            check(url, Refused, Err(ErrorCode::AddressRefused));
            check(url, Allowed, Ok(()));
        }
    }
}
