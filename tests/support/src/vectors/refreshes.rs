//! Does the issuer have a newer version of it? Whatever comes of asking, the one at hand is judged as it is.

use attesta_verify::FetchFailureKind;
use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{OPEN_BADGES_EXTENSIONS, edited, open_badge, with_context, without};
use crate::party::{institute, stranger};
use crate::signing::secured;

const SERVICE: &str = "https://institute.example/refresh/33";

/// The badge as of its usual date or of another, unsigned.
fn unsigned(change: impl FnOnce(&mut Value)) -> Value {
    edited(with_context(open_badge(&institute()), OPEN_BADGES_EXTENSIONS), |badge| {
        badge["refreshService"] = json!({ "id": SERVICE, "type": "1EdTechCredentialRefresh" });
        change(badge);
    })
}

fn version(change: impl FnOnce(&mut Value)) -> Value {
    secured(unsigned(change), &institute())
}

fn later(badge: &mut Value) {
    badge["validFrom"] = json!("2026-04-01T00:00:00Z");
}

pub(super) fn cases() -> Vec<Case> {
    let case = |name: &str, story: &str, answer: &Value, refresh: &str| {
        Case::json(name, story, &version(|_| {}))
            .asking_for_newer()
            .answering(SERVICE, answer)
            .expect("valid", &[("status", "absent"), ("refresh", refresh)])
    };
    let unusable = "inconclusive refresh_not_usable";
    let none = "pass no_newer_version";
    vec![
        case("refresh_newer", "The issuer has a version of April.", &version(later), "pass newer_version"),
        case("refresh_same", "The issuer answers with the very same version.", &version(|_| {}), none),
        case(
            "refresh_older",
            "The issuer answers with an older version.",
            &version(|badge| badge["validFrom"] = json!("2026-01-01T00:00:00Z")),
            none,
        ),
        case("refresh_unsigned", "What comes is not signed.", &unsigned(later), unusable),
        case(
            "refresh_altered",
            "What comes was altered after it was signed.",
            &edited(version(later), |badge| badge["name"] = json!("Water Sampling II")),
            unusable,
        ),
        case(
            "refresh_forged",
            "A stranger signed what comes in the institute's name.",
            &secured(unsigned(later), &stranger()),
            unusable,
        ),
        case(
            "refresh_of_another_issuer",
            "What comes has the same identifier and is a stranger's own.",
            &secured(
                unsigned(|badge| {
                    later(badge);
                    badge["issuer"]["id"] = json!(stranger().id);
                }),
                &stranger(),
            ),
            unusable,
        ),
        case(
            "refresh_of_another_credential",
            "What comes is another credential of the same issuer.",
            &version(|badge| {
                later(badge);
                badge["id"] = json!("urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b99");
            }),
            unusable,
        ),
        case(
            "refresh_expired",
            "The version of April ended in May.",
            &version(|badge| {
                later(badge);
                badge["validUntil"] = json!("2026-05-01T00:00:00Z");
            }),
            unusable,
        ),
        case("refresh_page", "A page of another kind stands at the address.", &json!({ "moved": true }), unusable),
        Case::json("refresh_unreachable", "The service does not answer.", &version(|_| {}))
            .asking_for_newer()
            .failing(SERVICE, FetchFailureKind::TimedOut)
            .expect("valid", &[("refresh", "inconclusive refresh_unreachable")]),
        Case::json(
            "refresh_once",
            "What comes names a service of its own, which is not asked in turn.",
            &version(|_| {}),
        )
        .asking_for_newer()
        .answering(
            SERVICE,
            &version(|badge| {
                later(badge);
                badge["refreshService"]["id"] = json!("https://institute.example/refresh/34");
            }),
        )
        .expect("valid", &[("refresh", "pass newer_version")]),
        Case::json("refresh_not_asked", "Nobody wants a newer version, so the service is not asked.", &version(|_| {}))
            .expect("valid", &[("refresh", "skipped refresh_not_asked")]),
        Case::json("refresh_not_asked_when_unsigned", "Nobody signed it, so its service is not asked.", &{
            without(version(|_| {}), "proof")
        })
        .asking_for_newer()
        .expect("unverifiable", &[("refresh", "skipped proof_not_established")]),
        Case::json("refresh_of_another_kind", "Newer versions are had in a way that is not known here.", &{
            version(|badge| badge["refreshService"]["type"] = json!("https://institute.example/RefreshByForm"))
        })
        .asking_for_newer()
        .expect("valid", &[("refresh", "inconclusive unsupported_refresh_service")]),
    ]
}
