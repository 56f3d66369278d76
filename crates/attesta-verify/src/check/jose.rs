//! A credential or presentation in a token: is it intact, and whose key signed it?
//!
//! What is shown comes from the signed payload alone, so the linked-data rules have nothing to guard here. What they
//! can't guard is guarded here: the registered claims must not contradict what is shown, and a key proves an issuer only
//! when it is found through the issuer's own identifier.

mod binding;
mod claims;
mod header;
mod holder;
mod key;
mod metadata;

use attesta_credential::{CompactJws, SdJwt, SdJwtFlaw, TokenProfile};
use attesta_jsonld::Value;

use crate::authorship::{Authorship, Secured};
use crate::check::conformance;
use crate::check::proof::key::ended;
use crate::controlled_identifier::Relationship;
use crate::did::shorten;
use crate::inquiry::{Inquiry, Pending};
use crate::problem::{Fact, FactCode, Problem, ProblemCode};
use crate::report::{Outcome, SkipReason};

use header::Header;
use key::TokenKey;

/// Checks form, signature and issuer.
pub(crate) fn establish(
    inquiry: &mut Inquiry<'_>,
    secured: &Secured<'_>,
    jws: &CompactJws,
    sd_jwt: Option<&SdJwt>,
) -> Result<Authorship, Pending> {
    let form = conformance::check(secured, &[]);
    let inner = secured.proofs.len();
    if form.stops() {
        return Ok(Authorship::unread(form.outcome(), 1 + inner));
    }
    let (proof, issuer) = match signed(inquiry, secured, jws, sd_jwt)? {
        Ok((outcome, key)) => {
            let issuer = binding::check(inquiry, secured, &key)?;
            (outcome, issuer)
        }
        Err(outcome) => {
            let because = match outcome {
                Outcome::Fail(_) => SkipReason::ProofFailed,
                _ => SkipReason::ProofNotEstablished,
            };
            (outcome, Outcome::Skipped { because })
        }
    };
    let mut proofs = vec![proof];
    proofs.extend(sd_jwt.and_then(|sd_jwt| holder::check(inquiry.now, sd_jwt)));
    // Whoever signed the token signed these along with the rest; they neither help nor harm.
    proofs.extend((0..inner).map(|_| Outcome::Skipped { because: SkipReason::ProofInsideToken }));
    Ok(Authorship { conformance: form.outcome(), proofs, issuer })
}

/// The outcome of the token's own signature, and its key where that holds.
fn signed(
    inquiry: &mut Inquiry<'_>,
    secured: &Secured<'_>,
    jws: &CompactJws,
    sd_jwt: Option<&SdJwt>,
) -> Result<Result<(Outcome, TokenKey), Outcome>, Pending> {
    let (header, profile) = match read(jws) {
        Ok(read) => read,
        Err(outcome) => return Ok(Err(outcome)),
    };
    let keys = match key::find(inquiry, secured, &header, profile)? {
        Ok(keys) => keys,
        Err(outcome) => return Ok(Err(outcome)),
    };
    Ok(check_signature(inquiry, secured, jws, sd_jwt, &header, profile, keys))
}

/// Reads what the token says of itself.
fn read(jws: &CompactJws) -> Result<(Header<'_>, TokenProfile), Outcome> {
    let header = Header::read(jws)?;
    let profile = TokenProfile::of(jws).ok_or_else(|| {
        let params = [("type", shorten(jws.header_text("typ").unwrap_or_default()))];
        Outcome::Inconclusive(Problem::new(ProblemCode::UnsupportedTokenType, params))
    })?;
    let claims = jws.payload().root();
    let wrapping: Vec<&str> = ["vc", "vp"].into_iter().filter(|claim| claims.get(claim).is_some()).collect();
    // What readers may take for two credentials, they show differently.
    let is_one_itself = ["@context", "credentialSubject"].iter().any(|member| claims.get(member).is_some());
    match wrapping.as_slice() {
        [] => Ok((header, profile)),
        [_] if profile == TokenProfile::WrappedClaim && !is_one_itself => Ok((header, profile)),
        [claim, ..] => {
            Err(Outcome::Fail(Problem::new(ProblemCode::MixedTokenProfiles, [("claim", (*claim).to_owned())])))
        }
    }
}

fn check_signature(
    inquiry: &Inquiry<'_>,
    secured: &Secured<'_>,
    jws: &CompactJws,
    sd_jwt: Option<&SdJwt>,
    header: &Header<'_>,
    profile: TokenProfile,
    keys: Vec<TokenKey>,
) -> Result<(Outcome, TokenKey), Outcome> {
    let algorithm = header.algorithm;
    let Some((method, kind)) = keys.first().map(|key| (shorten(&key.name), key.key.key.kind())) else {
        return Err(Outcome::Inconclusive(Problem::new(ProblemCode::KeyNotNamed, [])));
    };
    let mut fitting = keys.into_iter().filter(|key| key.key.allows(algorithm)).peekable();
    if fitting.peek().is_none() {
        let params = [("algorithm", algorithm.as_str().to_owned()), ("key_type", kind.as_str().to_owned())];
        return Err(Outcome::Fail(Problem::new(ProblemCode::AlgorithmMismatch, params)));
    }
    let holds = |key: &TokenKey| key.key.key.verify(algorithm, jws.signing_input(), jws.signature()).is_ok();
    let Some(mut key) = fitting.find(holds) else {
        return Err(Outcome::Fail(Problem::new(ProblemCode::SignatureMismatch, [("method", method)])));
    };
    key.key.algorithm = Some(algorithm);
    if let Some(flaw) = sd_jwt.and_then(SdJwt::flaw) {
        return Err(flawed(flaw));
    }
    let dates = claims::check(profile, secured, jws.payload().root())?;
    if let Some(outcome) = ended(key.ends, dates.issued, inquiry.now) {
        return Err(outcome);
    }
    let form = match (sd_jwt, profile) {
        (Some(_), _) => "SD-JWT",
        (None, TokenProfile::VcJoseCose) if secured.purposes.contains(&Relationship::Authentication) => "vp+jwt",
        (None, TokenProfile::VcJoseCose) => "vc+jwt",
        (None, _) => "JWT",
    };
    let outcome = dates.outcome(inquiry.now).unwrap_or_else(|| {
        let suite = format!("{} ({form})", algorithm.as_str());
        let mut fact = Fact::new(FactCode::SignatureHolds, [("suite", suite), ("method", shorten(&key.name))]);
        let claim = |name: &str| jws.payload().root().get(name).and_then(Value::as_str).map(shorten);
        let stated = [
            ("created", dates.issued.map(|issued| issued.to_string())),
            ("audience", claim("aud")),
            ("nonce", claim("nonce")),
        ];
        for (name, value) in stated {
            if let Some(value) = value {
                fact.params.insert(name.to_owned(), value);
            }
        }
        Outcome::Pass(fact)
    });
    Ok((outcome, key))
}

/// What it means that the disclosures do not fit what was signed.
fn flawed(flaw: &SdJwtFlaw) -> Outcome {
    if let SdJwtFlaw::UnsupportedHash { name } = flaw {
        let params = [("suite", shorten(name))];
        return Outcome::Inconclusive(Problem::new(ProblemCode::UnsupportedSuite, params));
    }
    Outcome::Fail(Problem::new(ProblemCode::MalformedDisclosures, [("flaw", flaw.as_str().to_owned())]))
}
