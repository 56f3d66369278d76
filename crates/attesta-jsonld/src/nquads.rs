//! N-Quads: the canonical form that [RDFC-1.0 appendix A](https://www.w3.org/TR/rdf-canon/#canonical-quads) hashes,
//! and a reader of [RDF 1.1 N-Quads](https://www.w3.org/TR/n-quads/).

use thiserror::Error;

use crate::dataset::{Dataset, Quad, TermId, XSD_STRING};
use crate::scan::has_marked;

/// Writes the characters of a literal. Exactly those that the canonical form names are escaped.
pub(crate) fn write_literal_characters(out: &mut String, value: &str) {
    write_escaped(out, value, needs_literal_escape, |out, character| match character {
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\0'..' ' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => write_unicode_escape(out, character),
        other => out.push(other),
    });
}

/// Writes the characters of an IRI or a language tag. What may not stand in one is escaped, so that no value, however
/// broken, can pass for two terms or two lines.
pub(crate) fn write_iri_characters(out: &mut String, value: &str) {
    write_escaped(out, value, needs_iri_escape, write_unicode_escape);
}

/// U+FFFE and U+FFFF are among those that begin with the byte EF.
fn needs_literal_escape(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\') | (byte == 0x7f) | (byte == 0xef)
}

/// Whether `IRIREF` of the grammar does not take this byte as it is.
fn needs_iri_escape(byte: u8) -> bool {
    (byte <= b' ')
        | (byte == b'<')
        | (byte == b'>')
        | (byte == b'"')
        | (byte == b'\\')
        | (byte == b'^')
        | (byte == b'`')
        | ((b'{'..=b'}').contains(&byte))
}

/// Whether an IRI is written as it is.
pub(crate) fn is_plain_iri(value: &str) -> bool {
    !has_marked(value.as_bytes(), needs_iri_escape)
}

fn write_escaped(
    out: &mut String,
    value: &str,
    needs_escape: impl Fn(u8) -> bool,
    write_escape: impl Fn(&mut String, char),
) {
    if !has_marked(value.as_bytes(), &needs_escape) {
        out.push_str(value);
        return;
    }
    for character in value.chars() {
        let mut first = [0; 4];
        character.encode_utf8(&mut first);
        if needs_escape(first[0]) { write_escape(out, character) } else { out.push(character) }
    }
}

fn write_unicode_escape(out: &mut String, character: char) {
    out.push_str(&format!("\\u{:04X}", u32::from(character)));
}

/// Why a text is not N-Quads, and in which line.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: {kind}")]
pub struct NQuadsError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: NQuadsErrorKind,
}

/// What makes a line not N-Quads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NQuadsErrorKind {
    /// A subject, predicate, object or graph label is missing, or is no term that may stand there.
    #[error("a term is missing or may not stand here")]
    Term,
    /// An IRI that does not end or has a character that IRIs do not take.
    #[error("malformed IRI")]
    Iri,
    /// A blank node without a proper label.
    #[error("malformed blank node label")]
    BlankNodeLabel,
    /// A literal that does not end, or a bad language tag.
    #[error("malformed literal")]
    Literal,
    /// A backslash that begins no escape.
    #[error("malformed escape")]
    Escape,
    /// The full stop is missing, or something follows it.
    #[error("the statement does not end with a full stop")]
    End,
}

impl Dataset {
    /// Reads N-Quads. IRIs are checked for their characters only, and a predicate may be a blank node.
    ///
    /// # Errors
    /// [`NQuadsError`] names the first line that is not N-Quads.
    pub fn from_nquads(text: &str) -> Result<Dataset, NQuadsError> {
        let mut dataset = Dataset::new();
        for (index, line) in text.split(['\n', '\r']).enumerate() {
            let statement = Statement { rest: line.trim_start_matches([' ', '\t']), dataset: &mut dataset };
            statement.read().map_err(|kind| NQuadsError { line: index + 1, kind })?;
        }
        Ok(dataset)
    }

    /// The quads as N-Quads lines with the blank node labels of this dataset, sorted by code point.
    pub fn to_nquads(&self) -> String {
        let mut lines: Vec<String> = self.quads().map(|quad| self.line(quad)).collect();
        lines.sort_unstable();
        lines.concat()
    }

    fn line(&self, Quad { subject, predicate, object, graph }: Quad) -> String {
        let mut line = String::new();
        for term in [Some(subject), Some(predicate), Some(object), graph].into_iter().flatten() {
            line.push_str(self.written(term));
            line.push(' ');
        }
        line + ".\n"
    }
}

/// One line on its way into a dataset.
struct Statement<'a> {
    rest: &'a str,
    dataset: &'a mut Dataset,
}

impl Statement<'_> {
    fn read(mut self) -> Result<(), NQuadsErrorKind> {
        if self.rest.is_empty() || self.rest.starts_with('#') {
            return Ok(());
        }
        let subject = self.resource()?;
        let predicate = self.resource()?;
        let object = if self.rest.starts_with('"') { self.literal()? } else { self.resource()? };
        let graph = if self.rest.starts_with('.') { None } else { Some(self.resource()?) };
        self.take(".").ok_or(NQuadsErrorKind::End)?;
        if !(self.rest.is_empty() || self.rest.starts_with('#')) {
            return Err(NQuadsErrorKind::End);
        }
        self.dataset.insert(subject, predicate, object, graph);
        Ok(())
    }

    /// An IRI or a blank node.
    fn resource(&mut self) -> Result<TermId, NQuadsErrorKind> {
        if let Some(rest) = self.rest.strip_prefix("_:") {
            let length = label_length(rest).ok_or(NQuadsErrorKind::BlankNodeLabel)?;
            let id = self.dataset.blank(&rest[..length]);
            self.rest = rest[length..].trim_start_matches([' ', '\t']);
            return Ok(id);
        }
        let iri = self.iri()?;
        self.skip_space();
        Ok(self.dataset.iri(&iri))
    }

    fn iri(&mut self) -> Result<String, NQuadsErrorKind> {
        self.rest = self.rest.strip_prefix('<').ok_or(NQuadsErrorKind::Term)?;
        let end = self.rest.find('>').ok_or(NQuadsErrorKind::Iri)?;
        let written = &self.rest[..end];
        let only_unicode_escapes = written.split('\\').skip(1).all(|escape| escape.starts_with(['u', 'U']));
        let iri = unescape(written).filter(|_| only_unicode_escapes).ok_or(NQuadsErrorKind::Escape)?;
        if iri.bytes().any(needs_iri_escape) {
            return Err(NQuadsErrorKind::Iri);
        }
        self.rest = &self.rest[end + 1..];
        Ok(iri)
    }

    fn literal(&mut self) -> Result<TermId, NQuadsErrorKind> {
        let written = &self.rest[1..];
        let mut escaped = false;
        let end = written.find(|character| {
            let closes = character == '"' && !escaped;
            escaped = character == '\\' && !escaped;
            closes
        });
        let end = end.ok_or(NQuadsErrorKind::Literal)?;
        let lexical = unescape(&written[..end]).ok_or(NQuadsErrorKind::Escape)?;
        self.rest = &written[end + 1..];
        let id = if let Some(rest) = self.rest.strip_prefix('@') {
            let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
            let (tag, rest) = rest.split_at(length);
            if !is_language_tag(tag) {
                return Err(NQuadsErrorKind::Literal);
            }
            self.rest = rest;
            self.dataset.literal(&lexical, "", Some(tag))
        } else if let Some(rest) = self.rest.strip_prefix("^^") {
            self.rest = rest;
            let datatype = self.iri()?;
            self.dataset.literal(&lexical, &datatype, None)
        } else {
            self.dataset.literal(&lexical, XSD_STRING, None)
        };
        self.skip_space();
        Ok(id)
    }

    fn take(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(token)?;
        self.skip_space();
        Some(())
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }
}

/// `LANGTAG` of the grammar, without the `@`.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    !primary.is_empty() && primary.bytes().all(|byte| byte.is_ascii_alphabetic()) && parts.all(|part| !part.is_empty())
}

/// How much of the text is a `BLANK_NODE_LABEL` of the grammar, which may hold full stops but not end with one.
fn label_length(text: &str) -> Option<usize> {
    let is_letter = |c: char| c.is_alphabetic() || c.is_ascii_digit() || c == '_' || c == ':';
    let is_inner =
        |c: char| is_letter(c) || c.is_alphanumeric() || matches!(c, '-' | '.' | '\u{b7}' | '\u{203f}' | '\u{2040}');
    if !text.starts_with(is_letter) {
        return None;
    }
    let length = text.find(|c| !is_inner(c)).unwrap_or(text.len());
    Some(text[..length].trim_end_matches('.').len())
}

/// Resolves `ECHAR` and `UCHAR`; `None` when a backslash begins neither.
fn unescape(written: &str) -> Option<String> {
    let mut plain = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let (escape, mut length) = (after.chars().next()?, 1);
        plain.push(match escape {
            't' => '\t',
            'b' => '\u{8}',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{c}',
            '"' | '\'' | '\\' => escape,
            'u' | 'U' => {
                length = if escape == 'u' { 5 } else { 9 };
                let digits =
                    after.get(1..length).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
            }
            _ => return None,
        });
        rest = &after[length..];
    }
    plain.push_str(rest);
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(Dataset::from_nquads(text).unwrap().to_nquads(), expected);
    }

    #[track_caller]
    fn check_refusal(text: &str, line: usize, kind: NQuadsErrorKind) {
        assert_eq!(Dataset::from_nquads(text).map(|dataset| dataset.to_nquads()), Err(NQuadsError { line, kind }));
    }

    #[test]
    fn comments_empty_lines_and_loose_spacing_are_read() {
        check(
            "# a comment\r\n\n\t<urn:s><urn:p>\"o\".# another\n_:b.1 <urn:p>\t_:c. \n",
            "<urn:s> <urn:p> \"o\" .\n_:b.1 <urn:p> _:c .\n",
        );
    }

    #[test]
    fn every_kind_of_term_is_read() {
        check(
            "_:s <urn:p> \"1\"^^<urn:d> _:g .\n<urn:s> _:p \"x\"@en-CA <urn:g> .\n",
            "<urn:s> _:p \"x\"@en-CA <urn:g> .\n_:s <urn:p> \"1\"^^<urn:d> _:g .\n",
        );
        check("<urn:s> <urn:p> \"x\"^^<http://www.w3.org/2001/XMLSchema#string> .", "<urn:s> <urn:p> \"x\" .\n");
    }

    #[test]
    fn only_the_characters_that_the_canonical_form_names_are_escaped() {
        check(
            r#"<urn:s> <urn:p> "\u0000\u0007\b\t\n\u000b\f\r\u000E\u001f \u007F\u0080\"\'\\\u00e9\U0001F600\uFFFE\uffff\uFFFD" ."#,
            "<urn:s> <urn:p> \"\\u0000\\u0007\\b\\t\\n\\u000B\\f\\r\\u000E\\u001F \\u007F\u{80}\\\"'\\\\é😀\\uFFFE\\uFFFF\u{fffd}\" .\n",
        );
        check(r"<urn:\u00e9> <urn:\U0001F600> <urn:o> .", "<urn:é> <urn:😀> <urn:o> .\n");
    }

    #[test]
    fn long_text_with_one_escape_is_kept_whole() {
        let long = "é".repeat(300);
        check(&format!("<urn:s> <urn:p> \"{long}\\n{long}\" ."), &format!("<urn:s> <urn:p> \"{long}\\n{long}\" .\n"));
    }

    #[test]
    fn no_value_can_pass_for_two_terms_or_lines() {
        let mut dataset = Dataset::new();
        let iri = dataset.iri("urn:a> <urn:b> <urn:c> .\n<urn:d");
        let literal = dataset.literal("\" .\n", "urn:d> .\n", None);
        let tagged = dataset.literal("x", "", Some("en .\n"));
        dataset.insert(iri, iri, literal, None);
        dataset.insert(iri, iri, tagged, None);
        let text = dataset.to_nquads();
        assert_eq!(text.lines().count(), 2);
        assert!(text.contains(r#""\" .\n"^^<urn:d\u003E\u0020.\u000A> ."#), "{text}");
        assert!(text.contains(r#""x"@en\u0020.\u000A ."#), "{text}");
    }

    #[test]
    fn what_is_not_n_quads_is_refused_with_its_line() {
        check_refusal("<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:p> .", 2, NQuadsErrorKind::Term);
        check_refusal("\"s\" <urn:p> <urn:o> .", 1, NQuadsErrorKind::Term);
        check_refusal("<urn:s> <urn:p> <urn:o> \"g\" .", 1, NQuadsErrorKind::Term);
        check_refusal("<urn:s", 1, NQuadsErrorKind::Iri);
        check_refusal("<urn:s s> <urn:p> <urn:o> .", 1, NQuadsErrorKind::Iri);
        check_refusal(r"<urn:\u0020> <urn:p> <urn:o> .", 1, NQuadsErrorKind::Iri);
        check_refusal(r"<urn:\n> <urn:p> <urn:o> .", 1, NQuadsErrorKind::Escape);
        check_refusal("_:-a <urn:p> <urn:o> .", 1, NQuadsErrorKind::BlankNodeLabel);
        check_refusal("<urn:s> <urn:p> \"o .", 1, NQuadsErrorKind::Literal);
        check_refusal("<urn:s> <urn:p> \"o\"@ .", 1, NQuadsErrorKind::Literal);
        check_refusal("<urn:s> <urn:p> \"o\"@en- .", 1, NQuadsErrorKind::Literal);
        check_refusal(r#"<urn:s> <urn:p> "\x" ."#, 1, NQuadsErrorKind::Escape);
        check_refusal(r#"<urn:s> <urn:p> "\u12" ."#, 1, NQuadsErrorKind::Escape);
        check_refusal(r#"<urn:s> <urn:p> "\ud800" ."#, 1, NQuadsErrorKind::Escape);
        check_refusal("<urn:s> <urn:p> <urn:o>", 1, NQuadsErrorKind::Term);
        check_refusal("<urn:s> <urn:p> <urn:o> <urn:g>", 1, NQuadsErrorKind::End);
        check_refusal("<urn:s> <urn:p> <urn:o> . <urn:s>", 1, NQuadsErrorKind::End);
    }
}
