//! Writes `tests/vectors` anew; the folders are committed, and a test says when they are not what this writes.

use std::path::Path;
use std::{fs, io};

use attesta_test_support::vectors;

fn main() -> io::Result<()> {
    let root = vectors::folder();
    if root.exists() {
        fs::remove_dir_all(&root)?;
    }
    let cases = vectors::all();
    for case in &cases {
        for (path, bytes) in case.files() {
            let path = root.join(&case.name).join(path);
            fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
            fs::write(path, bytes)?;
        }
    }
    fs::write(root.join("README.md"), vectors::index(&cases))?;
    println!("{} cases in {}", cases.len(), root.display());
    Ok(())
}
