//! What a page leads to: the credential in it, links that call a wallet, and files that may be the credential.

mod charset;
mod elements;
mod likelihood;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use attesta_credential::read_each;
use url::Url;

use crate::link::{Link, LinkKind, claims_in, classify, loopback_of, of_json};
use crate::page::elements::{Element, elements};
use crate::page::likelihood::Likelihood;

/// Most candidates that are given.
pub(crate) const CANDIDATES: usize = 6;
/// Most links that call a wallet that are kept.
const CLAIMS: usize = 50;
/// Most credentials that are taken out of a page.
const DOCUMENTS: usize = 20;

/// What a page leads to.
#[derive(Default)]
pub(crate) struct Page {
    /// Credentials that stand in it.
    pub(crate) documents: Vec<Vec<u8>>,
    /// Links in it that call a wallet, in their order.
    pub(crate) claims: Vec<Link>,
    /// Where it sends its reader.
    pub(crate) refresh: Option<Url>,
    /// The addresses that most likely lead to its credential, the likeliest first.
    pub(crate) candidates: Vec<Url>,
    /// Whether it has a place for a password.
    pub(crate) asks_for_password: bool,
}

/// Whether a body is a page: told by what it is first, since servers often name the wrong type.
pub(crate) fn is_page(bytes: &[u8], media_type: Option<&str>) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let named = media_type.is_some_and(|name| name.to_ascii_lowercase().contains("html"));
    if start.starts_with(['{', '[']) || start.starts_with("<svg") || bytes.starts_with(b"\x89PNG") {
        return false;
    }
    // In UTF-16 nothing of a page looks like one.
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    (start.starts_with('<') && (named || start.contains("<!doctype html") || start.contains("<html")))
        || (named && wide)
}

/// Looks a page through. `address` is where it was found.
pub(crate) fn read(bytes: &[u8], media_type: Option<&str>, address: &Url) -> Page {
    let text = charset::decoded(bytes, media_type);
    let elements = elements(&text);
    let base = elements
        .iter()
        .find(|element| element.name == "base" && element.attribute("href").is_some())
        .and_then(|element| address.join(element.attribute("href")?.trim()).ok())
        .unwrap_or_else(|| address.clone());
    let mut reader = Reader { address, base, page: Page::default(), found: BTreeMap::new() };
    for element in &elements {
        reader.consider(element);
    }
    let Reader { mut page, found, .. } = reader;
    let mut found: Vec<(Likelihood, usize, Url)> =
        found.into_iter().map(|(url, (likelihood, order))| (likelihood, order, url)).collect();
    // Among equals the page's own order decides.
    found.sort_by_key(|(likelihood, order, _)| (Reverse(*likelihood), *order));
    page.candidates = found.into_iter().take(CANDIDATES).map(|(.., url)| url).collect();
    page
}

struct Reader<'a> {
    address: &'a Url,
    base: Url,
    page: Page,
    /// Addresses with how likely each is and when it was found first.
    found: BTreeMap<Url, (Likelihood, usize)>,
}

impl Reader<'_> {
    fn consider(&mut self, element: &Element) {
        match element.name.as_str() {
            "script" => self.script(element),
            "meta" => self.meta(element),
            "input" if element.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("password")) => {
                self.page.asks_for_password = true;
            }
            _ => {}
        }
        let likelihood = match element.name.as_str() {
            "link" => likelihood::of_alternate(element),
            "a" | "area" => self.of_anchor(element),
            "img" | "source" => likelihood::of_picture(element, &self.base),
            _ => None,
        };
        if let Some(address) = element.attribute("href").or(element.attribute("src")) {
            self.candidate(likelihood, address);
        }
        self.attributes(element);
    }

    /// An anchor may be a claim itself, or lead to a platform whose data is known.
    fn of_anchor(&mut self, anchor: &Element) -> Option<Likelihood> {
        let href = self.base.join(anchor.attribute("href")?.trim()).ok()?;
        if matches!(href.scheme(), "https" | "http") {
            let link = classify(href.as_str(), loopback_of(self.address));
            match &link.kind {
                LinkKind::SharePage { data, .. } if href != *self.address => {
                    let data = data.first().map(Url::to_string).unwrap_or_default();
                    self.candidate(Some(Likelihood::Platform), &data);
                    return None;
                }
                _ if is_claim(&link.kind) => {
                    self.claim(link);
                    return None;
                }
                _ => {}
            }
        }
        likelihood::of_anchor(anchor, &self.base)
    }

    fn candidate(&mut self, likelihood: Option<Likelihood>, address: &str) {
        let Some(likelihood) = likelihood else { return };
        let Ok(mut url) = self.base.join(address.trim()) else { return };
        url.set_fragment(None);
        let mut page = self.address.clone();
        page.set_fragment(None);
        if !matches!(url.scheme(), "https" | "http") || url == page {
            return;
        }
        let order = self.found.len();
        let (known, _) = self.found.entry(url).or_insert((likelihood, order));
        *known = (*known).max(likelihood);
    }

    fn claim(&mut self, link: Link) {
        if self.page.claims.len() < CLAIMS && !self.page.claims.contains(&link) {
            self.page.claims.push(link);
        }
    }

    fn script(&mut self, script: &Element) {
        let kind = script.attribute("type").unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if likelihood::is_json(kind) {
            self.json(&script.text);
        } else if elements::calls_a_wallet(&script.text) {
            // Within a script the quotation marks that end a link are often single, and slashes escaped.
            let text = script.text.replace("\\/", "/").replace("\\u0026", "&").replace('\'', " ");
            self.claims(&text);
        }
    }

    fn json(&mut self, text: &str) {
        let json = text.trim();
        if self.page.documents.len() < DOCUMENTS
            && read_each(json.as_bytes()).is_ok_and(|entries| entries.iter().any(Result::is_ok))
        {
            self.page.documents.push(json.as_bytes().to_vec());
        } else if let Some(kind) = of_json(json) {
            self.claim(Link { text: json.to_owned(), kind });
        }
    }

    fn meta(&mut self, meta: &Element) {
        let Some(content) = meta.attribute("content") else { return };
        if meta.attribute("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("refresh")) {
            let target = content.split_once([';', ',']).map(|(_, rest)| rest.trim());
            let target = target.and_then(|rest| match rest.get(..3).is_some_and(|it| it.eq_ignore_ascii_case("url")) {
                true => rest[3..].trim_start().strip_prefix('=').map(str::trim),
                false => Some(rest),
            });
            let target = target.map(|target| target.trim_matches(['\'', '"'])).filter(|target| !target.is_empty());
            if let Some(url) = target.and_then(|target| self.base.join(target).ok())
                && matches!(url.scheme(), "https" | "http")
                && url != *self.address
            {
                self.page.refresh = Some(url);
            }
            return;
        }
        let name = meta.attribute("property").or(meta.attribute("name")).unwrap_or_default().to_ascii_lowercase();
        if matches!(name.as_str(), "og:image" | "og:image:url" | "og:image:secure_url" | "twitter:image") {
            self.candidate(likelihood::of_shared_picture(content, &self.base), content);
        }
    }

    /// What any element may carry in its attributes.
    fn attributes(&mut self, element: &Element) {
        for (name, value) in &element.attributes {
            if elements::calls_a_wallet(value) {
                self.claims(value);
            } else if name.starts_with("data-") {
                match value.trim_start().starts_with('{') {
                    true => self.json(value),
                    false => self.candidate(likelihood::of_data(element, name, value, &self.base), value),
                }
            }
        }
        if element.name == "#text" {
            self.claims(&element.text);
        }
    }

    fn claims(&mut self, text: &str) {
        for link in claims_in(text, loopback_of(self.address)) {
            if is_claim(&link.kind) {
                self.claim(link);
            }
        }
    }
}

/// Whether a link begins a claim in a protocol of its own.
pub(crate) fn is_claim(kind: &LinkKind) -> bool {
    matches!(
        kind,
        LinkKind::Request(_)
            | LinkKind::Interaction(_)
            | LinkKind::Message(_)
            | LinkKind::Offer(_)
            | LinkKind::OfferAt(_)
    )
}

#[cfg(test)]
#[path = "page/tests.rs"]
mod tests;
