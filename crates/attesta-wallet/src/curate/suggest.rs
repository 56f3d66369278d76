//! Which credentials fit a text, a job posting say. The text is looked at here and nowhere kept.

mod posting;
mod rank;
#[cfg(test)]
mod rank_tests;
mod words;

use std::collections::BTreeMap;

use attesta_credential::{Alignment, LocalizedText, VerifiableCredential};
use attesta_store::CredentialRecord;
use attesta_verify::Verdict;
use attesta_view::Language;

use crate::command::PastedText;
use crate::curate::standing::verdict_at;
use crate::error::WalletError;
use crate::record::Reader;
use crate::view::{SuggestedView, SuggestionView};
use crate::wallet::Wallet;
use rank::{Candidate, Fitting, Phrase, PhraseKind, Standing, rank};

/// Most bytes of a text that are looked at: a posting has some ten thousand.
const POSTING_BYTES: usize = 200_000;
/// Most credentials that are suggested; nobody looks through more.
const SUGGESTED: usize = 50;
/// A title is no longer than this, in signs and in words.
const TITLE: (usize, usize) = (80, 12);

impl Wallet {
    /// The credentials whose skills, alignments, keywords or titles a text asks for, the best first. Nothing of the text
    /// is kept, and nobody is asked.
    ///
    /// # Errors
    /// [`WalletError::PostingTooLong`], and those of the disk.
    pub fn suggest_credentials(&self, request: &PastedText) -> Result<SuggestionView, WalletError> {
        let text = &request.text;
        if text.len() > POSTING_BYTES {
            return Err(WalletError::PostingTooLong { limit: POSTING_BYTES });
        }
        let records = self.store().credentials().list()?;
        let fitting = rank(text, &self.candidates(&records)?);
        let by_id: BTreeMap<&str, &CredentialRecord> =
            records.iter().map(|record| (record.id.as_str(), record)).collect();
        let chosen: Vec<(CredentialRecord, Fitting)> = fitting
            .into_iter()
            .take(SUGGESTED)
            .filter_map(|fitting| Some(((*by_id.get(fitting.id.as_str())?).clone(), fitting)))
            .collect();
        let (records, fitting): (Vec<_>, Vec<_>) = chosen.into_iter().unzip();
        let rows = self.rows(&records)?;
        let suggested = rows
            .into_iter()
            .zip(fitting)
            .map(|(credential, fitting)| SuggestedView { credential, matched: fitting.matched })
            .collect();
        Ok(SuggestionView { suggested, title: title_of(text) })
    }

    fn candidates(&self, records: &[CredentialRecord]) -> Result<Vec<Candidate>, WalletError> {
        let (language, now) = (self.language(), self.now());
        let mut reports = self.store().reports().latest_of_all()?;
        let mut reader = Reader::default();
        let mut candidates = Vec::with_capacity(records.len());
        for record in records {
            let found = reader.read(record)?;
            let found = self.whole(&found);
            let verdict = reports
                .remove(&record.id)
                .map_or(Verdict::Unverifiable, |stored| verdict_at(&stored.report, &found.credential, now));
            let phrases = phrases(&found.credential, language);
            candidates.push(Candidate { id: record.id.clone(), phrases, standing: standing(verdict) });
        }
        Ok(candidates)
    }
}

fn standing(verdict: Verdict) -> Standing {
    match verdict {
        Verdict::Valid | Verdict::StatusUnknown | Verdict::Unverifiable => Standing::Sound,
        _ => Standing::Spent,
    }
}

/// What a credential says of itself that a posting may ask for.
fn phrases(credential: &VerifiableCredential, language: Language) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let texts = |text: &LocalizedText| in_order(text, language);
    let mut put = |phrase: Option<Phrase>| phrases.extend(phrase);
    put(Phrase::of(PhraseKind::Title, texts(&credential.name())));
    for subject in credential.subjects() {
        let of_results = subject.results.iter().flat_map(|result| &result.alignments);
        let of_achievement = subject.achievement.iter().flat_map(|achievement| &achievement.alignments);
        for alignment in of_achievement.chain(of_results) {
            of_alignment(alignment, language).into_iter().for_each(&mut put);
        }
        let Some(achievement) = &subject.achievement else { continue };
        put(Phrase::of(PhraseKind::Title, texts(&achievement.name)));
        for tag in &achievement.tags {
            put(Phrase::of(PhraseKind::Tag, [tag.clone()]));
        }
        put(Phrase::of(PhraseKind::Field, achievement.field_of_study.clone()));
        put(Phrase::of(PhraseKind::Field, achievement.specialization.clone()));
    }
    phrases
}

fn of_alignment(alignment: &Alignment, language: Language) -> [Option<Phrase>; 3] {
    let names = in_order(&alignment.target_name, language);
    let name = names.first().cloned();
    let code = Phrase::of(PhraseKind::Code, alignment.target_code.clone()).map(|code| code.shown_as(name));
    let framework = Phrase::of(PhraseKind::Framework, alignment.target_framework.clone());
    [Phrase::of(PhraseKind::Skill, names), code, framework]
}

/// The texts of all languages, that of the reader first.
fn in_order(text: &LocalizedText, language: Language) -> Vec<String> {
    let of_reader = |tag: &Option<String>| tag.as_deref().and_then(Language::of_tag) == Some(language);
    let (mut first, others): (Vec<_>, Vec<_>) = text.0.iter().partition(|value| of_reader(&value.language));
    first.extend(others);
    first.into_iter().filter(|value| !value.text.trim().is_empty()).map(|value| value.text.clone()).collect()
}

/// The text's first line, where it reads like a title rather than a sentence, a link or an address.
fn title_of(text: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let line = line.trim_start_matches(['#', '*', '-', '•', '–', '>', ' ']).trim_end_matches(['*', '#', ' ']);
    let line = match line.split_once([':', '：']) {
        Some((label, title)) if LABELS.contains(&words::fold(label.trim()).as_str()) => title.trim(),
        _ => line,
    };
    let reads = line.chars().count() <= TITLE.0
        && line.chars().filter(|sign| sign.is_alphabetic()).count() >= 3
        && line.split_whitespace().count() <= TITLE.1
        && !line.ends_with(['.', '!', '?', ':', ',', ';'])
        && !line.contains("://")
        && !line.contains('@')
        && !line.chars().any(char::is_control);
    reads.then(|| line.to_owned())
}

/// What stands before the title in some postings, folded.
const LABELS: [&str; 10] = [
    "job title",
    "title",
    "position",
    "position title",
    "role",
    "titre",
    "titre du poste",
    "titre d'emploi",
    "poste",
    "emploi",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_a_title_where_it_reads_like_one() {
        #[track_caller]
        fn check(text: &str, expected: Option<&str>) {
            assert_eq!(title_of(text).as_deref(), expected, "{text}");
        }
        check("\n  Nursing assistant (nights)\r\nWe are looking for …", Some("Nursing assistant (nights)"));
        check("# **Soudeur-monteur**\n…", Some("Soudeur-monteur"));
        check("Job title: Welder\n", Some("Welder"));
        check("Titre du poste : Préposée aux bénéficiaires", Some("Préposée aux bénéficiaires"));
        check("Requirements: welding", Some("Requirements: welding"));
        check("We are looking for somebody who cares.", None);
        check("https://jobs.example/1", None);
        check("jobs@example.org", None);
        check("*****", None);
        check("", None);
        check(&"word ".repeat(13), None);
        check(&"w".repeat(81), None);
    }
}
