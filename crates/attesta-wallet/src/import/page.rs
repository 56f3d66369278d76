//! Finds the links to a credential on the page that a claim link led to.

use scraper::{ElementRef, Html, Selector};
use url::Url;

/// Most bytes of a page that are parsed; the rest is not looked at. A claim page is some hundred KiB at most and its
/// links stand early, and the time that a parser takes for markup made to be slow grows faster than its size.
const PAGE_BYTES: usize = 1 << 20;
/// Most tags that are parsed; the rest is not looked at. For each tag the parser may walk through all that are open, so
/// that its time grows with their square, and a page of some ten thousand that never close would take minutes.
const TAGS: usize = 10_000;
/// Most attributes of one tag, and white space between them, that are parsed: the parser compares each with all others.
const ATTRIBUTES: usize = 1_000;
/// Most links of a page that are looked at.
const LINKS: usize = 2_000;
/// Most candidates that are followed.
pub(crate) const CANDIDATES: usize = 4;

/// The addresses on a page that most likely lead to its credential, the likeliest first. Relative addresses are
/// resolved against the page's base.
pub(crate) fn candidates(html: &[u8], address: &Url) -> Vec<Url> {
    let text = String::from_utf8_lossy(bounded(html));
    let page = Html::parse_document(&text);
    let base = select("base[href]")
        .and_then(|selector| page.select(&selector).next()?.attr("href").and_then(|href| address.join(href).ok()))
        .unwrap_or_else(|| address.clone());
    let mut found: Vec<(Likelihood, Url)> = Vec::new();
    let mut consider = |likelihood: Option<Likelihood>, href: Option<&str>| {
        let (Some(likelihood), Some(href)) = (likelihood, href) else { return };
        let Ok(mut url) = base.join(href.trim()) else { return };
        url.set_fragment(None);
        if !matches!(url.scheme(), "https" | "http") || url == *address {
            return;
        }
        match found.iter_mut().find(|(_, known)| *known == url) {
            Some((known, _)) => *known = (*known).max(likelihood),
            None => found.push((likelihood, url)),
        }
    };
    if let Some(alternates) = select("link[href]") {
        for link in page.select(&alternates).take(LINKS) {
            consider(of_alternate(&link), link.attr("href"));
        }
    }
    if let Some(anchors) = select("a[href]") {
        for anchor in page.select(&anchors).take(LINKS) {
            consider(of_anchor(&anchor, &base), anchor.attr("href"));
        }
    }
    if let Some(pictures) = select("img[src]") {
        for picture in page.select(&pictures).take(LINKS) {
            consider(of_picture(&picture, &base), picture.attr("src"));
        }
    }
    // The sort is stable: among equals the page's own order decides.
    found.sort_by_key(|(likelihood, _)| std::cmp::Reverse(*likelihood));
    found.into_iter().take(CANDIDATES).map(|(_, url)| url).collect()
}

/// As much of a page as is parsed: it ends where its size, its tags or the attributes of one tag pass their limit.
fn bounded(html: &[u8]) -> &[u8] {
    let html = &html[..html.len().min(PAGE_BYTES)];
    let mut tags = 0;
    let mut attributes = 0;
    let mut place = Place::Text;
    // A quotation mark opens a value only after an equals sign; elsewhere the parser takes it for part of a name.
    let mut before = b' ';
    for (at, byte) in html.iter().copied().enumerate() {
        match (place, byte) {
            (Place::Text, b'<') => {
                tags += 1;
                attributes = 0;
                // Comments and a lone sign in the text hold words, not attributes.
                if html.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'/') {
                    place = Place::Tag;
                }
            }
            (Place::Text, _) => {}
            (Place::Tag, b'>') => place = Place::Text,
            (Place::Tag, b'"' | b'\'') if before == b'=' => place = Place::Value(byte),
            (Place::Tag, b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/') => attributes += 1,
            (Place::Tag, b'<') => tags += 1,
            (Place::Value(mark), _) if byte == mark => {
                attributes += 1;
                place = Place::Tag;
            }
            (Place::Tag | Place::Value(_), _) => {}
        }
        if tags > TAGS || attributes > ATTRIBUTES {
            return &html[..at];
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    html
}

/// Where in a page a byte stands.
#[derive(Clone, Copy)]
enum Place {
    /// Between tags.
    Text,
    /// In a tag.
    Tag,
    /// In a value, up to this quotation mark.
    Value(u8),
}

/// How likely an address leads to the credential, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likelihood {
    /// A picture that is shown and whose name speaks of a badge: it may be a baked one.
    ShownPicture,
    /// A link whose words speak of a credential to download.
    Worded,
    /// A link to a picture file.
    PictureFile,
    /// A link to some data file.
    DataFile,
    /// A data file whose words or name speak of a credential.
    NamedDataFile,
    /// The page names it as another form of itself.
    Alternate,
    /// The page names it as another form of itself, by the media type of credentials.
    CredentialAlternate,
}

fn of_alternate(link: &ElementRef<'_>) -> Option<Likelihood> {
    let rel = link.attr("rel")?;
    if !rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("alternate")) {
        return None;
    }
    match Kind::of_media_type(link.attr("type")?)? {
        Kind::Credential => Some(Likelihood::CredentialAlternate),
        Kind::Data | Kind::Picture => Some(Likelihood::Alternate),
    }
}

fn of_anchor(anchor: &ElementRef<'_>, base: &Url) -> Option<Likelihood> {
    let path = base.join(anchor.attr("href")?.trim()).ok()?.path().to_owned();
    let download = anchor.attr("download");
    let kind = anchor
        .attr("type")
        .and_then(Kind::of_media_type)
        .or_else(|| Kind::of_name(&path))
        .or_else(|| download.and_then(Kind::of_name));
    let mut words: String = anchor.text().collect();
    for name in ["title", "aria-label", "download", "id", "class"] {
        words.push(' ');
        words.push_str(anchor.attr(name).unwrap_or_default());
    }
    words.push_str(&path);
    match kind {
        Some(Kind::Credential) => Some(Likelihood::NamedDataFile),
        Some(Kind::Data) if speaks_of_credential(&words) => Some(Likelihood::NamedDataFile),
        Some(Kind::Data) => Some(Likelihood::DataFile),
        Some(Kind::Picture) => Some(Likelihood::PictureFile),
        None if download.is_some() => Some(Likelihood::Worded),
        None if speaks_of_credential(&words) && speaks_of_getting(&words) => Some(Likelihood::Worded),
        None => None,
    }
}

fn of_picture(picture: &ElementRef<'_>, base: &Url) -> Option<Likelihood> {
    let path = base.join(picture.attr("src")?.trim()).ok()?.path().to_owned();
    let words =
        format!("{path} {} {}", picture.attr("alt").unwrap_or_default(), picture.attr("class").unwrap_or_default());
    (Kind::of_name(&path) == Some(Kind::Picture) && speaks_of_credential(&words)).then_some(Likelihood::ShownPicture)
}

/// What a file is by its media type or name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Credential,
    Data,
    Picture,
}

impl Kind {
    fn of_media_type(media_type: &str) -> Option<Kind> {
        let essence = media_type.split(';').next()?.trim().to_ascii_lowercase();
        match essence.as_str() {
            "application/vc" | "application/vp" | "application/vc+ld+json" | "application/vp+ld+json" => {
                Some(Kind::Credential)
            }
            "application/ld+json" | "application/json" => Some(Kind::Data),
            "image/png" => Some(Kind::Picture),
            _ => None,
        }
    }

    fn of_name(name: &str) -> Option<Kind> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "vc" => Some(Kind::Credential),
            "json" | "jsonld" => Some(Kind::Data),
            "png" => Some(Kind::Picture),
            _ => None,
        }
    }
}

fn speaks_of_credential(words: &str) -> bool {
    let words = words.to_lowercase();
    ["credential", "badge", "attestation", "certificat", "insigne", "justificatif"]
        .iter()
        .any(|word| words.contains(word))
}

fn speaks_of_getting(words: &str) -> bool {
    let words = words.to_lowercase();
    ["download", "télécharger", "telecharger", "json", "obtenir", "save", "enregistrer", "export"]
        .iter()
        .any(|word| words.contains(word))
}

fn select(selector: &str) -> Option<Selector> {
    Selector::parse(selector).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let address = Url::parse("https://college.example/claim/7").unwrap();
        let found: Vec<String> = candidates(html.as_bytes(), &address).iter().map(Url::to_string).collect();
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn a_page_names_its_credential_in_many_ways() {
        check(r#"<link rel="alternate" type="application/vc" href="/c/7">"#, &["https://college.example/c/7"]);
        check(
            r#"<link rel="Alternate home" type="application/ld+json; charset=utf-8" href="7.jsonld">"#,
            &["https://college.example/claim/7.jsonld"],
        );
        check(r#"<a download href="../c?id=7">Get it</a>"#, &["https://college.example/c?id=7"]);
        check(r#"<a href="https://files.example/7.json">JSON</a>"#, &["https://files.example/7.json"]);
        check(r#"<a href="/7.png">Picture</a>"#, &["https://college.example/7.png"]);
        check(r#"<a href="/7.vc#top">File</a>"#, &["https://college.example/7.vc"]);
        check(r#"<a type="application/json" href="/raw/7">Data</a>"#, &["https://college.example/raw/7"]);
        check(r#"<a href="/get/7">Download your <b>digital credential</b></a>"#, &["https://college.example/get/7"]);
        check(r#"<a href="/get/7">Télécharger l’insigne</a>"#, &["https://college.example/get/7"]);
        check(r#"<img src="/baked/7.png" alt="Your badge">"#, &["https://college.example/baked/7.png"]);
        check(r#"<base href="https://cdn.example/x/"><a href="7.json">JSON</a>"#, &["https://cdn.example/x/7.json"]);
    }

    #[test]
    fn the_likeliest_comes_first_and_four_are_enough() {
        check(
            r#"<img src="/badge.png" alt="badge"><a href="/manifest.json">app</a><a href="/7.png">picture</a>
               <a href="/credential-7.json">credential</a><a href="/about">About badges</a>
               <link rel="alternate" type="application/vc+ld+json" href="/7">"#,
            &[
                "https://college.example/7",
                "https://college.example/credential-7.json",
                "https://college.example/manifest.json",
                "https://college.example/7.png",
            ],
        );
    }

    #[test]
    fn a_page_is_parsed_for_one_mebibyte_only() {
        let link = r#"<a href="/7.json">credential</a>"#;
        let page = |before: usize| format!("<p>{}</p>{link}", "x".repeat(before));
        check(&page((1 << 20) - link.len() - 7), &["https://college.example/7.json"]);
        check(&page(1 << 20), &[]);
    }

    #[test]
    fn a_tag_with_thousands_of_attributes_is_not_parsed() {
        let link = r#"<a href="/7.json">Download</a>"#;
        let words = "x ".repeat(ATTRIBUTES + 10);
        check(&format!("<p {words}>{link}"), &[]);
        check(&format!("<p \" {words}>{link}"), &[]);
        check(
            &format!("<p>1 < 2 {words}</p><!-- {words} --><p class=\"{words}\">{link}"),
            &["https://college.example/7.json"],
        );
    }

    #[test]
    fn a_page_is_parsed_for_ten_thousand_tags_only() {
        let page = |before: usize| format!(r#"{}<a href="/7.json">credential</a>"#, "<hr>".repeat(before));
        check(&page(TAGS - 1), &["https://college.example/7.json"]);
        check(&page(TAGS), &[]);
    }

    #[test]
    fn other_links_and_schemes_are_left_alone() {
        check(r#"<a href="/login">Sign in</a><a href="mailto:a@b.example">Ask about your badge download</a>"#, &[]);
        check(r#"<a href="javascript:alert('badge.json')">x</a><a href="file:///etc/x.json">y</a>"#, &[]);
        check(r#"<link rel="alternate" type="application/rss+xml" href="/feed">"#, &[]);
        check(r#"<link rel="stylesheet" type="application/json" href="/style">"#, &[]);
        check(r##"<a download href="#">badge.json</a>"##, &[]);
        check("", &[]);
    }
}
