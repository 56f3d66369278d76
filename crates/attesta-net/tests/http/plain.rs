//! Servers that behave.

use std::process::Command;

use attesta_net::{Accept, Fetch, FetchRequest, Fetched, HttpFetcher};

use crate::server::{Server, ample, fetch, local};

#[test]
fn an_answer_comes_with_its_bytes_type_and_address() {
    let body = b"\xEF\xBB\xBF{ \"a\" :\t1.0e0 }\r\n\x00\xff";
    let server = Server::start(|connection| connection.answer("200 OK", "Content-Type: application/VC; x=1\r\n", body));
    let expected = Fetched {
        bytes: body.to_vec(),
        media_type: Some("application/VC; x=1".to_owned()),
        final_url: server.url("/badge?n=1"),
    };
    assert_eq!(fetch(local(), &server.url("/badge?n=1#part")), Ok(expected));
}

#[test]
fn an_answer_without_a_type_or_body_is_an_answer() {
    let server = Server::start(|connection| connection.answer("200 OK", "", b""));
    let fetched = fetch(local(), &server.url("/")).expect("an answer");
    assert_eq!((fetched.bytes, fetched.media_type), (Vec::new(), None));
}

#[test]
fn localhost_is_this_machine_by_name() {
    let server = Server::start(|connection| connection.answer("200 OK", "", b"here"));
    for host in ["localhost", "LOCALHOST", "issuer.localhost", "localhost."] {
        let fetched = fetch(local(), &format!("http://{host}:{}/", server.port())).expect(host);
        assert_eq!(fetched.bytes, b"here", "{host}");
    }
}

#[test]
fn a_request_says_what_is_wanted_and_nothing_about_the_learner() {
    let server = Server::start(|connection| connection.answer("200 OK", "Set-Cookie: id=1\r\n", b"{}"));
    let fetcher = HttpFetcher::new(local()).expect("a fetcher");
    for accept in [Accept::Credential, Accept::ControlledIdentifierDocument, Accept::StatusListCredential] {
        fetcher.fetch(&[FetchRequest::new(server.url("/"), accept)], &ample()).remove(0).expect("an answer");
        let head = server.heads().pop().expect("a request").to_ascii_lowercase();
        let mut names: Vec<&str> = head.lines().skip(1).filter_map(|line| Some(line.split_once(':')?.0)).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"], "{head}");
        assert!(head.contains("user-agent: attesta-test/1\r\n"), "{head}");
        assert!(head.contains("accept-encoding: gzip\r\n"), "{head}");
        assert!(head.contains(&format!("accept: {}\r\n", accept.header())), "{head}");
    }
}

#[test]
fn a_claim_prefers_the_credential_to_the_picture_and_the_picture_to_the_page() {
    let header = Accept::Credential.header();
    let weight = |wanted: &str| -> f32 {
        let mut kinds = header.split(", ").map(|kind| kind.split_once(";q=").unwrap_or((kind, "1")));
        let (_, weight) = kinds.find(|(kind, _)| *kind == wanted).expect(wanted);
        weight.parse().expect("a weight")
    };
    let order = ["application/vc", "application/json", "image/png", "text/html", "*/*"].map(weight);
    assert!(order.is_sorted_by(|one, next| one > next), "{order:?}");
}

#[test]
fn the_environment_s_proxy_is_not_used() {
    let proxy = Server::start(|connection| connection.answer("200 OK", "", b"through the proxy"));
    let address = format!("http://127.0.0.1:{}", proxy.port());
    // Another test of this file in a process with that environment; changing our own would change it for all tests.
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args(["--exact", "plain::an_answer_comes_with_its_bytes_type_and_address"]);
    for name in ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        child.env(name, &address);
    }
    let output = child.env_remove("no_proxy").env_remove("NO_PROXY").output().expect("the test ran");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(proxy.connections(), 0);
}
