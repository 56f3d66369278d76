//! Mails and mailboxes: links and attachments in every encoding, forwarded, enclosed, twice.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::tests::files::picture;

const CLAIM: &str = "https://college.example/claim/1";
const GET: &str = "GET https://college.example/claim/1";
const REQUEST: &str =
    "dccrequest://request?issuer=x&auth_type=bearer&challenge=c1&vc_request_url=https://college.example/exchange/1";
const HEAD: &str = "From: =?utf-8?B?w4ljb2xlIGRlcyBtw6l0aWVycw==?= <badges@college.example>\r\nTo: amelie@example.org\r\nSubject: =?iso-8859-1?Q?Votre_attestation_est_pr=EAte?=\r\nDate: Fri, 20 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n";

fn of(kind: &str, body: &str) -> Vec<u8> {
    format!("{HEAD}Content-Type: {kind}\r\n\r\n{body}\r\n").into_bytes()
}

fn multipart(kind: &str, parts: &[String]) -> String {
    let parts: String = parts.iter().map(|part| format!("--=_b\r\n{part}\r\n")).collect();
    format!("Content-Type: multipart/{kind}; boundary=\"=_b\"\r\n\r\n{parts}--=_b--\r\n")
}

fn attached(head: &str, bytes: &[u8]) -> String {
    let encoded = STANDARD.encode(bytes);
    let lines: Vec<&str> = encoded.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}", lines.join("\r\n"))
}

fn plain(text: &str) -> String {
    format!("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}")
}

/// Every byte of a text as quoted-printable, with lines broken wherever they may be.
fn quoted(text: &str) -> String {
    text.as_bytes()
        .chunks(24)
        .map(|line| line.iter().map(|byte| format!("={byte:02X}")).collect::<String>())
        .collect::<Vec<_>>()
        .join("=\r\n")
}

pub(super) fn shapes() -> Vec<Shape> {
    let badge = badge(|_| {});
    let scripts = files::many_scripts();
    let baked = attesta_credential::bake_png(&picture(), &badge).unwrap();
    let link = |name, file, bytes: Vec<u8>| {
        Shape::file(name, file, bytes)
            .get(CLAIM, "application/json", badge.clone())
            .taken_for("web college.example")
            .asks(&[GET, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
    };
    let enclosed = |name, file, bytes: Vec<u8>| {
        Shape::file(name, file, bytes)
            .taken_for("document college.example")
            .asks(&[KEY])
            .gives(&[GOOD])
            .keeps(&[&badge])
    };
    let html = format!("<p>Bonjour,</p><p><a href=\"{CLAIM}\">Réclamer</a></p><img src=\"https://t.example/p.gif\">");
    let forwarded = format!(
        "---------- Message transféré ----------\r\nDe\u{a0}: College <badges@college.example>\r\nObjet\u{a0}: Badge\r\n\r\n> Cliquez\u{a0}:\r\n> <{CLAIM}>\r\n"
    );
    let inner = String::from_utf8(mail(CLAIM, &[])).unwrap();
    let inner_badge = String::from_utf8(mail("See", &[("badge.json", badge.clone())])).unwrap();
    let mbox = |mails: &[Vec<u8>]| {
        let one = |mail: &Vec<u8>| {
            [b"From badges@college.example Fri Nov 20 09:00:00 2026\n".as_slice(), mail, b"\n"].concat()
        };
        mails.iter().map(one).collect::<Vec<_>>().concat()
    };
    let plain_link = of("text/plain; charset=utf-8", &format!("Voici\u{a0}: {CLAIM}"));
    vec![
        link("a mail with a link", "mail.eml", plain_link.clone()),
        link("a mail in quoted-printable", "mail.eml", of("text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable", &quoted(&format!("Réclamez : {CLAIM} maintenant")))),
        link("a mail in base64", "mail.eml", of("text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64", &STANDARD.encode(format!("Réclamez : {CLAIM}")))),
        link("a mail that is a page", "mail.eml", of("text/html; charset=utf-8", &html)),
        link("a mail as text and page", "mail.eml", format!("{HEAD}{}", multipart("alternative", &[plain(&format!("Réclamer : {CLAIM}")), format!("Content-Type: text/html; charset=utf-8\r\n\r\n{html}")])).into_bytes()),
        link("a mail without a name that says so", "download", plain_link.clone()),
        link("a mail whose link a network wraps", "mail.eml", of("text/plain", &format!("https://can01.safelinks.protection.outlook.com/?url={}&data=05&reserved=0", CLAIM.replace(':', "%3A").replace('/', "%2F")))),
        link("a mail whose link is broken over two lines", "mail.eml", of("text/plain; charset=utf-8", "Votre attestation : <https://college.example/\r\nclaim/1>")),
        link("a mail whose link stands twice", "mail.eml", of("text/plain", &format!("{CLAIM}\r\n\r\nOr copy: {CLAIM}"))),
        link("a forwarded mail", "mail.eml", of("text/plain; charset=utf-8", &forwarded)),
        link("a mail forwarded as a whole", "mail.eml", format!("{HEAD}{}", multipart("mixed", &[plain("Voir ci-joint"), format!("Content-Type: message/rfc822\r\n\r\n{inner}")])).into_bytes()),
        link("a mail of Apple's program", "mail.emlx", [format!("{}\n", plain_link.len()).as_bytes(), &plain_link, b"<?xml version=\"1.0\"?><plist/>"].concat()),
        Shape::text("a mail pasted with its source", String::from_utf8(plain_link.clone()).unwrap())
            .get(CLAIM, "application/json", badge.clone())
            .taken_for("web college.example")
            .asks(&[GET, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::file("a mail with a credential request", "mail.eml", of("text/html; charset=utf-8", &format!("<a href=\"{}\">Portefeuille</a>", REQUEST.replace('&', "&amp;"))))
            .post("https://college.example/exchange/1", badge.clone())
            .taken_for("request college.example")
            .asks(&["POST https://college.example/exchange/1", KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::file("a mail with an OpenID offer", "mail.eml", of("text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable", &quoted(&openid::by_value())))
            .with_openid_issuer(&badge)
            .taken_for("credential_offer issuer.example")
            .asks(&openid::ASKED)
            .gives(&[GOOD])
            .keeps(&[&badge]),
        enclosed("a mail with a file", "mail.eml", mail("Votre badge", &[("badge.json", badge.clone())])).in_file(&badge),
        enclosed("a mail with a baked picture", "mail.eml", mail("Votre badge", &[("badge.png", baked.clone())])).in_file(&baked),
        enclosed("a mail with a picture in its text", "mail.eml", format!("{HEAD}{}", multipart("related", &["Content-Type: text/html\r\n\r\n<img src=\"cid:badge\">".to_owned(), attached("Content-Type: image/png\r\nContent-ID: <badge>\r\nContent-Disposition: inline", &baked)])).into_bytes()).in_file(&baked),
        enclosed("a mail with a file whose name is encoded", "mail.eml", format!("{HEAD}{}", multipart("mixed", &[plain("Voir"), attached("Content-Type: application/json\r\nContent-Disposition: attachment; filename=\"=?utf-8?Q?comp=C3=A9tence.json?=\"", &badge)])).into_bytes()),
        enclosed("a mail with a file in a mail", "mail.eml", format!("{HEAD}{}", multipart("mixed", &[plain("Fwd"), format!("Content-Type: message/rfc822\r\n\r\n{inner_badge}")])).into_bytes()),
        enclosed("a mail with an archive", "mail.eml", mail("Voir", &[("badges.zip", crate::tests::files::archive(&[("badge.json", &badge)]))])),
        enclosed("a mail with a certificate", "mail.eml", mail("Voir", &[("certificate.pdf", crate::tests::files::document(&[&badge]))])),
        enclosed("a mail whose text is the credential", "mail.eml", of("text/plain; charset=utf-8", &String::from_utf8(badge.clone()).unwrap())).keeps(&[[badge.as_slice(), b"\r\n"].concat()]),
        Shape::file("a mail with a file in many scripts", "courriel.eml", mail("🎓", &[("badge.json", scripts.clone())]))
            .taken_for("document college.example")
            .asks(&[KEY])
            .gives(&["imported valid Compétence œuvrée 🎓 شهادة תעודה 証明書 e\u{301}"])
            .keeps(&[&scripts])
            .in_file(&scripts),
        enclosed("a mail with the same file twice", "mail.eml", mail("Voir", &[("one.json", badge.clone()), ("two.json", badge.clone())])),
        Shape::file("a mail with the same credential as file and picture", "mail.eml", mail("Voir", &[("one.json", badge.clone()), ("badge.png", baked.clone())]))
            .taken_for("document college.example; document college.example")
            .asks(&[KEY])
            .gives(&[GOOD, AGAIN])
            .keeps(&[&badge]),
        Shape::file("a mail with a link and the file that it leads to", "mail.eml", mail(CLAIM, &[("badge.json", badge.clone())]))
            .get(CLAIM, "application/json", badge.clone())
            .taken_for("document college.example; web college.example")
            .asks(&[KEY, GET])
            .gives(&[GOOD, AGAIN])
            .keeps(&[&badge]),
        Shape::file("a mailbox", "inbox.mbox", mbox(&[plain_link.clone(), mail("Voir", &[("two.json", other())]), plain_link.clone()]))
            .get(CLAIM, "application/json", badge.clone())
            .taken_for("web college.example; document college.example")
            .asks(&[KEY, GET])
            .gives(&[GOOD, GOOD])
            .keeps(&[&badge, &other()]),
        Shape::file("a mail with decoration", "mail.eml", of("text/plain; charset=utf-8", &format!("{CLAIM}\r\nhttps://www.facebook.com/college\r\nhttps://college.example/\r\nhttps://college.example/unsubscribe?u=1")))
            .get(CLAIM, "application/json", badge.clone())
            .taken_for("web college.example; web? www.facebook.com; web? college.example; web? college.example")
            .asks(&[GET, KEY])
            .gives(&[GOOD])
            .keeps(&[&badge]),
        Shape::file("a mail with a document's page beside a badge", "mail.eml", mail("https://learner.mycreds.ca/sharelink/11111111-2222-3333-4444-555555555555/11111111-2222-3333-4444-666666666666", &[("badge.json", badge.clone())]))
            .taken_for("document college.example; document_page? (document_page)")
            .asks(&[KEY])
            .gives(&[GOOD, "failed document_page"])
            .keeps(&[&badge]),
    ]
}

#[test]
fn mails_and_mailboxes() {
    check(&shapes());
}
