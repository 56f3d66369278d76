//! The files that a document carries.

use super::{CredentialFile, HandoutError};
use crate::words::Words;

/// The most bytes that attachments may have together: more than a mail carries.
const MOST_BYTES: usize = 64 << 20;

/// A file inside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attachment<'a> {
    pub(super) name: String,
    pub(super) media_type: &'static str,
    pub(super) description: String,
    /// Whether the document was made from it as a whole.
    pub(super) source: bool,
    pub(super) bytes: &'a [u8],
}

/// The name that the signed presentation has in every document.
pub(super) const BUNDLE: &str = "bundle.json";

/// The signed presentation, then each credential as `NN-title.json`, `.jwt` … byte for byte.
///
/// # Errors
/// [`HandoutError::TooLarge`].
pub(super) fn attachments<'a>(
    bundle: &'a [u8],
    files: &[CredentialFile<'a>],
    words: Words,
) -> Result<Vec<Attachment<'a>>, HandoutError> {
    let total = files.iter().fold(bundle.len(), |sum, file| sum.saturating_add(file.bytes.len()));
    if total > MOST_BYTES {
        return Err(HandoutError::TooLarge { limit: MOST_BYTES });
    }
    let digits = files.len().to_string().len().max(2);
    let signed = Attachment {
        name: BUNDLE.to_owned(),
        media_type: "application/json",
        description: words.plain("file.bundle").to_owned(),
        source: true,
        bytes: bundle,
    };
    let credential = |(index, file): (usize, &CredentialFile<'a>)| {
        let (extension, media_type) = kind(file.bytes);
        let title: String = super::face::clean(file.title).chars().take(200).collect();
        Attachment {
            name: format!("{:0digits$}-{}.{extension}", index + 1, slug(&title)),
            media_type,
            description: words.with("file.credential", &[("title", &words.quoted(title.trim()))]),
            source: false,
            bytes: file.bytes,
        }
    };
    Ok(std::iter::once(signed).chain(files.iter().enumerate().map(credential)).collect())
}

/// What kind of file the bytes are: the ending of its name and its media type.
fn kind(bytes: &[u8]) -> (&'static str, &'static str) {
    let start = bytes.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    match start {
        [b'{' | b'[' | b'"', ..] => ("json", "application/json"),
        [0x89, b'P', b'N', b'G', ..] => ("png", "image/png"),
        [b'%', b'P', b'D', b'F', ..] => ("pdf", "application/pdf"),
        [b'<', ..] => ("svg", "image/svg+xml"),
        token if is_token(token) && token.contains(&b'~') => ("sd-jwt", "application/vc+sd-jwt"),
        token if is_token(token) => ("jwt", "application/vc+jwt"),
        _ => ("bin", "application/octet-stream"),
    }
}

fn is_token(bytes: &[u8]) -> bool {
    let of_token = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    let bytes = bytes.trim_ascii_end();
    bytes.iter().filter(|byte| **byte == b'.').count() >= 2 && bytes.iter().all(of_token)
}

/// A title as a file's name on every system: plain letters, digits and hyphens, at most 48.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for character in title.chars().flat_map(char::to_lowercase) {
        let plain: &str = match character {
            'a'..='z' | '0'..='9' => {
                slug.push(character);
                continue;
            }
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
            'ç' => "c",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ñ' => "n",
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => "o",
            'ù' | 'ú' | 'û' | 'ü' => "u",
            'ý' | 'ÿ' => "y",
            'œ' => "oe",
            'æ' => "ae",
            'ß' => "ss",
            '\'' | '’' => "",
            _ if slug.is_empty() || slug.ends_with('-') => "",
            _ => "-",
        };
        slug.push_str(plain);
    }
    let cut: String = slug.chars().take(48).collect();
    match cut.trim_matches('-') {
        "" => "credential".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use attesta_view::Language;

    use super::*;

    #[track_caller]
    fn check(title: &str, bytes: &[u8], name: &str, media_type: &str) {
        let made = attachments(b"{}", &[CredentialFile { title, bytes }], Words::of(Language::Fr)).unwrap();
        assert_eq!((made[0].name.as_str(), made[0].source), ("bundle.json", true));
        assert_eq!((made[1].name.as_str(), made[1].media_type, made[1].bytes), (name, media_type, bytes));
    }

    #[test]
    fn files_are_named_by_number_title_and_kind() {
        check("Caring for Wound Infections", b" {\"a\":1}", "01-caring-for-wound-infections.json", "application/json");
        check(
            "Préparer des menus santé, œufs",
            b"a.b.c",
            "01-preparer-des-menus-sante-oeufs.jwt",
            "application/vc+jwt",
        );
        check("L’été", b"a.b.c~d~", "01-lete.sd-jwt", "application/vc+sd-jwt");
        check("../../etc/passwd\0", b"\x89PNG\r\n", "01-etc-passwd.png", "image/png");
        check("語学 🏅", b"<svg/>", "01-credential.svg", "image/svg+xml");
        check("", b"", "01-credential.bin", "application/octet-stream");
        check(&"x".repeat(500), b"\xff.\xff.", &format!("01-{}.bin", "x".repeat(48)), "application/octet-stream");
    }

    #[test]
    fn names_never_meet_and_keep_the_order() {
        let files = vec![CredentialFile { title: "Same", bytes: b"{}" }; 120];
        let made = attachments(b"{}", &files, Words::of(Language::En)).unwrap();
        let names: std::collections::BTreeSet<_> = made.iter().map(|file| &file.name).collect();
        assert_eq!(names.len(), 121);
        assert_eq!(made[1].name, "001-same.json");
    }

    #[test]
    fn more_than_a_mail_carries_is_refused() {
        let large = vec![b' '; MOST_BYTES];
        let refused = attachments(b"{}", &[CredentialFile { title: "", bytes: &large }], Words::of(Language::En));
        assert_eq!(refused, Err(HandoutError::TooLarge { limit: MOST_BYTES }));
    }
}
