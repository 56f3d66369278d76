//! What `settings` takes.

use clap::{Args, ValueEnum};

use super::share::PaperChoice;

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
