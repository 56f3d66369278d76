//! What it came in: pictures, cut files, and things that are no credential.

use attesta_credential::bake_png;
use serde_json::{Value, json};

use crate::case::{Case, pretty};
use crate::document::{edited, open_badge};
use crate::party::institute;
use crate::png::{compressed_text, picture, text};
use crate::signing::secured;

const KEYWORD: &str = "openbadgecredential";

fn badge() -> Value {
    secured(open_badge(&institute()), &institute())
}

fn compact() -> Vec<u8> {
    badge().to_string().into_bytes()
}

fn png(name: &str, story: &str, file: Vec<u8>) -> Case {
    Case::bytes(name, story, "input.png", file)
}

const GOOD: &[(&str, &str)] = &[("proof", "pass signature_holds"), ("issuer", "pass issuer_is_key")];

pub(super) fn cases() -> Vec<Case> {
    let mut cases = pictures();
    cases.extend(texts());
    cases
}

fn pictures() -> Vec<Case> {
    let baked = bake_png(&picture(&[]), &compact()).expect("a picture takes a credential");
    let half = baked[..baked.len() / 2].to_vec();
    let spoiled = {
        let mut spoiled = baked.clone();
        let place = spoiled.windows(5).position(|window| window == b"Water").expect("the badge is in the picture");
        spoiled[place] = b'w';
        spoiled
    };
    let altered = edited(badge(), |badge| badge["name"] = json!("Water Sampling II")).to_string();
    vec![
        png("png_good", "The badge is baked into its picture.", baked).expect("valid", GOOD),
        png("png_compressed", "The baker compressed the badge, which readers take as well.", {
            picture(&[compressed_text(KEYWORD, &compact())])
        })
        .expect("valid", GOOD),
        png("png_two_texts", "The picture carries two badges; the first one counts.", {
            picture(&[text(KEYWORD, &compact()), text(KEYWORD, altered.as_bytes())])
        })
        .expect("valid", GOOD),
        png("png_altered", "The badge in the picture was changed, checksum and all.", {
            picture(&[text(KEYWORD, altered.as_bytes())])
        })
        .expect("invalid", &[("proof", "fail signature_mismatch")]),
        png("png_cut_in_half", "The download broke off half way.", half).expect_rejected(&["truncated", "png_damaged"]),
        png("png_checksum_wrong", "A byte of the picture was damaged on the way.", spoiled)
            .expect_rejected(&["png_damaged"]),
        png("png_without_credential", "It is a picture and nothing else.", picture(&[]))
            .expect_rejected(&["png_without_credential"]),
        png("png_with_other_text", "The picture carries a text that is no credential.", {
            picture(&[text("Comment", b"Drawn by hand")])
        })
        .expect_rejected(&["png_without_credential"]),
        png("png_with_nonsense", "Where the badge should be stands something else.", {
            picture(&[text(KEYWORD, b"see our web site")])
        })
        .expect_rejected(&["not_json", "not_a_credential"]),
        png("png_with_bomb", "A few KiB in the picture expand to more than any badge needs.", {
            picture(&[compressed_text(KEYWORD, &vec![b' '; 9 << 20])])
        })
        .expect_rejected(&["too_large", "png_damaged"]),
    ]
}

fn texts() -> Vec<Case> {
    let whole = pretty(&badge());
    let repeated = String::from_utf8(whole.clone()).expect("JSON text is UTF-8").replacen(
        "\"validFrom\"",
        "\"validUntil\": \"2048-01-01T00:00:00Z\",\n  \"validFrom\"",
        1,
    );
    let jwt = "eyJhbGciOiJFZERTQSIsInR5cCI6InZjK2p3dCJ9.eyJpc3MiOiJkaWQ6ZXhhbXBsZToxIn0.c2lnbmF0dXJl";
    vec![
        Case::text("text_cut_in_half", "The download broke off half way.", whole[..whole.len() / 2].to_vec())
            .expect_rejected(&["truncated"]),
        Case::text("text_repeated_key", "The end stands there twice, so that readers disagree about it.", repeated)
            .expect_rejected(&["duplicate_key"]),
        Case::text("text_too_deep", "Two hundred lists in each other.", {
            format!("{}{}", "[".repeat(200), "]".repeat(200))
        })
        .expect_rejected(&["too_deep"]),
        Case::text("text_not_json", "It is a letter.", "Dear Amélie,\n\ncongratulations!\n")
            .expect_rejected(&["not_json"]),
        Case::text(
            "text_not_utf8",
            "Its letters are in an old encoding.",
            [b"{\"name\": \"Am\xe9lie\"}".as_slice()].concat(),
        )
        .expect_rejected(&["not_utf8"]),
        Case::text("text_trailing", "After the credential stands more.", [whole.as_slice(), b"{}"].concat())
            .expect_rejected(&["not_json"]),
        Case::json("text_not_a_credential", "It is JSON about the weather.", &json!({ "temperature": -31 }))
            .expect_rejected(&["not_a_credential"]),
        Case::bytes("text_jwt", "It is a JWT that carries no credential.", "input.jwt", jwt.as_bytes().to_vec())
            .expect_rejected(&["not_a_credential"]),
    ]
}
