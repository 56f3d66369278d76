//! The command line's grammar.

pub(crate) mod bundle;
pub(crate) mod settings;
pub(crate) mod share;

use std::path::PathBuf;

use attesta_view::Language;
use clap::{Args, Parser, Subcommand, ValueEnum};

use bundle::BundleCommand;
use settings::Settings;
use share::{Open, Share};

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
