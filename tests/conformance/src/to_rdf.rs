//! JSON-LD 1.1 to RDF: the W3C suite, its negative tests included.

use std::collections::HashMap;
use std::path::Path;

use attesta_jsonld::{
    ContextDocument, ContextSource, Dataset, Document, Edition, GeneralizedRdf, Options, RdfDirection, SafeMode, Value,
    to_rdf,
};
use serde::Deserialize;

use crate::suite::{Suite, Unreadable, bytes, json, text};

#[derive(Deserialize)]
struct Manifest {
    #[serde(rename = "baseIri")]
    base: String,
    sequence: Vec<Test>,
}

#[derive(Deserialize)]
struct Test {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    types: Vec<String>,
    input: String,
    expect: Option<String>,
    #[serde(rename = "expectErrorCode")]
    expected_error: Option<String>,
    #[serde(default)]
    option: TestOption,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct TestOption {
    base: Option<String>,
    expand_context: Option<String>,
    rdf_direction: Option<String>,
    #[serde(default)]
    produce_generalized_rdf: bool,
    processing_mode: Option<String>,
    spec_version: Option<String>,
}

/// The suite's own files under their public addresses.
struct Folder(HashMap<String, ContextDocument>);

impl ContextSource for Folder {
    fn context(&self, url: &str, _edition: Edition) -> Option<&ContextDocument> {
        self.0.get(url)
    }
}

pub(crate) fn run(folder: &Path) -> Result<Suite, Unreadable> {
    let folder = folder.join("json-ld-toRdf");
    let manifest: Manifest = json(&folder.join("toRdf-manifest.jsonld"))?;
    let contexts = context_files(&folder, &manifest.base)?;
    let mut suite = Suite::new("JSON-LD toRdf");
    for test in &manifest.sequence {
        let name = test.id.trim_start_matches('#');
        let only_1_0 = |version: &Option<String>| version.as_deref() == Some("json-ld-1.0");
        if only_1_0(&test.option.spec_version) || only_1_0(&test.option.processing_mode) {
            suite.case(name, Err("for JSON-LD 1.0 only".to_owned()));
            continue;
        }
        // The suite's manifest borrows a few inputs from its neighbours.
        if !folder.join(&test.input).is_file() {
            suite.case(name, Err(format!("{} is not in the folder", test.input)));
            continue;
        }
        let outcome = outcome(test, &folder, &manifest.base, &contexts)?;
        suite.case(name, outcome);
    }
    Ok(suite)
}

fn outcome(test: &Test, folder: &Path, base: &str, contexts: &Folder) -> Result<Result<(), String>, Unreadable> {
    let document = match Document::parse(bytes(&folder.join(&test.input))?) {
        Ok(document) => document,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let extra = match &test.option.expand_context {
        Some(path) => match Document::parse(bytes(&folder.join(path))?) {
            Ok(extra) => Some(extra),
            Err(error) => return Ok(Err(error.to_string())),
        },
        None => None,
    };
    let address = test.option.base.clone().unwrap_or_else(|| format!("{base}{}", test.input));
    let options = Options {
        contexts,
        edition: Edition::NEWEST,
        safe: SafeMode::Off,
        base: Some(&address),
        expand_context: extra.as_ref().map(Document::root),
        rdf_direction: match test.option.rdf_direction.as_deref() {
            Some("i18n-datatype") => Some(RdfDirection::I18nDatatype),
            Some("compound-literal") => Some(RdfDirection::CompoundLiteral),
            _ => None,
        },
        generalized_rdf: match test.option.produce_generalized_rdf {
            true => GeneralizedRdf::Produce,
            false => GeneralizedRdf::Refuse,
        },
    };
    let root: &Value<'_> = document.root();
    let found = to_rdf(root, &options);
    if let Some(expected) = &test.expected_error {
        return Ok(match found {
            Err(error) if error.code.to_string() == *expected => Ok(()),
            Err(error) => Err(format!("error {}, expected {expected}", error.code)),
            Ok(_) => Err(format!("no error, expected {expected}")),
        });
    }
    let found = match found {
        Ok(found) => found.dataset,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let Some(expect) = &test.expect else {
        let syntax_only = test.types.iter().any(|kind| kind.ends_with("PositiveSyntaxTest"));
        return Ok(if syntax_only { Ok(()) } else { Err("the test expects nothing".to_owned()) });
    };
    Ok(match Dataset::from_nquads(&text(&folder.join(expect))?) {
        Err(error) => Err(format!("the expected quads can't be read: {error}")),
        Ok(expected) if found.is_isomorphic(&expected) => Ok(()),
        Ok(expected) => Err(format!("found {}\nexpected {}", found.to_nquads(), expected.to_nquads())),
    })
}

/// Every JSON file of the suite may be asked for as a context.
fn context_files(folder: &Path, base: &str) -> Result<Folder, Unreadable> {
    let list = |path: &Path| std::fs::read_dir(path).map_err(|error| Unreadable::File { path: path.to_owned(), error });
    let mut files = HashMap::new();
    let mut folders = vec![folder.join("toRdf")];
    while let Some(next) = folders.pop() {
        for entry in list(&next)?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "jsonld" || ending == "json") {
                let relative = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
                let url = format!("{base}{relative}");
                if let Ok(document) = ContextDocument::parse(&url, "suite", bytes(&path)?) {
                    files.insert(url, document);
                }
            }
        }
    }
    Ok(Folder(files))
}
