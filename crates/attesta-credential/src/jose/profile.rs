//! By which text the claims of a token are read.

use attesta_jsonld::Value;

use super::CompactJws;

/// The profiles of tokens around credentials and presentations. They give the same claims different meanings, so a
/// token is read by one of them and never by two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenProfile {
    /// [VCDM 1.1 section 6.3.1](https://www.w3.org/TR/vc-data-model/#json-web-token): the credential is the claim `vc`,
    /// the presentation the claim `vp`. Open Badges 3.0 wraps badges of VCDM 1.1 the same way.
    WrappedClaim,
    /// [Open Badges 3.0 section 8.2](https://www.imsglobal.org/spec/ob/v3p0#jwt-proof): the payload is the credential,
    /// and its registered claims repeat what it says.
    OpenBadges3,
    /// [VC-JOSE-COSE](https://www.w3.org/TR/vc-jose-cose/): the payload is the credential, and its registered claims
    /// speak of the signature.
    VcJoseCose,
    /// [SD-JWT VC](https://datatracker.ietf.org/doc/draft-ietf-oauth-sd-jwt-vc/): the payload is a set of claims and no
    /// W3C credential.
    SdJwtVc,
}

impl TokenProfile {
    /// The profile of a token, told by its `typ` and the shape of its payload; `None` for the types of tokens that
    /// serve something else.
    pub fn of(jws: &CompactJws) -> Option<Self> {
        let typ = jws.header().get("typ").map(|typ| typ.as_str().unwrap_or("?").to_ascii_lowercase());
        let typ = typ.as_deref().map(|typ| typ.strip_prefix("application/").unwrap_or(typ));
        let claims = jws.payload().root();
        match typ {
            Some("dc+sd-jwt") => Some(TokenProfile::SdJwtVc),
            // The name that SD-JWT VC used before it left it to VC-JOSE-COSE.
            Some("vc+sd-jwt") if super::sd_jwt_vc::is_one(claims) => Some(TokenProfile::SdJwtVc),
            Some(
                "vc+jwt" | "vp+jwt" | "vc+sd-jwt" | "vp+sd-jwt" | "vc+ld+json+jwt" | "vp+ld+json+jwt"
                | "vc+ld+json+sd-jwt" | "vp+ld+json+sd-jwt" | "vc-ld+jwt" | "vp-ld+jwt" | "vc+ld+jwt" | "vp+ld+jwt",
            ) => Some(TokenProfile::VcJoseCose),
            None | Some("jwt" | "jose") if is_wrapped(claims) => Some(TokenProfile::WrappedClaim),
            None | Some("jwt" | "jose") => Some(TokenProfile::OpenBadges3),
            Some(_) => None,
        }
    }
}

/// Whether the payload wraps a credential or a presentation in a claim.
pub(super) fn is_wrapped(claims: &Value<'_>) -> bool {
    ["vc", "vp"].iter().any(|claim| claims.get(claim).is_some_and(|claim| claim.as_object().is_some()))
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    #[track_caller]
    fn check(header: &str, payload: &str, expected: Option<TokenProfile>) {
        let token = format!("{}.{}.c2ln", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
        assert_eq!(TokenProfile::of(&CompactJws::parse(&token).unwrap()), expected, "{header} {payload}");
    }

    #[test]
    fn the_type_of_a_token_decides_and_where_it_says_nothing_the_payload() {
        let credential = r#"{"type":"VerifiableCredential"}"#;
        check("{}", credential, Some(TokenProfile::OpenBadges3));
        check(r#"{"typ":"JWT"}"#, credential, Some(TokenProfile::OpenBadges3));
        check(r#"{"typ":"JWT"}"#, r#"{"vc":{}}"#, Some(TokenProfile::WrappedClaim));
        check("{}", r#"{"vp":{}}"#, Some(TokenProfile::WrappedClaim));
        check(r#"{"typ":"vc+jwt"}"#, credential, Some(TokenProfile::VcJoseCose));
        check(r#"{"typ":"application/VC+JWT"}"#, credential, Some(TokenProfile::VcJoseCose));
        check(r#"{"typ":"vc+jwt"}"#, r#"{"vc":{}}"#, Some(TokenProfile::VcJoseCose));
        check(r#"{"typ":"dc+sd-jwt"}"#, r#"{"vct":"a"}"#, Some(TokenProfile::SdJwtVc));
        check(r#"{"typ":"vc+sd-jwt"}"#, r#"{"vct":"a"}"#, Some(TokenProfile::SdJwtVc));
        check(r#"{"typ":"vc+sd-jwt"}"#, credential, Some(TokenProfile::VcJoseCose));
    }

    #[test]
    fn tokens_for_something_else_have_no_profile() {
        for typ in [r#""at+jwt""#, r#""kb+jwt""#, r#""openid4vci-proof+jwt""#, r#""""#, "7"] {
            check(&format!(r#"{{"typ":{typ}}}"#), r#"{"vc":{}}"#, None);
        }
    }
}
