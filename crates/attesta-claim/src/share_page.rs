//! Pages of platforms that show a badge to people, and where the same platform keeps its data. The data is asked for
//! once, for the learner who holds the badge; no page is crawled.

mod badgr;
mod credly;
mod factory;
mod my_creds;
mod passport;
mod verifier_plus;

use attesta_verify::LoopbackAccess;
use url::Url;

use crate::link::{LinkKind, Platform, check};

/// A page of a platform as its link says it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Known {
    /// Its data lies at these addresses, likeliest first.
    Data(Platform, Vec<Url>),
    /// It has no data.
    Document(Platform),
}

/// What a link is if a platform's page lies there.
pub(crate) fn of(page: &Url, loopback: LoopbackAccess) -> Option<LinkKind> {
    let known = [badgr::of, credly::of, passport::of, factory::of, my_creds::of, verifier_plus::of];
    match known.iter().find_map(|of| of(page))? {
        Known::Data(platform, mut data) => {
            data.retain(|url| check(url, loopback).is_ok());
            let page = private(page);
            (!data.is_empty()).then_some(LinkKind::SharePage { platform, page, data })
        }
        Known::Document(platform) => Some(LinkKind::DocumentPage { platform, page: page.clone() }),
    }
}

/// The page without the parameter by which its learner's mail address was published.
fn private(page: &Url) -> Url {
    const MAIL: [&str; 2] = ["identity__email", "identity__url"];
    let mut page = page.clone();
    let mut kept = url::form_urlencoded::Serializer::new(String::new());
    let mut dropped = false;
    for (name, value) in page.query_pairs() {
        match MAIL.contains(&name.as_ref()) {
            true => dropped = true,
            false => {
                kept.append_pair(&name, &value);
            }
        }
    }
    let kept = kept.finish();
    if dropped {
        page.set_query((!kept.is_empty()).then_some(kept.as_str()));
    }
    page
}

/// Whether a host is this one or below it.
fn is_at(page: &Url, name: &str) -> bool {
    page.host_str().is_some_and(|host| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')))
}

/// The parts of a path.
fn parts(page: &Url) -> Vec<&str> {
    page.path().split('/').filter(|part| !part.is_empty()).collect()
}

/// Another path at the same host.
fn beside(page: &Url, path: &str) -> Option<Url> {
    let mut url = page.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.join(path).ok()
}

/// Whether a part of a path can be an identifier: no more than letters, digits, hyphens and underscores.
fn is_identifier(part: &str) -> bool {
    (1..=64).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// Whether a part of a path is a UUID.
fn is_uuid(part: &str) -> bool {
    let groups: Vec<&str> = part.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
#[track_caller]
fn check_page(page: &str, platform: Platform, expected: &[&str]) {
    match of(&Url::parse(page).unwrap(), LoopbackAccess::Refused) {
        Some(LinkKind::SharePage { platform: found, data, .. }) => {
            assert_eq!(found, platform, "{page}");
            assert_eq!(data.iter().map(Url::as_str).collect::<Vec<_>>(), expected, "{page}");
        }
        other => panic!("{page} was taken for {other:?}"),
    }
}

#[cfg(test)]
#[track_caller]
fn check_unknown(page: &str) {
    let found = of(&Url::parse(page).unwrap(), LoopbackAccess::Refused);
    assert!(found.is_none(), "{page} was taken for {found:?}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_learners_mail_address_is_not_passed_on() {
        let page = "https://badgr.com/public/assertions/abc?identity__email=a%40b.example&lang=fr";
        match of(&Url::parse(page).unwrap(), LoopbackAccess::Refused) {
            Some(LinkKind::SharePage { page, data, .. }) => {
                assert_eq!(page.as_str(), "https://badgr.com/public/assertions/abc?lang=fr");
                assert!(data.iter().all(|url| !url.as_str().contains("email")));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_host_that_only_looks_like_a_platform_is_none() {
        for page in [
            "https://badgr.com.evil.example/public/assertions/abc",
            "https://notbadgr.com/public/assertions/abc",
            "https://credly.com.evil.example/badges/6a3b2c1d-0000-4000-8000-000000000000",
            "https://college.example/public/assertions/abc",
        ] {
            check_unknown(page);
        }
    }
}
