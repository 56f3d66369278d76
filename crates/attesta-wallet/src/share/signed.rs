//! A bundle as a presentation that the wallet's own key signs.

use attesta_credential::VerifiablePresentation;
use attesta_net::Budget;
use attesta_share::{Bundle, BundleEntry, PresentError, PresentationTerms, SignError, sign_presentation};
use attesta_store::{BundleRecord, CredentialRecord, ShareMember};
use attesta_verify::{VerificationReport, to_present};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

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
        // Nobody refers to it, so it needs no identifier: codes have little room.
        let mut random = [0; 9];
        self.entropy().fill(&mut random)?;
        let challenge = URL_SAFE_NO_PAD.encode(random);
        let terms = PresentationTerms { id: None, created: self.now(), valid_until, challenge: &challenge };
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
