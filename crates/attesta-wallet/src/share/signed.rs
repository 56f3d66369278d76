//! A bundle as a presentation that the wallet's own key signs.

use attesta_credential::VerifiablePresentation;
use attesta_net::Budget;
use attesta_share::{Bundle, BundleEntry, PresentError, PresentationTerms, SignError, sign_presentation};
use attesta_store::{BundleRecord, CredentialRecord, ShareMember};
use attesta_verify::{VerificationReport, to_present};
use jiff::Timestamp;

use crate::entropy::hex;
use crate::error::WalletError;
use crate::record::Reader;
use crate::verify::{Copies, IMPORT_TIME, Run};
use crate::wallet::Wallet;

impl Wallet {
    /// The presentation of a bundle, signed now.
    pub(crate) fn sign_bundle(
        &self,
        bundle: &BundleRecord,
        records: &[CredentialRecord],
        valid_until: Option<Timestamp>,
    ) -> Result<VerifiablePresentation, WalletError> {
        let content = &bundle.content;
        let entries = self.shown(bundle, records)?.into_iter().zip(&content.members);
        let content = Bundle {
            title: content.title.clone(),
            note: content.note.clone(),
            audience: content.audience.clone(),
            hidden_parts: content.hidden_parts.clone(),
            entries: entries.map(|(bytes, member)| BundleEntry { bytes, note: member.note.clone() }).collect(),
        };
        let mut random = [0; 32];
        self.entropy().fill(&mut random)?;
        let (id, challenge) = random.split_at(16);
        let id = uuid_urn(id);
        let challenge = hex(challenge);
        let terms = PresentationTerms { id: Some(&id), created: self.now(), valid_until, challenge: &challenge };
        let signed = sign_presentation(&content, &self.holder_key()?, &terms)?;
        Ok(VerifiablePresentation::from_json(signed.json)?)
    }

    /// What is shown of each credential of a bundle, in its order: all of it exactly as received, but for what the learner
    /// withholds where the issuer's proof allows that.
    pub(super) fn shown(
        &self,
        bundle: &BundleRecord,
        records: &[CredentialRecord],
    ) -> Result<Vec<Vec<u8>>, WalletError> {
        let mut reader = Reader::default();
        let members = records.iter().zip(&bundle.content.members);
        let shown = members.map(|(record, member)| {
            let withheld: Vec<&str> = member.withheld.iter().map(String::as_str).collect();
            let shown = to_present(&reader.read(record)?.credential, &withheld);
            // Its words name the place alone.
            shown.map_err(|error| WalletError::CannotSign { reason: error.to_string() })
        });
        shown.collect()
    }

    /// The report on the holder's own signature, as a reader gets it.
    pub(crate) fn holders_report(
        &self,
        presentation: &VerifiablePresentation,
    ) -> Result<VerificationReport, WalletError> {
        let mut run = Run::new(self, Copies::WhenOffline, Budget::new(IMPORT_TIME));
        run.verify_presentation(presentation, &self.readers_policy())
    }

    /// What is noted of each record that is given out, as its last report has it.
    pub(crate) fn shared_members(&self, records: &[CredentialRecord]) -> Result<Vec<ShareMember>, WalletError> {
        let noted = |record: &CredentialRecord| {
            Ok(ShareMember {
                credential: record.id.clone(),
                digest: record.digest.clone(),
                title: record.title.clone(),
                verdict_then: self.verdict_now(record)?.as_str().to_owned(),
            })
        };
        records.iter().map(noted).collect()
    }
}

/// A version 4 UUID from 16 random bytes, as a URN ([RFC 9562](https://www.rfc-editor.org/rfc/rfc9562)).
fn uuid_urn(random: &[u8]) -> String {
    let mut bytes = random.to_vec();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = hex(&bytes);
    format!("urn:uuid:{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

impl From<PresentError> for WalletError {
    fn from(error: PresentError) -> Self {
        match error {
            PresentError::NoCredentials => WalletError::BundleEmpty,
            PresentError::EndsBeforeItBegins => WalletError::ExpiryInPast,
            PresentError::Unreadable(error) => WalletError::Unreadable(error),
            // Their words name the place and kind of the trouble and nothing of the content.
            PresentError::TooMany { .. }
            | PresentError::UnknownPart { .. }
            | PresentError::NotACredential { .. }
            | PresentError::Sign(SignError::NotJson(_) | SignError::NotAnObject | SignError::AlreadySigned)
            | PresentError::Sign(SignError::Transform(_) | SignError::SuiteOnlyRead { .. }) => {
                WalletError::CannotSign { reason: error.to_string() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_a_version_four_uuid() {
        assert_eq!(uuid_urn(&[0xff; 16]), "urn:uuid:ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
