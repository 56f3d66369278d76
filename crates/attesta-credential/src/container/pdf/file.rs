//! The objects of a PDF file, found by reading it from its beginning to its end.
//!
//! Cross-reference tables are not followed: they are what broken and hostile files get wrong, and they can lead in
//! circles. Where an object is written several times the last one counts, as in a file that was changed by appending.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::filter::{self, Undecoded};
use super::syntax::{Dictionary, Object, Syntax, is_regular, is_space};
use crate::limits::{INPUT_BYTES, PDF_ATTACHMENTS, PDF_DEPTH, PDF_EXPANDED_BYTES, PDF_OBJECTS, PDF_SYNTAX_BYTES};

const END_OF_STREAM: &[u8] = b"endstream";
/// The most references that lead to one another before an object.
const REFERENCES: usize = 8;

/// What one document may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Bytes that are read as syntax, [`PDF_SYNTAX_BYTES`].
    pub(super) syntax_bytes: usize,
    /// Bytes that streams expand to, [`PDF_EXPANDED_BYTES`].
    pub(super) expanded_bytes: usize,
    /// Objects, [`PDF_OBJECTS`].
    pub(super) objects: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds { syntax_bytes: PDF_SYNTAX_BYTES, expanded_bytes: PDF_EXPANDED_BYTES, objects: PDF_OBJECTS }
    }
}

/// A file whose objects have their places.
pub(super) struct File<'a> {
    bytes: &'a [u8],
    places: BTreeMap<u32, Place>,
    /// The data of object streams.
    expanded: Vec<Vec<u8>>,
    catalog: Option<u32>,
    information: Option<u32>,
    attachments: Vec<u32>,
    encrypted: bool,
    bounds: Bounds,
    /// Bytes of syntax that may still be read.
    syntax: Cell<usize>,
    /// Bytes that streams may still expand to.
    room: Cell<usize>,
    over_a_limit: Cell<bool>,
}

/// Where an object is.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// In the file, after `obj`.
    File(usize),
    /// In the data of an object stream.
    Expanded { stream: usize, at: usize },
}

impl<'a> File<'a> {
    /// Reads through the whole file.
    pub(super) fn scan(bytes: &'a [u8], bounds: Bounds) -> Self {
        let mut file = File {
            bytes,
            places: BTreeMap::new(),
            expanded: Vec::new(),
            catalog: None,
            information: None,
            attachments: Vec::new(),
            encrypted: false,
            bounds,
            syntax: Cell::new(bounds.syntax_bytes),
            room: Cell::new(bounds.expanded_bytes),
            over_a_limit: Cell::new(false),
        };
        let mut seen = BTreeSet::new();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if file.places.len() > bounds.objects || file.syntax.get() == 0 {
                file.over_a_limit.set(true);
                break;
            }
            at = match byte {
                b'o' if bytes[at..].starts_with(b"obj") => match number_before(bytes, at) {
                    Some(number) => file.object_at(number, at + b"obj".len(), &mut seen),
                    None => at + 1,
                },
                b't' if bytes[at..].starts_with(b"trailer") => file.trailer_at(at + b"trailer".len()),
                _ => at + 1,
            };
        }
        file
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// Whether something was left out because it was too large.
    pub(super) fn is_over_a_limit(&self) -> bool {
        self.over_a_limit.get()
    }

    /// Whether the mark stands near the end that a whole file has there.
    pub(super) fn has_an_end(&self) -> bool {
        let tail = &self.bytes[self.bytes.len().saturating_sub(1024)..];
        find(tail, b"%%EOF").is_some()
    }

    /// The catalogue, the root of the document.
    pub(super) fn catalog(&self) -> Option<Dictionary<'_>> {
        self.dictionary(self.catalog?)
    }

    /// The document information.
    pub(super) fn information(&self) -> Option<Dictionary<'_>> {
        self.dictionary(self.information?)
    }

    /// The data of the attached files in the order of the file; `None` for one that can't be read.
    pub(super) fn attachments(&self) -> impl Iterator<Item = Option<Vec<u8>>> {
        self.attachments.iter().map(|number| self.stream(&Object::Reference(*number)))
    }

    /// The object itself in place of a reference to it.
    pub(super) fn followed<'o>(&'o self, object: &Object<'o>) -> Option<Object<'o>> {
        let mut object = object.clone();
        for _ in 0..REFERENCES {
            match object {
                Object::Reference(number) => object = self.syntax_of(number)?.object()?,
                object => return Some(object),
            }
        }
        None
    }

    /// The expanded data of a stream.
    pub(super) fn stream(&self, object: &Object<'_>) -> Option<Vec<u8>> {
        let Object::Reference(number) = object else { return None };
        let Place::File(at) = *self.places.get(number)? else { return None };
        let mut syntax = Syntax::new(self.bytes, at, &self.syntax);
        let Object::Dictionary(dictionary) = syntax.object()? else { return None };
        syntax.enter_stream()?;
        let data = self.data(&dictionary, syntax.position())?;
        self.decode(&dictionary, data, INPUT_BYTES)
    }

    fn dictionary(&self, number: u32) -> Option<Dictionary<'_>> {
        match self.followed(&Object::Reference(number))? {
            Object::Dictionary(dictionary) => Some(dictionary),
            _ => None,
        }
    }

    fn syntax_of(&self, number: u32) -> Option<Syntax<'_, '_>> {
        Some(match *self.places.get(&number)? {
            Place::File(at) => Syntax::new(self.bytes, at, &self.syntax),
            Place::Expanded { stream, at } => Syntax::new(&self.expanded[stream], at, &self.syntax),
        })
    }

    /// Takes note of the object that begins at `at`; gives where to read on.
    fn object_at(&mut self, number: u32, at: usize, seen: &mut BTreeSet<u32>) -> usize {
        let bytes = self.bytes;
        let budget = Cell::new(self.syntax.get());
        let mut syntax = Syntax::new(bytes, at, &budget);
        let object = syntax.object();
        let after = syntax.position();
        let data_from = syntax.enter_stream().map(|()| syntax.position());
        self.syntax.set(budget.get());
        let Some(object) = object else { return at };
        self.places.insert(number, Place::File(at));
        self.note(number, &object, seen);
        let (Object::Dictionary(dictionary), Some(data_from)) = (&object, data_from) else { return after };
        let Some(data) = self.data_range(dictionary, data_from) else {
            // No stream ends any more, so there is nothing after this one that could be told from its data.
            return bytes.len();
        };
        if dictionary.is(b"Type", b"ObjStm") {
            self.object_stream(dictionary, &bytes[data.clone()], seen);
        }
        if dictionary.is(b"Type", b"XRef") {
            self.trailer(dictionary);
        }
        data.end
    }

    fn trailer_at(&mut self, at: usize) -> usize {
        let bytes = self.bytes;
        let budget = Cell::new(self.syntax.get());
        let mut syntax = Syntax::new(bytes, at, &budget);
        let object = syntax.object();
        let after = syntax.position();
        self.syntax.set(budget.get());
        match object {
            Some(Object::Dictionary(dictionary)) => {
                self.trailer(&dictionary);
                after
            }
            _ => at,
        }
    }

    fn trailer(&mut self, dictionary: &Dictionary<'_>) {
        if let Some(Object::Reference(root)) = dictionary.get(b"Root") {
            self.catalog = Some(*root);
        }
        if let Some(Object::Reference(information)) = dictionary.get(b"Info") {
            self.information = Some(*information);
        }
        self.encrypted |= matches!(dictionary.get(b"Encrypt"), Some(Object::Reference(_) | Object::Dictionary(_)));
    }

    /// Looks into an object for what leads to credentials.
    fn note(&mut self, number: u32, object: &Object<'_>, seen: &mut BTreeSet<u32>) {
        if let Object::Dictionary(dictionary) = object
            && dictionary.is(b"Type", b"Catalog")
        {
            // A trailer, which is read later, says which of several it is.
            self.catalog = Some(number);
        }
        self.note_attachments(object, 0, seen);
    }

    /// File specifications with embedded files, 7.11.4, wherever they stand.
    fn note_attachments(&mut self, object: &Object<'_>, depth: usize, seen: &mut BTreeSet<u32>) {
        if depth > PDF_DEPTH {
            return;
        }
        match object {
            Object::Array(items) => items.iter().for_each(|item| self.note_attachments(item, depth + 1, seen)),
            Object::Dictionary(dictionary) => {
                if let Some(Object::Dictionary(embedded)) = dictionary.get(b"EF") {
                    let file =
                        [b"UF".as_slice(), b"F", b"DOS", b"Mac", b"Unix"].iter().find_map(|key| embedded.get(key));
                    if let Some(Object::Reference(number)) = file
                        && self.attachments.len() < PDF_ATTACHMENTS
                        && seen.insert(*number)
                    {
                        self.attachments.push(*number);
                    }
                }
                dictionary.values().for_each(|value| self.note_attachments(value, depth + 1, seen));
            }
            _ => {}
        }
    }

    /// The objects in an object stream, 7.5.7.
    fn object_stream(&mut self, dictionary: &Dictionary<'_>, data: &[u8], seen: &mut BTreeSet<u32>) {
        let (Some(Object::Integer(count)), Some(Object::Integer(first))) =
            (dictionary.get(b"N"), dictionary.get(b"First"))
        else {
            return;
        };
        let Some(data) = self.decode(dictionary, data, self.bounds.expanded_bytes) else { return };
        let budget = Cell::new(self.syntax.get());
        let stream = self.expanded.len();
        let mut head = Syntax::new(&data, 0, &budget);
        for _ in 0..*count {
            let (Some(number), Some(offset)) = (head.integer(), head.integer()) else { break };
            let Some(at) = first.checked_add(offset).filter(|at| *at < data.len()) else { continue };
            let Ok(number) = u32::try_from(number) else { continue };
            if self.places.len() > self.bounds.objects {
                break;
            }
            if let Some(object) = Syntax::new(&data, at, &budget).object() {
                self.places.insert(number, Place::Expanded { stream, at });
                self.note(number, &object, seen);
            }
        }
        self.syntax.set(budget.get());
        self.expanded.push(data);
    }

    fn decode(&self, dictionary: &Dictionary<'_>, data: &[u8], limit: usize) -> Option<Vec<u8>> {
        let decoded = filter::decode(dictionary, data, limit.min(self.room.get()));
        match decoded {
            Ok(data) => {
                self.room.set(self.room.get() - data.len());
                Some(data)
            }
            Err(Undecoded::TooLarge) => {
                // What it took to find out counts as well, or many bombs would each have the whole room.
                self.room.set(self.room.get().saturating_sub(limit));
                self.over_a_limit.set(true);
                None
            }
            Err(Undecoded::Unreadable) => None,
        }
    }

    fn data(&self, dictionary: &Dictionary<'_>, from: usize) -> Option<&'a [u8]> {
        self.data_range(dictionary, from).map(|range| &self.bytes[range])
    }

    /// Where a stream's data are: as long as it says when that fits, else up to its end mark.
    fn data_range(&self, dictionary: &Dictionary<'_>, from: usize) -> Option<Range<usize>> {
        let stated = dictionary.get(b"Length").and_then(|length| self.followed(length));
        if let Some(Object::Integer(length)) = stated
            && let Some(end) = from.checked_add(length)
            && let Some(rest) = self.bytes.get(end..)
        {
            let space = rest.iter().take_while(|byte| is_space(**byte)).take(4).count();
            if rest[space..].starts_with(END_OF_STREAM) {
                return Some(from..end);
            }
        }
        let length = find(&self.bytes[from..], END_OF_STREAM)?;
        let data = &self.bytes[from..from + length];
        // The end of line before the mark is not part of the data.
        let data = data.strip_suffix(b"\r\n").or(data.strip_suffix(b"\n")).or(data.strip_suffix(b"\r")).unwrap_or(data);
        Some(from..from + data.len())
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The object's number in `12 0 obj`, of which `obj` stands at `at`.
fn number_before(bytes: &[u8], at: usize) -> Option<u32> {
    fn back(bytes: &[u8], end: usize, fits: fn(&u8) -> bool) -> usize {
        let from = end.saturating_sub(16);
        end - bytes[from..end].iter().rev().take_while(|byte| fits(byte)).count()
    }
    let space: fn(&u8) -> bool = |byte| is_space(*byte);
    let generation_end = back(bytes, at, space);
    let generation = back(bytes, generation_end, u8::is_ascii_digit);
    let number_end = back(bytes, generation, space);
    let number = back(bytes, number_end, u8::is_ascii_digit);
    let whole = number.checked_sub(1).is_none_or(|before| !is_regular(bytes[before]));
    if generation == generation_end || number_end == generation || !whole {
        return None;
    }
    std::str::from_utf8(&bytes[number..number_end]).ok()?.parse().ok()
}
