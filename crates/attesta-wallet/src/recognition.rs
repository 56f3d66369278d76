//! Whom the learner knows, and which registries the learner wants asked about the others.
//!
//! No registry is asked unless the learner chose it: to ask one tells it whose credentials the learner holds.

use std::collections::BTreeMap;

use attesta_verify::{Recognition, Registry, RegistryKind};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::address::check_link;
use crate::error::WalletError;
use crate::view::{KnownIssuerView, RegistryView};
use crate::wallet::Wallet;

pub(crate) const REGISTRIES: &str = "registries";
pub(crate) const KNOWN_ISSUERS: &str = "known_issuers";

/// The most registries that may be chosen; each is asked about each issuer.
const MOST_REGISTRIES: usize = 16;

/// The registries that are offered by name; the learner may add others.
const OFFERED: [(&str, RegistryKind, &str); 1] = [(
    "Digital Credentials Consortium: known registries",
    RegistryKind::Registries,
    "https://digitalcredentials.github.io/dcc-known-registries/known-did-registries.json",
)];

/// A chosen registry, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Chosen {
    name: String,
    kind: String,
    url: String,
}

/// What is stored under [`REGISTRIES`] for a choice of the learner: each is of a known kind and https, and is asked once.
pub(crate) fn registries_to_store(wallet: &Wallet, choice: &[RegistryView]) -> Result<String, WalletError> {
    let mut chosen: Vec<Chosen> = Vec::new();
    for registry in choice.iter().filter(|registry| registry.chosen) {
        let url = Url::parse(registry.url.trim()).map_err(|_| WalletError::AddressNotAllowed)?;
        check_link(&url, wallet.loopback()).map_err(|_| WalletError::AddressNotAllowed)?;
        let kind = RegistryKind::of(&registry.kind).ok_or(WalletError::AddressNotAllowed)?;
        let url = url.to_string();
        if chosen.iter().any(|known| known.url == url) || chosen.len() == MOST_REGISTRIES {
            continue;
        }
        let named = registry.name.trim();
        let name = if named.is_empty() { url.clone() } else { named.to_owned() };
        chosen.push(Chosen { name, kind: kind.as_str().to_owned(), url });
    }
    Ok(serde_json::json!(chosen).to_string())
}

/// What is stored under [`KNOWN_ISSUERS`] for the learner's address book.
pub(crate) fn known_issuers_to_store(issuers: &[KnownIssuerView]) -> String {
    let entry = |issuer: &KnownIssuerView| (issuer.id.trim().to_owned(), issuer.name.trim().to_owned());
    let book: BTreeMap<String, String> =
        issuers.iter().map(entry).filter(|(id, name)| !id.is_empty() && !name.is_empty()).collect();
    serde_json::json!(book).to_string()
}

impl Wallet {
    /// The registries chosen, then those that are offered and not chosen.
    pub(crate) fn registries(&self) -> Result<Vec<RegistryView>, WalletError> {
        let offered = |url: &str| OFFERED.iter().any(|(_, _, known)| *known == url);
        let mut views: Vec<RegistryView> = chosen(self)?
            .into_iter()
            .map(|one| RegistryView {
                offered: offered(&one.url),
                name: one.name,
                kind: one.kind,
                url: one.url,
                chosen: true,
            })
            .collect();
        for (name, kind, url) in OFFERED {
            if !views.iter().any(|view| view.url == url) {
                let (name, kind, url) = (name.to_owned(), kind.as_str().to_owned(), url.to_owned());
                views.push(RegistryView { name, kind, url, chosen: false, offered: true });
            }
        }
        Ok(views)
    }

    /// The learner's address book of issuers, by identifier.
    pub(crate) fn known_issuers(&self) -> Result<BTreeMap<String, String>, WalletError> {
        let stored = self.store().settings().get(KNOWN_ISSUERS)?;
        Ok(stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// How the learner's own verifications recognise issuers.
    pub(crate) fn recognition(&self) -> Result<Recognition, WalletError> {
        let registry =
            |one: Chosen| Some(Registry { kind: RegistryKind::of(&one.kind)?, name: one.name, url: one.url });
        let registries = chosen(self)?.into_iter().filter_map(registry).collect();
        Ok(Recognition { registries, known_issuers: self.known_issuers()? })
    }
}

fn chosen(wallet: &Wallet) -> Result<Vec<Chosen>, WalletError> {
    let stored = wallet.store().settings().get(REGISTRIES)?;
    Ok(stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}
