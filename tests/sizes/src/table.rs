//! The table, as a page of the documentation.

use std::fmt::Write;

use crate::measure::{BASE, Measured, SCANS_WELL};

pub(crate) fn table(measured: &[Measured], built_here: bool) -> String {
    let mut page = String::from("# How large badges become\n\n");
    if built_here {
        page.push_str(
            "Written by `cargo xtask sizes --write docs/sizes.md`: badges in the shapes that are found in the field, no two \
             alike, with invented issuers and texts and random keys and signatures. `cargo xtask sizes FOLDER` measures \
             others. The dictionary and the predictor's settings were chosen with these badges at hand, which flatters \
             them.\n\n",
        );
    }
    let _ = write!(
        page,
        "One badge alone, without a presentation around it, behind an address of {} characters. *Ours* is the payload of the \
         [share format](share-format.md) with its checksum. Beside it the same bytes as plain raw DEFLATE, and as CBOR and \
         then raw DEFLATE (no JSON comes back from that byte for byte, so its proof may be lost), both without any \
         checksum and at the best level. A token is no JSON, so CBOR leaves it as it is. QR versions are the least that \
         holds the link with its payload in digits, at level L; a telephone reads up to {SCANS_WELL} well off a laptop's \
         screen.\n\n",
        BASE.len()
    );
    page.push_str(
        "| badges | JSON | ours | DEFLATE | CBOR + DEFLATE | link | QR, ours | QR, DEFLATE | QR, CBOR + DEFLATE |\n",
    );
    page.push_str("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
    let mut families: Vec<&str> = Vec::new();
    measured.iter().for_each(|one| {
        if !families.contains(&one.family) {
            families.push(one.family);
        }
    });
    if families.len() > 1 {
        for family in families {
            let of_family: Vec<&Measured> = measured.iter().filter(|one| one.family == family).collect();
            row(&mut page, &format!("{family} ({})", of_family.len()), &of_family);
        }
    }
    let all: Vec<&Measured> = measured.iter().collect();
    row(&mut page, &format!("**all ({})**", all.len()), &all);
    page.push_str("\nMedian, least to most; bytes, characters of the link, QR version.\n\n");
    compared(&mut page, "plain DEFLATE", &all, |one| one.deflate);
    compared(&mut page, "CBOR and DEFLATE", &all, |one| one.cbor);
    page.push('\n');
    for (name, version) in [
        ("ours", (|one| one.version) as fn(&Measured) -> u8),
        ("plain DEFLATE", |one| one.version_deflate),
        ("CBOR and DEFLATE", |one| one.version_cbor),
    ] {
        let fit = all.iter().filter(|one| version(one) <= SCANS_WELL).count();
        let _ = writeln!(
            page,
            "- With {name}, {fit} of {} badges ({} %) fit a code of version {SCANS_WELL} or less.",
            all.len(),
            fit * 100 / all.len()
        );
    }
    page
}

fn row(page: &mut String, name: &str, measured: &[&Measured]) {
    let cells = [
        spread(measured, |one| one.json),
        spread(measured, |one| one.ours),
        spread(measured, |one| one.deflate),
        spread(measured, |one| one.cbor),
        spread(measured, |one| one.link),
        spread(measured, |one| usize::from(one.version)),
        spread(measured, |one| usize::from(one.version_deflate)),
        spread(measured, |one| usize::from(one.version_cbor)),
    ];
    let _ = writeln!(page, "| {name} | {} |", cells.join(" | "));
}

fn spread(measured: &[&Measured], of: impl Fn(&Measured) -> usize) -> String {
    let mut values: Vec<usize> = measured.iter().map(|one| of(one)).collect();
    values.sort_unstable();
    format!("{}, {}–{}", values[values.len() / 2], values[0], values[values.len() - 1])
}

fn compared(page: &mut String, name: &str, measured: &[&Measured], other: impl Fn(&Measured) -> usize) {
    let mut ratios: Vec<f64> = measured.iter().map(|one| one.ours as f64 / other(one) as f64).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    let _ = writeln!(
        page,
        "- Ours has {:.2} times the bytes of {name} (median; {:.2} to {:.2}).",
        ratios[ratios.len() / 2],
        ratios[0],
        ratios[ratios.len() - 1]
    );
}
