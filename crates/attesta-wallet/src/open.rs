//! Opens what somebody shares: the reader's side, which knows no learner and keeps nothing.

use attesta_carrier::{Content, unpack};
use attesta_claim::{Recognised, recognise};
use attesta_credential::{Found, ReadError, Unread, VerifiableCredential, read_each};
use attesta_net::{Budget, LoopbackAccess};
use attesta_share::{OpenError, OpenLinkError, Received, SequenceReader, read_presentation, read_unsealed};
use attesta_view::{PresentationView, PresentedCredentialView};

use crate::command::OpenShare;
use crate::error::WalletError;
use crate::picture::PictureSize;
use crate::verify::{Copies, IMPORT_TIME, Run};
use crate::wallet::Wallet;

/// Most files that are opened together: as many as codes that are shown in turn can have.
const FILES: usize = 1_000;

impl Wallet {
    /// Opens a share link, in whatever state it arrived, or the text of a file.
    ///
    /// # Errors
    /// [`WalletError::ShareLinkDamaged`], [`WalletError::ShareLinkNewer`], [`WalletError::ShareLinkEmpty`],
    /// [`WalletError::NotALink`], [`WalletError::Unreadable`], [`WalletError::PassphraseNeeded`],
    /// [`WalletError::PassphraseWrong`], [`WalletError::Cancelled`].
    pub fn open_share(&self, request: &OpenShare) -> Result<PresentationView, WalletError> {
        let text = request.text.trim();
        if text.is_empty() {
            return Err(WalletError::EmptyInput);
        }
        self.open_read(read_presentation(text.as_bytes()), text.as_bytes(), request.passphrase.as_deref())
    }

    /// Opens files: a presentation, a credential, a share link in a text, a document or page with a bundle inside, the
    /// picture of a code; or the pictures of codes that are shown in turn, in any order.
    ///
    /// # Errors
    /// As [`Wallet::open_share`]; [`WalletError::TooManyItems`]; [`WalletError::CodesMissing`] where the codes are not
    /// enough.
    pub fn open_files(
        &self,
        files: &[(&str, &[u8])],
        passphrase: Option<&str>,
    ) -> Result<PresentationView, WalletError> {
        match files {
            [] => Err(WalletError::EmptyInput),
            [(_, [])] => Err(WalletError::EmptyInput),
            [(name, bytes)] => match read_presentation(bytes) {
                Err(error) if may_show_a_code(&error) => self.open_codes(&[(*name, *bytes)], passphrase, error),
                read => self.open_read(read, bytes, passphrase),
            },
            several if several.len() > FILES => Err(WalletError::TooManyItems { limit: FILES }),
            several => self.open_codes(several, passphrase, ReadError::PngWithoutCredential.into()),
        }
    }

    /// What the codes in pictures say together. `otherwise` is what is wrong where there are none.
    fn open_codes(
        &self,
        pictures: &[(&str, &[u8])],
        passphrase: Option<&str>,
        otherwise: OpenError,
    ) -> Result<PresentationView, WalletError> {
        let mut reader = SequenceReader::new();
        let (mut so_far, mut said) = (None, None);
        for text in pictures.iter().flat_map(|(name, bytes)| codes_in(name, bytes)) {
            let progress = reader.receive(&text);
            if let Some(whole) = progress.done {
                return self.open_read(read_presentation(whole.as_bytes()), whole.as_bytes(), passphrase);
            }
            match progress.enough {
                0 => said = said.or(Some(text)),
                enough => so_far = Some((progress.received, enough)),
            }
        }
        match (so_far, said) {
            (Some((received, enough)), _) => Err(WalletError::CodesMissing { received, enough }),
            (None, Some(text)) => self.open_read(read_presentation(text.as_bytes()), text.as_bytes(), passphrase),
            (None, None) => Err(unopened(otherwise, pictures.first().map_or(b"", |(_, bytes)| *bytes))),
        }
    }

    fn open_read(
        &self,
        read: Result<Received, OpenError>,
        bytes: &[u8],
        passphrase: Option<&str>,
    ) -> Result<PresentationView, WalletError> {
        match read.map_err(|error| unopened(error, bytes))? {
            Received::Sealed(sealed) => {
                let opened = sealed.unseal(passphrase.ok_or(WalletError::PassphraseNeeded)?)?;
                let read = read_unsealed(opened.clone()).map_err(|error| unopened(error, &opened))?;
                self.open_received(read, &opened)
            }
            received => self.open_received(received, bytes),
        }
    }

    fn open_received(&self, received: Received, bytes: &[u8]) -> Result<PresentationView, WalletError> {
        let running = self.stoppable();
        let budget = Budget::new(IMPORT_TIME).with_cancel(running.cancel.clone());
        let mut run = Run::new(self, Copies::WhenOffline, budget);
        match received {
            Received::Presentation(presentation) => {
                let report = run.verify_presentation(&presentation, &self.readers_policy())?;
                // An entry that is no credential takes nothing from the others; none at all leaves nothing to show.
                let entries = read_each(presentation.bytes()).unwrap_or_default();
                let presented = self.presented(entries, presentation.bytes(), &mut run)?;
                Ok(PresentationView::assemble(&presentation, &report, presented, self.language()))
            }
            Received::Credentials(entries) => {
                let presented = self.presented(entries, bytes, &mut run)?;
                Ok(PresentationView::of_credentials(presented, self.now()))
            }
            // What was sealed was unsealed, and nothing is sealed twice.
            Received::Sealed(_) => Err(WalletError::ShareLinkDamaged),
        }
    }

    fn presented(
        &self,
        entries: Vec<Result<Found, Unread>>,
        received: &[u8],
        run: &mut Run<'_>,
    ) -> Result<Vec<PresentedCredentialView>, WalletError> {
        let credentials: Vec<&VerifiableCredential> = entries.iter().flatten().map(|found| &found.credential).collect();
        let mut reports = run.verify(&credentials, &self.readers_policy())?.into_iter();
        let presented = entries.iter().map(|entry| match entry {
            Err(unread) => Ok(PresentedCredentialView::unreadable(&unread.error)),
            Ok(found) => {
                let report = reports.next().ok_or(WalletError::Internal { what: "a credential without a report" })?;
                let view = self.credential_view(&run.whole(found), received, PictureSize::Whole);
                Ok(PresentedCredentialView::checked(view, &found.credential, &report, self.language()))
            }
        });
        presented.collect()
    }
}

/// Whether a file in which no credential was found may be the picture of a code.
fn may_show_a_code(error: &OpenError) -> bool {
    matches!(error, OpenError::Read(ReadError::PngWithoutCredential | ReadError::PictureWithoutCredential { .. }))
}

/// What the codes in a picture say.
fn codes_in(name: &str, bytes: &[u8]) -> Vec<String> {
    let pieces = unpack(name, bytes).map(|unpacked| unpacked.pieces).unwrap_or_default();
    let said = pieces.into_iter().filter_map(|piece| match piece.content {
        Content::Code(text) => Some(text),
        Content::Text(_) | Content::Document { .. } => None,
    });
    said.collect()
}

fn unopened(error: OpenError, bytes: &[u8]) -> WalletError {
    match error {
        OpenError::Read(error) => WalletError::Unreadable(error),
        OpenError::Link(
            OpenLinkError::NewerVersion { version: newer } | OpenLinkError::NewerEncoding { encoding: newer },
        ) => WalletError::ShareLinkNewer { version: newer.to_string() },
        OpenError::Link(OpenLinkError::Damaged) => WalletError::ShareLinkDamaged,
        OpenError::Link(OpenLinkError::TooLarge { .. }) => WalletError::TooLarge,
        OpenError::Link(OpenLinkError::NotAShareLink) => {
            match recognise(&String::from_utf8_lossy(bytes), LoopbackAccess::Allowed) {
                Recognised::Links(_) => WalletError::ShareLinkEmpty,
                Recognised::Document { .. } | Recognised::Nothing(_) => WalletError::NotALink,
            }
        }
    }
}
