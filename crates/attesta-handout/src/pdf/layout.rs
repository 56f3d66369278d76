//! Pages that fill from top to bottom, and the tree that says what each thing on them is.

use std::rc::Rc;

use krilla::geom::Path;

use super::face::{Face, Fonts, Glyph};
use super::palette::{Colour, INK_3};
use super::paragraph::{Line, Span, lines};
use super::seal::{LINE_WIDTH, Stroke, seal};
use super::{HandoutError, Paper};

/// More pages than anybody reads.
const MOST_PAGES: usize = 400;

pub(super) const MARGIN: f32 = 58.0;
const TOP: f32 = 56.0;
const BOTTOM: f32 = 60.0;

/// What something on a page is, [ISO 32000-1 14.8.4](https://www.iso.org/standard/51502.html).
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Role {
    /// A part of the document with a heading.
    Section,
    /// A heading, its level and its text.
    Heading(u16, String),
    /// A paragraph.
    Paragraph,
    /// A quotation: words that are not the program's.
    Quote,
    /// A list; its items are numbered, marked with a dot, or stand by labels of their own.
    List(Marks),
    /// An item of a list.
    Item,
    /// Its label.
    Label,
    /// What follows the label.
    Body,
    /// A picture: what it shows, for those who do not see it.
    Figure(String),
    /// What leads to an address.
    Link,
}

/// What stands before the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    Numbers,
    Dots,
    Labels,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node(pub(super) usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot(pub(super) usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Child {
    Node(Node),
    /// Content or a link, which gets its number when it is drawn.
    Slot(Slot),
}

#[derive(Debug)]
pub(super) struct Tagged {
    pub(super) role: Role,
    pub(super) children: Vec<Child>,
    /// The page and the place of a picture.
    pub(super) bounds: Option<(usize, Area)>,
}

/// Whether a drawing belongs to the document or only adorns it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Content(Slot),
    Ornament,
    Footer,
}

/// A rectangle: left, top, width, height, from the top of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

pub(super) enum Drawing {
    Glyphs { x: f32, baseline: f32, text: Rc<str>, glyphs: Vec<Glyph>, face: Face, size: f32, colour: Colour },
    Fill { path: Path, colour: Colour },
    Line { path: Path, colour: Colour, width: f32, dash: Option<(f32, f32)> },
    Picture { png: Rc<[u8]>, area: Area, clip: Path },
}

pub(super) struct Item {
    pub(super) mark: Mark,
    pub(super) language: Option<Rc<str>>,
    pub(super) drawings: Vec<Drawing>,
}

#[derive(Debug)]
pub(super) struct LinkArea {
    pub(super) slot: Slot,
    pub(super) node: Node,
    pub(super) address: Rc<str>,
    pub(super) areas: Vec<Area>,
}

#[derive(Default)]
pub(super) struct Page {
    pub(super) items: Vec<Item>,
    pub(super) links: Vec<LinkArea>,
}

/// An entry of the table of contents that readers show beside the document.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) level: u16,
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) y: f32,
}

/// Where text may stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) width: f32,
}

pub(super) struct Layout {
    pub(super) fonts: Fonts,
    pub(super) size: (f32, f32),
    pub(super) pages: Vec<Page>,
    pub(super) tree: Vec<Tagged>,
    pub(super) roots: Vec<Node>,
    pub(super) slots: usize,
    pub(super) entries: Vec<Entry>,
    /// Whether a box stands for a character somewhere.
    pub(super) boxes: bool,
    /// Where the next thing goes, from the top of the page.
    pub(super) y: f32,
}

impl Layout {
    pub(super) fn new(paper: Paper) -> Layout {
        Layout {
            fonts: Fonts::load(),
            size: paper.points(),
            pages: vec![Page::default()],
            tree: Vec::new(),
            roots: Vec::new(),
            slots: 0,
            entries: Vec::new(),
            boxes: false,
            y: TOP,
        }
    }

    /// The whole width between the margins.
    pub(super) fn column(&self) -> Column {
        Column { x: MARGIN, width: self.size.0 - 2.0 * MARGIN }
    }

    pub(super) fn bottom(&self) -> f32 {
        self.size.1 - BOTTOM
    }

    /// # Errors
    /// [`HandoutError::TooManyPages`].
    pub(super) fn finish(self) -> Result<Layout, HandoutError> {
        if self.pages.len() > MOST_PAGES { Err(HandoutError::TooManyPages { limit: MOST_PAGES }) } else { Ok(self) }
    }

    pub(super) fn root(&mut self, role: Role) -> Node {
        let node = self.node(role);
        self.roots.push(node);
        node
    }

    pub(super) fn child(&mut self, parent: Node, role: Role) -> Node {
        let node = self.node(role);
        self.tree[parent.0].children.push(Child::Node(node));
        node
    }

    fn node(&mut self, role: Role) -> Node {
        self.tree.push(Tagged { role, children: Vec::new(), bounds: None });
        Node(self.tree.len() - 1)
    }

    pub(super) fn slot(&mut self, node: Node) -> Slot {
        let slot = Slot(self.slots);
        self.slots += 1;
        self.tree[node.0].children.push(Child::Slot(slot));
        slot
    }

    pub(super) fn space(&mut self, height: f32) {
        self.y += height;
    }

    /// Begins a new page where less than `height` is left of this one.
    pub(super) fn reserve(&mut self, height: f32) {
        if self.y + height > self.bottom() && self.y > TOP {
            self.break_page();
        }
    }

    pub(super) fn break_page(&mut self) {
        // Past the limit everything lands on one page that is never written, so that no input fills the memory.
        if self.pages.len() <= MOST_PAGES {
            self.pages.push(Page::default());
        } else if let Some(page) = self.pages.last_mut() {
            *page = Page::default();
        }
        self.y = TOP;
    }

    pub(super) fn page(&self) -> usize {
        self.pages.len() - 1
    }

    pub(super) fn put(&mut self, mark: Mark, drawings: Vec<Drawing>) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item { mark, language: None, drawings });
        }
    }

    /// How high a paragraph is.
    pub(super) fn height(&self, spans: &[Span], width: f32, leading: f32) -> f32 {
        lines(&self.fonts, spans, width).len() as f32 * leading
    }

    /// Text under a node of its own kind; returns that node.
    pub(super) fn text(&mut self, parent: Node, role: Role, spans: &[Span], column: Column, leading: f32) -> Node {
        let node = self.child(parent, role);
        self.lines_of(node, spans, column, leading);
        node
    }

    /// Text of a node.
    pub(super) fn lines_of(&mut self, node: Node, spans: &[Span], column: Column, leading: f32) {
        let set = lines(&self.fonts, spans, column.width);
        let count = set.len();
        let texts: Vec<Rc<str>> = spans.iter().map(|span| span.text.as_str().into()).collect();
        let mut links: Vec<Option<Node>> = vec![None; spans.len()];
        for (index, line) in set.into_iter().enumerate() {
            // Neither the first line of a paragraph nor its last stands alone.
            let together = if count > 1 && (index == 0 || index + 2 == count) { 2.0 } else { 1.0 };
            self.reserve(together * leading);
            self.line(node, spans, &texts, &mut links, &line, column, leading);
            self.y += leading;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one line with all that it belongs to")]
    fn line(
        &mut self,
        node: Node,
        spans: &[Span],
        texts: &[Rc<str>],
        links: &mut [Option<Node>],
        line: &Line,
        column: Column,
        leading: f32,
    ) {
        let left = if line.from_right { column.x + (column.width - line.width).max(0.0) } else { column.x };
        for piece in &line.pieces {
            let span = &spans[piece.span];
            let baseline = self.y + (leading + span.size * 0.68) / 2.0;
            self.boxes |= piece
                .chunks
                .iter()
                .any(|chunk| chunk.glyphs.iter().any(|glyph| self.fonts.is_missing(span.face, glyph)));
            let holder = match &span.link {
                None => node,
                Some(_) => match links[piece.span] {
                    Some(link) => link,
                    None => {
                        let link = self.child(node, Role::Link);
                        links[piece.span] = Some(link);
                        link
                    }
                },
            };
            let slot = self.slot(holder);
            let drawings = piece.chunks.iter().map(|chunk| Drawing::Glyphs {
                x: left + chunk.x,
                baseline,
                text: Rc::clone(&texts[piece.span]),
                glyphs: chunk.glyphs.clone(),
                face: span.face,
                size: span.size,
                colour: span.colour,
            });
            let mut drawings: Vec<Drawing> = drawings.collect();
            if let Some(address) = &span.link {
                let reach = (left + piece.reach.0, left + piece.reach.1.min(line.width.max(piece.reach.0 + 1.0)));
                // A line below tells a link from text, not its colour alone.
                drawings.extend(rule(reach.0, reach.1, baseline + 1.8, span.colour, 0.6));
                let area = Area {
                    x: reach.0,
                    y: baseline - span.size * 0.8,
                    width: reach.1 - reach.0,
                    height: span.size * 1.1,
                };
                self.link_area(holder, address, area);
            }
            if let Some(page) = self.pages.last_mut() {
                page.items.push(Item { mark: Mark::Content(slot), language: span.language.clone(), drawings });
            }
        }
    }

    pub(super) fn link_area(&mut self, node: Node, address: &Rc<str>, area: Area) {
        let known = self.pages.last_mut().and_then(|page| page.links.iter_mut().find(|link| link.node == node));
        match known {
            Some(link) => link.areas.push(area),
            None => {
                let slot = self.slot(node);
                if let Some(page) = self.pages.last_mut() {
                    page.links.push(LinkArea { slot, node, address: Rc::clone(address), areas: vec![area] });
                }
            }
        }
    }

    /// A heading, which is also an entry of the table of contents.
    pub(super) fn heading(&mut self, parent: Node, level: u16, spans: &[Span], column: Column, leading: f32) -> Node {
        let text = spans.iter().map(|span| span.text.as_str()).collect::<String>().replace('\n', " ");
        self.reserve(leading);
        self.entries.push(Entry { level, text: text.clone(), page: self.page(), y: self.y });
        self.text(parent, Role::Heading(level, text), spans, column, leading)
    }

    /// A picture of our own or of a credential, with what it shows.
    pub(super) fn figure(&mut self, parent: Node, alt: &str, area: Area, drawings: Vec<Drawing>) -> Node {
        let node = self.child(parent, Role::Figure(alt.to_owned()));
        self.tree[node.0].bounds = Some((self.page(), area));
        let slot = self.slot(node);
        self.put(Mark::Content(slot), drawings);
        node
    }

    /// A hairline across a column.
    pub(super) fn hairline(&mut self, column: Column, colour: Colour) {
        let y = self.y;
        let drawings = rule(column.x, column.x + column.width, y, colour, 0.7).into_iter().collect();
        self.put(Mark::Ornament, drawings);
    }

    /// The seal of a verdict. The word beside it says the same, so it is no content of its own.
    pub(super) fn seal(&mut self, verdict: &str, x: f32, y: f32, side: f32, colour: Colour) {
        let drawings = seal(verdict, x, y, side)
            .into_iter()
            .map(|(path, stroke)| match stroke {
                Stroke::Solid => Drawing::Fill { path, colour },
                Stroke::Line => Drawing::Line { path, colour, width: LINE_WIDTH * side / 32.0, dash: None },
                Stroke::Dashed(dash, gap) => {
                    Drawing::Line { path, colour, width: LINE_WIDTH * side / 32.0, dash: Some((dash, gap)) }
                }
            })
            .collect();
        self.put(Mark::Ornament, drawings);
    }

    /// A line of text that adorns a page: `from_right` ends at `x` instead of beginning there.
    pub(super) fn ornament_text(&self, span: &Span, x: f32, baseline: f32, from_right: bool) -> Vec<Drawing> {
        let Some(line) = lines(&self.fonts, std::slice::from_ref(span), f32::INFINITY).into_iter().next() else {
            return Vec::new();
        };
        let left = if from_right { x - line.width } else { x };
        let text: Rc<str> = span.text.as_str().into();
        let chunks = line.pieces.into_iter().flat_map(|piece| piece.chunks);
        chunks
            .map(|chunk| Drawing::Glyphs {
                x: left + chunk.x,
                baseline,
                text: Rc::clone(&text),
                glyphs: chunk.glyphs,
                face: span.face,
                size: span.size,
                colour: span.colour,
            })
            .collect()
    }

    /// How wide a text is on one line.
    pub(super) fn width(&self, span: &Span) -> f32 {
        lines(&self.fonts, std::slice::from_ref(span), f32::INFINITY).first().map_or(0.0, |line| line.width)
    }

    /// The same at the foot of every page: a title that is cut to fit, and the number of the page.
    pub(super) fn footers(&mut self, title: &str, number: impl Fn(usize, usize) -> String) {
        let count = self.pages.len();
        let baseline = self.size.1 - 34.0;
        let right = self.size.0 - MARGIN;
        let widest = Span::new(&number(count, count), Face::Regular, 8.0, INK_3);
        let room = right - MARGIN - self.width(&widest) - 24.0;
        let mut text: String = title.chars().take(160).collect();
        let mut span = Span::new(&text, Face::Regular, 8.0, INK_3);
        while self.width(&span) > room && text.pop().is_some() {
            span = Span::new(&format!("{}…", text.trim_end()), Face::Regular, 8.0, INK_3);
        }
        for index in 0..count {
            let number = Span::new(&number(index + 1, count), Face::Regular, 8.0, INK_3);
            let mut drawings = self.ornament_text(&span, MARGIN, baseline, false);
            drawings.extend(self.ornament_text(&number, right, baseline, true));
            self.pages[index].items.push(Item { mark: Mark::Footer, language: None, drawings });
        }
    }
}

/// A straight line from left to right.
pub(super) fn rule(left: f32, right: f32, y: f32, colour: Colour, width: f32) -> Option<Drawing> {
    let mut builder = krilla::geom::PathBuilder::new();
    builder.move_to(left, y);
    builder.line_to(right, y);
    builder.finish().map(|path| Drawing::Line { path, colour, width, dash: None })
}

/// A rectangle with rounded corners.
pub(super) fn rounded(area: Area, radius: f32) -> Option<Path> {
    let Area { x, y, width, height } = area;
    let (right, bottom, reach) = (x + width, y + height, radius * 0.4477);
    let mut builder = krilla::geom::PathBuilder::new();
    builder.move_to(x + radius, y);
    builder.line_to(right - radius, y);
    builder.cubic_to(right - reach, y, right, y + reach, right, y + radius);
    builder.line_to(right, bottom - radius);
    builder.cubic_to(right, bottom - reach, right - reach, bottom, right - radius, bottom);
    builder.line_to(x + radius, bottom);
    builder.cubic_to(x + reach, bottom, x, bottom - reach, x, bottom - radius);
    builder.line_to(x, y + radius);
    builder.cubic_to(x, y + reach, x + reach, y, x + radius, y);
    builder.close();
    builder.finish()
}
