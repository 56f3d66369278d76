//! `attesta inspect`: what a source holds and who would be contacted.

use attesta_wallet::view::ErrorView;
use attesta_wallet::{AttachmentKind, Inspected, LinkKind, WalletError};
use serde_json::json;

use crate::context::Context;
use crate::labels::Label;
use crate::outcome::{Exit, Outcome, error_json};
use crate::page::Page;
use crate::source::{self, Source};

pub(crate) fn run(context: &Context, sources: &[String]) -> Outcome {
    let mut all = Inspected::default();
    let mut error: Option<ErrorView> = None;
    for source in sources {
        let inspected = match source::read(source) {
            Ok(held) => inspect(context, &held),
            Err(unread) => {
                error = Some(unread.view());
                continue;
            }
        };
        if inspected == Inspected::default() {
            error = Some(WalletError::NotALink.view());
        }
        all.links.extend(inspected.links);
        all.attachments.extend(inspected.attachments);
    }
    let readable = error.is_none() && all.attachments.iter().all(|it| it.kind == AttachmentKind::Credential);
    let json = json!({
        "links": all.links.iter().map(|link| {
            json!({ "url": link.url, "kind": link.kind.as_str(), "hosts": link.hosts })
        }).collect::<Vec<_>>(),
        "attachments": all.attachments.iter().map(|it| {
            json!({ "name": it.name, "kind": it.kind.as_str(), "hosts": it.hosts })
        }).collect::<Vec<_>>(),
        "error": error.as_ref().map(|error| error_json(error, &context.words)),
    });
    Outcome::new(json, page(context, &all, error.as_ref()), Exit::when(readable))
}

/// What a source holds.
pub(crate) fn inspect(context: &Context, held: &Source) -> Inspected {
    match held {
        Source::Text(text) => context.wallet.inspect_text("-", text),
        Source::Bytes { name, bytes } => context.wallet.inspect_bytes(name, bytes),
    }
}

fn page(context: &Context, all: &Inspected, error: Option<&ErrorView>) -> Page {
    let mut page = Page::new();
    let hosts = |page: &mut Page, hosts: &[String]| {
        if !hosts.is_empty() {
            page.under(&format!("{} {}", context.label(Label::WouldContact), hosts.join(", ")));
        }
    };
    for link in &all.links {
        let kind = match link.kind {
            LinkKind::Claim => Label::Claim,
            LinkKind::Share => Label::ShareLink,
            LinkKind::Refused => Label::Refused,
        };
        page.line(&context.labelled(kind, &link.url));
        hosts(&mut page, &link.hosts);
    }
    for attachment in &all.attachments {
        let kind = match attachment.kind {
            AttachmentKind::Credential => Label::Credential,
            AttachmentKind::Mail => Label::Mail,
            AttachmentKind::Unsupported => Label::Unsupported,
        };
        page.line(&format!("{} · {}", attachment.name, context.label(kind)));
        hosts(&mut page, &attachment.hosts);
    }
    if all.links.is_empty() && all.attachments.is_empty() {
        page.line(context.label(Label::NothingRecognised));
    }
    if let Some(error) = error {
        page.line(&context.words.error(error));
    }
    page
}
