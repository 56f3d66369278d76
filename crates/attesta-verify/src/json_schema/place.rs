//! Where in a value an evaluation stands.

use attesta_jsonld::escape_pointer_token;

/// A place, by the way to it from the innermost step outwards.
pub(super) enum Place<'p> {
    Root,
    Member(&'p Place<'p>, &'p str),
    Item(&'p Place<'p>, usize),
}

impl Place<'_> {
    /// As a JSON pointer.
    pub(super) fn pointer(&self) -> String {
        let mut tokens = Vec::new();
        let mut place = self;
        loop {
            place = match place {
                Place::Root => break,
                Place::Member(outer, key) => {
                    tokens.push(escape_pointer_token(key));
                    outer
                }
                Place::Item(outer, index) => {
                    tokens.push(index.to_string());
                    outer
                }
            };
        }
        tokens.iter().rev().map(|token| format!("/{token}")).collect()
    }
}
