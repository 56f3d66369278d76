//! Words that only the command line says. Sentences that depend on a code stand in the message files.

use attesta_view::Language;

macro_rules! labels {
    ($($(#[$doc:meta])* $label:ident = $english:literal, $french:literal;)*) => {
        /// A label, or the beginning of a line.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Label {
            $($(#[$doc])* $label,)*
        }

        impl Label {
            #[cfg(test)]
            const ALL: &'static [Label] = &[$(Label::$label),*];

            /// In English and in French.
            fn words(self) -> (&'static str, &'static str) {
                match self { $(Label::$label => ($english, $french),)* }
            }
        }
    };
}

/// The label in a language.
pub(crate) fn label(language: Language, label: Label) -> &'static str {
    let (english, french) = label.words();
    match language {
        Language::En => english,
        Language::Fr => french,
    }
}

/// What a label is about: with a colon as the language writes it.
pub(crate) fn labelled(language: Language, name: Label, text: &str) -> String {
    let colon = match language {
        Language::En => ":",
        Language::Fr => "\u{a0}:",
    };
    format!("{}{colon} {text}", label(language, name))
}

labels! {
    /// Before the issuer's name.
    From = "From", "De";
    /// Before the time of a check.
    Checked = "Checked", "Vérifié le";
    /// Before the hosts that were asked.
    Asked = "Asked:", "Interrogé\u{a0}:";
    /// Nobody was asked.
    NobodyAsked = "Nobody was asked.", "Personne n’a été interrogé.";
    /// Nothing is in the list.
    NothingHere = "Nothing here yet.", "Rien ici pour l’instant.";
    /// The record is gone.
    Removed = "Removed.", "Retiré.";
    /// The bundle is gone.
    Deleted = "Deleted. Its credentials stay.", "Supprimé. Les attestations restent.";
    /// Before whom a bundle is for.
    ForWhom = "For", "Pour";
    /// Before the number of a bundle's version.
    SavedAs = "Saved as version", "Enregistré comme version";
    /// Before the parts of credentials that are folded away.
    FoldedAway = "Folded away:", "Replié\u{a0}:";
    /// Before what is left out of a credential.
    NotShown = "Not shown:", "Non montré\u{a0}:";
    /// Before how many credentials of a restored version are gone.
    NoLongerThere = "No longer in the wallet and left out:", "Absentes du portefeuille et donc omises\u{a0}:";
    /// Before how often a version was shared.
    TimesShared = "Shares:", "Partages\u{a0}:";
    /// Before how many credentials a version holds.
    HowMany = "Credentials:", "Attestations\u{a0}:";
    /// No credential fits a posting.
    NothingFits = "Nothing in the wallet fits this text.", "Rien dans le portefeuille ne correspond à ce texte.";
    /// Before what of a credential fits a posting.
    Fits = "It asks for:", "On y demande\u{a0}:";
    /// There is nothing to say before sharing.
    NothingToMind = "There is nothing to mind before sharing.", "Il n’y a rien à surveiller avant le partage.";
    /// The question before hosts are contacted.
    Contact = "This will contact:", "Ceci contactera\u{a0}:";
    /// The answers to a question.
    YesNo = "Go ahead? [y/N]", "Continuer? [o/N]";
    /// Before a host that is asked.
    Asking = "Asking", "On interroge";
    /// Before a host to which the wallet's key is proven.
    Proving = "Proving your wallet’s key to", "On prouve la clé de votre portefeuille à";
    /// Before a host that wants time.
    Waiting = "Waiting for", "On attend";
    /// Before a host that is asked to check a credential.
    Checking = "Checking with", "On vérifie auprès de";
    /// Imports: new.
    Imported = "Imported", "Importé";
    /// Imports: known already.
    Duplicate = "Already in the wallet", "Déjà dans le portefeuille";
    /// Imports: a newer version.
    Updated = "Updated", "Mis à jour";
    /// Imports: failed.
    Failed = "Not imported", "Non importé";
    /// Refresh: as before.
    Unchanged = "unchanged", "inchangé";
    /// Refresh: the issuer had a newer version.
    Newer = "the issuer’s newer version has taken its place", "la version plus récente de l’émetteur l’a remplacée";
    /// Refresh: the verdict before.
    Before = "before:", "avant\u{a0}:";
    /// Before the record's identifier.
    Identifier = "Identifier", "Identifiant";
    /// Before the holder's DID.
    Holder = "Presented by", "Présenté par";
    /// Before the end of a share.
    Until = "Counts until", "Compte jusqu’au";
    /// Before files.
    Written = "Written to", "Écrit dans";
    /// The file holds the key.
    HoldsKey =
        "This file holds your private key in plain form: keep it somewhere safe.",
        "Ce fichier contient votre clé privée en clair\u{a0}: gardez-le en lieu sûr.";
    /// The link is long.
    LongLink =
        "Some mail programs cut links this long; a file or QR code is safer.",
        "Certaines messageries coupent des liens aussi longs; un fichier ou un code QR est plus sûr.";
    /// The code is dense.
    Dense =
        "This code is dense; phones may not read it off a screen.",
        "Ce code est dense; un téléphone pourrait ne pas le lire à l’écran.";
    /// The link opens only in the wallet.
    NeedsAttesta =
        "No employer’s page is set, so this link opens only in Attesta.",
        "Aucune page pour employeurs n’est définie\u{a0}: ce lien ne s’ouvre que dans Attesta.";
    /// Before the person or place that a share was given to.
    GivenTo = "Given to", "Donné à";
    /// A share that a host can be asked to forget.
    Stoppable =
        "Can be stopped with “attesta withdraw”.",
        "Peut être arrêté avec «\u{a0}attesta withdraw\u{a0}».";
    /// A share that nobody can take back.
    NotStoppable =
        "Can’t be stopped: it is whole in itself.",
        "Ne peut pas être arrêté\u{a0}: il se suffit à lui-même.";
    /// Before the day on which a share was stopped.
    Stopped = "Stopped on", "Arrêté le";
    /// Before a shared credential of which something has become since.
    SinceThen = "Since then, about", "Depuis, au sujet de";
    /// A shared credential that was removed.
    NoLongerHere =
        "It is no longer in your wallet, so nothing new is known of it.",
        "Elle n’est plus dans votre portefeuille\u{a0}: on n’en sait rien de nouveau.";
    /// The credential alone.
    Bare =
        "Only the credential fits this code: without title, note or your signature.",
        "Seule l’attestation tient dans ce code\u{a0}: sans titre, ni note, ni votre signature.";
    /// A sealed share.
    Sealed =
        "It opens only with the passphrase, which is not kept here: send it another way.",
        "Il ne s’ouvre qu’avec la phrase de passe, qui n’est pas gardée ici\u{a0}: envoyez-la par une autre voie.";
    /// What a host keeps of a published copy.
    HostKeeps =
        "The host keeps a readable copy, shows it to whoever has the link, and may keep it after it is withdrawn; whoever has the link can withdraw it too.",
        "L’hôte garde une copie lisible, la montre à quiconque a le lien et peut la garder après le retrait; quiconque a le lien peut aussi la retirer.";
    /// What a visitor of the profile sees.
    ProfileShows =
        "Visitors of your profile are led to a share of it that they can check.",
        "Les visiteurs de votre profil sont menés à un partage qu’ils peuvent vérifier.";
    /// Nothing that a visitor of the profile could see.
    ProfileShowsNothing =
        "No share of it opens in a browser, so your profile will show no link. Publish it first to have one.",
        "Aucun partage ne s’ouvre dans un navigateur\u{a0}: votre profil n’affichera aucun lien. Publiez-la d’abord pour en avoir un.";
    /// How a passphrase is given.
    GivePassphrase =
        "Give the passphrase with --passphrase-file: a file’s name, or - for the standard input.",
        "Donnez la phrase de passe avec --passphrase-file\u{a0}: un nom de fichier, ou - pour l’entrée standard.";
    /// Whom a share is meant for.
    MeantFor = "Meant for", "Destiné à";
    /// The learner's note on a credential.
    LearnersNote = "Note", "Mot";
    /// The host setting.
    Publisher = "Copies go to", "Copies chez";
    /// The paper setting.
    Paper = "Paper", "Papier";
    /// `--out` does not fit.
    OutForSequence =
        "For codes shown in turn --out names a folder.",
        "Pour des codes montrés tour à tour, --out désigne un dossier.";
    /// `--out` does not fit.
    OutForBadge =
        "For a badge --out names a file that ends in .png or .svg.",
        "Pour un badge, --out désigne un fichier en .png ou .svg.";
    /// Both from the standard input.
    InputTwice =
        "The standard input can’t be both what is opened and the passphrase.",
        "L’entrée standard ne peut pas être à la fois ce qu’on ouvre et la phrase de passe.";
    /// Nothing was recognised.
    NothingRecognised = "No link and no credential in it.", "Aucun lien ni aucune attestation là-dedans.";
    /// A link that leads to an address or page.
    Web = "Link to fetch", "Lien à interroger";
    /// A credential request.
    Request = "Link that claims a credential", "Lien qui réclame une attestation";
    /// An interaction or a message that names its protocols.
    Interaction = "Link that begins a conversation with an issuer", "Lien qui ouvre un échange avec un émetteur";
    /// An OpenID credential offer.
    CredentialOffer = "Credential offer (OpenID)", "Offre d’attestation (OpenID)";
    /// A platform's page with a badge.
    SharePage = "Page with a badge", "Page avec un badge";
    /// A page with a document and without data.
    DocumentPage = "Page with a document, without data", "Page avec un document, sans données";
    /// A share link.
    ShareLink = "Shared bundle", "Ensemble partagé";
    /// A request to show credentials.
    AsksForCredentials = "Link that asks for credentials", "Lien qui demande des attestations";
    /// A link that is not asked.
    Refused = "Link that is not asked", "Lien qui n’est pas interrogé";
    /// A credential.
    Credential = "Credential", "Attestation";
    /// Something without a credential.
    Other = "No credential", "Sans attestation";
    /// A form that is not read.
    Unsupported = "Can’t be looked into", "Illisible";
    /// An older version.
    Declined =
        "Not kept, since a newer version is in the wallet",
        "Non gardé, puisqu’une version plus récente est dans le portefeuille";
    /// In front of what is typed unseen.
    Passphrase = "Passphrase:", "Phrase de passe :";
    /// Before the host that wants a code.
    CodeWanted = "Code wanted by", "Code demandé par";
    /// Before the host that did not accept a code.
    CodeRefused = "That code was not accepted by", "Ce code n’a pas été accepté par";
    /// Before an issuer's own words.
    IssuerSays = "The issuer says", "L’émetteur dit";
    /// Before a page that an issuer wants opened.
    OpenNext = "The issuer asks you to open", "L’émetteur vous demande d’ouvrir";
    /// Before an address that is not the learner's yet.
    UnknownAddress =
        "If this address is yours, add it with “attesta settings --add-email”",
        "Si cette adresse est la vôtre, ajoutez-la avec «\u{a0}attesta settings --add-email\u{a0}»";
    /// Before the sender of a mail.
    MailFrom = "Mail from", "Courriel de";
    /// Before a mail's subject.
    Subject = "Subject", "Objet";
    /// Before pages that are kept beside a credential.
    KeptLink = "Page kept", "Page gardée";
    /// A page is kept.
    Attached = "Kept beside the credential.", "Gardée à côté de l’attestation.";
    /// A page is no longer kept.
    Detached = "No longer kept beside the credential.", "N’est plus gardée à côté de l’attestation.";
    /// Before hosts that would be contacted.
    WouldContact = "would contact", "contacterait";
    /// Skills.
    Skills = "Skills", "Compétences";
    /// The earner.
    Earner = "Earned by", "Obtenu par";
    /// The date of award.
    Awarded = "Awarded", "Décerné le";
    /// The language setting.
    Language = "Language", "Langue";
    /// The page setting.
    Page = "Employer’s page", "Page employeur";
    /// The learner's addresses.
    Emails = "Your addresses", "Vos adresses";
    /// The registries that are asked.
    Registries = "Registries", "Registres";
    /// The learner's address book.
    KnownIssuers = "Issuers you know", "Émetteurs connus";
    /// The folder.
    Folder = "Folder", "Dossier";
    /// Nothing is set.
    NotSet = "not set", "non défini";
    /// `--out` does not fit.
    OutForQr =
        "For a QR code --out names a folder, or a file that ends in .png or .svg.",
        "Pour un code QR, --out désigne un dossier, ou un fichier en .png ou .svg.";
    /// No folder.
    NoDataDir =
        "This system names no home folder: give one with --data-dir.",
        "Ce système n’indique aucun dossier personnel\u{a0}: donnez-en un avec --data-dir.";
    /// An inner credential.
    Inside = "Inside it", "À l’intérieur";
    /// What the inner verdicts mean for the outer one.
    InsideApart =
        "What is inside it has verdicts of its own, which do not change the one above:",
        "Ce qu’elle contient a ses propres verdicts, qui ne changent pas celui d’en haut\u{a0}:";
    /// An endorsement of what was achieved.
    EndorsesAchievement = "Endorsement of what was achieved", "Appui sur ce qui a été accompli";
    /// An endorsement of the credential.
    EndorsesCredential = "Endorsement of this credential", "Appui sur cette attestation";
    /// An endorsement of the issuer.
    EndorsesIssuer = "Endorsement of the issuer", "Appui sur l’émetteur";
    /// An endorsement of the learner.
    EndorsesSubject = "Endorsement of the learner", "Appui sur la personne";
    /// An endorsement of something else than what it stands beside.
    EndorsesSomethingElse = "Endorsement of something else", "Appui sur autre chose";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_is_said_in_both_languages() {
        for name in Label::ALL {
            let (english, french) = (label(Language::En, *name), label(Language::Fr, *name));
            assert!(!english.is_empty() && !french.is_empty());
            assert_ne!(english, french, "{name:?}");
        }
    }
}
