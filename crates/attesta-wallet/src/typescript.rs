//! The TypeScript side of the contract, written from the Rust types.

use attesta_view::{
    AssessmentView, AssociationView, CheckOutcome, CheckView, ClaimView, CredentialView, EvidenceView, IssuerView,
    Language, Line, LineState, LineView, NestedView, PresentationView, PresentedCredentialView, ReportView,
    ResourceUseView, SelectionView, SkillView, TextView,
};
use ts_rs::{Config, TS};

use crate::command::*;
use crate::view::*;

macro_rules! declarations {
    ($config:expr, $($type:ty),* $(,)?) => {
        [$(format!("export {}\n", <$type as TS>::decl($config))),*]
    };
}

/// The whole content of `ui/src/lib/ipc/generated.ts`.
pub fn generated() -> String {
    let config = &Config::default();
    let mut text = String::from(
        "// Written from the Rust types; `cargo test -p attesta-wallet` compares it. Never edit by hand:\n\
         // ATTESTA_WRITE_BINDINGS=1 cargo test -p attesta-wallet\n\n",
    );
    for declaration in declarations!(
        config,
        Language,
        TextView,
        IssuerView,
        SkillView,
        AssessmentView,
        EvidenceView,
        ClaimView,
        SelectionView,
        AssociationView,
        CredentialView,
        CheckOutcome,
        CheckView,
        Line,
        LineState,
        LineView,
        ResourceUseView,
        ReportView,
        NestedView,
        PresentedCredentialView,
        PresentationView,
        CredentialListView,
        CredentialDetailView,
        ReportSummaryView,
        BundleReference,
        OfferedKind,
        LetterView,
        CodeQuestionView,
        OfferedView,
        SkippedView,
        OfferView,
        QuestionView,
        FailureView,
        Relation,
        Decision,
        CredentialReference,
        StagedView,
        GatheredView,
        AcceptedView,
        ArrivalView,
        KeptLinkView,
        ImportStep,
        ImportProgress,
        ImportOutcome,
        ImportResultView,
        RefreshResultView,
        BundleView,
        BundleVersionView,
        SuggestionView,
        SuggestedView,
        BundleReviewView,
        ConcernView,
        DisclosableView,
        DisclosableClaimView,
        ShareForm,
        Paper,
        ShareView,
        Stopping,
        SequenceView,
        SettingsView,
        RegistryView,
        KnownIssuerView,
        ChangeSettings,
        ErrorView,
        Nothing,
        ById,
        ListCredentials,
        PastedText,
        DroppedFile,
        DroppedFiles,
        Paths,
        GatherItem,
        Gather,
        AcceptItem,
        Accept,
        KeepLink,
        RemoveLink,
        Refresh,
        CreateBundle,
        EditBundle,
        RestoreBundle,
        PreviewBundle,
        ShareBundle,
        ShareFile,
        SaveShare,
        AddToProfile,
        ProfileView,
        SaveBadge,
        OpenShare,
        SavedFile,
        RawCredential,
        DemoLink,
        OpenAddress,
        HoldWindow,
    ) {
        text.push_str(&declaration);
    }
    text.push('\n');
    text.push_str(&typescript_map(config));
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_windows_types_are_those_of_the_commands() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/ipc/generated.ts");
        let generated = super::generated();
        if std::env::var_os("ATTESTA_WRITE_BINDINGS").is_some() {
            std::fs::write(&path, &generated).expect("ui/src/lib/ipc is there and can be written");
        }
        let committed = std::fs::read_to_string(&path).expect("ui/src/lib/ipc/generated.ts is committed");
        assert!(committed == generated, "run ATTESTA_WRITE_BINDINGS=1 cargo test -p attesta-wallet");
    }
}
