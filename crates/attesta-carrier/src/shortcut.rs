//! Files that browsers write when a link is dragged out of them: `.url`, `.desktop`, `.webloc`.

use crate::text;

/// The address in such a file.
pub(crate) fn target(bytes: &[u8]) -> Option<String> {
    let text = text::decode(bytes, None);
    let from_line = text.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim().eq_ignore_ascii_case("url")).then(|| value.trim())
    });
    let from_list = || {
        let (_, rest) = text.split_once("<string>")?;
        rest.split_once("</string>").map(|(target, _)| target.trim())
    };
    let target = from_line.or_else(from_list)?.replace("&amp;", "&");
    text::is_link(&target).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, expected: Option<&str>) {
        assert_eq!(target(file.as_bytes()).as_deref(), expected);
    }

    #[test]
    fn the_address_of_a_dragged_link_is_found() {
        check(
            "[InternetShortcut]\r\nURL=https://badges.example/1\r\nIconIndex=0\r\n",
            Some("https://badges.example/1"),
        );
        check(
            "[Desktop Entry]\nType=Link\nURL=https://badges.example/2?a=b&c=d\n",
            Some("https://badges.example/2?a=b&c=d"),
        );
        check(
            "<?xml version=\"1.0\"?><plist><dict><key>URL</key>\n<string>https://badges.example/3?a=b&amp;c=d</string></dict></plist>",
            Some("https://badges.example/3?a=b&c=d"),
        );
        check("[InternetShortcut]\nURL=file:///etc/passwd\n", None);
        check("[InternetShortcut]\n", None);
    }
}
