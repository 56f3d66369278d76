//! Writes laid-out pages as PDF/A-3a that also follows PDF/UA-1.

use std::num::NonZeroU16;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Configuration, ValidationError, Validator};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Quadrilateral, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{
    ArtifactType, BBox, ContentTag, Identifier, ListNumbering, Node as TagNode, SpanTag, Tag, TagGroup, TagKind,
    TagTree,
};
use krilla::text::{GlyphId, KrillaGlyph};

use super::HandoutError;
use super::attachment::Attachment;
use super::face::Fonts;
use super::layout::{Area, Child, Drawing, Layout, Mark, Marks, Node, Role};
use super::palette::Colour;
use super::standard::claim_accessibility;

/// What a document says of itself.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) author: Option<&'a str>,
    pub(super) subject: &'a str,
    pub(super) language: &'a str,
    pub(super) made_at: Timestamp,
    /// What is different in every document that differs: in hex.
    pub(super) fingerprint: String,
    /// The words for "link to this address".
    pub(super) link: &'a dyn Fn(&str) -> String,
}

/// The rules that every document is held against. The first decides how it is written.
const RULES: [Validator; 2] = [Validator::A3_A, Validator::UA1];

/// The document's bytes.
///
/// # Errors
/// [`HandoutError::NotAccessible`] where the rules are not kept, [`HandoutError::NotWritten`] where the writer fails.
pub(super) fn emit(layout: &Layout, about: &About<'_>, files: &[Attachment<'_>]) -> Result<Vec<u8>, HandoutError> {
    let [archival, accessible] = RULES;
    // Nothing is attached for the second set of rules, which says nothing about attachments.
    written(layout, about, &[], accessible)?;
    let bytes = written(layout, about, files, archival)?;
    claim_accessibility(&bytes).ok_or(HandoutError::NotWritten)
}

fn written(
    layout: &Layout,
    about: &About<'_>,
    files: &[Attachment<'_>],
    validator: Validator,
) -> Result<Vec<u8>, HandoutError> {
    let mut document = Document::new_with(SerializeSettings {
        configuration: Configuration::new_with_validator(validator),
        ..SerializeSettings::default()
    });
    let slots = pages(&mut document, layout, about)?;
    document.set_tag_tree(tree(layout, &slots, about.language));
    document.set_outline(outline(layout));
    document.set_metadata(metadata(about));
    let date = date_time(about.made_at);
    for file in files {
        let embedded = EmbeddedFile {
            path: file.name.clone(),
            mime_type: MimeType::new(file.media_type),
            description: Some(file.description.clone()),
            association_kind: if file.source { AssociationKind::Source } else { AssociationKind::Data },
            data: file.bytes.to_vec().into(),
            modification_date: Some(date),
            compress: None,
            location: None,
        };
        document.embed_file(embedded).ok_or(HandoutError::NotWritten)?;
    }
    document.finish().map_err(refusal)
}

fn pages(document: &mut Document, layout: &Layout, about: &About<'_>) -> Result<Vec<Option<Identifier>>, HandoutError> {
    let mut slots: Vec<Option<Identifier>> = vec![None; layout.slots];
    let (width, height) = layout.size;
    for page in &layout.pages {
        let settings = PageSettings::from_wh(width, height).ok_or(HandoutError::NotWritten)?;
        let mut written = document.start_page_with(settings);
        let mut surface = written.surface();
        for item in page.items.iter().filter(|item| !item.drawings.is_empty()) {
            let tag = match item.mark {
                Mark::Content(_) => ContentTag::Span(SpanTag::empty().with_lang(item.language.as_deref())),
                Mark::Ornament => ContentTag::Artifact(ArtifactType::Other),
                Mark::Footer => ContentTag::Artifact(ArtifactType::Footer),
            };
            let pictured = item.drawings.iter().all(|drawing| !matches!(drawing, Drawing::Glyphs { .. }));
            let tag = if pictured && matches!(item.mark, Mark::Content(_)) { ContentTag::Other } else { tag };
            let identifier = surface.start_tagged(tag);
            item.drawings.iter().try_for_each(|drawing| draw(&mut surface, &layout.fonts, drawing))?;
            surface.end_tagged();
            if let Mark::Content(slot) = item.mark {
                slots[slot.0] = Some(identifier);
            }
        }
        surface.finish();
        for link in &page.links {
            let corners = link.areas.iter().filter_map(rect).map(Quadrilateral::from).collect();
            let target = Target::Action(LinkAction::new(link.address.to_string()).into());
            let annotation = LinkAnnotation::new_with_quad_points(corners, target);
            let spoken = (about.link)(&link.address);
            slots[link.slot.0] = Some(written.add_tagged_annotation(Annotation::new_link(annotation, Some(spoken))));
        }
        written.finish();
    }
    Ok(slots)
}

fn draw(surface: &mut Surface<'_>, fonts: &Fonts, drawing: &Drawing) -> Result<(), HandoutError> {
    match drawing {
        Drawing::Glyphs { x, baseline, text, glyphs, face, size, colour } => {
            let glyphs: Vec<KrillaGlyph> = glyphs
                .iter()
                .map(|glyph| {
                    KrillaGlyph::new(
                        GlyphId::new(glyph.id),
                        glyph.advance,
                        glyph.x_offset,
                        glyph.y_offset,
                        0.0,
                        glyph.text.clone(),
                        None,
                    )
                })
                .collect();
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            surface.draw_glyphs(Point::from_xy(*x, *baseline), &glyphs, fonts.font(*face), text, *size, false);
        }
        Drawing::Fill { path, colour } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            surface.draw_path(path);
        }
        Drawing::Line { path, colour, width, dash } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: krilla::color::rgb::Color::from(*colour).into(),
                width: *width,
                miter_limit: 10.0,
                line_cap: LineCap::Round,
                line_join: LineJoin::Round,
                opacity: NormalizedF32::ONE,
                dash: dash.map(|(dash, gap)| StrokeDash { array: vec![dash, gap], offset: 0.0 }),
            }));
            surface.draw_path(path);
        }
        Drawing::Picture { png, area, clip } => {
            let image = Image::from_png(png.to_vec().into(), false).map_err(|_| HandoutError::NotWritten)?;
            let size = Size::from_wh(area.width, area.height).ok_or(HandoutError::NotWritten)?;
            surface.push_clip_path(clip, &FillRule::NonZero);
            surface.push_transform(&Transform::from_translate(area.x, area.y));
            surface.draw_image(image, size);
            surface.pop();
            surface.pop();
        }
    }
    Ok(())
}

/// What lies within what is filled is cut out of it.
fn fill(colour: Colour) -> Fill {
    Fill { paint: krilla::color::rgb::Color::from(colour).into(), opacity: NormalizedF32::ONE, rule: FillRule::EvenOdd }
}

fn rect(area: &Area) -> Option<Rect> {
    Rect::from_xywh(area.x, area.y, area.width.max(1.0), area.height.max(1.0))
}

fn tree(layout: &Layout, slots: &[Option<Identifier>], language: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
    for root in &layout.roots {
        tree.push(group(layout, slots, *root));
    }
    tree
}

/// The depth is that of the document's own structure, a handful at most: Markdown is flattened before it gets here.
fn group(layout: &Layout, slots: &[Option<Identifier>], node: Node) -> TagGroup {
    let tagged = &layout.tree[node.0];
    let kind: TagKind = match &tagged.role {
        Role::Section => Tag::Section.into(),
        Role::Heading(level, text) => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(text.clone())).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::Quote => Tag::BlockQuote.into(),
        Role::List(marks) => Tag::L(match marks {
            Marks::Numbers => ListNumbering::Decimal,
            Marks::Dots => ListNumbering::Disc,
            Marks::Labels => ListNumbering::None,
        })
        .into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Figure(alt) => {
            let place = tagged.bounds.and_then(|(page, area)| Some(BBox::new(page, rect(&area)?)));
            Tag::Figure(Some(alt.clone())).with_bbox(place).into()
        }
        Role::Link => Tag::Link.into(),
    };
    let children: Vec<TagNode> = tagged
        .children
        .iter()
        .filter_map(|child| match child {
            Child::Node(node) => Some(TagNode::Group(group(layout, slots, *node))),
            Child::Slot(slot) => slots[slot.0].map(TagNode::Leaf),
        })
        .collect();
    TagGroup::with_children(kind, children)
}

fn outline(layout: &Layout) -> Outline {
    let mut outline = Outline::new();
    let mut open: Option<OutlineNode> = None;
    for entry in &layout.entries {
        let destination = XyzDestination::new(entry.page, Point::from_xy(0.0, (entry.y - 12.0).max(0.0)));
        let node = OutlineNode::new(entry.text.clone(), destination);
        match &mut open {
            Some(parent) if entry.level > 1 => parent.push_child(node),
            _ => {
                if let Some(done) = open.replace(node) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(last) = open {
        outline.push_child(last);
    }
    outline
}

fn metadata(about: &About<'_>) -> Metadata {
    Metadata::new()
        .title(about.title.to_owned())
        .authors(about.author.map(str::to_owned).into_iter().collect())
        .description(about.subject.to_owned())
        .language(about.language.to_owned())
        .creator("Attesta".to_owned())
        .producer("Attesta".to_owned())
        .document_id(about.fingerprint.clone())
        .creation_date(date_time(about.made_at))
}

fn date_time(time: Timestamp) -> DateTime {
    let at = time.to_zoned(TimeZone::UTC);
    let small = |number: i8| number.unsigned_abs();
    DateTime::new(at.year().unsigned_abs())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// A straight black square for each run of dark modules of a code.
pub(super) fn squares(runs: impl Iterator<Item = Area>) -> Option<krilla::geom::Path> {
    let mut builder = PathBuilder::new();
    for run in runs {
        builder.push_rect(Rect::from_xywh(run.x, run.y, run.width, run.height)?);
    }
    builder.finish()
}

fn refusal(error: KrillaError) -> HandoutError {
    let KrillaError::Validation(errors) = error else { return HandoutError::NotWritten };
    let mut rules: Vec<&'static str> = errors.iter().map(rule_name).collect();
    rules.sort_unstable();
    rules.dedup();
    HandoutError::NotAccessible { rules }
}

/// The name of a rule, without the text or font that broke it.
fn rule_name(error: &ValidationError) -> &'static str {
    match error {
        ValidationError::TooLongString => "too_long_string",
        ValidationError::TooLongName => "too_long_name",
        ValidationError::TooLongArray => "too_long_array",
        ValidationError::TooLongDictionary => "too_long_dictionary",
        ValidationError::TooLargeFloat => "too_large_float",
        ValidationError::TooManyIndirectObjects => "too_many_objects",
        ValidationError::TooHighQNestingLevel => "too_deep_nesting",
        ValidationError::ContainsPostScript(_) => "postscript",
        ValidationError::MissingCMYKProfile => "missing_cmyk_profile",
        ValidationError::InconsistentSeparationFallback(_) => "inconsistent_separation",
        ValidationError::ContainsNotDefGlyph(..) => "missing_glyph",
        ValidationError::NoCodepointMapping(..) => "no_codepoint",
        ValidationError::InvalidCodepointMapping(..) => "invalid_codepoint",
        ValidationError::UnicodePrivateArea(..) => "private_codepoint",
        ValidationError::RestrictedLicense(_) => "restricted_font",
        ValidationError::NoDocumentLanguage => "no_language",
        ValidationError::NoDocumentTitle => "no_title",
        ValidationError::MissingAltText(_) => "missing_alternate_text",
        ValidationError::MissingHeadingTitle => "missing_heading_title",
        ValidationError::MissingDocumentOutline => "missing_outline",
        ValidationError::MissingAnnotationAltText(_) => "missing_link_text",
        ValidationError::MissingDocumentDate => "missing_date",
        ValidationError::Transparency(_) => "transparency",
        ValidationError::ImageInterpolation(_) => "interpolated_image",
        ValidationError::EmbeddedFile(..) => "attachment",
        ValidationError::MissingTagging => "missing_tags",
        ValidationError::EmbeddedPDF(_) => "embedded_pdf",
    }
}
