//! The window of Attesta: it opens the wallet, shows the pages that are built in, and passes commands on.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
#[cfg(feature = "development")]
mod demo_issuer;
#[cfg(feature = "development")]
mod employer_page;
mod window;

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

use attesta_view::Language;
use attesta_wallet::clock::SystemClock;
use attesta_wallet::entropy::SystemEntropy;
use attesta_wallet::paths::data_dir;
use attesta_wallet::words::Words;
use attesta_wallet::{HttpFetcher, HttpOptions, LoopbackAccess, Wallet, WalletError, WalletOptions};
use tauri::{App, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// Development builds ask issuers on this machine too: the demo issuer is one.
const LOOPBACK: LoopbackAccess =
    if cfg!(feature = "development") { LoopbackAccess::Allowed } else { LoopbackAccess::Refused };

fn main() -> ExitCode {
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(commands::handler())
        .setup(set_up)
        .run(tauri::generate_context!());
    match app {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Attesta could not open its window: {error}");
            ExitCode::from(3)
        }
    }
}

fn set_up(app: &mut App) -> Result<(), Box<dyn Error>> {
    let language = system_language();
    match open_wallet(language) {
        Ok(wallet) => {
            app.manage(Arc::new(wallet));
        }
        Err(error) => {
            // The wallet is somebody's property: say what is wrong and touch nothing.
            let words = Words::of(language);
            let advice = words.error_advice(&error.view()).unwrap_or_default();
            app.dialog()
                .message(format!("{}\n\n{advice}", words.error(&error.view())))
                .title("Attesta")
                .kind(MessageDialogKind::Error)
                .blocking_show();
            std::process::exit(3);
        }
    }
    #[cfg(feature = "development")]
    {
        app.manage(demo_issuer::DemoIssuer::default());
        if let Some(page) = attesta_wallet::default_verifier_url() {
            employer_page::serve(app.asset_resolver(), page);
        }
    }
    window::open(app)?;
    Ok(())
}

fn open_wallet(language: Language) -> Result<Wallet, WalletError> {
    let folder =
        data_dir(None).ok_or(WalletError::Disk { what: "there is no folder for application data".to_owned() })?;
    let options =
        HttpOptions { loopback: LOOPBACK, ..HttpOptions::new(concat!("Attesta/", env!("CARGO_PKG_VERSION"))) };
    let fetch = HttpFetcher::new(options).map_err(|_| WalletError::Internal { what: "the HTTP client" })?;
    Wallet::open(WalletOptions {
        folder,
        fetch: Arc::new(fetch),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        loopback: LOOPBACK,
        language,
    })
}

/// The language that the system is set to, as POSIX says it; English where it is neither of ours.
fn system_language() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    set.and_then(|tag| Language::of_tag(&tag)).unwrap_or_default()
}
