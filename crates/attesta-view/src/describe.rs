//! From a typed credential to what is shown of it. Nothing here judges: all text is the issuer's claim.

use attesta_credential::{
    Achievement, AchievementSubject, Alignment, BadgeVerification, Container, DataModel, Found, LocalizedText,
    ResultDescription, SubjectResult, TokenProfile, VerifiableCredential,
};
use attesta_jsonld::Value;

use crate::claims::{associations, claims, selection};
use crate::credential::{AssessmentView, CredentialView, EvidenceView, IssuerView, Language, SkillView, TextView};
use crate::host::host_of;
use crate::text::{pick, plain};

impl CredentialView {
    /// What a credential says, in the reader's language where the issuer offers it. The picture stays
    /// absent: pictures are decoded and encoded anew before they are shown, which is not done here.
    pub fn from_credential(credential: &VerifiableCredential, language: Language) -> CredentialView {
        let text = |text: &LocalizedText| pick(text, language);
        let subject = main_subject(credential);
        let achievement = subject.and_then(|subject| subject.achievement.as_ref());
        let of_achievement = |part: fn(&Achievement) -> &LocalizedText| achievement.and_then(|it| text(part(it)));
        CredentialView {
            digest: credential.digest().to_owned(),
            id: credential.id().map(str::to_owned),
            title: title(credential, language),
            description: of_achievement(|it| &it.description).or_else(|| text(&credential.description())),
            issuer: issuer(credential, language),
            earner: subject.and_then(|subject| subject.name.clone()),
            subject: subject.and_then(|subject| subject.id.clone()),
            achievement_type: achievement.and_then(|it| it.achievement_type.clone()),
            criteria: of_achievement(|it| &it.criteria_narrative),
            criteria_url: achievement.and_then(|it| it.criteria_id.clone()),
            narrative: subject.and_then(|subject| text(&subject.narrative)),
            skills: skills(subject, language),
            tags: achievement.map(|it| it.tags.clone()).unwrap_or_default(),
            assessments: assessments(subject, language),
            evidence: evidence(credential, language),
            endorsers: endorsers(credential),
            related: achievement.map(|it| it.related.clone()).unwrap_or_default(),
            credits: subject
                .and_then(|subject| subject.credits_earned.clone())
                .or_else(|| achievement.and_then(|it| it.credits_available.clone())),
            field_of_study: achievement.and_then(|it| it.field_of_study.clone()),
            in_language: achievement.and_then(|it| it.in_language.clone()),
            claims: claims(credential),
            selection: selection(credential),
            associations: associations(credential, language),
            awarded: credential.awarded().map(|time| time.to_string()),
            valid_from: credential.valid_from().map(|time| time.to_string()),
            valid_until: credential.valid_until().map(|time| time.to_string()),
            image: None,
            container: Container::Plain.as_str().to_owned(),
            data_model: data_model(credential),
            securing: securing(credential),
        }
    }

    /// As [`CredentialView::from_credential`], with the container that it came in.
    pub fn from_found(found: &Found, language: Language) -> CredentialView {
        CredentialView {
            container: found.container.as_str().to_owned(),
            ..CredentialView::from_credential(&found.credential, language)
        }
    }
}

/// The title that a credential goes by: the achievement's name, else its own, else its most telling type.
///
/// Some issuers put the earner into the credential's own `name`, so the achievement's comes first.
pub fn title(credential: &VerifiableCredential, language: Language) -> TextView {
    const BASE: &str = "VerifiableCredential";
    let achievement = main_subject(credential).and_then(|subject| subject.achievement.as_ref());
    let unnamed = || match credential.data_model().is_assertion() {
        // A badge class that was never seen has no name to go by.
        true => plain("Open Badge"),
        false => plain(credential.types().filter(|name| *name != BASE).last().unwrap_or(BASE)),
    };
    achievement
        .and_then(|achievement| pick(&achievement.name, language))
        .or_else(|| pick(&credential.name(), language))
        .unwrap_or_else(unnamed)
}

/// The first subject that states an achievement, else the first of all.
fn main_subject(credential: &VerifiableCredential) -> Option<&AchievementSubject> {
    let subjects = credential.subjects();
    subjects.iter().find(|subject| subject.achievement.is_some()).or_else(|| subjects.first())
}

fn issuer(credential: &VerifiableCredential, language: Language) -> IssuerView {
    let issuer = credential.issuer();
    IssuerView {
        id: issuer.id.clone(),
        name: pick(&issuer.name, language),
        url: issuer.url.clone(),
        host: host_of(&issuer.id),
    }
}

fn skills(subject: Option<&AchievementSubject>, language: Language) -> Vec<SkillView> {
    let Some(subject) = subject else { return Vec::new() };
    let of_achievement = subject.achievement.iter().flat_map(|achievement| &achievement.alignments);
    let of_results = subject.results.iter().flat_map(|result| &result.alignments);
    let mut skills: Vec<SkillView> = Vec::new();
    for skill in of_achievement.chain(of_results).filter_map(|alignment| skill(alignment, language)) {
        if !skills.contains(&skill) {
            skills.push(skill);
        }
    }
    skills
}

fn skill(alignment: &Alignment, language: Language) -> Option<SkillView> {
    let name = pick(&alignment.target_name, language)
        .or_else(|| alignment.target_code.clone().map(plain))
        .or_else(|| alignment.target_url.clone().map(plain))?;
    Some(SkillView {
        name,
        code: alignment.target_code.clone(),
        framework: alignment.target_framework.clone(),
        url: alignment.target_url.clone(),
    })
}

/// Every result with the description it refers to, then the descriptions that nothing refers to.
fn assessments(subject: Option<&AchievementSubject>, language: Language) -> Vec<AssessmentView> {
    let Some(subject) = subject else { return Vec::new() };
    let descriptions =
        subject.achievement.as_ref().map(|achievement| achievement.result_descriptions.as_slice()).unwrap_or_default();
    let described = |result: &SubjectResult| {
        let id = result.result_description.as_ref()?;
        descriptions.iter().find(|description| description.id.as_ref() == Some(id))
    };
    let mut assessments: Vec<AssessmentView> =
        subject.results.iter().map(|result| assessment(described(result), Some(result), language)).collect();
    let spoken_of = |description: &ResultDescription| {
        subject.results.iter().any(|result| description.id.is_some() && result.result_description == description.id)
    };
    let unspoken = descriptions.iter().filter(|description| !spoken_of(description));
    assessments.extend(unspoken.map(|description| assessment(Some(description), None, language)));
    assessments
}

fn assessment(
    description: Option<&ResultDescription>,
    result: Option<&SubjectResult>,
    language: Language,
) -> AssessmentView {
    let level = |id: &Option<String>| {
        let id = id.as_ref()?;
        let (_, name) = description?.levels.iter().find(|(level, _)| level.as_ref() == Some(id))?;
        pick(name, language).map(|name| name.text)
    };
    AssessmentView {
        name: description.and_then(|description| pick(&description.name, language)),
        kind: description.and_then(|description| description.result_type.clone()),
        reached: result.and_then(|result| {
            let named = level(&result.achieved_level);
            named.or_else(|| result.value.clone()).or_else(|| result.achieved_level.clone())
        }),
        required: description.and_then(|description| {
            let named = level(&description.required_level);
            named.or_else(|| description.required_value.clone()).or_else(|| description.required_level.clone())
        }),
        minimum: description.and_then(|it| it.value_min.clone().or_else(|| it.allowed_values.first().cloned())),
        maximum: description.and_then(|it| it.value_max.clone().or_else(|| it.allowed_values.last().cloned())),
        status: result.and_then(|result| result.status.clone()),
    }
}

fn evidence(credential: &VerifiableCredential, language: Language) -> Vec<EvidenceView> {
    let view = |evidence: &attesta_credential::Evidence| EvidenceView {
        name: pick(&evidence.name, language),
        description: pick(&evidence.description, language),
        narrative: pick(&evidence.narrative, language),
        url: evidence.id.clone().filter(|id| host_of(id).is_some()),
    };
    credential.evidence().iter().map(view).collect()
}

/// The names, else the identifiers, of those who endorse the credential, its achievement or its issuer.
fn endorsers(credential: &VerifiableCredential) -> Vec<String> {
    let root = credential.root();
    let subjects = root.get("credentialSubject").map(Value::one_or_many).unwrap_or_default();
    let achievements = subjects.iter().filter_map(|subject| subject.get("achievement"));
    let badge = root.get("badge");
    let parts = match credential.data_model().is_assertion() {
        true => [Some(root), badge, badge.and_then(|badge| badge.get("issuer"))],
        false => [Some(root), root.get("issuer"), None],
    };
    // An assertion has no subject of that kind; what stands there is not the issuer's.
    let achievements = achievements.filter(|_| !credential.data_model().is_assertion());
    let endorsed = parts.into_iter().flatten().chain(achievements);
    let mut names: Vec<String> = Vec::new();
    for endorsement in endorsed.filter_map(|part| part.get("endorsement")).flat_map(Value::one_or_many) {
        let Some(issuer) = first(endorsement, "issuer") else { continue };
        let named = first(issuer, "name").and_then(Value::as_str);
        let Some(name) = named.or_else(|| issuer.as_str()).or_else(|| issuer.get("id")?.as_str()) else { continue };
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// A member's value, or the first of several: one is the same with or without an array around it.
fn first<'v>(of: &'v Value<'v>, member: &str) -> Option<&'v Value<'v>> {
    of.get(member)?.one_or_many().first()
}

fn data_model(credential: &VerifiableCredential) -> String {
    let base = match credential.data_model() {
        DataModel::Vc1 => "vcdm_1.1",
        DataModel::Vc2 => "vcdm_2.0",
        DataModel::SdJwtVc => "sd_jwt_vc",
        DataModel::OpenBadges2 => return "ob_2.0".to_owned(),
        DataModel::OpenBadges1 => return "ob_1.x".to_owned(),
    };
    let badge = ["OpenBadgeCredential", "AchievementCredential"].into_iter().any(|name| credential.has_type(name));
    if badge { format!("{base}+ob_3.0") } else { base.to_owned() }
}

/// The form and the algorithm of a token, such as `vc+jwt ES256`; then each proof's cryptosuite, else its type. `hosted`
/// for an assertion that its issuer's site vouches for.
fn securing(credential: &VerifiableCredential) -> Vec<String> {
    if credential.data_model().is_assertion() && credential.securing().jws().is_none() {
        return match BadgeVerification::of(credential.root()) {
            BadgeVerification::Hosted { .. } => vec!["hosted".to_owned()],
            _ => Vec::new(),
        };
    }
    let token = credential.securing().jws().map(|jws| {
        let form = match (credential.securing().sd_jwt(), TokenProfile::of(jws)) {
            (Some(_), _) => "sd-jwt",
            (None, Some(TokenProfile::VcJoseCose)) => "vc+jwt",
            (None, _) => "jwt",
        };
        format!("{form} {}", jws.header_text("alg").unwrap_or("?"))
    });
    let named = |proof: &Value<'_>| {
        let suite = proof.get("cryptosuite").and_then(Value::as_str);
        suite.or_else(|| proof.get("type")?.as_str()).map(str::to_owned)
    };
    token.into_iter().chain(credential.proofs().iter().filter_map(|proof| named(proof.value))).collect()
}

#[cfg(test)]
mod tests;
