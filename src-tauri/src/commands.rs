//! The commands that the window may call: each takes its request, calls the use case and yields its answer.
//!
//! What asks the network or the disk runs on a thread of its own, so that the window stays alive.

use std::sync::Arc;

use attesta_view::PresentationView;
use attesta_wallet::command::*;
use attesta_wallet::view::*;
use attesta_wallet::{Wallet, WalletError};
use tauri::ipc::Invoke;
use tauri::{AppHandle, Emitter, State, Wry};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_opener::OpenerExt;

use crate::arrivals::Handed;
use crate::closing::Closing;
use crate::drafts::Drafts;
use crate::saving::{save, write_for_owner};

type Kept<'w> = State<'w, Arc<Wallet>>;
type Answer<T> = Result<T, ErrorView>;

/// Tells the window how far an import is.
const IMPORT_PROGRESS: &str = "import-progress";
/// Tells the window that its list is out of date.
const CREDENTIALS_CHANGED: &str = "credentials-changed";

/// Registers every command of [`COMMANDS`]; a test compares the two lists.
pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        list_credentials,
        show_credential,
        raw_credential,
        remove_credential,
        take_arrivals,
        offer_text,
        offer_files,
        offer_paths,
        gather,
        accept,
        discard,
        keep_link,
        remove_link,
        cancel_import,
        save_wallet_backup,
        refresh,
        list_bundles,
        show_bundle,
        create_bundle,
        edit_bundle,
        delete_bundle,
        duplicate_bundle,
        bundle_versions,
        restore_bundle,
        suggest_credentials,
        disclosable,
        preview_bundle,
        review_bundle,
        share_bundle,
        list_shares,
        share_sequence,
        save_share,
        stop_share,
        mail_draft,
        add_to_profile,
        save_calendar,
        save_badge,
        open_share,
        settings,
        change_settings,
        copy_text,
        open_in_browser,
        hold_window,
        close_window,
        demo_links,
    ]
}

#[tauri::command(async)]
fn list_credentials(wallet: Kept<'_>, request: ListCredentials) -> Answer<Vec<CredentialListView>> {
    answer(wallet.list_credentials(&request))
}

#[tauri::command(async)]
fn show_credential(wallet: Kept<'_>, request: ById) -> Answer<CredentialDetailView> {
    answer(wallet.show_credential(&request))
}

#[tauri::command(async)]
fn raw_credential(wallet: Kept<'_>, request: ById) -> Answer<RawCredential> {
    answer(wallet.raw_credential(&request))
}

#[tauri::command(async)]
fn remove_credential(app: AppHandle, wallet: Kept<'_>, request: ById) -> Answer<Nothing> {
    changed(&app, answer(wallet.remove_credential(&request)))
}

#[tauri::command(async)]
fn take_arrivals(wallet: Kept<'_>, handed: State<'_, Handed>, request: Nothing) -> Answer<Vec<ArrivalView>> {
    Ok(handed.over(wallet.take_arrivals(&request)))
}

#[tauri::command(async)]
fn offer_text(wallet: Kept<'_>, request: PastedText) -> Answer<OfferView> {
    answer(wallet.offer_text(&request))
}

#[tauri::command(async)]
fn offer_files(wallet: Kept<'_>, request: DroppedFiles) -> Answer<OfferView> {
    answer(wallet.offer_files(&request))
}

#[tauri::command(async)]
fn offer_paths(wallet: Kept<'_>, handed: State<'_, Handed>, request: Paths) -> Answer<OfferView> {
    answer(handed.only(&request))?;
    match handed.picture(&request) {
        Some(picture) => answer(wallet.offer_bytes(&picture.name, &picture.bytes)),
        None => answer(wallet.offer_paths(&request)),
    }
}

#[tauri::command(async)]
fn gather(app: AppHandle, wallet: Kept<'_>, request: Gather) -> Answer<GatheredView> {
    answer(wallet.gather(&request, &|progress| tell(&app, progress)))
}

#[tauri::command(async)]
fn accept(app: AppHandle, wallet: Kept<'_>, request: Accept) -> Answer<AcceptedView> {
    changed(&app, answer(wallet.accept(&request)))
}

#[tauri::command(async)]
fn discard(wallet: Kept<'_>, request: ById) -> Answer<Nothing> {
    answer(wallet.discard(&request))
}

#[tauri::command(async)]
fn keep_link(app: AppHandle, wallet: Kept<'_>, request: KeepLink) -> Answer<Nothing> {
    changed(&app, answer(wallet.keep_link(&request)))
}

#[tauri::command(async)]
fn remove_link(app: AppHandle, wallet: Kept<'_>, request: RemoveLink) -> Answer<Nothing> {
    changed(&app, answer(wallet.remove_link(&request)))
}

#[tauri::command(async)]
fn cancel_import(wallet: Kept<'_>, request: Nothing) -> Answer<Nothing> {
    wallet.cancel_import();
    Ok(request)
}

#[tauri::command(async)]
fn save_wallet_backup(app: AppHandle, wallet: Kept<'_>, request: Nothing) -> Answer<SavedFile> {
    let Nothing {} = request;
    let backup = answer(wallet.wallet_backup())?;
    answer(save(&app, &backup.name, |path| write_for_owner(path, &backup.bytes)))
}

#[tauri::command(async)]
fn refresh(app: AppHandle, wallet: Kept<'_>, request: Refresh) -> Answer<Vec<RefreshResultView>> {
    changed(&app, answer(wallet.refresh(&request)))
}

#[tauri::command(async)]
fn list_bundles(wallet: Kept<'_>, request: Nothing) -> Answer<Vec<BundleView>> {
    let Nothing {} = request;
    answer(wallet.list_bundles())
}

#[tauri::command(async)]
fn show_bundle(wallet: Kept<'_>, request: ById) -> Answer<BundleView> {
    answer(wallet.show_bundle(&request))
}

#[tauri::command(async)]
fn create_bundle(wallet: Kept<'_>, request: CreateBundle) -> Answer<BundleView> {
    answer(wallet.create_bundle(&request))
}

#[tauri::command(async)]
fn edit_bundle(wallet: Kept<'_>, request: EditBundle) -> Answer<BundleView> {
    answer(wallet.edit_bundle(&request))
}

#[tauri::command(async)]
fn delete_bundle(wallet: Kept<'_>, request: ById) -> Answer<Nothing> {
    answer(wallet.delete_bundle(&request))
}

#[tauri::command(async)]
fn duplicate_bundle(wallet: Kept<'_>, request: ById) -> Answer<BundleView> {
    answer(wallet.duplicate_bundle(&request))
}

#[tauri::command(async)]
fn bundle_versions(wallet: Kept<'_>, request: ById) -> Answer<Vec<BundleVersionView>> {
    answer(wallet.bundle_versions(&request))
}

#[tauri::command(async)]
fn restore_bundle(wallet: Kept<'_>, request: RestoreBundle) -> Answer<BundleView> {
    answer(wallet.restore_bundle(&request))
}

#[tauri::command(async)]
fn suggest_credentials(wallet: Kept<'_>, request: PastedText) -> Answer<SuggestionView> {
    answer(wallet.suggest_credentials(&request))
}

#[tauri::command(async)]
fn disclosable(wallet: Kept<'_>, request: ById) -> Answer<DisclosableView> {
    answer(wallet.disclosable(&request))
}

#[tauri::command(async)]
fn preview_bundle(wallet: Kept<'_>, request: PreviewBundle) -> Answer<PresentationView> {
    answer(wallet.preview_bundle(&request))
}

#[tauri::command(async)]
fn review_bundle(wallet: Kept<'_>, request: ById) -> Answer<BundleReviewView> {
    answer(wallet.review_bundle(&request))
}

#[tauri::command(async)]
fn share_bundle(wallet: Kept<'_>, request: ShareBundle) -> Answer<ShareView> {
    answer(wallet.share_bundle(&request))
}

#[tauri::command(async)]
fn list_shares(wallet: Kept<'_>, request: Nothing) -> Answer<Vec<ShareView>> {
    let Nothing {} = request;
    answer(wallet.list_shares())
}

#[tauri::command(async)]
fn share_sequence(wallet: Kept<'_>, request: ById) -> Answer<SequenceView> {
    answer(wallet.share_sequence(&request))
}

#[tauri::command(async)]
fn save_share(app: AppHandle, wallet: Kept<'_>, request: SaveShare) -> Answer<SavedFile> {
    let content = answer(wallet.share_content(&request))?;
    answer(save(&app, &content.name, |path| std::fs::write(path, &content.bytes)))
}

#[tauri::command(async)]
fn stop_share(wallet: Kept<'_>, request: ById) -> Answer<ShareView> {
    answer(wallet.stop_share(&request))
}

#[tauri::command(async)]
fn mail_draft(wallet: Kept<'_>, drafts: State<'_, Drafts>, request: ById) -> Answer<OpenAddress> {
    answer(wallet.mail_draft(&request)).inspect(|draft| drafts.keep(&draft.url))
}

#[tauri::command(async)]
fn add_to_profile(wallet: Kept<'_>, request: AddToProfile) -> Answer<ProfileView> {
    answer(wallet.add_to_profile(&request))
}

#[tauri::command(async)]
fn save_calendar(app: AppHandle, wallet: Kept<'_>, request: ById) -> Answer<SavedFile> {
    let content = answer(wallet.calendar(&request))?;
    answer(save(&app, &content.name, |path| std::fs::write(path, &content.bytes)))
}

#[tauri::command(async)]
fn save_badge(app: AppHandle, wallet: Kept<'_>, request: SaveBadge) -> Answer<SavedFile> {
    let content = answer(wallet.baked_badge(&request))?;
    answer(save(&app, &content.name, |path| std::fs::write(path, &content.bytes)))
}

#[tauri::command(async)]
fn open_share(wallet: Kept<'_>, request: OpenShare) -> Answer<PresentationView> {
    answer(wallet.open_share(&request))
}

#[tauri::command(async)]
fn settings(wallet: Kept<'_>, request: Nothing) -> Answer<SettingsView> {
    let Nothing {} = request;
    answer(wallet.settings())
}

#[tauri::command(async)]
fn change_settings(wallet: Kept<'_>, request: ChangeSettings) -> Answer<SettingsView> {
    answer(wallet.change_settings(&request))
}

#[tauri::command(async)]
fn copy_text(app: AppHandle, request: PastedText) -> Answer<Nothing> {
    let copied = app.clipboard().write_text(request.text);
    answer(copied.map(|()| Nothing {}).map_err(|_| WalletError::Internal { what: "the clipboard" }))
}

#[tauri::command(async)]
fn open_in_browser(
    app: AppHandle,
    wallet: Kept<'_>,
    drafts: State<'_, Drafts>,
    request: OpenAddress,
) -> Answer<Nothing> {
    // A draft goes to the mail program as it was made here; the page itself can't write one.
    let address = if drafts.made(&request.url) { request.url } else { answer(wallet.browser_address(&request))? };
    let opened = app.opener().open_url(address, None::<&str>);
    answer(opened.map(|()| Nothing {}).map_err(|_| WalletError::Internal { what: "the browser" }))
}

#[tauri::command]
fn hold_window(closing: State<'_, Closing>, request: HoldWindow) -> Answer<Nothing> {
    closing.hold(request.unsaved);
    Ok(Nothing {})
}

#[tauri::command]
fn close_window(window: tauri::WebviewWindow, request: Nothing) -> Answer<Nothing> {
    let Nothing {} = request;
    // A window that is closing already is closed.
    let _ = window.destroy();
    Ok(Nothing {})
}

#[cfg(feature = "development")]
#[tauri::command(async)]
fn demo_links(issuer: State<'_, crate::demo_issuer::DemoIssuer>, request: Nothing) -> Answer<Vec<DemoLink>> {
    let Nothing {} = request;
    Ok(issuer.links())
}

#[cfg(not(feature = "development"))]
#[tauri::command]
fn demo_links(request: Nothing) -> Answer<Vec<DemoLink>> {
    let Nothing {} = request;
    Ok(Vec::new())
}

fn answer<T>(done: Result<T, WalletError>) -> Answer<T> {
    done.map_err(|error| error.view())
}

fn changed<T>(app: &AppHandle, answer: Answer<T>) -> Answer<T> {
    // A window that is closing does not need to know.
    let _ = app.emit(CREDENTIALS_CHANGED, ());
    answer
}

fn tell(app: &AppHandle, progress: ImportProgress) {
    // A window that is closing does not need to know.
    let _ = app.emit(IMPORT_PROGRESS, progress);
}

#[cfg(test)]
mod tests {
    use attesta_wallet::command::COMMANDS;

    #[test]
    fn the_page_may_hear_events_and_nothing_else_of_tauri_and_its_plugins() {
        let capabilities = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/capabilities"));
        assert_eq!(capabilities.expect("the folder is there").count(), 1);
        let wallet: serde_json::Value =
            serde_json::from_str(include_str!("../capabilities/wallet.json")).expect("it is JSON");
        let granted = serde_json::json!(["core:event:allow-listen", "core:event:allow-unlisten"]);
        assert_eq!(wallet["permissions"], granted);
    }

    #[test]
    fn every_command_of_the_list_is_registered_and_no_other() {
        let source = include_str!("commands.rs");
        let listed =
            source.split_once("generate_handler![").and_then(|(_, rest)| rest.split_once(']')).map(|(list, _)| list);
        let registered: Vec<&str> =
            listed.unwrap_or_default().split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        assert_eq!(registered, COMMANDS);
    }
}
