//! `attesta bundle`: puts credentials together.

mod content;
mod print;

use attesta_wallet::WalletError;
use attesta_wallet::command::{ById, CreateBundle, EditBundle, PastedText, RestoreBundle};
use attesta_wallet::view::BundleView;
use serde_json::json;

use crate::arguments::bundle::BundleCommand;
use crate::command::list::full_ids;
use crate::context::Context;
use crate::contract;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;
use crate::source::{self, Source};

pub(crate) fn run(context: &Context, command: &BundleCommand) -> Result<Outcome, CommandError> {
    let wallet = &context.wallet;
    match command {
        BundleCommand::Create { title, content } => {
            let credentials = full_ids(context, &content.ids)?;
            let notes = content::notes(content, &credentials, Default::default())?;
            let withheld = content::withheld(content, &credentials, Default::default())?;
            let request = CreateBundle {
                title: title.clone(),
                note: content.note.clone(),
                audience: content.audience.clone(),
                credentials,
                notes,
                withheld,
                hidden_parts: content::hidden_parts(content).unwrap_or_default(),
            };
            Ok(one(context, &wallet.create_bundle(&request)?))
        }
        BundleCommand::List => {
            let bundles = wallet.list_bundles()?;
            let mut page = Page::new();
            if bundles.is_empty() {
                page.line(context.label(Label::NothingHere));
            }
            for bundle in &bundles {
                print::bundle(context, &mut page, bundle);
            }
            Ok(Outcome::new(json!({ "bundles": bundles }), page, Exit::Done))
        }
        BundleCommand::Show { id } => Ok(one(context, &wallet.show_bundle(&by_id(context, id)?)?)),
        BundleCommand::Edit { id, title, content } => {
            let before = wallet.show_bundle(&by_id(context, id)?)?;
            let named = if content.ids.is_empty() { None } else { Some(full_ids(context, &content.ids)?) };
            let members = || before.credentials.iter().map(|row| row.id.clone()).collect();
            let held = named.clone().unwrap_or_else(members);
            let notes = content::notes(content, &held, before.notes)?;
            let withheld = content::withheld(content, &held, before.withheld)?;
            let request = EditBundle {
                id: before.id,
                title: title.clone(),
                note: content.note.clone(),
                audience: content.audience.clone(),
                credentials: named,
                notes: (!content.note_on.is_empty()).then_some(notes),
                withheld: (!content.withhold.is_empty()).then_some(withheld),
                hidden_parts: content::hidden_parts(content),
            };
            Ok(one(context, &wallet.edit_bundle(&request)?))
        }
        BundleCommand::Duplicate { id } => Ok(one(context, &wallet.duplicate_bundle(&by_id(context, id)?)?)),
        BundleCommand::Versions { id } => {
            let versions = wallet.bundle_versions(&by_id(context, id)?)?;
            let mut page = Page::new();
            versions.iter().for_each(|version| print::version(context, &mut page, version));
            Ok(Outcome::new(json!({ "versions": versions }), page, Exit::Done))
        }
        BundleCommand::Restore { id, version } => {
            let request = RestoreBundle { id: by_id(context, id)?.id, version: *version };
            Ok(one(context, &wallet.restore_bundle(&request)?))
        }
        BundleCommand::Suggest { source } => suggest(context, source),
        BundleCommand::Review { id } => review(context, &by_id(context, id)?),
        BundleCommand::Delete { id } => {
            let request = by_id(context, id)?;
            wallet.delete_bundle(&request)?;
            let mut page = Page::new();
            page.line(context.label(Label::Deleted));
            Ok(Outcome::new(json!({ "deleted": request.id }), page, Exit::Done))
        }
    }
}

/// The request for a bundle of which the identifier, or its beginning, is given.
pub(crate) fn by_id(context: &Context, id: &str) -> Result<ById, CommandError> {
    let known = context.wallet.list_bundles()?.into_iter().map(|bundle| bundle.id);
    Ok(ById { id: Context::full_id(id, known) })
}

fn suggest(context: &Context, source: &str) -> Result<Outcome, CommandError> {
    let bytes = match source::read(source)? {
        Source::Bytes(bytes) => bytes,
        // A posting behind an address is not fetched: its host would learn that somebody reads it with a wallet.
        Source::Text(_) | Source::Folder => {
            return Err(WalletError::FileUnreadable { name: source.to_owned() }.into());
        }
    };
    let text = String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned();
    let view = context.wallet.suggest_credentials(&PastedText { text })?;
    let mut page = Page::new();
    if view.suggested.is_empty() {
        page.line(context.label(Label::NothingFits));
    }
    view.suggested.iter().for_each(|suggested| print::suggested(context, &mut page, suggested));
    let suggested: Vec<_> = view
        .suggested
        .iter()
        .map(|it| json!({ "credential": contract::row(&it.credential), "matched": it.matched }))
        .collect();
    Ok(Outcome::new(json!({ "suggested": suggested, "title": view.title }), page, Exit::Done))
}

fn review(context: &Context, request: &ById) -> Result<Outcome, CommandError> {
    let review = context.wallet.review_bundle(request)?;
    let mut page = Page::new();
    if review.concerns.is_empty() {
        page.line(context.label(Label::NothingToMind));
    }
    let told = review.concerns.iter().map(|concern| {
        let message = context.words.text(&format!("concern.{}", concern.code), &concern.params);
        page.line(&concern.title);
        page.under(&message);
        let mut told = json!(concern);
        told["message"] = json!(message);
        told
    });
    let told: Vec<_> = told.collect();
    Ok(Outcome::new(json!({ "concerns": told, "checked_at": review.checked_at }), page, Exit::Done))
}

fn one(context: &Context, bundle: &BundleView) -> Outcome {
    let mut page = Page::new();
    print::bundle(context, &mut page, bundle);
    Outcome::new(json!({ "bundle": bundle }), page, Exit::Done)
}
