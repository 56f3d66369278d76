//! `attesta list`, `show` and `remove`.

use attesta_view::LineState;
use attesta_wallet::command::{ById, ListCredentials};
use attesta_wallet::view::CredentialListView;
use serde_json::json;

use crate::command::verify;
use crate::context::Context;
use crate::contract;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;

pub(crate) fn list(context: &Context, search: Option<&str>) -> Result<Outcome, CommandError> {
    let request = ListCredentials { search: search.unwrap_or_default().to_owned() };
    let rows = context.wallet.list_credentials(&request)?;
    let mut page = Page::new();
    if rows.is_empty() {
        page.line(context.label(Label::NothingHere));
    }
    credential_rows(context, &mut page, &rows);
    Ok(Outcome::new(json!({ "credentials": rows.iter().map(contract::row).collect::<Vec<_>>() }), page, Exit::Done))
}

/// Two lines for each credential: how it stands and what it is, whose it is.
pub(crate) fn credential_rows(context: &Context, page: &mut Page, rows: &[CredentialListView]) {
    for row in rows {
        let short: String = row.id.chars().take(8).collect();
        page.row(&short, 8, &format!("{} · {}", row.title.text, context.words.verdict(&row.verdict)));
        page.row("", 8, &row.issuer.text);
    }
}

pub(crate) fn show(context: &Context, id: &str) -> Result<Outcome, CommandError> {
    let detail = context.wallet.show_credential(&by_id(context, id)?)?;
    let (credential, report) = (&detail.credential, &detail.report);
    let mut page = Page::new();
    page.line(&credential.title.text);
    page.line(&format!("{} {}", context.label(Label::From), verify::issuer(credential)));
    page.gap();
    page.line(&context.words.verdict(&report.verdict));
    for line in &report.lines {
        let state = match line.state {
            LineState::Yes => "yes",
            LineState::No => "no",
            LineState::Unknown => "unknown",
            LineState::Care => "care",
        };
        let name = match line.line {
            attesta_view::Line::Intact => "intact",
            attesta_view::Line::Signer => "signer",
            attesta_view::Line::Current => "current",
            attesta_view::Line::About => "about",
        };
        let mut params = line.params.clone();
        params.insert("issuer".to_owned(), verify::issuer(credential));
        page.under(&context.words.text(&format!("line.title.{name}.{state}"), &params));
        page.under(&format!("  {}", context.words.text(&format!("code.{}", line.code), &line.params)));
    }
    page.gap();
    let mut fact = |name: Label, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            page.row(context.label(name), 14, &value);
        }
    };
    fact(Label::Earner, credential.earner.clone());
    fact(Label::Awarded, credential.awarded.as_deref().map(|time| context.words.date(time)));
    let skills: Vec<&str> = credential.skills.iter().map(|skill| skill.name.text.as_str()).collect();
    fact(Label::Skills, Some(skills.join(", ")));
    fact(Label::Identifier, Some(detail.id.clone()));
    if let Some(letter) = &detail.letter {
        fact(Label::MailFrom, letter.from.clone());
        fact(Label::Subject, letter.subject.clone());
    }
    for link in &detail.links {
        fact(Label::KeptLink, Some(link.url.clone()));
    }
    if let Some(description) = &credential.description {
        page.gap();
        page.line(&description.text);
    }
    page.gap();
    for claim in &credential.claims {
        page.under(&format!("{}: {}", claim.path, claim.value));
    }
    page.gap();
    verify::checks(context, &mut page, report);
    verify::inside(context, &mut page, &detail.nested, 1);
    Ok(Outcome::new(contract::detail(&detail), page, Exit::Done))
}

pub(crate) fn remove(context: &Context, id: &str) -> Result<Outcome, CommandError> {
    let request = by_id(context, id)?;
    context.wallet.remove_credential(&request)?;
    let mut page = Page::new();
    page.line(context.label(Label::Removed));
    Ok(Outcome::new(json!({ "removed": request.id }), page, Exit::Done))
}

/// The request for a record of which the identifier, or its beginning, is given.
pub(crate) fn by_id(context: &Context, id: &str) -> Result<ById, CommandError> {
    Ok(ById { id: full_ids(context, &[id.to_owned()])?.remove(0) })
}

/// The full identifiers of records.
pub(crate) fn full_ids(context: &Context, ids: &[String]) -> Result<Vec<String>, CommandError> {
    let known: Vec<String> = context.wallet.credential_ids()?;
    Ok(ids.iter().map(|id| Context::full_id(id, known.iter().cloned())).collect())
}
