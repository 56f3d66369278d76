//! Credentials secured as JSON Web Signatures: [RFC 7515](https://www.rfc-editor.org/rfc/rfc7515) compact serialization,
//! [VC-JOSE-COSE](https://www.w3.org/TR/vc-jose-cose/), the
//! [Open Badges 3.0 JWT profile](https://www.imsglobal.org/spec/ob/v3p0#jwt-proof) and
//! [VCDM 1.1 section 6.3.1](https://www.w3.org/TR/vc-data-model/#json-web-token).

mod claims;
mod compact;

pub(crate) use claims::{Claimed, credential_in};
pub use compact::{CompactJws, JwsError};
