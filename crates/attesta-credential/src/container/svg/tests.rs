use super::*;
use crate::error::SvgFlaw;

const V3: &str = "xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0'";
const V2: &str = "xmlns:openbadges='http://openbadges.org'";
const JWS: &str = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln";
const NOTHING: ReadError = ReadError::PictureWithoutCredential { kind: PictureKind::Svg };

#[track_caller]
fn check(picture: impl AsRef<[u8]>, expected: Result<&str, ReadError>) {
    assert!(is_svg(picture.as_ref()));
    let told = extract(picture.as_ref()).map(|carried| match carried {
        Carried::Credential(bytes) => String::from_utf8(bytes).unwrap(),
        Carried::Link(url) => format!("link {url}"),
    });
    assert_eq!(told, expected.map(str::to_owned));
}

fn flaw(what: SvgFlaw) -> Result<&'static str, ReadError> {
    Err(ReadError::SvgDamaged { what })
}

#[test]
fn an_open_badge_3_is_read_from_text_or_attribute() {
    check(
        format!("<svg {V3}><openbadges:credential><![CDATA[{{\"a\":1}}]]></openbadges:credential></svg>"),
        Ok("{\"a\":1}"),
    );
    check(
        format!("<svg {V3}><openbadges:credential>{{\"a\":\"&lt;&#233;&quot;\"}}</openbadges:credential></svg>"),
        Ok("{\"a\":\"<é\"\"}"),
    );
    check(format!("<svg {V3}><openbadges:credential verify='{JWS}'/></svg>"), Ok(JWS));
    check(format!("<svg {V3}><openbadges:credential verify='\n{JWS} '></openbadges:credential></svg>"), Ok(JWS));
    check(format!("<svg {V3}><openbadges:credential>\n{JWS}\n</openbadges:credential></svg>"), Ok(JWS));
}

#[test]
fn the_space_around_json_is_kept() {
    let picture = format!("<svg {V3}><openbadges:credential>\n  <![CDATA[\n{{}}\n]]>\n</openbadges:credential></svg>");
    check(picture, Ok("\n  \n{}\n\n"));
}

#[test]
fn an_earlier_badge_gives_its_json_its_jws_or_its_address() {
    let assertion = |rest: &str| format!("<svg {V2}><openbadges:assertion{rest}</svg>");
    check(assertion(&format!(" verify='{JWS}'/>")), Ok(JWS));
    check(assertion(" verify='https://badges.example/1?a=1&amp;b=2'/>"), Ok("link https://badges.example/1?a=1&b=2"));
    check(assertion(" verify='https://badges.example/1'>{\"id\":1}</openbadges:assertion>"), Ok("{\"id\":1}"));
    check(assertion(">https://badges.example/1</openbadges:assertion>"), Ok("link https://badges.example/1"));
    check(assertion("/>"), Err(NOTHING));
}

#[test]
fn the_namespace_decides_whatever_the_prefix() {
    check("<svg><credential xmlns='https://purl.imsglobal.org/ob/v3p0'>1</credential></svg>", Ok("1"));
    check(
        "<x:svg xmlns:x='http://www.w3.org/2000/svg' xmlns:y='http://openbadges.org/'><y:assertion>1</y:assertion></x:svg>",
        Ok("1"),
    );
    check("<svg><openbadges:credential>1</openbadges:credential></svg>", Ok("1"));
    check("<svg><badge:credential>1</badge:credential></svg>", Err(NOTHING));
    check("<svg><credential>1</credential></svg>", Err(NOTHING));
    check(
        "<svg xmlns:openbadges='https://evil.example'><openbadges:credential>1</openbadges:credential></svg>",
        Err(NOTHING),
    );
    check(format!("<svg {V3}><openbadges:Credential>1</openbadges:Credential></svg>"), Err(NOTHING));
    check(format!("<svg {V3}><openbadges:other>1</openbadges:other></svg>"), Err(NOTHING));
    let ends = format!(
        "<svg><g {V3}><rect/></g><g xmlns:openbadges='urn:x'><openbadges:credential>1</openbadges:credential></g></svg>"
    );
    check(ends, Err(NOTHING));
}

#[test]
fn only_the_first_credential_counts_and_the_newer_edition_before_the_older() {
    let two = format!(
        "<svg {V3}><openbadges:credential>1</openbadges:credential><g><openbadges:credential verify='{JWS}'/></g></svg>"
    );
    check(two, Ok("1"));
    let both = format!(
        "<svg {V2} xmlns:n='https://purl.imsglobal.org/ob/v3p0'><openbadges:assertion>2</openbadges:assertion><n:credential>3</n:credential></svg>"
    );
    check(both, Ok("3"));
}

#[test]
fn a_credential_with_other_markup_in_it_is_refused() {
    for inside in [
        "{\"a\":<!-- 1, \"b\": -->2}",
        "{}<?pi?>",
        "{\"a\":<b>1</b>}",
        "<openbadges:credential>{}</openbadges:credential>",
        "{&nbsp;}",
        "&#0;",
    ] {
        check(
            format!("<svg {V3}><openbadges:credential>{inside}</openbadges:credential></svg>"),
            flaw(SvgFlaw::Content),
        );
    }
    check(format!("<svg {V3}><openbadges:credential verify='a' verify='b'/></svg>"), flaw(SvgFlaw::Content));
    check(format!("<svg {V3}><openbadges:credential verify='&x;'/></svg>"), flaw(SvgFlaw::Content));
}

#[test]
fn a_comment_or_a_text_that_looks_like_a_credential_is_none() {
    check(format!("<svg {V3}><!--<openbadges:credential>1</openbadges:credential>--></svg>"), Err(NOTHING));
    check(format!("<svg {V3}><![CDATA[<openbadges:credential>1</openbadges:credential>]]></svg>"), Err(NOTHING));
    check(format!("<svg {V3}><?x <openbadges:credential>1</openbadges:credential>?></svg>"), Err(NOTHING));
}

#[test]
fn declarations_are_passed_over_and_never_expanded() {
    let credential = "<openbadges:credential>{}</openbadges:credential>";
    let doctype =
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">";
    check(format!("<?xml version='1.0'?>\n{doctype}\n<svg {V3}>{credential}</svg>"), Ok("{}"));
    let drawn = "<!DOCTYPE svg [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\"><!ENTITY gt2 \"]>\">]>";
    check(format!("{drawn}<svg xmlns='&ns_svg;' {V3}>{credential}</svg>"), Ok("{}"));
    let file = "<!DOCTYPE svg [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>";
    check(
        format!("{file}<svg {V3}><openbadges:credential>&file;</openbadges:credential></svg>"),
        flaw(SvgFlaw::Content),
    );
    let laughs: String =
        (1..20).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let bomb = format!("<!DOCTYPE svg [<!ENTITY l0 \"ha\">{laughs}]><svg {V3}><desc>&l19;</desc>{credential}</svg>");
    check(bomb, Ok("{}"));
}

#[test]
fn what_is_drawn_or_run_makes_no_difference() {
    let picture = format!(
        "<svg {V3} onload='alert(1)'><script>alert('<openbadges')</script>\
         <openbadges:credential>{{}}</openbadges:credential><foreignObject><html xmlns='http://www.w3.org/1999/xhtml'>\
         <iframe src='https://evil.example'/></html></foreignObject><image href='https://evil.example/1.png'/></svg>"
    );
    check(picture.replace("'<openbadges'", "1"), Ok("{}"));
    // A script that is not escaped opens an element that never ends.
    check(picture, Err(ReadError::Truncated));
}

#[test]
fn a_picture_that_was_cut_off_says_so_at_every_length() {
    let picture =
        format!("<svg {V3}><!-- - --><openbadges:credential a='b'><![CDATA[{{}}]]></openbadges:credential></svg>");
    for length in "<svg >".len() + V3.len()..picture.len() {
        check(&picture[..length], Err(ReadError::Truncated));
    }
}

#[test]
fn markup_that_does_not_fit_together_is_refused() {
    for picture in
        ["<svg><g></svg></g>", "<svg/><svg/>", "<svg>&unfinished</svg>", "<svg><!WHAT></svg>", "<svg></svg></svg>"]
    {
        check(picture, flaw(SvgFlaw::Markup));
    }
    check(b"<svg><title>\xc9lan</title></svg>", Err(ReadError::NotUtf8));
}

#[test]
fn other_markup_and_other_encodings_are_no_svg_picture() {
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> { "\u{feff}<svg/>".encode_utf16().flat_map(order).collect() };
    for other in [
        b"<html><body><svg/></body></html>".to_vec(),
        b"<!DOCTYPE html><svg-viewer/>".to_vec(),
        b"Look: <svg/>".to_vec(),
        b"<!-- <svg> -->".to_vec(),
        b"<".to_vec(),
        b"<https://badges.example/1>".to_vec(),
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
    ] {
        assert!(!is_svg(&other), "{}", String::from_utf8_lossy(&other));
    }
    check("\u{feff} <?xml version='1.0'?><!-- drawn --><!DOCTYPE svg>\n<svg/>", Err(NOTHING));
}

#[test]
fn hostile_sizes_end_at_a_bound() {
    let deep = format!("<svg>{}", "<g>".repeat(1 << 20));
    check(&deep, flaw(SvgFlaw::Markup));
    let wide = format!("<svg {}/>", (0..1 << 18).map(|n| format!("a{n}='' ")).collect::<String>());
    check(&wide, Err(NOTHING));
    let declared = format!("<svg {}/>", (0..1 << 18).map(|n| format!("xmlns:a{n}='u' ")).collect::<String>());
    check(&declared, flaw(SvgFlaw::Markup));
    let many = format!("<svg {V3}>{}</svg>", "<openbadges:credential/>".repeat(1 << 17));
    check(&many, Err(NOTHING));
}
