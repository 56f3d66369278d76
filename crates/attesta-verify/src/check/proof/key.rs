//! Whose key a proof names, and whether it may be used.

use jiff::{SignedDuration, Timestamp};

use crate::controlled_identifier::{RetrieveError, retrieve};
use crate::data_integrity::Proof;
use crate::did::{self, MethodAddress, Place, shorten};
use crate::inquiry::{Inquiry, Lookup, MOST_RESOURCES, Pending};
use crate::problem::{Problem, ProblemCode};
use crate::public_key::{KeyError, PublicKey, SignatureAlgorithm};
use crate::report::Outcome;
use crate::resources::{Answer, FetchFailure, FetchFailureKind, Resource, ResourceKind};

/// The oldest copy of a key document that is taken for what the issuer says: an issuer that revokes a stolen key must
/// not wait longer than this for every reader to know, and a site is hardly ever down for as long.
const OLDEST_COPY: SignedDuration = SignedDuration::from_hours(30 * 24);

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
    DidKey,
    /// The controller's web site lists it.
    Web {
        /// The site.
        host: String,
        /// When its document was fetched.
        as_of: Timestamp,
    },
}

/// A key that may be used.
pub(crate) struct ResolvedKey {
    pub(crate) key: PublicKey,
    /// The only algorithm that its owner keeps it for, where one is named.
    algorithm: Option<SignatureAlgorithm>,
    pub(crate) signer: Signer,
    ends: Option<Timestamp>,
}

impl ResolvedKey {
    /// Whether its owner lets signatures of this algorithm be checked with it.
    pub(crate) fn allows(&self, algorithm: SignatureAlgorithm) -> bool {
        self.algorithm.is_none_or(|only| only == algorithm)
    }

    /// What it means that the key is no longer in use, where that is so.
    pub(crate) fn spoiled(&self, proof: &Proof<'_>, now: Timestamp) -> Option<Outcome> {
        let ends = self.ends.filter(|ends| now >= *ends)?;
        let problem = Problem::new(ProblemCode::KeyNoLongerValid, [("when", ends.to_string())]);
        let problem = problem.at(format!("{}/verificationMethod", proof.pointer));
        Some(match proof.created {
            // It says that it was made before, which whoever holds the key now could write as well.
            Some(created) if created < ends => Outcome::Inconclusive(problem),
            _ => Outcome::Fail(problem),
        })
    }
}

/// Finds the key that a proof names. `Ok(Err(_))` is a proof without a usable one.
pub(crate) fn resolve(inquiry: &mut Inquiry<'_>, proof: &Proof<'_>) -> Result<Result<ResolvedKey, Outcome>, Pending> {
    let place = |outcome| at_method(outcome, proof);
    let address = match did::locate(proof.method, inquiry.policy.loopback) {
        Ok(address) => address,
        Err(outcome) => return Ok(Err(place(outcome))),
    };
    match &address.place {
        Place::DidKey => Ok(from_identifier(&address).map_err(place)),
        Place::Web { url, host } => {
            let (resource, freshness) = match inquiry.ask(url, ResourceKind::ControlledIdentifierDocument) {
                Lookup::Pending => return Err(Pending),
                Lookup::OverLimit => {
                    let params = [("limit", MOST_RESOURCES.to_string())];
                    let problem = Problem::new(ProblemCode::TooManyResources, params);
                    return Ok(Err(place(Outcome::Inconclusive(problem))));
                }
                Lookup::Answered(Answer::Fresh(resource)) => (resource, Freshness::Fresh),
                Lookup::Answered(Answer::Cached(resource)) => {
                    if is_too_old(resource, inquiry.now) {
                        // A copy that is taken instead of asking is all that there is.
                        let failure = FetchFailure { kind: FetchFailureKind::Offline, at: inquiry.now };
                        return Ok(Err(place(Outcome::Inconclusive(unreachable(host, &failure)))));
                    }
                    (resource, Freshness::Earlier)
                }
                Lookup::Answered(Answer::Stale { resource, failure }) => {
                    if is_withdrawn(failure) || is_too_old(resource, inquiry.now) {
                        return Ok(Err(place(Outcome::Inconclusive(unreachable(host, failure)))));
                    }
                    (resource, Freshness::Earlier)
                }
                Lookup::Answered(Answer::Failed(failure)) => {
                    return Ok(Err(place(Outcome::Inconclusive(unreachable(host, failure)))));
                }
            };
            Ok(from_document(&address, host, resource, freshness, proof).map_err(place))
        }
    }
}

/// Whether the document is as it stands now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Freshness {
    Fresh,
    /// A key that was added since is not in it yet.
    Earlier,
}

/// Whether the site says that there is no such document any more: what it published before is not its word now.
fn is_withdrawn(failure: &FetchFailure) -> bool {
    matches!(failure.kind, FetchFailureKind::Status(404 | 410))
}

fn is_too_old(copy: &Resource, now: Timestamp) -> bool {
    now.duration_since(copy.fetched_at) > OLDEST_COPY
}

fn at_method(outcome: Outcome, proof: &Proof<'_>) -> Outcome {
    let pointer = format!("{}/verificationMethod", proof.pointer);
    match outcome {
        Outcome::Fail(problem) => Outcome::Fail(problem.at(pointer)),
        Outcome::Inconclusive(problem) => Outcome::Inconclusive(problem.at(pointer)),
        other => other,
    }
}

fn unreachable(host: &str, failure: &FetchFailure) -> Problem {
    let mut problem = Problem::new(ProblemCode::KeyUnreachable, [("host", host.to_owned())]);
    failure.describe(&mut problem.params);
    problem
}

fn from_identifier(address: &MethodAddress<'_>) -> Result<ResolvedKey, Outcome> {
    let method = || [("method", shorten(address.method))];
    let malformed = || Outcome::Fail(Problem::new(ProblemCode::MalformedVerificationMethod, method()));
    match did::key::look_up(address.document, address.method) {
        did::key::Lookup::Key(key) => Ok(ResolvedKey {
            key,
            algorithm: None,
            signer: Signer { controller: address.document.to_owned(), place: SignerPlace::DidKey },
            ends: None,
        }),
        did::key::Lookup::NotListed => Err(Outcome::Fail(Problem::new(ProblemCode::KeyNotListed, method()))),
        did::key::Lookup::Unusable(error) => Err(match error {
            KeyError::Malformed | KeyError::NotForSignatures => malformed(),
            KeyError::Unsupported { kind } => {
                Outcome::Inconclusive(Problem::new(ProblemCode::UnsupportedKeyType, [("key_type", kind)]))
            }
            KeyError::Weak { kind } => Outcome::Inconclusive(Problem::new(ProblemCode::WeakKey, [("key_type", kind)])),
        }),
    }
}

fn from_document(
    address: &MethodAddress<'_>,
    host: &str,
    resource: &Resource,
    freshness: Freshness,
    proof: &Proof<'_>,
) -> Result<ResolvedKey, Outcome> {
    let malformed =
        || Outcome::Inconclusive(Problem::new(ProblemCode::MalformedKeyDocument, [("host", host.to_owned())]));
    // An earlier copy can't know of changes since, so what it lacks proves nothing.
    let lacking = |problem| match freshness {
        Freshness::Fresh => Outcome::Fail(problem),
        Freshness::Earlier => Outcome::Inconclusive(problem),
    };
    let method = ("method", shorten(address.method));
    let found =
        retrieve(&resource.bytes, address.document, address.method, proof.purpose).map_err(|error| match error {
            RetrieveError::MalformedDocument | RetrieveError::MalformedMethod => malformed(),
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
                let params = [method, ("relationship", proof.purpose.as_str().to_owned())];
                lacking(Problem::new(ProblemCode::KeyNotForThisPurpose, params))
            }
            RetrieveError::WeakKey { key_type } => {
                Outcome::Inconclusive(Problem::new(ProblemCode::WeakKey, [("key_type", key_type)]))
            }
            RetrieveError::UnsupportedKeyType { key_type } => {
                let params = [("key_type", key_type)];
                Outcome::Inconclusive(Problem::new(ProblemCode::UnsupportedKeyType, params))
            }
        })?;
    Ok(ResolvedKey {
        key: found.key.key,
        algorithm: found.key.algorithm,
        signer: Signer {
            controller: address.document.to_owned(),
            place: SignerPlace::Web { host: host.to_owned(), as_of: resource.fetched_at },
        },
        ends: found.ends,
    })
}
