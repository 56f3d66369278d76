//! What an offer is made of, from the first look to the learner's decision.

use std::collections::BTreeMap;
use std::sync::Arc;

use attesta_claim::{Claim, CodeQuestion, Link, Notification};
use attesta_credential::{Found, Unread};
use attesta_store::{Carried, Origin};
use attesta_verify::{Resource, VerificationReport};

use crate::error::WalletError;
use crate::view::{Decision, Relation};

/// Everything that was found in one text or in one set of files.
#[derive(Debug)]
pub(crate) struct Offer {
    pub(crate) id: String,
    pub(crate) items: Vec<Item>,
    /// What could not be looked into: its name and why.
    pub(crate) skipped: Vec<(String, WalletError)>,
    /// What stood among the rest and is no credential: its name and why.
    pub(crate) passed_over: Vec<(String, WalletError)>,
    /// Why there is nothing, where there is nothing.
    pub(crate) error: Option<WalletError>,
    /// What came and waits for a decision.
    pub(crate) staged: Vec<Staged>,
    /// How many were staged so far, for their names.
    pub(crate) counted: usize,
    /// The records that hold what was kept of it, by the names they were staged under.
    pub(crate) placed: BTreeMap<String, String>,
}

/// One thing that was found.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) id: String,
    /// The file or text in which it was found, as the learner gave it.
    pub(crate) given: String,
    /// The name of the part that holds it, or of the file itself.
    pub(crate) name: String,
    /// What it stood in, and the mail it came with.
    pub(crate) carried: Carried,
    pub(crate) matter: Matter,
    /// Whether it stands in a message among others rather than being all that the learner gave.
    pub(crate) likely: bool,
    /// The conversation that waits for a code.
    pub(crate) paused: Option<(Claim, CodeQuestion)>,
    /// What an issuer handed over, once it has.
    pub(crate) came: Option<Vec<Arc<Received>>>,
    /// What was found in it, once it was gathered.
    pub(crate) findings: Vec<Finding>,
    /// What the issuer wants to hear once the learner has decided.
    pub(crate) notice: Option<Notice>,
    /// A page that the issuer wants opened next.
    pub(crate) then: Option<String>,
    /// Why not all of what was offered came.
    pub(crate) missing: Option<WalletError>,
}

/// What an item is.
#[derive(Debug)]
pub(crate) enum Matter {
    /// Credentials that are here.
    Document(Arc<Received>),
    /// A link.
    Link(Box<Link>),
}

/// What came, read as far as it can be read without judging it.
pub(crate) struct Received {
    /// Exactly the bytes that came.
    pub(crate) bytes: Vec<u8>,
    /// The Content-Type as sent, where a server sent one.
    pub(crate) media_type: Option<String>,
    /// Where it came from.
    pub(crate) origin: Origin,
    /// What it stood in.
    pub(crate) carried: Carried,
    /// Each credential in it, or why an entry is none.
    pub(crate) entries: Vec<Result<Found, Unread>>,
}

impl std::fmt::Debug for Received {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Received({} bytes, {} entries)", self.bytes.len(), self.entries.len())
    }
}

/// What one entry of an item came to.
#[derive(Debug, Clone)]
pub(crate) enum Finding {
    /// It is staged under this name.
    Staged(String),
    /// It is the credential that is staged under this name already.
    Repeats(String),
    /// It is no credential.
    Unread(WalletError),
}

/// What an issuer wants to be told, and what the learner has decided so far.
#[derive(Debug)]
pub(crate) struct Notice {
    pub(crate) notification: Notification,
    pub(crate) kept: bool,
}

/// A credential that came, checked, and not in the wallet.
pub(crate) struct Staged {
    pub(crate) id: String,
    /// The item it came from.
    pub(crate) item: String,
    pub(crate) received: Arc<Received>,
    /// The credential, with the documents that it only names filled in.
    pub(crate) found: Found,
    pub(crate) report: VerificationReport,
    /// The answers on which the report rests and that are worth keeping.
    pub(crate) answers: Vec<(String, Arc<Resource>)>,
    /// Addresses on which it rests whose sites say that they are no more.
    pub(crate) withdrawn: Vec<String>,
    pub(crate) relation: Relation,
    pub(crate) related: Option<Related>,
}

impl std::fmt::Debug for Staged {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Staged({}, {:?})", self.id, self.relation)
    }
}

/// What a staged credential is related to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Related {
    /// A record of the wallet.
    Record(String),
    /// Another one that is staged, or was.
    Staged(String),
}

impl Item {
    /// Whether it can be gathered.
    pub(crate) fn is_importable(&self) -> bool {
        match &self.matter {
            Matter::Document(_) => true,
            Matter::Link(link) => Claim::begin(link).is_ok(),
        }
    }

    /// What names it in a report: the link, else the file, else the file and the part in it.
    pub(crate) fn source(&self) -> String {
        match &self.matter {
            Matter::Link(link) => link.text.clone(),
            _ if self.carried.within.is_empty() && self.carried.letter.is_none() => self.given.clone(),
            _ => format!("{}: {}", self.given, self.name),
        }
    }

    /// The bytes that it holds in memory, about.
    pub(crate) fn bytes(&self) -> usize {
        let here = match &self.matter {
            Matter::Document(received) => received.bytes.len(),
            Matter::Link(link) => link.text.len(),
        };
        here + self.came_bytes()
    }

    fn came_bytes(&self) -> usize {
        self.came.iter().flatten().map(|received| received.bytes.len()).sum()
    }
}

impl Offer {
    /// The bytes that it holds in memory, about.
    pub(crate) fn bytes(&self) -> usize {
        self.items.iter().map(Item::bytes).sum::<usize>() + self.staged_bytes()
    }

    /// The bytes of what issuers handed over and of what checking it brought, about.
    pub(crate) fn gathered_bytes(&self) -> usize {
        self.items.iter().map(Item::came_bytes).sum::<usize>() + self.staged_bytes()
    }

    fn staged_bytes(&self) -> usize {
        // Several share what they came in and what they were checked with.
        let mut received: BTreeMap<*const Received, usize> = BTreeMap::new();
        let mut answers: BTreeMap<*const Resource, usize> = BTreeMap::new();
        for staged in self.staged.iter() {
            received.insert(Arc::as_ptr(&staged.received), staged.received.bytes.len());
            answers.extend(staged.answers.iter().map(|(_, answer)| (Arc::as_ptr(answer), answer.bytes.len())));
        }
        received.values().sum::<usize>() + answers.values().sum::<usize>()
    }
}

impl Staged {
    /// What is done unless the learner says otherwise.
    pub(crate) fn suggested(&self) -> Decision {
        match self.relation {
            Relation::New | Relation::SameAward => Decision::Keep,
            Relation::Newer => Decision::Replace,
            Relation::Duplicate | Relation::Older => Decision::Decline,
        }
    }
}
