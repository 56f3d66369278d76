//! The one window: it shows the built-in page and goes nowhere else.

use tauri::{App, Theme, WebviewUrl, WebviewWindowBuilder};

/// The window's name, to which its capabilities are bound.
const MAIN: &str = "main";

/// Opens the window.
pub(crate) fn open(app: &App) -> tauri::Result<()> {
    let builder = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Attesta")
        .inner_size(1280.0, 860.0)
        .min_inner_size(360.0, 480.0)
        // The page reads dropped files itself, as it does chosen ones.
        .disable_drag_drop_handler()
        .on_navigation(|url| {
            matches!((url.scheme(), url.host_str()), ("tauri", _) | ("http" | "https", Some("tauri.localhost")))
        });
    builder.theme(None::<Theme>).build()?;
    Ok(())
}
