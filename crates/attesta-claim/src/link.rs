//! What a text is: which links and documents stand in it, and who would be contacted for them.

mod address;
mod classify;
mod credential_offer;
mod credential_request;
mod debug;
mod heal;
mod inline;
mod likelihood;
mod message;
mod parameters;
mod recognise;
mod scan;
mod wrapper;

use attesta_verify::FetchFailureKind;
use url::Url;

pub use inline::InlineDocument;
pub use recognise::{recognise, trimmed};

pub(crate) use address::loopback_of;
pub use address::{check, host_of};
pub(crate) use classify::{claims_in, classify};
pub(crate) use message::of_json;
pub(crate) use parameters::unescaped_address;

/// What was recognised in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognised {
    /// The text is one or several credentials itself.
    Document {
        /// How many.
        count: usize,
    },
    /// One or several links, in order, each once.
    Links(Vec<Link>),
    /// Nothing we can use.
    Nothing(Unrecognised),
}

/// Why a text is nothing we can use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unrecognised {
    /// There is no text.
    Empty,
    /// Neither a link nor a document.
    Text,
    /// A document, but no credential.
    Unreadable(attesta_credential::ReadError),
}

/// A link and what it is. It may carry a code that is as good as the credential: its `Debug` says neither.
#[derive(Clone, PartialEq, Eq)]
pub struct Link {
    /// The link as it was written: healed of what mail programs did to it, out of the redirect that one of them put
    /// around it, and without what surrounds it. It is recognised again as the same.
    pub text: String,
    /// What it is.
    pub kind: LinkKind,
}

/// The kinds of link.
#[derive(Clone, PartialEq, Eq)]
pub enum LinkKind {
    /// A credential request of the Digital Credentials Consortium: `dccrequest://request`, `https://lcw.app/request.html`.
    Request(RequestLink),
    /// An [interaction URL](https://w3c.github.io/vcalm/#initiating-interactions): `?iuv=1`, `interaction:`.
    Interaction(Url),
    /// A message that names its protocols: `?request=` or the JSON itself.
    Message(String),
    /// A credential offer by value: the offer's JSON.
    Offer(String),
    /// A credential offer by reference: where the offer lies.
    OfferAt(Url),
    /// A page of a platform that shows a badge, rewritten to where its data lies, likeliest first.
    SharePage {
        /// The platform.
        platform: Platform,
        /// The page as given, without the parameter by which some platforms publish the learner's mail address.
        page: Url,
        /// Where the data lies.
        data: Vec<Url>,
    },
    /// A page that shows a document to people and has no data: kept as a link only.
    DocumentPage {
        /// The platform.
        platform: Platform,
        /// The page as given.
        page: Url,
    },
    /// Any other address: asked, and what comes is looked at.
    Web(Url),
    /// A document that stands in the link itself, a `data:` URL.
    Inline(InlineDocument),
    /// A bundle that somebody shares with Attesta.
    Share,
    /// A request to show credentials (`openid4vp:`, `dccrequest://present`), which is no way to get one.
    AsksForCredentials {
        /// The host that would get them, where the link says so.
        host: Option<String>,
    },
    /// A link that is never asked.
    Refused(RefusedLink),
}

/// Why a link is never asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedLink {
    /// Not https.
    NotHttps,
    /// An address of this machine or of a private network.
    PrivateAddress,
    /// Not an address at all, or one that lacks what its kind needs.
    Malformed,
}

impl RefusedLink {
    /// The same, where it is told as a request that failed.
    pub fn failure(self) -> FetchFailureKind {
        match self {
            RefusedLink::NotHttps => FetchFailureKind::NotHttps,
            RefusedLink::PrivateAddress => FetchFailureKind::AddressRefused,
            RefusedLink::Malformed => FetchFailureKind::BadUrl,
        }
    }
}

/// A credential request link, [DCC credential request](https://github.com/digitalcredentials/docs/blob/main/request/credential_request.md).
#[derive(Clone, PartialEq, Eq)]
pub struct RequestLink {
    /// Where the credential is asked for.
    pub endpoint: Url,
    /// What is to be signed; none in the two-step form.
    pub challenge: Option<String>,
    /// `bearer`, or what else the link says.
    pub auth_type: Option<String>,
}

/// Platforms whose pages are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Platform {
    /// badgr.com and its regions, Canvas Credentials, Parchment Digital Badges.
    Badgr,
    /// Credly.
    Credly,
    /// Open Badge Passport, CanCred Passport, eCampusOntario Passport.
    OpenBadgePassport,
    /// Open Badge Factory, CanCred Factory.
    OpenBadgeFactory,
    /// MyCreds | MesCertif.
    MyCreds,
    /// A VerifierPlus page.
    VerifierPlus,
}

impl Link {
    /// The hosts that would be contacted first, in order and each once, each with its port where that is not the
    /// scheme's own. International names are in their ASCII form, so that no letter passes for another one. None for a
    /// link that is never asked or that needs nobody.
    pub fn hosts(&self) -> Vec<String> {
        let mut hosts: Vec<String> = Vec::new();
        let mut add = |host: String| {
            if !host.is_empty() && !hosts.contains(&host) {
                hosts.push(host);
            }
        };
        match &self.kind {
            LinkKind::Request(request) => add(host_of(&request.endpoint)),
            LinkKind::Interaction(url) | LinkKind::OfferAt(url) | LinkKind::Web(url) => add(host_of(url)),
            LinkKind::Message(json) | LinkKind::Offer(json) => {
                message::addresses(json).iter().map(host_of).for_each(add)
            }
            LinkKind::SharePage { page, data, .. } => data.iter().chain([page]).map(host_of).for_each(add),
            LinkKind::DocumentPage { .. }
            | LinkKind::Inline(_)
            | LinkKind::Share
            | LinkKind::AsksForCredentials { .. }
            | LinkKind::Refused(_) => {}
        }
        hosts
    }

    /// Whether the link, among others in a message, is likely what the learner wants, rather than one that stands in
    /// every mail: to unsubscribe, to a home page, to a network. One that stands alone is what the learner meant,
    /// whatever this says.
    pub fn is_likely(&self) -> bool {
        likelihood::is_likely(&self.kind)
    }
}

impl Platform {
    /// The name that the platform goes by.
    pub fn name(self) -> &'static str {
        match self {
            Platform::Badgr => "Canvas Credentials (Badgr)",
            Platform::Credly => "Credly",
            Platform::OpenBadgePassport => "Open Badge Passport",
            Platform::OpenBadgeFactory => "Open Badge Factory",
            Platform::MyCreds => "MyCreds | MesCertif",
            Platform::VerifierPlus => "VerifierPlus",
        }
    }
}
