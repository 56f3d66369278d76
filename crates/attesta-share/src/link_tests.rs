use super::*;
use crate::MAX_PRESENTATION_BYTES;
use crate::arrival::FEWEST_PAYLOAD_CHARS;

const PRESENTATION: &[u8] =
    br#"{"type":["VerifiablePresentation"],"holder":"did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
"name":"Application","verifiableCredential":[{"id":"urn:uuid:5c4b1c3e-2f7a-4b1d-9a60-0a1b2c3d4e5f"}]}"#;
const PAGE: &str = "https://verify.example/page/verify.html";

fn link(encoding: PayloadEncoding) -> String {
    ShareLink::encode(PAGE, PRESENTATION, encoding).to_string()
}

fn base64_link() -> String {
    link(PayloadEncoding::Base64Url)
}

/// The text with a line break after every so many characters.
fn wrapped(text: &str, columns: usize, line_break: &str) -> String {
    let lines: Vec<&str> =
        text.as_bytes().chunks(columns).map(|line| std::str::from_utf8(line).expect("links are ASCII")).collect();
    lines.join(line_break)
}

#[track_caller]
fn check_opens(text: &str) {
    assert!(is_share_link(text), "not recognised: {text}");
    assert_eq!(ShareLink::decode(text), Ok(Carried::Plain(PRESENTATION.to_vec())), "{text}");
}

#[track_caller]
fn check_refused(text: &str, expected: &OpenLinkError) {
    assert_eq!(ShareLink::decode(text).as_ref(), Err(expected), "{text}");
}

#[test]
fn a_link_begins_with_its_page_its_version_and_its_encoding() {
    assert!(base64_link().starts_with("https://verify.example/page/verify.html#1u"));
    assert!(link(PayloadEncoding::Digits).starts_with("https://verify.example/page/verify.html#1n"));
    let page_with_fragment = ShareLink::encode("https://verify.example/#old", PRESENTATION, PayloadEncoding::Base64Url);
    assert!(page_with_fragment.as_str().starts_with("https://verify.example/#1u"));
}

#[test]
fn a_link_opens_however_it_arrives() {
    let whole = base64_link();
    let fragment = &whole[PAGE.len() + 1..];
    for text in [
        whole.clone(),
        link(PayloadEncoding::Digits),
        ShareLink::encode(SCHEME_BASE, PRESENTATION, PayloadEncoding::Base64Url).to_string(),
        fragment.to_owned(),
        format!("#{fragment}"),
        format!("  \t{whole}\r\n\r\n"),
        format!("<{whole}>"),
        format!("({whole})."),
        format!("“{whole}”"),
        format!("[My badges]({whole})"),
        format!("<a href=\"{whole}\">My badges</a>"),
        whole.replace('#', "%23"),
        whole.replace('#', "%2523"),
        whole.replace('#', "%252523"),
        format!(
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fverify.example%2Fpage%2F%23{fragment}&data=05%7C02"
        ),
        format!("Good morning,\nhere are my badges (#1 of 3): {whole}\n\nKind regards,\nAmélie"),
        format!("{whole} Kind regards"),
        wrapped(&whole, 76, "\r\n"),
        wrapped(&whole, 75, "=\r\n"),
        wrapped(&whole, 40, "\n> "),
        wrapped(&whole, 30, "\n  "),
        wrapped(&whole, 60, "\u{200B}"),
        wrapped(&link(PayloadEncoding::Digits), 50, "\n"),
        format!("{}\nKind regards", wrapped(&whole, 72, "\n")),
    ] {
        check_opens(&text);
    }
}

#[test]
fn a_link_cut_anywhere_is_damaged() {
    for encoding in [PayloadEncoding::Base64Url, PayloadEncoding::Digits] {
        let whole = link(encoding);
        let shortest = PAGE.len() + 3 + FEWEST_PAYLOAD_CHARS;
        for length in shortest..whole.len() {
            check_refused(&whole[..length], &OpenLinkError::Damaged);
        }
    }
}

#[test]
fn a_link_with_any_one_character_altered_is_damaged() {
    for (encoding, other) in [(PayloadEncoding::Base64Url, "-"), (PayloadEncoding::Digits, "7")] {
        let whole = link(encoding);
        // The last characters may carry nothing but the padding behind the end of the DEFLATE stream.
        for at in PAGE.len() + 3..whole.len() - 2 {
            let replacement = if &whole[at..=at] == other { "0" } else { other };
            let altered = format!("{}{replacement}{}", &whole[..at], &whole[at + 1..]);
            let outcome = ShareLink::decode(&altered);
            assert_eq!(outcome, Err(OpenLinkError::Damaged), "altered at {at}");
        }
    }
}

#[test]
fn something_glued_to_the_end_of_a_link_is_noticed() {
    check_refused(&format!("{}AAAA", base64_link()), &OpenLinkError::Damaged);
    check_refused(&format!("{}0", link(PayloadEncoding::Digits)), &OpenLinkError::Damaged);
}

#[test]
fn a_link_of_a_newer_version_is_told_apart_from_a_damaged_one() {
    let newer = base64_link().replace("#1u", "#2u");
    check_refused(&newer, &OpenLinkError::NewerVersion { version: '2' });
    check_refused(&newer.replace("#2u", "%237u"), &OpenLinkError::NewerVersion { version: '7' });
    assert!(is_share_link(&newer));
}

#[test]
fn a_link_that_expands_beyond_the_limit_is_refused() {
    let blanks = vec![b' '; MAX_PRESENTATION_BYTES + 1];
    let bomb = ShareLink::encode(PAGE, &blanks, PayloadEncoding::Base64Url);
    check_refused(bomb.as_str(), &OpenLinkError::TooLarge { limit: MAX_PRESENTATION_BYTES });
}

#[test]
fn other_texts_are_no_share_links() {
    for text in [
        "",
        "#",
        "1u",
        "https://verify.example/",
        "https://badges.example/claim#1",
        "https://badges.example/claim#1uShort",
        "https://badges.example/claim#1xAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "https://badges.example/help#2fa-and-everything-else-that-you-want-to-know-about-it",
        "https://badges.example/claim#0uAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi",
        "{\"id\":\"https://badges.example/1#assertion\"}",
        "100% sure: 25% of %2",
    ] {
        assert!(!is_share_link(text), "{text}");
        check_refused(text, &OpenLinkError::NotAShareLink);
    }
}

#[test]
fn a_link_says_whether_it_is_short_enough_for_mail() {
    let short = ShareLink::encode(PAGE, PRESENTATION, PayloadEncoding::Base64Url);
    assert!(short.is_comfortable());
    let long = ShareLink::encode(&format!("{PAGE}?{}", "x".repeat(900)), PRESENTATION, PayloadEncoding::Base64Url);
    assert!(!long.is_comfortable());
}

#[test]
fn every_error_has_a_code_and_its_values() {
    let newer = OpenLinkError::NewerVersion { version: '3' };
    assert_eq!((newer.code(), newer.params()), ("share_link_newer", vec![("version", "3".to_owned())]));
    assert_eq!(OpenLinkError::Damaged.code(), "share_link_damaged");
    assert_eq!(OpenLinkError::NotAShareLink.code(), "not_a_link");
    assert_eq!(OpenLinkError::TooLarge { limit: 8 }.params(), vec![("limit", "8".to_owned())]);
}

#[test]
fn the_worked_example_of_the_format_document_is_what_this_crate_writes() {
    let document = include_str!("../../../docs/share-format.md");
    let links: Vec<&str> = document.lines().filter(|line| line.starts_with("https://verify.example/#1")).collect();
    let (_, rest) = document.split_once("```json\n").expect("the document shows the presentation");
    let (presentation, _) = rest.split_once("\n```").expect("the block ends");
    let written = [PayloadEncoding::Base64Url, PayloadEncoding::Digits]
        .map(|encoding| ShareLink::encode("https://verify.example/", presentation.as_bytes(), encoding).to_string());
    assert_eq!(links, written);
    for link in links {
        assert_eq!(ShareLink::decode(link), Ok(Carried::Plain(presentation.as_bytes().to_vec())));
    }
}
