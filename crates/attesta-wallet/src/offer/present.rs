//! What the learner sees of an offer before anybody is contacted.

use attesta_claim::{Claim, CodeInput, CodeQuestion, Link, LinkKind, Platform, Recognised, recognise};
use attesta_credential::VerifiableCredential;
use attesta_jsonld::Value;
use attesta_net::LoopbackAccess;
use attesta_store::Letter;
use attesta_view::{host_of as host_of_identifier, title};
use url::Url;

use crate::address::host_of;
use crate::error::WalletError;
use crate::offer::{Item, Matter, Offer, Received};
use crate::view::{CodeQuestionView, LetterView, OfferView, OfferedKind, OfferedView, SkippedView};
use crate::wallet::Wallet;

/// Most characters of an issuer's own words that are shown, as the protocol bounds them.
const DESCRIPTION: usize = 300;

impl Wallet {
    /// What the learner sees of an offer.
    pub(crate) fn offer_view(&self, offer: &Offer) -> OfferView {
        OfferView {
            id: offer.id.clone(),
            items: offer.items.iter().map(|item| self.offered_view(item)).collect(),
            skipped: offer
                .skipped
                .iter()
                .map(|(name, error)| SkippedView { name: name.clone(), error: error.view() })
                .collect(),
            error: offer.error.as_ref().map(WalletError::view),
        }
    }

    /// What names an item.
    pub(crate) fn label(&self, item: &Item) -> String {
        match &item.matter {
            Matter::Document(received) => {
                let mut found = received.entries.iter().flatten();
                match (found.next(), found.next()) {
                    (Some(only), None) => title(&self.whole(only).credential, self.language()).text,
                    _ => item.name.clone(),
                }
            }
            Matter::Link(link) => hosts_shown(link).into_iter().next().unwrap_or_else(|| item.name.clone()),
        }
    }

    fn offered_view(&self, item: &Item) -> OfferedView {
        let importable = item.is_importable();
        let (kind, url, platform, hosts, count, error) = match &item.matter {
            Matter::Document(received) => {
                let count = received.entries.iter().flatten().count();
                let count = Some(u32::try_from(count).unwrap_or(u32::MAX));
                (OfferedKind::Document, None, None, hosts_asked(received), count, None)
            }
            Matter::Link(link) => {
                let platform = platform_in(&link.kind).map(|platform| platform.name().to_owned());
                let error = link_error(link).map(|error| error.view());
                (kind_of(&link.kind), Some(link.text.clone()), platform, link.hosts(), None, error)
            }
        };
        let code = match &item.matter {
            Matter::Link(link) => announced_code(&link.kind),
            _ => None,
        };
        OfferedView {
            id: item.id.clone(),
            kind,
            label: self.label(item),
            url,
            platform,
            hosts,
            count,
            within: item.carried.within.clone(),
            letter: item.carried.letter.as_ref().map(letter_view),
            code,
            importable,
            suggested: importable && item.likely,
            error,
        }
    }
}

/// Why a link can't be gathered, where it can't.
pub(crate) fn link_error(link: &Link) -> Option<WalletError> {
    use attesta_claim::RefusedLink;
    use attesta_net::FetchFailureKind;
    let host = || Url::parse(&link.text).map(|url| host_of(&url)).unwrap_or_default();
    match &link.kind {
        LinkKind::DocumentPage { platform, page } => {
            Some(WalletError::DocumentPage { platform: platform.name(), host: host_of(page) })
        }
        LinkKind::Share => Some(WalletError::IsShareLink),
        LinkKind::AsksForCredentials { host } => {
            Some(WalletError::AsksForCredentials { host: host.clone().unwrap_or_default() })
        }
        LinkKind::Refused(RefusedLink::NotHttps) => {
            Some(WalletError::Fetch { host: host(), failure: FetchFailureKind::NotHttps })
        }
        LinkKind::Refused(RefusedLink::PrivateAddress) => {
            Some(WalletError::Fetch { host: host(), failure: FetchFailureKind::AddressRefused })
        }
        LinkKind::Refused(RefusedLink::Malformed) | LinkKind::Inline(_) => Some(WalletError::LinkMalformed),
        // Anything else that can't even be begun says why.
        _ => Claim::begin(link).err().map(WalletError::from),
    }
}

/// The hosts that tell people what a link is, also where nobody is contacted for it.
fn hosts_shown(link: &Link) -> Vec<String> {
    let hosts = link.hosts();
    match (&link.kind, hosts.is_empty()) {
        (_, false) => hosts,
        (LinkKind::AsksForCredentials { host }, true) => host.iter().cloned().collect(),
        (_, true) => {
            Url::parse(&link.text).ok().map(|url| host_of(&url)).filter(|it| !it.is_empty()).into_iter().collect()
        }
    }
}

/// The hosts that checking these credentials would ask, each once: of the key's document, of the status lists, and of what
/// an Open Badge 2.0 only names.
pub(crate) fn hosts_asked(received: &Received) -> Vec<String> {
    let mut hosts: Vec<String> = Vec::new();
    for host in received.entries.iter().flatten().flat_map(|found| hosts_of(&found.credential)) {
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts
}

fn hosts_of(credential: &VerifiableCredential) -> Vec<String> {
    let method = |proof: attesta_credential::ProofEntry<'_>| {
        proof.value.get("verificationMethod").and_then(Value::as_str).and_then(host_of_identifier)
    };
    let methods = credential.proofs().into_iter().filter_map(method);
    // A name of a key that is no address is one in the author's own document.
    let token = credential.securing().jws().and_then(|token| {
        token.header_text("kid").and_then(host_of_identifier).or_else(|| host_of_identifier(credential.issuer_id()))
    });
    let lists = credential.statuses().iter().filter_map(|status| host_of_identifier(status.list.as_deref()?));
    methods.chain(token).chain(hosts_of_assertion(credential)).chain(lists).collect()
}

/// The hosts of the assertion itself, of its badge class and issuer, and of the key or list that it names.
fn hosts_of_assertion(credential: &VerifiableCredential) -> Vec<String> {
    if !credential.data_model().is_assertion() {
        return Vec::new();
    }
    let root = credential.root();
    let badge = root.get("badge");
    let verification = root.get("verification").or(root.get("verify"));
    let within = |value: Option<&Value<'_>>, name: &str| host_of_identifier(value?.get(name)?.as_str()?);
    let named = |value: Option<&Value<'_>>| host_of_identifier(value?.as_str()?);
    [
        credential.id().and_then(host_of_identifier),
        named(badge),
        within(badge, "id"),
        named(badge.and_then(|badge| badge.get("issuer"))),
        within(badge.and_then(|badge| badge.get("issuer")), "id"),
        within(verification, "creator"),
        within(verification, "url"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn kind_of(kind: &LinkKind) -> OfferedKind {
    match kind {
        LinkKind::Request(_) => OfferedKind::Request,
        LinkKind::Interaction(_) => OfferedKind::Interaction,
        LinkKind::Message(_) => OfferedKind::Message,
        LinkKind::Offer(_) | LinkKind::OfferAt(_) => OfferedKind::CredentialOffer,
        LinkKind::SharePage { .. } => OfferedKind::SharePage,
        LinkKind::DocumentPage { .. } => OfferedKind::DocumentPage,
        LinkKind::Web(_) => OfferedKind::Web,
        // One that held a credential became a document when it was found.
        LinkKind::Inline(_) => OfferedKind::Refused,
        LinkKind::Share => OfferedKind::Share,
        LinkKind::AsksForCredentials { .. } => OfferedKind::AsksForCredentials,
        LinkKind::Refused(_) => OfferedKind::Refused,
    }
}

fn platform_in(kind: &LinkKind) -> Option<Platform> {
    match kind {
        LinkKind::SharePage { platform, .. } | LinkKind::DocumentPage { platform, .. } => Some(*platform),
        _ => None,
    }
}

/// The platform of a page, as people call it, where it is one that is known.
pub(crate) fn platform_of(url: &str, loopback: LoopbackAccess) -> Option<String> {
    match recognise(url, loopback) {
        Recognised::Links(links) => platform_in(&links.first()?.kind).map(|platform| platform.name().to_owned()),
        Recognised::Document { .. } | Recognised::Nothing(_) => None,
    }
}

/// The code that an offer says beforehand it wants,
/// [OpenID for Verifiable Credential Issuance 1.0 section 4.1.1](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#name-credential-offer-parameters).
fn announced_code(kind: &LinkKind) -> Option<CodeQuestionView> {
    const GRANT: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
    let LinkKind::Offer(json) = kind else { return None };
    let offer: serde_json::Value = serde_json::from_str(json).ok()?;
    let wanted = offer.get("grants")?.get(GRANT)?.get("tx_code")?.as_object()?;
    let issuer = Url::parse(offer.get("credential_issuer")?.as_str()?).ok()?;
    let description = wanted.get("description").and_then(|text| text.as_str());
    Some(CodeQuestionView {
        host: host_of(&issuer),
        numeric: wanted.get("input_mode").and_then(|mode| mode.as_str()).is_none_or(|mode| mode == "numeric"),
        length: wanted.get("length").and_then(|length| u32::try_from(length.as_u64()?).ok()),
        description: description.map(one_line).filter(|text| !text.is_empty()),
        refused: false,
    })
}

/// An issuer's words in one line, without what could break it or turn its direction.
fn one_line(words: &str) -> String {
    let shown = |c: &char| {
        let turns =
            matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        !turns && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') && (!c.is_control() || c.is_whitespace())
    };
    let words: String = words.chars().filter(shown).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(DESCRIPTION).collect()
}

/// A question for a code as it crosses to a face.
pub(crate) fn code_view(question: &CodeQuestion) -> CodeQuestionView {
    CodeQuestionView {
        host: question.host.clone(),
        numeric: question.input == CodeInput::Numeric,
        length: question.length,
        description: question.description.clone(),
        refused: question.refused,
    }
}

/// A mail's own words as they cross to a face.
pub(crate) fn letter_view(letter: &Letter) -> LetterView {
    LetterView {
        from: letter.from.clone(),
        subject: letter.subject.clone(),
        to: letter.to.clone(),
        date: letter.date.clone(),
    }
}
