//! The reader that stands in the documents beside the format, written in another language, against what this crate writes.

use std::process::Command;

use attesta_share::{PayloadEncoding, ShareLink};

const PAGE: &str = "https://verify.example/page";
const PRESENTATION: &str =
    "{\"type\":[\"VerifiablePresentation\"],\"name\":\"Dossier d’été\",\"verifiableCredential\":[]}";

/// Runs where the machine has Python.
#[test]
fn the_reader_in_python_reads_what_this_crate_writes() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let read = |link: &str| {
        let python = Command::new("python3").args(["docs/share_reader.py", link]).current_dir(root).output();
        python.ok().filter(|output| output.status.success() || !output.stderr.is_empty())
    };
    let long = format!("{{\"name\":\"{}\"}}", "Ateliers d’été. ".repeat(6_000));
    let token = "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.eyJuYW1lIjoiQXR0ZXN0YXRpb24ifQ.c2lnbmF0dXJl";
    for presentation in [PRESENTATION, token, long.as_str()] {
        for encoding in [PayloadEncoding::Base64Url, PayloadEncoding::Digits] {
            let link = ShareLink::encode(PAGE, presentation.as_bytes(), encoding);
            let Some(output) = read(link.as_str()) else {
                eprintln!("no python3 here: the reader of the format document was not tried");
                return;
            };
            assert_eq!(output.stdout, presentation.as_bytes(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}
