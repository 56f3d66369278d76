//! `attesta export`: the wallet as a file for another wallet.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use attesta_wallet::WalletError;
use serde_json::json;

use crate::context::Context;
use crate::labels::Label;
use crate::outcome::{CommandError, Exit, Outcome};
use crate::page::Page;

pub(crate) fn run(context: &Context, file: &Path) -> Result<Outcome, CommandError> {
    let backup = context.wallet.wallet_backup()?;
    let path = if file.is_dir() { file.join(&backup.name) } else { file.to_owned() };
    let refused = |error: std::io::Error| WalletError::Disk { what: format!("{}: {error}", path.display()) };
    write(&path, &backup.bytes).map_err(refused)?;
    let path = std::fs::canonicalize(&path).map_err(refused)?.display().to_string();
    let mut page = Page::new();
    page.line(&format!("{} {path}", context.label(Label::Written)));
    let mut advice = Page::new();
    advice.line(context.label(Label::HoldsKey));
    Ok(Outcome { complaint: advice.into_text(), ..Outcome::new(json!({ "file": path }), page, Exit::Done) })
}

/// Writes a file that its owner alone can read, since it holds a key.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    file.write_all(bytes)?;
    file.sync_all()
}
