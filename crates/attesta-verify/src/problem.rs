//! The codes of facts and problems. Codes are stable; their words stand in the message files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Values for the words of a message: names, dates (RFC 3339), hosts, terms. Never secrets, never long content.
pub type Params = BTreeMap<String, String>;

/// Something established.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Which fact.
    pub code: FactCode,
    /// Its values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: Params,
}

/// Something wrong, or something that could not be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Which problem.
    pub code: ProblemCode,
    /// Where in the credential, as a JSON pointer, where one applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Its values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: Params,
}

macro_rules! codes {
    ($(#[$of_enum:meta])* $name:ident { $($(#[$of_code:meta])* $code:ident = $text:literal,)* }) => {
        $(#[$of_enum])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$of_code])* #[serde(rename = $text)] $code,)*
        }

        impl $name {
            /// Every code, so that the message files can be checked for completeness.
            pub const ALL: &'static [$name] = &[$($name::$code),*];

            /// The stable text of the code.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$code => $text,)* }
            }
        }
    };
}

codes! {
    /// What a check can establish.
    FactCode {
        /// The data model's rules hold.
        Conforms = "conforms",
        /// The signature holds. Params: `suite`, `method`, and `created`, `audience` and `nonce` where stated.
        SignatureHolds = "signature_holds",
        /// Each statement is signed, so that its holder may show some and leave others out; this is the issuer's own
        /// proof over all of them. Params as of `signature_holds`.
        BaseSignatureHolds = "base_signature_holds",
        /// Each statement shown is signed; the holder may have left others out. Params as of `signature_holds`.
        SelectionSignatureHolds = "selection_signature_holds",
        /// The key is the issuer's own did:key. Params: `issuer`.
        IssuerIsKey = "issuer_is_key",
        /// The issuer's web domain lists the key. Params: `issuer`, `host`, `as_of`.
        IssuerListsKey = "issuer_lists_key",
        /// The issuer's web site offers the key, at an address of its own. Params: `issuer`, `host`, `as_of`.
        HostListsKey = "host_lists_key",
        /// The holder of the key that the credential was bound to has signed this copy. Params: `suite`, and `audience` and `nonce` where stated.
        HolderBindingHolds = "holder_binding_holds",
        /// The issuer's own site holds the same badge. Params: `host`, `as_of`.
        HostedCopyAgrees = "hosted_copy_agrees",
        /// The badge stands where the issuer's profile says that its badges stand. Params: `issuer`, `host`, `as_of`.
        HostedByIssuer = "hosted_by_issuer",
        /// The issuer's profile lists the key that signed the badge. Params: `issuer`, `host`, `as_of`.
        SignedByListedKey = "signed_by_listed_key",
        /// Within its validity period. Params: `from` and `until` where stated.
        WithinValidity = "within_validity",
        /// It states no end. Params: `from` where stated.
        NeverExpires = "never_expires",
        /// The list's bit is not set. Params: `purpose`, `host`, `as_of`.
        StatusClear = "status_clear",
        /// A refresh or message status is set, which does not spoil it. Params: `purpose`, `value`, `host`, `as_of`, and
        /// `message` and `reference` where the entry has them.
        StatusNotice = "status_notice",
        /// The web site that the issuer named does not list it as revoked; its list is unsigned. Params: `host`, `as_of`.
        NotListedAsRevoked = "not_listed_as_revoked",
        /// The issuer has a newer version of it, which holds. Params: `host`, `as_of`.
        NewerVersion = "newer_version",
        /// The issuer has no newer version of it. Params: `host`, `as_of`.
        NoNewerVersion = "no_newer_version",
        /// It keeps to the schema. Params: `host`.
        SchemaHolds = "schema_holds",
        /// Everything that it pins by a digest is what was pinned. Params: `count`.
        ResourcesMatch = "resources_match",
        /// The subject is a DID of this wallet. Params: `did`.
        SubjectIsWalletKey = "subject_is_wallet_key",
        /// An identifier matches one of the learner's addresses. Params: `email`, shortened.
        IdentifierMatches = "identifier_matches",
        /// A registry lists the issuer. Params: `registry`, `name`, `as_of`, and `noted` where it is in the address book.
        IssuerListed = "issuer_listed",
        /// A registry lists the issuer under another name than it gives itself. Params: `registry`, `name`, `own_name`, `as_of`, and `noted`.
        IssuerListedUnderOtherName = "issuer_listed_under_other_name",
        /// The issuer is in the reader's own address book. Params: `name`.
        IssuerInAddressBook = "issuer_in_address_book",
        /// Every credential that the record collects holds. Params: `count`.
        EnclosedHold = "enclosed_hold",
        /// Every endorsement holds. Params: `count`.
        EndorsementsHold = "endorsements_hold",
    }
}

codes! {
    /// What a check can find wrong or fail to find out.
    ProblemCode {
        // conformance
        /// A required member is missing. Params: `member`.
        MissingMember = "missing_member",
        /// A member has the wrong type or form. Params: `member`.
        MalformedMember = "malformed_member",
        /// The first context is not that of a VCDM 1.1 or 2.0 credential. Params: `context`.
        WrongBaseContext = "wrong_base_context",
        /// The period ends before it begins. Params: `from`, `until`.
        PeriodReversed = "period_reversed",
        /// A term that the signature does not cover. Params: `term`.
        UndefinedTerm = "undefined_term",
        /// An identifier or type that is not absolute and so is not signed. Params: `value`.
        RelativeIdentifier = "relative_identifier",
        /// A context we do not carry, so its terms can't be checked. Params: `context`.
        UnknownContext = "unknown_context",
        /// The document defines its own terms, which defeats the check that every term is signed.
        OwnVocabulary = "own_vocabulary",
        /// Linked-data processing refuses the document. Params: `error`.
        LinkedDataError = "linked_data_error",
        /// A number that different readers take for different values. Params: `value`.
        NumberNotExact = "number_not_exact",
        /// The data would take unbounded work to canonicalize.
        CanonicalizationLimit = "canonicalization_limit",
        /// The entries of a presentation are not those that its digest covers, or in another order.
        ContentsDiffer = "contents_differ",
        // proof
        /// It carries no proof at all.
        NoProof = "no_proof",
        /// The signature does not fit the content: changed after signing, or signed with another key. Params: `method`.
        SignatureMismatch = "signature_mismatch",
        /// The proof value is not a signature of its suite. Params: `member`.
        MalformedProof = "malformed_proof",
        /// A proof type or cryptosuite we can't check. Params: `suite`.
        UnsupportedSuite = "unsupported_suite",
        /// The proof is for another purpose. Params: `purpose`.
        WrongProofPurpose = "wrong_proof_purpose",
        /// The proof names itself the successor of another, which is not supported for its suite. Params: `previous`.
        UnsupportedProofChain = "unsupported_proof_chain",
        /// The proof follows another one that is not there. Params: `previous`. (PROOF_VERIFICATION_ERROR)
        PreviousProofMissing = "previous_proof_missing",
        /// The proof follows several of one identifier, or in the end itself. Params: `previous`.
        AmbiguousProofChain = "ambiguous_proof_chain",
        /// It carries more signatures over single statements than are checked. Params: `limit`.
        TooManySignatures = "too_many_signatures",
        /// The proof counts only where another does, and that one could not be verified. Params: `previous`.
        PreviousProofNotVerified = "previous_proof_not_verified",
        /// The proof itself has expired. Params: `expires`.
        ProofExpired = "proof_expired",
        /// The proof says that it was made in the future. Params: `created`.
        ProofCreatedInFuture = "proof_created_in_future",
        /// The verification method is not a URL with a fragment that we can resolve. Params: `method`.
        MalformedVerificationMethod = "malformed_verification_method",
        /// A DID method or kind of key address we can't resolve. Params: `method`.
        UnsupportedDidMethod = "unsupported_did_method",
        /// The key's document could not be fetched, and no recent copy is at hand. Params: `host`, `failure`, `status`.
        KeyUnreachable = "key_unreachable",
        /// The key's document is not a controlled identifier document. Params: `host`.
        MalformedKeyDocument = "malformed_key_document",
        /// The key's document names another identifier. Params: `expected`, `found`.
        KeyDocumentMismatch = "key_document_mismatch",
        /// The document has no such key. Params: `method`.
        KeyNotListed = "key_not_listed",
        /// The key is there, but not for making assertions. Params: `method`, `relationship`.
        KeyNotForThisPurpose = "key_not_for_this_purpose",
        /// The key says that another controls it. Params: `controller`.
        KeyControllerMismatch = "key_controller_mismatch",
        /// The key had expired or been revoked when the proof was made. Params: `when`.
        KeyNoLongerValid = "key_no_longer_valid",
        /// The key's type or encoding does not fit the suite. Params: `key_type`.
        UnsupportedKeyType = "unsupported_key_type",
        /// The key is so short that others can find the secret to it. Params: `key_type`.
        WeakKey = "weak_key",
        /// The token says another algorithm than its key is for. Params: `algorithm`, `key_type`.
        AlgorithmMismatch = "algorithm_mismatch",
        /// The token does not name its key in a way that can be followed.
        KeyNotNamed = "key_not_named",
        /// The token demands an extension that is not known. Params: `header`.
        UnknownCriticalHeader = "unknown_critical_header",
        /// The token is of a type that serves something else. Params: `type`.
        UnsupportedTokenType = "unsupported_token_type",
        /// The token mixes two ways to say what it says. Params: `claim`.
        MixedTokenProfiles = "mixed_token_profiles",
        /// A claim of the token says another thing than the credential in it. Params: `claim`.
        ClaimMismatch = "claim_mismatch",
        /// What was disclosed is not what was signed. Params: `flaw`.
        MalformedDisclosures = "malformed_disclosures",
        /// The holder's signature over this copy does not hold. Params: `member`.
        HolderBindingFails = "holder_binding_fails",
        // issuer
        /// Signed with a key that another identifier controls. Params: `issuer`, `controller`.
        KeyOfAnother = "key_of_another",
        /// Nothing ties the key to the issuer's address. Params: `issuer`, `controller`.
        SignerNotTiedToIssuer = "signer_not_tied_to_issuer",
        // Open Badges 2.0 and 1.x
        /// It names no web address at which the issuer hosts it.
        HostedAddressMissing = "hosted_address_missing",
        /// The issuer's copy could not be fetched, and no recent copy is at hand. Params: `host`, `failure`, `status`.
        HostedCopyUnreachable = "hosted_copy_unreachable",
        /// What stands at the badge's address is no badge. Params: `host`.
        HostedCopyMalformed = "hosted_copy_malformed",
        /// The issuer's copy does not state what this one states. Params: `host`.
        HostedCopyDiffers = "hosted_copy_differs",
        /// The site says that there is no such badge any more. Params: `host`.
        HostedCopyGone = "hosted_copy_gone",
        /// A document calls itself something else than the address it stands at. Params: `expected`, `found`.
        HostedIdMismatch = "hosted_id_mismatch",
        /// The badge class or the issuer's profile could not be fetched. Params: `host`, `failure`, `status`.
        LinkedDocumentUnreachable = "linked_document_unreachable",
        /// What stands at the address of the badge class or of the profile is none. Params: `host`.
        LinkedDocumentMalformed = "linked_document_malformed",
        /// The badge does not name a web address for its badge class or its issuer's profile.
        IssuerNotHosted = "issuer_not_hosted",
        /// The badge stands at a place that the issuer's profile does not declare as its own. Params: `address`, `issuer`.
        OutsideIssuerScope = "outside_issuer_scope",
        // validity
        /// The validity period is over. Params: `until`.
        Expired = "expired",
        /// The validity period has not begun. Params: `from`.
        NotYetValid = "not_yet_valid",
        // status
        /// The issuer revoked it. Params: `host`, `as_of`, and `reason` where the issuer gives one.
        /// The issuer revoked it. Params: `host`, `as_of`, and `reason` where it gives one.
        Revoked = "revoked",
        /// The issuer suspended it. Params: `host`, `as_of`.
        Suspended = "suspended",
        /// The list could not be fetched. Params: `host`, `failure`, `status`, and `last_known` with `as_of` where an older copy said so. (STATUS_RETRIEVAL_ERROR)
        StatusUnreachable = "status_unreachable",
        /// The entry is malformed. Params: `member`. (MALFORMED_VALUE_ERROR)
        StatusEntryMalformed = "status_entry_malformed",
        /// A kind of status we can't check. Params: `type`.
        UnsupportedStatus = "unsupported_status",
        /// What came is not a status list, or its bits are not encoded as they must be. Params of this and of every
        /// other problem of a list: `host`, `as_of`. (STATUS_VERIFICATION_ERROR, MALFORMED_VALUE_ERROR)
        StatusListMalformed = "status_list_malformed",
        /// The list's own proof does not hold. (STATUS_VERIFICATION_ERROR)
        StatusListNotProven = "status_list_not_proven",
        /// The list is outside its own validity period. Params: `until` or `from`.
        StatusListExpired = "status_list_expired",
        /// The list was signed by somebody else. Params: `issuer`, `list_issuer`.
        StatusListForeign = "status_list_foreign",
        /// The list is for another purpose. Params: `purpose`. (STATUS_VERIFICATION_ERROR)
        StatusPurposeMismatch = "status_purpose_mismatch",
        /// The list is shorter than privacy demands. (STATUS_LIST_LENGTH_ERROR)
        StatusListTooShort = "status_list_too_short",
        /// The list is larger than we read.
        StatusListTooLarge = "status_list_too_large",
        /// The index is not in the list. Params: `index`. (RANGE_ERROR)
        StatusIndexOutOfRange = "status_index_out_of_range",
        // refresh
        /// The service for newer versions could not be asked. Params: `host`, `failure`, `status`.
        RefreshUnreachable = "refresh_unreachable",
        /// What the service answered does not take the credential's place. Params: `host`, `why`: `not_a_credential`,
        /// `not_proven`, `other_credential`, `out_of_its_dates`.
        RefreshNotUsable = "refresh_not_usable",
        /// A kind of refresh service we can't ask. Params: `type`.
        UnsupportedRefreshService = "unsupported_refresh_service",
        // schema
        /// It strays from the schema, first at the pointer. Params: `host`, `expected`, and `count` of all violations.
        SchemaViolated = "schema_violated",
        /// The schema could not be fetched. Params: `host`, `failure`, `status`.
        SchemaUnreachable = "schema_unreachable",
        /// What came is not a schema. Params: `host`.
        SchemaMalformed = "schema_malformed",
        /// A kind of schema that is not known here. Params: `type`.
        UnsupportedSchema = "unsupported_schema",
        /// The schema uses what is not known here. Params: `host`, `feature`.
        SchemaFeatureUnsupported = "schema_feature_unsupported",
        /// The schema rests on another document. Params: `host`, `address`.
        SchemaRefersElsewhere = "schema_refers_elsewhere",
        /// The schema takes more work than one may make. Params: `host`.
        SchemaTooCostly = "schema_too_costly",
        // schema and related
        /// What came, or stands in the credential, is not what the signed digest pins.
        DigestMismatch = "digest_mismatch",
        /// The digest is of a kind that is not known here.
        UnsupportedDigest = "unsupported_digest",
        /// What it pins would have to be fetched to compare it. Params: `count` of those, `of` all.
        ResourcesNotCompared = "resources_not_compared",
        // recipient
        /// The identifiers name somebody else, or an address the learner has not listed.
        RecipientNotMatched = "recipient_not_matched",
        // enclosed
        /// Some of the credentials that the record collects do not hold or could not be checked. Params: `count` of those, `of` all.
        EnclosedDoNotHold = "enclosed_do_not_hold",
        // endorsements
        /// There are endorsements, and they were not checked. Params: `count`.
        EndorsementsNotChecked = "endorsements_not_checked",
        /// Some endorsements do not hold or could not be checked. Params: `count` of those, `of` all.
        EndorsementsDoNotHold = "endorsements_do_not_hold",
        // recognition
        /// No registry that could be asked lists the issuer. Params: `count` of those asked, `unchecked` of the others.
        IssuerNotListed = "issuer_not_listed",
        /// None of the registries could be asked. Params: `count`.
        RegistriesUnreachable = "registries_unreachable",
        // any check that asks
        /// More addresses would have to be asked, or more proofs checked, than one credential may demand. Params: `limit`.
        TooManyResources = "too_many_resources",
    }
}

impl Fact {
    /// A fact with its values.
    pub fn new<const N: usize>(code: FactCode, params: [(&str, String); N]) -> Self {
        Fact { code, params: params.into_iter().map(|(key, value)| (key.to_owned(), value)).collect() }
    }
}

impl Problem {
    /// A problem with its values and no place.
    pub fn new<const N: usize>(code: ProblemCode, params: [(&str, String); N]) -> Self {
        let params = params.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Problem { code, pointer: None, params }
    }

    /// The same problem, at a place in the credential.
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }
}
