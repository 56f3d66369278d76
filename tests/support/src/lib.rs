//! What the tests share: parties with fixed keys, signing, the folders of `tests/vectors`, and temporary wallets.

pub mod case;
pub mod deflate;
pub mod document;
pub mod ecdsa;
pub mod jose;
pub mod observe;
pub mod party;
pub mod pdf;
pub mod png;
pub mod program;
pub mod rsa;
pub mod selective;
pub mod signing;
pub mod status_list;
pub mod vectors;
