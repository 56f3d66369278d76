//! Which credentials fit a posting, and how well.

use std::collections::{BTreeMap, BTreeSet};

use super::posting::{Degree, Posting};
use super::words::{Bearing, Word, fold, words};

/// Most phrases of one credential that are looked at. Real ones have some twenty.
const PHRASES: usize = 300;
/// Most words of one phrase: a skill that is a whole paragraph is found by its beginning or not at all.
const WORDS: usize = 16;
/// Most signs of a phrase that are read for those words.
const SIGNS: usize = 400;
/// Most of a credential's own wordings that are named as what fits.
const NAMED: usize = 12;

/// What a phrase of a credential is, which says how much it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PhraseKind {
    /// What it is called.
    Title,
    /// A skill or standard that it aligns to.
    Skill,
    /// The code of one.
    Code,
    /// The name of the framework of one.
    Framework,
    /// A keyword.
    Tag,
    /// A field of study.
    Field,
}

impl PhraseKind {
    fn weight(self) -> u64 {
        match self {
            PhraseKind::Code => 8,
            PhraseKind::Skill => 5,
            PhraseKind::Title | PhraseKind::Tag => 3,
            PhraseKind::Field => 2,
            PhraseKind::Framework => 1,
        }
    }
}

/// Something that a credential says of itself, in each language that it says it in.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    kind: PhraseKind,
    /// The wording, as it stands in the credential, and the words in it.
    wordings: Vec<(String, Vec<Word>)>,
    /// What names it where it fits.
    shown: Option<String>,
}

impl Phrase {
    /// A phrase in these wordings; none where none says anything.
    pub(super) fn of(kind: PhraseKind, wordings: impl IntoIterator<Item = String>) -> Option<Phrase> {
        let read = |text: String| {
            let short: String = text.chars().take(SIGNS).collect();
            let mut found = words(&short);
            found.truncate(WORDS);
            (text.trim().to_owned(), found)
        };
        let wordings: Vec<_> = wordings.into_iter().take(8).map(read).filter(|(text, _)| !text.is_empty()).collect();
        (!wordings.is_empty()).then_some(Phrase { kind, wordings, shown: None })
    }

    /// The same, named by this where it fits.
    pub(super) fn shown_as(self, shown: Option<String>) -> Phrase {
        Phrase { shown, ..self }
    }

    /// How well the posting asks for it, and in which wording.
    fn found_in(&self, posting: &Posting) -> Option<(Degree, &str)> {
        let degree = |(text, words): &(String, Vec<Word>)| match self.kind {
            PhraseKind::Code => posting.has_code(text).into_degree(),
            PhraseKind::Title => posting.finds_title(words),
            _ => posting.finds(words),
        };
        let found = self.wordings.iter().map(|wording| (degree(wording), wording.0.as_str()));
        // The first of equally good wordings: that of the reader's language stands first.
        let best = found.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.filter(|(degree, _)| *degree > 0).map(|(degree, text)| (degree, self.shown.as_deref().unwrap_or(text)))
    }

    fn stems(&self) -> impl Iterator<Item = &str> {
        let content = self.wordings.iter().flat_map(|(_, words)| words);
        content.filter(|word| word.bearing == Bearing::Content).map(|word| word.stem.as_str())
    }
}

trait IntoDegree {
    fn into_degree(self) -> Degree;
}

impl IntoDegree for bool {
    fn into_degree(self) -> Degree {
        if self { 1000 } else { 0 }
    }
}

/// A credential that may fit.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The record's identifier.
    pub(super) id: String,
    /// What it says of itself.
    pub(super) phrases: Vec<Phrase>,
    /// Whether it would count for an employer now.
    pub(super) standing: Standing,
}

/// Whether a credential would count for an employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Nothing is wrong with it.
    Sound,
    /// It is revoked, over, or not genuine.
    Spent,
}

/// A credential that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fitting {
    /// The record's identifier.
    pub(super) id: String,
    /// What of it the posting asks for, in the credential's own wording, the weightiest first.
    pub(super) matched: Vec<String>,
    /// How well it fits; only to be compared.
    pub(super) score: u64,
}

/// The credentials that fit a posting, the best first: those that count before those that don't, then by how much of
/// what they say the posting asks for. What few credentials of the wallet say weighs more than what all of them say.
pub(super) fn rank(text: &str, candidates: &[Candidate]) -> Vec<Fitting> {
    let posting = Posting::of(text);
    let rarity = Rarity::among(candidates);
    let mut fitting: Vec<(Standing, Fitting)> = candidates
        .iter()
        .filter_map(|candidate| Some((candidate.standing, fit(&posting, candidate, &rarity)?)))
        .collect();
    fitting.sort_by(|(one_standing, one), (other_standing, other)| {
        one_standing.cmp(other_standing).then(other.score.cmp(&one.score)).then(one.id.cmp(&other.id))
    });
    fitting.into_iter().map(|(_, fitting)| fitting).collect()
}

fn fit(posting: &Posting, candidate: &Candidate, rarity: &Rarity) -> Option<Fitting> {
    // The same wording counts once, as the weightiest that it is: many repeat their title as a keyword.
    let mut found: BTreeMap<String, (u64, &str)> = BTreeMap::new();
    for phrase in candidate.phrases.iter().take(PHRASES) {
        let Some((degree, text)) = phrase.found_in(posting) else { continue };
        let score = phrase.kind.weight() * degree * rarity.of(phrase) / 1000;
        let known = found.entry(fold(text)).or_insert((score, text));
        if score > known.0 {
            *known = (score, text);
        }
    }
    let mut found: Vec<(u64, &str)> = found.into_values().collect();
    found.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let score = found.iter().map(|(score, _)| score).sum();
    let matched = found.into_iter().take(NAMED).map(|(_, text)| text.to_owned()).collect::<Vec<_>>();
    (!matched.is_empty()).then(|| Fitting { id: candidate.id.clone(), matched, score })
}

/// In how many credentials of the wallet each word stands.
struct Rarity {
    all: usize,
    holding: BTreeMap<String, usize>,
}

impl Rarity {
    fn among(candidates: &[Candidate]) -> Rarity {
        let mut holding: BTreeMap<String, usize> = BTreeMap::new();
        for candidate in candidates {
            let stems: BTreeSet<&str> = candidate.phrases.iter().take(PHRASES).flat_map(Phrase::stems).collect();
            for stem in stems {
                match holding.get_mut(stem) {
                    Some(count) => *count += 1,
                    None => drop(holding.insert(stem.to_owned(), 1)),
                }
            }
        }
        Rarity { all: candidates.len(), holding }
    }

    /// How telling a phrase is, in hundredths: by its rarest word.
    fn of(&self, phrase: &Phrase) -> u64 {
        let fewest = phrase.stems().filter_map(|stem| self.holding.get(stem)).min().copied().unwrap_or(1).max(1);
        // Whole numbers, so that every machine comes to the same order.
        let share = (self.all * 16 / fewest).max(16);
        100 + 50 * u64::from(share.ilog2() - 4)
    }
}
