//! Data Integrity ECDSA cryptosuites: the W3C vectors, each intermediate value on the way to the signature.

use std::collections::BTreeMap;
use std::path::Path;

use attesta_jsonld::{Document, HashAlgorithm, Value};
use attesta_verify::public_key::SignatureAlgorithm;
use attesta_verify::selective::{self, Disclosable, SelectiveProof, SignatureBudget};
use attesta_verify::{CanonicalForms, Cryptosuite, canonical_forms, canonical_forms_by, hash_data};

use crate::suite::{Suite, Unreadable, bytes, json, text};
use crate::vc_di_eddsa::{decode_base58btc, hex, key, options};

/// Folder of a suite's vectors, the ending of their names, the suite, its hash function and its algorithm.
const VECTORS: [(&str, &str, Cryptosuite, HashAlgorithm, SignatureAlgorithm); 6] = {
    use Cryptosuite::{EcdsaJcs2019 as Jcs, EcdsaRdfc2019 as Rdfc};
    use HashAlgorithm::{Sha256, Sha384};
    use SignatureAlgorithm::{Es256, Es384};
    [
        ("ecdsa-rdfc-2019-p256", "ECDSAP256", Rdfc, Sha256, Es256),
        ("ecdsa-rdfc-2019-p256/employ", "ECDSAP256", Rdfc, Sha256, Es256),
        ("ecdsa-rdfc-2019-p384", "ECDSAP384", Rdfc, Sha384, Es384),
        ("ecdsa-rdfc-2019-p384/employ", "ECDSAP384", Rdfc, Sha384, Es384),
        ("ecdsa-jcs-2019-p256", "JCSECDSAP256", Jcs, Sha256, Es256),
        ("ecdsa-jcs-2019-p384", "JCSECDSAP384", Jcs, Sha384, Es384),
    ]
};

pub(crate) fn run(folder: &Path) -> Result<Suite, Unreadable> {
    let folder = folder.join("vc-di-ecdsa");
    let mut suite = Suite::new("vc-di-ecdsa");
    for (name, ending, cryptosuite, hash, algorithm) in VECTORS {
        let step = |step: &str, extension: &str| folder.join(name).join(format!("{step}{ending}.{extension}"));
        let (signed, config) = (bytes(&step("signed", "json"))?, bytes(&step("proofConfig", "json"))?);
        let (Ok(signed), Ok(config)) = (Document::parse(signed), Document::parse(config)) else {
            suite.case(format!("{name}/signed"), Err("is not JSON".to_owned()));
            continue;
        };
        let forms = match canonical_forms_by(signed.root(), config.root(), cryptosuite, hash, &options()) {
            Ok(forms) => forms,
            Err(error) => {
                suite.case(format!("{name}/canonDoc"), Err(error.to_string()));
                continue;
            }
        };
        let CanonicalForms { document, proof, .. } = &forms;
        let hashes = hash_data(&forms);
        let (proof_hash, document_hash) = hashes.split_at(hashes.len() / 2);
        let value = signed.root().at("/proof/proofValue").and_then(Value::as_str).unwrap_or_default();
        let signature = decode_base58btc(value);
        for (file, found) in [
            ("canonDoc", String::from_utf8_lossy(document).into_owned()),
            ("proofCanon", String::from_utf8_lossy(proof).into_owned()),
            ("proofHash", hex(proof_hash)),
            ("docHash", hex(document_hash)),
            ("combinedHash", hex(&hashes)),
            ("sigHex", hex(&signature)),
            ("sigBTC58", value.to_owned()),
        ] {
            suite.equal(format!("{name}/{file}"), found.trim(), text(&step(file, "txt"))?.trim());
        }
        let method = signed.root().at("/proof/verificationMethod").and_then(Value::as_str).unwrap_or_default();
        let held =
            key(method).and_then(|key| key.verify(algorithm, &hashes, &signature).map_err(|error| error.to_string()));
        suite.case(format!("{name}/signature"), held);
    }
    for (name, pointers) in [("prc", "prCredSelective"), ("employ", "employSelective")] {
        let steps = folder.join("ecdsa-sd-2023").join(name);
        selective_disclosure(&mut suite, &steps, name)?;
        let pointers: Vec<String> = json(&folder.join(pointers).with_extension("json"))?;
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        derivation(&mut suite, &steps, name, &pointers)?;
    }
    Ok(suite)
}

/// From the signed base to the derived credential and its verification.
fn selective_disclosure(suite: &mut Suite, folder: &Path, name: &str) -> Result<(), Unreadable> {
    let name = |step: &str| format!("ecdsa-sd-2023/{name}/{step}");
    let hashes: BTreeMap<String, String> = json(&folder.join("addHashData.json"))?;
    for (step, all, canonical) in [
        ("addSignedSDBase", "addBaseDocHMACCanon", Some("addBaseDocCanon")),
        ("derivedRevealDocument", "verifyNQuads", None),
    ] {
        let credential = match Credential::read(bytes(&folder.join(step).with_extension("json"))?) {
            Ok(credential) => credential,
            Err(error) => {
                suite.case(name(step), Err(error));
                continue;
            }
        };
        suite.equal(name(&format!("{step}/encoded")), &credential.value.encode(), &credential.written);
        let file = folder.join("addProofConfigCanon.txt");
        suite.equal(name(&format!("{step}/addProofConfigCanon")), credential.options.trim(), text(&file)?.trim());
        let proof_hash = sha256(credential.options.as_bytes());
        suite.equal(name(&format!("{step}/proofHash")), &proof_hash, &hashes["proofHash"]);
        if let Some(file) = canonical {
            let lines: Vec<String> = json(&folder.join(file).with_extension("json"))?;
            suite.equal(name(file), &credential.canonical, &lines.concat());
        }
        let Some(statements) =
            credential.value.statements(&credential.canonical, &SignatureBudget::default()).ok().flatten()
        else {
            suite.case(name(&format!("{step}/statements")), Err("they are not those that were signed".to_owned()));
            continue;
        };
        let mandatory_hash = sha256(statements.mandatory.concat().as_bytes());
        suite.equal(name(&format!("{step}/mandatoryHash")), &mandatory_hash, &hashes["mandatoryHash"]);
        let mut lines = [statements.mandatory, statements.others].concat();
        lines.sort_unstable();
        let expected: Vec<String> = json(&folder.join(all).with_extension("json"))?;
        suite.equal(name(all), &lines.concat(), &expected.concat());
        suite.case(name(&format!("{step}/signatures")), credential.holds());
        let spoiled = credential.canonical.replacen("SMITH", "SMYTH", 1).replacen("Bahamas", "Bermuda", 1);
        let spoiled = spoiled.replacen("Arcadia", "Utopia", 1);
        suite.case(
            name(&format!("{step}/altered")),
            match (Credential { canonical: spoiled, ..credential }).holds() {
                Ok(()) => Err("an altered statement passes".to_owned()),
                Err(_) => Ok(()),
            },
        );
    }
    Ok(())
}

/// What a holder makes of the base proof, showing what the pointers select.
fn derivation(suite: &mut Suite, folder: &Path, name: &str, pointers: &[&str]) -> Result<(), Unreadable> {
    let name = |step: &str| format!("ecdsa-sd-2023/{name}/{step}");
    let read = |step: &str| Ok(Document::parse(bytes(&folder.join(step).with_extension("json"))?));
    let (Ok(base), Ok(expected)) = (read("addSignedSDBase")?, read("derivedRevealDocument")?) else {
        suite.case(name("derived"), Err("is not JSON".to_owned()));
        return Ok(());
    };
    let null = Value::Null;
    let derived = selective::derive(base.root(), base.root().get("proof").unwrap_or(&null), pointers, &options());
    match derived.map(|text| Document::parse(text.into_bytes())) {
        Ok(Ok(derived)) => {
            let equal = derived.root() == expected.root();
            suite.case(
                name("derivedRevealDocument"),
                equal.then_some(()).ok_or_else(|| format!("found {}", derived.root())),
            );
        }
        Ok(Err(error)) => suite.case(name("derivedRevealDocument"), Err(error.to_string())),
        Err(error) => suite.case(name("derivedRevealDocument"), Err(error.to_string())),
    }
    let groups: BTreeMap<String, Vec<usize>> = json(&folder.join("derivedGroupIndexes.json"))?;
    match groups_of(&base, pointers) {
        Ok(found) => suite.equal(name("derivedGroupIndexes"), &format!("{found:?}"), &format!("{groups:?}")),
        Err(error) => suite.case(name("derivedGroupIndexes"), Err(error)),
    }
    Ok(())
}

/// Which statements of the whole each group has, by their place in it.
fn groups_of(base: &Document, pointers: &[&str]) -> Result<BTreeMap<String, Vec<usize>>, String> {
    let value = base.root().at("/proof/proofValue").and_then(Value::as_str).unwrap_or_default();
    let Ok(SelectiveProof::Base(proof)) = SelectiveProof::decode(value) else {
        return Err("it has no base proof".to_owned());
    };
    let document = base.root().as_object().ok_or("it is no object")?;
    let disclosable = Disclosable::of(document, &options()).map_err(|error| error.to_string())?;
    let all = disclosable.statements(&proof.hmac_key);
    let mandatory: Vec<&str> = proof.mandatory_pointers.iter().map(String::as_str).collect();
    let combined = [&mandatory, pointers].concat();
    let places = |pointers: &[&str]| -> Result<Vec<usize>, String> {
        let selected = disclosable.selected(pointers, &proof.hmac_key).map_err(|error| error.to_string())?;
        Ok((0..all.len()).filter(|place| selected.contains(&all[*place])).collect())
    };
    let mandatory = places(&mandatory)?;
    let rest = (0..all.len()).filter(|place| !mandatory.contains(place)).collect();
    Ok(BTreeMap::from([
        ("combinedIndexes".to_owned(), places(&combined)?),
        ("selectiveIndexes".to_owned(), places(pointers)?),
        ("mandatoryIndexes".to_owned(), mandatory),
        ("nonMandatoryIndexes".to_owned(), rest),
    ]))
}

/// A credential with a proof of ecdsa-sd-2023.
struct Credential {
    canonical: String,
    options: String,
    written: String,
    value: SelectiveProof,
    method: String,
}

impl Credential {
    fn read(json: Vec<u8>) -> Result<Self, String> {
        let document = Document::parse(json).map_err(|error| error.to_string())?;
        let proof = document.root().get("proof").ok_or("it has no proof")?;
        let member = |name: &str| proof.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let forms = canonical_forms(document.root(), proof, Cryptosuite::EcdsaSd2023, &options())
            .map_err(|error| error.to_string())?;
        let utf8 = |bytes: Vec<u8>| String::from_utf8(bytes).map_err(|error| error.to_string());
        Ok(Credential {
            canonical: utf8(forms.document)?,
            options: utf8(forms.proof)?,
            value: SelectiveProof::decode(&member("proofValue")).map_err(|error| error.to_string())?,
            written: member("proofValue"),
            method: member("verificationMethod"),
        })
    }

    fn holds(&self) -> Result<(), String> {
        let budget = SignatureBudget::default();
        let holds = self.value.holds(&key(&self.method)?, &self.canonical, &self.options, &budget);
        holds.map_err(|error| error.to_string())?.then_some(()).ok_or_else(|| "the signatures do not hold".to_owned())
    }
}

fn sha256(bytes: &[u8]) -> String {
    let form = CanonicalForms { document: Vec::new(), proof: bytes.to_vec(), hash: HashAlgorithm::Sha256 };
    hex(&hash_data(&form)[..32])
}
