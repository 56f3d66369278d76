//! Features tested through public interfaces, and the boundaries that the architecture promises.

mod cli;
mod cli_bundles;
mod cli_claims;
mod cli_import;
mod cli_sharing;
mod hostile;
mod layers;
mod limits;
mod mutation;
mod pure;
mod vectors;
mod verifier_plus;
