//! What krilla leaves out where a document follows two standards at once.
//!
//! It writes for one: PDF/A-3a, which archives and attachments ask for. The same pages are held against its rules for
//! PDF/UA-1 too; this says so in the finished document, where both standards want it: in the metadata, by the identifier
//! of [ISO 14289-1](https://www.iso.org/standard/64599.html) 5 with its description for
//! [ISO 19005-3](https://www.iso.org/standard/57229.html) 6.6.2.3, and in the catalog, by showing the title (7.1).

use std::ops::Range;

/// The identifier, and what PDF/A wants to be told of an identifier that it does not know.
const IDENTIFIER: &str = "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\
    <pdfuaid:part>1</pdfuaid:part></rdf:Description>";
const SCHEMA: &str = "<rdf:li rdf:parseType=\"Resource\">\
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\
    <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
    <pdfaProperty:category>internal</pdfaProperty:category>\
    <pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>\
    </rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>";
const SHOW_TITLE: &str = "/ViewerPreferences<</DisplayDocTitle true>>";

/// The document with both standards in its metadata; none where it is not written as krilla writes one.
pub(super) fn claim_accessibility(document: &[u8]) -> Option<Vec<u8>> {
    let table = Table::read(document)?;
    let catalog = table.object(document, reference(table.trailer(document)?, b"/Root")?)?;
    let metadata = table.object(document, reference(&document[catalog.clone()], b"/Metadata")?)?;

    // By its stated length: a title may say "endstream".
    let stream = metadata.start + find(&document[metadata.clone()], b"stream\n")? + b"stream\n".len();
    let length_at = metadata.start + find(&document[metadata.start..stream], b"/Length ")? + b"/Length ".len();
    let digits = document[length_at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let stated: usize = text(&document[length_at..length_at + digits])?.parse().ok()?;
    let end = stream.checked_add(stated).filter(|end| *end <= metadata.end)?;
    let packet = text(&document[stream..end])?;
    let claimed = with_identifier(packet)?;
    let length = claimed.len().to_string();

    let opening = catalog.start + find(&document[catalog.clone()], b"<<")? + 2;
    if find(&document[catalog], b"/ViewerPreferences").is_some() {
        return None;
    }
    let mut edits = [
        (length_at..length_at + digits, length.into_bytes()),
        (stream..end, claimed.into_bytes()),
        (opening..opening, SHOW_TITLE.as_bytes().to_vec()),
    ];
    edits.sort_by_key(|(range, _)| range.start);
    table.rewrite(document, &edits)
}

fn with_identifier(packet: &str) -> Option<String> {
    let schemas = packet.find("<pdfaExtension:schemas>")?;
    let bag = schemas + packet[schemas..].find("<rdf:Bag>")? + "<rdf:Bag>".len();
    let end = packet.rfind("</rdf:RDF>")?;
    Some(format!("{}{SCHEMA}{}{IDENTIFIER}{}", &packet[..bag], &packet[bag..end], &packet[end..]))
}

/// Where the objects of a document begin, [ISO 32000-1 7.5.4](https://www.iso.org/standard/51502.html).
struct Table {
    /// Where the table begins.
    start: usize,
    /// Where the trailer begins.
    trailer: usize,
    /// Where `startxref` begins.
    foot: usize,
    /// The offset of each object, and where its entry stands.
    entries: Vec<(usize, usize)>,
}

impl Table {
    /// The table of a document that has one of a single section, with entries of 20 bytes.
    fn read(document: &[u8]) -> Option<Table> {
        let foot = rfind(document, b"startxref")?;
        let start: usize = text(&document[foot + b"startxref".len()..])?.split_whitespace().next()?.parse().ok()?;
        let rest = document.get(start..foot)?.strip_prefix(b"xref\n0 ")?;
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let count: usize = text(&rest[..digits])?.parse().ok()?;
        let first = start + b"xref\n0 ".len() + digits + 1;
        let trailer = first + count * 20;
        if !document.get(trailer..)?.starts_with(b"trailer") {
            return None;
        }
        let entry = |index: usize| {
            let at = first + index * 20;
            Some((text(&document[at..at + 10])?.parse().ok()?, at))
        };
        let entries = (0..count).map(entry).collect::<Option<_>>()?;
        Some(Table { start, trailer, foot, entries })
    }

    fn trailer<'d>(&self, document: &'d [u8]) -> Option<&'d [u8]> {
        document.get(self.trailer..self.foot)
    }

    /// The bytes from the beginning of an object to the beginning of what follows it.
    fn object(&self, document: &[u8], number: usize) -> Option<Range<usize>> {
        let (start, _) = *self.entries.get(number)?;
        let next = self.entries.iter().map(|(offset, _)| *offset).filter(|offset| *offset > start).min();
        let end = next.unwrap_or(self.start).min(self.start);
        (start < end && end <= document.len()).then_some(start..end)
    }

    /// The document with parts of its objects exchanged, and every offset corrected.
    fn rewrite(&self, document: &[u8], edits: &[(Range<usize>, Vec<u8>)]) -> Option<Vec<u8>> {
        let moved = |offset: usize| {
            let before = edits.iter().filter(|(range, _)| range.end <= offset);
            before.fold(offset, |at, (range, new)| at + new.len() - range.len())
        };
        let mut body = Vec::with_capacity(document.len() + 2048);
        let mut at = 0;
        for (range, new) in edits {
            body.extend_from_slice(document.get(at..range.start)?);
            body.extend_from_slice(new);
            at = range.end;
        }
        let table_start = body.len() + (self.start - at);
        body.extend_from_slice(document.get(at..self.entries.first()?.1)?);
        for (index, (offset, entry)) in self.entries.iter().enumerate() {
            let kept = document.get(entry + 10..entry + 20)?;
            // The first entry heads the list of free objects and is no offset.
            let offset = if index == 0 { *offset } else { moved(*offset) };
            body.extend_from_slice(format!("{offset:010}").as_bytes());
            body.extend_from_slice(kept);
        }
        body.extend_from_slice(self.trailer(document)?);
        body.extend_from_slice(format!("startxref\n{table_start}\n%%EOF").as_bytes());
        Some(body)
    }
}

/// The number of the object that a dictionary names under a key.
fn reference(dictionary: &[u8], key: &[u8]) -> Option<usize> {
    let after = &dictionary[find(dictionary, key)? + key.len()..];
    let number: Vec<u8> = after.trim_ascii_start().iter().copied().take_while(u8::is_ascii_digit).collect();
    text(&number)?.parse().ok()
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn rfind(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).rposition(|window| window == part)
}
