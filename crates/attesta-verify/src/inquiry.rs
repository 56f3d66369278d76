//! What one verification asks for and what it was told.

use std::collections::BTreeSet;
use std::sync::Arc;

use attesta_jsonld::ContextUse;
use jiff::Timestamp;

use crate::cryptosuite::selective::SignatureBudget;
use crate::json_schema::Effort;
use crate::policy::Policy;
use crate::report::{ResourceOrigin, ResourceUse};
use crate::resources::{Answer, Recorded, ResourceKind, ResourceRequest, Resources};
use crate::status::proven::ProvenLists;

/// The most addresses that one credential may make us ask, redirects not counted.
pub(crate) const MOST_RESOURCES: usize = 16;

/// The most addresses that one credential and all that it encloses may make us ask together.
const MOST_RESOURCES_IN_ALL: usize = 64;

/// The most addresses that are asked beside those: registries that the reader chose, and their statements.
const MOST_BESIDE: usize = 40;

/// The most addresses that one verification asks, whatever the credential names and encloses and whoever reads it: what
/// a driver may hold its own bound against.
pub const MOST_ADDRESSES: usize = MOST_RESOURCES_IN_ALL + MOST_BESIDE;

/// Something asked for is not there yet; the verification is started again when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pending;

/// What is known about an address.
pub(crate) enum Lookup<'r> {
    /// It was answered.
    Answered(&'r Answer),
    /// It is asked for now.
    Pending,
    /// It would be one address too many.
    OverLimit,
}

/// One run of a verification: what it may use, what it used and what it still needs.
pub(crate) struct Inquiry<'r> {
    resources: &'r Resources,
    pub(crate) policy: &'r Policy,
    pub(crate) now: Timestamp,
    asked: BTreeSet<String>,
    /// How many addresses the credential at hand may still name.
    allowance: usize,
    /// How many credentials inside others were begun.
    nested: usize,
    needed: Vec<ResourceRequest>,
    pub(crate) used: Vec<ResourceUse>,
    pub(crate) contexts: Vec<String>,
    /// For all proofs of the credential and of those inside it.
    pub(crate) signatures: SignatureBudget,
    /// For all schemas of the credential and of those inside it.
    pub(crate) schema_effort: Effort,
    /// Where lists proven for others are remembered.
    pub(crate) lists: Option<&'r ProvenLists>,
    trail: Option<Trail>,
}

/// What one part of a verification asked for.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    pub(crate) asked: Vec<ResourceRequest>,
    /// Whether something was not asked because it would have been one too many.
    pub(crate) cut_short: bool,
}

impl<'r> Inquiry<'r> {
    pub(crate) fn new(resources: &'r Resources, policy: &'r Policy, now: Timestamp) -> Self {
        let (asked, needed, used, contexts) = (BTreeSet::new(), Vec::new(), Vec::new(), Vec::new());
        let (allowance, nested) = (MOST_RESOURCES, 0);
        let (lists, trail) = (None, None);
        let signatures = SignatureBudget::default();
        let schema_effort = Effort::WHOLE;
        Inquiry {
            resources,
            policy,
            now,
            asked,
            allowance,
            nested,
            needed,
            used,
            contexts,
            signatures,
            schema_effort,
            lists,
            trail,
        }
    }

    /// Whether one more credential inside another may be begun; it counts as begun then.
    pub(crate) fn may_nest(&mut self, most: usize) -> bool {
        self.nested += 1;
        self.nested <= most
    }

    /// Asks what the reader wants to know beside what the credential names: that has an allowance of its own.
    pub(crate) fn beside<T>(&mut self, ask: impl FnOnce(&mut Self) -> T) -> T {
        let named = std::mem::replace(&mut self.allowance, MOST_BESIDE);
        let answer = ask(self);
        self.allowance = named;
        answer
    }

    /// Verifies a credential inside another: it has an allowance of its own.
    pub(crate) fn within<T>(&mut self, verify: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.allowance, MOST_RESOURCES);
        let verified = verify(self);
        self.allowance = outer;
        verified
    }

    /// The same run, with lists remembered from others.
    pub(crate) fn sharing(self, lists: &'r ProvenLists) -> Self {
        Inquiry { lists: Some(lists), ..self }
    }

    /// From here on, notes what is asked.
    pub(crate) fn begin_trail(&mut self) {
        self.trail = Some(Trail::default());
    }

    /// What was asked since [`Inquiry::begin_trail`].
    pub(crate) fn end_trail(&mut self) -> Trail {
        self.trail.take().unwrap_or_default()
    }

    /// The answer for an address, with its digest.
    pub(crate) fn recorded(&self, url: &str) -> Option<&'r Arc<Recorded>> {
        self.resources.recorded(url)
    }

    /// Looks an address up, and notes that it is needed where it was not answered.
    pub(crate) fn ask(&mut self, url: &str, kind: ResourceKind) -> Lookup<'r> {
        let first = !self.asked.contains(url);
        if first {
            if self.allowance == 0 || self.asked.len() >= MOST_ADDRESSES {
                if let Some(trail) = &mut self.trail {
                    trail.cut_short = true;
                }
                return Lookup::OverLimit;
            }
            self.allowance -= 1;
            self.asked.insert(url.to_owned());
        }
        if let Some(trail) = &mut self.trail {
            trail.asked.push(ResourceRequest { url: url.to_owned(), kind });
        }
        match self.resources.recorded(url) {
            Some(recorded) => {
                if first {
                    self.used.push(usage(url, recorded));
                }
                Lookup::Answered(&recorded.answer)
            }
            None => {
                if first {
                    self.needed.push(ResourceRequest { url: url.to_owned(), kind });
                }
                Lookup::Pending
            }
        }
    }

    /// The bytes that an address gave, if it was answered; it does not count as asked.
    pub(crate) fn had(&self, url: &str) -> Option<Vec<u8>> {
        Some(self.resources.answer(url)?.resource()?.bytes.clone())
    }

    /// What is still to be fetched.
    pub(crate) fn into_needed(self) -> Vec<ResourceRequest> {
        self.needed
    }

    /// Notes the editions under which a linked-data proof held.
    pub(crate) fn note_contexts(&mut self, used: &[ContextUse]) {
        for context in used {
            let line = format!("{} {}", context.url, context.edition);
            if !self.contexts.contains(&line) {
                self.contexts.push(line);
            }
        }
    }
}

fn usage(url: &str, recorded: &Recorded) -> ResourceUse {
    let (from, failure) = match &recorded.answer {
        Answer::Fresh(_) => (ResourceOrigin::Network, None),
        Answer::Cached(_) => (ResourceOrigin::Cache, None),
        Answer::Stale { failure, .. } => (ResourceOrigin::Cache, Some(failure)),
        Answer::Failed(failure) => (ResourceOrigin::Failed, Some(failure)),
    };
    ResourceUse {
        url: url.to_owned(),
        from,
        fetched_at: recorded.answer.resource().map(|resource| resource.fetched_at),
        sha256: recorded.sha256().map(str::to_owned),
        failure: failure.map(|failure| failure.kind),
    }
}
