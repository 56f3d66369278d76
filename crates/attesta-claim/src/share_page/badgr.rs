//! Badgr and what grew out of it: Canvas Credentials in its regions, Parchment Digital Badges.

use url::Url;

use crate::link::Platform;
use crate::share_page::{Known, beside, is_at, is_identifier, parts};

pub(super) fn of(page: &Url) -> Option<Known> {
    if !["badgr.com", "badgr.io", "badges.parchment.com"].iter().any(|name| is_at(page, name)) {
        return None;
    }
    let (kind, id) = match parts(page)[..] {
        ["public", "assertions", id] | ["public", "assertions", id, "baked" | "image" | "embed"] => ("assertions", id),
        // What its owner sees when signed in, under the same identifier.
        ["backpack", "badges" | "assertions", id] => ("assertions", id),
        ["public", "collections", id] => ("collections", id),
        _ => return None,
    };
    let id = id.strip_suffix(".json").unwrap_or(id);
    if !is_identifier(id) {
        return None;
    }
    let query = if kind == "collections" { "?expand=badges.badge&expand=badges.badge.issuer" } else { "" };
    let json = format!("/public/{kind}/{id}.json{query}");
    let mut data: Vec<Url> = beside(page, &json).into_iter().collect();
    if let Some(api) = api_host(page.host_str()?) {
        data.extend(Url::parse(&format!("https://{api}{json}")).ok());
    }
    if kind == "assertions" {
        data.extend(beside(page, &format!("/public/assertions/{id}/baked")));
    }
    Some(Known::Data(Platform::Badgr, data))
}

/// Where a region of [Canvas Credentials](https://developerdocs.instructure.com/services/credentials) answers programs.
fn api_host(host: &str) -> Option<String> {
    match host {
        "badgr.com" | "www.badgr.com" | "app.badgr.com" | "badgr.io" => Some("api.badgr.io".to_owned()),
        _ => match host.strip_suffix(".badgr.com")? {
            region @ ("eu" | "au" | "ca" | "sg") => Some(format!("api.{region}.badgr.io")),
            test @ ("demo" | "test") => Some(format!("api.{test}.badgr.com")),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::link::Platform;
    use crate::share_page::{check_page, check_unknown};

    #[test]
    fn a_badge_is_read_at_its_region() {
        check_page(
            "https://badgr.com/public/assertions/gJ2mKjM3R_6Kbw?identity__email=a@b.example",
            Platform::Badgr,
            &[
                "https://badgr.com/public/assertions/gJ2mKjM3R_6Kbw.json",
                "https://api.badgr.io/public/assertions/gJ2mKjM3R_6Kbw.json",
                "https://badgr.com/public/assertions/gJ2mKjM3R_6Kbw/baked",
            ],
        );
        for (page, first, second) in [
            ("https://ca.badgr.com/public/assertions/x1", "https://ca.badgr.com/", Some("https://api.ca.badgr.io/")),
            (
                "https://eu.badgr.com/public/assertions/x1.json",
                "https://eu.badgr.com/",
                Some("https://api.eu.badgr.io/"),
            ),
            ("https://api.badgr.io/public/assertions/x1?v=2_0", "https://api.badgr.io/", None),
            ("https://badges.parchment.com/public/assertions/x1", "https://badges.parchment.com/", None),
            ("https://eu.badges.parchment.com/public/assertions/x1/image", "https://eu.badges.parchment.com/", None),
            ("https://badgr.com/backpack/badges/x1", "https://badgr.com/", Some("https://api.badgr.io/")),
        ] {
            let mut expected = vec![format!("{first}public/assertions/x1.json")];
            expected.extend(second.map(|api| format!("{api}public/assertions/x1.json")));
            expected.push(format!("{first}public/assertions/x1/baked"));
            check_page(page, Platform::Badgr, &expected.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_collection_is_read_with_its_badges() {
        let query = "expand=badges.badge&expand=badges.badge.issuer";
        check_page(
            "https://badgr.com/public/collections/0123456789abcdef0123456789abcdef",
            Platform::Badgr,
            &[
                &format!("https://badgr.com/public/collections/0123456789abcdef0123456789abcdef.json?{query}"),
                &format!("https://api.badgr.io/public/collections/0123456789abcdef0123456789abcdef.json?{query}"),
            ],
        );
    }

    #[test]
    fn a_page_about_a_badge_that_nobody_has_is_none() {
        check_unknown("https://badgr.com/public/badges/x1");
        check_unknown("https://badgr.com/public/assertions/../x");
        check_unknown("https://badgr.com/");
    }
}
