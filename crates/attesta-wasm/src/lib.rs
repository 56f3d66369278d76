//! The employer's page: the pure crates bound for the browser.
//!
//! Everything crosses the border as JSON text, pictures as their pixels; [`Session`] has no other state than its
//! [`session`] and nothing here panics on what a page hands in.

mod opened;
mod pixels;
pub mod session;
mod wire;

use wasm_bindgen::prelude::wasm_bindgen;

/// One visit: links, files and texts that a visitor opened together.
#[wasm_bindgen]
pub struct Session {
    session: session::Session,
}

#[wasm_bindgen]
impl Session {
    /// Begins a visit. `language` is `en` or `fr`; `allow_loopback` lets http and the machine's own addresses through,
    /// for a page that is itself served from there.
    #[wasm_bindgen(constructor)]
    pub fn new(language: &str, allow_loopback: bool) -> Session {
        Session { session: session::Session::new(language, allow_loopback) }
    }

    /// Opens one thing more: a link's text or a file's bytes, which may be a picture, a document or this page with a
    /// bundle in it. `name` is the file's; empty for what has none.
    pub fn add(&mut self, name: &str, bytes: &[u8]) {
        self.session.add(name, bytes);
    }

    /// Takes the answers to the last turn's needs and says what is needed next, or what was found.
    ///
    /// `now` is an RFC 3339 time. `answers` is a JSON array of `{"url", "ok": true, "base64", "mediaType"?}` and
    /// `{"url", "ok": false, "failure", "status"?}`, empty at first. The result is one of `{"need": [{"url", "kind"}]}`,
    /// `{"done": {"shown": [{"names", "presentation"}], "unread": [{"name", "error"}]}}` and
    /// `{"error": {"code", "params"}}`. The error `passphrase_needed` is answered by [`Session::unseal`]. What was
    /// needed and has no answer counts as unreachable, so no page can turn in circles.
    pub fn turn(&mut self, now: &str, answers: &str) -> String {
        self.session.turn(now, answers)
    }

    /// Tries a passphrase on the first thing that is still sealed, which takes about a second. The result is
    /// `{"unsealed": true}`, `{"unsealed": false}` where the passphrase is another one, or
    /// `{"error": {"code", "params"}}` where there is nothing to unseal.
    pub fn unseal(&mut self, passphrase: &str) -> String {
        self.session.unseal(passphrase)
    }

    /// Says what was found in another language from the next turn on.
    pub fn speak(&mut self, language: &str) {
        self.session.speak(language);
    }
}

/// The code of why a text or file does not open by itself; empty where it does, also with a passphrase.
#[wasm_bindgen(js_name = lookInto)]
pub fn look_into(bytes: &[u8]) -> String {
    opened::Content::open(bytes).err().map_or_else(String::new, |error| error.code.to_owned())
}

/// The texts of the QR codes in a picture, as a JSON array of strings. `rgba` holds four bytes for each pixel, row by
/// row, as a canvas yields them; where their number does not fit the measures, nothing is found. `search` looks harder
/// and takes longer: for a picture of which there is one, not for a camera's frames.
#[wasm_bindgen(js_name = readCodes)]
pub fn read_codes(width: u32, height: u32, rgba: &[u8], search: bool) -> String {
    let effort = if search { pixels::Effort::Search } else { pixels::Effort::Glance };
    let texts = pixels::read_codes(width, height, rgba, effort);
    serde_json::to_string(&texts).expect("a list of texts has no fallible parts")
}

/// Puts an animated sequence of codes together again, in whatever order its parts are seen.
#[wasm_bindgen]
#[derive(Default)]
pub struct Sequence {
    reader: attesta_share::SequenceReader,
}

#[wasm_bindgen]
impl Sequence {
    /// A sequence of which nothing was seen yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Sequence {
        Sequence::default()
    }

    /// Takes a code's text. The result is `{"part": false}` for a text that is no part of a sequence, else
    /// `{"part": true, "received", "enough", "done"}`: how many parts were seen, about how many it takes, and the text
    /// to open once it is whole.
    pub fn receive(&mut self, text: &str) -> String {
        let seen = wire::SequenceView::of(&mut self.reader, text);
        serde_json::to_string(&seen).expect("view types have string keys and no fallible parts")
    }
}
