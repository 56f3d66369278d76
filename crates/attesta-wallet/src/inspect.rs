//! What a text or file holds and who would be contacted for it. Makes no request.

use crate::command::{ById, PastedText, Paths};
use crate::error::WalletError;
use crate::offer::{Matter, Offer};
use crate::view::{ErrorView, LetterView, OfferView, OfferedKind, OfferedView};
use crate::wallet::{Wallet, lock};

/// What was recognised in a text or file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspected {
    /// The links in it.
    pub links: Vec<InspectedLink>,
    /// Credentials in it, other files, and parts that can't be read.
    pub attachments: Vec<Attachment>,
    /// Why there is nothing, where there is nothing.
    pub error: Option<ErrorView>,
}

/// A link that was recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectedLink {
    /// The link.
    pub url: String,
    /// What it is.
    pub kind: OfferedKind,
    /// The hosts that would be contacted for it.
    pub hosts: Vec<String>,
    /// Whether an import of the whole would follow it.
    pub suggested: bool,
    /// Why it can't be followed, where it can't.
    pub error: Option<ErrorView>,
    /// The carriers around it, outermost first.
    pub within: Vec<String>,
    /// The mail in which it stood.
    pub letter: Option<LetterView>,
}

/// A file, on its own or in a mail, archive or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The file's name.
    pub name: String,
    /// What it is.
    pub kind: AttachmentKind,
    /// The hosts that would be contacted to check it.
    pub hosts: Vec<String>,
    /// How many credentials it holds.
    pub count: u32,
    /// Why it can't be read, where it can't.
    pub error: Option<ErrorView>,
    /// The carriers around it, outermost first.
    pub within: Vec<String>,
}

/// The kinds of attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttachmentKind {
    /// One or several credentials.
    Credential,
    /// Something else that stands beside them.
    Other,
    /// Something that is damaged, locked, too large or of a form that is not read.
    Unsupported,
}

impl AttachmentKind {
    /// The name that stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            AttachmentKind::Credential => "credential",
            AttachmentKind::Other => "other",
            AttachmentKind::Unsupported => "unsupported",
        }
    }
}

impl Wallet {
    /// What a pasted text or a link holds.
    ///
    /// # Errors
    /// As [`Wallet::offer_text`].
    pub fn inspect_text(&self, text: &str) -> Result<Inspected, WalletError> {
        self.inspected(self.offer_text(&PastedText { text: text.to_owned() })?)
    }

    /// What a file holds.
    ///
    /// # Errors
    /// As [`Wallet::offer_text`].
    pub fn inspect_bytes(&self, name: &str, bytes: &[u8]) -> Result<Inspected, WalletError> {
        self.inspected(self.offer_bytes(name, bytes)?)
    }

    /// What files and folders hold.
    ///
    /// # Errors
    /// As [`Wallet::offer_text`].
    pub fn inspect_paths(&self, paths: &[String]) -> Result<Inspected, WalletError> {
        self.inspected(self.offer_paths(&Paths { paths: paths.to_vec() })?)
    }

    fn inspected(&self, view: OfferView) -> Result<Inspected, WalletError> {
        let offer = self.offers().get(&view.id)?;
        let inspected = inspected(&lock(&offer), view.items, view.error);
        self.discard(&ById { id: view.id })?;
        Ok(inspected)
    }
}

fn inspected(offer: &Offer, items: Vec<OfferedView>, error: Option<ErrorView>) -> Inspected {
    let mut inspected = Inspected { error, ..Inspected::default() };
    for (item, view) in offer.items.iter().zip(items) {
        match (&item.matter, view.url) {
            (Matter::Link(_), Some(url)) => inspected.links.push(InspectedLink {
                url,
                kind: view.kind,
                hosts: view.hosts,
                suggested: view.suggested,
                error: view.error,
                within: view.within,
                letter: view.letter,
            }),
            _ => inspected.attachments.push(Attachment {
                name: item.name.clone(),
                kind: AttachmentKind::Credential,
                hosts: view.hosts,
                count: view.count.unwrap_or_default(),
                error: view.error,
                within: view.within,
            }),
        }
    }
    let mut add = |kind, (name, error): &(String, WalletError)| {
        inspected.attachments.push(Attachment {
            name: name.clone(),
            kind,
            hosts: Vec::new(),
            count: 0,
            error: Some(error.view()),
            within: Vec::new(),
        });
    };
    offer.passed_over.iter().for_each(|part| add(AttachmentKind::Other, part));
    offer.skipped.iter().for_each(|part| add(AttachmentKind::Unsupported, part));
    inspected
}
