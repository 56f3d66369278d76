//! What the learner has set, and what the build brings.

use attesta_net::LoopbackAccess;
use attesta_view::Language;
use url::Url;

use crate::address::check_link;
use crate::command::OpenAddress;
use crate::error::WalletError;
use crate::recognition;
use crate::view::{ChangeSettings, KnownIssuerView, Paper, SettingsView};
use crate::wallet::Wallet;

const LANGUAGE: &str = "language";
const THEME: &str = "theme";
const VERIFIER_URL: &str = "verifier_url";
const PUBLISHER_URL: &str = "publisher_url";
const PAPER: &str = "paper";
const EMAILS: &str = "emails";

/// The employer's page that this build brings: the one its publisher hosts, else in a development build the one that
/// the development server serves.
pub fn default_verifier_url() -> Option<&'static str> {
    const PUBLISHED: Option<&str> = option_env!("ATTESTA_VERIFIER_URL");
    const DEVELOPMENT: &str = "http://127.0.0.1:47812/verify.html";
    PUBLISHED.filter(|url| !url.is_empty()).or(cfg!(debug_assertions).then_some(DEVELOPMENT))
}

impl Wallet {
    /// What is set now.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn settings(&self) -> Result<SettingsView, WalletError> {
        let default = default_verifier_url().map(str::to_owned);
        Ok(SettingsView {
            language: language(self)?,
            theme: self.store().settings().get(THEME)?,
            verifier_url: self.verifier_url()?,
            default_verifier_url: default,
            publisher_url: self.publisher_url()?,
            paper: self.paper()?,
            emails: emails(self)?,
            registries: self.registries()?,
            known_issuers: self.known_issuers()?.into_iter().map(|(id, name)| KnownIssuerView { id, name }).collect(),
            did: self.holder_key()?.did(),
            data_dir: self.folder().display().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            development: cfg!(debug_assertions),
        })
    }

    /// Changes what is named and leaves the rest.
    ///
    /// # Errors
    /// [`WalletError::VerifierUrlNotHttps`] for a page that is not https, [`WalletError::AddressNotAllowed`] for such a
    /// registry; nothing is changed then.
    pub fn change_settings(&self, change: &ChangeSettings) -> Result<SettingsView, WalletError> {
        let verifier_url = change.verifier_url.as_deref().map(|url| self.checked_page(url)).transpose()?;
        let publisher_url = change.publisher_url.as_deref().map(|url| self.checked_publisher(url)).transpose()?;
        let paper = change.paper.map(|paper| match paper {
            Paper::Letter => "letter",
            Paper::A4 => "a4",
        });
        let language = change.language.as_deref().map(|tag| Language::of_tag(tag).map(Language::tag).unwrap_or(""));
        let theme = change.theme.as_deref().map(|theme| if ["light", "dark"].contains(&theme) { theme } else { "" });
        let emails = change.emails.as_ref().map(|emails| tidy(emails));
        let registries =
            change.registries.as_ref().map(|choice| recognition::registries_to_store(self, choice)).transpose()?;
        let known_issuers = change.known_issuers.as_ref().map(|book| recognition::known_issuers_to_store(book));
        self.store().transaction(|within| {
            let settings = within.settings();
            let put = |key: &str, value: Option<&str>| match value {
                None => Ok(()),
                Some("") => settings.remove(key),
                Some(value) => settings.set(key, value),
            };
            put(LANGUAGE, language)?;
            put(THEME, theme)?;
            put(VERIFIER_URL, verifier_url.as_deref())?;
            put(PUBLISHER_URL, publisher_url.as_deref())?;
            put(PAPER, paper)?;
            put(recognition::REGISTRIES, registries.as_deref())?;
            put(recognition::KNOWN_ISSUERS, known_issuers.as_deref())?;
            match &emails {
                None => Ok(()),
                Some(emails) => settings.set(EMAILS, &serde_json::json!(emails).to_string()),
            }
        })?;
        self.settings()
    }

    /// The employer's page that links lead to: the learner's choice, else the build's; none where neither is.
    pub(crate) fn verifier_url(&self) -> Result<Option<String>, WalletError> {
        let chosen = self.store().settings().get(VERIFIER_URL)?;
        Ok(chosen.or_else(|| default_verifier_url().map(str::to_owned)))
    }

    /// The base address of the VerifierPlus that the learner set, without a slash at its end.
    pub(crate) fn publisher_url(&self) -> Result<Option<String>, WalletError> {
        Ok(self.store().settings().get(PUBLISHER_URL)?)
    }

    /// The paper that documents are made for.
    pub(crate) fn paper(&self) -> Result<Paper, WalletError> {
        let chosen = self.store().settings().get(PAPER)?;
        Ok(if chosen.as_deref() == Some("a4") { Paper::A4 } else { Paper::Letter })
    }

    /// An address that may be opened in the learner's own browser.
    ///
    /// # Errors
    /// [`WalletError::AddressNotAllowed`] for anything but https, or http to this machine in a development build.
    pub fn browser_address(&self, request: &OpenAddress) -> Result<String, WalletError> {
        let url = Url::parse(&request.url).map_err(|_| WalletError::AddressNotAllowed)?;
        match check_link(&url, self.page_loopback()) {
            Ok(()) if url.username().is_empty() && url.password().is_none() => Ok(url.to_string()),
            _ => Err(WalletError::AddressNotAllowed),
        }
    }

    fn checked_page(&self, url: &str) -> Result<String, WalletError> {
        let url = url.trim();
        if url.is_empty() {
            return Ok(String::new());
        }
        let mut page = Url::parse(url).map_err(|_| WalletError::VerifierUrlNotHttps)?;
        check_link(&page, self.page_loopback()).map_err(|_| WalletError::VerifierUrlNotHttps)?;
        page.set_fragment(None);
        Ok(page.to_string())
    }

    /// A base address that bundles may be sent to: https, or this machine where loopback is let through.
    fn checked_publisher(&self, url: &str) -> Result<String, WalletError> {
        let url = url.trim();
        if url.is_empty() {
            return Ok(String::new());
        }
        let mut base = Url::parse(url).map_err(|_| WalletError::AddressNotAllowed)?;
        check_link(&base, self.loopback()).map_err(|_| WalletError::AddressNotAllowed)?;
        base.set_fragment(None);
        base.set_query(None);
        Ok(base.as_str().trim_end_matches('/').to_owned())
    }

    /// A page on this machine is opened by the learner's browser, not asked by the wallet; a development build uses one.
    fn page_loopback(&self) -> LoopbackAccess {
        if cfg!(debug_assertions) { LoopbackAccess::Allowed } else { self.loopback() }
    }
}

pub(crate) fn language(wallet: &Wallet) -> Result<Option<Language>, WalletError> {
    Ok(wallet.store().settings().get(LANGUAGE)?.and_then(|tag| Language::of_tag(&tag)))
}

pub(crate) fn emails(wallet: &Wallet) -> Result<Vec<String>, WalletError> {
    let stored = wallet.store().settings().get(EMAILS)?;
    Ok(stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Without blanks and repetitions, in the learner's order and spelling.
fn tidy(emails: &[String]) -> Vec<String> {
    let mut tidy: Vec<String> = Vec::new();
    for email in emails.iter().map(|email| email.trim()).filter(|email| !email.is_empty()) {
        if !tidy.iter().any(|known| known == email) {
            tidy.push(email.to_owned());
        }
    }
    tidy
}
