//! Bundles to make documents of.

use std::collections::BTreeMap;

use attesta_share::QrCode;
use attesta_view::{
    AssessmentView, CredentialView, EvidenceView, IssuerView, Language, Line, LineState, LineView, PresentationView,
    PresentedCredentialView, ReportView, SkillView, TextView,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::pdf::{CredentialFile, Handout, Paper};

/// A bundle with all that a document of it needs.
pub(super) struct Sample {
    pub(super) view: PresentationView,
    pub(super) bytes: Vec<u8>,
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) link: Option<String>,
    pub(super) code: Option<QrCode>,
}

impl Sample {
    pub(super) fn handout<T>(&self, language: Language, paper: Paper, with: impl FnOnce(Handout<'_>) -> T) -> T {
        let files: Vec<CredentialFile<'_>> =
            self.files.iter().map(|(title, bytes)| CredentialFile { title, bytes }).collect();
        with(Handout {
            presentation: &self.view,
            bundle: &self.bytes,
            files: &files,
            link: self.link.as_deref(),
            code: self.code.as_ref(),
            page: self.link.as_ref().map(|_| "https://verify.example/"),
            made_at: "2026-11-22T14:05:00Z".parse().unwrap(),
            language,
            paper,
        })
    }
}

pub(super) fn text(text: &str) -> TextView {
    TextView { text: text.to_owned(), language: None, direction: None }
}

fn report(verdict: &str) -> ReportView {
    let state = if verdict == "valid" { LineState::Yes } else { LineState::Unknown };
    let line = |line: Line, state: LineState, code: &str| LineView {
        line,
        state,
        code: code.to_owned(),
        params: BTreeMap::new(),
    };
    ReportView {
        verdict: verdict.to_owned(),
        checked_at: "2026-11-22T14:00:00Z".to_owned(),
        asked: vec!["lambton.example".to_owned()],
        lines: vec![
            line(Line::Intact, LineState::Yes, "signature_holds"),
            line(Line::Signer, LineState::Yes, "issuer_is_key"),
            line(Line::Current, state, "absent.status"),
            line(Line::About, LineState::Unknown, "skipped.no_identities_known"),
        ],
        checks: Vec::new(),
        resources: Vec::new(),
        contexts: Vec::new(),
    }
}

/// A picture as the wallet hands it over.
fn picture(side: u32) -> String {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let pixel = |at: u32| {
        let (x, y) = ((at % side) as f32 / side as f32 - 0.5, (at / side) as f32 / side as f32 - 0.5);
        let inside = x * x + y * y < 0.24;
        [31, 94, 122 + (x * 90.0) as u8, if inside { 255 } else { 0 }]
    };
    let pixels: Vec<u8> = (0..side * side).flat_map(pixel).collect();
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    format!("data:image/png;base64,{}", STANDARD.encode(file))
}

pub(super) fn credential(title: &str, verdict: &str) -> PresentedCredentialView {
    let view = CredentialView {
        digest: "0".repeat(64),
        id: Some("urn:uuid:1".to_owned()),
        title: text(title),
        description: Some(text(
            "Assess, clean and dress infected wounds under supervision, and tell a colleague *what was seen* and done.",
        )),
        issuer: IssuerView {
            id: "did:web:lambton.example".to_owned(),
            name: Some(text("Lambton College of Applied Arts and Technology")),
            url: None,
            host: Some("lambton.example".to_owned()),
        },
        earner: Some("Amélie Tremblay".to_owned()),
        subject: None,
        achievement_type: None,
        criteria: Some(text("- Recognise early signs of infection\n- Choose a dressing\n- Document care in the chart")),
        criteria_url: Some("https://lambton.example/criteria".to_owned()),
        narrative: None,
        skills: ["Wound assessment", "Infection control", "Charting"]
            .map(|name| SkillView {
                name: text(name),
                code: Some("S3.2.1".to_owned()),
                framework: Some("ESCO".to_owned()),
                url: None,
            })
            .into(),
        tags: Vec::new(),
        assessments: vec![AssessmentView {
            name: Some(text("Direct observation, 3 scenarios")),
            kind: None,
            reached: Some("92 %".to_owned()),
            required: Some("80 %".to_owned()),
            minimum: None,
            maximum: None,
            status: None,
        }],
        evidence: vec![EvidenceView {
            name: Some(text("Practice log")),
            description: None,
            narrative: None,
            url: Some("https://lambton.example/log".to_owned()),
        }],
        endorsers: vec!["Bluewater Health".to_owned()],
        related: vec!["Personal Support Worker".to_owned()],
        credits: Some("12 hours".to_owned()),
        field_of_study: None,
        in_language: None,
        claims: Vec::new(),
        selection: None,
        associations: Vec::new(),
        awarded: Some("2026-03-12T00:00:00Z".to_owned()),
        valid_from: Some("2026-03-12T00:00:00Z".to_owned()),
        valid_until: Some("2029-03-11T00:00:00Z".to_owned()),
        image: Some(picture(64)),
        container: "json".to_owned(),
        data_model: "vcdm_2.0 + ob_3.0".to_owned(),
        securing: vec!["eddsa-rdfc-2022".to_owned()],
    };
    PresentedCredentialView {
        note: None,
        credential: Some(view),
        report: Some(report(verdict)),
        nested: Vec::new(),
        error: None,
        error_params: BTreeMap::new(),
        verdict: verdict.to_owned(),
    }
}

pub(super) fn bundle(credentials: Vec<PresentedCredentialView>) -> Sample {
    let title = |presented: &PresentedCredentialView| {
        presented.credential.as_ref().map(|credential| credential.title.text.clone()).unwrap_or_default()
    };
    let files = credentials.iter().enumerate().map(|(index, presented)| {
        (title(presented), format!(" {{\"number\" : {index}.0, \"é\":\"\u{2028}\"}}\n").into_bytes())
    });
    let link = format!("https://verify.example/#1u{}", "Ab-_".repeat(60));
    Sample {
        files: files.collect(),
        view: PresentationView {
            holder: Some("did:key:z6Mk".to_owned()),
            title: Some("For Bluewater Health".to_owned()),
            note: Some(
                "I have worked in long-term care for **six years**. These show what I can take on from the first day:\n\n\
                 1. wounds and infections,\n2. protective equipment,\n\nand *how* I keep records. More at [my page](https://amelie.example/)."
                    .to_owned(),
            ),
            audience: Some("Bluewater Health, Sarnia".to_owned()),
            hidden_parts: Vec::new(),
            earner: Some("Amélie Tremblay".to_owned()),
            valid_until: Some("2027-05-31T23:59:59Z".to_owned()),
            created: Some("2026-11-22T14:04:00Z".to_owned()),
            report: report("valid"),
            verdict: "valid".to_owned(),
            credentials,
        },
        bytes: b"{ \"type\": [\"VerifiablePresentation\"] }\r\n".to_vec(),
        code: QrCode::for_link(&link).ok(),
        link: Some(link),
    }
}

/// Titles and texts that no font of ours has, that are huge, or that try to break out.
pub(super) fn wide() -> Vec<String> {
    vec![
        "W".repeat(20_000),
        "語学検定 一級 🏅 認定".repeat(40),
        "شهادة العناية بالجروح 2026 (Level 2)".to_owned(),
        "👩‍⚕️👨🏽‍🔬 café e\u{301} x\u{331}wəθ".to_owned(),
        "\u{0}\u{1}\u{feff}\u{fffe}\u{ffff}\u{202e}gnp.exe\u{200b}\u{e000}\u{10ffff}".to_owned(),
        "(\\) <</Type /Catalog>> endstream endobj xref trailer startxref %%EOF".to_owned(),
        String::new(),
        "   ".to_owned(),
        "a\u{300}".repeat(3000),
    ]
}
