//! What the system hands to the window: links that were clicked, files that were opened or dropped.
//!
//! Arrivals wait in the wallet until the page takes them, and nothing is done with them before the learner says so.

use std::collections::VecDeque;
#[cfg(target_os = "linux")]
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

#[cfg(target_os = "linux")]
use attesta_view::Language;
use attesta_wallet::command::Paths;
use attesta_wallet::view::ArrivalView;
use attesta_wallet::{Wallet, WalletError};
use tauri::{AppHandle, Emitter, Manager};

#[cfg(target_os = "linux")]
use crate::pasted::Pasted;

/// Tells the page that something has arrived.
const ARRIVAL: &str = "arrival";
/// Most paths and most bytes of them in one arrival, so that a large selection is taken in turns rather than not at all.
const PORTION: usize = 500;
const PORTION_BYTES: usize = 128 << 10;
/// Most pictures from the clipboard that are kept for the page.
const MOST_PICTURES: usize = 4;
/// Most paths that are remembered as handed over; the oldest are forgotten first.
const MOST_HANDED: usize = 4096;

/// Hands arrivals to the wallet and tells the page.
pub(crate) fn arrive(app: &AppHandle, arrivals: Vec<ArrivalView>) {
    if arrivals.is_empty() {
        return;
    }
    let Some(wallet) = app.try_state::<Arc<Wallet>>() else { return };
    arrivals.into_iter().flat_map(in_portions).for_each(|arrival| wallet.arrive(arrival));
    // A page that is not there yet asks when it is.
    let _ = app.emit(ARRIVAL, ());
}

/// A large selection of files as several arrivals.
fn in_portions(arrival: ArrivalView) -> Vec<ArrivalView> {
    let ArrivalView::Files { paths } = arrival else { return vec![arrival] };
    let mut portions: Vec<Vec<String>> = Vec::new();
    let mut bytes = 0;
    for path in paths {
        bytes += path.len();
        match portions.last_mut() {
            Some(portion) if portion.len() < PORTION && bytes <= PORTION_BYTES => portion.push(path),
            _ => {
                bytes = path.len();
                portions.push(vec![path]);
            }
        }
    }
    portions.into_iter().map(|paths| ArrivalView::Files { paths }).collect()
}

/// Hands over files and folders that were dropped onto the window.
#[cfg(target_os = "linux")]
pub(crate) fn arrive_paths(app: &AppHandle, paths: &[PathBuf]) {
    let paths: Vec<String> = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    if !paths.is_empty() {
        arrive(app, vec![ArrivalView::Files { paths }]);
    }
}

/// Hands over what was pasted into the window.
#[cfg(target_os = "linux")]
pub(crate) fn arrive_pasted(app: &AppHandle, pasted: Pasted) {
    match pasted {
        Pasted::Files(paths) => arrive_paths(app, &paths),
        Pasted::Links(text) => arrive(app, vec![ArrivalView::Text { text }]),
        Pasted::Picture { bytes, ending } => {
            let (Some(handed), Some(wallet)) = (app.try_state::<Handed>(), app.try_state::<Arc<Wallet>>()) else {
                return;
            };
            let name = match wallet.language() {
                Language::En => format!("Screenshot.{ending}"),
                Language::Fr => format!("Capture d’écran.{ending}"),
            };
            let path = handed.keep_picture(name, bytes);
            arrive(app, vec![ArrivalView::Files { paths: vec![path] }]);
        }
    }
}

/// What the system handed over: paths, and pictures from the clipboard under names of ours. The page may have these
/// read and no others, so that a page that was led astray can't read the learner's files.
#[derive(Debug, Default)]
pub(crate) struct Handed {
    paths: Mutex<VecDeque<String>>,
    pictures: Mutex<VecDeque<Picture>>,
    numbered: AtomicU64,
}

/// A picture from the clipboard, kept in memory alone.
#[derive(Clone)]
pub(crate) struct Picture {
    path: String,
    /// Its name for the learner.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Arc<[u8]>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Picture({} bytes)", self.bytes.len())
    }
}

impl Handed {
    /// Remembers the paths of arrivals that go to the page.
    pub(crate) fn over(&self, arrivals: Vec<ArrivalView>) -> Vec<ArrivalView> {
        let mut handed = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        for arrival in &arrivals {
            if let ArrivalView::Files { paths } = arrival {
                handed.extend(paths.iter().cloned());
            }
        }
        let too_many = handed.len().saturating_sub(MOST_HANDED);
        handed.drain(..too_many);
        arrivals
    }

    /// Keeps a picture; yields the path by which it is asked for, which is no file's: those are absolute.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "elsewhere the page reads pictures itself"))]
    pub(crate) fn keep_picture(&self, name: String, bytes: Vec<u8>) -> String {
        let number = self.numbered.fetch_add(1, Ordering::Relaxed);
        let path = format!("clipboard:{number}/{name}");
        let mut pictures = self.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        pictures.push_back(Picture { path: path.clone(), name, bytes: bytes.into() });
        let too_many = pictures.len().saturating_sub(MOST_PICTURES);
        pictures.drain(..too_many);
        path
    }

    /// The picture that is asked for, where it is one.
    pub(crate) fn picture(&self, asked: &Paths) -> Option<Picture> {
        let [path] = asked.paths.as_slice() else { return None };
        let pictures = self.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        pictures.iter().find(|picture| picture.path == *path).cloned()
    }

    /// Whether each of these paths was handed over.
    ///
    /// # Errors
    /// [`WalletError::FileUnreadable`] with the first that was not.
    pub(crate) fn only(&self, asked: &Paths) -> Result<(), WalletError> {
        let handed = self.paths.lock().unwrap_or_else(PoisonError::into_inner);
        match asked.paths.iter().find(|path| !handed.contains(path)) {
            None => Ok(()),
            Some(other) => Err(WalletError::FileUnreadable { name: other.clone() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(paths: &[&str]) -> Vec<String> {
        paths.iter().map(|&path| path.to_owned()).collect()
    }

    #[test]
    fn a_large_selection_arrives_in_portions_and_nothing_is_lost() {
        for (count, length, expected) in
            [(1, 10, 1), (PORTION, 10, 1), (PORTION + 1, 10, 2), (40, 4000, 2), (2, PORTION_BYTES - 1, 2)]
        {
            let given: Vec<String> = (0..count).map(|number| format!("{}{number}", "a".repeat(length))).collect();
            let portions = in_portions(ArrivalView::Files { paths: given.clone() });
            assert_eq!(portions.len(), expected, "{count} paths of {length} bytes");
            let arrived: Vec<String> = portions
                .into_iter()
                .flat_map(|portion| match portion {
                    ArrivalView::Files { paths } => paths,
                    ArrivalView::Text { text } => panic!("{text} is no path"),
                })
                .collect();
            assert_eq!(arrived, given);
        }
    }

    #[track_caller]
    fn check(handed: &Handed, asked: &[&str], refused: Option<&str>) {
        match (handed.only(&Paths { paths: paths(asked) }), refused) {
            (Ok(()), None) => {}
            (Err(WalletError::FileUnreadable { name }), Some(refused)) => assert_eq!(name, refused),
            (other, _) => panic!("{asked:?}: {other:?}"),
        }
    }

    #[test]
    fn the_page_may_have_those_paths_read_that_the_system_handed_over_and_no_others() {
        let handed = Handed::default();
        check(&handed, &["/home/sam/mail.eml"], Some("/home/sam/mail.eml"));
        let arrivals = vec![
            ArrivalView::Text { text: "/etc/passwd".to_owned() },
            ArrivalView::Files { paths: paths(&["/home/sam/mail.eml", "/home/sam/badges"]) },
        ];
        assert_eq!(handed.over(arrivals.clone()), arrivals);
        check(&handed, &["/home/sam/badges", "/home/sam/mail.eml"], None);
        check(&handed, &["/home/sam/mail.eml", "/etc/passwd"], Some("/etc/passwd"));
        check(&handed, &["/home/sam/badges/../.ssh/id_ed25519"], Some("/home/sam/badges/../.ssh/id_ed25519"));
    }

    #[test]
    fn a_picture_from_the_clipboard_is_given_by_its_own_path_alone_and_forgotten_in_turn() {
        let handed = Handed::default();
        let first = handed.keep_picture("Screenshot.png".to_owned(), vec![1]);
        let ask = |path: &str| handed.picture(&Paths { paths: paths(&[path]) });
        assert_eq!(ask(&first).map(|picture| picture.bytes.to_vec()), Some(vec![1]));
        assert!(ask("/home/sam/Screenshot.png").is_none());
        for _ in 0..MOST_PICTURES {
            handed.keep_picture("Screenshot.png".to_owned(), vec![2]);
        }
        assert!(ask(&first).is_none());
    }

    #[test]
    fn the_oldest_paths_are_forgotten_first() {
        let handed = Handed::default();
        for number in 0..=MOST_HANDED {
            handed.over(vec![ArrivalView::Files { paths: vec![number.to_string()] }]);
        }
        check(&handed, &["0"], Some("0"));
        check(&handed, &["1"], None);
    }
}
