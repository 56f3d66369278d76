//! `attesta import`: fetches, checks and keeps.

use attesta_wallet::command::{PastedText, Paths};
use attesta_wallet::view::{ImportOutcome, ImportResultView, OfferView, Relation};
use attesta_wallet::{ImportReport, ImportedEntry, WalletError};
use serde_json::{Value, json};

use crate::command::inspect::inspect;
use crate::context::Context;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome, error_json};
use crate::page::Page;
use crate::source::{self, Source};

pub(crate) fn run(context: &Context, sources: &[String], tx_code: Option<&str>) -> Result<Outcome, CommandError> {
    let held: Vec<(&String, Result<Source, WalletError>)> =
        sources.iter().map(|source| (source, source::read(source))).collect();
    if context.asks() {
        context.confirm(&hosts(context, &held))?;
    }
    let mut all = ImportReport::default();
    for (source, read) in held {
        match read.and_then(|held| import(context, source, held, tx_code)) {
            Ok(report) => {
                all.results.extend(report.results);
                all.then.extend(report.then);
                for address in report.unknown_addresses {
                    if !all.unknown_addresses.contains(&address) {
                        all.unknown_addresses.push(address);
                    }
                }
            }
            Err(error) => all.results.push(ImportedEntry { result: failed(source, &error), relation: None }),
        }
    }
    let results: Vec<Value> = all
        .results
        .iter()
        .map(|ImportedEntry { result, relation }| {
            json!({
                "source": result.source,
                "outcome": outcome(result.outcome),
                "id": result.id,
                "name": result.name,
                "verdict": result.verdict,
                "error": result.error.as_ref().map(|error| error_json(error, &context.words)),
                "relation": relation,
            })
        })
        .collect();
    let well = all.results.iter().all(|entry| entry.result.outcome != ImportOutcome::Failed);
    let json = json!({ "results": results, "then": all.then, "unknown_addresses": all.unknown_addresses });
    Ok(Outcome::new(json, page(context, &all), Exit::when(well)))
}

/// Whom an import of these would contact, as far as that is known beforehand.
fn hosts(context: &Context, held: &[(&String, Result<Source, WalletError>)]) -> Vec<String> {
    let mut hosts: Vec<String> = Vec::new();
    for (source, read) in held {
        let inspected = read.as_ref().ok().and_then(|held| inspect(context, source, held).ok()).unwrap_or_default();
        let of_links = inspected.links.into_iter().filter(|link| link.suggested).flat_map(|link| link.hosts);
        let of_files = inspected.attachments.into_iter().flat_map(|attachment| attachment.hosts);
        for host in of_links.chain(of_files) {
            if !hosts.contains(&host) {
                hosts.push(host);
            }
        }
    }
    hosts
}

fn import(context: &Context, source: &str, held: Source, tx_code: Option<&str>) -> Result<ImportReport, WalletError> {
    let wallet = &context.wallet;
    let offer = match held {
        Source::Text(text) => wallet.offer_text(&PastedText { text })?,
        Source::Bytes(bytes) => wallet.offer_bytes(source, &bytes)?,
        Source::Folder => wallet.offer_paths(&Paths { paths: vec![source.to_owned()] })?,
    };
    let mut code = |question: &attesta_wallet::view::CodeQuestionView| match tx_code {
        Some(given) if !question.refused => Some(given.to_owned()),
        _ => context.code(question),
    };
    let mut report = wallet.import_offer(source, &offer, &mut code, &context.told())?;
    if is_plain(&offer) {
        report.results.iter_mut().for_each(|entry| entry.result.source = source.to_owned());
    }
    Ok(report)
}

/// Whether a source is the one thing that it holds, so that its own name says enough.
fn is_plain(offer: &OfferView) -> bool {
    match offer.items.as_slice() {
        [only] => only.within.is_empty() && only.letter.is_none(),
        _ => false,
    }
}

/// The outcome in the contract's words: an older version changes nothing either, and `relation` tells it.
fn outcome(outcome: ImportOutcome) -> ImportOutcome {
    match outcome {
        ImportOutcome::Declined => ImportOutcome::Duplicate,
        outcome => outcome,
    }
}

fn page(context: &Context, all: &ImportReport) -> Page {
    let mut page = Page::new();
    for ImportedEntry { result, relation } in &all.results {
        page.gap();
        let outcome = match result.outcome {
            ImportOutcome::Imported => Label::Imported,
            ImportOutcome::Declined if *relation == Some(Relation::Older) => Label::Declined,
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
    page.gap();
    for next in &all.then {
        page.line(&context.labelled(Label::OpenNext, next));
    }
    for address in &all.unknown_addresses {
        page.line(&context.labelled(Label::UnknownAddress, address));
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
