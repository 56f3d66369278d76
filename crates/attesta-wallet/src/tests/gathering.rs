use std::cell::{Cell, RefCell};

use attesta_net::{Cancel, FetchFailureKind, LoopbackAccess, Method};
use base64::Engine;
use serde_json::{Value, json};

use super::world::*;
use crate::command::{Gather, GatherItem};
use crate::error::ErrorCode;
use crate::gather::DRAWN_PIXELS;
use crate::view::{ImportStep, OfferView, Relation};

const REQUEST: &str =
    "dccrequest://request?issuer=x&auth_type=bearer&challenge=c1&vc_request_url=https://college.example/request/1";
const ENDPOINT: &str = "https://college.example/request/1";
const CLAIM: &str = "https://college.example/claim/1";

/// A link to an OpenID offer whose issuer wants a code.
fn offer_with_code() -> String {
    let offer = json!({
        "credential_issuer": "https://issuer.example",
        "credential_configuration_ids": ["badge"],
        "grants": {"urn:ietf:params:oauth:grant-type:pre-authorized_code": {
            "pre-authorized_code": "SECRET-CODE",
            "tx_code": {"length": 4},
        }},
    });
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("credential_offer", &offer.to_string())
        .finish();
    format!("openid-credential-offer://?{query}")
}

/// Scripts that issuer up to its credential.
fn issue(world: &World, credential: &[u8]) {
    let credential: Value = serde_json::from_slice(credential).unwrap();
    let json = |method, path: &str, answer: Value| {
        let url = format!("https://issuer.example/{path}");
        world.web.reply(method, &url, 200, "application/json", answer.to_string());
    };
    json(
        Method::Get,
        ".well-known/openid-credential-issuer",
        json!({
            "credential_issuer": "https://issuer.example",
            "credential_endpoint": "https://issuer.example/credential",
            "nonce_endpoint": "https://issuer.example/nonce",
            "notification_endpoint": "https://issuer.example/notification",
            "credential_configurations_supported": {"badge": {
                "format": "ldp_vc",
                "credential_definition": {"type": ["VerifiableCredential", "OpenBadgeCredential"]},
                "cryptographic_binding_methods_supported": ["did:key"],
                "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": ["EdDSA"]}},
            }},
        }),
    );
    json(
        Method::Get,
        ".well-known/oauth-authorization-server",
        json!({
            "issuer": "https://issuer.example",
            "token_endpoint": "https://issuer.example/token",
        }),
    );
    json(Method::Post, "token", json!({"access_token": "SECRET-TOKEN", "token_type": "bearer"}));
    json(Method::Post, "nonce", json!({"c_nonce": "n1"}));
    json(Method::Post, "credential", json!({"credentials": [{"credential": credential}], "notification_id": "note-1"}));
    json(Method::Post, "notification", json!({}));
}

fn with_code(offer: &OfferView, code: &str) -> Gather {
    let items = vec![GatherItem { item: offer.items[0].id.clone(), code: Some(code.to_owned()) }];
    Gather { id: offer.id.clone(), items }
}

/// Nothing of an import is in the wallet.
#[track_caller]
fn is_untouched(world: &World) {
    assert!(world.list().is_empty());
    for url in [DID_DOCUMENT, LIST] {
        assert!(world.wallet.store().resources().get(url).unwrap().is_none(), "{url} is kept");
    }
}

#[test]
fn a_claim_link_is_asked_with_a_proof_and_what_comes_waits_for_the_learner() {
    let world = World::new();
    world.web.reply(Method::Post, ENDPOINT, 200, "application/json", badge_with_status(1));
    let offer = world.offered(REQUEST);
    assert_eq!(offer.items[0].hosts, ["college.example"]);
    let steps = RefCell::new(Vec::new());
    let gathered = world.wallet.gather(&gather(&offer), &|progress| steps.borrow_mut().push(progress)).unwrap();
    let staged = &gathered.staged[0];
    assert_eq!((staged.verdict.as_str(), staged.relation), ("valid", Relation::New));
    assert_eq!((gathered.staged.len(), gathered.failures.len(), gathered.questions.len()), (1, 0, 0));
    let steps: Vec<_> = steps.into_inner().into_iter().map(|it| (it.step, it.host)).collect();
    let college = || Some("college.example".to_owned());
    use ImportStep::{Check, Found, Prove, Read};
    let expected =
        [(Read, None), (Prove, college()), (Found, None), (Check, None), (Check, college()), (Check, college())];
    assert_eq!(steps, expected);
    assert_eq!(world.web.urls(), [ENDPOINT, DID_DOCUMENT, LIST]);
    is_untouched(&world);
    let accepted = world.accepted(&gathered);
    let id = accepted.results[0].id.clone().unwrap();
    assert_eq!(accepted.results[0].source, REQUEST);
    let shown = world.wallet.show_credential(&by_id(&id)).unwrap();
    assert_eq!((shown.origin.as_str(), shown.origin_name.as_deref()), ("link", Some("college.example")));
    assert!(world.wallet.store().resources().get(LIST).unwrap().is_some());
}

#[test]
fn an_issuer_that_wants_a_code_waits_for_it_and_then_goes_on() {
    let world = World::new();
    issue(&world, &badge(|_| {}));
    let offer = world.offered(&offer_with_code());
    let first = world.gathered(&offer);
    assert_eq!((first.staged.len(), first.failures.len(), first.questions.len()), (0, 0, 1));
    let question = &first.questions[0].question;
    assert_eq!((question.host.as_str(), question.length, question.refused), ("issuer.example", Some(4), false));
    let asked = world.web.urls();
    assert_eq!(world.gathered(&offer).questions, first.questions, "without a code the question stays");
    assert_eq!(world.web.urls(), asked);
    let second = world.wallet.gather(&with_code(&offer, " 1234 "), &|_| {}).unwrap();
    assert_eq!((second.staged.len(), second.questions.len()), (1, 0), "{:?}", second.failures);
    let posted: Vec<String> =
        world.web.asks().iter().filter(|ask| ask.method == Method::Post).map(|ask| ask.url.clone()).collect();
    assert_eq!(
        posted,
        ["https://issuer.example/token", "https://issuer.example/nonce", "https://issuer.example/credential"]
    );
    world.accepted(&second);
    world.wallet.telling().finish();
    let told = world.web.asks().pop().unwrap();
    assert_eq!(told.url, "https://issuer.example/notification");
    let said = String::from_utf8(told.body.unwrap().1).unwrap();
    assert!(said.contains("credential_accepted") && said.contains("note-1"), "{said}");
}

#[test]
fn an_issuer_is_told_what_was_declined_or_left() {
    for leave in [false, true] {
        let world = World::new();
        issue(&world, &badge(|_| {}));
        let offer = world.offered(&offer_with_code());
        let gathered = world.wallet.gather(&with_code(&offer, "1234"), &|_| {}).unwrap();
        if leave {
            world.wallet.discard(&by_id(&offer.id)).unwrap();
        } else {
            let mut request = as_suggested(&gathered);
            request.decisions[0].decision = crate::view::Decision::Decline;
            world.wallet.accept(&request).unwrap();
        }
        world.wallet.telling().finish();
        let said = String::from_utf8(world.web.asks().pop().unwrap().body.unwrap().1).unwrap();
        assert!(said.contains("credential_deleted"), "{said}");
        assert!(world.list().is_empty());
    }
}

#[test]
fn a_wrong_code_is_told_and_another_may_be_given() {
    let world = World::new();
    let refusal = json!({"error": "invalid_grant"}).to_string();
    world.web.reply(Method::Post, "https://issuer.example/token", 400, "application/json", refusal);
    issue(&world, &badge(|_| {}));
    let offer = world.offered(&offer_with_code());
    let refused = world.wallet.gather(&with_code(&offer, "0000"), &|_| {}).unwrap();
    assert_eq!(refused.questions.len(), 1, "{:?}", refused.failures);
    assert!(refused.questions[0].question.refused);
    let taken = world.wallet.gather(&with_code(&offer, "1234"), &|_| {}).unwrap();
    assert_eq!(taken.staged.len(), 1, "{:?}", taken.failures);
}

#[test]
fn one_that_fails_takes_nothing_from_the_others_and_may_be_tried_again() {
    let world = World::new();
    let attached = [("badge.json", badge(|_| {}))];
    let text = format!("{CLAIM} and https://college.example/claim/2");
    world.web.fail(CLAIM, FetchFailureKind::Status(500));
    world.web.answer("https://college.example/claim/2", "application/vc", badge_with_status(2));
    let offer = world.wallet.offer_bytes("claim.eml", &mail(&text, &attached)).unwrap();
    let gathered = world.gathered(&offer);
    assert_eq!((gathered.staged.len(), gathered.failures.len()), (2, 1));
    let failed = &gathered.failures[0];
    assert_eq!(offer.items.iter().find(|item| item.id == failed.item).unwrap().url.as_deref(), Some(CLAIM));
    world.web.answer(CLAIM, "application/vc", badge_with_status(3));
    world.web.forget_requests();
    let again = world.gathered(&offer);
    assert_eq!((again.staged.len(), again.failures.len()), (3, 0));
    assert_eq!(world.web.urls()[0], CLAIM, "only what failed is asked again");
    assert!(!world.web.urls().contains(&"https://college.example/claim/2".to_owned()));
    let accepted = world.accepted(&again);
    assert_eq!(world.list().len(), 3);
    assert_eq!(accepted.unknown_addresses, [RECIPIENT]);
}

#[test]
fn stopped_at_any_step_nothing_is_kept_and_nothing_is_asked_for_twice() {
    let steps = {
        let world = World::new();
        world.web.reply(Method::Post, ENDPOINT, 200, "application/json", badge_with_status(1));
        let count = Cell::new(0);
        world.wallet.gather(&gather(&world.offered(REQUEST)), &|_| count.set(count.get() + 1)).unwrap();
        count.get()
    };
    assert!(steps >= 5);
    for stop_at in 0..steps {
        let world = World::new();
        world.web.reply(Method::Post, ENDPOINT, 200, "application/json", badge_with_status(1));
        let offer = world.offered(REQUEST);
        let count = Cell::new(0);
        let stopped = world.wallet.gather(&gather(&offer), &|_| {
            if count.get() == stop_at {
                world.wallet.cancel_import();
            }
            count.set(count.get() + 1);
        });
        assert_eq!(stopped.unwrap_err().code(), ErrorCode::Cancelled, "at {stop_at}");
        is_untouched(&world);
        // The claim was good for one visit: whoever stopped after it does not lose it.
        let gathered = world.gathered(&offer);
        assert_eq!((gathered.staged.len(), gathered.failures.len()), (1, 0), "at {stop_at}");
        let visits = world.web.asks().iter().filter(|ask| ask.url == ENDPOINT).count();
        assert_eq!(visits, 1, "at {stop_at}");
        world.accepted(&gathered);
        assert_eq!(world.list().len(), 1);
    }
}

#[test]
fn what_came_says_how_it_stands_to_what_is_kept() {
    #[track_caller]
    fn check(kept: &[u8], came: &[u8], relation: Relation, related: bool) {
        let world = World::new();
        let id = world.imported(kept);
        let offer = world.wallet.offer_bytes("badge.json", came).unwrap();
        let gathered = world.gathered(&offer);
        let staged = &gathered.staged[0];
        assert_eq!(staged.relation, relation);
        assert_eq!(staged.related.as_ref().map(|it| it.id.as_str()), related.then_some(id.as_str()));
    }
    let dated = |from: &str, name: &str| {
        badge(|badge| {
            badge["validFrom"] = json!(format!("{from}T00:00:00Z"));
            badge["name"] = json!(name);
        })
    };
    let (old, new) = (dated("2026-01-01", "One"), dated("2026-06-01", "Two"));
    check(&old, &old, Relation::Duplicate, true);
    check(&old, &new, Relation::Newer, true);
    check(&new, &old, Relation::Older, true);
    check(&old, &dated("2026-01-01", "Two"), Relation::SameAward, true);
    check(&old, &badge_with_status(9), Relation::New, false);
    let forged = signed(unsigned(|badge| badge["validFrom"] = json!("2026-06-01T00:00:00Z")), &forger_key());
    check(&old, &forged, Relation::SameAward, true);
    check(&forged, &old, Relation::SameAward, true);
}

#[test]
fn two_versions_that_come_together_know_of_each_other() {
    let world = World::new();
    let [old, new] =
        ["2026-01-01", "2026-06-01"].map(|from| badge(|badge| badge["validFrom"] = json!(format!("{from}T00:00:00Z"))));
    let both = [b"[".as_slice(), &old, b",", &new, b",", &old, b"]"].concat();
    let gathered = world.gathered(&world.wallet.offer_bytes("both.json", &both).unwrap());
    let relations: Vec<_> = gathered.staged.iter().map(|staged| staged.relation).collect();
    assert_eq!(relations, [Relation::New, Relation::Newer], "the same twice is staged once");
    assert_eq!(gathered.staged[1].related.as_ref().unwrap().id, gathered.staged[0].id);
    world.accepted(&gathered);
    assert_eq!(world.list().len(), 1);
    let backwards = [b"[".as_slice(), &new, b",", &old, b"]"].concat();
    let world = World::new();
    world.accepted(&world.gathered(&world.wallet.offer_bytes("both.json", &backwards).unwrap()));
    assert_eq!(world.list().len(), 1);
}

#[test]
fn an_issuer_that_leads_into_the_learners_own_network_is_not_followed() {
    let world = World::new();
    let message = json!({"protocols": {"vcapi": "https://college.example/exchange/1"}}).to_string();
    let request = json!({"verifiablePresentationRequest": {
        "query": [{"type": "DIDAuthentication"}],
        "challenge": "c1",
        "domain": "college.example",
        "interact": {"service": [{"type": "UnmediatedPresentationService2021", "serviceEndpoint": "https://192.168.0.1/x"}]},
    }});
    world.web.reply(Method::Post, "https://college.example/exchange/1", 200, "application/json", request.to_string());
    let gathered = world.gathered(&world.offered(&message));
    assert_eq!((gathered.staged.len(), gathered.failures.len()), (0, 1));
    assert!(world.web.urls().iter().all(|url| url.starts_with("https://college.example/")), "{:?}", world.web.urls());
}

#[test]
fn an_offer_that_is_over_says_so() {
    let world = World::new();
    let offer = world.offered(CLAIM);
    world.wallet.discard(&by_id(&offer.id)).unwrap();
    world.wallet.discard(&by_id(&offer.id)).unwrap();
    let gone = world.wallet.gather(&gather(&offer), &|_| {}).unwrap_err();
    assert_eq!(gone.code(), ErrorCode::OfferGone);
    let offer = world.offered(CLAIM);
    let unknown = Gather { id: offer.id, items: vec![GatherItem { item: "77".to_owned(), code: None }] };
    assert_eq!(world.wallet.gather(&unknown, &|_| {}).unwrap_err().code(), ErrorCode::NotFound);
    assert!(world.web.urls().is_empty());
}

#[test]
fn nothing_secret_stands_in_debug_output() {
    let world = World::new();
    issue(&world, &badge(|_| {}));
    let offer = world.offered(&offer_with_code());
    world.wallet.gather(&with_code(&offer, "1234"), &|_| {}).unwrap();
    let inside = format!("{:?}", world.wallet.offers());
    for secret in ["SECRET", "1234", "amelie", "Wound"] {
        assert!(!inside.contains(secret), "{secret} in {inside}");
    }
}

#[test]
fn what_many_links_bring_is_bounded_together() {
    let world = World::new();
    let links: Vec<String> = (0..10).map(|number| format!("https://college.example/claim/{number}")).collect();
    for (number, link) in (0..).zip(&links) {
        let mut large = badge_with_status(number);
        large.resize(8_000_000, b' ');
        world.web.answer(link, "application/vc", large);
    }
    let bytes = mail(&links.join("\r\n"), &[]);
    let gathered = world.gathered(&world.wallet.offer_bytes("claim.eml", &bytes).unwrap());
    assert_eq!(gathered.staged.len(), 9, "each is as large as one may be");
    let failures: Vec<&str> = gathered.failures.iter().map(|failure| failure.error.code.as_str()).collect();
    assert_eq!(failures, ["carrier_too_large"]);
    assert!(!world.web.urls().contains(&links[9]), "whose turn did not come is not asked for nothing");
}

#[test]
fn a_link_that_claimed_is_not_kept_with_what_it_brought() {
    let world = World::new();
    issue(&world, &badge(|_| {}));
    world.web.answer(CLAIM, "application/vc", badge_with_status(2));
    for (text, kept) in [(offer_with_code(), None), (CLAIM.to_owned(), Some(CLAIM))] {
        let offer = world.offered(&text);
        let items = vec![GatherItem { item: offer.items[0].id.clone(), code: Some("1234".to_owned()) }];
        let gathered = world.wallet.gather(&Gather { id: offer.id, items }, &|_| {}).unwrap();
        let accepted = world.accepted(&gathered);
        let record = world.wallet.store().credentials().get(accepted.results[0].id.as_ref().unwrap()).unwrap().unwrap();
        assert_eq!(record.origin.url.as_deref(), kept);
        assert!(record.origin.name.is_some());
    }
}

#[test]
fn pictures_made_to_be_slow_are_drawn_up_to_a_bound_and_no_less_by_themselves() {
    let world = World::new();
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_luma8(50, 40).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let address =
        format!("data:image/png;base64,{}", base64::engine::general_purpose::STANDARD.encode(png.into_inner()));
    let two = [1, 2].map(|number| {
        badge(|badge| {
            badge["id"] = json!(format!("urn:badge:{number}"));
            badge["image"] = json!({"id": address, "type": "Image"});
        })
    });
    let all = [b"[".as_slice(), &two.join(&b","[..]), b"]"].concat();
    let mut offer = crate::offer::Discovery::new(LoopbackAccess::Refused);
    offer.file("all.json", "all.json", &[], &all, crate::offer::Standing::Given);
    let mut offer = offer.into_offer("offer".to_owned());
    world.wallet.gather_in(&mut offer, &[(0, None)], &Cancel::new(), &|_| {}).unwrap();
    let drawn = Cell::new(DRAWN_PIXELS - 2 * 50 * 40);
    let [first, second] = [0, 1].map(|at| world.wallet.staged_view(&offer, &offer.staged[at], &drawn));
    assert!(first.picture.is_some() && first.credential.image.is_some());
    assert!(second.picture.is_none() && second.credential.image.is_none());
    let alone = world.wallet.staged_view(&offer, &offer.staged[1], &Cell::new(0));
    assert!(alone.picture.is_some() && alone.credential.image.is_some());
}
