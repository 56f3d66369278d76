//! Which addresses are public: the filter against requests into the learner's own network.
//!
//! The tables follow the IANA special-purpose registries for
//! [IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry/) and
//! [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry/). Where a block is reserved with exceptions
//! inside it, the whole block is refused: no issuer is hosted there.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use attesta_verify::LoopbackAccess;

/// Where an address leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// To a host of the public internet.
    Public,
    /// To this machine.
    Loopback,
    /// To the local network, to many hosts at once, or to nowhere.
    Special,
}

impl Reach {
    /// Where `address` leads.
    pub(crate) fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => v4(address),
            IpAddr::V6(address) => v6(address),
        }
    }

    /// Whether the caller's rules let a connection go there.
    pub(crate) fn admitted(self, loopback: LoopbackAccess) -> bool {
        match (self, loopback) {
            (Reach::Public, _) | (Reach::Loopback, LoopbackAccess::Allowed) => true,
            (Reach::Loopback, LoopbackAccess::Refused) | (Reach::Special, _) => false,
        }
    }
}

fn v4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        [127, ..] => Reach::Loopback,
        [0, ..] // this network
        | [10, ..] // private
        | [100, 64..=127, ..] // shared behind a carrier's NAT
        | [169, 254, ..] // link-local, and the metadata service of many hosting networks
        | [172, 16..=31, ..] // private
        | [192, 0, 0, _] // protocol assignments
        | [192, 0, 2, _] // documentation
        | [192, 88, 99, _] // 6to4 relays, withdrawn
        | [192, 168, ..] // private
        | [198, 18..=19, ..] // benchmarks
        | [198, 51, 100, _] // documentation
        | [203, 0, 113, _] // documentation
        | [224..=255, ..] => Reach::Special, // multicast, reserved, broadcast
        _ => Reach::Public,
    }
}

fn v6(address: Ipv6Addr) -> Reach {
    if address.is_loopback() {
        return Reach::Loopback;
    }
    match address.segments() {
        // IPv4-mapped: the connection goes to the IPv4 address.
        [0, 0, 0, 0, 0, 0xffff, high, low] => v4(embedded(high, low)),
        // NAT64 of RFC 6052: a network without IPv4 reaches every IPv4 host this way.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => not_loopback(v4(embedded(high, low))),
        // 6to4: the packet is handed to the IPv4 address inside.
        [0x2002, high, low, ..] => not_loopback(v4(embedded(high, low))),
        [0x2001, 0..=0x1ff, ..] // protocol assignments, Teredo among them
        | [0x2001, 0xdb8, ..] // documentation
        | [0x3fff, 0..=0xfff, ..] => Reach::Special, // documentation
        [0x2000..=0x3fff, ..] => Reach::Public,
        // Outside 2000::/3 nothing is assigned as global unicast: unique local, link-local, multicast and the rest.
        _ => Reach::Special,
    }
}

fn embedded(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))
}

/// A translator that is handed 127.0.0.1 reaches its own machine, not ours.
fn not_loopback(reach: Reach) -> Reach {
    match reach {
        Reach::Public => Reach::Public,
        Reach::Loopback | Reach::Special => Reach::Special,
    }
}

#[cfg(test)]
mod tests {
    use super::Reach;

    #[track_caller]
    fn check(reach: Reach, addresses: &[&str]) {
        for address in addresses {
            let parsed = address.parse().expect("an address of the table");
            assert_eq!(Reach::of(parsed), reach, "{address}");
        }
    }

    #[test]
    fn public_addresses_are_public_up_to_the_edges_of_each_reserved_block() {
        check(
            Reach::Public,
            &[
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.0.1.0",
                "192.0.3.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:200::1",
                "2606:4700:4700::1111",
                "2a00::1",
                "3fff:1000::1",
            ],
        );
    }

    #[test]
    fn loopback_addresses_are_told_apart() {
        check(Reach::Loopback, &["127.0.0.0", "127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"]);
    }

    #[test]
    fn private_reserved_and_documentation_ipv4_blocks_are_special() {
        check(
            Reach::Special,
            &[
                "0.0.0.0",
                "0.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "169.254.0.0",
                "169.254.169.254",
                "172.16.0.0",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.0",
                "192.168.255.255",
                "198.18.0.0",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
            ],
        );
    }

    #[test]
    fn special_ipv6_blocks_are_special() {
        check(
            Reach::Special,
            &[
                "::",
                "::7f00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:20::1",
                "2001:db8::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fdff::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
            ],
        );
    }

    #[test]
    fn an_ipv4_address_inside_an_ipv6_one_is_judged_as_what_it_is() {
        check(Reach::Public, &["::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:101:101::1"]);
        check(
            Reach::Special,
            &[
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "64:ff9b::10.0.0.1",
                "64:ff9b::127.0.0.1",
                "2002:a00:1::1",
                "2002:7f00:1::1",
                "2002:c0a8:101::1",
            ],
        );
    }
}
