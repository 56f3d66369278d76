//! The wallet as a file that the Learner Credential Wallet restores; `import` reads such a file.

use attesta_carrier::{BackupContents, write_backup};

use crate::error::WalletError;
use crate::record::Reader;
use crate::share::ShareContent;
use crate::wallet::Wallet;

/// The profile's name in the other wallet, which adds to the one that it has under it already.
const PROFILE: &str = "Attesta";

impl Wallet {
    /// Every current credential exactly as it came, with the wallet's own key. Whoever has the file can sign as the
    /// learner, so that a face says so before it is saved.
    ///
    /// # Errors
    /// [`WalletError::WalletDamaged`], and those of the disk.
    pub fn wallet_backup(&self) -> Result<ShareContent, WalletError> {
        let mut reader = Reader::default();
        let found = self.store().credentials().list()?;
        let found = found.iter().map(|record| reader.read(record)).collect::<Result<Vec<_>, _>>()?;
        let credentials: Vec<&[u8]> = found.iter().map(|found| found.credential.bytes()).collect();
        let bytes = write_backup(&BackupContents {
            profile_name: PROFILE,
            wallet_id: &urn(&self.new_id()?),
            metadata_id: &urn(&self.new_id()?),
            seed: &self.holder_seed()?.0,
            credentials: &credentials,
        });
        let day = self.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        Ok(ShareContent { name: format!("attesta-wallet-{day}.json"), bytes })
    }
}

/// 128 random bits as the identifier of a version 4 UUID, [RFC 9562 section 5.4](https://www.rfc-editor.org/rfc/rfc9562#section-5.4).
fn urn(hex: &str) -> String {
    format!("urn:uuid:{}-{}-4{}-8{}-{}", &hex[..8], &hex[8..12], &hex[13..16], &hex[17..20], &hex[20..32])
}
