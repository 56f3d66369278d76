//! The registered claims of a token beside what the credential in it says.

use attesta_credential::{TokenProfile, Zone, parse_date_time};
use attesta_jsonld::Value;
use jiff::{SignedDuration, Timestamp};

use super::header::malformed;
use crate::authorship::Secured;
use crate::check::proof::CLOCK_SKEW;
use crate::problem::{Problem, ProblemCode};
use crate::report::Outcome;

/// When the signature was made and when it counts, by the token's own account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dates {
    pub(super) issued: Option<Timestamp>,
    begins: Option<Timestamp>,
    expires: Option<Timestamp>,
}

impl Dates {
    /// What is wrong with them at `now`, where something is.
    pub(super) fn outcome(&self, now: Timestamp) -> Option<Outcome> {
        if let Some(expires) = self.expires.filter(|expires| *expires < now) {
            let problem = Problem::new(ProblemCode::ProofExpired, [("expires", expires.to_string())]);
            return Some(Outcome::Fail(problem));
        }
        let latest = now.saturating_add(CLOCK_SKEW).unwrap_or(now);
        let early = [self.issued, self.begins].into_iter().flatten().find(|begins| *begins > latest)?;
        Some(Outcome::Fail(Problem::new(ProblemCode::ProofCreatedInFuture, [("created", early.to_string())])))
    }
}

/// Compares what the claims repeat, and reads the dates that speak of the signature.
pub(super) fn check(profile: TokenProfile, secured: &Secured<'_>, claims: &Value<'_>) -> Result<Dates, Outcome> {
    let claims = Claims(claims);
    let (issued, begins, expires) = (claims.time("iat")?, claims.time("nbf")?, claims.time("exp")?);
    if profile == TokenProfile::SdJwtVc && secured.root.get("@context").is_none() {
        // Its claims are what is shown, and their dates its validity. A W3C credential states both in its own members.
        return Ok(Dates { issued, begins: None, expires: None });
    }
    let root = secured.root;
    let author = if root.get("issuer").is_some() { "/issuer" } else { "/holder" };
    if claims.text("iss")?.is_some_and(|iss| iss != secured.author) {
        return Err(mismatch("iss", author));
    }
    if let (Some(jti), Some(id)) = (claims.text("jti")?, root.get("id"))
        && id.as_str() != Some(jti)
    {
        return Err(mismatch("jti", "/id"));
    }
    if let Some(sub) = claims.text("sub")? {
        let subjects = root.get("credentialSubject").map(Value::one_or_many).unwrap_or_default();
        let mut named = subjects.iter().filter_map(|subject| subject.get("id")).peekable();
        if named.peek().is_some() && !named.any(|id| id.as_str() == Some(sub)) {
            return Err(mismatch("sub", "/credentialSubject"));
        }
    }
    match profile {
        TokenProfile::WrappedClaim | TokenProfile::OpenBadges3 => {
            let begins = repeated("nbf", begins, root, ["issuanceDate", "validFrom"])?;
            let expires = repeated("exp", expires, root, ["expirationDate", "validUntil"])?;
            Ok(Dates { issued, begins, expires })
        }
        TokenProfile::VcJoseCose | TokenProfile::SdJwtVc => Ok(Dates { issued, begins, expires }),
    }
}

/// A date that the credential repeats under one of its own names must be the same, and says nothing more then. One that
/// it does not repeat speaks of the token.
fn repeated(
    claim: &str,
    date: Option<Timestamp>,
    root: &Value<'_>,
    members: [&str; 2],
) -> Result<Option<Timestamp>, Outcome> {
    let Some(date) = date else { return Ok(None) };
    let written = members.map(|member| {
        let text = root.get(member)?.as_str()?;
        parse_date_time(text, Zone::UtcWhenMissing)
    });
    if written.iter().all(Option::is_none) {
        return Ok(Some(date));
    }
    // The claim counts whole seconds.
    let same = |other: Timestamp| other.duration_since(date).abs() < SignedDuration::from_secs(1);
    if written.into_iter().flatten().any(same) {
        return Ok(None);
    }
    let member = members.into_iter().find(|member| root.get(member).is_some()).unwrap_or_default();
    Err(mismatch(claim, &format!("/{member}")))
}

fn mismatch(claim: &str, pointer: &str) -> Outcome {
    Outcome::Fail(Problem::new(ProblemCode::ClaimMismatch, [("claim", claim.to_owned())]).at(pointer))
}

struct Claims<'c>(&'c Value<'c>);

impl<'c> Claims<'c> {
    fn text(&self, claim: &str) -> Result<Option<&'c str>, Outcome> {
        match self.0.get(claim) {
            None => Ok(None),
            Some(value) => value.as_str().map(Some).ok_or_else(|| malformed(claim)),
        }
    }

    /// A NumericDate, fraction included.
    fn time(&self, claim: &str) -> Result<Option<Timestamp>, Outcome> {
        match self.0.get(claim) {
            None => Ok(None),
            Some(Value::Number(seconds)) => {
                let whole = seconds.as_f64().floor();
                let read = if whole.abs() < 1e14 { Timestamp::from_second(whole as i64).ok() } else { None };
                read.map(Some).ok_or_else(|| malformed(claim))
            }
            Some(_) => Err(malformed(claim)),
        }
    }
}
