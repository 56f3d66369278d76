//! The employer's page as one file, of which the wallet makes files for the browser.

/// The page to the byte, so that its published hash holds; empty where the program was built without it.
const PAGE: &str = include_str!(concat!(env!("OUT_DIR"), "/attesta-page.html"));

/// The page, where there is one.
pub(crate) fn page() -> Option<String> {
    (!PAGE.is_empty()).then(|| PAGE.to_owned())
}
