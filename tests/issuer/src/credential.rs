//! Builds the Open Badges 3.0 credential of a badge.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::catalogue::{Assessed, Badge, Ends, LEARNER_EMAIL, LEARNER_NAME, Picture, School, Skill};
use crate::picture;
use crate::status::{Purpose, list_url, status_index};

/// Width of an embedded picture in pixels: sharp on a card, a few KiB as text.
const EMBEDDED_SIDE: u32 = 128;

/// The salt of the learner's e-mail hash; a real issuer draws one per learner.
const SALT: &str = "wapiti-7f3a";

/// The unsigned credential `n` of the catalogue.
pub(crate) fn unsigned(badge: &Badge, n: usize, base_url: &str, did: &str, started: Timestamp) -> Value {
    let awarded = started - days(badge.awarded_days_ago);
    let mut credential = json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": format!("{base_url}{}/credentials/{n}", badge.school.path()),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": text(badge.name, badge.school),
        "issuer": profile(badge.school, base_url, did),
        "awardedDate": awarded.to_string(),
        "validFrom": awarded.to_string(),
        "credentialStatus": status_entries(badge.school, n, base_url),
        "credentialSubject": subject(badge, n, base_url, awarded),
    });
    match badge.ends {
        Ends::Never => {}
        Ends::InDays(count) => credential["validUntil"] = json!((started + days(count)).to_string()),
        Ends::DaysAgo(count) => credential["validUntil"] = json!((started - days(count)).to_string()),
    }
    if let Some((name, description, path)) = badge.evidence {
        credential["evidence"] = json!([{
            "id": format!("{base_url}{path}"),
            "type": ["Evidence"],
            "name": text(name, badge.school),
            "description": text(description, badge.school),
            "genre": "Report",
        }]);
    }
    credential
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// A text with its language.
fn text(value: &str, school: School) -> Value {
    json!({ "@value": value, "@language": school.language() })
}

fn profile(school: School, base_url: &str, did: &str) -> Value {
    json!({
        "id": did,
        "type": ["Profile"],
        "name": school.name(),
        "description": school.description(),
        "url": format!("{base_url}{}/", school.path()),
        "address": { "type": ["Address"], "addressRegion": school.region(), "addressCountryCode": "CA" },
    })
}

fn status_entries(school: School, n: usize, base_url: &str) -> Value {
    Purpose::ALL
        .map(|purpose| {
            let list = list_url(school, purpose, base_url);
            json!({
                "id": format!("{list}#{}", status_index(n)),
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose.as_str(),
                "statusListIndex": status_index(n).to_string(),
                "statusListCredential": list,
            })
        })
        .into()
}

fn subject(badge: &Badge, n: usize, base_url: &str, awarded: Timestamp) -> Value {
    let mut subject = json!({
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": false,
                "identityType": "name",
                "identityHash": LEARNER_NAME,
            },
            {
                "type": "IdentityObject",
                "hashed": true,
                "identityType": "emailAddress",
                "identityHash": identity_hash(LEARNER_EMAIL),
                "salt": SALT,
            },
        ],
        "activityStartDate": (awarded - days(60)).to_string(),
        "activityEndDate": (awarded - days(3)).to_string(),
        "achievement": achievement(badge, n, base_url),
    });
    if !badge.narrative.is_empty() {
        subject["narrative"] = json!(badge.narrative);
    }
    if let Some(credits) = badge.credits {
        subject["creditsEarned"] = json!(credits);
    }
    let results: Vec<Value> =
        badge.assessed.iter().enumerate().map(|(place, one)| result(one, n, place, base_url)).collect();
    if !results.is_empty() {
        subject["result"] = results.into();
    }
    subject
}

fn identity_hash(email: &str) -> String {
    let digest = Sha256::digest(format!("{email}{SALT}"));
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256${hex}")
}

fn achievement(badge: &Badge, n: usize, base_url: &str) -> Value {
    let school = badge.school;
    let home = format!("{base_url}{}/achievements/{}", school.path(), badge.human_code.to_lowercase());
    let mut achievement = json!({
        "id": home,
        "type": ["Achievement"],
        "achievementType": badge.achievement_type,
        "name": text(badge.name, school),
        "description": text(badge.description, school),
        "criteria": { "id": format!("{home}/criteria"), "narrative": badge.criteria },
        "fieldOfStudy": badge.field_of_study,
        "humanCode": badge.human_code,
        "inLanguage": school.language(),
        "tag": badge.tags,
        "alignment": badge.skills.iter().map(|skill| alignment(skill, base_url)).collect::<Vec<_>>(),
    });
    let members = achievement.as_object_mut().expect("an object was just written");
    if let Some(credits) = badge.credits {
        members.insert("creditsAvailable".into(), json!(credits));
    }
    if badge.picture == Picture::Embedded {
        let picture = STANDARD.encode(picture::draw(badge, EMBEDDED_SIDE));
        members.insert(
            "image".into(),
            json!({
                "id": format!("data:image/png;base64,{picture}"),
                "type": "Image",
                "caption": badge.name,
            }),
        );
    }
    if badge.related.is_some() {
        members.insert(
            "related".into(),
            json!([{
                "id": format!("{base_url}{}/achievements/certificate-{n}", school.path()),
                "type": ["Related"],
                "inLanguage": school.language(),
            }]),
        );
    }
    let descriptions: Vec<Value> =
        badge.assessed.iter().enumerate().map(|(place, one)| result_description(one, n, place, base_url)).collect();
    if !descriptions.is_empty() {
        members.insert("resultDescription".into(), descriptions.into());
    }
    achievement
}

fn alignment(skill: &Skill, base_url: &str) -> Value {
    json!({
        "type": ["Alignment"],
        "targetName": skill.name,
        "targetDescription": skill.description,
        "targetUrl": format!("{base_url}/skills/{}", skill.code.to_lowercase()),
        "targetCode": skill.code,
        "targetFramework": skill.framework,
        "targetType": "ceasn:Competency",
    })
}

fn scale_id(n: usize, place: usize, base_url: &str) -> String {
    format!("{base_url}/credentials/{n}/scales/{}", place + 1)
}

fn level_id(n: usize, place: usize, level: usize, base_url: &str) -> String {
    format!("{}/levels/{}", scale_id(n, place, base_url), level + 1)
}

fn result_description(assessed: &Assessed, n: usize, place: usize, base_url: &str) -> Value {
    let mut members = Map::new();
    members.insert("id".into(), json!(scale_id(n, place, base_url)));
    members.insert("type".into(), json!(["ResultDescription"]));
    let own = match assessed {
        Assessed::Percent { name, required, .. } => json!({
            "name": name, "resultType": "Percent", "requiredValue": required, "valueMin": "0", "valueMax": "100",
        }),
        Assessed::Letter { name, allowed, required, .. } => json!({
            "name": name, "resultType": "LetterGrade", "requiredValue": required, "allowedValue": allowed,
        }),
        Assessed::Rubric { name, levels, required, .. } => json!({
            "name": name,
            "resultType": "RubricCriterionLevel",
            "requiredLevel": level_id(n, place, *required, base_url),
            "rubricCriterionLevel": levels.iter().enumerate().map(|(level, name)| json!({
                "id": level_id(n, place, level, base_url),
                "type": ["RubricCriterionLevel"],
                "name": name,
                "level": (level + 1).to_string(),
            })).collect::<Vec<_>>(),
        }),
    };
    members.extend(own.as_object().expect("each arm writes an object").clone());
    members.into()
}

fn result(assessed: &Assessed, n: usize, place: usize, base_url: &str) -> Value {
    let mut result = json!({
        "type": ["Result"],
        "resultDescription": scale_id(n, place, base_url),
        "status": "Completed",
    });
    match assessed {
        Assessed::Percent { reached, .. } | Assessed::Letter { reached, .. } => result["value"] = json!(reached),
        Assessed::Rubric { reached, .. } => result["achievedLevel"] = json!(level_id(n, place, *reached, base_url)),
    }
    result
}
