//! Servers that do not prove who they are.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::server::{Connection, Server, Stream};
use super::{Trial, check_all, trial};

const LOCALHOST: &[u8] = include_bytes!("certificates/localhost.der");
const EXPIRED: &[u8] = include_bytes!("certificates/expired.der");
const ELSEWHERE: &[u8] = include_bytes!("certificates/elsewhere.der");
const KEY: &[u8] = include_bytes!("certificates/server.pk8");
const AUTHORITY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/hostile/certificates/authority.pem");

/// Tries a link with the test's authority among those that the program trusts; Linux reads them from the environment.
fn trusting(trial: Trial) -> Trial {
    Trial { environment: vec![("SSL_CERT_FILE", AUTHORITY.to_owned())], ..trial }
}

/// A server that shows this certificate.
fn showing(certificate: &'static [u8], answer: fn(Connection)) -> Server {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the provider has them")
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(certificate)], PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(KEY)))
        .expect("a certificate and its key");
    let config = Arc::new(config);
    let wrap = move |stream: TcpStream| -> Option<Box<dyn Stream>> {
        Some(Box::new(StreamOwned::new(ServerConnection::new(Arc::clone(&config)).ok()?, stream)))
    };
    Server::wrapped(wrap, answer)
}

/// A server that does this with the bare connection.
fn raw(does: fn(TcpStream)) -> Server {
    Server::wrapped(
        move |stream| {
            does(stream);
            None
        },
        |_| {},
    )
}

#[cfg(target_os = "linux")]
#[test]
fn a_server_that_does_not_prove_who_it_is_is_told_nothing() {
    let credential: fn(Connection) = |connection| connection.ok("application/vc", b"{}");
    let known = showing(LOCALHOST, credential);
    let (expired, elsewhere) = (showing(EXPIRED, credential), showing(ELSEWHERE, credential));
    let (broken, silent) = (
        showing(LOCALHOST, |connection| connection.bare("")),
        raw(|mut stream| {
            let mut taken = [0; 4096];
            while stream.read(&mut taken).is_ok_and(|read| read > 0) {}
        }),
    );
    let plain = raw(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        let _ = stream.read(&mut [0; 4096]);
    });
    let hangs_up = raw(|mut stream| drop(stream.read(&mut [0; 4096])));
    let alerts = raw(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        // A fatal alert of TLS 1.2: handshake_failure.
        let _ = stream.write_all(&[21, 3, 3, 0, 2, 2, 40]);
    });
    let link = |server: &Server, host: &str| format!("https://{host}:{}/badge", server.port());
    check_all(vec![
        trial(link(&known, "localhost"), "tls_failed"),
        // It proves itself to who trusts its authority, and gives no credential: the failures here are those of proof.
        trusting(trial(link(&known, "localhost"), "not_a_credential")),
        trusting(trial(link(&known, "127.0.0.1"), "tls_failed")),
        trusting(trial(link(&expired, "localhost"), "tls_failed")),
        trusting(trial(link(&elsewhere, "localhost"), "tls_failed")),
        trusting(trial(link(&plain, "localhost"), "tls_failed")),
        trusting(trial(link(&alerts, "localhost"), "tls_failed")),
        trusting(trial(link(&hangs_up, "localhost"), "fetch_failed")),
        trusting(trial(link(&broken, "localhost"), "fetch_failed")),
        trusting(trial(link(&silent, "localhost"), "timed_out")),
    ]);
}
