//! The window of Attesta: it opens the wallet, shows the pages that are built in, and passes commands on.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arrivals;
mod closing;
mod commands;
#[cfg(feature = "development")]
mod demo_issuer;
#[cfg(unix)]
mod door;
mod drafts;
#[cfg(target_os = "linux")]
mod dropped;
#[cfg(feature = "development")]
mod employer_page;
mod invocation;
mod page_file;
#[cfg(target_os = "linux")]
mod pasted;
mod registration;
mod saving;
mod usage;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use attesta_view::Language;
use attesta_wallet::clock::SystemClock;
use attesta_wallet::entropy::SystemEntropy;
use attesta_wallet::paths::data_dir;
use attesta_wallet::view::ArrivalView;
use attesta_wallet::words::Words;
use attesta_wallet::{HttpFetcher, HttpOptions, LoopbackAccess, Wallet, WalletError, WalletOptions};
use invocation::{Invocation, Registration};
use tauri::{App, AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// Development builds ask issuers on this machine too: the demo issuer is one.
const LOOPBACK: LoopbackAccess =
    if cfg!(feature = "development") { LoopbackAccess::Allowed } else { LoopbackAccess::Refused };

fn main() -> ExitCode {
    let language = system_language();
    let directory = std::env::current_dir().ok();
    match Invocation::of(std::env::args_os().skip(1), directory.as_deref()) {
        Ok(Invocation::Open(arrivals)) => open(arrivals, language),
        Ok(Invocation::Registration(wanted)) => register(wanted, language),
        Ok(Invocation::Help) => {
            println!("{}", usage::help(language));
            ExitCode::SUCCESS
        }
        Ok(Invocation::Version) => {
            println!("Attesta {}", env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}", usage::refusal(&error, language));
            ExitCode::from(2)
        }
    }
}

/// Opens the window with what arrived, or hands that to the window that is open on this wallet.
fn open(arrivals: Vec<ArrivalView>, language: Language) -> ExitCode {
    let folder = data_dir(None);
    #[cfg(unix)]
    let (door, arrivals) = {
        let brought = door::Brought::new(arrivals, activation());
        match folder.as_deref().map(|folder| door::enter(folder, &brought, door::PATIENCE)) {
            Some(door::Entry::Handed) => return ExitCode::SUCCESS,
            Some(door::Entry::First(door)) => (Some(door), brought.arrivals),
            Some(door::Entry::Unreachable) | None => (None, brought.arrivals),
        }
    };
    let builder = tauri::Builder::default();
    #[cfg(windows)]
    let builder = builder.plugin(tauri_plugin_single_instance::init(|app, arguments, directory| {
        let arguments = arguments.into_iter().skip(1).map(Into::into);
        // A start that is refused is refused where it was made; here it only shows the window.
        if let Ok(Invocation::Open(arrivals)) = Invocation::of(arguments, Some(directory.as_ref())) {
            arrivals::arrive(app, arrivals);
        }
        window::raise(app, None);
    }));
    let app = builder
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(commands::handler())
        .on_window_event(|window, event| closing::follow(window.app_handle(), event))
        .setup(move |app| {
            app.manage(arrivals::Handed::default());
            app.manage(drafts::Drafts::default());
            app.manage(closing::Closing::default());
            app.manage(saving::SavingFolder::default());
            match open_wallet(folder.clone(), language) {
                Ok(wallet) => set_up(app, wallet),
                Err(error) => {
                    refuse(app, folder, &error, language);
                    return Ok(());
                }
            }
            arrivals::arrive(app.handle(), arrivals);
            #[cfg(unix)]
            if let Some(door) = door {
                let app = app.handle().clone();
                door.attend(move |brought| {
                    arrivals::arrive(&app, brought.arrivals);
                    raise(&app, brought.activation);
                });
            }
            window::open(app)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    run(app, language)
}

/// Brings the window to the front from another thread.
#[cfg(unix)]
fn raise(app: &AppHandle, activation: Option<String>) {
    let on_main = app.clone();
    // An event loop that has ended has no window to raise.
    let _ = app.run_on_main_thread(move || window::raise(&on_main, activation));
}

/// What the system gave this process to come to the front with, for the window that is open already.
#[cfg(unix)]
fn activation() -> Option<String> {
    let given = |name: &str| std::env::var(name).ok().filter(|token| !token.is_empty());
    given("XDG_ACTIVATION_TOKEN").or_else(|| given("DESKTOP_STARTUP_ID"))
}

/// Changes whether the system hands links to this program, and opens no window.
fn register(wanted: Registration, language: Language) -> ExitCode {
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_deep_link::init())
        .setup(move |app| {
            let code = match registration::change(app.handle(), wanted) {
                Ok(()) => {
                    println!("{}", registration::done(app.handle(), wanted, language));
                    0
                }
                Err(error) => {
                    eprintln!("{}", usage::failure(&error, language));
                    1
                }
            };
            std::process::exit(code)
        })
        .build(tauri::generate_context!());
    run(app, language)
}

fn run(app: tauri::Result<App>, language: Language) -> ExitCode {
    match app {
        Ok(app) => {
            app.run(|app, event| {
                #[cfg(target_os = "macos")]
                if let tauri::RunEvent::Opened { urls } = event {
                    let opened = urls.into_iter().map(|url| String::from(url).into());
                    if let Ok(Invocation::Open(arrivals)) = Invocation::of(opened, None) {
                        arrivals::arrive(app, arrivals);
                    }
                    window::raise(app, None);
                }
                #[cfg(not(target_os = "macos"))]
                let _ = (app, event);
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}", usage::failure(&error, language));
            ExitCode::from(3)
        }
    }
}

fn set_up(app: &App, wallet: Wallet) {
    app.manage(Arc::new(wallet));
    #[cfg(feature = "development")]
    {
        app.manage(demo_issuer::DemoIssuer::default());
        if let Some(page) = attesta_wallet::default_verifier_url() {
            employer_page::serve(app.asset_resolver(), page);
        }
    }
}

/// Says why the wallet can't be opened, and ends the program once that is read. The wallet is somebody's property:
/// nothing in it is touched.
fn refuse(app: &App, folder: Option<PathBuf>, error: &WalletError, language: Language) {
    let words = Words::of(language);
    let folder = folder.map(|folder| folder.display().to_string());
    let said = [Some(words.error(&error.view())), words.error_advice(&error.view()), folder];
    let said = said.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    eprintln!("{said}");
    // Whoever waited here would keep the event loop from showing it.
    app.dialog().message(said).title("Attesta").kind(MessageDialogKind::Error).show(|_| std::process::exit(3));
}

fn open_wallet(folder: Option<PathBuf>, language: Language) -> Result<Wallet, WalletError> {
    let folder = folder.ok_or(WalletError::Disk { what: "there is no folder for application data".to_owned() })?;
    let options =
        HttpOptions { loopback: LOOPBACK, ..HttpOptions::new(concat!("Attesta/", env!("CARGO_PKG_VERSION"))) };
    let fetch = HttpFetcher::new(options).map_err(|_| WalletError::Internal { what: "the HTTP client" })?;
    let wallet = Wallet::open(WalletOptions {
        folder,
        fetch: Arc::new(fetch),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        loopback: LOOPBACK,
        language,
    })?;
    Ok(wallet.with_page(Arc::new(page_file::page)))
}

/// The language that the system is set to, as POSIX says it; English where it is neither of ours.
fn system_language() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    set.and_then(|tag| Language::of_tag(&tag)).unwrap_or_default()
}
