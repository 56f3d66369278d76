//! What invented badges are about: texts as colleges and training bodies write them, in English and French.

/// One subject of a badge.
pub(crate) struct Topic {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) criteria: &'static str,
    pub(crate) skills: &'static [&'static str],
    pub(crate) french: bool,
}

const fn en(
    name: &'static str,
    description: &'static str,
    criteria: &'static str,
    skills: &'static [&'static str],
) -> Topic {
    Topic { name, description, criteria, skills, french: false }
}

const fn fr(
    name: &'static str,
    description: &'static str,
    criteria: &'static str,
    skills: &'static [&'static str],
) -> Topic {
    Topic { name, description, criteria, skills, french: true }
}

pub(crate) const TOPICS: [Topic; 16] = [
    en(
        "Food Safety in Commercial Kitchens",
        "Holders can keep a commercial kitchen to the provincial code: they control temperatures from delivery to plate, separate raw from cooked, and record what they checked.",
        "Pass the supervised inspection of a working kitchen and a forty-question test with at least 80 %.",
        &["Temperature control", "Allergen handling", "Sanitation records"],
    ),
    fr(
        "Mécanique de bicyclette, niveau 2",
        "La personne règle dérailleurs et freins, dévoile une roue et remplace un boîtier de pédalier selon les tolérances du fabricant.",
        "Remettre en état trois bicyclettes devant un mécanicien certifié et expliquer chaque geste.",
        &["Réglage des freins", "Rayonnage"],
    ),
    en(
        "Introduction to Geospatial Data",
        "Participants load, project and join layers, find errors in attribute tables, and publish a web map that loads on a slow connection.",
        "Submit a map of one watershed with its metadata; two peers must be able to rebuild it.",
        &["GIS", "Cartography", "Data cleaning"],
    ),
    en(
        "Wilderness First Aid Responder",
        "Sixteen hours outdoors: assess a patient, splint with what is at hand, decide between staying and moving, and hand over to paramedics by radio.",
        "Lead one of four simulated rescues without a critical error.",
        &["Patient assessment", "Splinting", "Radio protocol", "Evacuation planning"],
    ),
    fr(
        "Accueil en milieu hospitalier",
        "Reconnaît l'accueil d'usagers en détresse : écouter, orienter, protéger les renseignements personnels et travailler avec une interprète.",
        "Réussir deux mises en situation filmées et remettre un journal de bord de six quarts de travail.",
        &["Écoute active", "Confidentialité", "Travail avec interprètes"],
    ),
    en(
        "Python for Laboratory Work",
        "The learner reads instrument files, plots them with error bars, automates a repeated measurement and keeps the code under version control.",
        "Automate one measurement of the learner's own laboratory and defend the uncertainty that it reports.",
        &["Python", "Statistics", "Version control"],
    ),
    en(
        "Heat Pump Installation",
        "Covers load calculation, refrigerant circuits, electrical connection and commissioning of air-to-water heat pumps up to 16 kW in existing houses.",
        "Commission one unit on the test bench and hand over complete papers to the owner.",
        &["Load calculation", "Refrigerant handling"],
    ),
    fr(
        "Rédaction épicène et langage clair",
        "Rédiger des textes administratifs que toutes et tous comprennent à la première lecture, sans alourdir ni exclure.",
        "Réécrire un formulaire réel ; cinq lectrices ou lecteurs doivent y trouver les réponses en moins de trois minutes.",
        &["Langage clair", "Rédaction épicène", "Révision"],
    ),
    en(
        "Facilitating Indigenous-led Workshops",
        "Prepared with elders of three nations, this micro-credential recognises people who host workshops in a good way: protocol, consent, pace and follow-up.",
        "Co-host a workshop with a knowledge keeper, who signs off on it.",
        &["Protocol", "Facilitation"],
    ),
    en(
        "Cybersecurity Essentials for Small Business",
        "Inventory of devices, backups that restore, phishing drills, least privilege and what to do in the first hour of an incident.",
        "Write and rehearse an incident plan for a business of fewer than twenty people.",
        &["Backup and recovery", "Phishing awareness", "Incident response", "Access control"],
    ),
    fr(
        "Sécurité sur les chantiers de construction",
        "Cette attestation confirme la connaissance des risques de chute, d'ensevelissement et d'électrisation, ainsi que le droit de refus.",
        "Obtenir 75 % à l'examen et repérer douze dangers lors d'une visite de chantier.",
        &["Prévention des chutes", "Cadenassage"],
    ),
    en(
        "Plant-based Baking",
        "From aquafaba to laminated doughs without butter: formulas, costs per portion, labelling of allergens and shelf life.",
        "Bake a set of six products and price them for a farmers' market.",
        &["Formulation", "Costing"],
    ),
    en(
        "Data Storytelling",
        "Turns a spreadsheet into an argument: one question, one chart that answers it, honest axes, and words that a minister could read aloud.",
        "Present in five minutes to people who have not seen the data; they must be able to say what follows from it.",
        &["Visualisation", "Public speaking", "Critical reading"],
    ),
    en(
        "Watershed Stewardship",
        "Monitors benthic invertebrates, restores a bank with live stakes, and speaks with landowners upstream about what leaves their fields.",
        "Twenty hours in the field over two seasons, and a report that the conservation authority accepts.",
        &["Water sampling", "Restoration", "Outreach"],
    ),
    fr(
        "Gestion de projet agile",
        "Planifier par itérations, mesurer la vélocité sans la confondre avec la valeur, animer une rétrospective et dire non avec respect.",
        "Mener deux itérations complètes dans une équipe réelle et en rendre compte à la cliente.",
        &["Scrum", "Animation de réunions", "Priorisation"],
    ),
    en(
        "Elder Care: Moving and Handling",
        "Safe transfers between bed, chair and shower with belts, boards and lifts; protecting dignity and one's own back.",
        "Demonstrate seven transfers to an occupational therapist.",
        &["Transfers", "Use of lifts", "Dignity in care"],
    ),
];
