//! What one verification asks for and what it was told.

use std::collections::BTreeSet;

use attesta_jsonld::ContextUse;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::policy::Policy;
use crate::report::{ResourceOrigin, ResourceUse};
use crate::resources::{Answer, FetchFailure, Resource, ResourceKind, ResourceRequest, Resources};

/// The most addresses that one credential may make us ask, redirects not counted.
pub(crate) const MOST_RESOURCES: usize = 16;

/// The most addresses that one credential and all that it encloses may make us ask together.
const MOST_RESOURCES_IN_ALL: usize = 64;

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
}

impl<'r> Inquiry<'r> {
    pub(crate) fn new(resources: &'r Resources, policy: &'r Policy, now: Timestamp) -> Self {
        let (asked, needed, used, contexts) = (BTreeSet::new(), Vec::new(), Vec::new(), Vec::new());
        let (allowance, nested) = (MOST_RESOURCES, 0);
        Inquiry { resources, policy, now, asked, allowance, nested, needed, used, contexts }
    }

    /// Whether one more credential inside another may be begun; it counts as begun then.
    pub(crate) fn may_nest(&mut self, most: usize) -> bool {
        self.nested += 1;
        self.nested <= most
    }

    /// Verifies a credential inside another: it has an allowance of its own.
    pub(crate) fn within<T>(&mut self, verify: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.allowance, MOST_RESOURCES);
        let verified = verify(self);
        self.allowance = outer;
        verified
    }

    /// Looks an address up, and notes that it is needed where it was not answered.
    pub(crate) fn ask(&mut self, url: &str, kind: ResourceKind) -> Lookup<'r> {
        let first = !self.asked.contains(url);
        if first {
            if self.allowance == 0 || self.asked.len() == MOST_RESOURCES_IN_ALL {
                return Lookup::OverLimit;
            }
            self.allowance -= 1;
            self.asked.insert(url.to_owned());
        }
        match self.resources.answer(url) {
            Some(answer) => {
                if first {
                    self.used.push(usage(url, answer));
                }
                Lookup::Answered(answer)
            }
            None => {
                if first {
                    self.needed.push(ResourceRequest { url: url.to_owned(), kind });
                }
                Lookup::Pending
            }
        }
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

fn usage(url: &str, answer: &Answer) -> ResourceUse {
    let of = |resource: Option<&Resource>, from, failure: Option<&FetchFailure>| ResourceUse {
        url: url.to_owned(),
        from,
        fetched_at: resource.map(|resource| resource.fetched_at),
        sha256: resource.map(|resource| crate::hex(&Sha256::digest(&resource.bytes))),
        failure: failure.map(|failure| failure.kind),
    };
    match answer {
        Answer::Fresh(resource) => of(Some(resource), ResourceOrigin::Network, None),
        Answer::Cached(resource) => of(Some(resource), ResourceOrigin::Cache, None),
        Answer::Stale { resource, failure } => of(Some(resource), ResourceOrigin::Cache, Some(failure)),
        Answer::Failed(failure) => of(None, ResourceOrigin::Failed, Some(failure)),
    }
}
