//! Opens what somebody shares: the reader's side, which knows no learner and keeps nothing.

use attesta_claim::{Recognised, recognise};
use attesta_credential::{Found, Unread, VerifiableCredential, read_each};
use attesta_net::{Budget, LoopbackAccess};
use attesta_share::{OpenError, OpenLinkError, Received, read_presentation};
use attesta_view::{PresentationView, PresentedCredentialView};

use crate::command::PastedText;
use crate::error::WalletError;
use crate::picture::PictureSize;
use crate::verify::{Copies, IMPORT_TIME, Run};
use crate::wallet::Wallet;

impl Wallet {
    /// Opens a share link, in whatever state it arrived.
    ///
    /// # Errors
    /// [`WalletError::ShareLinkDamaged`], [`WalletError::ShareLinkNewer`], [`WalletError::ShareLinkEmpty`],
    /// [`WalletError::NotALink`], [`WalletError::Unreadable`], [`WalletError::Cancelled`].
    pub fn open_share(&self, request: &PastedText) -> Result<PresentationView, WalletError> {
        let text = request.text.trim();
        if text.is_empty() {
            return Err(WalletError::EmptyInput);
        }
        self.open_received(text.as_bytes())
    }

    /// Opens a file: a presentation, a credential, or a share link in a text.
    ///
    /// # Errors
    /// As [`Wallet::open_share`].
    pub fn open_bytes(&self, bytes: &[u8]) -> Result<PresentationView, WalletError> {
        if bytes.is_empty() {
            return Err(WalletError::EmptyInput);
        }
        self.open_received(bytes)
    }

    fn open_received(&self, bytes: &[u8]) -> Result<PresentationView, WalletError> {
        let running = self.stoppable();
        let budget = Budget::new(IMPORT_TIME).with_cancel(running.cancel.clone());
        let mut run = Run::new(self, Copies::WhenOffline, budget);
        match read_presentation(bytes).map_err(|error| unopened(error, bytes))? {
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
            Received::Sealed(_) => Err(WalletError::FormUnavailable { form: "sealed".to_owned() }),
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

fn unopened(error: OpenError, bytes: &[u8]) -> WalletError {
    match error {
        OpenError::Read(error) => WalletError::Unreadable(error),
        OpenError::Link(OpenLinkError::NewerVersion { version }) => {
            WalletError::ShareLinkNewer { version: version.to_string() }
        }
        OpenError::Link(OpenLinkError::NewerEncoding { encoding }) => {
            WalletError::ShareLinkNewer { version: encoding.to_string() }
        }
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
