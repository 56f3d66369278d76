//! The verification report: every check, in a fixed order, each with its own outcome.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::problem::{Fact, Problem};

/// What was established about one credential at one moment. Plain data: stored, replayed and compared as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationReport {
    /// SHA-256 of the credential's bytes, lower-case hex.
    pub credential: String,
    /// The time the checks were made against.
    pub checked_at: Timestamp,
    /// Every kind of check, in the order of [`CheckKind`]; proof and status once per proof and status entry, refresh
    /// once where it names a service, schema once per schema named.
    pub checks: Vec<Check>,
    /// What was asked for and what came, in the order it was used.
    pub resources: Vec<ResourceUse>,
    /// The dated context editions under which a linked-data proof was checked: `URL label`.
    pub contexts: Vec<String>,
    /// Reports of credentials inside this one; they do not change its verdict.
    pub nested: Vec<NestedReport>,
}

/// One question put to a credential and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Which question.
    pub kind: CheckKind,
    /// The answer.
    pub outcome: Outcome,
}

/// The questions, in the order they are asked and shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "check", rename_all = "snake_case")]
pub enum CheckKind {
    /// Does it have the form that its data model demands?
    Conformance,
    /// Is it intact: does the signature hold over exactly what is shown?
    Proof,
    /// Does the key belong to the issuer it names?
    Issuer,
    /// Is now within its validity period?
    Validity,
    /// What does the issuer's status list say?
    Status {
        /// `revocation`, `suspension`, `refresh`, `message`; none where the credential carries no status.
        purpose: Option<String>,
    },
    /// Does its refresh service have a newer version of it? None where it names no such service. Never changes the
    /// verdict.
    Refresh,
    /// Does it keep to a schema that it names? One per schema, none where it names none. Never changes the verdict.
    Schema,
    /// Is what it pins by a digest what was pinned? None where it pins nothing. Never changes the verdict.
    Related,
    /// Is it about the learner?
    Recipient,
    /// Do the credentials hold that a record collects? None where it collects none. Never changes the verdict.
    Enclosed,
    /// Do the endorsements in it hold?
    Endorsements,
    /// Is the issuer listed by a registry? Never changes the verdict.
    Recognition,
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Established, with the fact.
    Pass(Fact),
    /// Established that it is not so.
    Fail(Problem),
    /// Could not be established.
    Inconclusive(Problem),
    /// The credential carries nothing to check here.
    Absent,
    /// Not asked, and why.
    Skipped {
        /// Why it was not asked.
        because: SkipReason,
    },
}

/// Why a check was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// The content's form failed, so there is nothing sound to check.
    ConformanceFailed,
    /// The signature failed, so what the content says proves nothing.
    ProofFailed,
    /// Nobody is shown to have signed this, so its addresses are not asked.
    ProofNotEstablished,
    /// A proof of another supported suite was checked instead of this one.
    UnsupportedProofBesideSupported,
    /// The proof stands within a token whose signature covers it as well.
    ProofInsideToken,
    /// Nobody asked for a newer version.
    RefreshNotAsked,
    /// The schemas that it names were not asked for.
    SchemasNotAsked,
    /// An extension of an Open Badge, which is not held against the schema that it names.
    ExtensionsNotValidated,
    /// No registry was asked.
    NoRegistryAsked,
    /// The learner has not said which addresses and keys are theirs.
    NoIdentitiesKnown,
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceOrigin {
    /// Fetched for this report.
    Network,
    /// An earlier copy.
    Cache,
    /// Could not be had.
    Failed,
}

/// One resource that a report rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceUse {
    /// Its address.
    pub url: String,
    /// Where it came from.
    pub from: ResourceOrigin,
    /// When it was fetched, where it was.
    pub fetched_at: Option<Timestamp>,
    /// SHA-256 of its bytes in lower-case hex, where there are any.
    pub sha256: Option<String>,
    /// Why there is no fresh copy, where there is none.
    pub failure: Option<crate::FetchFailureKind>,
}

/// The report of a credential inside another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NestedReport {
    /// JSON pointer from the outer credential.
    pub path: String,
    /// Why it stands there.
    #[serde(default)]
    pub role: NestedRole,
    /// Its own report; a resource that several reports rest on stands in the outermost.
    pub report: VerificationReport,
}

/// Why a credential stands inside another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum NestedRole {
    /// A record collects it.
    Enclosed,
    /// It endorses what the outer one says.
    Endorsement {
        /// What it endorses.
        of: Endorsed,
    },
    /// A report from before this was noted.
    #[default]
    Unstated,
}

/// What an endorsement inside a credential endorses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Endorsed {
    /// The credential.
    Credential,
    /// Its issuer.
    Issuer,
    /// What was achieved.
    Achievement,
    /// Its subject.
    Subject,
    /// Nothing of this credential, or it is no endorsement.
    SomethingElse,
}

impl VerificationReport {
    /// The outcomes of one kind of check.
    pub fn outcomes(&self, of: impl Fn(&CheckKind) -> bool) -> impl Iterator<Item = &Outcome> {
        self.checks.iter().filter(move |check| of(&check.kind)).map(|check| &check.outcome)
    }
}

impl CheckKind {
    /// The name that stands in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            CheckKind::Conformance => "conformance",
            CheckKind::Proof => "proof",
            CheckKind::Issuer => "issuer",
            CheckKind::Validity => "validity",
            CheckKind::Status { .. } => "status",
            CheckKind::Refresh => "refresh",
            CheckKind::Schema => "schema",
            CheckKind::Related => "related",
            CheckKind::Recipient => "recipient",
            CheckKind::Enclosed => "enclosed",
            CheckKind::Endorsements => "endorsements",
            CheckKind::Recognition => "recognition",
        }
    }
}
