//! `attesta share`, `shares` and `withdraw`: signs a bundle and gives it out, says what was given out, and takes back
//! what can be taken back.

use std::path::{Path, PathBuf};

use attesta_wallet::command::{ById, SaveShare, ShareBundle, ShareFile};
use attesta_wallet::slug;
use attesta_wallet::view::{ShareForm, ShareView, Stopping};
use serde_json::json;

use crate::arguments::share::{Form, Share};
use crate::command::bundle;
use crate::context::Context;
use crate::destination::{unused, write, write_file, write_folder};
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;
use crate::passphrase;

/// Refuses what can't be made before anything is opened or signed.
pub(crate) fn available(share: &Share) -> Result<(), CommandError> {
    match (share.form, &share.out) {
        (Form::Qr, Some(out)) if !out.is_dir() => match extension(out).as_deref() {
            Some("png" | "svg") | None => Ok(()),
            Some(_) => Err(CommandError::OutForQr),
        },
        (Form::Sequence, Some(out)) if out.is_file() => Err(CommandError::OutForSequence),
        _ => Ok(()),
    }
}

pub(crate) fn run(context: &Context, share: &Share) -> Result<Outcome, CommandError> {
    let passphrase = share.passphrase_file.as_deref().map(passphrase::read).transpose()?;
    let mut view = context.wallet.share_bundle(&ShareBundle {
        bundle: bundle::by_id(context, &share.bundle)?.id,
        form: form(share.form),
        expires: share.expires.clone(),
        recipient: share.recipient.clone(),
        passphrase,
        language: share.language.map(Into::into),
    })?;
    view.files = written(context, &view, share)?;
    // The drawing is in the files.
    view.qr_svg = None;
    let mut page = Page::new();
    if let Some(link) = view.link.as_ref().filter(|_| view.files.is_empty()) {
        page.line(link);
    }
    for file in &view.files {
        page.line(&format!("{} {file}", context.label(Label::Written)));
    }
    let advice = advice(context, &view).into_text();
    Ok(Outcome { complaint: advice, ..Outcome::new(json!({ "share": view }), page, Exit::Done) })
}

pub(crate) fn list(context: &Context) -> Result<Outcome, CommandError> {
    let mut shares = context.wallet.list_shares()?;
    let mut page = Page::new();
    if shares.is_empty() {
        page.line(context.label(Label::NothingHere));
    }
    for share in &mut shares {
        share.qr_svg = None;
        print(context, &mut page, share);
    }
    Ok(Outcome::new(json!({ "shares": shares }), page, Exit::Done))
}

pub(crate) fn withdraw(context: &Context, id: &str) -> Result<Outcome, CommandError> {
    let mut share = context.wallet.stop_share(&by_id(context, id)?)?;
    share.qr_svg = None;
    let mut page = Page::new();
    print(context, &mut page, &share);
    Ok(Outcome::new(json!({ "share": share }), page, Exit::Done))
}

/// The request for a share of which the identifier, or its beginning, is given.
fn by_id(context: &Context, id: &str) -> Result<ById, CommandError> {
    let known = context.wallet.list_shares()?.into_iter().map(|share| share.id);
    Ok(ById { id: Context::full_id(id, known) })
}

fn form(form: Form) -> ShareForm {
    match form {
        Form::Link => ShareForm::Link,
        Form::Qr => ShareForm::Qr,
        Form::Sequence => ShareForm::Sequence,
        Form::Hosted => ShareForm::Hosted,
        Form::Html => ShareForm::Html,
        Form::Pdf => ShareForm::Pdf,
        Form::Json => ShareForm::Json,
    }
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// Writes the files of a share and answers with their full paths.
fn written(context: &Context, view: &ShareView, share: &Share) -> Result<Vec<String>, CommandError> {
    let content = |file| {
        let (language, paper) = (share.language.map(Into::into), share.paper.map(Into::into));
        context.wallet.share_content(&SaveShare { id: view.id.clone(), file, language, paper })
    };
    let out = share.out.as_deref();
    let file = |file| Ok(vec![write(out, &content(file)?)?]);
    match share.form {
        Form::Link | Form::Hosted => match out {
            None => Ok(Vec::new()),
            Some(path) => {
                let link = format!("{}\n", view.link.as_deref().unwrap_or_default());
                Ok(vec![write_file(path, link.as_bytes())?])
            }
        },
        Form::Qr => {
            let codes = match out.filter(|out| !out.is_dir()).map(|out| (out, extension(out))) {
                Some((_, Some(extension))) if extension == "svg" => return file(ShareFile::Svg),
                Some((_, Some(_))) => return file(ShareFile::Png),
                Some((stem, None)) => [(ShareFile::Png, "png"), (ShareFile::Svg, "svg")]
                    .map(|(file, ending)| (file, Some(stem.with_extension(ending)))),
                None => [(ShareFile::Png, None), (ShareFile::Svg, None)],
            };
            codes
                .into_iter()
                .map(|(file, path)| write(path.as_deref().or(out), &content(file)?))
                .collect::<Result<_, CommandError>>()
        }
        Form::Sequence => {
            let folder: PathBuf = match out {
                Some(folder) => folder.to_owned(),
                None => unused(Path::new("."), &slug(&view.title)),
            };
            write_folder(&folder, &context.wallet.sequence_pictures(&ById { id: view.id.clone() })?)
        }
        Form::Html => file(ShareFile::Html),
        Form::Pdf => file(ShareFile::Pdf),
        Form::Json => file(ShareFile::Json),
    }
}

fn print(context: &Context, page: &mut Page, share: &ShareView) {
    page.gap();
    let form = context.words.plain(&format!("share_form.{}", share.form.as_str()));
    page.line(&format!("{} · {form} · {}", share.title, context.words.date(&share.created_at)));
    if let Some(recipient) = &share.recipient {
        page.under(&context.labelled(Label::GivenTo, recipient));
    }
    page.under(&format!("{} {}", context.label(Label::Identifier), share.id));
    until(context, page, share);
    match (share.stopping, &share.stopped_at) {
        (Stopping::Impossible, _) => page.under(context.label(Label::NotStoppable)),
        (Stopping::Possible, _) => page.under(context.label(Label::Stoppable)),
        (Stopping::Stopped, at) => {
            let at = at.as_deref().map(|at| context.words.date(at)).unwrap_or_default();
            page.under(&format!("{} {at}", context.label(Label::Stopped)));
        }
    }
    for concern in &share.concerns {
        let now = match concern.code.as_str() {
            "removed" => context.label(Label::NoLongerHere).to_owned(),
            verdict => context.words.verdict(verdict),
        };
        page.under(&format!("{} {}", context.labelled(Label::SinceThen, &concern.title), now));
    }
}

/// What to mind; beside the link, so that a script or a pipe gets the link alone.
fn advice(context: &Context, view: &ShareView) -> Page {
    let mut page = Page::new();
    until(context, &mut page, view);
    if view.link.is_some() && !view.opens_in_browser {
        page.line(context.label(Label::NeedsAttesta));
    }
    if view.form == ShareForm::Link && view.long_link {
        page.line(context.label(Label::LongLink));
    }
    if view.qr_dense {
        page.line(context.label(Label::Dense));
    }
    if view.bare {
        page.line(context.label(Label::Bare));
    }
    if view.sealed {
        page.line(context.label(Label::Sealed));
    }
    if view.form == ShareForm::Hosted {
        page.line(context.label(Label::HostKeeps));
    }
    page
}

fn until(context: &Context, page: &mut Page, view: &ShareView) {
    if let Some(end) = &view.expires_at {
        page.under(&format!("{} {}", context.label(Label::Until), context.words.date(end)));
    }
}
