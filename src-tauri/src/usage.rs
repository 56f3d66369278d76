//! What the program says in the terminal it was started from.

use std::error::Error;

use attesta_view::Language;

use crate::invocation::UsageError;

const ENGLISH: &str = "\
attesta-desktop [LINK | FILE | FOLDER]...

Opens the wallet's window. Links, files and folders are shown in it, and nothing is done with them before you say so.
If the window is open already, it takes them.

  --register-links    open the links of wallets in this program from now on
  --unregister-links  no longer
  --version           say which version this is
  --help              say this

ATTESTA_DATA_DIR names the wallet's folder where it is not the usual one.";

const FRENCH: &str = "\
attesta-desktop [LIEN | FICHIER | DOSSIER]...

Ouvre la fenêtre du portefeuille. Les liens, les fichiers et les dossiers y sont montrés, et rien n’est fait avant
que vous l’ayez demandé. Si la fenêtre est déjà ouverte, c’est elle qui les reçoit.

  --register-links    ouvrir désormais les liens de portefeuilles dans ce programme
  --unregister-links  ne plus le faire
  --version           dire de quelle version il s’agit
  --help              dire ceci

ATTESTA_DATA_DIR nomme le dossier du portefeuille lorsque ce n’est pas l’emplacement habituel.";

/// How to use it.
pub(crate) fn help(language: Language) -> &'static str {
    match language {
        Language::En => ENGLISH,
        Language::Fr => FRENCH,
    }
}

/// Why a start is refused.
pub(crate) fn refusal(error: &UsageError, language: Language) -> String {
    let said = match (error, language) {
        (UsageError::UnknownOption(option), Language::En) => format!("There is no option {option}."),
        (UsageError::UnknownOption(option), Language::Fr) => format!("L’option {option} n’existe pas."),
        (UsageError::TooMany, Language::En) => {
            "These are more links and files than can be taken at once. Put the files into a folder and open the folder."
                .to_owned()
        }
        (UsageError::TooMany, Language::Fr) => "Il y a trop de liens et de fichiers pour une seule fois. Placez les \
             fichiers dans un dossier et ouvrez le dossier."
            .to_owned(),
        (UsageError::TooLong, Language::En) => {
            "A link is too long to be passed so. Copy it and paste it into the window.".to_owned()
        }
        (UsageError::TooLong, Language::Fr) => {
            "Un lien est trop long pour être transmis ainsi. Copiez-le et collez-le dans la fenêtre.".to_owned()
        }
    };
    format!("{said}\n\n{}", help(language))
}

/// Why the program could not do what it was started for.
pub(crate) fn failure(error: &dyn Error, language: Language) -> String {
    match language {
        Language::En => format!("Attesta could not do this: {error}"),
        Language::Fr => format!("Attesta n’a pas pu le faire : {error}"),
    }
}
