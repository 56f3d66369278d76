//! Bundles as text for people.

use std::slice;

use attesta_wallet::view::{BundleVersionView, BundleView, SuggestedView};

use crate::command::list::credential_rows;
use crate::context::Context;
use crate::labels::Label;
use crate::page::Page;

pub(super) fn bundle(context: &Context, page: &mut Page, bundle: &BundleView) {
    page.gap();
    page.line(&bundle.title);
    page.under(&format!("{} {}", context.label(Label::Identifier), bundle.id));
    page.under(&format!("{} {}", context.label(Label::SavedAs), bundle.version));
    if let Some(audience) = &bundle.audience {
        page.under(&context.labelled(Label::ForWhom, audience));
    }
    if let Some(note) = &bundle.note {
        page.under(note);
    }
    if !bundle.hidden_parts.is_empty() {
        page.under(&format!("{} {}", context.label(Label::FoldedAway), bundle.hidden_parts.join(", ")));
    }
    for row in &bundle.credentials {
        credential_rows(context, page, slice::from_ref(row));
        if let Some(note) = bundle.notes.get(&row.id) {
            page.row("", 8, note);
        }
        if let Some(withheld) = bundle.withheld.get(&row.id) {
            page.row("", 8, &format!("{} {}", context.label(Label::NotShown), withheld.join(", ")));
        }
    }
    if bundle.left_out > 0 {
        page.line(&format!("{} {}", context.label(Label::NoLongerThere), bundle.left_out));
    }
}

pub(super) fn version(context: &Context, page: &mut Page, version: &BundleVersionView) {
    let number = version.version.to_string();
    page.row(&number, 4, &format!("{} · {}", version.title, context.words.date(&version.saved_at)));
    let (many, shared) = (context.label(Label::HowMany), context.label(Label::TimesShared));
    page.row("", 4, &format!("{many} {} · {shared} {}", version.count, version.shares));
}

pub(super) fn suggested(context: &Context, page: &mut Page, suggested: &SuggestedView) {
    credential_rows(context, page, slice::from_ref(&suggested.credential));
    page.row("", 8, &format!("{} {}", context.label(Label::Fits), suggested.matched.join(", ")));
}
