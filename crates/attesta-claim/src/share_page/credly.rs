//! Credly, earlier Acclaim.

use url::Url;

use crate::link::Platform;
use crate::share_page::{Known, is_at, is_uuid, parts};

pub(super) fn of(page: &Url) -> Option<Known> {
    if !["credly.com", "youracclaim.com"].iter().any(|name| is_at(page, name)) {
        return None;
    }
    let parts = parts(page);
    // The page, its forms for networks and frames, its owner's view, and the page under an organization's name.
    let at = parts.iter().position(|part| {
        matches!(*part, "badges" | "badge" | "badge_assertions" | "open_badge_credentials" | "public_url")
    })?;
    let id = parts[at + 1..].iter().find_map(|part| {
        let id = part.strip_suffix(".json").unwrap_or(part);
        is_uuid(id).then_some(id)
    })?;
    let open_badges_2 = format!("https://api.credly.com/v1/obi/v2/badge_assertions/{id}");
    let open_badges_3 = format!("https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{id}");
    let data = match parts[at] {
        "open_badge_credentials" => [open_badges_3, open_badges_2],
        _ => [open_badges_2, open_badges_3],
    };
    Some(Known::Data(Platform::Credly, data.iter().filter_map(|url| Url::parse(url).ok()).collect()))
}

#[cfg(test)]
mod tests {
    use crate::link::Platform;
    use crate::share_page::{check_page, check_unknown};

    const ID: &str = "6a3b2c1d-1f2e-4a5b-8c9d-0123456789ab";

    #[test]
    fn every_form_of_a_page_leads_to_the_badge() {
        let two = format!("https://api.credly.com/v1/obi/v2/badge_assertions/{ID}");
        let three = format!("https://www.credly.com/api/v1/obi/v3/open_badge_credentials/{ID}");
        for page in [
            format!("https://www.credly.com/badges/{ID}"),
            format!("https://www.credly.com/badges/{ID}/public_url"),
            format!("https://credly.com/badges/{ID}/linked_in_profile"),
            format!("https://www.credly.com/badges/{ID}/linked_in?t=abc"),
            format!("https://www.credly.com/org/college/badges/{ID}"),
            format!("https://www.credly.com/earner/earned/badge/{ID}"),
            format!("https://www.youracclaim.com/badges/{ID}/public_url"),
            format!("https://api.credly.com/v1/obi/v2/badge_assertions/{ID}"),
        ] {
            check_page(&page, Platform::Credly, &[&two, &three]);
        }
        check_page(&three, Platform::Credly, &[&three, &two]);
    }

    #[test]
    fn a_page_without_a_badges_identifier_is_none() {
        check_unknown("https://www.credly.com/org/college/badge/web-accessibility");
        check_unknown("https://www.credly.com/users/maya");
        check_unknown("https://www.credly.com/go/abc");
        check_unknown(&format!("https://www.credly.com/users/{ID}"));
    }
}
