//! `cargo xtask page`: the employer's page as a folder to host and as one file, with its published hash.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::setup::{self, Tools};
use crate::shell::{Done, Failure, cargo, output, program, root, run, step};
use crate::web;

/// The page as one file.
const SINGLE: &str = "attesta-page.html";
/// Where a bundle is put into it, exactly as it stands in the file.
const MARKER: &str = r#"<script type="application/json" id="attesta-bundle"></script>"#;

/// Builds `target/page`; with `--check` builds it in another folder as well and compares every byte.
pub(crate) fn page(arguments: &[&str]) -> Done {
    match arguments {
        [] => {
            let hash = build(&setup::for_building()?)?;
            println!("{}\n{hash}", folder().display());
            Ok(())
        }
        ["--check"] => check(),
        _ => Err(Failure::new("cargo xtask page [--check]")),
    }
}

/// Where the folder to host is written.
fn folder() -> PathBuf {
    root().join("target/page")
}

fn build(tools: &Tools) -> Done<String> {
    web::wasm()?;
    step("Building the employer's page to be hosted");
    npm(tools, "build:page")?;
    single(tools, &folder())?;
    let hash = publish(&folder())?;
    // What the bytes depend on beside the sources; it is no part of what is hashed.
    let made_with = [
        output(web::compiler()?.arg("-vV"))?,
        format!("node {}", output(tools.node("node").arg("--version"))?),
        format!("ATTESTA_VERIFIER_URL={}", std::env::var("ATTESTA_VERIFIER_URL").unwrap_or_default()),
    ];
    write(&folder().join("BUILT-WITH"), format!("{}\n", made_with.join("\n")).as_bytes())?;
    Ok(hash)
}

/// Puts the page together as one file, `attesta-page.html` in `into`; the WebAssembly has been built before.
pub(crate) fn single(tools: &Tools, into: &Path) -> Done {
    step("Putting the employer's page into one file");
    npm(tools, "build:single")?;
    let built = root().join("target/page-single");
    let wasm = read(&root().join("ui/src/lib/wasm/attesta_wasm_bg.wasm"))?;
    let file = assemble(&built, &wasm)?;
    write(&into.join(SINGLE), file.as_bytes())
}

/// The built page with everything that it loads put inside, behind a policy that names each part by its hash.
fn assemble(built: &Path, wasm: &[u8]) -> Done<String> {
    let page = text(&built.join("verify.html"))?;
    let (page, scripts) = taken_out(&page, "<script type=\"module\"", "</script>", "src")?;
    let (page, styles) = taken_out(&page, "<link rel=\"stylesheet\"", ">", "href")?;
    let (page, icons) = taken_out(&page, "<link rel=\"icon\"", ">", "href")?;
    let ([script], [style], [icon]) = (scripts.as_slice(), styles.as_slice(), icons.as_slice()) else {
        return Err(Failure::new("the page as one file is made of one script, one style and one icon"));
    };
    // Within HTML these two would end the script, or begin a comment in it; in JavaScript they stand in texts alone.
    let script = text(&built.join(script))?.replace("</script", "<\\/script").replace("<!--", "<\\!--");
    let style = text(&built.join(style))?;
    if style.contains("</style") || style.contains("url(.") || style.contains("url(/") {
        return Err(Failure::new("the style of the page as one file names other files"));
    }
    // An icon that was put inline has its data for an address already.
    let icon = match icon.strip_prefix("data:") {
        Some(_) => icon.clone(),
        None => format!("data:image/svg+xml;base64,{}", STANDARD.encode(read(&built.join(icon))?)),
    };
    let checker = STANDARD.encode(miniz_oxide::deflate::compress_to_vec_zlib(wasm, 10));
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval'; worker-src blob: data:; style-src 'sha256-{}'; \
         font-src data:; img-src data:; connect-src https:; base-uri 'none'; form-action 'none'",
        STANDARD.encode(Sha256::digest(&script)),
        STANDARD.encode(Sha256::digest(&style)),
    );
    let page = replaced_policy(&page, &policy)?;
    let head =
        format!("<link rel=\"icon\" href=\"{icon}\" type=\"image/svg+xml\" />\n    <style>{style}</style>\n  </head>");
    let body = format!(
        "{MARKER}\n    <script type=\"application/octet-stream\" id=\"attesta-checker\">{checker}</script>\n    \
         <script type=\"module\">{script}</script>\n  </body>"
    );
    Ok(page.replacen("</head>", &head, 1).replacen("</body>", &body, 1))
}

/// A page without the elements that begin with `start`, and what their attribute says.
fn taken_out(page: &str, start: &str, end: &str, attribute: &str) -> Done<(String, Vec<String>)> {
    let mut left = String::with_capacity(page.len());
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find(start) {
        let length = rest[at..].find(end).ok_or_else(|| Failure::new(format!("{start} has no end")))? + end.len();
        let element = &rest[at..at + length];
        let value = element.split_once(&format!("{attribute}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        let (value, _) = value.ok_or_else(|| Failure::new(format!("{element} has no {attribute}")))?;
        found.push(value.strip_prefix("./").unwrap_or(value).to_owned());
        left.push_str(rest[..at].trim_end());
        rest = &rest[at + length..];
    }
    left.push_str(rest);
    Ok((left, found))
}

fn replaced_policy(page: &str, policy: &str) -> Done<String> {
    const BEFORE: &str = "http-equiv=\"Content-Security-Policy\"";
    let named = page.find(BEFORE).and_then(|at| Some((at, page[at..].find("content=\"")? + at + "content=\"".len())));
    let (_, start) = named.ok_or_else(|| Failure::new("the page has no policy"))?;
    let length = page[start..].find('"').ok_or_else(|| Failure::new("the page's policy has no end"))?;
    Ok(format!("{}{policy}{}", &page[..start], &page[start + length..]))
}

/// Writes `SHA256SUMS` over every file, in the form that `sha256sum --check` reads, and `HASH` over that list.
fn publish(folder: &Path) -> Done<String> {
    let mut files = Vec::new();
    list(folder, "", &mut files)?;
    files.retain(|name| !matches!(name.as_str(), "SHA256SUMS" | "HASH" | "BUILT-WITH"));
    files.sort();
    let mut sums = String::new();
    for name in files {
        sums.push_str(&format!("{}  {name}\n", hex(&Sha256::digest(read(&folder.join(&name))?))));
    }
    let hash = hex(&Sha256::digest(&sums));
    write(&folder.join("SHA256SUMS"), sums.as_bytes())?;
    write(&folder.join("HASH"), format!("{hash}\n").as_bytes())?;
    Ok(hash)
}

/// Builds the page here and in a copy of the sources elsewhere: both must be the same to the byte.
fn check() -> Done {
    let tools = setup::for_building()?;
    let here = build(&tools)?;
    let copy = std::env::temp_dir().join(format!("attesta-page-{}", std::process::id()));
    let elsewhere = build_elsewhere(&copy);
    // A leftover in the system's temporary folder does no harm.
    let _ = std::fs::remove_dir_all(&copy);
    let elsewhere = elsewhere?;
    if elsewhere.trim_end() == text(&folder().join("SHA256SUMS"))?.trim_end() {
        println!("Built twice, in two folders, with the same bytes:\n{here}");
        return Ok(());
    }
    let listed = text(&folder().join("SHA256SUMS"))?;
    let differing: Vec<&str> = listed.lines().filter(|line| !elsewhere.lines().any(|other| other == *line)).collect();
    Err(Failure::new(format!("built in another folder these files differ:\n{}", differing.join("\n"))))
}

/// Copies the sources and builds the page there with nothing that was built here; yields its `SHA256SUMS`.
fn build_elsewhere(copy: &Path) -> Done<String> {
    step(&format!("Building the page again in {}", copy.display()));
    let listed = output(program("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]))?;
    for name in listed.split('\0').filter(|name| root().join(name).is_file()) {
        let to = copy.join(name);
        let parent = to.parent().unwrap_or(copy);
        std::fs::create_dir_all(parent).map_err(|error| Failure::new(format!("{}: {error}", parent.display())))?;
        std::fs::copy(root().join(name), &to).map_err(|error| Failure::new(format!("{name}: {error}")))?;
    }
    // The packages are the same by their lock; elsewhere they are installed anew.
    #[cfg(unix)]
    std::os::unix::fs::symlink(root().join("ui/node_modules"), copy.join("ui/node_modules"))
        .map_err(|error| Failure::new(format!("ui/node_modules: {error}")))?;
    run(cargo().current_dir(copy).env_remove("CARGO_TARGET_DIR").args([
        "run",
        "--quiet",
        "--locked",
        "--package",
        "xtask",
        "--",
        "page",
    ]))?;
    text(&copy.join("target/page/SHA256SUMS"))
}

fn npm(tools: &Tools, script: &str) -> Done {
    run(tools.node("npm").current_dir(root().join("ui")).args(["run", "--silent", script]))
}

fn list(folder: &Path, under: &str, files: &mut Vec<String>) -> Done {
    let failed = |error: std::io::Error| Failure::new(format!("{}: {error}", folder.display()));
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = format!("{under}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push(name);
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn read(file: &Path) -> Done<Vec<u8>> {
    std::fs::read(file).map_err(|error| Failure::new(format!("{}: {error}", file.display())))
}

fn text(file: &Path) -> Done<String> {
    std::fs::read_to_string(file).map_err(|error| Failure::new(format!("{}: {error}", file.display())))
}

fn write(file: &Path, bytes: &[u8]) -> Done {
    std::fs::write(file, bytes).map_err(|error| Failure::new(format!("{}: {error}", file.display())))
}
