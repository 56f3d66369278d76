//! Which links of a message are likely what the learner wants.

use url::Url;

use crate::link::LinkKind;

/// Hosts that stand in the foot of a mail or on a page and issue nothing.
const BESIDE: [&str; 34] = [
    "facebook.com",
    "twitter.com",
    "x.com",
    "linkedin.com",
    "instagram.com",
    "youtube.com",
    "youtu.be",
    "tiktok.com",
    "pinterest.com",
    "threads.net",
    "bsky.app",
    "t.me",
    "wa.me",
    "whatsapp.com",
    "github.com",
    "apps.apple.com",
    "itunes.apple.com",
    "play.google.com",
    "maps.google.com",
    "goo.gl",
    "fonts.googleapis.com",
    "fonts.gstatic.com",
    "googletagmanager.com",
    "google-analytics.com",
    "doubleclick.net",
    "gravatar.com",
    "list-manage.com",
    "mailchi.mp",
    "w3.org",
    "schema.org",
    "purl.imsglobal.org",
    "w3id.org",
    "aka.ms",
    "zendesk.com",
];
/// Words that say what a link is for, which is never a credential.
const NEVER: [&str; 20] = [
    "unsubscribe",
    "desabonner",
    "desabonnement",
    "desinscription",
    "desinscrire",
    "optout",
    "preferences",
    "privacy",
    "confidentialite",
    "pixel",
    "beacon",
    "tracking",
    "cookies",
    "logout",
    "signin",
    "login",
    "forgot",
    "password",
    "listunsubscribe",
    "vieprivee",
];
/// Words of pages that are about a platform, unless they speak of a credential too.
const ABOUT: [&str; 18] = [
    "help",
    "aide",
    "support",
    "soutien",
    "contact",
    "about",
    "apropos",
    "faq",
    "terms",
    "conditions",
    "legal",
    "blog",
    "news",
    "nouvelles",
    "home",
    "accueil",
    "careers",
    "press",
];
/// Words of credentials.
const CREDENTIAL: [&str; 16] = [
    "badge",
    "badges",
    "credential",
    "credentials",
    "assertion",
    "assertions",
    "baked",
    "claim",
    "claims",
    "certificate",
    "certificat",
    "attestation",
    "insigne",
    "award",
    "awards",
    "openbadge",
];
/// Endings of files that hold no credential.
const NO_DATA: [&str; 12] = ["gif", "jpg", "jpeg", "webp", "ico", "css", "js", "woff", "woff2", "mp4", "avif", "bmp"];
/// Endings of pictures that may hold one.
const BAKEABLE: [&str; 2] = ["png", "svg"];

pub(crate) fn is_likely(kind: &LinkKind) -> bool {
    match kind {
        LinkKind::Web(url) => !is_beside(url),
        LinkKind::AsksForCredentials { .. } | LinkKind::Refused(_) => false,
        LinkKind::Request(_)
        | LinkKind::Interaction(_)
        | LinkKind::Message(_)
        | LinkKind::Offer(_)
        | LinkKind::OfferAt(_)
        | LinkKind::SharePage { .. }
        | LinkKind::DocumentPage { .. }
        | LinkKind::Inline(_)
        | LinkKind::Share => true,
    }
}

fn is_beside(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    if BESIDE.iter().any(|name| host == *name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'))) {
        return true;
    }
    let home = url.path().split('/').all(str::is_empty) && url.query().is_none();
    // A page of an application stands behind the `#`.
    if home && url.fragment().is_none_or(|fragment| !fragment.contains('/')) {
        return true;
    }
    let speaks = |of: &[&str]| words(url).any(|word| of.contains(&word.as_str()));
    if speaks(&NEVER) || is_opened_notice(url) {
        return true;
    }
    let ending = url.path().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match () {
        () if NO_DATA.contains(&ending.as_str()) => true,
        () if BAKEABLE.contains(&ending.as_str()) || speaks(&ABOUT) => !speaks(&CREDENTIAL),
        () => false,
    }
}

/// The words of a path and the names of its parameters. A value may be anything.
fn words(url: &Url) -> impl Iterator<Item = String> {
    let path = url.path().split(['/', '.', '_', '~', '+']).flat_map(|part| {
        // "sign-in" and "opt-out" are one word, "my-badge" is two.
        let joined = part.replace('-', "");
        std::iter::once(joined).chain(part.split('-').map(str::to_owned))
    });
    let names = url.query_pairs().map(|(name, _)| name.replace(['-', '_'], "")).collect::<Vec<_>>();
    path.map(|word| word.to_ascii_lowercase()).chain(names.into_iter().map(|name| name.to_ascii_lowercase()))
}

/// Addresses by which mailing services learn that a mail was opened.
fn is_opened_notice(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    ["/wf/open", "/track/open", "/open.aspx", "/e/o/", "/open.php", "/o.gif"].iter().any(|part| path.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(link: &str, likely: bool) {
        assert_eq!(is_likely(&LinkKind::Web(Url::parse(link).unwrap())), likely, "{link}");
    }

    #[test]
    fn a_claim_is_likely() {
        for link in [
            "https://college.example/claim/1",
            "https://college.example/?token=abc",
            "https://college.example/c/7f3a",
            "https://college.example/#/claim/7",
            "https://college.example/badges/7/image.png",
            "https://college.example/help/claim/7",
            "https://college.example/insigne/7?lang=fr",
            "https://u123.ct.sendgrid.example/ls/click?upn=abc",
        ] {
            check(link, true);
        }
    }

    #[test]
    fn what_stands_in_every_mail_is_not() {
        for link in [
            "https://college.example/unsubscribe?u=1",
            "https://college.example/desabonnement/9",
            "https://mail.example/opt-out/9",
            "https://college.example/privacy-policy",
            "https://college.example/fr/confidentialite",
            "https://college.example/",
            "https://college.example",
            "https://www.facebook.com/college",
            "https://ca.linkedin.com/school/college",
            "https://college.example/logo.png",
            "https://college.example/banner.gif",
            "https://mail.example/wf/open?upn=x",
            "https://college.example/contact",
            "https://x.list-manage.com/track/click?u=1",
            "https://college.example/?unsubscribe=1",
        ] {
            check(link, false);
        }
    }
}
