//! MyCreds | MesCertif, the Canadian network of registrars. Its badges have data; its documents are shown to people and
//! signed as PDF files, and a learner pays for each that is shared: their links are kept, never asked.

use url::Url;

use crate::link::Platform;
use crate::share_page::{Known, beside, is_at, is_identifier, parts};

pub(super) fn of(page: &Url) -> Option<Known> {
    if !["mycreds.ca", "mescertif.ca"].iter().any(|name| is_at(page, name)) {
        return None;
    }
    match parts(page)[..] {
        ["sharelink", _, ..] | ["r", "sharelink", _, ..] => Some(Known::Document(Platform::MyCreds)),
        ["badges", "public", "assertion" | "assertions", file] => {
            let id = file.strip_suffix(".json").unwrap_or(file);
            if !is_identifier(id) {
                return None;
            }
            let kind = parts(page)[2];
            let data = [format!("/badges/public/{kind}/{id}.json"), format!("/badges/public/{kind}/{id}")];
            Some(Known::Data(Platform::MyCreds, data.iter().filter_map(|path| beside(page, path)).collect()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use attesta_verify::LoopbackAccess;
    use url::Url;

    use crate::link::{LinkKind, Platform};
    use crate::share_page::{check_page, check_unknown, of};

    #[test]
    fn a_document_is_a_link_to_keep() {
        for page in [
            "https://learner.mycreds.ca/sharelink/6a3b2c1d-1f2e-4a5b-8c9d-0123456789ab/7a3b2c1d-1f2e-4a5b-8c9d-0123456789ab",
            "https://learner.mycreds.ca/r/sharelink/6a3b2c1d-1f2e-4a5b-8c9d-0123456789ab/7a3b2c1d-1f2e-4a5b-8c9d-0123456789ab",
        ] {
            let url = Url::parse(page).unwrap();
            let expected = LinkKind::DocumentPage { platform: Platform::MyCreds, page: url.clone() };
            assert_eq!(of(&url, LoopbackAccess::Refused), Some(expected), "{page}");
        }
    }

    #[test]
    fn a_badge_has_data() {
        let base = "https://learner.mycreds.ca/badges/public/assertion/gJ2mKjM3R_6Kbw0123456_";
        check_page(base, Platform::MyCreds, &[&format!("{base}.json"), base]);
        check_unknown("https://mycreds.ca/faq/");
    }
}
