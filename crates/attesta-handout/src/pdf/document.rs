//! A bundle as a document to hand in: what it says first, what was found, how to check it, then each credential.

use std::collections::BTreeMap;

use attesta_view::Language;
use sha2::{Digest, Sha256};

use super::attachment::{Attachment, BUNDLE, attachments};
use super::code;
use super::credential::set_credential;
use super::emit::{About, emit};
use super::face::Face;
use super::layout::{Area, Column, Drawing, Layout, Mark, Marks, Node, Role, rounded};
use super::palette::{INK, INK_2, LINE, PAPER, THREAD, tone};
use super::paragraph::Span;
use super::prose::{BODY, SMALL, Setting, markdown, one_line, shortened};
use super::seal::thread;
use super::{Handout, HandoutError};
use crate::markdown::address;
use crate::words::Words;

/// Every verdict, best first.
const VERDICTS: [&str; 9] = [
    "valid",
    "status_unknown",
    "not_yet_valid",
    "expired",
    "suspended",
    "revoked",
    "unverifiable",
    "invalid",
    "rejected",
];

/// The parts that a learner may keep out of view.
const PARTS: [&str; 7] = ["picture", "description", "criteria", "skills", "results", "evidence", "endorsements"];

const TITLE_CHARS: usize = 300;
const NOTE_CHARS: usize = 6000;
const PAD: f32 = 16.0;

/// Writes a document.
///
/// # Errors
/// See [`HandoutError`].
pub(super) fn document(handout: &Handout<'_>) -> Result<Vec<u8>, HandoutError> {
    let words = Words::of(handout.language);
    let files = attachments(handout.bundle, handout.files, words)?;
    let view = handout.presentation;
    let title = match view.title.as_deref().map(|title| one_line(title, TITLE_CHARS)).filter(|title| !title.is_empty())
    {
        Some(title) => title,
        None => words.plain("pdf.untitled").to_owned(),
    };
    let earner = view.earner.as_deref().map(|earner| one_line(earner, 120)).filter(|earner| !earner.is_empty());
    let from = match &earner {
        Some(earner) => words.with("pdf.from", &[("name", earner)]),
        None => words.plain("pdf.from_nobody").to_owned(),
    };

    let mut layout = Layout::new(handout.paper);
    let whole = layout.root(Role::Section);
    opening(&mut layout, whole, handout, words, &title, &from);
    summary(&mut layout, whole, handout, words);
    check_it(&mut layout, whole, handout, words);
    for presented in &view.credentials {
        set_credential(&mut layout, whole, presented, &view.hidden_parts, words);
    }
    closing(&mut layout, whole, handout, words, &files);
    let foot = earner.as_ref().map_or(title.clone(), |earner| format!("{earner} · {title}"));
    layout.footers(&foot, |page, pages| {
        words.with("pdf.page", &[("page", &page.to_string()), ("pages", &pages.to_string())])
    });
    let layout = layout.finish()?;
    let link = |address: &str| words.with("pdf.link_alt", &[("address", &shown(address))]);
    let about = About {
        title: &title,
        author: earner.as_deref(),
        subject: &from,
        language: handout.language.tag(),
        made_at: handout.made_at,
        fingerprint: fingerprint(handout),
        link: &link,
    };
    emit(&layout, &about, &files)
}

fn opening(layout: &mut Layout, whole: Node, handout: &Handout<'_>, words: Words, title: &str, from: &str) {
    let view = handout.presentation;
    let column = layout.column();
    // Like on a certificate, only where authorship is proven for everything in it.
    let proven = |verdict: &str| !matches!(verdict, "invalid" | "unverifiable" | "rejected");
    if view.credentials.iter().all(|presented| proven(&presented.verdict)) {
        rosette(layout);
    }
    let narrow = Column { width: column.width - 96.0, ..column };
    layout.space(6.0);
    layout.text(whole, Role::Paragraph, &[Span::new(from, Face::Regular, 10.0, INK_2)], narrow, 15.0);
    layout.space(3.0);
    let (size, leading) = if title.chars().count() > 60 { (20.0, 25.0) } else { (27.0, 33.0) };
    layout.heading(whole, 1, &[Span::new(title, Face::Serif, size, INK)], narrow, leading);
    if let Some(audience) = view.audience.as_deref().map(|audience| one_line(audience, 200)).filter(|it| !it.is_empty())
    {
        layout.space(3.0);
        let text = words.with("pdf.for", &[("audience", &audience)]);
        layout.text(whole, Role::Paragraph, &[Span::new(&text, Face::Regular, 11.0, INK_2)], narrow, 16.0);
    }
    if let Some(note) = view.note.as_deref().filter(|note| !note.trim().is_empty()) {
        layout.space(12.0);
        let (note, cut) = shortened(note, NOTE_CHARS);
        let setting = Setting { size: 10.5, leading: 15.5, colour: INK };
        markdown(layout, whole, &note, None, Column { width: column.width.min(440.0), ..column }, setting);
        if cut {
            layout.text(whole, Role::Paragraph, &[SMALL.span(words.plain("pdf.shortened"))], column, SMALL.leading);
        }
    }
    layout.space(20.0);
}

/// A guilloche in the corner: it adorns, and proves nothing.
fn rosette(layout: &mut Layout) {
    let centre = (layout.size.0 - 84.0, 84.0);
    let threads =
        [(40.0, 14, 9.0, 0.0), (40.0, 14, 9.0, 2.1), (40.0, 14, 9.0, 4.2), (22.0, 14, 6.0, 0.0), (22.0, 14, 6.0, 3.1)];
    let drawings = threads
        .into_iter()
        .filter_map(|(radius, lobes, swing, phase)| thread(centre, radius, lobes, swing, phase))
        .map(|path| Drawing::Line { path, colour: THREAD, width: 0.6, dash: None })
        .collect();
    layout.put(Mark::Ornament, drawings);
}

/// A heading of the program's own.
fn headline(layout: &mut Layout, parent: Node, text: &str, column: Column) {
    layout.heading(parent, 2, &[Span::new(text, Face::Bold, 11.5, INK)], column, 17.0);
}

fn summary(layout: &mut Layout, whole: Node, handout: &Handout<'_>, words: Words) {
    let view = handout.presentation;
    let column = layout.column();
    layout.reserve(110.0);
    layout.hairline(column, LINE);
    layout.space(14.0);
    let section = layout.child(whole, Role::Section);
    headline(layout, section, words.plain("pdf.summary"), column);
    layout.space(5.0);

    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for presented in &view.credentials {
        let known = VERDICTS.iter().position(|verdict| *verdict == presented.verdict);
        // A verdict that this build does not know is none that it can vouch for.
        *counts.entry(known.unwrap_or(6)).or_default() += 1;
    }
    if counts.is_empty() {
        layout.text(section, Role::Paragraph, &[BODY.span(words.plain("pdf.nothing_in_it"))], column, BODY.leading);
    } else {
        let list = layout.child(section, Role::List(Marks::Labels));
        let total = view.credentials.len();
        for (place, count) in counts {
            let verdict = VERDICTS[place];
            let item = layout.child(list, Role::Item);
            let body = layout.child(item, Role::Body);
            layout.reserve(22.0);
            layout.seal(verdict, column.x, layout.y + 2.0, 17.0, tone(verdict));
            let mut spans =
                vec![Span::new(words.plain(&format!("verdict.{verdict}")), Face::Bold, 11.0, tone(verdict))];
            if total > 1 {
                let of = words.with("pdf.count", &[("count", &count.to_string()), ("total", &total.to_string())]);
                spans.push(Span::new(&format!("  ·  {of}"), Face::Regular, 10.0, INK_2));
            }
            layout.text(body, Role::Paragraph, &spans, Column { x: column.x + 26.0, width: column.width - 26.0 }, 21.0);
        }
    }
    layout.space(4.0);
    let found = found(handout, words);
    layout.text(section, Role::Paragraph, &[SMALL.span(&found)], column, SMALL.leading);
    layout.space(16.0);
}

/// When and where it was checked, who put it together, and until when it counts.
fn found(handout: &Handout<'_>, words: Words) -> String {
    let view = handout.presentation;
    let reports = view.credentials.iter().filter_map(|presented| presented.report.as_ref());
    let mut hosts: Vec<String> = Vec::new();
    let mut latest = None;
    for report in reports {
        latest = latest.max(report.checked_at.parse::<jiff::Timestamp>().ok());
        for host in &report.asked {
            if !hosts.contains(host) && hosts.len() < 12 {
                hosts.push(one_line(host, 80));
            }
        }
    }
    let moment = words.moment(latest.unwrap_or(handout.made_at));
    let mut sentences = vec![if hosts.is_empty() {
        words.with("pdf.checked_alone", &[("moment", &moment)])
    } else {
        words.with("pdf.checked", &[("moment", &moment), ("hosts", &words.list(&hosts))])
    }];
    match (view.report.verdict.as_str(), &view.created) {
        ("valid", Some(created)) => sentences.push(words.with("pdf.signed", &[("date", &words.date(created))])),
        ("valid", None) => {}
        // Without a signature of its own there is nothing to tell of it.
        _ if view.holder.is_none() => {}
        (verdict, _) => {
            let verdict = words.plain(&format!("verdict.{verdict}")).to_lowercase();
            sentences.push(words.with("pdf.signature", &[("verdict", &verdict)]));
        }
    }
    if let Some(until) = &view.valid_until {
        sentences.push(words.with("pdf.until", &[("date", &words.date(until))]));
    }
    sentences.join(" ")
}

/// The panel that tells how to check: the text beside the code, all on one page.
fn check_it(layout: &mut Layout, whole: Node, handout: &Handout<'_>, words: Words) {
    let column = layout.column();
    let side = handout.code.map(|code| code::side(code, 104.0).min(230.0));
    let caption = SMALL.span(words.plain("pdf.code_caption"));
    let gap = side.map_or(0.0, |side| side + 20.0);
    let inner = Column { x: column.x + PAD, width: column.width - 2.0 * PAD - gap };
    let paragraphs = how(handout, words);
    let heights = paragraphs.iter().map(|spans| layout.height(spans, inner.width, 14.0) + 5.0);
    let text_height = 20.0 + heights.sum::<f32>() - 5.0;
    let code_height = side.map_or(0.0, |side| side + 16.0);
    let height = text_height.max(code_height) + 2.0 * PAD;
    layout.reserve(height + 8.0);
    let top = layout.y;
    let panel = Area { x: column.x, y: top, width: column.width, height };
    if let Some(path) = rounded(panel, 8.0) {
        layout.put(Mark::Ornament, vec![Drawing::Fill { path, colour: PAPER }]);
    }
    let section = layout.child(whole, Role::Section);
    layout.y = top + PAD;
    headline(layout, section, words.plain("pdf.how"), inner);
    layout.space(3.0);
    for spans in &paragraphs {
        layout.text(section, Role::Paragraph, spans, inner, 14.0);
        layout.space(5.0);
    }
    if let (Some(code), Some(side)) = (handout.code, side) {
        let x = column.x + column.width - PAD - side;
        let area = Area { x, y: top + PAD, width: side, height: side };
        let alt = match handout.page {
            Some(page) => words.with("pdf.code_alt_at", &[("address", &shown(page))]),
            None => words.plain("pdf.code_alt").to_owned(),
        };
        layout.figure(section, &alt, area, code::drawings(code, area));
        let left = x + ((side - layout.width(&caption)) / 2.0).max(0.0);
        layout.y = top + PAD + side + 2.0;
        layout.text(section, Role::Paragraph, &[caption], Column { x: left, width: side }, SMALL.leading);
    }
    layout.y = top + height + 8.0;
}

/// What the panel says.
fn how(handout: &Handout<'_>, words: Words) -> Vec<Vec<Span>> {
    let setting = Setting { size: 9.5, ..BODY };
    let mut paragraphs = vec![vec![setting.bold(words.plain("pdf.no_proof"))]];
    if let Some(link) = handout.link {
        let key = if handout.code.is_some() { "pdf.how_code" } else { "pdf.how_link" };
        let text = match handout.page {
            Some(page) => words.with("pdf.open_link", &[("address", &shown(page))]),
            None => words.plain("pdf.open_link_nowhere").to_owned(),
        };
        let link = if address(link).is_some() { setting.link(&text, link) } else { setting.span(&text) };
        paragraphs.push(around(words.plain(key), "{link}", link, setting));
    }
    if handout.code.is_none() {
        paragraphs.push(vec![setting.span(words.plain("pdf.too_long"))]);
    }
    let file = setting.bold(BUNDLE);
    let key = match (handout.page, handout.link) {
        (None, _) => "pdf.how_files_nowhere",
        (Some(_), None) => "pdf.how_files_only",
        (Some(_), Some(_)) => "pdf.how_files",
    };
    let mut spans = around(words.plain(key), "{file}", file, setting);
    if let (Some(page), Some(last)) = (handout.page, spans.pop()) {
        let link = setting.link(&shown(page), page);
        spans.extend(around(&last.text, "{address}", link, setting));
    }
    paragraphs.push(spans);
    paragraphs.push(vec![setting.span(words.plain("pdf.anyone"))]);
    paragraphs
}

/// A sentence with something of another style in one place.
fn around(sentence: &str, place: &str, inside: Span, setting: Setting) -> Vec<Span> {
    match sentence.split_once(place) {
        Some((before, after)) => vec![setting.span(before), inside, setting.span(after)],
        None => vec![setting.span(sentence)],
    }
}

/// An address as people write it: without its scheme, without what follows its path.
fn shown(address: &str) -> String {
    let bare = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    let bare = bare.split(['#', '?']).next().unwrap_or(bare).trim_end_matches('/');
    one_line(bare, 80)
}

fn closing(layout: &mut Layout, whole: Node, handout: &Handout<'_>, words: Words, files: &[Attachment<'_>]) {
    let column = layout.column();
    layout.space(22.0);
    layout.reserve(96.0);
    layout.hairline(column, LINE);
    layout.space(14.0);
    let section = layout.child(whole, Role::Section);
    headline(layout, section, words.plain("pdf.attached"), column);
    layout.text(section, Role::Paragraph, &[SMALL.span(words.plain("pdf.attached_text"))], column, SMALL.leading);
    layout.space(6.0);
    let list = layout.child(section, Role::List(Marks::Dots));
    for file in files {
        let item = layout.child(list, Role::Item);
        let body = layout.child(item, Role::Body);
        let name = Span::new(&file.name, Face::Bold, SMALL.size, INK);
        let told = SMALL.span(&format!("  {}", file.description));
        layout.text(body, Role::Paragraph, &[name, told], column, SMALL.leading);
        layout.space(2.0);
    }
    let hidden: Vec<String> = PARTS
        .iter()
        .filter(|part| handout.presentation.hidden_parts.iter().any(|hidden| hidden == *part))
        .map(|part| words.plain(&format!("part.{part}")).to_owned())
        .collect();
    let mut sentences = Vec::new();
    if !hidden.is_empty() {
        sentences.push(words.with("pdf.hidden", &[("parts", &words.list(&hidden))]));
    }
    if layout.boxes {
        sentences.push(words.plain("pdf.boxes").to_owned());
    }
    sentences.push(format!("{}.", words.with("pdf.made", &[("moment", &words.moment(handout.made_at))])));
    layout.space(6.0);
    layout.text(section, Role::Paragraph, &[SMALL.span(&sentences.join(" "))], column, SMALL.leading);
}

/// The same for the same document, another one for every other.
fn fingerprint(handout: &Handout<'_>) -> String {
    let mut hash = Sha256::new();
    let mut take = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    take(handout.bundle);
    take(&serde_json::to_vec(handout.presentation).expect("a view becomes JSON"));
    take(handout.link.unwrap_or_default().as_bytes());
    take(handout.made_at.to_string().as_bytes());
    take(match handout.language {
        Language::En => b"en",
        Language::Fr => b"fr",
    });
    take(format!("{:?}", handout.paper).as_bytes());
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
