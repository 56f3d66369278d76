//! `attesta settings`: shows what is set, and changes what is named.

use attesta_wallet::view::{ChangeSettings, SettingsView};
use serde_json::json;

use crate::arguments::{LanguageChoice, Settings, ThemeChoice};
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
        emails: emails(&before, change),
    })?;
    let mut page = Page::new();
    let unset = || context.label(Label::NotSet).to_owned();
    let mut row = |name: Label, value: Option<String>| {
        page.row(context.label(name), 15, &value.filter(|value| !value.is_empty()).unwrap_or_else(unset));
    };
    row(Label::Language, settings.language.map(|language| language.tag().to_owned()));
    row(Label::Page, settings.verifier_url.clone());
    row(Label::Emails, Some(settings.emails.join(", ")));
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

fn theme(choice: ThemeChoice) -> &'static str {
    match choice {
        ThemeChoice::Light => "light",
        ThemeChoice::Dark => "dark",
        ThemeChoice::System => "",
    }
}

fn emails(before: &SettingsView, change: &Settings) -> Option<Vec<String>> {
    if change.add_email.is_empty() && change.remove_email.is_empty() {
        return None;
    }
    let kept = before.emails.iter().filter(|email| !change.remove_email.iter().any(|gone| gone.trim() == **email));
    Some(kept.chain(&change.add_email).cloned().collect())
}
