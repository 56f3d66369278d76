// Written from the Rust types; `cargo test -p attesta-wallet` compares it. Never edit by hand:
// ATTESTA_WRITE_BINDINGS=1 cargo test -p attesta-wallet

export type Language = "en" | "fr";
export type TextView = { 
/**
 * The text; Markdown where the field says so.
 */
text: string, 
/**
 * BCP 47 tag for the `lang` attribute.
 */
language: string | null, 
/**
 * `ltr` or `rtl` for the `dir` attribute.
 */
direction: string | null, };
export type IssuerView = { 
/**
 * The issuer's identifier.
 */
id: string, 
/**
 * The name it gives itself; a claim until the signer is proven.
 */
name: TextView | null, 
/**
 * Its home page.
 */
url: string | null, 
/**
 * The host that speaks for it: of its did:web or https identifier.
 */
host: string | null, };
export type SkillView = { 
/**
 * Its name.
 */
name: TextView, 
/**
 * Its code in the framework.
 */
code: string | null, 
/**
 * The framework's name.
 */
framework: string | null, 
/**
 * Where it is described.
 */
url: string | null, };
export type AssessmentView = { 
/**
 * What was assessed.
 */
name: TextView | null, 
/**
 * `Percent`, `LetterGrade` … as the issuer wrote it.
 */
kind: string | null, 
/**
 * The value or level reached.
 */
reached: string | null, 
/**
 * The value or level needed.
 */
required: string | null, 
/**
 * Lowest value of the scale.
 */
minimum: string | null, 
/**
 * Highest value of the scale.
 */
maximum: string | null, 
/**
 * `Completed` … as the issuer wrote it.
 */
status: string | null, };
export type EvidenceView = { 
/**
 * Its name.
 */
name: TextView | null, 
/**
 * What it shows.
 */
description: TextView | null, 
/**
 * How it came about (Markdown).
 */
narrative: TextView | null, 
/**
 * Where it is.
 */
url: string | null, };
export type ClaimView = { 
/**
 * The path to it, such as `address / locality`.
 */
path: string, 
/**
 * Its value.
 */
value: string, };
export type SelectionView = { 
/**
 * The details that were disclosed, each by its name, else by its place.
 */
shown: Array<string>, 
/**
 * How many there are at most; an issuer may add empty places so that their number tells nothing.
 */
at_most: number, };
export type AssociationView = { 
/**
 * `isParentOf`, `isChildOf`, `isPartOf`, `exactMatchOf`, `precedes` … as written.
 */
kind: string, 
/**
 * The name, else the identifier, of the one it is said of.
 */
source: string, 
/**
 * The name, else the identifier, of the other.
 */
target: string, };
export type CredentialView = { 
/**
 * SHA-256 of the credential's bytes, lower-case hex.
 */
digest: string, 
/**
 * The credential's own identifier.
 */
id: string | null, 
/**
 * The title: of the achievement, else of the credential.
 */
title: TextView, 
/**
 * What it is.
 */
description: TextView | null, 
/**
 * Who issued it.
 */
issuer: IssuerView, 
/**
 * The earner's name, where the credential states it.
 */
earner: string | null, 
/**
 * The subject's identifier.
 */
subject: string | null, 
/**
 * `MicroCredential`, `Badge` … as the issuer wrote it.
 */
achievement_type: string | null, 
/**
 * How it is earned, the outcomes (Markdown).
 */
criteria: TextView | null, 
/**
 * Where that is described.
 */
criteria_url: string | null, 
/**
 * A narrative about this learner (Markdown).
 */
narrative: TextView | null, 
/**
 * Skills and competencies.
 */
skills: Array<SkillView>, 
/**
 * Keywords.
 */
tags: Array<string>, 
/**
 * What was assessed and reached.
 */
assessments: Array<AssessmentView>, 
/**
 * Evidence.
 */
evidence: Array<EvidenceView>, 
/**
 * Names of bodies whose endorsements it carries.
 */
endorsers: Array<string>, 
/**
 * What it counts toward or relates to.
 */
related: Array<string>, 
/**
 * Credits earned, else available, in the issuer's unit.
 */
credits: string | null, 
/**
 * Field of study.
 */
field_of_study: string | null, 
/**
 * Language of instruction, BCP 47.
 */
in_language: string | null, 
/**
 * Everything that it says of its subject, where it has no achievement or badge that says it.
 */
claims: Array<ClaimView>, 
/**
 * What its holder chose to show of it; none where it can only be shown whole.
 */
selection: SelectionView | null, 
/**
 * How the credentials that it collects relate.
 */
associations: Array<AssociationView>, 
/**
 * When it was awarded, RFC 3339.
 */
awarded: string | null, 
/**
 * From when it is valid, RFC 3339.
 */
valid_from: string | null, 
/**
 * Until when it is valid, RFC 3339.
 */
valid_until: string | null, 
/**
 * A picture as a `data:` URL, re-encoded by us; never a remote address.
 */
image: string | null, 
/**
 * `json` or `png`.
 */
container: string, 
/**
 * `vcdm_1.1` or `vcdm_2.0`, with `+ob_3.0` for Open Badges; `ob_2.0` or `ob_1.x` for an assertion of before.
 */
data_model: string, 
/**
 * Proof types or cryptosuites, in order; `hosted` where the issuer's own site vouches for it.
 */
securing: Array<string>, };
export type CheckOutcome = "pass" | "fail" | "inconclusive" | "absent" | "skipped";
export type CheckView = { 
/**
 * `conformance`, `proof`, `issuer`, `validity`, `status`, `refresh`, `schema`, `recipient`, `endorsements`, `recognition`.
 */
check: string, 
/**
 * The status purpose, for a status check.
 */
purpose: string | null, 
/**
 * How it came out.
 */
outcome: CheckOutcome, 
/**
 * The fact's or problem's code; `absent.<check>` or `skipped.<reason>` otherwise.
 */
code: string, 
/**
 * Values for the words.
 */
params: { [key in string]: string }, 
/**
 * Where in the credential, as a JSON pointer.
 */
pointer: string | null, };
export type Line = "intact" | "signer" | "current" | "about";
export type LineState = "yes" | "no" | "unknown" | "care";
export type LineView = { 
/**
 * Which question.
 */
line: Line, 
/**
 * The answer.
 */
state: LineState, 
/**
 * Code of the sentence: that of the check that decided, or `still_good`, `still_good_by_site`,
 * `good_without_status`, `status_last_known`, `revoked_because` where several add up.
 */
code: string, 
/**
 * Values for the sentence.
 */
params: { [key in string]: string }, };
export type ResourceUseView = { 
/**
 * Its address.
 */
url: string, 
/**
 * `network`, `cache` or `failed`.
 */
from: string, 
/**
 * When it was fetched, RFC 3339.
 */
fetched_at: string | null, 
/**
 * The failure's code, where there is no fresh copy.
 */
failure: string | null, };
export type ReportView = { 
/**
 * `valid`, `status_unknown`, `not_yet_valid`, `expired`, `suspended`, `revoked`, `unverifiable`, `invalid`, `rejected`.
 */
verdict: string, 
/**
 * When the checks were made, RFC 3339.
 */
checked_at: string, 
/**
 * The hosts that were asked for this report.
 */
asked: Array<string>, 
/**
 * Intact? who signed? still good? about me? In this order, always four.
 */
lines: Array<LineView>, 
/**
 * Every check in its order.
 */
checks: Array<CheckView>, 
/**
 * What the report rests on.
 */
resources: Array<ResourceUseView>, 
/**
 * Context editions under which a linked-data proof was checked.
 */
contexts: Array<string>, };
export type NestedView = { 
/**
 * JSON pointer from the credential around it.
 */
path: string, 
/**
 * `enclosed` in a record, or what it endorses: `endorses_credential`, `endorses_issuer`, `endorses_achievement`,
 * `endorses_subject`, `endorses_something_else`.
 */
role: string, 
/**
 * What it says; `null` where only its report is at hand.
 */
credential: CredentialView | null, 
/**
 * What an endorsement says of what it endorses.
 */
comment: string | null, 
/**
 * What its own check found.
 */
report: ReportView, 
/**
 * The credentials inside it.
 */
nested: Array<NestedView>, };
export type PresentedCredentialView = { 
/**
 * The learner's note on it, plain text.
 */
note: string | null, 
/**
 * What it says; absent where it can't be read.
 */
credential: CredentialView | null, 
/**
 * What was found out; absent where it can't be read.
 */
report: ReportView | null, 
/**
 * The credentials inside it, each with its own report.
 */
nested: Array<NestedView>, 
/**
 * The code of why it can't be read.
 */
error: string | null, 
/**
 * Values for that code's words.
 */
error_params: { [key in string]: string }, 
/**
 * Its own verdict.
 */
verdict: string, };
export type PresentationView = { 
/**
 * The holder's DID.
 */
holder: string | null, 
/**
 * The bundle's title.
 */
title: string | null, 
/**
 * The learner's note, Markdown.
 */
note: string | null, 
/**
 * Whom the learner meant it for.
 */
audience: string | null, 
/**
 * The parts that the learner would rather not have in view; they are folded away, never gone.
 */
hidden_parts: Array<string>, 
/**
 * The earner's name, where every credential that can be read states the same.
 */
earner: string | null, 
/**
 * When the share stops counting, RFC 3339: as it says itself, else as its holder's signature says.
 */
valid_until: string | null, 
/**
 * When the holder signed it, RFC 3339; absent unless the signature holds.
 */
created: string | null, 
/**
 * The report on the holder's own signature.
 */
report: ReportView, 
/**
 * The worst verdict of all, the presentation's own included.
 */
verdict: string, 
/**
 * Each credential with its own report, in the learner's order.
 */
credentials: Array<PresentedCredentialView>, };
export type CredentialListView = { 
/**
 * The wallet's own identifier of the record.
 */
id: string, 
/**
 * The title.
 */
title: TextView, 
/**
 * The issuer's name, else its host or identifier.
 */
issuer: TextView, 
/**
 * Up to four skills or keywords.
 */
skills: Array<string>, 
/**
 * A small picture as a `data:` URL.
 */
image: string | null, 
/**
 * The verdict of the last report.
 */
verdict: string, 
/**
 * Until when it is valid, RFC 3339.
 */
valid_until: string | null, 
/**
 * From when it is valid, RFC 3339.
 */
valid_from: string | null, 
/**
 * When it was awarded, else when it begins, RFC 3339.
 */
awarded: string | null, 
/**
 * When it was last checked, RFC 3339.
 */
checked_at: string, 
/**
 * When it came into the wallet, RFC 3339.
 */
received_at: string, };
export type CredentialDetailView = { 
/**
 * The wallet's own identifier of the record.
 */
id: string, 
/**
 * When it came, RFC 3339.
 */
received_at: string, 
/**
 * Where it came from: `link`, `file`, `paste`.
 */
origin: string, 
/**
 * The link's host or the file's name.
 */
origin_name: string | null, 
/**
 * The carriers it stood in, outermost first: a mailbox, a mail's subject, an archive.
 */
origin_within: Array<string>, 
/**
 * The mail it came with.
 */
letter: LetterView | null, 
/**
 * Pages kept beside it as links.
 */
links: Array<KeptLinkView>, 
/**
 * What it says.
 */
credential: CredentialView, 
/**
 * The last report.
 */
report: ReportView, 
/**
 * The credentials inside it, each with its own report.
 */
nested: Array<NestedView>, 
/**
 * Earlier reports, newest first.
 */
history: Array<ReportSummaryView>, 
/**
 * The bundles that hold it: identifier and title.
 */
bundles: Array<BundleReference>, };
export type ReportSummaryView = { 
/**
 * When, RFC 3339.
 */
checked_at: string, 
/**
 * The verdict then.
 */
verdict: string, };
export type BundleReference = { 
/**
 * The bundle's identifier.
 */
id: string, 
/**
 * Its title.
 */
title: string, };
export type OfferedKind = "document" | "request" | "interaction" | "message" | "credential_offer" | "share_page" | "web" | "document_page" | "share" | "asks_for_credentials" | "refused";
export type LetterView = { 
/**
 * Whom it says it is from.
 */
from: string | null, 
/**
 * Its subject.
 */
subject: string | null, 
/**
 * The addresses it came to.
 */
to: Array<string>, 
/**
 * Its date, RFC 3339.
 */
date: string | null, };
export type CodeQuestionView = { 
/**
 * The host that wants it.
 */
host: string, 
/**
 * Whether it is made of digits alone.
 */
numeric: boolean, 
/**
 * How many characters it has, where known.
 */
length: number | null, 
/**
 * The issuer's own words on where to find it.
 */
description: string | null, 
/**
 * Whether the code given before was refused.
 */
refused: boolean, };
export type OfferedView = { 
/**
 * Names it within the offer.
 */
id: string, 
/**
 * What it is.
 */
kind: OfferedKind, 
/**
 * What names it: the credential's title, the file's name, the link's host.
 */
label: string, 
/**
 * The link, where it is one.
 */
url: string | null, 
/**
 * The platform, as people call it, where one was recognised.
 */
platform: string | null, 
/**
 * The hosts that are contacted for it, in their order: first to get it, then to check it, as far as known.
 */
hosts: Array<string>, 
/**
 * How many credentials it holds, where that is known.
 */
count: number | null, 
/**
 * The carriers around it, outermost first: a mailbox, a mail's subject, an archive.
 */
within: Array<string>, 
/**
 * The mail in which it stood.
 */
letter: LetterView | null, 
/**
 * The code that its issuer wants, where that is known beforehand.
 */
code: CodeQuestionView | null, 
/**
 * Whether it can be gathered.
 */
importable: boolean, 
/**
 * Whether it is likely what the learner wants.
 */
suggested: boolean, 
/**
 * Why it can't be gathered, or what there is to know about it.
 */
error: ErrorView | null, };
export type SkippedView = { 
/**
 * Its name.
 */
name: string, 
/**
 * Why.
 */
error: ErrorView, };
export type OfferView = { 
/**
 * Names this offer until it is accepted or discarded; it lives in memory alone.
 */
id: string, 
/**
 * What can be gathered, in the order in which it stood.
 */
items: Array<OfferedView>, 
/**
 * Parts that could not be looked into.
 */
skipped: Array<SkippedView>, 
/**
 * Why there is nothing, where there is nothing.
 */
error: ErrorView | null, };
export type QuestionView = { 
/**
 * The item.
 */
item: string, 
/**
 * What names it.
 */
label: string, 
/**
 * The question.
 */
question: CodeQuestionView, };
export type FailureView = { 
/**
 * The item.
 */
item: string, 
/**
 * What names it.
 */
label: string, 
/**
 * The verdict, where what came is no credential: `rejected`.
 */
verdict: string | null, 
/**
 * Why.
 */
error: ErrorView, };
export type Relation = "new" | "duplicate" | "newer" | "older" | "same_award";
export type Decision = "keep" | "replace" | "decline";
export type CredentialReference = { 
/**
 * The identifier of the record, or of the staged credential.
 */
id: string, 
/**
 * The credential's title.
 */
name: string, 
/**
 * Its verdict at its last check.
 */
verdict: string, };
export type StagedView = { 
/**
 * Names it within the offer.
 */
id: string, 
/**
 * The item it came from.
 */
item: string, 
/**
 * The verdict.
 */
verdict: string, 
/**
 * How it stands to what is kept.
 */
relation: Relation, 
/**
 * The record that it is related to, or the credential of the same offer that came before it.
 */
related: CredentialReference | null, 
/**
 * What is done unless the learner says otherwise.
 */
suggested: Decision, 
/**
 * What it says.
 */
credential: CredentialView, 
/**
 * What was checked.
 */
report: ReportView, 
/**
 * The credentials inside it, each with its own report.
 */
nested: Array<NestedView>, 
/**
 * Its picture as a data URL.
 */
picture: string | null, };
export type GatheredView = { 
/**
 * The offer's name.
 */
id: string, 
/**
 * The credentials that came, checked, and not in the wallet yet.
 */
staged: Array<StagedView>, 
/**
 * Items whose issuer wants a code before it goes on.
 */
questions: Array<QuestionView>, 
/**
 * Items that gave nothing.
 */
failures: Array<FailureView>, 
/**
 * Pages that issuers want opened next; only shown.
 */
then: Array<string>, };
export type AcceptedView = { 
/**
 * One for each decision, in their order.
 */
results: Array<ImportResultView>, 
/**
 * Addresses that the mails came to and that the learner has not named as their own.
 */
unknown_addresses: Array<string>, };
export type ArrivalView = { "kind": "text", 
/**
 * The text.
 */
text: string, } | { "kind": "files", 
/**
 * Their paths.
 */
paths: Array<string>, };
export type KeptLinkView = { 
/**
 * The page.
 */
url: string, 
/**
 * The platform, as people call it, where one was recognised.
 */
platform: string | null, 
/**
 * When it was kept, RFC 3339.
 */
added_at: string, };
export type ImportStep = "read" | "contact" | "prove" | "wait" | "found" | "check" | "stored";
export type ImportProgress = { 
/**
 * The stage that begins.
 */
step: ImportStep, 
/**
 * The host that is contacted, where one is.
 */
host: string | null, };
export type ImportOutcome = "imported" | "duplicate" | "declined" | "updated" | "failed";
export type ImportResultView = { 
/**
 * The link, file name, or `-` as given.
 */
source: string, 
/**
 * What became of it.
 */
outcome: ImportOutcome, 
/**
 * The record's identifier.
 */
id: string | null, 
/**
 * The credential's title.
 */
name: string | null, 
/**
 * The verdict.
 */
verdict: string | null, 
/**
 * Why it failed.
 */
error: ErrorView | null, };
export type RefreshResultView = { 
/**
 * The record's identifier.
 */
id: string, 
/**
 * The credential's title.
 */
name: string, 
/**
 * The verdict before.
 */
before: string, 
/**
 * The verdict now.
 */
verdict: string, 
/**
 * Whether the two differ.
 */
changed: boolean, 
/**
 * When, RFC 3339.
 */
checked_at: string, 
/**
 * The record of a newer version that the issuer had, which has taken this one's place; this one stays behind it.
 */
newer: string | null, };
export type BundleView = { 
/**
 * Its identifier.
 */
id: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The learner's note to the reader, Markdown.
 */
note: string | null, 
/**
 * Whom it is for, as the reader will see it.
 */
audience: string | null, 
/**
 * What it holds, in the order it will be read.
 */
credentials: Array<CredentialListView>, 
/**
 * The learner's note on single credentials ("why this matters for you"), by the record's identifier.
 */
notes: { [key in string]: string }, 
/**
 * What is not shown of credentials whose issuer's proof allows that: the `key`s of [`DisclosableClaimView`], by the
 * record's identifier.
 */
withheld: { [key in string]: Array<string> }, 
/**
 * The parts that the reader finds folded away; they stay in the signed credential.
 */
hidden_parts: Array<string>, 
/**
 * How often it was saved, from 1.
 */
version: number, 
/**
 * How many credentials of the version that was just restored are no longer in the wallet and were left out.
 */
left_out: number, 
/**
 * When it was made, RFC 3339.
 */
created_at: string, 
/**
 * When it was last changed, RFC 3339.
 */
updated_at: string, };
export type BundleVersionView = { 
/**
 * Its number, from 1.
 */
version: number, 
/**
 * When it was saved, RFC 3339.
 */
saved_at: string, 
/**
 * Its title then.
 */
title: string, 
/**
 * How many credentials it held.
 */
count: number, 
/**
 * How often exactly this version was shared.
 */
shares: number, };
export type SuggestionView = { 
/**
 * Those that fit.
 */
suggested: Array<SuggestedView>, 
/**
 * A title for the bundle, from the text's first line, where that reads like one.
 */
title: string | null, };
export type SuggestedView = { 
/**
 * The credential.
 */
credential: CredentialListView, 
/**
 * The skills, alignments and titles of the credential that the text asks for, as the credential words them.
 */
matched: Array<string>, };
export type BundleReviewView = { 
/**
 * Each credential that there is something to say about, in the bundle's order.
 */
concerns: Array<ConcernView>, 
/**
 * When the oldest of the reports that this rests on was made, RFC 3339; none for an empty bundle.
 */
checked_at: string | null, };
export type ConcernView = { 
/**
 * The record; none where it is no longer in the wallet.
 */
credential: string | null, 
/**
 * Its title.
 */
title: string, 
/**
 * A stable code: a verdict other than `valid`, `not_about_me`, `ends_soon` (within 30 days), or `old_check`
 * (last checked more than 30 days ago).
 */
code: string, 
/**
 * Values for the code's words.
 */
params: { [key in string]: string }, };
export type DisclosableView = { 
/**
 * `sd_jwt`, `ecdsa_sd_2023`, or `none`: it is shown whole or not at all.
 */
by: string, 
/**
 * Everything that can be shown or not, in the document's order.
 */
claims: Array<DisclosableClaimView>, };
export type DisclosableClaimView = { 
/**
 * What names it in a bundle: a JSON pointer into the credential.
 */
key: string, 
/**
 * The names on the way to it, as people read them.
 */
path: Array<string>, 
/**
 * Its value as text, shortened.
 */
value: string, };
export type ShareForm = "link" | "qr" | "sequence" | "hosted" | "html" | "pdf" | "json";
export type Paper = "letter" | "a4";
export type ShareView = { 
/**
 * Its identifier.
 */
id: string, 
/**
 * The bundle's identifier; the bundle itself may be gone.
 */
bundle: string, 
/**
 * The bundle's version that was shared.
 */
version: number, 
/**
 * The bundle's title then.
 */
title: string, 
/**
 * To whom it was given, in the learner's own words; never part of what is given.
 */
recipient: string | null, 
/**
 * How many credentials it carried.
 */
count: number, 
/**
 * In which form.
 */
form: ShareForm, 
/**
 * Whether it opens only with a passphrase. The passphrase itself is not kept.
 */
sealed: boolean, 
/**
 * Whether it carries the one credential alone, without the bundle's title, notes and signature, because only so it
 * fits one QR code that scans well.
 */
bare: boolean, 
/**
 * When, RFC 3339.
 */
created_at: string, 
/**
 * Until when it counts, RFC 3339.
 */
expires_at: string | null, 
/**
 * The link, for a link, a QR code or a hosted copy.
 */
link: string | null, 
/**
 * Whether `link` opens the employer's page in a browser (`true`) or only Attesta (`false`).
 */
opens_in_browser: boolean, 
/**
 * Whether the link is longer than some mail programs carry.
 */
long_link: boolean, 
/**
 * The QR code as SVG, where one code holds the link.
 */
qr_svg: string | null, 
/**
 * The QR version (1 to 40) of that code.
 */
qr_version: number | null, 
/**
 * Whether the code is too dense to scan well off a screen.
 */
qr_dense: boolean, 
/**
 * Whether it can be stopped, was, or never could be.
 */
stopping: Stopping, 
/**
 * When it was stopped, RFC 3339.
 */
stopped_at: string | null, 
/**
 * What has become of its credentials since it was given out.
 */
concerns: Array<ConcernView>, 
/**
 * The files that were written, for the command line.
 */
files: Array<string>, };
export type Stopping = "impossible" | "possible" | "stopped";
export type SequenceView = { 
/**
 * The codes as SVG, in the order they are shown, then from the start again.
 */
codes: Array<string>, 
/**
 * How many of them, any, are enough for a reader that misses none.
 */
enough: number, 
/**
 * The QR version (1 to 40) of each.
 */
qr_version: number, 
/**
 * The address of the employer's page, whose camera reads them; `None` where no page is set.
 */
page: string | null, };
export type SettingsView = { 
/**
 * The language of the program; none follows the system.
 */
language: Language | null, 
/**
 * `light`, `dark`, or none for the system's.
 */
theme: string | null, 
/**
 * The address of the employer's page; none where the build brings none either.
 */
verifier_url: string | null, 
/**
 * The address that the build brings.
 */
default_verifier_url: string | null, 
/**
 * The base address of the VerifierPlus where bundles are published; none unless the learner sets one.
 */
publisher_url: string | null, 
/**
 * The paper that documents are made for.
 */
paper: Paper, 
/**
 * The learner's own e-mail addresses, to answer "is it about me?". Never sent.
 */
emails: Array<string>, 
/**
 * The registries of issuers that are asked, then those offered.
 */
registries: Array<RegistryView>, 
/**
 * The learner's address book of issuers.
 */
known_issuers: Array<KnownIssuerView>, 
/**
 * The wallet's own DID.
 */
did: string, 
/**
 * The folder the wallet lives in.
 */
data_dir: string, 
/**
 * The program's version.
 */
version: string, 
/**
 * Whether this is a development build, which offers the demo issuer.
 */
development: boolean, };
export type RegistryView = { 
/**
 * The name that the learner knows it by.
 */
name: string, 
/**
 * `registries` (a list of registries), `issuers` (a list of issuers) or `federation` (an OpenID Federation trust anchor).
 */
kind: string, 
/**
 * Its https address.
 */
url: string, 
/**
 * Whether it is asked.
 */
chosen: boolean, 
/**
 * Whether the program offers it by itself.
 */
offered: boolean, };
export type KnownIssuerView = { 
/**
 * The issuer's identifier, exactly.
 */
id: string, 
/**
 * The name that the learner gave it.
 */
name: string, };
export type ChangeSettings = { 
/**
 * `en`, `fr`, or an empty text for the system's.
 */
language: string | null, 
/**
 * `light`, `dark`, or an empty text for the system's.
 */
theme: string | null, 
/**
 * An https address, or an empty text for the build's own.
 */
verifier_url: string | null, 
/**
 * An https address, or an empty text for none.
 */
publisher_url: string | null, 
/**
 * Another paper.
 */
paper: Paper | null, 
/**
 * All of the learner's addresses.
 */
emails: Array<string> | null, 
/**
 * All registries; those that are not chosen are not asked.
 */
registries: Array<RegistryView> | null, 
/**
 * The whole address book.
 */
known_issuers: Array<KnownIssuerView> | null, };
export type ErrorView = { 
/**
 * The stable code.
 */
code: string, 
/**
 * Values for the words.
 */
params: { [key in string]: string }, };
export type Nothing = Record<symbol, never>;
export type ById = { 
/**
 * The identifier.
 */
id: string, };
export type ListCredentials = { 
/**
 * What the learner typed.
 */
search: string, };
export type PastedText = { 
/**
 * The text as pasted.
 */
text: string, };
export type DroppedFile = { 
/**
 * The file's name.
 */
name: string, 
/**
 * Its bytes, base64 (RFC 4648 section 4).
 */
base64: string, };
export type DroppedFiles = { 
/**
 * The files.
 */
files: Array<DroppedFile>, };
export type Paths = { 
/**
 * The paths.
 */
paths: Array<string>, };
export type GatherItem = { 
/**
 * The item.
 */
item: string, 
/**
 * The code that its issuer wants, where it wants one.
 */
code: string | null, };
export type Gather = { 
/**
 * The offer.
 */
id: string, 
/**
 * The items.
 */
items: Array<GatherItem>, };
export type AcceptItem = { 
/**
 * The staged credential.
 */
staged: string, 
/**
 * What becomes of it.
 */
decision: Decision, };
export type Accept = { 
/**
 * The offer.
 */
id: string, 
/**
 * The decisions.
 */
decisions: Array<AcceptItem>, };
export type KeepLink = { 
/**
 * The record.
 */
credential: string, 
/**
 * The page.
 */
url: string, };
export type RemoveLink = { 
/**
 * The record.
 */
credential: string, 
/**
 * The page.
 */
url: string, };
export type Refresh = { 
/**
 * The records' identifiers.
 */
ids: Array<string>, };
export type CreateBundle = { 
/**
 * Its title.
 */
title: string, 
/**
 * The note to the reader, Markdown.
 */
note: string | null, 
/**
 * Whom it is for.
 */
audience: string | null, 
/**
 * The records in order.
 */
credentials: Array<string>, 
/**
 * Notes on single credentials, by the record's identifier.
 */
notes: { [key in string]: string }, 
/**
 * What is not shown, by the record's identifier.
 */
withheld: { [key in string]: Array<string> }, 
/**
 * The parts that the reader finds folded away.
 */
hidden_parts: Array<string>, };
export type EditBundle = { 
/**
 * The bundle's identifier.
 */
id: string, 
/**
 * A new title.
 */
title: string | null, 
/**
 * A new note; an empty text removes it.
 */
note: string | null, 
/**
 * A new audience; an empty text removes it.
 */
audience: string | null, 
/**
 * The records in their new order.
 */
credentials: Array<string> | null, 
/**
 * All notes on single credentials.
 */
notes: { [key in string]: string } | null, 
/**
 * All that is not shown.
 */
withheld: { [key in string]: Array<string> } | null, 
/**
 * All parts that the reader finds folded away.
 */
hidden_parts: Array<string> | null, };
export type RestoreBundle = { 
/**
 * The bundle's identifier.
 */
id: string, 
/**
 * The version.
 */
version: number, };
export type PreviewBundle = { 
/**
 * What it says and holds.
 */
draft: CreateBundle, };
export type ShareBundle = { 
/**
 * The bundle's identifier.
 */
bundle: string, 
/**
 * In which form.
 */
form: ShareForm, 
/**
 * Until when it counts: a date (`2027-01-31`, its end in UTC) or an RFC 3339 time; none for no end.
 */
expires: string | null, 
/**
 * To whom it is given, for the learner's own list.
 */
recipient: string | null, 
/**
 * What opens it; only for a link, QR codes and the file for the browser. Never kept.
 */
passphrase: string | null, 
/**
 * The language of what is made; none for the program's.
 */
language: Language | null, };
export type ShareFile = "png" | "svg" | "sheet" | "json" | "html" | "pdf";
export type SaveShare = { 
/**
 * The share's identifier.
 */
id: string, 
/**
 * Which file.
 */
file: ShareFile, 
/**
 * The language of what it says; none for the program's.
 */
language: Language | null, 
/**
 * The paper; none for the one that is set.
 */
paper: Paper | null, };
export type AddToProfile = { 
/**
 * The record's identifier.
 */
credential: string, };
export type ProfileView = { 
/**
 * LinkedIn's address.
 */
url: string, 
/**
 * The page where a visitor of the profile can check the credential, where there is one that opens.
 */
shown: string | null, };
export type SaveBadge = { 
/**
 * The record's identifier.
 */
credential: string, 
/**
 * `png` or `svg`.
 */
picture: string, };
export type OpenShare = { 
/**
 * The link, or the text of a file.
 */
text: string, 
/**
 * What opens it, where it is sealed.
 */
passphrase: string | null, };
export type SavedFile = { 
/**
 * The path; none where the learner cancelled.
 */
path: string | null, };
export type RawCredential = { 
/**
 * The credential's document as received.
 */
json: string, };
export type DemoLink = { 
/**
 * What kind of answer it gives: `json`, `png`, `page`, `negotiated`.
 */
kind: string, 
/**
 * The claim link.
 */
url: string, 
/**
 * The code that it wants, where it wants one.
 */
code: string | null, };
export type OpenAddress = { 
/**
 * An https address (http on loopback in a development build).
 */
url: string, };
export type HoldWindow = { 
/**
 * Something in the page is not saved; the page is then asked before the window closes.
 */
unsaved: boolean, };

export type Commands = {
  list_credentials: [ListCredentials, Array<CredentialListView>];
  show_credential: [ById, CredentialDetailView];
  raw_credential: [ById, RawCredential];
  remove_credential: [ById, Nothing];
  take_arrivals: [Nothing, Array<ArrivalView>];
  offer_text: [PastedText, OfferView];
  offer_files: [DroppedFiles, OfferView];
  offer_paths: [Paths, OfferView];
  gather: [Gather, GatheredView];
  accept: [Accept, AcceptedView];
  discard: [ById, Nothing];
  keep_link: [KeepLink, Nothing];
  remove_link: [RemoveLink, Nothing];
  cancel_import: [Nothing, Nothing];
  save_wallet_backup: [Nothing, SavedFile];
  refresh: [Refresh, Array<RefreshResultView>];
  list_bundles: [Nothing, Array<BundleView>];
  show_bundle: [ById, BundleView];
  create_bundle: [CreateBundle, BundleView];
  edit_bundle: [EditBundle, BundleView];
  delete_bundle: [ById, Nothing];
  duplicate_bundle: [ById, BundleView];
  bundle_versions: [ById, Array<BundleVersionView>];
  restore_bundle: [RestoreBundle, BundleView];
  suggest_credentials: [PastedText, SuggestionView];
  disclosable: [ById, DisclosableView];
  preview_bundle: [PreviewBundle, PresentationView];
  review_bundle: [ById, BundleReviewView];
  share_bundle: [ShareBundle, ShareView];
  list_shares: [Nothing, Array<ShareView>];
  share_sequence: [ById, SequenceView];
  save_share: [SaveShare, SavedFile];
  stop_share: [ById, ShareView];
  mail_draft: [ById, OpenAddress];
  add_to_profile: [AddToProfile, ProfileView];
  save_calendar: [ById, SavedFile];
  save_badge: [SaveBadge, SavedFile];
  open_share: [OpenShare, PresentationView];
  settings: [Nothing, SettingsView];
  change_settings: [ChangeSettings, SettingsView];
  copy_text: [PastedText, Nothing];
  open_in_browser: [OpenAddress, Nothing];
  hold_window: [HoldWindow, Nothing];
  close_window: [Nothing, Nothing];
  demo_links: [Nothing, Array<DemoLink>];
};
