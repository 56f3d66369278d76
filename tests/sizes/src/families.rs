//! Badges in the shapes that are found in the field. Their issuers, names and texts are invented, their signatures are
//! random: only the shape and the size are real.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::topics::{TOPICS, Topic};

/// A badge and the family that it is counted in.
pub(crate) struct Badge {
    pub(crate) family: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// How many badges each family has.
const EACH: usize = 9;

const SCHOOLS: [(&str, &str); 9] = [
    ("Northern Lakes Polytechnic", "northernlakes.example"),
    ("Collège de la Baie-Verte", "baieverte.example"),
    ("Prairie Gate University", "learn.prairiegate.example"),
    ("Harbourfront Skills Centre", "harbourfront-skills.example"),
    ("Université des Grands-Pins", "grandspins.example"),
    ("Maple Ridge Adult School", "adult.mapleridge.example"),
    ("Institut Saint-Aubin", "saint-aubin.example"),
    ("Coastal Trades Council", "trades.coastal.example"),
    ("Red River Makers", "makers.redriver.example"),
];

type Family = fn(usize, &Topic, &mut Chance) -> Vec<u8>;

const FAMILIES: [(&str, Family); 8] = [
    ("university wallet, VC 1.1", university_1),
    ("university wallet, VC 2.0", university_2),
    ("badge platform, Open Badges 3.0", platform),
    ("large platform, skills and criteria page", large_platform),
    ("bilingual college consortium", consortium),
    ("results and alignments", results),
    ("token (JWT)", token),
    ("written with indents", indented),
];

/// All of them, no two alike.
pub(crate) fn badges() -> Vec<Badge> {
    let mut badges = Vec::new();
    for (number, (family, build)) in FAMILIES.iter().enumerate() {
        for place in 0..EACH {
            let topic = &TOPICS[(number * 5 + place * 3) % TOPICS.len()];
            let mut chance = Chance::new(&format!("{family}/{place}"));
            badges.push(Badge { family, bytes: build(place, topic, &mut chance) });
        }
    }
    badges
}

/// The order in which issuers write members; others follow by name.
const ORDER: [&str; 31] = [
    "@context",
    "id",
    "type",
    "name",
    "issuer",
    "issuanceDate",
    "validFrom",
    "expirationDate",
    "validUntil",
    "awardedDate",
    "identifier",
    "hashed",
    "identityHash",
    "identityType",
    "salt",
    "activityStartDate",
    "activityEndDate",
    "creditsEarned",
    "achievementType",
    "inLanguage",
    "description",
    "tag",
    "criteria",
    "image",
    "alignment",
    "achievement",
    "result",
    "evidence",
    "credentialSubject",
    "credentialStatus",
    "proof",
];

fn text(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write(value, None, &mut out);
    out
}

/// Writes a value, each member on a line of its own where `indent` says how deep it stands.
fn write(value: &Value, indent: Option<usize>, out: &mut Vec<u8>) {
    let deeper = indent.map(|depth| depth + 1);
    let line = |depth: Option<usize>, out: &mut Vec<u8>| {
        if let Some(depth) = depth {
            out.push(b'\n');
            out.extend(std::iter::repeat_n(b' ', 2 * depth));
        }
    };
    match value {
        Value::Object(members) => {
            let rank = |name: &str| ORDER.iter().position(|other| *other == name).unwrap_or(ORDER.len());
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| rank(name));
            out.push(b'{');
            for (place, (name, value)) in members.into_iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                line(deeper, out);
                out.extend_from_slice(format!("\"{name}\":{}", if indent.is_some() { " " } else { "" }).as_bytes());
                write(value, deeper, out);
            }
            line(indent, out);
            out.push(b'}');
        }
        Value::Array(items) => {
            out.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(b',');
                }
                line(deeper, out);
                write(item, deeper, out);
            }
            line(indent, out);
            out.push(b']');
        }
        other => out.extend_from_slice(other.to_string().as_bytes()),
    }
}

fn proof(chance: &mut Chance, suite: &str, method: &str) -> Value {
    json!({
        "type": "DataIntegrityProof", "created": chance.time(), "verificationMethod": method, "cryptosuite": suite,
        "proofPurpose": "assertionMethod", "proofValue": chance.proof_value()
    })
}

fn university_1(place: usize, topic: &Topic, chance: &mut Chance) -> Vec<u8> {
    let (school, host) = SCHOOLS[place];
    let issuer = chance.did_key();
    let mut badge = json!({
        "@context": [
            "https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
            "https://w3id.org/vc/status-list/2021/v1", "https://w3id.org/security/suites/ed25519-2020/v1"
        ],
        "id": format!("urn:uuid:{}", chance.uuid()),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": topic.name,
        "issuer": {
            "id": issuer, "type": ["Profile"], "name": school, "url": format!("https://{host}/"),
            "image": {"id": format!("https://{host}/img/seal-{}.png", chance.hex(8)), "type": "Image"}
        },
        "issuanceDate": chance.time(),
        "credentialSubject": {
            "id": chance.did_key(), "type": ["AchievementSubject"],
            "achievement": {
                "id": format!("urn:uuid:{}", chance.uuid()), "type": ["Achievement"], "achievementType": "Badge",
                "name": topic.name, "description": topic.description, "criteria": {"narrative": topic.criteria}
            }
        }
    });
    if place.is_multiple_of(2) {
        let list = format!("https://status.{host}/{}", chance.short_id());
        let index = chance.below(60_000).to_string();
        badge["credentialStatus"] = json!({
            "id": format!("{list}#{index}"), "type": "StatusList2021Entry", "statusPurpose": "revocation",
            "statusListIndex": index, "statusListCredential": list
        });
    }
    if place.is_multiple_of(3) {
        badge["expirationDate"] = json!(chance.time());
    }
    badge["proof"] = json!({
        "type": "Ed25519Signature2020", "created": chance.time(),
        "verificationMethod": format!("{issuer}#{}", &issuer["did:key:".len()..]),
        "proofPurpose": "assertionMethod", "proofValue": chance.proof_value()
    });
    text(&badge)
}

fn university_2(place: usize, topic: &Topic, chance: &mut Chance) -> Vec<u8> {
    let (school, host) = SCHOOLS[place];
    let issuer = format!("did:web:{host}");
    let mut badge = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": format!("https://{host}/credentials/{}", chance.uuid()),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer, "type": ["Profile"], "name": school},
        "validFrom": chance.time(),
        "name": topic.name,
        "credentialSubject": {
            "id": chance.did_key(), "type": ["AchievementSubject"],
            "achievement": {
                "id": format!("https://{host}/achievements/{}", chance.hex(12)), "type": ["Achievement"],
                "name": topic.name, "description": topic.description, "criteria": {"narrative": topic.criteria},
                "image": {"id": format!("https://{host}/badges/{}.png", chance.hex(16)), "type": "Image", "caption": topic.name}
            }
        }
    });
    if !place.is_multiple_of(3) {
        let index = chance.below(131_072).to_string();
        let list = format!("https://{host}/status/{}", 1 + chance.below(40));
        badge["credentialStatus"] = json!({
            "id": format!("{list}#{index}"), "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": index, "statusListCredential": list
        });
    }
    let suite = if place.is_multiple_of(2) { "eddsa-rdfc-2022" } else { "eddsa-jcs-2022" };
    badge["proof"] = proof(chance, suite, &format!("{issuer}#key-{}", place % 3));
    text(&badge)
}

fn platform(place: usize, topic: &Topic, chance: &mut Chance) -> Vec<u8> {
    let (school, host) = SCHOOLS[place];
    let service = "https://api.badges-service.example/public";
    let issuer = format!("{service}/issuers/{}", chance.short_id());
    let mut badge = json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
        ],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "id": format!("{service}/assertions/{}", chance.short_id()),
        "issuer": {
            "id": issuer, "type": "Profile", "name": school, "url": format!("https://www.{host}"),
            "email": format!("badges@{host}"), "image": {"id": format!("{issuer}/image"), "type": "Image"}
        },
        "validFrom": chance.time(),
        "credentialSubject": {
            "type": "AchievementSubject",
            "identifier": [{
                "type": "IdentityObject", "hashed": true, "identityHash": format!("sha256${}", chance.hex(64)),
                "identityType": "emailAddress", "salt": chance.hex(16)
            }],
            "achievement": {
                "id": format!("{service}/badges/{}", chance.short_id()), "type": "Achievement", "name": topic.name,
                "description": topic.description, "tag": topic.skills,
                "criteria": {"id": format!("{service}/badges/{}/criteria", chance.short_id()), "narrative": topic.criteria},
                "image": {"id": format!("{service}/badges/{}/image", chance.short_id()), "type": "Image"}
            }
        },
        "credentialStatus": {
            "id": format!("{issuer}/revocations"), "type": "1EdTechRevocationList"
        }
    });
    if place.is_multiple_of(4) {
        badge["evidence"] = json!([{
            "id": format!("https://portfolio.{host}/{}", chance.hex(10)), "type": ["Evidence"], "narrative": topic.criteria
        }]);
    }
    badge["proof"] = proof(chance, "eddsa-rdfc-2022", &format!("{issuer}#key-0"));
    text(&badge)
}

fn large_platform(place: usize, topic: &Topic, chance: &mut Chance) -> Vec<u8> {
    let (school, _) = SCHOOLS[place];
    let service = "https://www.large-platform.example";
    let skills: Vec<Value> = topic
        .skills
        .iter()
        .map(|skill| {
            json!({
                "type": ["Alignment"], "targetName": skill, "targetType": "ext:Skill",
                "targetUrl": format!("{service}/skills/{}", chance.uuid())
            })
        })
        .collect();
    let issuer = format!("{service}/api/v1/obi/v3/issuers/{}", chance.uuid());
    let badge = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"],
        "id": format!("{service}/api/v1/obi/v3/open_badge_credentials/{}", chance.uuid()),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": topic.name,
        "issuer": {"id": issuer, "type": ["Profile"], "name": school},
        "validFrom": chance.time(), "validUntil": chance.time(),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject", "hashed": true, "identityHash": format!("sha256${}", chance.hex(64)),
                "identityType": "emailAddress"
            }],
            "achievement": {
                "id": format!("{service}/api/v1/obi/v3/badge_classes/{}", chance.uuid()), "type": ["Achievement"],
                "achievementType": "Certification", "name": topic.name, "description": topic.description,
                "criteria": {"id": format!("{service}/org/{}/badge/{}", chance.hex(6), chance.hex(8))},
                "image": {"id": format!("https://images.large-platform.example/images/{}/image.png", chance.uuid()), "type": "Image"},
                "alignment": skills
            }
        },
        "proof": proof(chance, "eddsa-rdfc-2022", &format!("{issuer}#key"))
    });
    text(&badge)
}

fn consortium(place: usize, topic: &Topic, chance: &mut Chance) -> Vec<u8> {
    let (school, host) = SCHOOLS[place];
    let other = &TOPICS[(place * 7 + 4) % TOPICS.len()];
    let description = format!("{}\n\n{}", topic.description, other.description);
    let issuer = format!("did:web:factory.consortium.example:c:{}", chance.hex(12));
    let method = format!("{issuer}#{}", chance.hex(8));
    let badge = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": format!("https://factory.consortium.example/v1/assertion/{}", chance.hex(40)),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": format!("{} / {}", topic.name, other.name),
        "issuer": {
            "id": issuer, "type": ["Profile"], "name": school, "url": format!("https://{host}/fr/"), "email": format!("info@{host}")
        },
        "validFrom": chance.time(), "validUntil": chance.time(),
        "credentialSubject": {
            "id": chance.did_key(), "type": ["AchievementSubject"],
            "achievement": {
                "id": format!("https://factory.consortium.example/v1/badge/{}", chance.hex(24)), "type": ["Achievement"],
                "inLanguage": if topic.french { "fr-CA" } else { "en-CA" }, "name": topic.name,
                "description": description, "criteria": {"narrative": topic.criteria},
                "creator": {"id": issuer, "type": ["Profile"], "name": school}
            }
        },
        "proof": proof(chance, "eddsa-rdfc-2022", &method)
    });
    text(&badge)
}

fn results(place: usize, topic: &Topic, chance: &mut Chance) -> Vec<u8> {
    let (school, host) = SCHOOLS[place];
    let issuer = chance.did_key();
    let (final_grade, status) = (format!("urn:uuid:{}", chance.uuid()), format!("urn:uuid:{}", chance.uuid()));
    let alignments: Vec<Value> = topic
        .skills
        .iter()
        .take(1 + place % 2)
        .map(|skill| {
            json!({
                "type": ["Alignment"], "targetName": skill, "targetFramework": "Skills of the Provinces",
                "targetCode": format!("S{}.{}", chance.below(90), chance.below(30)), "targetType": "ceasn:Competency",
                "targetUrl": format!("https://credentialengineregistry.org/resources/ce-{}", chance.uuid())
            })
        })
        .collect();
    let list = format!("https://{host}/status/{}", chance.hex(6));
    let index = chance.below(131_072).to_string();
    let grade = ["A", "B", "C"][place % 3];
    let badge = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": format!("urn:uuid:{}", chance.uuid()),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": topic.name,
        "issuer": {"id": issuer, "type": ["Profile"], "name": school, "url": format!("https://{host}/")},
        "validFrom": chance.time(), "awardedDate": chance.time(),
        "credentialSubject": {
            "id": chance.did_key(), "type": ["AchievementSubject"],
            "activityStartDate": chance.time(), "activityEndDate": chance.time(), "creditsEarned": 1 + place % 4,
            "achievement": {
                "id": format!("https://{host}/courses/{}", chance.hex(8)), "type": ["Achievement"], "achievementType": "Course",
                "name": topic.name, "description": topic.description, "criteria": {"narrative": topic.criteria},
                "humanCode": format!("MC-{}", 100 + chance.below(900)), "alignment": alignments,
                "resultDescription": [
                    {"id": final_grade, "type": ["ResultDescription"], "name": "Final grade", "resultType": "LetterGrade",
                     "allowedValue": ["A", "B", "C", "D", "F"], "requiredValue": "C"},
                    {"id": status, "type": ["ResultDescription"], "name": "Status", "resultType": "Status"}
                ]
            },
            "result": [
                {"type": ["Result"], "resultDescription": final_grade, "value": grade},
                {"type": ["Result"], "resultDescription": status, "status": "Completed"}
            ]
        },
        "credentialStatus": {
            "id": format!("{list}#{index}"), "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
            "statusListIndex": index, "statusListCredential": list
        },
        "proof": proof(chance, "eddsa-rdfc-2022", &format!("{issuer}#{}", &issuer["did:key:".len()..]))
    });
    text(&badge)
}

fn token(place: usize, topic: &Topic, chance: &mut Chance) -> Vec<u8> {
    let (school, host) = SCHOOLS[place];
    let issuer = format!("https://{host}/ob/issuer/{}", 1 + chance.below(400));
    let id = format!("https://{host}/ob/credentials/{}", chance.uuid());
    let subject = chance.did_key();
    let badge = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": id, "type": ["VerifiableCredential", "OpenBadgeCredential"], "name": topic.name,
        "issuer": {"id": issuer, "type": ["Profile"], "name": school, "url": format!("https://{host}")},
        "validFrom": chance.time(),
        "credentialSubject": {
            "id": subject, "type": ["AchievementSubject"],
            "achievement": {
                "id": format!("https://{host}/ob/achievements/{}", chance.hex(10)), "type": ["Achievement"], "name": topic.name,
                "description": topic.description, "criteria": {"narrative": topic.criteria}, "tag": topic.skills
            }
        },
        "iss": issuer, "jti": id, "sub": subject, "nbf": 1_700_000_000 + chance.below(60_000) * 900
    });
    let header = match place % 3 {
        0 => {
            json!({"alg": "RS256", "kid": format!("https://{host}/.well-known/jwks.json#{}", chance.hex(8)), "typ": "JWT"})
        }
        1 => json!({"alg": "ES256", "typ": "vc+jwt", "kid": format!("did:web:{host}#key-1")}),
        _ => json!({"alg": "EdDSA", "typ": "JWT", "kid": chance.did_key()}),
    };
    let signature = if place.is_multiple_of(3) {
        (0..4).flat_map(|_| chance.bytes64()).collect::<Vec<u8>>()
    } else {
        chance.bytes64().to_vec()
    };
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    format!("{}.{}.{}", part(&text(&header)), part(&text(&badge)), part(&signature)).into_bytes()
}

fn indented(place: usize, topic: &Topic, chance: &mut Chance) -> Vec<u8> {
    let compact =
        if place.is_multiple_of(2) { university_1(place, topic, chance) } else { university_2(place, topic, chance) };
    let value: Value = serde_json::from_slice(&compact).expect("it was just written");
    let mut text = Vec::new();
    write(&value, Some(0), &mut text);
    text.push(b'\n');
    text
}
