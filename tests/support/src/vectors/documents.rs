//! What it came in: SVG pictures, PDF documents, and pictures that no badge travels in.

use attesta_credential::{bake_png, bake_svg};
use serde_json::{Value, json};

use crate::case::{Case, pretty};
use crate::document::{edited, open_badge};
use crate::party::institute;
use crate::pdf::document;
use crate::png::{chunk, picture};
use crate::signing::secured;

const DRAWING: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><circle cx=\"4\" cy=\"4\" r=\"4\"/></svg>";
const ADDRESS: &str = "https://college.example/assertions/1";
const GOOD: &[(&str, &str)] = &[("proof", "pass signature_holds"), ("issuer", "pass issuer_is_key")];

fn badge() -> Value {
    secured(open_badge(&institute()), &institute())
}

fn altered() -> Value {
    edited(badge(), |badge| badge["name"] = json!("Water Sampling II"))
}

fn svg(name: &str, story: &str, text: impl Into<Vec<u8>>) -> Case {
    Case::bytes(name, story, "input.svg", text.into())
}

fn pdf(name: &str, story: &str, file: Vec<u8>) -> Case {
    Case::bytes(name, story, "input.pdf", file)
}

/// The element as a baker writes it who joins texts together.
fn carrier(badge: &Value) -> String {
    format!("<openbadges:credential><![CDATA[{badge}]]></openbadges:credential>")
}

fn drawn(before: &str, inside: &str) -> String {
    let declared = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"";
    format!("{before}<svg {declared}>{inside}<circle r=\"4\"/></svg>\n")
}

pub(super) fn cases() -> Vec<Case> {
    [svg_pictures(), addresses(), documents()].concat()
}

fn svg_pictures() -> Vec<Case> {
    let baked = bake_svg(DRAWING.as_bytes(), &pretty(&badge())).expect("a picture takes a credential");
    let laughs: String =
        (1..9).map(|level| format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10))).collect();
    let bomb = format!("<!DOCTYPE svg [<!ENTITY l0 \"ha\">{laughs}]>\n");
    let file = "<!DOCTYPE svg [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>\n";
    vec![
        svg("svg_good", "The badge is baked into its SVG picture.", baked.clone()).expect("valid", GOOD),
        svg("svg_with_doctype", "A drawing program wrote the picture's document type before it.", {
            let doctype = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
                           \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n";
            drawn(doctype, &carrier(&badge()))
        })
        .expect("valid", GOOD),
        svg("svg_two_badges", "The picture carries two badges; the first one counts.", {
            drawn("", &format!("{}<g>{}</g>", carrier(&badge()), carrier(&altered())))
        })
        .expect("valid", GOOD),
        svg("svg_altered", "The badge in the picture was changed.", drawn("", &carrier(&altered())))
            .expect("invalid", &[("proof", "fail signature_mismatch")]),
        svg("svg_with_bomb", "Declarations before the picture would expand to gigabytes.", {
            drawn(&bomb, &format!("<desc>&l8;</desc>{}", carrier(&badge())))
        })
        .expect("valid", GOOD),
        svg("svg_with_file_entity", "The badge's text asks for a file of the reader's.", {
            drawn(file, "<openbadges:credential>&file;</openbadges:credential>")
        })
        .expect_rejected(&["svg_damaged"]),
        svg("svg_with_comment_inside", "A comment stands in the middle of the badge, which readers take differently.", {
            drawn("", &carrier(&badge()).replace("<![CDATA[{", "<!-- {} --><![CDATA[{"))
        })
        .expect_rejected(&["svg_damaged"]),
        svg("svg_other_namespace", "The element is called as a badge's, in a namespace of somebody else.", {
            drawn("", &carrier(&badge())).replace("https://purl.imsglobal.org/ob/v3p0", "https://other.example/ns")
        })
        .expect_rejected(&["picture_without_credential"]),
        svg("svg_cut_in_half", "The download broke off half way.", baked[..baked.len() / 2].to_vec())
            .expect_rejected(&["truncated"]),
        svg("picture_svg", "It is an SVG picture and nothing else.", DRAWING)
            .expect_rejected(&["picture_without_credential"]),
        Case::bytes("picture_jpeg", "It is a photograph of the badge.", "input.jpg", {
            b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9".to_vec()
        })
        .expect_rejected(&["picture_without_credential"]),
    ]
}

fn addresses() -> Vec<Case> {
    let text = [b"openbadges\0".as_slice(), ADDRESS.as_bytes()].concat();
    vec![
        Case::bytes("png_with_address", "An old picture carries the badge's address alone.", "input.png", {
            picture(&[chunk(b"tEXt", &text)])
        })
        .expect_rejected(&["only_a_link"]),
        svg("svg_with_address", "An old picture carries the badge's address alone.", {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"http://openbadges.org\">\
                 <openbadges:assertion verify=\"{ADDRESS}\"/></svg>\n"
            )
        })
        .expect_rejected(&["only_a_link"]),
        pdf("pdf_with_address", "The document names the badge's address alone.", {
            document(&format!("/openbadges({ADDRESS})"), &[])
        })
        .expect_rejected(&["only_a_link"]),
    ]
}

fn documents() -> Vec<Case> {
    let json = pretty(&badge());
    let baked = bake_png(&picture(&[]), &json).expect("a picture takes a credential");
    let changed = pretty(&altered());
    let good = document("", &[("badge.json", &json)]);
    let named = {
        let text = badge().to_string();
        // In a string of PDF, what would end it or begin an escape is escaped; the text itself is UTF-8.
        let escaped = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        document(&format!("/openbadges({escaped})"), &[])
    };
    let locked = [good.as_slice(), b"trailer\n<</Size 7/Root 1 0 R/Encrypt 9 0 R>>\nstartxref\n0\n%%EOF\n"].concat();
    let half = good[..good.len() / 4].to_vec();
    vec![
        pdf("pdf_with_attached_badge", "The badge is attached to its certificate.", good).expect("valid", GOOD),
        pdf("pdf_with_attached_picture", "The baked picture is attached to its certificate.", {
            document("", &[("letter.txt", b"Dear student,"), ("badge.png", &baked)])
        })
        .expect("valid", GOOD),
        pdf("pdf_with_two_badges", "Two badges are attached, of which one was changed.", {
            document("", &[("good.json", &json), ("changed.json", &changed)])
        })
        .expect_each("invalid", &["valid", "invalid"]),
        pdf("pdf_with_named_badge", "The document's information holds the badge itself.", named).expect("valid", GOOD),
        pdf("pdf_encrypted", "The document is locked.", locked).expect_rejected(&["pdf_encrypted"]),
        pdf("pdf_without_credential", "It is a certificate on paper, scanned.", document("/Title(Certificate)", &[]))
            .expect_rejected(&["pdf_without_credential"]),
        pdf("pdf_cut_off", "The download broke off before the badge.", half).expect_rejected(&["truncated"]),
        pdf("pdf_with_bomb", "A few KiB in the document expand to more than any badge needs.", {
            document("", &[("badge.json", &vec![b' '; 9 << 20])])
        })
        .expect_rejected(&["too_large"]),
    ]
}
