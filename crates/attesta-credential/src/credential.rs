//! One verifiable credential: its exact bytes and what they say.

use std::fmt;
use std::sync::OnceLock;

use attesta_jsonld::{Document, Limits, Value};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::conformance::{self, Nonconformity};
use crate::enclosed::{self, Association, EnclosedCredential};
use crate::error::ReadError;
use crate::jose::{Claimed, CompactJws, Enveloped, SdJwt, claimed_in, enveloped_token, sd_jwt_vc};
use crate::limits::INPUT_BYTES;
use crate::model::{AchievementSubject, CredentialStatus, Evidence, Issuer, LocalizedText, RefreshService};
use crate::open_badges_2::{self, HostedPart, Parts};
use crate::securing::Securing;
use crate::shape::{self, Shape};
use crate::time::{Zone, parse_date_time};

/// The data model that a credential follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataModel {
    /// [Verifiable Credentials Data Model 1.1](https://www.w3.org/TR/vc-data-model/).
    Vc1,
    /// [Verifiable Credentials Data Model 2.0](https://www.w3.org/TR/vc-data-model-2.0/).
    Vc2,
    /// [SD-JWT VC](https://datatracker.ietf.org/doc/draft-ietf-oauth-sd-jwt-vc/), a set of claims and no W3C credential.
    SdJwtVc,
    /// [Open Badges 2.0](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html).
    OpenBadges2,
    /// Open Badges 1.0 and 1.1, and what came before them.
    OpenBadges1,
}

impl DataModel {
    /// Whether it is an assertion of Open Badges 2.0 or earlier rather than a verifiable credential.
    pub fn is_assertion(self) -> bool {
        matches!(self, DataModel::OpenBadges2 | DataModel::OpenBadges1)
    }
}

/// The first context of a VCDM 1.1 document.
pub const VC1_CONTEXT: &str = "https://www.w3.org/2018/credentials/v1";
/// The first context of a VCDM 2.0 document.
pub const VC2_CONTEXT: &str = "https://www.w3.org/ns/credentials/v2";

/// One entry of `proof` and where it stands.
#[derive(Debug, Clone)]
pub struct ProofEntry<'c> {
    /// JSON pointer of the entry.
    pub pointer: String,
    /// The entry as written.
    pub value: &'c Value<'c>,
}

/// A verifiable credential: the bytes as received beside the tree read from them. What it says is read on demand;
/// all of it is the issuer's word and unproven until verified.
#[derive(Clone)]
pub struct VerifiableCredential {
    /// The bytes as received, where they are not the JSON of `document`.
    received: Option<Vec<u8>>,
    securing: Securing,
    document: Document,
    digest: OnceLock<String>,
    issuer: OnceLock<Issuer>,
    subjects: OnceLock<Vec<AchievementSubject>>,
    statuses: OnceLock<Vec<CredentialStatus>>,
    nonconformities: OnceLock<Vec<Nonconformity>>,
}

impl VerifiableCredential {
    /// Reads one credential's JSON.
    ///
    /// # Errors
    /// [`ReadError`] when the bytes are not JSON, not a credential, or over a limit. Anything else that is wrong with
    /// it stands in [`VerifiableCredential::nonconformities`].
    pub fn from_json(bytes: Vec<u8>) -> Result<Self, ReadError> {
        let document = Document::parse_within(bytes, Limits { bytes: INPUT_BYTES, ..Limits::default() })?;
        match shape::of(document.root()) {
            Shape::Credential => Ok(VerifiableCredential::of(document)),
            Shape::Unsupported(what) => Err(ReadError::UnsupportedFormat { what }),
            _ => Err(ReadError::NotACredential { pointer: String::new() }),
        }
    }

    /// Reads one credential as it was received: its JSON, a token around it, or an enveloped token. What an envelope
    /// says beside its token is not signed, so only the token is kept.
    ///
    /// # Errors
    /// [`ReadError`] when the bytes are no credential, or over a limit.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, ReadError> {
        match std::str::from_utf8(&bytes).ok().and_then(shape::token) {
            Some(Shape::Unsupported(what)) => return Err(ReadError::UnsupportedFormat { what }),
            Some(_) => return VerifiableCredential::from_token(bytes),
            None => {}
        }
        let document = Document::parse_within(bytes, Limits { bytes: INPUT_BYTES, ..Limits::default() })?;
        match shape::of(document.root()) {
            Shape::Credential => Ok(VerifiableCredential::of(document)),
            Shape::EnvelopedCredential => VerifiableCredential::from_envelope(document.root()),
            Shape::Unsupported(what) => Err(ReadError::UnsupportedFormat { what }),
            _ => Err(ReadError::NotACredential { pointer: String::new() }),
        }
    }

    /// Reads the token in an `EnvelopedVerifiableCredential`.
    ///
    /// # Errors
    /// [`ReadError`] when there is none in it, or when that is not a credential's.
    pub(crate) fn from_envelope(envelope: &Value<'_>) -> Result<Self, ReadError> {
        VerifiableCredential::from_token(enveloped_token(envelope, Enveloped::Credential)?.into_bytes())
    }

    /// Reads a token around a credential.
    ///
    /// # Errors
    /// [`ReadError`] when it is not one, or when its payload is not a credential.
    pub(crate) fn from_token(bytes: Vec<u8>) -> Result<Self, ReadError> {
        let (securing, payload) = token_in(&bytes)?;
        match claimed_in(&payload)? {
            // Open Badges 2.0 knows whole assertions alone.
            Claimed::Credential(document)
                if securing.sd_jwt().is_some() && open_badges_2::assertion_model(document.root()).is_some() =>
            {
                Err(ReadError::NotACredential { pointer: String::new() })
            }
            Claimed::Credential(document) => {
                Ok(VerifiableCredential { received: Some(bytes), securing, ..VerifiableCredential::of(document) })
            }
            Claimed::Other(Shape::Unsupported(what)) => Err(ReadError::UnsupportedFormat { what }),
            Claimed::Presentation(_) | Claimed::Other(_) => Err(ReadError::NotACredential { pointer: String::new() }),
        }
    }

    pub(crate) fn of(document: Document) -> Self {
        VerifiableCredential {
            received: None,
            securing: Securing::Embedded,
            document,
            digest: OnceLock::new(),
            issuer: OnceLock::new(),
            subjects: OnceLock::new(),
            statuses: OnceLock::new(),
            nonconformities: OnceLock::new(),
        }
    }

    /// The bytes as received.
    pub fn bytes(&self) -> &[u8] {
        self.received.as_deref().unwrap_or_else(|| self.document.bytes())
    }

    /// How it is secured.
    pub fn securing(&self) -> &Securing {
        &self.securing
    }

    /// The document that states the credential, for reading exact source bytes of its parts: the JSON received, or what
    /// a token carries.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The tree of the whole credential.
    pub fn root(&self) -> &Value<'_> {
        self.document.root()
    }

    /// SHA-256 of the bytes in lower-case hex.
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| sha256_hex(self.bytes()))
    }

    /// The data model; a credential whose first context names none is told apart by its members. Claims that are no
    /// W3C credential are one of their own only in a selective-disclosure JWT.
    pub fn data_model(&self) -> DataModel {
        match self.securing {
            Securing::SdJwt(_) if sd_jwt_vc::is_one(self.root()) => DataModel::SdJwtVc,
            _ => data_model(self.root()),
        }
    }

    fn is_sd_jwt_vc(&self) -> bool {
        self.data_model() == DataModel::SdJwtVc
    }

    /// What an SD-JWT VC says of its subject, each claim by the path to it; nothing for other credentials, whose
    /// members have a meaning of their own.
    pub fn plain_claims(&self) -> Vec<(String, String)> {
        if self.is_sd_jwt_vc() { sd_jwt_vc::details(self.root()) } else { Vec::new() }
    }

    /// Its types as written.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        strings(self.root().get("type"))
    }

    /// Whether `type` names this type.
    pub fn has_type(&self, name: &str) -> bool {
        self.types().any(|written| written == name)
    }

    /// Its identifier, if it is one string.
    pub fn id(&self) -> Option<&str> {
        self.root().get(if self.is_sd_jwt_vc() { "jti" } else { "id" }).and_then(Value::as_str)
    }

    /// The issuer's identifier; empty where there is none.
    pub fn issuer_id(&self) -> &str {
        match self.data_model() {
            DataModel::SdJwtVc => return sd_jwt_vc::issuer_id(self.root()),
            model if model.is_assertion() => return &self.issuer().id,
            _ => {}
        }
        self.root().get("issuer").and_then(shape::id_of).unwrap_or_default()
    }

    /// Who issued it, by its own account.
    pub fn issuer(&self) -> &Issuer {
        self.issuer.get_or_init(|| match self.data_model() {
            DataModel::SdJwtVc => sd_jwt_vc::issuer(self.root()),
            model if model.is_assertion() => Parts::new(self.root(), None, None).issuer(),
            _ => self.root().get("issuer").map(Issuer::read).unwrap_or_default(),
        })
    }

    /// Its name.
    pub fn name(&self) -> LocalizedText {
        if self.is_sd_jwt_vc() {
            return sd_jwt_vc::name(self.root());
        }
        // The name of an assertion is that of its badge class.
        match self.data_model().is_assertion() {
            true => LocalizedText::default(),
            false => LocalizedText::read(self.root().get("name")),
        }
    }

    /// Its description.
    pub fn description(&self) -> LocalizedText {
        match self.data_model().is_assertion() {
            true => LocalizedText::default(),
            false => LocalizedText::read(self.root().get("description")),
        }
    }

    /// The address of its own picture, an URL or data URL, where it carries one.
    pub fn image(&self) -> Option<&str> {
        self.root().get("image")?.one_or_many().first().and_then(shape::id_of)
    }

    /// Whom it is about.
    pub fn subjects(&self) -> &[AchievementSubject] {
        self.subjects.get_or_init(|| {
            match self.data_model() {
                DataModel::SdJwtVc => return vec![sd_jwt_vc::subject(self.root())],
                model if model.is_assertion() => return vec![Parts::new(self.root(), None, None).subject()],
                _ => {}
            }
            let subjects = self.root().get("credentialSubject").map(Value::one_or_many).unwrap_or_default();
            subjects.iter().filter_map(AchievementSubject::read).collect()
        })
    }

    /// Whether it says who any of its subjects is, by their `id` or `identifier`. This is found out without reading all
    /// else that it says of them.
    pub fn identifies_subjects(&self) -> bool {
        if self.data_model().is_assertion() {
            return self.subjects().iter().any(|subject| subject.id.is_some() || !subject.identifiers.is_empty());
        }
        let subjects = self.root().get("credentialSubject").map(Value::one_or_many).unwrap_or_default();
        subjects.iter().any(AchievementSubject::is_identified)
    }

    /// The same assertion of Open Badges 2.0 or earlier, read together with the badge class and the issuer's profile
    /// that stand at the addresses it names. Its bytes stay as they are; anything else is given back unchanged.
    pub fn completed_with(&self, badge: Option<HostedPart<'_>>, issuer: Option<HostedPart<'_>>) -> Self {
        let completed = self.clone();
        if self.data_model().is_assertion() {
            let parts = Parts::new(self.root(), badge, issuer);
            let (read, subjects) = (parts.issuer(), vec![parts.subject()]);
            return VerifiableCredential { issuer: read.into(), subjects: subjects.into(), ..completed };
        }
        completed
    }

    /// When it becomes valid: `validFrom`, `issuanceDate` in VCDM 1.1, `issuedOn` in Open Badges 2.0 and earlier. `None`
    /// where absent or malformed.
    pub fn valid_from(&self) -> Option<Timestamp> {
        match self.data_model() {
            DataModel::OpenBadges2 | DataModel::OpenBadges1 => self.assertion_time("issuedOn"),
            DataModel::Vc2 => self.time("validFrom"),
            DataModel::SdJwtVc => sd_jwt_vc::valid_from(self.root()),
            // 1.1 reserved `validFrom`; where an issuer writes both, the later one holds.
            DataModel::Vc1 => self.time("issuanceDate").max(self.time("validFrom")),
        }
    }

    /// When it ceases to be valid: `validUntil`, `expirationDate` in VCDM 1.1, `expires` in Open Badges 2.0 and earlier.
    /// `None` where absent or malformed.
    pub fn valid_until(&self) -> Option<Timestamp> {
        match (self.data_model(), self.time("expirationDate"), self.time("validUntil")) {
            (DataModel::OpenBadges2 | DataModel::OpenBadges1, _, _) => self.assertion_time("expires"),
            (DataModel::Vc1, Some(one), Some(other)) => Some(one.min(other)),
            (DataModel::Vc1, one, other) => one.or(other),
            (DataModel::Vc2, _, until) => until,
            (DataModel::SdJwtVc, ..) => sd_jwt_vc::valid_until(self.root()),
        }
    }

    /// When it was awarded: Open Badges `awardedDate`, `issuedOn` in 2.0 and earlier.
    pub fn awarded(&self) -> Option<Timestamp> {
        if self.data_model().is_assertion() {
            return self.assertion_time("issuedOn");
        }
        let [text] = self.root().get("awardedDate")?.one_or_many() else { return None };
        parse_date_time(text.as_str()?, Zone::UtcWhenMissing)
    }

    fn assertion_time(&self, member: &str) -> Option<Timestamp> {
        self.root().get(member).and_then(open_badges_2::assertion_time)
    }

    fn time(&self, member: &str) -> Option<Timestamp> {
        parse_date_time(self.root().get(member)?.as_str()?, zone(self.data_model()))
    }

    /// Its `credentialStatus` entries.
    pub fn statuses(&self) -> &[CredentialStatus] {
        self.statuses.get_or_init(|| match self.data_model() {
            DataModel::SdJwtVc => sd_jwt_vc::statuses(self.root()),
            _ => CredentialStatus::read_all(self.root().get("credentialStatus")),
        })
    }

    /// Where it says that a newer version of it may be had.
    pub fn refresh_services(&self) -> Vec<RefreshService> {
        RefreshService::read_all(self.root().get("refreshService"))
    }

    /// Its proofs; none for an absent, `null` or empty `proof`.
    pub fn proofs(&self) -> Vec<ProofEntry<'_>> {
        proofs(self.root())
    }

    /// The evidence it names.
    pub fn evidence(&self) -> Vec<Evidence> {
        if self.data_model().is_assertion() {
            return open_badges_2::evidence(self.root());
        }
        let evidence = self.root().get("evidence").map(Value::one_or_many).unwrap_or_default();
        evidence.iter().filter_map(Evidence::read).collect()
    }

    /// The endorsements in it: of the credential, of its issuer, of its achievements.
    pub fn endorsements(&self) -> Vec<EnclosedCredential<'_>> {
        match self.data_model().is_assertion() {
            true => open_badges_2::endorsements(self.root()),
            false => enclosed::endorsements(&self.document),
        }
    }

    /// The credentials that a record collects in its subjects, in their order.
    pub fn enclosed(&self) -> Vec<EnclosedCredential<'_>> {
        match self.data_model().is_assertion() {
            true => Vec::new(),
            false => enclosed::of_subjects(&self.document),
        }
    }

    /// How the parts of a record relate, as it states.
    pub fn associations(&self) -> Vec<Association> {
        match self.data_model().is_assertion() {
            true => Vec::new(),
            false => enclosed::associations(&self.document),
        }
    }

    /// Where it departs from its data model, in a fixed order; empty when it conforms.
    pub fn nonconformities(&self) -> &[Nonconformity] {
        self.nonconformities.get_or_init(|| match self.data_model() {
            DataModel::SdJwtVc => sd_jwt_vc::nonconformities(self.root()),
            _ => conformance::of_credential(self.root()),
        })
    }
}

/// A token around something, and its payload with what is disclosed.
pub(crate) fn token_in(bytes: &[u8]) -> Result<(Securing, Document), ReadError> {
    if bytes.len() > INPUT_BYTES {
        return Err(ReadError::TooLarge { limit: INPUT_BYTES });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ReadError::NotUtf8)?;
    if text.contains('~') {
        let sd_jwt = SdJwt::parse(text).map_err(ReadError::NotAToken)?;
        let disclosed = sd_jwt.disclosed().clone();
        return Ok((Securing::SdJwt(Box::new(sd_jwt)), disclosed));
    }
    let jws = CompactJws::parse(text).map_err(ReadError::NotAToken)?;
    let payload = jws.payload().clone();
    Ok((Securing::Jws(Box::new(jws)), payload))
}

impl fmt::Debug for VerifiableCredential {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Credential contents never reach a log line.
        write!(out, "VerifiableCredential({} bytes)", self.bytes().len())
    }
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
        hex.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    hex
}

pub(crate) fn data_model(root: &Value<'_>) -> DataModel {
    if let Some(model) = open_badges_2::assertion_model(root) {
        return model;
    }
    match root.get("@context").and_then(|context| context.one_or_many().first()).and_then(Value::as_str) {
        Some(VC1_CONTEXT) => DataModel::Vc1,
        Some(VC2_CONTEXT) => DataModel::Vc2,
        _ if root.get("issuanceDate").is_some() => DataModel::Vc1,
        _ => DataModel::Vc2,
    }
}

pub(crate) fn zone(model: DataModel) -> Zone {
    match model {
        DataModel::Vc1 | DataModel::OpenBadges2 | DataModel::OpenBadges1 => Zone::UtcWhenMissing,
        DataModel::Vc2 | DataModel::SdJwtVc => Zone::Required,
    }
}

pub(crate) fn strings<'a>(value: Option<&'a Value<'a>>) -> impl Iterator<Item = &'a str> {
    value.map(Value::one_or_many).unwrap_or_default().iter().filter_map(Value::as_str)
}

pub(crate) fn proofs<'a>(root: &'a Value<'a>) -> Vec<ProofEntry<'a>> {
    match root.get("proof") {
        None | Some(Value::Null) => Vec::new(),
        proof => shape::items(proof, "/proof").map(|(value, pointer)| ProofEntry { pointer, value }).collect(),
    }
}
