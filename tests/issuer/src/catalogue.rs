//! What the demo issuer offers: two invented schools, one English and one French, and their micro-credentials.

/// A school of the demo: its own identifier, key and status lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum School {
    /// `did:web:localhost%3APORT`, whose document stands at the well-known place.
    WapitiLake,
    /// `did:web:localhost%3APORT:issuers:nordique`, whose document stands under a path.
    BaieNordique,
}

impl School {
    pub(crate) const ALL: [School; 2] = [School::WapitiLake, School::BaieNordique];

    pub(crate) fn name(self) -> &'static str {
        match self {
            School::WapitiLake => "Wapiti Lake Polytechnic",
            School::BaieNordique => "Collège Baie-Nordique",
        }
    }

    pub(crate) fn description(self) -> &'static str {
        match self {
            School::WapitiLake => {
                "A public polytechnic with campuses in Wapiti Lake and Prairie Landing, Saskatchewan."
            }
            School::BaieNordique => {
                "Un collège public de langue française au service des communautés du Nord de l’Ontario."
            }
        }
    }

    /// Region, as its address states it.
    pub(crate) fn region(self) -> &'static str {
        match self {
            School::WapitiLake => "Saskatchewan",
            School::BaieNordique => "Ontario",
        }
    }

    /// BCP 47 tag of what it writes.
    pub(crate) fn language(self) -> &'static str {
        match self {
            School::WapitiLake => "en-CA",
            School::BaieNordique => "fr-CA",
        }
    }

    /// The path under which its DID document and lists stand, without a slash at the end.
    pub(crate) fn path(self) -> &'static str {
        match self {
            School::WapitiLake => "",
            School::BaieNordique => "/issuers/nordique",
        }
    }
}

/// When a credential ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// Never.
    Never,
    /// So many days after the server's start.
    InDays(i64),
    /// So many days before it.
    DaysAgo(i64),
}

/// A skill of the achievement.
pub(crate) struct Skill {
    pub(crate) name: &'static str,
    pub(crate) code: &'static str,
    pub(crate) framework: &'static str,
    pub(crate) description: &'static str,
}

/// How the achievement is assessed, and what the learner reached.
pub(crate) enum Assessed {
    /// A percentage with a pass mark.
    Percent { name: &'static str, required: &'static str, reached: &'static str },
    /// A letter out of a list, lowest first.
    Letter { name: &'static str, allowed: &'static [&'static str], required: &'static str, reached: &'static str },
    /// A rubric: level identifiers and names, lowest first; the level reached by its place.
    Rubric { name: &'static str, levels: &'static [&'static str], required: usize, reached: usize },
}

/// One micro-credential as the school describes it.
pub(crate) struct Badge {
    pub(crate) school: School,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) criteria: &'static str,
    pub(crate) narrative: &'static str,
    pub(crate) achievement_type: &'static str,
    pub(crate) field_of_study: &'static str,
    pub(crate) human_code: &'static str,
    pub(crate) tags: &'static [&'static str],
    pub(crate) skills: &'static [Skill],
    pub(crate) assessed: &'static [Assessed],
    /// Name, description and address of a piece of evidence.
    pub(crate) evidence: Option<(&'static str, &'static str, &'static str)>,
    /// Credits, in the school's unit.
    pub(crate) credits: Option<f64>,
    /// Name and address path of what it counts toward.
    pub(crate) related: Option<&'static str>,
    /// Days before the server's start at which it was awarded.
    pub(crate) awarded_days_ago: i64,
    pub(crate) ends: Ends,
    /// Whether the picture is embedded in the credential as well as drawn for the PNG.
    pub(crate) picture: Picture,
    /// Accent colour of the picture, red, green, blue.
    pub(crate) colour: [u8; 3],
}

/// Where the picture of a badge is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Picture {
    /// Inside the credential, as a data URL, so that it is signed too.
    Embedded,
    /// Only in the baked PNG.
    BakedOnly,
}

/// The learner of the demo.
pub const LEARNER_NAME: &str = "Amélie Tremblay";

/// The learner's e-mail address, which the credentials carry as a salted hash.
pub const LEARNER_EMAIL: &str = "amelie.tremblay@example.ca";

/// What can be claimed; number n of a claim link is place n, counted from one.
pub(crate) const BADGES: [Badge; 5] = [
    Badge {
        school: School::WapitiLake,
        name: "Water Quality Technician",
        description: "Samples, tests and reports on drinking water in small and remote communities.",
        criteria: "To earn this micro-credential, a learner:\n\n1. completes **six field sampling sessions** with a \
                   certified operator;\n2. passes a supervised laboratory assessment;\n3. writes a report that a \
                   community council could act on.",
        narrative: "Amélie sampled three lakes over two seasons and presented her findings to the Wapiti Lake council.",
        achievement_type: "MicroCredential",
        field_of_study: "Environmental technology",
        human_code: "WQT-120",
        tags: &["water", "laboratory", "sampling", "public health"],
        skills: &[
            Skill {
                name: "Collect water samples",
                code: "ENV.2.1",
                framework: "Prairie Skills Register",
                description: "Takes, preserves and documents samples so that a laboratory can rely on them.",
            },
            Skill {
                name: "Interpret laboratory results",
                code: "ENV.2.4",
                framework: "Prairie Skills Register",
                description: "Compares measurements with guideline values and says what follows from them.",
            },
            Skill {
                name: "Explain findings to the public",
                code: "COM.1.3",
                framework: "Prairie Skills Register",
                description: "Writes and presents technical findings in plain language.",
            },
        ],
        assessed: &[
            Assessed::Percent { name: "Laboratory assessment", required: "70", reached: "91" },
            Assessed::Rubric {
                name: "Community report",
                levels: &["Beginning", "Capable", "Independent"],
                required: 1,
                reached: 2,
            },
        ],
        evidence: Some((
            "Report to the Wapiti Lake council",
            "Twelve pages on turbidity and coliform counts in three lakes, with recommendations.",
            "/evidence/water-report",
        )),
        credits: Some(3.0),
        related: Some("Certificate in Environmental Technology"),
        awarded_days_ago: 40,
        ends: Ends::InDays(1_096),
        picture: Picture::BakedOnly,
        colour: [28, 98, 116],
    },
    Badge {
        school: School::BaieNordique,
        name: "Accueil et accompagnement en santé",
        description: "Accueille et accompagne, en français, les personnes qui reçoivent des soins à domicile.",
        criteria: "Pour obtenir cette microcertification, la personne :\n\n- suit **quarante heures** de formation ;\n- \
                   réussit une mise en situation évaluée par une infirmière ;\n- effectue un stage de deux semaines.",
        narrative: "Amélie a effectué son stage au centre de soins de Baie-Nordique, dans une équipe de quatre personnes.",
        achievement_type: "MicroCredential",
        field_of_study: "Santé communautaire",
        human_code: "SAN-205",
        tags: &["santé", "accueil", "soins à domicile", "langue française"],
        skills: &[
            Skill {
                name: "Accueillir une personne et sa famille",
                code: "SC-11",
                framework: "Répertoire des compétences du Nord",
                description: "Écoute, rassure et note l’essentiel dans le dossier.",
            },
            Skill {
                name: "Respecter la confidentialité",
                code: "SC-14",
                framework: "Répertoire des compétences du Nord",
                description: "Applique les règles de protection des renseignements personnels sur la santé.",
            },
        ],
        assessed: &[Assessed::Letter {
            name: "Mise en situation",
            allowed: &["E", "D", "C", "B", "A"],
            required: "C",
            reached: "A",
        }],
        evidence: Some((
            "Rapport de stage",
            "Bilan de deux semaines de stage, signé par la personne responsable.",
            "/evidence/stage",
        )),
        credits: Some(1.5),
        related: Some("Certificat en santé communautaire"),
        awarded_days_ago: 95,
        ends: Ends::InDays(730),
        picture: Picture::Embedded,
        colour: [122, 62, 104],
    },
    Badge {
        school: School::WapitiLake,
        name: "Working with Spreadsheets",
        description: "Builds, checks and explains spreadsheets that others can rely on.",
        criteria: "Complete four workshops and hand in one workbook that a colleague can maintain.",
        narrative: "",
        achievement_type: "Badge",
        field_of_study: "Business",
        human_code: "BUS-014",
        tags: &["spreadsheets", "data"],
        skills: &[Skill {
            name: "Model data in tables",
            code: "DIG.3.2",
            framework: "Prairie Skills Register",
            description: "Keeps inputs, formulas and results apart and labels them.",
        }],
        assessed: &[],
        evidence: None,
        credits: None,
        related: None,
        awarded_days_ago: 12,
        ends: Ends::Never,
        picture: Picture::BakedOnly,
        colour: [68, 110, 58],
    },
    Badge {
        school: School::BaieNordique,
        name: "Rédaction technique bilingue",
        description: "Rédige et révise des modes d’emploi en français et en anglais.",
        criteria: "Rédiger trois documents, dont un bilingue, et réussir la révision par les pairs.",
        narrative: "",
        achievement_type: "MicroCredential",
        field_of_study: "Communications",
        human_code: "COM-118",
        tags: &["rédaction", "bilinguisme"],
        skills: &[Skill {
            name: "Rédiger en langage clair",
            code: "CO-07",
            framework: "Répertoire des compétences du Nord",
            description: "Choisit les mots et la structure pour la personne qui lit.",
        }],
        assessed: &[Assessed::Percent { name: "Révision par les pairs", required: "60", reached: "84.5" }],
        evidence: None,
        credits: Some(1.0),
        related: None,
        awarded_days_ago: 210,
        ends: Ends::Never,
        picture: Picture::BakedOnly,
        colour: [40, 74, 140],
    },
    Badge {
        school: School::WapitiLake,
        name: "Standard First Aid",
        description: "Gives first aid and CPR at work until help arrives.",
        criteria: "Complete a two-day course and pass the practical examination.",
        narrative: "",
        achievement_type: "Certification",
        field_of_study: "Health and safety",
        human_code: "HSE-001",
        tags: &["first aid", "safety"],
        skills: &[Skill {
            name: "Give first aid",
            code: "HSE.1.1",
            framework: "Prairie Skills Register",
            description: "Assesses a scene and a casualty, calls for help and acts.",
        }],
        assessed: &[],
        evidence: None,
        credits: None,
        related: None,
        awarded_days_ago: 1_130,
        ends: Ends::DaysAgo(34),
        picture: Picture::BakedOnly,
        colour: [168, 72, 40],
    },
];
