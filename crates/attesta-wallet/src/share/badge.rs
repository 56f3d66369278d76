//! A badge's own picture with the credential baked in.

use attesta_credential::{Container, Found, bake_png, bake_svg};

use crate::command::SaveBadge;
use crate::error::WalletError;
use crate::picture::{PictureSize, data_of, drawing_of, picture_of};
use crate::record::read;
use crate::share::{ShareContent, slug};
use crate::wallet::Wallet;

/// The two kinds of pictures that Open Badges are baked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Baked {
    Png,
    Svg,
}

impl Wallet {
    /// A badge's picture with its credential in it, exactly as received, for whoever reads baked badges. The picture is
    /// the one that is held here: nothing is fetched.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], [`WalletError::NoPicture`], and those of the disk.
    pub fn baked_badge(&self, request: &SaveBadge) -> Result<ShareContent, WalletError> {
        let kind = match request.picture.as_str() {
            "svg" => Baked::Svg,
            _ => Baked::Png,
        };
        let record = self.record(&request.credential)?;
        let found = read(&record)?;
        let credential = found.credential.bytes();
        let baked = match kind {
            // Earlier badges are baked by their issuers alone: the picture that came is given on as it came.
            _ if found.credential.data_model().is_assertion() => as_received(&found, &record.received, kind),
            Baked::Png => picture_of(&found, &record.received, PictureSize::Whole)
                .and_then(|address| data_of(&address))
                .and_then(|picture| bake_png(&picture, credential).ok()),
            Baked::Svg => drawing_of(&found, &record.received).and_then(|picture| bake_svg(&picture, credential).ok()),
        };
        let extension = match kind {
            Baked::Png => "png",
            Baked::Svg => "svg",
        };
        let bytes = baked.ok_or(WalletError::NoPicture)?;
        Ok(ShareContent { name: format!("{}.{extension}", slug(&record.title)), bytes })
    }
}

fn as_received(found: &Found, received: &[u8], kind: Baked) -> Option<Vec<u8>> {
    let fits = matches!((found.container, kind), (Container::Png, Baked::Png) | (Container::Svg, Baked::Svg));
    fits.then(|| received.to_vec())
}
