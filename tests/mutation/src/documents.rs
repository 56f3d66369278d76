//! The documents made for this run: every suite with every shape of credential, in every form it arrives in.
//!
//! A new suite is a line in [`SUITES`], a new shape one in [`shapes`], a new form one in [`FORMS`].

use attesta_credential::bake_png;
use attesta_jsonld::HashAlgorithm;
use attesta_share::{PayloadEncoding, ShareLink};
use attesta_test_support::case::Case;
use attesta_test_support::document::{DATA_INTEGRITY, ED25519_2020, VC2, edited, open_badge, vc1, vc2, with_context};
use attesta_test_support::document::{OPEN_BADGES, with_status};
use attesta_test_support::ecdsa::{EcdsaKey, EcdsaParty};
use attesta_test_support::party::{COLLEGE_DOCUMENT, Party, college, institute, learner, stranger};
use attesta_test_support::png::{compressed_text, picture};
use attesta_test_support::selective::{secured_selectively, shown as shown_of};
use attesta_test_support::signing::{Proof, Signs, secured_as, secured_with};
use attesta_test_support::status_list::{ENTRIES, INDEX, LIST, encoded, entry, list};
use attesta_verify::Cryptosuite;
use serde_json::{Value, json};

/// A suite, by the name that files go by, with the key of an issuer who uses it.
type Suite = (&'static str, Cryptosuite, fn() -> Key);

/// The suites that documents are made in here. The one of selective disclosure has shapes of its own.
const SUITES: [Suite; 6] = [
    ("rdfc", Cryptosuite::EddsaRdfc2022, || Key::Ed25519(institute())),
    ("jcs", Cryptosuite::EddsaJcs2022, || Key::Ed25519(institute())),
    ("ed25519_2020", Cryptosuite::Ed25519Signature2020, || Key::Ed25519(institute())),
    ("ecdsa_rdfc", Cryptosuite::EcdsaRdfc2019, || Key::Nist(EcdsaParty::did_key(EcdsaKey::p256(2)))),
    ("ecdsa_rdfc_p384", Cryptosuite::EcdsaRdfc2019, || Key::Nist(EcdsaParty::did_key(EcdsaKey::p384(3)))),
    ("ecdsa_jcs", Cryptosuite::EcdsaJcs2019, || Key::Nist(EcdsaParty::did_key(EcdsaKey::p384(3)))),
];

/// An issuer's key.
enum Key {
    Ed25519(Party),
    Nist(EcdsaParty),
}

impl Key {
    /// The issuer by its identifier, for documents to name it.
    fn issuer(&self) -> Party {
        match self {
            Key::Ed25519(party) => party.clone(),
            Key::Nist(party) => Party { id: party.id.clone(), method: party.method.clone(), ..institute() },
        }
    }
}

impl Signs for Key {
    fn method(&self) -> &str {
        match self {
            Key::Ed25519(party) => party.method(),
            Key::Nist(party) => party.method(),
        }
    }

    fn hash(&self) -> HashAlgorithm {
        match self {
            Key::Ed25519(party) => party.hash(),
            Key::Nist(party) => party.hash(),
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Key::Ed25519(party) => Signs::sign(party, message),
            Key::Nist(party) => Signs::sign(party, message),
        }
    }
}

/// The suite that people with a key on Ed25519 use beside an issuer's.
fn beside(suite: Cryptosuite) -> Cryptosuite {
    match suite {
        Cryptosuite::Ed25519Signature2020 | Cryptosuite::EddsaJcs2022 => suite,
        Cryptosuite::EcdsaJcs2019 => Cryptosuite::EddsaJcs2022,
        _ => Cryptosuite::EddsaRdfc2022,
    }
}

/// The forms that a credential arrives in, each made from its JSON and suite.
const FORMS: [(&str, Form); 5] = [
    ("png", in_picture),
    ("png_compressed", in_compressed_text),
    ("list", in_list),
    ("shown", shown),
    ("link", linked),
];

type Form = fn(&Value, Cryptosuite) -> (&'static str, Vec<u8>);

/// Each suite with each shape, and one shape of each suite in each form.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (suite_name, suite, key) in SUITES {
        for (shape, credential, answers) in shapes(suite, &key()) {
            let name = format!("made_{suite_name}_{shape}");
            let mut case = Case::json(&name, "A genuine credential.", &credential);
            case = answers.iter().fold(case, |case, (url, answer)| case.answering(url, answer));
            if shape == "open_badge" {
                cases.extend(in_forms(suite_name, suite, &credential));
            }
            cases.push(case);
        }
    }
    for (shape, credential) in selective_shapes() {
        cases.push(Case::json(&format!("made_sd_{shape}"), "A genuine credential.", &credential));
        if shape == "shown" {
            cases.extend(in_forms("sd", Cryptosuite::EcdsaSd2023, &credential));
        }
    }
    cases
}

fn in_forms(suite_name: &str, suite: Cryptosuite, credential: &Value) -> [Case; FORMS.len()] {
    FORMS.map(|(form, make)| {
        let (file, received) = make(credential, suite);
        let name = format!("made_{suite_name}_{form}");
        Case::bytes(&name, "A genuine credential in another form.", file, received)
    })
}

/// A credential's shape by its name, the signed JSON, and what the network must answer.
type Shape = (&'static str, Value, Vec<(&'static str, Value)>);

/// The shapes of credentials: their names, the signed JSON, and what the network must answer.
fn shapes(suite: Cryptosuite, key: &Key) -> Vec<Shape> {
    let issuer = key.issuer();
    let sign = |document: Value| secured_as(suite, for_suite(suite, document), key);
    let none = Vec::new;
    let clear = list(LIST, &issuer, "revocation", &encoded(ENTRIES, &[INDEX - 1]));
    let with_entry = with_status(open_badge(&issuer), entry(LIST, "revocation", INDEX.to_string()));
    let mut shapes = vec![
        ("plain_1", sign(vc1(&issuer)), none()),
        ("plain_2", sign(vc2(&issuer)), none()),
        ("open_badge", sign(open_badge(&issuer)), none()),
        ("rich_badge", sign(rich_badge(&issuer)), none()),
        ("two_subjects", sign(two_subjects(&issuer)), none()),
        ("with_status", sign(with_entry), vec![(LIST, sign(clear))]),
        ("endorsed", sign(endorsed(beside(suite), &issuer)), none()),
        ("two_proofs", two_proofs(suite, key), none()),
        ("proof_dated", proof_dated(suite, key), none()),
    ];
    if beside(suite) == suite {
        let web = secured_as(suite, for_suite(suite, open_badge(&college())), &college());
        shapes.push(("from_the_web", web, vec![(COLLEGE_DOCUMENT, college().document())]));
        shapes.push(("endorsement", endorsement(suite, &issuer.id), none()));
    }
    shapes
}

/// What an issuer signs for its holder to show parts of, and what a holder shows.
fn selective_shapes() -> [(&'static str, Value); 3] {
    const MANDATORY: [&str; 5] =
        ["/issuer", "/validFrom", "/validUntil", "/credentialSubject/id", "/credentialSubject/achievement/name"];
    let academy = EcdsaParty::did_key(EcdsaKey::p256(2));
    let base = secured_selectively(academy.issues(open_badge), &MANDATORY, &academy);
    let part = shown_of(&base, &["/name", "/credentialSubject/achievement"]);
    [("base", base), ("shown", part), ("base_plain", secured_selectively(academy.issues(vc2), &["/issuer"], &academy))]
}

/// The document with what a suite's proof needs in its contexts.
fn for_suite(suite: Cryptosuite, document: Value) -> Value {
    let first = document["@context"][0].as_str().unwrap_or_default().to_owned();
    match suite {
        Cryptosuite::Ed25519Signature2020 => with_context(document, ED25519_2020),
        _ if first == VC2 => document,
        _ => with_context(document, DATA_INTEGRITY),
    }
}

/// A badge with texts in several languages and directions, and every kind of member that people see.
fn rich_badge(issuer: &Party) -> Value {
    edited(open_badge(issuer), |badge| {
        badge["name"] = json!([
            { "@value": "Water Sampling", "@language": "en-CA" },
            { "@value": "Échantillonnage de l’eau", "@language": "fr-CA" },
        ]);
        badge["description"] = json!({ "@value": "شهادة في أخذ عينات المياه", "@language": "ar", "@direction": "rtl" });
        badge["image"] = json!({ "id": "https://institute.example/badges/17.png", "type": "Image", "caption": "Seal" });
        badge["issuer"]["image"] = json!({ "id": "https://institute.example/logo.png", "type": "Image" });
        badge["issuer"]["email"] = json!("registrar@institute.example");
        badge["issuer"]["otherIdentifier"] =
            json!([{ "type": "IdentifierEntry", "identifier": "A-17", "identifierType": "identifier" }]);
        let subject = &mut badge["credentialSubject"];
        subject["creditsEarned"] = json!(4.5);
        subject["activityStartDate"] = json!("2025-09-01T00:00:00Z");
        subject["activityEndDate"] = json!("2026-01-31T00:00:00Z");
        subject["role"] = json!("Sampler");
        subject["term"] = json!("Winter 2026");
        subject["licenseNumber"] = json!("WS-0017");
        subject["narrative"] = json!("Sampled *three* rivers: 1 < 2 & \"done\".");
        let identity = json!({
            "type": "IdentityObject", "hashed": false, "identityHash": "Amélie Tremblay", "identityType": "name",
        });
        subject["identifier"].as_array_mut().expect("a badge's identifiers are an array").push(identity);
        let achievement = &mut subject["achievement"];
        achievement["humanCode"] = json!("ENV-210");
        achievement["fieldOfStudy"] = json!("Hydrology");
        achievement["specialization"] = json!("Rivers");
        achievement["inLanguage"] = json!("fr");
        achievement["version"] = json!("2.1");
        achievement["creator"] = json!({ "id": issuer.id, "type": ["Profile"], "name": "Northern Institute" });
        achievement["related"] = json!([{
            "id": "https://institute.example/achievements/lab-safety", "type": ["Related"], "version": "1",
        }]);
        achievement["resultDescription"][0]["rubricCriterionLevel"] = json!([{
            "id": "urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b45", "type": ["RubricCriterionLevel"],
            "name": "Proficient", "level": "3", "points": "7.5",
        }]);
        let percent = json!({
            "id": "urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b46", "type": ["ResultDescription"],
            "name": "Written test", "resultType": "Percent", "valueMin": "0", "valueMax": "100",
        });
        let described = achievement["resultDescription"].as_array_mut().expect("results are described in an array");
        described.push(percent);
        let result = json!({
            "type": ["Result"], "resultDescription": "urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b46",
            "value": "88", "status": "Completed",
        });
        subject["result"].as_array_mut().expect("results are an array").push(result);
        badge["evidence"][0]["narrative"] = json!("Sixteen pages.");
        let second = json!({
            "id": "https://institute.example/evidence/18", "type": ["Evidence"],
            "name": "Video", "audience": "Everybody", "genre": "Film",
        });
        badge["evidence"].as_array_mut().expect("evidence is an array").push(second);
    })
}

/// A credential about two people.
fn two_subjects(issuer: &Party) -> Value {
    edited(vc2(issuer), |credential| {
        credential["credentialSubject"] = json!([
            { "id": learner().id, "name": "Amélie Tremblay" },
            { "id": "did:example:benoit", "name": "Benoît Roy" },
        ]);
        credential["type"] = json!(["VerifiableCredential"]);
    })
}

/// An endorsement by somebody else.
fn endorsement(suite: Cryptosuite, of: &str) -> Value {
    let endorser = stranger();
    let document = json!({
        "@context": [VC2, OPEN_BADGES],
        "id": "urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b55",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": { "id": endorser.id, "type": ["Profile"], "name": "Water Works Association" },
        "validFrom": "2026-01-10T00:00:00Z",
        "name": "Endorsement of the institute",
        "credentialSubject": {
            "id": of, "type": ["EndorsementSubject"], "endorsementComment": "Its graduates know their trade.",
        },
    });
    secured_as(suite, for_suite(suite, document), &endorser)
}

/// A badge with an endorsement in what the issuer signed.
fn endorsed(suite: Cryptosuite, issuer: &Party) -> Value {
    edited(open_badge(issuer), |badge| badge["endorsement"] = json!([endorsement(suite, &issuer.id)]))
}

/// A credential with two proofs by its issuer, made a day apart.
fn two_proofs(suite: Cryptosuite, key: &Key) -> Value {
    let document = for_suite(suite, vc2(&key.issuer()));
    let first = Proof::new(suite, key).of(&document, key);
    let second = Proof::new(suite, key).with("created", "2026-02-03T09:00:00Z").of(&document, key);
    edited(document, |document| document["proof"] = json!([first, second]))
}

/// A credential whose proof has an end, a challenge and a domain.
fn proof_dated(suite: Cryptosuite, key: &Key) -> Value {
    let mut proof = Proof::new(suite, key);
    // The older suite's context defines neither of these for a proof.
    if suite != Cryptosuite::Ed25519Signature2020 {
        proof = proof.with("expires", "2027-02-02T09:00:00Z").with("domain", "institute.example");
    }
    secured_with(&proof.with("challenge", "c-17"), for_suite(suite, vc2(&key.issuer())), key)
}

fn in_picture(credential: &Value, _: Cryptosuite) -> (&'static str, Vec<u8>) {
    let baked = bake_png(&picture(&[]), credential.to_string().as_bytes());
    ("input.png", baked.expect("a picture of one pixel can be baked"))
}

fn in_compressed_text(credential: &Value, _: Cryptosuite) -> (&'static str, Vec<u8>) {
    let text = compressed_text("openbadgecredential", credential.to_string().as_bytes());
    ("input.png", picture(&[text]))
}

fn in_list(credential: &Value, suite: Cryptosuite) -> (&'static str, Vec<u8>) {
    let suite = beside(suite);
    let second = secured_as(suite, for_suite(suite, vc2(&institute())), &institute());
    ("input.json", json!([credential, second]).to_string().into_bytes())
}

fn shown(credential: &Value, suite: Cryptosuite) -> (&'static str, Vec<u8>) {
    ("input.json", presentation(credential, suite).to_string().into_bytes())
}

fn linked(credential: &Value, suite: Cryptosuite) -> (&'static str, Vec<u8>) {
    let content = presentation(credential, suite).to_string();
    let link = ShareLink::encode("https://verify.example/", content.as_bytes(), PayloadEncoding::Base64Url);
    ("input.txt", link.as_str().into())
}

/// A presentation that the learner signed.
fn presentation(credential: &Value, suite: Cryptosuite) -> Value {
    let suite = beside(suite);
    let holder = learner();
    let document = json!({
        "@context": [VC2],
        "id": "urn:uuid:5d1c0a38-2a4e-4f6d-9d2f-6f1f3a9d0b66",
        "type": ["VerifiablePresentation"],
        "holder": holder.id,
        "name": "My badges",
        "description": "For the position of sampler.",
        "verifiableCredential": [credential],
    });
    secured_with(
        &Proof::new(suite, &holder).with("proofPurpose", "authentication").with("challenge", "c-1"),
        for_suite(suite, document),
        &holder,
    )
}
