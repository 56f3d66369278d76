//! Selective-disclosure JWTs in compact serialization: [RFC 9901](https://www.rfc-editor.org/rfc/rfc9901).

use std::collections::HashSet;
use std::fmt;

use attesta_jsonld::{Document, Limits, Value};

use super::disclose::disclose;
use super::disclosure::{DigestHash, Disclosure, SdJwtFlaw};
use super::{CompactJws, JwsError, sd_jwt_vc};
use crate::limits::INPUT_BYTES;

/// The most disclosures that are read: far above any real credential, and a bound on the work.
const MOST_DISCLOSURES: usize = 1_000;

/// The issuer's token with the disclosures that came along, and the holder's token over both where there is one.
/// Nothing about it is verified.
#[derive(Clone)]
pub struct SdJwt {
    /// The token and the disclosures, each with its tilde.
    presented: String,
    issuer_signed: CompactJws,
    disclosures: Vec<Disclosure>,
    key_binding: Option<CompactJws>,
    disclosed: Document,
    flaw: Option<SdJwtFlaw>,
    hash: DigestHash,
}

impl SdJwt {
    /// Takes the text apart and puts each disclosure where it belongs; white space around it is ignored. Disclosures
    /// that do not fit what was signed make it flawed, and nothing of them is shown.
    ///
    /// # Errors
    /// [`JwsError`] when there is no token of an issuer in it.
    pub fn parse(text: &str) -> Result<Self, JwsError> {
        let text = text.trim();
        let (presented, binding) = text.rsplit_once('~').ok_or(JwsError::Form)?;
        let presented_length = presented.len() + 1;
        let mut parts = presented.split('~');
        let issuer_signed = CompactJws::parse(parts.next().unwrap_or_default())?;
        let key_binding = match binding {
            "" => None,
            token => Some(CompactJws::parse(token)?),
        };
        let (mut disclosures, mut flaw) = (Vec::new(), None);
        for (index, encoded) in parts.enumerate() {
            match Disclosure::decode(encoded) {
                _ if index == MOST_DISCLOSURES => {
                    flaw = Some(SdJwtFlaw::TooMany);
                    break;
                }
                Some(disclosure) => disclosures.push(disclosure),
                None => {
                    flaw = Some(SdJwtFlaw::MalformedDisclosure { index });
                    break;
                }
            }
        }
        let payload = issuer_signed.payload();
        let hash = DigestHash::of(payload.root());
        let shown = match (&hash, &flaw) {
            (Ok(hash), None) => shown(payload.root(), &mut disclosures, *hash),
            (Err(flaw), _) | (_, Some(flaw)) => Err(flaw.clone()),
        };
        // What a flawed token shows is what its issuer signed in the open.
        let disclosed = match shown {
            Ok(disclosed) => disclosed,
            Err(found) => {
                flaw = Some(found);
                shown_openly(payload)
            }
        };
        Ok(SdJwt {
            presented: text[..presented_length].to_owned(),
            issuer_signed,
            disclosures,
            key_binding,
            disclosed,
            flaw,
            hash: hash.unwrap_or(DigestHash::Sha256),
        })
    }

    /// The issuer's token.
    pub fn issuer_signed(&self) -> &CompactJws {
        &self.issuer_signed
    }

    /// The disclosures that came along, in their order.
    pub fn disclosures(&self) -> &[Disclosure] {
        &self.disclosures
    }

    /// The holder's token over the issuer's and the disclosures, where there is one.
    pub fn key_binding(&self) -> Option<&CompactJws> {
        self.key_binding.as_ref()
    }

    /// What the issuer's payload says with these disclosures, and without a trace of digests.
    pub fn disclosed(&self) -> &Document {
        &self.disclosed
    }

    /// Why it must be refused, where it must be.
    pub fn flaw(&self) -> Option<&SdJwtFlaw> {
        self.flaw.as_ref()
    }

    /// What a holder's token says in `sd_hash`: the digest of the issuer's token and the disclosures,
    /// [RFC 9901 section 4.3.1](https://www.rfc-editor.org/rfc/rfc9901#section-4.3.1).
    pub fn sd_hash(&self) -> String {
        self.hash.digest(&self.presented)
    }

    /// The same token with some of its disclosures: those that `keep` takes by their place, and those that they stand
    /// in. A holder's token is left out, since it would not fit any more.
    pub fn with_disclosures(&self, keep: impl Fn(usize) -> bool) -> String {
        let mut kept = HashSet::new();
        for index in (0..self.disclosures.len()).filter(|index| keep(*index)) {
            let mut next = Some(index);
            while let Some(index) = next.filter(|index| kept.insert(*index)) {
                next = self.disclosures[index].within;
            }
        }
        let mut text = format!("{}~", self.issuer_signed.token());
        for (_, disclosure) in self.disclosures.iter().enumerate().filter(|(index, _)| kept.contains(index)) {
            text.push_str(disclosure.encoded());
            text.push('~');
        }
        text
    }
}

/// What is disclosed, and each disclosure told its place.
fn shown(payload: &Value<'_>, disclosures: &mut [Disclosure], hash: DigestHash) -> Result<Document, SdJwtFlaw> {
    let (document, places) = {
        let disclosed = disclose(payload, disclosures, hash)?;
        let json = disclosed.root.to_string().into_bytes();
        let limits = Limits { bytes: INPUT_BYTES, ..Limits::default() };
        (Document::parse_within(json, limits).map_err(|_| SdJwtFlaw::TooMany)?, disclosed.places)
    };
    for (disclosure, place) in disclosures.iter_mut().zip(places) {
        if let Some(place) = place {
            disclosure.pointer = Some(place.pointer);
            disclosure.within = place.within;
        }
    }
    if sd_jwt_vc::is_one(document.root()) {
        sd_jwt_vc::check_disclosures(disclosures)?;
    }
    Ok(document)
}

/// The payload without its digests; as it is where even those are malformed.
fn shown_openly(payload: &Document) -> Document {
    let open = disclose(payload.root(), &[], DigestHash::Sha256);
    let document = open.ok().and_then(|open| Document::parse(open.root.to_string().into_bytes()).ok());
    document.unwrap_or_else(|| payload.clone())
}

impl fmt::Debug for SdJwt {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Contents never reach a log line.
        write!(out, "SdJwt({} bytes, {} disclosures)", self.presented.len(), self.disclosures.len())
    }
}

#[cfg(test)]
mod tests;
