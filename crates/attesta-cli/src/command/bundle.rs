//! `attesta bundle`: puts credentials together.

use attesta_wallet::command::{ById, CreateBundle, EditBundle};
use attesta_wallet::view::BundleView;
use serde_json::json;

use crate::arguments::BundleCommand;
use crate::command::list::{credential_rows, full_ids};
use crate::context::Context;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;

pub(crate) fn run(context: &Context, command: &BundleCommand) -> Result<Outcome, CommandError> {
    let wallet = &context.wallet;
    match command {
        BundleCommand::Create { title, note, ids } => {
            let credentials = full_ids(context, ids)?;
            let request =
                CreateBundle { title: title.clone(), note: note.clone(), credentials, ..CreateBundle::default() };
            Ok(one(context, &wallet.create_bundle(&request)?))
        }
        BundleCommand::List => {
            let bundles = wallet.list_bundles()?;
            let mut page = Page::new();
            if bundles.is_empty() {
                page.line(context.label(Label::NothingHere));
            }
            for bundle in &bundles {
                print(context, &mut page, bundle);
            }
            Ok(Outcome::new(json!({ "bundles": bundles }), page, Exit::Done))
        }
        BundleCommand::Show { id } => Ok(one(context, &wallet.show_bundle(&by_id(context, id)?)?)),
        BundleCommand::Edit { id, title, note, ids } => {
            let credentials = if ids.is_empty() { None } else { Some(full_ids(context, ids)?) };
            let id = by_id(context, id)?.id;
            let request =
                EditBundle { id, title: title.clone(), note: note.clone(), credentials, ..EditBundle::default() };
            Ok(one(context, &wallet.edit_bundle(&request)?))
        }
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

fn one(context: &Context, bundle: &BundleView) -> Outcome {
    let mut page = Page::new();
    print(context, &mut page, bundle);
    Outcome::new(json!({ "bundle": bundle }), page, Exit::Done)
}

fn print(context: &Context, page: &mut Page, bundle: &BundleView) {
    page.gap();
    page.line(&bundle.title);
    page.under(&format!("{} {}", context.label(Label::Identifier), bundle.id));
    if let Some(note) = &bundle.note {
        page.under(note);
    }
    credential_rows(context, page, &bundle.credentials);
}
