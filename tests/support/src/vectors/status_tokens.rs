//! Status lists and newer versions that come as tokens.

use serde_json::{Value, json};

use super::jose::{GOOD, academy, badge_of, case as token_case, enveloped_of, impostor};
use crate::case::{Canned, Case};
use crate::document::{OPEN_BADGES_EXTENSIONS, VC1, edited, open_badge, vc1, with_context, with_status};
use crate::jose::{Token, TokenIssuer, open_badges_claims, wrapped_claims};
use crate::status_list::{ENTRIES, LIST, encoded, entry, list};

const STATUS_LIST_2021: &str = "https://w3id.org/vc/status-list/2021/v1";
const SERVICE: &str = "https://institute.example/refresh/33";

pub(super) fn cases() -> Vec<Case> {
    let mut cases = of_now();
    cases.extend(of_2021());
    cases.extend(refreshes());
    cases
}

/// A credential in a token whose status stands in the usual list.
fn credential(issuer: &TokenIssuer) -> String {
    enveloped_of(issuer).with_claim("credentialStatus", entry(LIST, "revocation", "7")).signed(&issuer.key)
}

/// The usual list in a token.
fn list_of(issuer: &TokenIssuer, set: &[usize]) -> Token {
    issuer.token(list(LIST, &issuer.party, "revocation", &encoded(ENTRIES, set))).with_header("typ", "vc+jwt")
}

fn asked(case: Case, answer: String, verdict: &str, status: &str) -> Case {
    let checks: Vec<(&str, &str)> = GOOD.iter().copied().chain([("status", status)]).collect();
    case.with_answer(LIST, Canned::Fresh(answer.into_bytes())).expect(verdict, &checks)
}

fn of_now() -> Vec<Case> {
    let academy = academy();
    let case = |name: &str, story: &str, answer: String, verdict: &str, status: &str| {
        asked(token_case(name, story, credential(&academy)), answer, verdict, status)
    };
    let signed = |token: Token| token.signed(&academy.key);
    vec![
        case(
            "status_token_clear",
            "The list comes as a token, and has nothing against it.",
            signed(list_of(&academy, &[6, 8])),
            "valid",
            "pass status_clear",
        ),
        case(
            "status_token_revoked",
            "The list comes as a token, and revokes it.",
            format!("{}\n", signed(list_of(&academy, &[7]))),
            "revoked",
            "fail revoked",
        ),
        case(
            "status_token_forged",
            "Somebody else's key signed the list in the issuer's name.",
            list_of(&academy, &[]).signed(&impostor()),
            "status_unknown",
            "inconclusive status_list_not_proven",
        ),
        case(
            "status_token_unsigned",
            "The list's token is signed by nobody.",
            list_of(&academy, &[]).with_header("alg", "none").unsigned(),
            "status_unknown",
            "inconclusive status_list_not_proven",
        ),
        case(
            "status_token_ended",
            "The list's token ended in May.",
            signed(list_of(&academy, &[]).with_claim("exp", 1_777_593_600)),
            "status_unknown",
            "inconclusive status_list_not_proven",
        ),
    ]
}

/// A list of 2021 in the claim `vc`, as wallets of its time issued it.
fn of_2021() -> Vec<Case> {
    let academy = academy();
    let status = edited(entry(LIST, "revocation", "7"), |entry| entry["type"] = json!("StatusList2021Entry"));
    let credential = with_status(with_context(vc1(&academy.party), STATUS_LIST_2021), status);
    let credential = academy.token(wrapped_claims(&credential)).signed(&academy.key);
    let list = |set: &[usize]| {
        let list = json!({
            "@context": [VC1, STATUS_LIST_2021],
            "id": LIST,
            "type": ["VerifiableCredential", "StatusList2021Credential"],
            "issuer": academy.party.id,
            "issuanceDate": "2026-01-01T00:00:00Z",
            "credentialSubject": {
                "id": format!("{LIST}#list"),
                "type": "StatusList2021",
                "statusPurpose": "revocation",
                "encodedList": &encoded(ENTRIES, set)[1..],
            },
        });
        academy.token(wrapped_claims(&list)).signed(&academy.key)
    };
    let case = |name: &str, story: &str, set: &[usize], verdict: &str, status: &str| {
        asked(token_case(name, story, credential.clone()), list(set), verdict, status)
    };
    vec![
        case(
            "status_token_2021_clear",
            "Credential and list of 2021 are tokens, and the list has nothing against it.",
            &[],
            "valid",
            "pass status_clear",
        ),
        case(
            "status_token_2021_revoked",
            "Credential and list of 2021 are tokens, and the list revokes it.",
            &[7],
            "revoked",
            "fail revoked",
        ),
    ]
}

fn refreshes() -> Vec<Case> {
    let academy = academy();
    let version = |change: &dyn Fn(&mut Value)| {
        let badge = edited(with_context(open_badge(&academy.party), OPEN_BADGES_EXTENSIONS), |badge| {
            badge["refreshService"] = json!({ "id": SERVICE, "type": "1EdTechCredentialRefresh" });
            change(badge);
        });
        Token { payload: open_badges_claims(&badge), ..badge_of(&academy) }
    };
    let later = |badge: &mut Value| badge["validFrom"] = json!("2026-04-01T00:00:00Z");
    let case = |name: &str, story: &str, answer: String, refresh: &str| {
        let checks: Vec<(&str, &str)> = GOOD.iter().copied().chain([("refresh", refresh)]).collect();
        token_case(name, story, version(&|_| {}).signed(&academy.key))
            .asking_for_newer()
            .with_answer(SERVICE, Canned::Fresh(answer.into_bytes()))
            .expect("valid", &checks)
    };
    vec![
        case(
            "refresh_token_newer",
            "The issuer has a version of April, in a token.",
            version(&later).signed(&academy.key),
            "pass newer_version",
        ),
        case(
            "refresh_token_forged",
            "Somebody else's key signed the version of April.",
            version(&later).signed(&impostor()),
            "inconclusive refresh_not_usable",
        ),
    ]
}
