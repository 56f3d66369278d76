//! What every face shows: the wire types of credentials, reports and presentations.
//!
//! The window, the command line and the employer's page all speak these types, so that they can't
//! tell different stories about one credential. Pure: no file, socket or clock.

mod claims;
mod credential;
mod describe;
mod host;
mod lines;
mod nested;
mod presentation;
mod report;
mod text;
mod unread;

pub use claims::{AssociationView, ClaimView, SelectionView};
pub use credential::{AssessmentView, CredentialView, EvidenceView, IssuerView, Language, SkillView, TextView};
pub use describe::title;
pub use host::host_of;
pub use nested::NestedView;
pub use presentation::{PresentationView, PresentedCredentialView};
pub use report::{CheckOutcome, CheckView, Line, LineState, LineView, ReportView, ResourceUseView, skip_code};
pub use unread::read_params;
