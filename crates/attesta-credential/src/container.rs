//! Containers: forms that carry a credential's bytes inside something else, one file per kind.

pub(crate) mod png;

/// What the credential arrived in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Container {
    /// The JSON itself, alone or in an array or presentation.
    Plain,
    /// A baked PNG picture.
    Png,
}

impl Container {
    /// The stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Container::Plain => "json",
            Container::Png => "png",
        }
    }
}
