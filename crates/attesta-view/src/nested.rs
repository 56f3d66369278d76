//! Credentials inside a credential: those that a record collects, and endorsements, each with its own report.

use std::borrow::Cow;

use attesta_credential::VerifiableCredential;
use attesta_verify::{Endorsed, NestedReport, NestedRole, VerificationReport};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::credential::{CredentialView, Language};
use crate::report::ReportView;

/// A credential inside another, with what its own check found. It does not change the verdict around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NestedView {
    /// JSON pointer from the credential around it.
    pub path: String,
    /// `enclosed` in a record, or what it endorses: `endorses_credential`, `endorses_issuer`, `endorses_achievement`,
    /// `endorses_subject`, `endorses_something_else`.
    pub role: String,
    /// What it says; `null` where only its report is at hand.
    pub credential: Option<CredentialView>,
    /// What an endorsement says of what it endorses.
    pub comment: Option<String>,
    /// What its own check found.
    pub report: ReportView,
    /// The credentials inside it.
    pub nested: Vec<NestedView>,
}

impl NestedView {
    /// What the report of a credential found of those inside it.
    pub fn of(credential: &VerifiableCredential, report: &VerificationReport, language: Language) -> Vec<NestedView> {
        let mut inside = credential.enclosed();
        inside.extend(credential.endorsements());
        let read = |path: &str| {
            let bytes = inside.iter().find(|one| one.pointer == path)?.bytes.as_ref()?;
            VerifiableCredential::from_bytes(Cow::into_owned(bytes.clone())).ok()
        };
        report.nested.iter().map(|nested| NestedView::one(nested, read(&nested.path), language)).collect()
    }

    fn one(nested: &NestedReport, credential: Option<VerifiableCredential>, language: Language) -> NestedView {
        let comment = credential.as_ref().and_then(|credential| {
            let subject = credential.root().get("credentialSubject")?.one_or_many().first()?;
            subject.get("endorsementComment")?.as_str().map(str::to_owned)
        });
        NestedView {
            path: nested.path.clone(),
            role: role(nested.role).to_owned(),
            comment,
            report: ReportView::from_report(&nested.report),
            nested: credential.as_ref().map(|one| NestedView::of(one, &nested.report, language)).unwrap_or_default(),
            credential: credential.as_ref().map(|one| CredentialView::from_credential(one, language)),
        }
    }
}

fn role(role: NestedRole) -> &'static str {
    match role {
        NestedRole::Enclosed | NestedRole::Unstated => "enclosed",
        NestedRole::Endorsement { of } => match of {
            Endorsed::Credential => "endorses_credential",
            Endorsed::Issuer => "endorses_issuer",
            Endorsed::Achievement => "endorses_achievement",
            Endorsed::Subject => "endorses_subject",
            Endorsed::SomethingElse => "endorses_something_else",
        },
    }
}
