//! Mails: texts and links, attachments, every encoding, nested and broken ones.

use attesta_carrier::{Content, Letter, limits, unpack};
use base64::Engine as _;

use crate::{CREDENTIAL, check, check_refused, deflated, told, zip};

fn base64(bytes: &[u8]) -> String {
    let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
    encoded
        .as_bytes()
        .chunks(76)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect::<Vec<_>>()
        .join("\r\n")
}

const HEADER: &str = "From: \"L'\u{c9}cole\" <ecole@example.org>\r\nTo: zoe@example.org\r\nSubject: Badge\r\nDate: Thu, 19 Nov 2026 10:00:00 -0500\r\nMIME-Version: 1.0\r\n";

fn mail(kind: &str, body: &str) -> String {
    format!("{HEADER}Content-Type: {kind}\r\n\r\n{body}")
}

fn multipart(kind: &str, parts: &[&str]) -> String {
    let parts: String = parts.iter().map(|part| format!("--=_b\r\n{part}\r\n")).collect();
    mail(
        &format!("multipart/{kind}; boundary=\"=_b\""),
        &format!("Preamble\r\n{parts}--=_b--\r\nEpilogue https://no.example"),
    )
}

fn attached(kind: &str, disposition: &str, bytes: &[u8]) -> String {
    format!(
        "Content-Type: {kind}\r\nContent-Disposition: {disposition}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
        base64(bytes)
    )
}

#[test]
fn a_plain_mail_gives_its_text() {
    check(
        "m.eml",
        mail("text/plain", "Claim: https://a.example/1\r\n"),
        &["m.eml > Badge: text Claim: https://a.example/1"],
    );
    check("m", mail("text/plain", "Claim: https://a.example/1\r\n"), &["m > Badge: text Claim: https://a.example/1"]);
    check("m.eml", mail("text/plain", "Nothing"), &["m.eml > Badge: text Nothing"]);
    check(
        "m.eml",
        "Subject: S\n\nBare lines\nhttps://a.example/1",
        &["m.eml > S: text Bare lines | https://a.example/1"],
    );
    check("m.eml", "Subject: S\n", &["m.eml > S: text "]);
}

#[test]
fn what_a_mail_says_of_itself_is_kept() {
    let text = format!(
        "Delivered-To: zoe.home@example.org\r\nX-Original-To: zoe@school.example\r\n{HEADER}\r\nhttps://a.example"
    );
    let letter = unpack("m.eml", text.as_bytes()).unwrap().pieces[0].letter.clone().unwrap();
    let expected = Letter {
        from: Some("L'École".into()),
        subject: Some("Badge".into()),
        to: ["zoe.home@example.org", "zoe@school.example", "zoe@example.org"].map(String::from).into(),
        date: Some("2026-11-19T10:00:00-05:00".into()),
    };
    assert_eq!(letter, expected);
    let odd = "From: a@example.org\r\nTo: \"Z, Z\" <Zoe@example.org>, zoe@EXAMPLE.org, undisclosed:;\r\nSubject: =?utf-8?B?w4lsw6h2ZQ==?=\r\n =?iso-8859-1?Q?_r=E9ussi?=\r\nDate: 99 Foo\r\n\r\nhttps://a.example";
    let letter = unpack("m.eml", odd.as_bytes()).unwrap().pieces[0].letter.clone().unwrap();
    let expected = Letter {
        from: Some("a@example.org".into()),
        subject: Some("Élève réussi".into()),
        to: vec!["Zoe@example.org".into()],
        date: None,
    };
    assert_eq!(letter, expected);
}

#[test]
fn text_and_page_give_the_same_links_once() {
    let plain = "Content-Type: text/plain; charset=utf-8\r\n\r\nClaim https://a.example/1?x=1&y=2 now";
    let page = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Claim <a href=3D\"https://a.example/1?x=3D1&amp;=\r\ny=3D2\">it</a> now<img src=3D\"https://t.example/p.gif\"></p>";
    check(
        "m.eml",
        multipart("alternative", &[plain, page]),
        &["m.eml > Badge: text Claim it | https://a.example/1?x=1&y=2 | now"],
    );
    let related = format!("Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\n{page}\r\n--r--");
    check(
        "m.eml",
        multipart("alternative", &[plain, &related]),
        &["m.eml > Badge: text Claim it | https://a.example/1?x=1&y=2 | now"],
    );
    check(
        "m.eml",
        multipart("mixed", &[plain, plain]),
        &["m.eml > Badge: text Claim https://a.example/1?x=1&y=2 now |  | Claim https://a.example/1?x=1&y=2 now"],
    );
}

#[test]
fn attachments_are_had_back_byte_for_byte() {
    let named =
        |disposition: &str| multipart("mixed", &[&attached("application/ld+json", disposition, CREDENTIAL.as_bytes())]);
    check("m.eml", named("attachment; filename=\"badge.jsonld\""), &["m.eml > badge.jsonld: the credential"]);
    check(
        "m.eml",
        named("attachment; filename*=UTF-8''comp%C3%A9tence.json"),
        &["m.eml > compétence.json: the credential"],
    );
    check(
        "m.eml",
        named("attachment; filename=\"=?utf-8?Q?comp=C3=A9tence.json?=\""),
        &["m.eml > compétence.json: the credential"],
    );
    check(
        "m.eml",
        named("attachment; filename*0=\"a-long-\"; filename*1=\"name.json\""),
        &["m.eml > a-long-name.json: the credential"],
    );
    check("m.eml", named("attachment; filename=\"../../etc/x.json\""), &["m.eml > x.json: the credential"]);
    check("m.eml", named("attachment"), &["m.eml > attachment.json: the credential"]);
    check("m.eml", named("inline"), &["m.eml > attachment.json: the credential"]);
    // A text is not read in another character set on its way, and keeps its line ends.
    let plain = format!(
        "Content-Type: text/plain; charset=iso-8859-1; name=badge.json\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{CREDENTIAL}"
    );
    check("m.eml", multipart("mixed", &[&plain]), &["m.eml > badge.json: the credential"]);
    let bare = mail("application/vc+ld+json\r\nContent-Transfer-Encoding: base64", &base64(CREDENTIAL.as_bytes()));
    check("m.eml", bare, &["m.eml > attachment.json: the credential"]);
}

#[test]
fn a_credential_in_the_text_itself_is_found() {
    check("m.eml", mail("text/plain", CREDENTIAL), &["m.eml > credential.json: the credential"]);
    let page = format!("<script type=\"application/ld+json\">{}</script>Hi", CREDENTIAL.trim());
    check(
        "m.eml",
        mail("text/html", &page),
        &[&format!("m.eml > credential.jsonld: {} bytes", CREDENTIAL.trim().len())],
    );
}

#[test]
fn badges_among_a_mails_pictures_are_found_and_its_decoration_is_not() {
    let mut logo = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_pixel(64, 64, image::Luma([200])).write_to(&mut logo, image::ImageFormat::Png).unwrap();
    let badge = attesta_credential::bake_png(logo.get_ref(), CREDENTIAL.trim().as_bytes()).unwrap();
    let mut code = std::io::Cursor::new(Vec::new());
    let picture =
        qrcode::QrCode::new("https://a.example/q").unwrap().render::<image::Luma<u8>>().module_dimensions(5, 5).build();
    picture.write_to(&mut code, image::ImageFormat::Png).unwrap();
    let inline = |bytes: &[u8], name: &str| attached("image/png", &format!("inline; filename={name}.png"), bytes);
    let parts = [inline(logo.get_ref(), "logo"), inline(&badge, "badge"), inline(code.get_ref(), "code")];
    let text = multipart("related", &parts.each_ref().map(String::as_str));
    check(
        "m.eml",
        text,
        &[&format!("m.eml > badge.png: {} bytes", badge.len()), "m.eml > code.png: code https://a.example/q"],
    );
    let enclosed = attached("image/png", "attachment; filename=logo.png", logo.get_ref());
    check("m.eml", multipart("mixed", &[&enclosed]), &[&format!("m.eml > logo.png: {} bytes", logo.get_ref().len())]);
}

#[test]
fn texts_are_read_in_every_character_set() {
    let cases: [(&str, &[u8], &str); 13] = [
        ("iso-8859-1", b"r\xe9ussite :// ", "réussite ://"),
        ("windows-1252", b"l\x92\xe9cole \x96 ://", "l’école – ://"),
        ("iso-8859-1", "réussite ://".as_bytes(), "réussite ://"),
        ("us-ascii", "réussite ://".as_bytes(), "réussite ://"),
        ("", b"r\xe9ussite ://", "réussite ://"),
        ("x-unknown", b"r\xe9ussite ://", "réussite ://"),
        ("utf-8", "🎓 شهادة תעודה ://".as_bytes(), "🎓 شهادة תעודה ://"),
        ("utf-8", b"cut \xf0\x9f ://", "cut \u{fffd} ://"),
        ("iso-2022-jp", b"\x1b$B>ZL@=q\x1b(B ://", "証明書 ://"),
        ("gb18030", b"\xd6\xa4\xca\xe9 ://", "证书 ://"),
        ("windows-1256", b"\xd4\xe5\xc7\xcf\xc9 ://", "شهادة ://"),
        ("iso-8859-8", b"\xfa\xf2\xe5\xe3\xe4 ://", "תעודה ://"),
        ("koi8-r", b"\xd3\xd7\xc9\xc4 ://", "свид ://"),
    ];
    for (charset, bytes, expected) in cases {
        let kind = format!("text/plain; charset=\"{charset}\"\r\nContent-Transfer-Encoding: base64");
        check("m.eml", mail(&kind, &base64(bytes)), &[&format!("m.eml > Badge: text {expected}")]);
        let mut raw =
            mail(&format!("text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit"), "").into_bytes();
        raw.extend(bytes);
        check("m.eml", raw, &[&format!("m.eml > Badge: text {expected}")]);
    }
    let utf_16: Vec<u8> = "réussite ://".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&b"\xff\xfe"[..], &utf_16].concat();
    for (charset, bytes) in [("utf-16le", &utf_16), ("utf-16", &marked)] {
        let kind = format!("text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64");
        check("m.eml", mail(&kind, &base64(bytes)), &["m.eml > Badge: text réussite ://"]);
    }
}

#[test]
fn forwarded_mails_are_looked_into() {
    let inner = mail("text/plain", "https://a.example/1")
        .replace("Subject: Badge", "Subject: Inner 1/2")
        .replace("zoe@", "zo@");
    let forwarded =
        format!("Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=x.eml\r\n\r\n{inner}");
    let text = multipart("mixed", &["Content-Type: text/plain\r\n\r\nLook", &forwarded]);
    check("m.eml", &text, &["m.eml > Inner 1/2 > Inner 1/2: text https://a.example/1"]);
    assert_eq!(unpack("m.eml", text.as_bytes()).unwrap().pieces[0].letter.as_ref().unwrap().to, ["zo@example.org"]);
    check(
        "m.eml",
        multipart("mixed", &[&attached("application/octet-stream", "attachment; filename=x.eml", inner.as_bytes())]),
        &["m.eml > x.eml > Inner 1/2: text https://a.example/1"],
    );
    check(
        "m.eml",
        multipart("digest", &[&format!("\r\n{inner}")]),
        &["m.eml > Inner 1/2 > Inner 1/2: text https://a.example/1"],
    );
    let archive = zip(&[deflated("badges/b.json", CREDENTIAL.as_bytes()), deflated("m.eml", inner.as_bytes())]);
    check(
        "m.eml",
        multipart("mixed", &[&attached("application/zip", "attachment; filename=b.zip", &archive)]),
        &["m.eml > b.zip > b.json: the credential", "m.eml > b.zip > m.eml > Inner 1/2: text https://a.example/1"],
    );
}

#[test]
fn nesting_ends() {
    let mut text = mail("text/plain", "https://a.example/1");
    for level in 0..3 {
        text = multipart("mixed", &[&format!("Content-Type: message/rfc822\r\n\r\n{text}")])
            .replace("=_b", &format!("b{level}="));
    }
    check("m.eml", text, &["skipped Badge: nested more deeply than 3"]);
    let depth = limits::MULTIPART_DEPTH + 1;
    let opened: String = (0..depth)
        .map(|level| format!("Content-Type: multipart/mixed; boundary=b{level}x\r\n\r\n--b{level}x\r\n"))
        .collect();
    check("m.eml", format!("{HEADER}{opened}\r\nhttps://a.example"), &["skipped Badge: nested more deeply than 12"]);
    // As deep as a file can hold: nothing overflows.
    let endless = "Content-Type: message/rfc822\n\n".repeat(100_000);
    assert!(unpack("m.eml", endless.as_bytes()).unwrap().skipped.len() == 1);
}

#[test]
fn encrypted_and_unreadable_mails_are_named() {
    let skipped = |why: &str| vec![format!("skipped Badge: {why}")];
    #[track_caller]
    fn check_skipped(text: &str, expected: Vec<String>) {
        assert_eq!(told(&unpack("m.eml", text.as_bytes()).unwrap()), expected);
    }
    let pgp = multipart(
        "encrypted; protocol=\"application/pgp-encrypted\"",
        &["Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1"],
    );
    check_skipped(&pgp, skipped("encrypted"));
    check_skipped(&mail("text/plain", "-----BEGIN PGP MESSAGE-----\r\n\r\nhQ"), skipped("encrypted"));
    check_skipped(
        &mail("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "MIA"),
        skipped("encrypted"),
    );
    check_skipped(
        &mail("application/pkcs7-mime; smime-type=signed-data", "MIA"),
        skipped("a mail that S/MIME signed and wrapped is not read"),
    );
    let tnef = attached("application/ms-tnef", "attachment; filename=winmail.dat", b"\x78\x9f\x3e\x22");
    check_skipped(
        &multipart("mixed", &[&tnef]),
        vec!["skipped winmail.dat: winmail.dat (TNEF) is not read".to_owned()],
    );
    check_refused("m.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "an Outlook message (.msg) is not read");
    let property: Vec<u8> = "__substg1.0_".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_refused(
        "m",
        [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &property].concat(),
        "an Outlook message (.msg) is not read",
    );
    check_refused("m.asc", "-----BEGIN PGP MESSAGE-----\n\nhQ", "encrypted");
}

#[test]
fn signatures_invitations_and_cards_are_passed_over() {
    let parts = [
        "Content-Type: text/plain\r\n\r\nhttps://a.example/1",
        "Content-Type: application/pgp-signature; name=signature.asc\r\n\r\n-----BEGIN PGP SIGNATURE-----",
        "Content-Type: text/calendar; name=x.ics\r\n\r\nBEGIN:VCALENDAR\r\nURL:https://c.example",
        "Content-Type: text/vcard; name=x.vcf\r\n\r\nBEGIN:VCARD\r\nURL:https://c.example",
        "Content-Type: message/delivery-status\r\n\r\nURL:https://c.example",
    ];
    check("m.eml", multipart("mixed", &parts), &["m.eml > Badge: text https://a.example/1"]);
    check("m.eml", multipart("signed", &parts), &["m.eml > Badge: text https://a.example/1"]);
}

#[test]
fn broken_mails_are_read_as_far_as_possible() {
    let unclosed = format!("{HEADER}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhttps://a.example/1");
    check("m.eml", unclosed, &["m.eml > Badge: text https://a.example/1"]);
    let nameless =
        format!("{HEADER}Content-Type: multipart/mixed\r\n\r\n--boundary\r\n\r\nhttps://a.example/1\r\n--boundary--");
    check("m.eml", nameless, &["m.eml > Badge: text https://a.example/1"]);
    let absent = format!("{HEADER}Content-Type: multipart/mixed; boundary=b\r\n\r\nhttps://a.example/1");
    check("m.eml", absent, &["m.eml > Badge: text https://a.example/1"]);
    let longer = format!(
        "{HEADER}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhttps://a.example/1\r\n--bb\r\nx\r\n--b--"
    );
    check("m.eml", longer, &["m.eml > Badge: text https://a.example/1 | --bb | x"]);
    let bare =
        multipart("mixed", &[&attached("application/json", "attachment; filename=b.json", CREDENTIAL.as_bytes())])
            .replace("\r\n", "\n");
    check("m.eml", bare, &["m.eml > b.json: the credential"]);
    let early = format!("\u{feff}\r\n{HEADER}\r\nhttps://a.example/1");
    check("m.eml", early, &["m.eml > Badge: text https://a.example/1"]);
    let apple = mail("text/plain", "https://a.example/1");
    check("m.emlx", format!("{}\n{apple}", apple.len()), &["m.emlx > Badge: text https://a.example/1"]);
    let odd_type = mail("rubbish", "https://a.example/1");
    assert!(!unpack("m.eml", odd_type.as_bytes()).unwrap().pieces.is_empty());
}

#[test]
fn a_mail_holds_no_more_than_its_bounds() {
    let long = format!("{HEADER}X-Long: {}\r\n\r\nhttps://a.example", "x".repeat(limits::HEADER_BYTES));
    check("m.eml", long, &["skipped m.eml: larger than 262144 bytes"]);
    let text = format!("https://a.example/1 {}https://a.example/2", "é ".repeat(limits::TEXT_BYTES));
    let unpacked = unpack("m.eml", mail("text/plain", &text).as_bytes()).unwrap();
    let Content::Text(kept) = &unpacked.pieces[0].content else { panic!() };
    assert!(kept.len() <= limits::TEXT_BYTES && kept.starts_with("https://a.example/1") && !kept.contains("/2"));
    assert_eq!(unpacked.skipped.len(), 1);
    let many: Vec<String> =
        (0..limits::PARTS + 50).map(|n| format!("Content-Type: text/plain; name=n{n}.json\r\n\r\n{{}}")).collect();
    let unpacked =
        unpack("m.eml", multipart("mixed", &many.iter().map(String::as_str).collect::<Vec<_>>()).as_bytes()).unwrap();
    assert!(unpacked.pieces.len() < limits::PARTS);
    assert_eq!(told(&unpacked).last().unwrap(), "skipped n999.json: more than 1000 parts");
    let large = attached("application/json", "attachment; filename=b.json", &vec![b' '; limits::DOCUMENT_BYTES + 1]);
    check("m.eml", multipart("mixed", &[&large]), &["skipped b.json: larger than 8388608 bytes"]);
    check_refused("m.eml", vec![b' '; limits::INPUT_BYTES + 1], "larger than 67108864 bytes");
    let to: String = (0..200).map(|n| format!("a{n}@example.org, ")).collect();
    let crowd = format!("Subject: S\r\nFrom: a@b.example\r\nTo: {to}\r\n\r\nhttps://a.example");
    assert_eq!(
        unpack("m.eml", crowd.as_bytes()).unwrap().pieces[0].letter.as_ref().unwrap().to.len(),
        limits::ADDRESSES
    );
    assert_eq!(
        unpack("m.eml", format!("Subject: {}\r\nTo: a\r\n\r\nx", "s".repeat(9_000)).as_bytes()).unwrap().pieces[0]
            .name
            .len(),
        limits::LABEL_CHARACTERS
    );
}

#[test]
fn other_files_are_told_by_their_content() {
    check("x.txt", "See https://a.example/1", &["x.txt: text See https://a.example/1"]);
    check("notes", "Nothing at all", &["notes: text Nothing at all"]);
    check("x.html", "<p><a href='https://a.example/1'>x</a>", &["x.html: text x | https://a.example/1"]);
    check(
        "page",
        "<!-- saved --><!DOCTYPE html><a href='https://a.example/1'>x</a>",
        &["page: text x | https://a.example/1"],
    );
    check("x.url", "[InternetShortcut]\r\nURL=https://a.example/1\r\n", &["x.url: text https://a.example/1"]);
    check("C:\\Users\\z\\b.json", CREDENTIAL, &["b.json: the credential"]);
    check("/home/z/b", CREDENTIAL, &["b: the credential"]);
    check("x.jwt", "eyJh.e30.c2ln", &["x.jwt: 13 bytes"]);
    check("x", "eyJh.e30.c2ln\n", &["x: 14 bytes"]);
    check("x.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", &["x.svg: 41 bytes"]);
    check("x.pdf", "%PDF-1.7", &["x.pdf: 8 bytes"]);
    check("x.bin", b"\0\x01\x02", &["x.bin: 3 bytes"]);
    check("", "", &[": 0 bytes"]);
    check_refused("x.rar", b"Rar!\x1a\x07\x01\0", "a RAR archive is not read");
    check_refused("x.7z", b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive is not read");
    check_refused("x.gz", b"\x1f\x8b\x08", "a gzip archive is not read");
}
