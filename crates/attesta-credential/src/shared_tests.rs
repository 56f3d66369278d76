use super::*;
use crate::VerifiablePresentation;
use crate::limits::CREDENTIALS;
use crate::read_each;

const ASSERTION: &str = r#"{\"@context\":\"https://w3id.org/openbadges/v2\",\"type\":\"Assertion\",\"id\":\"https://badges.example/1\",\"recipient\":{},\"badge\":\"https://badges.example/b\"}"#;

/// A presentation of credentials named `a`, `b`, … with these members beside them.
fn presentation(credentials: usize, members: &str) -> VerifiablePresentation {
    let held: Vec<String> = (0..credentials)
        .map(|index| {
            let letter = char::from(b'a' + u8::try_from(index % 26).unwrap());
            format!(r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"name":"{letter}"}}"#)
        })
        .collect();
    let members = if members.is_empty() { String::new() } else { format!(",{members}") };
    let json = format!(
        r#"{{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"],
        "verifiableCredential":[{}]{members}}}"#,
        held.join(",")
    );
    VerifiablePresentation::from_json(json.into_bytes()).unwrap()
}

/// What stands where: a credential by its letter, something beside by the pointer to it.
fn order(presentation: &VerifiablePresentation) -> String {
    let name = |entry: Entry<'_>| match entry.kind {
        EntryKind::Credential => {
            let document = Document::parse(entry.text.into_owned()).unwrap();
            document.root().get("name").and_then(Value::as_str).unwrap_or("?").to_owned()
        }
        EntryKind::Beside => entry.pointer.rsplit('/').next().unwrap_or_default().to_owned(),
    };
    presentation.entries().into_iter().map(name).collect()
}

fn flaws(presentation: &VerifiablePresentation) -> Vec<&str> {
    let malformed = |found: &&Nonconformity| found.kind == NonconformityKind::Malformed;
    let ours = presentation.nonconformities().iter().filter(malformed);
    let ours = ours.filter(|found| found.pointer.starts_with("/attesta:"));
    ours.map(|found| found.pointer.as_str()).collect()
}

/// What stands beside, at these places as they are written.
fn beside(places: &[&str]) -> String {
    let one = |place: &&str| format!(r#"{{"attesta:place":{place},"attesta:text":"{ASSERTION}"}}"#);
    format!(r#""attesta:beside":[{}]"#, places.iter().map(one).collect::<Vec<_>>().join(","))
}

#[track_caller]
fn check_order(credentials: usize, places: &[&str], expected: &str, expected_flaws: &[&str]) {
    let presentation = presentation(credentials, &beside(places));
    assert_eq!(order(&presentation), expected, "{places:?}");
    assert_eq!(flaws(&presentation), expected_flaws, "{places:?}");
    let read = read_each(presentation.bytes()).unwrap();
    let pointers: Vec<&str> = read.iter().map(|found| found.as_ref().unwrap().pointer.as_str()).collect();
    let entries = presentation.entries();
    assert_eq!(pointers, entries.iter().map(|entry| entry.pointer.as_str()).collect::<Vec<_>>());
    assert!(entries.iter().map(|entry| entry.place).eq(1..=credentials + places.len()));
}

#[test]
fn what_stands_beside_stands_at_its_place() {
    check_order(2, &[], "ab", &[]);
    check_order(2, &["1"], "0ab", &[]);
    check_order(2, &["2"], "a0b", &[]);
    check_order(2, &["3"], "ab0", &[]);
    check_order(2, &["4", "1"], "1ab0", &[]);
    check_order(0, &["2", "1"], "10", &[]);
    check_order(1, &["2.0", "1e0"], "10a", &[]);
    check_order(1, &["[2]"], "a0", &[]);
}

#[test]
fn a_place_that_can_not_be_has_its_entry_last_and_is_named() {
    let flaw = "/attesta:beside/0/attesta:place";
    for place in
        ["0", "-1", "4", "1.5", "1e300", "-0.0", "18446744073709551617", "\"1\"", "null", "true", "[]", "[1,2]", "{}"]
    {
        check_order(2, &[place], "ab0", &[flaw]);
    }
    check_order(1, &["2", "2"], "a01", &["/attesta:beside/1/attesta:place"]);
    check_order(1, &["1", "1", "9"], "0a12", &["/attesta:beside/1/attesta:place", "/attesta:beside/2/attesta:place"]);
}

#[test]
fn more_entries_than_are_read_are_refused_whichever_way_they_stand() {
    let places: Vec<String> = (1..=CREDENTIALS).map(|place| place.to_string()).collect();
    let places: Vec<&str> = places.iter().map(String::as_str).collect();
    let full = presentation(0, &beside(&places));
    assert_eq!(full.entries().len(), CREDENTIALS);
    let json = String::from_utf8(full.bytes().to_vec()).unwrap();
    let over =
        json.replace(r#""verifiableCredential":[]"#, r#""verifiableCredential":[{"type":"VerifiableCredential"}]"#);
    let error = crate::ReadError::TooMany { limit: CREDENTIALS };
    assert_eq!(VerifiablePresentation::from_json(over.clone().into_bytes()).unwrap_err(), error);
    assert_eq!(read_each(over.as_bytes()).unwrap_err(), error);
}

#[track_caller]
fn check_notes(notes: &str, expected: [Option<&str>; 3], expected_flaws: &[&str]) {
    let presentation = presentation(2, &format!("{},\"attesta:notes\":{notes}", beside(&["2"])));
    assert_eq!([1, 2, 3].map(|place| presentation.note_at(place)), expected, "{notes}");
    assert_eq!(flaws(&presentation), expected_flaws, "{notes}");
    assert_eq!(
        (presentation.note_at(0), presentation.note_at(4), presentation.note_at(usize::MAX)),
        (None, None, None)
    );
}

#[test]
fn a_note_is_found_by_the_place_of_what_it_is_about() {
    let one = |place: &str, text: &str| format!(r#"{{"attesta:place":{place},"attesta:text":{text}}}"#);
    check_notes("[]", [None; 3], &[]);
    check_notes("null", [None; 3], &[]);
    check_notes(&one("2", "\"x\""), [None, Some("x"), None], &[]);
    check_notes(&format!("[{},{}]", one("3", "\"z\""), one("1", "[\"_:x\"]")), [Some("_:x"), None, Some("z")], &[]);
    check_notes(
        &format!("[{},{}]", one("1", "\"x\""), one("1", "\"y\"")),
        [Some("x"), None, None],
        &["/attesta:notes/1/attesta:place"],
    );
    for place in ["0", "-1", "4", "1e99", "\"1\""] {
        check_notes(&format!("[{}]", one(place, "\"x\"")), [None; 3], &["/attesta:notes/0/attesta:place"]);
    }
    for text in ["1", "null", "[]", r#"{"@value":"x","@language":"en"}"#, r#"["x","y"]"#] {
        check_notes(&format!("[{}]", one("1", text)), [None; 3], &["/attesta:notes/0"]);
    }
    check_notes(r#"["x"]"#, [None; 3], &["/attesta:notes/0"]);
    check_notes("7", [None; 3], &["/attesta:notes"]);
    let more = r#"[{"attesta:place":1,"attesta:text":"x","id":"urn:x:1"}]"#;
    check_notes(more, [Some("x"), None, None], &["/attesta:notes/0"]);
}

#[test]
fn what_says_places_says_a_digest() {
    #[track_caller]
    fn check(members: &str, missing: &[&str]) {
        let presentation = presentation(1, members);
        let found = presentation.nonconformities().iter().filter(|found| found.kind == NonconformityKind::Missing);
        assert_eq!(found.map(|found| found.pointer.as_str()).collect::<Vec<_>>(), missing, "{members}");
    }
    let note = r#""attesta:notes":[{"attesta:place":1,"attesta:text":"x"}]"#;
    check("", &[]);
    check(r#""attesta:audience":"x","attesta:hidden":["skills"],"attesta:notes":[],"attesta:beside":null"#, &[]);
    check(note, &["/attesta:contents"]);
    check(&format!(r#"{note},"attesta:contents":null"#), &["/attesta:contents"]);
    check(&format!(r#"{note},"attesta:contents":"uEi""#), &[]);
    check(&beside(&["1"]), &["/attesta:contents"]);
}

#[track_caller]
fn check_words(members: &str, audience: Option<&str>, hidden: &[&str], expected_flaws: &[&str]) {
    let presentation = presentation(1, members);
    assert_eq!(presentation.audience(), audience, "{members}");
    assert_eq!(presentation.hidden_parts(), hidden, "{members}");
    assert_eq!(flaws(&presentation), expected_flaws, "{members}");
}

#[test]
fn audience_and_hidden_parts_are_read() {
    check_words("", None, &[], &[]);
    check_words(r#""attesta:audience":"Atelier Nord""#, Some("Atelier Nord"), &[], &[]);
    check_words(r#""attesta:audience":["Atelier Nord"]"#, Some("Atelier Nord"), &[], &[]);
    check_words(r#""attesta:audience":null,"attesta:hidden":null"#, None, &[], &[]);
    for odd in ["7", "[]", r#"["a","b"]"#, r#"{"@value":"a"}"#] {
        check_words(&format!(r#""attesta:audience":{odd}"#), None, &[], &["/attesta:audience"]);
    }
    check_words(r#""attesta:hidden":["skills","picture"]"#, None, &["picture", "skills"], &[]);
    check_words(r#""attesta:hidden":"evidence""#, None, &["evidence"], &[]);
    check_words(r#""attesta:hidden":["smell","skills"]"#, None, &["skills"], &[]);
    check_words(r#""attesta:hidden":[7,"skills"]"#, None, &["skills"], &["/attesta:hidden"]);
}

#[track_caller]
fn check_contents(presentation: &str, expected: Contents) {
    let presentation = VerifiablePresentation::from_json(presentation.as_bytes().to_vec()).unwrap();
    assert_eq!(presentation.contents(), expected);
}

#[test]
fn the_digest_covers_every_entry_its_order_and_its_bytes() {
    let without = presentation(2, &beside(&["2"]));
    let digest = contents_digest(without.entries().iter().map(|entry| entry.text.as_ref()));
    assert_eq!(without.contents(), Contents::Absent);
    let json = String::from_utf8(without.bytes().to_vec()).unwrap();
    let stated = |json: &str, value: &str| json.replacen('{', &format!(r#"{{"attesta:contents":{value},"#), 1);
    let whole = stated(&json, &format!("\"{digest}\""));
    check_contents(&whole, Contents::Match);
    check_contents(&stated(&json, &format!("[\"{digest}\"]")), Contents::Match);
    check_contents(&stated(&json, "null"), Contents::Absent);
    for odd in ["7", "[]", "\"\"", &format!("\"{}\"", &digest[1..])] {
        check_contents(&stated(&json, odd), Contents::Differ(DigestOver::ExactText));
    }
    for (from, to) in [
        (r#""attesta:place":2"#, r#""attesta:place":1"#),
        (r#""name":"a""#, r#""name" :"a""#),
        (r#""name":"a""#, "\"name\":\"\\u0061\""),
        (r#"\"recipient\":{}"#, r#"\"recipient\": {}"#),
    ] {
        assert!(whole.contains(from), "{from}");
        check_contents(&whole.replace(from, to), Contents::Differ(DigestOver::ExactText));
    }
    // How the presentation itself is laid out is not part of it, nor how its text is escaped.
    check_contents(&whole.replace(r#""attesta:place":2"#, r#""attesta:place" : 2"#), Contents::Match);
    check_contents(&whole.replace(r#"\"recipient\":{}"#, "\\u0022recipient\\\":{}"), Contents::Match);
}

#[test]
fn the_digest_over_canonical_json_leaves_open_how_credentials_are_written_and_nothing_else() {
    let without = presentation(2, &beside(&["2"]));
    let json = String::from_utf8(without.bytes().to_vec()).unwrap();
    let stated = |members: &str| json.replacen('{', &format!("{{{members},"), 1);
    let canonical: Vec<Vec<u8>> = without
        .entries()
        .iter()
        .map(|entry| match entry.kind {
            EntryKind::Credential => jcs::canonicalize(Document::parse(entry.text.to_vec()).unwrap().root()),
            EntryKind::Beside => entry.text.to_vec(),
        })
        .collect();
    let canonical = contents_digest(canonical.iter().map(Vec::as_slice));
    let exact = contents_digest(without.entries().iter().map(|entry| entry.text.as_ref()));
    let whole = stated(&format!(r#""attesta:canonicalContents":"{canonical}""#));
    check_contents(&whole, Contents::Match);
    for (from, to) in [(r#""name":"a""#, r#""name" :"a""#), (r#""name":"a""#, "\"name\":\"\\u0061\"")] {
        check_contents(&whole.replace(from, to), Contents::Match);
    }
    for (from, to) in [
        (r#""attesta:place":2"#, r#""attesta:place":1"#),
        (r#""name":"a""#, r#""name":"c""#),
        (r#"\"recipient\":{}"#, r#"\"recipient\": {}"#),
    ] {
        assert!(whole.contains(from), "{from}");
        check_contents(&whole.replace(from, to), Contents::Differ(DigestOver::CanonicalJson));
    }
    // Where both are stated neither counts alone.
    let both = |exact: &str, canonical: &str| {
        stated(&format!(r#""attesta:contents":"{exact}","attesta:canonicalContents":"{canonical}""#))
    };
    check_contents(&both(&exact, &canonical), Contents::Match);
    check_contents(&both(&exact, &exact), Contents::Differ(DigestOver::CanonicalJson));
    check_contents(&both(&canonical, &canonical), Contents::Differ(DigestOver::ExactText));
}

#[test]
fn the_digest_is_a_multihash_that_others_can_make() {
    // SHA-256 over the SHA-256 of "a" and that of "b".
    assert_eq!(contents_digest([b"a".as_slice(), b"b"]), "uEiDloB_uFODtXEhxTyIYDyWtg2W1P5d5953Eo9fpOWP5Sg");
    assert_ne!(contents_digest([b"ab".as_slice()]), contents_digest([b"a".as_slice(), b"b"]));
}
