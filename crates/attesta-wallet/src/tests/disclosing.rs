//! Leaving out of a credential what its issuer allows to be left out.

use serde_json::json;

use super::world::*;
use crate::command::{CreateBundle, EditBundle, PreviewBundle, SaveShare, ShareBundle, ShareFile};
use crate::view::{BundleView, ShareForm};

const STATEMENTS: &[u8] = include_bytes!("../../../../tests/vectors/sd_base_good/input.json");
const PLAIN_STATEMENTS: &[u8] = include_bytes!("../../../../tests/vectors/sd_base_plain_good/input.json");

fn withholding(id: &str, keys: &[&str]) -> CreateBundle {
    CreateBundle {
        title: "Care".to_owned(),
        credentials: vec![id.to_owned()],
        withheld: [(id.to_owned(), keys.iter().map(|&key| key.to_owned()).collect())].into(),
        ..CreateBundle::default()
    }
}

#[test]
fn what_can_be_left_out_is_told_where_the_issuers_proof_allows_it() {
    let world = World::new();
    let whole = world.imported(&badge_with_status(1));
    let offered = world.wallet.disclosable(&by_id(&whole)).unwrap();
    assert_eq!((offered.by.as_str(), offered.claims.len()), ("none", 0));
    let parted = world.imported(STATEMENTS);
    let offered = world.wallet.disclosable(&by_id(&parted)).unwrap();
    assert_eq!(offered.by, "ecdsa_sd_2023");
    assert!(offered.claims.iter().all(|it| it.key.starts_with('/') && !it.path.is_empty()), "{:?}", offered.claims);
    assert_eq!(world.wallet.disclosable(&by_id("nope")).unwrap_err().code().as_str(), "not_found");
}

#[test]
fn what_is_withheld_stands_neither_in_the_preview_nor_in_the_share() {
    let world = World::new();
    let id = world.imported(STATEMENTS);
    let offered = world.wallet.disclosable(&by_id(&id)).unwrap();
    let narrative = "/credentialSubject/achievement/criteria/narrative";
    let claim = offered.claims.iter().find(|it| it.key == narrative).unwrap();
    assert!(String::from_utf8_lossy(STATEMENTS).contains(&claim.value), "the test looks for the wrong text");
    let draft = withholding(&id, &[&claim.key, &claim.key]);

    let preview = world.wallet.preview_bundle(&PreviewBundle { draft: draft.clone() }).unwrap();
    let said = serde_json::to_string(&preview.credentials).unwrap();
    assert!(!said.contains(&claim.value), "{said}");
    let shown = preview.credentials[0].report.as_ref().unwrap();
    let proof = shown.checks.iter().find(|check| check.check == "proof").unwrap();
    assert_eq!(proof.code, "selection_signature_holds");

    let bundle = world.wallet.create_bundle(&draft).unwrap();
    assert_eq!(bundle.withheld, [(id.clone(), vec![claim.key.clone()])].into());
    let request = ShareBundle {
        bundle: bundle.id,
        form: ShareForm::Json,
        expires: None,
        recipient: None,
        passphrase: None,
        language: None,
    };
    let share = world.wallet.share_bundle(&request).unwrap();
    let save = SaveShare { id: share.id, file: ShareFile::Json, language: None, paper: None };
    let file = world.wallet.share_content(&save).unwrap();
    assert!(!String::from_utf8_lossy(&file.bytes).contains(&claim.value));
    let opened = world.stranger().wallet.open_files(&[(file.name.as_str(), file.bytes.as_slice())], None).unwrap();
    assert_eq!((opened.verdict.as_str(), &opened.verdict), ("valid", &preview.verdict));
    assert_eq!(opened.credentials[0].credential, preview.credentials[0].credential);
}

#[test]
fn what_can_not_be_left_out_is_refused_when_the_bundle_is_saved() {
    let world = World::new();
    let id = world.imported(STATEMENTS);
    let bundle: BundleView = world.wallet.create_bundle(&withholding(&id, &[])).unwrap();
    assert!(bundle.withheld.is_empty());
    for key in ["/issuer", "/proof", "", "/", "nonsense", "/credentialSubject/nothing"] {
        let request = withholding(&id, &[key]);
        assert_eq!(world.wallet.create_bundle(&request).unwrap_err().code().as_str(), "not_disclosable", "{key}");
        let edit = EditBundle { id: bundle.id.clone(), withheld: Some(request.withheld), ..EditBundle::default() };
        assert_eq!(world.wallet.edit_bundle(&edit).unwrap_err().code().as_str(), "not_disclosable", "{key}");
    }
}

#[test]
fn a_newer_version_keeps_the_note_and_what_of_the_withheld_it_still_has() {
    let world = World::new();
    let [older, newer] = [STATEMENTS, PLAIN_STATEMENTS].map(|bytes| world.imported(bytes));
    let key = world.wallet.disclosable(&by_id(&older)).unwrap().claims.remove(0).key;
    let offered = world.wallet.disclosable(&by_id(&newer)).unwrap().claims;
    assert!(offered.iter().all(|claim| claim.key != key), "the two have nothing of that name in common");
    let create = CreateBundle { notes: [(older.clone(), "Why".to_owned())].into(), ..withholding(&older, &[&key]) };
    let bundle = world.wallet.create_bundle(&create).unwrap();
    world.wallet.store().credentials().supersede(&older, &newer).unwrap();
    let now = world.wallet.show_bundle(&by_id(&bundle.id)).unwrap();
    assert_eq!((now.notes, now.withheld.len()), ([(newer.clone(), "Why".to_owned())].into(), 0));
    let edit = EditBundle { id: bundle.id, title: Some("Anew".to_owned()), ..EditBundle::default() };
    assert_eq!(world.wallet.edit_bundle(&edit).unwrap().version, 2, "what is no more stops nobody");
    assert_eq!(json!(world.wallet.list_bundles().unwrap()[0].withheld), json!({}));
}
