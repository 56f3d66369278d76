//! Where a credential's status is to be looked up.

use super::{Scene, any_document};
use crate::json::Json;
use crate::random::Random;

pub(super) fn change(random: &mut Random, json: &mut Json, scene: &Scene<'_>) -> Option<()> {
    let document = any_document(random, json)?;
    let Some(status) = document.get("credentialStatus").cloned() else {
        // One that has none gets another credential's.
        let other = random.pick(scene.all)?.json()?.get("credentialStatus")?.clone();
        document.set("credentialStatus", other);
        return Some(());
    };
    let mut entries = status.to_array();
    let at = random.below(entries.len().max(1));
    let entry = entries.get_mut(at)?;
    match random.below(14) {
        0 => drop(document.remove("credentialStatus")),
        1 => document.set("credentialStatus", Json::Array(Vec::new())),
        2 => document.set("credentialStatus", Json::Null),
        3 => {
            let status = document.remove("credentialStatus")?;
            document.set("refreshService", status);
        }
        way => {
            match way {
                4 => entry.set("statusListIndex", Json::Text(random.below(131_072).to_string())),
                5 => entry.set("statusListIndex", Json::Number(random.below(131_072).to_string())),
                6 => entry.set("statusPurpose", Json::text(random.one_of(&["suspension", "refresh", "message", "x"]))),
                7 => entry.set("statusListCredential", Json::text("https://forger.example/list")),
                8 => entry.set("type", Json::text(random.one_of(&["StatusList2021Entry", "X", "Bitstring"]))),
                9 => drop(entry.remove(random.one_of(&["type", "statusPurpose", "statusListIndex", "id"]))),
                10 => entry.set("statusSize", Json::Number(random.one_of(&["0", "1", "2", "-1"]).to_owned())),
                11 => entry.set("id", Json::text("urn:uuid:00000000-0000-4000-8000-000000000000")),
                12 => *entry = Json::text("https://status.institute.example/1#entry"),
                _ => entries.push(Json::object([("type", Json::text("BitstringStatusListEntry"))])),
            }
            document.set("credentialStatus", Json::Array(entries));
        }
    }
    Some(())
}
