//! How likely the addresses on a page lead to its credential.

use url::Url;

use crate::page::elements::Element;

/// How likely an address leads to the credential, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likelihood {
    /// A picture that is shown and whose name speaks of a badge: it may be a baked one.
    ShownPicture,
    /// The picture by which the page is shown elsewhere, whose name speaks of a badge.
    SharedPicture,
    /// A link whose words speak of a credential to download.
    Worded,
    /// A link to a picture file.
    PictureFile,
    /// A link to some data file.
    DataFile,
    /// A link to a platform's page, whose data is known.
    Platform,
    /// A data file whose words or name speak of a credential.
    NamedDataFile,
    /// The page names it as another form of itself.
    Alternate,
    /// The page names it as another form of itself, by the media type of credentials.
    CredentialAlternate,
}

pub(crate) fn of_alternate(link: &Element) -> Option<Likelihood> {
    let rel = link.attribute("rel")?;
    if !rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("alternate")) {
        return None;
    }
    let media_type = link.attribute("type")?;
    // It describes how a page is shown in another one.
    if media_type.to_ascii_lowercase().contains("oembed") {
        return None;
    }
    match Kind::of_media_type(media_type)? {
        Kind::Credential => Some(Likelihood::CredentialAlternate),
        Kind::Data | Kind::Picture => Some(Likelihood::Alternate),
    }
}

pub(crate) fn of_anchor(anchor: &Element, base: &Url) -> Option<Likelihood> {
    let path = base.join(anchor.attribute("href")?.trim()).ok()?.path().to_owned();
    let download = anchor.attribute("download");
    let kind = anchor
        .attribute("type")
        .and_then(Kind::of_media_type)
        .or_else(|| Kind::of_name(&path))
        .or_else(|| download.and_then(Kind::of_name));
    let mut words = anchor.text.clone();
    for name in ["title", "aria-label", "download", "id", "class"] {
        words.push(' ');
        words.push_str(anchor.attribute(name).unwrap_or_default());
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

pub(crate) fn of_picture(picture: &Element, base: &Url) -> Option<Likelihood> {
    let path = base.join(picture.attribute("src")?.trim()).ok()?.path().to_owned();
    let said = |name| picture.attribute(name).unwrap_or_default();
    let words = format!("{path} {} {}", said("alt"), said("class"));
    (Kind::of_name(&path) == Some(Kind::Picture) && speaks_of_credential(&words)).then_some(Likelihood::ShownPicture)
}

pub(crate) fn of_shared_picture(address: &str, base: &Url) -> Option<Likelihood> {
    let path = base.join(address.trim()).ok()?.path().to_owned();
    let baked = speaks_of_credential(&path) && Kind::of_name(&path).is_none_or(|kind| kind == Kind::Picture);
    baked.then_some(Likelihood::SharedPicture)
}

/// An address in a `data-` attribute, for a button whose script downloads it.
pub(crate) fn of_data(element: &Element, name: &str, value: &str, base: &Url) -> Option<Likelihood> {
    let value = value.trim();
    if !(value.starts_with('/') || value.starts_with("https://") || value.starts_with("http://")) {
        return None;
    }
    let path = base.join(value).ok()?.path().to_owned();
    let words = format!("{name} {path} {}", element.words());
    match Kind::of_name(&path) {
        Some(Kind::Credential) => Some(Likelihood::NamedDataFile),
        Some(Kind::Data) if speaks_of_credential(&words) => Some(Likelihood::NamedDataFile),
        Some(Kind::Data) => Some(Likelihood::DataFile),
        Some(Kind::Picture) if speaks_of_credential(&words) && speaks_of_getting(&words) => {
            Some(Likelihood::PictureFile)
        }
        None if speaks_of_credential(&words) && speaks_of_getting(&words) => Some(Likelihood::Worded),
        _ => None,
    }
}

/// Whether a media type is JSON or a form of it.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = media_type.to_ascii_lowercase();
    matches!(essence.as_str(), "application/json" | "application/vc" | "application/vp") || essence.ends_with("+json")
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
            "application/vc"
            | "application/vp"
            | "application/vc+ld+json"
            | "application/vp+ld+json"
            | "application/vc+jwt"
            | "application/vc+sd-jwt"
            | "application/dc+sd-jwt" => Some(Kind::Credential),
            "application/ld+json" | "application/json" => Some(Kind::Data),
            "image/png" | "image/svg+xml" => Some(Kind::Picture),
            _ => None,
        }
    }

    fn of_name(name: &str) -> Option<Kind> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "vc" | "jws" | "jwt" => Some(Kind::Credential),
            "json" | "jsonld" => Some(Kind::Data),
            "png" | "svg" => Some(Kind::Picture),
            _ => None,
        }
    }
}

fn speaks_of_credential(words: &str) -> bool {
    let words = words.to_lowercase();
    ["credential", "badge", "assertion", "baked", "attestation", "certificat", "insigne", "justificatif"]
        .iter()
        .any(|word| words.contains(word))
}

fn speaks_of_getting(words: &str) -> bool {
    let words = words.to_lowercase();
    ["download", "télécharger", "telecharger", "json", "obtenir", "save", "enregistrer", "export"]
        .iter()
        .any(|word| words.contains(word))
}
