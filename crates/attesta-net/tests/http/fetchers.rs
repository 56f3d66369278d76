//! Making a fetcher, and the two that ask nobody.

use std::time::Duration;

use attesta_net::fake::FakeFetcher;
use attesta_net::{
    Accept, Budget, Cancel, Fetch, FetchFailureKind, FetchRequest, HttpFetcher, HttpOptions, OfflineFetcher, StartError,
};

use crate::server::ample;

fn request(url: &str) -> FetchRequest {
    FetchRequest::new(url, Accept::Credential)
}

#[test]
fn options_that_cannot_be_used_are_refused_at_the_start() {
    let with_line_break = HttpFetcher::new(HttpOptions::new("Attesta\r\nCookie: a=b"));
    assert!(matches!(with_line_break, Err(StartError::UserAgent)), "{with_line_break:?}");
}

#[test]
fn a_fetcher_refuses_loopback_unless_it_is_told_otherwise() {
    let fetcher = HttpFetcher::new(HttpOptions::new("Attesta-test/1")).expect("a fetcher");
    let answers = fetcher.fetch(&[request("http://127.0.0.1:9/")], &ample());
    assert_eq!(answers, [Err(FetchFailureKind::AddressRefused)]);
}

#[test]
fn offline_every_answer_is_offline() {
    let answers = OfflineFetcher.fetch(&[request("https://a.example/"), request("no address")], &ample());
    assert_eq!(answers, [Err(FetchFailureKind::Offline), Err(FetchFailureKind::Offline)]);
}

#[test]
fn the_fake_answers_from_its_table_and_remembers_what_it_was_asked() {
    let fake = FakeFetcher::new();
    fake.answer("https://a.example/", "application/vc", *b"{}");
    fake.fail("https://b.example/", FetchFailureKind::Status(410));
    let asked = ["https://b.example/", "https://a.example/", "https://c.example/"];
    let answers = fake.fetch(&asked.map(request), &ample());
    let outcomes: Vec<_> = answers.into_iter().map(|answer| answer.map(|fetched| fetched.bytes)).collect();
    assert_eq!(outcomes, [Err(FetchFailureKind::Status(410)), Ok(b"{}".to_vec()), Err(FetchFailureKind::Unreachable)]);
    assert_eq!(fake.urls(), asked);
    assert_eq!(fake.requests(), asked.map(request));
    fake.forget_requests();
    assert_eq!(fake.requests(), []);
}

#[test]
fn the_fake_keeps_to_limit_budget_and_cancel_as_the_real_one_does() {
    let fake = FakeFetcher::new();
    fake.answer("https://a.example/", "application/vc", *b"12345");
    let one = |limit, budget: &Budget| {
        fake.fetch(&[FetchRequest { limit, ..request("https://a.example/") }], budget).remove(0).map(|_| ())
    };
    assert_eq!(one(5, &ample()), Ok(()));
    assert_eq!(one(4, &ample()), Err(FetchFailureKind::TooLarge));
    assert_eq!(one(5, &Budget::new(Duration::ZERO)), Err(FetchFailureKind::TimedOut));
    let cancel = Cancel::new();
    cancel.cancel();
    assert_eq!(one(5, &ample().with_cancel(cancel)), Err(FetchFailureKind::Cancelled));
    assert_eq!(fake.requests().len(), 2, "nobody is asked under a budget that is over");
}
