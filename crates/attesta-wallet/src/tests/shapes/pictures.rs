//! Pictures: codes that are photographed or printed, and old badges that only say where they lie.

use attesta_share::QrCode;

use super::*;
use crate::tests::files::{archive, picture};

const CLAIM: &str = "https://college.example/claim/1";
const GET: &str = "GET https://college.example/claim/1";

/// A picture that says in a text chunk where its badge lies, as they were baked before 2013.
fn pointing_to(address: &str) -> Vec<u8> {
    let picture = picture();
    let data = [b"openbadges\0".as_slice(), address.as_bytes()].concat();
    let kind = [b"tEXt".as_slice(), &data].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&kind);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    // Behind the signature and the header, which are 33 bytes long.
    [&picture[..33], &length, &kind, &sum.sum().to_be_bytes(), &picture[33..]].concat()
}

fn code(text: &str) -> Vec<u8> {
    QrCode::for_link(text).unwrap().to_png()
}

pub(super) fn shapes() -> Vec<Shape> {
    let badge = badge(|_| {});
    let request =
        "dccrequest://request?issuer=x&auth_type=bearer&challenge=c1&vc_request_url=https://college.example/exchange/1";
    let followed = |name, file, bytes: Vec<u8>| {
        Shape::file(name, file, bytes)
            .get(CLAIM, "application/json", badge.clone())
            .taken_for("web college.example")
            .asks(&[GET, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
    };
    let jpeg = {
        let picture = image::load_from_memory(&code(CLAIM)).unwrap().into_rgb8();
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
        bytes.into_inner()
    };
    vec![
        followed("a picture of a code", "screenshot.png", code(CLAIM)),
        followed("a photograph of a code", "photo.jpg", jpeg),
        Shape::file("a code that calls a wallet", "poster.png", code(request))
            .post("https://college.example/exchange/1", badge.clone())
            .taken_for("request college.example")
            .asks(&["POST https://college.example/exchange/1", KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::file("a code with an OpenID offer", "desk.png", code(&openid::by_value()))
            .with_openid_issuer(&badge)
            .taken_for("credential_offer issuer.example")
            .asks(&openid::ASKED)
            .gives(&[GOOD])
            .keeps(&[&badge]),
        followed("a picture of a code in an archive", "poster.zip", archive(&[("poster.png", &code(CLAIM))])),
        followed("a picture of a code in a mail", "mail.eml", mail("Scan:", &[("code.png", code(CLAIM))])),
        followed("an old picture that only says where its badge lies", "old.png", pointing_to(CLAIM)),
        followed(
            "an old drawing that only says where its badge lies",
            "old.svg",
            format!("<svg xmlns:openbadges=\"http://openbadges.org\"><openbadges:assertion verify=\"{CLAIM}\"/></svg>")
                .into_bytes(),
        ),
        followed("an old picture in a mail", "mail.eml", mail("Badge", &[("old.png", pointing_to(CLAIM))])),
        Shape::text("an address that answers with an old picture", "https://college.example/old.png")
            .get("https://college.example/old.png", "image/png", pointing_to("http://college.example/claim/1"))
            .get(CLAIM, "application/json", badge.clone())
            .taken_for("web college.example")
            .asks(&["GET https://college.example/old.png", GET, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::file("a code that asks for credentials", "door.png", code("openid4vp://?client_id=verifier.example"))
            .taken_for("asks_for_credentials? (asks_for_credentials)")
            .gives(&["failed asks_for_credentials"]),
        Shape::file("a picture of nothing", "holiday.png", picture())
            .taken_for("skipped holiday.png (png_without_credential); nothing (png_without_credential)")
            .gives(&["failed png_without_credential"]),
    ]
}

#[test]
fn pictures_of_codes_and_old_badges() {
    check(&shapes());
}
