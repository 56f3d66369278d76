//! The suites and what each is told of this server: its endpoints, each with the tags by which the suite finds it.

use serde_json::{Value, json};

use crate::answer::Server;
use crate::ecdsa::{self, Curve};

/// One published suite.
pub(crate) struct Suite {
    /// As its specification is called.
    name: &'static str,
    /// Endpoints that issue.
    issuers: &'static [Issuing],
    /// Tags of `/credentials/verify`; none where the suite needs no such endpoint.
    verifier: &'static [&'static str],
    /// Tags of `/presentations/verify`.
    presentation_verifier: &'static [&'static str],
    /// Tags of `/credentials/derive`.
    holder: &'static [&'static str],
}

/// An endpoint that issues.
struct Issuing {
    /// Its path before `/credentials/issue`.
    path: &'static str,
    /// Whose key it signs with.
    key: Key,
    /// The tags by which a suite finds it.
    tags: &'static [&'static str],
}

/// What an endpoint signs with.
#[derive(Clone, Copy)]
enum Key {
    Ed25519,
    Ecdsa(Curve),
}

const fn issuing(path: &'static str, key: Key, tags: &'static [&'static str]) -> Issuing {
    Issuing { path, key, tags }
}

const P256: Key = Key::Ecdsa(Curve::P256);
const P384: Key = Key::Ecdsa(Curve::P384);

/// Every suite.
const SUITES: [Suite; 4] = [
    Suite {
        name: "vc-di-eddsa",
        issuers: &[
            issuing("eddsa-rdfc-2022", Key::Ed25519, &["eddsa-rdfc-2022"]),
            issuing("eddsa-jcs-2022", Key::Ed25519, &["eddsa-jcs-2022"]),
        ],
        verifier: &["eddsa-rdfc-2022", "eddsa-jcs-2022"],
        presentation_verifier: &[],
        holder: &[],
    },
    Suite {
        name: "vc-di-ecdsa",
        issuers: &[
            issuing("ecdsa-rdfc-2019-p256", P256, &["ecdsa-rdfc-2019"]),
            issuing("ecdsa-rdfc-2019-p384", P384, &["ecdsa-rdfc-2019"]),
            issuing("ecdsa-jcs-2019-p256", P256, &["ecdsa-jcs-2019"]),
            issuing("ecdsa-jcs-2019-p384", P384, &["ecdsa-jcs-2019"]),
            issuing("ecdsa-sd-2023", P256, &["ecdsa-sd-2023"]),
        ],
        verifier: &["ecdsa-rdfc-2019", "ecdsa-jcs-2019", "ecdsa-sd-2023"],
        presentation_verifier: &[],
        holder: &["vcHolder"],
    },
    Suite {
        name: "vc-data-model-2.0",
        issuers: &[
            issuing("fitting", Key::Ed25519, &["vc2.0"]),
            issuing("enveloped", Key::Ed25519, &["EnvelopingProof"]),
        ],
        verifier: &["vc2.0", "EnvelopingProof"],
        presentation_verifier: &["vc2.0", "EnvelopingProof"],
        holder: &[],
    },
    Suite {
        name: "vc-bitstring-status-list",
        issuers: &[issuing("with-status", Key::Ed25519, &["BitstringStatusList", "Revocation", "Suspension"])],
        verifier: &["BitstringStatusList", "Revocation", "Suspension"],
        presentation_verifier: &[],
        holder: &[],
    },
];

/// The suite of this name.
pub(crate) fn named(name: &str) -> Option<&'static Suite> {
    SUITES.iter().find(|suite| suite.name == name)
}

/// The names of all.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    SUITES.iter().map(|suite| suite.name)
}

impl Suite {
    /// The text of `localConfig.cjs`, by which the suite's own loader finds the server.
    pub(crate) fn local_config(&self, server: &Server) -> String {
        let endpoint = |path: &str, id: String, curves: &[&str], tags: &[&str]| {
            json!({
                "id": id,
                "endpoint": format!("{}/{path}", server.base()),
                "supports": { "vc": ["1.1", "2.0"] },
                "supportedEcdsaKeyTypes": curves,
                "tags": tags,
            })
        };
        let issuers = self.issuers.iter().map(|Issuing { path, key, tags }| {
            let (id, curves) = match key {
                Key::Ed25519 => (server.issuer().did(), &[][..]),
                Key::Ecdsa(curve @ Curve::P256) => (ecdsa::issuer(*curve).id, &["P-256"][..]),
                Key::Ecdsa(curve @ Curve::P384) => (ecdsa::issuer(*curve).id, &["P-384"][..]),
            };
            endpoint(&format!("{path}/credentials/issue"), id, curves, tags)
        });
        let one = |path: &str, tags: &[&str]| -> Vec<Value> {
            let endpoint = || endpoint(path, server.issuer().did(), &["P-256", "P-384"], tags);
            if tags.is_empty() { Vec::new() } else { vec![endpoint()] }
        };
        let config = json!({
            "settings": { "enableInteropTests": true, "testAllImplementations": false },
            "implementations": [{
                "name": "Attesta",
                "implementation": "Attesta",
                "issuers": issuers.collect::<Vec<_>>(),
                "verifiers": one("credentials/verify", self.verifier),
                "vpVerifiers": one("presentations/verify", self.presentation_verifier),
                "vcHolders": one("credentials/derive", self.holder),
            }],
        });
        format!("module.exports = {config};")
    }
}
