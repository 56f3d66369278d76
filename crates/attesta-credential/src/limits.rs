//! The bounds on what is read, each with its reason, in one place.

/// The largest input of any kind in bytes: several times the largest baked badge in use, and small enough to read
/// on any machine without a pause.
pub const INPUT_BYTES: usize = 8 << 20;

/// The largest picture in bytes that is shown from a credential or baked file; a badge image is a few hundred KiB.
pub const IMAGE_BYTES: usize = 4 << 20;

/// The largest text in bytes that a baked picture may carry, expanded. A credential is a few KiB, or a few hundred
/// with embedded pictures; the bound stops a small file from expanding without end.
pub const BAKED_TEXT_BYTES: usize = 4 << 20;

/// The most credentials one array or presentation may hold: far above any real bundle, and low enough that a
/// hostile one can't keep the machine busy for minutes.
pub const CREDENTIALS: usize = 1_000;
