//! Where the wallet lives on this system.

use std::path::PathBuf;

use directories::ProjectDirs;

/// The environment variable that names another folder.
pub const DATA_DIR_VARIABLE: &str = "ATTESTA_DATA_DIR";

/// The wallet's folder: the one given, else the one in [`DATA_DIR_VARIABLE`], else the system's place for
/// application data. The window and the command line share it. None where the system names no home.
pub fn data_dir(given: Option<PathBuf>) -> Option<PathBuf> {
    let from_environment = || std::env::var_os(DATA_DIR_VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
    given
        .or_else(from_environment)
        .or_else(|| ProjectDirs::from("org", "Attesta", "Attesta").map(|dirs| dirs.data_local_dir().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_given_beats_every_other() {
        assert_eq!(data_dir(Some(PathBuf::from("/somewhere"))), Some(PathBuf::from("/somewhere")));
    }
}
