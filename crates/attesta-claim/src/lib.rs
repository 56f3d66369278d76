//! What a text or link leads to, and the protocols by which an issuer hands over a credential.
//!
//! [`recognise`] says what a text is and who would be contacted for it, before anybody is. [`Claim`] is the
//! conversation that follows: it says which request it wants made, is told the answer, and ends with documents or with
//! the reason why there are none. It makes no request itself and reads no clock, so that a test is a list of answers.

mod claim;
mod conversation;
mod error;
mod exchange;
mod link;
mod notification;
mod page;
mod presentation;
mod share_page;

pub use claim::{Claim, CodeInput, CodeQuestion, Holder, Next};
pub use error::ClaimError;
pub use exchange::{ClaimAnswer, ClaimBody, ClaimRequest, Method, Secret};
pub use link::{
    InlineDocument, Link, LinkKind, Platform, Recognised, RefusedLink, RequestLink, Unrecognised, check, host_of,
    recognise, trimmed,
};
pub use notification::{Claimed, ClaimedDocument, Notification};
