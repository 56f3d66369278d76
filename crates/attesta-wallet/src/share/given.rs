//! What is given out: a presentation anybody can read, or one that opens with a passphrase, and the texts and codes made
//! of it.

use attesta_credential::{VerifiablePresentation, read_each};
use attesta_share::{
    Carried, Passphrase, PassphraseError, PayloadEncoding, QrCode, SCHEME_BASE, SEAL_RANDOM_BYTES, SealedPayload,
    Sequence, SequenceError, ShareLink, UnsealError, payload_text,
};
use attesta_store::ShareRecord;

use crate::command::ShareBundle;
use crate::error::WalletError;
use crate::share::{DENSEST_VERSION, WELL_SCANNED_VERSION};
use crate::view::ShareForm;
use crate::wallet::Wallet;

/// What a share carries.
pub(super) enum Given {
    /// Anybody can read it: a presentation, or the one credential alone.
    Open(Vec<u8>),
    /// It opens with a passphrase.
    Sealed(SealedPayload),
}

impl Given {
    /// What was given out in a share.
    pub(super) fn of(record: &ShareRecord) -> Result<Given, WalletError> {
        if !record.sealed {
            return Ok(Given::Open(record.payload.clone()));
        }
        let text = std::str::from_utf8(&record.payload).map_err(|_| WalletError::WalletDamaged)?;
        match ShareLink::decode(text) {
            Ok(Carried::Sealed(sealed)) => Ok(Given::Sealed(sealed)),
            Ok(Carried::Plain(_)) | Err(_) => Err(WalletError::WalletDamaged),
        }
    }

    /// What the wallet keeps of it: exactly what was given out. Of what is sealed that is the sealed text; nobody opens
    /// it without the passphrase, the wallet included.
    pub(super) fn kept(self) -> Vec<u8> {
        match self {
            Given::Open(bytes) => bytes,
            Given::Sealed(sealed) => sealed.to_text(PayloadEncoding::Base64Url).into_bytes(),
        }
    }

    /// What stands behind the `#` of a link.
    pub(super) fn text(&self, encoding: PayloadEncoding) -> String {
        match self {
            Given::Open(bytes) => payload_text(bytes, encoding),
            Given::Sealed(sealed) => sealed.to_text(encoding),
        }
    }

    /// The presentation, where anybody can read it and it is one.
    pub(super) fn presentation(&self) -> Option<VerifiablePresentation> {
        match self {
            Given::Open(bytes) => VerifiablePresentation::from_json(bytes.clone()).ok(),
            Given::Sealed(_) => None,
        }
    }

    /// Codes that are shown in turn.
    pub(super) fn sequence(&self) -> Result<Sequence, WalletError> {
        Ok(Sequence::of(&self.text(PayloadEncoding::Base64Url))?)
    }
}

impl Wallet {
    /// The passphrase that a share is sealed with, if one was chosen.
    ///
    /// # Errors
    /// [`WalletError::PassphraseNotForForm`], [`WalletError::PassphraseTooWeak`], [`WalletError::PassphraseTooLong`],
    /// [`WalletError::PassphraseMalformed`].
    pub(super) fn chosen_passphrase(&self, request: &ShareBundle) -> Result<Option<Passphrase>, WalletError> {
        let Some(typed) = request.passphrase.as_deref() else { return Ok(None) };
        match request.form {
            ShareForm::Link | ShareForm::Qr | ShareForm::Sequence | ShareForm::Html => {
                Ok(Some(Passphrase::new(typed).map_err(chosen_badly)?))
            }
            ShareForm::Hosted | ShareForm::Pdf | ShareForm::Json => {
                Err(WalletError::PassphraseNotForForm { form: request.form.as_str().to_owned() })
            }
        }
    }

    /// What is to be given out, sealed where there is a passphrase.
    pub(super) fn given(&self, content: Vec<u8>, passphrase: Option<&Passphrase>) -> Result<Given, WalletError> {
        let Some(passphrase) = passphrase else { return Ok(Given::Open(content)) };
        let mut randomness = [0; SEAL_RANDOM_BYTES];
        self.entropy().fill(&mut randomness)?;
        Ok(Given::Sealed(SealedPayload::seal(&content, passphrase, &randomness)))
    }

    /// The link to what is given out, behind the employer's page that is set.
    pub(super) fn link_to(&self, given: &Given, encoding: PayloadEncoding) -> Result<String, WalletError> {
        let base = self.verifier_url()?.unwrap_or_else(|| SCHEME_BASE.to_owned());
        Ok(ShareLink::of_payload(&base, &given.text(encoding)).to_string())
    }

    /// What one code carries: the whole where that scans well, else what it comes down to alone where that does, else
    /// whichever of them one code holds at all.
    pub(super) fn in_one_code(
        &self,
        whole: Given,
        alone: impl FnOnce() -> Result<Option<Given>, WalletError>,
    ) -> Result<Coded, WalletError> {
        let whole = self.coded(whole, false)?;
        if whole.version <= WELL_SCANNED_VERSION {
            return Ok(whole);
        }
        let alone = alone()?.map(|alone| self.coded(alone, true)).transpose()?;
        let too_long = WalletError::LinkTooLongForQr { bytes: whole.link.len() };
        match alone {
            Some(alone) if alone.version <= WELL_SCANNED_VERSION => Ok(alone),
            _ if whole.version <= DENSEST_VERSION => Ok(whole),
            Some(alone) if alone.version <= DENSEST_VERSION => Ok(alone),
            _ => Err(too_long),
        }
    }

    fn coded(&self, given: Given, bare: bool) -> Result<Coded, WalletError> {
        let link = self.link_to(&given, PayloadEncoding::Digits)?;
        let version = QrCode::for_link(&link).map_or(u8::MAX, |code| code.version());
        Ok(Coded { given, link, version, bare })
    }
}

/// What stands in one code.
pub(super) struct Coded {
    pub(super) given: Given,
    /// The link in the code.
    pub(super) link: String,
    /// Whether it is a credential alone, without its bundle.
    pub(super) bare: bool,
    /// The code's version; past all where no code holds it.
    version: u8,
}

/// How many credentials a share carried.
pub(super) fn count(record: &ShareRecord) -> u32 {
    let count = match record.members.len() {
        // Shares of earlier versions did not note it.
        0 => read_each(&record.payload).map_or(0, |entries| entries.len()),
        count => count,
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn chosen_badly(error: PassphraseError) -> WalletError {
    match error {
        PassphraseError::TooWeak { chars, words } => WalletError::PassphraseTooWeak { chars, words },
        PassphraseError::Empty => WalletError::PassphraseTooWeak {
            chars: attesta_share::FEWEST_PASSPHRASE_CHARS,
            words: attesta_share::FEWEST_PASSPHRASE_WORDS,
        },
        PassphraseError::TooLong { limit } => WalletError::PassphraseTooLong { limit },
        PassphraseError::ControlCharacter => WalletError::PassphraseMalformed,
    }
}

impl From<SequenceError> for WalletError {
    fn from(error: SequenceError) -> Self {
        match error {
            SequenceError::TooLong { fragments, limit } => WalletError::SequenceTooLong { codes: fragments, limit },
            SequenceError::NotAPayload => WalletError::Internal { what: "a payload was not taken for one" },
        }
    }
}

impl From<UnsealError> for WalletError {
    fn from(error: UnsealError) -> Self {
        match error {
            UnsealError::PassphraseNeeded => WalletError::PassphraseNeeded,
            UnsealError::WrongPassphrase => WalletError::PassphraseWrong,
            UnsealError::Damaged => WalletError::ShareLinkDamaged,
            UnsealError::TooLarge { .. } => WalletError::TooLarge,
            UnsealError::OutOfMemory { .. } => WalletError::OutOfMemory,
        }
    }
}
