//! Does the reader know the issuer: from an address book, or from registries that the reader chose to ask? Never changes
//! the verdict: an issuer that nobody lists is not a bad one.

use attesta_credential::LocalizedText;

use crate::did::{askable_host, shorten};
use crate::inquiry::{Inquiry, Lookup, Pending};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::registry::listing::{self, Listing};
use crate::registry::{Registry, RegistryKind, federation};
use crate::report::{Outcome, SkipReason};
use crate::resources::{Answer, FetchFailureKind, Resource, ResourceKind};

/// What one registry says.
enum Saying {
    Listed {
        registry: String,
        name: String,
        as_of: String,
    },
    NotListed,
    /// It could not be asked, or what came is not what a registry says.
    Unchecked,
}

/// Looks an issuer up by its identifier, where it is shown to be the one; `own` is the name it gives itself. Nothing is asked where no registry is chosen.
pub(crate) fn check(
    inquiry: &mut Inquiry<'_>,
    issuer: &str,
    own: &LocalizedText,
    established: Result<(), SkipReason>,
) -> Result<Outcome, Pending> {
    if let Err(because) = established {
        return Ok(Outcome::Skipped { because });
    }
    let policy = inquiry.policy;
    let sayings = inquiry.beside(|inquiry| ask_all(inquiry, &policy.recognition.registries, issuer, Depth::Chosen))?;
    let noted = policy.recognition.known_issuers.get(issuer);
    let unchecked = sayings.iter().filter(|saying| matches!(saying, Saying::Unchecked)).count();
    let asked = sayings.len();
    let listed = sayings.into_iter().find_map(|saying| match saying {
        Saying::Listed { registry, name, as_of } => Some((registry, name, as_of)),
        Saying::NotListed | Saying::Unchecked => None,
    });
    Ok(match (listed, noted) {
        (Some((registry, name, as_of)), noted) => {
            let differs = !own.is_empty() && own.0.iter().all(|text| !is_same_name(&text.text, &name));
            let params = [("registry", shorten(&registry)), ("name", shorten(&name)), ("as_of", as_of)];
            let mut fact = Fact::new(FactCode::IssuerListed, params);
            if let Some(own) = own.plain().filter(|_| differs) {
                fact.code = FactCode::IssuerListedUnderOtherName;
                fact.params.insert("own_name".to_owned(), shorten(own));
            }
            if let Some(noted) = noted {
                fact.params.insert("noted".to_owned(), shorten(noted));
            }
            Outcome::Pass(fact)
        }
        (None, Some(noted)) => Outcome::Pass(Fact::new(FactCode::IssuerInAddressBook, [("name", shorten(noted))])),
        (None, None) if asked == 0 => Outcome::Skipped { because: SkipReason::NoRegistryAsked },
        (None, None) if unchecked == asked => {
            Outcome::Inconclusive(Problem::new(ProblemCode::RegistriesUnreachable, [("count", asked.to_string())]))
        }
        (None, None) => {
            let params = [("count", (asked - unchecked).to_string()), ("unchecked", unchecked.to_string())];
            Outcome::Inconclusive(Problem::new(ProblemCode::IssuerNotListed, params))
        }
    })
}

/// Names are compared as people read them.
fn is_same_name(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}

/// Whether the reader chose a registry, or a list that the reader chose names it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Chosen,
    Named,
}

/// All are asked before any answer is waited for.
fn ask_all(
    inquiry: &mut Inquiry<'_>,
    registries: &[Registry],
    issuer: &str,
    depth: Depth,
) -> Result<Vec<Saying>, Pending> {
    let mut pending = None;
    let mut sayings = Vec::new();
    for registry in registries {
        match ask(inquiry, registry, issuer, depth) {
            Ok(said) => sayings.extend(said),
            Err(Pending) => pending = Some(Pending),
        }
    }
    pending.map_or(Ok(sayings), Err)
}

fn ask(inquiry: &mut Inquiry<'_>, registry: &Registry, issuer: &str, depth: Depth) -> Result<Vec<Saying>, Pending> {
    let Fetched::Had(resource) = fetch(inquiry, &registry.url)? else { return Ok(vec![Saying::Unchecked]) };
    let listed = |name: String, resource: &Resource| Saying::Listed {
        registry: registry.name.clone(),
        name,
        as_of: resource.fetched_at.to_string(),
    };
    Ok(match registry.kind {
        RegistryKind::Registries => match listing::registries(&resource.bytes) {
            Some(named) if depth == Depth::Chosen => return ask_all(inquiry, &named, issuer, Depth::Named),
            _ => vec![Saying::Unchecked],
        },
        RegistryKind::Issuers => vec![match listing::issuer(&resource.bytes, issuer) {
            Listing::Listed(name) => listed(name, resource),
            Listing::NotListed => Saying::NotListed,
            Listing::Malformed => Saying::Unchecked,
        }],
        RegistryKind::Federation => {
            let anchor = federation::trust_anchor(&resource.bytes, inquiry.now);
            let addressed = anchor.and_then(|anchor| Some((anchor.statement_url(issuer)?, anchor)));
            let Some((url, anchor)) = addressed else { return Ok(vec![Saying::Unchecked]) };
            vec![match fetch(inquiry, &url)? {
                Fetched::None => Saying::NotListed,
                Fetched::Failed => Saying::Unchecked,
                Fetched::Had(statement) => match anchor.name_in_statement(&statement.bytes, issuer, inquiry.now) {
                    Some(name) => listed(name, statement),
                    None => Saying::Unchecked,
                },
            }]
        }
    })
}

enum Fetched<'r> {
    Had(&'r Resource),
    /// The address says that it has nothing.
    None,
    Failed,
}

fn fetch<'r>(inquiry: &mut Inquiry<'r>, url: &str) -> Result<Fetched<'r>, Pending> {
    if askable_host(url, inquiry.policy.loopback).is_none() {
        return Ok(Fetched::Failed);
    }
    Ok(match inquiry.ask(url, ResourceKind::IssuerRegistry) {
        Lookup::Pending => return Err(Pending),
        Lookup::OverLimit => Fetched::Failed,
        Lookup::Answered(Answer::Fresh(resource) | Answer::Cached(resource) | Answer::Stale { resource, .. }) => {
            Fetched::Had(resource)
        }
        Lookup::Answered(Answer::Failed(failure)) => match failure.kind {
            FetchFailureKind::Status(404) => Fetched::None,
            _ => Fetched::Failed,
        },
    })
}
