//! Credential, resources, policy and a time in; a verification report out.
//!
//! [`verify`] is a pure function that asks for what it does not have: it answers
//! [`Turn::Need`] with the resources to fetch, or [`Turn::Done`] with the report. The caller
//! records each answer, a failure being one too, and calls again. Nothing here opens a file or a
//! socket, reads a clock or draws randomness, so a report can be replayed from its resources.
//!
//! [`verify_presentation`] does the same for the holder's proof over a presentation, and [`signing_input`] gives the
//! bytes that such a proof signs.

mod authorship;
mod base58;
mod check;
pub mod controlled_identifier;
mod cryptosuite;
mod data_integrity;
pub mod did;
mod disclosing;
mod inquiry;
mod json_schema;
pub mod multikey;
mod open_badges_2;
mod plain_form;
mod policy;
mod presentation;
mod problem;
pub mod public_key;
mod registry;
pub mod related;
mod report;
mod resources;
mod status;
#[cfg(test)]
mod tests;
mod verdict;
mod verify;

pub use check::refresh::{is_later, is_same, refresh_address};
pub use cryptosuite::{
    CanonicalForms, Cryptosuite, TransformError, canonical_forms, canonical_forms_by, detached_jws, hash_data,
    selective, signing_input, signing_input_by,
};
pub use disclosing::{Claim, Disclosable, DisclosedBy, WithholdError, disclosable, show_without, to_present};
pub use inquiry::MOST_ADDRESSES;
pub use open_badges_2::assembled;
pub use policy::{LearnerIdentities, LoopbackAccess, Policy, Recognition, RefreshAccess};
pub use presentation::{PresentationTurn, verify_presentation};
pub use problem::{Fact, FactCode, Params, Problem, ProblemCode};
pub use registry::{Registry, RegistryKind};
pub use report::{
    Check, CheckKind, Endorsed, NestedReport, NestedRole, Outcome, ResourceOrigin, ResourceUse, SkipReason,
    VerificationReport,
};
pub use resources::{Answer, FetchFailure, FetchFailureKind, Resource, ResourceKind, ResourceRequest, Resources};
pub use status::bitstring::{Bitstring, BitstringError, ListEncoding};
pub use status::proven::ProvenLists;
pub use verdict::{Verdict, judge};
pub use verify::{Turn, verify, verify_sharing};

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let pairs = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    pairs.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}
