//! What a visitor opened, taken apart.

use attesta_credential::{Found, Unread, VerifiablePresentation, read_each};
use attesta_share::{OpenError, Received, SealedPayload, read_presentation, read_unsealed};
use attesta_view::read_params;

use crate::wire::ErrorView;

/// One link, file or text.
pub(crate) struct Item {
    /// The file's name; empty where there is none.
    pub(crate) name: String,
    pub(crate) content: Result<Content, ErrorView>,
}

/// What was in it.
pub(crate) enum Content {
    /// A bundle with the credentials in it, each of which may be unreadable.
    Presentation(Box<VerifiablePresentation>, Vec<Result<Found, Unread>>),
    /// Credentials that nobody presents.
    Credentials(Vec<Result<Found, Unread>>),
    /// Something that opens with a passphrase.
    Sealed(SealedPayload),
}

impl Content {
    /// Opens a link's text or a file's bytes.
    pub(crate) fn open(received: &[u8]) -> Result<Content, ErrorView> {
        if received.iter().all(|byte| byte.is_ascii_whitespace() || *byte == b'#') {
            return Err(ErrorView::plain("share_link_empty"));
        }
        Content::of(read_presentation(received))
    }

    /// Opens what a passphrase gave out.
    pub(crate) fn open_unsealed(content: Vec<u8>) -> Result<Content, ErrorView> {
        Content::of(read_unsealed(content))
    }

    fn of(received: Result<Received, OpenError>) -> Result<Content, ErrorView> {
        match received.map_err(|error| open_error(&error))? {
            Received::Presentation(presentation) => {
                let entries = read_each(presentation.bytes()).map_err(|error| open_error(&error.into()))?;
                Ok(Content::Presentation(Box::new(presentation), entries))
            }
            Received::Credentials(entries) => Ok(Content::Credentials(entries)),
            Received::Sealed(sealed) => Ok(Content::Sealed(sealed)),
        }
    }
}

fn open_error(error: &OpenError) -> ErrorView {
    let params = match error {
        OpenError::Read(error) => read_params(error),
        OpenError::Link(error) => error.params().into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    };
    ErrorView { code: error.code(), params }
}
