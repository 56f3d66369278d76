//! The holder's token over a selective-disclosure JWT: [RFC 9901 section 7.3](https://www.rfc-editor.org/rfc/rfc9901#section-7.3).

use attesta_credential::{CompactJws, SdJwt};
use attesta_jsonld::Value;
use jiff::Timestamp;

use super::header::Header;
use crate::check::proof::CLOCK_SKEW;
use crate::controlled_identifier::JsonWebKey;
use crate::did::shorten;
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::Outcome;

/// Checks that the key which the issuer bound the credential to has signed this very copy; nothing where nobody says so.
/// For whom it was made is told; whether that is the reader only the reader knows.
pub(super) fn check(now: Timestamp, sd_jwt: &SdJwt) -> Option<Outcome> {
    let binding = sd_jwt.key_binding()?;
    Some(match holds(now, sd_jwt, binding) {
        Ok(fact) => Outcome::Pass(fact),
        Err(Flaw::Member(member)) => {
            let params = [("member", member.to_owned())];
            Outcome::Fail(Problem::new(ProblemCode::HolderBindingFails, params))
        }
        Err(Flaw::Undecided(outcome)) => outcome,
    })
}

enum Flaw {
    /// This is not as it must be.
    Member(&'static str),
    /// It could not be found out.
    Undecided(Outcome),
}

fn holds(now: Timestamp, sd_jwt: &SdJwt, binding: &CompactJws) -> Result<Fact, Flaw> {
    let header = Header::read(binding).map_err(|outcome| match outcome {
        Outcome::Inconclusive(_) => Flaw::Undecided(outcome),
        _ => Flaw::Member("header"),
    })?;
    if binding.header_text("typ") != Some("kb+jwt") {
        return Err(Flaw::Member("typ"));
    }
    let confirmation = sd_jwt.issuer_signed().payload().root().get("cnf").ok_or(Flaw::Member("cnf"))?;
    let Some(jwk) = confirmation.get("jwk") else {
        let problem = Problem::new(ProblemCode::UnsupportedKeyType, [("key_type", "cnf".to_owned())]);
        return Err(Flaw::Undecided(Outcome::Inconclusive(problem)));
    };
    let key = JsonWebKey::read(jwk).map_err(|_| Flaw::Member("cnf"))?;
    if !key.allows(header.algorithm) {
        return Err(Flaw::Member("alg"));
    }
    if key.key.verify(header.algorithm, binding.signing_input(), binding.signature()).is_err() {
        return Err(Flaw::Member("signature"));
    }
    let claims = binding.payload().root();
    if claims.get("sd_hash").and_then(Value::as_str) != Some(sd_jwt.sd_hash().as_str()) {
        return Err(Flaw::Member("sd_hash"));
    }
    let Some(Value::Number(issued)) = claims.get("iat") else { return Err(Flaw::Member("iat")) };
    let latest = now.saturating_add(CLOCK_SKEW).unwrap_or(now).as_second();
    if issued.as_f64() > latest as f64 {
        return Err(Flaw::Member("iat"));
    }
    let text = |claim: &'static str| claims.get(claim).and_then(Value::as_str).ok_or(Flaw::Member(claim));
    let params = [
        ("suite", format!("{} (kb+jwt)", header.algorithm.as_str())),
        ("audience", shorten(text("aud")?)),
        ("nonce", shorten(text("nonce")?)),
    ];
    Ok(Fact::new(FactCode::HolderBindingHolds, params))
}
