//! The W3C suites that speak HTTP: gets them, installs what they need, and runs each against our server and against two
//! that don't look. A suite that can't be had is noted as such and fails nothing.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::setup::{self, Tools};
use crate::shell::{Done, Failure, cargo, output, program, run, step, target};

/// The suites: the name that our server knows each by, and the repository of each.
const SUITES: [(&str, &str); 4] = [
    ("vc-di-eddsa", "w3c/vc-di-eddsa-test-suite"),
    ("vc-di-ecdsa", "w3c/vc-di-ecdsa-test-suite"),
    ("vc-data-model-2.0", "w3c/vc-data-model-2.0-test-suite"),
    ("vc-bitstring-status-list", "w3c/vc-bitstring-status-list-test-suite"),
];
/// What the suites take from GitHub instead of the registry.
const HELPERS: [&str; 2] = ["w3c/vc-test-suite-implementations", "w3c-ccg/data-integrity-test-suite-assertion"];
/// The servers: the name of the results, and the option that makes them so.
const BEHAVIOURS: [(&str, Option<&str>); 3] =
    [("attesta", None), ("accept-all", Some("--accept-all")), ("reject-all", Some("--reject-all"))];
/// The longest that one run of a suite may take; they take seconds.
const LONGEST: Duration = Duration::from_secs(300);

/// Why a suite was not run, in the words of the table.
struct NotRun(String);

/// Runs all suites that can be had from the folder or the network; yields the folder of results.
pub(crate) fn run_all(suites: &Path, vectors: &Path) -> Done<PathBuf> {
    let work = target().join("conformance");
    let results = work.join("results");
    if results.exists() {
        fs::remove_dir_all(&results).map_err(|error| file(&results, &error))?;
    }
    fs::create_dir_all(&results).map_err(|error| file(&results, &error))?;
    let tools = setup::with_node();
    step("Building the server for the suites");
    run(cargo().args(["build", "--quiet", "--locked", "-p", "attesta-vc-api"]))?;
    for (name, repository) in SUITES {
        let ran = match &tools {
            Ok(tools) => run_one(tools, name, repository, suites, vectors, &work),
            Err(failure) => Err(NotRun(failure.to_string())),
        };
        let note = match ran {
            Ok(commit) => json!({ "ran": commit }),
            Err(NotRun(why)) => {
                eprintln!("{name} is not run: {why}");
                json!({ "not_run": why })
            }
        };
        let path = results.join(format!("{name}.json"));
        fs::write(&path, note.to_string()).map_err(|error| file(&path, &error))?;
    }
    Ok(results)
}

fn file(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}

/// Runs one suite three times; yields its commit.
fn run_one(
    tools: &Tools,
    name: &str,
    repository: &str,
    suites: &Path,
    vectors: &Path,
    work: &Path,
) -> Result<String, NotRun> {
    step(&format!("{name}: getting the suite"));
    let mut commits = Vec::new();
    for repository in [repository].iter().chain(&HELPERS) {
        commits.push(have(suites, repository)?);
    }
    let folder = work.join(name);
    let stamp = folder.join(".attesta-commits");
    let wanted = commits.join(" ");
    if fs::read_to_string(&stamp).is_ok_and(|done| done == wanted) {
        eprintln!("as it was installed before");
    } else {
        install(tools, &suites.join(own_name(repository)), suites, vectors, &folder)?;
        fs::write(&stamp, &wanted).map_err(|error| NotRun(error.to_string()))?;
    }
    for (behaviour, option) in BEHAVIOURS {
        step(&format!("{name}: running against {behaviour}"));
        let result = work.join("results").join(format!("{name}.{behaviour}.json"));
        mocha(tools, name, option, &folder, &result)?;
    }
    Ok(commits.swap_remove(0))
}

fn own_name(repository: &str) -> &str {
    repository.rsplit('/').next().unwrap_or(repository)
}

/// A repository in the folder of suites, fetched where it is not there; yields its commit.
fn have(suites: &Path, repository: &str) -> Result<String, NotRun> {
    let folder = suites.join(own_name(repository));
    if !folder.is_dir() {
        let address = format!("https://github.com/{repository}");
        let cloned = program("git")
            .args(["-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=20", "clone", "--quiet", "--depth", "1"])
            .args([&address, &folder.display().to_string()])
            .env("GIT_TERMINAL_PROMPT", "0")
            .stderr(Stdio::null())
            .status();
        if !cloned.is_ok_and(|status| status.success()) {
            return Err(NotRun("the suite could not be had".to_owned()));
        }
    }
    let commit = output(program("git").arg("-C").arg(&folder).args(["rev-parse", "--short=10", "HEAD"]));
    // A copy without its history runs just as well.
    Ok(commit.unwrap_or_else(|_| "a copy".to_owned()))
}

/// Copies a suite to where it is run, leads it to the copies of its helpers and installs its packages.
fn install(tools: &Tools, suite: &Path, suites: &Path, vectors: &Path, folder: &Path) -> Result<(), NotRun> {
    let told = |error: io::Error| NotRun(error.to_string());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(told)?;
    }
    copy(suite, folder).map_err(told)?;
    let package = folder.join("package.json");
    let mut manifest: Value = fs::read(&package)
        .map_err(told)
        .and_then(|bytes| serde_json::from_slice(&bytes).map_err(|error| NotRun(error.to_string())))?;
    for helper in HELPERS {
        if let Some(source) = manifest["dependencies"].get_mut(own_name(helper)) {
            let copy = suites.join(own_name(helper));
            *source = json!(format!("file:{}", copy.canonicalize().unwrap_or(copy).display()));
        }
    }
    // Linters and report writers; running the tests takes mocha alone.
    if let Some(development) = manifest["devDependencies"].as_object_mut() {
        development.retain(|name, _| name == "mocha");
    }
    fs::write(&package, manifest.to_string()).map_err(told)?;
    // The lock holds addresses of what now comes from the folder.
    let _ = fs::remove_file(folder.join("package-lock.json"));
    adapt(folder, vectors)?;
    let mut install = tools.node("npm");
    install.current_dir(folder).args(["install", "--install-links", "--ignore-scripts", "--no-audit", "--no-fund"]);
    run(&mut install).map_err(|_| NotRun("its packages could not be installed".to_owned()))
}

/// The places where a suite takes for granted what is not so here.
fn adapt(folder: &Path, vectors: &Path) -> Result<(), NotRun> {
    let told = |error: io::Error| NotRun(error.to_string());
    // The status list suite follows https alone, and the server is on loopback.
    let loader = folder.join("tests/documentLoader.js");
    const HTTPS: &str = "jdl.setProtocolHandler({protocol: 'https', handler});";
    if let Ok(text) = fs::read_to_string(&loader)
        && text.contains(HTTPS)
    {
        let both = format!("{HTTPS}\n{}", HTTPS.replace("https", "http"));
        fs::write(&loader, text.replace(HTTPS, &both)).map_err(told)?;
    }
    // The ECDSA suite asks one implementation by name to show parts of what all others issue.
    let runner = folder.join("config/runner.json");
    if let Ok(text) = fs::read_to_string(&runner) {
        fs::write(&runner, text.replace("\"Digital Bazaar\"", "\"Attesta\"")).map_err(told)?;
    }
    // It clones its vectors when it is installed.
    if folder.join("config/vectors.json").is_file() {
        let source = vectors.join("vc-di-ecdsa");
        if !source.is_dir() {
            return Err(NotRun("the suite's vectors, the folder vc-di-ecdsa, are not at hand".to_owned()));
        }
        copy(&source, &folder.join("tests/input/vc-di-ecdsa/TestVectors")).map_err(told)?;
    }
    Ok(())
}

/// Copies a folder without its history and its packages.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == ".git" || name == "node_modules" {
            continue;
        }
        let (source, copied) = (entry.path(), to.join(&name));
        match source.is_dir() {
            true => copy(&source, &copied)?,
            false => fs::copy(&source, &copied).map(|_| ())?,
        }
    }
    Ok(())
}

/// A server that runs until this is dropped.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a suite against a server of its own; failing tests are no failure here.
fn mocha(tools: &Tools, name: &str, option: Option<&str>, folder: &Path, result: &Path) -> Result<(), NotRun> {
    let told = |error: io::Error| NotRun(error.to_string());
    let binary = target().join("debug").join(format!("attesta-vc-api{}", std::env::consts::EXE_SUFFIX));
    let child = Command::new(binary).arg(name).args(option).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut server = Server(child.map_err(told)?);
    let mut config = String::new();
    if let Some(out) = server.0.stdout.take() {
        BufReader::new(out).read_line(&mut config).map_err(told)?;
    }
    if config.is_empty() {
        return Err(NotRun("the server did not start".to_owned()));
    }
    fs::write(folder.join("localConfig.cjs"), config).map_err(told)?;
    let log = fs::File::create(result.with_extension("log")).map_err(told)?;
    let mut suite = tools
        .node("node")
        .current_dir(folder)
        .args(["node_modules/mocha/bin/mocha.js", "tests/", "--exit", "--timeout", "15000", "--reporter", "json"])
        .args(["--reporter-option", &format!("output={}", result.display())])
        .stdout(log.try_clone().map_err(told)?)
        .stderr(log)
        .spawn()
        .map_err(told)?;
    let started = Instant::now();
    while suite.try_wait().map_err(told)?.is_none() {
        if started.elapsed() > LONGEST {
            let _ = suite.kill();
            let _ = suite.wait();
            return Err(NotRun("it did not come to an end".to_owned()));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    match result.is_file() {
        true => Ok(()),
        false => Err(NotRun(format!("it wrote no results; {} says why", result.with_extension("log").display()))),
    }
}
