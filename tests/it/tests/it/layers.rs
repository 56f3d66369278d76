//! Nothing points up: which crate may depend on which, read from Cargo's own account of the workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

/// Each of our crates with those of ours that it may use; tests and tools may use anything.
const MAY_USE: &[(&str, &[&str])] = &[
    ("attesta-jsonld", &[]),
    ("attesta-credential", &["attesta-jsonld"]),
    ("attesta-verify", &["attesta-credential", "attesta-jsonld"]),
    ("attesta-share", &["attesta-credential", "attesta-jsonld", "attesta-verify"]),
    ("attesta-claim", &["attesta-credential", "attesta-jsonld", "attesta-share", "attesta-verify"]),
    ("attesta-carrier", &["attesta-credential", "attesta-jsonld", "attesta-share"]),
    ("attesta-view", &["attesta-credential", "attesta-jsonld", "attesta-verify"]),
    ("attesta-handout", &["attesta-share", "attesta-view"]),
    ("attesta-store", &["attesta-credential", "attesta-verify"]),
    ("attesta-net", &["attesta-verify"]),
    (
        "attesta-wallet",
        &[
            "attesta-carrier",
            "attesta-claim",
            "attesta-credential",
            "attesta-handout",
            "attesta-jsonld",
            "attesta-net",
            "attesta-share",
            "attesta-store",
            "attesta-verify",
            "attesta-view",
        ],
    ),
    ("attesta-cli", &["attesta-view", "attesta-wallet"]),
    ("attesta-wasm", &["attesta-credential", "attesta-share", "attesta-verify", "attesta-view"]),
];

/// What a pure crate may not pull in, at any depth.
const IMPURE: &[&str] = &["rusqlite", "libsqlite3-sys", "reqwest", "hyper", "tokio", "tauri", "getrandom", "mio"];

pub(crate) const PURE: &[&str] = &[
    "attesta-jsonld",
    "attesta-credential",
    "attesta-verify",
    "attesta-share",
    "attesta-claim",
    "attesta-carrier",
    "attesta-handout",
    "attesta-view",
];

#[test]
fn each_crate_uses_only_what_stands_below_it() {
    let workspace = workspace();
    for (package, allowed) in MAY_USE {
        let used: BTreeSet<&str> =
            workspace.uses[*package].iter().map(String::as_str).filter(|name| workspace.ours.contains(*name)).collect();
        let above: Vec<_> = used.iter().filter(|name| !allowed.contains(name)).collect();
        assert!(above.is_empty(), "{package} uses {above:?}");
    }
}

#[test]
fn every_crate_of_the_product_has_its_place() {
    let placed: BTreeSet<&str> = MAY_USE.iter().map(|(package, _)| *package).collect();
    let workspace = workspace();
    let unplaced: Vec<_> = workspace.crates.iter().filter(|package| !placed.contains(package.as_str())).collect();
    assert!(unplaced.is_empty(), "say in MAY_USE what {unplaced:?} may use");
}

#[test]
fn the_database_the_network_and_the_window_have_one_owner_each() {
    #[track_caller]
    fn check(dependency: &str, owner: &str) {
        let workspace = workspace();
        let users: Vec<&str> = workspace
            .ours
            .iter()
            .filter(|package| workspace.uses[*package].contains(dependency))
            .map(String::as_str)
            .collect();
        assert_eq!(users, [owner], "{dependency}");
    }
    check("rusqlite", "attesta-store");
    check("reqwest", "attesta-net");
    check("tauri", "attesta-desktop");
}

#[test]
fn pure_crates_pull_in_no_disk_no_network_and_no_randomness_at_any_depth() {
    let workspace = workspace();
    for package in PURE {
        let mut reached = BTreeSet::new();
        let mut left = vec![(*package).to_owned()];
        while let Some(name) = left.pop() {
            for next in workspace.resolved.get(&name).into_iter().flatten() {
                if reached.insert(next.clone()) {
                    left.push(next.clone());
                }
            }
        }
        assert!(!reached.is_empty() || *package == "attesta-jsonld", "{package} was not found in the graph");
        let impure: Vec<_> = reached.iter().filter(|name| IMPURE.contains(&name.as_str())).collect();
        assert!(impure.is_empty(), "{package} pulls in {impure:?}");
    }
}

struct Workspace {
    /// Our packages, tests and tools included.
    ours: BTreeSet<String>,
    /// Those under `crates/`.
    crates: BTreeSet<String>,
    /// Names that each of ours depends on for its own code and its build; its tests' needs left out.
    uses: BTreeMap<String, BTreeSet<String>>,
    /// The resolved graph of what is linked, by name.
    resolved: BTreeMap<String, BTreeSet<String>>,
}

fn workspace() -> &'static Workspace {
    static WORKSPACE: OnceLock<Workspace> = OnceLock::new();
    WORKSPACE.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version=1", "--offline", "--manifest-path"])
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml"))
            .output()
            .expect("cargo runs where its tests run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        read(&serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON"))
    })
}

fn read(metadata: &Value) -> Workspace {
    let text = |value: &Value| value.as_str().expect("cargo states it as text").to_owned();
    let list = |value: &Value| value.as_array().expect("cargo states it as a list").clone();
    let members: BTreeSet<String> = list(&metadata["workspace_members"]).iter().map(text).collect();
    let mut names = BTreeMap::new();
    let mut workspace =
        Workspace { ours: BTreeSet::new(), crates: BTreeSet::new(), uses: BTreeMap::new(), resolved: BTreeMap::new() };
    for package in list(&metadata["packages"]) {
        let (id, name) = (text(&package["id"]), text(&package["name"]));
        if members.contains(&id) {
            let manifest = text(&package["manifest_path"]).replace('\\', "/");
            if manifest.contains("/crates/") {
                workspace.crates.insert(name.clone());
            }
            let own = list(&package["dependencies"]).into_iter().filter(|dependency| dependency["kind"] != "dev");
            workspace.uses.insert(name.clone(), own.map(|dependency| text(&dependency["name"])).collect());
            workspace.ours.insert(name.clone());
        }
        names.insert(id, name);
    }
    for node in list(&metadata["resolve"]["nodes"]) {
        let linked = list(&node["deps"]).into_iter().filter(|dep| {
            let kinds = list(&dep["dep_kinds"]);
            // A dependency of the build alone, or of another platform's, is not linked here.
            kinds.iter().any(|kind| kind["kind"].is_null() && kind["target"].is_null())
        });
        let linked: BTreeSet<String> = linked.map(|dep| names[&text(&dep["pkg"])].clone()).collect();
        workspace.resolved.entry(names[&text(&node["id"])].clone()).or_default().extend(linked);
    }
    workspace
}
