//! Whether a signature holds over what the other side makes of a document, where that departs from the specification.

use attesta_jsonld::{Document, Options};
use attesta_test_support::party::Party;
use attesta_verify::{CanonicalForms, Cryptosuite, canonical_forms, hash_data};
use ed25519_dalek::Signature;

/// The byte that the issuer's key is made of, on both sides.
pub(crate) const ISSUER: u8 = 23;

/// Whether the signature holds once the lines are sorted by UTF-16 code units, as JavaScript sorts, instead of by code
/// points.
pub(crate) fn holds_in_utf16_order(credential: &str) -> bool {
    holds(credential, |document| {
        let mut lines: Vec<&str> = document.split_inclusive('\n').collect();
        lines.sort_by_cached_key(|line| line.encode_utf16().collect::<Vec<u16>>());
        lines.concat()
    })
}

/// Whether the signature holds once one of the empty lists stands in the canonical form twice, although a dataset is a
/// set.
pub(crate) fn holds_with_an_empty_list_twice(credential: &str) -> bool {
    const EMPTY: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .\n";
    (0..16).any(|twice| {
        holds(credential, |document| {
            let mut met = 0;
            let doubled = document.split_inclusive('\n').flat_map(|line| {
                let this = line.ends_with(EMPTY) && met == twice;
                met += usize::from(line.ends_with(EMPTY));
                std::iter::repeat_n(line, 1 + usize::from(this))
            });
            doubled.collect()
        })
    })
}

/// Whether the signature holds once every number below 10^-6 is written as jsonld.js writes it: as the integer 0.
pub(crate) fn holds_with_small_numbers_as_zero(credential: &str) -> bool {
    holds(credential, |document| {
        let mut lines: Vec<String> = document.split_inclusive('\n').map(as_zero).collect();
        lines.sort();
        lines.concat()
    })
}

fn as_zero(line: &str) -> String {
    let small = line.rsplit_once("\"^^").and_then(|(before, kind)| {
        let (before, number) = before.rsplit_once('"')?;
        let value = number.contains("E-").then(|| number.parse::<f64>().ok()).flatten()?;
        is_small(value).then(|| format!("{before}\"0\"^^{kind}"))
    });
    small.unwrap_or_else(|| line.to_owned())
}

/// Whether JavaScript writes a number with an exponent and without a decimal point, or may.
pub(crate) fn is_small(number: f64) -> bool {
    number != 0.0 && number.abs() < 1e-6
}

/// Whether the other side sorts the lines of the document's canonical form into another order than we do.
pub(crate) fn is_sorted_otherwise(credential: &str) -> bool {
    let lines = Document::parse(credential.as_bytes().to_vec()).ok().and_then(|document| {
        let proof = document.root().get("proof")?;
        let forms = canonical_forms(document.root(), proof, Cryptosuite::EddsaRdfc2022, &Options::credential()).ok()?;
        String::from_utf8(forms.document).ok()
    });
    lines.is_some_and(|lines| !lines.lines().is_sorted_by_key(|line| line.encode_utf16().collect::<Vec<u16>>()))
}

fn holds(credential: &str, remake: impl FnOnce(&str) -> String) -> bool {
    over(credential, remake).unwrap_or(false)
}

fn over(credential: &str, remake: impl FnOnce(&str) -> String) -> Option<bool> {
    let document = Document::parse(credential.as_bytes().to_vec()).ok()?;
    let proof = document.root().get("proof")?;
    let suite = match proof.get("type")?.as_str()? {
        "Ed25519Signature2020" => Cryptosuite::Ed25519Signature2020,
        _ => Cryptosuite::EddsaRdfc2022,
    };
    let forms = canonical_forms(document.root(), proof, suite, &Options::credential()).ok()?;
    let remade = remake(std::str::from_utf8(&forms.document).ok()?).into_bytes();
    let value = proof.get("proofValue")?.as_str()?.strip_prefix('z')?;
    let signature = Signature::from_slice(&bs58::decode(value).into_vec().ok()?).ok()?;
    let signed = hash_data(&CanonicalForms { document: remade, ..forms });
    Some(Party::did_key(ISSUER).key.verifying_key().verify_strict(&signed, &signature).is_ok())
}
