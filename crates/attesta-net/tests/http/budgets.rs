//! A caller's time and its end.

use std::thread;
use std::time::{Duration, Instant};

use attesta_net::FetchFailureKind::{Cancelled, TimedOut};
use attesta_net::{Accept, Budget, Cancel, Fetch, FetchRequest, HttpFetcher};

use crate::server::{BOUND, Connection, SHORT, Server, local};

fn requests(server: &Server, number: usize) -> Vec<FetchRequest> {
    (0..number).map(|n| FetchRequest::new(server.url(&format!("/{n}")), Accept::Credential)).collect()
}

#[test]
fn a_budget_ends_all_fetches_even_those_whose_turn_has_not_come() {
    let server = Server::start(Connection::hold);
    let fetcher = HttpFetcher::new(local()).expect("a fetcher");
    let begun = Instant::now();
    let answers = fetcher.fetch(&requests(&server, 20), &Budget::new(SHORT));
    assert!(begun.elapsed() < BOUND, "it took {:?}", begun.elapsed());
    assert_eq!(answers, vec![Err(TimedOut); 20]);
}

#[test]
fn a_budget_that_is_over_asks_nobody() {
    let server = Server::start(|connection| connection.answer("200 OK", "", b"{}"));
    let fetcher = HttpFetcher::new(local()).expect("a fetcher");
    assert_eq!(fetcher.fetch(&requests(&server, 3), &Budget::new(Duration::ZERO)), vec![Err(TimedOut); 3]);
    assert_eq!(server.connections(), 0);
}

#[test]
fn one_budget_covers_fetches_one_after_the_other() {
    let server = Server::start(Connection::hold);
    let fetcher = HttpFetcher::new(local()).expect("a fetcher");
    let budget = Budget::new(SHORT);
    let begun = Instant::now();
    for _ in 0..100 {
        assert_eq!(fetcher.fetch(&requests(&server, 1), &budget), vec![Err(TimedOut)]);
    }
    assert!(begun.elapsed() < BOUND, "it took {:?}", begun.elapsed());
    assert_eq!(budget.remaining(), Duration::ZERO);
}

#[test]
fn cancelling_stops_running_and_waiting_fetches() {
    let server = Server::start(Connection::hold);
    let fetcher = HttpFetcher::new(local()).expect("a fetcher");
    let cancel = Cancel::new();
    let budget = Budget::new(Duration::from_secs(60)).with_cancel(cancel.clone());
    let begun = Instant::now();
    let answers = thread::scope(|scope| {
        scope.spawn(|| {
            while server.connections() == 0 {
                thread::sleep(Duration::from_millis(10));
            }
            cancel.cancel();
        });
        fetcher.fetch(&requests(&server, 20), &budget)
    });
    assert!(begun.elapsed() < BOUND, "it took {:?}", begun.elapsed());
    assert_eq!(answers, vec![Err(Cancelled); 20]);
}

#[test]
fn what_was_cancelled_before_asks_nobody() {
    let server = Server::start(|connection| connection.answer("200 OK", "", b"{}"));
    let fetcher = HttpFetcher::new(local()).expect("a fetcher");
    let cancel = Cancel::new();
    cancel.cancel();
    let budget = Budget::new(Duration::from_secs(60)).with_cancel(cancel);
    assert_eq!(fetcher.fetch(&requests(&server, 3), &budget), vec![Err(Cancelled); 3]);
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_budget_of_any_length_can_be_made() {
    assert!(Budget::new(Duration::MAX).remaining() > Duration::from_secs(1_000_000));
}
