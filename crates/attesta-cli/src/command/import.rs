//! `attesta import`: fetches, checks and keeps.

use attesta_wallet::WalletError;
use attesta_wallet::command::PastedText;
use attesta_wallet::view::{ImportOutcome, ImportResultView};
use serde_json::{Value, json};

use crate::command::inspect::inspect;
use crate::context::Context;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome, error_json};
use crate::page::Page;
use crate::source::{self, Source};

pub(crate) fn run(context: &Context, sources: &[String]) -> Result<Outcome, CommandError> {
    let mut held: Vec<(&str, Result<Source, WalletError>)> = Vec::new();
    let mut hosts: Vec<String> = Vec::new();
    for source in sources {
        let read = source::read(source);
        if let Ok(read) = &read {
            let inspected = inspect(context, read);
            let of_links = inspected.links.into_iter().flat_map(|link| link.hosts);
            let of_files = inspected.attachments.into_iter().flat_map(|attachment| attachment.hosts);
            for host in of_links.chain(of_files) {
                if !hosts.contains(&host) {
                    hosts.push(host);
                }
            }
        }
        held.push((source, read));
    }
    context.confirm(&hosts)?;
    let mut results: Vec<ImportResultView> = Vec::new();
    for (source, read) in held {
        let imported = match read {
            Err(error) => vec![failed(source, &error)],
            Ok(read) => match (read.as_message().map(str::to_owned), read) {
                (Some(text), _) => context.wallet.import_text(&PastedText { text }, &|_| {}),
                (None, Source::Bytes { name, bytes }) => context.wallet.import_bytes(&name, bytes, &|_| {}),
                (None, Source::Text(text)) => context.wallet.import_text(&PastedText { text }, &|_| {}),
            },
        };
        results.extend(imported.into_iter().map(|result| ImportResultView { source: source.to_owned(), ..result }));
    }
    let json: Vec<Value> = results
        .iter()
        .map(|result| {
            json!({
                "source": result.source,
                "outcome": result.outcome,
                "id": result.id,
                "name": result.name,
                "verdict": result.verdict,
                "error": result.error.as_ref().map(|error| error_json(error, &context.words)),
            })
        })
        .collect();
    let well = results.iter().all(|result| result.outcome != ImportOutcome::Failed);
    Ok(Outcome::new(json!({ "results": json }), page(context, &results), Exit::when(well)))
}

fn page(context: &Context, results: &[ImportResultView]) -> Page {
    let mut page = Page::new();
    for result in results {
        page.gap();
        let outcome = match result.outcome {
            ImportOutcome::Imported => Label::Imported,
            ImportOutcome::Duplicate | ImportOutcome::Declined => Label::Duplicate,
            ImportOutcome::Updated => Label::Updated,
            ImportOutcome::Failed => Label::Failed,
        };
        match &result.name {
            Some(name) => page.line(&context.labelled(outcome, name)),
            None => page.line(&context.labelled(outcome, &result.source)),
        }
        if let (Some(verdict), Some(id)) = (&result.verdict, &result.id) {
            page.under(&context.words.verdict(verdict));
            page.under(&format!("{} {id}", context.label(Label::Identifier)));
        }
        if let Some(error) = &result.error {
            page.under(&context.words.error(error));
            if let Some(advice) = context.words.error_advice(error) {
                page.under(&advice);
            }
        }
    }
    page
}

fn failed(source: &str, error: &WalletError) -> ImportResultView {
    ImportResultView {
        source: source.to_owned(),
        outcome: ImportOutcome::Failed,
        id: None,
        name: None,
        verdict: None,
        error: Some(error.view()),
    }
}
