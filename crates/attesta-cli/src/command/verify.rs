//! `attesta verify`: checks sources and keeps nothing.

use attesta_view::{CheckOutcome, CheckView, CredentialView, NestedView, ReportView};
use attesta_wallet::view::ErrorView;
use attesta_wallet::{Examined, WalletError, worst_verdict};
use serde_json::{Value, json};

use crate::context::Context;
use crate::contract;
use crate::labels::Label;
use crate::outcome::{Exit, Outcome};
use crate::page::Page;
use crate::source::{self, Source};

pub(crate) fn run(context: &Context, sources: &[String]) -> Outcome {
    let mut results: Vec<(&str, Examined)> = Vec::new();
    for source in sources {
        let examined = match source::read(source) {
            Ok(Source::Text(text)) => context.wallet.examine_text(&text),
            Ok(Source::Bytes(bytes)) => context.wallet.examine_bytes(source, &bytes),
            Ok(Source::Folder) => {
                vec![Examined::rejected(&WalletError::FileUnreadable { name: source.clone() })]
            }
            Err(error) => vec![Examined::rejected(&error)],
        };
        results.extend(examined.into_iter().map(|examined| (source.as_str(), examined)));
    }
    let verdict = worst_verdict(results.iter().map(|(_, examined)| examined.verdict.as_str()));
    let json: Vec<Value> =
        results.iter().map(|(source, examined)| contract::result(source, examined, &context.words)).collect();
    let mut page = Page::new();
    for (source, examined) in &results {
        page.gap();
        if results.len() > 1 {
            page.line(source);
        }
        finding(
            context,
            &mut page,
            &examined.verdict,
            examined.credential.as_ref(),
            examined.report.as_ref(),
            examined.error.as_ref(),
        );
        inside(context, &mut page, &examined.nested, 1);
    }
    Outcome::new(json!({ "verdict": verdict, "results": json }), page, Exit::when(verdict == "valid"))
}

/// The verdict first, then what the credential is, then a line for each check.
pub(crate) fn finding(
    context: &Context,
    page: &mut Page,
    verdict: &str,
    credential: Option<&CredentialView>,
    report: Option<&ReportView>,
    error: Option<&ErrorView>,
) {
    page.line(&context.words.verdict(verdict));
    if let Some(credential) = credential {
        page.under(&credential.title.text);
        page.under(&format!("{} {}", context.label(Label::From), issuer(credential)));
    }
    if let Some(report) = report {
        checks(context, page, report);
    }
    if let Some(error) = error {
        page.under(&context.words.error(error));
        if let Some(advice) = context.words.error_advice(error) {
            page.under(&advice);
        }
    }
}

/// The credentials inside one: what each is or endorses, who says it, its own verdict, and those inside it in turn.
pub(crate) fn inside(context: &Context, page: &mut Page, nested: &[NestedView], depth: usize) {
    if depth == 1 && !nested.is_empty() {
        page.under(context.label(Label::InsideApart));
    }
    for one in nested {
        let by = one.credential.as_ref().map(issuer).unwrap_or_default();
        let title = one.credential.as_ref().map(|credential| credential.title.text.as_str()).unwrap_or(&one.path);
        let what = match one.role.as_str() {
            "endorses_achievement" => context.labelled(Label::EndorsesAchievement, &by),
            "endorses_credential" => context.labelled(Label::EndorsesCredential, &by),
            "endorses_issuer" => context.labelled(Label::EndorsesIssuer, &by),
            "endorses_subject" => context.labelled(Label::EndorsesSubject, &by),
            "endorses_something_else" => context.labelled(Label::EndorsesSomethingElse, &by),
            _ => context.labelled(Label::Inside, &format!("{title}, {by}")),
        };
        page.deeper(depth, &format!("{what} ({})", context.words.verdict(&one.report.verdict)));
        if let Some(comment) = &one.comment {
            page.deeper(depth + 1, comment);
        }
        inside(context, page, &one.nested, depth + 1);
    }
}

/// The issuer's name with what its identifier says beside it: a name alone is only a claim.
pub(crate) fn issuer(credential: &CredentialView) -> String {
    let issuer = &credential.issuer;
    let proven = issuer.host.as_ref().unwrap_or(&issuer.id);
    match &issuer.name {
        Some(name) => format!("{} ({proven})", name.text),
        None => proven.clone(),
    }
}

/// One line for each check, when it was made and whom was asked, and what can be done about the first trouble.
pub(crate) fn checks(context: &Context, page: &mut Page, report: &ReportView) {
    let words = &context.words;
    let name = |check: &str| words.plain(&format!("check.{check}"));
    let width = report.checks.iter().map(|check| name(&check.check).chars().count()).max().unwrap_or(0);
    for check in &report.checks {
        page.row(&name(&check.check), width, &words.check(check));
    }
    page.under(&format!(
        "{} {}. {}",
        context.label(Label::Checked),
        words.date(&report.checked_at),
        asked(context, report)
    ));
    let trouble = |check: &&CheckView| matches!(check.outcome, CheckOutcome::Fail | CheckOutcome::Inconclusive);
    if let Some(advice) = report.checks.iter().find(trouble).and_then(|check| words.advice(check)) {
        page.under(&advice);
    }
}

fn asked(context: &Context, report: &ReportView) -> String {
    match report.asked.as_slice() {
        [] => context.label(Label::NobodyAsked).to_owned(),
        hosts => format!("{} {}.", context.label(Label::Asked), hosts.join(", ")),
    }
}
