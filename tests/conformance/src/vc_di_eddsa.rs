//! Data Integrity EdDSA cryptosuites: the W3C vectors, each intermediate value on the way to the signature.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use attesta_jsonld::{ContextDocument, ContextSource, Document, Edition, Options, Value, builtin};
use attesta_verify::multikey::Multikey;
use attesta_verify::public_key::{PublicKey, SignatureAlgorithm};
use attesta_verify::{CanonicalForms, Cryptosuite, canonical_forms, hash_data};

use crate::suite::{Suite, Unreadable, bytes, text};

/// Folder of a suite's vectors, the ending of their names, the suite.
const VECTORS: [(&str, &str, Cryptosuite); 4] = [
    ("eddsa-rdfc-2022", "DataInt", Cryptosuite::EddsaRdfc2022),
    ("eddsa-rdfc-2022/employ", "DataInt", Cryptosuite::EddsaRdfc2022),
    ("eddsa-jcs-2022", "JCS", Cryptosuite::EddsaJcs2022),
    ("Ed25519Signature2020", "EdSig", Cryptosuite::Ed25519Signature2020),
];

/// Documents with several proofs.
const SETS_AND_CHAINS: [&str; 4] = ["signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2"];

/// The built-in contexts and beside them the one that the specifications' examples use. It makes something of any
/// word, so no credential of the world should rest on it, and the product does not carry it.
struct WithExamples(ContextDocument);

impl ContextSource for WithExamples {
    fn context(&self, url: &str, edition: Edition) -> Option<&ContextDocument> {
        if url == self.0.url() { Some(&self.0) } else { builtin().context(url, edition) }
    }
}

/// How the vectors are converted.
pub(crate) fn options() -> Options<'static> {
    static CONTEXTS: LazyLock<WithExamples> = LazyLock::new(|| {
        let context = br#"{"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}"#.to_vec();
        let url = "https://www.w3.org/ns/credentials/examples/v2";
        WithExamples(ContextDocument::parse(url, "2", context).expect("this is JSON"))
    });
    Options { contexts: &*CONTEXTS, ..Options::credential() }
}

pub(crate) fn run(folder: &Path) -> Result<Suite, Unreadable> {
    let folder = folder.join("vc-di-eddsa");
    let mut suite = Suite::new("vc-di-eddsa");
    for (name, ending, cryptosuite) in VECTORS {
        step_by_step(&mut suite, &folder.join(name), name, ending, cryptosuite)?;
    }
    for name in SETS_AND_CHAINS {
        let document = bytes(&folder.join("proof-set-chain").join(name).with_extension("json"))?;
        let Ok(document) = Document::parse(document) else {
            suite.case(name, Err("is not JSON".to_owned()));
            continue;
        };
        for (index, proof) in document.root().get("proof").map_or(&[][..], Value::one_or_many).iter().enumerate() {
            suite.case(format!("{name}/proof/{index}"), holds(document.root(), proof, Cryptosuite::EddsaRdfc2022));
        }
    }
    Ok(suite)
}

fn step_by_step(
    suite: &mut Suite,
    folder: &Path,
    name: &str,
    ending: &str,
    cryptosuite: Cryptosuite,
) -> Result<(), Unreadable> {
    let file = |step: &str, extension: &str| folder.join(format!("{step}{ending}.{extension}"));
    let read = |path: &Path| Ok(Document::parse(bytes(path)?));
    let (signed, config) = match (read(&file("signed", "json"))?, read(&file("proofConfig", "json"))?) {
        (Ok(signed), Ok(config)) => (signed, config),
        _ => {
            suite.case(format!("{name}/signed"), Err("is not JSON".to_owned()));
            return Ok(());
        }
    };
    match canonical_forms(signed.root(), config.root(), cryptosuite, &options()) {
        Err(error) => suite.case(format!("{name}/canonDoc"), Err(error.to_string())),
        Ok(forms) => {
            let CanonicalForms { document, proof, .. } = &forms;
            suite.equal(
                format!("{name}/canonDoc"),
                &String::from_utf8_lossy(document),
                &text(&file("canonDoc", "txt"))?,
            );
            suite.equal(
                format!("{name}/proofCanon"),
                &String::from_utf8_lossy(proof),
                &text(&file("proofCanon", "txt"))?,
            );
            let hashes = hex(&hash_data(&forms));
            suite.equal(format!("{name}/proofHash"), &hashes[..64], text(&file("proofHash", "txt"))?.trim());
            suite.equal(format!("{name}/docHash"), &hashes[64..], text(&file("docHash", "txt"))?.trim());
            suite.equal(format!("{name}/combinedHash"), &hashes, text(&file("combinedHash", "txt"))?.trim());
        }
    }
    let proof = signed.root().get("proof").unwrap_or(&Value::Null);
    let value = proof.get("proofValue").and_then(Value::as_str).unwrap_or_default();
    suite.equal(format!("{name}/sigBTC58"), value, text(&file("sigBTC58", "txt"))?.trim());
    suite.case(format!("{name}/signature"), holds(signed.root(), proof, cryptosuite));
    Ok(())
}

/// Whether one proof's signature holds, by the key that its verification method names.
fn holds(document: &Value<'_>, proof: &Value<'_>, cryptosuite: Cryptosuite) -> Result<(), String> {
    let member = |name: &str| proof.get(name).and_then(Value::as_str).ok_or_else(|| format!("the proof has no {name}"));
    let forms = canonical_forms(document, proof, cryptosuite, &options()).map_err(|error| error.to_string())?;
    let signature = decode_base58btc(member("proofValue")?);
    let key = key(member("verificationMethod")?)?;
    key.verify(SignatureAlgorithm::EdDsa, &hash_data(&forms), &signature).map_err(|error| error.to_string())
}

/// The key that stands in the fragment of a verification method.
pub(crate) fn key(method: &str) -> Result<PublicKey, String> {
    let fragment = method.rsplit('#').next().unwrap_or_default();
    let multikey = Multikey::decode(fragment).map_err(|error| error.to_string())?;
    PublicKey::from_multikey(&multikey).map_err(|error| error.to_string())
}

/// The bytes of multibase `z` text; none where it is something else, which no signature holds for.
pub(crate) fn decode_base58btc(text: &str) -> Vec<u8> {
    text.strip_prefix('z').and_then(|digits| bs58::decode(digits).into_vec().ok()).unwrap_or_default()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
        text
    })
}
