//! RDF Dataset Canonicalization 1.0: the W3C suite, the poison graph included.

use std::collections::BTreeMap;
use std::path::Path;

use attesta_jsonld::{Canonical, Dataset, HashAlgorithm, StepBudget, canonicalize};
use serde::Deserialize;

use crate::suite::{Suite, Unreadable, json, text};

#[derive(Deserialize)]
struct Manifest {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    r#type: String,
    action: String,
    result: Option<String>,
    #[serde(rename = "hashAlgorithm")]
    hash_algorithm: Option<String>,
}

pub(crate) fn run(folder: &Path) -> Result<Suite, Unreadable> {
    let folder = folder.join("rdf-canon");
    let manifest: Manifest = json(&folder.join("manifest.jsonld"))?;
    let mut suite = Suite::new("RDFC-1.0");
    for entry in manifest.entries {
        let input = text(&folder.join(&entry.action))?;
        let algorithm = match entry.hash_algorithm.as_deref() {
            Some("SHA384") => HashAlgorithm::Sha384,
            _ => HashAlgorithm::Sha256,
        };
        let found = canonical(&input, algorithm);
        let expected = entry.result.as_ref().map(|path| folder.join(path));
        match (entry.r#type.as_str(), expected) {
            ("rdfc:RDFC10NegativeEvalTest", _) => {
                suite.case(entry.id, found.map_or(Ok(()), |_| Err("was canonicalized, should be refused".to_owned())));
            }
            ("rdfc:RDFC10MapTest", Some(path)) => {
                let expected: BTreeMap<String, String> = json(&path)?;
                suite.case(entry.id, found.and_then(|found| same_map(&found.issued, &expected)));
            }
            ("rdfc:RDFC10EvalTest", Some(path)) => match found {
                Ok(found) => suite.equal(entry.id, &found.nquads, &text(&path)?),
                Err(error) => suite.case(entry.id, Err(error)),
            },
            (other, _) => suite.case(entry.id, Err(format!("unknown kind of test {other}"))),
        }
    }
    Ok(suite)
}

fn canonical(input: &str, algorithm: HashAlgorithm) -> Result<Canonical, String> {
    let dataset = Dataset::from_nquads(input).map_err(|error| error.to_string())?;
    canonicalize(&dataset, algorithm, StepBudget::default()).map_err(|error| error.to_string())
}

fn same_map(found: &BTreeMap<String, String>, expected: &BTreeMap<String, String>) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("issued {found:?}, expected {expected:?}")) }
}
