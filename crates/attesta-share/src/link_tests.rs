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
    assert!(base64_link().starts_with("https://verify.example/page/verify.html#2u"));
    assert!(link(PayloadEncoding::Digits).starts_with("https://verify.example/page/verify.html#2n"));
    let page_with_fragment = ShareLink::encode("https://verify.example/#old", PRESENTATION, PayloadEncoding::Base64Url);
    assert!(page_with_fragment.as_str().starts_with("https://verify.example/#2u"));
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
        for at in PAGE.len() + 3..whole.len() {
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
    let newer = base64_link().replace("#2u", "#3u");
    check_refused(&newer, &OpenLinkError::NewerVersion { version: '3' });
    check_refused(&newer.replace("#3u", "%237u"), &OpenLinkError::NewerVersion { version: '7' });
    assert!(is_share_link(&newer));
}

#[test]
fn an_encoding_that_came_later_is_named_and_headings_of_pages_are_none() {
    let whole = base64_link();
    check_refused(&whole.replace("#2u", "#2q"), &OpenLinkError::NewerEncoding { encoding: 'q' });
    check_refused(&whole.replace("#2u", "#9q"), &OpenLinkError::NewerVersion { version: '9' });
    check_refused(
        "https://verify.example/#2b-some-heading-of-a-page-that-goes-on-and-on-and-on",
        &OpenLinkError::NotAShareLink,
    );
}

#[test]
fn a_link_of_version_1_still_opens() {
    let link = "https://verify.example/#1u9LmCACMvmkiMFWgX1goYIzmZqYi4cckHdr6BAwXAjnUycEwANEVVCh72xRFBsbUA";
    let carried = ShareLink::decode(link).expect("it is whole").plain().expect("it is open");
    assert!(carried.starts_with(b"{"));
    let digits = "#1n688838623165930502042022189176167406794129739188408320277062624545310161909296768212400057472384114422216677907281152";
    assert_eq!(ShareLink::decode(digits), Ok(Carried::Plain(carried)));
}

#[test]
fn a_link_opens_through_every_kind_of_mail_and_text() {
    let whole = base64_link();
    let fragment = &whole[PAGE.len() + 1..];
    let encoded = |text: &str| text.replace('#', "%23").replace('-', "%2D").replace('_', "%5F");
    for text in [
        format!("«\u{a0}{whole}\u{a0}»"),
        format!("‹{whole}›!"),
        format!("[{whole}]"),
        format!("{{{whole}}};"),
        format!("`{whole}`,"),
        format!("*{whole}*"),
        format!("„{whole}”…"),
        format!("'{whole}'?"),
        format!("{whole}\u{3002}"),
        format!("{whole}\\"),
        format!("{whole}|"),
        format!("[Mes attestations]({whole} \"Dossier\")."),
        format!("<a href=\"https://track.example/?u=1&amp;to={}&amp;x=2\">ici</a>", encoded(&whole)),
        encoded(&whole),
        encoded(&encoded(&whole).replace('%', "%25")),
        whole.replace('#', "&#35;"),
        whole.replace('#', "&#x23;").replace('_', "&lowbar;"),
        whole.replace('#', "&num;").replace('-', "&#45;"),
        wrapped(&whole, 70, "\r\n> > "),
        wrapped(&whole, 70, "\r\n| "),
        wrapped(&whole, 33, "\u{2060}"),
        wrapped(&whole, 33, "\u{200E}"),
        wrapped(&whole, 33, "\u{AD}\n"),
        format!("{} Kind regards from all of us at the library", wrapped(&link(PayloadEncoding::Digits), 60, "\n")),
        format!("{}\n2026 11 22", wrapped(&link(PayloadEncoding::Digits), 60, "\n")),
        format!(
            "https://nam12.safelinks.protection.outlook.com/ap/t/?url=https%3A%2F%2Fverify.example%2F%2523{fragment}&amp;data=05%7C02&amp;reserved=0"
        ),
    ] {
        check_opens(&text);
    }
}

#[test]
fn a_link_written_in_another_way_is_damaged() {
    let whole = base64_link();
    let start = PAGE.len() + 3;
    let payload = &whole[start..];
    let swapped = format!("{}{}{}", &whole[..start], &payload[60..], &payload[..60]);
    for text in [
        swapped,
        format!("{whole}="),
        format!("{whole}=="),
        format!("{whole}%3D%3D"),
        whole.to_ascii_uppercase(),
        whole.to_ascii_lowercase(),
        format!("{}{}", &whole[..start], payload.to_ascii_uppercase()),
        link(PayloadEncoding::Digits).to_ascii_uppercase(),
        format!("{}abc", link(PayloadEncoding::Digits)),
        whole.replace("#2u", "#1u"),
        whole.replace("#2u", "#2s"),
    ] {
        check_refused(&text, &OpenLinkError::Damaged);
    }
    let other_alphabet = whole.replace('-', "+").replace('_', "/");
    assert_ne!(other_alphabet, whole, "the example needs a character that differs");
    check_refused(&other_alphabet, &OpenLinkError::Damaged);
}

#[test]
fn damage_anywhere_in_a_sealed_link_is_noticed_without_its_passphrase() {
    let passphrase = Passphrase::new("quatre mots pour ouvrir").expect("it is long enough");
    for encoding in [PayloadEncoding::Base64Url, PayloadEncoding::Digits] {
        let sealed = ShareLink::encode_sealed(PAGE, PRESENTATION, encoding, &passphrase, &[9; SEAL_RANDOM_BYTES]);
        let whole = sealed.as_str();
        assert!(matches!(ShareLink::decode(&wrapped(whole, 64, "\r\n> ")), Ok(Carried::Sealed(_))));
        let start = PAGE.len() + 3;
        for at in start..whole.len() {
            let other = if &whole[at..=at] == "1" { "0" } else { "1" };
            check_refused(&format!("{}{other}{}", &whole[..at], &whole[at + 1..]), &OpenLinkError::Damaged);
            check_refused(&format!("{}{}", &whole[..at], &whole[at + 1..]), &OpenLinkError::Damaged);
            if at >= start + FEWEST_PAYLOAD_CHARS {
                check_refused(&whole[..at], &OpenLinkError::Damaged);
            }
        }
    }
}

#[test]
fn a_text_that_is_all_markers_and_gaps_is_given_up_soon() {
    let link = base64_link();
    let damaged = format!("{}A", &link[..link.len() - 1]);
    let text = format!("{damaged}{}", " AAAA".repeat(200_000)).repeat(2);
    check_refused(&text, &OpenLinkError::Damaged);
    check_refused(
        &"#2uAAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA ".repeat(20_000),
        &OpenLinkError::Damaged,
    );
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

const DOCUMENT: &str = include_str!("../../../docs/share-format.md");

/// What the format document says: the example's presentation and its links.
fn worked_example() -> (&'static str, Vec<&'static str>) {
    let links = DOCUMENT.lines().filter(|line| line.starts_with("https://verify.example/#")).collect();
    let (_, rest) = DOCUMENT.split_once("## A worked example").expect("the document has an example");
    let (_, rest) = rest.split_once("```json\n").expect("the document shows the presentation");
    let (presentation, _) = rest.split_once("\n```").expect("the block ends");
    (presentation, links)
}

const PASSPHRASE: &str = "Montréal en février";

#[test]
fn the_worked_examples_of_the_format_document_are_what_this_crate_writes() {
    let (presentation, links) = worked_example();
    let written = |encoding| ShareLink::encode("https://verify.example/", presentation.as_bytes(), encoding);
    let [top, digits, older, older_digits, sealed] = links[..] else { panic!("five links: {links:?}") };
    assert_eq!(top, written(PayloadEncoding::Base64Url).as_str());
    assert_eq!(digits, written(PayloadEncoding::Digits).as_str());
    for link in [top, digits, older, older_digits] {
        assert_eq!(ShareLink::decode(link), Ok(Carried::Plain(presentation.as_bytes().to_vec())));
    }
    let passphrase = Passphrase::new(PASSPHRASE).expect("it is long enough");
    let randomness = std::array::from_fn(|place| u8::try_from(place).expect("a small number"));
    let base = "https://verify.example/";
    let encoding = PayloadEncoding::Base64Url;
    let again = ShareLink::encode_sealed(base, presentation.as_bytes(), encoding, &passphrase, &randomness);
    assert_eq!(sealed, again.as_str());
    let Ok(Carried::Sealed(payload)) = ShareLink::decode(sealed) else { panic!("sealed") };
    assert_eq!(payload.unseal(PASSPHRASE).as_deref(), Ok(presentation.as_bytes()));
    let code = DOCUMENT.lines().find(|line| line.starts_with("UR:BYTES/")).expect("the document shows a code");
    let done = crate::SequenceReader::new().receive(code).done;
    assert_eq!(done.as_deref(), top.split_once('#').map(|(_, fragment)| fragment));
}
