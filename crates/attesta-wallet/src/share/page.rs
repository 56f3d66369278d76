//! The page that a file for the browser is made of, handed in from the edge: it is built apart from this program.

/// Where the employer's page comes from, as one file that needs no other.
pub trait PageTemplate: Send + Sync {
    /// The page's text; none where the program came without it.
    fn page(&self) -> Option<String>;
}

/// No page: files for the browser can't be made.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoPage;

impl PageTemplate for NoPage {
    fn page(&self) -> Option<String> {
        None
    }
}

impl<Finds: Fn() -> Option<String> + Send + Sync> PageTemplate for Finds {
    fn page(&self) -> Option<String> {
        self()
    }
}
