//! What an import shows on its way: what was found, what was asked, what came and how it stands to what is kept.

use attesta_view::{CredentialView, NestedView, ReportView};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ErrorView;

/// What was found in a text or in files, before anybody is contacted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferView {
    /// Names this offer until it is accepted or discarded; it lives in memory alone.
    pub id: String,
    /// What can be gathered, in the order in which it stood.
    pub items: Vec<OfferedView>,
    /// Parts that could not be looked into.
    pub skipped: Vec<SkippedView>,
    /// Why there is nothing, where there is nothing.
    pub error: Option<ErrorView>,
}

/// What an offered thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OfferedKind {
    /// Credentials that are here already; nobody is contacted to read them.
    Document,
    /// A credential request link of the Digital Credentials Consortium.
    Request,
    /// An interaction URL.
    Interaction,
    /// A wallet message that names its protocols.
    Message,
    /// An OpenID credential offer.
    CredentialOffer,
    /// A platform's page that shows a badge and whose data is known to lie elsewhere.
    SharePage,
    /// Any other link.
    Web,
    /// A page that shows a document and has no data; it can be kept beside a credential as a link.
    DocumentPage,
    /// A bundle that somebody shares.
    Share,
    /// A request to show credentials.
    AsksForCredentials,
    /// A link that is never asked.
    Refused,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferedView {
    /// Names it within the offer.
    pub id: String,
    /// What it is.
    pub kind: OfferedKind,
    /// What names it: the credential's title, the file's name, the link's host.
    pub label: String,
    /// The link, where it is one.
    pub url: Option<String>,
    /// The platform, as people call it, where one was recognised.
    pub platform: Option<String>,
    /// The hosts that are contacted for it, in their order: first to get it, then to check it, as far as known.
    pub hosts: Vec<String>,
    /// How many credentials it holds, where that is known.
    pub count: Option<u32>,
    /// The carriers around it, outermost first: a mailbox, a mail's subject, an archive.
    pub within: Vec<String>,
    /// The mail in which it stood.
    pub letter: Option<LetterView>,
    /// The code that its issuer wants, where that is known beforehand.
    pub code: Option<CodeQuestionView>,
    /// Whether it can be gathered.
    pub importable: bool,
    /// Whether it is likely what the learner wants.
    pub suggested: bool,
    /// Why it can't be gathered, or what there is to know about it.
    pub error: Option<ErrorView>,
}

/// What a mail says of itself; only its sender's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LetterView {
    /// Whom it says it is from.
    pub from: Option<String>,
    /// Its subject.
    pub subject: Option<String>,
    /// The addresses it came to.
    pub to: Vec<String>,
    /// Its date, RFC 3339.
    pub date: Option<String>,
}

/// A part that could not be looked into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SkippedView {
    /// Its name.
    pub name: String,
    /// Why.
    pub error: ErrorView,
}

/// A question for the code that an issuer sent another way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CodeQuestionView {
    /// The host that wants it.
    pub host: String,
    /// Whether it is made of digits alone.
    pub numeric: bool,
    /// How many characters it has, where known.
    pub length: Option<u32>,
    /// The issuer's own words on where to find it.
    pub description: Option<String>,
    /// Whether the code given before was refused.
    pub refused: bool,
}

/// What was gathered of the items that were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GatheredView {
    /// The offer's name.
    pub id: String,
    /// The credentials that came, checked, and not in the wallet yet.
    pub staged: Vec<StagedView>,
    /// Items whose issuer wants a code before it goes on.
    pub questions: Vec<QuestionView>,
    /// Items that gave nothing.
    pub failures: Vec<FailureView>,
    /// Pages that issuers want opened next; only shown.
    pub then: Vec<String>,
}

/// An item whose issuer wants a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuestionView {
    /// The item.
    pub item: String,
    /// What names it.
    pub label: String,
    /// The question.
    pub question: CodeQuestionView,
}

/// An item that gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FailureView {
    /// The item.
    pub item: String,
    /// What names it.
    pub label: String,
    /// The verdict, where what came is no credential: `rejected`.
    pub verdict: Option<String>,
    /// Why.
    pub error: ErrorView,
}

/// How a credential that came stands to what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Nothing like it is kept.
    New,
    /// This very credential is kept.
    Duplicate,
    /// A newer version of one that is kept, by its issuer's own word.
    Newer,
    /// An older version of one that is kept.
    Older,
    /// It states the same award by its identifiers, but nothing shows which of the two is newer.
    SameAward,
}

/// What becomes of a credential that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is kept; beside the one that is there, if there is one.
    Keep,
    /// It is kept and takes the place of the one that is there, which stays behind it.
    Replace,
    /// It is not kept.
    Decline,
}

/// A credential's name where only that is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CredentialReference {
    /// The identifier of the record, or of the staged credential.
    pub id: String,
    /// The credential's title.
    pub name: String,
    /// Its verdict at its last check.
    pub verdict: String,
}

/// A credential that came and waits for the learner's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StagedView {
    /// Names it within the offer.
    pub id: String,
    /// The item it came from.
    pub item: String,
    /// The verdict.
    pub verdict: String,
    /// How it stands to what is kept.
    pub relation: Relation,
    /// The record that it is related to, or the credential of the same offer that came before it.
    pub related: Option<CredentialReference>,
    /// What is done unless the learner says otherwise.
    pub suggested: Decision,
    /// What it says.
    pub credential: CredentialView,
    /// What was checked.
    pub report: ReportView,
    /// The credentials inside it, each with its own report.
    pub nested: Vec<NestedView>,
    /// Its picture as a data URL.
    pub picture: Option<String>,
}

/// What became of the credentials that the learner decided on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AcceptedView {
    /// One for each decision, in their order.
    pub results: Vec<super::ImportResultView>,
    /// Addresses that the mails came to and that the learner has not named as their own.
    pub unknown_addresses: Vec<String>,
}

/// Something that the system handed to the program: a link that was clicked, a file that was opened.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ArrivalView {
    /// A link or another text.
    Text {
        /// The text.
        text: String,
    },
    /// Files.
    Files {
        /// Their paths.
        paths: Vec<String>,
    },
}
