//! One file per table; SQL stands nowhere else but in the migrations.

pub(crate) mod bundle_versions;
pub(crate) mod bundles;
pub(crate) mod carriers;
pub(crate) mod credentials;
pub(crate) mod keys;
pub(crate) mod links;
pub(crate) mod reports;
pub(crate) mod resources;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod share_members;
pub(crate) mod shares;
