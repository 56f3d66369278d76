//! What a bundle says and holds: what the learner writes, within limits.

use std::collections::BTreeMap;

use attesta_credential::OPTIONAL_PARTS;
use attesta_store::{BundleContent, BundleMember};

use crate::command::{CreateBundle, EditBundle};
use crate::error::{BundleText, WalletError};

/// Most credentials of a bundle: nobody reads more, and a reader's page checks that many in seconds.
pub(super) const CREDENTIALS: usize = 100;

impl BundleText {
    /// Most characters.
    pub(super) fn limit(self) -> usize {
        match self {
            BundleText::Title | BundleText::Audience => 200,
            BundleText::Note => 5_000,
            BundleText::CredentialNote => 1_000,
        }
    }
}

/// What a new bundle says and holds. A record named twice is taken once; notes on what is not in the bundle are nothing.
pub(super) fn of_new(request: &CreateBundle) -> Result<BundleContent, WalletError> {
    let content = of_draft(request)?;
    match (content.title.as_str(), content.members.as_slice()) {
        ("", _) => Err(WalletError::BundleTitleMissing),
        (_, []) => Err(WalletError::BundleEmpty),
        _ => Ok(content),
    }
}

/// What a bundle says and holds while it is being written: it may have no title and no credential yet.
pub(super) fn of_draft(request: &CreateBundle) -> Result<BundleContent, WalletError> {
    let content = BundleContent {
        title: written(BundleText::Title, &request.title)?.unwrap_or_default(),
        note: optional(BundleText::Note, request.note.as_deref())?,
        audience: optional(BundleText::Audience, request.audience.as_deref())?,
        hidden_parts: parts(&request.hidden_parts)?,
        members: members(&request.credentials, &[])?,
    };
    let content = with_notes(content, &request.notes)?;
    Ok(with_withheld(content, &request.withheld))
}

/// What a bundle says and holds after a change; what the change does not name stays.
pub(super) fn changed(before: BundleContent, change: &EditBundle) -> Result<BundleContent, WalletError> {
    let title = match &change.title {
        Some(title) => written(BundleText::Title, title)?.ok_or(WalletError::BundleTitleMissing)?,
        None => before.title,
    };
    let text = |what, text: &Option<String>, before| match text {
        Some(text) => written(what, text),
        None => Ok(before),
    };
    let mut content = BundleContent {
        title,
        note: text(BundleText::Note, &change.note, before.note)?,
        audience: text(BundleText::Audience, &change.audience, before.audience)?,
        hidden_parts: change.hidden_parts.as_deref().map_or(Ok(before.hidden_parts), parts)?,
        members: match &change.credentials {
            Some(credentials) => members(credentials, &before.members)?,
            None => before.members,
        },
    };
    // One whose credentials were all removed from the wallet can still be given another title.
    if change.credentials.is_some() && content.members.is_empty() {
        return Err(WalletError::BundleEmpty);
    }
    if let Some(notes) = &change.notes {
        content = with_notes(content, notes)?;
    }
    if let Some(withheld) = &change.withheld {
        content = with_withheld(content, withheld);
    }
    Ok(content)
}

/// A title in its limit, with the words of a copy around it.
pub(super) fn copied(title: &str, words: impl Fn(&str) -> String) -> String {
    let limit = BundleText::Title.limit();
    let mut kept: Vec<char> = title.chars().collect();
    loop {
        let copy = words(&kept.iter().collect::<String>());
        let over = copy.chars().count().saturating_sub(limit);
        if over == 0 || kept.is_empty() {
            return copy;
        }
        kept.truncate(kept.len().saturating_sub(over + 1));
        if !kept.is_empty() {
            kept.push('…');
        }
    }
}

/// These records in this order; one that was a member keeps what was written of it.
fn members(credentials: &[String], before: &[BundleMember]) -> Result<Vec<BundleMember>, WalletError> {
    let known: BTreeMap<&str, &BundleMember> =
        before.iter().map(|member| (member.credential.as_str(), member)).collect();
    let mut chosen: Vec<BundleMember> = Vec::new();
    for id in credentials {
        if chosen.iter().any(|member| member.credential == *id) {
            continue;
        }
        if chosen.len() == CREDENTIALS {
            return Err(WalletError::BundleTooLarge { limit: CREDENTIALS });
        }
        let new = || BundleMember { credential: id.clone(), ..BundleMember::default() };
        chosen.push(known.get(id.as_str()).map_or_else(new, |member| (*member).clone()));
    }
    Ok(chosen)
}

fn with_notes(content: BundleContent, notes: &BTreeMap<String, String>) -> Result<BundleContent, WalletError> {
    let noted = |member: BundleMember| {
        let note = notes.get(&member.credential).map(String::as_str);
        Ok(BundleMember { note: optional(BundleText::CredentialNote, note)?, ..member })
    };
    let members = content.members.into_iter().map(noted).collect::<Result<_, WalletError>>()?;
    Ok(BundleContent { members, ..content })
}

fn with_withheld(content: BundleContent, withheld: &BTreeMap<String, Vec<String>>) -> BundleContent {
    let without = |member: BundleMember| {
        // In one order and each once, so that the same choice is the same content.
        let mut withheld = withheld.get(&member.credential).cloned().unwrap_or_default();
        withheld.sort();
        withheld.dedup();
        BundleMember { withheld, ..member }
    };
    BundleContent { members: content.members.into_iter().map(without).collect(), ..content }
}

/// The parts that are folded away, each once and in the order in which they are shown.
fn parts(names: &[String]) -> Result<Vec<String>, WalletError> {
    if let Some(unknown) = names.iter().find(|name| !OPTIONAL_PARTS.contains(&name.as_str())) {
        return Err(WalletError::UnknownPart { part: unknown.chars().take(40).collect() });
    }
    let chosen = OPTIONAL_PARTS.into_iter().filter(|part| names.iter().any(|name| name == part));
    Ok(chosen.map(str::to_owned).collect())
}

fn optional(what: BundleText, text: Option<&str>) -> Result<Option<String>, WalletError> {
    text.map_or(Ok(None), |text| written(what, text))
}

/// A text without the blanks around it, in its limit; none where nothing is left.
fn written(what: BundleText, text: &str) -> Result<Option<String>, WalletError> {
    let text = text.trim();
    if text.chars().count() > what.limit() {
        return Err(WalletError::BundleTextTooLong { what, limit: what.limit() });
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_its_words_and_the_limit() {
        #[track_caller]
        fn check(title: &str, expected: &str) {
            let copy = copied(title, |title| format!("Copy of {title}"));
            assert_eq!(copy, expected);
            assert!(copy.chars().count() <= 200);
        }
        check("Nursing", "Copy of Nursing");
        check(&"é".repeat(192), &format!("Copy of {}", "é".repeat(192)));
        check(&"é".repeat(200), &format!("Copy of {}…", "é".repeat(191)));
        check("", "Copy of ");
    }
}
