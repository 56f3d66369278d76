//! What the caller allows and knows; mechanism stays apart from it.

use std::collections::BTreeMap;

use crate::registry::Registry;

/// Whether http and loopback addresses count as places to ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LoopbackAccess {
    /// Only https to public hosts.
    #[default]
    Refused,
    /// Also http to 127.0.0.0/8, ::1 and localhost, for issuers on the learner's own machine and for tests.
    Allowed,
}

/// Whether a credential's own refresh service is asked for a newer version of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RefreshAccess {
    /// It is not: the learner did not ask, or the reader is not the one to be handed a newer version.
    #[default]
    NotAsked,
    /// It is, once the signature holds.
    Asked,
}

/// What the learner is known by; compared locally and never sent anywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LearnerIdentities {
    /// The DIDs whose keys the wallet holds.
    pub dids: Vec<String>,
    /// E-mail addresses as the learner wrote them.
    pub emails: Vec<String>,
}

/// Whom the reader knows, and whom the reader wants asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recognition {
    /// The registries to ask, in their order of authority; none asks nobody.
    pub registries: Vec<Registry>,
    /// The reader's own address book: the name noted for an issuer's identifier.
    pub known_issuers: BTreeMap<String, String>,
}

/// The caller's rules for one verification.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    /// Whether loopback hosts may be asked.
    pub loopback: LoopbackAccess,
    /// Whether newer versions are asked for.
    pub refresh: RefreshAccess,
    /// Who the learner is, where known; an employer leaves this empty.
    pub learner: LearnerIdentities,
    /// How issuers are recognised.
    pub recognition: Recognition,
}
