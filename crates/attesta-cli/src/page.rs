//! Text for people: short lines, wrapped, indented where they belong to something.

/// Characters on a line.
const WIDTH: usize = 80;

/// Lines as they are collected.
#[derive(Debug, Default)]
pub(crate) struct Page(String);

impl Page {
    pub(crate) fn new() -> Page {
        Page::default()
    }

    /// A line of its own.
    pub(crate) fn line(&mut self, text: &str) {
        self.wrapped("", "", text);
    }

    /// A line that belongs to the one above.
    pub(crate) fn under(&mut self, text: &str) {
        self.wrapped("  ", "  ", text);
    }

    /// A line that belongs so many steps below the one above.
    pub(crate) fn deeper(&mut self, depth: usize, text: &str) {
        let indent = "  ".repeat(depth.min(8));
        self.wrapped(&indent, &indent, text);
    }

    /// A name in a column and what belongs to it.
    pub(crate) fn row(&mut self, name: &str, width: usize, text: &str) {
        let gap = width.saturating_sub(name.chars().count());
        let first = format!("  {name}{}  ", " ".repeat(gap));
        self.wrapped(&first, &" ".repeat(width + 4), text);
    }

    /// An empty line, except at the beginning and after another.
    pub(crate) fn gap(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    /// The text with one line break at its end.
    pub(crate) fn into_text(mut self) -> String {
        while self.0.ends_with("\n\n") {
            self.0.pop();
        }
        self.0
    }

    fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        let mut lead = first;
        for paragraph in text.lines() {
            let mut line = lead.to_owned();
            let mut empty = true;
            // A no-break space is part of its word.
            for word in paragraph.split([' ', '\t']).filter(|word| !word.is_empty()) {
                if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                    self.push(&line);
                    line = rest.to_owned();
                    empty = true;
                }
                if !empty {
                    line.push(' ');
                }
                line.extend(word.chars().map(harmless));
                empty = false;
            }
            self.push(&line);
            lead = rest;
        }
        if text.is_empty() {
            self.push(first);
        }
    }

    fn push(&mut self, line: &str) {
        self.0.push_str(line.trim_end());
        self.0.push('\n');
    }
}

/// An issuer's text may hold signs that would move the cursor, recolour the screen or turn the line around.
fn harmless(sign: char) -> char {
    let turns = matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
    if sign.is_control() || turns { '\u{fffd}' } else { sign }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_wrapped_under_their_own_column() {
        let mut page = Page::new();
        page.row("Issuer", 9, &"word ".repeat(30));
        let text = page.into_text();
        let lines: Vec<_> = text.lines().collect();
        assert!(lines[0].starts_with("  Issuer     word"));
        assert!(lines[1].starts_with("             word"));
        assert!(lines.iter().all(|line| line.len() <= WIDTH));
    }

    #[test]
    fn an_issuers_text_can_not_control_the_terminal() {
        let mut page = Page::new();
        page.line("a\u{1b}[2Jb \u{202e}evil");
        assert_eq!(page.into_text(), "a\u{fffd}[2Jb \u{fffd}evil\n");
    }

    #[test]
    fn gaps_stand_between_and_never_twice() {
        let mut page = Page::new();
        page.gap();
        page.line("a");
        page.gap();
        page.gap();
        page.line("b");
        page.gap();
        assert_eq!(page.into_text(), "a\n\nb\n");
    }
}
