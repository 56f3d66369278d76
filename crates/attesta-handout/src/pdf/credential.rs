//! One credential in a document.

use std::rc::Rc;

use attesta_view::{CredentialView, LineState, PresentedCredentialView, ReportView, TextView};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::face::Face;
use super::facts::set_facts;
use super::layout::{Area, Column, Drawing, Layout, Mark, Node, Role, rounded};
use super::palette::{ACCENT, INK, INK_2, LINE, WHITE, tone};
use super::paragraph::Span;
use super::prose::{BODY, SMALL, Setting, foreign, markdown, one_line, shortened};
use crate::words::Words;

const PICTURE: f32 = 54.0;
pub(super) const FACT: Setting = Setting { size: 9.5, leading: 13.5, colour: INK };

/// How much of a description stands on paper; the attached file holds all of it.
const DESCRIPTION_CHARS: usize = 1200;

/// A credential, under a heading and a section of its own.
pub(super) fn set_credential(
    layout: &mut Layout,
    whole: Node,
    presented: &PresentedCredentialView,
    hidden: &[String],
    words: Words,
) {
    let column = layout.column();
    layout.space(16.0);
    let section = layout.child(whole, Role::Section);
    let Some(credential) = &presented.credential else {
        return unreadable(layout, section, presented, words);
    };
    let shows = |part: &str| !hidden.iter().any(|hidden| hidden == part);
    head(layout, section, presented, credential, shows("picture"), words);
    let beside = Column { x: column.x + PICTURE + 16.0, width: column.width - PICTURE - 16.0 };
    if let Some(note) = presented.note.as_deref().filter(|note| !note.trim().is_empty()) {
        quote(layout, section, note, beside, words);
    }
    if shows("description")
        && let Some(description) = &credential.description
    {
        layout.space(7.0);
        long_text(layout, section, description, DESCRIPTION_CHARS, beside, Setting { size: 10.0, ..FACT }, words);
    }
    set_facts(layout, section, presented, credential, &shows, beside, words);
}

fn unreadable(layout: &mut Layout, section: Node, presented: &PresentedCredentialView, words: Words) {
    let column = layout.column();
    layout.reserve(90.0);
    layout.hairline(column, LINE);
    layout.space(16.0);
    layout.seal("rejected", column.x, layout.y + 1.0, 20.0, tone("rejected"));
    let beside = Column { x: column.x + 30.0, width: column.width - 30.0 };
    layout.heading(section, 2, &[Span::new(words.plain("pdf.unreadable"), Face::Serif, 15.0, INK)], beside, 20.0);
    let reason = presented.error.as_ref().map(|code| format!("error.{code}")).filter(|key| words.has(key));
    let mut sentences = vec![words.plain("verdict.rejected").to_owned() + "."];
    sentences.extend(reason.map(|key| words.of_report(&key, &presented.error_params)));
    sentences.push(words.plain("pdf.unreadable_text").to_owned());
    layout.text(section, Role::Paragraph, &[FACT.span(&shortened(&sentences.join(" "), 800).0)], beside, FACT.leading);
}

/// Picture, title, issuer and verdict: what stays together on a page.
fn head(
    layout: &mut Layout,
    section: Node,
    presented: &PresentedCredentialView,
    credential: &CredentialView,
    picture: bool,
    words: Words,
) {
    let column = layout.column();
    let beside = Column { x: column.x + PICTURE + 16.0, width: column.width - PICTURE - 16.0 };
    let language = words.language();
    let title = one_line(&credential.title.text, 300);
    let title = if title.is_empty() { words.plain("pdf.untitled").to_owned() } else { title };
    let size = if title.chars().count() > 90 { 13.0 } else { 16.0 };
    let title_span = Span::new(&title, Face::Serif, size, INK).in_language(foreign(&credential.title, language));
    let issuer = FACT_2.span(&issuer_line(presented, credential, words));
    let verdict = verdict_line(presented, credential, words);
    let why = why(presented.report.as_ref(), credential, words);
    let checked = presented.report.as_ref().map(|report| checked(report, words));
    let inner = beside.width - 24.0;
    let height = layout.height(std::slice::from_ref(&title_span), beside.width, size * 1.25)
        + layout.height(std::slice::from_ref(&issuer), beside.width, 14.0)
        + layout.height(&verdict, inner, 18.0)
        + why.as_ref().map_or(0.0, |why| layout.height(&[FACT.span(why)], inner, FACT.leading))
        + 2.0 * SMALL.leading;
    layout.reserve(height.max(PICTURE) + 56.0);
    layout.hairline(column, LINE);
    layout.space(16.0);
    let top = layout.y;
    layout.heading(section, 2, &[title_span], beside, size * 1.25);
    // The heading comes first for those who listen, the picture stands first for those who see.
    tile(
        layout,
        section,
        credential,
        &title,
        picture,
        Area { x: column.x, y: top + 2.0, width: PICTURE, height: PICTURE },
        words,
    );
    layout.text(section, Role::Paragraph, &[issuer], beside, 14.0);
    layout.space(4.0);
    layout.seal(&presented.verdict, beside.x, layout.y + 1.0, 16.0, tone(&presented.verdict));
    let beside_seal = Column { x: beside.x + 24.0, width: inner };
    layout.text(section, Role::Paragraph, &verdict, beside_seal, 18.0);
    if let Some(why) = why {
        layout.text(section, Role::Paragraph, &[FACT.span(&why)], beside_seal, FACT.leading);
    }
    if let Some(checked) = checked {
        layout.text(section, Role::Paragraph, &[SMALL.span(&checked)], beside_seal, SMALL.leading);
    }
    layout.y = layout.y.max(top + PICTURE + 4.0);
}

const FACT_2: Setting = Setting { size: 10.0, leading: 14.0, colour: INK_2 };

/// The picture, or the initials where there is none; those say nothing that the title does not.
fn tile(
    layout: &mut Layout,
    section: Node,
    credential: &CredentialView,
    title: &str,
    shown: bool,
    area: Area,
    words: Words,
) {
    let png = credential.image.as_deref().filter(|_| shown).and_then(png_of);
    match png {
        Some((png, width, height)) => {
            let scale = (area.width / width).min(area.height / height);
            let fitted = Area {
                x: area.x + (area.width - width * scale) / 2.0,
                y: area.y + (area.height - height * scale) / 2.0,
                width: width * scale,
                height: height * scale,
            };
            let alt = words.with("pdf.picture_alt", &[("title", &words.quoted(title))]);
            if let Some(clip) = rounded(area, 6.0) {
                layout.figure(section, &alt, area, vec![Drawing::Picture { png, area: fitted, clip }]);
            }
        }
        None => {
            let mut drawings: Vec<Drawing> =
                rounded(area, 8.0).map(|path| Drawing::Fill { path, colour: ACCENT }).into_iter().collect();
            let initials = Span::new(&initials(title), Face::Serif, 20.0, WHITE);
            let left = area.x + (area.width - layout.width(&initials)) / 2.0;
            drawings.extend(layout.ornament_text(&initials, left, area.y + area.height / 2.0 + 7.0, false));
            layout.put(Mark::Ornament, drawings);
        }
    }
}

/// A PNG of a `data:` URL with its size. The face that made the view has encoded it anew, so anything else is left out.
fn png_of(url: &str) -> Option<(Rc<[u8]>, f32, f32)> {
    const MOST_SIDE: u32 = 2048;
    let bytes = STANDARD.decode(url.strip_prefix("data:image/png;base64,")?).ok()?;
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let header = bytes.get(..8)? == b"\x89PNG\r\n\x1a\n";
    let (width, height) = (number(16)?, number(20)?);
    let sound = header && (1..=MOST_SIDE).contains(&width) && (1..=MOST_SIDE).contains(&height);
    // Decoded once here, so that a damaged picture is left out instead of spoiling the document.
    krilla::image::Image::from_png(bytes.clone().into(), false).ok().filter(|_| sound)?;
    Some((bytes.into(), width as f32, height as f32))
}

fn initials(title: &str) -> String {
    let words = title.split(|character: char| !character.is_alphanumeric());
    let long = words.filter(|word| word.chars().count() > 2 || word.chars().all(char::is_numeric) && !word.is_empty());
    let letters: String = long.filter_map(|word| word.chars().next()).take(2).flat_map(char::to_uppercase).collect();
    if letters.is_empty() { title.chars().take(1).flat_map(char::to_uppercase).collect() } else { letters }
}

fn issuer_line(presented: &PresentedCredentialView, credential: &CredentialView, words: Words) -> String {
    let name = credential.issuer.name.as_ref().map(|name| one_line(&name.text, 160)).filter(|name| !name.is_empty());
    let issuer =
        name.or_else(|| credential.issuer.host.clone()).unwrap_or_else(|| words.plain("pdf.issuer_unnamed").to_owned());
    // It speaks as the issuer's only where authorship is proven.
    let proven = !matches!(presented.verdict.as_str(), "invalid" | "unverifiable" | "rejected");
    let earner = credential.earner.as_ref().map(|name| one_line(name, 120)).filter(|name| !name.is_empty());
    match (proven, earner) {
        (true, Some(name)) => words.with("pdf.issued_to", &[("issuer", &issuer), ("name", &name)]),
        (true, None) => words.with("pdf.issued", &[("issuer", &issuer)]),
        (false, Some(name)) => words.with("pdf.in_name_to", &[("issuer", &issuer), ("name", &name)]),
        (false, None) => words.with("pdf.in_name", &[("issuer", &issuer)]),
    }
}

fn verdict_line(presented: &PresentedCredentialView, credential: &CredentialView, words: Words) -> Vec<Span> {
    let verdict = presented.verdict.as_str();
    let key = format!("verdict.{verdict}");
    let key = if words.has(&key) { key } else { "verdict.unverifiable".to_owned() };
    let mut spans = vec![Span::new(words.plain(&key), Face::Bold, 10.5, tone(verdict))];
    let dated = |key: &str, time: &Option<String>| {
        time.as_ref().map(|time| words.with(key, &[("date", &one_line(&words.date(time), 60))]))
    };
    let earned = dated("standing.earned", &credential.awarded).or_else(|| match verdict {
        "not_yet_valid" => None,
        _ => dated("standing.earned", &credential.valid_from),
    });
    let begins = (verdict == "not_yet_valid").then(|| dated("standing.begins", &credential.valid_from)).flatten();
    let ends = if verdict == "expired" { "standing.ended" } else { "standing.until" };
    for date in [earned, begins, dated(ends, &credential.valid_until)].into_iter().flatten() {
        spans.push(Span::new(&format!("  ·  {date}"), Face::Regular, 10.0, INK_2));
    }
    spans
}

/// Why it is not simply valid: the sentence of the first plain line that says so.
fn why(report: Option<&ReportView>, credential: &CredentialView, words: Words) -> Option<String> {
    let report = report.filter(|report| report.verdict != "valid")?;
    let decisive = report.lines.iter().take(3).find(|line| line.state != LineState::Yes)?;
    let key = format!("code.{}", decisive.code);
    let mut params = decisive.params.clone();
    if let Some(name) = &credential.issuer.name {
        params.entry("issuer".to_owned()).or_insert_with(|| name.text.clone());
    }
    words.has(&key).then(|| shortened(&words.of_report(&key, &params), 600).0)
}

fn checked(report: &ReportView, words: Words) -> String {
    let moment = report.checked_at.parse().map_or_else(|_| report.checked_at.clone(), |time| words.moment(time));
    let checked = words.with("pdf.as_of", &[("moment", &moment)]);
    if report.asked.is_empty() {
        return checked;
    }
    let hosts: Vec<String> = report.asked.iter().take(8).map(|host| one_line(host, 80)).collect();
    format!("{checked} {}", words.with("pdf.asked", &[("hosts", &words.list(&hosts))]))
}

/// The learner's own words, with a bar beside them.
fn quote(layout: &mut Layout, section: Node, note: &str, column: Column, words: Words) {
    layout.space(9.0);
    let inner = Column { x: column.x + 12.0, width: column.width - 12.0 };
    let (note, _) = shortened(note.trim(), 2000);
    let label = Span::new(words.plain("pdf.note"), Face::Bold, 9.0, INK_2);
    let body = BODY.span(&note);
    let height = 13.0 + layout.height(std::slice::from_ref(&body), inner.width, BODY.leading);
    layout.reserve(height.min(150.0));
    let (page, top) = (layout.page(), layout.y);
    let node = layout.child(section, Role::Quote);
    layout.text(node, Role::Paragraph, &[label], inner, 13.0);
    layout.text(node, Role::Paragraph, &[body], inner, BODY.leading);
    let bar = Area { x: column.x, y: top + 1.0, width: 2.5, height: layout.y - top - 2.0 };
    if layout.page() == page
        && let Some(path) = rounded(bar, 1.2)
    {
        layout.put(Mark::Ornament, vec![Drawing::Fill { path, colour: LINE }]);
    }
    layout.space(2.0);
}

/// A text of the issuer's in Markdown, as much of it as a page wants to hold.
pub(super) fn long_text(
    layout: &mut Layout,
    parent: Node,
    text: &TextView,
    limit: usize,
    column: Column,
    setting: Setting,
    words: Words,
) {
    let (short, cut) = shortened(&text.text, limit);
    markdown(layout, parent, &short, foreign(text, words.language()), column, setting);
    if cut {
        let told = Span::new(words.plain("pdf.shortened"), Face::Italic, 8.5, INK_2);
        layout.text(parent, Role::Paragraph, &[told], column, 12.5);
    }
}
