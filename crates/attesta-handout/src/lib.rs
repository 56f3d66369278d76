//! What a learner hands out besides the link: a document with the credentials attached ([`pdf()`]), a sheet with a large
//! code ([`sheet()`]), a file for the browser ([`page_file`]), a calendar entry ([`calendar`]), the address that adds a
//! credential to a LinkedIn profile ([`linked_in_address`]) and the draft of a mail ([`mail_draft`]).
//!
//! Nothing here opens a file or a socket, reads a clock or draws randomness: times and bytes are handed in, and the same
//! input gives the same bytes. Nothing here judges: verdicts come from reports that were made elsewhere.

mod calendar;
mod linked_in;
mod mail_draft;
mod markdown;
mod page_file;
mod pdf;
mod words;

pub use calendar::{Expiry, calendar};
pub use linked_in::{Certification, linked_in_address};
pub use mail_draft::{Bears, Letter, MAILTO_LIMIT, MailDraft, mail_draft};
pub use page_file::{PageFileError, page_file};
pub use pdf::{CredentialFile, Handout, HandoutError, Paper, Sheet, pdf, sheet};
pub use words::written_day;
