//! What `bundle` takes.

use clap::{Args, Subcommand};

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
