//! Files and folders that are dropped onto the window, on Linux.
//!
//! WebKitGTK gives a page neither the files nor their names, and Tauri's own handler takes links for paths. So the
//! paths are taken where GTK has them, and only when every part of what is dropped is a file; links and texts go to
//! the page as ever. Elsewhere the page gets files and folders itself.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use gtk::glib;
use gtk::prelude::WidgetExt;
use url::Url;

/// Calls `take` with the paths of what is dropped onto the widget.
pub(crate) fn connect(widget: &impl WidgetExt, take: impl Fn(Vec<PathBuf>) + 'static) {
    let over: Rc<RefCell<Vec<PathBuf>>> = Rc::default();
    widget.connect_drag_data_received({
        let over = over.clone();
        move |_, _, _, _, data, _, _| {
            let uris = data.uris();
            if !uris.is_empty() {
                *over.borrow_mut() = paths(uris.iter().map(glib::GString::as_str));
            }
        }
    });
    widget.connect_drag_leave({
        let over = over.clone();
        move |_, _, _| {
            // GTK says that the pointer has left just before it says that something is dropped.
            let over = over.clone();
            glib::idle_add_local_once(move || over.borrow_mut().clear());
        }
    });
    widget.connect_drag_drop(move |_, context, _, _, time| {
        let dropped = over.take();
        if dropped.is_empty() {
            return false;
        }
        context.drop_finish(true, time);
        take(dropped);
        true
    });
}

/// The paths of file addresses; none where one of them is something else.
pub(crate) fn paths<'u>(uris: impl Iterator<Item = &'u str>) -> Vec<PathBuf> {
    let path = |uri: &str| Url::parse(uri).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok();
    uris.map(path).collect::<Option<_>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(uris: &[&str], expected: &[&str]) {
        let expected: Vec<PathBuf> = expected.iter().map(PathBuf::from).collect();
        assert_eq!(paths(uris.iter().copied()), expected, "{uris:?}");
    }

    #[test]
    fn only_files_of_this_machine_are_taken_for_paths() {
        check(
            &["file:///home/sam/my%20mail.eml", "file:///home/sam/badges"],
            &["/home/sam/my mail.eml", "/home/sam/badges"],
        );
        check(&["file:///home/sam/caf%C3%A9.png"], &["/home/sam/café.png"]);
        check(&["https://college.example/claim?a=%26"], &[]);
        check(&["file:///home/sam/a", "https://college.example/"], &[]);
        check(&["file://elsewhere/share/a"], &[]);
        check(&["not an address"], &[]);
    }
}
