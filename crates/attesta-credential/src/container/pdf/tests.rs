use std::io::Write;

use super::*;

const ONE: &str = r#"{"type":["VerifiableCredential"],"name":"Élan"}"#;
const JWS: &str = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln";

/// A document of these objects, which begin with 1: the catalogue and, where it is wanted, the information.
fn document(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    for (index, object) in objects.iter().enumerate() {
        file.extend(format!("{} 0 obj\n", index + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    file.extend(b"xref\n0 1\ntrailer\n<< /Root 1 0 R /Info 2 0 R >>\nstartxref\n0\n%%EOF\n");
    file
}

fn object(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<<{entries}/Length {}>>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn catalog() -> Vec<u8> {
    object("<</Type/Catalog>>")
}

#[track_caller]
fn check(file: impl AsRef<[u8]>, expected: Result<&[(&str, &str)], ReadError>) {
    assert!(is_pdf(file.as_ref()));
    let told = extract(file.as_ref()).map(|pieces| {
        let told = pieces.into_iter().map(|piece| match piece.carried {
            Carried::Credential(bytes) => (piece.at, String::from_utf8(bytes).unwrap()),
            Carried::Link(url) => (piece.at, format!("link {url}")),
        });
        told.collect::<Vec<_>>()
    });
    let owned = |pieces: &[(&str, &str)]| pieces.iter().map(|(at, what)| (at.to_string(), what.to_string())).collect();
    assert_eq!(told, expected.map(owned));
}

#[test]
fn the_document_information_names_a_badge() {
    let file = |value: &str| document(&[catalog(), object(&format!("<</Title(Badge)/openbadges {value}>>"))]);
    check(file("(https://badges.example/1)"), Ok(&[("", "link https://badges.example/1")]));
    check(file(&format!("({JWS})")), Ok(&[("", JWS)]));
    check(file(r#"({"a":"\(x\)"})"#), Ok(&[("", r#"{"a":"(x)"}"#)]));
    check(file("<68747470733A2F2F622E6578616D706C652F31>"), Ok(&[("", "link https://b.example/1")]));
    check(file("<FEFF007B002200E90022003A0031007D>"), Ok(&[("", "{\"é\":1}")]));
    check(file("3 0 R").as_slice(), Err(ReadError::PdfWithoutCredential));
    check(file("()"), Err(ReadError::PdfWithoutCredential));
    check(file("/Name"), Err(ReadError::PdfWithoutCredential));
    let apart = document(&[catalog(), object("<</open#62adges 3 0 R>>"), object("(https://badges.example/1)")]);
    check(apart, Ok(&[("", "link https://badges.example/1")]));
}

#[test]
fn the_metadata_name_a_badge_where_the_information_does_not() {
    let packet = |inside: &str| {
        format!(
            "\u{feff}<?xpacket begin='\u{feff}' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
             <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about=''>{inside}\
             </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
        )
    };
    let file = |information: &str, inside: &str, packed: bool| {
        let (entries, data) = match packed {
            true => ("/Type/Metadata/Filter/FlateDecode", deflated(packet(inside).as_bytes())),
            false => ("/Type/Metadata", packet(inside).into_bytes()),
        };
        document(&[object("<</Type/Catalog/Metadata 3 0 R>>"), object(information), stream(entries, &data)])
    };
    let assertion =
        "<openbadges:assertion xmlns:openbadges='http://openbadges.org' verify='https://badges.example/1'/>";
    check(file("<<>>", assertion, false), Ok(&[("", "link https://badges.example/1")]));
    check(file("<<>>", assertion, true), Ok(&[("", "link https://badges.example/1")]));
    let known = format!("<</openbadges({JWS})>>");
    check(file(&known, assertion, true), Ok(&[("", JWS)]));
    check(file("<<>>", "<dc:title xmlns:dc='urn:x'>Badge</dc:title>", true), Err(ReadError::PdfWithoutCredential));
    check(file("<<>>", "<unfinished", true), Err(ReadError::PdfWithoutCredential));
}

fn specification(number: usize) -> String {
    format!("<</Type/Filespec/F(badge.json)/UF(badge.json)/EF<</F {number} 0 R/UF {number} 0 R>>>>")
}

#[test]
fn attached_files_are_read_each_at_its_place() {
    let picture = format!("<svg><openbadges:credential verify='{JWS}'/></svg>");
    let names = format!(
        "<</Type/Catalog/Names<</EmbeddedFiles<</Names[(a) {} (b) {} (c) 4 0 R]>>>>>>",
        specification(5),
        specification(6)
    );
    let file = document(&[
        object(&names),
        object("<<>>"),
        object("<</Type/Annot/Subtype/FileAttachment/FS 4 0 R>>"),
        object(&specification(7)),
        stream("/Type/EmbeddedFile", b"Dear student"),
        stream("/Type/EmbeddedFile/Filter/FlateDecode", &deflated(ONE.as_bytes())),
        stream("/Type/EmbeddedFile", picture.as_bytes()),
    ]);
    check(&file, Ok(&[("/1", ONE), ("/2", JWS)]));
}

#[test]
fn an_attached_picture_or_document_without_a_credential_counts_as_none() {
    for attached in [b"<svg/>".as_slice(), b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"\xff\xd8\xff", b"a,b\n1,2\n", b""] {
        let file = document(&[catalog(), object("<<>>"), object(&specification(4)), stream("", attached)]);
        check(&file, Err(ReadError::PdfWithoutCredential));
    }
}

/// Objects 3 and on of an object stream, written as object `number`.
fn object_stream(number: u32, objects: &[&str]) -> Vec<u8> {
    let mut head = String::new();
    let mut body = String::new();
    for (index, object) in objects.iter().enumerate() {
        head.push_str(&format!("{} {} ", index + 3, body.len()));
        body.push_str(object);
        body.push(' ');
    }
    let data = deflated(format!("{head}{body}").as_bytes());
    let entries = format!("/Type/ObjStm/N {}/First {}/Filter/FlateDecode", objects.len(), head.len());
    [format!("{number} 0 obj").as_bytes(), &stream(&entries, &data), b"endobj\n"].concat()
}

#[test]
fn objects_in_object_streams_and_cross_reference_streams_are_found() {
    let information = format!("<</openbadges({JWS})>>");
    let mut file = b"%PDF-1.5\n".to_vec();
    file.extend(object_stream(1, &["<</Type/Catalog>>", &information]));
    file.extend(b"2 0 obj");
    file.extend(stream("/Type/XRef/Root 3 0 R/Info 4 0 R/W[1 1 1]", b"\0\0\0"));
    file.extend(b"endobj startxref 9 %%EOF");
    check(&file, Ok(&[("", JWS)]));
}

#[test]
fn what_was_appended_later_counts() {
    let mut file = document(&[catalog(), object("<</openbadges(https://badges.example/old)>>")]);
    file.extend(b"2 0 obj<</openbadges(https://badges.example/new)>>endobj trailer<</Root 1 0 R/Info 2 0 R>> %%EOF");
    check(&file, Ok(&[("", "link https://badges.example/new")]));
}

#[test]
fn a_stream_whose_length_is_wrong_or_elsewhere_is_read_up_to_its_end() {
    let attached = |length: &str| {
        let data = [format!("<</Length {length}>>stream\r\n").as_bytes(), ONE.as_bytes(), b"\r\nendstream"].concat();
        document(&[catalog(), object("<<>>"), object(&specification(4)), data, object(&ONE.len().to_string())])
    };
    for length in ["1", "5 0 R", "99999999999", "9 0 R", "4 0 R", "(x)"] {
        check(attached(length), Ok(&[("/0", ONE)]));
    }
}

#[test]
fn an_encrypted_document_is_named_so() {
    let mut file = document(&[catalog(), object("<</openbadges(garbled)>>")]);
    file.extend(b"trailer<</Root 1 0 R/Encrypt 9 0 R>>%%EOF");
    check(&file, Err(ReadError::PdfEncrypted));
}

#[test]
fn a_document_without_a_badge_is_told_from_a_cut_and_a_broken_one() {
    check(document(&[catalog()]), Err(ReadError::PdfWithoutCredential));
    check(b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj", Err(ReadError::Truncated));
    check(b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj 2 0 obj<</Length 5>>stream\nabc", Err(ReadError::Truncated));
    check(b"%PDF-1.7\nnothing\n%%EOF", Err(ReadError::PdfDamaged));
    check(b"\xef\xbb\xbf\n%PDF-", Err(ReadError::Truncated));
    assert!(!is_pdf(b"PDF-1.7"));
}

#[test]
fn references_in_circles_end() {
    let circle = document(&[
        object("<</Type/Catalog/Metadata 3 0 R>>"),
        object("4 0 R"),
        object("<</Length 3 0 R/EF<</F 3 0 R>>>>"),
        object("5 0 R"),
        object("4 0 R"),
        object(&specification(6)),
    ]);
    check(circle, Err(ReadError::PdfWithoutCredential));
    check(b"%PDF-1.7\ntrailer<</Root 9 0 R/Info 9 0 R/Prev 0>>xref 0 0\n%%EOF", Err(ReadError::PdfDamaged));
    let itself = document(&[catalog(), object("<</openbadges 2 0 R>>")]);
    check(itself, Err(ReadError::PdfWithoutCredential));
}

/// A document that goes on beyond a bound, which is set low so that the test is quick.
#[track_caller]
fn check_bounded(file: &[u8]) {
    const BOUNDS: Bounds = Bounds { syntax_bytes: 1 << 18, expanded_bytes: 1 << 18, objects: 1 << 12 };
    let refused = extract_within(file, BOUNDS);
    assert_eq!(refused, Err(ReadError::TooLarge { limit: BOUNDS.expanded_bytes }));
}

#[test]
fn streams_that_expand_without_end_are_cut_off() {
    let bomb = deflated(&vec![b' '; (1 << 18) + 1]);
    let attachments: String = (100..200).map(specification).collect();
    let mut bombs = document(&[catalog(), object("<<>>"), object(&format!("[{attachments}]"))]);
    for number in 100..200 {
        bombs.extend(format!("{number} 0 obj").bytes());
        bombs.extend(stream("/Filter/FlateDecode", &bomb));
    }
    check_bounded(&bombs);
    let packed = stream("/Type/ObjStm/N 9/First 9/Filter/FlateDecode", &bomb);
    check_bounded(&document(&[catalog(), object("<<>>"), packed]));
}

#[test]
fn syntax_that_is_read_again_and_again_is_cut_off() {
    for text in ["1 0 obj(", "1 0 obj<</A[(", "1 0 obj%"] {
        check_bounded(format!("%PDF-1.7\n{}", text.repeat(1 << 13)).as_bytes());
    }
    // An object stream all of whose objects are the same large one.
    let head: String = (0..1_000).map(|number| format!("{number} 0 ")).collect();
    let data = deflated(format!("{head}[{}]", "[]".repeat(30_000)).as_bytes());
    let entries = format!("/Type/ObjStm/N 1000/First {}/Filter/FlateDecode", head.len());
    check_bounded(&document(&[catalog(), object("<<>>"), stream(&entries, &data)]));
    let many: String = (0..1 << 13).map(|number| format!("{number} 0 obj 0 ")).collect();
    check_bounded(format!("%PDF-1.7\n{many}").as_bytes());
}

#[test]
fn hostile_syntax_ends_with_the_file() {
    for text in ["1 0 obj[[[[", "1 0 obj<</A", "1 0 obj<<>>stream\n", "trailer<<", "obj", "1 0 R ", "endstream "] {
        let file = format!("%PDF-1.7\n{}", text.repeat((1 << 18) / text.len()));
        check(file, Err(ReadError::Truncated));
    }
}

#[test]
fn no_damage_stops_the_reader() {
    let mut file = document(&[object("<</Type/Catalog/Metadata 4 0 R>>"), object(&format!("<</openbadges({JWS})>>"))]);
    file.extend(object_stream(9, &[&specification(7), "[<</A(b\\)c)/D<4142>>>]"]));
    file.extend(b"7 0 obj");
    file.extend(stream("/Filter[/ASCIIHexDecode/FlateDecode]", b"789c>"));
    for length in 0..file.len() {
        let _ = extract(&file[..length]);
    }
    for at in 0..file.len() {
        for byte in [0, b'<', b'(', b'9', b' ', 0xff, file[at] ^ 1] {
            let mut damaged = file.clone();
            damaged[at] = byte;
            let _ = extract(&damaged);
        }
    }
    check(&file[..file.len() - 1], Ok(&[("", JWS)]));
}
