//! `attesta settings`: shows what is set, and changes what is named.

use attesta_wallet::view::{ChangeSettings, KnownIssuerView, Paper, RegistryView, SettingsView};
use serde_json::json;

use crate::arguments::settings::{LanguageChoice, Settings, ThemeChoice};
use crate::context::Context;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;

pub(crate) fn run(context: &Context, change: &Settings) -> Result<Outcome, CommandError> {
    let before = context.wallet.settings()?;
    let settings = context.wallet.change_settings(&ChangeSettings {
        language: change.language.map(|choice| language(choice).to_owned()),
        theme: change.theme.map(|choice| theme(choice).to_owned()),
        verifier_url: change.verifier_url.clone(),
        publisher_url: change.publisher_url.clone(),
        paper: change.paper.map(Into::into),
        emails: emails(&before, change),
        registries: registries(&before, change),
        known_issuers: known_issuers(&before, change),
    })?;
    let mut page = Page::new();
    let unset = || context.label(Label::NotSet).to_owned();
    let mut row = |name: Label, value: Option<String>| {
        page.row(context.label(name), 15, &value.filter(|value| !value.is_empty()).unwrap_or_else(unset));
    };
    row(Label::Language, settings.language.map(|language| language.tag().to_owned()));
    row(Label::Page, settings.verifier_url.clone());
    row(Label::Publisher, settings.publisher_url.clone());
    row(Label::Paper, Some(paper(settings.paper).to_owned()));
    row(Label::Emails, Some(settings.emails.join(", ")));
    let chosen = settings.registries.iter().filter(|registry| registry.chosen);
    row(Label::Registries, Some(chosen.map(|registry| registry.name.as_str()).collect::<Vec<_>>().join(", ")));
    let known = settings.known_issuers.iter().map(|issuer| format!("{} ({})", issuer.name, issuer.id));
    row(Label::KnownIssuers, Some(known.collect::<Vec<_>>().join(", ")));
    row(Label::Identifier, Some(settings.did.clone()));
    row(Label::Folder, Some(settings.data_dir.clone()));
    Ok(Outcome::new(json!({ "settings": settings }), page, Exit::Done))
}

/// As the wallet writes it: an empty text means the system's.
fn language(choice: LanguageChoice) -> &'static str {
    match choice {
        LanguageChoice::En => "en",
        LanguageChoice::Fr => "fr",
        LanguageChoice::System => "",
    }
}

fn paper(paper: Paper) -> &'static str {
    match paper {
        Paper::Letter => "letter",
        Paper::A4 => "a4",
    }
}

fn theme(choice: ThemeChoice) -> &'static str {
    match choice {
        ThemeChoice::Light => "light",
        ThemeChoice::Dark => "dark",
        ThemeChoice::System => "",
    }
}

/// A registry's address may be preceded by what stands there.
fn registries(before: &SettingsView, change: &Settings) -> Option<Vec<RegistryView>> {
    if change.add_registry.is_empty() && change.remove_registry.is_empty() {
        return None;
    }
    let mut registries = before.registries.clone();
    registries.retain(|registry| !change.remove_registry.contains(&registry.url));
    for given in &change.add_registry {
        let (kind, url) = match given.split_once('=') {
            Some((kind @ ("registries" | "issuers" | "federation"), url)) => (kind, url),
            _ => ("registries", given.as_str()),
        };
        match registries.iter_mut().find(|registry| registry.url == url) {
            Some(known) => known.chosen = true,
            None => registries.push(RegistryView {
                name: String::new(),
                kind: kind.to_owned(),
                url: url.to_owned(),
                chosen: true,
                offered: false,
            }),
        }
    }
    Some(registries)
}

fn known_issuers(before: &SettingsView, change: &Settings) -> Option<Vec<KnownIssuerView>> {
    if change.know_issuer.is_empty() && change.forget_issuer.is_empty() {
        return None;
    }
    let mut known = before.known_issuers.clone();
    known.retain(|issuer| !change.forget_issuer.contains(&issuer.id));
    known.extend(change.know_issuer.iter().map(|given| {
        // Identifiers may hold the sign themselves, names hardly ever do.
        let (id, name) = given.rsplit_once('=').unwrap_or((given, given));
        KnownIssuerView { id: id.to_owned(), name: name.to_owned() }
    }));
    Some(known)
}

fn emails(before: &SettingsView, change: &Settings) -> Option<Vec<String>> {
    if change.add_email.is_empty() && change.remove_email.is_empty() {
        return None;
    }
    let kept = before.emails.iter().filter(|email| !change.remove_email.iter().any(|gone| gone.trim() == **email));
    Some(kept.chain(&change.add_email).cloned().collect())
}
