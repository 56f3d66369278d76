//! Which addresses may be asked at all. What a name resolves to is checked again when it is.

use core::net::{Ipv4Addr, Ipv6Addr};

use attesta_verify::LoopbackAccess;
use url::{Host, Url};

use crate::link::RefusedLink;

/// Whether an address may be asked, as far as it says so itself.
///
/// # Errors
/// [`RefusedLink`] for anything but https to a public host, and http or https to this machine where that is allowed.
pub fn check(url: &Url, loopback: LoopbackAccess) -> Result<(), RefusedLink> {
    if !matches!(url.scheme(), "https" | "http") {
        return Err(RefusedLink::NotHttps);
    }
    let Some(host) = url.host() else { return Err(RefusedLink::Malformed) };
    // A name before an at sign is there to be taken for the host.
    if !url.username().is_empty() || url.password().is_some() {
        return Err(RefusedLink::Malformed);
    }
    match (url.scheme(), place(&host), loopback) {
        ("https" | "http", Place::ThisMachine, LoopbackAccess::Allowed) | ("https", Place::Public, _) => Ok(()),
        ("https" | "http", Place::ThisMachine | Place::PrivateNetwork, _) => Err(RefusedLink::PrivateAddress),
        _ => Err(RefusedLink::NotHttps),
    }
}

/// The host of an address, with its port where that is not the scheme's own.
pub fn host_of(url: &Url) -> String {
    match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => String::new(),
    }
}

/// Whether what a page links to may be on this machine: only where the page itself is.
pub(crate) fn loopback_of(page: &Url) -> LoopbackAccess {
    match page.host().map(|host| place(&host)) {
        Some(Place::ThisMachine) => LoopbackAccess::Allowed,
        _ => LoopbackAccess::Refused,
    }
}

/// Where a host is, as far as it says so itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    ThisMachine,
    PrivateNetwork,
    Public,
}

fn place(host: &Host<&str>) -> Place {
    match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            match name == "localhost" || name.ends_with(".localhost") {
                true => Place::ThisMachine,
                false => Place::Public,
            }
        }
        Host::Ipv4(address) => of_ipv4(*address),
        Host::Ipv6(address) => of_ipv6(*address),
    }
}

fn of_ipv4(address: Ipv4Addr) -> Place {
    let shared = address.octets()[0] == 100 && address.octets()[1] & 0xc0 == 64;
    match () {
        () if address.is_loopback() => Place::ThisMachine,
        () if address.is_private()
            || address.is_link_local()
            || address.is_unspecified()
            || address.is_broadcast()
            || address.is_multicast()
            || address.octets()[0] == 0
            || shared =>
        {
            Place::PrivateNetwork
        }
        () => Place::Public,
    }
}

fn of_ipv6(address: Ipv6Addr) -> Place {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return of_ipv4(mapped);
    }
    match () {
        () if address.is_loopback() => Place::ThisMachine,
        () if address.is_unspecified()
            || address.is_multicast()
            || address.is_unique_local()
            || address.is_unicast_link_local() =>
        {
            Place::PrivateNetwork
        }
        () => Place::Public,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_address(url: &str, loopback: LoopbackAccess, expected: Result<(), RefusedLink>) {
        assert_eq!(check(&Url::parse(url).unwrap(), loopback), expected, "{url}");
    }

    #[test]
    fn only_https_to_public_addresses_is_asked() {
        use LoopbackAccess::Refused;
        check_address("https://college.example/claim", Refused, Ok(()));
        check_address("https://93.184.216.34/", Refused, Ok(()));
        check_address("http://college.example/claim", Refused, Err(RefusedLink::NotHttps));
        check_address("ftp://college.example/claim", Refused, Err(RefusedLink::NotHttps));
        for private in [
            "https://localhost/claim",
            "https://LOCALHOST./claim",
            "https://wallet.localhost/claim",
            "http://127.0.0.1:4000/claim",
            "http://2130706433/claim",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://10.1.2.3/",
            "https://192.168.0.1/",
            "https://169.254.169.254/latest/",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://[fd00::1]/",
            "https://[fe80::1]/",
        ] {
            check_address(private, Refused, Err(RefusedLink::PrivateAddress));
        }
    }

    #[test]
    fn where_it_is_allowed_this_machine_is_asked_and_no_other_private_one() {
        use LoopbackAccess::Allowed;
        check_address("http://127.0.0.1:4000/claim", Allowed, Ok(()));
        check_address("http://[::1]:4000/claim", Allowed, Ok(()));
        check_address("http://localhost:4000/claim", Allowed, Ok(()));
        check_address("http://college.example/claim", Allowed, Err(RefusedLink::NotHttps));
        check_address("http://192.168.0.1/claim", Allowed, Err(RefusedLink::PrivateAddress));
    }

    #[test]
    fn a_host_that_hides_behind_a_name_is_refused() {
        check_address("https://college.example@evil.example/", LoopbackAccess::Refused, Err(RefusedLink::Malformed));
        check_address("https://a:b@evil.example/", LoopbackAccess::Refused, Err(RefusedLink::Malformed));
    }
}
