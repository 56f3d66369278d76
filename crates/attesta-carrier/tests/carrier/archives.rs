//! ZIP archives: what is in them, damaged ones and bombs.

use std::time::Instant;

use attesta_carrier::{limits, unpack};

use crate::{CREDENTIAL, Packed, check, check_refused, deflated, stored, told, with_directory, zip};

#[test]
fn the_files_of_an_archive_are_had_back_byte_for_byte() {
    let archive = zip(&[
        deflated("badges/compétence.json", CREDENTIAL.as_bytes()),
        stored("b.json", CREDENTIAL.as_bytes()),
        deflated("..\\..\\c.json", CREDENTIAL.as_bytes()),
        deflated("badges/", b""),
        deflated("__MACOSX/._b.json", b"x"),
        deflated("readme.txt", b"Nothing here"),
        deflated("links.txt", b"https://a.example/1"),
    ]);
    let expected = [
        "x.zip > compétence.json: the credential",
        "x.zip > b.json: the credential",
        "x.zip > c.json: the credential",
        "x.zip > links.txt: text https://a.example/1",
    ];
    check("x.zip", &archive, &expected);
    check("download", &archive, &expected.map(|line| line.replace("x.zip", "download")).each_ref().map(String::as_str));
    check("empty.zip", zip(&[]), &[]);
}

#[test]
fn an_archive_behind_a_program_is_read() {
    let inner = zip(&[deflated("b.json", CREDENTIAL.as_bytes())]);
    // Programs begin otherwise than archives do, so that only a shifted archive that begins like one comes here.
    let shifted = [&b"PK\x03\x04 a program "[..], &inner].concat();
    check("x.zip", shifted, &["x.zip > b.json: the credential"]);
}

#[test]
fn a_document_that_is_written_as_an_archive_stays_one() {
    let book = zip(&[stored("mimetype", b"application/epub+zip"), deflated("b.json", CREDENTIAL.as_bytes())]);
    check("x.epub", &book, &[&format!("x.epub: {} bytes", book.len())]);
    let text = zip(&[deflated("[Content_Types].xml", b"<x/>")]);
    check("x.docx", &text, &[&format!("x.docx: {} bytes", text.len())]);
}

#[test]
fn locked_damaged_and_strange_entries_take_nothing_from_the_others() {
    let good = || deflated("good.json", CREDENTIAL.as_bytes());
    let locked = Packed { flags: 1, ..good() };
    let wrong = Packed { checksum: 7, ..good() };
    let strange = Packed { method: 14, ..good() };
    let cut = Packed { packed: good().packed[..20].to_vec(), ..good() };
    check(
        "x.zip",
        zip(&[locked, wrong, strange, cut, good()]),
        &[
            "x.zip > good.json: the credential",
            "skipped good.json: encrypted",
            "skipped good.json: damaged",
            "skipped good.json: a way of packing other than DEFLATE is not read",
            "skipped good.json: damaged",
        ],
    );
}

#[test]
fn a_learncard_bundle_is_named() {
    let bundle = zip(&[deflated("manifest.json", br#"{"kdf":"argon2id","entries":[]}"#), deflated("x.enc", b"x")]);
    check_refused("x.zip", bundle, "a LearnCard bundle is not read");
    let other = zip(&[deflated("manifest.json", b"{}"), deflated("b.json", CREDENTIAL.as_bytes())]);
    check("x.zip", other, &["x.zip > manifest.json: 2 bytes", "x.zip > b.json: the credential"]);
}

#[test]
fn an_archive_that_was_cut_off_gives_what_is_whole() {
    let archive = zip(&[deflated("b.json", CREDENTIAL.as_bytes()), deflated("c.json", CREDENTIAL.as_bytes())]);
    let end = deflated("b.json", CREDENTIAL.as_bytes()).packed.len() + 30 + 6 + 40;
    check(
        "x.zip",
        &archive[..end],
        &["x.zip > b.json: the credential", "skipped x.zip: damaged", "skipped c.json: damaged"],
    );
    check_refused("x.zip", &archive[..20], "damaged");
    check_refused("x.zip", b"PK\x05\x06", "damaged");
}

#[test]
fn an_archive_holds_no_more_than_its_bounds() {
    let many: Vec<Packed> = (0..limits::PARTS + 5).map(|n| stored(&format!("{n}.json"), b"{}")).collect();
    let unpacked = unpack("x.zip", &zip(&many)).unwrap();
    assert!(unpacked.pieces.len() < limits::PARTS);
    assert_eq!(told(&unpacked).last().unwrap(), "skipped 999.json: more than 1000 parts");
    // Sixteen files of 5 MiB, each within every bound of its own: together they are over 64 MiB.
    let mut seed = 9u32;
    let half_random: Vec<u8> = (0..5 << 20)
        .map(|at| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if at % 20 == 0 { (seed >> 24) as u8 } else { b' ' }
        })
        .collect();
    let entry = || deflated("5.json", &half_random);
    let archive = zip(&(0..16).map(|_| entry()).collect::<Vec<_>>());
    let unpacked = unpack("x.zip", &archive).unwrap();
    let total: usize = told(&unpacked).iter().filter(|line| line.contains("5.json: 5242880 bytes")).count();
    assert_eq!(total, 12);
    assert!(told(&unpacked).last().unwrap().contains("larger than"));
}

#[test]
fn bombs_are_given_up_in_time() {
    let begun = Instant::now();
    // A thousandth of its size: no honest file shrinks so far.
    let bomb = deflated("b.json", &vec![b' '; 30 << 20]);
    let honest = bomb.packed.len() * limits::RATIO;
    check("x.zip", zip(&[bomb]), &[&format!("skipped b.json: larger than {honest} bytes")]);
    // A thousand of them share one bound, and what was unpacked in vain counts.
    let bombs: Vec<Packed> = (0..300).map(|_| deflated("b.json", &vec![b' '; 1 << 20 << 1])).collect();
    let unpacked = unpack("x.zip", &zip(&bombs)).unwrap();
    assert!(unpacked.pieces.is_empty() && unpacked.skipped.len() < 80, "{}", unpacked.skipped.len());
    assert!(begun.elapsed().as_secs() < 20);
}

#[test]
fn entries_that_lie_over_each_other_are_read_once() {
    let entry = || stored("b.json", CREDENTIAL.as_bytes());
    let mut bytes = zip(&[entry()]);
    let directory = 30 + 6 + CREDENTIAL.len();
    bytes.truncate(directory);
    let entries: Vec<Packed> = (0..900).map(|_| entry()).collect();
    let overlapping = with_directory(bytes, &entries, &vec![0; 900]);
    let unpacked = unpack("x.zip", &overlapping).unwrap();
    assert!(unpacked.pieces.len() <= overlapping.len() / CREDENTIAL.len());
    assert_eq!(told(&unpacked).last().unwrap(), "skipped b.json: damaged");
}

#[test]
fn archives_in_archives_end() {
    let mut archive = zip(&[deflated("b.json", CREDENTIAL.as_bytes())]);
    for level in 0..2 {
        archive = zip(&[stored(&format!("{level}.zip"), &archive)]);
    }
    check("x.zip", &archive, &["x.zip > 1.zip > 0.zip > b.json: the credential"]);
    check("x.zip", zip(&[stored("2.zip", &archive)]), &["skipped 0.zip: nested more deeply than 3"]);
}
