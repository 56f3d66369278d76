//! What an issuer signed statement by statement.

use attesta_credential::VerifiableCredential;
use attesta_jsonld::{Edition, Object, Options, Value, escape_pointer_token};

use super::Claim;
use super::claims::{claim, covers, may_be_left_out, path};
use crate::cryptosuite::Cryptosuite;
use crate::cryptosuite::selective::{SelectiveProof, derive};
use crate::plain_form::JSON_MEMBERS;

/// Members whose values make sense whole only.
const WHOLE: [&str; 13] = [
    "address",
    "alignment",
    "creator",
    "endorsement",
    "evidence",
    "geo",
    "identifier",
    "image",
    "otherIdentifier",
    "profile",
    "related",
    "result",
    "resultDescription",
];

/// A credential with a base proof of ecdsa-sd-2023.
pub(super) struct Statements<'c> {
    credential: &'c VerifiableCredential,
    proof: &'c Value<'c>,
    mandatory: Vec<String>,
    /// JSON pointers of everything in it that can be picked on its own, in the order of the document.
    parts: Vec<String>,
}

impl<'c> Statements<'c> {
    pub(super) fn of(credential: &'c VerifiableCredential) -> Option<Self> {
        let root = credential.root().as_object()?;
        let (proof, mandatory) = credential.proofs().into_iter().find_map(|entry| {
            let suite = entry.value.get("cryptosuite").and_then(Value::as_str);
            let text = entry.value.get("proofValue").and_then(Value::as_str)?;
            match SelectiveProof::decode(text) {
                Ok(SelectiveProof::Base(base)) if suite == Some(Cryptosuite::EcdsaSd2023.as_str()) => {
                    Some((entry.value, base.mandatory_pointers))
                }
                _ => None,
            }
        })?;
        let mut parts = Vec::new();
        let members = root.iter().filter(|(name, _)| *name != "proof" && !goes_along(name));
        members.for_each(|(name, value)| collect(name, value, format!("/{}", escape_pointer_token(name)), &mut parts));
        Some(Statements { credential, proof, mandatory, parts })
    }

    /// What can be left out.
    pub(super) fn offered(&self) -> Vec<Claim> {
        let root = self.credential.root();
        let offered = self.parts.iter().filter(|part| {
            let is_mandatory = |pointer: &String| covers(pointer, part) || covers(part, pointer);
            !self.mandatory.iter().any(is_mandatory) && may_be_left_out(self.credential, &path(root, part))
        });
        offered.filter_map(|part| claim(root, part)).collect()
    }

    /// The credential with what is shown, and a proof for that.
    pub(super) fn shown(&self, left_out: impl Fn(&str) -> bool) -> Option<Vec<u8>> {
        let mut pointers: Vec<String> = self.parts.iter().filter(|part| !left_out(part)).cloned().collect();
        // Whoever it is about stays, though nothing else may be said of them.
        let subjects = self.credential.root().get("credentialSubject");
        for (subject, at) in each(subjects, "/credentialSubject".to_owned()) {
            let member = ["id", "type"].into_iter().find(|member| subject.get(member).is_some());
            pointers.extend(member.map(|member| format!("{at}/{member}")));
        }
        self.derived(&pointers)
    }

    /// The credential with everything shown, and a proof for that.
    pub(super) fn whole(&self) -> Option<Vec<u8>> {
        self.derived(&[String::new()])
    }

    /// A proof for what the pointers lead to, under whichever edition of the contexts the issuer's holds.
    fn derived(&self, pointers: &[String]) -> Option<Vec<u8>> {
        /// As many as are tried where proofs are checked.
        const MOST_EDITIONS: usize = 4;
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        (0..MOST_EDITIONS).find_map(|edition| {
            let options = Options { edition: Edition(edition), ..Options::credential() };
            derive(self.credential.root(), self.proof, &pointers, &options).ok().map(String::into_bytes)
        })
    }
}

/// Writes down the places of all that can be picked on its own.
fn collect(name: &str, value: &Value<'_>, at: String, parts: &mut Vec<String>) {
    let is_whole = |object: &Object<'_>| {
        let nothing_else = object.iter().all(|(name, _)| goes_along(name));
        nothing_else || object.contains_key("@value") || WHOLE.contains(&name) || JSON_MEMBERS.contains(&name)
    };
    match value {
        Value::Object(object) if !is_whole(object) => {
            for (name, value) in object.iter().filter(|(name, _)| !goes_along(name)) {
                collect(name, value, format!("{at}/{}", escape_pointer_token(name)), parts);
            }
        }
        Value::Array(items) if items.iter().any(|item| item.as_object().is_some()) && !JSON_MEMBERS.contains(&name) => {
            for (index, item) in items.iter().enumerate() {
                collect(name, item, format!("{at}/{index}"), parts);
            }
        }
        _ => parts.push(at),
    }
}

/// Whether a member is shown with whatever else is shown of its object.
fn goes_along(name: &str) -> bool {
    matches!(name, "id" | "type" | "@context")
}

/// The items of an array with their pointers, or the one value with its own.
fn each<'v>(value: Option<&'v Value<'v>>, at: String) -> Vec<(&'v Value<'v>, String)> {
    match value {
        Some(Value::Array(items)) => {
            items.iter().zip(0..).map(|(item, index): (_, usize)| (item, format!("{at}/{index}"))).collect()
        }
        Some(one) => vec![(one, at)],
        None => Vec::new(),
    }
}
