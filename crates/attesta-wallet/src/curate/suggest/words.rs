//! From text to words that can be compared: without case, accents and endings, in English and French alike.

use std::collections::HashSet;
use std::sync::LazyLock;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The word without case, accents and endings.
    pub(super) stem: String,
    /// Whether it says what something is about.
    pub(super) bearing: Bearing,
}

/// What a word contributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bearing {
    /// It says what something is about.
    Content,
    /// It stands in every posting or title and says little; it counts only beside others.
    Common,
}

/// The words of a text in their order. Words that only hold sentences together are left out, so that what stands around
/// them is adjacent: "care of wounds" is "care wounds".
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let folded = fold(text);
    let mut rest = folded.as_str();
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        let mut end = rest.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(rest.len());
        // C++, C#, F#
        let signs = rest[end..].chars().take_while(|sign| matches!(sign, '+' | '#')).count();
        let after = rest[end + signs..].chars().next();
        if signs <= 2 && !after.is_some_and(char::is_alphanumeric) {
            end += signs;
        }
        let word = &rest[..end];
        rest = &rest[end..];
        // A single letter is what an elision leaves ("l'océan"), or an initial.
        if word.chars().count() < 2 || HOLDING.contains(word) {
            continue;
        }
        let stem = stem(word);
        let bearing = if COMMON.contains(&stem) { Bearing::Common } else { Bearing::Content };
        found.push(Word { stem, bearing });
    }
    found
}

/// Lower case, without accents, ligatures spelled out.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for sign in text.chars().flat_map(char::to_lowercase) {
        match sign {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => folded.push('a'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' => folded.push('i'),
            'ñ' | 'ń' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            // An accent that stands after its letter; a soft hyphen.
            '\u{300}'..='\u{36f}' | '\u{ad}' => {}
            sign => folded.push(sign),
        }
    }
    folded
}

/// A folded word without the endings of plural, verb forms and gender, in either language: the same for both sides of a
/// comparison, so it need not be a word.
pub(super) fn stem(word: &str) -> String {
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let singular = singular(word);
    let mut stem = without_verb_ending(&singular);
    if stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    let mut last = stem.bytes().rev();
    if let (Some(one), Some(other)) = (last.next(), last.next())
        && one == other
        && !b"aeiou".contains(&one)
        && stem.len() > 3
    {
        stem.pop();
    }
    stem
}

fn singular(word: &str) -> String {
    let without = |ending: &str, instead: &str| format!("{}{instead}", &word[..word.len() - ending.len()]);
    match word {
        _ if word.ends_with("eaux") || word.ends_with("eux") || word.ends_with("oux") => without("x", ""),
        _ if word.ends_with("aux") && word.len() >= 5 => without("aux", "al"),
        _ if word.ends_with("sis") => without("is", ""),
        _ if word.ends_with("ss") || word.ends_with("us") => word.to_owned(),
        _ if word.ends_with('s') => without("s", ""),
        _ => word.to_owned(),
    }
}

fn without_verb_ending(word: &str) -> String {
    /// The ending, and the fewest letters of a word that has it.
    const ENDINGS: [(&str, usize); 7] = [("ing", 6), ("ant", 7), ("ee", 6), ("ed", 5), ("er", 5), ("ez", 5), ("e", 5)];
    for (ending, fewest) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending).filter(|_| word.len() >= fewest) else { continue };
        if !stem.bytes().any(|byte| b"aeiouy".contains(&byte)) {
            continue;
        }
        // "caring" and "care" are one word, "care" and "car" are two.
        return if stem.len() == 3 { format!("{stem}e") } else { stem.to_owned() };
    }
    word.to_owned()
}

/// Words that only hold sentences together.
static HOLDING: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let english = "about also an and any are as at be been but by can etc for from has have how if in into is it its \
        may more most must not of on one or other our should such than that the their them then there these they this \
        those through to upon us was we were what when where which who will with within would you your";
    let french = "afin ainsi alors au aussi aux avec avoir ce ces cet cette chez comme dans de des dont du elle elles en \
        entre est et etre eu il ils la le les leur leurs lors mais mes mon ne nos notre nous ont ou par pas pour qu \
        quand que qui sa sans se sera serez ses si soit son sont sous sur ta tes tous tout toute toutes un une vers via \
        vos votre vous";
    english.split_whitespace().chain(french.split_whitespace()).collect()
});

/// The stems of words that stand in every posting and in many titles.
static COMMON: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let english = "ability abilities apply asset badge basic candidate certificate certification certified client \
        company competency competence course credential day degree diploma duty employee employer employment environment \
        equivalent experience full fundamentals good hour introduction introductory job knowledge level micro \
        microcredential module month new part person position posting practice principle profile program project \
        qualification require requirement responsibility role salary skill strong task team time training typical use \
        week work workplace year";
    let french = "annee atelier atout attestation avance base cadre candidat candidature capacite certificat competence \
        connaissance cours debutant diplome domaine emploi employe employeur entreprise environnement equipe equivalent \
        exigence experience formation heure initiation jour maitrise metier microcertification mois niveau notion \
        nouveau offre personne plein poste profil programme projet qualification qualite recherche requis \
        responsabilite salaire semaine tache temps travail";
    english.split_whitespace().chain(french.split_whitespace()).map(stem).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_hold_folded_words() {
        assert!(HOLDING.iter().all(|word| fold(word) == *word));
        for word in ["Compétences", "skills", "l’équipe", "Années", "required", "experiences"] {
            assert!(words(word).iter().all(|word| word.bearing == Bearing::Common), "{word}");
        }
    }

    #[test]
    fn forms_of_one_word_are_one() {
        #[track_caller]
        fn check(forms: &[&str]) {
            let stems: Vec<String> = forms.iter().map(|form| stem(&fold(form))).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{forms:?}: {stems:?}");
        }
        check(&["care", "cares", "caring", "cared"]);
        check(&["nurse", "nurses", "nursing"]);
        check(&["policy", "policies"]);
        check(&["apply", "applies", "applied", "applying"]);
        check(&["therapy", "therapies", "thérapie", "thérapies"]);
        check(&["plan", "plans", "planned", "planning"]);
        check(&["analysis", "analyses", "analyse"]);
        check(&["process", "processes", "processing"]);
        check(&["test", "tests", "tester", "testing", "tested"]);
        check(&["wound", "wounds"]);
        check(&["soin", "soins"]);
        check(&["plaie", "plaies"]);
        check(&["réseau", "réseaux", "RÉSEAUX", "re\u{301}seaux"]);
        check(&["journal", "journaux"]);
        check(&["jeu", "jeux"]);
        check(&["préparer", "préparez", "préparée", "préparées", "préparant", "prépare"]);
        check(&["gérer", "gère", "gérez"]);
        check(&["travail", "travailler", "travaillez"]);
        check(&["soudé", "soude", "soudes"]);
    }

    #[test]
    fn different_words_stay_different() {
        #[track_caller]
        fn check(one: &str, other: &str) {
            assert_ne!(stem(&fold(one)), stem(&fold(other)));
        }
        check("care", "car");
        check("bass", "base");
        check("form", "from");
        check("plan", "plant");
        check("c++", "c#");
        check("soin", "soir");
    }

    #[track_caller]
    fn check_words(text: &str, expected: &[&str]) {
        let found: Vec<String> = words(text).into_iter().map(|word| word.stem).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_text_is_taken_apart_at_what_is_no_word() {
        check_words("Care of the wounds", &["care", "wound"]);
        check_words("L’équipement d'urgence, à l'œil !", &["equipement", "urgenc", "oeil"]);
        check_words("C++ and C#; e-mail.", &["c++", "c#", "mail"]);
        check_words("10+10, ab++cd", &["10", "10", "ab", "cd"]);
        check_words("  \n\t—", &[]);
    }
}
