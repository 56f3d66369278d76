//! Addresses: whether one may be asked at all, and who answers there.

use attesta_net::{FetchFailureKind, LoopbackAccess};
use url::{Host, Url};

use crate::error::WalletError;

/// Whether a link may be asked at all; the address it resolves to is checked again when it is.
pub(crate) fn check_link(link: &Url, loopback: LoopbackAccess) -> Result<(), WalletError> {
    let host = host_of(link);
    let refused = |failure| Err(WalletError::Fetch { host: host.clone(), failure });
    match (link.scheme(), is_loopback(link), loopback) {
        ("https", false, _) | ("https" | "http", true, LoopbackAccess::Allowed) => Ok(()),
        ("https" | "http", true, LoopbackAccess::Refused) => refused(FetchFailureKind::AddressRefused),
        _ => refused(FetchFailureKind::NotHttps),
    }
}

/// The host of a link, with its port where that is not the scheme's own.
pub(crate) fn host_of(link: &Url) -> String {
    match (link.host_str(), link.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => String::new(),
    }
}

fn is_loopback(link: &Url) -> bool {
    match link.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
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
