//! What of a credential is shown: all of it, or what its holder leaves in where the issuer's proof allows that.

use attesta_credential::{Found, VerifiableCredential};
use attesta_share::{Bundle, BundleEntry};
use attesta_store::{BundleContent, BundleMember, CredentialRecord};
use attesta_verify::{disclosable, to_present};

use crate::command::ById;
use crate::error::WalletError;
use crate::record::{Reader, read};
use crate::view::{DisclosableClaimView, DisclosableView};
use crate::wallet::Wallet;

impl Wallet {
    /// What the learner can leave out of a credential, where its issuer's proof allows that.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], and those of the disk.
    pub fn disclosable(&self, request: &ById) -> Result<DisclosableView, WalletError> {
        let found = read(&self.record(&request.id)?)?;
        let offered = disclosable(&found.credential);
        let claims = offered.claims.into_iter();
        let claims = claims.map(|it| DisclosableClaimView { key: it.key, path: it.path, value: it.value });
        Ok(DisclosableView { by: offered.by.as_str().to_owned(), claims: claims.collect() })
    }

    /// A bundle as it is given out: each credential as its holder shows it, with the learner's words.
    ///
    /// # Errors
    /// [`WalletError::NotDisclosable`] where something can't be left out, and those of the disk.
    pub(crate) fn shown_bundle(
        &self,
        content: &BundleContent,
        records: &[CredentialRecord],
    ) -> Result<Bundle, WalletError> {
        let mut reader = Reader::default();
        let entry = |(member, record): (&BundleMember, &CredentialRecord)| {
            let found = reader.read(record)?;
            Ok(BundleEntry { bytes: shown(member, &found)?, note: member.note.clone() })
        };
        let entries = content.members.iter().zip(records).map(entry).collect::<Result<_, WalletError>>()?;
        Ok(Bundle {
            title: content.title.clone(),
            note: content.note.clone(),
            audience: content.audience.clone(),
            hidden_parts: content.hidden_parts.clone(),
            entries,
        })
    }
}

/// The bytes of a credential without what its holder withholds of it.
pub(super) fn shown(member: &BundleMember, found: &Found) -> Result<Vec<u8>, WalletError> {
    let withheld: Vec<&str> = member.withheld.iter().map(String::as_str).collect();
    let not_disclosable = || WalletError::NotDisclosable { id: member.credential.clone() };
    // Only what was offered by itself: a pointer to what holds several claims would come to mean others in time.
    if still_there(member.withheld.clone(), &found.credential).len() != withheld.len() {
        return Err(not_disclosable());
    }
    to_present(&found.credential, &withheld).map_err(|_| not_disclosable())
}

/// Refuses what can't be left out of a credential.
pub(super) fn check(member: &BundleMember, record: &CredentialRecord) -> Result<(), WalletError> {
    if member.withheld.is_empty() {
        return Ok(());
    }
    shown(member, &read(record)?).map(drop)
}

/// What is withheld of a credential that it has: a newer version need not have what the one before it had.
pub(super) fn still_there(withheld: Vec<String>, credential: &VerifiableCredential) -> Vec<String> {
    if withheld.is_empty() {
        return withheld;
    }
    let offered = disclosable(credential).claims;
    withheld.into_iter().filter(|key| offered.iter().any(|claim| claim.key == *key)).collect()
}
