//! No connection is opened to an address that is refused, however it is named.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};

use attesta_net::FetchFailureKind::{AddressRefused, BadUrl, NotHttps, Unreachable};
use attesta_net::{HttpOptions, LoopbackAccess};

use crate::server::{Server, fetch, local};

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const PRIVATE: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));

fn public_only() -> HttpOptions {
    HttpOptions { loopback: LoopbackAccess::Refused, ..local() }
}

fn knowing(options: HttpOptions, name: &str, addresses: &[IpAddr]) -> HttpOptions {
    HttpOptions { hosts: BTreeMap::from([(name.to_owned(), addresses.to_vec())]), ..options }
}

fn counter() -> Server {
    Server::start(|connection| connection.answer("200 OK", "", b"reached"))
}

#[test]
fn this_machine_is_refused_in_every_spelling_and_never_connected_to() {
    let server = counter();
    let port = server.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "issuer.localhost",
        "localhost.",
        "0x7f000001",
        "2130706433",
        "127.1",
        "[::ffff:127.0.0.1]",
    ] {
        for scheme in ["http", "https"] {
            let url = format!("{scheme}://{host}:{port}/");
            assert_eq!(fetch(public_only(), &url), Err(AddressRefused), "{url}");
        }
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_name_that_leads_to_this_machine_is_refused_and_never_connected_to() {
    let server = counter();
    let url = format!("https://issuer.example:{}/", server.port());
    for address in [HERE, IpAddr::V6(Ipv4Addr::LOCALHOST.to_ipv6_mapped()), IpAddr::V6(Ipv6Addr::LOCALHOST), PRIVATE] {
        assert_eq!(fetch(knowing(public_only(), "issuer.example", &[address]), &url), Err(AddressRefused), "{address}");
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_name_that_mixes_in_a_private_address_is_refused_as_a_whole() {
    let server = counter();
    let url = format!("https://issuer.example:{}/", server.port());
    for addresses in [[HERE, PRIVATE], [PRIVATE, HERE]] {
        assert_eq!(fetch(knowing(local(), "issuer.example", &addresses), &url), Err(AddressRefused));
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_redirect_to_a_name_that_leads_into_a_private_network_is_refused() {
    let server = Server::start(|connection| connection.redirect("https://inside.example/"));
    assert_eq!(fetch(knowing(local(), "inside.example", &[PRIVATE]), &server.url("/")), Err(AddressRefused));
}

#[test]
fn plain_http_goes_to_no_name_but_localhost() {
    let server = counter();
    let url = format!("http://issuer.example:{}/", server.port());
    assert_eq!(fetch(knowing(local(), "issuer.example", &[HERE]), &url), Err(NotHttps));
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_password_in_the_address_is_refused_before_anybody_is_asked() {
    let server = counter();
    let url = format!("http://learner:secret@127.0.0.1:{}/", server.port());
    assert_eq!(fetch(local(), &url), Err(BadUrl));
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_host_without_addresses_or_without_a_listener_is_unreachable() {
    assert_eq!(fetch(knowing(local(), "issuer.example", &[]), "https://issuer.example/"), Err(Unreachable));
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    assert_eq!(fetch(local(), &format!("http://{closed}/")), Err(Unreachable));
}
