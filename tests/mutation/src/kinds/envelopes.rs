//! What a credential arrives in: chunks of a picture, parts of a JSON Web Signature, presentations, links.

use attesta_test_support::png::{chunk, compressed_text, picture, text};
use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};

use super::Scene;
use crate::carrier::Carrier;
use crate::json::Json;
use crate::random::Random;

const KEYWORD: &str = "openbadgecredential";

pub(super) fn change(random: &mut Random, received: &[u8], scene: &Scene<'_>) -> Option<Vec<u8>> {
    match scene.seed.opened.as_ref() {
        Some((Carrier::Jws(..), _)) => of_token(random, std::str::from_utf8(received).ok()?),
        Some((Carrier::Link(page), json)) => of_link(random, page, std::str::from_utf8(received).ok()?, json, scene),
        Some((_, json)) => of_json(random, json, scene),
        None if received.starts_with(b"\x89PNG") => of_chunks(random, received, scene),
        None => None,
    }
}

/// The JSON in an array, a presentation or a picture, with something else beside it.
fn of_json(random: &mut Random, json: &Json, scene: &Scene<'_>) -> Option<Vec<u8>> {
    let other = random.pick(scene.all)?.json()?;
    let presentation = |held: Json| {
        Json::object([
            ("@context", Json::texts(&["https://www.w3.org/ns/credentials/v2"])),
            ("type", Json::texts(&["VerifiablePresentation"])),
            ("name", Json::text("Doctor of Medicine")),
            ("verifiableCredential", held),
        ])
    };
    let altered = || {
        let mut altered = json.clone();
        altered.set("name", Json::text("Doctor of Medicine"));
        altered
    };
    let key = |part: &[u8]| text(KEYWORD, part);
    Some(match random.below(12) {
        0 => Json::Array(vec![altered(), json.clone()]).bytes(),
        1 => Json::Array(vec![Json::Array(vec![altered()])]).bytes(),
        2 => presentation(Json::Array(vec![altered(), other.clone()])).bytes(),
        3 => presentation(presentation(altered())).bytes(),
        4 => {
            let mut held = presentation(Json::Array(vec![json.clone()]));
            held.set("proof", json.get("proof")?.clone());
            held.bytes()
        }
        5 => picture(&[key(&altered().bytes()), key(&json.bytes())]),
        6 => picture(&[key(&json.bytes()), key(&altered().bytes())]),
        7 => picture(&[compressed_text(KEYWORD, &altered().bytes())]),
        8 => picture(&[chunk(b"tEXt", &[KEYWORD.as_bytes(), b"\0", &altered().bytes()].concat())]),
        9 => {
            // Two kinds at once: what reads one as a presentation reads the other as a credential.
            let mut both = altered();
            both.set("type", Json::texts(&["VerifiableCredential", "VerifiablePresentation"]));
            both.set("verifiableCredential", json.clone());
            both.bytes()
        }
        10 => {
            let mut envelope = Json::object([("type", Json::texts(&["EnvelopedVerifiableCredential"]))]);
            let token = URL_SAFE_NO_PAD.encode(altered().bytes());
            envelope.set("id", Json::Text(format!("data:application/vc+jwt,e30.{token}.")));
            presentation(envelope).bytes()
        }
        _ => format!("e30.{}.", URL_SAFE_NO_PAD.encode(altered().bytes())).into_bytes(),
    })
}

/// Chunks of a picture dropped, repeated, moved or renamed, their checksums right.
fn of_chunks(random: &mut Random, received: &[u8], _: &Scene<'_>) -> Option<Vec<u8>> {
    let (signature, mut rest) = received.split_at_checked(8)?;
    let mut chunks: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    while let Some((head, after)) = rest.split_at_checked(8) {
        let length = usize::try_from(u32::from_be_bytes(head[..4].try_into().ok()?)).ok()?;
        let (data, after) = after.split_at_checked(length)?;
        chunks.push((head[4..].try_into().ok()?, data.to_vec()));
        rest = after.get(4..)?;
    }
    let at = random.below(chunks.len().max(1));
    let (kind, data) = chunks.get(at)?.clone();
    match random.below(6) {
        0 => drop(chunks.remove(at)),
        1 => chunks.push((kind, data)),
        2 => chunks.reverse(),
        3 => chunks[at].0 = random.one_of(&[*b"iTXt", *b"tEXt", *b"zTXt", *b"eXIf"]),
        4 => {
            let place = random.below(chunks[at].1.len().max(1));
            *chunks[at].1.get_mut(place)? ^= 1 << random.below(8);
        }
        _ => chunks.insert(0, (kind, data)),
    }
    let chunks = chunks.iter().flat_map(|(kind, data)| chunk(kind, data));
    Some(signature.iter().copied().chain(chunks).collect())
}

/// The parts of a compact JSON Web Signature.
fn of_token(random: &mut Random, token: &str) -> Option<Vec<u8>> {
    let mut parts: Vec<String> = token.trim_end().split('.').map(str::to_owned).collect();
    let header = Json::parse(&URL_SAFE_NO_PAD.decode(parts.first()?).ok()?)?;
    let with = |member: &str, value: Json| {
        let mut header = header.clone();
        header.set(member, value);
        URL_SAFE_NO_PAD.encode(header.bytes())
    };
    match random.below(14) {
        0 => parts[0] = with("alg", Json::text(random.one_of(&["none", "None", "HS256", "RS256", "ES256", "EdDSA"]))),
        1 => parts[0] = with("kid", Json::text("did:example:forger#key")),
        2 => parts[0] = with("jwk", Json::object([("kty", Json::text("OKP")), ("crv", Json::text("Ed25519"))])),
        3 => parts[0] = with("crit", Json::texts(&["b64"])),
        4 => parts[0] = with("b64", Json::Bool(false)),
        5 => parts[0] = with("typ", Json::text(random.one_of(&["JWT", "vc+jwt", "vp+jwt", "x"]))),
        6 => *parts.last_mut()? = String::new(),
        7 => drop(parts.pop()),
        8 => parts.push(String::new()),
        9 => {
            let at = random.below(parts.len());
            parts[at].push('=');
        }
        10 => {
            let at = random.below(parts.len());
            parts[at] = URL_SAFE.encode(URL_SAFE_NO_PAD.decode(&parts[at]).ok()?);
            let place = random.below(parts[at].len() + 1);
            parts[at].insert(place, '\n');
        }
        11 => {
            let at = random.below(parts.len());
            let place = random.below(parts[at].len().max(1));
            let letter = random.one_of(b"ABCabc019-_");
            parts[at] =
                parts[at].char_indices().map(|(n, c)| if n == place { char::from(letter) } else { c }).collect();
        }
        12 => parts.swap(0, 1),
        // The last character holds bits that no byte takes: another spelling of the same signature.
        _ => {
            let last = parts.last_mut()?;
            let letter = last.pop()?;
            last.push(char::from(letter as u8 ^ 1));
        }
    }
    Some(parts.join(".").into_bytes())
}

/// The payload of a link cut, respelled, or packed anew with other words in it.
fn of_link(random: &mut Random, page: &str, link: &str, json: &Json, scene: &Scene<'_>) -> Option<Vec<u8>> {
    let (_, payload) = link.split_once("#2u")?;
    let carrier = Carrier::Link(page.to_owned());
    let at = random.below(payload.len());
    Some(match random.below(9) {
        0 => format!("{page}#2u{}", &payload[..at]).into_bytes(),
        1 => format!("{page}#1u{payload}").into_bytes(),
        2 => format!("{page}#2n{payload}").into_bytes(),
        3 => format!("{page}#2u{}A{}", &payload[..at], &payload[at..]).into_bytes(),
        4 => format!("{page}#2u{}{}", &payload[at..], &payload[..at]).into_bytes(),
        5 => format!("https://forger.example/%23{}#2u{payload}", "2u").into_bytes(),
        6 => format!("{page}#2u{}=\r\n> {}", &payload[..at], &payload[at..]).into_bytes(),
        7 => {
            let mut altered = json.clone();
            altered.set("name", Json::text("Doctor of Medicine"));
            carrier.close(&altered.bytes())
        }
        _ => {
            let mut altered = json.clone();
            let other = random.pick(scene.all)?.json()?.clone();
            altered.set("verifiableCredential", Json::Array(vec![other]));
            carrier.close(&altered.bytes())
        }
    })
}
