//! The words by which a credential is found, in an FTS5 index.

use rusqlite::{Connection, params};

use crate::error::StoreError;

/// The words of one credential. None of them is shown; the weight of all is the same.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchText {
    /// What it is called, in every language it has.
    pub title: String,
    /// The issuer's name.
    pub issuer: String,
    /// Skills, keywords and frameworks, separated by anything but letters.
    pub tags: String,
    /// What it says about itself.
    pub description: String,
    /// Whom it names.
    pub earner: String,
}

pub(crate) fn insert(connection: &Connection, number: i64, words: &SearchText) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO credential_search (rowid, title, issuer, tags, description, earner) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let SearchText { title, issuer, tags, description, earner } = words;
    let [title, issuer, tags, description, earner] =
        [title, issuer, tags, description, earner].map(|text| spelled_out(text));
    statement.execute(params![number, title, issuer, tags, description, earner])?;
    Ok(())
}

pub(crate) fn remove(connection: &Connection, number: i64) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM credential_search WHERE rowid = ?1")?.execute([number])?;
    Ok(())
}

pub(crate) fn search(connection: &Connection, query: &str) -> Result<Vec<String>, StoreError> {
    let Some(expression) = expression(query) else {
        return Ok(Vec::new());
    };
    // By arrival rather than by rank: ranking reads the whole index for a common word, and the list looks the same
    // while somebody types.
    let mut statement = connection.prepare_cached(
        "SELECT id FROM credential_search JOIN credentials ON number = credential_search.rowid \
         WHERE credential_search MATCH ?1 AND superseded_by IS NULL ORDER BY received_at DESC, number DESC",
    )?;
    let rows = statement.query_map([expression], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The query as an FTS5 expression: each word a quoted string that may go on, all of them wanted. Inside quotes FTS5
/// knows no operators; the quote itself is a separator like any other sign, so no text can end the string.
/// ([FTS5 section 3](https://www.sqlite.org/fts5.html#full_text_query_syntax))
fn expression(query: &str) -> Option<String> {
    let words: Vec<String> = spelled_out(query)
        .split(|sign: char| sign.is_whitespace() || sign.is_control() || sign == '"')
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MOST_WORDS)
        .map(|word| format!("\"{word}\"*"))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Nobody types more, and each costs a lookup.
const MOST_WORDS: usize = 16;

/// Ligatures as the letters that people type for them; the index itself folds case and accents.
fn spelled_out(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            'œ' | 'Œ' => plain.push_str("oe"),
            'æ' | 'Æ' => plain.push_str("ae"),
            'ß' | 'ẞ' => plain.push_str("ss"),
            '\0' => plain.push(' '),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::expression;

    #[track_caller]
    fn check(query: &str, expected: Option<&str>) {
        assert_eq!(expression(query).as_deref(), expected, "{query}");
    }

    #[test]
    fn every_word_is_quoted_and_may_go_on() {
        check("sea level", Some(r#""sea"* "level"*"#));
        check("  tide\ttables\n", Some(r#""tide"* "tables"*"#));
        check("l'école", Some(r#""l'école"*"#));
    }

    #[test]
    fn operators_are_words_like_any_other() {
        check("a OR b NOT c", Some(r#""a"* "OR"* "b"* "NOT"* "c"*"#));
        check(r#"title:x" OR ""#, Some(r#""title:x"* "OR"*"#));
        check("NEAR(a b, 5)", Some(r#""NEAR(a"* "b,"* "5)"*"#));
    }

    #[test]
    fn a_query_without_a_letter_or_digit_asks_nothing() {
        for query in ["", "   ", "\"", "***", "-- ;", "()", "\0"] {
            check(query, None);
        }
    }

    #[test]
    fn ligatures_are_spelled_out() {
        check("cœur Ægir Straße", Some(r#""coeur"* "aegir"* "Strasse"*"#));
    }
}
