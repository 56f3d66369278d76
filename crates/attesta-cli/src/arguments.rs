//! The command line's grammar.

use std::path::PathBuf;

use attesta_view::Language;
use attesta_wallet::view::Paper;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// The wallet for micro-credentials in a terminal.
#[derive(Debug, Parser)]
#[command(name = "attesta", version, about, propagate_version = true, subcommand_required = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What can stand anywhere.
#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// The wallet's folder, instead of the system's own place for it
    #[arg(long, value_name = "DIR", env = "ATTESTA_DATA_DIR", global = true)]
    pub(crate) data_dir: Option<PathBuf>,
    /// Print exactly one JSON object
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Contact nobody; recent copies serve where there are any
    #[arg(long, global = true)]
    pub(crate) offline: bool,
    /// The language of the words; the system's without it
    #[arg(long, value_name = "en|fr", global = true)]
    pub(crate) lang: Option<Lang>,
    /// Let http and this machine's own addresses through, for local issuers and tests
    #[arg(long, global = true)]
    pub(crate) allow_loopback: bool,
    /// Go ahead without asking
    #[arg(long, short = 'y', global = true)]
    pub(crate) yes: bool,
    /// The code that an issuer sent beside its offer, for issuers that want one
    #[arg(long, value_name = "CODE", global = true)]
    pub(crate) tx_code: Option<String>,
}

/// The languages, as they are written on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English
    En,
    /// Français
    Fr,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::En => Language::En,
            Lang::Fr => Language::Fr,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check credentials without keeping anything
    Verify(Sources),
    /// Say what a text, link or file holds and who would be contacted; contact nobody
    Inspect(Sources),
    /// Fetch, check and keep credentials: from links, files, folders, mails and archives
    Import(Sources),
    /// Keep a page beside a credential, as a link that nothing fetches
    Attach {
        /// The record's identifier, or its first characters
        id: String,
        /// The page
        #[arg(value_name = "URL")]
        url: String,
    },
    /// Remove a page from beside a credential
    Detach {
        /// The record's identifier, or its first characters
        id: String,
        /// The page
        #[arg(value_name = "URL")]
        url: String,
    },
    /// Save the wallet as a file for another wallet. The file holds the wallet's private key in plain form: whoever has
    /// it can sign in your name
    Export {
        /// For which wallet
        #[arg(long = "as", value_name = "FORM")]
        form: ExportForm,
        /// Where to write
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// List what is in the wallet
    List {
        /// Only those with all these words, or words that begin with them
        #[arg(long, value_name = "WORDS")]
        search: Option<String>,
    },
    /// Show one credential with its last report
    Show {
        /// The record's identifier, or its first characters
        id: String,
    },
    /// Remove one credential with its reports
    Remove {
        /// The record's identifier, or its first characters
        id: String,
    },
    /// Ask about credentials again
    Refresh {
        /// The records; all without them
        ids: Vec<String>,
    },
    /// Put credentials together
    #[command(subcommand)]
    Bundle(BundleCommand),
    /// Sign a bundle and share it
    Share(Share),
    /// Open what somebody shares, and check it
    Open(Open),
    /// List what was shared, and what has become of it since
    Shares,
    /// Ask the host of a published copy to forget it
    Withdraw {
        /// The share's identifier, or its first characters
        #[arg(value_name = "SHARE")]
        id: String,
    },
    /// Write a calendar file with the last day of a credential, of a bundle's credentials or of a share
    Calendar {
        /// The identifier of a credential, bundle or share, or its first characters
        id: String,
        /// Where to write: a file or a folder
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Write a badge's own picture with its credential in it
    Bake {
        /// The record's identifier, or its first characters
        id: String,
        /// Where to write: a file that ends in .png or .svg
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Print the address that puts a credential on your LinkedIn profile; nothing is sent
    Profile {
        /// The record's identifier, or its first characters
        id: String,
    },
    /// Show or change the settings
    Settings(Settings),
}

/// The forms in which a wallet can be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportForm {
    /// A backup that the Learner Credential Wallet restores
    Lcw,
}

#[derive(Debug, Args)]
pub(crate) struct Sources {
    /// A file, a folder, a link, or - for the standard input
    #[arg(value_name = "SOURCE", required = true)]
    pub(crate) sources: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BundleCommand {
    /// Make a bundle
    Create {
        /// Its title
        #[arg(long)]
        title: String,
        #[command(flatten)]
        content: BundleContent,
    },
    /// List the bundles
    List,
    /// Show a bundle
    Show {
        /// The bundle's identifier, or its first characters
        id: String,
    },
    /// Change a bundle; what is not named stays
    Edit {
        /// The bundle's identifier, or its first characters
        id: String,
        /// A new title
        #[arg(long)]
        title: Option<String>,
        #[command(flatten)]
        content: BundleContent,
    },
    /// Make a bundle like another
    Duplicate {
        /// The bundle's identifier, or its first characters
        id: String,
    },
    /// List what a bundle was each time it was saved
    Versions {
        /// The bundle's identifier, or its first characters
        id: String,
    },
    /// Make an earlier version of a bundle the newest again
    Restore {
        /// The bundle's identifier, or its first characters
        id: String,
        /// The version
        // Under its own name it would be taken for the `--version` that stands everywhere.
        #[arg(id = "earlier", value_name = "VERSION")]
        version: u32,
    },
    /// Find the credentials that fit a text, a job posting say; it is looked at on this machine and not kept
    Suggest {
        /// The text's file, or - for the standard input
        #[arg(value_name = "FILE", default_value = "-")]
        source: String,
    },
    /// Say what to mind before a bundle is shared; contact nobody
    Review {
        /// The bundle's identifier, or its first characters
        id: String,
    },
    /// Delete a bundle; its credentials stay
    Delete {
        /// The bundle's identifier, or its first characters
        id: String,
    },
}

/// What a bundle says and holds beside its title.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct BundleContent {
    /// A note to the reader; an empty one removes it
    #[arg(long)]
    pub(crate) note: Option<String>,
    /// Whom it is for, as the reader will see it; an empty one removes it
    #[arg(long, value_name = "WHOM")]
    pub(crate) audience: Option<String>,
    /// A note on one credential; an empty one removes it
    #[arg(long, value_name = "ID=TEXT")]
    pub(crate) note_on: Vec<OnCredential>,
    /// Leave this out of a credential, where its issuer allows that: a JSON pointer. An empty one shows it whole again
    #[arg(long, value_name = "ID=POINTER")]
    pub(crate) withhold: Vec<OnCredential>,
    /// Fold a part away for the reader: picture, description, criteria, skills, results, evidence or endorsements. All
    /// that are to be folded away are named together; an empty one folds none away
    #[arg(long, value_name = "PART")]
    pub(crate) hide: Vec<String>,
    /// The records, in the order in which they will be read
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<String>,
}

/// Something about one credential: `ID=VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OnCredential {
    /// The record's identifier, or its first characters.
    pub(crate) id: String,
    /// The value.
    pub(crate) value: String,
}

/// There is no equals sign in what should be `ID=VALUE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected ID=VALUE")]
pub(crate) struct NoEqualsSign;

impl std::str::FromStr for OnCredential {
    type Err = NoEqualsSign;

    fn from_str(text: &str) -> Result<Self, NoEqualsSign> {
        let (id, value) = text.split_once('=').ok_or(NoEqualsSign)?;
        Ok(OnCredential { id: id.to_owned(), value: value.to_owned() })
    }
}

#[derive(Debug, Args)]
pub(crate) struct Share {
    /// The bundle's identifier, or its first characters
    #[arg(value_name = "BUNDLE")]
    pub(crate) bundle: String,
    /// In which form
    #[arg(long = "as", value_name = "FORM")]
    pub(crate) form: Form,
    /// Where to write: a file, or for codes also a folder
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Until when it counts: a date such as 2027-01-31, or a time
    #[arg(long, value_name = "DATE")]
    pub(crate) expires: Option<String>,
    /// To whom you give it, for your own list; it is no part of what is given
    #[arg(long = "to", value_name = "WHOM")]
    pub(crate) recipient: Option<String>,
    /// Seal it with the passphrase on the first line of this file, or - for the standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// The paper of a document; the one that is set without it
    #[arg(long, value_name = "a4|letter")]
    pub(crate) paper: Option<PaperChoice>,
    /// The language of what is made; that of the words without it
    #[arg(long, value_name = "en|fr")]
    pub(crate) language: Option<Lang>,
}

#[derive(Debug, Args)]
pub(crate) struct Open {
    /// A share link, a file, - for the standard input, or the pictures of codes that are shown in turn
    #[arg(value_name = "LINK|FILE", required = true)]
    pub(crate) sources: Vec<String>,
    /// What opens it, on the first line of this file, or - for the standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// The papers that documents are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PaperChoice {
    /// 210 by 297 millimetres
    A4,
    /// 8.5 by 11 inches
    Letter,
}

impl From<PaperChoice> for Paper {
    fn from(choice: PaperChoice) -> Paper {
        match choice {
            PaperChoice::A4 => Paper::A4,
            PaperChoice::Letter => Paper::Letter,
        }
    }
}

/// The forms of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// A link that carries everything
    Link,
    /// A QR code of such a link
    Qr,
    /// QR codes that are shown in turn
    Sequence,
    /// A link to a copy at the VerifierPlus that is set
    Hosted,
    /// A file for the browser that shows the bundle and checks itself
    Html,
    /// A document with the credentials inside
    Pdf,
    /// The signed presentation as a file
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct Settings {
    /// The address of the employer's page; an empty one means the program's own
    #[arg(long, value_name = "URL")]
    pub(crate) verifier_url: Option<String>,
    /// The base address of the VerifierPlus that copies are published at; an empty one means none
    #[arg(long, value_name = "URL")]
    pub(crate) publisher_url: Option<String>,
    /// The paper that documents are made for
    #[arg(long, value_name = "a4|letter")]
    pub(crate) paper: Option<PaperChoice>,
    /// Add one of your own e-mail addresses; it is compared here and never sent
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) add_email: Vec<String>,
    /// Remove one of your e-mail addresses
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) remove_email: Vec<String>,
    /// Ask this registry about issuers: the address of a list of registries, of a list of issuers (issuers=URL) or of an
    /// OpenID Federation trust anchor (federation=URL). It learns whose credentials you hold
    #[arg(long, value_name = "URL")]
    pub(crate) add_registry: Vec<String>,
    /// Don't ask this registry any more
    #[arg(long, value_name = "URL")]
    pub(crate) remove_registry: Vec<String>,
    /// Note an issuer in your address book: its identifier and the name you know it by
    #[arg(long, value_name = "ID=NAME")]
    pub(crate) know_issuer: Vec<String>,
    /// Remove an issuer from your address book
    #[arg(long, value_name = "ID")]
    pub(crate) forget_issuer: Vec<String>,
    /// The language of the window and the command line
    #[arg(long, value_name = "en|fr|system")]
    pub(crate) language: Option<LanguageChoice>,
    /// How the window looks
    #[arg(long, value_name = "light|dark|system")]
    pub(crate) theme: Option<ThemeChoice>,
}

/// The languages that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LanguageChoice {
    /// English
    En,
    /// Français
    Fr,
    /// As the system is set
    System,
}

/// The looks that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ThemeChoice {
    /// Light
    Light,
    /// Dark
    Dark,
    /// As the system is set
    System,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn what_is_global_may_stand_anywhere() {
        #[track_caller]
        fn check(line: &str) {
            let arguments = Arguments::try_parse_from(line.split(' ')).unwrap();
            assert!(arguments.global.json && arguments.global.offline, "{line}");
            assert_eq!(arguments.global.lang, Some(Lang::Fr));
        }
        check("attesta --json --offline --lang fr list");
        check("attesta list --json --offline --lang fr");
        check("attesta --json bundle --offline list --lang fr");
        check("attesta bundle create --title T a b --json --offline --lang fr");
    }

    #[test]
    fn a_line_that_says_nothing_is_refused() {
        for line in [
            "attesta",
            "attesta verify",
            "attesta share x",
            "attesta share x --as fax",
            "attesta list --lang de",
            "attesta bundle create --title T --note-on abcd abcd",
            "attesta bundle restore abcd first",
        ] {
            let error = Arguments::try_parse_from(line.split(' ')).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{line}");
        }
    }
}
