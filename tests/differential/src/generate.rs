//! Credentials of every shape that the data models allow, and some that they don't.

use attesta_mutation::Random;
use attesta_mutation::json::Json;
use attesta_test_support::document::{
    DATA_INTEGRITY, ED25519_2020, OPEN_BADGES, OPEN_BADGES_EXTENSIONS, UNDEFINED_TERMS, VC1, VC2,
};
use attesta_verify::Cryptosuite;

const WORDS: [&str; 28] = [
    "Water Sampling",
    "Échantillonnage de l’eau",
    "E\u{301}chantillonnage",
    "شهادة",
    "水質検査",
    "🎓🏅",
    "a\tb",
    "line\nbreak",
    "\"quoted\" \\ back",
    "\u{2028}\u{2029}",
    "\u{7f}\u{80}\u{9f}",
    "<b>bold</b> & more",
    "",
    " ",
    "true",
    "12",
    "1.50",
    "_underscore",
    "ﬁ ligature",
    "𝒜𝓁𝓅𝒽𝒶",
    "\u{fffd}",
    "\u{1}\u{1f}",
    "@handle",
    "C#",
    "50 %",
    "a b  c",
    "null",
    "ß ẞ İ ı",
];

const NUMBERS: [&str; 26] = [
    "0",
    "1",
    "-1",
    "4.5",
    "1.50",
    "1e2",
    "1E+2",
    "15e-1",
    "0.1",
    "0.30000000000000004",
    "100000000000000000000",
    "1e20",
    "1e21",
    "9007199254740991",
    "9007199254740993",
    "123456789012345680000",
    "1e-6",
    "1e-7",
    "5e-324",
    "1.7976931348623157e308",
    "-0",
    "-0.0",
    "3.0",
    "0.000001",
    "333333333.33333329",
    "-4.5",
];

const TAGS: [&str; 8] = ["fr", "en-CA", "FR-ca", "ar", "zh-Hant-TW", "x-none", "de-1996", "sr-Latn"];

/// How unusual a document is allowed to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As issuers write.
    Ordinary,
    /// With what only tests write: odd numbers and terms that nobody defined.
    Odd,
}

/// Makes documents.
pub(crate) struct Generator<'r> {
    random: &'r mut Random,
    manner: Manner,
}

impl<'r> Generator<'r> {
    /// A generator that draws from `random`.
    pub(crate) fn new(random: &'r mut Random, manner: Manner) -> Self {
        Generator { random, manner }
    }

    /// An unsigned credential by `issuer`, with what the suite's proof needs in its contexts.
    pub(crate) fn credential(&mut self, issuer: &str, suite: Cryptosuite) -> Json {
        let (mut credential, mut contexts) = match self.random.below(10) {
            0 => self.first_model(issuer),
            1 | 2 => self.second_model(issuer),
            _ => self.open_badge(issuer),
        };
        if suite == Cryptosuite::Ed25519Signature2020 {
            contexts.push(Json::text(ED25519_2020));
        } else if contexts.first().and_then(Json::as_text) == Some(VC1) {
            contexts.push(Json::text(DATA_INTEGRITY));
        }
        if self.is_odd(12) {
            contexts.push(Json::text(UNDEFINED_TERMS));
        }
        if self.is_odd(12) {
            contexts.push(Json::object([("honours", Json::text("https://terms.example/honours"))]));
            credential.set("honours", self.text());
        }
        if self.is_odd(25) {
            credential.set("undefinedTerm", self.text());
        }
        credential.set("@context", Json::Array(contexts));
        let members = credential.members_mut().expect("a credential is an object");
        self.random.shuffle(members);
        credential
    }

    fn is_odd(&mut self, once_in: usize) -> bool {
        self.manner == Manner::Odd && self.random.once_in(once_in)
    }

    fn first_model(&mut self, issuer: &str) -> (Json, Vec<Json>) {
        let mut credential = Json::object([
            ("type", Json::texts(&["VerifiableCredential"])),
            ("issuer", Json::text(issuer)),
            ("issuanceDate", self.past()),
            ("credentialSubject", Json::object([("id", self.id())])),
        ]);
        self.maybe(&mut credential, "expirationDate", Self::future);
        self.maybe(&mut credential, "id", Self::id);
        (credential, vec![Json::text(VC1)])
    }

    fn second_model(&mut self, issuer: &str) -> (Json, Vec<Json>) {
        let mut subject = Json::object([("id", self.id())]);
        self.maybe(&mut subject, "name", Self::text);
        self.maybe(&mut subject, "description", Self::localized);
        let mut credential = Json::object([
            ("type", self.one_or_array(Json::text("VerifiableCredential"))),
            ("issuer", self.issuer(issuer)),
            ("credentialSubject", self.one_or_array(subject)),
        ]);
        self.common(&mut credential);
        (credential, vec![Json::text(VC2)])
    }

    fn common(&mut self, credential: &mut Json) {
        self.maybe(credential, "id", Self::id);
        self.maybe(credential, "name", Self::localized);
        self.maybe(credential, "description", Self::localized);
        self.maybe(credential, "validFrom", Self::past);
        self.maybe(credential, "validUntil", Self::future);
    }

    fn open_badge(&mut self, issuer: &str) -> (Json, Vec<Json>) {
        let mut credential = Json::object([
            ("type", Json::texts(&["VerifiableCredential", "OpenBadgeCredential"])),
            ("issuer", self.profile(issuer)),
            ("credentialSubject", self.subject()),
        ]);
        self.common(&mut credential);
        self.maybe(&mut credential, "awardedDate", Self::past);
        self.maybe(&mut credential, "image", Self::image);
        self.maybe_many(&mut credential, "evidence", Self::evidence);
        let mut contexts = vec![Json::text(VC2), Json::text(OPEN_BADGES)];
        if self.random.once_in(6) {
            contexts[1] = Json::text("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json");
        } else if self.random.once_in(6) {
            contexts.push(Json::text(OPEN_BADGES_EXTENSIONS));
        }
        (credential, contexts)
    }

    fn subject(&mut self) -> Json {
        let mut subject = Json::object([("type", Json::texts(&["AchievementSubject"]))]);
        self.maybe(&mut subject, "id", Self::id);
        subject.set("achievement", self.achievement());
        self.maybe(&mut subject, "creditsEarned", Self::number);
        self.maybe(&mut subject, "activityStartDate", Self::past);
        self.maybe(&mut subject, "activityEndDate", Self::past);
        for member in ["licenseNumber", "narrative", "role", "term"] {
            self.maybe(&mut subject, member, Self::text);
        }
        self.maybe_many(&mut subject, "identifier", Self::identity);
        // A subject is known by one or the other.
        if subject.get("id").is_none() && subject.get("identifier").is_none_or(|it| it.one_or_many().is_empty()) {
            subject.set("id", self.id());
        }
        self.maybe_many(&mut subject, "result", Self::result);
        subject
    }

    fn achievement(&mut self) -> Json {
        let mut achievement = Json::object([
            ("id", self.id()),
            ("type", self.one_or_array(Json::text("Achievement"))),
            ("name", self.localized()),
            ("description", self.text()),
            ("criteria", Json::object([("narrative", self.text())])),
        ]);
        for member in ["achievementType", "fieldOfStudy", "humanCode", "specialization", "inLanguage", "version"] {
            self.maybe(&mut achievement, member, Self::text);
        }
        self.maybe(&mut achievement, "creditsAvailable", Self::number);
        self.maybe(&mut achievement, "image", Self::image);
        self.maybe_many(&mut achievement, "tag", Self::text);
        self.maybe_many(&mut achievement, "alignment", Self::alignment);
        self.maybe_many(&mut achievement, "resultDescription", Self::result_description);
        self.maybe_many(&mut achievement, "related", Self::related);
        self.maybe_many(&mut achievement, "otherIdentifier", Self::identifier_entry);
        achievement
    }

    fn alignment(&mut self) -> Json {
        let mut alignment = Json::object([
            ("type", Json::texts(&["Alignment"])),
            ("targetName", self.text()),
            ("targetUrl", self.url()),
        ]);
        for member in ["targetCode", "targetDescription", "targetFramework"] {
            self.maybe(&mut alignment, member, Self::text);
        }
        alignment
    }

    fn result_description(&mut self) -> Json {
        let mut description = Json::object([
            ("id", self.id()),
            ("type", Json::texts(&["ResultDescription"])),
            ("name", self.text()),
            ("resultType", Json::text("LetterGrade")),
        ]);
        if self.random.once_in(2) {
            let values: Vec<Json> = (0..self.random.below(5)).map(|_| self.text()).collect();
            description.set("allowedValue", Json::Array(values));
        }
        for member in ["requiredValue", "valueMin", "valueMax"] {
            self.maybe(&mut description, member, Self::text);
        }
        self.maybe_many(&mut description, "rubricCriterionLevel", |it| {
            let mut level =
                Json::object([("id", it.id()), ("type", Json::texts(&["RubricCriterionLevel"])), ("name", it.text())]);
            it.maybe(&mut level, "level", Self::text);
            it.maybe(&mut level, "points", Self::text);
            level
        });
        description
    }

    fn result(&mut self) -> Json {
        let mut result = Json::object([("type", Json::texts(&["Result"]))]);
        self.maybe(&mut result, "value", Self::text);
        self.maybe(&mut result, "status", Self::text);
        self.maybe(&mut result, "resultDescription", Self::id);
        self.maybe_many(&mut result, "alignment", Self::alignment);
        result
    }

    fn identity(&mut self) -> Json {
        let mut identity = Json::object([
            ("type", Json::text("IdentityObject")),
            ("hashed", Json::Bool(self.random.once_in(2))),
            ("identityHash", self.text()),
            ("identityType", Json::text("emailAddress")),
        ]);
        self.maybe(&mut identity, "salt", Self::text);
        identity
    }

    fn identifier_entry(&mut self) -> Json {
        Json::object([
            ("type", Json::text("IdentifierEntry")),
            ("identifier", self.text()),
            ("identifierType", Json::text("identifier")),
        ])
    }

    fn related(&mut self) -> Json {
        let mut related = Json::object([("id", self.id()), ("type", Json::texts(&["Related"]))]);
        self.maybe(&mut related, "version", Self::text);
        related
    }

    fn evidence(&mut self) -> Json {
        let mut evidence = Json::object([("type", Json::texts(&["Evidence"]))]);
        self.maybe(&mut evidence, "id", Self::url);
        for member in ["name", "description", "narrative", "audience", "genre"] {
            self.maybe(&mut evidence, member, Self::text);
        }
        evidence
    }

    fn image(&mut self) -> Json {
        let mut image = Json::object([("id", self.url()), ("type", Json::text("Image"))]);
        self.maybe(&mut image, "caption", Self::text);
        image
    }

    fn issuer(&mut self, id: &str) -> Json {
        match self.random.below(3) {
            0 => Json::text(id),
            _ => Json::object([("id", Json::text(id)), ("name", self.localized())]),
        }
    }

    fn profile(&mut self, id: &str) -> Json {
        let mut profile =
            Json::object([("id", Json::text(id)), ("type", Json::texts(&["Profile"])), ("name", self.localized())]);
        self.maybe(&mut profile, "url", Self::url);
        self.maybe(&mut profile, "image", Self::image);
        self.maybe(&mut profile, "description", Self::text);
        self.maybe_many(&mut profile, "otherIdentifier", Self::identifier_entry);
        profile
    }

    fn maybe(&mut self, object: &mut Json, member: &str, make: impl FnOnce(&mut Self) -> Json) {
        if self.random.once_in(2) {
            let value = make(self);
            object.set(member, value);
        }
    }

    /// None, one, one in an array, or several, some of which may be alike.
    fn maybe_many(&mut self, object: &mut Json, member: &str, make: impl Fn(&mut Self) -> Json) {
        let value = match self.random.below(6) {
            0 | 1 => return,
            2 => make(self),
            3 => Json::Array(vec![make(self)]),
            4 => Json::Array(Vec::new()),
            _ => {
                let mut items: Vec<Json> = (0..2 + self.random.below(3)).map(|_| make(self)).collect();
                // Nameless things that are alike: the graph has to tell them apart, or can't.
                if self.is_odd(4) {
                    let again = items[0].clone();
                    items.push(again);
                }
                Json::Array(items)
            }
        };
        object.set(member, value);
    }

    fn one_or_array(&mut self, value: Json) -> Json {
        if self.random.once_in(2) { value } else { Json::Array(vec![value]) }
    }

    fn text(&mut self) -> Json {
        if self.random.once_in(3) {
            return Json::text(self.random.one_of(&WORDS));
        }
        let letters = ["a", "é", "ñ", "Z", "0", " ", "-", "ع", "字", "𝛼", "e\u{301}", "\u{200d}", "'", "/"];
        let length = 1 + self.random.below(24);
        Json::Text((0..length).map(|_| self.random.one_of(&letters)).collect())
    }

    fn localized(&mut self) -> Json {
        match self.random.below(5) {
            0 => self.tagged(),
            1 => {
                let first = self.tagged();
                let second = self.tagged();
                if first == second { first } else { Json::Array(vec![first, second]) }
            }
            _ => self.text(),
        }
    }

    fn tagged(&mut self) -> Json {
        let mut text = Json::object([("@value", self.text())]);
        text.set("@language", Json::text(self.random.one_of(&TAGS)));
        if self.random.once_in(3) {
            text.set("@direction", Json::text(self.random.one_of(&["ltr", "rtl"])));
        }
        text
    }

    fn number(&mut self) -> Json {
        match (self.manner, self.random.below(3)) {
            (Manner::Odd, 0) => Json::Number(self.random.one_of(&NUMBERS).to_owned()),
            (_, 1) => Json::Number(self.random.below(200).to_string()),
            _ => Json::Number(format!("{}.{}", self.random.below(40), 1 + self.random.below(99))),
        }
    }

    fn id(&mut self) -> Json {
        match self.random.below(4) {
            0 => self.url(),
            1 => Json::text(&format!("did:example:{}", self.random.below(1_000_000))),
            2 if self.is_odd(12) => Json::text(self.random.one_of(&["relative", "", "_:b0", "urn:x y", "#f"])),
            _ => {
                let (high, low) = (self.random.draw(), self.random.draw());
                Json::Text(format!("urn:uuid:{:08x}-0000-4000-8000-{:012x}", high >> 32, low >> 16))
            }
        }
    }

    fn url(&mut self) -> Json {
        let paths = ["", "a", "a/b?c=d&e=f", "%C3%A9", "été", "a#b", "~tilde", "a;b,c", "(x)", "水"];
        Json::text(&format!("https://institute.example/{}", self.random.one_of(&paths)))
    }

    fn past(&mut self) -> Json {
        let zone = self.random.one_of(&["Z", "+00:00", "-05:00", ".000Z", ".123456Z"]);
        let (month, day) = (1 + self.random.below(5), 1 + self.random.below(28));
        Json::Text(format!("2026-{month:02}-{day:02}T08:{:02}:00{zone}", self.random.below(60)))
    }

    fn future(&mut self) -> Json {
        Json::Text(format!("20{}-01-31T23:59:59Z", 27 + self.random.below(40)))
    }
}
