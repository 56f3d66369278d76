//! Closing the window: not before the page was asked, where it has something that is not saved.

use std::sync::Mutex;
use std::sync::PoisonError;

use tauri::{AppHandle, Emitter, Manager, WindowEvent};

/// Asks the page whether the window may close.
const CLOSE_ASKED: &str = "close-asked";

/// What stands in the way of closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Hold {
    /// Nothing.
    #[default]
    Free,
    /// The page has something that is not saved.
    Unsaved,
    /// The page was asked. Who closes once more means it: a page that no longer answers must not keep the window.
    Asked,
}

/// Whether the window may close.
#[derive(Debug, Default)]
pub(crate) struct Closing(Mutex<Hold>);

impl Closing {
    /// Notes whether the page has something that is not saved.
    pub(crate) fn hold(&self, unsaved: bool) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = if unsaved { Hold::Unsaved } else { Hold::Free };
    }

    /// Whether the page has to be asked now.
    fn must_ask(&self) -> bool {
        let mut hold = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let must = *hold == Hold::Unsaved;
        if must {
            *hold = Hold::Asked;
        }
        must
    }
}

/// Follows what happens to the window.
pub(crate) fn follow(app: &AppHandle, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { api, .. } = event
        && app.state::<Closing>().must_ask()
    {
        api.prevent_close();
        // A page that is gone has nothing to lose.
        let _ = app.emit(CLOSE_ASKED, ());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_with_something_unsaved_asks_once_before_it_closes() {
        let closing = Closing::default();
        assert!(!closing.must_ask());
        closing.hold(true);
        assert!(closing.must_ask());
        assert!(!closing.must_ask(), "who closes once more means it");
        closing.hold(true);
        assert!(closing.must_ask(), "the learner stayed");
        closing.hold(false);
        assert!(!closing.must_ask());
    }
}
