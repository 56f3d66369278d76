//! The employer's page: the pure crates bound for the browser.
//!
//! Everything crosses the border as JSON text; [`Session`] has no other state than its [`session`] and never panics on
//! what a page hands in.

pub mod session;
mod wire;

use wasm_bindgen::prelude::wasm_bindgen;

/// One thing that a visitor opened: a share link, or the text of a file.
#[wasm_bindgen]
pub struct Session {
    session: session::Session,
}

#[wasm_bindgen]
impl Session {
    /// Opens a link or a file's text. `language` is `en` or `fr`; `allow_loopback` lets http and the machine's own
    /// addresses through, for a page that is itself served from there.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, language: &str, allow_loopback: bool) -> Session {
        Session { session: session::Session::open(text.as_bytes(), language, allow_loopback) }
    }

    /// Opens a file's bytes, which may be a picture with a credential in it.
    #[wasm_bindgen(js_name = fromBytes)]
    pub fn from_bytes(bytes: &[u8], language: &str, allow_loopback: bool) -> Session {
        Session { session: session::Session::open(bytes, language, allow_loopback) }
    }

    /// Takes the answers to the last turn's needs and says what is needed next, or what was found.
    ///
    /// `now` is an RFC 3339 time. `answers` is a JSON array of `{"url", "ok": true, "base64", "mediaType"?}` and
    /// `{"url", "ok": false, "failure", "status"?}`, empty at first. The result is one of `{"need": [{"url", "kind"}]}`,
    /// `{"done": PresentationView}` and `{"error": {"code", "params"}}`. What was needed and has no answer counts as
    /// unreachable, so no page can turn in circles.
    pub fn turn(&mut self, now: &str, answers: &str) -> String {
        self.session.turn(now, answers)
    }
}
