//! The bounds on what is taken apart, each with its reason, in one place.

/// The largest file that is taken apart: a mail holds 25 MiB of attachments at the large providers, and base64 makes
/// that a third more.
pub const INPUT_BYTES: usize = 64 << 20;

/// The largest document that is handed on, the same as what is read as a credential.
pub const DOCUMENT_BYTES: usize = attesta_credential::limits::INPUT_BYTES;

/// The most bytes that one file may unpack to, all its parts taken together.
pub const UNPACKED_BYTES: usize = 64 << 20;

/// How many times larger than its compressed form a part of an archive may be. Text shrinks to a twentieth at best;
/// DEFLATE itself ends at about a thousand.
pub const RATIO: usize = 200;

/// Below this size the ratio says nothing: a short text of one letter shrinks well without harm.
pub const RATIO_FROM_BYTES: usize = 1 << 20;

/// The most parts that are looked at, in all carriers of one file together.
pub const PARTS: usize = 1_000;

/// The most mails that are looked at in one mailbox; it bounds the time that a mailbox of empty mails takes.
pub const MAILS: usize = 5_000;

/// How many carriers may stand in each other: a mail with a forwarded mail with an archive. A mailbox is no more than a
/// list of mails and counts with them.
pub const DEPTH: usize = 3;

/// How deep the parts of one mail may nest. Mail programs write four levels.
pub const MULTIPART_DEPTH: usize = 12;

/// The longest header of a mail or of one of its parts.
pub const HEADER_BYTES: usize = 256 << 10;

/// The longest text that is kept of one mail, with its links.
pub const TEXT_BYTES: usize = 1 << 20;

/// The most of a page that is read for its text and links; newsletters are about 100 KiB.
pub const PAGE_BYTES: usize = 4 << 20;

/// The longest link target that is kept; a bundle that somebody shares stands in its link as a whole.
pub const LINK_BYTES: usize = 64 << 10;

/// The most links that are kept of one text; newsletters have a hundred.
pub const LINKS: usize = 1_000;

/// The longest address that a page may name as the one its links begin at; it is put before each of them.
pub const BASE_BYTES: usize = 2 << 10;

/// The longest subject or name that is kept, in characters.
pub const LABEL_CHARACTERS: usize = 300;

/// The most addresses that are kept of one mail.
pub const ADDRESSES: usize = 50;

/// The largest other wallet's backup that is read.
pub const BACKUP_BYTES: usize = 16 << 20;

/// The largest picture that is searched for codes: a screenshot of a large screen has a few MiB.
pub const PICTURE_BYTES: usize = 8 << 20;

/// The most pixels of a picture that is searched for codes, checked before any is decoded.
pub const PICTURE_PIXELS: u64 = 40_000_000;

/// The most memory that a decoded picture may need: all of [`PICTURE_PIXELS`] in four channels of eight bits.
pub const PICTURE_MEMORY: u64 = 4 * PICTURE_PIXELS;

/// The most pixels that are gone through in search of codes in one picture, all attempts counted.
pub const SEARCHED_PIXELS: u64 = 24_000_000;

/// The same for all pictures of one file together.
pub const SEARCHED_PIXELS_IN_ALL: u64 = 400_000_000;

/// The most codes that are taken from one picture.
pub const CODES: usize = 20;
