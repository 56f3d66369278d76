//! Sharing a bundle: signed by the wallet's own key, as a link, a QR code or a file.

use attesta_credential::{VerifiablePresentation, read_each};
use attesta_net::Budget;
use attesta_share::{
    Bundle, PayloadEncoding, PresentError, PresentationTerms, QrCode, SCHEME_BASE, ShareLink, SignError, TooLong,
    sign_presentation,
};
use attesta_store::{BundleRecord, CredentialRecord, ShareMember, ShareRecord};
use attesta_verify::{Verdict, VerificationReport, judge};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::command::{SaveShare, ShareBundle, ShareFile};
use crate::entropy::hex;
use crate::error::WalletError;
use crate::record::Reader;
use crate::verify::{Copies, IMPORT_TIME, Run};
use crate::view::{ShareForm, ShareView, Stopping};
use crate::wallet::Wallet;

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
    /// Signs a bundle as it is now and keeps what was given out.
    ///
    /// # Errors
    /// [`WalletError::BundleNotFound`], [`WalletError::BundleEmpty`], [`WalletError::ExpiryMalformed`],
    /// [`WalletError::ExpiryInPast`], [`WalletError::LinkTooLongForQr`], [`WalletError::CannotSign`], and those of the
    /// disk; nothing is kept then.
    pub fn share_bundle(&self, request: &ShareBundle) -> Result<ShareView, WalletError> {
        let now = self.now();
        let expires_at = request.expires.as_deref().and_then(filled).map(|text| end_of(text, now)).transpose()?;
        let bundle = self.bundle(&request.bundle)?;
        let records = self.members(&bundle)?;
        let presentation = self.sign_bundle(&bundle, &records, expires_at)?;
        let link = match request.form {
            ShareForm::Link => Some(self.link_to(&presentation, PayloadEncoding::Base64Url)?),
            ShareForm::Qr => Some(self.link_to(&presentation, PayloadEncoding::Digits)?),
            ShareForm::Json => None,
            other => return Err(WalletError::FormUnavailable { form: other.as_str().to_owned() }),
        };
        let record = ShareRecord {
            id: self.new_id()?,
            bundle_id: bundle.id,
            version: Some(bundle.version),
            title: bundle.content.title,
            recipient: request.recipient.as_deref().and_then(filled).map(str::to_owned),
            form: request.form.as_str().to_owned(),
            language: Some(request.language.unwrap_or_else(|| self.language()).tag().to_owned()),
            sealed: false,
            bare: false,
            created_at: now,
            expires_at,
            link: link.map(|link| link.to_string()),
            hosted: None,
            stopped_at: None,
            members: self.shared_members(&records)?,
            payload: presentation.bytes().to_vec(),
        };
        let view = share_view(&record)?;
        self.store().shares().append(&record)?;
        Ok(view)
    }

    /// What was given out, the newest first.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn list_shares(&self) -> Result<Vec<ShareView>, WalletError> {
        self.store().shares().list()?.iter().map(share_view).collect()
    }

    /// A share as a file to be saved.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], [`WalletError::LinkTooLongForQr`], and those of the disk.
    pub fn share_content(&self, request: &SaveShare) -> Result<ShareContent, WalletError> {
        let record =
            self.store().shares().get(&request.id)?.ok_or_else(|| WalletError::NotFound { id: request.id.clone() })?;
        let code = || match (ShareForm::of(&record.form), &record.link) {
            (ShareForm::Qr, Some(link)) => Ok(QrCode::for_link(link)?),
            _ => {
                let presentation = VerifiablePresentation::from_json(record.payload.clone())?;
                let link = self.link_to(&presentation, PayloadEncoding::Digits)?;
                Ok::<_, WalletError>(QrCode::for_link(link.as_str())?)
            }
        };
        let (extension, bytes) = match request.file {
            ShareFile::Png => ("png", code()?.to_png()),
            ShareFile::Svg => ("svg", code()?.to_svg().into_bytes()),
            ShareFile::Json => ("json", record.payload.clone()),
            ShareFile::Sheet | ShareFile::Html | ShareFile::Pdf => {
                return Err(WalletError::FormUnavailable { form: record.form });
            }
        };
        Ok(ShareContent { name: format!("{}.{extension}", slug(&record.title)), bytes })
    }

    /// The presentation of a bundle, signed now.
    pub(crate) fn sign_bundle(
        &self,
        bundle: &BundleRecord,
        records: &[CredentialRecord],
        valid_until: Option<Timestamp>,
    ) -> Result<VerifiablePresentation, WalletError> {
        let mut reader = Reader::default();
        let credentials = records.iter().map(|record| Ok(reader.read(record)?.credential.bytes().to_vec()));
        let credentials = credentials.collect::<Result<_, WalletError>>()?;
        let content = Bundle::new(bundle.content.title.clone(), bundle.content.note.clone(), credentials);
        let mut random = [0; 32];
        self.entropy().fill(&mut random)?;
        let (id, challenge) = random.split_at(16);
        let id = uuid_urn(id);
        let challenge = hex(challenge);
        let terms = PresentationTerms { id: Some(&id), created: self.now(), valid_until, challenge: &challenge };
        let signed = sign_presentation(&content, &self.holder_key()?, &terms)?;
        Ok(VerifiablePresentation::from_json(signed.json)?)
    }

    /// The report on the holder's own signature, as a reader gets it.
    pub(crate) fn holders_report(
        &self,
        presentation: &VerifiablePresentation,
    ) -> Result<VerificationReport, WalletError> {
        let mut run = Run::new(self, Copies::WhenOffline, Budget::new(IMPORT_TIME));
        run.verify_presentation(presentation, &self.readers_policy())
    }

    /// What is noted of each record that is given out, as its last report has it.
    pub(crate) fn shared_members(&self, records: &[CredentialRecord]) -> Result<Vec<ShareMember>, WalletError> {
        let reports = self.store().reports();
        let noted = |record: &CredentialRecord| {
            // A report that this version can't read says nothing good.
            let verdict = reports.latest(&record.id)?.map_or(Verdict::Unverifiable, |stored| judge(&stored.report));
            Ok(ShareMember {
                credential: record.id.clone(),
                digest: record.digest.clone(),
                title: record.title.clone(),
                verdict_then: verdict.as_str().to_owned(),
            })
        };
        records.iter().map(noted).collect()
    }

    fn link_to(
        &self,
        presentation: &VerifiablePresentation,
        encoding: PayloadEncoding,
    ) -> Result<ShareLink, WalletError> {
        let base = self.verifier_url()?.unwrap_or_else(|| SCHEME_BASE.to_owned());
        Ok(ShareLink::encode(&base, presentation.bytes(), encoding))
    }
}

fn share_view(record: &ShareRecord) -> Result<ShareView, WalletError> {
    let form = ShareForm::of(&record.form);
    let code = match (form, &record.link) {
        (ShareForm::Qr, Some(link)) => Some(QrCode::for_link(link)?),
        _ => None,
    };
    let link = record.link.as_deref();
    let count = read_each(&record.payload).map_or(0, |entries| entries.len());
    Ok(ShareView {
        id: record.id.clone(),
        bundle: record.bundle_id.clone(),
        version: record.version.unwrap_or_default(),
        recipient: record.recipient.clone(),
        sealed: false,
        bare: false,
        stopping: Stopping::Impossible,
        stopped_at: None,
        concerns: Vec::new(),
        title: record.title.clone(),
        count: u32::try_from(count).unwrap_or(u32::MAX),
        form,
        created_at: record.created_at.to_string(),
        expires_at: record.expires_at.map(|end| end.to_string()),
        link: record.link.clone(),
        opens_in_browser: link.is_some_and(|link| link.starts_with("http")),
        long_link: link.is_some_and(|link| link.len() > attesta_share::COMFORTABLE_CHARS),
        qr_svg: code.as_ref().map(QrCode::to_svg),
        qr_version: code.as_ref().map(QrCode::version),
        qr_dense: code.as_ref().is_some_and(QrCode::dense),
        files: Vec::new(),
    })
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

/// A version 4 UUID from 16 random bytes, as a URN ([RFC 9562](https://www.rfc-editor.org/rfc/rfc9562)).
fn uuid_urn(random: &[u8]) -> String {
    let mut bytes = random.to_vec();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let digits = hex(&bytes);
    format!("urn:uuid:{}-{}-{}-{}-{}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

impl From<TooLong> for WalletError {
    fn from(error: TooLong) -> Self {
        WalletError::LinkTooLongForQr { bytes: error.bytes }
    }
}

impl From<PresentError> for WalletError {
    fn from(error: PresentError) -> Self {
        match error {
            PresentError::NoCredentials => WalletError::BundleEmpty,
            PresentError::EndsBeforeItBegins => WalletError::ExpiryInPast,
            PresentError::Unreadable(error) => WalletError::Unreadable(error),
            // Their words name the place and kind of the trouble and nothing of the content.
            PresentError::TooMany { .. }
            | PresentError::NotACredential { .. }
            | PresentError::Sign(SignError::NotJson(_) | SignError::NotAnObject | SignError::AlreadySigned)
            | PresentError::Sign(SignError::Transform(_) | SignError::SuiteOnlyRead { .. }) => {
                WalletError::CannotSign { reason: error.to_string() }
            }
        }
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

    #[test]
    fn an_identifier_is_a_version_four_uuid() {
        assert_eq!(uuid_urn(&[0xff; 16]), "urn:uuid:ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
