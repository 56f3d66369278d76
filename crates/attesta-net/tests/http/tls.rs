//! What a server must prove before anything is asked of it.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::sync::Arc;

use attesta_net::FetchFailureKind::{TimedOut, Tls, Unreachable};
use attesta_net::{FetchFailureKind, Fetched, HttpOptions};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::server::{Server, fetch, impatient, local};

const ROOT: &[u8] = include_bytes!("certificates/root.der");
const SERVER: &[u8] = include_bytes!("certificates/server.der");
const EXPIRED: &[u8] = include_bytes!("certificates/expired.der");
const KEY: &[u8] = include_bytes!("certificates/server.pk8");

/// A server that shows this certificate and answers `{}`.
fn showing(certificate: &'static [u8]) -> Server {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider has them")
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(certificate)], PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(KEY)))
        .expect("a certificate and its key");
    let config = Arc::new(config);
    Server::raw(move |stream| answer(stream, &config))
}

fn answer(stream: TcpStream, config: &Arc<ServerConfig>) {
    let session = ServerConnection::new(Arc::clone(config)).expect("a session");
    let mut stream = StreamOwned::new(session, stream);
    let mut request = [0; 4096];
    if stream.read(&mut request).is_ok_and(|read| read > 0) {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        stream.conn.send_close_notify();
        let _ = stream.flush();
    }
}

fn trusting(options: HttpOptions, roots: &[&[u8]]) -> HttpOptions {
    let here = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    HttpOptions {
        extra_roots: roots.iter().map(|root| root.to_vec()).collect(),
        hosts: BTreeMap::from([("issuer.example".to_owned(), here.clone()), ("other.example".to_owned(), here)]),
        ..options
    }
}

fn ask(server: &Server, host: &str, roots: &[&[u8]]) -> Result<Fetched, FetchFailureKind> {
    fetch(trusting(local(), roots), &format!("https://{host}:{}/", server.port()))
}

/// Linux alone takes extra authorities for any lifetime; elsewhere the system judges the certificate's form too.
#[cfg(target_os = "linux")]
#[test]
fn a_server_that_proves_its_name_is_asked() {
    let server = showing(SERVER);
    assert_eq!(ask(&server, "issuer.example", &[ROOT]).map(|fetched| fetched.bytes), Ok(b"{}".to_vec()));
}

#[test]
fn an_authority_that_nobody_knows_is_a_tls_failure() {
    assert_eq!(ask(&showing(SERVER), "issuer.example", &[]), Err(Tls));
}

#[test]
fn a_certificate_for_another_name_is_a_tls_failure() {
    let server = showing(SERVER);
    assert_eq!(ask(&server, "other.example", &[ROOT]), Err(Tls));
    assert_eq!(ask(&server, "127.0.0.1", &[ROOT]), Err(Tls));
}

#[test]
fn an_expired_certificate_is_a_tls_failure() {
    assert_eq!(ask(&showing(EXPIRED), "issuer.example", &[ROOT]), Err(Tls));
}

#[test]
fn a_server_that_speaks_plain_http_is_a_tls_failure() {
    let server = Server::raw(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        let _ = stream.read(&mut [0; 4096]);
    });
    assert_eq!(ask(&server, "issuer.example", &[ROOT]), Err(Tls));
}

#[test]
fn a_server_that_hangs_up_during_the_handshake_is_unreachable() {
    let server = Server::raw(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
    });
    assert_eq!(ask(&server, "issuer.example", &[ROOT]), Err(Unreachable));
}

#[test]
fn a_handshake_that_never_ends_is_ended_in_time() {
    let server = Server::raw(|mut stream| {
        let mut taken = [0; 4096];
        while stream.read(&mut taken).is_ok_and(|read| read > 0) {}
    });
    let url = format!("https://issuer.example:{}/", server.port());
    assert_eq!(fetch(trusting(impatient(), &[ROOT]), &url), Err(TimedOut));
}

/// Reads the system's certificates from a file that is named in the environment, which Linux alone does.
#[cfg(target_os = "linux")]
#[test]
fn a_system_without_certificates_trusts_nobody_and_still_reaches_loopback_issuers() {
    let without_certificates = |test: &str| {
        let mut child = std::process::Command::new(std::env::current_exe().expect("this program"));
        child.args(["--exact", test]).env("SSL_CERT_FILE", "/nowhere/certificates").env("SSL_CERT_DIR", "/nowhere");
        let output = child.output().expect("the test ran");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    };
    without_certificates("tls::an_authority_that_nobody_knows_is_a_tls_failure");
    without_certificates("plain::an_answer_comes_with_its_bytes_type_and_address");
}
