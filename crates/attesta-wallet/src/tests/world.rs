//! An issuer at college.example, a web that answers from a table, a clock that stands still, and a wallet.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use attesta_net::fake::FakeFetcher;
use attesta_net::{LoopbackAccess, OfflineFetcher};
use attesta_share::{HolderKey, ProofOptions, ProofPurpose, sign_document};
use attesta_verify::Cryptosuite;
use attesta_view::Language;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::clock::FixedClock;
use crate::command::{Accept, AcceptItem, ById, Gather, GatherItem, ListCredentials, PastedText};
use crate::entropy::PredictableEntropy;
use crate::view::{AcceptedView, CredentialListView, GatheredView, ImportOutcome, ImportResultView, OfferView};
use crate::wallet::{Wallet, WalletOptions};

pub(crate) const NOW: &str = "2026-11-21T12:00:00Z";
pub(crate) const ISSUER: &str = "did:web:college.example";
pub(crate) const DID_DOCUMENT: &str = "https://college.example/.well-known/did.json";
pub(crate) const LIST: &str = "https://college.example/status/1";

/// A wallet and all that it can reach.
pub(crate) struct World {
    pub(crate) wallet: Wallet,
    pub(crate) web: FakeFetcher,
    pub(crate) clock: Arc<FixedClock>,
    folder: PathBuf,
}

impl World {
    /// An empty wallet; the issuer's key document and status list are on the web.
    pub(crate) fn new() -> World {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("attesta-wallet-test-{}-{number}", std::process::id()));
        let web = FakeFetcher::new();
        web.answer(DID_DOCUMENT, "application/did+json", did_document(ISSUER, &issuer_key()));
        web.answer(LIST, "application/vc", status_list(&[]));
        let clock = Arc::new(FixedClock::at(NOW.parse().unwrap()));
        let wallet = open(&folder, Arc::new(web.clone()), &clock);
        World { wallet, web, clock, folder }
    }

    /// The same wallet in the hands of a learner without a connection.
    pub(crate) fn offline(&self) -> Wallet {
        open(&self.folder, Arc::new(OfflineFetcher), &self.clock)
    }

    /// The same wallet in a program that came without the employer's page.
    pub(crate) fn pageless(&self) -> Wallet {
        without_page(&self.folder, Arc::new(self.web.clone()), &self.clock)
    }

    /// Somebody else's wallet on the same web.
    pub(crate) fn stranger(&self) -> World {
        let mut stranger = World::new();
        stranger.web = self.web.clone();
        stranger.wallet = open(&stranger.folder, Arc::new(self.web.clone()), &stranger.clock);
        stranger
    }

    /// The folder it lives in.
    pub(crate) fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    pub(crate) fn import(&self, json: &[u8]) -> ImportResultView {
        let mut results = self.wallet.import_bytes("badge.json", json, &|_| {});
        assert_eq!(results.len(), 1);
        results.remove(0)
    }

    /// Imports what must be new, and its identifier.
    #[track_caller]
    pub(crate) fn imported(&self, json: &[u8]) -> String {
        let result = self.import(json);
        assert_eq!(result.outcome, ImportOutcome::Imported, "{:?}", result.error);
        result.id.unwrap()
    }

    pub(crate) fn import_text(&self, text: &str) -> Vec<ImportResultView> {
        self.wallet.import_text(&PastedText { text: text.to_owned() }, &|_| {})
    }

    /// What a text offers.
    pub(crate) fn offered(&self, text: &str) -> OfferView {
        self.wallet.offer_text(&PastedText { text: text.to_owned() }).unwrap()
    }

    /// Everything suggested of an offer, gathered.
    pub(crate) fn gathered(&self, offer: &OfferView) -> GatheredView {
        self.wallet.gather(&gather(offer), &|_| {}).unwrap()
    }

    /// Everything that was staged, decided as suggested.
    pub(crate) fn accepted(&self, gathered: &GatheredView) -> AcceptedView {
        self.wallet.accept(&as_suggested(gathered)).unwrap()
    }

    pub(crate) fn list(&self) -> Vec<CredentialListView> {
        self.wallet.list_credentials(&ListCredentials::default()).unwrap()
    }

    pub(crate) fn verdict(&self, id: &str) -> String {
        self.wallet.show_credential(&by_id(id)).unwrap().report.verdict
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The employer's page as one file, as short as it can be.
pub(crate) const PAGE: &str = "<!doctype html><html lang=\"en\"><head><title>Attesta</title></head><body>\
     <script type=\"application/json\" id=\"attesta-bundle\"></script></body></html>";

fn open(folder: &std::path::Path, fetch: Arc<dyn attesta_net::Fetch>, clock: &Arc<FixedClock>) -> Wallet {
    without_page(folder, fetch, clock).with_page(Arc::new(|| Some(PAGE.to_owned())))
}

fn without_page(folder: &std::path::Path, fetch: Arc<dyn attesta_net::Fetch>, clock: &Arc<FixedClock>) -> Wallet {
    Wallet::open(WalletOptions {
        folder: folder.to_owned(),
        fetch,
        clock: clock.clone(),
        entropy: Arc::new(PredictableEntropy::default()),
        loopback: LoopbackAccess::Refused,
        language: Language::En,
    })
    .unwrap()
}

pub(crate) fn by_id(id: &str) -> ById {
    ById { id: id.to_owned() }
}

pub(crate) fn issuer_key() -> HolderKey {
    HolderKey::from_seed(&[7; 32])
}

pub(crate) fn forger_key() -> HolderKey {
    HolderKey::from_seed(&[66; 32])
}

pub(crate) fn did_document(did: &str, key: &HolderKey) -> Vec<u8> {
    let multikey = key.did()["did:key:".len()..].to_owned();
    let method = format!("{did}#key-1");
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [{"id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": multikey}],
        "assertionMethod": [method],
        "authentication": [method],
    })
    .to_string()
    .into_bytes()
}

/// A badge of the issuer's that is good in every way, changed as wanted and then signed.
pub(crate) fn badge(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    signed(unsigned(change), &issuer_key())
}

/// The badge number `number`, with a status entry at that index.
pub(crate) fn badge_with_status(number: u32) -> Vec<u8> {
    badge(|badge| {
        badge["id"] = json!(format!("urn:uuid:00000000-0000-4000-8000-{number:012}"));
        badge["credentialStatus"] = json!({
            "id": format!("{LIST}#{number}"),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": number.to_string(),
            "statusListCredential": LIST,
        });
    })
}

pub(crate) fn unsigned(change: impl FnOnce(&mut Value)) -> Value {
    let mut badge = json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:7d1b9a0c-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Wound care",
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Example College"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{
                "type": "IdentityObject",
                "hashed": false,
                "identityHash": "amelie@example.org",
                "identityType": "emailAddress",
            }],
            "achievement": {
                "id": "https://college.example/achievements/1",
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "name": "Caring for Wound Infections",
                "description": "Préparer une plaie",
                "criteria": {"narrative": "A practical exam."},
                "tag": ["nursing"],
            },
        },
    });
    change(&mut badge);
    badge
}

pub(crate) fn signed(document: Value, key: &HolderKey) -> Vec<u8> {
    sign(&document, key, &format!("{ISSUER}#key-1"))
}

/// Signed with a key that stands at that address.
pub(crate) fn signed_with_method(document: Value, key: &HolderKey, method: &str) -> Vec<u8> {
    sign(&document, key, method)
}

/// Signed with a key that is its own identifier.
pub(crate) fn signed_by_did_key(document: Value, key: &HolderKey) -> Vec<u8> {
    sign(&document, key, &key.verification_method())
}

fn sign(document: &Value, key: &HolderKey, method: &str) -> Vec<u8> {
    let options = ProofOptions {
        suite: Cryptosuite::EddsaRdfc2022,
        verification_method: method,
        purpose: ProofPurpose::AssertionMethod,
        created: "2026-01-01T00:00:00Z".parse::<Timestamp>().unwrap(),
        expires: None,
        challenge: None,
        domain: None,
    };
    sign_document(document.to_string().as_bytes(), &options, key.signing_key()).unwrap()
}

/// The issuer's status list with these indices set.
pub(crate) fn status_list(set: &[usize]) -> Vec<u8> {
    let mut bits = vec![0_u8; 16 * 1024];
    for index in set {
        bits[index / 8] |= 0x80 >> (index % 8);
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(&bits).unwrap();
    let encoded = format!("u{}", URL_SAFE_NO_PAD.encode(packed.finish().unwrap()));
    let list = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": ISSUER,
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("{LIST}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
        },
    });
    signed(list, &issuer_key())
}

/// Adds the issuer's mail address to what the learner is known by.
pub(crate) fn know_learner(world: &World) {
    let change =
        crate::view::ChangeSettings { emails: Some(vec!["Amelie@example.org".to_owned()]), ..Default::default() };
    world.wallet.change_settings(&change).unwrap();
}

/// The request for all that is suggested of an offer.
pub(crate) fn gather(offer: &OfferView) -> Gather {
    let suggested = offer.items.iter().filter(|item| item.suggested);
    let items = suggested.map(|item| GatherItem { item: item.id.clone(), code: None }).collect();
    Gather { id: offer.id.clone(), items }
}

/// The decisions that are suggested.
pub(crate) fn as_suggested(gathered: &GatheredView) -> Accept {
    let staged = gathered.staged.iter();
    let decisions = staged.map(|it| AcceptItem { staged: it.id.clone(), decision: it.suggested }).collect();
    Accept { id: gathered.id.clone(), decisions }
}

pub(crate) const SUBJECT: &str = "Votre badge est prêt";
pub(crate) const RECIPIENT: &str = "a.tremblay@college.example";

/// A mail of the issuer's with this text and these files.
pub(crate) fn mail(text: &str, attached: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut mail = format!(
        "From: Example College <badges@college.example>\r\nTo: Am\u{e9}lie <{RECIPIENT}>\r\nSubject: {SUBJECT}\r\n\
         Date: Fri, 20 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"edge\"\r\n\r\n\
         --edge\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n"
    );
    for (name, bytes) in attached {
        let encoded = base64::engine::general_purpose::STANDARD.encode(bytes);
        let lines: Vec<&str> = encoded.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
        mail.push_str(&format!(
            "--edge\r\nContent-Type: application/octet-stream; name=\"{name}\"\r\n\
             Content-Disposition: attachment; filename=\"{name}\"\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            lines.join("\r\n")
        ));
    }
    mail.push_str("--edge--\r\n");
    mail.into_bytes()
}

/// A second badge of the issuer's, good as well.
pub(crate) fn other() -> Vec<u8> {
    badge(|badge| badge["id"] = json!("urn:uuid:7d1b9a0c-0000-4000-8000-000000000002"))
}
