//! Files: credentials in every container, archives, other wallets' backups, backpacks, folders.

use attesta_carrier::{BackupContents, write_backup};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::Signer;
use serde_json::{Value, json};

use super::*;
use crate::tests::files::{archive, document, picture};

const DOCUMENT: &str = "document college.example";

/// A token of the issuer's with these claims.
pub(super) fn token(typ: &str, claims: &Value) -> String {
    let header = json!({"alg": "EdDSA", "typ": typ, "kid": format!("{ISSUER}#key-1")});
    let encode = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
    let signed = format!("{}.{}", encode(&header), encode(claims));
    let signature = issuer_key().signing_key().sign(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

/// The badge with a title in the scripts of many learners.
pub(super) fn many_scripts() -> Vec<u8> {
    badge(|badge| {
        let title = "Compétence œuvrée 🎓 شهادة תעודה 証明書 e\u{301}";
        badge["credentialSubject"]["achievement"]["name"] = json!(title);
        badge["credentialSubject"]["achievement"]["description"] =
            json!("«\u{a0}Préparer\u{a0}» – \u{202b}نعم\u{202c} 👩🏽‍⚕️");
    })
}

fn backup(credentials: &[&[u8]]) -> Vec<u8> {
    write_backup(&BackupContents {
        profile_name: "Amélie",
        wallet_id: "urn:uuid:1",
        metadata_id: "urn:uuid:2",
        seed: &[9; 32],
        credentials,
    })
}

pub(super) fn shapes() -> Vec<Shape> {
    let badge = badge(|_| {});
    let marked = [b"\xef\xbb\xbf".as_slice(), &badge].concat();
    let text = String::from_utf8(badge.clone()).unwrap();
    let pretty = serde_json::to_vec_pretty(&serde_json::from_slice::<Value>(&badge).unwrap()).unwrap();
    let scripts = many_scripts();
    let file = |name, file, bytes: Vec<u8>| {
        let received = bytes.clone();
        Shape::file(name, file, bytes)
            .taken_for(DOCUMENT)
            .asks(&[KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
            .in_file(&received)
    };
    let both = |name, file, bytes: Vec<u8>| {
        Shape::file(name, file, bytes)
            .taken_for("document college.example; document college.example")
            .asks(&[KEY])
            .gives(&[GOOD, GOOD])
            .keeps(&[&badge, &other()])
    };
    let joined = |begin: &str, end: &str| [begin.as_bytes(), &badge, b" ,\n", &other(), end.as_bytes()].concat();
    let hosted = json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://college.example/assertions/1",
        "badge": "https://college.example/badges/weld",
        "recipient": {"type": "email", "hashed": false, "identity": "amelie@example.org"},
        "issuedOn": "2026-02-01T00:00:00Z", "verification": {"type": "hosted"},
    });
    let class = json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": "https://college.example/badges/weld",
        "name": "Welding", "description": "Joins metal.", "criteria": "https://college.example/c",
        "issuer": "https://college.example/issuer",
    });
    let profile = json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "id": "https://college.example/issuer",
        "name": "Exemplary College", "url": "https://college.example", "email": "badges@college.example",
    });
    let baked = attesta_credential::bake_png(&picture(), &badge).unwrap();
    let drawn = attesta_credential::bake_svg(b"<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>", &badge).unwrap();
    let jwt = token("vc+jwt", &unsigned(|_| {}));
    let disclosed = format!("{}~", token("vc+sd-jwt", &unsigned(|_| {})));
    let escaped = String::from_utf8(scripts.clone()).unwrap().chars().fold(String::new(), |text, sign| match sign {
        sign if sign.is_ascii() => text + &sign.to_string(),
        sign => sign.encode_utf16(&mut [0; 2]).iter().fold(text, |text, unit| format!("{text}\\u{unit:04x}")),
    });
    vec![
        file("a file", "badge.json", badge.clone()),
        file("a file of the registered kind", "badge.vc", badge.clone()),
        file("a file without a name that says anything", "download", badge.clone()),
        file("a file that is indented", "badge.json", pretty.clone()).keeps(&[&pretty]),
        Shape::file("a file in many scripts", "compétence 🎓.json", scripts.clone())
            .taken_for(DOCUMENT)
            .asks(&[KEY])
            .gives(&["imported valid Compétence œuvrée 🎓 شهادة תעודה 証明書 e\u{301}"])
            .keeps(&[&scripts])
            .in_file(&scripts),
        Shape::file("the same with every letter escaped", "badge.json", escaped.clone())
            .taken_for(DOCUMENT)
            .asks(&[KEY])
            .gives(&["imported valid Compétence œuvrée 🎓 شهادة תעודה 証明書 e\u{301}"])
            .keeps(&[&escaped])
            .in_file(escaped.as_bytes()),
        Shape::file("a file with a mark before it", "badge.json", marked.clone())
            .taken_for(DOCUMENT)
            .asks(&[KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
            .in_file(&marked),
        Shape::file("a backup with a mark before it", "Profile Backup.json", [b"\xef\xbb\xbf".as_slice(), &backup(&[&badge])].concat())
            .taken_for("document college.example; skipped Profile Backup.json (carrier_private_keys)")
            .asks(&[KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::text("a pasted credential", text.clone()).taken_for(DOCUMENT).asks(&[KEY]).gives(&[GOOD]).keeps(&[&badge]),
        Shape::text("a pasted token", jwt.clone()).taken_for(DOCUMENT).asks(&[KEY]).gives(&[GOOD]).keeps(std::slice::from_ref(&jwt)),
        Shape::text("a credential in a link of its own", format!("data:application/json;base64,{}", STANDARD.encode(&badge)))
            .taken_for(DOCUMENT)
            .asks(&[KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        file("a baked PNG", "badge.png", baked.clone()),
        file("a baked SVG", "badge.svg", drawn.clone()),
        file("a certificate in PDF", "certificate.pdf", document(&[&badge])),
        file("a token", "badge.jwt", jwt.clone().into_bytes()).keeps(std::slice::from_ref(&jwt)),
        file("a token with selective disclosure", "badge.txt", disclosed.clone().into_bytes()).keeps(std::slice::from_ref(&disclosed)),
        Shape::file("an array", "all.json", joined("[\n", "]"))
            .taken_for("document x2 college.example")
            .asks(&[KEY])
            .gives(&[GOOD, GOOD])
            .keeps(&[&badge, &other()]),
        Shape::file("a presentation", "presentation.json", joined(r#"{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],"verifiableCredential":["#, "]}"))
            .taken_for("document x2 college.example")
            .asks(&[KEY])
            .gives(&[GOOD, GOOD])
            .keeps(&[&badge, &other()]),
        both("an archive", "badges.zip", archive(&[("a/one.json", &badge), ("two.json", &other()), ("read me.txt", b"Hello")])),
        both("an archive with a picture and a certificate", "badges.zip", archive(&[("badge.png", &baked), ("c.pdf", &document(&[&other()]))])),
        both("an archive in an archive", "badges.zip", archive(&[("in.zip", &archive(&[("one.json", &badge)])), ("two.json", &other())])),
        Shape::file("an archive with a mail that holds a link", "mails.zip", archive(&[("mail.eml", &mail("https://college.example/claim/1", &[]))]))
            .get("https://college.example/claim/1", "application/json", badge.clone())
            .taken_for("web college.example")
            .asks(&["GET https://college.example/claim/1", KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        both("a backup of the Learner Credential Wallet", "Profile Backup.json", backup(&[&badge, &other()]))
            .taken_for("document college.example; document college.example; skipped Profile Backup.json (carrier_private_keys)"),
        Shape::file("a backup with a token", "Profile Backup.json", backup(&[jwt.as_bytes()]))
            .taken_for("document college.example; skipped Profile Backup.json (carrier_private_keys)")
            .asks(&[KEY])
            .gives(&[GOOD])
            .keeps(std::slice::from_ref(&jwt))
            .in_file(jwt.as_bytes()),
        both("a backpack", "backpack.json", joined(r#"{"credential":["#, "]}")),
        Shape::file("a backpack that names where its badges lie", "backpack.json", r#"{"status":{},"result":[{"entityType":"BackpackAssertion","openBadgeId":"https://college.example/assertions/1"}]}"#)
            .get("https://college.example/assertions/1", "application/json", badge.clone())
            .taken_for("web college.example")
            .asks(&["GET https://college.example/assertions/1", KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::file("a saved page with the credential inside", "page.html", format!("<!doctype html><html><script type=\"application/ld+json\">{text}</script></html>"))
            .taken_for(DOCUMENT)
            .asks(&[KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::file("a shortcut to an address", "Claim.url", "[InternetShortcut]\r\nURL=https://college.example/claim/1\r\n")
            .get("https://college.example/claim/1", "application/json", badge.clone())
            .taken_for("web college.example")
            .asks(&["GET https://college.example/claim/1", KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::file("a text with a link", "link.txt", "Mon insigne : https://college.example/claim/1\n")
            .get("https://college.example/claim/1", "application/json", badge.clone())
            .taken_for("web college.example")
            .asks(&["GET https://college.example/claim/1", KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::of(
            "a folder",
            Given::Folder(vec![
                ("a.json", badge.clone()),
                ("2025/b.png", attesta_credential::bake_png(&picture(), &other()).unwrap()),
                ("again.json", badge.clone()),
                ("notes.txt", b"Remember the milk.".to_vec()),
            ]),
        )
        .taken_for("document college.example; document college.example")
        .asks(&[KEY])
        .gives(&[GOOD, GOOD])
        .keeps(&[&badge, &other()]),
        Shape::file("an altered credential", "badge.json", text.replace("Wound Infections", "Brains"))
            .taken_for(DOCUMENT)
            .asks(&[KEY])
            .gives(&["imported invalid Caring for Brains"])
            .keeps(&[text.replace("Wound Infections", "Brains")]),
        Shape::file("an Open Badge 2.0 that is hosted", "badge.json", hosted.to_string())
            .hosted("https://college.example/assertions/1", &hosted)
            .hosted("https://college.example/badges/weld", &class)
            .hosted("https://college.example/issuer", &profile)
            .taken_for(DOCUMENT)
            .asks(&["GET https://college.example/assertions/1", "GET https://college.example/badges/weld", "GET https://college.example/issuer"])
            .gives(&["imported valid Welding"])
            .keeps(&[hosted.to_string()]),
        Shape::file("a credential that nobody signed", "badge.json", unsigned(|_| {}).to_string())
            .taken_for("document")
            .gives(&["imported unverifiable Caring for Wound Infections"])
            .keeps(&[unsigned(|_| {}).to_string()]),
    ]
}

#[test]
fn files_in_every_container() {
    check(&shapes());
}
