//! What a credential says, ready to be shown.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::claims::{AssociationView, ClaimView, SelectionView};

/// The languages that Attesta speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English
    #[default]
    En,
    /// French
    Fr,
}

/// A text of the issuer's, with what is known of its language and direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextView {
    /// The text; Markdown where the field says so.
    pub text: String,
    /// BCP 47 tag for the `lang` attribute.
    pub language: Option<String>,
    /// `ltr` or `rtl` for the `dir` attribute.
    pub direction: Option<String>,
}

/// Who issued it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IssuerView {
    /// The issuer's identifier.
    pub id: String,
    /// The name it gives itself; a claim until the signer is proven.
    pub name: Option<TextView>,
    /// Its home page.
    pub url: Option<String>,
    /// The host that speaks for it: of its did:web or https identifier.
    pub host: Option<String>,
}

/// A skill, competency or standard that the achievement aligns to, or a keyword.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SkillView {
    /// Its name.
    pub name: TextView,
    /// Its code in the framework.
    pub code: Option<String>,
    /// The framework's name.
    pub framework: Option<String>,
    /// Where it is described.
    pub url: Option<String>,
}

/// One thing that was assessed: the scale and what was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AssessmentView {
    /// What was assessed.
    pub name: Option<TextView>,
    /// `Percent`, `LetterGrade` … as the issuer wrote it.
    pub kind: Option<String>,
    /// The value or level reached.
    pub reached: Option<String>,
    /// The value or level needed.
    pub required: Option<String>,
    /// Lowest value of the scale.
    pub minimum: Option<String>,
    /// Highest value of the scale.
    pub maximum: Option<String>,
    /// `Completed` … as the issuer wrote it.
    pub status: Option<String>,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceView {
    /// Its name.
    pub name: Option<TextView>,
    /// What it shows.
    pub description: Option<TextView>,
    /// How it came about (Markdown).
    pub narrative: Option<TextView>,
    /// Where it is.
    pub url: Option<String>,
}

/// What a credential says. Absent fields are what the issuer does not state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CredentialView {
    /// SHA-256 of the credential's bytes, lower-case hex.
    pub digest: String,
    /// The credential's own identifier.
    pub id: Option<String>,
    /// The title: of the achievement, else of the credential.
    pub title: TextView,
    /// What it is.
    pub description: Option<TextView>,
    /// Who issued it.
    pub issuer: IssuerView,
    /// The earner's name, where the credential states it.
    pub earner: Option<String>,
    /// The subject's identifier.
    pub subject: Option<String>,
    /// `MicroCredential`, `Badge` … as the issuer wrote it.
    pub achievement_type: Option<String>,
    /// How it is earned, the outcomes (Markdown).
    pub criteria: Option<TextView>,
    /// Where that is described.
    pub criteria_url: Option<String>,
    /// A narrative about this learner (Markdown).
    pub narrative: Option<TextView>,
    /// Skills and competencies.
    pub skills: Vec<SkillView>,
    /// Keywords.
    pub tags: Vec<String>,
    /// What was assessed and reached.
    pub assessments: Vec<AssessmentView>,
    /// Evidence.
    pub evidence: Vec<EvidenceView>,
    /// Names of bodies whose endorsements it carries.
    pub endorsers: Vec<String>,
    /// What it counts toward or relates to.
    pub related: Vec<String>,
    /// Credits earned, else available, in the issuer's unit.
    pub credits: Option<String>,
    /// Field of study.
    pub field_of_study: Option<String>,
    /// Language of instruction, BCP 47.
    pub in_language: Option<String>,
    /// Everything that it says of its subject, where it has no achievement or badge that says it.
    pub claims: Vec<ClaimView>,
    /// What its holder chose to show of it; none where it can only be shown whole.
    pub selection: Option<SelectionView>,
    /// How the credentials that it collects relate.
    pub associations: Vec<AssociationView>,
    /// When it was awarded, RFC 3339.
    pub awarded: Option<String>,
    /// From when it is valid, RFC 3339.
    pub valid_from: Option<String>,
    /// Until when it is valid, RFC 3339.
    pub valid_until: Option<String>,
    /// A picture as a `data:` URL, re-encoded by us; never a remote address.
    pub image: Option<String>,
    /// `json` or `png`.
    pub container: String,
    /// `vcdm_1.1` or `vcdm_2.0`, with `+ob_3.0` for Open Badges; `ob_2.0` or `ob_1.x` for an assertion of before.
    pub data_model: String,
    /// Proof types or cryptosuites, in order; `hosted` where the issuer's own site vouches for it.
    pub securing: Vec<String>,
}
