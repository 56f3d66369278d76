//! Comprehensive Learner Records: credentials inside a credential, each judged on its own.

use serde_json::{Value, json};

use crate::case::Case;
use crate::document::{OPEN_BADGES, VC2, edited, open_badge, without};
use crate::party::{Party, institute, learner, stranger};
use crate::signing::secured;

const CLR: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";

fn badge() -> Value {
    secured(open_badge(&institute()), &institute())
}

/// A badge of another school, so that two identifiers of one record never describe different things.
fn other_badge() -> Value {
    secured(
        edited(open_badge(&stranger()), |badge| {
            badge["id"] = json!("urn:uuid:8a2f4e1c-0d57-4b0e-8f21-6a2d6f0a9b11");
            badge["credentialSubject"]["achievement"]["id"] = json!("https://other.example/achievements/5");
        }),
        &stranger(),
    )
}

fn unsigned_record(credentials: Value, issuer: &Party) -> Value {
    json!({
        "@context": [VC2, CLR, OPEN_BADGES],
        "id": "urn:uuid:0c2c1d61-3e0b-49a0-9a55-0a0f6a3b2c77",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": { "id": issuer.id, "type": ["Profile"], "name": "Registrar" },
        "name": "Learning record",
        "validFrom": "2026-02-01T00:00:00Z",
        "credentialSubject": {
            "id": learner().id,
            "type": ["ClrSubject"],
            "association": [{
                "type": "Association",
                "associationType": "isParentOf",
                "sourceId": "https://other.example/achievements/5",
                "targetId": "https://institute.example/achievements/1",
            }],
            "verifiableCredential": credentials,
        },
    })
}

fn record(credentials: Value) -> Value {
    let registrar = Party::did_key(81);
    secured(unsigned_record(credentials, &registrar), &registrar)
}

/// Records in records around a badge, as many as `depth` says, each with an identifier of its own.
fn records_in_records(depth: u8) -> Value {
    let registrar = Party::did_key(81);
    (0..depth).fold(badge(), |inner, level| {
        let record = edited(unsigned_record(json!([inner]), &registrar), |record| {
            record["id"] = json!(format!("urn:uuid:0c2c1d61-3e0b-49a0-9a55-0a0f6a3b2d{level:02}"));
        });
        secured(record, &registrar)
    })
}

const FIRST: &str = "/credentialSubject/verifiableCredential/0";
const SECOND: &str = "/credentialSubject/verifiableCredential/1";

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::json("record_good", "A record with two good badges of two issuers.", &{
            record(json!([badge(), other_badge()]))
        })
        .expect("valid", &[("proof", "pass signature_holds"), ("enclosed", "pass enclosed_hold")])
        .inside(FIRST, "valid")
        .inside(SECOND, "valid"),
        Case::json("record_of_an_altered_badge", "A badge was altered before the record was signed around it.", &{
            record(json!([badge(), edited(other_badge(), |it| it["validUntil"] = json!("2099-01-01T00:00:00Z"))]))
        })
        .expect("valid", &[("proof", "pass signature_holds"), ("enclosed", "fail enclosed_do_not_hold")])
        .inside(FIRST, "valid")
        .inside(SECOND, "invalid"),
        Case::json("record_of_an_unsigned_badge", "A record collects what nobody signed.", &{
            record(json!([without(badge(), "proof")]))
        })
        .expect("valid", &[("enclosed", "inconclusive enclosed_do_not_hold")])
        .inside(FIRST, "unverifiable"),
        Case::json("record_altered_around_good_badges", "The record was altered; the badge in it is as it was.", &{
            edited(record(json!([badge()])), |it| it["name"] = json!("Better learning record"))
        })
        .expect("invalid", &[("proof", "fail signature_mismatch"), ("enclosed", "pass enclosed_hold")])
        .inside(FIRST, "valid"),
        Case::json("record_unsigned_around_good_badges", "Nobody signed the record around a good badge.", &{
            unsigned_record(json!([badge()]), &institute())
        })
        .expect("unverifiable", &[("proof", "inconclusive no_proof"), ("enclosed", "pass enclosed_hold")])
        .inside(FIRST, "valid"),
        Case::json("record_in_a_record", "A record stands in a record.", &records_in_records(2))
            .expect("valid", &[("enclosed", "pass enclosed_hold")])
            .inside(FIRST, "valid")
            .inside(&format!("{FIRST}{FIRST}"), "valid"),
        Case::json("record_too_deep", "Records stand in records deeper than is looked.", &records_in_records(4))
            .expect("valid", &[("enclosed", "pass enclosed_hold")])
            .inside(&format!("{FIRST}{FIRST}{FIRST}"), "valid")
            .inside(&format!("{FIRST}{FIRST}{FIRST}{FIRST}"), "absent"),
    ]
}
