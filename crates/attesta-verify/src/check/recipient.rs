//! Is it about the learner? Compared on this machine; nothing is sent anywhere.

use attesta_credential::{AchievementSubject, IdentityObject, VerifiableCredential};
use attesta_jsonld::{Object, Value};
use md5::Md5;
use sha2::{Digest, Sha256};

use crate::did::shorten;
use crate::policy::LearnerIdentities;
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::{Outcome, SkipReason};

/// Compares the subjects' identifiers with those of the learner.
pub(crate) fn check(credential: &VerifiableCredential, learner: &LearnerIdentities) -> Outcome {
    if !credential.identifies_subjects() {
        return Outcome::Absent;
    }
    if learner.dids.is_empty() && learner.emails.is_empty() {
        return Outcome::Skipped { because: SkipReason::NoIdentitiesKnown };
    }
    let subjects = credential.subjects();
    let written = credential.root().get("credentialSubject").map(Value::one_or_many).unwrap_or_default();
    let claiming = written.iter().filter_map(Value::as_object).zip(subjects).filter(|(written, _)| claims(written));
    let mut concerned: Vec<_> = claiming.map(|(_, subject)| subject).collect();
    if concerned.is_empty() {
        concerned.extend(subjects);
    }
    // What is said of somebody else in the same credential is not about the learner.
    let matches: Option<Vec<Fact>> = concerned.into_iter().map(|subject| learner_is(subject, learner)).collect();
    if let Some(fact) = matches.and_then(|facts| facts.into_iter().next()) {
        return Outcome::Pass(fact);
    }
    // An issuer that knows the learner by e-mail can't be compared with keys alone.
    if learner.emails.is_empty() && subjects.iter().any(names_an_address) {
        return Outcome::Skipped { because: SkipReason::NoIdentitiesKnown };
    }
    let place = if credential.data_model().is_assertion() { "/recipient" } else { "/credentialSubject" };
    Outcome::Inconclusive(Problem::new(ProblemCode::RecipientNotMatched, []).at(place))
}

/// How it is known that a subject is the learner, where it is.
fn learner_is(subject: &AchievementSubject, learner: &LearnerIdentities) -> Option<Fact> {
    if let Some(did) = subject.id.as_ref().filter(|id| learner.dids.contains(id)) {
        return Some(Fact::new(FactCode::SubjectIsWalletKey, [("did", shorten(did))]));
    }
    let email = learner.emails.iter().find(|email| is_known_as(subject, email))?;
    Some(Fact::new(FactCode::IdentifierMatches, [("email", shorten_email(email))]))
}

/// Whether more is said of a subject than who it is.
fn claims(subject: &Object<'_>) -> bool {
    subject.iter().any(|(key, _)| !matches!(key, "id" | "type" | "identifier"))
}

fn names_an_address(subject: &AchievementSubject) -> bool {
    subject.identifiers.iter().any(|identity| identity.identity_type == "emailAddress")
        || subject.id.as_deref().is_some_and(|id| id.starts_with("mailto:"))
}

/// Issuers hashed the address in whatever case they had it in, and the learner may type it in another.
fn is_known_as(subject: &AchievementSubject, email: &str) -> bool {
    let spellings = spellings(email);
    let by_identifier = |identity: &IdentityObject| spellings.iter().any(|one| matches(identity, one));
    let by_id = subject.id.as_deref().and_then(|id| id.strip_prefix("mailto:"));
    subject.identifiers.iter().any(by_identifier)
        || by_id.is_some_and(|id| id.to_lowercase() == email.trim().to_lowercase())
}

fn spellings(email: &str) -> Vec<String> {
    let typed = email.trim();
    let local_as_typed = typed.rsplit_once('@').map(|(local, domain)| format!("{local}@{}", domain.to_lowercase()));
    [typed.to_owned(), typed.to_lowercase()].into_iter().chain(local_as_typed).collect()
}

/// Whether a hashed identity is the hash of this identifier, in one of the ways that it is spelled.
pub(crate) fn is_hash_of(identity: &IdentityObject, identifier: &str) -> bool {
    identity.hashed && spellings(identifier).iter().any(|one| matches(identity, one))
}

/// An identifier is plain, or `sha256$` or `md5$` and the hex of the hash of identifier and salt. The latter two are
/// the algorithms of Open Badges 2.0; for "is it mine?" an old one is as good as a new one.
fn matches(identity: &IdentityObject, email: &str) -> bool {
    let salt = identity.salt.as_deref().unwrap_or_default();
    match identity.identity_hash.split_once('$') {
        Some((algorithm, expected)) if identity.hashed => {
            let salted = format!("{email}{salt}");
            let digest = match algorithm {
                "sha256" => crate::hex(&Sha256::digest(&salted)),
                "md5" => crate::hex(&Md5::digest(&salted)),
                _ => return false,
            };
            expected.trim().eq_ignore_ascii_case(&digest)
        }
        _ if identity.hashed => false,
        _ => identity.identity_hash.trim().to_lowercase() == email.to_lowercase(),
    }
}

/// `amelie@example.ca` becomes `a…@example.ca`: reports are stored and may be shown to others.
fn shorten_email(email: &str) -> String {
    match email.trim().rsplit_once('@') {
        Some((local, domain)) => {
            let first: String = local.chars().take(1).collect();
            format!("{first}…@{}", shorten(domain))
        }
        None => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(text: &str) -> String {
        format!("sha256${}", crate::hex(&Sha256::digest(text)))
    }

    #[track_caller]
    fn check_code(subject: &str, dids: &[&str], emails: &[&str], expected: &str) {
        let json = format!(r#"{{"type":"VerifiableCredential","credentialSubject":{subject}}}"#);
        let credential = VerifiableCredential::from_json(json.into_bytes()).unwrap();
        let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
        let outcome = check(&credential, &LearnerIdentities { dids: owned(dids), emails: owned(emails) });
        let shown = match outcome {
            Outcome::Pass(fact) => {
                format!("{} {}", fact.code.as_str(), fact.params.values().next().cloned().unwrap_or_default())
            }
            Outcome::Inconclusive(problem) => problem.code.as_str().to_owned(),
            Outcome::Skipped { because } => format!("{because:?}"),
            Outcome::Absent => "absent".to_owned(),
            Outcome::Fail(problem) => panic!("{problem:?}"),
        };
        assert_eq!(shown, expected);
    }

    fn identifier(hashed: bool, hash: &str, salt: &str) -> String {
        format!(
            r#"{{"identifier":[{{"type":"IdentityObject","hashed":{hashed},"identityHash":"{hash}","salt":"{salt}"}}]}}"#
        )
    }

    #[test]
    fn a_did_of_the_wallet_is_the_learner() {
        check_code(r#"{"id":"did:key:z6Mk"}"#, &["did:key:z6Mk"], &[], "subject_is_wallet_key did:key:z6Mk");
        check_code(
            r#"[{"id":"urn:x:1"},{"id":"did:key:z6Mk","achievement":{"name":"A"}}]"#,
            &["did:key:z6Mk"],
            &[],
            "subject_is_wallet_key did:key:z6Mk",
        );
    }

    #[test]
    fn what_is_said_of_several_is_the_learners_only_if_all_are_the_learner() {
        let both = |other: &str| {
            format!(r#"[{{"id":"did:key:z6Mk","role":"Tutor"}},{{"id":"{other}","achievement":{{"name":"A"}}}}]"#)
        };
        check_code(&both("did:key:z6Mj"), &["did:key:z6Mk"], &[], "recipient_not_matched");
        let dids = &["did:key:z6Mk", "did:key:z6Mj"];
        check_code(&both("did:key:z6Mj"), dids, &[], "subject_is_wallet_key did:key:z6Mk");
        check_code(r#"[{"id":"did:key:z6Mk","role":"Tutor"},{"role":"B"}]"#, dids, &[], "recipient_not_matched");
        check_code(r#"[{"id":"urn:x:1"},{"id":"did:key:z6Mk"}]"#, dids, &[], "recipient_not_matched");
    }

    #[test]
    fn a_hashed_address_matches_in_the_case_that_the_issuer_used() {
        let found = "identifier_matches A…@Example.ca";
        for written in ["Amy@Example.ca", "amy@example.ca", "Amy@example.ca"] {
            let subject = identifier(true, &hash(&format!("{written}s4lt")), "s4lt");
            check_code(&subject, &[], &["Amy@Example.ca"], found);
        }
        let upper = hash("amy@example.ca").to_uppercase().replace("SHA", "sha");
        check_code(&identifier(true, &upper, ""), &[], &["amy@example.ca"], "identifier_matches a…@example.ca");
        check_code(
            &identifier(true, &hash("amy@example.cas4lt"), ""),
            &[],
            &["amy@example.ca"],
            "recipient_not_matched",
        );
    }

    #[test]
    fn a_plain_address_matches_in_any_case() {
        check_code(
            &identifier(false, "AMY@example.ca", ""),
            &[],
            &["amy@example.ca"],
            "identifier_matches a…@example.ca",
        );
        check_code(r#"{"id":"mailto:AMY@example.ca"}"#, &[], &["amy@example.ca"], "identifier_matches a…@example.ca");
    }

    #[test]
    fn others_are_not_matched_and_nobody_is_skipped() {
        check_code(&identifier(true, &hash("bob@example.ca"), ""), &[], &["amy@example.ca"], "recipient_not_matched");
        check_code(&identifier(true, "md5$0123", ""), &[], &["amy@example.ca"], "recipient_not_matched");
        check_code(&identifier(false, "amy@example.ca", ""), &[], &[], "NoIdentitiesKnown");
        check_code(r#"{"name":"Amy"}"#, &[], &["amy@example.ca"], "absent");
        check_code(r#"{"id":"mailto:amy@example.ca"}"#, &["did:key:z6Mk"], &[], "NoIdentitiesKnown");
        check_code(r#"{"id":"did:key:z6MkOther"}"#, &["did:key:z6Mk"], &[], "recipient_not_matched");
    }
}
