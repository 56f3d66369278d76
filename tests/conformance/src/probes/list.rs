//! The list of probes, as the validator ran them in July 2026.

/// One question that 1EdTech's validator puts to a credential.
pub(crate) struct Probe {
    /// The specification whose inspector asks.
    pub(crate) of: &'static str,
    /// The probe's name there.
    pub(crate) name: &'static str,
    /// What it asks.
    pub(crate) asks: &'static str,
    /// What is done here.
    pub(crate) here: Here,
}

/// What is done here about a question.
pub(crate) enum Here {
    /// The same, or more, is asked.
    Checked {
        /// The file that asks.
        by: &'static str,
        /// Cases of `tests/vectors`, each with its verdict.
        shown: &'static [(&'static str, &'static str)],
    },
    /// It is answered in another way or left out, and why.
    Otherwise(&'static str),
}

const OB3: &str = "Open Badges 3.0";
const CLR: &str = "CLR 2.0";
const OB2: &str = "Open Badges 2.0";
const ALSO: &str = "also asked here";

const fn checked(
    of: &'static str,
    name: &'static str,
    asks: &'static str,
    by: &'static str,
    shown: &'static [(&'static str, &'static str)],
) -> Probe {
    Probe { of, name, asks, here: Here::Checked { by, shown } }
}

const fn otherwise(of: &'static str, name: &'static str, asks: &'static str, why: &'static str) -> Probe {
    Probe { of, name, asks, here: Here::Otherwise(why) }
}

/// The probes in the order in which they run, and then what is asked here beside them.
pub(crate) const PROBES: &[Probe] = &[
    checked(
        OB3,
        "CredentialParse",
        "Is there a credential in the PNG, SVG, JSON or JWT?",
        "crates/attesta-credential/src/read.rs",
        &[
            ("png_good", "valid"),
            ("svg_good", "valid"),
            ("jwt_open_badge", "valid"),
            ("png_without_credential", "rejected"),
            ("picture_svg", "rejected"),
            ("text_not_json", "rejected"),
            ("text_not_a_credential", "rejected"),
            ("text_repeated_key", "rejected"),
        ],
    ),
    checked(
        OB3,
        "JsonLDValidation",
        "Does JSON-LD processing keep every term?",
        "crates/attesta-verify/src/check/conformance.rs",
        &[
            ("terms_undefined_at_top", "invalid"),
            ("terms_undefined_deep", "invalid"),
            ("terms_relative_type", "invalid"),
            ("terms_relative_id", "invalid"),
            ("context_redefines_protected_term", "invalid"),
        ],
    ),
    checked(
        OB3,
        "ContextProperty",
        "Are the contexts there, in their order, in a known version?",
        "crates/attesta-credential/src/conformance.rs",
        &[
            ("form_wrong_first_context", "invalid"),
            ("context_unknown", "unverifiable"),
            ("context_extension_good", "valid"),
        ],
    ),
    checked(
        OB3,
        "TypeProperty",
        "Does it have the types of its kind?",
        "crates/attesta-credential/src/conformance.rs",
        &[("integrity_added_type", "invalid"), ("form_subject_without_achievement", "invalid")],
    ),
    checked(
        OB3,
        "JsonSchemas",
        "Does it have the form of the canonical schema?",
        "crates/attesta-credential/src/conformance/rules.rs",
        &[
            ("form_without_issuer", "invalid"),
            ("form_without_subject", "invalid"),
            ("form_impossible_date", "invalid"),
            ("form_unknown_extras_good", "valid"),
        ],
    ),
    checked(
        OB3,
        "InlineJsonSchema",
        "Does it have the form of the schemas that it names in `credentialSchema`?",
        "crates/attesta-verify/src/check/schema.rs",
        &[("schema_good", "valid"), ("schema_violated", "valid"), ("schema_unreachable", "valid")],
    ),
    checked(
        OB3,
        "CredentialSubject",
        "Is the subject an AchievementSubject with an id or identifier, and are its parts typed?",
        "crates/attesta-credential/src/conformance.rs",
        &[("form_subject_without_achievement", "invalid"), ("integrity_good", "valid")],
    ),
    checked(
        OB3,
        "Evidence",
        "Is every piece of evidence typed?",
        "crates/attesta-credential/src/conformance.rs",
        &[("terms_of_another_type", "invalid"), ("integrity_good", "valid")],
    ),
    checked(
        OB3,
        "Issuer",
        "Is the issuer a Profile whose parts are typed?",
        "crates/attesta-credential/src/conformance.rs",
        &[("form_without_issuer", "invalid"), ("issuer_text_form", "valid")],
    ),
    otherwise(
        OB3,
        "Issuer (address)",
        "Does the issuer's `url` answer? (A warning there.)",
        "Not asked: a page that answers proves nothing about a badge, and asking would tell the issuer who is looking.",
    ),
    checked(
        OB3,
        "ExternalProof",
        "Does the JWT's signature hold, by `kid` or `jwk`?",
        "crates/attesta-verify/src/check/jose.rs",
        &[
            ("jwt_key_of_the_same_site", "valid"),
            ("jwt_embedded_key_that_is_listed", "valid"),
            ("jwt_altered", "invalid"),
            ("jwt_alg_none", "unverifiable"),
            ("jwt_alg_of_another_key", "invalid"),
            ("jwt_key_not_named", "unverifiable"),
        ],
    ),
    checked(
        OB3,
        "EmbeddedProof",
        "Does the first proof of a known suite hold?",
        "crates/attesta-verify/src/check/proof.rs",
        &[
            ("model_ob3_rdfc_good", "valid"),
            ("model_ob3_rdfc_altered", "invalid"),
            ("model_ob3_ed25519_2020_good", "valid"),
            ("model_ob3_ed25519_2020_altered", "invalid"),
            ("proof_alias_eddsa_2022", "valid"),
            ("sd_derived_good", "valid"),
            ("sd_derived_altered", "invalid"),
            ("ecdsa_rdfc_p256_good", "valid"),
            ("ecdsa_rdfc_p256_altered", "invalid"),
            ("proof_value_of_zeros", "invalid"),
            ("proof_method_not_a_url", "invalid"),
            ("did_unsupported_method", "unverifiable"),
            ("proof_none", "unverifiable"),
        ],
    ),
    checked(
        OB3,
        "RefreshService",
        "Is there a newer one at the refresh service? What comes must verify, else the one at hand stays.",
        "crates/attesta-verify/src/check/refresh.rs",
        &[
            ("refresh_newer", "valid"),
            ("refresh_forged", "valid"),
            ("refresh_unreachable", "valid"),
            ("refresh_not_asked_when_unsigned", "unverifiable"),
        ],
    ),
    checked(
        OB3,
        "RevocationList (Bitstring Status List)",
        "Is its bit set, in a list that itself verifies, is for this purpose and is long enough?",
        "crates/attesta-verify/src/check/status.rs",
        &[
            ("status_clear", "valid"),
            ("status_revoked", "revoked"),
            ("list_too_short", "status_unknown"),
            ("list_for_another_purpose", "status_unknown"),
            ("list_unsigned", "status_unknown"),
            ("list_signed_by_another", "status_unknown"),
            ("status_index_out_of_range", "status_unknown"),
        ],
    ),
    checked(
        OB3,
        "RevocationList (1EdTechRevocationList)",
        "Is it on the issuer's unsigned list?",
        "crates/attesta-verify/src/check/status.rs",
        &[
            ("revocations_clear", "valid"),
            ("revocations_listed", "revoked"),
            ("revocations_taken_back", "valid"),
            ("revocations_unreachable", "status_unknown"),
        ],
    ),
    checked(
        OB3,
        "Expiration",
        "Has it ended?",
        "crates/attesta-verify/src/check/validity.rs",
        &[("validity_expired", "expired"), ("validity_vc1_expired", "expired"), ("validity_last_instant", "valid")],
    ),
    checked(
        OB3,
        "Issuance",
        "Has it begun?",
        "crates/attesta-verify/src/check/validity.rs",
        &[("validity_not_yet", "not_yet_valid"), ("validity_first_instant", "valid")],
    ),
    checked(
        OB3,
        "Endorsement",
        "Does each endorsement verify, a credential of its own?",
        "crates/attesta-verify/src/check/endorsements.rs",
        &[
            ("endorsed_good", "valid"),
            ("endorsed_by_forgery", "valid"),
            ("endorsed_something_else", "valid"),
            ("endorsed_afterwards", "invalid"),
        ],
    ),
    checked(
        CLR,
        "Parse, Context, Type, Schemas, Proof, Refresh, Revocation, Expiration, Issuance, Endorsement",
        "As those of Open Badges 3.0.",
        "crates/attesta-verify/src/verify.rs",
        &[("record_good", "valid"), ("record_altered_around_good_badges", "invalid")],
    ),
    checked(
        CLR,
        "ClrSubject, nested credentials",
        "Does each credential in the record verify, by the rules of its own kind?",
        "crates/attesta-verify/src/check/enclosed.rs",
        &[
            ("record_good", "valid"),
            ("record_of_an_altered_badge", "valid"),
            ("record_of_an_unsigned_badge", "valid"),
            ("record_unsigned_around_good_badges", "unverifiable"),
        ],
    ),
    checked(
        OB2,
        "CredentialParse, ContextProperty, TypeProperty, compaction",
        "Is there an assertion with the context and types of its kind?",
        "crates/attesta-credential/src/open_badges_2.rs",
        &[("ob2_hosted", "valid"), ("ob1_hosted", "valid"), ("ob2_ends_before_it_begins", "invalid")],
    ),
    checked(
        OB2,
        "GraphFetcher, PropertyValidation",
        "Do badge class and issuer stand at their addresses, each under its own identifier?",
        "crates/attesta-verify/src/open_badges_2/linked.rs",
        &[
            ("ob2_hosted", "valid"),
            ("ob2_badge_class_of_another", "invalid"),
            ("ob2_profile_of_another", "invalid"),
            ("ob2_differs_in_name", "invalid"),
        ],
    ),
    checked(
        OB2,
        "VerificationDependencies",
        "Does a hosted assertion stand within what its issuer declares, `startsWith` and `allowedOrigins`?",
        "crates/attesta-verify/src/open_badges_2/scope.rs",
        &[
            ("ob2_starts_with", "valid"),
            ("ob2_does_not_start_with", "invalid"),
            ("ob2_allowed_origin", "valid"),
            ("ob2_not_an_allowed_origin", "invalid"),
        ],
    ),
    checked(
        OB2,
        "AssertionRevocationList",
        "Is it on the issuer's list of revoked badges, or gone from its address?",
        "crates/attesta-verify/src/open_badges_2/revocation.rs",
        &[
            ("ob2_signed_not_in_list", "valid"),
            ("ob2_signed_in_list", "revoked"),
            ("ob2_gone", "revoked"),
            ("ob2_flagged", "revoked"),
        ],
    ),
    checked(
        OB2,
        "VerificationJWT",
        "Does the signature hold, by a key that the issuer lists?",
        "crates/attesta-verify/src/open_badges_2/signed.rs",
        &[
            ("ob2_signed", "valid"),
            ("ob2_signed_by_stranger", "invalid"),
            ("ob2_signed_key_not_listed", "invalid"),
            ("ob2_signed_without_signature", "unverifiable"),
        ],
    ),
    checked(
        OB2,
        "VerificationRecipient",
        "Is it about the learner?",
        "crates/attesta-verify/src/check/recipient.rs",
        &[("ob2_recipient_hashed", "valid"), ("ob2_recipient_another", "valid")],
    ),
    checked(
        OB2,
        "Expiration, Issuance",
        "Has it begun, and has it not ended?",
        "crates/attesta-verify/src/check/validity.rs",
        &[("ob2_expired", "expired"), ("ob2_from_the_future", "not_yet_valid")],
    ),
    otherwise(
        OB2,
        "Extensions, endorsements",
        "Do extensions keep to their schemas, and do endorsements verify?",
        "Told of and not checked: the schemas are named by contexts that are never fetched, and the badge does not rest on \
         either.",
    ),
    checked(
        ALSO,
        "the key behind the `#`",
        "Does the address before the `#` list the key behind it?",
        "crates/attesta-verify/src/check/proof/key.rs",
        &[
            ("issuer_key_in_fragment_not_listed", "invalid"),
            ("issuer_key_in_fragment_unreachable", "unverifiable"),
            ("issuer_key_in_did_fragment_not_listed", "invalid"),
        ],
    ),
    checked(
        ALSO,
        "key and issuer",
        "Is the signer the issuer that the credential names?",
        "crates/attesta-verify/src/check/issuer.rs",
        &[
            ("issuer_did_web_signed_by_did_key", "invalid"),
            ("issuer_address_signed_by_did_key", "unverifiable"),
            ("issuer_did_key_signed_by_another", "invalid"),
        ],
    ),
    checked(
        ALSO,
        "the claims of a token",
        "Do `iss`, `sub`, `jti`, `nbf` and `exp` say what the credential in the token says?",
        "crates/attesta-verify/src/check/jose/claims.rs",
        &[
            ("jwt_iss_mismatch", "invalid"),
            ("jwt_sub_mismatch", "invalid"),
            ("jwt_jti_mismatch", "invalid"),
            ("jwt_nbf_mismatch", "invalid"),
            ("jwt_exp_mismatch", "invalid"),
        ],
    ),
    checked(
        ALSO,
        "the key in a token",
        "Does the issuer's own identifier lead to the key that the token carries?",
        "crates/attesta-verify/src/check/jose/binding.rs",
        &[
            ("jwt_embedded_key_of_impostor", "unverifiable"),
            ("jwt_embedded_key_for_an_address", "unverifiable"),
            ("jwt_key_of_another_site", "unverifiable"),
        ],
    ),
    checked(
        ALSO,
        "every proof",
        "Does every proof of a known suite hold, not one of them alone?",
        "crates/attesta-verify/src/check/proof.rs",
        &[
            ("proofs_one_bad", "invalid"),
            ("proofs_two_good", "valid"),
            ("proofs_of_another_alone", "invalid"),
            ("proof_chain_good", "valid"),
            ("proof_chain_after_bad", "invalid"),
        ],
    ),
    checked(
        ALSO,
        "suspension",
        "Is it suspended?",
        "crates/attesta-verify/src/check/status.rs",
        &[("status_suspended", "suspended"), ("status_revoked_and_suspended", "revoked")],
    ),
    checked(
        ALSO,
        "a list for several purposes",
        "Is this purpose among those of the list?",
        "crates/attesta-verify/src/check/status.rs",
        &[("list_for_several_purposes", "valid"), ("list_for_several_purposes_revoked", "revoked")],
    ),
    checked(
        ALSO,
        "the size of a list",
        "Does the list stay within bounds, and the place within the list?",
        "crates/attesta-verify/src/status/bitstring.rs",
        &[("list_gzip_bomb", "status_unknown"), ("status_index_huge", "status_unknown")],
    ),
    checked(
        ALSO,
        "whom to ask",
        "Is what names the addresses proven before they are asked?",
        "crates/attesta-verify/src/verify.rs",
        &[("status_not_asked_when_altered", "invalid"), ("status_not_asked_when_unsigned", "unverifiable")],
    ),
];
