//! The members of an object that count.

use crate::tree::{Object, Value};

/// An object as the conversion sees it.
#[derive(Clone, Copy)]
pub(super) struct Members<'c> {
    pub(super) object: &'c Object<'c>,
    pub(super) left_out: &'c [&'c str],
}

impl<'c> Members<'c> {
    pub(super) fn iter(self) -> impl Iterator<Item = (&'c str, &'c Value<'c>)> {
        self.object.iter().filter(move |(key, _)| !self.left_out.contains(key))
    }

    pub(super) fn get(self, key: &str) -> Option<&'c Value<'c>> {
        self.object.get(key).filter(|_| !self.left_out.contains(&key))
    }

    /// The key of the only member, where there is only one.
    pub(super) fn only_key(self) -> Option<&'c str> {
        let mut keys = self.iter().map(|(key, _)| key);
        keys.next().filter(|_| keys.next().is_none())
    }
}

impl<'c> From<&'c Object<'c>> for Members<'c> {
    fn from(object: &'c Object<'c>) -> Self {
        Members { object, left_out: &[] }
    }
}
