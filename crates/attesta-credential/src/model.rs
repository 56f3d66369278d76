//! What a credential says, read into the vocabulary of VCDM and Open Badges 3.0.
//!
//! [VCDM 2.0](https://www.w3.org/TR/vc-data-model-2.0/), [VCDM 1.1](https://www.w3.org/TR/vc-data-model/),
//! [Open Badges 3.0](https://www.imsglobal.org/spec/ob/v3p0). All text is the issuer's and is unproven until verified.

/// A text in one or several languages: a plain string, a value object or an array of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LocalizedText(pub Vec<TextValue>);

/// One language's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextValue {
    /// The text as the issuer wrote it.
    pub text: String,
    /// BCP 47 tag, where stated.
    pub language: Option<String>,
    /// Base direction: `ltr` or `rtl`, where stated.
    pub direction: Option<String>,
}

/// Who issued it: an `issuer` URL or an Open Badges `Profile`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issuer {
    /// The issuer's identifier, a URL or DID.
    pub id: String,
    /// The name it gives itself.
    pub name: LocalizedText,
    /// Its home page.
    pub url: Option<String>,
    /// Its e-mail address.
    pub email: Option<String>,
    /// An image URL or data URL.
    pub image: Option<String>,
    /// What it says of itself.
    pub description: LocalizedText,
}

/// Whom the credential is about and what they achieved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AchievementSubject {
    /// The subject's identifier, where it has one.
    pub id: Option<String>,
    /// A plain name where a `name` member or an identifier of type `name` gives one.
    pub name: Option<String>,
    /// Open Badges identifiers, hashed or plain.
    pub identifiers: Vec<IdentityObject>,
    /// What was achieved.
    pub achievement: Option<Achievement>,
    /// What was measured.
    pub results: Vec<SubjectResult>,
    /// Credits earned, in the issuer's own unit, as written.
    pub credits_earned: Option<String>,
    /// When the activity began, as written.
    pub activity_start: Option<String>,
    /// When the activity ended, as written.
    pub activity_end: Option<String>,
    /// The learner's role, where stated.
    pub role: Option<String>,
    /// The term, where stated.
    pub term: Option<String>,
    /// The licence number, where stated.
    pub license_number: Option<String>,
    /// A narrative about this learner's achievement (Markdown).
    pub narrative: LocalizedText,
}

/// An Open Badges `IdentityObject`: how the issuer knows the learner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentityObject {
    /// Whether [`IdentityObject::identity_hash`] is a hash (`sha256$…`, `md5$…`) or plain.
    pub hashed: bool,
    /// The hash, or the plain identifier.
    pub identity_hash: String,
    /// `emailAddress`, `name`, `did` …
    pub identity_type: String,
    /// Salt that was appended before hashing.
    pub salt: Option<String>,
}

/// An Open Badges `Achievement`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Achievement {
    /// Its identifier.
    pub id: Option<String>,
    /// `Badge`, `MicroCredential`, `Course` … as written.
    pub achievement_type: Option<String>,
    /// Its name.
    pub name: LocalizedText,
    /// What it is.
    pub description: LocalizedText,
    /// How it is earned (Markdown).
    pub criteria_narrative: LocalizedText,
    /// Where that is described.
    pub criteria_id: Option<String>,
    /// An image URL or data URL.
    pub image: Option<String>,
    /// Keywords.
    pub tags: Vec<String>,
    /// Skills, frameworks and standards it aligns to.
    pub alignments: Vec<Alignment>,
    /// What was to be measured, and the scale.
    pub result_descriptions: Vec<ResultDescription>,
    /// Credits available, in the issuer's own unit, as written.
    pub credits_available: Option<String>,
    /// Field of study.
    pub field_of_study: Option<String>,
    /// Specialization.
    pub specialization: Option<String>,
    /// The issuer's code for it.
    pub human_code: Option<String>,
    /// Language of instruction, BCP 47.
    pub in_language: Option<String>,
    /// Who created it, where that is not the issuer.
    pub creator: Option<Issuer>,
    /// Names or identifiers of related achievements (stacking).
    pub related: Vec<String>,
}

/// An Open Badges `Alignment`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alignment {
    /// What it aligns to.
    pub target_name: LocalizedText,
    /// Where that is described.
    pub target_url: Option<String>,
    /// Its code in the framework.
    pub target_code: Option<String>,
    /// The framework's name.
    pub target_framework: Option<String>,
    /// `ceasn:Competency`, `CFItem` … as written.
    pub target_type: Option<String>,
    /// What it means.
    pub target_description: LocalizedText,
}

/// An Open Badges `ResultDescription`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResultDescription {
    /// Its identifier, which a result refers to.
    pub id: Option<String>,
    /// Its name.
    pub name: LocalizedText,
    /// `LetterGrade`, `Percent`, `RubricCriterionLevel` … as written.
    pub result_type: Option<String>,
    /// Lowest value, as written.
    pub value_min: Option<String>,
    /// Highest value, as written.
    pub value_max: Option<String>,
    /// The value needed to pass, as written.
    pub required_value: Option<String>,
    /// Identifier of the level needed to pass.
    pub required_level: Option<String>,
    /// The values in use, lowest first.
    pub allowed_values: Vec<String>,
    /// Rubric levels: identifier and name.
    pub levels: Vec<(Option<String>, LocalizedText)>,
}

/// An Open Badges `Result`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SubjectResult {
    /// Identifier of its [`ResultDescription`].
    pub result_description: Option<String>,
    /// The value reached, as written.
    pub value: Option<String>,
    /// `Completed`, `Enrolled` … as written.
    pub status: Option<String>,
    /// Identifier of the level reached.
    pub achieved_level: Option<String>,
    /// Skills this result speaks to.
    pub alignments: Vec<Alignment>,
}

/// A piece of evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Where it is.
    pub id: Option<String>,
    /// Its name.
    pub name: LocalizedText,
    /// What it shows.
    pub description: LocalizedText,
    /// How it came about (Markdown).
    pub narrative: LocalizedText,
    /// Its kind.
    pub genre: Option<String>,
}

/// One `credentialStatus` entry, as written; its form is judged when it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CredentialStatus {
    /// JSON pointer of the entry.
    pub pointer: String,
    /// `id`, where it is a string: the address of a `1EdTechRevocationList`, never used to find a status list.
    pub id: Option<String>,
    /// Its types.
    pub types: Vec<String>,
    /// `statusPurpose`, where it is a string.
    pub purpose: Option<String>,
    /// `statusListIndex`, or `revocationListIndex` of a `RevocationList2020Status`, where it is a string.
    pub index: Option<String>,
    /// `statusListCredential`, or `revocationListCredential` of a `RevocationList2020Status`, where it is a string.
    pub list: Option<String>,
    /// `statusSize` as JSON, where present.
    pub size: Option<String>,
    /// `statusMessage`: `status` (such as `0x1`) and `message` of each item that is an object, where they are strings.
    pub messages: Vec<(Option<String>, Option<String>)>,
    /// How many items of whatever form `statusMessage` has, where present.
    pub message_count: Option<usize>,
    /// `statusReference`: each item, where it is a string.
    pub references: Vec<Option<String>>,
}

impl CredentialStatus {
    /// The type of an entry of [1EdTech Revocation List](https://www.imsglobal.org/spec/vcrl/v1p0/).
    pub const REVOCATION_LIST_1EDTECH: &str = "1EdTechRevocationList";
    /// The type of an entry of [Revocation List 2020](https://w3c-ccg.github.io/vc-status-rl-2020/).
    pub const REVOCATION_LIST_2020: &str = "RevocationList2020Status";

    /// Whether `type` names this type.
    pub fn has_type(&self, name: &str) -> bool {
        self.types.iter().any(|written| written == name)
    }

    /// The address at which the status is published, as written.
    pub fn address(&self) -> Option<&str> {
        match self.has_type(CredentialStatus::REVOCATION_LIST_1EDTECH) {
            true => self.id.as_deref(),
            false => self.list.as_deref(),
        }
    }
}

/// One `refreshService` entry, as written: where a newer version of the credential may be had.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RefreshService {
    /// JSON pointer of the entry.
    pub pointer: String,
    /// `id`, where it is a string: the address to ask.
    pub id: Option<String>,
    /// Its types.
    pub types: Vec<String>,
}
