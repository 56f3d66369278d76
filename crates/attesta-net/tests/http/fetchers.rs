//! Making a fetcher, and the two that ask nobody.

use std::time::Duration;

use attesta_net::fake::FakeFetcher;
use attesta_net::{
    Accept, Answered, Ask, Budget, Cancel, Fetch, FetchFailureKind, FetchRequest, HttpFetcher, HttpOptions, Method,
    OfflineFetcher, StartError,
};

use crate::server::ample;

fn ask(method: Method, url: &str) -> Ask {
    Ask { method, url: url.to_owned(), accept: "a/b".to_owned(), bearer: None, body: None, limit: 5 }
}

fn status(answer: Result<Answered, FetchFailureKind>) -> Result<u16, FetchFailureKind> {
    answer.map(|answered| answered.status)
}

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
    for method in [Method::Get, Method::Post] {
        assert_eq!(
            status(OfflineFetcher.ask(&ask(method, "https://a.example/"), &ample())),
            Err(FetchFailureKind::Offline)
        );
    }
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

#[test]
fn the_fake_answers_a_conversation_from_its_script_once_each() {
    let (fake, url) = (FakeFetcher::new(), "https://a.example/");
    fake.reply(Method::Post, url, 202, "application/json", *b"{}");
    fake.reply(Method::Post, url, 404, "application/json", *b"longer than the limit");
    fake.script(Method::Post, url, Err(FetchFailureKind::Tls));
    let post = Ask { bearer: Some("token".to_owned()), ..ask(Method::Post, url) };
    let answers: Vec<_> = (0..4).map(|_| status(fake.ask(&post, &ample()))).collect();
    assert_eq!(answers, [Ok(202), Ok(404), Err(FetchFailureKind::Tls), Err(FetchFailureKind::Unreachable)]);
    assert_eq!(status(fake.ask(&ask(Method::Get, url), &ample())), Err(FetchFailureKind::Unreachable));
    assert!(fake.asks()[0] == post && fake.asks().len() == 5);
    assert_eq!(fake.urls(), [url; 5]);
    assert_eq!(fake.requests(), [], "nothing was fetched");
}

#[test]
fn the_fake_answers_a_get_of_a_conversation_from_its_table_where_there_is_no_script() {
    let fake = FakeFetcher::new();
    fake.answer("https://a.example/", "application/vc", *b"12345");
    fake.answer("https://long.example/", "application/vc", *b"123456");
    fake.fail("https://gone.example/", FetchFailureKind::Status(410));
    fake.fail("https://part.example/", FetchFailureKind::Status(206));
    fake.fail("https://down.example/", FetchFailureKind::TimedOut);
    fake.reply(Method::Get, "https://a.example/", 200, "a/b", *b"once");
    let get = |url: &str| fake.ask(&ask(Method::Get, url), &ample());
    let bytes = |answer: Result<Answered, FetchFailureKind>| answer.map(|answered| answered.bytes);
    assert_eq!(bytes(get("https://a.example/")), Ok(b"once".to_vec()));
    assert_eq!(bytes(get("https://a.example/")), Ok(b"12345".to_vec()));
    assert_eq!(status(get("https://long.example/")), Err(FetchFailureKind::TooLarge));
    assert_eq!(status(get("https://gone.example/")), Ok(410));
    assert_eq!(status(get("https://part.example/")), Err(FetchFailureKind::Status(206)));
    assert_eq!(status(get("https://down.example/")), Err(FetchFailureKind::TimedOut));
    assert_eq!(
        status(fake.ask(&ask(Method::Post, "https://a.example/"), &ample())),
        Err(FetchFailureKind::Unreachable)
    );
    assert_eq!(
        status(fake.ask(&ask(Method::Get, "https://a.example/"), &Budget::new(Duration::ZERO))),
        Err(FetchFailureKind::TimedOut)
    );
}
