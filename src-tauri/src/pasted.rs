//! Files and pictures that are pasted into the window, on Linux.
//!
//! WebKitGTK shows a page neither: its paste event has no files, and no data for addresses of files. So the key is
//! noticed where GTK has it, and only when the clipboard holds files, or a picture and no text. Everything else goes to
//! the page as ever. Nothing but the names of what the clipboard offers is looked at before the key is pressed.

use std::cell::Cell;
use std::path::PathBuf;
use std::rc::Rc;

use gtk::gdk::keys::constants::{Insert, V, v};
use gtk::gdk::{Atom, EventKey, ModifierType, SELECTION_CLIPBOARD};
use gtk::glib::{self, Propagation};
use gtk::prelude::{ObjectExt, WidgetExt};
use gtk::{Clipboard, SelectionData};

use crate::dropped::paths;

/// The names under which file managers say that files were copied.
const FILES: [&str; 4] =
    ["x-special/gnome-copied-files", "x-special/mate-copied-files", "application/x-kde4-urilist", "text/uri-list"];
/// The names under which text is offered; with text beside it, a picture is only how the text looks.
const TEXTS: [&str; 5] = ["text/plain", "text/plain;charset=utf-8", "UTF8_STRING", "STRING", "TEXT"];
/// The pictures that are read, the likeliest first, each with the ending of its name.
const PICTURES: [(&str, &str); 4] =
    [("image/png", "png"), ("image/jpeg", "jpg"), ("image/webp", "webp"), ("image/gif", "gif")];

/// What was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pasted {
    /// Files and folders.
    Files(Vec<PathBuf>),
    /// Addresses that are no files, one in each line.
    Links(String),
    /// A picture's bytes as they were offered.
    Picture {
        /// The bytes.
        bytes: Vec<u8>,
        /// The ending of a name for it.
        ending: &'static str,
    },
}

/// What the clipboard holds, by what it offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Files,
    Picture { target: &'static str, ending: &'static str },
    Other,
}

/// Calls `take` with what is pasted into the widget and a page would not be shown.
pub(crate) fn connect(widget: &impl WidgetExt, take: impl Fn(Pasted) + 'static) {
    let clipboard = Clipboard::get(&SELECTION_CLIPBOARD);
    let holds = Rc::new(Cell::new(Holds::Other));
    look(&clipboard, &holds);
    clipboard.connect_local("owner-change", false, {
        let (clipboard, holds) = (clipboard.downgrade(), holds.clone());
        move |_| {
            holds.set(Holds::Other);
            if let Some(clipboard) = clipboard.upgrade() {
                look(&clipboard, &holds);
            }
            None
        }
    });
    let take = Rc::new(take);
    widget.connect_key_press_event(move |_, event| {
        if !pastes(event) {
            return Propagation::Proceed;
        }
        let take = take.clone();
        match holds.get() {
            Holds::Other => return Propagation::Proceed,
            Holds::Files => clipboard.request_contents(&Atom::intern("text/uri-list"), move |_, data| {
                let uris = data.uris();
                let uris: Vec<&str> = uris.iter().map(glib::GString::as_str).collect();
                if let Some(pasted) = addressed(&uris) {
                    take(pasted);
                }
            }),
            Holds::Picture { target, ending } => {
                clipboard.request_contents(&Atom::intern(target), move |_, data| {
                    let bytes = data.data();
                    if !bytes.is_empty() {
                        take(Pasted::Picture { bytes, ending });
                    }
                });
            }
        }
        Propagation::Stop
    });
}

/// Asks the clipboard what it offers, without asking for any of it.
fn look(clipboard: &Clipboard, holds: &Rc<Cell<Holds>>) {
    let holds = holds.clone();
    clipboard.request_contents(&Atom::intern("TARGETS"), move |_, data: &SelectionData| {
        let targets: Vec<glib::GString> =
            data.targets().unwrap_or_default().iter().map(|target| target.name()).collect();
        holds.set(of_targets(&targets.iter().map(glib::GString::as_str).collect::<Vec<_>>()));
    });
}

fn pastes(event: &EventKey) -> bool {
    let modifiers = event.state() & (ModifierType::CONTROL_MASK | ModifierType::MOD1_MASK | ModifierType::SHIFT_MASK);
    let key = event.keyval();
    (modifiers == ModifierType::CONTROL_MASK && (key == v || key == V))
        || (modifiers == ModifierType::SHIFT_MASK && key == Insert)
}

fn of_targets(targets: &[&str]) -> Holds {
    if FILES.iter().any(|name| targets.contains(name)) && targets.contains(&"text/uri-list") {
        return Holds::Files;
    }
    let picture = PICTURES.iter().find(|(name, _)| targets.contains(name));
    match picture {
        Some((target, ending)) if !TEXTS.iter().any(|name| targets.contains(name)) => Holds::Picture { target, ending },
        _ => Holds::Other,
    }
}

fn addressed(uris: &[&str]) -> Option<Pasted> {
    let files = paths(uris.iter().copied());
    match (files.is_empty(), uris.is_empty()) {
        (false, _) => Some(Pasted::Files(files)),
        (true, false) => Some(Pasted::Links(uris.join("\n"))),
        (true, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(targets: &[&str], expected: Holds) {
        assert_eq!(of_targets(targets), expected, "{targets:?}");
    }

    #[test]
    fn files_are_known_by_what_file_managers_offer() {
        check(&["TARGETS", "x-special/gnome-copied-files", "text/uri-list", "UTF8_STRING"], Holds::Files);
        check(&["text/uri-list", "application/x-kde4-urilist", "text/plain"], Holds::Files);
        check(&["x-special/gnome-copied-files"], Holds::Other);
    }

    #[test]
    fn a_picture_is_taken_where_no_text_is_beside_it() {
        let png = Holds::Picture { target: "image/png", ending: "png" };
        check(&["TARGETS", "image/tiff", "image/png", "image/bmp"], png);
        check(&["text/html", "image/png"], png);
        check(&["image/webp"], Holds::Picture { target: "image/webp", ending: "webp" });
        check(&["text/plain;charset=utf-8", "image/png"], Holds::Other);
        check(&["image/bmp"], Holds::Other);
    }

    #[test]
    fn text_goes_to_the_page() {
        check(&["TARGETS", "UTF8_STRING", "text/plain"], Holds::Other);
        check(&[], Holds::Other);
    }

    #[test]
    fn addresses_that_are_no_files_are_links() {
        assert_eq!(addressed(&["file:///home/sam/a%20b"]), Some(Pasted::Files(vec![PathBuf::from("/home/sam/a b")])));
        let links = ["https://college.example/a", "https://college.example/b"];
        assert_eq!(addressed(&links), Some(Pasted::Links(links.join("\n"))));
        assert_eq!(addressed(&[]), None);
    }
}
