//! `attesta inspect`: what a source holds and who would be contacted.

use attesta_wallet::view::{ErrorView, OfferedKind};
use attesta_wallet::{Attachment, AttachmentKind, Inspected, WalletError};
use serde_json::{Value, json};

use crate::context::Context;
use crate::labels::Label;
use crate::outcome::{Exit, Outcome, error_json};
use crate::page::Page;
use crate::source::{self, Source};

pub(crate) fn run(context: &Context, sources: &[String]) -> Outcome {
    let mut all = Inspected::default();
    for source in sources {
        match source::read(source).and_then(|held| inspect(context, source, &held)) {
            Ok(inspected) => {
                all.links.extend(inspected.links);
                all.attachments.extend(inspected.attachments);
                all.error = inspected.error.or(all.error);
            }
            Err(unread) => all.error = Some(unread.view()),
        }
    }
    let readable = |it: &Attachment| it.kind != AttachmentKind::Unsupported;
    let well = all.error.is_none() && all.attachments.iter().all(readable);
    let error = |error: &Option<ErrorView>| error.as_ref().map(|error| error_json(error, &context.words));
    let links: Vec<Value> = all
        .links
        .iter()
        .map(|link| {
            json!({
                "url": link.url, "kind": link.kind, "hosts": link.hosts, "suggested": link.suggested,
                "within": link.within, "letter": link.letter, "error": error(&link.error),
            })
        })
        .collect();
    let attachments: Vec<Value> = all
        .attachments
        .iter()
        .map(|it| {
            json!({
                "name": it.name, "kind": it.kind.as_str(), "hosts": it.hosts, "count": it.count,
                "within": it.within, "error": error(&it.error),
            })
        })
        .collect();
    let json = json!({ "links": links, "attachments": attachments, "error": error(&all.error) });
    Outcome::new(json, page(context, &all), Exit::when(well))
}

/// What a source holds.
pub(crate) fn inspect(context: &Context, source: &str, held: &Source) -> Result<Inspected, WalletError> {
    match held {
        Source::Text(text) => context.wallet.inspect_text(text),
        Source::Bytes(bytes) => context.wallet.inspect_bytes(source, bytes),
        Source::Folder => context.wallet.inspect_paths(&[source.to_owned()]),
    }
}

fn page(context: &Context, all: &Inspected) -> Page {
    let mut page = Page::new();
    let under = |page: &mut Page, hosts: &[String], within: &[String], error: &Option<ErrorView>| {
        if !within.is_empty() {
            page.under(&within.join(" › "));
        }
        if !hosts.is_empty() {
            page.under(&format!("{} {}", context.label(Label::WouldContact), hosts.join(", ")));
        }
        if let Some(error) = error {
            page.under(&context.words.error(error));
        }
    };
    for link in &all.links {
        page.line(&context.labelled(label(link.kind), &link.url));
        under(&mut page, &link.hosts, &link.within, &link.error);
    }
    for attachment in &all.attachments {
        let kind = match attachment.kind {
            AttachmentKind::Credential => Label::Credential,
            AttachmentKind::Other => Label::Other,
            AttachmentKind::Unsupported => Label::Unsupported,
        };
        page.line(&format!("{} · {}", attachment.name, context.label(kind)));
        under(&mut page, &attachment.hosts, &attachment.within, &attachment.error);
    }
    if all.links.is_empty() && all.attachments.is_empty() {
        page.line(context.label(Label::NothingRecognised));
        if let Some(error) = &all.error {
            page.line(&context.words.error(error));
        }
    }
    page
}

/// The words for a kind of link.
fn label(kind: OfferedKind) -> Label {
    match kind {
        OfferedKind::Document => Label::Credential,
        OfferedKind::Request => Label::Request,
        OfferedKind::Interaction | OfferedKind::Message => Label::Interaction,
        OfferedKind::CredentialOffer => Label::CredentialOffer,
        OfferedKind::SharePage => Label::SharePage,
        OfferedKind::Web => Label::Web,
        OfferedKind::DocumentPage => Label::DocumentPage,
        OfferedKind::Share => Label::ShareLink,
        OfferedKind::AsksForCredentials => Label::AsksForCredentials,
        OfferedKind::Refused => Label::Refused,
    }
}
