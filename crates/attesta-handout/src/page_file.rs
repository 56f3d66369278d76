//! One file for the browser: the employer's page with a bundle inside.

use attesta_view::Language;
use jiff::Timestamp;
use serde::Serialize;
use thiserror::Error;

/// Where the page keeps the bundle that it opens with; `verify.html` carries it, empty.
const OPENING: &str = "<script type=\"application/json\" id=\"attesta-bundle\">";
const CLOSING: &str = "</script>";

/// A page that can't be made into a file of one bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PageFileError {
    /// The page has no place for a bundle: it is not the page that this program was built with.
    #[error("the page has no empty place for a bundle")]
    MarkerMissing,
    /// The page has several such places, so that it is not clear which one it opens.
    #[error("the page has several places for a bundle")]
    MarkerRepeated,
    /// The page's `<html>` or `<title>` is missing, so that it can't say its language or name.
    #[error("the page has no html or title element")]
    HeadMissing,
}

/// What the page finds in its place for a bundle.
#[derive(Serialize)]
struct Carried<'a> {
    payload: &'a str,
    title: &'a str,
    made: String,
    language: &'a str,
}

/// The page in `template` with a share payload in it, in the reader's language.
///
/// The payload is the text that a link carries in its fragment, sealed or not. Title, time and language stand beside it,
/// for a page that waits for a passphrase. In the script nothing can end the element or the line:
/// `<`, `>`, `&`, U+2028 and U+2029 are escaped as [JSON allows](https://www.rfc-editor.org/rfc/rfc8259#section-7).
///
/// # Errors
/// [`PageFileError`] where the template is not a page with exactly one empty place for a bundle.
pub fn page_file(
    template: &str,
    payload: &str,
    title: &str,
    made_at: Timestamp,
    language: Language,
) -> Result<String, PageFileError> {
    let empty = format!("{OPENING}{CLOSING}");
    match template.matches(&empty).count() {
        0 => return Err(PageFileError::MarkerMissing),
        1 => {}
        _ => return Err(PageFileError::MarkerRepeated),
    }
    let carried = Carried { payload, title, made: made_at.to_string(), language: language.tag() };
    let json = serde_json::to_string(&carried).expect("texts become JSON");
    // The head is rewritten before anything of the learner's is put in, so that no title can pose as a part of it.
    let (head, script) = template.split_once(&empty).expect("the place was counted");
    let named = with_language(head, language).and_then(|head| with_title(&head, title));
    let (head, rest) = match named {
        Some(head) => (head, script.to_owned()),
        // Some builds put the scripts before the title.
        None => {
            let head = with_language(head, language).ok_or(PageFileError::HeadMissing)?;
            (head, with_title(script, title).ok_or(PageFileError::HeadMissing)?)
        }
    };
    Ok(format!("{head}{OPENING}{}{CLOSING}{rest}", escape_script(&json)))
}

/// The page with the `lang` of its root element set.
fn with_language(page: &str, language: Language) -> Option<String> {
    let start = page.find("<html")?;
    let end = start + page[start..].find('>')?;
    let tag = &page[start..end];
    let attribute = match tag.find(" lang=\"") {
        Some(found) => {
            let value = start + found + " lang=\"".len();
            let close = value + page[value..end].find('"')?;
            return Some(format!("{}{}{}", &page[..value], language.tag(), &page[close..]));
        }
        None => format!(" lang=\"{}\"", language.tag()),
    };
    Some(format!("{}{attribute}{}", &page[..end], &page[end..]))
}

fn with_title(page: &str, title: &str) -> Option<String> {
    let start = page.find("<title>")? + "<title>".len();
    let end = start + page[start..].find("</title>")?;
    Some(format!("{}{}{}", &page[..start], escape_text(title), &page[end..]))
}

/// JSON that no HTML parser ends early and no script engine breaks into lines.
fn escape_script(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '<' => escaped.push_str("\\u003c"),
            '>' => escaped.push_str("\\u003e"),
            '&' => escaped.push_str("\\u0026"),
            '\u{2028}' => escaped.push_str("\\u2028"),
            '\u{2029}' => escaped.push_str("\\u2029"),
            other => escaped.push(other),
        }
    }
    escaped
}

fn escape_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const PAGE: &str = "<!doctype html><html lang=\"en\"><head><title>Attesta</title></head><body>\
        <script type=\"application/json\" id=\"attesta-bundle\"></script><script>run()</script></body></html>";

    fn made(template: &str, title: &str, language: Language) -> Result<String, PageFileError> {
        page_file(template, "1uAAAA", title, "2026-11-22T08:00:00Z".parse().unwrap(), language)
    }

    /// What the page's script reads.
    fn carried(page: &str) -> Value {
        let start = page.find(OPENING).unwrap() + OPENING.len();
        let end = start + page[start..].find(CLOSING).unwrap();
        serde_json::from_str(&page[start..end]).unwrap()
    }

    #[track_caller]
    fn check(title: &str, language: Language, head: &str) {
        let page = made(PAGE, title, language).unwrap();
        assert!(page.starts_with(head), "{page}");
        assert_eq!(
            carried(&page),
            json!({"payload": "1uAAAA", "title": title, "made": "2026-11-22T08:00:00Z", "language": language.tag()})
        );
        assert_eq!(page.matches("<script").count(), 2, "no text becomes a script");
        assert_eq!(page.matches("</title>").count(), 1);
        assert!(page.ends_with("<script>run()</script></body></html>"));
    }

    #[test]
    fn the_page_carries_the_bundle_and_speaks_the_readers_language() {
        check(
            "For Bluewater Health",
            Language::En,
            "<!doctype html><html lang=\"en\"><head><title>For Bluewater Health</title>",
        );
        check("Été & hiver", Language::Fr, "<!doctype html><html lang=\"fr\"><head><title>Été &amp; hiver</title>");
    }

    #[test]
    fn no_title_becomes_a_part_of_the_page() {
        let hostile = "</script></title><script>alert(1)</script><html lang=\"x\"><!--\u{2028}\u{2029}";
        check(hostile, Language::En, "<!doctype html><html lang=\"en\"><head><title>&lt;/script&gt;&lt;/title&gt;");
        let page = made(PAGE, hostile, Language::En).unwrap();
        let start = page.find(OPENING).unwrap() + OPENING.len();
        let end = start + page[start..].find(CLOSING).unwrap();
        assert!(!page[start..end].contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
    }

    #[test]
    fn a_language_is_added_where_the_page_states_none_and_the_title_may_come_later() {
        let page = made(&PAGE.replace(" lang=\"en\"", ""), "T", Language::Fr).unwrap();
        assert!(page.starts_with("<!doctype html><html lang=\"fr\"><head>"), "{page}");
        let late = "<html><head><script type=\"application/json\" id=\"attesta-bundle\"></script><title>x</title></head></html>";
        assert!(made(late, "T", Language::En).unwrap().ends_with("<title>T</title></head></html>"));
    }

    #[track_caller]
    fn check_refused(template: &str, expected: PageFileError) {
        assert_eq!(made(template, "T", Language::En), Err(expected));
    }

    #[test]
    fn a_page_without_exactly_one_empty_place_is_refused() {
        check_refused("<html><head><title></title></head></html>", PageFileError::MarkerMissing);
        check_refused(&PAGE.replace("bundle\"></", "bundle\">{}</"), PageFileError::MarkerMissing);
        check_refused(&format!("{PAGE}{PAGE}"), PageFileError::MarkerRepeated);
        check_refused(&PAGE.replace("<title>Attesta</title>", ""), PageFileError::HeadMissing);
        check_refused(&PAGE.replace("<html lang=\"en\">", ""), PageFileError::HeadMissing);
    }
}
