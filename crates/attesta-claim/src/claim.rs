//! The conversation with an issuer: what it wants done next.

use std::fmt;
use std::time::Duration;

use attesta_share::HolderKey;
use attesta_verify::FetchFailureKind;
use jiff::Timestamp;

use crate::conversation::{self, Conversation, Turn};
use crate::error::ClaimError;
use crate::exchange::{ClaimAnswer, ClaimRequest};
use crate::link::Link;
use crate::notification::Claimed;

/// Who claims, and when.
#[derive(Debug, Clone, Copy)]
pub struct Holder<'h> {
    /// The wallet's own key: what the credential may be bound to.
    pub key: &'h HolderKey,
    /// The present time.
    pub now: Timestamp,
}

/// What a claim wants done next.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "one is made per step of a claim, and none is kept")]
pub enum Next {
    /// Make this request and tell its answer with [`Claim::answered`].
    Ask(ClaimRequest),
    /// Wait this long, then ask again for what is next.
    Wait(Duration),
    /// Ask the learner for the code that the issuer sent another way, and tell it with [`Claim::code`].
    Code(CodeQuestion),
    /// It is over.
    Done(Claimed),
}

/// The characters that a code is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeInput {
    /// Digits.
    Numeric,
    /// Any characters.
    Text,
}

/// The question for a transaction code, [OpenID for Verifiable Credential Issuance 1.0 section 4.1.1](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#name-credential-offer-parameters).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeQuestion {
    /// The host that wants it.
    pub host: String,
    /// What it is made of.
    pub input: CodeInput,
    /// How many characters it has, where the issuer says so.
    pub length: Option<u32>,
    /// The issuer's own words on where to find it, at most 300 characters.
    pub description: Option<String>,
    /// Whether an earlier answer was refused.
    pub refused: bool,
}

/// A conversation with an issuer about one link.
pub struct Claim {
    conversation: Box<dyn Conversation + Send>,
}

/// Most conversations that one link may lead through: an interaction names an exchange, a page names an offer.
const HAND_OVERS: usize = 3;

impl Claim {
    /// Begins a conversation. Nothing is asked yet.
    ///
    /// # Errors
    /// [`ClaimError`] if nothing can be claimed with this kind of link.
    pub fn begin(link: &Link) -> Result<Claim, ClaimError> {
        Ok(Claim { conversation: conversation::about(link)? })
    }

    /// What it wants done next.
    ///
    /// # Errors
    /// [`ClaimError`] ends the conversation.
    pub fn next(&mut self, holder: Holder<'_>) -> Result<Next, ClaimError> {
        for _ in 0..=HAND_OVERS {
            match self.conversation.next(holder)? {
                Turn::Next(next) => return Ok(next),
                Turn::HandOver(conversation) => self.conversation = conversation,
            }
        }
        Err(ClaimError::TooManyRounds { host: String::new() })
    }

    /// Tells the answer to the request that it wanted made.
    pub fn answered(&mut self, answer: Result<ClaimAnswer, FetchFailureKind>) {
        self.conversation.answered(answer);
    }

    /// Tells the learner's code.
    pub fn code(&mut self, code: &str) {
        self.conversation.code(code);
    }
}

impl fmt::Debug for Claim {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Claim(…)")
    }
}
