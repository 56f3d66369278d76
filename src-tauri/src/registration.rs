//! Whether the system hands wallet links to this program, where no package has said so.
//!
//! Nothing is registered unasked: a package brings its own entry, and a program that was built from source or unpacked
//! is registered with `--register-links`.

use attesta_view::Language;
use tauri::AppHandle;
use tauri_plugin_deep_link::DeepLinkExt;

use crate::invocation::Registration;

/// Registers this program, or no longer.
///
/// # Errors
/// What the system says; macOS registers programs by their bundle alone.
pub(crate) fn change(app: &AppHandle, wanted: Registration) -> tauri_plugin_deep_link::Result<()> {
    for scheme in schemes(app) {
        match wanted {
            Registration::Register => app.deep_link().register(scheme)?,
            Registration::Unregister => app.deep_link().unregister(scheme)?,
        }
    }
    Ok(())
}

/// What is said when it is done.
pub(crate) fn done(app: &AppHandle, wanted: Registration, language: Language) -> String {
    let schemes = schemes(app).join(" ");
    match (wanted, language) {
        (Registration::Register, Language::En) => {
            format!("Links of these kinds open in Attesta from now on: {schemes}")
        }
        (Registration::Register, Language::Fr) => {
            format!("Les liens de ces types s’ouvrent désormais dans Attesta : {schemes}")
        }
        (Registration::Unregister, Language::En) => {
            format!("Links of these kinds no longer open in this program: {schemes}")
        }
        (Registration::Unregister, Language::Fr) => {
            format!("Les liens de ces types ne s’ouvrent plus dans ce programme : {schemes}")
        }
    }
}

/// The schemes of the configuration, from which the packages are made too.
fn schemes(app: &AppHandle) -> Vec<&str> {
    let listed =
        app.config().plugins.0.get("deep-link").and_then(|plugin| plugin.pointer("/desktop/schemes")?.as_array());
    listed.into_iter().flatten().filter_map(|scheme| scheme.as_str()).collect()
}

#[cfg(test)]
mod tests {
    const CONFIGURATION: &str = include_str!("../tauri.conf.json");
    const ENTRY: &str = include_str!("../linux/attesta.desktop");
    const DOCUMENTATION: &str = include_str!("../../docs/from-the-system.md");

    #[test]
    fn every_scheme_is_explained_in_the_documentation() {
        let configuration: serde_json::Value = serde_json::from_str(CONFIGURATION).expect("it is JSON");
        let schemes = configuration["plugins"]["deep-link"]["desktop"]["schemes"].as_array().expect("there is a list");
        assert!(!schemes.is_empty());
        for scheme in schemes {
            let scheme = scheme.as_str().expect("a scheme is a text");
            assert!(DOCUMENTATION.contains(&format!("`{scheme}`")), "{scheme}");
        }
    }

    #[test]
    fn the_packages_entry_passes_on_what_was_opened() {
        let exec = ENTRY.lines().find(|line| line.starts_with("Exec="));
        assert_eq!(exec, Some("Exec={{exec}} %U"));
    }
}
