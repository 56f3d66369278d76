//! Documents are read back with a reader that is not the writer's.

mod reading;
mod sample;

use attesta_share::QrCode;
use attesta_view::Language;
use lopdf::Object;

use super::*;
use reading::Read;
use sample::{Sample, bundle, credential, wide};

#[track_caller]
fn made(sample: &Sample, language: Language, paper: Paper) -> Vec<u8> {
    sample.handout(language, paper, |handout| pdf(&handout).expect("the document keeps the rules"))
}

fn usual() -> Sample {
    let mut sample = bundle(vec![
        credential("Caring for Wound Infections", "valid"),
        credential("Donning and Doffing PPE", "status_unknown"),
        credential("Préparer des menus santé", "expired"),
    ]);
    sample.view.credentials[0].note = Some("The ward that you describe has many such wounds.".to_owned());
    sample
}

#[test]
fn every_file_comes_out_byte_for_byte_with_its_type_and_relationship() {
    let sample = usual();
    for paper in [Paper::Letter, Paper::A4] {
        let read = Read::of(&made(&sample, Language::Fr, paper));
        let attached = read.attached();
        assert_eq!(attached.len(), 4);
        assert_eq!(attached["bundle.json"].0, sample.bytes);
        let names = [
            "01-caring-for-wound-infections.json",
            "02-donning-and-doffing-ppe.json",
            "03-preparer-des-menus-sante.json",
        ];
        for (name, (_, bytes)) in names.iter().zip(&sample.files) {
            assert_eq!(&attached[*name].0, bytes, "{name}");
        }
        for (name, (_, specification)) in &attached {
            let relationship = read.member(specification, "AFRelationship").unwrap().as_name().unwrap();
            let expected: &[u8] = if name == "bundle.json" { b"Source" } else { b"Data" };
            assert_eq!(relationship, expected);
            assert!(read.text(read.member(specification, "Desc").unwrap()).len() > 10);
            let file = read.member(specification, "EF").unwrap().as_dict().unwrap();
            let stream = read.member(file, "F").unwrap().as_stream().unwrap();
            assert_eq!(stream.dict.get(b"Subtype").unwrap().as_name().unwrap(), b"application/json");
        }
        let associated = read.member(read.catalog(), "AF").unwrap().as_array().unwrap();
        assert_eq!(associated.len(), 4);
    }
}

#[track_caller]
fn check_head(language: Language, paper: Paper, tag: &str, width: f32) {
    let read = Read::of(&made(&usual(), language, paper));
    let catalog = read.catalog();
    assert_eq!(read.text(read.member(catalog, "Lang").unwrap()), tag);
    let marked = read.member(catalog, "MarkInfo").unwrap().as_dict().unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let preferences = read.member(catalog, "ViewerPreferences").unwrap().as_dict().unwrap();
    assert!(preferences.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    assert!(read.member(catalog, "Outlines").is_some() && read.member(catalog, "OutputIntents").is_some());
    let metadata = read.metadata();
    for claim in
        ["<pdfuaid:part>1<", "<pdfaid:part>3<", "<pdfaid:conformance>A<", "For Bluewater Health", "PDF/UA Universal"]
    {
        assert!(metadata.contains(claim), "{claim}");
    }
    for page in read.document.page_iter() {
        let page = read.document.get_dictionary(page).unwrap();
        assert_eq!(read.member(page, "MediaBox").unwrap().as_array().unwrap()[2].as_float().unwrap(), width);
        assert!(page.get(b"StructParents").is_ok());
        // Pressing Tab goes through the links in the order of the structure.
        if page.get(b"Annots").is_ok() {
            assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
        }
    }
}

#[test]
fn the_document_says_its_language_title_and_standards_on_both_papers() {
    check_head(Language::En, Paper::Letter, "en", 612.0);
    check_head(Language::Fr, Paper::Letter, "fr", 612.0);
    check_head(Language::En, Paper::A4, "en", 595.28);
    check_head(Language::Fr, Paper::A4, "fr", 595.28);
}

#[test]
fn headings_lists_figures_and_links_are_what_they_look_like() {
    let read = Read::of(&made(&usual(), Language::En, Paper::Letter));
    let structure = read.structure();
    let count = |kind: &str| structure.iter().filter(|(each, _)| each == kind).count();
    assert_eq!(count("H1"), 1);
    // What was found, how to check, three credentials, attached files.
    assert_eq!(count("H2"), 6);
    assert_eq!(count("Figure"), 4, "three pictures and the code");
    assert!(count("L") >= 8 && count("LI") >= 30 && count("Lbl") >= 20 && count("LBody") >= 30);
    assert_eq!(count("BlockQuote"), 1, "the learner's note on the first credential");
    let mut last = 0;
    for (kind, element) in &structure {
        match kind.as_str() {
            "Figure" => {
                assert!(!read.text(read.member(element, "Alt").expect("every picture is told")).trim().is_empty());
                assert!(element.get(b"A").is_ok(), "and has its place");
            }
            "H1" | "H2" => {
                assert!(!read.text(read.member(element, "T").unwrap()).is_empty());
                let level = if kind == "H1" { 1 } else { 2 };
                assert!(level <= last + 1, "no level is left out");
                last = level;
            }
            _ => {}
        }
    }
    let mut links = 0;
    for page in read.document.page_iter() {
        for annotation in read.document.get_page_annotations(page).unwrap() {
            links += 1;
            assert!(read.text(annotation.get(b"Contents").unwrap()).starts_with("Link to "));
            assert!(annotation.get(b"StructParent").is_ok(), "every link is in the structure");
        }
    }
    assert!(links >= 9, "{links}");
}

#[test]
fn everything_on_a_page_is_content_with_a_mark_or_an_artifact() {
    for language in [Language::En, Language::Fr] {
        let read = Read::of(&made(&usual(), language, Paper::A4));
        for page in read.operators() {
            let mut depth = 0;
            for (operator, operands) in page {
                match operator.as_str() {
                    "BDC" | "BMC" => {
                        assert_eq!(depth, 0, "marks don't lie within each other");
                        if operands[0] != Object::Name(b"Artifact".to_vec()) {
                            let properties = operands[1].as_dict().expect("content has a number");
                            assert!(properties.get(b"MCID").is_ok());
                        }
                        depth += 1;
                    }
                    "EMC" => depth -= 1,
                    "Tj" | "TJ" | "f" | "f*" | "F" | "S" | "s" | "B" | "b" | "Do" | "sh" => {
                        assert_eq!(depth, 1, "{operator} stands outside every mark");
                    }
                    _ => {}
                }
            }
            assert_eq!(depth, 0);
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_and_another_one_another_identifier() {
    let sample = usual();
    let first = made(&sample, Language::En, Paper::Letter);
    assert!(first == made(&sample, Language::En, Paper::Letter));
    let other = made(&bundle(vec![credential("Other", "valid")]), Language::En, Paper::Letter);
    let id = |bytes: &[u8]| Read::of(bytes).document.trailer.get(b"ID").unwrap().clone();
    assert_ne!(id(&first), id(&other));
}

#[track_caller]
fn check_withstood(change: impl FnOnce(&mut Sample)) -> Read {
    let mut sample = usual();
    change(&mut sample);
    let bytes = made(&sample, Language::Fr, Paper::Letter);
    Read::of(&bytes)
}

#[test]
fn no_text_breaks_a_document() {
    for hostile in wide() {
        let read = check_withstood(|sample| {
            let view = &mut sample.view;
            view.title = Some(hostile.clone());
            view.note = Some(hostile.clone());
            view.audience = Some(hostile.clone());
            view.earner = Some(hostile.clone());
            let presented = &mut view.credentials[1];
            presented.note = Some(hostile.clone());
            presented.verdict = hostile.chars().take(50).collect();
            let credential = presented.credential.as_mut().unwrap();
            for text in
                [&mut credential.title, credential.description.as_mut().unwrap(), credential.criteria.as_mut().unwrap()]
            {
                text.text = hostile.clone();
                text.language = Some(hostile.clone());
            }
            credential.issuer.name.as_mut().unwrap().text = hostile.clone();
            credential.skills[0].name.text = hostile.clone();
            credential.skills[0].url = Some(format!("https://a.example/{hostile}"));
            credential.claims = vec![attesta_view::ClaimView { path: hostile.clone(), value: hostile.clone() }; 50];
            credential.image = Some(format!("data:image/png;base64,{hostile}"));
            credential.awarded = Some(hostile.clone());
            sample.files[1].0 = hostile.clone();
            sample.bytes = hostile.clone().into_bytes();
        });
        assert_eq!(read.attached().len(), 4);
        assert!(read.document.get_pages().len() < 40);
    }
}

#[test]
fn a_link_of_any_length_or_kind_is_kept_out_where_it_does_not_fit() {
    for link in
        ["attesta:share#1uAAAA".to_owned(), format!("https://verify.example/#1u{}", "A".repeat(200_000)), String::new()]
    {
        let read = check_withstood(|sample| {
            sample.code = QrCode::for_link(&link).ok().filter(|_| !link.is_empty());
            sample.link = Some(link.clone());
        });
        let figures = read.structure().iter().filter(|(kind, _)| kind == "Figure").count();
        assert_eq!(figures, if link.starts_with("attesta") { 4 } else { 3 }, "{} characters", link.len());
    }
}

#[test]
fn twenty_credentials_an_unreadable_one_and_none_at_all_have_their_document() {
    let many: Vec<_> = (0..20).map(|number| credential(&format!("Credential {number}"), "valid")).collect();
    let read = Read::of(&made(&bundle(many), Language::En, Paper::A4));
    assert_eq!(read.attached().len(), 21);
    assert!((7..=20).contains(&read.document.get_pages().len()), "{}", read.document.get_pages().len());

    let mut broken = credential("", "rejected");
    broken.credential = None;
    broken.report = None;
    broken.error = Some("not_json".to_owned());
    broken.error_params.insert("offset".to_owned(), "7".to_owned());
    let read = Read::of(&made(&bundle(vec![broken]), Language::En, Paper::A4));
    assert!(
        read.structure()
            .iter()
            .filter(|(kind, _)| kind == "H2")
            .any(|(_, heading)| { read.text(read.member(heading, "T").unwrap()) == "A part that can’t be read" })
    );
    let mut empty = bundle(Vec::new());
    empty.link = None;
    empty.code = None;
    assert_eq!(Read::of(&made(&empty, Language::Fr, Paper::Letter)).document.get_pages().len(), 1);
}

#[test]
fn what_the_learner_keeps_out_of_view_stays_in_the_files_alone() {
    let read =
        check_withstood(|sample| sample.view.hidden_parts = ["picture", "skills", "unknown"].map(str::to_owned).into());
    let structure = read.structure();
    assert_eq!(structure.iter().filter(|(kind, _)| kind == "Figure").count(), 1, "the code alone");
    let shown = Read::of(&made(&usual(), Language::Fr, Paper::Letter)).structure();
    let labels = |structure: &[(String, lopdf::Dictionary)]| structure.iter().filter(|(kind, _)| kind == "Lbl").count();
    assert_eq!(labels(&shown) - labels(&structure), 3, "the skills of three credentials");
}

#[test]
fn a_sheet_is_one_page_with_a_code_of_at_least_sixty_millimetres() {
    for (length, paper) in [(4, Paper::Letter), (60, Paper::A4), (450, Paper::Letter), (700, Paper::A4)] {
        for language in [Language::En, Language::Fr] {
            let link = format!("https://verify.example/#1u{}", "Ab-_".repeat(length));
            let code = QrCode::for_link(&link).expect("the link fits");
            let bytes = sheet(&Sheet {
                title: "For Bluewater Health",
                earner: Some("Amélie Tremblay"),
                code: &code,
                address: Some(&link),
                made_at: "2026-11-22T14:05:00Z".parse().unwrap(),
                language,
                paper,
            })
            .expect("the sheet keeps the rules");
            let read = Read::of(&bytes);
            assert_eq!(read.document.get_pages().len(), 1, "{length} {paper:?}");
            let structure = read.structure();
            let (_, figure) = structure.iter().find(|(kind, _)| kind == "Figure").expect("the code");
            let attributes = match read.member(figure, "A").unwrap() {
                Object::Array(several) => read.resolve(&several[0]).as_dict().unwrap(),
                one => one.as_dict().unwrap(),
            };
            let place = read.member(attributes, "BBox").unwrap().as_array().unwrap();
            let edge = |index: usize| place[index].as_float().unwrap();
            assert!((edge(2) - edge(0)) / 72.0 * 25.4 >= 60.0 && (edge(3) - edge(1)) / 72.0 * 25.4 >= 60.0);
            assert_eq!(structure.iter().filter(|(kind, _)| kind == "LI").count(), 6, "three steps in two languages");
        }
    }
}
