//! Sharing a bundle: signed by the wallet's own key, given out in the form that the learner chose, and kept as it was.

mod badge;
mod content;
mod document;
mod given;
mod hosting;
mod ledger;
mod letter;
mod page;
mod signed;

use attesta_share::{PayloadEncoding, TooLong};
use attesta_store::ShareRecord;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::command::ShareBundle;
use crate::error::WalletError;
use crate::view::{ShareForm, ShareView};
use crate::wallet::Wallet;

pub use page::{NoPage, PageTemplate};

/// The highest version of a code that scans well: off a laptop's screen at arm's length, by an ordinary phone.
const WELL_SCANNED_VERSION: u8 = 22;
/// The highest version that one code is made in: it still scans large and in full light. Codes in turn serve better then.
const DENSEST_VERSION: u8 = 25;

/// A file that a share can be saved as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareContent {
    /// A name for it, from the bundle's title.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl ShareForm {
    /// The name that stands in JSON and in the wallet's file.
    pub fn as_str(self) -> &'static str {
        match self {
            ShareForm::Link => "link",
            ShareForm::Qr => "qr",
            ShareForm::Sequence => "sequence",
            ShareForm::Hosted => "hosted",
            ShareForm::Html => "html",
            ShareForm::Pdf => "pdf",
            ShareForm::Json => "json",
        }
    }

    fn of(name: &str) -> ShareForm {
        match name {
            "link" => ShareForm::Link,
            "qr" => ShareForm::Qr,
            "sequence" => ShareForm::Sequence,
            "hosted" => ShareForm::Hosted,
            "html" => ShareForm::Html,
            "pdf" => ShareForm::Pdf,
            _ => ShareForm::Json,
        }
    }
}

impl Wallet {
    /// Signs a bundle as it is now, gives it out in one form and keeps what was given out.
    ///
    /// Everything that can fail fails before anything is kept or published. A copy that was published and can't be noted
    /// here is withdrawn again.
    ///
    /// # Errors
    /// [`WalletError::BundleNotFound`], [`WalletError::BundleEmpty`], [`WalletError::ExpiryMalformed`],
    /// [`WalletError::ExpiryInPast`], [`WalletError::LinkTooLongForQr`], [`WalletError::CannotSign`], those of a
    /// passphrase, of the host that copies are published at and of the page for files, and those of the disk; nothing is
    /// kept then.
    pub fn share_bundle(&self, request: &ShareBundle) -> Result<ShareView, WalletError> {
        let now = self.now();
        let expires_at = request.expires.as_deref().and_then(filled).map(|text| end_of(text, now)).transpose()?;
        let passphrase = self.chosen_passphrase(request)?;
        let publisher = match request.form {
            ShareForm::Hosted => Some(self.publisher()?),
            _ => None,
        };
        let bundle = self.bundle(&request.bundle)?;
        let records = self.members(&bundle)?;
        let presentation = self.sign_bundle(&bundle, &records, expires_at, request.form)?;
        let mut given = self.given(presentation.bytes().to_vec(), passphrase.as_ref())?;
        let mut record = ShareRecord {
            id: self.new_id()?,
            bundle_id: bundle.id.clone(),
            version: Some(bundle.version),
            title: bundle.content.title.clone(),
            recipient: request.recipient.as_deref().and_then(filled).map(str::to_owned),
            form: request.form.as_str().to_owned(),
            language: Some(request.language.unwrap_or_else(|| self.language()).tag().to_owned()),
            sealed: passphrase.is_some(),
            bare: false,
            created_at: now,
            expires_at,
            link: None,
            hosted: None,
            stopped_at: None,
            members: self.shared_members(&records)?,
            payload: Vec::new(),
        };
        match request.form {
            ShareForm::Link => record.link = Some(self.link_to(&given, PayloadEncoding::Base64Url)?),
            ShareForm::Qr => {
                let alone = || match (records.len(), expires_at) {
                    (1, None) => {
                        let shown = self.shown_bundle(&bundle.content, &records)?.entries.pop();
                        let alone = shown.ok_or(WalletError::BundleEmpty)?;
                        self.given(alone.bytes, passphrase.as_ref()).map(Some)
                    }
                    // The end of a share stands in the bundle's signature, which the credential alone goes without.
                    _ => Ok(None),
                };
                let coded = self.in_one_code(given, alone)?;
                given = coded.given;
                record.link = Some(coded.link);
                record.bare = coded.bare;
            }
            ShareForm::Sequence => drop(given.sequence()?),
            ShareForm::Hosted | ShareForm::Json => {}
            // Made once to see that it can be.
            ShareForm::Html => drop(self.page_file(&record, &given, self.language_of(&record))?),
            ShareForm::Pdf => drop(self.document(&record, &given, self.language_of(&record), None)?),
        }
        record.payload = given.kept();
        if let Some(publisher) = publisher {
            let copy = self.publish(&publisher, &record.payload)?;
            record.link = Some(copy.view_url.clone());
            record.hosted = Some(copy);
        }
        if let Err(error) = self.store().shares().append(&record) {
            return Err(self.taken_back(&record, error.into()));
        }
        self.share_view(&record)
    }

    /// What is told where a share can't be noted: the reason, once the copy that was published is withdrawn again; else
    /// where that copy stands.
    fn taken_back(&self, record: &ShareRecord, reason: WalletError) -> WalletError {
        match &record.hosted {
            Some(copy) if self.withdraw(copy, &record.payload).is_err() => {
                WalletError::ShareNotNoted { host: copy.host.clone(), url: copy.view_url.clone() }
            }
            _ => reason,
        }
    }
}

/// The moment at which a share ends: a date's last second in UTC, or a time as written.
fn end_of(text: &str, now: Timestamp) -> Result<Timestamp, WalletError> {
    let malformed = || WalletError::ExpiryMalformed { value: text.to_owned() };
    let date_alone = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let end = if date_alone {
        let date: Date = text.parse().map_err(|_| malformed())?;
        date.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).map_err(|_| malformed())?.timestamp()
    } else {
        text.parse().map_err(|_| malformed())?
    };
    if end > now { Ok(end) } else { Err(WalletError::ExpiryInPast) }
}

fn filled(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty()).then_some(text)
}

/// A name for a file: lower-case letters and digits of any script, joined by hyphens.
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for sign in title.chars().flat_map(char::to_lowercase) {
        if sign.is_alphanumeric() {
            slug.push(sign);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        // File systems take 255 bytes; this leaves room for whatever is put around it.
        if slug.len() >= 80 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "bundle".to_owned() } else { slug.to_owned() }
}

impl From<TooLong> for WalletError {
    fn from(error: TooLong) -> Self {
        WalletError::LinkTooLongForQr { bytes: error.bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorCode;

    #[test]
    fn a_share_ends_with_its_last_day_in_utc() {
        #[track_caller]
        fn check(text: &str, expected: Result<&str, ErrorCode>) {
            let now = "2026-11-21T12:00:00Z".parse().unwrap();
            let end = end_of(text, now).map(|end| end.to_string()).map_err(|error| error.code());
            assert_eq!(end, expected.map(str::to_owned), "{text}");
        }
        check("2027-01-31", Ok("2027-01-31T23:59:59Z"));
        check("2026-11-21", Ok("2026-11-21T23:59:59Z"));
        check("2027-01-31T10:00:00-05:00", Ok("2027-01-31T15:00:00Z"));
        check("2026-11-20", Err(ErrorCode::ExpiryInPast));
        check("2026-11-21T12:00:00Z", Err(ErrorCode::ExpiryInPast));
        check("2027-02-30", Err(ErrorCode::ExpiryMalformed));
        check("31/01/2027", Err(ErrorCode::ExpiryMalformed));
        check("next week", Err(ErrorCode::ExpiryMalformed));
    }

    #[test]
    fn a_title_becomes_a_file_name() {
        #[track_caller]
        fn check(title: &str, expected: &str) {
            assert_eq!(slug(title), expected);
        }
        check("Nursing: St. Mary’s!", "nursing-st-mary-s");
        check("Préposée aux soins", "préposée-aux-soins");
        check("../../etc/passwd", "etc-passwd");
        check("!?", "bundle");
        assert!(slug(&"é".repeat(400)).len() <= 82);
    }
}
