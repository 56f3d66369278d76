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

#[test]
fn look() {
    let sample = bundle(vec![credential("Caring for Wound Infections", "valid"), credential("Donning and Doffing PPE", "status_unknown"), credential("Préparer des menus santé", "expired")]);
    for (language, name) in [(Language::En, "en"), (Language::Fr, "fr")] {
        std::fs::write(format!("/tmp/ho-{name}.pdf"), made(&sample, language, Paper::Letter)).unwrap();
    }
}
