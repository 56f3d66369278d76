//! Tokens laid open: base64url hides from every compressor what stands in it.

use crate::encoding::PayloadEncoding::Base64Url;

/// Begins what was base64url, and ends it: bytes that UTF-8 never has.
const BEGIN: u8 = 0xfe;
const END: u8 = 0xff;

/// The fewest characters that are worth laying open.
const FEWEST_CHARS: usize = 16;

/// How deep tokens stand in tokens.
const DEPTH: usize = 4;

/// The text with each run of base64url that holds JSON text replaced by that text.
pub(super) fn lay_open(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    open_into(text, 0, &mut out);
    out
}

fn open_into(text: &str, depth: usize, out: &mut Vec<u8>) {
    let mut rest = text;
    while !rest.is_empty() {
        let run = rest.bytes().take_while(|byte| Base64Url.admits(*byte)).count();
        match hidden(&rest[..run]).filter(|_| depth < DEPTH) {
            Some(hidden) => {
                out.push(BEGIN);
                open_into(&hidden, depth + 1, out);
                out.push(END);
            }
            None => out.extend_from_slice(&rest.as_bytes()[..run]),
        }
        rest = &rest[run..];
        let other = rest.bytes().take_while(|byte| !Base64Url.admits(*byte)).count();
        out.extend_from_slice(&rest.as_bytes()[..other]);
        rest = &rest[other..];
    }
}

/// The JSON text that a run of base64url holds: an object or an array, as its first character shows.
fn hidden(run: &str) -> Option<String> {
    if run.len() < FEWEST_CHARS || !run.starts_with(['e', 'W']) {
        return None;
    }
    String::from_utf8(Base64Url.read(run)?).ok().filter(|text| text.starts_with(['{', '[']))
}

/// The text again; `None` where begin and end do not match, or it would pass `limit` bytes.
pub(super) fn close(open: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut levels: Vec<Vec<u8>> = vec![Vec::new()];
    for byte in open {
        match *byte {
            BEGIN if levels.len() > DEPTH => return None,
            BEGIN => levels.push(Vec::new()),
            END => {
                let hidden = levels.pop()?;
                levels.last_mut()?.extend_from_slice(Base64Url.write(&hidden).as_bytes());
            }
            other => levels.last_mut()?.push(other),
        }
    }
    let text = levels.pop()?;
    (levels.is_empty() && text.len() <= limit).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> String {
        Base64Url.write(text.as_bytes())
    }

    #[track_caller]
    fn check(text: &str, open: &[u8]) {
        assert_eq!(lay_open(text), open);
        assert_eq!(close(open, 1_000).as_deref(), Some(text.as_bytes()));
    }

    #[test]
    fn tokens_are_laid_open_and_closed_again() {
        let header = r#"{"alg":"EdDSA","typ":"JWT"}"#;
        let token = format!("{}.{}.c2lnbmF0dXJl", encoded(header), encoded("{\"name\":\"Attestation d’été\"}"));
        let open = format!("<{header}>.<{{\"name\":\"Attestation d’été\"}}>.c2lnbmF0dXJl");
        let open: Vec<u8> = open
            .bytes()
            .map(|byte| match byte {
                b'<' => BEGIN,
                b'>' => END,
                other => other,
            })
            .collect();
        check(&token, &open);
        let nested = encoded(&format!("{{\"vc\":\"{token}\"}}"));
        check(&nested, &[&[BEGIN][..], b"{\"vc\":\"", &open, b"\"}", &[END]].concat());
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in
            ["", "eyJ", "{\"a\":1}", "https://verify.example/e/W", "eeeeeeeeeeeeeeeeeeeeeeee", "Wwwwwwwwwwwwwwwwwwwww"]
        {
            check(text, text.as_bytes());
        }
        // Left-over bits that are not zero do not come back, so such a run is no base64url.
        let odd = format!("{}x", &encoded("{\"left\":\"over bits\"}")[..25]);
        check(&odd, odd.as_bytes());
    }

    #[test]
    fn ends_without_a_beginning_are_refused() {
        for open in [&[END][..], &[BEGIN], &[BEGIN, END, END], &[BEGIN, BEGIN, END], &[BEGIN; 40]] {
            assert_eq!(close(open, 1_000), None, "{open:?}");
        }
        assert_eq!(close(b"too long", 7), None);
    }
}
