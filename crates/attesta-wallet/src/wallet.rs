//! The open wallet: what it is made of and what every use case needs from it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use attesta_net::{Cancel, Fetch, LoopbackAccess};
use attesta_share::HolderKey;
use attesta_store::{HolderSeed, OpenError, Store, StoreError};
use attesta_verify::{LearnerIdentities, Policy};
use attesta_view::Language;
use jiff::Timestamp;

use crate::clock::Clock;
use crate::entropy::{Entropy, NoEntropy, new_id};
use crate::error::WalletError;
use crate::notify::Telling;
use crate::offer::{Arrivals, Offers};
use crate::picture::PictureSize;
use crate::settings;
use crate::share::{NoPage, PageTemplate};

/// What a wallet is opened with.
pub struct WalletOptions {
    /// The folder it lives in.
    pub folder: PathBuf,
    /// How the web is asked; [`attesta_net::OfflineFetcher`] asks nobody.
    pub fetch: Arc<dyn Fetch>,
    /// What tells the time.
    pub clock: Arc<dyn Clock>,
    /// Where randomness comes from.
    pub entropy: Arc<dyn Entropy>,
    /// Whether http and loopback addresses may be asked.
    pub loopback: LoopbackAccess,
    /// The reader's language where the learner has set none.
    pub language: Language,
}

/// An open wallet. It can be shared among threads; every use case is a method that takes what it needs and
/// answers with a view.
pub struct Wallet {
    folder: PathBuf,
    store: Store,
    fetch: Arc<dyn Fetch>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    loopback: LoopbackAccess,
    language: Language,
    asked_for: Option<Language>,
    running: Mutex<BTreeMap<u64, Cancel>>,
    started: AtomicU64,
    pictures: Mutex<BTreeMap<(String, PictureSize), Option<String>>>,
    offers: Offers,
    arrivals: Arrivals,
    telling: Telling,
    page: Arc<dyn PageTemplate>,
}

/// Most pictures that are kept decoded; a list of more decodes some anew.
const PICTURES: usize = 500;

impl Wallet {
    /// Opens the wallet in its folder, making it on first use.
    ///
    /// # Errors
    /// [`WalletError::WalletNewer`], [`WalletError::WalletLocked`], [`WalletError::WalletDamaged`] or
    /// [`WalletError::Disk`]; the folder is then as it was.
    pub fn open(options: WalletOptions) -> Result<Wallet, WalletError> {
        let store = Store::open(&options.folder)?;
        Ok(Wallet::over(store, options))
    }

    /// Opens the wallet for looking only: where there is none, or where it can't be opened, an empty one in memory
    /// takes its place, so that checking and opening what others sent needs no wallet and makes none.
    ///
    /// # Errors
    /// [`WalletError::Disk`] if there is no memory for it.
    pub fn open_for_looking(options: WalletOptions) -> Result<Wallet, WalletError> {
        let there = options.folder.join(attesta_store::FILE_NAME).is_file();
        let store = match there.then(|| Store::open(&options.folder)) {
            Some(Ok(store)) => store,
            Some(Err(_)) | None => Store::in_memory()?,
        };
        Ok(Wallet::over(store, options))
    }

    fn over(store: Store, options: WalletOptions) -> Wallet {
        Wallet {
            folder: options.folder,
            store,
            fetch: options.fetch,
            clock: options.clock,
            entropy: options.entropy,
            loopback: options.loopback,
            language: options.language,
            asked_for: None,
            running: Mutex::default(),
            started: AtomicU64::new(0),
            pictures: Mutex::default(),
            offers: Offers::default(),
            arrivals: Arrivals::default(),
            telling: Telling::default(),
            page: Arc::new(NoPage),
        }
    }

    /// The same wallet with its views in this language, whatever the learner has set.
    #[must_use]
    pub fn in_language(self, language: Language) -> Wallet {
        Wallet { asked_for: Some(language), ..self }
    }

    /// The same wallet with the page that files for the browser are made of; without it there are none.
    #[must_use]
    pub fn with_page(self, page: Arc<dyn PageTemplate>) -> Wallet {
        Wallet { page, ..self }
    }

    /// The folder the wallet lives in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether http and loopback addresses may be asked.
    pub fn loopback(&self) -> LoopbackAccess {
        self.loopback
    }

    /// The language that views are made in: the one asked for, else the learner's choice, else that of the program.
    pub fn language(&self) -> Language {
        self.asked_for.or_else(|| settings::language(self).ok().flatten()).unwrap_or(self.language)
    }

    /// The language of the program, whatever the learner has set.
    pub(crate) fn default_language(&self) -> Language {
        self.language
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn fetch(&self) -> &dyn Fetch {
        self.fetch.as_ref()
    }

    /// The same, for work that outlives a call.
    pub(crate) fn fetcher(&self) -> Arc<dyn Fetch> {
        self.fetch.clone()
    }

    pub(crate) fn offers(&self) -> &Offers {
        &self.offers
    }

    pub(crate) fn arrivals(&self) -> &Arrivals {
        &self.arrivals
    }

    pub(crate) fn telling(&self) -> &Telling {
        &self.telling
    }

    /// The employer's page as one file.
    pub(crate) fn page_template(&self) -> Option<String> {
        self.page.page()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn entropy(&self) -> &dyn Entropy {
        self.entropy.as_ref()
    }

    pub(crate) fn new_id(&self) -> Result<String, WalletError> {
        Ok(new_id(self.entropy())?)
    }

    /// The learner's own policy: who they are is compared here and never sent.
    pub(crate) fn learners_policy(&self) -> Result<Policy, WalletError> {
        let did = self.store.keys().holder_seed()?.map(|seed| HolderKey::from_seed(&seed.0).did());
        let learner = LearnerIdentities { dids: did.into_iter().collect(), emails: settings::emails(self)? };
        Ok(Policy { loopback: self.loopback, learner, recognition: self.recognition()?, ..Policy::default() })
    }

    /// The policy of somebody who does not know the learner.
    pub(crate) fn readers_policy(&self) -> Policy {
        Policy { loopback: self.loopback, ..Policy::default() }
    }

    /// The wallet's own key, made on first use.
    pub(crate) fn holder_key(&self) -> Result<HolderKey, WalletError> {
        Ok(HolderKey::from_seed(&self.holder_seed()?.0))
    }

    /// The seed of that key.
    pub(crate) fn holder_seed(&self) -> Result<HolderSeed, WalletError> {
        if let Some(seed) = self.store.keys().holder_seed()? {
            return Ok(seed);
        }
        let mut fresh = HolderSeed([0; 32]);
        self.entropy().fill(&mut fresh.0)?;
        // Another process may have made one in the meantime; the one that is kept counts.
        Ok(self.store.keys().put_holder_seed(&fresh, self.now())?)
    }

    /// Begins something that the learner can stop; it is over when the guard is dropped.
    pub(crate) fn stoppable(&self) -> Stoppable<'_> {
        let cancel = Cancel::new();
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        lock(&self.running).insert(number, cancel.clone());
        Stoppable { wallet: self, number, cancel }
    }

    /// Stops every import that runs.
    pub fn cancel_import(&self) {
        for cancel in lock(&self.running).values() {
            cancel.cancel();
        }
    }

    /// A picture, made once per credential and size.
    pub(crate) fn picture(
        &self,
        digest: &str,
        size: PictureSize,
        make: impl FnOnce() -> Option<String>,
    ) -> Option<String> {
        let key = (digest.to_owned(), size);
        if let Some(known) = lock(&self.pictures).get(&key) {
            return known.clone();
        }
        let made = make();
        let mut pictures = lock(&self.pictures);
        if pictures.len() >= PICTURES {
            pictures.clear();
        }
        pictures.insert(key, made.clone());
        made
    }
}

/// Something that runs and can be stopped.
pub(crate) struct Stoppable<'w> {
    wallet: &'w Wallet,
    number: u64,
    pub(crate) cancel: Cancel,
}

impl Drop for Stoppable<'_> {
    fn drop(&mut self) {
        lock(&self.wallet.running).remove(&self.number);
    }
}

/// A panic in another thread leaves these plain values whole.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl From<NoEntropy> for WalletError {
    fn from(_: NoEntropy) -> Self {
        WalletError::Internal { what: "the system gave no random bytes" }
    }
}

impl From<OpenError> for WalletError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Newer { found, known } => WalletError::WalletNewer { found, known },
            OpenError::Busy { .. } => WalletError::WalletLocked,
            OpenError::NotAWallet { .. } | OpenError::Damaged { .. } => WalletError::WalletDamaged,
            OpenError::Disk { path, source } => WalletError::Disk { what: format!("{}: {source}", path.display()) },
            OpenError::Database { path, source } => WalletError::Disk { what: format!("{}: {source}", path.display()) },
        }
    }
}

impl From<StoreError> for WalletError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { item: attesta_store::Item::Bundle, id } => WalletError::BundleNotFound { id },
            StoreError::NotFound { id, .. } => WalletError::NotFound { id },
            StoreError::Busy => WalletError::WalletLocked,
            StoreError::DiskFull | StoreError::Database(_) => WalletError::Disk { what: error.to_string() },
            StoreError::Damaged | StoreError::Unreadable { .. } => WalletError::WalletDamaged,
            StoreError::AlreadyStored { .. } => WalletError::Internal { what: "a record was stored twice" },
            StoreError::RepeatedMember { .. } => WalletError::Internal { what: "a bundle named one record twice" },
            StoreError::NotCurrent { .. } => WalletError::Internal { what: "a record was superseded by an old one" },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wallet_can_be_shared_among_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Wallet>();
    }
}
