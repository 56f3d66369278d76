//! Alters signed credentials in every way it knows and holds that none of them is accepted.
//!
//! [`seed::all`] gives the genuine documents, [`kinds::ALL`] the ways to alter them, [`campaign::run`] alters and
//! judges. An altered document is accepted where it says something that nobody signed and is taken for signed, or
//! where it says what was signed and is judged better than that; [`rewrite::ALL`] are the ways to write the same
//! otherwise, which must change nothing.

pub mod campaign;
pub mod carrier;
pub mod claim;
mod documents;
pub mod findings;
pub mod json;
pub mod kinds;
pub mod known;
pub mod lists;
mod random;
pub mod rewrite;
pub mod seed;
pub mod statement;
pub mod table;

pub use random::Random;
