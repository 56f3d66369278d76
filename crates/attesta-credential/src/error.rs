//! Why received bytes are not a credential that we read.

use attesta_jsonld::{ParseError, ParseErrorKind};
use thiserror::Error;

use crate::jose::JwsError;

/// Why received bytes could not be read as credentials. Everything else gets a report.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The bytes are neither JSON nor another form that we know.
    #[error("not JSON: {0}")]
    NotJson(ParseError),
    /// A key appears twice in one object, so readers would disagree about what it says.
    #[error("a key appears twice at {pointer:?}")]
    DuplicateKey {
        /// JSON pointer of the repeated key.
        pointer: String,
    },
    /// It looks like a JSON Web Token and is not one.
    #[error("not a token: {0}")]
    NotAToken(JwsError),
    /// The JSON nests deeper than we read.
    #[error("the JSON nests too deeply")]
    TooDeep,
    /// Larger than we read.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// More credentials in one file than we read.
    #[error("more than {limit} credentials in one file")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// The text is not UTF-8.
    #[error("the text is not UTF-8")]
    NotUtf8,
    /// The file ends too early: it was cut off.
    #[error("the file ends too early")]
    Truncated,
    /// JSON, but no verifiable credential.
    #[error("JSON, but not a verifiable credential (at {pointer:?})")]
    NotACredential {
        /// JSON pointer of what should have been one.
        pointer: String,
    },
    /// A picture without a credential in it.
    #[error("the picture carries no credential")]
    PngWithoutCredential,
    /// A PNG file whose structure or checksums are wrong.
    #[error("the PNG file is damaged: {what}")]
    PngDamaged {
        /// Which part.
        what: PngFlaw,
    },
    /// A picture of a kind other than PNG, without a credential in it.
    #[error("the {kind} picture carries no credential")]
    PictureWithoutCredential {
        /// Which kind.
        kind: PictureKind,
    },
    /// An SVG picture that is not well formed, or whose credential is written in a way that readers disagree about.
    #[error("the SVG picture is damaged: {what}")]
    SvgDamaged {
        /// Which part.
        what: SvgFlaw,
    },
    /// A PDF document without a credential in it.
    #[error("the PDF document carries no credential")]
    PdfWithoutCredential,
    /// A PDF document that is locked, so that nothing in it can be read.
    #[error("the PDF document is encrypted")]
    PdfEncrypted,
    /// A file that begins as a PDF document and has none of its structure.
    #[error("the PDF document is damaged")]
    PdfDamaged,
    /// The address of a credential instead of the credential: earlier Open Badges were baked so.
    #[error("only the address of a credential")]
    OnlyALink {
        /// The address, `https` or `http`.
        url: String,
    },
    /// A form that is recognised but not read.
    #[error("{what} is not supported")]
    UnsupportedFormat {
        /// Which form.
        what: UnsupportedFormat,
    },
}

/// The kinds of picture other than PNG that are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PictureKind {
    /// Scalable Vector Graphics.
    #[error("SVG")]
    Svg,
    /// JPEG, which no Open Badges specification bakes into.
    #[error("JPEG")]
    Jpeg,
    /// GIF.
    #[error("GIF")]
    Gif,
    /// WebP.
    #[error("WebP")]
    WebP,
    /// AVIF.
    #[error("AVIF")]
    Avif,
    /// HEIC, as telephones take.
    #[error("HEIC")]
    Heic,
    /// TIFF.
    #[error("TIFF")]
    Tiff,
    /// Windows bitmap.
    #[error("BMP")]
    Bmp,
}

impl PictureKind {
    /// The name that the kind goes by in every language.
    pub fn as_str(self) -> &'static str {
        match self {
            PictureKind::Svg => "SVG",
            PictureKind::Jpeg => "JPEG",
            PictureKind::Gif => "GIF",
            PictureKind::WebP => "WebP",
            PictureKind::Avif => "AVIF",
            PictureKind::Heic => "HEIC",
            PictureKind::Tiff => "TIFF",
            PictureKind::Bmp => "BMP",
        }
    }
}

/// What is wrong with an SVG picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SvgFlaw {
    /// It is not well-formed XML, or nests or declares more than is read.
    #[error("it is not well-formed XML")]
    Markup,
    /// The credential's element holds other markup, or an entity that the file declares itself.
    #[error("its credential is not plain text")]
    Content,
}

/// What is wrong with a PNG file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PngFlaw {
    /// A chunk's CRC does not fit its bytes.
    #[error("a chunk's checksum is wrong")]
    Checksum,
    /// The chunks are not in an order that the format allows.
    #[error("its chunks are out of order")]
    ChunkOrder,
    /// The text chunk with the credential is not well formed.
    #[error("its text is not well formed")]
    Text,
}

/// Forms that are recognised, so that the learner can be told what they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UnsupportedFormat {
    /// An encrypted token, one in JSON serialization, or another kind of envelope than that of a compact token.
    #[error("another form of token")]
    Jwt,
    /// A selective-disclosure JWT in JSON serialization, RFC 9901 section 8.
    #[error("a selective-disclosure JWT in JSON")]
    SdJwt,
    /// A presentation in CBOR-LD behind `VP1-`, as [vpqr](https://github.com/digitalbazaar/vpqr) puts into QR codes.
    #[error("a presentation in CBOR-LD")]
    CborLd,
}

impl UnsupportedFormat {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            UnsupportedFormat::Jwt => "jwt",
            UnsupportedFormat::SdJwt => "sd_jwt",
            UnsupportedFormat::CborLd => "cbor_ld",
        }
    }
}

impl ReadError {
    /// The stable code of the error.
    pub fn code(&self) -> &'static str {
        match self {
            ReadError::NotJson(_) => "not_json",
            ReadError::DuplicateKey { .. } => "duplicate_key",
            ReadError::NotAToken(_) => "not_a_token",
            ReadError::TooDeep => "too_deep",
            ReadError::TooLarge { .. } => "too_large",
            ReadError::TooMany { .. } => "too_many",
            ReadError::NotUtf8 => "not_utf8",
            ReadError::Truncated => "truncated",
            ReadError::NotACredential { .. } => "not_a_credential",
            ReadError::PngWithoutCredential => "png_without_credential",
            ReadError::PngDamaged { .. } => "png_damaged",
            ReadError::PictureWithoutCredential { .. } => "picture_without_credential",
            ReadError::SvgDamaged { .. } => "svg_damaged",
            ReadError::PdfWithoutCredential => "pdf_without_credential",
            ReadError::PdfEncrypted => "pdf_encrypted",
            ReadError::PdfDamaged => "pdf_damaged",
            ReadError::OnlyALink { .. } => "only_a_link",
            ReadError::UnsupportedFormat { .. } => "unsupported_format",
        }
    }

    /// Every code, so that the message files can be checked for completeness.
    pub const CODES: [&'static str; 18] = [
        "not_json",
        "duplicate_key",
        "not_a_token",
        "too_deep",
        "too_large",
        "too_many",
        "not_utf8",
        "truncated",
        "not_a_credential",
        "png_without_credential",
        "png_damaged",
        "picture_without_credential",
        "svg_damaged",
        "pdf_without_credential",
        "pdf_encrypted",
        "pdf_damaged",
        "only_a_link",
        "unsupported_format",
    ];
}

impl From<ParseError> for ReadError {
    fn from(error: ParseError) -> Self {
        match error.kind {
            ParseErrorKind::TooLarge => ReadError::TooLarge { limit: crate::limits::INPUT_BYTES },
            ParseErrorKind::TooDeep => ReadError::TooDeep,
            ParseErrorKind::NotUtf8 => ReadError::NotUtf8,
            ParseErrorKind::UnexpectedEnd => ReadError::Truncated,
            ParseErrorKind::DuplicateKey => ReadError::DuplicateKey { pointer: error.pointer },
            _ => ReadError::NotJson(error),
        }
    }
}
