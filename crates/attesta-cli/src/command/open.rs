//! `attesta open`: what an employer sees of a share.

use attesta_view::PresentationView;
use attesta_wallet::WalletError;
use attesta_wallet::command::OpenShare;
use attesta_wallet::view::ErrorView;
use serde_json::{Value, json};

use crate::arguments::share::Open;
use crate::command::verify;
use crate::context::Context;
use crate::contract;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;
use crate::passphrase;
use crate::source::{self, Source};

/// How often a passphrase is asked for.
const MOST_TRIES: usize = 3;

pub(crate) fn run(context: &Context, open: &Open) -> Result<Outcome, CommandError> {
    let piped = |name: &str| name == "-";
    let from_input = open.sources.iter().filter(|source| piped(source)).count();
    let passphrase_piped = open.passphrase_file.as_deref().is_some_and(|file| file.as_os_str() == "-");
    if from_input + usize::from(passphrase_piped) > 1 {
        return Err(CommandError::InputTwice);
    }
    let passphrase = open.passphrase_file.as_deref().map(passphrase::read).transpose()?;
    let view = match opened(context, &open.sources, passphrase.as_deref()) {
        Err(CommandError::Wallet(refused)) if passphrase.is_none() && from_input == 0 => asked(context, open, refused)?,
        view => view?,
    };
    let source = open.sources.first().map_or("", String::as_str);
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
    if let Some(audience) = &view.audience {
        page.under(&context.labelled(Label::MeantFor, audience));
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
        if let Some(note) = &presented.note {
            page.under(&context.labelled(Label::LearnersNote, note));
        }
        verify::inside(context, &mut page, &presented.nested, 1);
    }
    Ok(Outcome::new(json, page, Exit::when(view.verdict == "valid")))
}

/// What opens with the passphrase that somebody types, if that is all that is missing.
fn asked(context: &Context, open: &Open, mut refused: WalletError) -> Result<PresentationView, CommandError> {
    for _ in 0..MOST_TRIES {
        if !matches!(refused, WalletError::PassphraseNeeded | WalletError::PassphraseWrong) {
            break;
        }
        let Some(passphrase) = context.passphrase(&refused) else { break };
        match opened(context, &open.sources, Some(&passphrase)) {
            Err(CommandError::Wallet(again)) => refused = again,
            view => return view,
        }
    }
    Err(refused.into())
}

/// What one source holds, or several together: the pictures of codes that are shown in turn.
fn opened(context: &Context, sources: &[String], passphrase: Option<&str>) -> Result<PresentationView, CommandError> {
    let link = |text: &str| OpenShare { text: text.to_owned(), passphrase: passphrase.map(str::to_owned) };
    if let [source] = sources {
        let opened = match source::read(source) {
            Ok(Source::Text(text)) => context.wallet.open_share(&link(&text)),
            Ok(Source::Bytes(bytes)) => context.wallet.open_files(&[(source, &bytes)], passphrase),
            Ok(Source::Folder) => context.wallet.open_files(&borrowed(&in_folder(source)?), passphrase),
            // A link's fragment alone opens too; what is neither file nor link is then told so.
            Err(unreadable) => match context.wallet.open_share(&link(source)) {
                Err(WalletError::NotALink | WalletError::ShareLinkEmpty | WalletError::Unreadable(_)) => {
                    Err(unreadable)
                }
                opened => opened,
            },
        };
        return Ok(opened?);
    }
    let mut files = Vec::with_capacity(sources.len());
    for source in sources {
        match source::read(source)? {
            Source::Bytes(bytes) => files.push((source.clone(), bytes)),
            Source::Folder => files.extend(in_folder(source)?),
            Source::Text(_) => return Err(WalletError::FileUnreadable { name: source.clone() }.into()),
        }
    }
    Ok(context.wallet.open_files(&borrowed(&files), passphrase)?)
}

fn borrowed(files: &[(String, Vec<u8>)]) -> Vec<(&str, &[u8])> {
    files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect()
}

/// The files of a folder by their names; what stands in folders within is left alone.
fn in_folder(folder: &str) -> Result<Vec<(String, Vec<u8>)>, WalletError> {
    let unreadable = || WalletError::FileUnreadable { name: folder.to_owned() };
    let entries = std::fs::read_dir(folder).map_err(|_| unreadable())?;
    let mut paths: Vec<_> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    paths.sort();
    if paths.len() > MOST_FILES {
        return Err(WalletError::TooManyItems { limit: MOST_FILES });
    }
    let mut files = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        if let Source::Bytes(bytes) = source::read(&name)? {
            files.push((name, bytes));
        }
    }
    Ok(files)
}

/// More files than the codes of any share.
const MOST_FILES: usize = 1_000;
