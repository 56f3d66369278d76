//! `attesta attach` and `detach`: pages that are kept beside a credential.

use attesta_wallet::command::{KeepLink, RemoveLink};
use serde_json::json;

use crate::command::list::by_id;
use crate::context::Context;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;

pub(crate) fn attach(context: &Context, id: &str, url: &str) -> Result<Outcome, CommandError> {
    let credential = by_id(context, id)?.id;
    context.wallet.keep_link(&KeepLink { credential: credential.clone(), url: url.to_owned() })?;
    done(context, &credential, Label::Attached)
}

pub(crate) fn detach(context: &Context, id: &str, url: &str) -> Result<Outcome, CommandError> {
    let credential = by_id(context, id)?.id;
    context.wallet.remove_link(&RemoveLink { credential: credential.clone(), url: url.to_owned() })?;
    done(context, &credential, Label::Detached)
}

fn done(context: &Context, id: &str, told: Label) -> Result<Outcome, CommandError> {
    let links = context.wallet.show_credential(&by_id(context, id)?)?.links;
    let mut page = Page::new();
    page.line(context.label(told));
    for link in &links {
        page.under(&link.url);
    }
    Ok(Outcome::new(json!({ "id": id, "links": links }), page, Exit::Done))
}
