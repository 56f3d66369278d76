//! What leads others to a share or credential: the draft of a mail, LinkedIn's form, a calendar entry.
//!
//! Nothing is sent: each is an address or file that the learner opens.

use attesta_handout::{Bears, Certification, Expiry, Letter, MAILTO_LIMIT, calendar, linked_in_address, mail_draft};
use attesta_store::{CredentialRecord, ShareRecord};
use attesta_view::{CredentialView, Language};

use crate::command::{AddToProfile, ById, OpenAddress, ProfileView};
use crate::error::WalletError;
use crate::picture::PictureSize;
use crate::record::read;
use crate::share::{ShareContent, slug};
use crate::view::ShareForm;
use crate::wallet::Wallet;

impl Wallet {
    /// The draft of a mail that brings a share, as an address for the learner's mail program, in the share's language.
    /// Where its link is too long for such an address, the mail says where to paste it; without a link it speaks of an
    /// attached file.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], [`WalletError::ShareStopped`], and those of the disk.
    pub fn mail_draft(&self, request: &ById) -> Result<OpenAddress, WalletError> {
        let share = self.share(&request.id)?;
        if share.stopped_at.is_some() {
            return Err(WalletError::ShareStopped);
        }
        let language = self.language_of(&share);
        let earner = self.common_earner(&share)?;
        // What the learner calls the recipient is a mail address only sometimes.
        let to = share.recipient.as_deref().map(str::trim);
        let to = to.filter(|to| to.contains('@') && !to.contains(char::is_whitespace));
        let ends = share.expires_at.map(|end| end.to_string());
        let valid_until = ends.as_deref();
        let bears = share.link.as_deref().map_or(Bears::File, Bears::Link);
        let letter = Letter { title: &share.title, bears, earner: earner.as_deref(), to, valid_until };
        let draft = |letter: &Letter<'_>| mail_draft(letter, language).address;
        let bears = bears.without_link();
        let address = draft(&letter).or_else(|| draft(&Letter { bears, ..letter }));
        // Only a title of very many words leads here; the mail is then written without it.
        let short = || draft(&Letter { title: "", earner: None, bears, ..letter });
        let url = address.or_else(short).ok_or(WalletError::Internal { what: "a mail without a text is too long" })?;
        Ok(OpenAddress { url })
    }

    /// The address that puts a credential on a LinkedIn profile. A visitor of the profile is led to a share of it that
    /// opens in a browser: a published copy that was not stopped, else a link that LinkedIn takes.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], and those of the disk.
    pub fn add_to_profile(&self, request: &AddToProfile) -> Result<ProfileView, WalletError> {
        let record = self.record(&request.credential)?;
        let view = self.described(&record)?;
        let shown = self.opens_at(&record.id)?;
        let url = linked_in_address(&Certification::of(&view, shown.as_deref()));
        Ok(ProfileView { url, shown })
    }

    /// A calendar file with the last day of a credential, of each of a bundle's credentials that ends, or of a share.
    ///
    /// # Errors
    /// [`WalletError::NotFound`] for what is none of these, [`WalletError::NoEnd`], and those of the disk.
    pub fn calendar(&self, request: &ById) -> Result<ShareContent, WalletError> {
        let id = request.id.as_str();
        if let Some(share) = self.store().shares().get(id)? {
            let valid_until = share.expires_at.ok_or(WalletError::NoEnd)?;
            let entry = Expiry { key: &share.id, title: &share.title, issuer: None, valid_until };
            return Ok(self.calendar_file(&share.title, &[entry], self.language_of(&share)));
        }
        let (title, records) = match self.store().bundles().get(id)? {
            Some(bundle) => {
                let records = self.members(&bundle)?;
                (Some(bundle.content.title), records)
            }
            None => (None, vec![self.record(id)?]),
        };
        let mut ends = Vec::new();
        for record in &records {
            if let Some(end) = read(record)?.credential.valid_until() {
                ends.push((record.id.as_str(), self.described(record)?, end));
            }
        }
        let entries: Vec<Expiry<'_>> = ends
            .iter()
            .map(|(id, view, valid_until)| Expiry {
                key: view.id.as_deref().unwrap_or(id),
                title: &view.title.text,
                issuer: view.issuer.name.as_ref().map(|name| name.text.as_str()),
                valid_until: *valid_until,
            })
            .collect();
        let first = entries.first().ok_or(WalletError::NoEnd)?;
        Ok(self.calendar_file(title.as_deref().unwrap_or(first.title), &entries, self.language()))
    }

    fn calendar_file(&self, title: &str, entries: &[Expiry<'_>], language: Language) -> ShareContent {
        let bytes = calendar(entries, self.now(), language).into_bytes();
        ShareContent { name: format!("{}.ics", slug(title)), bytes }
    }

    /// A share that holds this credential and that a visitor's browser opens.
    fn opens_at(&self, credential: &str) -> Result<Option<String>, WalletError> {
        let now = self.now();
        let shares = self.store().shares().list()?;
        let counts = |share: &&ShareRecord| {
            share.stopped_at.is_none()
                && !share.sealed
                && share.expires_at.is_none_or(|end| end > now)
                && share.members.iter().any(|member| member.credential == credential)
        };
        let linked = |share: &ShareRecord| share.link.clone().filter(|link| is_taken_by_linked_in(link));
        let hosted = shares.iter().filter(counts).filter(|share| share.hosted.is_some()).find_map(linked);
        let of_link = |share: &&ShareRecord| ShareForm::of(&share.form) == ShareForm::Link;
        Ok(hosted.or_else(|| shares.iter().filter(counts).filter(of_link).find_map(linked)))
    }

    /// What a record says, in the learner's language, without its picture.
    fn described(&self, record: &CredentialRecord) -> Result<CredentialView, WalletError> {
        let found = read(record)?;
        Ok(self.credential_view(&found, &record.received, PictureSize::Row))
    }

    /// The earner's name, where every credential of a share that is still here states the same.
    fn common_earner(&self, share: &ShareRecord) -> Result<Option<String>, WalletError> {
        let mut names = Vec::new();
        for member in &share.members {
            if let Some(record) = self.store().credentials().get(&member.credential)? {
                names.push(self.described(&record)?.earner);
            }
        }
        let first = names.first().cloned().flatten();
        Ok(first.filter(|first| names.iter().all(|name| name.as_ref() == Some(first))))
    }

    /// The language that a share was made in.
    pub(super) fn language_of(&self, share: &ShareRecord) -> Language {
        share.language.as_deref().and_then(Language::of_tag).unwrap_or_else(|| self.language())
    }
}

/// Whether LinkedIn takes a link as a certificate's address: one that a browser opens, and not longer than such fields.
fn is_taken_by_linked_in(link: &str) -> bool {
    link.starts_with("https://") && link.len() <= MAILTO_LIMIT
}
