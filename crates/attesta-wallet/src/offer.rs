//! What was found in a text or in files and waits for the learner: kept in memory alone, and not for ever.

mod arrival;
mod discover;
mod folder;
mod item;
mod present;
mod shelf;

use std::path::Path;

use attesta_carrier::unpack;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::command::{ById, DroppedFiles, Nothing, PastedText, Paths};
use crate::error::WalletError;
use crate::view::OfferView;
use crate::wallet::Wallet;

pub(crate) use arrival::Arrivals;
pub(crate) use discover::{Discovery, Standing};
pub(crate) use item::{Finding, Item, Matter, Notice, Offer, Received, Related, Staged};
pub(crate) use present::{code_view, letter_view, link_error, platform_of};
pub(crate) use shelf::Offers;

impl Wallet {
    /// What a pasted text holds: links, or credentials themselves. Makes no request.
    ///
    /// # Errors
    /// [`WalletError::Internal`] if the system gives no randomness; what is wrong with the text stands in the answer.
    pub fn offer_text(&self, request: &PastedText) -> Result<OfferView, WalletError> {
        let mut discovery = Discovery::new(self.loopback());
        // The source of a mail, or another wallet's backup, may be pasted too.
        match unpack("-", request.text.as_bytes()) {
            Ok(unpacked) if unpacked.pieces.iter().any(|piece| !piece.within.is_empty() || piece.letter.is_some()) => {
                discovery.unpacked("-", &[], unpacked, Standing::Given);
            }
            _ => discovery.pasted(&request.text),
        }
        self.put_down(discovery)
    }

    /// What files hold that were dropped or chosen together. Makes no request.
    ///
    /// # Errors
    /// As [`Wallet::offer_text`].
    pub fn offer_files(&self, request: &DroppedFiles) -> Result<OfferView, WalletError> {
        let mut discovery = Discovery::new(self.loopback());
        for file in &request.files {
            match STANDARD.decode(&file.base64) {
                Ok(bytes) => discovery.file(&file.name, &file.name, &[], &bytes, Standing::Given),
                Err(_) => discovery.skip(&file.name, WalletError::FileUnreadable { name: file.name.clone() }),
            }
        }
        self.put_down(discovery)
    }

    /// What a file's bytes hold; `path` is how the learner named it. Makes no request.
    ///
    /// # Errors
    /// As [`Wallet::offer_text`].
    pub fn offer_bytes(&self, path: &str, bytes: &[u8]) -> Result<OfferView, WalletError> {
        let mut discovery = Discovery::new(self.loopback());
        let name = Path::new(path).file_name().map_or(path.into(), |name| name.to_string_lossy());
        discovery.file(path, &name, &[], bytes, Standing::Given);
        self.put_down(discovery)
    }

    /// What files and folders hold that the system handed over by their paths. A folder is looked through with those in
    /// it; links in it to elsewhere are not followed. Makes no request.
    ///
    /// # Errors
    /// As [`Wallet::offer_text`].
    pub fn offer_paths(&self, request: &Paths) -> Result<OfferView, WalletError> {
        let mut discovery = Discovery::new(self.loopback());
        folder::read_paths(&request.paths, &mut discovery);
        self.put_down(discovery)
    }

    /// Forgets an offer with all that was gathered for it. There may be none.
    ///
    /// # Errors
    /// None today; a face treats it as any other command.
    pub fn discard(&self, request: &ById) -> Result<Nothing, WalletError> {
        if let Some(offer) = self.offers().take(&request.id) {
            // A gathering that still runs on it ends by itself; what it brings is forgotten with it.
            if let Ok(mut offer) = offer.try_lock() {
                let notices = offer.items.iter_mut().filter_map(|item| item.notice.take());
                let declined = notices.map(|notice| notice.notification.declined).collect();
                self.tell_issuers(declined);
            }
        }
        Ok(Nothing {})
    }

    fn put_down(&self, discovery: Discovery) -> Result<OfferView, WalletError> {
        let offer = discovery.into_offer(self.new_id()?);
        let view = self.offer_view(&offer);
        self.offers().put(offer);
        Ok(view)
    }
}
