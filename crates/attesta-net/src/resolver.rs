//! Names to addresses, with every address that is not public refused.
//!
//! The check stands inside the resolver that the connection itself uses, so there is no moment between checking an
//! address and connecting to it in which a name could point elsewhere (DNS rebinding).

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use attesta_verify::LoopbackAccess;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::Reach;
use crate::target::is_localhost;

/// A name led to an address that is not public.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to an address that is not public")]
pub(crate) struct RefusedAddress;

/// Asks the system's resolver and lets only public addresses through; loopback where it is allowed.
#[derive(Debug)]
pub(crate) struct PublicResolver {
    loopback: LoopbackAccess,
    hosts: Arc<BTreeMap<String, Vec<IpAddr>>>,
}

impl PublicResolver {
    /// A resolver that answers the names in `hosts` from there and all others by the system.
    pub(crate) fn new(loopback: LoopbackAccess, hosts: BTreeMap<String, Vec<IpAddr>>) -> Self {
        PublicResolver { loopback, hosts: Arc::new(hosts) }
    }
}

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let loopback = self.loopback;
        let hosts = Arc::clone(&self.hosts);
        Box::pin(async move {
            let found = addresses(name.as_str(), &hosts).await?;
            let admitted: Addrs = Box::new(admit(found, loopback)?.into_iter());
            Ok(admitted)
        })
    }
}

/// All addresses of a name; the port 0 in each is replaced by that of the request.
async fn addresses(name: &str, hosts: &BTreeMap<String, Vec<IpAddr>>) -> std::io::Result<Vec<SocketAddr>> {
    if let Some(found) = hosts.get(name) {
        return Ok(found.iter().map(|address| SocketAddr::new(*address, 0)).collect());
    }
    if is_localhost(name) {
        // Plain http is let through to these names, so no resolver's word may send them elsewhere.
        return Ok(vec![(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()]);
    }
    Ok(tokio::net::lookup_host((name, 0)).await?.collect())
}

/// Refuses the whole answer if any address in it is: a public name that mixes in a private one is an attempt.
fn admit(found: Vec<SocketAddr>, loopback: LoopbackAccess) -> Result<Vec<SocketAddr>, RefusedAddress> {
    match found.iter().all(|address| Reach::of(address.ip()).admitted(loopback)) {
        true => Ok(found),
        false => Err(RefusedAddress),
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use attesta_verify::LoopbackAccess::{self, Allowed, Refused};

    use super::admit;

    #[track_caller]
    fn check(addresses: &[&str], loopback: LoopbackAccess, admitted: bool) {
        let found: Vec<SocketAddr> =
            addresses.iter().map(|address| SocketAddr::new(address.parse().expect("an address"), 0)).collect();
        assert_eq!(admit(found, loopback).is_ok(), admitted, "{addresses:?} {loopback:?}");
    }

    #[test]
    fn a_name_with_public_addresses_only_is_admitted() {
        check(&["1.1.1.1", "2606:4700::1111"], Refused, true);
    }

    #[test]
    fn one_refused_address_among_public_ones_refuses_the_name() {
        check(&["1.1.1.1", "10.0.0.1"], Refused, false);
        check(&["10.0.0.1", "1.1.1.1"], Allowed, false);
        check(&["1.1.1.1", "fe80::1"], Refused, false);
        check(&["1.1.1.1", "127.0.0.1"], Refused, false);
    }

    #[test]
    fn loopback_is_admitted_only_where_it_is_allowed() {
        check(&["127.0.0.1", "::1"], Refused, false);
        check(&["127.0.0.1", "::1"], Allowed, true);
    }
}
