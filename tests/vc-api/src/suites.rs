//! The suites and what each is told of this server: its endpoints, each with the tags by which the suite finds it.

use serde_json::{Value, json};

use crate::answer::Server;

/// One published suite.
pub(crate) struct Suite {
    /// As its specification is called.
    name: &'static str,
    /// Path of the issuing endpoint before `/credentials/issue`, and tags.
    issuers: &'static [(&'static str, &'static [&'static str])],
    /// Tags of `/credentials/verify`; none where the suite needs no such endpoint.
    verifier: &'static [&'static str],
    /// Tags of `/presentations/verify`.
    presentation_verifier: &'static [&'static str],
    /// For the ECDSA suite: the curves that an endpoint knows.
    curves: &'static [&'static str],
}

/// Every suite. The tags of a kind of proof that the product can't check yet are left out; its tests are then not run
/// at all, and the table says so.
const SUITES: [Suite; 4] = [
    Suite {
        name: "vc-di-eddsa",
        issuers: &[("eddsa-rdfc-2022", &["eddsa-rdfc-2022"]), ("eddsa-jcs-2022", &["eddsa-jcs-2022"])],
        verifier: &["eddsa-rdfc-2022", "eddsa-jcs-2022"],
        presentation_verifier: &[],
        curves: &[],
    },
    Suite {
        name: "vc-di-ecdsa",
        issuers: &[],
        verifier: &["ecdsa-rdfc-2019", "ecdsa-jcs-2019", "ecdsa-sd-2023"],
        presentation_verifier: &[],
        curves: &["P-256", "P-384"],
    },
    Suite {
        name: "vc-data-model-2.0",
        issuers: &[("fitting", &["vc2.0"]), ("enveloped", &["EnvelopingProof"])],
        verifier: &["vc2.0", "EnvelopingProof"],
        presentation_verifier: &["vc2.0", "EnvelopingProof"],
        curves: &[],
    },
    Suite {
        name: "vc-bitstring-status-list",
        issuers: &[("with-status", &["BitstringStatusList", "Revocation", "Suspension"])],
        verifier: &["BitstringStatusList", "Revocation", "Suspension"],
        presentation_verifier: &[],
        curves: &[],
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
        let endpoint = |path: &str, tags: &[&str]| {
            let mut endpoint = json!({
                "id": server.issuer().did(),
                "endpoint": format!("{}/{path}", server.base()),
                "supports": { "vc": ["1.1", "2.0"] },
                "tags": tags,
            });
            if !self.curves.is_empty() {
                endpoint["supportedEcdsaKeyTypes"] = json!(self.curves);
            }
            endpoint
        };
        let issuers: Vec<Value> =
            self.issuers.iter().map(|(path, tags)| endpoint(&format!("{path}/credentials/issue"), tags)).collect();
        let one = |path: &str, tags: &[&str]| -> Vec<Value> {
            if tags.is_empty() { Vec::new() } else { vec![endpoint(path, tags)] }
        };
        let config = json!({
            "settings": { "enableInteropTests": true, "testAllImplementations": false },
            "implementations": [{
                "name": "Attesta",
                "implementation": "Attesta",
                "issuers": issuers,
                "verifiers": one("credentials/verify", self.verifier),
                "vpVerifiers": one("presentations/verify", self.presentation_verifier),
            }],
        });
        format!("module.exports = {config};")
    }
}
