//! Writes a credential into an SVG picture,
//! [Open Badges 3.0, "SVG"](https://www.imsglobal.org/spec/ob/v3p0#svg).

use super::markup::{Edition, NAMESPACE_3, PREFIX, walk};
use super::{BakeError, svg};
use crate::error::{PictureKind, ReadError};
use crate::limits::INPUT_BYTES;

/// Writes a credential into an SVG picture, in place of those of Open Badges 3.0 that it may carry already: a compact
/// JWS as the element's `verify` attribute, JSON as its text, which reading gives back byte for byte.
///
/// # Errors
/// [`BakeError`] when the picture is not a whole SVG file, the credential is no text that XML can hold, or the result
/// would be larger than is read.
pub fn bake_svg(picture: &[u8], credential: &[u8]) -> Result<Vec<u8>, BakeError> {
    let text = std::str::from_utf8(picture).map_err(|_| ReadError::NotUtf8)?;
    if !svg::is_svg(picture) {
        return Err(ReadError::PictureWithoutCredential { kind: PictureKind::Svg }.into());
    }
    let text = svg::unmarked(text).trim_start();
    let walked = walk(text)?;
    let root = &walked.root;
    let name_end = root.tag.start + 1 + root.name.len();
    // The specification wants the prefix declared at the root; a root that uses it for something else keeps it.
    let (declared, own) = match root.binding.as_deref() {
        Some(NAMESPACE_3) => (String::new(), String::new()),
        Some(_) => (String::new(), declaration()),
        None => (declaration(), String::new()),
    };
    let mut baked = String::with_capacity(text.len() + credential.len() + 256);
    baked.push_str(&text[..name_end]);
    baked.push_str(&declared);
    let tag_end = &text[name_end..root.tag.end];
    let childless = tag_end.strip_suffix("/>");
    match childless {
        Some(attributes) => {
            baked.push_str(attributes);
            baked.push('>');
        }
        None => baked.push_str(tag_end),
    }
    baked.push_str(&element(&own, credential)?);
    let mut at = root.tag.end;
    for earlier in walked.carriers.iter().filter(|carrier| carrier.edition == Edition::Three) {
        baked.push_str(&text[at..earlier.span.start]);
        at = earlier.span.end;
    }
    if childless.is_some() {
        baked.push_str("</");
        baked.push_str(&root.name);
        baked.push('>');
    }
    baked.push_str(&text[at..]);
    if baked.len() > INPUT_BYTES {
        return Err(BakeError::TooLarge { limit: INPUT_BYTES });
    }
    Ok(baked.into_bytes())
}

fn declaration() -> String {
    format!(" xmlns:{PREFIX}=\"{NAMESPACE_3}\"")
}

fn element(declaration: &str, credential: &[u8]) -> Result<String, BakeError> {
    let text = std::str::from_utf8(credential).map_err(|_| BakeError::NotXmlText)?;
    if !text.chars().all(is_xml_character) {
        return Err(BakeError::NotXmlText);
    }
    let token = text.trim_ascii();
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    if token.starts_with("eyJ") && token.bytes().all(is_token) {
        return Ok(format!("<{PREFIX}:credential{declaration} verify=\"{token}\"/>"));
    }
    // A CDATA section can't hold its own end, nor a carriage return, which reading would turn into a line feed.
    let body = text.replace("]]>", "]]]]><![CDATA[>").replace('\r', "]]>&#13;<![CDATA[");
    Ok(format!("<{PREFIX}:credential{declaration}><![CDATA[{body}]]></{PREFIX}:credential>"))
}

/// [XML 1.0, 2.2](https://www.w3.org/TR/xml/#charsets); a `char` is never a surrogate.
fn is_xml_character(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::super::Carried;
    use super::*;
    use crate::error::SvgFlaw;

    const DRAWING: &str = "<svg xmlns='http://www.w3.org/2000/svg'><title>Élan</title><rect/></svg>";

    #[track_caller]
    fn check(picture: &str, credential: &str) -> String {
        let baked = bake_svg(picture.as_bytes(), credential.as_bytes()).unwrap();
        assert_eq!(svg::extract(&baked), Ok(Carried::Credential(credential.as_bytes().to_vec())));
        String::from_utf8(baked).unwrap()
    }

    #[test]
    fn json_comes_back_byte_for_byte() {
        for credential in [
            "{\"name\":\"Élan &amp; <b>vital</b>\"}",
            " {\r\n\t\"a\": \"]]>\"\r}\n",
            "[[\"]]\"]]",
            "{\"a\":\"]]>]]>]]&gt;<![CDATA[\"}",
            "{\"a\":\"\u{10ffff}\u{7f}\u{85}\u{2028}\"}",
        ] {
            check(DRAWING, credential);
        }
    }

    #[test]
    fn a_jws_stands_in_the_attribute() {
        let baked = check(DRAWING, "eyJhbGciOiJFUzI1NiJ9.e30.c2ln");
        assert!(baked.contains("<openbadges:credential verify=\"eyJhbGciOiJFUzI1NiJ9.e30.c2ln\"/>"), "{baked}");
    }

    #[test]
    fn the_prefix_is_declared_at_the_root_and_the_drawing_stays() {
        let baked = check(DRAWING, "{}");
        assert_eq!(
            baked,
            "<svg xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\" xmlns='http://www.w3.org/2000/svg'>\
             <openbadges:credential><![CDATA[{}]]></openbadges:credential><title>Élan</title><rect/></svg>"
        );
    }

    #[test]
    fn a_root_without_children_gets_one() {
        check("<?xml version='1.0'?>\n<s:svg xmlns:s='http://www.w3.org/2000/svg' />\n", "{}");
        check("\u{feff}<svg/>", "{}");
    }

    #[test]
    fn a_prefix_that_the_picture_uses_otherwise_is_left_alone() {
        let earlier = "<svg xmlns:openbadges='http://openbadges.org'><openbadges:assertion verify='a'/></svg>";
        let baked = check(earlier, "{}");
        assert!(baked.contains("<openbadges:assertion verify='a'/>"), "{baked}");
    }

    #[test]
    fn baking_again_replaces_the_earlier_credential() {
        let again = check(&check(DRAWING, "{\"old\":1}"), "{}");
        assert_eq!(again, check(DRAWING, "{}"));
        let two = "<svg xmlns:b='https://purl.imsglobal.org/ob/v3p0'><b:credential>1</b:credential><g><b:credential>2\
                   </b:credential></g></svg>";
        let baked = check(two, "{}");
        assert!(baked.contains("<g></g></svg>"), "{baked}");
    }

    #[test]
    fn what_can_not_be_baked_is_refused() {
        #[track_caller]
        fn check(picture: &[u8], credential: &[u8], expected: BakeError) {
            assert_eq!(bake_svg(picture, credential), Err(expected));
        }
        check(DRAWING.as_bytes(), b"\xff", BakeError::NotXmlText);
        check(DRAWING.as_bytes(), "{\"a\":\"\u{ffff}\"}".as_bytes(), BakeError::NotXmlText);
        check(b"<html/>", b"{}", ReadError::PictureWithoutCredential { kind: PictureKind::Svg }.into());
        check(b"<svg><g></svg>", b"{}", ReadError::SvgDamaged { what: SvgFlaw::Markup }.into());
        check(b"<svg><g>", b"{}", ReadError::Truncated.into());
        check(b"<svg>\xe9</svg>", b"{}", ReadError::NotUtf8.into());
        check(DRAWING.as_bytes(), &vec![b' '; INPUT_BYTES], BakeError::TooLarge { limit: INPUT_BYTES });
    }
}
