//! `attesta calendar`, `bake` and `profile`: what a credential is given on as, beside a share.

use std::path::Path;

use attesta_wallet::command::{AddToProfile, ById, SaveBadge};
use serde_json::json;

use crate::command::list::full_ids;
use crate::context::Context;
use crate::destination::{write, write_file};
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;

pub(crate) fn calendar(context: &Context, id: &str, out: Option<&Path>) -> Result<Outcome, CommandError> {
    let wallet = &context.wallet;
    let bundles = wallet.list_bundles()?.into_iter().map(|bundle| bundle.id);
    let shares = wallet.list_shares()?.into_iter().map(|share| share.id);
    let known = wallet.credential_ids()?.into_iter().chain(bundles).chain(shares);
    let content = wallet.calendar(&ById { id: Context::full_id(id, known) })?;
    written(context, write(out, &content)?)
}

pub(crate) fn bake(context: &Context, id: &str, out: &Path) -> Result<Outcome, CommandError> {
    let picture = match out.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase) {
        Some(extension) if extension == "png" || extension == "svg" => extension,
        _ => return Err(CommandError::OutForBadge),
    };
    let content = context.wallet.baked_badge(&SaveBadge { credential: full_id(context, id)?, picture })?;
    written(context, write_file(out, &content.bytes)?)
}

pub(crate) fn profile(context: &Context, id: &str) -> Result<Outcome, CommandError> {
    let profile = context.wallet.add_to_profile(&AddToProfile { credential: full_id(context, id)? })?;
    let mut page = Page::new();
    page.line(&profile.url);
    let mut advice = Page::new();
    advice.line(context.label(if profile.shown.is_some() { Label::ProfileShows } else { Label::ProfileShowsNothing }));
    let json = json!({ "profile": { "url": profile.url, "shown": profile.shown } });
    Ok(Outcome { complaint: advice.into_text(), ..Outcome::new(json, page, Exit::Done) })
}

fn full_id(context: &Context, id: &str) -> Result<String, CommandError> {
    Ok(full_ids(context, &[id.to_owned()])?.remove(0))
}

fn written(context: &Context, path: String) -> Result<Outcome, CommandError> {
    let mut page = Page::new();
    page.line(&format!("{} {path}", context.label(Label::Written)));
    Ok(Outcome::new(json!({ "file": path }), page, Exit::Done))
}
