//! Embeds the window's configuration, and the page that files for the browser are made of.

use std::path::{Path, PathBuf};

/// Where `cargo xtask page` leaves the employer's page as one file, the first that is there.
const PAGES: [&str; 2] = ["../target/page/attesta-page.html", "../ui/dist/attesta-page.html"];

fn main() {
    embed_page();
    tauri_build::build();
}

/// Puts the page where `page_file.rs` includes it, byte for byte. As one of the window's own assets it would be written
/// anew with Tauri's nonces, and neither its hash nor its content security policy would hold any more. A build without
/// the page embeds none, and says so when one is wanted.
fn embed_page() {
    let folder = std::env::var_os("OUT_DIR").expect("cargo names a folder for what is generated");
    let embedded = PathBuf::from(folder).join("attesta-page.html");
    // Its folder is watched, not the file: what is not there yet would have the window built again each time.
    for folder in PAGES.iter().filter_map(|page| Path::new(page).parent()).filter(|folder| folder.is_dir()) {
        println!("cargo:rerun-if-changed={}", folder.display());
    }
    let page = PAGES.iter().find_map(|page| std::fs::read(page).ok()).unwrap_or_default();
    std::fs::write(embedded, page).expect("cargo's own folder can be written to");
}
