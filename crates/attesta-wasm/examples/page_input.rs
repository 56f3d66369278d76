//! What the tests of the employer's page open: `page_input FOLDER DID` signs badges as the issuer whose `did:web` is
//! given and writes them into the folder in every form. Everything in it is the same each time.

use std::path::Path;

use attesta_credential::{DigestOver, bake_png};
use attesta_share::{
    Bundle, HolderKey, Passphrase, PayloadEncoding, PresentationTerms, ProofOptions, ProofPurpose, QrCode,
    SEAL_RANDOM_BYTES, Sequence, ShareLink, payload_text, sign_document, sign_presentation,
};
use attesta_verify::Cryptosuite;
use serde_json::json;

const CREATED: &str = "2026-01-15T09:00:00Z";
const PASSPHRASE: &str = "four words that open";
const BASE: &str = "https://verify.example/";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, did] = arguments.as_slice() else { return Err("usage: page_input FOLDER DID".into()) };
    let folder = Path::new(folder);
    std::fs::create_dir_all(folder)?;
    let issuer = HolderKey::from_seed(&[2; 32]);
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes);

    write("did.json", did_document(did, &issuer).as_bytes())?;
    let badges: Vec<Vec<u8>> = (1..=20).map(|number| badge(number, did, &issuer)).collect();
    let own: Vec<Vec<u8>> = (1..=2).map(|number| own_badge(number, &issuer)).collect();
    write("badge.json", &badges[0])?;
    write("own.json", &own[0])?;
    let picture = QrCode::for_link("attesta:share")?.to_png();
    write("badge.png", &bake_png(&picture, &badges[1])?)?;
    write("altered.json", &String::from_utf8(badges[0].clone())?.replace("Skill 1", "Skill 9").into_bytes())?;

    let small = presentation("For Bluewater Health", &badges[..2]);
    let twenty = presentation("Twenty of them", &badges);
    let alone = presentation("Signed by keys alone", &own);
    write("bundle.json", &small)?;
    write("twenty.json", &twenty)?;
    let link = |presentation: &[u8]| ShareLink::encode(BASE, presentation, PayloadEncoding::Base64Url).to_string();
    write("link.txt", link(&small).as_bytes())?;
    write("alone.txt", link(&alone).as_bytes())?;
    write("payload.txt", payload_text(&small, PayloadEncoding::Base64Url).as_bytes())?;
    write("twenty.txt", link(&twenty).as_bytes())?;
    let passphrase = Passphrase::new(PASSPHRASE)?;
    let randomness = [7; SEAL_RANDOM_BYTES];
    let sealed = ShareLink::encode_sealed(BASE, &small, PayloadEncoding::Base64Url, &passphrase, &randomness);
    write("sealed.txt", sealed.as_str().as_bytes())?;

    let code = ShareLink::encode(BASE, &presentation("One", &own[..1]), PayloadEncoding::Digits);
    write("code.png", &QrCode::for_link(code.as_str())?.to_png())?;
    write("other.png", &QrCode::for_link("https://elsewhere.example/menu")?.to_png())?;
    for (name, presentation) in [("part", &small), ("film", &twenty)] {
        let sequence = Sequence::of(&payload_text(presentation, PayloadEncoding::Base64Url))?;
        for (number, part) in sequence.codes.iter().enumerate() {
            write(&format!("{name}-{number:02}.png"), &part.to_png())?;
        }
    }
    Ok(())
}

fn presentation(title: &str, badges: &[Vec<u8>]) -> Vec<u8> {
    let bundle = Bundle::new(title.to_owned(), Some("What I can take on **now**.".to_owned()), badges.to_vec());
    let terms = PresentationTerms {
        id: None,
        created: CREATED.parse().expect("a time"),
        valid_until: None,
        challenge: "Zk3l2mX0q9a7b5c3d1e8fg",
        digest_over: DigestOver::ExactText,
    };
    sign_presentation(&bundle, &HolderKey::from_seed(&[1; 32]), &terms).expect("it can be signed").json
}

fn did_document(did: &str, issuer: &HolderKey) -> String {
    let method = format!("{did}#key-0");
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [{
            "id": method, "type": "Multikey", "controller": did,
            "publicKeyMultibase": issuer.did()["did:key:".len()..]
        }],
        "assertionMethod": [method]
    })
    .to_string()
}

/// A badge whose issuer's key stands on its site.
fn badge(number: usize, did: &str, issuer: &HolderKey) -> Vec<u8> {
    signed(number, did, &format!("{did}#key-0"), issuer)
}

/// A badge whose issuer is its key, for which nobody has to be asked.
fn own_badge(number: usize, issuer: &HolderKey) -> Vec<u8> {
    signed(number, &issuer.did(), &issuer.verification_method(), issuer)
}

fn signed(number: usize, issuer_id: &str, method: &str, issuer: &HolderKey) -> Vec<u8> {
    let unsigned = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": format!("urn:uuid:0c07c1ce-57cb-41af-bef2-1b93{number:08}"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer_id, "type": ["Profile"], "name": "Lakehead Valley College"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": HolderKey::from_seed(&[1; 32]).did(), "type": ["AchievementSubject"], "name": "Amélie Tremblay",
            "achievement": {
                "id": format!("https://college.example/b/{number}"), "type": ["Achievement"],
                "name": format!("Skill {number}"), "description": "Does it well.",
                "criteria": {"narrative": "Shown in three observed scenarios."},
                "alignment": [{
                    "type": ["Alignment"], "targetName": "Infection control", "targetFramework": "ESCO",
                    "targetCode": "S3.2.1", "targetUrl": "https://college.example/skills/1"
                }]
            }
        }
    });
    let options = ProofOptions {
        suite: Cryptosuite::EddsaRdfc2022,
        verification_method: method,
        purpose: ProofPurpose::AssertionMethod,
        created: CREATED.parse().expect("a time"),
        expires: None,
        challenge: None,
        domain: None,
    };
    sign_document(unsigned.to_string().as_bytes(), &options, issuer.signing_key()).expect("it can be signed")
}
