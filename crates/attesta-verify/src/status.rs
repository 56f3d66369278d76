//! Status lists.

pub(crate) mod bitstring;
mod chunks;
pub(crate) mod proven;
