//! Whose key a proof names, and whether it may be used.

use jiff::Timestamp;

use crate::check::key_document::{self, Freshness, KeyDocument};
use crate::controlled_identifier::{Relationship, RetrieveError, retrieve};
use crate::data_integrity::Proof;
use crate::did::{self, MethodAddress, Place, shorten};
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Problem, ProblemCode};
use crate::public_key::{KeyError, PublicKey, SignatureAlgorithm};
use crate::report::Outcome;
use crate::resources::ResourceKind;

/// Whoever controls the key that made a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signer {
    /// The identifier of the document that lists the key.
    pub(crate) controller: String,
    pub(crate) place: SignerPlace,
}

/// What ties the key to its controller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SignerPlace {
    /// The identifier is the key.
    Identifier,
    /// The controller's web site lists it.
    Web {
        /// The site.
        host: String,
        /// When its document was fetched.
        as_of: Timestamp,
    },
}

/// A key that may be used.
#[derive(Debug, Clone)]
pub(crate) struct ResolvedKey {
    pub(crate) key: PublicKey,
    /// The only algorithm that its owner keeps it for, where one is named.
    pub(crate) algorithm: Option<SignatureAlgorithm>,
    pub(crate) signer: Signer,
    pub(crate) ends: Option<Timestamp>,
}

impl ResolvedKey {
    /// Whether its owner lets signatures of this algorithm be checked with it.
    pub(crate) fn allows(&self, algorithm: SignatureAlgorithm) -> bool {
        self.algorithm.is_none_or(|only| only == algorithm)
    }

    /// What it means that the key is no longer in use, where that is so.
    pub(crate) fn spoiled(&self, proof: &Proof<'_>, now: Timestamp) -> Option<Outcome> {
        ended(self.ends, proof.created, now).map(|outcome| at_method(outcome, proof))
    }
}

/// What it means that a key is no longer in use, where that is so.
pub(crate) fn ended(ends: Option<Timestamp>, created: Option<Timestamp>, now: Timestamp) -> Option<Outcome> {
    let ends = ends.filter(|ends| now >= *ends)?;
    let problem = Problem::new(ProblemCode::KeyNoLongerValid, [("when", ends.to_string())]);
    Some(match created {
        // It says that it was made before, which whoever holds the key now could write as well.
        Some(created) if created < ends => Outcome::Inconclusive(problem),
        _ => Outcome::Fail(problem),
    })
}

/// Finds the key that a proof names. `Ok(Err(_))` is a proof without a usable one.
pub(crate) fn resolve(inquiry: &mut Inquiry<'_>, proof: &Proof<'_>) -> Result<Result<ResolvedKey, Outcome>, Pending> {
    Ok(find(inquiry, proof.method, proof.purpose)?.map_err(|outcome| at_method(outcome, proof)))
}

/// Finds the key of a verification method, listed for a purpose.
pub(crate) fn find(
    inquiry: &mut Inquiry<'_>,
    method: &str,
    purpose: Relationship,
) -> Result<Result<ResolvedKey, Outcome>, Pending> {
    let address = match did::locate(method, inquiry.policy.loopback) {
        Ok(address) => address,
        Err(outcome) => return Ok(Err(outcome)),
    };
    match &address.place {
        Place::DidKey | Place::DidJwk => Ok(from_identifier(&address)),
        Place::Web { url, host } => {
            let kind = ResourceKind::ControlledIdentifierDocument;
            let document = key_document::ask(inquiry, url, host, kind)?;
            Ok(document.and_then(|document| from_document(&address, host, document, purpose)))
        }
    }
}

fn at_method(outcome: Outcome, proof: &Proof<'_>) -> Outcome {
    let pointer = format!("{}/verificationMethod", proof.pointer);
    match outcome {
        Outcome::Fail(problem) => Outcome::Fail(problem.at(pointer)),
        Outcome::Inconclusive(problem) => Outcome::Inconclusive(problem.at(pointer)),
        other => other,
    }
}

/// The outcome of a key that is none that signatures can be checked with.
pub(crate) fn unusable(error: KeyError, malformed: impl FnOnce() -> Outcome) -> Outcome {
    let inconclusive = |code, kind| Outcome::Inconclusive(Problem::new(code, [("key_type", kind)]));
    match error {
        KeyError::Malformed | KeyError::NotForSignatures => malformed(),
        KeyError::Unsupported { kind } => inconclusive(ProblemCode::UnsupportedKeyType, kind),
        KeyError::Weak { kind } => inconclusive(ProblemCode::WeakKey, kind),
    }
}

pub(crate) fn from_identifier(address: &MethodAddress<'_>) -> Result<ResolvedKey, Outcome> {
    let method = || [("method", shorten(address.method))];
    let malformed = || Outcome::Fail(Problem::new(ProblemCode::MalformedVerificationMethod, method()));
    let found = match address.place {
        Place::DidJwk => did::jwk::look_up(address.document, address.method),
        Place::DidKey | Place::Web { .. } => did::key::look_up(address.document, address.method),
    };
    match found {
        did::Lookup::Key(key) => Ok(ResolvedKey {
            key: key.key,
            algorithm: key.algorithm,
            signer: Signer { controller: address.document.to_owned(), place: SignerPlace::Identifier },
            ends: None,
        }),
        did::Lookup::NotListed => Err(Outcome::Fail(Problem::new(ProblemCode::KeyNotListed, method()))),
        did::Lookup::Unusable(error) => Err(unusable(error, malformed)),
    }
}

/// Finds a method in its controller's document.
pub(crate) fn from_document(
    address: &MethodAddress<'_>,
    host: &str,
    document: KeyDocument<'_>,
    purpose: Relationship,
) -> Result<ResolvedKey, Outcome> {
    // An earlier copy can't know of changes since, so what it lacks proves nothing.
    let lacking = |problem| match document.freshness {
        Freshness::Fresh => Outcome::Fail(problem),
        Freshness::Earlier => Outcome::Inconclusive(problem),
    };
    let method = ("method", shorten(address.method));
    let key_type = |code, key_type| Outcome::Inconclusive(Problem::new(code, [("key_type", key_type)]));
    let bytes = &document.resource.bytes;
    let found = retrieve(bytes, address.document, address.method, purpose).map_err(|error| match error {
        RetrieveError::MalformedDocument | RetrieveError::MalformedMethod => key_document::malformed(host),
        RetrieveError::OtherIdentifier { found } => {
            let params = [("expected", shorten(address.document)), ("found", found)];
            Outcome::Fail(Problem::new(ProblemCode::KeyDocumentMismatch, params))
        }
        RetrieveError::NotListed => lacking(Problem::new(ProblemCode::KeyNotListed, [method])),
        RetrieveError::OtherController { controller } => {
            let params = [("controller", controller)];
            Outcome::Fail(Problem::new(ProblemCode::KeyControllerMismatch, params))
        }
        RetrieveError::NotForThisPurpose => {
            let params = [method, ("relationship", purpose.as_str().to_owned())];
            lacking(Problem::new(ProblemCode::KeyNotForThisPurpose, params))
        }
        RetrieveError::WeakKey { key_type: kind } => key_type(ProblemCode::WeakKey, kind),
        RetrieveError::UnsupportedKeyType { key_type: kind } => key_type(ProblemCode::UnsupportedKeyType, kind),
    })?;
    Ok(ResolvedKey {
        key: found.key.key,
        algorithm: found.key.algorithm,
        signer: Signer {
            controller: address.document.to_owned(),
            place: SignerPlace::Web { host: host.to_owned(), as_of: document.resource.fetched_at },
        },
        ends: found.ends,
    })
}
