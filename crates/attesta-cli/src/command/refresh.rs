//! `attesta refresh`: asks about credentials again.

use attesta_wallet::command::Refresh;
use serde_json::json;

use crate::command::list::full_ids;
use crate::context::Context;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;

pub(crate) fn run(context: &Context, ids: &[String]) -> Result<Outcome, CommandError> {
    let results = context.wallet.refresh(&Refresh { ids: full_ids(context, ids)? })?;
    let mut page = Page::new();
    if results.is_empty() {
        page.line(context.label(Label::NothingHere));
    }
    for result in &results {
        let verdict = context.words.verdict(&result.verdict);
        let before = match result.changed {
            true => format!("{} {}", context.label(Label::Before), context.words.verdict(&result.before)),
            false => context.label(Label::Unchanged).to_owned(),
        };
        let newer = match result.newer {
            Some(_) => format!("; {}", context.label(Label::Newer)),
            None => String::new(),
        };
        page.line(&format!("{verdict} ({before}{newer})"));
        page.under(&result.name);
    }
    Ok(Outcome::new(json!({ "results": results }), page, Exit::Done))
}
