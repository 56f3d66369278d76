//! A share as files to be saved. All of it comes from what was kept when it was given out.

use attesta_handout::{Sheet, page_file, sheet};
use attesta_share::{PayloadEncoding, QrCode};
use attesta_store::ShareRecord;
use attesta_view::Language;

use super::given::Given;
use super::{ShareContent, slug};
use crate::command::{ById, SaveShare, ShareFile};
use crate::error::WalletError;
use crate::view::{Paper, SequenceView, ShareForm};
use crate::wallet::Wallet;
use crate::words::Words;

impl Wallet {
    /// A share as a file to be saved, the same bytes each time as long as nothing has changed: neither the share nor the
    /// last reports on its credentials, which a document shows with their dates.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], [`WalletError::ShareStopped`], [`WalletError::ShareFileNotThere`] for a file that would
    /// show what a passphrase protects, [`WalletError::LinkTooLongForQr`], [`WalletError::PageFileMissing`], and those of
    /// the disk.
    pub fn share_content(&self, request: &SaveShare) -> Result<ShareContent, WalletError> {
        let (record, given) = self.given_out(&request.id)?;
        let language = request.language.unwrap_or_else(|| self.language_of(&record));
        let (extension, bytes) = match request.file {
            ShareFile::Png => ("png", self.code_of(&record, &given)?.1.to_png()),
            ShareFile::Svg => ("svg", self.code_of(&record, &given)?.1.to_svg().into_bytes()),
            ShareFile::Sheet => ("pdf", self.sheet_of(&record, &given, language, request.paper)?),
            ShareFile::Json => match given {
                Given::Open(bytes) => ("json", bytes),
                Given::Sealed(_) => return Err(WalletError::ShareFileNotThere { file: "json" }),
            },
            ShareFile::Html => ("html", self.page_file(&record, &given, language)?.into_bytes()),
            ShareFile::Pdf => ("pdf", self.document(&record, &given, language, request.paper)?),
        };
        let suffix = if request.file == ShareFile::Sheet { "-qr" } else { "" };
        Ok(ShareContent { name: format!("{}{suffix}.{extension}", slug(&record.title)), bytes })
    }

    /// A share as codes that are shown in turn.
    ///
    /// # Errors
    /// [`WalletError::NotFound`], [`WalletError::ShareStopped`], [`WalletError::SequenceTooLong`], and those of the disk.
    pub fn share_sequence(&self, request: &ById) -> Result<SequenceView, WalletError> {
        let sequence = self.given_out(&request.id)?.1.sequence()?;
        Ok(SequenceView {
            codes: sequence.codes.iter().map(QrCode::to_svg).collect(),
            enough: u32::try_from(sequence.enough).unwrap_or(u32::MAX),
            qr_version: sequence.version,
            page: self.verifier_url()?,
        })
    }

    /// The same codes as numbered pictures.
    ///
    /// # Errors
    /// As [`Wallet::share_sequence`].
    pub fn sequence_pictures(&self, request: &ById) -> Result<Vec<ShareContent>, WalletError> {
        let (record, given) = self.given_out(&request.id)?;
        let (name, codes) = (slug(&record.title), given.sequence()?.codes);
        let digits = codes.len().to_string().len();
        let picture = |(number, code): (usize, &QrCode)| ShareContent {
            name: format!("{name}-{:0digits$}.png", number + 1),
            bytes: code.to_png(),
        };
        Ok(codes.iter().enumerate().map(picture).collect())
    }

    /// A share that still counts for something, with what it carries.
    fn given_out(&self, id: &str) -> Result<(ShareRecord, Given), WalletError> {
        let record = self.share(id)?;
        if record.stopped_at.is_some() {
            return Err(WalletError::ShareStopped);
        }
        let given = Given::of(&record)?;
        Ok((record, given))
    }

    /// The code of a share with the link in it: that which was given out, else one to what it carries.
    pub(super) fn code_of(&self, record: &ShareRecord, given: &Given) -> Result<(String, QrCode), WalletError> {
        let link = match (ShareForm::of(&record.form), &record.link) {
            (ShareForm::Qr | ShareForm::Hosted, Some(link)) => link.clone(),
            _ => self.link_to(given, PayloadEncoding::Digits)?,
        };
        let code = QrCode::for_link(&link)?;
        Ok((link, code))
    }

    /// A file for the browser. What a passphrase protects is not told by the file's own title either.
    pub(super) fn page_file(
        &self,
        record: &ShareRecord,
        given: &Given,
        language: Language,
    ) -> Result<String, WalletError> {
        let template = self.page_template().ok_or(WalletError::PageFileMissing)?;
        let sealed_title = Words::of(language).plain("share.sealed_title");
        let title = if record.sealed { &sealed_title } else { &record.title };
        let payload = given.text(PayloadEncoding::Base64Url);
        // A page without a place for the bundle is not the page.
        page_file(&template, &payload, title, record.created_at, language).map_err(|_| WalletError::PageFileMissing)
    }

    fn sheet_of(
        &self,
        record: &ShareRecord,
        given: &Given,
        language: Language,
        paper: Option<Paper>,
    ) -> Result<Vec<u8>, WalletError> {
        let (link, code) = self.code_of(record, given)?;
        let page = self.verifier_url()?;
        let address = if link.len() <= TYPED_CHARS { Some(link.as_str()) } else { page.as_deref() };
        Ok(sheet(&Sheet {
            title: &record.title,
            earner: None,
            code: &code,
            address,
            made_at: record.created_at,
            language,
            paper: self.paper_of(paper)?,
        })?)
    }

    pub(super) fn paper_of(&self, asked: Option<Paper>) -> Result<attesta_handout::Paper, WalletError> {
        Ok(match asked.map_or_else(|| self.paper(), Ok)? {
            Paper::Letter => attesta_handout::Paper::Letter,
            Paper::A4 => attesta_handout::Paper::A4,
        })
    }
}

/// Characters that somebody types off a sheet of paper.
const TYPED_CHARS: usize = 120;
