//! Copies at a VerifierPlus: published, refused, withdrawn, and left as they are where the host does not say that it
//! forgot.

use attesta_net::{FetchFailureKind, Method};
use serde_json::{Value, json};

use super::giving::{bundle_of, request};
use super::world::*;
use crate::command::{SaveShare, ShareFile};
use crate::error::WalletError;
use crate::view::{ChangeSettings, ShareForm, ShareView, Stopping};

pub(super) const HOST: &str = "https://vp.example";
pub(super) const PUBLISH: &str = "https://vp.example/api/credentials";
pub(super) const UNSHARE: &str = "https://vp.example/api/credentials/9c6a";

/// A world whose learner has set a host.
pub(super) fn published_at(base: &str) -> World {
    let world = World::new();
    let change = ChangeSettings { publisher_url: Some(base.to_owned()), ..ChangeSettings::default() };
    world.wallet.change_settings(&change).unwrap();
    world
}

pub(super) fn receipt() -> String {
    json!({
        "status": "success",
        "url": {
            "view": "/credentials/9c6a",
            "get": "/api/credentials/9c6a",
            "unshare": "/api/credentials/9c6a",
        },
    })
    .to_string()
}

pub(super) fn publish(world: &World, bundle: &str) -> Result<ShareView, WalletError> {
    world.wallet.share_bundle(&request(bundle, ShareForm::Hosted))
}

#[test]
fn a_copy_is_published_whole_at_the_host_alone_and_noted_with_its_link() {
    let world = published_at("https://vp.example/");
    let bundle = bundle_of(&world, &[1, 2]);
    world.web.reply(Method::Post, PUBLISH, 201, "application/json", receipt());
    world.web.forget_requests();
    let share = publish(&world, &bundle).unwrap();
    assert_eq!(share.link.as_deref(), Some("https://vp.example/credentials/9c6a"));
    assert_eq!((share.stopping, share.opens_in_browser, share.count), (Stopping::Possible, true, 2));
    assert!(share.qr_version.unwrap() <= 10 && share.qr_svg.is_some());
    assert_eq!(world.web.urls(), [PUBLISH], "nobody else is asked");
    let asks = world.web.asks();
    let (media_type, sent) = asks[0].body.clone().unwrap();
    assert_eq!(media_type, "application/json");
    let kept = SaveShare { id: share.id.clone(), file: ShareFile::Json, language: None, paper: None };
    let kept = world.wallet.share_content(&kept).unwrap().bytes;
    assert_eq!(sent, [br#"{"vp":"#, kept.as_slice(), b"}"].concat(), "what was sent is what is kept, to the byte");
    let sent: Value = serde_json::from_slice(&sent).unwrap();
    assert!(sent["vp"]["holder"].as_str().unwrap().starts_with("did:key:"));
    assert_eq!(world.wallet.list_shares().unwrap(), [share]);
}

#[test]
fn without_a_host_nothing_is_published() {
    let world = World::new();
    let bundle = bundle_of(&world, &[1]);
    world.web.forget_requests();
    assert_eq!(publish(&world, &bundle).unwrap_err(), WalletError::PublisherNotSet);
    assert!(world.web.urls().is_empty());
}

#[test]
fn a_host_on_this_machine_is_set_only_where_that_is_allowed() {
    let world = World::new();
    for base in ["http://127.0.0.1:4000", "https://localhost/", "http://vp.example/", "ftp://vp.example/", "vp.example"]
    {
        let change = ChangeSettings { publisher_url: Some(base.to_owned()), ..ChangeSettings::default() };
        let error = world.wallet.change_settings(&change).unwrap_err();
        assert_eq!(error.code().as_str(), "address_not_allowed", "{base}");
    }
    assert_eq!(world.wallet.settings().unwrap().publisher_url, None);
}

/// An answer to what is published leaves nothing noted.
#[track_caller]
fn check_refused(status: u16, body: &str, code: &str) {
    let world = published_at(HOST);
    let bundle = bundle_of(&world, &[1]);
    world.web.reply(Method::Post, PUBLISH, status, "application/json", body);
    assert_eq!(publish(&world, &bundle).unwrap_err().code().as_str(), code, "{status} {body:.60}");
    assert!(world.wallet.list_shares().unwrap().is_empty());
    assert!(world.web.asks().iter().all(|ask| ask.url == PUBLISH), "no other address is asked");
}

#[test]
fn whatever_else_a_host_answers_is_told_and_nothing_is_noted() {
    for status in [301, 302, 307, 308, 400, 401, 403, 404, 405, 410, 413, 429, 500, 503] {
        check_refused(status, &receipt(), "publisher_refused");
    }
    let elsewhere = |view: &str| json!({"url": {"view": view, "unshare": "/api/credentials/1"}}).to_string();
    for body in [
        "",
        "<html><body>Created</body></html>",
        "{}",
        r#"{"status":"success"}"#,
        &elsewhere("https://evil.example/credentials/1"),
        &elsewhere("//evil.example/credentials/1"),
        &elsewhere("javascript:alert(1)"),
        &elsewhere("http://vp.example/credentials/1"),
        &json!({"url": {"view": "/credentials/1", "unshare": "https://evil.example/1"}}).to_string(),
        &format!("{}{}", receipt(), " ".repeat(70_000)),
    ] {
        check_refused(201, body, "publisher_not_understood");
    }
}

#[test]
fn a_host_that_gives_no_answer_is_named_with_the_reason() {
    for (failure, code) in [
        (FetchFailureKind::Unreachable, "publisher_unreachable"),
        (FetchFailureKind::TimedOut, "publisher_unreachable"),
        (FetchFailureKind::Tls, "publisher_unreachable"),
        (FetchFailureKind::Cancelled, "cancelled"),
    ] {
        let world = published_at(HOST);
        let bundle = bundle_of(&world, &[1]);
        world.web.script(Method::Post, PUBLISH, Err(failure));
        let error = publish(&world, &bundle).unwrap_err().view();
        assert_eq!(error.code, code);
        if code == "publisher_unreachable" {
            assert_eq!(error.params["host"], "vp.example");
            assert_eq!(error.params["failure"], failure.as_str());
        }
        assert!(world.wallet.list_shares().unwrap().is_empty());
    }
}

#[test]
fn a_copy_counts_as_stopped_only_when_its_host_says_so() {
    for (status, stops) in
        [(200, true), (204, true), (404, true), (410, true), (301, false), (401, false), (405, false), (500, false)]
    {
        let world = published_at(HOST);
        let bundle = bundle_of(&world, &[1]);
        world.web.reply(Method::Post, PUBLISH, 201, "application/json", receipt());
        let share = publish(&world, &bundle).unwrap();
        world.web.reply(Method::Delete, UNSHARE, status, "application/json", "{}");
        let stopped = world.wallet.stop_share(&by_id(&share.id));
        let now = world.wallet.list_shares().unwrap().remove(0);
        match stops {
            true => {
                assert_eq!(stopped.unwrap(), now, "{status}");
                assert_eq!((now.stopping, now.stopped_at.as_deref()), (Stopping::Stopped, Some(NOW)));
            }
            false => {
                assert_eq!(stopped.unwrap_err().code().as_str(), "publisher_refused", "{status}");
                assert_eq!(now, share, "it stays as it was");
                world.web.reply(Method::Delete, UNSHARE, 200, "application/json", "{}");
                let again = world.wallet.stop_share(&by_id(&share.id)).unwrap();
                assert_eq!(again.stopping, Stopping::Stopped, "it can be tried again");
            }
        }
    }
}

#[test]
fn a_copy_is_withdrawn_where_it_was_published_even_if_another_host_is_set_by_then() {
    let world = published_at(HOST);
    let bundle = bundle_of(&world, &[1]);
    world.web.reply(Method::Post, PUBLISH, 201, "application/json", receipt());
    let share = publish(&world, &bundle).unwrap();
    let change = ChangeSettings { publisher_url: Some(String::new()), ..ChangeSettings::default() };
    world.wallet.change_settings(&change).unwrap();
    world.web.reply(Method::Delete, UNSHARE, 200, "application/json", "{}");
    world.web.forget_requests();
    world.wallet.stop_share(&by_id(&share.id)).unwrap();
    assert_eq!(world.web.urls(), [UNSHARE]);
    let sent = world.web.asks()[0].body.clone().unwrap().1;
    assert!(serde_json::from_slice::<Value>(&sent).unwrap()["vp"].is_object());
}

#[test]
fn what_was_stopped_is_not_given_out_again_and_what_is_whole_in_itself_can_not_be_stopped() {
    let world = published_at(HOST);
    let bundle = bundle_of(&world, &[1]);
    world.web.reply(Method::Post, PUBLISH, 201, "application/json", receipt());
    let share = publish(&world, &bundle).unwrap();
    world.web.reply(Method::Delete, UNSHARE, 200, "application/json", "{}");
    world.wallet.stop_share(&by_id(&share.id)).unwrap();
    let save = SaveShare { id: share.id.clone(), file: ShareFile::Png, language: None, paper: None };
    assert_eq!(world.wallet.share_content(&save).unwrap_err(), WalletError::ShareStopped);
    assert_eq!(world.wallet.share_sequence(&by_id(&share.id)).unwrap_err(), WalletError::ShareStopped);
    assert_eq!(world.wallet.mail_draft(&by_id(&share.id)).unwrap_err(), WalletError::ShareStopped);
    world.web.forget_requests();
    assert_eq!(world.wallet.stop_share(&by_id(&share.id)).unwrap_err(), WalletError::ShareStopped);
    let link = world.wallet.share_bundle(&request(&bundle, ShareForm::Link)).unwrap();
    assert_eq!(link.stopping, Stopping::Impossible);
    assert_eq!(world.wallet.stop_share(&by_id(&link.id)).unwrap_err(), WalletError::ShareNotStoppable);
    assert_eq!(world.wallet.stop_share(&by_id("nope")).unwrap_err().code().as_str(), "not_found");
    assert!(world.web.urls().is_empty(), "nobody is asked");
}

#[test]
fn a_copy_that_can_not_be_noted_is_withdrawn_again_or_told() {
    for (status, code) in [(200, "internal"), (500, "share_not_noted")] {
        let world = published_at(HOST);
        let bundle = bundle_of(&world, &[1]);
        // Two programs that draw the same identifiers: the second can't note what it gives out.
        world.pageless().share_bundle(&request(&bundle, ShareForm::Json)).unwrap();
        world.web.reply(Method::Post, PUBLISH, 201, "application/json", receipt());
        world.web.reply(Method::Delete, UNSHARE, status, "application/json", "{}");
        let error = world.pageless().share_bundle(&request(&bundle, ShareForm::Hosted)).unwrap_err().view();
        assert_eq!(error.code, code);
        if status == 500 {
            assert_eq!(error.params["url"], "https://vp.example/credentials/9c6a");
        }
        assert_eq!(world.web.asks().last().unwrap().method, Method::Delete);
        assert_eq!(world.wallet.list_shares().unwrap().len(), 1);
    }
}
