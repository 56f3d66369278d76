//! Where the page of files for the browser is: it is built apart from this program and stands beside it.

use std::path::{Path, PathBuf};

/// The file's name.
const NAME: &str = "attesta-page.html";

/// Names the file where it stands elsewhere.
const VARIABLE: &str = "ATTESTA_PAGE_FILE";

/// More than this is not the page: with its WebAssembly and fonts it has some megabytes.
const MOST_BYTES: u64 = 64 << 20;

/// The page's text; none where it is not installed.
pub(crate) fn page() -> Option<String> {
    let named = std::env::var_os(VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from);
    let program = std::env::current_exe().ok();
    // A file that was named is the one that was meant, there or not.
    let places = named.map_or_else(|| places(program.as_deref()), |named| vec![named]);
    places.iter().find_map(|place| read(place))
}

fn places(program: Option<&Path>) -> Vec<PathBuf> {
    let mut places = Vec::new();
    if let Some(folder) = program.and_then(Path::parent) {
        places.push(folder.join(NAME));
        places.push(folder.join("../share/attesta").join(NAME));
    }
    if cfg!(debug_assertions) {
        let built = ["../../target/page", "../../ui/dist"];
        places.extend(built.map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(NAME)));
    }
    places
}

fn read(place: &Path) -> Option<String> {
    let length = std::fs::metadata(place).ok()?.len();
    (length <= MOST_BYTES).then(|| std::fs::read_to_string(place).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_looked_for_beside_the_program_and_where_programs_keep_their_files() {
        let places = places(Some(Path::new("/opt/attesta/bin/attesta")));
        assert_eq!(places[0], Path::new("/opt/attesta/bin/attesta-page.html"));
        assert_eq!(places[1], Path::new("/opt/attesta/bin/../share/attesta/attesta-page.html"));
        assert_eq!(places.len() > 2, cfg!(debug_assertions));
    }

    #[test]
    fn what_is_no_page_is_none() {
        assert_eq!(read(Path::new("/nowhere/attesta-page.html")), None);
        assert_eq!(read(&std::env::temp_dir()), None);
    }
}
