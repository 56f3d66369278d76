//! What a credential's JSON arrives in, so that the JSON can be altered within it.

use attesta_credential::{bake_png, read_each};
use attesta_share::{PayloadEncoding, ShareLink};
use attesta_test_support::png;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::json::Json;

/// What the JSON stands in, and all of it that is not the JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carrier {
    /// Nothing: the bytes are the JSON.
    Plain,
    /// A baked picture.
    Png,
    /// A baked drawing: what stands before the JSON, and what after it.
    Svg(String, String),
    /// A JSON Web Signature in compact form: what stands before the payload, and what after it.
    Jws(String, String),
    /// A share link of a page, with its payload in base64url.
    Link(String),
}

impl Carrier {
    /// Takes the JSON out; `None` where the bytes are in no form that is known here.
    pub fn open(received: &[u8]) -> Option<(Carrier, Json)> {
        if received.starts_with(b"\x89PNG") {
            let held = read_each(received).ok()?;
            let bytes = held.first()?.as_ref().ok()?.credential.bytes().to_vec();
            // A picture of several, or of something that is no JSON, is altered byte by byte only.
            return (held.len() == 1).then(|| Json::parse(&bytes)).flatten().map(|json| (Carrier::Png, json));
        }
        if let Some(json) = Json::parse(received) {
            return Some((Carrier::Plain, json));
        }
        let text = std::str::from_utf8(received).ok()?;
        if text.contains("<svg") {
            let (start, end) = (text.find("<![CDATA[")? + "<![CDATA[".len(), text.find("]]>")?);
            let json = Json::parse(text.get(start..end)?.as_bytes())?;
            return Some((Carrier::Svg(text[..start].to_owned(), text[end..].to_owned()), json));
        }
        if let Some((page, _)) = text.split_once('#') {
            let content = ShareLink::decode(text).ok()?.plain()?;
            return Some((Carrier::Link(page.to_owned()), Json::parse(&content)?));
        }
        let start = text.find('.')? + 1;
        let end = start + text[start..].find('.')?;
        let json = Json::parse(&URL_SAFE_NO_PAD.decode(&text[start..end]).ok()?)?;
        Some((Carrier::Jws(text[..start].to_owned(), text[end..].to_owned()), json))
    }

    /// Puts JSON text in.
    pub fn close(&self, json: &[u8]) -> Vec<u8> {
        match self {
            Carrier::Plain => json.to_vec(),
            Carrier::Png => bake_png(&png::picture(&[]), json).unwrap_or_else(|_| json.to_vec()),
            Carrier::Svg(before, after) => [before.as_bytes(), json, after.as_bytes()].concat(),
            Carrier::Jws(before, after) => {
                [before.as_bytes(), URL_SAFE_NO_PAD.encode(json).as_bytes(), after.as_bytes()].concat()
            }
            Carrier::Link(page) => ShareLink::encode(page, json, PayloadEncoding::Base64Url).as_str().into(),
        }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Carrier::Plain => "JSON",
            Carrier::Png => "PNG",
            Carrier::Svg(..) => "SVG",
            Carrier::Jws(..) => "JWS",
            Carrier::Link(_) => "link",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(received: &[u8], name: &str) {
        let (carrier, json) = Carrier::open(received).expect("the form is known");
        assert_eq!(carrier.name(), name);
        let closed = carrier.close(&json.bytes());
        assert_eq!(Carrier::open(&closed), Some((carrier, json)));
    }

    #[test]
    fn what_is_taken_out_of_each_form_can_be_put_back() {
        const JSON: &str = r#"{"type":["VerifiableCredential"],"name":"Échantillonnage de l'eau"}"#;
        check(JSON.as_bytes(), "JSON");
        check(&bake_png(&png::picture(&[]), JSON.as_bytes()).expect("it can be baked"), "PNG");
        check(format!("<svg><c><![CDATA[{JSON}]]></c></svg>").as_bytes(), "SVG");
        check(format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(JSON)).as_bytes(), "JWS");
        // A handful of characters behind a page is no link yet.
        let long = JSON.replace("l'eau", "l'eau de la rivière Saskatchewan, prélèvement et lecture des résultats");
        let link = ShareLink::encode("https://verify.example/", long.as_bytes(), PayloadEncoding::Base64Url);
        check(link.as_str().as_bytes(), "link");
    }
}
