//! One page with one large code, in both languages.

use attesta_view::Language;
use sha2::{Digest, Sha256};

use super::code;
use super::emit::{About, emit};
use super::face::Face;
use super::layout::{Area, Column, Layout, MARGIN, Marks, Node, Role};
use super::palette::{INK, INK_2, LINE};
use super::paragraph::Span;
use super::prose::{Setting, one_line};
use super::{HandoutError, Sheet};
use crate::words::Words;

/// The side of a code in points that is read from across a table: 120 mm where the paper has the room.
const LARGE: f32 = 340.0;

/// The longest address that somebody types by hand.
const TYPEABLE: usize = 120;

const STEP: Setting = Setting { size: 10.5, leading: 15.0, colour: INK };

/// Writes a print sheet.
///
/// # Errors
/// See [`HandoutError`].
pub(super) fn print_sheet(sheet: &Sheet<'_>) -> Result<Vec<u8>, HandoutError> {
    let languages = match sheet.language {
        Language::En => [Language::En, Language::Fr],
        Language::Fr => [Language::Fr, Language::En],
    };
    let words = Words::of(sheet.language);
    let title = one_line(sheet.title, 120);
    let title = if title.is_empty() { words.plain("pdf.untitled").to_owned() } else { title };
    let mut layout = Layout::new(sheet.paper);
    let whole = layout.root(Role::Section);
    let column = layout.column();
    let (size, leading) = if title.chars().count() > 40 { (17.0, 22.0) } else { (25.0, 31.0) };
    layout.heading(whole, 1, &[Span::new(&title, Face::Serif, size, INK)], column, leading);
    if let Some(earner) = sheet.earner.map(|earner| one_line(earner, 100)).filter(|earner| !earner.is_empty()) {
        let from = words.with("pdf.from", &[("name", &earner)]);
        layout.text(whole, Role::Paragraph, &[Span::new(&from, Face::Regular, 11.0, INK_2)], column, 17.0);
    }
    layout.space(16.0);

    let below = 250.0;
    let room = (layout.bottom() - layout.y - below).min(column.width);
    let side = code::side(sheet.code, LARGE).max(LARGE).min(room);
    let area = Area { x: MARGIN + (column.width - side) / 2.0, y: layout.y, width: side, height: side };
    layout.figure(whole, words.plain("pdf.code_alt"), area, code::drawings(sheet.code, area));
    layout.y += side + 20.0;

    let half = (column.width - 32.0) / 2.0;
    let top = layout.y;
    let mut lowest = top;
    for (index, language) in languages.into_iter().enumerate() {
        layout.y = top;
        let beside = Column { x: column.x + index as f32 * (half + 32.0), width: half };
        steps(&mut layout, whole, Words::of(language), (language != sheet.language).then_some(language), beside);
        lowest = lowest.max(layout.y);
    }
    layout.y = lowest + 10.0;
    if let Some(address) = sheet.address {
        layout.hairline(column, LINE);
        layout.space(8.0);
        let key = if address.contains('#') { "sheet.fallback" } else { "sheet.fallback_page" };
        let typed = address.chars().count() <= TYPEABLE;
        let (key, shown) = if typed { (key, address) } else { ("sheet.fallback_page", bare(address)) };
        for language in languages {
            let words = Words::of(language);
            let tag = (language != sheet.language).then_some(language.tag());
            let span = Span::new(words.plain(key), Face::Regular, 9.0, INK_2).in_language(tag);
            layout.text(whole, Role::Paragraph, &[span], column, 12.5);
        }
        layout.text(whole, Role::Paragraph, &[STEP.link(shown, address)], column, 15.0);
    }
    let layout = layout.finish()?;
    let link = |address: &str| words.with("pdf.link_alt", &[("address", bare(address))]);
    let about = About {
        title: &title,
        author: sheet.earner,
        subject: words.plain("sheet.subject"),
        language: sheet.language.tag(),
        made_at: sheet.made_at,
        fingerprint: fingerprint(sheet),
        link: &link,
    };
    emit(&layout, &about, &[])
}

/// What to do, in three steps.
fn steps(layout: &mut Layout, whole: Node, words: Words, foreign: Option<Language>, column: Column) {
    let tag = foreign.map(Language::tag);
    let lead = Span::new(words.plain("sheet.lead"), Face::Bold, 11.0, INK).in_language(tag);
    layout.text(whole, Role::Paragraph, &[lead], column, 15.5);
    layout.space(5.0);
    let list = layout.child(whole, Role::List(Marks::Numbers));
    for (index, key) in ["sheet.step1", "sheet.step2", "sheet.step3"].into_iter().enumerate() {
        let item = layout.child(list, Role::Item);
        let y = layout.y;
        layout.text(item, Role::Label, &[STEP.bold(&format!("{}.", index + 1))], column, STEP.leading);
        layout.y = y;
        let body = layout.child(item, Role::Body);
        let beside = Column { x: column.x + 18.0, width: column.width - 18.0 };
        layout.text(body, Role::Paragraph, &[STEP.span(words.plain(key)).in_language(tag)], beside, STEP.leading);
        layout.space(2.0);
    }
}

/// An address without what it carries.
fn bare(address: &str) -> &str {
    address.split(['#', '?']).next().unwrap_or(address)
}

fn fingerprint(sheet: &Sheet<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(sheet.code.to_svg());
    hash.update(sheet.title);
    hash.update(sheet.made_at.to_string());
    hash.update(sheet.language.tag());
    hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
