//! The bounds on what is read, each with its reason, in one place.

/// The largest input of any kind in bytes: several times the largest baked badge in use, and small enough to read
/// on any machine without a pause.
pub const INPUT_BYTES: usize = 8 << 20;

/// The largest picture in bytes that is shown from a credential or baked file; a badge image is a few hundred KiB.
pub const IMAGE_BYTES: usize = 4 << 20;

/// The most bytes that the compressed parts of one PDF document may expand to, taken together: several times what a
/// document of [`INPUT_BYTES`] holds, and a bound on what a small hostile one can claim.
pub const PDF_EXPANDED_BYTES: usize = 64 << 20;

/// The most bytes of one PDF document that are read as syntax, repeated readings counted: an honest document is read
/// about once, one whose objects lie within each other would be read without end.
pub const PDF_SYNTAX_BYTES: usize = 32 << 20;

/// The most objects of one PDF document that are remembered; a long illustrated report has some ten thousand.
pub const PDF_OBJECTS: usize = 500_000;

/// The most values that one object of a PDF document may hold; what is larger holds no credential.
pub const PDF_VALUES: usize = 65_536;

/// The deepest nesting within one object of a PDF document.
pub const PDF_DEPTH: usize = 64;

/// The most files attached to one PDF document that are looked into.
pub const PDF_ATTACHMENTS: usize = 1_000;

/// The longest address in bytes that is taken for a link; browsers and servers cut longer ones.
pub const LINK_BYTES: usize = 4_096;

/// The largest text in bytes that a baked picture may carry, expanded. A credential is a few KiB, or a few hundred
/// with embedded pictures; the bound stops a small file from expanding without end.
pub const BAKED_TEXT_BYTES: usize = 4 << 20;

/// The most credentials one array or presentation may hold: far above any real bundle, and low enough that a
/// hostile one can't keep the machine busy for minutes.
pub const CREDENTIALS: usize = 1_000;
