//! The one window: it shows the built-in page and goes nowhere else.

use tauri::{App, AppHandle, Manager, Theme, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// The window's name, to which its capabilities are bound.
const MAIN: &str = "main";

/// Opens the window.
pub(crate) fn open(app: &App) -> tauri::Result<()> {
    let builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Attesta")
        .inner_size(1280.0, 860.0)
        .min_inner_size(360.0, 480.0)
        // What is dropped or pasted goes to the page; `dropped` and `pasted` say what is otherwise on Linux.
        .disable_drag_drop_handler()
        .on_navigation(|url| {
            matches!((url.scheme(), url.host_str()), ("tauri", _) | ("http" | "https", Some("tauri.localhost")))
        });
    let window = builder.theme(None::<Theme>).build()?;
    #[cfg(target_os = "linux")]
    window.with_webview({
        let app = app.handle().clone();
        move |view| {
            let view = view.inner();
            crate::dropped::connect(&view, {
                let app = app.clone();
                move |paths| crate::arrivals::arrive_paths(&app, &paths)
            });
            crate::pasted::connect(&view, move |pasted| crate::arrivals::arrive_pasted(&app, pasted));
        }
    })?;
    #[cfg(not(target_os = "linux"))]
    drop(window);
    Ok(())
}

/// The window, while it is open.
pub(crate) fn main(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(MAIN)
}

/// Brings the window to the front, with what the system gave the other process to do so.
pub(crate) fn raise(app: &AppHandle, activation: Option<String>) {
    let Some(window) = main(app) else { return };
    // A window that is closing can't be raised and need not be.
    let _ = window.unminimize();
    let _ = window.show();
    #[cfg(target_os = "linux")]
    if let (Some(token), Ok(window)) = (activation, window.gtk_window()) {
        gtk::prelude::GtkWindowExt::set_startup_id(&window, &token);
    }
    #[cfg(not(target_os = "linux"))]
    drop(activation);
    let _ = window.set_focus();
}
