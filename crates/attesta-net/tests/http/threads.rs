//! Several fetches at once, and callers of every kind.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use attesta_net::FetchFailureKind::{BadUrl, NotHttps, Status};
use attesta_net::limits::AT_ONCE;
use attesta_net::{Accept, Fetch, FetchRequest, HttpFetcher};

use crate::server::{Server, ample, local};

fn request(url: String) -> FetchRequest {
    FetchRequest::new(url, Accept::Credential)
}

#[test]
fn answers_come_in_the_order_of_the_requests_whichever_is_first() {
    let server = Server::start(|connection| {
        let number: u64 = connection.path.trim_start_matches('/').parse().unwrap_or(0);
        thread::sleep(Duration::from_millis(60 - 3 * number));
        let body = connection.path.clone();
        connection.answer("200 OK", "", body.as_bytes());
    });
    let fetcher = HttpFetcher::new(local()).expect("a fetcher");
    let requests: Vec<_> = (0..20).map(|number| request(server.url(&format!("/{number}")))).collect();
    let answers = fetcher.fetch(&requests, &ample());
    let bodies: Vec<String> =
        answers.into_iter().map(|answer| String::from_utf8(answer.expect("an answer").bytes).expect("text")).collect();
    assert_eq!(bodies, (0..20).map(|number| format!("/{number}")).collect::<Vec<_>>());
}

#[test]
fn each_request_has_its_own_answer() {
    let server = Server::start(|connection| match connection.path.as_str() {
        "/gone" => connection.answer("410 Gone", "", b""),
        _ => connection.answer("200 OK", "", b"{}"),
    });
    let fetcher = HttpFetcher::new(local()).expect("a fetcher");
    let urls = [server.url("/"), server.url("/gone"), "http://issuer.example/".to_owned(), "no address".to_owned()];
    let answers = fetcher.fetch(&urls.map(request), &ample());
    let outcomes: Vec<_> = answers.into_iter().map(|answer| answer.map(|fetched| fetched.bytes)).collect();
    assert_eq!(outcomes, [Ok(b"{}".to_vec()), Err(Status(410)), Err(NotHttps), Err(BadUrl)]);
    assert_eq!(fetcher.fetch(&[], &ample()), []);
}

#[test]
fn as_many_run_at_once_as_the_limit_says_and_no_more() {
    let gate = Arc::new((Mutex::new(0), Condvar::new()));
    let most = Arc::new(AtomicUsize::new(0));
    let server = {
        let (gate, most) = (Arc::clone(&gate), Arc::clone(&most));
        Server::start(move |connection| {
            let (running, changed) = &*gate;
            let mut now = running.lock().expect("no panic");
            *now += 1;
            most.fetch_max(*now, Ordering::SeqCst);
            changed.notify_all();
            // Holds everybody until the limit is reached, then lets a ninth show itself if there is one.
            let full = |now: &mut usize| *now < AT_ONCE && most.load(Ordering::SeqCst) < AT_ONCE;
            let (guard, _) = changed.wait_timeout_while(now, Duration::from_secs(5), full).expect("no panic");
            drop(guard);
            thread::sleep(Duration::from_millis(100));
            *running.lock().expect("no panic") -= 1;
            connection.answer("200 OK", "", b"{}");
        })
    };
    let fetcher = HttpFetcher::new(local()).expect("a fetcher");
    let requests: Vec<_> = (0..20).map(|number| request(server.url(&format!("/{number}")))).collect();
    assert!(fetcher.fetch(&requests, &ample()).iter().all(Result::is_ok));
    assert_eq!(most.load(Ordering::SeqCst), AT_ONCE);
}

#[test]
fn many_threads_can_use_one_fetcher() {
    let server = Server::start(|connection| {
        let body = connection.path.clone();
        connection.answer("200 OK", "", body.as_bytes());
    });
    let fetcher = HttpFetcher::new(local()).expect("a fetcher");
    thread::scope(|scope| {
        for number in 0..8 {
            let (fetcher, server) = (&fetcher, &server);
            scope.spawn(move || {
                let path = format!("/{number}");
                let fetched = fetcher.fetch(&[request(server.url(&path))], &ample()).remove(0).expect("an answer");
                assert_eq!(fetched.bytes, path.as_bytes());
            });
        }
    });
}

#[test]
fn a_fetcher_can_be_made_used_and_dropped_inside_another_runtime() {
    let server = Server::start(|connection| connection.answer("200 OK", "", b"{}"));
    let url = server.url("/");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let fetch = move || {
        let fetcher = HttpFetcher::new(local()).expect("a fetcher");
        fetcher.fetch(&[request(url.clone())], &ample()).remove(0).is_ok()
    };
    let blocking = fetch.clone();
    assert!(runtime.block_on(async { tokio::task::spawn_blocking(blocking).await.expect("no panic") }));
    assert!(runtime.block_on(async { fetch() }));
}
