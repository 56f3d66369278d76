//! Credentials secured as JSON Web Signatures: [RFC 7515](https://www.rfc-editor.org/rfc/rfc7515) compact serialization,
//! [VC-JOSE-COSE](https://www.w3.org/TR/vc-jose-cose/), the
//! [Open Badges 3.0 JWT profile](https://www.imsglobal.org/spec/ob/v3p0#jwt-proof),
//! [VCDM 1.1 section 6.3.1](https://www.w3.org/TR/vc-data-model/#json-web-token) and
//! [SD-JWT](https://www.rfc-editor.org/rfc/rfc9901).

mod claims;
mod compact;
mod disclose;
mod disclosure;
mod envelope;
mod profile;
mod sd_jwt;
pub(crate) mod sd_jwt_vc;

pub(crate) use claims::{Claimed, claimed_in};
pub use compact::{CompactJws, JwsError};
pub use disclosure::{Disclosure, SdJwtFlaw};
pub(crate) use envelope::{Enveloped, enveloped, enveloped_token};
pub use profile::TokenProfile;
pub use sd_jwt::SdJwt;
