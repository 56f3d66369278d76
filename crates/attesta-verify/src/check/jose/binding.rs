//! Does the key that signed a token belong to the issuer it names?
//!
//! Anybody can put a key into a header, or name one at an address of their own. Only what the issuer's own identifier
//! leads to shows whose key it is: the identifier itself, the document that it stands for, or for an issuer named by its
//! web address, a key that the same site offers.

use url::Url;

use super::key::{Origin, TokenKey, all_of};
use crate::authorship::Secured;
use crate::check::issuer;
use crate::check::proof::SignerPlace;
use crate::controlled_identifier::JsonWebKey;
use crate::did::shorten;
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::Outcome;

/// Compares the author that is shown with whoever the key belongs to.
pub(super) fn check(inquiry: &mut Inquiry<'_>, secured: &Secured<'_>, key: &TokenKey) -> Result<Outcome, Pending> {
    let author = secured.author;
    match &key.origin {
        Origin::Controlled(signer) if signer.controller.starts_with("did:") || signer.controller == author => {
            Ok(issuer::check(author, &[signer], &[]))
        }
        Origin::Controlled(signer) => match vouched(inquiry, secured, key)? {
            // A document of the web that says whose key it is, and it is not the author's.
            Outcome::Inconclusive(problem) if problem.code == ProblemCode::SignerNotTiedToIssuer => {
                let https = |id: &str| id.starts_with("https:") || id.starts_with("http:");
                let params = [("issuer", shorten(author)), ("controller", shorten(&signer.controller))];
                Ok(match https(author) {
                    true => Outcome::Fail(Problem::new(ProblemCode::KeyOfAnother, params)),
                    false => Outcome::Inconclusive(Problem::new(ProblemCode::SignerNotTiedToIssuer, params)),
                })
            }
            other => Ok(other),
        },
        Origin::Hosted { url, as_of } => match same_site(url, author) {
            Some(host) => {
                let params = [("issuer", shorten(author)), ("host", host), ("as_of", as_of.to_string())];
                Ok(Outcome::Pass(Fact::new(FactCode::HostListsKey, params)))
            }
            None => vouched(inquiry, secured, key),
        },
        Origin::Embedded => vouched(inquiry, secured, key),
    }
}

/// The host of the key's address and of the author's, where the key stands beside the author: on the same origin, and
/// below the folder that the author's own folder is in, or among the site's well-known addresses. Some hosts give each of
/// many users a folder of their own, and none of them speaks for another.
fn same_site(key: &Url, author: &str) -> Option<String> {
    let author = Url::parse(author).ok()?;
    let path = key.path().to_ascii_lowercase();
    if !matches!(author.scheme(), "https" | "http") || author.origin() != key.origin() || path.contains("%2f") {
        return None;
    }
    let mut folders: Vec<&str> = author.path().split('/').collect();
    folders.truncate(folders.len().saturating_sub(2).max(1));
    let beside = key.path().starts_with(&format!("{}/", folders.join("/")));
    let well_known = key.path().starts_with("/.well-known/");
    (beside || well_known).then(|| author.host_str().map(str::to_owned))?
}

/// Whether the author's own identifier leads to the very key.
fn vouched(inquiry: &mut Inquiry<'_>, secured: &Secured<'_>, key: &TokenKey) -> Result<Outcome, Pending> {
    let author = secured.author;
    let name = JsonWebKey::thumbprint(&key.key.key);
    let params = || [("issuer", shorten(author)), ("controller", name.clone())];
    let untied = || Outcome::Inconclusive(Problem::new(ProblemCode::SignerNotTiedToIssuer, params()));
    if !["did:", "https:", "http:"].iter().any(|scheme| author.starts_with(scheme)) {
        return Ok(untied());
    }
    let listed = match all_of(inquiry, author, secured.purposes)? {
        Ok(listed) => listed,
        // A DID's document was all that could tell; the page behind a web address seldom is one.
        Err(outcome @ Outcome::Inconclusive(_)) if author.starts_with("did:web:") => return Ok(outcome),
        Err(_) => return Ok(untied()),
    };
    // The key carries the algorithm that it was used with.
    let is_for_this = |listed: &&TokenKey| {
        let in_use = listed.ends.is_none_or(|ends| ends > inquiry.now);
        in_use && (listed.key.algorithm.is_none() || listed.key.algorithm == key.key.algorithm)
    };
    match listed.iter().filter(|listed| listed.key.key == key.key.key).find(is_for_this) {
        Some(TokenKey { origin: Origin::Controlled(signer), .. }) => Ok(issuer::check(author, &[signer], &[])),
        Some(_) => Ok(untied()),
        None => {
            let is_identifier = |listed: &TokenKey| match &listed.origin {
                Origin::Controlled(signer) => signer.place == SignerPlace::Identifier,
                Origin::Hosted { .. } | Origin::Embedded => false,
            };
            Ok(match listed.iter().any(is_identifier) {
                true => Outcome::Fail(Problem::new(ProblemCode::KeyOfAnother, params())),
                false => untied(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: &str, author: &str, expected: bool) {
        assert_eq!(same_site(&Url::parse(key).unwrap(), author).is_some(), expected, "{key} for {author}");
    }

    #[test]
    fn a_key_stands_beside_its_issuer() {
        let issuer = "https://uni.example/issuers/7";
        for key in ["keys/1", "jwks.json", ".well-known/jwks.json", "issuers/7/keys/1", ""] {
            check(&format!("https://uni.example/{key}"), issuer, true);
        }
        check("https://uni.example/keys/1", "https://uni.example", true);
        check("https://api.example/public/keys/1", "https://api.example/public/issuers/7", true);
        check("https://api.example/.well-known/jwks.json", "https://api.example/public/issuers/7", true);
    }

    #[test]
    fn a_neighbours_folder_and_another_origin_are_not_beside_it() {
        let issuer = "https://files.example/uni/badges/main/issuer.json";
        check("https://files.example/uni/badges/keys/1", issuer, true);
        for key in [
            "https://files.example/evil/key.json",
            "https://files.example/uni/other/key.json",
            "https://files.example/uni/badgeskeys",
            "https://files.example/uni/badges/..%2F..%2Fevil/key.json",
            "https://files.example/uni/badges/../../evil/key.json",
            "https://files.example:8443/uni/badges/key.json",
            "http://files.example/uni/badges/key.json",
            "https://evil.example/uni/badges/key.json",
        ] {
            check(key, issuer, false);
        }
        check("https://files.example/uni/badges/key.json", "did:web:files.example", false);
    }
}
