//! The pages that a school shows: the forms of claim page that wallets meet.

use crate::catalogue::Badge;

/// How a page points to its credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pointer {
    /// `link rel="alternate"` in its head.
    AlternateLink,
    /// A visible download link in its body.
    DownloadLink,
    /// Not at all: the same address answers JSON to who asks for it.
    Negotiated,
}

/// The claim page of credential `n`.
pub(crate) fn claim_page(badge: &Badge, n: usize, pointer: Pointer) -> String {
    let json = format!("/claim/json/{n}");
    let (head, body) = match pointer {
        Pointer::AlternateLink => {
            (format!(r#"<link rel="alternate" type="application/vc+ld+json" href="{json}">"#), String::new())
        }
        Pointer::DownloadLink => {
            let words = if badge.school.language().starts_with("fr") {
                "Télécharger l’insigne"
            } else {
                "Download the badge"
            };
            (String::new(), format!(r#"<p><a href="{json}" download="badge-{n}.json">{words}</a></p>"#))
        }
        Pointer::Negotiated => (String::new(), String::new()),
    };
    page(
        badge.school.language(),
        badge.name,
        &head,
        &format!(
            r#"<p>{school}</p><h1>{name}</h1><img src="/picture/{n}" width="256" height="256" alt=""><p>{about}</p>{body}"#,
            school = badge.school.name(),
            name = badge.name,
            about = badge.description,
        ),
    )
}

/// The page on which anybody can see badge `n`. Its data lies beside it.
pub(crate) fn share_page(badge: &Badge, n: usize) -> String {
    let head = format!(
        r#"<meta property="og:title" content="{name}"><meta property="og:image" content="/picture/{n}">
<link rel="alternate" type="application/ld+json" href="/public/assertions/{n}.json">"#,
        name = badge.name
    );
    let words = format!(
        r#"<img src="/picture/{n}" width="256" height="256" alt=""><h1>{}</h1><p>{}</p><p>{}</p>"#,
        badge.name,
        badge.school.name(),
        badge.description
    );
    page(badge.school.language(), badge.name, &head, &words)
}

/// A plain page of the school.
pub(crate) fn page(language: &str, title: &str, head: &str, body: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
{head}
<style>body{{font:1.1rem/1.5 Georgia,serif;max-width:36rem;margin:4rem auto;padding:0 1rem;color:#222;background:#faf7f0}}</style>
</head>
<body>{body}</body>
</html>
"#
    )
}
