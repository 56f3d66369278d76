//! RFC 8785: the test data of its authors.

use std::path::Path;

use attesta_jsonld::{Document, jcs};

use crate::suite::{Suite, Unreadable, bytes, text};

pub(crate) fn run(folder: &Path) -> Result<Suite, Unreadable> {
    let mut suite = Suite::new("JCS");
    for name in ["arrays", "french", "structures", "unicode", "values", "weird"] {
        let input = bytes(&folder.join("jcs/input").join(name).with_extension("json"))?;
        let expected = text(&folder.join("jcs/output").join(name).with_extension("json"))?;
        let hex = text(&folder.join("jcs/outhex").join(name).with_extension("txt"))?;
        match Document::parse(input) {
            Err(error) => suite.case(name, Err(error.to_string())),
            Ok(document) => {
                let found = jcs::canonicalize(document.root());
                let found_hex: Vec<String> = found.iter().map(|byte| format!("{byte:02x}")).collect();
                suite.equal(name, &String::from_utf8_lossy(&found), &expected);
                suite.equal(
                    format!("{name} (bytes)"),
                    &found_hex.join(" "),
                    &hex.split_whitespace().collect::<Vec<_>>().join(" "),
                );
            }
        }
    }
    Ok(suite)
}
