//! What a text is: which links and documents stand in it, and who would be contacted for them.

use attesta_verify::LoopbackAccess;
use url::Url;

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

/// A link and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The link as it stood in the text, without what surrounds it.
    pub text: String,
    /// What it is.
    pub kind: LinkKind,
}

/// The kinds of link.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        /// The page as given.
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

/// A credential request link, [DCC credential request](https://github.com/digitalcredentials/docs/blob/main/request/credential_request.md).
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The hosts that would be contacted first, each with its port where that is not the scheme's own.
    pub fn hosts(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Recognises a text: a pasted link, a whole message, a document. Makes no request.
pub fn recognise(text: &str, loopback: LoopbackAccess) -> Recognised {
    let _ = (text, loopback);
    Recognised::Nothing(Unrecognised::Empty)
}
