//! Pages without data that the learner keeps beside a credential. Nothing fetches them.

use attesta_claim::{LinkKind, Recognised, recognise};
use url::Url;

use crate::address::check_link;
use crate::command::{KeepLink, Nothing, RemoveLink};
use crate::error::WalletError;
use crate::offer::platform_of;
use crate::view::KeptLinkView;
use crate::wallet::Wallet;

/// Longest address that is kept: browsers and servers go little further.
const BYTES: usize = 8 << 10;

impl Wallet {
    /// Keeps a page beside a credential. One that is there already stays as it is.
    ///
    /// # Errors
    /// [`WalletError::AddressNotAllowed`] for what is no https address, [`WalletError::NotFound`] for a record that is
    /// not there, and those of the disk.
    pub fn keep_link(&self, request: &KeepLink) -> Result<Nothing, WalletError> {
        let page = self.page(&request.url)?;
        self.store().links().add(&request.credential, &page, self.now())?;
        Ok(Nothing {})
    }

    /// Removes a page from beside a credential. There may be none.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], and those of the disk.
    pub fn remove_link(&self, request: &RemoveLink) -> Result<Nothing, WalletError> {
        self.store().links().remove(&request.credential, &request.url)?;
        // Where it is typed rather than chosen, it may be written in another way.
        if let Ok(page) = self.page(&request.url) {
            self.store().links().remove(&request.credential, &page)?;
        }
        Ok(Nothing {})
    }

    /// The pages beside a credential.
    pub(crate) fn kept_links(&self, id: &str) -> Result<Vec<KeptLinkView>, WalletError> {
        let view = |link: attesta_store::KeptLink| KeptLinkView {
            platform: platform_of(&link.url, self.loopback()),
            url: link.url,
            added_at: link.added_at.to_string(),
        };
        Ok(self.store().links().list(id)?.into_iter().map(view).collect())
    }

    /// A page's address, out of the redirect that a mail program may have put around it.
    fn page(&self, given: &str) -> Result<String, WalletError> {
        let refused = || WalletError::AddressNotAllowed;
        let page = match recognise(given, self.loopback()) {
            Recognised::Links(links) => match links.into_iter().next().map(|link| (link.kind, link.text)) {
                Some((LinkKind::DocumentPage { page, .. } | LinkKind::SharePage { page, .. }, _)) => page,
                Some((LinkKind::Refused(_), _)) | None => return Err(refused()),
                Some((_, text)) => Url::parse(&text).map_err(|_| refused())?,
            },
            Recognised::Document { .. } | Recognised::Nothing(_) => return Err(refused()),
        };
        let plain = page.username().is_empty() && page.password().is_none() && page.as_str().len() <= BYTES;
        match check_link(&page, self.loopback()) {
            Ok(()) if plain => Ok(page.to_string()),
            _ => Err(refused()),
        }
    }
}
