//! What a signed digest pins: `digestSRI` and `digestMultibase` of
//! [VCDM 2.0 section 5.3](https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources).

mod digest;
mod pinned;

pub use digest::{Comparison, Digests, compare};
pub use pinned::{PinnedResource, may_be_shown, pinned};
pub(crate) use pinned::{compare_each, percent_decoded};
