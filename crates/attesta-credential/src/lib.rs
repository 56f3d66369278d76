//! From received bytes to a typed verifiable credential: containers, data models and securing forms.
//!
//! Entry points: [`read`] for anything received, [`VerifiableCredential::from_bytes`] for one credential in JSON or as a
//! token, [`VerifiablePresentation::from_bytes`] for a presentation.
//! The bytes of the credential are kept exactly as they were signed. This crate touches no file, socket or clock.

mod conformance;
mod container;
mod credential;
mod enclosed;
mod error;
mod extract;
mod gather;
mod identifier;
mod jose;
pub mod limits;
mod model;
mod open_badges_2;
mod presentation;
mod read;
mod securing;
mod shape;
pub mod shared;
mod time;

pub use conformance::{Nonconformity, NonconformityKind};
pub use container::png::bake_png;
pub use container::{BakeError, Container, bake_svg};
pub use credential::{DataModel, ProofEntry, VC1_CONTEXT, VC2_CONTEXT, VerifiableCredential};
pub use enclosed::{Association, EnclosedCredential};
pub use error::{PictureKind, PngFlaw, ReadError, SvgFlaw, UnsupportedFormat};
pub use identifier::comparable;
pub use jose::{CompactJws, Disclosure, JwsError, SdJwt, SdJwtFlaw, TokenProfile};
pub use model::{
    Achievement, AchievementSubject, Alignment, CredentialStatus, Evidence, IdentityObject, Issuer, LocalizedText,
    RefreshService, ResultDescription, SubjectResult, TextValue,
};
pub use open_badges_2::{BadgeVerification, HostedPart, assertion_model, assertion_time};
pub use presentation::{PresentedCredential, VerifiablePresentation};
pub use read::{Found, Unread, read, read_each};
pub use securing::Securing;
pub use shared::{Contents, DigestOver, Entry, EntryKind, OPTIONAL_PARTS, contents_digest};
pub use time::{Zone, parse_date_time};
