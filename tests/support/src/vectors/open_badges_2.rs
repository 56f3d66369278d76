//! Badges of Open Badges 2.0 and earlier: hosted by their issuer, or signed with a key that its profile lists.

mod beside;
mod signed;

use attesta_verify::FetchFailureKind;
use serde_json::{Value, json};

use crate::case::{Canned, Case, pretty, time};
use crate::document::{EMAIL, edited, identity_hash, without};

const CONTEXT: &str = "https://w3id.org/openbadges/v2";
const ASSERTION: &str = "https://college.example/assertions/20";
const BADGE: &str = "https://college.example/badges/first-aid";
const PROFILE: &str = "https://college.example/profile";
const SIGNED_ID: &str = "urn:uuid:c8b9b1a2-6f0f-4b53-9d0e-2f5e0a7c1d20";

fn assertion() -> Value {
    json!({
        "@context": CONTEXT,
        "type": "Assertion",
        "id": ASSERTION,
        "badge": BADGE,
        "recipient": { "type": "email", "hashed": true, "salt": "s4lt", "identity": identity_hash(EMAIL) },
        "issuedOn": "2026-02-01T00:00:00Z",
        "evidence": "https://college.example/evidence/20",
        "verification": { "type": "hosted" },
    })
}

fn badge_class() -> Value {
    json!({
        "@context": CONTEXT,
        "type": "BadgeClass",
        "id": BADGE,
        "name": "First aid at work",
        "description": "Acts rightly in the first minutes.",
        "image": "https://college.example/badges/first-aid.png",
        "criteria": { "narrative": "Two days and a practical test." },
        "tags": ["first aid"],
        "issuer": PROFILE,
    })
}

fn profile() -> Value {
    json!({
        "@context": CONTEXT,
        "type": "Issuer",
        "id": PROFILE,
        "name": "Northern College",
        "url": "https://college.example",
        "email": "badges@college.example",
    })
}

/// The badge class and profile stand where the badge leads.
fn published(case: Case) -> Case {
    case.answering(BADGE, &badge_class()).answering(PROFILE, &profile())
}

/// A badge of which the issuer hosts this very copy.
fn hosted(name: &str, story: &str, assertion: &Value) -> Case {
    published(Case::json(name, story, assertion)).answering(ASSERTION, assertion)
}

/// The usual badge, where the copy that was received is another.
fn received(name: &str, story: &str, change: impl FnOnce(&mut Value)) -> Case {
    published(Case::json(name, story, &edited(assertion(), change))).answering(ASSERTION, &assertion())
}

fn with(member: &'static str, value: Value) -> impl FnOnce(&mut Value) {
    move |document| document[member] = value
}

const AGREES: (&str, &str) = ("proof", "pass hosted_copy_agrees");
const HOSTED: (&str, &str) = ("issuer", "pass hosted_by_issuer");
const DIFFERS: (&str, &str) = ("proof", "fail hosted_copy_differs");
const OUTSIDE: (&str, &str) = ("issuer", "fail outside_issuer_scope");
const UNREACHABLE: (&str, &str) = ("proof", "inconclusive hosted_copy_unreachable");
const REVOKED: (&str, &str) = ("status", "fail revoked");

pub(super) fn cases() -> Vec<Case> {
    [
        genuine(),
        differing(),
        scopes(),
        identifiers(),
        revoked(),
        unreachable(),
        dates_and_recipients(),
        earlier(),
        signed::cases(),
        beside::cases(),
    ]
    .concat()
}

fn genuine() -> Vec<Case> {
    let embedded = edited(assertion(), with("badge", edited(badge_class(), with("issuer", profile()))));
    let old_http = edited(assertion(), with("badge", json!(BADGE.replace("https:", "http:"))));
    vec![
        hosted("ob2_hosted", "The issuer's site hosts the badge and all that it leads to.", &assertion()).expect(
            "valid",
            &[
                ("conformance", "pass conforms"),
                AGREES,
                HOSTED,
                ("validity", "pass never_expires"),
                ("status", "pass status_clear"),
                ("endorsements", "absent"),
            ],
        ),
        Case::json("ob2_hosted_embedded", "The badge carries its badge class and its issuer.", &embedded)
            .answering(ASSERTION, &embedded)
            .answering(PROFILE, &profile())
            .expect("valid", &[AGREES, HOSTED]),
        received("ob2_received_embedded", "The learner's copy carries what the hosted one links to.", |badge| {
            badge["badge"] = edited(badge_class(), with("issuer", profile()));
        })
        .expect("valid", &[AGREES, HOSTED]),
        hosted("ob2_http_addresses", "It names its badge class by http, which is asked by https.", &old_http)
            .expect("valid", &[AGREES, HOSTED]),
        hosted("ob2_in_spanish", "Its badge class is in Spanish and says so.", &assertion())
            .answering(BADGE, &edited(badge_class(), with("@language", json!("es"))))
            .expect("valid", &[AGREES, HOSTED]),
        hosted(
            "ob2_with_endorsements_and_extension",
            "Endorsements and an extension are told of and not checked.",
            &edited(assertion(), |badge| {
                badge["endorsement"] = json!(["https://guild.example/endorsements/1"]);
                badge["extensions:applyLink"] = json!({ "type": ["Extension", "extensions:ApplyLink"], "url": BADGE });
            }),
        )
        .expect(
            "valid",
            &[
                ("endorsements", "inconclusive endorsements_not_checked"),
                ("schema", "skipped extensions_not_validated"),
            ],
        ),
        published(Case::json("ob2_no_context", "It names no context.", &without(assertion(), "@context")))
            .answering(ASSERTION, &without(assertion(), "@context"))
            .expect("valid", &[AGREES, HOSTED]),
    ]
}

fn differing() -> Vec<Case> {
    vec![
        received("ob2_differs_in_date", "The copy says that it was awarded ten years earlier.", |badge| {
            badge["issuedOn"] = json!("2016-02-01T00:00:00Z");
        })
        .expect("invalid", &[DIFFERS, ("validity", "skipped proof_failed")]),
        received("ob2_differs_in_recipient", "The copy is about somebody else.", |badge| {
            badge["recipient"]["identity"] = json!(identity_hash("eve@example.org"));
        })
        .expect("invalid", &[DIFFERS]),
        received("ob2_differs_in_badge", "The copy names another badge of the same issuer.", |badge| {
            badge["badge"] = json!("https://college.example/badges/surgery");
        })
        .expect("invalid", &[DIFFERS]),
        received("ob2_differs_in_name", "The copy carries the badge class with a grander name.", |badge| {
            badge["badge"] = edited(badge_class(), with("name", json!("Surgery")));
        })
        .expect("invalid", &[DIFFERS]),
        received("ob2_differs_in_issuer", "The copy carries the issuer under another's name.", |badge| {
            badge["badge"] =
                edited(badge_class(), with("issuer", edited(profile(), with("name", json!("Grand University")))));
        })
        .expect("invalid", &[DIFFERS]),
        received("ob2_adds_evidence", "The copy names evidence that the issuer's does not.", |badge| {
            badge["evidence"] = json!([badge["evidence"], "https://college.example/evidence/21"]);
        })
        .expect("invalid", &[DIFFERS]),
        received("ob2_adds_picture", "The copy carries a picture that the issuer's does not.", |badge| {
            badge["image"] = json!("data:image/png;base64,iVBORw0KGgo=");
        })
        .expect("invalid", &[DIFFERS]),
    ]
}

fn scopes() -> Vec<Case> {
    let elsewhere = "https://badges.example/college/assertions/20";
    let moved = edited(assertion(), with("id", json!(elsewhere)));
    let declared = |name: &str, story: &str, scope: Value| {
        published(Case::json(name, story, &moved))
            .answering(elsewhere, &moved)
            .answering(PROFILE, &edited(profile(), with("verification", scope)))
    };
    let lent = edited(assertion(), with("id", json!("https://stranger.example/1")));
    vec![
        published(Case::json("ob2_elsewhere", "It stands at a site that its issuer does not declare.", &moved))
            .answering(elsewhere, &moved)
            .expect("invalid", &[AGREES, OUTSIDE]),
        declared(
            "ob2_allowed_origin",
            "Its issuer declares the site by its host.",
            json!({ "allowedOrigins": ["college.example", "badges.example"] }),
        )
        .expect("valid", &[AGREES, HOSTED]),
        declared(
            "ob2_not_an_allowed_origin",
            "Its issuer declares other sites.",
            json!({ "allowedOrigins": ["college.example", "example"] }),
        )
        .expect("invalid", &[OUTSIDE]),
        declared(
            "ob2_starts_with",
            "Its issuer declares where its badges' addresses begin.",
            json!({ "startsWith": ["https://college.example/", "https://badges.example/college/"] }),
        )
        .expect("valid", &[AGREES, HOSTED]),
        declared(
            "ob2_does_not_start_with",
            "It stands in the folder of another issuer of the same site.",
            json!({ "startsWith": "https://badges.example/university/" }),
        )
        .expect("invalid", &[OUTSIDE]),
        declared(
            "ob2_starts_with_half_a_host",
            "What its issuer declares is the beginning of the host's name alone.",
            json!({ "startsWith": "https://badges.exam" }),
        )
        .expect("invalid", &[OUTSIDE]),
        published(Case::json(
            "ob2_badge_class_of_another",
            "A stranger hosts an assertion of the college's badge.",
            &lent,
        ))
        .answering("https://stranger.example/1", &lent)
        .expect("invalid", &[OUTSIDE]),
    ]
}

fn identifiers() -> Vec<Case> {
    let usual = |name: &str, story: &str| hosted(name, story, &assertion());
    let mismatch = ("proof", "fail hosted_id_mismatch");
    vec![
        published(Case::json("ob2_other_id", "What stands at its address is another badge.", &assertion()))
            .answering(ASSERTION, &edited(assertion(), with("id", json!("https://college.example/assertions/21"))))
            .expect("invalid", &[mismatch]),
        usual("ob2_profile_of_another", "The profile calls itself by another site's address.")
            .answering(PROFILE, &edited(profile(), with("id", json!("https://university.example/profile"))))
            .expect("invalid", &[mismatch]),
        usual("ob2_profile_not_hosted", "The profile calls itself by something that is no web address.")
            .answering(PROFILE, &edited(profile(), with("id", json!("urn:uuid:2d391246-6e0d-4dab-906c-b29770bd7aa6"))))
            .expect("unverifiable", &[("proof", "inconclusive hosted_id_mismatch")]),
        usual("ob2_second_address", "The badge class calls itself by another address of the same site.")
            .answering(BADGE, &edited(badge_class(), with("id", json!(format!("{BADGE}?v=2_0")))))
            .expect("valid", &[AGREES, HOSTED]),
        Case::json(
            "ob2_issuer_without_address",
            "Its issuer is a name and nothing else.",
            &edited(assertion(), with("badge", edited(badge_class(), with("issuer", json!({ "name": "College" }))))),
        )
        .answering(
            ASSERTION,
            &edited(assertion(), with("badge", edited(badge_class(), with("issuer", json!({ "name": "College" }))))),
        )
        .expect("unverifiable", &[("proof", "inconclusive issuer_not_hosted")]),
        Case::json(
            "ob2_without_web_address",
            "It says that it is hosted and gives no web address.",
            &edited(assertion(), with("id", json!(SIGNED_ID))),
        )
        .expect("unverifiable", &[("proof", "inconclusive hosted_address_missing")]),
    ]
}

fn revoked() -> Vec<Case> {
    let copy = pretty(&assertion());
    let gone = FetchFailureKind::Status(410);
    let stripped = json!({
        "@context": CONTEXT, "type": "Assertion", "id": ASSERTION,
        "revoked": true, "revocationReason": "Issued in error.",
    });
    let strangers = edited(assertion(), with("id", json!("https://stranger.example/1")));
    vec![
        published(Case::json("ob2_gone", "Its site says that it is gone.", &assertion()))
            .failing(ASSERTION, gone)
            .expect("revoked", &[("proof", "inconclusive hosted_copy_gone"), HOSTED, REVOKED]),
        published(Case::json("ob2_gone_with_copy", "Its site says that it is gone; a copy is at hand.", &assertion()))
            .with_answer(ASSERTION, Canned::Stale(copy, time("2026-06-10T00:00:00Z"), gone))
            .expect("revoked", &[HOSTED, REVOKED]),
        published(Case::json("ob2_gone_elsewhere", "A stranger's site says that it is gone.", &strangers))
            .failing("https://stranger.example/1", gone)
            .expect("invalid", &[OUTSIDE, REVOKED]),
        hosted("ob2_flagged", "Its hosted copy says that it is revoked.", &assertion())
            .answering(ASSERTION, &edited(assertion(), with("revoked", json!(true))))
            .expect("revoked", &[AGREES, HOSTED, REVOKED]),
        hosted("ob2_stripped", "Nothing is left of the hosted copy but that it is revoked, and why.", &assertion())
            .answering(ASSERTION, &stripped)
            .expect("revoked", &[HOSTED, REVOKED]),
    ]
}

fn unreachable() -> Vec<Case> {
    let usual = |name: &str, story: &str| published(Case::json(name, story, &assertion()));
    let copy = |at: &str, kind| Canned::Stale(pretty(&assertion()), time(at), kind);
    let open = |what: &'static str| [("proof", what)];
    vec![
        Case::json("ob2_unreachable", "Its site does not answer.", &assertion())
            .failing(ASSERTION, FetchFailureKind::Unreachable)
            .expect("unverifiable", &[UNREACHABLE, ("status", "skipped proof_not_established")]),
        Case::json("ob2_redirected_elsewhere", "Its address leads on to another site.", &assertion())
            .failing(ASSERTION, FetchFailureKind::RedirectedElsewhere)
            .expect("unverifiable", &[UNREACHABLE]),
        Case::json("ob2_not_found", "Its site does not know it.", &assertion())
            .failing(ASSERTION, FetchFailureKind::Status(404))
            .expect("unverifiable", &[UNREACHABLE]),
        Case::json("ob2_page_at_its_address", "A web page stands at its address.", &assertion())
            .with_answer(ASSERTION, Canned::Fresh(b"<!doctype html><title>Badge</title>".to_vec()))
            .expect("unverifiable", &open("inconclusive hosted_copy_malformed")),
        hosted("ob2_badge_class_unreachable", "Its badge class can't be had.", &assertion())
            .failing(BADGE, FetchFailureKind::TimedOut)
            .without_answer(PROFILE)
            .expect("unverifiable", &open("inconclusive linked_document_unreachable")),
        hosted("ob2_profile_unreachable", "Its issuer's profile can't be had.", &assertion())
            .failing(PROFILE, FetchFailureKind::Tls)
            .expect("unverifiable", &open("inconclusive linked_document_unreachable")),
        usual("ob2_recent_copy", "Its site is down; a copy of two weeks ago is at hand.")
            .with_answer(ASSERTION, copy("2026-06-01T00:00:00Z", FetchFailureKind::Unreachable))
            .expect("status_unknown", &[AGREES, HOSTED, ("status", "inconclusive status_unreachable")]),
        Case::json("ob2_old_copy", "Its site is down; a copy of half a year ago is at hand.", &assertion())
            .with_answer(ASSERTION, copy("2025-12-15T00:00:00Z", FetchFailureKind::Unreachable))
            .expect("unverifiable", &[UNREACHABLE]),
        usual("ob2_kept_copy", "The learner works offline with a copy of this morning.")
            .with_answer(ASSERTION, Canned::Cached(pretty(&assertion()), time("2026-06-15T08:00:00Z")))
            .expect("valid", &[AGREES, HOSTED, ("status", "pass status_clear")]),
    ]
}

fn dates_and_recipients() -> Vec<Case> {
    let dated = |name: &str, story: &str, change: &dyn Fn(&mut Value)| {
        let badge = edited(assertion(), change);
        hosted(name, story, &badge)
    };
    let recipient = |name: &str, story: &str, identity: Value| {
        let badge = edited(assertion(), with("recipient", identity));
        hosted(name, story, &badge).for_learner(&[], &[EMAIL])
    };
    let matches = [("recipient", "pass identifier_matches")];
    vec![
        dated("ob2_expired", "It ended in April.", &|badge| badge["expires"] = json!("2026-04-30T23:59:59Z"))
            .expect("expired", &[AGREES, ("validity", "fail expired")]),
        hosted("ob2_expired_since", "Only the hosted copy says that it ended.", &assertion())
            .answering(ASSERTION, &edited(assertion(), with("expires", json!("2026-04-30"))))
            .expect("expired", &[AGREES, ("validity", "fail expired")]),
        dated("ob2_from_the_future", "It says that it was awarded next year.", &|badge| {
            badge["issuedOn"] = json!("2027-02-01T00:00:00Z");
        })
        .expect("not_yet_valid", &[AGREES, ("validity", "fail not_yet_valid")]),
        Case::json(
            "ob2_ends_before_it_begins",
            "It ended before it was awarded.",
            &edited(assertion(), with("expires", json!("2025-02-01T00:00:00Z"))),
        )
        .expect("invalid", &[("conformance", "fail period_reversed"), ("proof", "skipped conformance_failed")]),
        recipient(
            "ob2_recipient_hashed",
            "It carries the hash of the learner's address.",
            json!({ "type": "email", "hashed": true, "salt": "s4lt", "identity": identity_hash(EMAIL) }),
        )
        .expect("valid", &matches),
        recipient(
            "ob2_recipient_plain",
            "It carries the learner's address in plain text and capitals.",
            json!({ "type": "email", "hashed": false, "identity": EMAIL.to_uppercase() }),
        )
        .expect("valid", &matches),
        recipient(
            "ob2_recipient_md5",
            "It carries an MD5 hash of the learner's address.",
            // MD5 of the address and `s4lt`.
            json!({ "type": "email", "hashed": true, "salt": "s4lt", "identity": "md5$915d0aebf02704e78fb18973a341facb" }),
        )
        .expect("valid", &matches),
        recipient(
            "ob2_recipient_another",
            "It is about somebody whose address the learner did not list.",
            json!({ "type": "email", "hashed": true, "salt": "s4lt", "identity": identity_hash("eve@example.org") }),
        )
        .expect("valid", &[("recipient", "inconclusive recipient_not_matched")]),
        received("ob2_recipient_revealed", "The learner's copy has the address, the hosted one its hash.", |badge| {
            badge["recipient"] = json!({ "type": "email", "hashed": false, "identity": EMAIL });
        })
        .for_learner(&[], &[EMAIL])
        .expect("valid", &[AGREES, ("recipient", "pass identifier_matches")]),
    ]
}

/// Open Badges 1.0 and 1.1.
fn earlier() -> Vec<Case> {
    let old = json!({
        "uid": "20",
        "recipient": { "type": "email", "hashed": true, "salt": "s4lt", "identity": identity_hash(EMAIL) },
        "badge": BADGE,
        "issuedOn": 1_769_904_000,
        "verify": { "type": "hosted", "url": ASSERTION },
    });
    let class = without(without(without(badge_class(), "id"), "type"), "@context");
    let issuer = without(without(without(profile(), "id"), "type"), "@context");
    let hosting = |name: &str, story: &str, received: &Value| {
        Case::json(name, story, received)
            .answering(ASSERTION, &old)
            .answering(BADGE, &class)
            .answering(PROFILE, &issuer)
    };
    let found = json!({
        "recipient": identity_hash(EMAIL), "salt": "s4lt",
        "badge": { "version": "0.5.0", "name": "First aid", "issuer": { "origin": "https://college.example", "name": "College" } },
        "issued_on": "2012-02-01",
    });
    vec![
        hosting("ob1_hosted", "A badge of version 1.0 stands where it says.", &old)
            .for_learner(&[], &[EMAIL])
            .expect("valid", &[AGREES, HOSTED, ("recipient", "pass identifier_matches")]),
        hosting(
            "ob1_differs",
            "The copy of a badge of version 1.0 has another number.",
            &edited(old.clone(), with("uid", json!("21"))),
        )
        .expect("invalid", &[DIFFERS]),
        Case::json("ob1_without_instructions", "A badge of before 1.0 does not say how it is verified.", &found)
            .expect("unverifiable", &[("proof", "inconclusive hosted_address_missing")]),
        Case::json("ob1_gone", "The site of a badge of version 1.0 is no more.", &old)
            .failing(ASSERTION, FetchFailureKind::Unreachable)
            .expect("unverifiable", &[UNREACHABLE]),
    ]
}
