//! `attesta share` and `shares`: signs a bundle and gives it out.

use std::path::{Path, PathBuf};

use attesta_wallet::WalletError;
use attesta_wallet::command::{SaveShare, ShareBundle, ShareFile};
use attesta_wallet::view::{ShareForm, ShareView};
use serde_json::json;

use crate::arguments::{Form, Share};
use crate::command::bundle;
use crate::context::Context;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;

/// Where what is shared is written.
enum Destination {
    /// Nowhere: the link is printed.
    Printed,
    /// This file.
    File(PathBuf, ShareFile),
    /// The link's text in this file.
    LinkFile(PathBuf),
    /// These files, by this name and the ending of each.
    Stem(PathBuf, &'static [ShareFile]),
    /// A file or two named after the bundle, in this folder.
    Folder(PathBuf, &'static [ShareFile]),
}

/// Refuses what can't be made before anything is opened or signed.
pub(crate) fn available(share: &Share) -> Result<(), CommandError> {
    form(share.form)?;
    destination(share).map(|_| ())
}

pub(crate) fn run(context: &Context, share: &Share) -> Result<Outcome, CommandError> {
    let form = form(share.form)?;
    let destination = destination(share)?;
    let bundle = bundle::by_id(context, &share.bundle)?.id;
    let mut view = context.wallet.share_bundle(&ShareBundle {
        bundle,
        form,
        expires: share.expires.clone(),
        recipient: None,
        passphrase: None,
        language: None,
    })?;
    view.files = write(context, &view, destination)?;
    // The drawing is in the files.
    view.qr_svg = None;
    let mut page = Page::new();
    print(context, &mut page, &view);
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
        page.gap();
        let form = context.words.plain(&format!("share_form.{}", share.form.as_str()));
        page.line(&format!("{} · {form} · {}", share.title, context.words.date(&share.created_at)));
        page.under(&format!("{} {}", context.label(Label::Identifier), share.id));
        until(context, &mut page, share);
    }
    Ok(Outcome::new(json!({ "shares": shares }), page, Exit::Done))
}

fn form(form: Form) -> Result<ShareForm, CommandError> {
    let unavailable = |form: &str| Err(WalletError::FormUnavailable { form: form.to_owned() }.into());
    match form {
        Form::Link => Ok(ShareForm::Link),
        Form::Qr => Ok(ShareForm::Qr),
        Form::Json => Ok(ShareForm::Json),
        Form::Html => unavailable("html"),
        Form::Pdf => unavailable("pdf"),
    }
}

fn destination(share: &Share) -> Result<Destination, CommandError> {
    let here = || PathBuf::from(".");
    const CODES: &[ShareFile] = &[ShareFile::Png, ShareFile::Svg];
    match (share.form, &share.out) {
        (Form::Qr, None) => Ok(Destination::Folder(here(), CODES)),
        (Form::Qr, Some(out)) if out.is_dir() => Ok(Destination::Folder(out.clone(), CODES)),
        (Form::Qr, Some(out)) => match extension(out).as_deref() {
            Some("png") => Ok(Destination::File(out.clone(), ShareFile::Png)),
            Some("svg") => Ok(Destination::File(out.clone(), ShareFile::Svg)),
            Some(_) => Err(CommandError::OutForQr),
            None => Ok(Destination::Stem(out.clone(), CODES)),
        },
        (Form::Json, None) => Ok(Destination::Folder(here(), &[ShareFile::Json])),
        (Form::Json, Some(out)) if out.is_dir() => Ok(Destination::Folder(out.clone(), &[ShareFile::Json])),
        (Form::Json, Some(out)) => Ok(Destination::File(out.clone(), ShareFile::Json)),
        (_, None) => Ok(Destination::Printed),
        (_, Some(out)) => Ok(Destination::LinkFile(out.clone())),
    }
}

fn extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// Writes the files and answers with their full paths.
fn write(context: &Context, view: &ShareView, destination: Destination) -> Result<Vec<String>, CommandError> {
    let content =
        |file| context.wallet.share_content(&SaveShare { id: view.id.clone(), file, language: None, paper: None });
    let mut written = Vec::new();
    match destination {
        Destination::Printed => {}
        Destination::LinkFile(path) => {
            let link = format!("{}\n", view.link.as_deref().unwrap_or_default());
            written.push(write_file(&path, link.as_bytes())?);
        }
        Destination::File(path, file) => written.push(write_file(&path, &content(file)?.bytes)?),
        Destination::Stem(stem, files) => {
            for file in files {
                let content = content(*file)?;
                let ending = content.name.rsplit_once('.').map_or("", |(_, ending)| ending);
                written.push(write_file(&stem.with_extension(ending), &content.bytes)?);
            }
        }
        Destination::Folder(folder, files) => {
            for file in files {
                let content = content(*file)?;
                written.push(write_file(&unused(&folder, &content.name), &content.bytes)?);
            }
        }
    }
    Ok(written)
}

/// A name that nothing goes by yet: a file that the learner did not name never takes another's place.
fn unused(folder: &Path, name: &str) -> PathBuf {
    let plain = folder.join(name);
    if !plain.exists() {
        return plain;
    }
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    (2..10_000)
        .map(|number| folder.join(format!("{stem}-{number}.{extension}")))
        .find(|path| !path.exists())
        .unwrap_or(plain)
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<String, CommandError> {
    let refused = |error: std::io::Error| WalletError::Disk { what: format!("{}: {error}", path.display()) };
    std::fs::write(path, bytes).map_err(refused)?;
    let full = std::fs::canonicalize(path).map_err(refused)?;
    Ok(full.display().to_string())
}

fn print(context: &Context, page: &mut Page, view: &ShareView) {
    if let Some(link) = view.link.as_ref().filter(|_| view.files.is_empty()) {
        page.line(link);
    }
    for file in &view.files {
        page.line(&format!("{} {file}", context.label(Label::Written)));
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
    page
}

fn until(context: &Context, page: &mut Page, view: &ShareView) {
    if let Some(end) = &view.expires_at {
        page.under(&format!("{} {}", context.label(Label::Until), context.words.date(end)));
    }
}
