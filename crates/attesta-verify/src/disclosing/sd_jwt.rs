//! What came as a disclosure of an SD-JWT.

use attesta_credential::{SdJwt, VerifiableCredential};

use super::Claim;
use super::claims::{claim, may_be_left_out};

/// The disclosures that can be left out; `None` of a token that must be refused as it is.
pub(super) fn offered(credential: &VerifiableCredential, sd_jwt: &SdJwt) -> Option<Vec<Claim>> {
    if sd_jwt.flaw().is_some() {
        return None;
    }
    let root = sd_jwt.disclosed().root();
    let pointers = sd_jwt.disclosures().iter().filter_map(|disclosure| disclosure.pointer());
    let mut offered: Vec<Claim> = pointers
        .filter_map(|pointer| claim(root, pointer))
        .filter(|claim| may_be_left_out(credential, &claim.path))
        .collect();
    // Disclosures come in any order.
    offered.sort_by(|one, other| one.key.cmp(&other.key));
    Some(offered)
}

/// The token with the disclosures that are shown.
pub(super) fn shown(credential: &VerifiableCredential, left_out: impl Fn(&str) -> bool) -> Option<Vec<u8>> {
    let sd_jwt = credential.securing().sd_jwt()?;
    let keep = |index: usize| {
        let pointer = sd_jwt.disclosures().get(index).and_then(|disclosure| disclosure.pointer());
        pointer.is_some_and(|pointer| !left_out(pointer))
    };
    Some(sd_jwt.with_disclosures(keep).into_bytes())
}
