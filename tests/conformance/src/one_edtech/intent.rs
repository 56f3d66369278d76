//! What 1EdTech's own tests demand of each fixture, read off the tests of its validator as they stood in July 2026.

/// What a test of 1EdTech's validator demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Intent {
    /// It must be found valid.
    Accepted,
    /// It must be found valid with a warning.
    Warned,
    /// It must be found invalid.
    Refused,
    /// No test that is switched on says what must be found.
    Untested,
}

/// One file and what is demanded of it.
pub(crate) struct Fixture {
    pub(crate) file: &'static str,
    pub(crate) intent: Intent,
}

impl Intent {
    /// The words in the table.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Intent::Accepted => "accepted",
            Intent::Warned => "accepted with a warning",
            Intent::Refused => "refused",
            Intent::Untested => "not tested",
        }
    }
}

const fn accepted(file: &'static str) -> Fixture {
    Fixture { file, intent: Intent::Accepted }
}

const fn warned(file: &'static str) -> Fixture {
    Fixture { file, intent: Intent::Warned }
}

const fn refused(file: &'static str) -> Fixture {
    Fixture { file, intent: Intent::Refused }
}

const fn untested(file: &'static str) -> Fixture {
    Fixture { file, intent: Intent::Untested }
}

/// Every fixture but those that only stand behind an address.
pub(crate) const FIXTURES: &[Fixture] = &[
    accepted("ob30/simple.json"),
    accepted("ob30/simple.1ob"),
    untested("ob30/simple.jwt"),
    accepted("ob30/simple-did-key-method.json"),
    accepted("ob30/simple-context-alias.json"),
    accepted("ob30/simple-json.png"),
    accepted("ob30/simple-jwt.png"),
    accepted("ob30/simple-json.svg"),
    accepted("ob30/simple-jwt.svg"),
    accepted("ob30/sd/derivedcredential.json"),
    accepted("ob30/endorsement-valid.json"),
    warned("ob30/simple_v1.json"),
    warned("ob30/simple-jwt_v1.png"),
    warned("ob30/simple-jwt_v1.svg"),
    warned("ob30/simple-eddsa-2022.json"),
    warned("ob30/simple-context-version.json"),
    refused("ob30/simple-multiple-proofs.json"),
    refused("ob30/velocity.jwt"),
    untested("ob30/simple-noproof.json"),
    refused("ob30/simple-err-context.json"),
    refused("ob30/simple-err-credential-subject-achievement-result-description-type.json"),
    refused("ob30/simple-err-credential-subject-identifier-type.json"),
    refused("ob30/simple-err-credential-subject-profile-type.json"),
    refused("ob30/simple-err-credential-subject-result-type.json"),
    refused("ob30/simple-err-credential-subject-type.json"),
    refused("ob30/simple-err-evidence-type.json"),
    refused("ob30/simple-err-expired.json"),
    refused("ob30/simple-err-issued.json"),
    refused("ob30/simple-err-issuer-otheridentifier-type.json"),
    refused("ob30/simple-err-issuer-parentorg-type.json"),
    refused("ob30/simple-err-issuer-type.json"),
    refused("ob30/simple-err-issuer.json"),
    refused("ob30/simple-err-proof-method-no-scheme.json"),
    refused("ob30/simple-err-proof-method-unknown-did-method.json"),
    refused("ob30/simple-err-proof-method-unknown-scheme.json"),
    refused("ob30/simple-err-proof-method.json"),
    refused("ob30/simple-err-proof-value.json"),
    refused("ob30/simple-err-type.json"),
    refused("ob30/complete.json"),
    refused("ob30/complete_v1.json"),
    refused("ob30/credential-status-revoked.json"),
    refused("ob30/bit-string-list/credential-status-revoked.json"),
    refused("ob30/bit-string-list/credential-status-revoked-blank-nodes.json"),
    refused("ob30/endorsement-err-schema-status-refresh.json"),
    untested("ob30/simple-did-web-method.json"),
    accepted("clr20/simple.json"),
    warned("clr20/simple_v1.json"),
    untested("clr20/simple.jwt"),
    untested("clr20/complex.json"),
    untested("clr20/simple-noproof.json"),
    untested("clr20/simple_old_safesigned.json"),
    accepted("ob20/basic-assertion.json"),
    accepted("ob20/simple-badge.png"),
    accepted("ob20/simple.jwt"),
    accepted("ob20/simple-not-revoked.jwt"),
    accepted("ob20/assertion-with-endorsements.json"),
    accepted("ob20/basic-assertion-no-public-key.json"),
    accepted("ob20/basic-assertion-with-allowed-origins.json"),
    accepted("ob20/basic-assertion-with-allowed-origins-valid-starts-with.json"),
    accepted("ob20/basic-assertion-with-allowed-origins-valid-multiple-starts-with.json"),
    accepted("ob20/basic-assertion-with-language.json"),
    accepted("ob20/assertion-with-extension-node-basic.json"),
    accepted("ob20/assertion-with-multiple-extensions.json"),
    accepted("ob20/assets/badgeclass1.json"),
    accepted("ob20/assets/badge-with-data-image.json"),
    accepted("ob20/assets/badgeclass-with-complex-image.json"),
    accepted("ob20/issuer-compact-iri-validation.json"),
    accepted("ob20/rdf-validation/valid-badge-class.json"),
    accepted("ob20/rdf-validation/valid-issuer-extension.json"),
    accepted("ob20/rdf-validation/valid-alignment-object.json"),
    accepted("ob20/rdf-validation/valid-cool-class.json"),
    accepted("ob20/rdf-validation/valid-badge-class-empty-criteria-type.json"),
    warned("ob20/warning-with-redirection.json"),
    warned("ob20/warning-issuer-non-http.json"),
    refused("ob20/simple-revoked.jwt"),
    refused("ob20/basic-assertion-invalid-context.json"),
    refused("ob20/basic-assertion-invalid-type.json"),
    refused("ob20/assertion-with-data-image.json"),
    refused("ob20/basic-assertion-with-allowed-origins-invalid-starts-with.json"),
    refused("ob20/basic-assertion-with-allowed-origins-invalid-multiple-starts-with.json"),
    refused("ob20/basic-assertion-expired.json"),
    refused("ob20/basic-assertion-expired-before-issued.json"),
    refused("ob20/basic-assertion-in-future.json"),
    refused("ob20/assertion-with-extension-node-invalid.json"),
    refused("ob20/rdf-validation/invalid-class.json"),
    refused("ob20/rdf-validation/invalid-empty-type.json"),
    refused("ob20/rdf-validation/invalid-one-invalid-class.json"),
    refused("ob20/rdf-validation/badge-class-invalid-issuer-type.json"),
    untested("ob20/badge-class-with-language.json"),
    untested("ob20/redirected-validation-subject.json"),
];
