//! `attesta open`: what an employer sees of a share.

use attesta_wallet::WalletError;
use attesta_wallet::command::PastedText;
use attesta_wallet::view::ErrorView;
use serde_json::{Value, json};

use crate::command::verify;
use crate::context::Context;
use crate::contract;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;
use crate::source::{self, Source};

pub(crate) fn run(context: &Context, source: &str) -> Result<Outcome, CommandError> {
    let view = match source::read(source) {
        Ok(Source::Text(text)) => context.wallet.open_share(&PastedText { text })?,
        Ok(Source::Bytes(bytes)) => context.wallet.open_bytes(&bytes)?,
        Ok(Source::Folder) => return Err(WalletError::FileUnreadable { name: source.to_owned() }.into()),
        // A link's fragment alone opens too; what is neither file nor link is then told so.
        Err(unreadable) => {
            context.wallet.open_share(&PastedText { text: source.to_owned() }).map_err(|_| unreadable)?
        }
    };
    let results: Vec<Value> =
        view.credentials.iter().map(|presented| contract::presented(source, presented, &context.words)).collect();
    let json = json!({
        "presentation": contract::presentation(&view, &context.words),
        "verdict": view.verdict,
        "results": results,
    });
    let mut page = Page::new();
    page.line(&context.words.verdict(&view.verdict));
    if let Some(title) = &view.title {
        page.under(title);
    }
    if let Some(note) = &view.note {
        page.under(note);
    }
    if let Some(holder) = &view.holder {
        page.gap();
        page.line(&format!("{} {holder}", context.label(Label::Holder)));
        page.under(&context.words.verdict(&view.report.verdict));
        if let Some(end) = &view.valid_until {
            page.under(&format!("{} {}", context.label(Label::Until), context.words.date(end)));
        }
    }
    for presented in &view.credentials {
        page.gap();
        let params = || presented.error_params.clone();
        let error = presented.error.as_ref().map(|code| ErrorView { code: code.clone(), params: params() });
        verify::finding(
            context,
            &mut page,
            &presented.verdict,
            presented.credential.as_ref(),
            presented.report.as_ref(),
            error.as_ref(),
        );
        verify::inside(context, &mut page, &presented.nested, 1);
    }
    Ok(Outcome::new(json, page, Exit::when(view.verdict == "valid")))
}
