//! A file for the browser: the employer's page with a bundle inside, read for the bundle alone. Nothing else in the file
//! is looked at, run or believed.

use attesta_jsonld::{Document, Value};

/// What the element that holds the bundle is known by.
const ID: &str = "id=\"attesta-bundle\"";

/// The text of a share payload in a page's file; `None` where there is none, or more than one place for it.
pub fn payload_of_page(page: &str) -> Option<String> {
    let (_, from) = page.split_once(ID)?;
    let (attributes, content) = from.split_once('>')?;
    let (json, rest) = content.split_once("</script>")?;
    // What follows is the page's own; a second place would leave open which of the two a browser shows.
    if attributes.contains('<') || rest.contains(ID) {
        return None;
    }
    let document = Document::parse(json.trim().as_bytes().to_vec()).ok()?;
    document.root().get("payload").and_then(Value::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(page: &str, expected: Option<&str>) {
        assert_eq!(payload_of_page(page).as_deref(), expected, "{page}");
    }

    #[test]
    fn the_payload_in_a_pages_file_is_found() {
        let page = |json: &str| {
            format!(
                "<!doctype html><html><head></head><body><script type=\"application/json\" id=\"attesta-bundle\">\
                 {json}</script><script>1</script></body></html>"
            )
        };
        check(&page(r#"{"payload":"1uAB-_c","title":"A"}"#), Some("1uAB-_c"));
        check(&page("\n {\"title\":\"\\u003c/script>\",\"payload\":\"1uAB\"} "), Some("1uAB"));
        check(&page(""), None);
        check(&page("{}"), None);
        check(&page(r#"{"payload":7}"#), None);
        check(&page(r#"{"payload":"a","payload":"b"}"#), None);
        let twice = page(r#"{"payload":"a"}"#).repeat(2);
        check(&twice, None);
        check("<!doctype html><p>hello", None);
        check("<script id=\"attesta-bundle\">{\"payload\":\"1u\"}", None);
    }
}
