//! What the issuer says of one credential that it offers: its format, and the proof that it wants.

use attesta_jsonld::Value;

use super::legacy::Description;
use super::proof::{KeyForm, ProofForm};
use super::reading::{text, texts};
use crate::error::ClaimError;

/// A member of `credential_configurations_supported`,
/// [OpenID4VCI 1.0 section 12.2.4](https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-12.2.4).
#[derive(Debug, Clone)]
pub(super) struct Configuration {
    /// Its name; none where an old offer describes it itself.
    pub(super) id: Option<String>,
    /// What we would have to read; the name of what we can't.
    pub(super) format: Result<Format, &'static str>,
    /// The proof that it wants; the name of one that we can't give.
    pub(super) proof: Result<Option<ProofForm>, &'static str>,
    /// What a request in the manner of the drafts says of it.
    pub(super) description: Description,
}

/// The formats that the wallet reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// A W3C credential, embedded proof or token.
    W3c,
    /// A selective-disclosure token.
    SdJwt,
}

impl Configuration {
    /// Reads what the metadata, or an old offer, says of a credential.
    pub(super) fn read(id: Option<&str>, value: &Value<'_>) -> Configuration {
        let name = text(value, "format").unwrap_or_default();
        let format = format(name);
        Configuration {
            id: id.map(str::to_owned),
            format,
            proof: proof(value, format.unwrap_or(Format::W3c)),
            description: Description::read(name, value),
        }
    }

    /// Whether the wallet can take it.
    ///
    /// # Errors
    /// [`ClaimError::Unsupported`] names what stands against it.
    pub(super) fn takeable(&self) -> Result<(), ClaimError> {
        let unsupported = |what: &'static str| ClaimError::Unsupported { what };
        self.format.map_err(unsupported)?;
        self.proof.map(|_| ()).map_err(unsupported)
    }
}

fn format(name: &str) -> Result<Format, &'static str> {
    match name {
        "ldp_vc" | "jwt_vc_json" | "jwt_vc_json-ld" | "jwt_vc" | "vc+jwt" => Ok(Format::W3c),
        "dc+sd-jwt" | "vc+sd-jwt" => Ok(Format::SdJwt),
        "mso_mdoc" => Err("the format mso_mdoc (ISO/IEC 18013-5)"),
        "anoncreds" | "ac_vc" => Err("the format AnonCreds"),
        "" => Err("a credential without a format"),
        _ => Err("the credential's format"),
    }
}

/// The proof that is wanted. Drafts before 13 have no `proof_types_supported`, or list names only.
fn proof(value: &Value<'_>, format: Format) -> Result<Option<ProofForm>, &'static str> {
    let methods = texts(value, "cryptographic_binding_methods_supported");
    let types = value.get("proof_types_supported");
    let algorithm = match types {
        None if methods.is_empty() => return Ok(None),
        None => "EdDSA",
        Some(Value::Array(_)) if texts(value, "proof_types_supported").contains(&"jwt") => "EdDSA",
        Some(types) => algorithm(types.get("jwt").ok_or("a proof of another type than jwt")?)?,
    };
    Ok(Some(ProofForm { algorithm, key: key_form(&methods, format)? }))
}

fn algorithm(jwt: &Value<'_>) -> Result<&'static str, &'static str> {
    if jwt.get("key_attestations_required").is_some_and(|required| required.as_object().is_some()) {
        return Err("key attestation");
    }
    let algorithms = texts(jwt, "proof_signing_alg_values_supported");
    let known = ["EdDSA", "Ed25519"].into_iter().find(|name| algorithms.contains(name));
    // An issuer that lists nothing leaves it to us.
    known.or(algorithms.is_empty().then_some("EdDSA")).ok_or("a proof that is not signed with Ed25519")
}

/// The wallet's own DID where the issuer takes it, so that the credential names the learner as other ones do; a bare
/// key for tokens, whose readers then need no DID.
fn key_form(methods: &[&str], format: Format) -> Result<KeyForm, &'static str> {
    let has = |method: &str| methods.contains(&method);
    let did =
        if has("did:key") || has("did") { Some(KeyForm::DidKey) } else { has("did:jwk").then_some(KeyForm::DidJwk) };
    let jwk = (has("jwk") || (methods.is_empty() && format == Format::SdJwt)).then_some(KeyForm::Jwk);
    let usual = methods.is_empty().then_some(KeyForm::DidKey);
    match format {
        Format::SdJwt => jwk.or(did),
        Format::W3c => did.or(jwk).or(usual),
    }
    .ok_or("a binding to another kind of key")
}
