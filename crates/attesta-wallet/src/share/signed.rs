//! A bundle as a presentation that the wallet's own key signs.

use attesta_credential::{DigestOver, VerifiablePresentation};
use attesta_share::{PresentError, PresentationTerms, SignError, sign_presentation};
use attesta_store::{BundleRecord, CredentialRecord, ShareMember};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use crate::error::WalletError;
use crate::view::ShareForm;
use crate::wallet::Wallet;

impl Wallet {
    /// The presentation of a bundle, signed now.
    pub(crate) fn sign_bundle(
        &self,
        bundle: &BundleRecord,
        records: &[CredentialRecord],
        valid_until: Option<Timestamp>,
        form: ShareForm,
    ) -> Result<VerifiablePresentation, WalletError> {
        let content = self.shown_bundle(&bundle.content, records)?;
        // Nobody refers to it, so it needs no identifier: codes have little room.
        let mut random = [0; 9];
        self.entropy().fill(&mut random)?;
        let challenge = URL_SAFE_NO_PAD.encode(random);
        let digest_over = match form {
            // Such a host keeps what it reads, not what it was sent, and hands out JSON that it wrote itself.
            ShareForm::Hosted => DigestOver::CanonicalJson,
            _ => DigestOver::ExactText,
        };
        let terms =
            PresentationTerms { id: None, created: self.now(), valid_until, challenge: &challenge, digest_over };
        let signed = sign_presentation(&content, &self.holder_key()?, &terms)?;
        Ok(VerifiablePresentation::from_json(signed.json)?)
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
