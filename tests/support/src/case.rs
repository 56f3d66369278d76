//! One case of `tests/vectors`: a folder with what was received, what the network answers, and what must come out.
//!
//! `case.json` tells the story, the time, the caller's policy and the expectation; `input.*` is what was received;
//! `resources.json` maps each address that may be asked to a file under `resources/` or to a failure. An address
//! that is not in it must not be asked.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use attesta_verify::{
    Answer, FetchFailure, FetchFailureKind, LearnerIdentities, LoopbackAccess, Policy, RefreshAccess, Resource,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

/// The time of every case that does not set its own.
pub const NOW: &str = "2026-06-15T12:00:00Z";

/// A case, in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The folder's name.
    pub name: String,
    /// The plain statement of the case.
    pub statement: Statement,
    /// The received bytes.
    pub input: Vec<u8>,
    /// What each address answers.
    pub resources: BTreeMap<String, Canned>,
}

/// What `case.json` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// One line: what happened, as one would tell it.
    pub story: String,
    /// The time of the check.
    pub now: Timestamp,
    /// The caller's rules.
    #[serde(default, skip_serializing_if = "Caller::is_default")]
    pub policy: Caller,
    /// The file with the received bytes.
    pub input: String,
    /// What must come out.
    pub expect: Expectation,
}

/// The caller's rules and knowledge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Caller {
    /// Whether loopback addresses may be asked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub allow_loopback: bool,
    /// Whether newer versions are asked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub asks_for_newer: bool,
    /// DIDs of the learner.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub learner_dids: Vec<String>,
    /// E-mail addresses of the learner.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub learner_emails: Vec<String>,
}

/// What must come out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expectation {
    /// The verdict; the worst one where the input holds several credentials.
    pub verdict: String,
    /// Where the verdict is `rejected`: the code of the error, or one of several that are right.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub error: Vec<String>,
    /// Outcomes by check, each as `outcome code`, all of that check and in order.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub checks: BTreeMap<String, Vec<String>>,
    /// Outcomes that one check or another must have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub somewhere: Vec<String>,
    /// The verdicts of each credential, where the input holds several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub each: Vec<String>,
    /// The verdicts of credentials inside the only one, by their JSON pointer; through several, the pointers joined.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub nested: BTreeMap<String, String>,
}

/// What an address answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Canned {
    /// These bytes, at once.
    Fresh(Vec<u8>),
    /// A copy fetched at this time, still good.
    Cached(Vec<u8>, Timestamp),
    /// An older copy fetched at this time; a newer one can't be had.
    Stale(Vec<u8>, Timestamp, FetchFailureKind),
    /// Nothing.
    Failed(FetchFailureKind),
}

/// How an answer stands in `resources.json`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fetched_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure: Option<FetchFailureKind>,
}

/// A folder that is not a case.
#[derive(Debug, Error)]
pub enum CaseError {
    /// A file is missing or unreadable.
    #[error("{0}: {1}")]
    File(String, io::Error),
    /// A file is not as described.
    #[error("{0}: {1}")]
    Form(String, serde_json::Error),
    /// An address has neither bytes nor a failure.
    #[error("{0} has neither a file nor a failure")]
    NoAnswer(String),
}

impl Case {
    /// A case about JSON.
    pub fn json(name: &str, story: &str, input: &Value) -> Case {
        Case::text(name, story, pretty(input))
    }

    /// A case about JSON whose very bytes matter.
    pub fn text(name: &str, story: &str, input: impl Into<Vec<u8>>) -> Case {
        Case::bytes(name, story, "input.json", input.into())
    }

    /// A case about a file of another kind.
    pub fn bytes(name: &str, story: &str, file: &str, input: Vec<u8>) -> Case {
        let statement = Statement {
            story: story.to_owned(),
            now: time(NOW),
            policy: Caller::default(),
            input: file.to_owned(),
            expect: Expectation::default(),
        };
        Case { name: name.to_owned(), statement, input, resources: BTreeMap::new() }
    }

    /// The same case at another time.
    pub fn at(mut self, now: &str) -> Case {
        self.statement.now = time(now);
        self
    }

    /// The same case with loopback addresses allowed.
    pub fn on_loopback(mut self) -> Case {
        self.statement.policy.allow_loopback = true;
        self
    }

    /// The same case, with the issuer asked for a newer version.
    pub fn asking_for_newer(mut self) -> Case {
        self.statement.policy.asks_for_newer = true;
        self
    }

    /// The same case for a learner with these identities.
    pub fn for_learner(mut self, dids: &[&str], emails: &[&str]) -> Case {
        self.statement.policy.learner_dids = dids.iter().map(|&did| did.to_owned()).collect();
        self.statement.policy.learner_emails = emails.iter().map(|&email| email.to_owned()).collect();
        self
    }

    /// An address that answers with this JSON.
    pub fn answering(self, url: &str, document: &Value) -> Case {
        self.with_answer(url, Canned::Fresh(pretty(document)))
    }

    /// An address and its answer.
    pub fn with_answer(mut self, url: &str, answer: Canned) -> Case {
        self.resources.insert(url.to_owned(), answer);
        self
    }

    /// The same case where an address must not be asked.
    pub fn without_answer(mut self, url: &str) -> Case {
        self.resources.remove(url);
        self
    }

    /// An address that can't be had.
    pub fn failing(self, url: &str, failure: FetchFailureKind) -> Case {
        self.with_answer(url, Canned::Failed(failure))
    }

    /// The verdict, and outcomes by check: `("proof", "fail signature_mismatch")`. A check may be named repeatedly.
    pub fn expect(mut self, verdict: &str, checks: &[(&str, &str)]) -> Case {
        self.statement.expect.verdict = verdict.to_owned();
        for (check, outcome) in checks {
            self.statement.expect.checks.entry((*check).to_owned()).or_default().push((*outcome).to_owned());
        }
        self
    }

    /// The verdict, and an outcome that one check or another has.
    pub fn expect_somewhere(mut self, verdict: &str, outcome: &str) -> Case {
        self.statement.expect.verdict = verdict.to_owned();
        self.statement.expect.somewhere.push(outcome.to_owned());
        self
    }

    /// The verdicts of several credentials, worst first in the whole.
    pub fn expect_each(mut self, worst: &str, each: &[&str]) -> Case {
        self.statement.expect.verdict = worst.to_owned();
        self.statement.expect.each = each.iter().map(|&verdict| verdict.to_owned()).collect();
        self
    }

    /// The verdict of a credential inside.
    pub fn inside(mut self, pointer: &str, verdict: &str) -> Case {
        self.statement.expect.nested.insert(pointer.to_owned(), verdict.to_owned());
        self
    }

    /// That nothing is read, with one of these error codes.
    pub fn expect_rejected(mut self, errors: &[&str]) -> Case {
        self.statement.expect.verdict = "rejected".to_owned();
        self.statement.expect.error = errors.iter().map(|&error| error.to_owned()).collect();
        self
    }

    /// The policy that the caller's rules make.
    pub fn policy(&self) -> Policy {
        let caller = &self.statement.policy;
        Policy {
            loopback: if caller.allow_loopback { LoopbackAccess::Allowed } else { LoopbackAccess::Refused },
            refresh: if caller.asks_for_newer { RefreshAccess::Asked } else { RefreshAccess::NotAsked },
            learner: LearnerIdentities { dids: caller.learner_dids.clone(), emails: caller.learner_emails.clone() },
            ..Policy::default()
        }
    }

    /// What an address answers; `None` where it must not be asked.
    pub fn answer(&self, url: &str) -> Option<Answer> {
        let now = self.statement.now;
        let resource = |bytes: &[u8], fetched_at| Resource { bytes: bytes.to_vec(), media_type: None, fetched_at };
        Some(match self.resources.get(url)? {
            Canned::Fresh(bytes) => Answer::Fresh(resource(bytes, now)),
            Canned::Cached(bytes, at) => Answer::Cached(resource(bytes, *at)),
            Canned::Stale(bytes, at, kind) => {
                Answer::Stale { resource: resource(bytes, *at), failure: FetchFailure { kind: *kind, at: now } }
            }
            Canned::Failed(kind) => Answer::Failed(FetchFailure { kind: *kind, at: now }),
        })
    }

    /// The folder's files by their paths in it.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        files.insert("case.json".to_owned(), pretty(&self.statement));
        files.insert(self.statement.input.clone(), self.input.clone());
        let mut entries = BTreeMap::new();
        for (place, (url, answer)) in self.resources.iter().enumerate() {
            let file = format!("resources/{}.json", place + 1);
            let (bytes, fetched_at, failure) = match answer {
                Canned::Fresh(bytes) => (Some(bytes), None, None),
                Canned::Cached(bytes, at) => (Some(bytes), Some(*at), None),
                Canned::Stale(bytes, at, failure) => (Some(bytes), Some(*at), Some(*failure)),
                Canned::Failed(failure) => (None, None, Some(*failure)),
            };
            entries.insert(url, Entry { file: bytes.map(|_| file.clone()), fetched_at, failure });
            files.extend(bytes.map(|bytes| (file, bytes.clone())));
        }
        if !entries.is_empty() {
            files.insert("resources.json".to_owned(), pretty(&entries));
        }
        files
    }

    /// Reads a case from its folder.
    ///
    /// # Errors
    /// [`CaseError`] when the folder is not as described above.
    pub fn load(folder: &Path) -> Result<Case, CaseError> {
        let read = |file: &str| {
            let path = folder.join(file);
            fs::read(&path).map_err(|error| CaseError::File(path.display().to_string(), error))
        };
        let form = |file: &str, error| CaseError::Form(folder.join(file).display().to_string(), error);
        let statement: Statement =
            serde_json::from_slice(&read("case.json")?).map_err(|error| form("case.json", error))?;
        let mut resources = BTreeMap::new();
        if folder.join("resources.json").exists() {
            let entries: BTreeMap<String, Entry> =
                serde_json::from_slice(&read("resources.json")?).map_err(|error| form("resources.json", error))?;
            for (url, entry) in entries {
                let bytes = entry.file.map(|file| read(&file)).transpose()?;
                let answer = match (bytes, entry.fetched_at, entry.failure) {
                    (Some(bytes), None, None) => Canned::Fresh(bytes),
                    (Some(bytes), Some(at), None) => Canned::Cached(bytes, at),
                    (Some(bytes), Some(at), Some(failure)) => Canned::Stale(bytes, at, failure),
                    (None, None, Some(failure)) => Canned::Failed(failure),
                    _ => return Err(CaseError::NoAnswer(url)),
                };
                resources.insert(url, answer);
            }
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let input = read(&statement.input)?;
        Ok(Case { name, statement, input, resources })
    }
}

impl Caller {
    fn is_default(&self) -> bool {
        *self == Caller::default()
    }
}

/// A time of a case.
pub fn time(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{text} is not a time: {error}"))
}

/// JSON with sorted keys, two spaces and a line end, whatever order a build of serde_json keeps.
pub fn pretty(value: &impl Serialize) -> Vec<u8> {
    #[derive(Serialize, Deserialize)]
    #[serde(untagged)]
    enum Sorted {
        Object(BTreeMap<String, Sorted>),
        Array(Vec<Sorted>),
        Leaf(Value),
    }
    let sorted: Sorted = serde_json::to_value(value)
        .and_then(serde_json::from_value)
        .expect("any JSON value is an object, an array or a leaf");
    let mut text = serde_json::to_vec_pretty(&sorted).expect("a tree of strings, numbers and lists is written");
    text.push(b'\n');
    text
}
