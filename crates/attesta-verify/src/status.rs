//! Status lists.

pub(crate) mod bitstring;
