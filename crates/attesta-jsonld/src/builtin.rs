//! The contexts that credentials use, built in and pinned by hash. Their publishers and licences are listed in
//! `contexts/README.md`, where each file comes from in `contexts/sources.json`.

use std::sync::OnceLock;

use hashbrown::HashMap;

use crate::context::{ContextDocument, ContextSource, Edition};

/// The built-in contexts, by URL, each URL with its editions.
pub struct BuiltinContexts {
    positions_by_url: HashMap<&'static str, Vec<usize>>,
    /// Read when first asked for.
    documents: Vec<OnceLock<ContextDocument>>,
}

struct File {
    /// Where the publisher offers it.
    url: &'static str,
    /// The publisher's version or date.
    label: &'static str,
    sha256: &'static str,
    bytes: &'static [u8],
}

macro_rules! file {
    ($name:literal, $label:literal, $sha256:literal, $url:literal) => {
        File { url: $url, label: $label, sha256: $sha256, bytes: include_bytes!(concat!("../contexts/", $name)) }
    };
}

/// Of files with the same URL the newest stands first.
const FILES: &[File] = &[
    file!(
        "credentials-v2.jsonld",
        "2.0",
        "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f",
        "https://www.w3.org/ns/credentials/v2"
    ),
    file!(
        "credentials-v1.jsonld",
        "1.1",
        "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8",
        "https://www.w3.org/2018/credentials/v1"
    ),
    file!(
        "credentials-undefined-terms-v2.jsonld",
        "2.0",
        "82dab514ba44eb18f5d1b0f638c5e140c6a556fbfb5089601bdc0fa5eb8b2581",
        "https://www.w3.org/ns/credentials/undefined-terms/v2"
    ),
    file!(
        "ob-v3p0-3.0.3-2026.jsonld",
        "3.0.3 of 2026-06",
        "f46b69f14057af890c66d2168fd16273e0c85e479d0d4c02588778dcc3fe8157",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
    ),
    file!(
        "ob-v3p0-3.0.3.jsonld",
        "3.0.3 of 2025-04",
        "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
    ),
    file!(
        "ob-v3p0-3.0.2.jsonld",
        "3.0.2",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
    ),
    file!(
        "ob-v3p0-3.0.1.jsonld",
        "3.0.1",
        "af095468326d3449160509b26ca71576e6321d13c85b0369cfe3b654c9a48fba",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
    ),
    file!(
        "ob-v3p0-3.0.0.jsonld",
        "3.0.0",
        "9f1c8f9f361ba2994b9b50701f41149919542c50c7b7455b2846d87959295d72",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
    ),
    file!(
        "ob-v3p0-3.0.0.jsonld",
        "3.0.0",
        "9f1c8f9f361ba2994b9b50701f41149919542c50c7b7455b2846d87959295d72",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.0.json"
    ),
    file!(
        "ob-v3p0-beta.jsonld",
        "beta of 2022",
        "5afdfb3d5ddb92417d2b48f0ab2f89d16d1b03696c2f3fa2e67184819e103326",
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
    ),
    file!(
        "ob-v3p0-extensions.jsonld",
        "3.0",
        "2d013f981d1f4516081a6a04e55468ba2b071d4153b794f19a79715c45a89a5e",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
    ),
    file!(
        "clr-v2p0-2.0.1.jsonld",
        "2.0.1",
        "7d425259535d86f4d8a828e09dd3962f819cc05a875ffafc4845615875de35d9",
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
    ),
    file!(
        "clr-v2p0-2.0.0.jsonld",
        "2.0",
        "9c17eb5c82001f875bc533b92ff70c142803a90e366ea1617717bcebc4176cbe",
        "https://purl.imsglobal.org/spec/clr/v2p0/context.json"
    ),
    file!(
        "data-integrity-v2.jsonld",
        "2",
        "0f77743daf5b4e8fc067fc5ba5b21044283053aa717fc6b0219843bed3b00363",
        "https://w3id.org/security/data-integrity/v2"
    ),
    file!(
        "data-integrity-v1.jsonld",
        "1",
        "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
        "https://w3id.org/security/data-integrity/v1"
    ),
    file!(
        "ed25519-2020-v1.jsonld",
        "1",
        "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
        "https://w3id.org/security/suites/ed25519-2020/v1"
    ),
    file!(
        "multikey-v1.jsonld",
        "1",
        "c5f3806f8286920573221938917988a18a4cc5a09e968d29649613c7a1c2b1f6",
        "https://w3id.org/security/multikey/v1"
    ),
    file!(
        "citizenship-v4rc1.jsonld",
        "4 candidate 1",
        "a89b0bc00b1848ac3dfdf956c7dd5de8567e755351c07ec6a1c2b4a08b67953b",
        "https://w3id.org/citizenship/v4rc1"
    ),
    file!(
        "did-v1.jsonld",
        "1",
        "62c1054bf404d6dd3a4b26b64f830fd72095f6a26edc4469908c94351352ce5f",
        "https://www.w3.org/ns/did/v1"
    ),
    file!(
        "security-v2.jsonld",
        "2",
        "4cb186bc29c08af6e40c58178c22dd84d542f2871a063afed6e648b47abc3cf6",
        "https://w3id.org/security/v2"
    ),
    file!(
        "security-v1.jsonld",
        "1",
        "e2d146cd556f6fa5f14996c6f1749667d5a14073fa30f0643990068e2c0b1bac",
        "https://w3id.org/security/v1"
    ),
    file!(
        "status-list-2021-v1.jsonld",
        "1",
        "634d71c159289f068c96012e4511c657fdf82ac4231900081bda3ba24e2e1160",
        "https://w3id.org/vc/status-list/2021/v1"
    ),
    file!(
        "bitstring-status-v1.jsonld",
        "1",
        "fd08cbf28ddd829ab2f1978c48f43ab07a112c1c90245a0cfac7ba721c65170c",
        "https://www.w3.org/ns/credentials/status/v1"
    ),
];

/// The contexts that are part of this program.
pub fn builtin() -> &'static BuiltinContexts {
    static BUILTIN: OnceLock<BuiltinContexts> = OnceLock::new();
    BUILTIN.get_or_init(|| {
        let mut positions_by_url: HashMap<&str, Vec<usize>> = HashMap::new();
        for (position, file) in FILES.iter().enumerate() {
            positions_by_url.entry(file.url).or_default().push(position);
        }
        BuiltinContexts { positions_by_url, documents: FILES.iter().map(|_| OnceLock::new()).collect() }
    })
}

impl BuiltinContexts {
    /// The URLs that have a built-in context.
    pub fn urls(&self) -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|file| file.url).collect::<std::collections::BTreeSet<_>>().into_iter()
    }

    fn document(&self, position: usize) -> &ContextDocument {
        let file = &FILES[position];
        self.documents[position].get_or_init(|| {
            let document = ContextDocument::parse(file.url, file.label, file.bytes.to_vec());
            let document = document.expect("the built-in contexts are JSON, which a test checks");
            assert!(document.sha256() == file.sha256, "the program was built with another {}", file.url);
            document
        })
    }
}

impl ContextSource for BuiltinContexts {
    fn context(&self, url: &str, edition: Edition) -> Option<&ContextDocument> {
        let positions = self.positions_by_url.get(url)?;
        positions.get(edition.0).or(positions.last()).map(|position| self.document(*position))
    }

    fn editions(&self, url: &str) -> usize {
        self.positions_by_url.get(url).map_or(0, Vec::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Options, to_rdf};

    #[test]
    fn every_context_has_the_hash_it_is_pinned_to() {
        for (position, file) in FILES.iter().enumerate() {
            let document = ContextDocument::parse(file.url, file.label, file.bytes.to_vec()).unwrap();
            assert_eq!(document.sha256(), file.sha256, "{}", file.url);
            assert_eq!(builtin().document(position).label(), file.label);
        }
    }

    #[test]
    fn every_file_taken_from_a_package_is_built_in_unchanged() {
        let sources = Document::parse(include_bytes!("../contexts/sources.json").to_vec()).unwrap();
        let sources = sources.root().as_array().unwrap();
        assert!(!sources.is_empty());
        for source in sources {
            let sha256 = source.get("sha256").and_then(|value| value.as_str()).unwrap();
            assert!(FILES.iter().any(|file| file.sha256 == sha256), "{source}");
        }
    }

    #[test]
    fn every_context_is_accepted_in_safe_mode() {
        for url in builtin().urls() {
            for edition in 0..builtin().editions(url) {
                let text = format!(r#"{{"@context":"{url}","@type":"http://example.org/T"}}"#);
                let document = Document::parse(text.into_bytes()).unwrap();
                let options = Options { edition: Edition(edition), ..Options::credential() };
                let rdf = to_rdf(document.root(), &options).unwrap_or_else(|error| panic!("{url}: {error}"));
                assert_eq!((rdf.dataset.len(), rdf.editions), (1, builtin().editions(url)), "{url}");
            }
        }
    }

    #[test]
    fn an_edition_beyond_the_oldest_is_the_oldest() {
        let url = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
        let label = |edition| builtin().context(url, Edition(edition)).map(ContextDocument::label);
        assert_eq!(builtin().editions(url), 2);
        assert_ne!(label(0), label(1));
        assert_eq!(label(1), label(9));
        assert!(builtin().context("https://example.org/", Edition::NEWEST).is_none());
    }
}
